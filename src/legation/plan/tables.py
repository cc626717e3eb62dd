"""Who sits with whom: the guests of a form in a week, split into encounters that are not too large."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Pairs = frozenset[tuple[int, int]]


def list_neighbours(pairs: Pairs) -> Mapping[int, frozenset[int]]:
    """Return for everybody in some pairs whom they are paired with."""
    found: dict[int, set[int]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {one: frozenset(others) for one, others in found.items()}


def split_tables(
    guests: Iterable[int],
    tables: int,
    capacity: int,
    apart: Mapping[int, frozenset[int]],
    together: Mapping[int, frozenset[int]],
) -> tuple[tuple[tuple[int, ...], ...], tuple[int, ...]]:
    """Return (guests of every table, who found no place).

    Whoever has most opponents is seated first (saturation, then degree, as Brélaz colours graphs),
    then friends beside friends, then the others so that tables are of one size.
    """
    order = list(dict.fromkeys(guests))
    present = set(order)
    foes = {one: apart.get(one, frozenset()) & present for one in order}
    friends = {one: together.get(one, frozenset()) & present for one in order}
    rank = {one: k for k, one in enumerate(order)}
    seated: list[list[int]] = [[] for _ in range(tables)]
    left_out: list[int] = []
    barred: dict[int, set[int]] = {one: set() for one in order}

    def seat(one: int) -> None:
        open_ = [k for k in range(tables) if len(seated[k]) < capacity and k not in barred[one]]
        if not open_:
            left_out.append(one)
            return
        best = min(open_, key=lambda k: (-len(friends[one].intersection(seated[k])), len(seated[k]), k))
        seated[best].append(one)
        for foe in foes[one]:
            barred[foe].add(best)

    hard = {one for one in order if foes[one]}
    while hard:
        one = max(hard, key=lambda k: (len(barred[k]), len(foes[k]), -rank[k]))
        hard.remove(one)
        seat(one)
    placed = {one for table in seated for one in table} | set(left_out)
    # Friends in a row, the most befriended first, so that the second finds the first with seats left.
    for one in sorted((k for k in order if friends[k]), key=lambda k: (-len(friends[k]), rank[k])):
        for guest in (one, *sorted(friends[one], key=rank.__getitem__)):
            if guest not in placed:
                placed.add(guest)
                seat(guest)
    for one in order:
        if one not in placed:
            seat(one)
    return tuple(tuple(table) for table in seated), tuple(left_out)


def is_free(guest: int, table: Sequence[int], apart: Mapping[int, frozenset[int]]) -> bool:
    """Say whether somebody may join a table: is not at it, and no opponent is."""
    foes = apart.get(guest)
    return guest not in table and (foes is None or foes.isdisjoint(table))
