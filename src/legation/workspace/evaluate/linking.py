"""The trial of linking: each person of an address book left out in turn, through a ledger.

The text and the book are imported once; then, in a transaction that is taken back, one card is
said to be gone and the ledger derives what follows, as it does when a user deletes a card.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from legation.facts.clock import SystemClock
from legation.ledger.arrival import arrival_id, write_arrivals
from legation.ledger.derive import Derivation
from legation.ledger.ledger import Ledger
from legation.ledger.located import known_refs
from legation.store.store import Store
from legation.workspace.evaluate.align import most_of, span_of
from legation.workspace.evaluate.book import BookEntry
from legation.workspace.evaluate.figures import Tally
from legation.workspace.evaluate.gold import GoldDoc
from legation.workspace.evaluate.scores_mentions import error, of_kinds
from legation.workspace.evaluate.spans import match_spans
from legation.workspace.evaluate.texts import PROPOSED, file_name
from legation.workspace.reading import (
    SOMEBODY,
    date_parts,
    load_parts,
    make_arrivals,
    store_readings,
    taken_back,
)
from legation.workspace.stages import WorkspaceStages

if TYPE_CHECKING:
    from legation.ledger.stages import Row
    from legation.store.tx import Tx

#: How a name was taken: by a card, by the text alone, not for certain.
ASKED = ""


class Trial:
    """A ledger in memory with one labelled text and an address book."""

    def __init__(self, doc: GoldDoc, book: Sequence[BookEntry], folder: Path, author: str = "") -> None:
        self.doc = doc
        self.store = Store(None)
        self.stages = WorkspaceStages()
        ledger = Ledger(self.store, self.stages, SystemClock(), folder)
        path, cards = folder / file_name(doc.doc), folder / "people.vcf"
        path.write_text(doc.text, encoding="utf-8", newline="", errors="replace")
        cards.write_text("".join(entry.to_card() for entry in book), encoding="utf-8", newline="")
        with self.store.writing() as tx:
            tx.set_setting("owner", SOMEBODY)
            self.cards = self._arrive(tx, cards, "people", "", "")
            self.items = self._arrive(tx, path, "texts", doc.written_on, doc.author_name or author)
            tx.add_pending("known", [""])
            Derivation(tx, ledger.stages).run()
        path.unlink()
        cards.unlink()

    def _arrive(self, tx: Tx, path: Path, source: str, written_on: str, author: str) -> list[Row]:
        """Import a file; returns its arrivals."""
        parts = date_parts(load_parts(path)[0], written_on)
        rows, bodies = make_arrivals(parts, source, path.name, author)
        for row in rows:
            row["arrival"] = arrival_id(row)
        write_arrivals(tx, rows, bodies)
        store_readings(tx, self.stages, rows)
        return rows

    def close(self) -> None:
        """Give the ledger back."""
        self.store.close()

    def read_whole(self) -> list[dict[str, Any]]:
        """Return the names as read with everybody in the book."""
        with self.store.looking() as tx:
            return self._names(tx)

    def read_without(self, ident: str) -> list[dict[str, Any]]:
        """Return the names as read with one person left out of the book."""
        with taken_back(self.store) as tx:
            for row in self.cards:
                if row["part"] == ident:
                    gone = row | {"document": None, "previous": row["arrival"]}
                    gone["arrival"] = arrival_id(gone)
                    write_arrivals(tx, [gone], {})
            Derivation(tx, self.stages).run()
            return self._names(tx)
        raise AssertionError  # pragma: no cover - the transaction is left by the return

    def _names(self, tx: Tx) -> list[dict[str, Any]]:
        """Return names with `who`: `card:` and the id, `text:` and a person, or "" where it is asked."""
        cards: dict[str, str] = {}
        for known in known_refs(tx):
            ref = json.loads(known["ref"])
            if "card" in ref:
                cards.setdefault(known["person"], f"card:{ref['card']}")
        found = []
        at = 0
        for arrived in self.items:
            item = arrived["item"]
            for row in tx.load("mentions", item=item, order=("start", "-end")):
                if row["state"] == "rejected" or row["rule"] == PROPOSED:
                    continue
                sure = row["person"] and row["state"] != "ask"
                who = cards.get(row["person"], f"text:{row['person']}") if sure else ASKED
                found.append({
                    "start": row["start"] + at, "end": row["end"] + at, "kind": row["kind"], "who": who,
                    "rule": row["rule"],
                })  # fmt: skip
            at += len(tx.load("texts", item=item, columns=("body",))[0]["body"])
        return found


def score_left_out(
    doc: GoldDoc, book: Sequence[BookEntry], folder: Path, tally: Tally, author: str = ""
) -> None:
    """Count wrong links with each person of a book left out in turn who is named in the text."""
    wanted = of_kinds(doc.labels["mentions"], "name")
    named = {m["person"] for m in wanted if m.get("person")}
    if not named:
        return
    trial = Trial(doc, book, folder, author)
    try:
        linked, wrong, _, read = _judge(doc, trial.read_whole(), wanted, "", tally)
        tally.add("left_out", "linked_whole_book", doc.unit, linked, read)
        tally.add("left_out", "wrong_whole_book", doc.unit, wrong, read)
        # Without somebody whom the text never names it reads as before: such trials would only dilute.
        for entry in (e for e in book if e.ident in named):
            found = trial.read_without(entry.ident)
            linked, wrong, asked, read = _judge(doc, found, wanted, entry.ident, tally)
            tally.add("left_out", "wrong_in_silence", doc.unit, wrong, read)
            tally.add("left_out", "linked", doc.unit, linked, read)
            tally.add("left_out", "asked", doc.unit, asked, read)
    finally:
        trial.close()


def _judge(
    doc: GoldDoc, found: list[dict[str, Any]], labels: Sequence[Mapping[str, Any]], left: str, tally: Tally
) -> tuple[int, int, int, int]:
    """Count one reading: (rightly linked, wrong, asked, names read that are labelled with a person)."""
    names = of_kinds(found, "name")
    of = match_spans([span_of(m) for m in names], [span_of(m) for m in labels])
    rows = [(names[i], labels[k]["person"]) for i, k in sorted(of.items()) if labels[k].get("person")]
    held: dict[str, Counter[str]] = defaultdict(Counter)
    for mine, person in rows:
        held[mine["who"]][person] += 1
    linked = wrong = asked = links = mine_wrong = mine_read = 0
    for mine, person in rows:
        who, bad = mine["who"], False
        if who == ASKED:
            asked += 1
        elif who.startswith("card:"):
            links += 1
            bad = who != f"card:{person}"
            linked += not bad
        else:
            # Of a person whom the text makes known, the one with most of the names is meant.
            bad = person != most_of(held[who])
        wrong += bad
        if person == left:
            mine_read += 1
            mine_wrong += bad
        if bad:
            tally.errors.append(
                error("left_out", "wrong in silence", doc, span_of(mine), rule=mine["rule"],
                      left_out=left, person=person, who=who)
            )  # fmt: skip
    if left:
        tally.add("left_out", "wrong_of_left_out", doc.unit, mine_wrong, mine_read)
        tally.add("left_out", "links_right", doc.unit, linked, links)
    return linked, wrong, asked, len(rows)
