"""Scores linking across documents: all labelled texts of a file in one ledger, with the register.

Person ids of labels hold within one document; who is one person in two of them is told from the
ids and from the words of the names. Where these do not tell, the pair is left out and counted.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from legation.ledger.arrival import write_arrivals
from legation.ledger.derive import Derivation
from legation.people.compat import relate_given
from legation.people.naming import Name, parse_name, skeleton
from legation.people.ranks import relate_titles
from legation.reading.tokens import fold
from legation.workspace.evaluate.align import span_of
from legation.workspace.evaluate.figures import Tally
from legation.workspace.evaluate.gold import GoldDoc
from legation.workspace.evaluate.scores_mentions import error, of_kinds
from legation.workspace.evaluate.scores_speakers import split_name
from legation.workspace.evaluate.spans import match_spans
from legation.workspace.evaluate.texts import PROPOSED, file_name
from legation.workspace.reading import (
    date_parts,
    follow_arrivals,
    load_parts,
    make_arrivals,
    place_arrivals,
    store_readings,
    taken_back,
)

if TYPE_CHECKING:
    from legation.ledger.ledger import Ledger
    from legation.ledger.stages import Row
    from legation.store.tx import Tx

#: The source of texts that belong to no diary or volume of the register.
SOURCE = "texts"
_NOTE = re.compile(r"\(([^)]*)\)")
Relation = Literal["same", "weak", "apart", "unclear"]


# ── who is one person in two documents, as the labels say ───────────────────────────────


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled person of one document: the folded id, the ways of naming, and their words."""

    number: int
    ident: str
    names: tuple[Name, ...]
    words: frozenset[str]
    sex: str

    @property
    def surnames(self) -> frozenset[str]:
        """Every surname that the names give."""
        return frozenset(n.surname for n in self.names if n.surname)


def list_labelled(docs: Sequence[GoldDoc]) -> dict[tuple[int, str], Labelled]:
    """Return the labelled persons who are named in some documents: (number of document, id) → person."""
    forms: dict[tuple[int, str], list[str]] = defaultdict(list)
    for number, doc in enumerate(docs):
        for label in of_kinds(doc.labels.get("mentions", ()), "name"):
            if label.get("person"):
                quote = " ".join(doc.text[label["start"] : label["end"]].split())
                forms[number, label["person"]].append(quote)
    found = {}
    for (number, ident), quotes in forms.items():
        called = docs[number].people.get(ident, "")
        shown = [_NOTE.sub("", called).strip(), *_NOTE.findall(called), *quotes]
        split = [split_name(text) for text in (ident, *shown)]
        sexes = {sex for _, sex in split if sex}
        found[number, ident] = Labelled(
            number,
            fold(ident),
            tuple(dict.fromkeys(parse_name(text) for text in shown if text)),
            frozenset().union(*(words for words, _ in split)),
            sexes.pop() if len(sexes) == 1 else "",
        )
    return found


def relate(one: Labelled, two: Labelled) -> Relation:
    """Say what ids and names tell of two persons of different documents.

    `weak`: one surname, but a given name on one side at most.
    """
    if one.sex and two.sex and one.sex != two.sex:
        return "apart"
    pairs = [(a, b) for a in one.names for b in two.names if a.surname and a.surname == b.surname]
    given = {relate_given(a.given, b.given) for a, b in pairs}
    agree, differ = bool(given - {"absent", "differ"}), "differ" in given
    if one.ident == two.ident:
        # One id for two full names: the files' own use of it differs.
        full = all(any(n.surname and n.given for n in person.names) for person in (one, two))
        return "unclear" if (differ or (full and not pairs)) and not agree else "same"
    if agree or differ:
        return "unclear" if agree and differ else "same" if agree else "apart"
    if pairs:
        titles = {relate_titles(a.titles, b.titles) for a, b in pairs}
        return "unclear" if titles & {"conflict", "apart"} else "weak"
    bones = [{skeleton(w) for w in person.words} for person in (one, two)]
    if not one.words or not two.words or bones[0] & bones[1]:
        return "unclear"
    return "apart"


class Identities:
    """Who of the labelled persons is one, over all documents."""

    def __init__(self, docs: Sequence[GoldDoc]) -> None:
        self.people = list_labelled(docs)
        self.by_surname: dict[str, list[Labelled]] = defaultdict(list)
        for person in self.people.values():
            for surname in person.surnames:
                self.by_surname[surname].append(person)
        self._told: dict[tuple[tuple[int, str], tuple[int, str]], bool | None] = {}

    def is_one(self, one: tuple[int, str], two: tuple[int, str]) -> bool | None:
        """Say whether two (number of document, id) are one person; None where that is not told."""
        key = (one, two) if one <= two else (two, one)
        if key not in self._told:
            a, b = self.people[key[0]], self.people[key[1]]
            relation = relate(a, b)
            told = {"same": True, "apart": False, "unclear": None}
            self._told[key] = self._is_alone(a, b) if relation == "weak" else told[relation]
        return self._told[key]

    def _is_alone(self, one: Labelled, two: Labelled) -> bool | None:
        """Say that two of one surname are one, unless the documents know several who may be meant."""
        every = {id(p): p for s in one.surnames & two.surnames for p in self.by_surname[s]}
        meant = [p for p in every.values() if not (one.sex and p.sex and p.sex != one.sex)]
        for a, b in itertools.combinations(meant, 2):
            if a.number == b.number or relate(a, b) in ("apart", "unclear"):
                return None
        return True


