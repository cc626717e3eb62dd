"""A plan that is made for given hours: solved, compared with greedy choice, given its days, weighed.

Brings the solver with it: import it only where a plan is computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from legation.plan.changes import is_void, stands_fast
from legation.plan.compare import follow_greedy
from legation.plan.dated import Dated, Proposed, date_plan, open_occasions, pin_occasions
from legation.plan.earlier import list_this_week
from legation.plan.inputs import PlanInput
from legation.plan.instance import Group, Solution
from legation.plan.numbers import Numbered, number_input
from legation.plan.score import Score, find_broken, score_groups, with_fixed, without_fixed
from legation.plan.solve import solve_weeks
from legation.plan.tidy import tidy_groups
from legation.plan.weeks import Courtesy, PlannedEncounter

#: Shares are sums of whole weeks.
SLIGHT = 1e-9


@dataclass(frozen=True, slots=True)
class FloorNeed:
    """A floor that is not kept: the share wanted and reached, and the hours a week that it takes.

    `hours` are the hours a week at which it is kept, None where none are known to do; `least` says
    that it takes so many at least, and nothing finer was looked for. `hinders` says why no hours do.
    """

    floor: str
    wanted: float
    reached: float
    hours: float | None
    least: bool = False
    hinders: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A plan and what it comes to.

    `encounters` have their days, the fixed ones among them. `solution` is None where weeks that stand
    are only weighed, and nothing had to be solved. Shares are of worth within interval; `free_share`
    is what the plan without floors would come to (None: there are none, or nothing was solved).
    """

    given: PlanInput
    numbered: Numbered
    encounters: tuple[PlannedEncounter, ...]
    courtesies: tuple[Courtesy, ...]
    why_day: dict[str, str]
    unplaced: tuple[Proposed, ...]
    score: Score
    solution: Solution | None = None
    needs: tuple[FloorNeed, ...] = ()
    free_share: float | None = None

    @property
    def share(self) -> float:
        """Return the share of this plan."""
        return share_of(self.numbered, self.score)

    @property
    def rank(self) -> tuple[float, float]:
        """Return what one plan is better than another by: floors first, then the share."""
        return (-shortage_of(self.numbered, self.score), self.score.objective)


def share_of(numbered: Numbered, score: Score) -> float:
    """Return the share of worth within interval over all weeks."""
    whole = numbered.instance.total_worth * numbered.weeks.count
    return score.objective / whole if whole else 0.0


def shortage_of(numbered: Numbered, score: Score) -> float:
    """Return how many weeks of people the floors lack together."""
    weeks = numbered.weeks
    return sum(
        max(0.0, floor.share - float(reached) - SLIGHT) * len(floor.members) * weeks.count
        for floor, reached in zip(weeks.floors, score.floors, strict=True)
    )


def standing(given: PlanInput) -> tuple[tuple[PlannedEncounter, ...], tuple[PlannedEncounter, ...]]:
    """Return what a new plan may not touch (calendar, locked, somebody invited), and what else stands.

    What was in the calendar when the weeks were kept is not looked at: the calendar says it anew.
    """
    kept = given.kept.encounters if given.kept else ()
    mine = [e for e in kept if e.origin != "calendar" and given.since <= e.on <= given.until]
    fast = [e for e in mine if stands_fast(e) and not is_void(e)]
    return (*given.calendar, *fast), tuple(e for e in mine if not stands_fast(e))


def make_once(given: PlanInput, *, incumbent: Plan | None = None) -> Plan:
    """Compute the weeks anew from what stands in them, by the hours of the input alone.

    An incumbent is a plan of the same weeks, which the search begins with.
    """
    fixed, loose = standing(given)
    pinned, courtesies = pin_occasions(given, (*fixed, *_without_hours(given)))
    fixed += pinned
    numbered = number_input(given, fixed, loose)
    begin = _beginning(numbered, incumbent)
    solution = solve_numbered(numbered, begin)
    groups = tidy_groups(numbered, _best(numbered, solution.groups, follow_greedy(numbered).groups))
    days = date_plan(given, _proposed(numbered, groups), fixed, loose)
    return weigh_dated(numbered, days, courtesies, solution)


