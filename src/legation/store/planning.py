"""Every written SELECT that only planning needs: where people were met, with whom, and what is intended."""

# ruff: noqa: S608 - only constants of ours are put into statements; values go as parameters

from __future__ import annotations

from typing import TYPE_CHECKING

from legation.store.rows import KEYS, PAST, keys, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from legation.store.tx import Tx


def load_places_with(tx: Tx, owner: str, until: str) -> list[tuple[str, str, str]]:
    """Return (person, on, place) of the owner's encounters up to a day that have a place, oldest first."""
    return rows(
        tx,
        'SELECT p.person, e."on", e.place FROM encounter_people s'
        " CROSS JOIN encounters e ON e.encounter = s.encounter AND e.place <> ''"
        " CROSS JOIN encounter_people p ON p.encounter = s.encounter"
        ' WHERE s.person = ?1 AND p.person <> ?1 AND e."on" <= ?2 ORDER BY e."on", p.person',
        owner,
        until + PAST,
    )


def load_words_of(tx: Tx, people: Iterable[str]) -> list[tuple[str, str, int]]:
    """Return (person, words, uses) of how texts call people where it begins with "my" or "our"."""
    return rows(
        tx,
        "SELECT person, quote, count(*) FROM mentions"
        f" WHERE person IN {KEYS} AND (quote LIKE 'my %' OR quote LIKE 'our %') AND state <> 'rejected'"
        " GROUP BY person, quote",
        keys(people),
    )


def load_blocks(tx: Tx, people: Iterable[str]) -> dict[str, str]:
    """Return the block of people: of kin it says whose and which."""
    return dict(rows(tx, f"SELECT person, block FROM people WHERE person IN {KEYS}", keys(people)))


def load_relations(tx: Tx) -> list[tuple[str, str, str]]:
    """Return (person, whose UID the card names, citation as JSON) of every RELATED line."""
    return rows(tx, "SELECT person, value, citation FROM person_facts WHERE kind = 'relation' ORDER BY fact")


def load_company(tx: Tx, owner: str, until: str) -> list[tuple[str, str, str]]:
    """Return (encounter, on, person) of the owner's encounters up to a day, without the owner."""
    return rows(
        tx,
        'SELECT e.encounter, e."on", p.person FROM encounter_people s'
        " CROSS JOIN encounters e ON e.encounter = s.encounter"
        " CROSS JOIN encounter_people p ON p.encounter = s.encounter"
        ' WHERE s.person = ?1 AND p.person <> ?1 AND e."on" <= ?2 ORDER BY e.encounter, p.person',
        owner,
        until + PAST,
    )


def load_pairs_asked(tx: Tx, people: Iterable[str]) -> list[tuple[str, str]]:
    """Return two of some people wherever it is an open question whether they are one person."""
    return rows(
        tx,
        "SELECT DISTINCT json_extract(people, '$[0]') AS one, json_extract(people, '$[1]') AS other"
        " FROM questions WHERE kind = 'same' AND state = 'open' AND json_array_length(people) = 2"
        " AND json_extract(subject, '$.a') IS NOT NULL"
        f" AND one IN {KEYS} AND other IN {KEYS} AND one <> other ORDER BY one, other",
        (given := keys(people)),
        given,
    )


def load_intended(tx: Tx, since: str, until: str) -> list[tuple[str, str, str, str, str, str, str]]:
    """Return (account, on, form, place, people as JSON, quote, written on) of what was only intended.

    Of encounters intended for some days; the text that says so was written before the first of them.
    """
    return rows(
        tx,
        'SELECT a.account, a."on", a.form, a.place, a.people, a.quote, i.written_on FROM accounts a'
        ' JOIN items i ON i.item = a.item WHERE a."on" >= ?1 AND a."on" <= ?2 AND length(a."on") = 10'
        " AND a.status = 'planned' AND a.state IN ('read', 'sure') AND i.written_on <= ?1"
        ' ORDER BY a."on", a.score DESC, a.account',
        since,
        until,
    )


def load_told_of(
    tx: Tx, kinds: Iterable[str], until: str, states: Iterable[str] = ("read", "sure")
) -> list[tuple[str, str, str, str, str]]:
    """Return (person, kind, on, written on, quote) of occasions that texts tell up to a day, oldest first."""
    return rows(
        tx,
        'SELECT p.person, f.what, f."on", i.written_on, f.quote FROM findings f'
        " JOIN finding_people p ON p.finding = f.finding AND p.role = 'person' AND p.person <> ''"
        f" JOIN items i ON i.item = f.item WHERE f.kind = 'occasion' AND f.what IN {KEYS}"
        f" AND f.status IN ('held', 'reported') AND f.state IN {KEYS}"
        " AND i.written_on <> '' AND i.written_on <= ? ORDER BY i.written_on, f.finding",
        keys(kinds),
        keys(states),
        until,
    )
