"""One plan from its input: solve, give days, compare, and weigh an hour; nothing is loaded or kept here.

Brings the solver with it: import it only where a plan is computed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from legation.plan.changes import counting, is_void, stands_fast
from legation.plan.compare import Outcome, follow_greedy, follow_overdue, follow_receptions
from legation.plan.dated import Dated, Proposed, date_plan, open_occasions, pin_occasions
from legation.plan.horizon import bound_horizon
from legation.plan.inputs import PlanInput
from legation.plan.instance import Group, Solution
from legation.plan.numbers import Numbered, number_input, with_hours
from legation.plan.score import Score, find_broken, score_groups, with_fixed, without_fixed
from legation.plan.solve import solve_weeks
from legation.plan.tidy import tidy_groups
from legation.plan.weeks import Courtesy, PlannedEncounter


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A plan and what it comes to.

    `encounters` have their days, the fixed ones among them. `solution` is None where weeks that stand
    are only weighed, and nothing had to be solved. Shares are of worth within interval.
    """

    given: PlanInput
    numbered: Numbered
    encounters: tuple[PlannedEncounter, ...]
    courtesies: tuple[Courtesy, ...]
    why_day: dict[str, str]
    unplaced: tuple[Proposed, ...]
    score: Score
    solution: Solution | None = None

    @property
    def share(self) -> float:
        """Return the share of this plan."""
        return share_of(self.numbered, self.score)


def share_of(numbered: Numbered, score: Score) -> float:
    """Return the share of worth within interval over all weeks."""
    whole = numbered.instance.total_worth * numbered.weeks.count
    return score.objective / whole if whole else 0.0


def standing(given: PlanInput) -> tuple[tuple[PlannedEncounter, ...], tuple[PlannedEncounter, ...]]:
    """Return what a new plan may not touch (calendar, locked, somebody invited), and what else stands.

    What was in the calendar when the weeks were kept is not looked at: the calendar says it anew.
    """
    kept = given.kept.encounters if given.kept else ()
    mine = [e for e in kept if e.origin != "calendar" and given.since <= e.on <= given.until]
    fast = [e for e in mine if stands_fast(e) and not is_void(e)]
    return (*given.calendar, *fast), tuple(e for e in mine if not stands_fast(e))


def make_plan(given: PlanInput) -> Plan:
    """Compute the weeks anew from what stands in them."""
    fixed, loose = standing(given)
    pinned, courtesies = pin_occasions(given, fixed)
    fixed += pinned
    numbered = number_input(given, fixed, loose)
    solution = _solve(numbered)
    groups = tidy_groups(numbered, _best(numbered, solution.groups, follow_greedy(numbered).groups))
    days = date_plan(given, _proposed(numbered, groups), fixed, loose)
    return _whole(numbered, days, courtesies, solution)


def weigh_plan(given: PlanInput, encounters: Sequence[PlannedEncounter]) -> Plan:
    """Return what encounters that stand come to: as they are, beside the best that would be possible."""
    mine = [e for e in encounters if e.origin != "calendar"]
    pinned, courtesies = pin_occasions(given, (*given.calendar, *mine))
    del pinned
    every = (*given.calendar, *mine)
    numbered = number_input(given, given.calendar, others=mine)
    dated = Dated(tuple(sorted(every, key=lambda e: (e.on, e.at, e.uid))), {})
    plan = _whole(numbered, dated, courtesies, None)
    short = any(r < f.share - 1e-9 for r, f in zip(plan.score.floors, numbered.weeks.floors, strict=True))
    if short or bound_horizon(numbered.instance, numbered.weeks) is None:
        return replace(plan, solution=_solve(numbered))
    return plan


def score_plan(given: PlanInput, encounters: Sequence[PlannedEncounter]) -> tuple[Numbered, Score]:
    """Return only what some encounters and the calendar come to: nothing is solved."""
    mine = [e for e in encounters if e.origin != "calendar"]
    numbered = number_input(given, given.calendar, others=mine)
    return numbered, score_groups(
        numbered.instance, numbered.weeks, numbered.groups_of((*given.calendar, *mine))
    )


def _whole(
    numbered: Numbered, dated: Dated, courtesies: tuple[Courtesy, ...], solution: Solution | None
) -> Plan:
    score = score_groups(numbered.instance, numbered.weeks, numbered.groups_of(dated.encounters))
    return Plan(
        given=numbered.given,
        numbered=numbered,
        encounters=dated.encounters,
        courtesies=open_occasions(courtesies, dated.encounters),
        why_day=dict(dated.why_day),
        unplaced=dated.unplaced,
        score=score,
        solution=solution,
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
    bound = bound_horizon(instance, weeks)
    if bound is None:
        solution = plan.solution or _solve(numbered)
        hour = float(solution.hour_worth[weeks.hours > 0].sum())
        best = max(solution.bound, plan.score.objective)
        found = (min(1.0, best / whole), hour / whole, -hour / whole)
    else:
        more = bound_horizon(instance, with_hours(numbered, 1.0).weeks) or bound
        fewer = bound_horizon(instance, with_hours(numbered, -1.0).weeks) or 0.0
        found = (bound / whole, (more - bound) / whole, (fewer - bound) / whole)
    return Comparison(
        follow_greedy(numbered),
        follow_overdue(numbered),
        follow_receptions(numbered),
        *found,
        priced=bound is None,
    )


def _solve(numbered: Numbered) -> Solution:
    """Solve; without people or weeks there is nothing to solve."""
    instance, weeks = numbered.instance, numbered.weeks
    if instance.people and weeks.count:
        return solve_weeks(instance, weeks)
    hours = np.array(
        [sum(instance.forms[g.form].hours for g in weeks.fixed if g.week == t) for t in range(weeks.count)]
    )
    zeros = np.zeros(weeks.count)
    return Solution(weeks.fixed, 0.0, 0.0, 0.0, zeros, hours, zeros)


def _best(numbered: Numbered, planned: tuple[Group, ...], other: tuple[Group, ...]) -> tuple[Group, ...]:
    """Return the better of two plans over the weeks alone; the other one only if it breaks no rule."""
    instance, weeks = numbered.instance, numbered.weeks
    other = with_fixed(weeks, other)
    gain = score_groups(instance, weeks, other).objective - score_groups(instance, weeks, planned).objective
    better = gain > 1e-9 and not weeks.previous and not weeks.floors
    return other if better and not find_broken(instance, weeks, other) else planned


def _proposed(numbered: Numbered, groups: Sequence[Group]) -> list[Proposed]:
    people, forms = numbered.given.people, numbered.instance.forms
    return [
        Proposed(g.week, forms[g.form], tuple(people[n] for n in sorted(g.guests)))
        for g in without_fixed(numbered.weeks, groups)
        if g.guests
    ]


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
