"""What the record says of how somebody was met: number, last time, closeness; as of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from legation.network.closeness import (
    FORGOTTEN_HALF_LIVES,
    HALF_LIFE_DAYS,
    ContactDay,
    derive_closeness,
    derive_contact_days,
)
from legation.report.saying import parse_when, say_ago, say_form, say_on, say_times
from legation.store import lookups
from legation.store.tx import Tx

_DAY = len("2000-01-01")


@lru_cache(maxsize=20_000)
def _ordinal(day: str) -> int:
    # Many were met on one day, and each day is asked for several times.
    return dt.date.fromisoformat(day).toordinal()


@dataclass(frozen=True, slots=True)
class Met:
    """Meetings with one person up to a day: how many, and the last that has a date."""

    count: int
    on: str = ""
    form: str = ""
    encounter: str = ""
    #: (day, form) of those that are known to the day.
    days: tuple[tuple[str, str], ...] = ()
    #: Every date, "" too.
    dates: tuple[str, ...] = ()

    def last_on(self, today: dt.date) -> dt.date | None:
        """Return the day since which one counts: of a month or year its last day.

        Nobody is called overdue who may have been met since; a month or year that still runs
        counts by its first day.
        """
        if len(self.on) == _DAY:
            return dt.date.fromisoformat(self.on)
        when = parse_when(self.on)
        if when is None:
            return None
        return when.last if when.last <= today else when.first

    def met_days(self) -> tuple[ContactDay, ...]:
        """Return the days that are known, oldest first, each with its weightiest form."""
        return derive_contact_days((dt.date.fromisoformat(d), form) for d, form in self.days)

    def closeness(self, on: dt.date, half_life_days: float = HALF_LIFE_DAYS) -> float:
        """Return the decayed sum of contact days at a date."""
        far = min(int(FORGOTTEN_HALF_LIVES * half_life_days), on.toordinal() - 1)
        since, until = (on - dt.timedelta(days=far)).isoformat(), on.isoformat()
        near = ((dt.date.fromisoformat(d), form) for d, form in self.days if since <= d <= until)
        return round(float(derive_closeness(derive_contact_days(near), on, half_life_days)), 3)

    def ordinals(self) -> list[int]:
        """Return the days that are known as ordinals, distinct and ascending."""
        return sorted({_ordinal(d) for d, _ in self.days})

    def held(self, today: dt.date) -> tuple[tuple[dt.date, str], ...]:
        """Return (day, form) of every encounter; of a month or year the day since which one counts.

        Where the form of such a date is not known it is "", which covers as a meeting does.
        """
        found = [(dt.date.fromisoformat(d), form) for d, form in self.days]
        for date in self.dates:
            when = parse_when(date) if len(date) != _DAY else None
            if when is not None:
                day = when.last if when.last <= today else when.first
                found.append((day, self.form if date == self.on else ""))
        return tuple(found)


NEVER = Met(0)


def gather(meetings: Iterable[tuple[str, str, str]]) -> Met:
    """Make the record of one person from (on, form, encounter), in any order."""
    found = list(meetings)
    if not found:
        return NEVER
    last = max(found)
    days = tuple((on, form) for on, form, _ in found if len(on) == _DAY)
    return Met(len(found), *last, days, tuple(m[0] for m in found))


def load_met(tx: Tx, owner: str, today: dt.date, people: Collection[str] | None = None) -> dict[str, Met]:
    """Return the record of all (or of `people`) whom the owner met up to a day; none without an owner."""
    if not owner:
        return {}
    by_person: dict[str, list[tuple[str, str, str]]] = {}
    for person, on, form, encounter in lookups.load_met_with(tx, owner, today.isoformat()):
        if people is not None and person not in people:
            continue
        if person in by_person:
            by_person[person].append((on, form, encounter))
        else:
            by_person[person] = [(on, form, encounter)]
    return {person: gather(meetings) for person, meetings in by_person.items()}


def say_met(met: Met, today: dt.date) -> str:
    """Return how often and when last: "Met 14 times; last a lunch on 4 September, 186 days ago"."""
    if not met.count:
        return "No meeting is on record"
    said = f"Met {say_times(met.count)}"
    last = met.last_on(today)
    if last is None:
        return (
            f"{said}; no meeting has a date"
            if met.count > 1
            else f"{said}, {say_form(met.form)}; it has no date"
        )
    days = (today - last).days
    joint = "; last " if met.count > 1 else ", "
    said += f"{joint}{say_form(met.form)} {say_on(met.on, year=days >= 365)}"
    if len(met.on) == _DAY:
        return f"{said}, {say_ago(days)}"
    return f"{said}, the day not on record"
