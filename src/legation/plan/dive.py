"""From the linear programme to whole encounters: round the groups, solve again, settle who is split."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from legation.plan.instance import FloatArray, Group, Instance, IntArray, Weeks
from legation.plan.linear import Program, solve_whole
from legation.plan.model import Limits, Model
from legation.plan.schedules import Master, Mix
from legation.plan.tables import list_neighbours, split_tables

#: What counts as whole.
NEARLY = 1e-6


#: Of the price of a seat in the relaxed plan, what it is worth once an encounter is sure to be held.
SURE_SEAT = 0.5
#: How many placings of rare encounters are looked at by their bound, and how many are then solved.
LOOKS = 240
TRIES = 4
#: So many are rounded in any case, another only while the gap is as wide as this.
SURE_TRIES = 1
MOST_TRIES = 2
WIDE = 0.0125
#: Every week is rounded in so many ways, in books of up to so many people.
ROUNDINGS = 3
LOOK_PEOPLE = 1000
#: Over more weeks than this each solving is a long one, and a plan is made whole the short way.
LOOK_WEEKS = 16
#: How many changes of each week are tried once all are whole.
CHANGES = 3
FINAL_ROUNDS = 12
#: How many people who have a schedule nearly as good are settled together with those that are split.
CLOSE_PEOPLE = 40


@dataclass(frozen=True, slots=True, eq=False)
class Dive:
    """A plan made whole: `attends` (X,) by the model's columns, `several` (G, W) counts."""

    attends: FloatArray
    several: IntArray


class Relaxation(Protocol):
    """Something that solves the relaxed model, again and again with other bounds on n."""

    def fix_groups(self, lower: FloatArray, upper: FloatArray) -> None:
        """Set how many encounters there may be, (G × W,) each."""

    def fix_hours(self, week: int, hours: float) -> None:
        """Set how many hours a week has."""

    def solve(self, close: float = ..., rounds: int = ...) -> Mix:
        """Solve from where it stands, to `close` of the whole or for some rounds."""


def dive(instance: Instance, model: Model, limits: Limits, relaxation: Relaxation, relaxed: Mix) -> Dive:
    """Make a relaxed plan whole: rare encounters first, then the others, then who is still split."""
    if len(limits.hours) > LOOK_WEEKS:
        return dive_plainly(instance, model, limits, relaxation, relaxed)
    rounding = Rounding(instance, model, limits, relaxation, relaxed)
    rare = _list_rare(model, limits)
    rounded: list[tuple[float, int]] = []
    plans: list[Fixed] = []
    placings = (
        _place_rare(model, limits, relaxation, relaxed, rare) if rare else [np.zeros((0, 0), dtype=np.int64)]
    )
    started = []
    for number, placing in enumerate(placings):
        start = rounding.start(rare, placing)
        mix = rounding.solve(start, 3e-4, 4)
        started.append((-(mix.objective + mix.bound) / 2, number, start))
    started.sort(key=lambda one: one[:2])
    whole = relaxed.bound + model.constant
    for tries, (_, number, start) in enumerate(started[:MOST_TRIES]):
        # One placing more is rounded where the plan is still far from the bound.
        wide = not rounded or min(rounded)[0] + relaxed.bound > WIDE * whole
        if tries >= (SURE_TRIES if rounding.looks else 1) and not (wide and rounding.looks):
            break
        fixed = rounding.round_weeks(start)
        rounded.append((-rounding.solve(fixed, 1e-4, 4).objective, number))
        plans.append(fixed)
    fixed = plans[rounded.index(min(rounded))]
    if rounding.looks:
        fixed = rounding.polish(fixed)
    mix = rounding.solve(fixed, 1e-5, FINAL_ROUNDS if rounding.looks else 2)
    close = CLOSE_PEOPLE if rounding.looks else 0
    return Dive(_settle(model, mix, fixed.lower, close), fixed.lower.astype(np.int64))


