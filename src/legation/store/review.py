"""Every written SELECT on what waits for an answer: how much, in which order, and where it stands."""

# ruff: noqa: S608 - only constants of ours are put into statements; values go as parameters

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from legation.store.rows import KEYS, QUESTION_COLUMNS, QuestionRow, keys, one, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from legation.store.tx import Tx

#: What a question is about, in one word (`TOPICS` of report.questions). A subject is canonical JSON, in
#: which a quotation mark of a text is escaped: looking for a key in it is safe, and much faster than parsing.
TOPIC = (
    "CASE WHEN kind IN ('who', 'name', 'office') THEN 'names' WHEN kind = 'anchor' THEN 'judgements'"
    + "".join(
        f" WHEN instr(subject, '\"fact\":\"{fact}\"') > 0 THEN '{fact}s'"
        for fact in ("statement", "introduction", "promise", "occasion")
    )
    + " WHEN kind = 'same' AND instr(subject, '\"accounts\":') = 0 THEN 'pairs' ELSE 'encounters' END"
)


#: States of questions that take an answer: open, and about a single use ("once"), which waits aside.
ASKED = ("open", "once")
#: What a model proposed has its name after this (docs/formats/proposals.md).
PROPOSED_BY = "proposed by "


#: Whether a name that a question is about waits in an item; a question cites a few of its places only.
USED_HERE = (
    "EXISTS (SELECT 1 FROM mentions m JOIN items here ON here.item = m.item WHERE m.item = ?"
    " AND m.state = 'ask' AND m.block <> '' AND m.block = maker"
    " AND here.group_key = json_extract(subject, '$.group') AND (m.form = json_extract(subject, '$.form')"
    " OR substr(json_extract(subject, '$.form'), 1, 2) = '||'))"
)


class UseRow(NamedTuple):
    """A place where a name stands that is asked about."""

    item: str
    start: int
    end: int
    quote: str


class WaitingRow(NamedTuple):
    """How many questions of one topic are in one state, and what their answers settle together."""

    topic: str
    state: str
    questions: int
    weight: int


def count_waiting(tx: Tx) -> list[WaitingRow]:
    """Return the numbers of questions by topic and state (open, once, later, never)."""
    found = rows(
        tx, f"SELECT {TOPIC} AS topic, state, count(*), sum(weight) FROM questions GROUP BY topic, state"
    )
    return [WaitingRow._make(r) for r in found]


def count_open(tx: Tx) -> int:
    """Return how many questions are open."""
    return int(one(tx, "SELECT count(*) FROM questions WHERE state = 'open'"))


def find_waiting(
    tx: Tx,
    *,
    limit: int,
    offset: int = 0,
    person: str = "",
    item: str = "",
    topic: str = "",
    states: Iterable[str] = ("open",),
) -> tuple[list[QuestionRow], int]:
    """Return a page of questions of some states, the open ones, and their number.

    Questions of one maker (a name, an entry, a day) stand together; the makers of which an answer
    unlocks most come first, and what is of equal weight in order of the entries' dates. Of an item
    are those that cite it, and those about a name that waits in it.
    """
    where, values = [f"state IN {KEYS}"], [keys(states)]
    # Ids are letters, digits and a hyphen: quoted, they are found as they stand in the JSON.
    if person:
        where.append("instr(people, ?) > 0")
        values.append(json.dumps(person))
    if item:
        where.append(f"(instr(citations, ?) > 0 OR {USED_HERE})")
        values += [json.dumps(item), item]
    if topic:
        where.append(f"{TOPIC} = ?")
        values.append(topic)
    clause = " AND ".join(where)
    total = int(one(tx, f"SELECT count(*) FROM questions WHERE {clause}", *values))
    # The rows are long: only what orders them goes through the sort. An entry makes its questions in
    # the order of its text, and is their maker.
    order = rows(
        tx,
        "SELECT q.question FROM (SELECT question, maker, weight, rowid AS n,"
        f" max(weight) OVER (PARTITION BY maker, weight = 0) AS most FROM questions WHERE {clause}) q"
        " LEFT JOIN items i ON i.item = q.maker"
        " ORDER BY q.most DESC, coalesce(i.written_on, ''), q.maker, q.weight DESC, q.n LIMIT ? OFFSET ?",
        *values,
        limit,
        offset,
    )
    shown = [r[0] for r in order]
    found = {
        r[0]: QuestionRow._make(r)
        for r in rows(tx, f"SELECT {QUESTION_COLUMNS} FROM questions WHERE question IN {KEYS}", keys(shown))
    }
    return [found[q] for q in shown], total


