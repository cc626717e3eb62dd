"""The steady state: a mean week where nothing changes, and what hours and seats are worth then.

A linear programme over shares of time: who is kept within interval by which form, under the mean
hours of a week. Its optimum is the reference bound of the simulated year (not a proof: the delay
after a declined invitation and the seats that stay empty are averages), and its duals are prices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from legation.plan.instance import FloatArray, Floor, Instance, IntArray, Unmet
from legation.plan.year import QUARTER_WEEKS

#: Weeks between the end of an interval and the next attendance, where three in ten decline.
DELAY_WEEKS = 0.3
#: The part of all seats that is taken when one other person is asked for each who declines.
FILL = 0.91
#: What a floor costs to miss, in units of the largest worth: more than any week can bring.
_MISSED = 1e3


@dataclass(frozen=True, slots=True, eq=False)
class Steady:
    """The steady state: N people, F forms.

    `share` is the share of worth within interval; `kept` (N,) each person's share of time.
    `weekly` (F,) is how many of each form a week holds, `hours` (F,) what they take. Prices are in
    worth times weeks: `hour_price` of an hour a week, `seat_price` (F,) of one attendance,
    `person_price` (N,) what one person's time is worth beyond the seats that it needs.
    `floor_price` (one a floor) is what the share of worth loses by each floor, a unit more of it.
    """

    share: float
    kept: FloatArray
    weekly: FloatArray
    hours: FloatArray
    hour_price: float
    seat_price: FloatArray
    person_price: FloatArray
    floor_price: FloatArray
    unmet: tuple[Unmet, ...] = ()

    def by_interval(self, ideal_days: IntArray, days: int) -> float:
        """Return the mean share of time of those with an interval of so many days (nan for nobody)."""
        of = ideal_days == days
        return float(self.kept[of].mean()) if of.any() else float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class _Ways:
    """Ways of keeping up with somebody, one a column: person, form, and what the rhythm gives."""

    person: NDArray[np.int64]
    form: NDArray[np.int64]
    #: Attendances a week, and the share of weeks within the ideal and the longest interval.
    rate: FloatArray
    ideal: FloatArray
    late: FloatArray


def _ways(instance: Instance, delay: float) -> _Ways:
    """Return every way: each form that suits, at the rhythm of the ideal or of the longest interval."""
    found = []
    for rhythm in (instance.covers, instance.late_covers):
        person, form = np.nonzero(rhythm > 0)
        weeks = rhythm[person, form] + delay
        ideal = np.minimum(instance.covers[person, form], rhythm[person, form]) / weeks
        late = np.minimum(instance.late_covers[person, form], rhythm[person, form]) / weeks
        found.append((person, form, 1.0 / weeks, ideal, late))
    return _Ways(*(np.concatenate(column) for column in zip(*found, strict=True)))


def weekly_limits(instance: Instance) -> FloatArray:
    """Return (F,) how many of each form a week may hold on average: its limits, at the book's scale."""
    limits = [
        min(form.most_a_week, (form.most_a_quarter or np.inf) / QUARTER_WEEKS) for form in instance.forms
    ]
    return np.array(limits, dtype=float) * max(1.0, instance.scale)


