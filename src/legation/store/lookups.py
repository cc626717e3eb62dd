"""Every written SELECT of the views: functions that take a transaction and return plain rows.

Lists of keys travel as one JSON value (`json_each`), so that a statement is the same for three
keys and for three thousand, and no view asks once for every row it shows.
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
_KEYS = "(SELECT value FROM json_each(?))"


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
    person: str
    made_at: str
    seq: int


_ACCOUNT = (
    'a.account, a.item, a.start, a."end", a.quote, a.status, a.form, a."on", a.place, a.rule,'
    " a.score, a.state, a.encounter, a.people"
)
_MENTION = (
    'm.mention, m.item, m.start, m."end", m.quote, m.kind, m.form, m.block, m.person, m.state,'
    " m.rule, m.score, m.parts"
)
_ENCOUNTER = 'e.encounter, e."on", e.form, e.place, e.status, e.state'
_FACT = "fact, person, kind, value, start_on, end_on, citation, item"
_QUESTION = "question, kind, prompt, subject, options, citations, people, weight, state"
_EVENT = (
    'v.event, v.item, v.uid, v.summary, v."on", v.until, v.rrule, v.place, v.form, v.people,'
    " v.citation, coalesce(i.reading, '')"
)
_OCCASION = 'occasion, person, kind, "on", item, citation'
_JUDGEMENT = "judgement, kind, subject, value, made_by, person, made_at, seq"


def rows(tx: Tx, sql: str, *values: Any) -> list[Any]:
    """Run a SELECT with positional values on the driver itself; rows are plain tuples."""
    cursor = tx.connection.connection.cursor()
    try:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
    finally:
        cursor.close()


def one(tx: Tx, sql: str, *values: Any) -> Any:
    """Return the first value of the first row, or None."""
    found = rows(tx, sql, *values)
    return found[0][0] if found else None


def keys(values: Iterable[str]) -> str:
    """Return keys as the JSON that `_KEYS` takes."""
    return json.dumps(list(dict.fromkeys(values)))


# ── people ──────────────────────────────────────────────────────────────────────────────


def load_owner(tx: Tx) -> tuple[str, str]:
    """Return (id, name) of the owner: the row of origin `self`, else who wrote most entries.

    Both are "" where neither is known.
    """
    found = rows(tx, "SELECT person, name FROM people WHERE origin = 'self' LIMIT 1")
    if not found:
        found = rows(
            tx,
            "SELECT p.person, p.name FROM people p JOIN (SELECT author_person AS person, count(*) AS n"
            " FROM items WHERE kind = 'entry' AND author_person <> '' GROUP BY author_person"
            " ORDER BY n DESC, author_person LIMIT 1) a ON a.person = p.person",
        )
    return (found[0][0], found[0][1]) if found else ("", "")


def load_current_person(tx: Tx, person: str) -> str:
    """Return the id that a person has now, following merges; "" where there is no such person."""
    found = one(tx, "SELECT person FROM people WHERE person = ?", person)
    if found is None:
        found = one(tx, "SELECT p.person FROM person_ids d JOIN people p ON p.person = d.person WHERE d.old = ?", person)
    return found or ""


def load_old_ids(tx: Tx, person: str) -> list[str]:
    """Return the ids that lead to a person, beside its own."""
    return [r[0] for r in rows(tx, "SELECT old FROM person_ids WHERE person = ? ORDER BY old", person)]


def load_person(tx: Tx, person: str) -> tuple[str, str, str, str, str, str] | None:
    """Return (person, name, sort name, origin, citation, state)."""
    found = rows(tx, "SELECT person, name, sort_name, origin, citation, state FROM people WHERE person = ?", person)
    return tuple(found[0]) if found else None


def load_all_names(tx: Tx) -> list[tuple[str, str, str]]:
    """Return (person, name, sort name) of everybody, by sort name."""
    return rows(tx, "SELECT person, name, sort_name FROM people ORDER BY sort_name, person")


def load_name_facts(tx: Tx) -> list[tuple[str, str]]:
    """Return (person, other name) as cards give them."""
    return rows(tx, "SELECT person, value FROM person_facts WHERE kind IN ('name', 'nickname', 'alias')")


def load_names(tx: Tx, people: Iterable[str]) -> dict[str, str]:
    """Return the names of people by id."""
    return dict(rows(tx, f"SELECT person, name FROM people WHERE person IN {_KEYS}", keys(people)))  # noqa: S608


def load_called(tx: Tx, blocks: Iterable[str]) -> list[tuple[str, str, int]]:
    """Return (person, words, uses) of the mentions whose block is one of these."""
    return rows(
        tx,
        f"SELECT person, quote, count(*) FROM mentions WHERE block IN {_KEYS} AND person <> ''"  # noqa: S608
        " AND state IN ('read', 'sure') GROUP BY person, quote",
        keys(blocks),
    )


def load_facts(tx: Tx, people: Iterable[str], kinds: Iterable[str] = ()) -> list[FactRow]:
    """Return the facts of people, of these kinds or of all."""
    some = keys(kinds)
    only = "" if some == "[]" else f" AND kind IN {_KEYS}"
    found = rows(
        tx,
        f"SELECT {_FACT} FROM person_facts WHERE person IN {_KEYS}{only} ORDER BY person, kind, fact",  # noqa: S608
        *([keys(people)] if not only else [keys(people), some]),
    )
    return [FactRow._make(r) for r in found]


def load_fact(tx: Tx, fact: str) -> FactRow | None:
    """Return one fact of a person."""
    found = rows(tx, f"SELECT {_FACT} FROM person_facts WHERE fact = ?", fact)  # noqa: S608
    return FactRow._make(found[0]) if found else None


def load_dead(tx: Tx) -> list[tuple[str, str]]:
    """Return (person, day of death) where a card or text says it."""
    return rows(
        tx,
        "SELECT person, value FROM person_facts WHERE kind IN ('deathdate', 'death', 'died', 'x-deathdate')"
        ' UNION ALL SELECT person, "on" FROM occasions WHERE kind = \'death\'',
    )


# ── encounters ──────────────────────────────────────────────────────────────────────────


def load_met_with(tx: Tx, owner: str, until: str) -> list[tuple[str, str, str, str]]:
    """Return (person, on, form, encounter) of everybody met by the owner; undated ones too."""
    return rows(
        tx,
        'SELECT p.person, e."on", e.form, e.encounter FROM encounter_people s'
        " CROSS JOIN encounters e ON e.encounter = s.encounter"
        " CROSS JOIN encounter_people p ON p.encounter = s.encounter"
        ' WHERE s.person = ?1 AND p.person <> ?1 AND e."on" <= ?2',
        owner,
        until + PAST,
    )


def load_days_with(tx: Tx, owner: str, people: Iterable[str], until: str) -> list[tuple[str, str, str]]:
    """Return (person, day, form) of some people's meetings with the owner that have a day."""
    return rows(
        tx,
        'SELECT p.person, e."on", e.form FROM encounter_people p'  # noqa: S608
        " CROSS JOIN encounter_people s ON s.encounter = p.encounter AND s.person = ?"
        " CROSS JOIN encounters e ON e.encounter = p.encounter"
        f' WHERE p.person IN {_KEYS} AND p.person <> ? AND length(e."on") = 10 AND e."on" <= ?',
        owner,
        keys(people),
        owner,
        until,
    )


