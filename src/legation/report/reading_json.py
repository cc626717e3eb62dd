"""The JSON of `legation read` (docs/formats/reading.md): what one item says, in plain values."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from legation.facts.candidates import Reading
from legation.facts.ids import derive_id
from legation.facts.judgement import FINDING_ROLES
from legation.facts.problem import Problem
from legation.facts.when import When
from legation.ledger.receipt import problem_json

VERSION = 2
#: What this version reads.
TASKS = ("mentions", "encounters", "statements", "introductions", "promises", "occasions", "dates")
#: Statuses of encounters; what a text denies is none.
STATUSES = frozenset({"held", "planned", "reported"})
TOLD = frozenset({"held", "reported"})
#: They describe nobody.
_WORD = re.compile(r"[^\W\d_]+")
_ARTICLES = frozenset("the a an".split())
_PRONOUNS = frozenset(
    "i me we us he him she her it they them you who whom this that which what one there".split()
)
#: Each of them is somebody else than before.
_ANEW = frozenset("another other others somebody someone everybody everyone anybody anyone nobody".split())
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
    findings: Sequence[Mapping[str, Any]] = (),
    parts: Sequence[Mapping[str, Any]] = (),
    names: Mapping[str, str],
    ids: Mapping[str, str],
    problems: Sequence[Problem] = (),
    unnamed: str = "",
) -> dict[str, Any]:
    """Return the object of one item.

    `mentions`, `accounts`, `findings` and `parts` (those who have a part in findings, in order) are
    rows as derivation made them; `names` people by id, `ids` what
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

    def described(part: Mapping[str, Any]) -> str | None:
        """Return an id for a speaker whom the text describes but does not name, or None."""
        form = form_described(part)
        if not form:
            return None
        shown = derive_id("u", doc, "described", form, "")
        people[shown] = max((people.get(shown, ""), part["quote"]), key=len)
        return shown

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
    writer = known(author) if author else _writer(doc, reading, accounts, parts, of_mention, known)
    if writer:
        people.setdefault(writer, reading.author or AUTHOR)
    encounters = [
        _encounter(row, of_mention, known, writer)
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
        **findings_json(findings, parts, of_mention, known, described, writer),
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


def form_described(part: Mapping[str, Any]) -> str:
    """Return what the descriptions of one person have in common within a text; "" for pronouns.

    "The old man" and "an old man" are one, "the man" may be another; "another" is somebody new at
    each place.
    """
    if part["mention"] or part["person"] or part["how"] != "unknown" or not part["quote"]:
        return ""
    words = [w for w in _WORD.findall(part["quote"].casefold()) if w not in _ARTICLES]
    if not words or words[-1] in _PRONOUNS:
        return ""
    return " ".join(words) + (f"@{part['start']}" if _ANEW & set(words) else "")


def _writer(
    doc: str,
    reading: Reading,
    accounts: Sequence[Mapping[str, Any]],
    parts: Sequence[Mapping[str, Any]],
    of_mention: Mapping[str, str],
    known: Callable[[str], str],
) -> str | None:
    """Return who says "I" in a paper: whoever sends or signs it, else an id of its own; None if nobody."""
    if reading.kind != "paper":
        return None
    told = [(m, p) for row in accounts for m, p, how in json.loads(row["people"]) if how == "author"]
    told += [(part["mention"], part["person"]) for part in parts if part["how"] == "author"]
    for mention, person in told:
        if mention in of_mention:
            return of_mention[mention]
        if person:
            return known(person)
    return derive_id("u", doc, "author", reading.author, "") if told else None


def _encounter(
    row: Mapping[str, Any], of_mention: Mapping[str, str], known: Any, writer: str | None = None
) -> dict[str, Any]:
    """Return one account as the format calls it; `writer` is a paper's author where nobody is known."""
    participants: list[str] = []
    for mention, person, how in json.loads(row["people"]):
        shown = of_mention.get(mention) or (known(person) if person and how == "author" else None)
        if how == "author":
            shown = shown or writer
        if shown and shown not in participants:
            participants.append(shown)
    return {
        "status": row["status"],
        "participants": participants,
        "form": row["form"],
        **_dated(row["on"], "on"),
        "place": row["place"] or None,
        "span": [row["start"], row["end"]],
        "state": "ask" if row["state"] == "ask" else "read",
        "rule": row["rule"],
    }


def _dated(on: str, name: str) -> dict[str, str | None]:
    """Return a date under a name, with its precision (null for a range or where there is none)."""
    precision = When(on).precision if on else None
    return {name: on or None, "precision": None if precision == "range" else precision}


# ── findings ────────────────────────────────────────────────────────────────────────────


def findings_json(
    findings: Sequence[Mapping[str, Any]],
    parts: Sequence[Mapping[str, Any]],
    of_mention: Mapping[str, str],
    known: Callable[[str], str],
    described: Callable[[Mapping[str, Any]], str | None] = lambda _part: None,
    writer: str | None = None,
) -> dict[str, list[dict[str, Any]]]:
    """Return statements, introductions, promises and occasions; what a text denies is left out.

    Of what is only intended, occasions alone are given: a wedding is told before it is held.
    """
    by_finding: dict[str, list[Mapping[str, Any]]] = {}
    for part in parts:
        by_finding.setdefault(part["finding"], []).append(part)
    found: dict[str, list[dict[str, Any]]] = {f"{kind}s": [] for kind in FINDING_ROLES}
    for row in findings:
        told = STATUSES if row["kind"] == "occasion" else TOLD
        if row["state"] == "rejected" or row["status"] not in told:
            continue
        mine = by_finding.get(row["finding"], [])
        people: dict[str, list[str]] = {role: [] for role in FINDING_ROLES[row["kind"]]}
        for part in mine:
            shown = of_mention.get(part["mention"]) or (known(part["person"]) if part["person"] else None)
            if shown is None and part["how"] == "author":
                shown = writer
            if shown is None and row["mode"] == "quoted" and part["role"] == "speaker":
                shown = described(part)
            if shown and shown not in people[part["role"]]:
                people[part["role"]].append(shown)
        found[f"{row['kind']}s"].append({
            **_FINDINGS[row["kind"]](row, people),
            "span": [row["start"], row["end"]],
            "status": row["status"],
            "state": "ask" if row["state"] == "ask" else "read",
            "rule": row["rule"],
            "inferred": list(dict.fromkeys(p["rule"] for p in mine if p["how"] == "inferred")),
        })  # fmt: skip
    return found


def _first(people: Sequence[str]) -> str | None:
    return next(iter(people), None)


_FINDINGS: dict[str, Callable[[Mapping[str, Any], Mapping[str, list[str]]], dict[str, Any]]] = {
    "statement": lambda row, people: {
        "speaker": _first(people["speaker"]), "addressees": people["addressee"], "mode": row["mode"],
    },
    "introduction": lambda row, people: {
        "introducer": _first(people["introducer"]), "introduced": people["introduced"],
        "by_letter": row["what"] == "letter",
    },
    "promise": lambda row, people: {
        "by": _first(people["by"]), "to": _first(people["to"]), **_dated(row["on"], "due"),
    },
    "occasion": lambda row, people: {
        "person": _first(people["person"]), "kind": row["what"], **_dated(row["on"], "on"),
    },
}  # fmt: skip