def dive_plainly(
    instance: Instance, model: Model, limits: Limits, relaxation: Relaxation, relaxed: Mix
) -> Dive:
    """Make a relaxed plan whole the short way: round once, solve again, settle who is split."""
    rounding = Rounding(instance, model, limits, relaxation, relaxed)
    rounding.looks = False
    rare = _list_rare(model, limits)
    first = _spread_rare(model, limits, relaxed, rare) if rare else np.zeros((0, 0), dtype=np.int64)
    fixed = rounding.round_weeks(rounding.start(rare, first))
    mix = rounding.solve(fixed, 1e-5, FINAL_ROUNDS)
    return Dive(_settle(model, mix, fixed.lower, 0), fixed.lower.astype(np.int64))


def place_plainly(rounding: Rounding, relaxed: Mix) -> IntArray:
    """Return whole n (G, W) rounded by themselves, nothing solved."""
    model, limits = rounding.model, rounding.limits
    rare = _list_rare(model, limits)
    first = _spread_rare(model, limits, relaxed, rare) if rare else np.zeros((0, 0), dtype=np.int64)
    start = rounding.start(rare, first)
    n = relaxed.n.reshape(start.lower.shape).copy()
    if rare:
        n[rare] = first
    whole = [rounding.list_roundings(n[:, t], start, t)[0] for t in range(rounding.weeks)]
    return np.array(whole, dtype=np.int64).reshape(rounding.weeks, len(n)).T


def _list_rare(model: Model, limits: Limits) -> list[int]:
    """Return which forms of `model.several` a quarter limits."""
    limited = {f for f, _, _ in limits.quarters}
    return [g for g, f in enumerate(model.several) if f in limited]


def _spread_rare(model: Model, limits: Limits, relaxed: Mix, rare: list[int]) -> IntArray:
    """Return a first placing (rare forms, W): one wherever the relaxed plan has come to one more."""
    count = len(limits.hours)
    n = relaxed.n.reshape(len(model.several), count)
    first = np.zeros((len(rare), count), dtype=np.int64)
    for k, g in enumerate(rare):
        steps = np.floor(np.cumsum(n[g]) + 0.5 + NEARLY)
        first[k] = np.minimum(np.diff(np.concatenate([[0.0], steps])), limits.open[model.several[g]])
    for k, span, most in _list_blocks(model, limits, rare):
        for t in reversed(span):
            over = int(first[k, span.start : span.stop].sum()) - most
            first[k, t] -= min(max(0, over), int(first[k, t]))
    return first


def _list_blocks(model: Model, limits: Limits, rare: list[int]) -> list[tuple[int, range, int]]:
    """Return (number among the rare forms, weeks, how many) of every quarter's limit."""
    return [
        (k, span, most)
        for k, g in enumerate(rare)
        for f, span, most in limits.quarters
        if f == model.several[g]
    ]


def _place_rare(
    model: Model, limits: Limits, relaxation: Relaxation, relaxed: Mix, rare: list[int]
) -> list[IntArray]:
    """Return placings (rare forms, W) of the encounters that a quarter limits, the most hopeful first.

    The relaxed plan smears them over all weeks, and where they go decides most of what is lost by
    making it whole. Each placing is judged by the bound that the relaxed prices prove for it.
    """
    first, blocks = _spread_rare(model, limits, relaxed, rare), _list_blocks(model, limits, rare)
    if not isinstance(relaxation, Master) or relaxation.paths.people > LOOK_PEOPLE:
        return [first]
    seen: dict[bytes, tuple[float, int, IntArray]] = {}

    def look(placing: IntArray) -> float:
        key = placing.tobytes()
        if key not in seen:
            seen[key] = (
                -relaxation.prove_placed(relaxed.prices, rare, placing, SURE_SEAT),
                len(seen),
                placing,
            )
        return seen[key][0]

    here = first
    look(here)
    while len(seen) < LOOKS:
        around = _list_moves(here, blocks, limits.open[[model.several[g] for g in rare]])
        best = min(around, key=look, default=here)
        if look(best) >= look(here):
            break
        here = best
    ranked = sorted(seen.values(), key=lambda one: one[:2])
    return [placing for _, _, placing in ranked[:TRIES]]


