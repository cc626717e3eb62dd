"""The weekly model: whom to see in which week by which form, as a linear programme.

Columns are x[person, form, week] (attends), y[person, week] (is covered; again for the longest
interval), n[form, week] (how many encounters of a form with several seats) and a slack for every
floor. Its optimum over real numbers is the upper bound of every plan. What an attendance covers
after the last week counts at a discount, at six points four weeks apart: without it a plan would
spend nothing on whom the horizon does not reward.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from legation.plan.instance import BoolArray, FloatArray, Instance, IntArray, Weeks
from legation.plan.linear import Program

#: Points beyond the last week at which being covered still counts, how far apart they lie (weeks),
#: and what a week there counts against one within the horizon.
BEYOND = 6
BEYOND_WEEKS = 4
BEYOND_WORTH = 0.5
#: What an hour costs where nothing else decides: of two plans that cover the same, the shorter.
HOUR_COST = 1e-3
#: A quarter, for the limits on forms, in weeks.
QUARTER = 12
#: What a person-week below a floor costs, in units of the dearest person-week: floors come first.
FLOOR_WORTH = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """What is left for a plan to use, after what is fixed: F forms, W weeks.

    `hours` (W,); `open` (F, W) encounters of a form; `evenings` (W,), -1 where there is no limit;
    `quarters` has (form, weeks, how many encounters) for each quarter.
    """

    hours: FloatArray
    open: IntArray
    evenings: IntArray
    quarters: tuple[tuple[int, range, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Horizon:
    """Points in time that count: P of them, the weeks and then the points beyond.

    `times` (P,) in weeks; `values` (P,) what being covered there counts; `held` and `late_held`
    (N, P) who is covered anyway, by what was held before or by what is fixed.
    """

    times: IntArray
    values: FloatArray
    held: BoolArray
    late_held: BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """The programme and what its columns and rows mean.

    The first columns are x, `person`, `form` and `week` (X,) say whose; then come those of being
    covered, from `cover_from`, with `cover_person`, `cover_point` and `cover_late` (C,); then n from
    `groups_from`, form by form of `several` and week by week; then the slacks from `slack_from`.
    `constant` is what is covered anyway. Rows of hours begin at `hours_row`, those of seats at
    `seats_row`, in the order of n.
    """

    program: Program
    constant: float
    person: IntArray
    form: IntArray
    week: IntArray
    cover_person: IntArray
    cover_point: IntArray
    cover_late: BoolArray
    several: tuple[int, ...]
    cover_from: int
    groups_from: int
    slack_from: int
    seats_row: int
    hours_row: int
    floor_price: float


def derive_limits(instance: Instance, weeks: Weeks) -> Limits:
    """Return what is left of hours, evenings and forms once what is fixed has taken its part."""
    count, forms = weeks.count, instance.forms
    scale = max(1.0, instance.scale)
    if weeks.open_weeks is None:
        most = np.array([int(form.most_a_week * scale + 1e-9) for form in forms], dtype=np.int64)
        open_ = np.repeat(most[:, None], count, axis=1)
    else:
        open_ = weeks.open_weeks.astype(np.int64)
    hours = weeks.hours.astype(float)
    evenings = np.full(count, -1) if weeks.evenings is None else weeks.evenings.astype(np.int64)
    limited = evenings >= 0
    taken = np.zeros((len(forms), count), dtype=np.int64)
    for group in weeks.fixed:
        if 0 <= group.week < count:
            taken[group.form, group.week] += 1
    hours = hours - np.array([form.hours for form in forms]) @ taken
    late = np.array([form.evening for form in forms])
    evenings = np.where(limited, np.maximum(0, evenings - taken[late].sum(axis=0)), -1)
    quarters = []
    for f, form in enumerate(forms):
        if form.most_a_quarter is None:
            continue
        whole = int(form.most_a_quarter * scale + 1e-9)
        for first in range(0, count, QUARTER):
            span = range(first, min(count, first + QUARTER))
            left = whole if first or weeks.quarter_left is None else int(weeks.quarter_left[f])
            quarters.append((f, span, max(0, left - int(taken[f, span.start : span.stop].sum()))))
    return Limits(
        hours=np.maximum(0.0, hours),
        open=np.maximum(0, open_ - taken),
        evenings=evenings,
        quarters=tuple(quarters),
    )


def derive_horizon(instance: Instance, weeks: Weeks, *, beyond: bool = True) -> Horizon:
    """Return the points that count, and who is covered at which of them whatever is planned."""
    count = weeks.count
    far = [count + BEYOND_WEEKS * k + BEYOND_WEEKS // 2 for k in range(BEYOND)] if beyond else []
    times = np.array([*range(count), *far], dtype=np.int64)
    values = np.array([1.0] * count + [BEYOND_WEEKS * BEYOND_WORTH] * len(far))
    held = times[None, :] < instance.covered[:, None]
    late_held = times[None, :] < instance.late_covered[:, None]
    for group in weeks.fixed:
        guests = np.array(group.guests, dtype=np.int64)
        for covers, mask in ((instance.covers, held), (instance.late_covers, late_held)):
            until = group.week + covers[guests, group.form]
            mask[guests] |= (times[None, :] >= group.week) & (times[None, :] < until[:, None])
    return Horizon(times, values, held, late_held)


def derive_model(instance: Instance, weeks: Weeks) -> Model:
    """Write the weekly model of some people and weeks."""
    limits, horizon = derive_limits(instance, weeks), derive_horizon(instance, weeks)
    person, form, week, reaches, late_reaches = _list_columns(instance, weeks, horizon, limits)
    columns = len(person)
    several = tuple(f for f, one in enumerate(instance.forms) if one.capacity > 1)
    layout = _Layout()
    # Being covered: y ≤ the attendances that reach the point.
    worths = (instance.worth, instance.late_worth)
    owners, points, lates = [], [], []
    for late, (mask, reach) in enumerate(((horizon.held, reaches), (horizon.late_held, late_reaches))):
        free = ~mask & (worths[late] > 0)[:, None]
        column, point = np.nonzero(reach & free[person])
        # Who can be covered at all: a point that nothing reaches needs no row.
        used = np.zeros(mask.shape, dtype=bool)
        used[person[column], point] = True
        own, at = np.nonzero(used)
        number = np.full(mask.shape, -1, dtype=np.int64)
        number[own, at] = layout.rows + np.arange(len(own))
        layout.add(number[person[column], point], column, -1.0)
        layout.rows += len(own)
        layout.limit(np.zeros(len(own)))
        owners.append(own)
        points.append(at)
        lates.append(np.full(len(own), bool(late)))
    own, at, is_late = np.concatenate(owners), np.concatenate(points), np.concatenate(lates)
    layout.add(np.arange(len(own)), columns + np.arange(len(own)), 1.0)
    groups_from = columns + len(own)
    number_of = np.full(len(instance.forms), -1, dtype=np.int64)
    number_of[list(several)] = np.arange(len(several))
    seats_row, hours_row = _add_limits(
        layout, instance, weeks, limits, (form, week), (several, number_of, groups_from)
    )
    slack_from = groups_from + len(several) * weeks.count
    price = FLOOR_WORTH * float(max(1.0, (instance.worth + instance.late_worth).max(initial=0.0)))
    _add_floors(layout, weeks, horizon, (own, at, is_late), (columns, slack_from))
    capacity = np.array([one.capacity for one in instance.forms], dtype=float)
    spent = np.array([one.hours for one in instance.forms]) / capacity
    gain = np.where(is_late, instance.late_worth[own], instance.worth[own]) * horizon.values[at]
    cost = np.concatenate(
        [
            _keep_bonus(instance, weeks, person, form, week) - HOUR_COST * spent[form],
            gain,
            np.zeros(len(several) * weeks.count),
            np.full(len(weeks.floors), -price),
        ]
    )
    most = limits.open[list(several)].ravel().astype(float)
    upper = np.concatenate([np.ones(columns + len(own)), most, np.full(len(weeks.floors), np.inf)])
    anyway = (horizon.held * instance.worth[:, None] + horizon.late_held * instance.late_worth[:, None]).sum(
        0
    )
    return Model(
        program=layout.close(cost, upper),
        constant=float(anyway @ horizon.values),
        person=person,
        form=form,
        week=week,
        cover_person=own,
        cover_point=at,
        cover_late=is_late,
        several=several,
        cover_from=columns,
        groups_from=groups_from,
        slack_from=slack_from,
        seats_row=seats_row,
        hours_row=hours_row,
        floor_price=price,
    )


class _Layout:
    """The matrix of a programme while it is written, entry by entry and row by row."""

    def __init__(self) -> None:
        self.rows = 0
        self._at: list[tuple[IntArray, IntArray, FloatArray]] = []
        self._upper: list[FloatArray] = []
        self._lower: list[FloatArray] = []

    def add(self, rows: IntArray, columns: IntArray, values: FloatArray | float) -> None:
        """Write entries."""
        self._at.append((rows, columns, np.broadcast_to(np.asarray(values, dtype=float), rows.shape)))

    def limit(self, upper: FloatArray, lower: FloatArray | None = None) -> None:
        """Give the next rows their limits."""
        self._upper.append(upper.astype(float))
        self._lower.append(np.full(len(upper), -np.inf) if lower is None else lower.astype(float))

    def close(self, cost: FloatArray, upper: FloatArray) -> Program:
        """Return the programme."""
        rows, columns, values = (np.concatenate([part[k] for part in self._at]) for k in range(3))
        matrix = sp.csc_matrix((values, (rows, columns)), shape=(self.rows, len(cost)))
        matrix.sort_indices()
        return Program(
            cost, np.zeros(len(cost)), upper, matrix, np.concatenate(self._lower), np.concatenate(self._upper)
        )


def _list_columns(
    instance: Instance, weeks: Weeks, horizon: Horizon, limits: Limits
) -> tuple[IntArray, IntArray, IntArray, BoolArray, BoolArray]:
    """Return person, form and week of every attendance that could cover anybody, and what it reaches."""
    suits = (instance.covers > 0) | (instance.late_covers > 0)
    possible = suits[:, :, None] & (limits.open > 0)[None, :, :]
    if weeks.may is not None:
        possible &= weeks.may[:, None, :]
    fits = np.array([form.hours for form in instance.forms])[:, None] <= limits.hours[None, :] + 1e-9
    possible &= fits[None, :, :]
    person, form, week = (axis.astype(np.int64) for axis in np.nonzero(possible))
    after = horizon.times[None, :] >= week[:, None]
    reaches, late_reaches = (
        after & (horizon.times[None, :] < (week + covers[person, form])[:, None])
        for covers in (instance.covers, instance.late_covers)
    )
    counts = (reaches & ~horizon.held[person] & (instance.worth[person] > 0)[:, None]).any(axis=1)
    late = late_reaches & ~horizon.late_held[person] & (instance.late_worth[person] > 0)[:, None]
    useful = counts | late.any(axis=1)
    return person[useful], form[useful], week[useful], reaches[useful], late_reaches[useful]


def _add_limits(
    layout: _Layout,
    instance: Instance,
    weeks: Weeks,
    limits: Limits,
    x: tuple[IntArray, IntArray],
    groups: tuple[tuple[int, ...], IntArray, int],
) -> tuple[int, int]:
    """Write the rows of seats, hours, single forms, quarters and evenings; return the first two's rows."""
    (form, week), (several, number_of, groups_from), count = x, groups, weeks.count
    capacity = np.array([one.capacity for one in instance.forms], dtype=float)
    hours = np.array([one.hours for one in instance.forms])
    columns = np.arange(len(form))
    n = len(several) * count
    n_form, n_week = (
        np.repeat(np.array(several, dtype=np.int64), count),
        np.tile(np.arange(count), len(several)),
    )
    n_column = groups_from + np.arange(n)
    seated, alone = capacity[form] > 1, capacity[form] == 1
    seats_row = layout.rows
    layout.add(seats_row + number_of[form[seated]] * count + week[seated], columns[seated], 1.0)
    layout.add(seats_row + np.arange(n), n_column, -capacity[n_form])
    layout.limit(np.zeros(n))
    hours_row = seats_row + int(n)
    layout.rows = hours_row
    layout.add(hours_row + week[alone], columns[alone], hours[form[alone]])
    layout.add(hours_row + n_week, n_column, hours[n_form])
    layout.limit(limits.hours)
    layout.rows += count

    def total(of_form: BoolArray, span: range, most: int) -> None:
        """Write one row: all encounters of some forms in some weeks."""
        inside = alone & of_form[form] & (week >= span.start) & (week < span.stop)
        layout.add(np.full(int(inside.sum()), layout.rows), columns[inside], 1.0)
        inside = of_form[n_form] & (n_week >= span.start) & (n_week < span.stop)
        layout.add(np.full(int(inside.sum()), layout.rows), n_column[inside], 1.0)
        layout.rows += 1
        layout.limit(np.array([float(most)]))

    numbers = np.arange(len(instance.forms))
    for f in np.nonzero(capacity == 1)[0].tolist():
        for t in range(count):
            total(numbers == f, range(t, t + 1), int(limits.open[f, t]))
    for f, span, most in limits.quarters:
        total(numbers == f, span, most)
    evening = np.array([one.evening for one in instance.forms])
    for t in np.nonzero(limits.evenings >= 0)[0].tolist():
        total(evening, range(t, t + 1), int(limits.evenings[t]))
    return seats_row, hours_row


