"""Address books for the trial in which each person is left out in turn."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from legation.facts.candidates import CardField
from legation.facts.errors import NotFoundError, UsageError
from legation.people.naming import parse_name
from legation.reading.tokens import fold
from legation.reading.vcard_write import write_card
from legation.workspace.evaluate.gold import GoldDoc

_NOTE = re.compile(r"\s*\([^)]*\)")
#: Given names of namesakes, in turn: common ones, so that none of them tells anything.
GIVEN_NAMES = ("Albert", "Edith", "Walter", "Florence", "Ernest", "Harriet", "Arthur", "Louisa")
NAMESAKE = "namesake:"


@dataclass(frozen=True, slots=True)
class BookEntry:
    """One person of an address book: `ident` is the labelled person's id; offices are (office, from, to)."""

    ident: str
    name: str
    also: tuple[str, ...] = ()
    offices: tuple[tuple[str, str, str], ...] = ()

    def to_card(self) -> str:
        """Return the person as a vCard whose UID is the id."""
        fields = [CardField("uid", self.ident), CardField("fn", self.name)]
        fields += [CardField("nickname", name) for name in self.also]
        for office, start, end in self.offices:
            params = tuple((k, v) for k, v in (("x-start", start), ("x-end", end)) if v)
            fields.append(CardField("x-legation-office", office, params))
        return write_card(fields)


def load_book(path: Path) -> tuple[BookEntry, ...]:
    """Load an address book: a JSON list of people with `id`, `name`, `also` and `offices`.

    Raises:
        NotFoundError: there is no such file.
        UsageError: it is no such list.
    """
    hint = "--book takes a JSON list of people with id, name, also and offices."
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return tuple(_entry(row) for row in rows)
    except OSError as error:
        raise NotFoundError(f"there is no address book {path}", hint) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError(f"{path} is no address book: {error}", hint) from error


def _entry(row: dict[str, Any]) -> BookEntry:
    offices = tuple((o["office"], o.get("start") or "", o.get("end") or "") for o in row.get("offices") or ())
    return BookEntry(str(row["id"]), str(row["name"]), tuple(row.get("also") or ()), offices)


def is_book_of(book: Sequence[BookEntry], docs: Sequence[GoldDoc]) -> bool:
    """Say whether an address book is that of a file: it knows most of the ids of those who are named."""
    idents = {entry.ident for entry in book}
    named = {
        m["person"]
        for doc in docs
        for m in doc.labels.get("mentions", ())
        if m["kind"] == "name" and m.get("person")
    }
    return 2 * len(named & idents) > len(named)


def make_book(doc: GoldDoc) -> tuple[BookEntry, ...]:
    """Make an address book of a document's own people, and a namesake of every second one.

    In it is whoever is named in the text, by the fullest name that the labels give: the name in
    `people`, or the longest of the mentions. A namesake has the surname and another given name.
    """
    names: dict[str, str] = {}
    for mention in doc.labels.get("mentions", ()):
        person = mention.get("person")
        if mention["kind"] == "name" and person and person != doc.author:
            label = _NOTE.sub("", doc.people.get(person, "")).strip()
            quote = " ".join(doc.text[mention["start"] : mention["end"]].split())
            # An id in place of a name tells nothing.
            before = names.get(person, "" if label == person else label)
            names[person] = max((before, quote), key=lambda n: (len(n.split()), len(n)) if n else (0, 0))
    book = [BookEntry(person, name) for person, name in names.items()]
    given = iter(_endless(GIVEN_NAMES))
    for entry in book[::2]:
        surname = parse_name(entry.name).surname
        if surname:
            shown = next((w for w in reversed(entry.name.split()) if fold(w) in surname.split()), surname)
            taken = {fold(w) for w in entry.name.split()}
            first = next(g for g in given if fold(g) not in taken)
            book.append(BookEntry(NAMESAKE + entry.ident, f"{first} {shown}"))
    return tuple(book)


def _endless(names: Sequence[str]) -> Any:
    while True:
        yield from names
