"""What a diary or volume means by a mere surname: as answered, or as its own documents explain it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from legation.people.identity import PersonKey
from legation.people.nodes import Node, Profile

#: In how many documents a surname must have been explained.
_EXPLAINED = 2
_PLAIN = frozenset({"bare", "courtesy"})


def find_habits(nodes: Iterable[Node], profiles: Iterable[Profile]) -> dict[str, Profile]:
    """Return whom the answers about mere surnames name, where they agree: by surname.

    "In this diary Creed is John Creed" tells who "Mr. Creed" is as well, and the other way round.
    """
    answered = {n.place: n for n in nodes if n.rule == "answer" and n.strength in _PLAIN}
    refused = {n.name.surname for n in answered.values() if n.nobody or n.conflict}
    found: dict[str, set[int]] = defaultdict(set)
    of: dict[int, Profile] = {}
    for profile in profiles:
        for node in profile.nodes:
            if node.place in answered and node.name.surname:
                found[node.name.surname].add(id(profile))
                of[id(profile)] = profile
    return {s: of[next(iter(ids))] for s, ids in found.items() if len(ids) == 1 and s not in refused}


def find_usual(
    node: Node, candidates: Sequence[Profile], explained: Mapping[tuple[str, PersonKey], set[str]]
) -> Profile | None:
    """Return the only person of a surname, where documents enough have said whom they mean by it.

    Two or more of them give the full name and use the mere surname after it. That a full name stands
    in many is not enough: it may be written out just because somebody else is meant by the surname.
    """
    if len(candidates) != 1 or candidates[0].wifely or not candidates[0].has_full_name:
        return None
    (person,) = candidates
    said = explained.get((node.name.surname, person.key), set())
    return person if len(said) >= _EXPLAINED else None
