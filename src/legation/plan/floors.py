"""What it takes to keep a floor that a plan does not keep: hours found by plans, or what stands in the way.

Brings the solver with it: import it only where a plan is computed.
"""

from __future__ import annotations

import math

import numpy as np

from legation.plan.changes import MOST_HOURS
from legation.plan.instance import BoolArray, Floor, Unmet
from legation.plan.ladder import STEP_HOURS, Ladder
from legation.plan.made import SLIGHT, FloorNeed, Plan
from legation.plan.model import derive_horizon, derive_limits
from legation.plan.numbers import Numbered

#: How many searches a plan may leave room for before hours are looked for by plans (`ladder.MOST_WORK`).
FEW_SEARCHES = 12


def find_needs(ladder: Ladder, plan: Plan) -> tuple[FloorNeed, ...]:
    """Return what each floor takes that a plan does not keep.

    Budgets are those of half hours. At the hours that are told the plan for them keeps the floor, and
    at half an hour less it does not. Where the weeks are too many to search, the hours are those that
    it takes at least, by the relaxed model.
    """
    weeks = plan.numbered.weeks
    relaxed = {u.floor: u for u in (plan.solution.unmet if plan.solution else ())}
    return tuple(
        _need(ladder, plan, k, floor, float(reached), relaxed.get(floor.name))
        for k, (floor, reached) in enumerate(zip(weeks.floors, plan.score.floors, strict=True))
        if reached < floor.share - SLIGHT
    )


def _need(
    ladder: Ladder, plan: Plan, k: int, floor: Floor, reached: float, relaxed: Unmet | None
) -> FloorNeed:
    wanted, now = floor.share, plan.given.hours_a_week
    hinders = _hinders(plan.numbered, floor)
    if hinders:
        return FloorNeed(floor.name, wanted, reached, None, hinders=hinders)
    lowest = math.floor(now / STEP_HOURS + SLIGHT) + 1
    if ladder.most < FEW_SEARCHES:
        short = relaxed.hours_short if relaxed is not None else 0.0
        if math.isinf(short):
            return FloorNeed(floor.name, wanted, reached, None)
        steps = max(lowest, math.floor((now + short) / STEP_HOURS + SLIGHT))
        return FloorNeed(floor.name, wanted, reached, steps * STEP_HOURS, least=True)

    def kept(steps: int) -> bool:
        return bool(ladder.plan(steps * STEP_HOURS).score.floors[k] >= wanted - SLIGHT)

    most = int(MOST_HOURS / STEP_HOURS)
    low, high, stride = lowest - 1, lowest, 1
    while high <= most and not kept(high):
        low, stride = high, 2 * stride
        high = most if high < most < high + stride else high + stride
    if high > most:
        return FloorNeed(floor.name, wanted, reached, None)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if kept(middle) else (middle, high)
    return FloorNeed(floor.name, wanted, reached, high * STEP_HOURS)


# ── what stands in the way ──────────────────────────────────────────────────────────────


def _hinders(numbered: Numbered, floor: Floor) -> str:
    """Return why no hours keep a floor, were all days and forms for each of its members; "" if they may.

    Told are weeks in which nobody can be met, then people who cannot, at most three of them.
    """
    covered, may = _reachable(numbered, floor)
    every = numbered.weeks.may
    if covered.mean() >= floor.share - SLIGHT:
        return ""
    people, weeks = numbered.given.people, numbered.weeks.count
    closed = 0 if every is None else int((~every.any(axis=0)).sum())
    reasons = []
    if closed:
        reasons.append(f"nobody can be met in {closed} of the {weeks} weeks")
    lacking = np.argsort(covered.sum(axis=1), kind="stable")
    for at in lacking.tolist():
        free, name = int(may[at].sum()), people[int(floor.members[at])].name
        if len(reasons) >= 3 or covered[at].all():
            break
        if not free:
            reasons.append(f"{name} cannot be met in these weeks")
        elif weeks - free > closed:
            reasons.append(f"{name} cannot be met in {weeks - free} of the {weeks} weeks")
        elif not closed:
            reasons.append(f"the forms that suit {name} do not cover {weeks - int(covered[at].sum())} weeks")
    return "; ".join(reasons)


def _reachable(numbered: Numbered, floor: Floor) -> tuple[BoolArray, BoolArray]:
    """Return (M, W) who of a floor could be covered when, and who could be met when, alone in the book."""
    instance, weeks = numbered.instance, numbered.weeks
    horizon = derive_horizon(instance, weeks, beyond=False)
    open_ = derive_limits(instance, weeks).open > 0
    covered = horizon.held[floor.members].copy()
    may = np.ones((len(floor.members), weeks.count), dtype=bool)
    for at, person in enumerate(floor.members.tolist()):
        for week in range(weeks.count):
            covers = int((instance.covers[person] * open_[:, week]).max(initial=0))
            allowed = weeks.may is None or bool(weeks.may[person, week])
            may[at, week] = allowed and covers > 0
            if may[at, week]:
                covered[at, week : week + covers] = True
    return covered, may
