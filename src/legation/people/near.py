"""Near spellings of surnames, across blocks: people who may be one are asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from legation.people.compat import relate_given, sex_hint
from legation.people.identity import (
    Answer,
    BlockResult,
    DerivedPerson,
    KnownPerson,
    OpenQuestion,
    PersonKey,
    SameAnswer,
)
from legation.people.naming import Name, skeleton, sounded
from legation.people.ranks import classes_of, relate_titles
from legation.people.same import SAME_OPTIONS
from legation.reading.name_words import is_double_surname

_SHORTEST = 4
_FARTHEST = 2
_SUGGESTED = 2


def ask_near(
    blocks: Iterable[BlockResult],
    known: Iterable[KnownPerson],
    answers: Iterable[Answer],
    aliases: Mapping[PersonKey, PersonKey],
) -> tuple[OpenQuestion, ...]:
    """Ask about people of different surnames that may be one surname spelt twice.

    "Pierce" and "Pearse", "Cripps" and "Crips", "Maisky" and "Майский": the consonants are the
    same, the letters differ little, and given names or titles agree.
    """
    people: dict[PersonKey, DerivedPerson] = {}
    for block in blocks:
        for person in block.people:
            if person.state != "ask":
                people.setdefault(person.key, person)
    for someone in known:
        blank = DerivedPerson(someone.key, someone.display, someone.names, (), (), None, 0)
        people.setdefault(someone.key, blank)
    told = {frozenset(aliases.get(k, k) for k in (a.a, a.b)) for a in answers if isinstance(a, SameAnswer)}
    alike: dict[str, list[tuple[DerivedPerson, Name]]] = defaultdict(list)
    for key in sorted(people):
        if aliases.get(key, key) != key:
            continue
        for name in people[key].names:
            if name.surname and (name.given or classes_of(name.titles)):
                alike[skeleton(name.surname)].append((people[key], name))
    best: dict[frozenset[PersonKey], tuple[float, DerivedPerson, DerivedPerson]] = {}
    for bones, rows in alike.items():
        if len({n.surname for _, n in rows}) < 2 or len(bones) < 2:
            continue
        for place, (one, mine) in enumerate(rows):
            for other, theirs in rows[:place]:
                likeness = _compare(one, mine, other, theirs)
                pair = frozenset((one.key, other.key))
                if likeness > 0 and pair not in told and likeness > best.get(pair, (0.0,))[0]:
                    small, large = sorted((one, other), key=lambda p: (p.known, p.uses, p.key))
                    best[pair] = likeness, small, large
    return _choose(best.values())


def _choose(
    found: Iterable[tuple[float, DerivedPerson, DerivedPerson]],
) -> tuple[OpenQuestion, ...]:
    """Keep the two likeliest suggestions for each person."""
    counts: dict[PersonKey, int] = defaultdict(int)
    questions = []
    for _, small, large in sorted(found, key=lambda f: (-f[0], -f[2].uses, f[1].key, f[2].key)):
        counts[small.key] += 1
        if counts[small.key] > _SUGGESTED:
            continue
        first, second = sorted((small.key, large.key))
        places = [p.first[1:] for p in (small, large) if p.first]
        questions.append(
            OpenQuestion(
                "same",
                ("same", first, second),
                f"Is “{small.display}” the same person as “{large.display}”?",
                "The surnames may be one, spelt in two ways.",
                SAME_OPTIONS,
                tuple(dict.fromkeys(places)),
                max(1, small.uses),
                small.groups[0] if small.groups else "",
            )
        )
    return tuple(sorted(questions, key=lambda q: (-q.weight, q.subject)))


def _compare(one: DerivedPerson, mine: Name, other: DerivedPerson, theirs: Name) -> float:
    if one.key == other.key or (one.known and other.known) or mine.surname == theirs.surname:
        return 0.0
    if min(len(mine.surname), len(theirs.surname)) < _SHORTEST or mine.number != theirs.number:
        return 0.0
    relation = relate_given(mine.given, theirs.given)
    titles = relate_titles(mine.titles, theirs.titles)
    sexes = {sex_hint(mine), sex_hint(theirs)} - {""}
    if relation == "differ" or titles in {"conflict", "apart"} or len(sexes) > 1:
        return 0.0
    if relation == "absent" and titles != "equal":
        return 0.0
    short, long = sorted((mine.surname, theirs.surname), key=len)
    if is_double_surname(long.split()) and short == long.split()[0]:
        long = short
    distance = edits(sounded(short), sounded(long))
    if distance > _FARTHEST:
        return 0.0
    score = {"equal": 3.0, "extends": 2.5, "nick": 1.5, "initial": 1.2, "absent": 0.8}[relation]
    return score + (0.5 if titles == "equal" else 0.0) - 0.3 * distance


@lru_cache(maxsize=65536)
def edits(a: str, b: str) -> int:
    """Return how many letters must be put in, left out or changed to make one word the other."""
    if len(a) < len(b):
        a, b = b, a
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]
