"""What a plan comes to, counted exactly, and which hard rules it breaks; nothing is solved here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from legation.plan.instance import BoolArray, FloatArray, Group, Instance, IntArray, Weeks
from legation.plan.model import FLOOR_WORTH, HOUR_COST, derive_horizon, derive_limits

Rule = Literal[
    "hours",
    "evenings",
    "form",
    "quarter",
    "capacity",
    "apart",
    "away",
    "unsuited",
    "twice",
    "fixed",
    "horizon",
]
#: Hours are sums of decimals.
SLIGHT = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """What some groups come to: N people, W weeks, K floors.

    `objective` is worth times weeks within the horizon; `total` is the objective of the model, with
    what lies beyond, the bonus for keeping, the cost of hours and of unmet floors. `within` (W,) is
    the share of worth within interval; `covered` and `late_covered` (N, W) who is within the ideal
    and the longest interval when; `hours` (W,) what is spent; `floors` (K,) the share reached.
    """

    objective: float
    total: float
    within: FloatArray
    covered: BoolArray
    late_covered: BoolArray
    hours: FloatArray
    floors: FloatArray


@dataclass(frozen=True, slots=True)
class Broken:
    """A hard rule that a plan breaks: which, in which week and form, for whom, and by how much.

    `week` and `form` are -1 where the rule knows none; `excess` is in the rule's unit (hours,
    encounters, guests).
    """

    rule: Rule
    week: int = -1
    form: int = -1
    people: tuple[int, ...] = ()
    excess: float = 0.0


def score_groups(instance: Instance, weeks: Weeks, groups: Sequence[Group]) -> Score:
    """Count what some groups come to, together with whatever is fixed and not among them."""
    groups = with_fixed(weeks, groups)
    horizon, count = derive_horizon(instance, weeks), weeks.count
    person, form, week = list_attendances(groups)
    covered, late_covered = horizon.held.copy(), horizon.late_held.copy()
    times = horizon.times[None, :]
    for covers, mask in ((instance.covers, covered), (instance.late_covers, late_covered)):
        until = (week + covers[person, form])[:, None]
        which, point = np.nonzero((times >= week[:, None]) & (times < until))
        mask[person[which], point] = True
    worth = covered * instance.worth[:, None] + late_covered * instance.late_worth[:, None]
    by_point = worth.sum(axis=0)
    spent = np.array([one.hours for one in instance.forms])
    hours = np.zeros(count)
    for group in groups:
        hours[group.week] += spent[group.form]
    floors, short = floor_shares(weeks, covered[:, :count])
    return Score(
        objective=float(by_point[:count].sum()),
        total=float(by_point @ horizon.values)
        + _count_bonus(instance, weeks, groups)
        - _count_cost(instance, weeks, groups)
        - floor_price(instance) * short,
        within=by_point[:count] / max(instance.total_worth, 1e-12),
        covered=covered[:, :count],
        late_covered=late_covered[:, :count],
        hours=hours,
        floors=floors,
    )


def find_broken(instance: Instance, weeks: Weeks, groups: Sequence[Group]) -> tuple[Broken, ...]:
    """List the hard rules that some groups break; what is fixed may exceed hours and limits by itself."""
    outside = [group for group in groups if not 0 <= group.week < weeks.count]
    if outside:
        return tuple(Broken("horizon", g.week, g.form, g.guests) for g in outside)
    missing = Counter(map(_key, weeks.fixed)) - Counter(map(_key, groups))
    found = [Broken("fixed", week, form, guests) for form, week, guests in missing.elements()]
    free = without_fixed(weeks, groups)
    for group in free:
        found.extend(_broken_group(instance, weeks, group))
    limits = derive_limits(instance, weeks)
    used = np.zeros((len(instance.forms), weeks.count), dtype=np.int64)
    for group in free:
        used[group.form, group.week] += 1
    hours = np.array([one.hours for one in instance.forms]) @ used
    found.extend(
        Broken("hours", int(t), excess=float(hours[t] - limits.hours[t]))
        for t in np.nonzero(hours > limits.hours + SLIGHT)[0]
    )
    for f, t in np.argwhere(used > limits.open).tolist():
        found.append(Broken("form", t, f, excess=float(used[f, t] - limits.open[f, t])))
    late = used[np.array([one.evening for one in instance.forms])].sum(axis=0)
    found.extend(
        Broken("evenings", t, excess=float(late[t] - limits.evenings[t]))
        for t in np.nonzero((limits.evenings >= 0) & (late > limits.evenings))[0].tolist()
    )
    for f, span, most in limits.quarters:
        held = int(used[f, span.start : span.stop].sum())
        if held > most:
            found.append(Broken("quarter", span.start, f, excess=float(held - most)))
    return tuple(found)


def with_fixed(weeks: Weeks, groups: Sequence[Group]) -> tuple[Group, ...]:
    """Return some groups with whatever is fixed before them, once; none beyond the horizon."""
    fixed = tuple(group for group in weeks.fixed if 0 <= group.week < weeks.count)
    return fixed + without_fixed(weeks, groups)


def without_fixed(weeks: Weeks, groups: Sequence[Group]) -> tuple[Group, ...]:
    """Return some groups without those that are fixed."""
    fixed, free = Counter(map(_key, weeks.fixed)), []
    for group in groups:
        if fixed[_key(group)] > 0:
            fixed[_key(group)] -= 1
        else:
            free.append(group)
    return tuple(free)


def list_attendances(groups: Sequence[Group]) -> tuple[IntArray, IntArray, IntArray]:
    """Return person, form and week (A,) of every attendance of some groups, in their order."""
    sizes = [len(group.guests) for group in groups]
    person = np.array([guest for group in groups for guest in group.guests], dtype=np.int64)
    form = np.repeat(np.array([group.form for group in groups], dtype=np.int64), sizes)
    week = np.repeat(np.array([group.week for group in groups], dtype=np.int64), sizes)
    return person, form, week


def floor_price(instance: Instance) -> float:
    """Return what a person-week below a floor costs in the model."""
    return FLOOR_WORTH * float(max(1.0, (instance.worth + instance.late_worth).max(initial=0.0)))


def floor_shares(weeks: Weeks, covered: BoolArray) -> tuple[FloatArray, float]:
    """Return the share that every floor reaches, and all person-weeks that they lack together."""
    shares, short = np.ones(len(weeks.floors)), 0.0
    for k, floor in enumerate(weeks.floors):
        members = np.unique(floor.members)
        if len(members) and weeks.count:
            shares[k] = covered[members].mean()
            short += max(0.0, (floor.share - float(shares[k])) * len(members) * weeks.count)
    return shares, short


def _key(group: Group) -> tuple[int, int, tuple[int, ...]]:
    return group.form, group.week, tuple(sorted(group.guests))


def _broken_group(instance: Instance, weeks: Weeks, group: Group) -> list[Broken]:
    """List what is wrong with one encounter by itself."""
    form, found = instance.forms[group.form], []
    at = (group.week, group.form)
    if len(group.guests) > form.capacity:
        found.append(Broken("capacity", *at, group.guests, float(len(group.guests) - form.capacity)))
    guests = sorted(set(group.guests))
    if len(guests) < len(group.guests):
        twice = tuple(one for one, times in Counter(group.guests).items() if times > 1)
        found.append(Broken("twice", *at, twice))
    if weeks.may is not None:
        away = tuple(one for one in guests if not weeks.may[one, group.week])
        found.extend([Broken("away", *at, away)] if away else [])
    no = (instance.covers[guests, group.form] <= 0) & (instance.late_covers[guests, group.form] <= 0)
    if no.any():
        found.append(Broken("unsuited", *at, tuple(np.array(guests)[no].tolist())))
    inside = set(guests)
    found.extend(
        Broken("apart", *at, pair) for pair in sorted(weeks.apart) if pair[0] in inside and pair[1] in inside
    )
    return found


def _count_bonus(instance: Instance, weeks: Weeks, groups: Sequence[Group]) -> float:
    """Return what is earned by keeping attendances of the plan that stands; fixed ones earn nothing."""
    if not weeks.previous or not weeks.keep_worth:
        return 0.0
    stands = {(g.form, g.week, guest) for g in weeks.previous for guest in g.guests}
    worth = instance.worth + instance.late_worth
    kept = [
        guest for g in without_fixed(weeks, groups) for guest in g.guests if (g.form, g.week, guest) in stands
    ]
    return weeks.keep_worth * float(worth[kept].sum())


def _count_cost(instance: Instance, weeks: Weeks, groups: Sequence[Group]) -> float:
    """Return the small cost of the hours that guests take, by which the shorter of two equal plans wins."""
    forms = instance.forms
    return HOUR_COST * sum(
        forms[g.form].hours / forms[g.form].capacity * len(g.guests) for g in without_fixed(weeks, groups)
    )