def load_meetings(tx: Tx, owner: str, person: str, until: str) -> list[tuple[str, str, str]]:
    """Return (on, form, encounter) of one person's meetings with the owner (all, without one)."""
    if not owner or owner == person:
        return rows(
            tx,
            'SELECT e."on", e.form, e.encounter FROM encounter_people p JOIN encounters e'
            ' ON e.encounter = p.encounter WHERE p.person = ? AND e."on" <= ?',
            person,
            until + PAST,
        )
    return rows(
        tx,
        'SELECT e."on", e.form, e.encounter FROM encounter_people p'
        " CROSS JOIN encounter_people s ON s.encounter = p.encounter AND s.person = ?"
        ' CROSS JOIN encounters e ON e.encounter = p.encounter WHERE p.person = ? AND e."on" <= ?',
        owner,
        person,
        until + PAST,
    )


def load_encounter_counts(tx: Tx, until: str, people: Iterable[str] | None = None) -> dict[str, tuple[int, str]]:
    """Return (encounters, last date or "") by person, of everybody or of these."""
    some = "" if people is None else f"p.person IN {_KEYS} AND "
    found = rows(
        tx,
        'SELECT p.person, count(*), max(e."on") FROM encounter_people p'  # noqa: S608
        f' JOIN encounters e ON e.encounter = p.encounter WHERE {some}e."on" <= ? GROUP BY p.person',
        *([] if people is None else [keys(people)]),
        until + PAST,
    )
    return {person: (count, last) for person, count, last in found}