def solve_steady(
    instance: Instance,
    hours: float,
    *,
    delay: float = DELAY_WEEKS,
    fill: float = FILL,
    floors: Sequence[Floor] = (),
) -> Steady:
    """Return the best steady state in so many hours a week, and its prices.

    `delay` is in weeks after each interval, `fill` the part of seats taken. Floors that the hours
    do not allow are met as nearly as can be, and named in `unmet` with the hours a week that all
    floors together lack; infinite where no hours would do. Floors of nobody are left out.
    """
    floors = [floor for floor in floors if len(floor.members)]
    ways = _ways(instance, delay)
    solved = _solve(instance, ways, hours, fill, floors)
    columns, forms, people = len(ways.person), len(instance.forms), instance.people
    x = np.asarray(solved.x)
    weekly = x[columns : columns + forms]
    kept: FloatArray = np.bincount(ways.person, ways.ideal * x[:columns], minlength=people).astype(float)
    worth = instance.worth[ways.person] * ways.ideal + instance.late_worth[ways.person] * ways.late
    prices = -np.asarray(solved.ineqlin.marginals)
    missed = [
        (floor, reached)
        for floor in floors
        if (reached := float(kept[floor.members].mean())) < floor.share - 1e-6
    ]
    short = _hours_short(instance, ways, hours, fill, floors) if missed else 0.0
    form_hours = np.array([form.hours for form in instance.forms])
    return Steady(
        share=float(worth @ x[:columns]) / max(instance.total_worth, 1e-12),
        kept=kept,
        weekly=weekly,
        hours=weekly * form_hours,
        hour_price=float(prices[people + forms]),
        seat_price=prices[people : people + forms],
        person_price=prices[:people],
        floor_price=prices[people + forms + 1 :],
        unmet=tuple(Unmet(floor.name, floor.share, reached, short) for floor, reached in missed),
    )


def _solve(
    instance: Instance,
    ways: _Ways,
    hours: float,
    fill: float,
    floors: Sequence[Floor],
    *,
    least_hours: bool = False,
) -> Any:
    """Solve the programme; with `least_hours` the fewest hours that meet the floors.

    Columns: share of time by way, encounters a week by form, what each floor lacks. Rows: time of a
    person, seats of a form, hours, floors.
    """
    # SciPy takes half a second to load, which only who plans should pay.
    from scipy import sparse  # noqa: PLC0415
    from scipy.optimize import linprog  # noqa: PLC0415

    columns, forms = len(ways.person), len(instance.forms)
    at = np.arange(columns)
    form_hours = np.array([form.hours for form in instance.forms])
    seats = np.array([form.capacity for form in instance.forms]) * fill
    time = sparse.csr_matrix((np.ones(columns), (ways.person, at)), (instance.people, columns))
    attend = sparse.csr_matrix((ways.rate, (ways.form, at)), (forms, columns))
    members = np.zeros((len(floors), instance.people))
    for row, floor in enumerate(floors):
        members[row, floor.members] = 1.0 / len(floor.members)
    reach = sparse.csr_matrix(members[:, ways.person] * ways.ideal)
    rows = sparse.bmat(
        [
            [time, None, None],
            [attend, sparse.diags(-seats), None],
            [None, sparse.csr_matrix(form_hours), None],
            [-reach, None, -sparse.eye(len(floors))],
        ][: None if floors else 3],
        format="csr",
    )
    limits = np.concatenate(
        [
            np.ones(instance.people),
            np.zeros(forms),
            [1e9 if least_hours else hours],
            [-floor.share for floor in floors],
        ]
    )
    worth = instance.worth[ways.person] * ways.ideal + instance.late_worth[ways.person] * ways.late
    missed = np.full(len(floors), _MISSED * max(1.0, instance.total_worth))
    cost = np.concatenate([np.zeros(columns) if least_hours else -worth, form_hours * least_hours, missed])
    if not floors:
        rows = sparse.hstack([rows, sparse.csr_matrix((rows.shape[0], 0))], format="csr")
    bounds = np.zeros((len(cost), 2))
    bounds[:, 1] = np.concatenate([np.ones(columns), weekly_limits(instance), np.ones(len(floors))])
    return linprog(cost, A_ub=rows, b_ub=limits, bounds=bounds, method="highs")


def _hours_short(
    instance: Instance, ways: _Ways, hours: float, fill: float, floors: Sequence[Floor]
) -> float:
    """Return how many hours a week more the floors need; infinite where no hours would do."""
    solved = _solve(instance, ways, hours, fill, floors, least_hours=True)
    weekly, missed = np.split(np.asarray(solved.x)[len(ways.person) :], [len(instance.forms)])
    if missed.max() > 1e-6:
        return float("inf")
    return max(0.0, float(np.array([form.hours for form in instance.forms]) @ weekly) - hours)
