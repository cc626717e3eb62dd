"""Places at tables: who is beside whom, who faces whom, and which place is the more honourable.

Tables are seen from above. Places run clockwise, so that the next place is on the left hand of
whoever sits there, and the one before is on the right. Lengths are in chairs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from legation.plan.seating import HonourOrder, Table

#: Across a round table larger than this, nobody talks with whom they face.
TALKS_ACROSS = 8
#: The distance of a place from a host where the table has none: after all others.
NO_HOST = 1 << 20


@dataclass(frozen=True, slots=True)
class Place:
    """One place: where it stands (in chairs from the middle of its table), and what surrounds it.

    `beside` and `facing` are indexes into the places of the plan; `talks` are both, as far as one
    can talk.
    """

    table: int
    number: int
    x: float
    y: float
    beside: tuple[int, ...]
    facing: tuple[int, ...]
    talks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """A table with its places laid: coordinates, neighbours by number, and where the hosts sit."""

    at: tuple[tuple[float, float], ...]
    beside: tuple[tuple[int, ...], ...]
    facing: tuple[tuple[int, ...], ...]
    host: int
    hostess: int


def lay_table(table: Table, count: int) -> Laid:
    """Return a table with `count` places laid (at least one)."""
    return _lay_round(table, count) if table.shape == "round" else _lay_long(table, count)


def _lay_round(table: Table, count: int) -> Laid:
    radius = max(0.8, count / (2 * math.pi)) + 0.5
    # The host sits at the top of the drawing, and the places run clockwise from there.
    angles = [2 * math.pi * i / count - math.pi / 2 for i in range(count)]
    at = tuple((round(radius * math.cos(a), 4), round(radius * math.sin(a), 4)) for a in angles)
    beside = tuple(tuple(sorted({(i - 1) % count, (i + 1) % count} - {i})) for i in range(count))
    facing = []
    for i in range(count):
        across = {(i + count // 2) % count, (i + (count + 1) // 2) % count}
        facing.append(tuple(sorted(across - {i} - set(beside[i]))))
    host = 0 if table.host else -1
    hostess = -1
    if table.hostess:
        hostess = count // 2 if table.host else 0
    return Laid(at, beside, tuple(facing), host, hostess if count > 1 or host < 0 else -1)


def _lay_long(table: Table, count: int) -> Laid:
    """Lay a long table: clockwise from the west end (or the west of the north side)."""
    at_ends = table.hosts_at == "ends"
    west = at_ends and bool(table.host)
    east = at_ends and bool(table.hostess) and count > west
    sides = max(0, count - west - east)
    north = sides // 2
    south = sides - north
    longest = max(north, south, 1)
    rows = [_row(north, longest), list(reversed(_row(south, longest)))]
    at: list[tuple[float, float]] = []
    if west:
        at.append((-longest / 2 - 0.5, 0.0))
    at += [(x, -1.0) for x in rows[0]]
    if east:
        at.append((longest / 2 + 0.5, 0.0))
    at += [(x, 1.0) for x in rows[1]]
    at = at[:count]
    first_south = west + north + east
    northern = list(range(west, west + north))
    southern = list(range(first_south, first_south + south))
    beside: list[set[int]] = [set() for _ in at]
    for row in (northern, southern):
        for a, b in pairwise(row):
            beside[a].add(b)
            beside[b].add(a)
    ends = ([(0, northern[:1], southern[-1:])] if west else []) + (
        [(west + north, northern[-1:], southern[:1])] if east else []
    )
    for end, one, other in ends:
        for near in (*one, *other):
            beside[end].add(near)
            beside[near].add(end)
    facing: list[set[int]] = [set() for _ in at]
    for row, across in ((northern, southern), (southern, northern)):
        for a in row:
            gap = min((abs(at[a][0] - at[b][0]) for b in across), default=0.0)
            for b in across:
                if abs(at[a][0] - at[b][0]) <= gap + 1e-6:
                    facing[a].add(b)
                    facing[b].add(a)
    if west and east and not sides and count == 2:
        facing[0].add(1)
        facing[1].add(0)
    host, hostess = _long_hosts(table, northern, southern, west=west, east=east)
    return Laid(
        tuple(at), tuple(tuple(sorted(s)) for s in beside),
        tuple(tuple(sorted(f - b)) for f, b in zip(facing, beside, strict=True)), host, hostess,
    )  # fmt: skip


def _long_hosts(
    table: Table, northern: list[int], southern: list[int], *, west: bool, east: bool
) -> tuple[int, int]:
    if table.hosts_at == "ends":
        return (0 if west else -1), (west + len(northern) if east else -1)
    host = southern[len(southern) // 2] if table.host and southern else -1
    hostess = -1
    if table.hostess:
        row = northern if table.host else southern
        # Face to face with the host: south is numbered from the east.
        hostess = row[(len(row) - 1) // 2] if row and table.host else (row[len(row) // 2] if row else -1)
    return host, hostess


def _row(count: int, longest: int) -> list[float]:
    """Return where the chairs of one side stand, spread over the length of the table."""
    step = longest / count if count else 0.0
    return [round(-longest / 2 + step * (i + 0.5), 4) for i in range(count)]


def lay_places(tables: Sequence[Table], laid: Sequence[int]) -> tuple[tuple[Place, ...], tuple[Laid, ...]]:
    """Return all places of the tables in order, and each table as laid (`laid` places each)."""
    places: list[Place] = []
    plans = []
    for number, (table, count) in enumerate(zip(tables, laid, strict=True)):
        plan = lay_table(table, count) if count else Laid((), (), (), -1, -1)
        plans.append(plan)
        start = len(places)
        near = table.shape == "long" or count <= TALKS_ACROSS
        for i, (x, y) in enumerate(plan.at):
            beside = tuple(start + j for j in plan.beside[i])
            facing = tuple(start + j for j in plan.facing[i])
            places.append(Place(number, i, x, y, beside, facing, beside + facing if near else beside))
    return tuple(places), tuple(plans)


def lay_counts(
    tables: Sequence[Table], guests: int, kept: frozenset[str] = frozenset(), *, every: bool = False
) -> tuple[int, ...]:
    """Return how many places to lay at each table, so that there is one for each guest.

    The first tables that suffice are laid (all with `every`; those in `kept` always), as evenly as
    their sizes allow; surplus places go from the last table first.
    """
    left = guests
    used: list[int] = []
    for number, table in enumerate(tables):
        if every or table.name in kept:
            used.append(number)
            left -= table.seats
    for number, table in enumerate(tables):
        if left > 0 and number not in used:
            used.append(number)
            left -= table.seats
    counts = [t.seats if i in used else 0 for i, t in enumerate(tables)]
    least = [len({t.host, t.hostess} - {""}) for t in tables]
    for _ in range(max(0, sum(counts) - guests)):
        # The fullest gives up a place; among equals the least honourable, then the last.
        open_ = [i for i in used if counts[i] > max(least[i], 1)]
        if not open_:
            break
        taken = max(open_, key=lambda i: (counts[i], tables[i].honour, i))
        counts[taken] -= 1
    return tuple(counts)


def honour_keys(
    tables: Sequence[Table], places: Sequence[Place], plans: Sequence[Laid], order: HonourOrder
) -> list[tuple[int, int, int, int]]:
    """Return a key for each place: the smaller, the more honourable; equal keys are equal in honour.

    The places of host and hostess themselves have distance 0.
    """
    keys = []
    for place in places:
        plan = plans[place.table]
        best = (NO_HOST, 0, 0)
        table = tables[place.table]
        # Without a hostess, the place that faces a host in the middle is the second one's.
        alone = plan.host >= 0 > plan.hostess and table.shape == "long" and table.hosts_at == "middle"
        second = min(plan.facing[plan.host], default=-1) if alone else plan.hostess
        for which, at in ((0, plan.host), (1, second)):
            if at < 0:
                continue
            distance, side = _from_host(plan, at, place.number, long=table.shape == "long")
            distance += alone and which == 1
            if distance < NO_HOST:
                best = min(best, (distance, which, side) if order == "host" else (distance, side, which))
        keys.append((table.honour, *best))
    return keys


def _from_host(plan: Laid, host: int, number: int, *, long: bool) -> tuple[int, int]:
    """Return (how many chairs from the host along the table, 0 on the right and 1 on the left)."""
    if number == host:
        return 0, 0
    count = len(plan.at)
    for distance in range(1, count):
        for side, step in ((0, -distance), (1, distance)):
            if (host + step) % count == number and (not long or _joined(plan, host, step)):
                return distance, side
    return NO_HOST, 0


def _joined(plan: Laid, host: int, step: int) -> bool:
    """Say whether every chair on the way from the host has the next one beside it."""
    count = len(plan.at)
    way = [(host + (i if step > 0 else -i)) % count for i in range(abs(step) + 1)]
    return all(b in plan.beside[a] for a, b in pairwise(way))
