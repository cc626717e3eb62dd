"""Proves a ledger: every document has its hash, every arrival its document, every citation its words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from legation.facts.ids import hash_bytes
from legation.ledger.arrival import arrival_id
from legation.ledger.located import judgement_of

if TYPE_CHECKING:
    from legation.store.store import Store
    from legation.store.tx import Tx

Progress = Callable[[str, int, int], None]
#: Tables of facts with a span of their own, and those that hold citations as JSON.
SPANS = (("mentions", "mention"), ("accounts", "account"), ("findings", "finding"))
#: Further words of facts, where they have any: (table, key, start, end, quote).
WORDS = (
    ("findings", "finding", "on_start", "on_end", "on_quote"),
    ("finding_people", "finding", "start", "end", "quote"),
)
CITED = (
    ("people", "person", "citation"), ("person_facts", "fact", "citation"), ("events", "event", "citation"),
    ("occasions", "occasion", "citation"), ("questions", "question", "citations"),
)  # fmt: skip


def verify_ledger(store: Store, progress: Progress | None = None) -> list[str]:
    """Return what does not hold, one line each; an empty list is the proof."""
    say = progress or (lambda _label, _done, _total: None)
    with store.looking() as tx:
        return [*_documents(tx, say), *_records(tx), *_citations(tx, say)]


def _documents(tx: Tx, say: Progress) -> Iterator[str]:
    names = [r["document"] for r in tx.load("documents", columns=("document",))]
    for number, (name, data) in enumerate(tx.documents(names)):
        if hash_bytes(data) != name:
            yield f"document {name}: its bytes have another hash"
        if number % 500 == 0:
            say("Documents", number, len(names))


def _records(tx: Tx) -> Iterator[str]:
    have = {r["document"] for r in tx.load("documents", columns=("document",))}
    known = {""}
    for row in tx.load("arrivals", order=("seq",)):
        if arrival_id(row) != row["arrival"]:
            yield f"arrival {row['arrival']}: its content has another hash"
        if row["document"] is not None and row["document"] not in have:
            yield f"arrival {row['arrival']}: document {row['document']} is missing"
        if row["previous"] not in known:
            yield f"arrival {row['arrival']}: the arrival before it is missing"
        known.add(row["arrival"])
    for row in tx.load("judgements", order=("seq",)):
        if judgement_of(row).id != row["judgement"]:
            yield f"judgement {row['judgement']}: its content has another hash"


def _citations(tx: Tx, say: Progress) -> Iterator[str]:
    items = {r["item"]: r for r in tx.load("items", columns=("item", "document", "rendition"))}
    texts: dict[str, str] = {}

    def text_of(item: str) -> str | None:
        if item not in texts:
            if len(texts) > 500:
                texts.clear()
            rows = tx.load("texts", item=item, columns=("body",))
            texts[item] = rows[0]["body"] if rows else ""
        return texts[item] if item in items else None

    for table, key in SPANS:
        rows = tx.load(table, columns=(key, "item", "start", "end", "quote"), order=("item", "start"))
        for number, row in enumerate(rows):
            text = text_of(row["item"])
            if text is None or not row["quote"] or text[row["start"] : row["end"]] != row["quote"]:
                yield f"{table} {row[key]}: its words do not stand where it says"
            if number % 5000 == 0:
                say(table.capitalize(), number, len(rows))
    for table, key, start, end, quote in WORDS:
        for row in tx.load(table, columns=(key, "item", start, end, quote), order=("item", start)):
            if row[start] < 0:
                continue
            text = text_of(row["item"])
            if text is None or not row[quote] or text[row[start] : row[end]] != row[quote]:
                yield f"{table} {row[key]}: its words do not stand where it says"
    for table, key, column in CITED:
        for row in tx.load(table, columns=(key, column)):
            for cited in _cited(row[column]):
                text = text_of(cited["item"])
                item = items.get(cited["item"])
                if (
                    item is None
                    or text is None
                    or (cited["document"], cited["rendition"]) != (item["document"], item["rendition"])
                ):
                    yield f"{table} {row[key]}: it cites what is not current"
                elif text[cited["start"] : cited["end"]] != cited["quote"]:
                    yield f"{table} {row[key]}: its words do not stand where it says"


def _cited(value: str) -> list[dict[str, Any]]:
    """Return the citations in a column: none, one or a list."""
    if not value:
        return []
    found = json.loads(value)
    return found if isinstance(found, list) else [found]