def _list_moves(placing: IntArray, blocks: list[tuple[int, range, int]], most: IntArray) -> list[IntArray]:
    """Return the placings one step away: one encounter moved to another week of its quarter."""
    found: list[IntArray] = []
    for k, span, _ in blocks:
        for t in span:
            if placing[k, t]:
                found.extend(_moved(placing, k, t, u) for u in span if u != t and placing[k, u] < most[k, u])
    return found


def _moved(placing: IntArray, k: int, out: int, into: int) -> IntArray:
    moved = placing.copy()
    moved[k, out] -= 1
    moved[k, into] += 1
    return moved


@dataclass(frozen=True, slots=True, eq=False)
class Fixed:
    """How far n is fixed: `lower` and `upper` (G, W), the `hours` (W,) that can then be filled."""

    lower: FloatArray
    upper: FloatArray
    hours: FloatArray
    objective: float = -np.inf

    def with_week(self, t: int, choice: FloatArray, hours: float) -> Fixed:
        """Return it with one more week fixed."""
        lower, upper, usable = self.lower.copy(), self.upper.copy(), self.hours.copy()
        lower[:, t] = upper[:, t] = choice
        usable[t] = hours
        return Fixed(lower, upper, usable)


class Rounding:
    """Rounds n: each week in a few ways, each way solved with the hours that whole encounters can fill."""

    def __init__(
        self, instance: Instance, model: Model, limits: Limits, relaxation: Relaxation | None, relaxed: Mix
    ) -> None:
        """Take what is rounded; without a relaxation nothing can be solved on the way."""
        self.instance, self.model, self.limits, self.relaxation = instance, model, limits, relaxation
        self.forms = [instance.forms[f] for f in model.several]
        self.hours = np.array([one.hours for one in self.forms])
        self.evening = np.array([one.evening for one in self.forms], dtype=bool)
        self.alone = _list_alone(instance, model, relaxed)
        self._set_hours = limits.hours.copy()
        self.weeks = len(limits.hours)
        #: Whether several ways are solved: not in large books, nor where each solving is a long one.
        self.looks = isinstance(relaxation, Master) and instance.people <= LOOK_PEOPLE

    def start(self, rare: list[int], placing: IntArray) -> Fixed:
        """Return where a rounding starts: only the rare encounters are placed."""
        upper = self.limits.open[list(self.model.several)].astype(float)
        lower = np.zeros(upper.shape)
        if rare:
            lower[rare] = upper[rare] = placing
        return Fixed(lower, upper, self.limits.hours)

    def solve(self, fixed: Fixed, close: float, rounds: int) -> Mix:
        """Solve with n as far fixed."""
        if self.relaxation is None:
            raise AssertionError("there is nothing to solve")
        for t in np.nonzero(self._set_hours != fixed.hours)[0].tolist():
            self.relaxation.fix_hours(t, float(fixed.hours[t]))
        self._set_hours = fixed.hours
        self.relaxation.fix_groups(fixed.lower.ravel(), fixed.upper.ravel())
        return self.relaxation.solve(close, rounds)

    def round_weeks(self, start: Fixed) -> Fixed:
        """Return n whole, week by week, the most split first (by the hours that its fractions stand for)."""
        n = self.solve(start, 3e-4, 3).n.reshape(start.lower.shape)
        fixed = start
        left = set(range(self.weeks))
        while left:
            apart = (np.abs(n - np.round(n)) * self.hours[:, None]).max(axis=0, initial=0.0)
            t = max(left, key=lambda week: (apart[week], -week))
            left.remove(t)
            choices = self.list_roundings(n[:, t], fixed, t)
            if not self.looks:
                fixed = fixed.with_week(t, choices[0], self.usable(choices[0], t))
                continue
            best: tuple[float, Fixed, Mix] | None = None
            for choice in choices[:ROUNDINGS]:
                tried = fixed.with_week(t, choice, self.usable(choice, t))
                mix = self.solve(tried, 1e-4, 5)
                if best is None or mix.objective > best[0]:
                    best = (mix.objective, tried, mix)
            if best is not None:
                fixed, n = best[1], best[2].n.reshape(start.lower.shape)
        return fixed

    def polish(self, fixed: Fixed) -> Fixed:
        """Return n changed by one encounter, or one for another, wherever that is better."""
        objective = self.solve(fixed, 1e-4, 3).objective
        order = np.argsort(-(self.limits.hours - fixed.hours), kind="stable").tolist()
        for t in order:
            here = fixed.lower[:, t]
            for choice in self.list_changes(here, t)[:CHANGES]:
                tried = fixed.with_week(t, choice, self.usable(choice, t))
                mix = self.solve(tried, 1e-4, 3)
                if mix.objective > objective + 1e-6:
                    objective, fixed = mix.objective, tried
        return Fixed(fixed.lower, fixed.upper, fixed.hours, objective)

    def list_changes(self, here: FloatArray, t: int) -> list[FloatArray]:
        """Return choices near one week's n (G,), those first that leave fewest hours unused."""
        rare = set(_list_rare(self.model, self.limits))
        most = self.limits.open[list(self.model.several), t]
        found: list[tuple[float, int, FloatArray]] = []
        steps = [(g, sign) for g in range(len(here)) if g not in rare for sign in (1, -1)]
        moves = [(step,) for step in steps] + [
            (one, other) for one in steps for other in steps if one[0] < other[0] and one[1] != other[1]
        ]
        for number, move in enumerate(moves):
            choice = here.copy()
            for g, sign in move:
                choice[g] += sign
            if (choice < 0).any() or (choice > most).any() or not self.fits(choice, t):
                continue
            unused = float(self.limits.hours[t]) - self.usable(choice, t)
            found.append((unused + 0.2 * abs(float(self.hours @ (choice - here))), number, choice))
        found.sort(key=lambda one: one[:2])
        return [choice for _, _, choice in found]

    def fits(self, choice: FloatArray, t: int) -> bool:
        """Say whether n (G,) fits a week's hours and evenings."""
        most = self.limits.evenings[t]
        late = float(choice[self.evening].sum())
        fits = float(self.hours @ choice) <= float(self.limits.hours[t]) + 1e-9
        return fits and (int(most) < 0 or late <= int(most))

    def usable(self, choice: FloatArray, t: int) -> float:
        """Return how many hours of a week whole encounters can fill beside n (G,)."""
        if not self.looks:
            return float(self.limits.hours[t])
        return _usable_hours(self.instance, self.limits, self.alone, float(self.hours @ choice), t)

    def list_roundings(self, n: FloatArray, fixed: Fixed, t: int) -> list[FloatArray]:
        """Return the roundings of one week's n (G,) that fit, the nearest first."""
        low, high = fixed.lower[:, t], fixed.upper[:, t]
        steps = [self._list_steps(float(n[g]), float(low[g]), float(high[g])) for g in range(len(n))]
        found: list[tuple[float, int, FloatArray]] = []
        for number, picked in enumerate(itertools.product(*steps)):
            choice = np.array(picked)
            if not self.fits(choice, t):
                continue
            # Near in hours, altogether and form by form; and few hours that nothing can fill.
            change = self.hours * (choice - n)
            away = 0.05 * float(change @ change) + 0.05 * float(change.sum()) ** 2
            unused = float(self.limits.hours[t]) - self.usable(choice, t)
            found.append((away + unused, number, choice))
        found.sort(key=lambda one: one[:2])
        # Where what is placed has taken the hours: that stands, and what still fits beside it.
        return [choice for _, _, choice in found] or [self.fill(n, low, t)]

    def _list_steps(self, n: float, low: float, high: float) -> list[float]:
        """Return the whole numbers that one n may become: those around it, and the next where it is split."""
        if abs(n - round(n)) <= NEARLY:
            near = [round(n)]
        else:
            near = [math.floor(n), math.floor(n) + 1]
            if self.looks:
                near = [near[0] - 1, *near, near[1] + 1]
        return [float(one) for one in near if low <= one <= high] or [min(max(float(round(n)), low), high)]

    def fill(self, n: FloatArray, low: FloatArray, t: int) -> FloatArray:
        """Return n (G,) built up from its least, as much of every form as fits, the fullest first."""
        choice = low.copy()
        for g in np.argsort(-n, kind="stable").tolist():
            while choice[g] + 1 <= n[g] + 0.5:
                choice[g] += 1
                if not self.fits(choice, t):
                    choice[g] -= 1
                    break
        return choice