def carry_plan(given: PlanInput, plan: Plan, solution: Solution | None) -> Plan:
    """Return a plan of the same weeks for fewer hours as one of these hours: it stays as it is.

    `solution` is what was solved for these hours.
    """
    fixed, loose = standing(given)
    kept = set(plan.numbered.weeks.fixed)
    pinned = [e for e in plan.encounters if e not in fixed and plan.numbered.group_of(e) in kept]
    numbered = number_input(given, (*fixed, *pinned), loose)
    dated = Dated(plan.encounters, plan.why_day, plan.unplaced)
    return weigh_dated(numbered, dated, plan.courtesies, solution)


def _without_hours(given: PlanInput) -> tuple[PlannedEncounter, ...]:
    """List what stands in the first week before the first day; its hours are gone, and not these."""
    return tuple(replace(e, hours=0.0) for e in list_this_week(given))


def _beginning(numbered: Numbered, incumbent: Plan | None) -> tuple[Group, ...] | None:
    """Return what a search begins with: the plan that stands, or one for fewer hours."""
    weeks = numbered.weeks
    if incumbent is not None:
        return with_fixed(weeks, numbered.groups_of(incumbent.encounters))
    return with_fixed(weeks, weeks.previous) if weeks.previous else None


def weigh_dated(
    numbered: Numbered, dated: Dated, courtesies: tuple[Courtesy, ...], solution: Solution | None
) -> Plan:
    """Return what encounters with their days come to."""
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


def solve_numbered(numbered: Numbered, incumbent: tuple[Group, ...] | None = None) -> Solution:
    """Solve; without people or weeks there is nothing to solve."""
    instance, weeks = numbered.instance, numbered.weeks
    if instance.people and weeks.count:
        return solve_weeks(instance, weeks, incumbent=incumbent)
    hours = np.array(
        [sum(instance.forms[g.form].hours for g in weeks.fixed if g.week == t) for t in range(weeks.count)]
    )
    zeros = np.zeros(weeks.count)
    return Solution(weeks.fixed, 0.0, 0.0, 0.0, zeros, hours, zeros)


def _best(numbered: Numbered, planned: tuple[Group, ...], other: tuple[Group, ...]) -> tuple[Group, ...]:
    """Return the better of two plans over the weeks alone; the other one only if it breaks no rule.

    It is no better where a floor falls that the first keeps, or falls further. Where weeks stand, what
    keeps them is better than what has a little more.
    """
    instance, weeks = numbered.instance, numbered.weeks
    if weeks.previous:
        return planned
    other = with_fixed(weeks, other)
    mine, theirs = score_groups(instance, weeks, planned), score_groups(instance, weeks, other)
    wanted = np.array([floor.share for floor in weeks.floors])
    least = np.minimum(wanted, mine.floors) - SLIGHT
    rank_mine = (-shortage_of(numbered, mine), mine.objective)
    rank_other = (-shortage_of(numbered, theirs), theirs.objective)
    better = bool((theirs.floors >= least).all()) and exceeds(rank_other, rank_mine)
    return other if better and not find_broken(instance, weeks, other) else planned


def exceeds(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Say whether one rank (`Plan.rank`) is above another by more than rounding."""
    if abs(one[0] - other[0]) > SLIGHT:
        return one[0] > other[0]
    return one[1] > other[1] + SLIGHT * max(1.0, abs(other[1]))


def _proposed(numbered: Numbered, groups: Sequence[Group]) -> list[Proposed]:
    people, forms = numbered.given.people, numbered.instance.forms
    return [
        Proposed(g.week, forms[g.form], tuple(people[n] for n in sorted(g.guests)))
        for g in without_fixed(numbered.weeks, groups)
        if g.guests
    ]
