"""Every written SELECT on people, encounters, accounts and mentions: plain rows for the views."""

# ruff: noqa: S608 - only constants of ours are put into statements; values go as parameters

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from legation.store.rows import (
    ACCOUNT_COLUMNS,
    ENCOUNTER_COLUMNS,
    FACT_COLUMNS,
    KEYS,
    MENTION_COLUMNS,
    PAST,
    AccountRow,
    EncounterRow,
    FactRow,
    MentionRow,
    dates_between,
    keys,
    one,
    rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from legation.store.tx import Tx


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
        found = one(
            tx,
            "SELECT p.person FROM person_ids d JOIN people p ON p.person = d.person WHERE d.old = ?",
            person,
        )
    return found or ""


def load_old_ids(tx: Tx, person: str) -> list[str]:
    """Return the ids that lead to a person, beside its own."""
    return [r[0] for r in rows(tx, "SELECT old FROM person_ids WHERE person = ? ORDER BY old", person)]


def load_person(tx: Tx, person: str) -> tuple[str, str, str, str, str, str] | None:
    """Return (person, name, sort name, origin, citation, state)."""
    found = rows(
        tx,
        "SELECT person, name, sort_name, origin, citation, state FROM people WHERE person = ?",
        person,
    )
    return tuple(found[0]) if found else None


def load_all_names(tx: Tx) -> list[tuple[str, str, str]]:
    """Return (person, name, sort name) of everybody, by sort name."""
    return rows(tx, "SELECT person, name, sort_name FROM people ORDER BY sort_name, person")


def load_name_facts(tx: Tx) -> list[tuple[str, str]]:
    """Return (person, other name) as cards give them."""
    return rows(tx, "SELECT person, value FROM person_facts WHERE kind IN ('name', 'nickname', 'alias')")


def load_circles(tx: Tx) -> list[tuple[str, str]]:
    """Return (person, circle) as the categories of cards give them."""
    return rows(
        tx,
        "SELECT DISTINCT person, value FROM person_facts WHERE kind IN ('category', 'categories')"
        " AND value <> '' ORDER BY person, value",
    )


def load_names(tx: Tx, people: Iterable[str]) -> dict[str, str]:
    """Return the names of people by id."""
    return dict(rows(tx, f"SELECT person, name FROM people WHERE person IN {KEYS}", keys(people)))


def load_called(tx: Tx, blocks: Iterable[str]) -> list[tuple[str, str]]:
    """Return (person, words) of the mentions whose block is one of these."""
    return rows(
        tx,
        f"SELECT DISTINCT person, quote FROM mentions WHERE block IN {KEYS} AND person <> ''"
        " AND state IN ('read', 'sure')",
        keys(blocks),
    )


def load_called_words(tx: Tx, words: str) -> list[tuple[str, str]]:
    """Return (person, words) of the mentions that have these words; looks at every mention."""
    return rows(
        tx,
        "SELECT DISTINCT person, quote FROM mentions WHERE quote = ? COLLATE NOCASE AND person <> ''"
        " AND state IN ('read', 'sure')",
        words,
    )


def load_facts(tx: Tx, people: Iterable[str], kinds: Iterable[str] = ()) -> list[FactRow]:
    """Return the facts of people, of these kinds or of all."""
    some = keys(kinds)
    only = "" if some == "[]" else f" AND kind IN {KEYS}"
    found = rows(
        tx,
        f"SELECT {FACT_COLUMNS} FROM person_facts WHERE person IN {KEYS}{only} ORDER BY person, kind, fact",
        *([keys(people)] if not only else [keys(people), some]),
    )
    return [FactRow._make(r) for r in found]


def load_fact(tx: Tx, fact: str) -> FactRow | None:
    """Return one fact of a person."""
    found = rows(tx, f"SELECT {FACT_COLUMNS} FROM person_facts WHERE fact = ?", fact)
    return FactRow._make(found[0]) if found else None


def load_people_of_uids(tx: Tx, uids: Iterable[str]) -> dict[str, str]:
    """Return the people whose cards have these UIDs."""
    return dict(
        rows(
            tx,
            f"SELECT value, person FROM person_facts WHERE kind = 'uid' AND value IN {KEYS}",
            keys(uids),
        )
    )


def load_dead(tx: Tx) -> list[tuple[str, str]]:
    """Return (person, day of death) where a card or text says it."""
    return rows(
        tx,
        "SELECT person, value FROM person_facts WHERE kind IN ('deathdate', 'death', 'died', 'x-deathdate')"
        " UNION ALL SELECT person, \"on\" FROM occasions WHERE kind = 'death'",
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
        'SELECT p.person, e."on", e.form FROM encounter_people p'
        " CROSS JOIN encounter_people s ON s.encounter = p.encounter AND s.person = ?"
        " CROSS JOIN encounters e ON e.encounter = p.encounter"
        f' WHERE p.person IN {KEYS} AND p.person <> ? AND length(e."on") = 10 AND e."on" <= ?',
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


def load_encounter_counts(
    tx: Tx, until: str, people: Iterable[str] | None = None
) -> dict[str, tuple[int, str]]:
    """Return (encounters, last date or "") by person, of everybody or of these."""
    some = "" if people is None else f"p.person IN {KEYS} AND "
    found = rows(
        tx,
        'SELECT p.person, count(*), max(e."on") FROM encounter_people p'
        f' JOIN encounters e ON e.encounter = p.encounter WHERE {some}e."on" <= ? GROUP BY p.person',
        *([] if people is None else [keys(people)]),
        until + PAST,
    )
    return {person: (count, last) for person, count, last in found}


def load_encounters(tx: Tx, ids: Iterable[str]) -> list[EncounterRow]:
    """Return encounters by id, newest first, those without a date last."""
    found = rows(
        tx,
        f"SELECT {ENCOUNTER_COLUMNS} FROM encounters e"
        f' WHERE e.encounter IN {KEYS} ORDER BY e."on" DESC, e.encounter',
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
    total = int(one(tx, f"SELECT count(*) FROM {source} WHERE {clause}", *values))
    found = rows(
        tx,
        f"SELECT {ENCOUNTER_COLUMNS} FROM {source}"
        f' WHERE {clause} ORDER BY e."on" DESC, e.encounter LIMIT ? OFFSET ?',
        *values,
        limit,
        offset,
    )
    return [EncounterRow._make(r) for r in found], total


def load_owner_encounters(tx: Tx, owner: str, since: str, until: str) -> list[EncounterRow]:
    """Return the encounters of some days that the owner took part in (all, without an owner)."""
    if owner:
        found = rows(
            tx,
            f"SELECT {ENCOUNTER_COLUMNS} FROM encounters e"
            " CROSS JOIN encounter_people p ON p.encounter = e.encounter"
            ' AND p.person = ? WHERE e."on" BETWEEN ? AND ? ORDER BY e."on" DESC, e.encounter',
            owner,
            since,
            until,
        )
    else:
        found = rows(
            tx,
            f"SELECT {ENCOUNTER_COLUMNS} FROM encounters e"
            ' WHERE e."on" BETWEEN ? AND ? ORDER BY e."on" DESC, e.encounter',
            since,
            until,
        )
    return [EncounterRow._make(r) for r in found]


def load_encounter_people(tx: Tx, encounters: Iterable[str]) -> list[tuple[str, str]]:
    """Return (encounter, person), those named by most accounts first."""
    return rows(
        tx,
        f"SELECT encounter, person FROM encounter_people WHERE encounter IN {KEYS}"
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
        f"SELECT {ACCOUNT_COLUMNS} FROM accounts a WHERE a.encounter IN {KEYS}"
        " ORDER BY a.encounter, a.status <> 'held', a.score DESC, a.account",
        keys(encounters),
    )
    return [AccountRow._make(r) for r in found]


def load_item_accounts(tx: Tx, item: str) -> list[AccountRow]:
    """Return the accounts of an item, in order of the text."""
    found = rows(
        tx,
        f"SELECT {ACCOUNT_COLUMNS} FROM accounts a"
        ' WHERE a.item = ? ORDER BY a.start, a."end" DESC, a.account',
        item,
    )
    return [AccountRow._make(r) for r in found]


def load_account(tx: Tx, account: str) -> AccountRow | None:
    """Return one account."""
    found = rows(tx, f"SELECT {ACCOUNT_COLUMNS} FROM accounts a WHERE a.account = ?", account)
    return AccountRow._make(found[0]) if found else None


def load_planned(tx: Tx, on: str) -> list[AccountRow]:
    """Return the accounts of meetings that were intended for a day."""
    found = rows(
        tx,
        f"SELECT {ACCOUNT_COLUMNS} FROM accounts a WHERE a.\"on\" = ? AND a.status = 'planned'"
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
        rows(
            tx,
            f"SELECT person, count(*) FROM mentions WHERE person IN {KEYS} GROUP BY person",
            keys(people),
        )
    )


def load_item_mentions(tx: Tx, item: str) -> list[MentionRow]:
    """Return the mentions of an item, in order of the text."""
    found = rows(
        tx,
        f"SELECT {MENTION_COLUMNS} FROM mentions m"
        ' WHERE m.item = ? ORDER BY m.start, m."end" DESC, m.mention',
        item,
    )
    return [MentionRow._make(r) for r in found]


def load_mentions(tx: Tx, ids: Iterable[str]) -> dict[str, MentionRow]:
    """Return mentions by id."""
    found = rows(tx, f"SELECT {MENTION_COLUMNS} FROM mentions m WHERE m.mention IN {KEYS}", keys(ids))
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
        f"SELECT {MENTION_COLUMNS}, min(m.start) FROM mentions m JOIN items i ON i.item = m.item"
        " WHERE m.person = ?1 AND m.state <> 'rejected' AND i.written_on <= ?2"
        " AND i.kind IN ('entry', 'paper', 'note', 'message')"
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
        "SELECT item, person, count(*) AS n FROM mentions"
        f" WHERE item IN {KEYS} AND person <> '' AND state IN ('read', 'sure')"
        " GROUP BY item, person ORDER BY item, n DESC, person",
        keys(items),
    )


def load_mention_places(tx: Tx, person: str) -> set[tuple[str, int]]:
    """Return where a person is named: (item, start)."""
    return {(r[0], r[1]) for r in rows(tx, "SELECT item, start FROM mentions WHERE person = ?", person)}


def count_form(tx: Tx, form: str, group: str) -> int:
    """Return how many mentions of a diary or volume have a form."""
    return int(
        one(
            tx,
            "SELECT count(*) FROM mentions m JOIN items i ON i.item = m.item"
            " WHERE m.form = ? AND i.group_key = ?",
            form,
            group,
        )
    )


def load_refs(tx: Tx) -> list[tuple[str, str]]:
    """Return (reference as JSON, person) of everybody known beforehand."""
    return rows(
        tx,
        "SELECT r.value, k.person FROM known k, json_each(k.data, '$.refs') r",
    )