def load_encounters(tx: Tx, ids: Iterable[str]) -> list[EncounterRow]:
    """Return encounters by id, newest first, those without a date last."""
    found = rows(
        tx,
        f'SELECT {_ENCOUNTER} FROM encounters e WHERE e.encounter IN {_KEYS} ORDER BY e."on" DESC, e.encounter',  # noqa: S608
        keys(ids),
    )
    return [EncounterRow._make(r) for r in found]


def find_encounters(
    tx: Tx, person: str, since: str, until: str, limit: int, offset: int
) -> tuple[list[EncounterRow], int]:
    """Return a page of encounters, newest first, and their number.

    `since` and `until` are ISO dates of any precision, or ""; an encounter known to the month is
    found by every day of it. Without a date it is found only where no date is asked for.
    """
    source = "encounters e"
    values: list[Any] = []
    where = ["1"]
    if person:
        source = "encounter_people p CROSS JOIN encounters e ON e.encounter = p.encounter"
        where.append("p.person = ?")
        values.append(person)
    dated, more = dates_between('e."on"', since, until)
    clause = " AND ".join(where + dated)
    values += more
    total = int(one(tx, f"SELECT count(*) FROM {source} WHERE {clause}", *values))  # noqa: S608
    found = rows(
        tx,
        f'SELECT {_ENCOUNTER} FROM {source} WHERE {clause} ORDER BY e."on" DESC, e.encounter LIMIT ? OFFSET ?',  # noqa: S608
        *values,
        limit,
        offset,
    )
    return [EncounterRow._make(r) for r in found], total


def dates_between(column: str, since: str, until: str) -> tuple[list[str], list[Any]]:
    """Return conditions and values: the date in `column` may lie between two ISO dates."""
    where: list[str] = []
    values: list[Any] = []
    if since or until:
        where.append(f"{column} <> ''")
    if since:
        # A range counts by its last day, a month or year by any day of it.
        last = f"CASE instr({column}, '/') WHEN 0 THEN {column} ELSE substr({column}, instr({column}, '/') + 1) END"
        where.append(f"{last} >= substr(?, 1, length({last}))")
        values.append(since)
    if until:
        where.append(f"{column} <= ?")
        values.append(until + PAST)
    return where, values


def load_owner_encounters(tx: Tx, owner: str, since: str, until: str) -> list[EncounterRow]:
    """Return the encounters of some days that the owner took part in (all, without an owner)."""
    if owner:
        found = rows(
            tx,
            f"SELECT {_ENCOUNTER} FROM encounters e JOIN encounter_people p ON p.encounter = e.encounter"  # noqa: S608
            ' AND p.person = ? WHERE e."on" BETWEEN ? AND ? ORDER BY e."on" DESC, e.encounter',
            owner,
            since,
            until,
        )
    else:
        found = rows(
            tx,
            f'SELECT {_ENCOUNTER} FROM encounters e WHERE e."on" BETWEEN ? AND ? ORDER BY e."on" DESC, e.encounter',  # noqa: S608
            since,
            until,
        )
    return [EncounterRow._make(r) for r in found]


def load_encounter_people(tx: Tx, encounters: Iterable[str]) -> list[tuple[str, str]]:
    """Return (encounter, person), those named by most accounts first."""
    return rows(
        tx,
        f"SELECT encounter, person FROM encounter_people WHERE encounter IN {_KEYS}"  # noqa: S608
        " ORDER BY encounter, accounts DESC, person",
        keys(encounters),
    )


def load_company(tx: Tx, person: str, owner: str, limit: int) -> list[tuple[str, int]]:
    """Return (person, encounters) of those with whom somebody is usually met."""
    return rows(
        tx,
        "SELECT o.person, count(*) AS n FROM encounter_people p"
        " CROSS JOIN encounter_people o ON o.encounter = p.encounter"
        " WHERE p.person = ?1 AND o.person NOT IN (?1, ?2) GROUP BY o.person"
        " ORDER BY n DESC, o.person LIMIT ?3",
        person,
        owner,
        limit,
    )


