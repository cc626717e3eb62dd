"""More hours, never a worse plan: the plan for some hours is looked for among those for fewer as well.

A search that finds less with more hours has not looked well enough, and the user sees it at once. So
the plan for H hours is the best of what is found with H hours and of the plan for the hours one step
below, which is made in the same way. Whatever two budgets of the grid are compared, the greater one
has therefore seen the plan of the lesser. Most steps need no search: where no plan of fewer hours can
come to what was found already, by the bound of `horizon`, all below are done with.

Brings the solver with it: import it only where a plan is computed.
"""

from __future__ import annotations

import math
from dataclasses import replace

from legation.plan.earlier import count_earlier
from legation.plan.horizon import bound_floor, bound_horizon
from legation.plan.inputs import PlanInput, derive_hours, monday_of
from legation.plan.made import SLIGHT, Plan, carry_plan, exceeds, make_once, standing
from legation.plan.numbers import number_input

#: How far apart the budgets are that plans are compared at, in hours a week.
STEP_HOURS = 0.5
#: How many budgets a plan is looked for at, times the square of the attendances that there may be
#: (people, forms, weeks), by which the time of a search grows. In a large book it is one budget alone.
MOST_WORK = 40_000_000


class Ladder:
    """Plans of the same weeks for several budgets; each is made once."""

    def __init__(self, given: PlanInput) -> None:
        self.given = count_earlier(given)
        self._once: dict[float, Plan] = {}
        self._best: dict[float, Plan] = {}
        self._bounds: dict[float, tuple[float, float] | None] = {}
        columns = len(given.people) * len(given.settings.forms) * given.weeks
        #: At how many budgets one plan is looked for at most.
        self.most = max(1, MOST_WORK // max(1, columns**2))

    def plan(self, hours: float) -> Plan:
        """Return the plan for a budget: never worse than those for fewer hours of the grid.

        That holds as far down as `most` budgets, and where no weeks stand that are to be kept.
        """
        chain = [hours]
        while chain[-1] not in self._best:
            found, below = self._made(chain[-1]), _below(chain[-1])
            if below is None or self._stands(found) or len(chain) >= self.most:
                self._best[chain[-1]] = found
                break
            if self._beyond(found, below):
                self._best[chain[-1]] = found
                break
            chain.append(below)
        for one, below in zip(chain[-2::-1], chain[:0:-1], strict=True):
            self._best[one] = self._better(one, self._best[below])
        return self._best[hours]

    def _made(self, hours: float) -> Plan:
        if hours not in self._once:
            self._once[hours] = make_once(self.at(hours))
        return self._once[hours]

    def _better(self, hours: float, fewer: Plan) -> Plan:
        """Return the best of what was found, the plan of fewer hours, and one that begins with that."""
        found = self._made(hours)
        if not exceeds(fewer.rank, found.rank):
            return found
        given = self.at(hours)
        again = make_once(given, incumbent=fewer)
        for other in (again, carry_plan(given, fewer, again.solution)):
            if exceeds(other.rank, found.rank):
                found = other
        return found

    def at(self, hours: float) -> PlanInput:
        """Return the input with other hours a week; weeks that were given hours of their own keep them."""
        given = self.given
        if hours == given.hours_a_week:
            return given
        by_week = derive_hours(given.settings, given.since, given.weeks, hours)[0]
        own = dict(given.kept.week_hours) if given.kept else {}
        first = monday_of(given.since).toordinal()
        mondays = [given.since.fromordinal(first + 7 * n) for n in range(given.weeks)]
        return replace(
            given,
            hours=tuple(own.get(m, h) for m, h in zip(mondays, by_week, strict=True)),
            hours_a_week=hours,
        )

    def _stands(self, plan: Plan) -> bool:
        """Say whether weeks stand that are to be kept: then no other plan is looked for."""
        return bool(plan.numbered.weeks.previous) or not plan.numbered.instance.people

    def _beyond(self, found: Plan, below: float) -> bool:
        """Say whether no plan of the hours below can come to what was found."""
        if found.share >= 1.0 - SLIGHT and found.rank[0] >= 0:
            return True
        if below not in self._bounds:
            self._bounds[below] = self._bound(below)
        bound = self._bounds[below]
        if bound is None:
            return True
        if found.rank[0] < bound[0] - SLIGHT:
            # Fewer hours might come nearer to the floors.
            return False
        return found.rank[0] > bound[0] + SLIGHT or found.rank[1] >= bound[1] - SLIGHT

    def _bound(self, hours: float) -> tuple[float, float] | None:
        """Return the rank that no plan of some hours can pass: what floors lack at least, and worth."""
        # Without what is pinned to the days of occasions: fewer hours may have room for less of that.
        numbered = number_input(self.at(hours), *standing(self.given))
        instance, weeks = numbered.instance, numbered.weeks
        objective = bound_horizon(instance, weeks)
        if objective is None:
            return None
        short = 0.0
        for floor in weeks.floors:
            most = bound_floor(instance, weeks, floor)
            short += max(0.0, floor.share - SLIGHT - most) * len(floor.members) * weeks.count
        return -short, objective


def _below(hours: float) -> float | None:
    """Return the next budget of the grid below one; None below the least."""
    steps = math.ceil(hours / STEP_HOURS - 1e-9) - 1
    return steps * STEP_HOURS if steps >= 0 else None
