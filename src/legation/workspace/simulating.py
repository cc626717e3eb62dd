"""The simulated year on the user's own people: what the plan and simpler ways would come to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from legation.facts.errors import UsageError
from legation.plan.baselines import greedy, most_overdue
from legation.plan.inputs import PlanInput
from legation.plan.instance import BoolArray, Floor, Instance
from legation.plan.numbers import number_input
from legation.plan.policies import by_prices
from legation.plan.steady import DELAY_WEEKS, Steady, solve_steady
from legation.plan.year import (
    LOSING_WEEKS,
    LOST_PART,
    QUARTER_WEEKS,
    Policy,
    Year,
    YearResult,
    draw_year,
    simulate_year,
)
from legation.report.simulated import ColdYearView, FloorYearView, LayerYearView, SimulatedView, WayView
from legation.report.views import PersonLink
from legation.workspace.planning import load_plan_input
from legation.workspace.settings import need_plan

if TYPE_CHECKING:
    from legation.store.store import Store
    from legation.workspace.settings import Settings

#: (what is done, how much of it, of how much).
Progress = Callable[[str, int, int], None]
#: Whoever is within the interval for less than this part of all weeks mostly goes cold.
COLD_SHARE = 0.5
#: The ways to plan that are compared, the plan first.
WAYS = ("plan", "greedy", "overdue")
#: Below this a tie cannot be promised: nobody calls 19 weeks of 20 a broken promise.
PROMISED = 0.95


def simulate(
    store: Store,
    settings: Settings,
    since: dt.date,
    *,
    weeks: int = 52,
    hours: float | None = None,
    seeds: int = 10,
    first_seed: int = 0,
    progress: Progress = lambda _label, _done, _total: None,
) -> SimulatedView:
    """Simulate years on the people of the record, by each way to plan. The same for the same seeds.

    `hours` a week go before those of plan.toml. Raises UsageError where there is nobody to plan for.
    """
    need_plan(settings)
    with store.looking() as tx:
        # The policy looks a quarter ahead, so that the last weeks need hours beyond them.
        given = load_plan_input(tx, settings, since, weeks + QUARTER_WEEKS, hours)
    if not given.people:
        raise UsageError(
            "There is nobody to plan for: nobody was met often enough, and plan.toml sets no interval.",
            "Import a diary or a calendar, or name people in plan.toml under [intervals_days].",
        )
    numbered = number_input(given)
    instance, planned, may = numbered.instance, numbered.weeks.hours, numbered.weeks.may
    if float(planned[:weeks].sum()) <= 0:
        raise UsageError("There are no hours to plan with.", "Give --hours, or set them in plan.toml.")
    floors = numbered.weeks.floors
    policies: dict[str, Callable[[], Policy]] = {
        "plan": lambda: by_prices(instance, floors=floors),
        "greedy": lambda: greedy(instance),
        "overdue": lambda: most_overdue(instance),
    }
    runs = _Runs({way: [] for way in WAYS}, [], [], [])
    for number in range(seeds):
        progress("Years", number, seeds)
        year = draw_year(instance, planned, weeks, first_seed + number, may=may)
        runs.years.append(year)
        runs.bounds.append(solve_steady(instance, year.mean_hours, floors=floors))
        for way in WAYS:
            # A policy remembers the year that it plans: each year has its own.
            runs.results[way].append(simulate_year(instance, year, policies[way](), weeks))
        # The same answers and losses with an hour more in every week that has any.
        longer = replace(year, hours=np.where(year.hours > 0, year.hours + 1.0, 0.0))
        runs.longer.append(simulate_year(instance, longer, policies["plan"](), weeks))
    progress("Years", seeds, seeds)
    return _show(given, instance, floors, runs, weeks, first_seed)


@dataclass(frozen=True, slots=True, eq=False)
class _Runs:
    """What was simulated: results by way, and of the plan with an hour more; bounds, years; one a seed."""

    results: dict[str, list[YearResult]]
    longer: list[YearResult]
    bounds: list[Steady]
    years: list[Year]


def _show(
    given: PlanInput,
    instance: Instance,
    floors: Sequence[Floor],
    runs: _Runs,
    weeks: int,
    first_seed: int,
) -> SimulatedView:
    """Return what the runs come to."""
    kept = {way: np.mean([run.kept for run in runs.results[way]], axis=0) for way in WAYS}
    bound = np.mean([steady.kept for steady in runs.bounds], axis=0)
    layers = []
    for days in np.unique(instance.ideal_days):
        of: BoolArray = instance.ideal_days == days
        plan_, greedy_, overdue, steady = (
            round(float(share[of].mean()), 4) for share in (*kept.values(), bound)
        )
        ceiling = round(float(np.mean([_ceiling(instance, int(n)) for n in np.flatnonzero(of)])), 4)
        layers.append(
            LayerYearView(int(days), int(of.sum()), plan_, greedy_, overdue, steady, ceiling=ceiling)
        )
    plan = runs.results["plan"]
    unmet = {one.floor: one.hours_short for one in runs.bounds[0].unmet}
    floor_views = [
        FloorYearView(
            floor.name,
            floor.share,
            round(float(kept["plan"][floor.members].mean()), 4),
            None if np.isinf(short := unmet.get(floor.name, 0.0)) else round(short, 1),
        )
        for floor in floors
    ]
    cold = sorted(
        np.flatnonzero(kept["plan"] < COLD_SHARE),
        key=lambda n: (-instance.worth[n] * (1.0 - kept["plan"][n]), given.people[n].person),
    )
    view = SimulatedView(
        since=given.since.isoformat(),
        weeks=weeks,
        seeds=len(plan),
        first_seed=first_seed,
        people=instance.people,
        hours=round(float(np.mean(given.hours[:weeks])), 2),
        hours_left=round(float(np.mean([year.mean_hours for year in runs.years])), 2),
        hours_used=round(float(np.mean([run.hours_used.mean() for run in plan])), 2),
        ways=tuple(_way(way, runs.results[way]) for way in WAYS),
        bound=round(float(np.mean([steady.share for steady in runs.bounds])), 4),
        hour_adds=round(
            float(np.mean([a.share - b.share for a, b in zip(runs.longer, plan, strict=True)])), 4
        ),
        layers=tuple(layers),
        floors=tuple(floor_views),
        cold=tuple(
            ColdYearView(
                PersonLink(given.people[n].person, given.people[n].name),
                int(instance.ideal_days[n]),
                round(float(kept["plan"][n]), 4),
            )
            for n in cold
        ),
        curves={
            way: tuple(round(float(x), 4) for x in np.mean([r.by_week for r in runs.results[way]], axis=0))
            for way in WAYS
        },
        says=(),
    )
    return _with_sentences(view, instance, given.notes)


def _way(way: str, results: list[YearResult]) -> WayView:
    shares = [run.share for run in results]
    return WayView(way, round(float(np.mean(shares)), 4), round(min(shares), 4), round(max(shares), 4))


def _ceiling(instance: Instance, person: int) -> float:
    """Return the share of weeks within the interval of somebody who is invited in every week.

    One is outside where every invitation that would still cover was declined.
    """
    return max(
        (
            1.0 - (1.0 - form.accepts) ** int(weeks)
            for form, weeks in zip(instance.forms, instance.covers[person], strict=True)
            if weeks > 0 and form.most_a_week > 0
        ),
        default=0.0,
    )


def _with_sentences(view: SimulatedView, instance: Instance, notes: Sequence[str]) -> SimulatedView:
    """Return the view with what has to be known of its figures."""
    declined = 1.0 - min(form.accepts for form in instance.forms if form.most_a_week > 0)
    says = [
        (
            f"In each simulated year up to {declined:.0%} of invitations are declined, by form, and one other"
            f" person is asked for each; {LOSING_WEEKS:.0%} of weeks lose {LOST_PART:.0%} of their hours"
            " after they were planned."
        ),
        (
            "The steady rhythm is what the best one would keep in the hours that remained. It is no proof of"
            " what is possible: where hours abound, a plan passes it by inviting before the interval ends."
        ),
    ]
    ceilings = [layer for layer in view.layers if layer.ceiling < PROMISED]
    for layer in ceilings:
        accepts = _best_accepts(instance, layer.interval_days)
        delayed = 1.0 / (1.0 + DELAY_WEEKS) if layer.interval_days < 14 else layer.ceiling
        says.append(
            f"Every {layer.interval_days} days cannot be promised: whoever accepts {accepts:.0%} of"
            f" invitations and is asked once a week comes, in the long run, in about {layer.ceiling:.0%} of"
            " the weeks, whatever the hours (one year may end a little above or below, by chance and by what"
            " was held before)"
            + (
                f"; where a declined day is made up within days, in about {delayed:.0%}."
                if delayed > layer.ceiling
                else "."
            )
        )
    for floor in view.floors:
        if floor.reached >= floor.wanted:
            continue
        lack = (
            "; no hours would do"
            if floor.hours_short is None
            else f"; it takes {floor.hours_short:.1f} hours a week more"
            if floor.hours_short > 0
            else ""
        )
        says.append(
            f"The floor of {floor.floor} asks for {floor.wanted:.0%} of the time and is kept"
            f" {floor.reached:.0%}{lack}."
        )
    return replace(view, says=(*says, *notes))


def _best_accepts(instance: Instance, days: int) -> float:
    """Return how often the likeliest form that covers people of an interval is accepted."""
    usable = (instance.covers[instance.ideal_days == days] > 0).any(axis=0)
    return max(
        form.accepts for form, use in zip(instance.forms, usable, strict=True) if use and form.most_a_week > 0
    )
