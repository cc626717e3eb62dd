"""A plan for some weeks: the best that is found, and the bound that no plan exceeds."""

from __future__ import annotations

import math

import numpy as np
import scipy.sparse as sp

from legation.plan.dive import dive, seat_attendances
from legation.plan.improve import Draft, improve
from legation.plan.instance import FloatArray, Floor, Group, Instance, Solution, Unmet, Weeks
from legation.plan.large import choose_large, solve_parts
from legation.plan.linear import Program, solve_linear
from legation.plan.model import derive_limits, derive_model
from legation.plan.schedules import Compact, Master
from legation.plan.score import Score, find_broken, score_groups, with_fixed

#: Books larger than this are solved in parts and go by the prices of these; the bound that they prove
#: is a little further off.
LARGE = 3000
#: Shares are sums of whole weeks.
SLIGHT = 1e-9


def solve_weeks(instance: Instance, weeks: Weeks, *, incumbent: tuple[Group, ...] | None = None) -> Solution:
    """Plan some weeks; never worse than the incumbent, if that breaks no rule.

    A plan for fewer hours is a sound incumbent of one for more: given it, more hours are never worse.
    Floors that cannot be kept are in `unmet`, each with the hours a week that it lacks at least.
    """
    model, limits = derive_model(instance, weeks), derive_limits(instance, weeks)
    large = instance.people > LARGE and not (instance.late_worth > 0).any()
    relaxation: Master | Compact
    if large:
        relaxation = Master(instance, weeks, model)
        relaxed = solve_parts(instance, weeks, model, relaxation)
        groups = choose_large(instance, weeks, model, limits, relaxed)
    else:
        if (instance.late_worth > 0).any():
            # With two intervals a schedule is no longer a path through one line of time.
            relaxation = Compact(model)
        else:
            relaxation = Master(instance, weeks, model)
            relaxation.begin(instance, weeks)
        relaxed = relaxation.solve()
        whole = dive(instance, model, limits, relaxation, relaxed)
        groups = seat_attendances(instance, weeks, model, whole)
    bound = relaxed.bound + model.constant
    plans = [groups] if incumbent is None else [groups, incumbent]
    best, score = _best(instance, weeks, plans)
    paid = model.floor_price * float(relaxed.slack.sum())
    prices = relaxed.prices[relaxation.hours : relaxation.hours + weeks.count]
    left = max(0.0, bound - score.total)
    return Solution(
        groups=best,
        objective=score.objective,
        bound=score.objective + left,
        gap=left / max(bound + paid, SLIGHT),
        within=score.within,
        hours_used=score.hours,
        hour_worth=np.maximum(0.0, prices),
        unmet=find_unmet(instance, weeks, score),
        notes=("The bound rests on the prices of a part of the people.",) if large else (),
    )


def _best(
    instance: Instance, weeks: Weeks, plans: list[tuple[Group, ...]]
) -> tuple[tuple[Group, ...], Score]:
    """Return the best of some plans once each is improved, and what it comes to; of equals the first."""
    found: tuple[tuple[Group, ...], Score] | None = None
    for plan in plans:
        if find_broken(instance, weeks, with_fixed(weeks, plan)):
            continue
        draft = Draft(instance, weeks, plan)
        if instance.people > LARGE:
            draft.fill_cells()
        else:
            improve(draft)
        for groups in (draft.list_groups(), with_fixed(weeks, plan)):
            score = score_groups(instance, weeks, groups)
            if found is None or score.total > found[1].total + SLIGHT:
                found = (groups, score)
    if found is None:
        draft = Draft(instance, weeks, ())
        draft.fill_cells()
        groups = draft.list_groups()
        found = (groups, score_groups(instance, weeks, groups))
    return found


def find_unmet(instance: Instance, weeks: Weeks, score: Score) -> tuple[Unmet, ...]:
    """List the floors that a plan does not keep, with how many hours a week each lacks at least.

    The hours are those of the relaxed model for the members of that floor and of those that are
    kept, were all hours theirs; 0 where only whole encounters stand in the way, infinite where no
    number of hours would do.
    """
    kept = [
        floor
        for floor, reached in zip(weeks.floors, score.floors, strict=True)
        if reached >= floor.share - SLIGHT
    ]
    return tuple(
        Unmet(floor.name, floor.share, float(reached), _hours_short(instance, weeks, [*kept, floor]))
        for floor, reached in zip(weeks.floors, score.floors, strict=True)
        if reached < floor.share - SLIGHT
    )


def _hours_short(instance: Instance, weeks: Weeks, floors: list[Floor]) -> float:
    """Return how many more hours a week some floors need together, for their members alone."""
    limits = derive_limits(instance, weeks)
    # Only members come: to whom no form is open, no column is written.
    member = np.zeros(instance.people, dtype=bool)
    for floor in floors:
        member[floor.members] = True
    may = np.repeat(member[:, None], weeks.count, axis=1)
    if weeks.may is not None:
        may &= weeks.may
    spent = sum(instance.forms[g.form].hours for g in weeks.fixed)
    ample = float(sum(form.hours for form in instance.forms)) + spent
    asked = Weeks(
        hours=weeks.hours + ample,
        may=may,
        fixed=weeks.fixed,
        open_weeks=weeks.open_weeks,
        quarter_left=weeks.quarter_left,
        evenings=weeks.evenings,
        floors=tuple(floors),
    )
    model = derive_model(instance, asked)
    program = model.program
    rows, width = program.matrix.shape
    more = np.zeros((rows, 1))
    more[model.hours_row : model.hours_row + weeks.count] = -1.0
    upper = program.row_upper.copy()
    upper[model.hours_row : model.hours_row + weeks.count] = limits.hours
    most = program.upper.copy()
    most[model.slack_from :] = 0.0
    answer = solve_linear(
        Program(
            _with_last(np.zeros(width), -1.0),
            _with_last(program.lower, 0.0),
            _with_last(most, math.inf),
            _widen(program, more),
            program.row_lower,
            upper,
        )
    )
    return max(0.0, -answer.objective) if answer.solved else math.inf


def _with_last(values: FloatArray, last: float) -> FloatArray:
    return np.append(values, last)


def _widen(program: Program, column: FloatArray) -> sp.csc_matrix:
    return sp.csc_matrix(sp.hstack([program.matrix, sp.csc_matrix(column)]))
