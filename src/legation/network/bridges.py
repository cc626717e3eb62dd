"""Bridges: people through whom alone a circle, or a set of people, is connected with the others.

The network is of who was met together with whom; the owner, who met them all, is left out of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nsmallest

#: Fewer people than this are no circle of their own.
LEAST_PEOPLE = 3
#: A company larger than this is a crowd: to have been in it together connects nobody.
MOST_COMPANY = 12
_NAMED = 2

Graph = dict[str, set[str]]


def derive_pairs(companies: Iterable[Iterable[str]], *, owner: str = "") -> set[tuple[str, str]]:
    """Return the pairs of people who were in one company, without the owner and without crowds."""
    pairs: set[tuple[str, str]] = set()
    for company in companies:
        people = sorted({p for p in company if p and p != owner})
        if len(people) <= MOST_COMPANY:
            pairs.update((a, b) for place, a in enumerate(people) for b in people[place + 1 :])
    return pairs


def find_bridges(
    pairs: Iterable[tuple[str, str]],
    circles: Mapping[str, Iterable[str]] | None = None,
    name_of: Callable[[str], str] = str,
) -> dict[str, str]:
    """Return the people who alone connect a circle or a set of people, each with the reason in words.

    `circles` are (name, members), of which some may know nobody. A circle is told before a set
    without a name; of several the largest. Only sets of three people and more on either side count:
    whoever merely knows somebody that nobody else knows is no bridge.
    """
    graph: Graph = defaultdict(set)
    for a, b in pairs:
        if a != b:
            graph[a].add(b)
            graph[b].add(a)
    told: dict[str, tuple[bool, int, str]] = {}
    for person, set_apart in _find_cuts(graph).items():
        why = f"alone connects {_say_people(set_apart, graph, name_of)} with the others you meet"
        told[person] = (False, len(set_apart), why)
    for name, members in sorted((circles or {}).items()):
        found = _find_gate(graph, frozenset(members))
        if found is not None:
            person, number = found
            why = f"alone connects the circle {name} ({number} people) with the others you meet"
            told[person] = max(told.get(person, (False, 0, "")), (True, number, why))
    return {person: why for person, (_, _, why) in sorted(told.items())}


def _find_gate(graph: Graph, members: frozenset[str]) -> tuple[str, int] | None:
    """Return (who alone connects a circle with others, how many others it has), or None.

    It is the one member who was met with others than members, or the one outsider who was met with
    members; where both are one person each, the member.
    """
    known = members & graph.keys()
    crossing = [(m, other) for m in known for other in graph[m] if other not in members]
    outside = len(graph) - len(known)
    gates = {m for m, _ in crossing}
    if len(gates) == 1 and len(known) > LEAST_PEOPLE - 1 and outside >= LEAST_PEOPLE:
        return next(iter(gates)), len(known) - 1
    brokers = {other for _, other in crossing}
    if len(brokers) == 1 and len(known) >= LEAST_PEOPLE and outside - 1 >= LEAST_PEOPLE:
        return next(iter(brokers)), len(known)
    return None


def _find_cuts(graph: Graph) -> dict[str, frozenset[str]]:
    """Return by person the largest set that only this person connects with the rest of the network.

    Articulation points by one search in depth (Hopcroft & Tarjan 1973), without recursion: the
    network may be a chain of thousands.
    """
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    visited: list[str] = []
    found: dict[str, frozenset[str]] = {}
    neighbours = {p: sorted(of) for p, of in graph.items()}
    for root in sorted(graph):
        if root in order:
            continue
        begin = len(visited)
        #: By person, the stretches of `visited` that hang on this person alone.
        hanging: dict[str, list[tuple[int, int]]] = defaultdict(list)
        order[root] = low[root] = len(visited)
        visited.append(root)
        stack = [(root, "", iter(neighbours[root]))]
        while stack:
            person, parent, rest = stack[-1]
            step = next(rest, None)
            if step is None:
                stack.pop()
                if parent:
                    low[parent] = min(low[parent], low[person])
                    if low[person] >= order[parent]:
                        hanging[parent].append((order[person], len(visited)))
            elif step not in order:
                order[step] = low[step] = len(visited)
                visited.append(step)
                stack.append((step, person, iter(neighbours[step])))
            elif step != parent:
                low[person] = min(low[person], order[step])
        for person, stretches in hanging.items():
            cut = _cut(visited, begin, order[person], stretches)
            if cut:
                found[person] = cut
    return found


def _cut(
    visited: Sequence[str], begin: int, place: int, stretches: Sequence[tuple[int, int]]
) -> frozenset[str]:
    """Return the second largest of the parts that the network falls into without a person, if large enough.

    Everything visited since `begin` is one connected part, and the person stands at `place` of it.
    What hangs on nobody is one more of the parts; of two equally large ones the first visited is the rest.
    """
    hung = sum(until - since for since, until in stretches)
    rest = len(visited) - begin - 1 - hung
    parts = sorted([(-rest, -1, begin, len(visited)), *((s - u, s, s, u) for s, u in stretches)])
    if len(parts) < 2 or -parts[1][0] < LEAST_PEOPLE:
        return frozenset()
    _, hangs, since, until = parts[1]
    if hangs >= 0:
        return frozenset(visited[since:until])
    others: list[str] = []
    at = begin
    for first, last in sorted([(place, place + 1), *stretches]):
        others += visited[at:first]
        at = last
    return frozenset([*others, *visited[at:]])


def _say_people(people: frozenset[str], graph: Graph, name_of: Callable[[str], str]) -> str:
    """Return the best connected by name, and how many more: "A, B and 4 others"."""
    first = nsmallest(_NAMED, people, key=lambda p: (-len(graph[p]), p))
    names = [name_of(p) for p in first]
    more = len(people) - len(names)
    return ", ".join(names) + (f" and {more} other{'s' if more > 1 else ''}" if more else "")
