"""One plan from its input: solve, give days, compare, and weigh an hour; nothing is loaded or kept here.

Brings the solver with it: import it only where a plan is computed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from legation.plan.changes import counting
from legation.plan.compare import Outcome, follow_greedy, follow_overdue, follow_receptions
from legation.plan.dated import Dated, pin_occasions
from legation.plan.earlier import count_earlier
from legation.plan.floors import FEW_SEARCHES, find_needs
from legation.plan.horizon import bound_horizon
from legation.plan.inputs import PlanInput
from legation.plan.ladder import Ladder
from legation.plan.made import SLIGHT, Plan, share_of, weigh_dated
from legation.plan.numbers import Numbered, number_input, with_hours
from legation.plan.remember import remembered
from legation.plan.score import Score, score_groups
from legation.plan.solve import solve_weeks
from legation.plan.weeks import PlannedEncounter

__all__ = [
    "Comparison",
    "Plan",
    "adds_of",
    "cold_people",
    "compare_plan",
    "effects_of",
    "make_plan",
    "score_plan",
    "share_of",
    "weigh_plan",
]


def make_plan(given: PlanInput) -> Plan:
    """Compute the weeks anew from what stands in them; more hours are never worse (`plan.ladder`)."""
    ladder = Ladder(given)
    plan = ladder.plan(given.hours_a_week)
    if not plan.numbered.weeks.floors:
        return plan
    free = None
    if ladder.most >= FEW_SEARCHES:
        free = max(plan.share, Ladder(_without_floors(given)).plan(given.hours_a_week).share)
    return replace(plan, needs=find_needs(ladder, plan), free_share=free)


def _without_floors(given: PlanInput) -> PlanInput:
    people = tuple(replace(p, floor=("", 0.0)) for p in given.people)
    return replace(given, people=people)


def weigh_plan(given: PlanInput, encounters: Sequence[PlannedEncounter]) -> Plan:
    """Return what encounters that stand come to: as they are, beside the best that would be possible."""
    given = count_earlier(given)
    mine = [e for e in encounters if e.origin != "calendar" and e.on >= given.since]
    _, courtesies = pin_occasions(given, (*given.calendar, *mine))
    every = (*given.calendar, *mine)
    numbered = number_input(given, given.calendar, others=mine)
    dated = Dated(tuple(sorted(every, key=lambda e: (e.on, e.at, e.uid))), {})
    plan = weigh_dated(numbered, dated, courtesies, None)
    floors = numbered.weeks.floors
    short = any(r < f.share - SLIGHT for r, f in zip(plan.score.floors, floors, strict=True))
    if not short:
        over = _bound(numbered.instance, numbered.weeks) is None
        return replace(plan, solution=_solved(numbered.instance, numbered.weeks)) if over else plan
    # What a new plan would not keep either takes more hours; what it would, only planning anew.
    ladder = Ladder(given)
    best = ladder.plan(given.hours_a_week)
    return replace(plan, solution=best.solution, needs=find_needs(ladder, best))


# A change of the weeks that stand asks for the same bound again, at the same and at other hours; and, where
# there are too many people for a bound of its own, for the same solution.
_bound = remembered(bound_horizon)
_solved = remembered(solve_weeks)


def score_plan(given: PlanInput, encounters: Sequence[PlannedEncounter]) -> tuple[Numbered, Score]:
    """Return only what some encounters and the calendar come to: nothing is solved."""
    mine = [e for e in encounters if e.origin != "calendar"]
    numbered = number_input(given, given.calendar, others=mine)
    return numbered, score_groups(
        numbered.instance, numbered.weeks, numbered.groups_of((*given.calendar, *mine))
    )


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Where other ways and other hours would end.

    `bound_share` is what no plan can pass; `hour_more` and `hour_less` what an hour a week more or
    less changes in it. `priced` says that the weeks are too many for a bound of their own: then all
    three come from the model that the plan was made by.
    """

    greedy: Outcome
    overdue: Outcome
    receptions: Outcome
    bound_share: float
    hour_more: float
    hour_less: float
    priced: bool


def compare_plan(plan: Plan) -> Comparison:
    """Return where simpler ways would end over the same weeks, the bound, and what an hour is worth."""
    numbered = plan.numbered
    instance, weeks = numbered.instance, numbered.weeks
    whole = max(instance.total_worth * weeks.count, 1e-12)
    bound = _bound(instance, weeks)
    if bound is None:
        solution = plan.solution or _solved(instance, weeks)
        hour = float(solution.hour_worth[weeks.hours > 0].sum())
        best = max(solution.bound, plan.score.objective)
        found = (min(1.0, best / whole), hour / whole, -hour / whole)
    else:
        more = _bound(instance, with_hours(numbered, 1.0).weeks) or bound
        fewer = _bound(instance, with_hours(numbered, -1.0).weeks) or 0.0
        found = (bound / whole, (more - bound) / whole, (fewer - bound) / whole)
    return Comparison(
        follow_greedy(numbered),
        follow_overdue(numbered),
        follow_receptions(numbered),
        *found,
        priced=bound is None,
    )


# ── what one encounter adds, who goes cold ──────────────────────────────────────────────


def adds_of(plan: Plan) -> dict[str, float]:
    """Return, by uid, what share would go if an encounter were dropped."""
    numbered = plan.numbered
    whole = numbered.instance.total_worth * numbered.weeks.count
    found = {}
    for encounter in plan.encounters:
        if not whole or not counting(encounter) or encounter.origin == "calendar":
            found[encounter.uid] = 0.0
            continue
        rest = numbered.groups_of(e for e in plan.encounters if e.uid != encounter.uid)
        weeks = replace(
            numbered.weeks, fixed=numbered.groups_of(e for e in plan.given.calendar if e.uid != encounter.uid)
        )
        score = score_groups(numbered.instance, weeks, rest)
        found[encounter.uid] = (plan.score.objective - score.objective) / whole
    return found


def cold_people(
    given: PlanInput, encounters: Sequence[PlannedEncounter], effects: Mapping[str, float]
) -> dict[int, dt.date | None]:
    """Return who is past the longest interval at the end of the plan, and since when (None: never met).

    Whoever has no longest interval counts as cold after twice the ideal. `effects` are by form.
    """
    planned: dict[str, list[tuple[dt.date, float]]] = defaultdict(list)
    for encounter in encounters:
        for guest in counting(encounter):
            planned[guest.person].append((encounter.on, effects.get(encounter.form, 1.0)))
    found: dict[int, dt.date | None] = {}
    for number, person in enumerate(given.people):
        days = [on + dt.timedelta(days=int(person.rule.cold_days * e)) for on, e in planned[person.person]]
        held = person.cold_on()
        days += [held] if held is not None else []
        if not days:
            found[number] = None
        elif max(days) <= given.until:
            found[number] = max(days)
    return found


def effects_of(numbered: Numbered) -> dict[str, float]:
    """Return the effect of every form by its name."""
    return {f.name: f.effect for f in numbered.instance.forms}
