"""The weeks that stand: encounters with their guests, as the file `weeks.toml` keeps them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

#: Words of RFC 5545 (PARTSTAT), in lower case; "" is not invited yet.
Reply = Literal["", "needs-action", "accepted", "declined", "tentative"]
Origin = Literal["plan", "calendar", "you"]
#: Who took an encounter out: the user, or a new plan or an undoing that has no place for it.
DroppedBy = Literal["you", "plan"]


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody at a planned encounter: who, why, and what was answered."""

    person: str
    name: str
    why: str = ""
    reply: Reply = ""


@dataclass(frozen=True, slots=True)
class PlannedEncounter:
    """One encounter of the plan.

    `uid` is that of RFC 5545: it stays when the encounter is moved, and `sequence` counts its
    changes. `at` is a local time, HH:MM. What is `locked` is not moved, filled or dropped by a new
    plan. `occasion` names the day that it is for (birthday, illness, …) or is "".
    """

    uid: str
    on: dt.date
    form: str
    guests: tuple[Guest, ...]
    hours: float
    at: str = ""
    place: str = ""
    locked: bool = False
    origin: Origin = "plan"
    occasion: str = ""
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Courtesy:
    """What an occasion asks for, short of an encounter: a letter, flowers, a telephone call."""

    person: str
    name: str
    on: dt.date
    occasion: str
    courtesy: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """An encounter that was taken out.

    `sequence` is one more than the encounter's last, so that a calendar takes it out as well. What
    the user took out a new plan does not propose again in that week; what a plan took out it may.
    """

    uid: str
    on: dt.date
    form: str
    guests: tuple[str, ...]
    sequence: int = 1
    by: DroppedBy = "you"


@dataclass(frozen=True, slots=True)
class KeptWeeks:
    """What `weeks.toml` holds: from which day, how many weeks, and what stands in them."""

    since: dt.date
    weeks: int
    encounters: tuple[PlannedEncounter, ...] = ()
    courtesies: tuple[Courtesy, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    #: Hours a week, where they were given for this plan and not by plan.toml.
    hours: float | None = None
    #: Hours of single weeks that lost or gained some: (Monday, hours).
    week_hours: tuple[tuple[dt.date, float], ...] = ()
