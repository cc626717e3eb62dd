"""One week of the plan as a sheet: days, encounters with their guests, courtesies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from legation.plan.changes import last_day, monday_of
from legation.plan.weeks import KeptWeeks, PlannedEncounter
from legation.report.guests import at_of
from legation.report.ical import clean_line, event_uid, say_reply, status_of
from legation.report.views import PersonLink


@dataclass(frozen=True, slots=True)
class SheetGuest:
    """A guest on the sheet: who, with the office of that day; the reply, also in words; and why.

    `says` is "" where nobody is invited, `why` where it is not asked for.
    """

    person: PersonLink
    reply: str
    says: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class SheetEncounter:
    """An encounter on the sheet; `until` is "" where no end is known, or it ends on another day."""

    uid: str
    at: str
    until: str
    form: str
    place: str
    occasion: str
    status: str
    locked: bool
    origin: str
    hours: float
    guests: tuple[SheetGuest, ...]


@dataclass(frozen=True, slots=True)
class SheetCourtesy:
    """A courtesy on the sheet."""

    person: PersonLink
    courtesy: str
    occasion: str


@dataclass(frozen=True, slots=True)
class SheetDay:
    """One day; it may be empty."""

    on: str
    encounters: tuple[SheetEncounter, ...]
    courtesies: tuple[SheetCourtesy, ...]


@dataclass(frozen=True, slots=True)
class WeekSheet:
    """A week as it stands.

    `planned` says whether weeks.toml covers it; `hours` are those of what is not off.
    """

    since: str
    until: str
    planned: bool
    hours: float
    encounters: int
    guests: int
    days: tuple[SheetDay, ...]


def week_sheet(
    kept: KeptWeeks | None,
    on: dt.date,
    link: Callable[[str, str], PersonLink],
    *,
    why: bool = False,
) -> WeekSheet:
    """Return the sheet of the week that a day is in.

    A week begins on a Monday. `link` gives somebody's name and office at a date (ISO).
    """
    first = monday_of(on)
    days = []
    hours, encounters, coming = 0.0, 0, 0
    for number in range(min(7, (dt.date.max - first).days + 1)):
        day = first + dt.timedelta(days=number)
        here = tuple(_sheet(e, link, why=why) for e in _on_day(kept, day))
        there = [e for e in here if e.status != "CANCELLED"]
        hours += sum(e.hours for e in there)
        encounters += len(there)
        coming += sum(g.reply != "declined" for e in there for g in e.guests)
        courtesies = tuple(
            SheetCourtesy(_named(link, c.person, c.name, day), clean_line(c.courtesy), clean_line(c.occasion))
            for c in (kept.courtesies if kept else ())
            if c.on == day
        )
        days.append(SheetDay(day.isoformat(), here, courtesies))
    end = dt.date.fromisoformat(days[-1].on)
    planned = kept is not None and kept.weeks > 0 and kept.since <= end and first <= last_day(kept)
    return WeekSheet(days[0].on, days[-1].on, planned, round(hours, 2), encounters, coming, tuple(days))


def _on_day(kept: KeptWeeks | None, day: dt.date) -> list[PlannedEncounter]:
    found = [e for e in (kept.encounters if kept else ()) if e.on == day]
    return sorted(found, key=lambda e: (at_of(e), event_uid(e)))


def _named(link: Callable[[str, str], PersonLink], person: str, name: str, day: dt.date) -> PersonLink:
    known = link(person, day.isoformat())
    return PersonLink(person, clean_line(name or known.name), known.office)


def _sheet(
    encounter: PlannedEncounter, link: Callable[[str, str], PersonLink], *, why: bool
) -> SheetEncounter:
    at = at_of(encounter)
    return SheetEncounter(
        uid=event_uid(encounter),
        at=at,
        until=_until(at, encounter.hours),
        form=encounter.form,
        place=clean_line(encounter.place),
        occasion=clean_line(encounter.occasion),
        status=status_of(encounter),
        locked=encounter.locked,
        origin=encounter.origin,
        hours=encounter.hours,
        guests=tuple(
            SheetGuest(
                _named(link, g.person, g.name, encounter.on),
                g.reply,
                say_reply(encounter, g.reply),
                clean_line(g.why) if why else "",
            )
            for g in encounter.guests
        ),
    )


def _until(at: str, hours: float) -> str:
    if not at or not 0 < hours < 24:
        return ""
    minutes = int(at[:2]) * 60 + int(at[3:]) + round(hours * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}" if minutes < 24 * 60 else ""