def _add_floors(
    layout: _Layout,
    weeks: Weeks,
    horizon: Horizon,
    cover: tuple[IntArray, IntArray, BoolArray],
    places: tuple[int, int],
) -> None:
    """Write one row a floor: covered weeks of its members, with a slack that is paid for dearly."""
    (own, at, is_late), (cover_from, slack_from) = cover, places
    for k, floor in enumerate(weeks.floors):
        member = np.zeros(len(horizon.held), dtype=bool)
        member[floor.members] = True
        inside = np.nonzero(member[own] & ~is_late & (at < weeks.count))[0]
        layout.add(np.full(len(inside), layout.rows), cover_from + inside, 1.0)
        layout.add(np.array([layout.rows]), np.array([slack_from + k]), 1.0)
        wanted = floor.share * int(member.sum()) * weeks.count
        anyway = int(horizon.held[member, : weeks.count].sum())
        layout.limit(np.array([np.inf]), np.array([wanted - anyway]))
        layout.rows += 1


def _keep_bonus(
    instance: Instance, weeks: Weeks, person: IntArray, form: IntArray, week: IntArray
) -> FloatArray:
    """Return (X,) what keeping each attendance of the plan that stands is worth."""
    bonus = np.zeros(len(person))
    if weeks.previous and weeks.keep_worth:
        stands = np.zeros((instance.people, len(instance.forms), weeks.count), dtype=bool)
        for group in weeks.previous:
            if 0 <= group.week < weeks.count:
                stands[list(group.guests), group.form, group.week] = True
        kept = stands[person, form, week]
        bonus[kept] = weeks.keep_worth * (instance.worth + instance.late_worth)[person[kept]]
    return bonus
