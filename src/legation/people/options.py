"""The people whom a question offers: ranked, at most five, each with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations

from legation.people.identity import KnownPerson, NameUse, PersonKey, Spell
from legation.people.match import Book, is_all_one
from legation.people.naming import sounded
from legation.people.near import edits
from legation.people.nodes import Profile

_SHOWN_OPTIONS = 5
_THEN = "bore this name at another time"


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody who may be meant: how he is shown, his key, and why he is offered."""

    label: str
    key: PersonKey
    why: str = ""


def rank_options(
    book: Book,
    near: Iterable[KnownPerson],
    profiles: Iterable[Profile],
    uses: Sequence[NameUse],
    maybe: AbstractSet[PersonKey] = frozenset(),
) -> tuple[Option, ...]:
    """Return whom uses may name, the likeliest first: people of these texts, of cards, of like spelling.

    Of people of these texts those come first whom the same documents name, then those who are
    named most; of cards those who bore such a name at the time; of like spelling the nearest.
    """
    items = {u.item for u in uses}
    days = [u.written_on for u in uses if u.written_on]
    surname = next((u.name.key for u in uses), "")
    ranked: list[tuple[tuple[int, int, int, str], Option]] = []
    for profile in profiles:
        here = len(items & {u.item for n in profile.nodes for u in n.uses})
        label = book.display(profile.key) or profile.display
        known = book.by_key.get(profile.key)
        then = known is None or _bore_then(known, surname, days)
        why = _why(here, profile.count) if then else _THEN
        ranked.append(
            ((0 if then else 2, -here, -profile.count, profile.key), Option(label, profile.key, why))
        )
    for person in book.people:
        if person.key in maybe:
            then = _bore_then(person, surname, days)
            why = "on a card" if then else _THEN
            ranked.append(((1 if then else 2, 0, 0, person.key), Option(person.display, person.key, why)))
    for person in near:
        far = min((edits(sounded(n.surname or n.key), sounded(surname)) for n in person.names), default=9)
        ranked.append(((3, far, 0, person.key), Option(person.display, person.key, "spelt alike")))
    found: dict[PersonKey, Option] = {}
    for _, option in sorted(ranked, key=lambda r: r[0]):
        found.setdefault(option.key, option)
    return tuple(found.values())[:_SHOWN_OPTIONS]


def _why(here: int, count: int) -> str:
    """Return what speaks for somebody of these texts, named in so many of the same documents."""
    if here:
        return "named in the same text" if here == 1 else f"named in {here} of the same texts"
    return "named once elsewhere" if count == 1 else f"named {count} times elsewhere"


def _bore_then(person: KnownPerson, surname: str, days: Sequence[str]) -> bool:
    """Say whether a known person bore a name of this surname on one of the days."""
    held = [(n, Spell(start, end)) for n, start, end in person.held if n.key == surname]
    dated = {n for n, _ in held}
    if not held or any(n.key == surname and n not in dated for n in person.names):
        return True
    return any(spell.covers(day) for _, spell in held for day in days)


def name_best(bearers: Sequence[Profile], book: Book) -> Option:
    """Return the one of several that may be one person who is named most fully, known people first."""
    best = min(
        bearers,
        key=lambda p: (
            p.sex == "f",
            not p.known,
            not p.has_full_name,
            -sum(map(len, p.given)),
            -p.count,
            p.key,
        ),
    )
    return Option(book.display(best.key) or best.display, best.key)


def are_one(
    bearers: Sequence[Profile], candidates: Sequence[Profile], book: Book, maybe: AbstractSet[PersonKey]
) -> bool:
    """Say whether all who bear a surname in a group may be one person, two or more of them as read.

    Only men and those of whom nothing tells the sex; a card of another given name speaks against.
    """
    some = [p for p in bearers if p.sex != "f" and not p.wifely]
    if len(some) < 2 or not set(candidates) & set(some):
        return False
    names = [n.name for p in some for n in p.nodes]
    names += [n for key in sorted(maybe) for n in book.names(key)]
    names = sorted(set(names))
    if any("kin" in t or ":" in t for n in names for t in n.titles):
        return False
    return all(is_all_one(a, b) for a, b in combinations(names, 2))