def load_first_met(tx: Tx, person: str) -> list[str]:
    """Return the encounters of a person whose accounts speak of an introduction."""
    return [
        r[0]
        for r in rows(
            tx,
            "SELECT DISTINCT a.encounter FROM encounter_people p"
            " CROSS JOIN accounts a ON a.encounter = p.encounter WHERE p.person = ? AND a.state <> 'rejected'"
            " AND (a.quote LIKE '%introduc%' OR a.quote LIKE '%first met%' OR a.quote LIKE '%first meeting%'"
            " OR a.quote LIKE '%made the acquaintance%' OR a.quote LIKE '%made his acquaintance%'"
            " OR a.quote LIKE '%made her acquaintance%' OR a.quote LIKE '%for the first time%')",
            person,
        )
    ]


def load_accounts_of(tx: Tx, encounters: Iterable[str]) -> list[AccountRow]:
    """Return the accounts of encounters, the best first."""
    found = rows(
        tx,
        f"SELECT {_ACCOUNT} FROM accounts a WHERE a.encounter IN {_KEYS}"  # noqa: S608
        " ORDER BY a.encounter, a.status <> 'held', a.score DESC, a.account",
        keys(encounters),
    )
    return [AccountRow._make(r) for r in found]


def load_item_accounts(tx: Tx, item: str) -> list[AccountRow]:
    """Return the accounts of an item, in order of the text."""
    found = rows(
        tx,
        f'SELECT {_ACCOUNT} FROM accounts a WHERE a.item = ? ORDER BY a.start, a."end" DESC, a.account',  # noqa: S608
        item,
    )
    return [AccountRow._make(r) for r in found]


def load_account(tx: Tx, account: str) -> AccountRow | None:
    """Return one account."""
    found = rows(tx, f"SELECT {_ACCOUNT} FROM accounts a WHERE a.account = ?", account)  # noqa: S608
    return AccountRow._make(found[0]) if found else None


def load_planned(tx: Tx, on: str) -> list[AccountRow]:
    """Return the accounts of meetings that were intended for a day."""
    found = rows(
        tx,
        f'SELECT {_ACCOUNT} FROM accounts a WHERE a."on" = ? AND a.status = \'planned\''  # noqa: S608
        " AND a.state IN ('read', 'sure') ORDER BY a.score DESC, a.account",
        on,
    )
    return [AccountRow._make(r) for r in found]


# ── mentions ────────────────────────────────────────────────────────────────────────────


def load_mention_counts(tx: Tx, people: Iterable[str] | None = None) -> dict[str, int]:
    """Return mentions by person, of everybody or of these."""
    if people is None:
        # The index alone answers this; the few rejected ones carry no person.
        return dict(rows(tx, "SELECT person, count(*) FROM mentions WHERE person <> '' GROUP BY person"))
    return dict(
        rows(tx, f"SELECT person, count(*) FROM mentions WHERE person IN {_KEYS} GROUP BY person", keys(people))  # noqa: S608
    )


def load_item_mentions(tx: Tx, item: str) -> list[MentionRow]:
    """Return the mentions of an item, in order of the text."""
    found = rows(
        tx, f'SELECT {_MENTION} FROM mentions m WHERE m.item = ? ORDER BY m.start, m."end" DESC, m.mention', item  # noqa: S608
    )
    return [MentionRow._make(r) for r in found]


def load_mentions(tx: Tx, ids: Iterable[str]) -> dict[str, MentionRow]:
    """Return mentions by id."""
    found = rows(tx, f"SELECT {_MENTION} FROM mentions m WHERE m.mention IN {_KEYS}", keys(ids))  # noqa: S608
    return {r[0]: MentionRow._make(r) for r in found}


def load_called_of(tx: Tx, person: str, limit: int) -> list[tuple[str, int, int, str, int, int]]:
    """Return (words, uses, 1 if confirmed, item, start, end) of how texts name a person.

    The place is the earliest use; most used first, names before descriptions.
    """
    found = rows(
        tx,
        "SELECT m.quote, count(*) AS n, max(m.state = 'sure'), m.item, m.start, m.\"end\","
        " min(m.kind <> 'name'), min(i.written_on || m.mention)"
        " FROM mentions m JOIN items i ON i.item = m.item"
        " WHERE m.person = ? AND m.state <> 'rejected' GROUP BY m.quote ORDER BY 7, n DESC, m.quote LIMIT ?",
        person,
        limit,
    )
    return [r[:6] for r in found]


