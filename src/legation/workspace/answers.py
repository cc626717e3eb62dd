"""Answers of language models as they are kept, and what they add to a reading (docs/formats/proposals.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from legation.facts.candidates import FindingCandidate, Reading
from legation.reading.proposals import Offered, read_reply

if TYPE_CHECKING:
    from legation.ledger.stages import Row

VERSION = 1


@dataclass(frozen=True, slots=True)
class Stored:
    """One answer as it is kept."""

    model: str
    item: str
    document: str
    people: tuple[tuple[str, str, tuple[tuple[int, int], ...]], ...]
    reply: str

    def dump(self) -> str:
        """Return the text of the document that holds it."""
        people = [{"key": k, "name": n, "places": [list(p) for p in places]} for k, n, places in self.people]
        told = {
            "version": VERSION, "model": self.model, "item": self.item, "document": self.document,
            "people": people, "reply": self.reply,
        }  # fmt: skip
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def load_stored(text: str) -> Stored | None:
    """Read what `Stored.dump` wrote; None if it is anything else."""
    try:
        told = json.loads(text)
        if told["version"] != VERSION:
            return None
        people = tuple(
            (str(p["key"]), str(p["name"]), tuple((int(a), int(b)) for a, b in p["places"]))
            for p in told["people"]
        )
        return Stored(
            str(told["model"]), str(told["item"]), str(told["document"]), people, str(told["reply"])
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def add_proposals(
    reading: Reading, text: str, document: str, mentions: Mapping[int, Row], answers: Iterable[str]
) -> Reading:
    """Return a reading with what models proposed for this very document and rules have not found.

    `answers` are the texts of stored answers; those to an earlier version of the text count no more.
    """
    numbers = {(m["start"], m["end"]): n for n, m in sorted(mentions.items(), reverse=True)}
    found: list[FindingCandidate] = []
    for stored in sorted(filter(None, map(load_stored, answers)), key=lambda s: (s.model, s.reply)):
        if stored.document == document:
            people = [offered(p, numbers) for p in stored.people]
            kept, _ = read_reply(stored.reply, text, people, reading.dates, model=stored.model)
            found += [k for k in kept if not _known(k, (*reading.findings, *found), mentions)]
    if not found:
        return reading
    return replace(reading, findings=(*reading.findings, *found))


def offered(
    person: tuple[str, str, tuple[tuple[int, int], ...]], numbers: Mapping[tuple[int, int], int]
) -> Offered:
    """Return somebody who was offered, with the numbers that their mentions have now."""
    key, name, places = person
    return Offered(key, name, tuple((numbers[p], *p) for p in places if p in numbers))


def _known(
    proposed: FindingCandidate, found: Sequence[FindingCandidate], mentions: Mapping[int, Row]
) -> bool:
    """Say whether the same is found already at overlapping words, of the same first person."""
    return any(
        f.kind == proposed.kind
        and f.what == proposed.what
        and f.span.overlaps(proposed.span)
        and _who(f, mentions) == _who(proposed, mentions)
        for f in found
    )


def _who(finding: FindingCandidate, mentions: Mapping[int, Row]) -> object:
    """Return whose a finding is, the same for two mentions of one person."""
    number = finding.parties[0].mention
    row = mentions.get(number)
    return number if row is None else (row["person"] or row["form"])
