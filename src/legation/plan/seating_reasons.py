"""Why a place costs what it costs: one reason a wish, and what mending it would do instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from legation.plan.seating import POINT, Reason
from legation.plan.seating_cost import BROKEN, FACING_LEFT, Seats, couples_of, weight_of

_Item = tuple[str, int, int]


def explain_seats(seats: Seats) -> list[list[Reason]]:
    """Return, for each diner by number, the reasons of what their place costs; they sum to the total."""
    items = dict(_items(seats))
    reasons: list[list[Reason]] = [[] for _ in range(seats.costs.people)]
    place_of = {d: p for p, d in enumerate(seats.at)}
    for (kind, d, other), cost in items.items():
        because = _because(seats, place_of, items, kind, d, other)
        name = seats.costs.task.diners[other].name if other >= 0 else ""
        off = {"rank": seats.costs.away, "above": seats.costs.above}.get(kind)
        places = off[d][place_of[d]] if off else 0
        # What two share is halved; an odd hundredth stays with the first.
        shares = ((d, name, cost),) if other < 0 else (
            (d, name, cost - cost // 2), (other, seats.costs.task.diners[d].name, cost // 2)
        )  # fmt: skip
        for who, whom, part in shares:
            reasons[who].append(Reason(kind, part, whom, places, because))
    for row in reasons:
        row.sort(key=lambda r: (-r.cost, r.kind, r.other))
    return reasons


def _items(seats: Seats) -> Iterator[tuple[_Item, int]]:
    """Yield everything that costs something: (kind, diner, other or -1) and the cost of it."""
    costs, at = seats.costs, seats.at
    task, people = costs.task, costs.people
    number = {d.name: i for i, d in enumerate(task.diners)}
    place_of = {d: p for p, d in enumerate(at)}
    for d in range(people):
        p = place_of[d]
        own = costs.own[d][p] % BROKEN
        if own:
            yield ("rank" if costs.away[d][p] else "above", d, -1), own
        talk = seats.talk_cost(p)
        if talk:
            yield ("talk", d, -1), talk
    yield from _pair_items(seats, number, place_of)
    alternate = weight_of(task, "alternate") if task.alternate else 0
    for p, d in enumerate(at):
        for q in costs.places[p].beside if alternate and d != people else ():
            e = at[q]
            if q < p and e != people and task.diners[d].sex and task.diners[d].sex == task.diners[e].sex:
                yield ("alternate", min(d, e), max(d, e)), alternate


def _pair_items(
    seats: Seats, number: dict[str, int], place_of: dict[int, int]
) -> Iterator[tuple[_Item, int]]:
    """Yield what wishes of two, and couples, cost."""
    costs = seats.costs
    task = costs.task
    wishes: Counter[_Item] = Counter()
    for near in task.near:
        kind = "near" if near.where == "beside" else "near-table"
        wishes[kind, number[near.first], number[near.second]] += round(POINT * near.weight)
    for d, diner in enumerate(task.diners):
        for other in diner.interprets_for:
            wishes["interpret", d, number[other]] += weight_of(task, "talk")
    couple = weight_of(task, "couple")
    for one, two in couples_of(task):
        a, b = number[one], number[two]
        if task.couples == "together":
            wishes["couple", a, b] += couple
        elif task.couples == "apart" and place_of[b] in costs.places[place_of[a]].beside and couple:
            yield ("couple", a, b), couple
    for (kind, a, b), weight in wishes.items():
        p, q = place_of[a], place_of[b]
        left = weight
        if kind == "near-table":
            left = 0 if costs.places[p].table == costs.places[q].table else weight
        elif q in costs.places[p].beside:
            left = 0
        elif q in costs.places[p].facing:
            left = weight - weight // FACING_LEFT
        if left:
            yield (kind, a, b), left


def _because(
    seats: Seats, place_of: dict[int, int], items: dict[_Item, int], kind: str, d: int, other: int
) -> tuple[str, str, str] | tuple[()]:
    """Return the greatest cost that the best exchange would bring which mends an item, if it tells."""
    costs = seats.costs
    p = place_of[d]
    if kind == "talk":
        return () if costs.shares[d] else ("nobody", "", "")
    moves: list[tuple[int, int]] = []
    if kind == "rank":
        moves = [(p, q) for q in range(len(seats.at)) if costs.away[d][q] == 0 and q not in costs.fixed]
    elif kind in ("near", "interpret"):
        q = place_of[other]
        moves = [(p, r) for r in costs.places[q].beside] + [(q, r) for r in costs.places[p].beside]
    fixed = set(costs.fixed)
    # A fixed place cannot be exchanged: what holds it is the reason.
    open_ = [(a, b) for a, b in moves if a != b and a not in fixed and b not in fixed]
    if not open_:
        return ()
    table_of = seats.tables()
    _, a, b = min((seats.change(a, b, table_of), a, b) for a, b in open_)
    return _what_grows(seats, items, a, b)


def _what_grows(seats: Seats, items: dict[_Item, int], p: int, q: int) -> tuple[str, str, str] | tuple[()]:
    """Return what exchanging two places would break or worsen most: (kind, name, other)."""
    costs = seats.costs
    at = seats.at[:]
    at[p], at[q] = at[q], at[p]
    after = Seats(costs, at)
    names = [*(d.name for d in costs.task.diners), ""]
    if after.total >= BROKEN:
        return _broken(after, p, q)
    grown = [(cost - items.get(key, 0), key) for key, cost in _items(after) if cost > items.get(key, 0)]
    if not grown:
        return ()
    _, (kind, d, other) = max(grown, key=lambda g: (g[0], g[1]))
    return kind, names[d], names[other] if other >= 0 else ""


def _broken(seats: Seats, p: int, q: int) -> tuple[str, str, str] | tuple[()]:
    """Return a hard rule that is broken at one of two places."""
    costs = seats.costs
    diners = costs.task.diners
    table_of = seats.tables()
    for here in (p, q):
        d = seats.at[here]
        if d == costs.people:
            continue
        if costs.own[d][here] >= BROKEN:
            return "table", diners[d].name, ""
        place = costs.places[here]
        near = [(e, costs.beside[d]) for e in place.beside] + [(e, costs.facing[d]) for e in place.facing]
        for r, row in near:
            if row[seats.at[r]] >= BROKEN // 2:
                return "apart-beside", diners[d].name, diners[seats.at[r]].name
        for e, cost in costs.table[d]:
            if cost >= BROKEN // 2 and table_of[e] == place.table:
                return "apart-table", diners[d].name, diners[e].name
    return ()