def load_named_in(tx: Tx, person: str, until: str, limit: int) -> list[MentionRow]:
    """Return the latest mentions of a person, one an item, where no account of his stands."""
    found = rows(
        tx,
        f"SELECT {_MENTION}, min(m.start) FROM mentions m JOIN items i ON i.item = m.item"  # noqa: S608
        " WHERE m.person = ?1 AND m.state <> 'rejected' AND i.written_on <= ?2"
        " AND m.item NOT IN (SELECT a.item FROM encounter_people p CROSS JOIN accounts a"
        " ON a.encounter = p.encounter WHERE p.person = ?1)"
        " GROUP BY m.item ORDER BY i.written_on DESC, m.item LIMIT ?3",
        person,
        until + PAST,
        limit,
    )
    return [MentionRow._make(r[:-1]) for r in found]


def load_named_people(tx: Tx, items: Iterable[str]) -> list[tuple[str, str, int]]:
    """Return (item, person, mentions) of who is named in items, most often first."""
    return rows(
        tx,
        "SELECT item, person, count(*) AS n FROM mentions"  # noqa: S608
        f" WHERE item IN {_KEYS} AND person <> '' AND state IN ('read', 'sure')"
        " GROUP BY item, person ORDER BY item, n DESC, person",
        keys(items),
    )


# ── events and occasions ────────────────────────────────────────────────────────────────


def load_events_of_day(tx: Tx, on: str) -> list[EventRow]:
    """Return the events of a day, those that last over it, and those that may come round on it."""
    found = rows(
        tx,
        f"SELECT {_EVENT} FROM events v LEFT JOIN items i ON i.item = v.item"  # noqa: S608
        " WHERE (v.\"on\" = ?1 OR (v.\"on\" <> '' AND v.\"on\" <= ?1 AND (v.rrule <> '' OR v.until >= ?1)))"
        " ORDER BY v.\"on\", v.event",
        on,
    )
    return [EventRow._make(r) for r in found]


def load_events(tx: Tx, *, event: str = "", uids: Iterable[str] = (), item: str = "") -> list[EventRow]:
    """Return one event, those of some uids, or those of an item."""
    column, value = ("event", event) if event else ("item", item) if item else ("uid", "")
    if column == "uid":
        where, value = f"v.uid IN {_KEYS}", keys(uids)
    else:
        where = f"v.{column} = ?"
    found = rows(
        tx,
        f"SELECT {_EVENT} FROM events v LEFT JOIN items i ON i.item = v.item WHERE {where} ORDER BY v.\"on\", v.event",  # noqa: S608
        value,
    )
    return [EventRow._make(r) for r in found]


def load_readings(tx: Tx, readings: Iterable[str]) -> dict[str, bytes]:
    """Return what was read, as bytes, by the reading's id."""
    found = rows(tx, f"SELECT reading, data FROM readings WHERE reading IN {_KEYS}", keys(readings))  # noqa: S608
    return {reading: bytes(data) for reading, data in found}


def load_occasions(tx: Tx, person: str = "") -> list[OccasionRow]:
    """Return the occasions of everybody, or of one person."""
    where = " WHERE person = ?" if person else ""
    found = rows(tx, f"SELECT {_OCCASION} FROM occasions{where} ORDER BY occasion", *([person] if person else []))  # noqa: S608
    return [OccasionRow._make(r) for r in found]


def load_occasion(tx: Tx, occasion: str) -> OccasionRow | None:
    """Return one occasion."""
    found = rows(tx, f"SELECT {_OCCASION} FROM occasions WHERE occasion = ?", occasion)  # noqa: S608
    return OccasionRow._make(found[0]) if found else None


# ── items ───────────────────────────────────────────────────────────────────────────────


def load_items(tx: Tx, items: Iterable[str]) -> dict[str, ItemRow]:
    """Return kind, title and date of items."""
    found = rows(tx, f"SELECT item, kind, title, written_on FROM items WHERE item IN {_KEYS}", keys(items))  # noqa: S608
    return {r[0]: ItemRow._make(r) for r in found}


