"""Rows as the views' SELECTs return them, and how a SELECT is run.

Lists of keys travel as one JSON value (`json_each`), so that a statement is the same for three
keys and for three thousand, and no view asks once for every row that it shows.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from legation.store.tx import Tx

#: Sorts after every continuation of an ISO date: "1938~" is past 1938-12-31.
PAST = "~"
#: What the list of the diary holds when no kind is asked for.
WRITTEN = ("entry", "paper", "note")
#: The keys of one JSON value.
KEYS = "(SELECT value FROM json_each(?))"


class ItemRow(NamedTuple):
    """What a citation needs to know of its item."""

    item: str
    kind: str
    title: str
    written_on: str


class EncounterRow(NamedTuple):
    """A row of `encounters` without its counts."""

    encounter: str
    on: str
    form: str
    place: str
    status: str
    state: str


class AccountRow(NamedTuple):
    """A row of `accounts`; `people` is JSON."""

    account: str
    item: str
    start: int
    end: int
    quote: str
    status: str
    form: str
    on: str
    place: str
    rule: str
    score: float
    state: str
    encounter: str
    people: str


class MentionRow(NamedTuple):
    """A row of `mentions` as the views need it."""

    mention: str
    item: str
    start: int
    end: int
    quote: str
    kind: str
    form: str
    block: str
    person: str
    state: str
    rule: str
    score: float
    parts: str


class FactRow(NamedTuple):
    """A row of `person_facts`."""

    fact: str
    person: str
    kind: str
    value: str
    start_on: str
    end_on: str
    citation: str
    item: str


class QuestionRow(NamedTuple):
    """A row of `questions`; all but the first three, `weight` and `state` are JSON."""

    question: str
    kind: str
    prompt: str
    subject: str
    options: str
    citations: str
    people: str
    weight: int
    state: str
    why: str = ""


class EventRow(NamedTuple):
    """A row of `events` with the reading of its item."""

    event: str
    item: str
    uid: str
    summary: str
    on: str
    until: str
    rrule: str
    place: str
    form: str
    people: str
    citation: str
    reading: str


class OccasionRow(NamedTuple):
    """A row of `occasions`."""

    occasion: str
    person: str
    kind: str
    on: str
    item: str
    citation: str


class JudgementRow(NamedTuple):
    """A row of `judgements`; subject and value are JSON."""

    judgement: str
    kind: str
    subject: str
    value: str
    made_by: str
    previous: str
    person: str
    made_at: str
    seq: int


ACCOUNT_COLUMNS = (
    'a.account, a.item, a.start, a."end", a.quote, a.status, a.form, a."on", a.place, a.rule,'
    " a.score, a.state, a.encounter, a.people"
)
MENTION_COLUMNS = (
    'm.mention, m.item, m.start, m."end", m.quote, m.kind, m.form, m.block, m.person, m.state,'
    " m.rule, m.score, m.parts"
)
ENCOUNTER_COLUMNS = 'e.encounter, e."on", e.form, e.place, e.status, e.state'
FACT_COLUMNS = "fact, person, kind, value, start_on, end_on, citation, item"
QUESTION_COLUMNS = "question, kind, prompt, subject, options, citations, people, weight, state, why"
EVENT_COLUMNS = (
    'v.event, v.item, v.uid, v.summary, v."on", v.until, v.rrule, v.place, v.form, v.people,'
    " v.citation, coalesce(i.reading, '')"
)
OCCASION_COLUMNS = 'occasion, person, kind, "on", item, citation'
JUDGEMENT_COLUMNS = "judgement, kind, subject, value, made_by, previous, person, made_at, seq"


def rows(tx: Tx, sql: str, *values: Any) -> list[Any]:
    """Run a SELECT with positional values on the driver itself; rows are plain tuples."""
    cursor = tx.connection.connection.cursor()
    try:
        cursor.execute(sql, tuple(map(_sendable, values)))
        return list(cursor.fetchall())
    finally:
        cursor.close()


def _sendable(value: Any) -> Any:
    """Return a value as it can be sent: halves of surrogate pairs stand nowhere in a ledger."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode("utf-8")
    return value


def one(tx: Tx, sql: str, *values: Any) -> Any:
    """Return the first value of the first row, or None."""
    found = rows(tx, sql, *values)
    return found[0][0] if found else None


def keys(values: Iterable[str]) -> str:
    """Return keys as the JSON that `_KEYS` takes."""
    return json.dumps(list(dict.fromkeys(values)))


def dates_between(column: str, since: str, until: str) -> tuple[list[str], list[Any]]:
    """Return conditions and values: the date in `column` may lie between two ISO dates."""
    where: list[str] = []
    values: list[Any] = []
    if since or until:
        where.append(f"{column} <> ''")
    if since:
        # A range counts by its last day, a month or year by any day of it.
        slash = f"instr({column}, '/')"
        last = f"CASE {slash} WHEN 0 THEN {column} ELSE substr({column}, {slash} + 1) END"
        where.append(f"{last} >= substr(?, 1, length({last}))")
        values.append(since)
    if until:
        where.append(f"{column} <= ?")
        values.append(until + PAST)
    return where, values
