"""Asks a language model of this machine, one document at a time, and keeps its answers.

Off unless `legation.toml` names a model. An answer is stored as a document of its own, exactly as it
came (docs/formats/proposals.md), so that what is derived from it can be made anew without asking
again. Whatever stands of it (`reading.proposals`) waits as a question, marked by the model's name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from legation.facts.errors import SourceError, UsageError
from legation.ledger.codec import load_reading
from legation.reading.proposals import ME, Dropped, Offered, make_messages, read_reply, reply_schema
from legation.sources.endpoint import fetch_answer, parse_endpoint
from legation.workspace.answers import Stored, load_stored, offered

if TYPE_CHECKING:
    from legation.store.tx import Row, Tx
    from legation.workspace.open import Workspace

KINDS = ("entry", "paper", "note")
#: In code points: what small models read in one piece, with room for an answer.
LONGEST_TEXT = 24_000
Ask = Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What became of one document: proposals that stand, those that do not, or why it was not asked."""

    item: str
    title: str
    kept: int = 0
    dropped: tuple[Dropped, ...] = ()
    problem: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values (docs/formats/proposals.md)."""
        return {
            "item": self.item,
            "title": self.title,
            "kept": self.kept,
            "dropped": [{"reason": d.reason, "about": d.about} for d in self.dropped],
            "problem": self.problem or None,
        }


# ── asking ──────────────────────────────────────────────────────────────────────────────


def make_ask(workspace: Workspace) -> Ask:
    """Return what asks the model that the settings name.

    Raises:
        UsageError: they name none, or one that is not on this machine.
    """
    settings = workspace.settings
    if not settings.model_url or not settings.model_name:
        message = "no model is set for this workspace"
        raise UsageError(message, "See [model] in docs/formats/workspace.md; everything works without.")
    parse_endpoint(settings.model_url)

    def ask(body: Mapping[str, Any]) -> str:
        return fetch_answer(settings.model_url, dict(body), timeout_seconds=settings.model_seconds)

    return ask


def propose(
    workspace: Workspace,
    items: Sequence[str] = (),
    *,
    limit: int = 20,
    again: bool = False,
    ask: Ask | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> list[Proposed]:
    """Ask about the items named, or the newest ones not asked about yet; every answer is kept at once.

    A document whose question fails is told of and the rest goes on; three failures one after the
    other end the run, for then the model is not there.

    Raises:
        UsageError: no model is set, or an item is not there.
    """
    ask = ask or make_ask(workspace)
    model = workspace.settings.model_name
    with workspace.ledger.store.looking() as tx:
        chosen = _choose(tx, items, model, limit, again=again)
    done: list[Proposed] = []
    failed = 0
    for number, item in enumerate(chosen):
        if progress is not None:
            progress("Asking", number, len(chosen))
        done.append(_propose_one(workspace, item, model, ask))
        failed = failed + 1 if done[-1].problem and not done[-1].problem.startswith("not asked") else 0
        if failed >= 3:
            break
    if progress is not None:
        progress("Asking", len(chosen), len(chosen))
    return done


def _choose(tx: Tx, items: Sequence[str], model: str, limit: int, *, again: bool) -> list[str]:
    """Return the items to ask about."""
    rows = [r for kind in KINDS for r in tx.load("items", kind=kind)]
    there = {r["item"]: r for r in rows}
    for item in items:
        if item not in there:
            message = f"there is no entry or paper {item}"
            raise UsageError(message, "`legation entries` lists them.")
    if items:
        return list(dict.fromkeys(items))
    asked = set()
    if not again:
        kept = [r["reading"] for r in tx.load("items", kind="proposal", columns=("reading",))]
        for row in tx.load_in("readings", "reading", kept, ("text",)):
            stored = load_stored(row["text"])
            if stored is not None and stored.model == model:
                asked.add((stored.item, stored.document))
    rows = [r for r in rows if (r["item"], r["document"]) not in asked]
    rows.sort(key=lambda r: (r["written_on"], r["item"]), reverse=True)
    return [r["item"] for r in rows[:limit]]


def _propose_one(workspace: Workspace, item: str, model: str, ask: Ask) -> Proposed:
    """Ask about one document and keep the answer."""
    with workspace.ledger.store.looking() as tx:
        (row,) = tx.load("items", item=item)
        (held,) = tx.load("texts", item=item)
        mentions = [m for m in tx.load("mentions", item=item) if m["state"] != "rejected"]
        names = {
            p["person"]: p["name"] for p in tx.load_in("people", "person", {m["person"] for m in mentions})
        }
        (read,) = tx.load("readings", reading=row["reading"])
    title = row["title"] or row["written_on"] or row["path"]
    text = held["body"]
    if len(text) > LONGEST_TEXT:
        return Proposed(item, title, problem=f"not asked: longer than {LONGEST_TEXT} characters")
    people = _people(mentions, names)
    listed = [Offered(k, n) for k, n, _ in people]
    schema = reply_schema([p.key for p in listed])
    body = {
        "model": model,
        "messages": make_messages(text, listed),
        "temperature": 0,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "findings", "strict": True, "schema": schema},
        },
    }  # fmt: skip
    try:
        reply = ask(body)
    except SourceError as error:
        return Proposed(item, title, problem=str(error))
    stored = Stored(model, item, row["document"], people, reply)
    workspace.ledger.keep_proposal(stored.dump(), item, model)
    numbers = {(m["start"], m["end"]): m["number"] for m in mentions}
    dates = load_reading(read["data"]).dates
    kept, dropped = read_reply(reply, text, [offered(p, numbers) for p in people], dates, model=model)
    return Proposed(item, title, len(kept), dropped)


def _people(
    mentions: Sequence[Row], names: Mapping[str, str]
) -> tuple[tuple[str, str, tuple[tuple[int, int], ...]], ...]:
    """Return whom a text names, the author first: (key, name, places)."""
    places: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    shown: dict[tuple[str, str], str] = {}
    for m in sorted(mentions, key=lambda m: (m["start"], m["end"])):
        who = ("p", m["person"]) if m["person"] else (m["kind"], m["form"])
        places[who].append((m["start"], m["end"]))
        shown.setdefault(who, names.get(m["person"], m["quote"]))
    named = [(f"P{n}", shown[who], tuple(where)) for n, (who, where) in enumerate(places.items(), 1)]
    return ((ME, "the author (I)", ()), *named)
