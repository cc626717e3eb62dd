"""People: the list, and finding one by a name."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache

from legation.facts.errors import AmbiguousError, NotFoundError
from legation.people.naming import parse_name
from legation.reading.tokens import fold
from legation.report.links import Links
from legation.report.views import PersonRow
from legation.store import lookups
from legation.store.tx import Tx

ORDERS = ("name", "closeness", "last")
#: How many people an ambiguous name offers, and near names an unknown one.
MOST_OPTIONS = 12
MOST_NEAR = 3


@lru_cache(maxsize=65536)
def key_of(name: str) -> str:
    """Return a name as names are compared: folded, in words, "Pen, Sir William" turned round."""
    head, comma, tail = name.partition(",")
    if comma and tail.strip() and "," not in tail:
        name = f"{tail} {head}"
    return " ".join(fold(name).replace("-", " ").replace("'", "").replace("’", "").split())


class NameIndex:
    """Every name that cards and texts made known, folded, with the people that bear it."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx
        self.names: dict[str, str] = {}
        self.by_key: dict[str, set[str]] = defaultdict(set)
        for person, name, _ in lookups.load_all_names(tx):
            self.names[person] = name
            self.by_key[key_of(name)].add(person)
        for person, name in lookups.load_name_facts(tx):
            if person in self.names:
                self.by_key[key_of(name)].add(person)
        self.by_key.pop("", None)

    def matches(self, name: str, *, loosely: bool = True) -> list[str]:
        """Return who may be meant, by the first of these that fits anybody.

        The very name; a way in which texts name somebody; the words of a name; and, `loosely`,
        their beginnings, then any words at all by which a text names somebody.
        """
        key = key_of(name)
        if not key:
            return []
        if key in self.by_key:
            return sorted(self.by_key[key])
        parsed = parse_name(name)
        blocks = {parsed.key, parsed.surname, *parsed.given, key} - {""}
        called = self._so_called(lookups.load_called(self.tx, blocks), key)
        if called:
            return called
        whole, begun = self._by_words(key.split())
        if whole or not loosely:
            return whole
        return begun or self._so_called(lookups.load_called_words(self.tx, " ".join(name.split())), key)

    def _so_called(self, rows: Iterable[tuple[str, str]], key: str) -> list[str]:
        """Return the people among (person, words) whose words are these."""
        return sorted({p for p, words in rows if p in self.names and key_of(words) == key})

    def _by_words(self, wanted: list[str]) -> tuple[list[str], list[str]]:
        """Return who has a name of these words, and who one of words that begin so."""
        whole: set[str] = set()
        begun: set[str] = set()
        for known, people in self.by_key.items():
            # Most names hold not even the letters: that is told fast.
            if not all(w in known for w in wanted):
                continue
            words = known.split()
            if all(w in words for w in wanted):
                whole |= people
            elif all(any(word.startswith(w) for word in words) for w in wanted):
                begun |= people
        return sorted(whole), sorted(begun)

    def near(self, name: str) -> list[str]:
        """Return names that are spelt much alike, as people bear them."""
        import difflib  # noqa: PLC0415 - only where a name was not found

        keys = difflib.get_close_matches(key_of(name), self.by_key, MOST_NEAR, 0.72)
        return list(dict.fromkeys(self.names[min(self.by_key[k])] for k in keys))


def find_person(tx: Tx, name: str, today: dt.date) -> str:
    """Return the id of the person so named; an id is taken as it is.

    Raises:
        NotFoundError: nobody is on record by that name.
        AmbiguousError: several are; those met most often come first.
    """
    if name.startswith("p-"):
        person = lookups.load_current_person(tx, name)
        if person:
            return person
    index = NameIndex(tx)
    found = index.matches(name)
    if len(found) == 1:
        return found[0]
    if not found:
        near = index.near(name)
        hint = f"Near it: {', '.join(near)}." if near else "See `legation people` for who is."
        raise NotFoundError(f"nobody on record is called “{name}”", hint)
    counts = lookups.load_encounter_counts(tx, today.isoformat(), found)
    named = lookups.load_mention_counts(tx, found)
    found.sort(key=lambda p: (-counts.get(p, (0, ""))[0], -named.get(p, 0), index.names[p], p))
    shown = found[:MOST_OPTIONS]
    twice = {n for n in (index.names[p] for p in shown) if sum(index.names[q] == n for q in shown) > 1}
    options = tuple(
        (
            p,
            index.names[p]
            if index.names[p] not in twice
            else f"{index.names[p]} ({named.get(p, 0)} mention{'' if named.get(p, 0) == 1 else 's'})",
        )
        for p in shown
    )
    rest = f" Further {len(found) - len(shown)} are not shown." if len(found) > len(shown) else ""
    raise AmbiguousError(
        f"“{name}” fits {len(found)} people",
        options,
        "Write more of the name, or give the id." + rest,
    )


def find_whole(index: NameIndex, name: str) -> list[str]:
    """Return who is called exactly so, or has this id."""
    return [name] if name in index.names else index.matches(name, loosely=False)


def people_view(
    tx: Tx,
    today: dt.date,
    *,
    query: str = "",
    limit: int = 200,
    offset: int = 0,
    order: str = "name",
    near: Callable[[str], float] | None = None,
) -> tuple[tuple[PersonRow, ...], int]:
    """Return a page of people and their number; counts and closeness are as of today.

    `query` finds by beginnings of words of any name. Closest or last met first where that is the
    order; those of whom nothing of the kind is known follow by name. `near` tells closeness by id.
    """
    rows = lookups.load_all_names(tx)
    if query.strip():
        rows = _narrow(tx, rows, query)
    until = today.isoformat()
    total = len(rows)
    if order == "closeness" and near is not None:
        rows = [r for _, r in sorted(((-near(r[0]), r) for r in rows), key=lambda pair: pair[0])]
    elif order == "last":
        last = {p: on for p, (_, on) in lookups.load_encounter_counts(tx, until).items()}
        rows.sort(key=lambda r: last.get(r[0], ""), reverse=True)
    shown = rows[offset : offset + limit]
    ids = [r[0] for r in shown]
    counts = lookups.load_encounter_counts(tx, until, ids)
    named = lookups.load_mention_counts(tx, ids)
    links = Links(tx, until)
    links.need_people(ids)
    return tuple(
        PersonRow(
            person=links.person(person),
            sort_name=sort_name,
            encounters=counts.get(person, (0, ""))[0],
            mentions=named.get(person, 0),
            last_on=counts.get(person, (0, ""))[1],
            closeness=near(person) if near is not None else 0.0,
        )
        for person, _, sort_name in shown
    ), total


def _narrow(tx: Tx, rows: list[tuple[str, str, str]], query: str) -> list[tuple[str, str, str]]:
    """Keep the people one of whose names has words that begin so."""
    wanted = key_of(query).split()
    index = NameIndex(tx)
    keep: set[str] = set()
    for known, people in index.by_key.items():
        words = known.split()
        if all(any(word.startswith(w) for word in words) for w in wanted):
            keep |= people
    return [r for r in rows if r[0] in keep]
