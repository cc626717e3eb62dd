"""Finds a seating plan: every plan where few are free, else annealing and exchanges.

The start keeps the hard rules, and no exchange that breaks one is made; so what is found keeps them.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from legation.plan.seating import Conflict, Seated, SeatingPlan, SeatingTask, SeatRule, rules_of
from legation.plan.seating_bound import bound_cost
from legation.plan.seating_cost import BROKEN, Costs, Seats, build_costs
from legation.plan.seating_places import lay_counts
from legation.plan.seating_reasons import explain_seats
from legation.plan.seating_rules import explain_conflict, find_places

#: Of at most so many plans (seven free guests, or fewer with places to spare) every one is looked
#: at; of up to so many, no more than so many beginnings.
EXACT_ALWAYS, EXACT_MOST, BEGUN_MOST = math.perm(7, 7), math.perm(9, 9), 60_000
#: Exchanges tried: this many for each guest, within these limits.
STEPS_EACH, STEPS_LEAST, STEPS_MOST = 3_000, 80_000, 200_000
#: Few guests are annealed several times over, in shares of the steps: this many, and fewer for more.
ROUNDS_MOST, ROUND_SIZES = 8, 100
#: The temperature of annealing, first (few places, many) and last, in hundredths of a point.
WARM_FEW, WARM_MANY, COOL, FEW = 500.0, 200.0, 12.0, 40
_COOLED_EVERY = 64
#: Passes over all exchanges at the end; seldom more than four change anything.
_PASSES = 20

_Assigned = dict[str, tuple[int, int]]


def lay_ways(task: SeatingTask) -> list[tuple[int, ...]]:
    """Return the ways of laying the tables, to be tried in turn: the fewest, all, every place."""
    guests = len(task.diners)
    kept = frozenset(d.table for d in task.diners if d.table) | {
        t.name for t in task.tables if t.host or t.hostess
    }
    ways = [
        lay_counts(task.tables, guests, kept),
        lay_counts(task.tables, guests, every=True),
        tuple(t.seats for t in task.tables),
    ]
    return list(dict.fromkeys(ways))


def search_plan(
    task: SeatingTask, *, seed: int = 0, steps: int | None = None, give_up: bool = False
) -> SeatingPlan | Conflict:
    """Return a plan for a task, or why there is none (see `derive_seating`)."""
    short = len(task.diners) - sum(t.seats for t in task.tables)
    if short > 0:
        return Conflict(places_short=short)
    if not task.diners:
        return SeatingPlan((), tuple(0 for _ in task.tables), 0, 0, exact=True)
    rules = rules_of(task)
    ways = lay_ways(task)
    laid, start = _start(task, ways, rules)
    given: tuple[SeatRule, ...] = ()
    if start is None:
        conflict = explain_conflict(task, ways)
        if conflict is None or not give_up:
            return conflict or Conflict(proven=False)
        given = conflict.give_up
        rules = tuple(r for r in rules if r not in given)
        laid, start = _start(task, ways, rules)
        if start is None:
            return Conflict(conflict.sets, conflict.give_up, proven=False)
    costs = build_costs(task, laid, rules)
    seats = _fill(costs, start)
    free = [p for p in range(len(costs.places)) if p not in set(costs.fixed)]
    waiting = sum(seats.at[p] != costs.people for p in free)
    plans = math.perm(len(free), waiting) if len(free) < FEW else math.inf
    # Nothing costs less than nothing.
    exact = steps is None and (plans <= EXACT_ALWAYS or seats.total == 0)
    if not exact and len(free) > 1:
        seats = _anneal(costs, seats, free, random.Random(seed), steps)  # noqa: S311 - no secret
    if steps is None and plans <= EXACT_MOST and seats.total:
        seats, exact = try_every(costs, seats, free, None if exact else BEGUN_MOST)
    bound = seats.total if exact else min(seats.total, bound_cost(costs))
    return SeatingPlan(
        _told(seats), laid, seats.total, bound, exact=exact or bound == seats.total, given_up=given
    )


def _start(
    task: SeatingTask, ways: Sequence[tuple[int, ...]], rules: Sequence[SeatRule]
) -> tuple[tuple[int, ...], _Assigned | None]:
    """Return the first way of laying under which the rules hold, with places that keep them."""
    for laid in ways:
        found, _ = find_places(task, laid, rules)
        if found is not None:
            return laid, found
    return ways[0], None


def _fill(costs: Costs, start: _Assigned) -> Seats:
    """Seat those whom rules name where they may sit, then the others by rank where it costs least."""
    people = costs.people
    at = [people] * len(costs.places)
    where = {(p.table, p.number): i for i, p in enumerate(costs.places)}
    number = {d.name: i for i, d in enumerate(costs.task.diners)}
    for name, key in start.items():
        at[where[key]] = number[name]
    seats = Seats(costs, at)
    waiting = [d for d in range(people) if d not in set(at)]
    ranks = [d.rank or 1 << 20 for d in costs.task.diners]
    waiting.sort(key=lambda d: (ranks[d], len(costs.shares[d]), d))
    free = [p for p in range(len(at)) if at[p] == people]
    for d in waiting:
        best = min(free, key=lambda p: (seats.around(p, d), p))
        at[best] = d
        free.remove(best)
    return Seats(costs, at)


class _Moves:
    """Draws exchanges: half at random, half such as may mend a wish or keep women and men in turn."""

    def __init__(self, costs: Costs, free: Sequence[int], rng: random.Random) -> None:
        self.costs, self.free, self.rng = costs, free, rng
        self.movable = frozenset(free)
        diners = costs.task.diners
        self.sexes = [d.sex for d in diners] + [""]
        self.by_sex = costs.task.alternate and any(self.sexes)
        self.wishes = [
            (a, b)
            for a in range(costs.people) for b in range(costs.people)
            if a != b and (costs.beside[a][b] < 0 or any(e == b and c < 0 for e, c in costs.table[a]))
        ]  # fmt: skip
        by_table: dict[int, list[int]] = {}
        for p in free:
            by_table.setdefault(costs.places[p].table, []).append(p)
        self.at_table = by_table

    def draw(self, seats: Seats, place_of: Sequence[int]) -> tuple[int, int]:
        """Return two places to exchange; they may be equal, or both empty."""
        rng, free = self.rng, self.free
        kind = rng.random()
        if kind < 0.3 and self.wishes:
            a, b = self.wishes[int(rng.random() * len(self.wishes))]
            p, q = place_of[a], place_of[b]
            near = self.costs.places[q].beside
            if self.costs.beside[a][b] >= 0:
                near = tuple(self.at_table.get(self.costs.places[q].table, ())) or near
            if near:
                r = near[int(rng.random() * len(near))]
                if p in self.movable and r in self.movable:
                    return p, r
        p = free[int(rng.random() * len(free))]
        q = free[int(rng.random() * len(free))]
        if kind < 0.75 and self.by_sex:
            for _ in range(3):
                if self.sexes[seats.at[p]] == self.sexes[seats.at[q]]:
                    break
                q = free[int(rng.random() * len(free))]
        return p, q


def _anneal(costs: Costs, seats: Seats, free: Sequence[int], rng: random.Random, steps: int | None) -> Seats:
    """Exchange at random, worse ones ever more seldom; return the best that was seen."""
    steps = min(STEPS_MOST, max(STEPS_LEAST, STEPS_EACH * len(free))) if steps is None else steps
    rounds = max(1, min(ROUNDS_MOST, ROUND_SIZES // len(free)))
    best = seats
    moves = _Moves(costs, free, rng)
    for _ in range(rounds):
        found = _cool(costs, Seats(costs, seats.at[:]), moves, rng, steps // rounds)
        _descend(found, free)
        if found.total < best.total:
            best = found
        if not best.total:
            break
    return best


def _cool(costs: Costs, seats: Seats, moves: _Moves, rng: random.Random, steps: int) -> Seats:
    """Anneal once."""
    table_of = seats.tables()
    place_of = [0] * (costs.people + 1)
    for p, d in enumerate(seats.at):
        place_of[d] = p
    best, best_at = seats.total, seats.at[:]
    heat = WARM_FEW if len(moves.free) <= FEW else WARM_MANY
    cooling = (COOL / heat) ** (_COOLED_EVERY / max(steps, 1))
    nobody, at = costs.people, seats.at
    for step in range(steps):
        if step % _COOLED_EVERY == 0:
            heat *= cooling
        p, q = moves.draw(seats, place_of)
        if p == q or (at[p] == nobody and at[q] == nobody):
            continue
        added = seats.change(p, q, table_of)
        if added <= 0 or (added < 20 * heat and rng.random() < math.exp(-added / heat)):
            seats.exchange(p, q, table_of, added)
            place_of[at[p]], place_of[at[q]] = p, q
            if seats.total < best:
                best, best_at = seats.total, at[:]
                if not best:
                    break
    return Seats(costs, best_at)


def _descend(seats: Seats, free: Sequence[int]) -> None:
    """Exchange as long as any exchange helps."""
    table_of = seats.tables()
    for _ in range(_PASSES):
        before = seats.total
        for i, p in enumerate(free):
            for q in free[:i]:
                added = seats.change(p, q, table_of)
                if added < 0:
                    seats.exchange(p, q, table_of, added)
        if seats.total == before:
            return


def try_every(costs: Costs, start: Seats, free: Sequence[int], most: int | None = None) -> tuple[Seats, bool]:
    """Return the best plan of all, by seating the free guests place by place and cutting off.

    No more than `most` beginnings of plans are looked at (None: all); the second value says whether
    nothing was left out, so that the plan is the best.
    """
    nobody = costs.people
    waiting = sorted(start.at[p] for p in free)
    at = start.at[:]
    for p in free:
        at[p] = nobody
    seats = Seats(costs, at)
    base = seats.total - sum(seats.talk)
    table_of = seats.tables()
    helpful = [
        (a, b, cost) for a in range(nobody) for b in range(a) if (cost := _best_company(costs, a, b)) < 0
    ]
    best, best_at = start.total, start.at[:]
    left = -1 if most is None else most

    def place(k: int, cost: int) -> None:
        nonlocal best, best_at, left
        open_ = set(waiting)
        hope = sum(c for a, b, c in helpful if a in open_ or b in open_)
        if cost + hope >= best or left == 0:
            return
        left -= 1
        if k == len(free):
            total = cost + sum(seats.talk_cost(p) for p in range(len(at)))
            if total < best:
                best, best_at = total, at[:]
            return
        p = free[k]
        for d in sorted(open_):
            added = seats.around(p, d)
            if d != nobody:
                table = costs.places[p].table
                table_of[d] = table
                added += sum(c for e, c in costs.table[d] if e not in open_ and table_of[e] == table)
            at[p] = d
            waiting.remove(d)
            place(k + 1, cost + added)
            waiting.append(d)
            at[p] = nobody

    place(0, base)
    return Seats(costs, best_at), left != 0


def _best_company(costs: Costs, a: int, b: int) -> int:
    """Return the least that two can cost each other, wherever they sit."""
    at_table = min(0, dict(costs.table[a]).get(b, 0))
    return min(costs.beside[a][b], costs.facing[a][b], 0) + at_table


def _told(seats: Seats) -> tuple[Seated, ...]:
    """Return who sits where, by table and place, with what it costs each and why."""
    costs = seats.costs
    if seats.total >= BROKEN:
        raise AssertionError("a hard rule is broken")
    reasons = explain_seats(seats)
    return tuple(
        Seated(
            costs.task.diners[d].name, place.table, place.number,
            sum(r.cost for r in reasons[d]), tuple(reasons[d]),
        )
        for place, d in zip(costs.places, seats.at, strict=True) if d != costs.people
    )  # fmt: skip