def _list_alone(instance: Instance, model: Model, mix: Mix) -> list[int]:
    """Return the forms for one guest that the relaxed plan uses."""
    used = np.bincount(model.form, mix.x, minlength=len(instance.forms))
    return [f for f, one in enumerate(instance.forms) if one.capacity == 1 and used[f] > 0.5]


def _usable_hours(instance: Instance, limits: Limits, alone: list[int], taken: float, t: int) -> float:
    """Return how many hours of a week whole encounters can fill, once groups have taken some.

    The relaxed plan would use every minute; a quarter of an hour holds no telephone call of eighteen
    minutes. Sums that can be reached are the bits of a number, a minute each.
    """
    left = max(0, int((float(limits.hours[t]) - taken) * 60 + 1e-6))
    reached, window = 1, (1 << (left + 1)) - 1
    for f in alone:
        minutes = max(1, round(instance.forms[f].hours * 60))
        for _ in range(min(int(limits.open[f, t]), left // minutes)):
            reached |= (reached << minutes) & window
    return taken + (reached.bit_length() - 1) / 60


def _settle(model: Model, mix: Mix, several: FloatArray, also: int) -> FloatArray:
    """Make attendances whole: who is split, or nearly, is a small programme of its own; the others stand."""
    x = mix.x
    split = np.zeros(int(model.person.max(initial=-1)) + 1, dtype=bool)
    split[model.person[(x > NEARLY) & (x < 1 - NEARLY)]] = True
    if not split.any():
        return np.round(x)
    close = np.argsort(mix.regret, kind="stable")[:also]
    split[close[np.isfinite(mix.regret[close])]] = True
    program, width = model.program, len(model.program.cost)
    free = np.zeros(width, dtype=bool)
    free[: model.cover_from] = split[model.person]
    free[model.cover_from : model.groups_from] = split[model.cover_person]
    free[model.slack_from :] = True
    stands = np.zeros(width)
    stands[: model.cover_from] = np.where(free[: model.cover_from], 0.0, np.round(x))
    stands[model.groups_from : model.slack_from] = several.ravel()
    own = program.matrix[: model.groups_from - model.cover_from, : model.cover_from]
    reached = -(own @ stands[: model.cover_from])
    stands[model.cover_from : model.groups_from] = np.where(
        free[model.cover_from : model.groups_from], 0.0, np.minimum(1.0, reached)
    )
    rest = program.matrix[:, free].tocsr()
    kept = np.diff(rest.indptr) > 0
    taken = program.matrix @ stands
    small = Program(
        program.cost[free],
        program.lower[free],
        program.upper[free],
        rest[kept].tocsc(),
        program.row_lower[kept] - taken[kept] - 1e-7,
        program.row_upper[kept] - taken[kept] + 1e-7,
    )
    whole = np.zeros(int(free.sum()), dtype=bool)
    whole[: int(free[: model.cover_from].sum())] = True
    found = solve_whole(small, whole, gap=0.002)
    if len(found.values) == int(free.sum()):
        stands[free] = found.values
    return np.round(stands[: model.cover_from])


def seat_attendances(instance: Instance, weeks: Weeks, model: Model, found: Dive) -> tuple[Group, ...]:
    """Return the encounters of whole attendances: each form and week split into tables."""
    apart, together = list_neighbours(weeks.apart), list_neighbours(weeks.together)
    attends = found.attends > 0.5
    key = model.form * weeks.count + model.week
    groups: list[Group] = []
    order = np.nonzero(attends)[0]
    order = order[np.argsort(key[order], kind="stable")]
    for cell in np.unique(key[order]).tolist():
        f, t = divmod(cell, weeks.count)
        guests = model.person[order[key[order] == cell]].tolist()
        capacity = instance.forms[f].capacity
        tables = len(guests) if capacity == 1 else int(found.several[model.several.index(f), t])
        seated, _ = split_tables(guests, tables, capacity, apart, together)
        groups.extend(Group(f, t, table) for table in seated if table)
    return tuple(groups)
