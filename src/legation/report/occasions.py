"""Occasions that come round soon, with what they ask for in words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable

from legation.plan.occasions import next_return
from legation.report.links import Links
from legation.report.saying import day_of_year, say_ahead
from legation.report.views import OccasionView
from legation.store import records
from legation.store.findings import load_all_occasions
from legation.store.rows import OccasionRow
from legation.store.tx import Tx

#: Days that are kept every year; others are one day only.
YEARLY = frozenset({"birthday", "anniversary", "wedding"})
_WHOLE_DAY = len("1939-03-09")
_COMPACT = re.compile(r"(\d{4}|--)(\d{2})-?(\d{2})")


def standard_day(on: str) -> str:
    """Return a day of a card in ISO form: `18840119` is 1884-01-19, `--0119` is --01-19."""
    match = _COMPACT.fullmatch(on)
    if match is None:
        return on
    year, month, day = match.groups()
    return f"{year}{'' if year == '--' else '-'}{month}-{day}"


def known_occasions(tx: Tx, today: dt.date, person: str = "") -> list[OccasionRow]:
    """Return the occasions of cards, and of texts written up to a day; of everybody or of one person."""
    found = load_all_occasions(tx, person)
    told = [r for r in found if r.origin == "text" and r.on]
    written = records.load_items(tx, (r.item for r in told)) if told else {}
    day = today.isoformat()
    rows = [r.plain for r in found if r.origin == "card"]
    days = {r.item: written[r.item].written_on for r in told if r.item in written}
    return rows + [_without_birth(r.plain, days[r.item]) for r in told if days.get(r.item, "~") <= day]


def _without_birth(row: OccasionRow, written_on: str) -> OccasionRow:
    """Return a told birthday without its year where that is the year of writing, and none of birth."""
    if row.kind != "birthday" or len(row.on) != _WHOLE_DAY or not written_on:
        return row
    now = int(row.on[:4]) >= int(written_on[:4]) - 1
    return row._replace(on=f"--{row.on[5:]}") if now else row


def coming(row: OccasionRow, today: dt.date) -> tuple[dt.date, int | None] | None:
    """Return the next day of an occasion and which anniversary it is; None where none comes."""
    on = standard_day(row.on)
    if row.kind in YEARLY:
        found = next_return(on, today)
        # Who is not born yet has no birthday.
        return None if found is None or (found[1] is not None and found[1] < 0) else found
    try:
        day = dt.date.fromisoformat(on)
    except ValueError:
        return None
    return (day, None) if day >= today else None


def occasion_views(
    links: Links,
    rows: Iterable[OccasionRow],
    today: dt.date,
    *,
    within_days: int,
    first: Collection[str] = (),
) -> tuple[OccasionView, ...]:
    """Return the occasions of the next days: people of `first` before others, then by day."""
    found: dict[tuple[str, str, dt.date], tuple[OccasionRow, int | None]] = {}
    for row in rows:
        next_day = coming(row, today)
        if next_day is not None and (next_day[0] - today).days <= within_days:
            # Two cards may hold one birthday; the one with a year says more.
            key = (row.person, row.kind, next_day[0])
            if key not in found or found[key][1] is None:
                found[key] = (row, next_day[1])
    links.need_people(person for person, _, _ in found)
    links.need_citations(row.citation for row, _ in found.values())
    views = []
    for (person, kind, day), (row, number) in found.items():
        days = (day - today).days
        views.append(
            OccasionView(
                person=links.person(person),
                kind=kind,
                on=day.isoformat(),
                days_until=days,
                says=say_occasion(kind, day, days, number),
                words=links.cited(row.citation),
            )
        )
    return tuple(sorted(views, key=lambda v: (v.person.id not in first, v.days_until, v.person.name, v.kind)))


def say_occasion(kind: str, day: dt.date, days: int, number: int | None) -> str:
    """Return an occasion in words: "Birthday on 12 March, in 3 days: 65 years old"."""
    said = f"{kind[:1].upper()}{kind[1:]} on {day_of_year(day)}, {say_ahead(days)}"
    if kind not in YEARLY:
        return said
    if number is None:
        return f"{said}; the year is not on record"
    if number == 0:
        return f"{said}, the day itself"
    return f"{said}: {number} years{' old' if kind == 'birthday' else ''}"