# ── all texts in one ledger ─────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Named:
    """A labelled name: its document and person, its span, and whom the ledger holds it for, or ""."""

    number: int
    ident: str
    span: tuple[int, int]
    held: str


def read_together(
    ledger: Ledger, docs: Sequence[GoldDoc], folder: Path, author_of: Callable[[GoldDoc], str]
) -> list[list[Row]]:
    """Import texts into a ledger that is left as it was; returns the mentions of each."""
    with taken_back(ledger.store) as tx:
        placed, bodies = [], {}
        for number, doc in enumerate(docs):
            path = folder / f"{number}-{file_name(doc.doc)}"
            path.write_text(doc.text, encoding="utf-8", newline="", errors="replace")
            try:
                parts = date_parts(load_parts(path)[0], doc.written_on)
            finally:
                path.unlink()
            author = author_of(doc)
            rows, mine = make_arrivals(parts, SOURCE, path.name, author)
            # Every text finds its place before the first of them arrives.
            placed.append(place_arrivals(tx, ledger.stages, rows, mine, author))
            bodies.update(mine)
        arrived = [follow_arrivals(tx, rows) for rows in placed]
        every = [row for rows in arrived for row in rows]
        write_arrivals(tx, every, bodies)
        store_readings(tx, ledger.stages, every)
        Derivation(tx, ledger.stages).run()
        return [_mentions(tx, [str(row["item"]) for row in rows]) for rows in arrived]
    raise AssertionError  # pragma: no cover - the transaction is left by the return


def _mentions(tx: Tx, items: Iterable[str]) -> list[Row]:
    """Return the mentions of the parts of a text, with spans in the whole text."""
    found: list[Row] = []
    at = 0
    for item in items:
        rows = tx.load("mentions", item=item, order=("start", "-end"))
        kept = [r for r in rows if r["state"] != "rejected" and r["rule"] != PROPOSED]
        found += [{**r, "start": r["start"] + at, "end": r["end"] + at} for r in kept]
        at += len(tx.load("texts", item=item, columns=("body",))[0]["body"])
    return found


def list_named(docs: Sequence[GoldDoc], mentions: Sequence[Sequence[Any]]) -> list[Named]:
    """Return every labelled name with a person, and whom the ledger holds it for with nothing asked."""
    found = []
    for number, (doc, rows) in enumerate(zip(docs, mentions, strict=True)):
        names, labels = of_kinds(rows, "name"), of_kinds(doc.labels["mentions"], "name")
        of = match_spans([span_of(m) for m in names], [span_of(m) for m in labels])
        held = {k: names[i]["person"] for i, k in of.items() if names[i]["state"] != "ask"}
        found += [
            Named(number, label["person"], span_of(label), held.get(k) or "")
            for k, label in enumerate(labels)
            if label.get("person")
        ]
    return found


# ── the figures ─────────────────────────────────────────────────────────────────────────


def count_across(docs: Sequence[GoldDoc], named: Sequence[Named], tallies: Sequence[Tally]) -> None:
    """Count pairs of names of different documents; each in the tally and unit of the later document."""
    identities = Identities(docs)
    told: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for (m, one), (n, two) in itertools.combinations(enumerate(named), 2):
        if one.number == two.number:
            continue
        is_one = identities.is_one((one.number, one.ident), (two.number, two.ident))
        held = bool(one.held) and one.held == two.held
        tally, doc = tallies[two.number], docs[two.number]
        if held:
            tally.add("across", "unclear", doc.unit, int(is_one is None), 1)
        if is_one:
            tally.add("across", "recall", doc.unit, int(held), 1)
        if not held or is_one is None:
            continue
        tally.add("across", "precision", doc.unit, int(is_one), 1)
        for name in (m, n):
            told[name][not is_one] += 1
        if not is_one:
            first = docs[one.number]
            other = {"other": first.text[slice(*one.span)], "in": first.doc, "people": [one.ident, two.ident]}
            tally.errors.append(error("across", "two in one", doc, two.span, **other))
    for name, (right, wrong) in told.items():
        number = named[name].number
        tallies[number].add("across", "names_right", docs[number].unit, int(wrong <= right), 1)


def score_across(
    ledger: Ledger,
    docs: Sequence[GoldDoc],
    folder: Path,
    author_of: Callable[[GoldDoc], str],
    tallies: Sequence[Tally],
) -> None:
    """Import the labelled documents of a file together and count; one tally a document."""
    count_across(docs, list_named(docs, read_together(ledger, docs, folder, author_of)), tallies)
