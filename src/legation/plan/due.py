"""Who is due: intervals, and how far each person is past theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

DEFAULT_DAYS = 90
DEFAULT_AFTER = 3
#: Past this many default intervals somebody is no longer due but lost from sight; whom the user set
#: an interval for stays due.
LONG_LOST = 10


@dataclass(frozen=True, slots=True)
class Intervals:
    """How often one means to meet: by person id, and what holds for the others.

    Whoever was met `default_after_encounters` times has `default_days` where none is set.
    """

    days: Mapping[str, int]
    default_days: int = DEFAULT_DAYS
    default_after_encounters: int = DEFAULT_AFTER

    def of(self, person: str, encounters: int) -> tuple[int, str] | None:
        """Return (interval in days, who set it: "you" or "default"), or None where none holds."""
        if person in self.days:
            return self.days[person], "you"
        if encounters >= self.default_after_encounters:
            return self.default_days, "default"
        return None


@dataclass(frozen=True, slots=True)
class Contact:
    """The record of one person, as far as being due needs it."""

    person: str
    last_on: dt.date | None
    encounters: int
    closeness: float
    #: Closeness as it was on the day of the last meeting: how much there is to lose.
    closeness_at_last: float


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody past the interval."""

    contact: Contact
    interval_days: int
    set_by: str
    days_since: int | None
    rank: float


def derive_due(contacts: list[Contact], intervals: Intervals, on: dt.date) -> tuple[Due, ...]:
    """Return who is due on a day, first who has most to lose.

    Rank is closeness on the day of the last meeting times the interval lapsed beyond the set one,
    capped at four intervals: overdue ratio alone ranks poorly (DESIGN, "Closeness"), for it puts
    the long lost before those who are going cold now. An interval that the user set counts double.
    """
    found: list[Due] = []
    for contact in contacts:
        interval = intervals.of(contact.person, contact.encounters)
        if interval is None:
            continue
        days, set_by = interval
        if contact.last_on is None:
            found.append(Due(contact, days, set_by, None, 2.0 if set_by == "you" else 0.0))
            continue
        since = (on - contact.last_on).days
        if since < days or (set_by == "default" and since > LONG_LOST * days):
            continue
        lapsed = min(since / days, 4.0)
        weight = 2.0 if set_by == "you" else 1.0
        fading = 1.0 / (1.0 + max(0.0, since / days - 4.0))
        rank = weight * (0.5 + contact.closeness_at_last) * lapsed * fading
        found.append(Due(contact, days, set_by, since, rank))
    return tuple(sorted(found, key=lambda d: (-d.rank, d.contact.person)))
