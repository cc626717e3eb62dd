"""Large books: solved in parts that are alike, at prices handed from one part to the next.

Every part has a share of the people, the hours and the limits. Together the parts' plans are one of
the whole book; the mean of their prices proves a bound for the whole.
"""

from __future__ import annotations

import numpy as np

from legation.plan.dive import Dive, Rounding, place_plainly, seat_attendances
from legation.plan.instance import FloatArray, Group, Instance, IntArray, Weeks
from legation.plan.model import Limits, Model, derive_model
from legation.plan.schedules import PART_PEOPLE, Master, Mix, take_part

#: How near a part is solved, and in how many rounds at most once prices are known.
CLOSE = 5e-4
ROUNDS = 4


def solve_parts(instance: Instance, weeks: Weeks, model: Model, whole: Master) -> Mix:
    """Return the mix of all parts, with the best bound that their prices prove for the whole."""
    count = -(-instance.people // PART_PEOPLE)
    x = np.zeros(model.cover_from)
    n = np.zeros(model.slack_from - model.groups_from)
    slack = np.zeros(len(weeks.floors))
    place = np.full((instance.people, len(instance.forms), weeks.count), -1, dtype=np.int64)
    place[model.person, model.form, model.week] = np.arange(model.cover_from)
    prices: list[FloatArray] = []
    for k in range(count):
        part = np.arange(k, instance.people, count)
        smaller, fewer = take_part(instance, weeks, part)
        own = derive_model(smaller, fewer)
        master = Master(smaller, fewer, own)
        master.scale_quarters(len(part) / instance.people)
        if prices:
            master.begin_at(np.mean(prices, axis=0))
        else:
            master.begin(smaller, fewer)
        mix = master.solve(CLOSE, ROUNDS) if prices else master.solve(CLOSE)
        prices.append(mix.prices)
        there = place[part[own.person], own.form, own.week]
        x[there[there >= 0]] = mix.x[there >= 0]
        n += mix.n
        slack += mix.slack
    mean = np.mean(prices, axis=0)
    bound, gains, _, _ = whole.prove(mean)
    return Mix(
        objective=-np.inf,
        bound=bound,
        x=x,
        n=n,
        slack=slack,
        prices=mean,
        regret=np.zeros(len(gains)),
        rounds=count,
    )


def choose_large(
    instance: Instance, weeks: Weeks, model: Model, limits: Limits, mix: Mix
) -> tuple[Group, ...]:
    """Return the encounters of a mix of parts: round groups, keep the likelier attendances that fit."""
    several = place_plainly(Rounding(instance, model, limits, None, mix), mix)
    attends = _trim(instance, model, limits, mix.x, several)
    return seat_attendances(instance, weeks, model, Dive(attends.astype(float), several))


def _trim(instance: Instance, model: Model, limits: Limits, x: FloatArray, several: IntArray) -> IntArray:
    """Return (X,) which attendances stand: the surest first, as far as seats, hours and limits go."""
    spent = np.array([one.hours for one in instance.forms])
    left = limits.hours - spent[list(model.several)] @ several
    rooms = limits.open.copy()
    for g, f in enumerate(model.several):
        rooms[f] = several[g] * instance.forms[f].capacity
    attends = np.zeros(len(x), dtype=np.int64)
    order = np.argsort(-x, kind="stable")
    for column in order[: int((x > 0.5 - 1e-9).sum())].tolist():
        f, t = int(model.form[column]), int(model.week[column])
        alone = instance.forms[f].capacity == 1
        if rooms[f, t] <= 0 or (alone and left[t] < spent[f] - 1e-9):
            continue
        attends[column] = 1
        rooms[f, t] -= 1
        left[t] -= spent[f] if alone else 0.0
    return attends
