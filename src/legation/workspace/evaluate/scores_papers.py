"""Scores papers by their participants, and days of a diary by who was with the diarist."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from legation.people.naming import parse_name, skeleton
from legation.reading.tokens import fold
from legation.workspace.evaluate.align import span_of
from legation.workspace.evaluate.figures import Tally
from legation.workspace.evaluate.gold import GoldDoc
from legation.workspace.evaluate.spans import pick

Value = Mapping[str, Any]
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_AUTHORS_KIN = re.compile(r"(?:my|our)\b", re.I)
#: Behind a name: no part of it.
_AFTER = re.compile(r"[,(].*$|\b(?:Jr|Sr|Esq)\.?$", re.S)
#: Who speaks so often took part; one remark may be quoted from elsewhere.
SPEAKS_OFTEN = 2
#: Rules of the encounter that a paper is the record of.
OWN = frozenset({"header", "speakers"})
Counts = tuple[int, int, int]


def surname_of(name: str) -> str:
    """Return the last word of a name, folded; "" where it has none."""
    words = _WORD.findall(fold(_AFTER.sub("", name).strip()))
    return words[-1] if words else ""


def name_persons(read: Value) -> dict[str, str]:
    """Return the folded surnames of those who are called by a name; of offices that lead to nobody, none."""
    named = {m["person"] for m in read["mentions"] if m["kind"] == "name" or m["state"] != "ask"}
    found = {p: surname_of(read["people"][p]) for p in named if p in read["people"]}
    return {person: name for person, name in found.items() if name}


def list_present(read: Value, day: str) -> set[str]:
    """Return who took part in an encounter of that day (or of no day) that the text says was held."""
    return {
        person
        for e in read["encounters"]
        if e["status"] == "held" and e["on"] in (day, None)
        for person in e["participants"]
    }


def list_talkers(read: Value, *, unasked: bool = False) -> set[str]:
    """Return who took part in the talk that a paper is the record of, as the reading says.

    That is the encounter told by the paper as a whole; where it has none, those who say something
    twice or more. With `unasked` only what enters the ledger without a question counts.
    """
    own = [e for e in read["encounters"] if e["rule"] in OWN]
    if own:
        return {p for e in own if not unasked or e["state"] != "ask" for p in e["participants"]}
    said: dict[str, int] = {}
    for statement in read["statements"]:
        if statement["speaker"] and (not unasked or statement["state"] != "ask"):
            said[statement["speaker"]] = said.get(statement["speaker"], 0) + 1
    return {person for person, times in said.items() if times >= SPEAKS_OFTEN}


@dataclass(frozen=True, slots=True)
class Printed:
    """The printed participants of a paper who appear in its body.

    `surnames` are those that stand in it, `unprinted` those that neither it nor the list has;
    `offices` the words of those lines that print an office alone which stands in it, of which
    `unnamed` people are counted; `lines` the words of every line.
    """

    surnames: frozenset[str]
    unprinted: frozenset[str]
    offices: tuple[frozenset[str], ...]
    unnamed: int
    lines: tuple[frozenset[str], ...]

    @property
    def wanted(self) -> int:
        """How many appear."""
        return len(self.surnames) + self.unnamed


def list_printed(surnames: Iterable[str], printed: Iterable[str], body: str) -> Printed:
    """Return who of the printed participants appears in a body, by surname or by an office printed alone.

    The labels do not tell which surname belongs to which office that is printed alone ("The
    President"): as many of the surnames that no line prints are wanted as such offices stand in the body.
    """
    wanted = {fold(s) for s in surnames}
    text = fold(body)
    words = set(_WORD.findall(text))
    lines = [fold(line) for line in printed]
    bare = {s for s in wanted if not any(s in _WORD.findall(line) for line in lines)}
    alone = [
        re.sub(r"^.*[—–]|,.*$", "", line).strip() for line in lines if not wanted & set(_WORD.findall(line))
    ]
    there = [o for o in alone if _office_words(o) and re.search(rf"\b{re.escape(_tail(o))}\b", text)]
    unnamed = min(len(there), len(bare)) - len(bare & words)
    return Printed(
        frozenset(wanted & words),
        frozenset(bare - words),
        tuple(_office_words(o) for o in there),
        max(0, unnamed),
        tuple(frozenset(_WORD.findall(line)) for line in lines),
    )


def _tail(office: str) -> str:
    """Return an office without the side that is printed before it: "the president" of "us the president"."""
    return re.sub(r"^.*\b(?=the )", "", office)


def _office_words(office: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_tail(office))) - {"the", "a"}


def count_talkers(people: Mapping[str, str], called: Mapping[str, str], printed: Printed) -> Counts:
    """Return right, found and wanted of participants (ids and names), those by name in `called`.

    Whoever is on the list without being labelled to appear is left out.
    """
    right, false, by_office = 0, 0, 0
    for person, name in people.items():
        if person in called:
            if called[person] in printed.surnames:
                right += 1
            elif called[person] in printed.unprinted:
                by_office += 1
            elif not any(called[person] in line for line in printed.lines):
                false += 1
        elif any(_office_words(fold(name)) <= office for office in printed.offices):
            by_office += 1
        elif not any(_office_words(fold(name)) <= line for line in printed.lines):
            false += 1
    right += min(by_office, printed.wanted - right)
    return right, right + false, printed.wanted


def score_participants(doc: GoldDoc, read: Value, body: Value, tally: Tally) -> None:
    """Count surnames and fields of a memorandum, whole, and the surnames from its body alone."""
    extra, task = doc.extra, "participants"
    wanted = {fold(s) for s in extra["surnames"]}
    header = read["header"] or {"people": [], "place": None, "subject": None}
    listed = {p["person"] for p in header["people"] if p["role"] == "participant" and p["person"]}
    names = name_persons(read)
    day = extra["date"] or read["written_on"] or ""
    found = {names[p] for p in listed or list_present(read, day) if p in names}
    tally.add(task, "surnames", doc.unit, len(found & wanted), len(found), len(wanted))
    if extra["date"] is not None:
        tally.add(task, "date", doc.unit, int((read["written_on"] or "") == extra["date"]), 1)
    if extra["place"]:
        tally.add(task, "place", doc.unit, int((header["place"] or "") == extra["place"]), 1)
    if extra["subject"]:
        tally.add(task, "subject", doc.unit, int((header["subject"] or "") == extra["subject"]), 1)
    printed = list_printed(extra["surnames"], extra["participants"], extra["body"])
    appearing = set(printed.surnames)
    names = name_persons(body)
    talkers = list_talkers(body)
    by_name = {m["person"] for m in body["mentions"] if m["kind"] == "name"}
    inside = {names[p] for p in talkers & by_name if p in names}
    tally.add(task, "body_names", doc.unit, len(inside & appearing), len(inside), len(appearing))
    for figure, who in (("body", talkers), ("body_unasked", list_talkers(body, unasked=True))):
        everyone = {p: body["people"][p] for p in who if p != body["author"]}
        tally.add(task, figure, doc.unit, *count_talkers(everyone, names, printed))
    for what, mine, theirs in (("surnames", found, wanted), ("body", inside, appearing)):
        if mine != theirs:
            tally.errors.append({
                "task": task, "error": what, "file": doc.file, "line": doc.line, "doc": doc.doc,
                "missed": sorted(theirs - mine), "false": sorted(mine - theirs),
            })  # fmt: skip
    for what in ("date", "place", "subject"):
        mine_is = read["written_on"] if what == "date" else header[what]
        if extra[what] and mine_is != extra[what]:
            tally.errors.append({
                "task": task, "error": what, "file": doc.file, "line": doc.line, "doc": doc.doc,
                "found": mine_is, "labelled": extra[what],
            })  # fmt: skip


# ── companions ──────────────────────────────────────────────────────────────────────────


def words_of(name: str) -> frozenset[str]:
    """Return the given names and surname of a name, folded; where it has neither, all of its words."""
    parsed = parse_name(name)
    words = frozenset(w for part in (*parsed.given, parsed.surname) for w in part.split() if len(w) > 1)
    return words or frozenset(_WORD.findall(fold(name)))


def rate_names(mine: str, theirs: str) -> float:
    """Say how alike two names are: words in common, words spelt alike for a half; 0 for none."""
    ours, other = words_of(mine), words_of(theirs)
    same = ours & other
    alike = {skeleton(w) for w in ours - same} & {skeleton(w) for w in other - same} - {""}
    return len(same) + 0.5 * len({b for b in alike if len(b) > 1})


def match_people(
    mine: Iterable[str], theirs: Iterable[str], rate: Callable[[str, str], float]
) -> dict[int, int]:
    """Match people one to one by a rating, likest first; those rated 0 are not matched."""
    other = list(theirs)
    rows = [((r,), i, k) for i, m in enumerate(mine) for k, t in enumerate(other) if (r := rate(m, t)) > 0]
    return pick(rows)


def score_companions(doc: GoldDoc, read: Value, author: str, tally: Tally) -> None:
    """Count those with whom the diarist was on a day."""
    wanted = doc.extra["companions"]
    writer = read["author"]
    family = parse_name(author).surname if author else ""
    people = sorted({
        p
        for e in read["encounters"]
        if e["status"] == "held" and (writer is None or writer in e["participants"])
        for p in e["participants"]
        if p != writer
    })  # fmt: skip
    kin = {
        m["person"]
        for m in read["mentions"]
        if m["kind"] == "kin" and _AUTHORS_KIN.match(doc.text[slice(*span_of(m))])
    }

    def rate(mine: str, theirs: str) -> float:
        if mine in kin and family and family in words_of(theirs):
            return 0.25
        return 0.0 if mine in kin else rate_names(read["people"][mine], theirs)

    of = match_people(people, wanted, rate)
    tally.add("companions", "people", doc.unit, len(of), len(people), len(wanted))
    missed = [w for k, w in enumerate(wanted) if k not in of.values()]
    false = [read["people"][p] for i, p in enumerate(people) if i not in of]
    if missed or false:
        tally.errors.append({
            "task": "companions", "error": "differs", "file": doc.file, "line": doc.line, "doc": doc.doc,
            "missed": missed, "false": false,
        })  # fmt: skip