def load_bodies(tx: Tx, items: Iterable[str]) -> dict[str, str]:
    """Return the whole texts of items (NUL kept: SQL functions would stop at it)."""
    return dict(rows(tx, f"SELECT item, body FROM texts WHERE item IN {_KEYS}", keys(items)))  # noqa: S608


def load_item(tx: Tx, item: str) -> dict[str, Any] | None:
    """Return the whole row of an item."""
    found = tx.load("items", item=item)
    return found[0] if found else None


def find_entries(tx: Tx, kind: str, year: str, limit: int, offset: int) -> tuple[list[ItemRow], int]:
    """Return a page of items, newest first, and their number; without a kind, what was written."""
    where = f"kind IN {_KEYS}"
    values: list[Any] = [keys([kind] if kind else WRITTEN)]
    if year:
        where += " AND written_on >= ? AND written_on <= ?"
        values += [year, year + PAST]
    total = int(one(tx, f"SELECT count(*) FROM items WHERE {where}", *values))  # noqa: S608
    found = rows(
        tx,
        f"SELECT item, kind, title, written_on FROM items WHERE {where}"  # noqa: S608
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
        f"SELECT substr(written_on, 1, 4) AS y, count(*) FROM items WHERE kind IN {_KEYS} AND written_on <> ''"  # noqa: S608
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
            "SELECT item, kind, title, written_on FROM items WHERE kind = ? AND author = ?"  # noqa: S608
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
        f"SELECT item, count(DISTINCT encounter) FROM accounts WHERE item IN {_KEYS} AND encounter <> ''"  # noqa: S608
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
    written = int(one(tx, f"SELECT count(*) FROM items WHERE kind IN {_KEYS}", keys(WRITTEN)))  # noqa: S608
    return people, written


# ── questions and judgements ────────────────────────────────────────────────────────────


def find_questions(tx: Tx, limit: int, offset: int, person: str = "", item: str = "") -> tuple[list[QuestionRow], int]:
    """Return open questions, those that unlock most first, and their number."""
    where, values = "state = 'open'", []
    # Ids are letters, digits and a hyphen: quoted, they are found as they stand in the JSON.
    if person:
        where += " AND instr(people, ?) > 0"
        values.append(json.dumps(person))
    if item:
        where += " AND instr(citations, ?) > 0"
        values.append('"item":' + json.dumps(item))
    total = int(one(tx, f"SELECT count(*) FROM questions WHERE {where}", *values))  # noqa: S608
    found = rows(
        tx,
        f"SELECT {_QUESTION} FROM questions WHERE {where} ORDER BY weight DESC, question LIMIT ? OFFSET ?",  # noqa: S608
        *values,
        limit,
        offset,
    )
    return [QuestionRow._make(r) for r in found], total


def load_question(tx: Tx, question: str) -> QuestionRow | None:
    """Return one question, whatever its state."""
    found = rows(tx, f"SELECT {_QUESTION} FROM questions WHERE question = ?", question)  # noqa: S608
    return QuestionRow._make(found[0]) if found else None


def load_question_counts(tx: Tx, items: Iterable[str]) -> dict[str, int]:
    """Return how many open questions stand in each item."""
    found = rows(
        tx,
        "SELECT json_extract(c.value, '$.item') AS item, count(DISTINCT q.question)"  # noqa: S608
        " FROM questions q, json_each(q.citations) c WHERE q.state = 'open'"
        f" AND json_extract(c.value, '$.item') IN {_KEYS} GROUP BY 1",
        keys(items),
    )
    return dict(found)


def load_judgements(tx: Tx) -> list[JudgementRow]:
    """Return every judgement, the latest first."""
    found = rows(tx, f"SELECT {_JUDGEMENT} FROM judgements ORDER BY seq DESC")  # noqa: S608
    return [JudgementRow._make(r) for r in found]


def load_arrival(tx: Tx, arrival: str) -> tuple[str, str, str, str] | None:
    """Return (source, path, part, arrived at) of an arrival."""
    found = rows(tx, "SELECT source, path, part, arrived_at FROM arrivals WHERE arrival = ?", arrival)
    return tuple(found[0]) if found else None


def count_versions(tx: Tx, item: str) -> int:
    """Return how many times an item arrived."""
    return int(one(tx, "SELECT count(*) FROM arrivals WHERE item = ?", item))
