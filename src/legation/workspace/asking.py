"""The questions that stages ask, as rows; each names the judgement that answers it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from legation.facts.ids import derive_id
from legation.facts.judgement import Anchor, canonical
from legation.facts.span import Citation
from legation.knowledge.accounts import Account
from legation.knowledge.findings import Finding
from legation.ledger.judge import CONFIRMED
from legation.ledger.located import Value
from legation.ledger.stages import ItemInfo, Row
from legation.ledger.standing import lost_question
from legation.people.cards import CardPerson


def cite(info: ItemInfo, text: str, start: int, end: int) -> Citation:
    """Return the citation of a span of an item's text."""
    return Citation(info.item, info.document, info.rendition, start, end, text[start:end])


def citation_json(citation: Citation) -> dict[str, Any]:
    """Return a citation as plain values."""
    return {k: getattr(citation, k) for k in ("item", "document", "rendition", "start", "end", "quote")}


def same_cards_question(a: CardPerson, b: CardPerson) -> Row:
    """Return the question whether two cards of one name are one person."""
    first, second = sorted((a, b), key=lambda p: p.ref)
    subject = {"a": json.loads(first.ref), "b": json.loads(second.ref)}
    cites = [citation_json(c.cite(f)) for p in (first, second) for c in p.cards[:1] for f in c.fields[:1]]
    return {
        "question": derive_id("q", "known", canonical(subject)), "kind": "same", "maker": "known",
        "prompt": f"Two cards are called {a.name}. Are they one person?",
        "why": f"One says {_says(first)}; the other says {_says(second)}.",
        "subject": canonical(subject),
        "options": canonical([["1", "One person", {"same": True}], ["2", "Two people", {"same": False}]]),
        "citations": canonical(cites), "people": canonical(sorted((a.id, b.id))), "weight": 2,
        "state": "open",
    }  # fmt: skip


def _says(person: CardPerson) -> str:
    """Return what tells a card from another of the same name."""
    for name in ("email", "org", "title", "tel", "bday", "adr", "note"):
        for card in person.cards:
            if values := card.values(name):
                return values[0].removeprefix("mailto:").replace(";", ", ").strip(", ")[:80]
    return "nothing more"


_ACCOUNT_ASKS = {"telephone": "Did people speak by telephone here?"}


def account_question(account: Account, info: ItemInfo, text: str) -> Row:
    """Return the question whether what was read is an encounter."""
    c = account.citation
    read = {name: getattr(account, column) for name, column in CONFIRMED["account"].items()}
    read["written_on"] = info.written_on
    subject = {"fact": "account", "anchor": Anchor.at(c.item, text, c.start, c.end).to_json()}
    return {
        "question": derive_id("q", c.item, canonical(subject)), "kind": "reading", "maker": c.item,
        "prompt": _ACCOUNT_ASKS.get(account.form, f"Did people meet here ({account.form})?"),
        "subject": canonical(subject),
        "options": canonical([
            ["1", "Yes, as read", {"verdict": "confirm", "as": read}],
            ["2", "No", {"verdict": "reject"}],
            ["3", "It was only planned", {"verdict": "correct", "status": "planned"}],
        ]),
        "citations": canonical([citation_json(c)]),
        "people": canonical(sorted(account.persons)), "weight": 1, "state": "open",
    }  # fmt: skip


FINDING_ASKS = {
    "introduction": "Did {0} bring these people together here?",
    "promise": "Did {0} promise something here?",
    "statement": "Did {0} say this?",
    "occasion": "Is this so of {0}: {1}?",
}


def finding_question(
    finding: Finding, info: ItemInfo, subject: Value, parties: Value, names: Sequence[str]
) -> Row:
    """Return the question whether what was read as a finding is one; it comes after all others."""
    c = finding.citation
    read = {name: getattr(finding, column) for name, column in CONFIRMED[finding.kind].items()}
    kept = {**read, "written_on": info.written_on, "parties": parties}
    who = " and ".join(names) or "somebody"
    return {
        "question": derive_id("q", c.item, canonical(subject)), "kind": "reading", "maker": c.item,
        "prompt": FINDING_ASKS[finding.kind].format(who, finding.what),
        "subject": canonical(subject),
        "options": canonical([
            ["1", "Yes, as read", {"verdict": "confirm", "as": kept}],
            ["2", "No", {"verdict": "reject"}],
        ]),
        "citations": canonical([citation_json(c)]),
        "people": canonical(sorted({p.person for p in finding.parts if p.person})),
        "weight": 0, "state": "open",
    }  # fmt: skip


def lost_verdict_question(
    info: ItemInfo, text: str, judgement: str, what: str, verdicts: Sequence[Value]
) -> Row:
    """Return the question about one of an item's verdicts, on a reading that is no longer made so."""
    said = next(v for v in verdicts if v["judgement"] == judgement)
    prompt = f"You said “{said['verdict']}” of {what} here; it is no longer read so. Take it back?"
    words = canonical([citation_json(cite(info, text, said["start"], said["end"]))])
    return {**lost_question(judgement, info.item, prompt), "citations": words}


def elsewhere_question(info: ItemInfo, text: str, start: int, end: int) -> Row:
    """Return the question about a list of participants that stands in another paper."""
    subject = {
        "fact": "participants",
        "anchor": Anchor.at(info.item, text, start, end).to_json(),
    }
    return {
        "question": derive_id("q", info.item, canonical(subject)), "kind": "participants",
        "maker": info.item,
        "prompt": "The list of those present stands in another paper. Import it, or leave it open?",
        "subject": canonical(subject),
        "options": canonical([["1", "It is not to be had", {"verdict": "reject"}]]),
        "citations": canonical([citation_json(cite(info, text, start, end))]),
        "people": "[]", "weight": 3, "state": "open",
    }  # fmt: skip


def doubt_question(on: str, a: Account, b: Account) -> Row:
    """Return the question whether two accounts of one day are of one encounter."""
    # Without the text at hand the anchor has no context; the span's quote is long enough to find.
    anchors = [
        Anchor(x.citation.item, x.citation.quote).to_json() for x in sorted((a, b), key=lambda x: x.id)
    ]
    subject = {"accounts": anchors}
    return {
        "question": derive_id("q", f"day:{on}", canonical(subject)), "kind": "same", "maker": f"day:{on}",
        "prompt": "Two accounts of one day. Are they of one encounter?",
        "subject": canonical(subject),
        "options": canonical([
            ["1", "One encounter", {"same": True}], ["2", "Two encounters", {"same": False}],
        ]),
        "citations": canonical([citation_json(a.citation), citation_json(b.citation)]),
        "people": canonical(sorted(a.persons | b.persons)), "weight": 2, "state": "open",
    }  # fmt: skip
