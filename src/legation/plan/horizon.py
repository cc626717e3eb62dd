"""What no plan can pass over its weeks alone: a linear programme without anything beyond them.

The model that plans are made by counts what an attendance covers after the last week as well, so
that its bound is one of both together. The share that is shown is of the weeks; so is this bound.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from legation.plan.instance import BoolArray, FloatArray, Floor, Instance, IntArray, Weeks
from legation.plan.model import derive_horizon, derive_limits

#: Up to so many columns the programme is solved in a second or two; beyond, it is not.
MOST_COLUMNS = 150_000


def bound_horizon(instance: Instance, weeks: Weeks) -> float | None:
    """Return worth times weeks that no plan of these weeks can pass; None where that takes too long.

    Everything that is left of hours, evenings and forms is shared out in fractions, with guests who
    are apart at one table.
    """
    person, form, week = _columns(instance, weeks)
    count = weeks.count
    if len(person) > MOST_COLUMNS:
        return None
    whole = instance.total_worth * count
    horizon = derive_horizon(instance, weeks, beyond=False)
    held = float(
        instance.worth @ horizon.held.sum(axis=1) + instance.late_worth @ horizon.late_held.sum(axis=1)
    )
    if not len(person) or not count:
        return held
    from scipy.optimize import linprog  # noqa: PLC0415 - only where there is something to solve
    from scipy.sparse import csr_array  # noqa: PLC0415

    rows: list[IntArray] = []
    columns: list[IntArray] = []
    values: list[FloatArray] = []
    right: list[float] = []
    sizes = len(person)
    several = [f for f, one in enumerate(instance.forms) if one.capacity > 1]
    groups_from = sizes
    sizes += len(several) * count
    place = {f: groups_from + n * count for n, f in enumerate(several)}

    def add(at: Iterable[int] | IntArray, what: FloatArray | float, limit: float) -> None:
        index = np.asarray(at, dtype=np.int64)
        rows.append(np.full(len(index), len(right), dtype=np.int64))
        columns.append(index)
        values.append(np.full(len(index), what) if isinstance(what, float) else what)
        right.append(limit)

    cover_gains: list[float] = []
    for worth, covers, mask in (
        (instance.worth, instance.covers, horizon.held),
        (instance.late_worth, instance.late_covers, horizon.late_held),
    ):
        until = week + covers[person, form]
        # Columns stand by person.
        begins = np.searchsorted(person, np.arange(instance.people + 1))
        for n, t in np.argwhere(~mask & (worth > 0)[:, None]).tolist():
            mine = slice(begins[n], begins[n + 1])
            reach = begins[n] + np.flatnonzero((week[mine] <= t) & (t < until[mine]))
            if len(reach):
                cover_gains.append(float(worth[n]))
                column = sizes + len(cover_gains) - 1
                add([column, *reach], np.array([1.0, *[-1.0] * len(reach)]), 0.0)
    limits = derive_limits(instance, weeks)
    hours = np.array([one.hours for one in instance.forms])
    # What is longer than a week's hours cannot be held in a part of them.
    most_held = np.minimum(limits.open, np.floor(limits.hours[None, :] / hours[:, None] + 1e-9))
    for t in range(count):
        here = np.flatnonzero(week == t)
        alone = here[np.isin(form[here], several, invert=True)]
        groups = [place[f] + t for f in several]
        add([*alone, *groups], np.concatenate([hours[form[alone]], hours[several]]), float(limits.hours[t]))
        evening = [f for f in several if instance.forms[f].evening]
        if limits.evenings[t] >= 0 and evening:
            add([place[f] + t for f in evening], 1.0, float(limits.evenings[t]))
        for f, one in enumerate(instance.forms):
            mine = here[form[here] == f]
            if f in place:
                add([*mine, place[f] + t], np.array([1.0] * len(mine) + [-float(one.capacity)]), 0.0)
                add([place[f] + t], 1.0, float(most_held[f, t]))
            elif len(mine):
                add(mine, 1.0, float(most_held[f, t]))
    for f, span, most in limits.quarters:
        if f in place:
            add([place[f] + t for t in span], 1.0, float(most))
    gains = np.concatenate([np.zeros(sizes), np.array(cover_gains)])
    matrix = csr_array(
        (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))),
        shape=(len(right), len(gains)),
    )
    upper = np.ones(len(gains))
    upper[groups_from:sizes] = np.inf
    solved = linprog(
        -gains, A_ub=matrix, b_ub=np.array(right), bounds=np.column_stack([np.zeros(len(gains)), upper]),
        method="highs",
    )  # fmt: skip
    return whole if solved.x is None else min(whole, held - float(solved.fun))


def bound_floor(instance: Instance, weeks: Weeks, floor: Floor) -> float:
    """Return the share within the ideal interval that no plan of these weeks can pass over a floor's members.

    1 where that takes too long to find.
    """
    worth = np.zeros(instance.people)
    worth[floor.members] = 1.0
    most = bound_horizon(replace(instance, worth=worth, late_worth=np.zeros(instance.people)), weeks)
    whole = worth.sum() * weeks.count
    return 1.0 if most is None or not whole else min(1.0, most / float(whole))


def _columns(instance: Instance, weeks: Weeks) -> tuple[IntArray, IntArray, IntArray]:
    """Return (person, form, week) of every attendance that may be."""
    may: BoolArray = np.ones((instance.people, weeks.count), dtype=bool) if weeks.may is None else weeks.may
    suits = (instance.covers > 0) | (instance.late_covers > 0)
    open_ = derive_limits(instance, weeks).open > 0
    allowed = suits[:, :, None] & may[:, None, :] & open_[None, :, :]
    person, form, week = np.nonzero(allowed)
    return person.astype(np.int64), form.astype(np.int64), week.astype(np.int64)
