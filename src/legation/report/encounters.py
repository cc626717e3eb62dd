"""Encounters and planned meetings as views: who, when, where, and each account's own words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from legation.facts.when import When
from legation.report.links import Links
from legation.report.saying import parse_when
from legation.report.views import EncounterView, PersonLink
from legation.store import lookups
from legation.store.rows import AccountRow, EncounterRow
from legation.store.tx import Tx


def precision_of(on: str) -> str:
    """Return how far a date is known: day, month, year, range, or "" for no date."""
    when = parse_when(on)
    return when.precision if when else ""


def check_date(value: str) -> str:
    """Return an ISO date given by a user as it is compared.

    Raises:
        UsageError: it is none.
    """
    from legation.facts.errors import UsageError  # noqa: PLC0415 - only where something is wrong

    if not value:
        return ""
    try:
        return When(value).value
    except ValueError:
        raise UsageError(f"“{value}” is no date.", "Write 1938, 1938-08 or 1938-08-26.") from None


def first_of(value: str) -> str:
    """Return the first day that a date allows, "" for no date."""
    when = parse_when(value)
    return when.first.isoformat() if when else ""


def last_of(value: str) -> str:
    """Return the last day that a date allows, "" for no date."""
    when = parse_when(value)
    return when.last.isoformat() if when else ""


def unknown_names(accounts: Iterable[AccountRow], quotes: dict[str, str]) -> tuple[str, ...]:
    """Return, as written, those who took part and are not known; once each."""
    found: dict[str, None] = {}
    for account in accounts:
        for mention, person, _ in json.loads(account.people):
            if not person and mention in quotes:
                found[quotes[mention]] = None
    return tuple(found)


def unknown_mentions(accounts: Iterable[AccountRow]) -> list[str]:
    """Return the mentions in accounts that lead to nobody yet."""
    return [m for a in accounts for m, person, _ in json.loads(a.people) if m and not person]


def encounter_views(
    tx: Tx, links: Links, found: Sequence[EncounterRow], owner: str
) -> tuple[EncounterView, ...]:
    """Return encounters as views, in the order given; the owner is not among the people."""
    ids = [e.encounter for e in found]
    people: dict[str, list[str]] = {}
    for encounter, person in lookups.load_encounter_people(tx, ids):
        people.setdefault(encounter, []).append(person)
    accounts: dict[str, list[AccountRow]] = {}
    for account in lookups.load_accounts_of(tx, ids):
        accounts.setdefault(account.encounter, []).append(account)
    every = [a for of in accounts.values() for a in of]
    quotes = {m: row.quote for m, row in lookups.load_mentions(tx, unknown_mentions(every)).items()}
    links.need_people(p for of in people.values() for p in of)
    links.need_items(a.item for a in every)
    return tuple(
        EncounterView(
            id=e.encounter,
            on=e.on,
            precision=precision_of(e.on),
            form=e.form,
            place=e.place,
            status=e.status,
            state=e.state,  # type: ignore[arg-type]
            people=tuple(links.person(p, e.on) for p in people.get(e.encounter, ()) if p != owner),
            accounts=tuple(
                links.words(a.item, a.start, a.end, a.quote) for a in accounts.get(e.encounter, ())
            ),
            owner_there=owner in people.get(e.encounter, ()),
            unknown=unknown_names(accounts.get(e.encounter, ()), quotes),
        )
        for e in found
    )


def account_view(links: Links, account: AccountRow, owner: str, quotes: dict[str, str]) -> EncounterView:
    """Return one account that is no encounter (planned, denied) as a view."""
    people = [p for _, p, _ in json.loads(account.people) if p]
    return EncounterView(
        id=account.account,
        on=account.on,
        precision=precision_of(account.on),
        form=account.form,
        place=account.place,
        status=account.status,
        state=account.state,  # type: ignore[arg-type]
        people=tuple(links.person(p, account.on) for p in dict.fromkeys(people) if p != owner),
        accounts=(links.words(account.item, account.start, account.end, account.quote),),
        owner_there=owner in people,
        unknown=unknown_names([account], quotes),
    )


def encounters_view(
    tx: Tx, owner: str, today: str, *, person: str, since: str, until: str, limit: int, offset: int
) -> tuple[tuple[EncounterView, ...], int]:
    """Return a page of encounters, newest first and those without a date last, and their number."""
    found, total = lookups.find_encounters(
        tx, person, first_of(check_date(since)), last_of(check_date(until)), limit, offset
    )
    return encounter_views(tx, Links(tx, today), found, owner), total


def encounter_view(tx: Tx, owner: str, today: str, fact: str) -> EncounterView | None:
    """Return one encounter by its id or an account's; None where there is none."""
    links = Links(tx, today)
    if fact.startswith("a-"):
        account = lookups.load_account(tx, fact)
        if account is None:
            return None
        if not account.encounter:
            quotes = {m: r.quote for m, r in lookups.load_mentions(tx, unknown_mentions([account])).items()}
            return account_view(links, account, owner, quotes)
        fact = account.encounter
    views = encounter_views(tx, links, lookups.load_encounters(tx, (fact,)), owner)
    return views[0] if views else None


def names_of(people: Iterable[PersonLink]) -> list[str]:
    """Return the names of links."""
    return [p.name for p in people]
