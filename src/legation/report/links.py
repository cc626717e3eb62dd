"""Links of a view: people with their office at a date, and words with a little around them.

A view says first whom and what it will show (`need_…`), in few statements; after that every link
is made from what is held.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from legation.report.views import PersonLink, Words
from legation.store import lookups, records
from legation.store.rows import FactRow, ItemRow
from legation.store.tx import Tx

#: Context before and after a quote, in code points.
AROUND = 80
OFFICE_KINDS = ("office", "title")
#: Where a paragraph ends: a blank line, or the rule that ends front matter.
_BREAK = re.compile(r"(?:\r\n|\n|\r)(?:[ \t]*|---[ \t]*)(?:\r\n|\n|\r)")
_SUMMARY = re.compile(r"(?m)^SUMMARY[;:][^\r\n]*(?:\r?\n[ \t][^\r\n]*)*")

Place = tuple[str, int, int]


def holds_at(start: str, end: str, on: str) -> bool:
    """Say whether an office may be held at a date; dates are compared as far as both are known."""
    if not on:
        return not end
    begun = not start or start[: len(on)] <= on[: len(start)]
    over = bool(end) and end[: len(on)] < on[: len(end)]
    return begun and not over


def office_at(facts: Iterable[FactRow], on: str) -> str:
    """Return the office held at a date: the one that began last; "" where none is on record.

    What a card gives without any date is taken only where nothing dated holds.
    """
    held = [f for f in facts if f.kind in OFFICE_KINDS and f.value and holds_at(f.start_on, f.end_on, on)]
    if not held:
        return ""
    best = max(
        held,
        key=lambda f: (
            bool(f.start_on or f.end_on),
            f.kind == "office",
            f.start_on,
            f.end_on == "",
            f.fact,
        ),
    )
    return best.value


def read_citation(citation: str) -> dict[str, Any] | None:
    """Return a citation from its JSON, or None where there is none."""
    if not citation:
        return None
    value = json.loads(citation)
    return value if isinstance(value, dict) else None


class Links:
    """What the links of one view need, loaded in bulk."""

    def __init__(self, tx: Tx, on: str) -> None:
        self.tx = tx
        self.on = on
        self._names: dict[str, str] = {}
        self._offices: dict[str, list[FactRow]] = {}
        self._items: dict[str, ItemRow] = {}
        self._bodies: dict[str, str] = {}

    def need_people(self, people: Iterable[str]) -> None:
        """Load names and offices."""
        missing = {p for p in people if p and p not in self._names}
        if not missing:
            return
        self._names.update(lookups.load_names(self.tx, missing))
        for fact in lookups.load_facts(self.tx, missing, OFFICE_KINDS):
            self._offices.setdefault(fact.person, []).append(fact)

    def need_items(self, items: Iterable[str]) -> None:
        """Load titles and texts of items."""
        missing = {i for i in items if i and i not in self._items}
        if not missing:
            return
        self._items.update(records.load_items(self.tx, missing))
        self._bodies.update(records.load_bodies(self.tx, missing))

    def need_citations(self, citations: Iterable[str]) -> None:
        """Load the items of citations."""
        found = (read_citation(c) for c in citations)
        self.need_items(c["item"] for c in found if c)

    def name(self, person: str) -> str:
        """Return a person's name, "" where nobody has that id."""
        self.need_people((person,))
        return self._names.get(person, "")

    def person(self, person: str, on: str = "") -> PersonLink:
        """Return the link to a person with the office of a date (the view's, where none is given)."""
        name = self.name(person)
        return PersonLink(person, name, office_at(self._offices.get(person, ()), on[:10] or self.on))

    def item(self, item: str) -> ItemRow:
        """Return what is known of an item."""
        self.need_items((item,))
        return self._items.get(item) or ItemRow(item, "", "", "")

    def body(self, item: str) -> str:
        """Return the text of an item."""
        self.need_items((item,))
        return self._bodies.get(item, "")

    def words(self, item: str, start: int, end: int, quote: str) -> Words:
        """Return a quote with the words around it."""
        row = self.item(item)
        before, after = around(self._bodies.get(item, ""), start, end, quote)
        return Words(item, row.title, row.written_on, row.kind, start, end, before, quote, after)

    def cited(self, citation: str | dict[str, Any] | None) -> Words | None:
        """Return the words of a citation, given as JSON or as its fields."""
        value = read_citation(citation) if isinstance(citation, str) else citation
        if not value:
            return None
        return self.words(value["item"], int(value["start"]), int(value["end"]), value["quote"])


def event_words(links: Links, citation: str) -> Words | None:
    """Return the words of a calendar's event: of a whole component, the line that names it."""
    value = read_citation(citation)
    if value is None:
        return None
    line = _SUMMARY.search(value["quote"])
    if line is None:
        return links.cited(value)
    start = int(value["start"]) + line.start()
    return links.words(value["item"], start, start + len(line.group()), line.group())


def around(text: str, start: int, end: int, quote: str) -> tuple[str, str]:
    """Return up to `AROUND` code points before and after, of the same paragraph, in whole words."""
    if text[start:end] != quote:
        return "", ""
    before = text[max(0, start - AROUND) : start]
    cut = 0
    for found in _BREAK.finditer(before):
        cut = found.end()
    if cut:
        before = before[cut:]
    elif start > AROUND and not text[start - AROUND - 1].isspace():
        head, space, rest = before.partition(" ")
        before = rest if space else head
    after = text[end : end + AROUND]
    broken = _BREAK.search(after)
    if broken:
        after = after[: broken.start()]
    elif end + AROUND < len(text) and not text[end + AROUND].isspace():
        head, space, _ = after.rpartition(" ")
        after = head if space else after
    return before, after
