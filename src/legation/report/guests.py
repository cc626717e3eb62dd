"""Guest lists: who is to come to what, as rows and as CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from legation.plan.weeks import KeptWeeks, PlannedEncounter
from legation.report.ical import bare_address, clean_line, event_uid, is_asked, starts_at
from legation.report.views import PersonLink

#: The columns of the CSV, in order; also the keys of a row in JSON.
COLUMNS = ("on", "at", "form", "place", "name", "office", "address", "reply", "uid", "person")
#: A spreadsheet takes a cell that begins so for a formula and runs it (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class GuestRow:
    """One guest of one encounter; `reply` is "invite" for who is not invited yet, "" for who need not be."""

    on: str
    at: str
    form: str
    place: str
    name: str
    office: str
    address: str
    reply: str
    uid: str
    person: str


def guest_rows(
    kept: KeptWeeks,
    link: Callable[[str, str], PersonLink],
    addresses: Mapping[str, str],
    *,
    uid: str = "",
    coming: bool = False,
) -> tuple[GuestRow, ...]:
    """Return the guests of the weeks that stand, by day, then by surname as a door list wants it.

    `link` gives somebody's name and office at a date (ISO). `uid` keeps one encounter, `coming` those
    who have not declined. Reasons are no part of a guest list.
    """
    rows = []
    for encounter in sorted(kept.encounters, key=lambda e: (e.on, at_of(e), event_uid(e))):
        if uid and event_uid(encounter) != uid:
            continue
        on = encounter.on.isoformat()
        found = [
            GuestRow(
                on=on,
                at=at_of(encounter),
                form=encounter.form,
                place=clean_line(encounter.place),
                name=clean_line(guest.name or link(guest.person, on).name),
                office=clean_line(link(guest.person, on).office),
                address=bare_address(addresses.get(guest.person, "")),
                reply=guest.reply or ("invite" if is_asked(encounter) else ""),
                uid=event_uid(encounter),
                person=guest.person,
            )
            for guest in encounter.guests
            if not (coming and guest.reply == "declined")
        ]
        rows += sorted(found, key=lambda r: (last_word(r.name), r.name, r.person))
    return tuple(rows)


def at_of(encounter: PlannedEncounter) -> str:
    """Return when an encounter begins, HH:MM, or "" for a whole day."""
    time = starts_at(encounter)
    return f"{time:%H:%M}" if time else ""


def last_word(name: str) -> str:
    """Return the last word of a name, folded: what a list is ordered by."""
    return (name.split() or [""])[-1].casefold()


def write_csv(rows: Iterable[GuestRow]) -> str:
    """Write rows as CSV with a head; lines end in CRLF, and no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([guard_cell(str(getattr(row, column))) for column in COLUMNS] for row in rows)
    return out.getvalue()


def guard_cell(text: str) -> str:
    """Return a cell's text, with an apostrophe before what a spreadsheet would run."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