def find_deferred(tx: Tx, limit: int, offset: int = 0) -> tuple[list[QuestionRow], int]:
    """Return a page of questions put off or never to be asked, and their number."""
    where = "state IN ('later', 'never')"
    total = int(one(tx, f"SELECT count(*) FROM questions WHERE {where}"))
    found = rows(
        tx,
        f"SELECT {QUESTION_COLUMNS} FROM questions WHERE {where}"
        " ORDER BY state, weight DESC, question LIMIT ? OFFSET ?",
        limit,
        offset,
    )
    return [QuestionRow._make(r) for r in found], total


def find_uses(
    tx: Tx, maker: str, group: str, form: str, limit: int, offset: int = 0
) -> tuple[list[UseRow], int]:
    """Return a page of the places that the question about a name form waits with, and their number.

    A form asked about by a question of its own in the same block is left out.
    """
    source = (
        "mentions m JOIN items i ON i.item = m.item WHERE m.block = ? AND i.group_key = ?"
        " AND m.state = 'ask' AND (m.form = ? OR m.form NOT IN (SELECT json_extract(subject, '$.form')"
        " FROM questions WHERE maker = ? AND json_extract(subject, '$.group') = ?"
        " AND json_extract(subject, '$.form') IS NOT NULL))"
    )
    values: list[Any] = [maker, group, form, maker, group]
    total = int(one(tx, f"SELECT count(*) FROM {source}", *values))
    found = rows(
        tx,
        f'SELECT m.item, m.start, m."end", m.quote FROM {source}'
        " ORDER BY i.written_on, m.item, m.start LIMIT ? OFFSET ?",
        *values,
        limit,
        offset,
    )
    return [UseRow._make(r) for r in found], total


def load_form_questions(tx: Tx, blocks: Iterable[str], group: str) -> list[tuple[str, QuestionRow]]:
    """Return (block, question) of questions about name forms of some blocks in one diary or volume.

    They are open, or about a single use.
    """
    found = rows(
        tx,
        f"SELECT maker, {QUESTION_COLUMNS} FROM questions WHERE maker IN {KEYS} AND state IN {KEYS}"
        " AND json_extract(subject, '$.group') = ? AND json_extract(subject, '$.form') IS NOT NULL"
        " ORDER BY weight DESC, question",
        keys(blocks),
        keys(ASKED),
        group,
    )
    return [(r[0], QuestionRow._make(r[1:])) for r in found]


def load_proposers(tx: Tx, items: Iterable[str]) -> dict[tuple[str, str, int, int], str]:
    """Return by (kind, item, start, end) which model proposed a finding of some items."""
    found = rows(
        tx,
        f'SELECT kind, item, start, "end", rule FROM findings WHERE item IN {KEYS} AND rule LIKE ?',
        keys(items),
        f"{PROPOSED_BY}%",
    )
    return {tuple(r[:4]): r[4].removeprefix(PROPOSED_BY) for r in found}


def load_makers(tx: Tx, questions: Iterable[str]) -> dict[str, str]:
    """Return what makes each question: a block of names, an item or a day."""
    return dict(rows(tx, f"SELECT question, maker FROM questions WHERE question IN {KEYS}", keys(questions)))


def count_settled(tx: Tx, since: str) -> int:
    """Return how many answers and verdicts since an instant (ISO, UTC) are in force."""
    return int(
        one(
            tx,
            "SELECT count(*) FROM judgements j WHERE j.made_at >= ?"
            " AND j.kind IN ('identify', 'same', 'reading')"
            " AND NOT EXISTS (SELECT 1 FROM judgements r WHERE r.kind = 'retract'"
            " AND json_extract(r.subject, '$.judgement') = j.judgement AND NOT EXISTS"
            " (SELECT 1 FROM judgements b WHERE b.kind = 'retract'"
            " AND json_extract(b.subject, '$.judgement') = r.judgement))",
            since,
        )
    )
