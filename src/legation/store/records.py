"""Every written SELECT on items, events, occasions, questions and judgements: plain rows."""

# ruff: noqa: S608 - only constants of ours are put into statements; values go as parameters

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from legation.store.rows import (
    EVENT_COLUMNS,
    JUDGEMENT_COLUMNS,
    KEYS,
    OCCASION_COLUMNS,
    PAST,
    QUESTION_COLUMNS,
    WRITTEN,
    EventRow,
    ItemRow,
    JudgementRow,
    OccasionRow,
    QuestionRow,
    keys,
    one,
    rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from legation.store.tx import Tx


# ── events and occasions ────────────────────────────────────────────────────────────────


def load_events_of_day(tx: Tx, on: str) -> list[EventRow]:
    """Return the events of a day, those that last over it, and those that may come round on it."""
    found = rows(
        tx,
        f"SELECT {EVENT_COLUMNS} FROM events v LEFT JOIN items i ON i.item = v.item"
        ' WHERE (v."on" = ?1 OR (v."on" <> \'\' AND v."on" <= ?1 AND (v.rrule <> \'\' OR v.until >= ?1)))'
        ' ORDER BY v."on", v.event',
        on,
    )
    return [EventRow._make(r) for r in found]


def load_events(tx: Tx, *, event: str = "", uids: Iterable[str] = (), item: str = "") -> list[EventRow]:
    """Return one event, those of some uids, or those of an item."""
    column, value = ("event", event) if event else ("item", item) if item else ("uid", "")
    if column == "uid":
        where, value = f"v.uid IN {KEYS}", keys(uids)
    else:
        where = f"v.{column} = ?"
    found = rows(
        tx,
        f"SELECT {EVENT_COLUMNS} FROM events v LEFT JOIN items i ON i.item = v.item"
        f' WHERE {where} ORDER BY v."on", v.event',
        value,
    )
    return [EventRow._make(r) for r in found]


def load_readings(tx: Tx, readings: Iterable[str]) -> dict[str, bytes]:
    """Return what was read, as bytes, by the reading's id."""
    found = rows(tx, f"SELECT reading, data FROM readings WHERE reading IN {KEYS}", keys(readings))
    return {reading: bytes(data) for reading, data in found}


def load_occasions(tx: Tx, person: str = "") -> list[OccasionRow]:
    """Return the occasions of everybody, or of one person."""
    where = " WHERE person = ?" if person else ""
    found = rows(
        tx,
        f"SELECT {OCCASION_COLUMNS} FROM occasions{where} ORDER BY occasion",
        *([person] if person else []),
    )
    return [OccasionRow._make(r) for r in found]


def load_occasion(tx: Tx, occasion: str) -> OccasionRow | None:
    """Return one occasion."""
    found = rows(tx, f"SELECT {OCCASION_COLUMNS} FROM occasions WHERE occasion = ?", occasion)
    return OccasionRow._make(found[0]) if found else None


# ── items ───────────────────────────────────────────────────────────────────────────────


def load_items(tx: Tx, items: Iterable[str]) -> dict[str, ItemRow]:
    """Return kind, title and date of items."""
    found = rows(tx, f"SELECT item, kind, title, written_on FROM items WHERE item IN {KEYS}", keys(items))
    return {r[0]: ItemRow._make(r) for r in found}


def load_bodies(tx: Tx, items: Iterable[str]) -> dict[str, str]:
    """Return the whole texts of items (NUL kept: SQL functions would stop at it)."""
    return dict(rows(tx, f"SELECT item, body FROM texts WHERE item IN {KEYS}", keys(items)))


def load_item(tx: Tx, item: str) -> dict[str, Any] | None:
    """Return the whole row of an item."""
    found = tx.load("items", item=item)
    return found[0] if found else None


def find_entries(tx: Tx, kind: str, year: str, limit: int, offset: int) -> tuple[list[ItemRow], int]:
    """Return a page of items, newest first, and their number; without a kind, what was written."""
    where = f"kind IN {KEYS}"
    values: list[Any] = [keys([kind] if kind else WRITTEN)]
    if year:
        where += " AND written_on >= ? AND written_on <= ?"
        values += [year, year + PAST]
    total = int(one(tx, f"SELECT count(*) FROM items WHERE {where}", *values))
    found = rows(
        tx,
        f"SELECT item, kind, title, written_on FROM items WHERE {where}"
        " ORDER BY written_on DESC, path DESC, ordinal DESC, part DESC LIMIT ? OFFSET ?",
        *values,
        limit,
        offset,
    )
    return [ItemRow._make(r) for r in found], total


def load_years(tx: Tx) -> list[tuple[str, int]]:
    """Return (year, number) of what was written, oldest first; what has no date is left out."""
    return rows(
        tx,
        f"SELECT substr(written_on, 1, 4) AS y, count(*) FROM items WHERE kind IN {KEYS} AND written_on <> ''"
        " GROUP BY y ORDER BY y",
        keys(WRITTEN),
    )


def load_neighbours(tx: Tx, item: dict[str, Any]) -> tuple[ItemRow | None, ItemRow | None]:
    """Return the items before and after one, of the same kind and author, by date."""
    place = (item["written_on"], item["path"], item["ordinal"], item["part"])
    sides: list[ItemRow | None] = []
    for sign, order in (("<", "DESC"), (">", "ASC")):
        found = rows(
            tx,
            "SELECT item, kind, title, written_on FROM items WHERE kind = ? AND author = ?"
            f" AND written_on {sign}= ? AND (written_on, path, ordinal, part) {sign} (?, ?, ?, ?)"
            f" ORDER BY written_on {order}, path {order}, ordinal {order}, part {order} LIMIT 1",
            item["kind"],
            item["author"],
            item["written_on"],
            *place,
        )
        sides.append(ItemRow._make(found[0]) if found else None)
    return sides[0], sides[1]


def load_item_encounters(tx: Tx, items: Iterable[str]) -> dict[str, int]:
    """Return how many encounters each item tells of."""
    found = rows(
        tx,
        f"SELECT item, count(DISTINCT encounter) FROM accounts WHERE item IN {KEYS} AND encounter <> ''"
        " GROUP BY item",
        keys(items),
    )
    return dict(found)


def load_problems(tx: Tx, item: str) -> list[tuple[str, str, str]]:
    """Return (code, message, hint) of an item's problems."""
    return rows(tx, "SELECT code, message, hint FROM problems WHERE item = ? ORDER BY number", item)


def count_all(tx: Tx) -> tuple[int, int]:
    """Return the numbers of people and of what was written."""
    people = int(one(tx, "SELECT count(*) FROM people"))
    written = int(one(tx, f"SELECT count(*) FROM items WHERE kind IN {KEYS}", keys(WRITTEN)))
    return people, written


# ── questions and judgements ────────────────────────────────────────────────────────────


def find_questions(
    tx: Tx, limit: int, offset: int, person: str = "", item: str = ""
) -> tuple[list[QuestionRow], int]:
    """Return open questions, those that unlock most first, and their number."""
    where, values = "state = 'open'", []
    # Ids are letters, digits and a hyphen: quoted, they are found as they stand in the JSON.
    if person:
        where += " AND instr(people, ?) > 0"
        values.append(json.dumps(person))
    if item:
        where += " AND instr(citations, ?) > 0"
        values.append(json.dumps(item))
    total = int(one(tx, f"SELECT count(*) FROM questions WHERE {where}", *values))
    found = rows(
        tx,
        f"SELECT {QUESTION_COLUMNS} FROM questions"
        f" WHERE {where} ORDER BY weight DESC, question LIMIT ? OFFSET ?",
        *values,
        limit,
        offset,
    )
    return [QuestionRow._make(r) for r in found], total


def load_question(tx: Tx, question: str) -> QuestionRow | None:
    """Return one question, whatever its state."""
    found = rows(tx, f"SELECT {QUESTION_COLUMNS} FROM questions WHERE question = ?", question)
    return QuestionRow._make(found[0]) if found else None


def load_question_counts(tx: Tx, items: Iterable[str]) -> dict[str, int]:
    """Return how many open questions stand in each item."""
    found = rows(
        tx,
        "SELECT json_extract(c.value, '$.item') AS item, count(DISTINCT q.question)"
        " FROM questions q, json_each(q.citations) c WHERE q.state = 'open'"
        f" AND json_extract(c.value, '$.item') IN {KEYS} GROUP BY 1",
        keys(items),
    )
    return dict(found)


def load_judgements(tx: Tx) -> list[JudgementRow]:
    """Return every judgement, the latest first."""
    found = rows(tx, f"SELECT {JUDGEMENT_COLUMNS} FROM judgements ORDER BY seq DESC")
    return [JudgementRow._make(r) for r in found]


def load_arrival(tx: Tx, arrival: str) -> tuple[str, str, str, str] | None:
    """Return (source, path, part, arrived at) of an arrival."""
    found = rows(tx, "SELECT source, path, part, arrived_at FROM arrivals WHERE arrival = ?", arrival)
    return tuple(found[0]) if found else None


def count_versions(tx: Tx, item: str) -> int:
    """Return how many times an item arrived."""
    return int(one(tx, "SELECT count(*) FROM arrivals WHERE item = ?", item))
