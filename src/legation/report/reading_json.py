"""The JSON of `legation read` (docs/formats/reading.md): what one item says, in plain values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from legation.facts.candidates import Reading
from legation.facts.ids import derive_id
from legation.facts.problem import Problem
from legation.facts.when import When
from legation.ledger.receipt import problem_json

VERSION = 1
#: What this version reads; the other keys are present and empty.
TASKS = ("mentions", "encounters", "dates")
#: Statuses of encounters; what a text denies is none.
STATUSES = frozenset({"held", "planned", "reported"})
#: How an author whom nobody named is called.
AUTHOR = "the author"


def reading_json(
    doc: str,
    text: str,
    reading: Reading,
    *,
    author: str,
    mentions: Sequence[Mapping[str, Any]],
    accounts: Sequence[Mapping[str, Any]],
    names: Mapping[str, str],
    ids: Mapping[str, str],
    problems: Sequence[Problem] = (),
    unnamed: str = "",
) -> dict[str, Any]:
    """Return the object of one item.

    `mentions` and `accounts` are rows as derivation made them; `names` people by id, `ids` what
    an id is to be called instead (a card's UID). A mention that waits for an answer, or of which
    no person is known, leads to an id of its own for each distinct form: never to anybody's.
    `unnamed` is the name that stands for an author whom nobody named.
    """
    people: dict[str, str] = {}

    def known(person: str) -> str:
        shown = ids.get(person, person)
        name = names.get(person, "")
        people.setdefault(shown, AUTHOR if not name or name == unnamed else name)
        return shown

    writer = known(author) if author else None
    found: list[dict[str, Any]] = []
    of_mention: dict[str, str] = {}
    for row in mentions:
        if row["state"] == "rejected":
            continue
        person = row["person"]
        sure = bool(person) and row["state"] != "ask"
        shown = known(person) if sure else stand_in(doc, row, of_mention, reading)
        if not sure:
            before = people.get(shown, "")
            people[shown] = max((before, row["quote"]), key=len)
        of_mention[row["mention"]] = shown
        found.append({
            "start": row["start"], "end": row["end"], "kind": row["kind"], "person": shown,
            "state": "read" if sure else "ask", "rule": row["rule"],
        })  # fmt: skip
    encounters = [
        _encounter(row, of_mention, known)
        for row in accounts
        if row["state"] != "rejected" and row["status"] in STATUSES
    ]
    return {
        "version": VERSION,
        "doc": doc,
        "kind": reading.kind,
        "tasks": list(TASKS),
        "text": text,
        "written_on": reading.written_on.value if reading.written_on else None,
        "author": writer,
        "people": people,
        "mentions": found,
        "header": _header(reading, text, persons_by_number(mentions, of_mention)),
        "encounters": encounters,
        "statements": [],
        "introductions": [],
        "promises": [],
        "occasions": [],
        "dates": [{"start": d.span.start, "end": d.span.end, "value": d.when.value} for d in reading.dates],
        "problems": [problem_json(p) for p in problems],
    }


def persons_by_number(mentions: Sequence[Mapping[str, Any]], of_mention: Mapping[str, str]) -> dict[int, str]:
    """Return the person shown for each of the reading's mentions that holds."""
    return {row["number"]: of_mention[row["mention"]] for row in mentions if row["mention"] in of_mention}


def _header(reading: Reading, text: str, persons: Mapping[int, str]) -> dict[str, Any] | None:
    """Return what the head of a paper prints about it, or None where it prints nothing."""
    header = reading.header
    if header is None:
        return None
    printed = {
        name: span.cut(text) if span is not None else None
        for name, span in (
            ("title", header.title),
            ("date", header.date),
            ("place", header.place),
            ("subject", header.subject),
            ("elsewhere", header.elsewhere),
        )
    }
    people = [
        {
            "role": p.role,
            "side": p.side,
            "person": persons.get(p.mention),
            "start": p.span.start,
            "end": p.span.end,
        }
        for p in header.people
    ]
    return {**printed, "people": people}


def stand_in(doc: str, row: Mapping[str, Any], of_mention: Mapping[str, str], reading: Reading) -> str:
    """Return the id of somebody not known: the same for the same form within a document.

    A description that says whose it is ("Nicolson's wife") is one person with its owner.
    """
    whose = ""
    if row["kind"] != "name" and 0 <= row["number"] < len(reading.mentions):
        whose = reading.mentions[row["number"]].of
        if whose.startswith("mention:"):
            owner = reading.mentions[int(whose.removeprefix("mention:"))]
            whose = f"{owner.surname or owner.head} {' '.join(owner.given)}"
    return derive_id("u", doc, row["kind"], row["form"], whose)


def _encounter(row: Mapping[str, Any], of_mention: Mapping[str, str], known: Any) -> dict[str, Any]:
    """Return one account as the format calls it."""
    participants: list[str] = []
    for mention, person, how in json.loads(row["people"]):
        shown = of_mention.get(mention) or (known(person) if person and how == "author" else None)
        if shown and shown not in participants:
            participants.append(shown)
    on = row["on"] or None
    precision = When(on).precision if on else None
    return {
        "status": row["status"],
        "participants": participants,
        "form": row["form"],
        "on": on,
        "precision": None if precision == "range" else precision,
        "place": row["place"] or None,
        "span": [row["start"], row["end"]],
        "state": "ask" if row["state"] == "ask" else "read",
        "rule": row["rule"],
    }
