"""The ways out of a plan for tests of the faces: weeks in memory, put out by the real code."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace

from legation.plan.weeks import Courtesy, Dropped, Guest, KeptWeeks, PlannedEncounter
from legation.report.guests import guest_rows
from legation.report.ical import Host, count_events, write_calendar
from legation.report.views import PersonLink
from legation.report.week import week_sheet
from legation.workspace.outgoing import CalendarFile

OFFICES = {"p-halifax": "Foreign Secretary", "p-butler": "Under-Secretary for Foreign Affairs"}
ADDRESSES = {"p-halifax": "halifax@fo.example"}

WEEKS = KeptWeeks(
    dt.date(1939, 3, 6),
    3,
    (
        PlannedEncounter(
            "w-lunch", dt.date(1939, 3, 9), "lunch",
            (
                Guest("p-halifax", "Lord Halifax", "due since 2 March", "accepted"),
                Guest("p-butler", "Rab Butler", "seat free", "needs-action"),
            ),
            2.0, at="13:00", place="the Embassy",
        ),
        PlannedEncounter(
            "w-dinner", dt.date(1939, 3, 14), "dinner",
            (Guest("p-masaryk", "Jan Masaryk", "the only one who connects you with Prague"),),
            4.5, at="19:30", locked=True, occasion="birthday", sequence=2,
        ),
    ),
    (Courtesy("p-churchill", "Winston Churchill", dt.date(1939, 3, 10), "birthday", "letter"),),
    (Dropped("w-visit", dt.date(1939, 3, 15), "visit", ("p-eden",)),),
)  # fmt: skip


def link(person: str, on: str) -> PersonLink:
    return PersonLink(person, "", OFFICES.get(person, ""))


class FakeOutgoing:
    """Answers as `workspace.outgoing` does, of the weeks above."""

    def __init__(self) -> None:
        self.weeks: KeptWeeks | None = WEEKS
        self.stamp = dt.datetime(1939, 3, 8, 10, 30, tzinfo=dt.UTC)
        self.key = ""

    def change(self, **changes: object) -> None:
        """Change the first encounter, as the plan would, a minute later."""
        assert self.weeks is not None
        first, *rest = self.weeks.encounters
        first = replace(first, sequence=first.sequence + 1, **changes)
        self.weeks = replace(self.weeks, encounters=(first, *rest))
        self.stamp += dt.timedelta(minutes=1)

    def kept(self) -> KeptWeeks | None:
        return self.weeks

    def calendar(self, *, why: bool = False) -> CalendarFile:
        kept = self.weeks or KeptWeeks(dt.date(1939, 3, 9), 0)
        body = write_calendar(
            kept,
            stamp=self.stamp,
            host=Host("Ivan Maisky", "maisky@embassy.example"),
            addresses=ADDRESSES,
            why=why,
        )
        return CalendarFile(body, self.stamp, *count_events(kept))

    def week(self, on: dt.date | None = None, *, why: bool = False):
        return week_sheet(self.weeks, on or dt.date(1939, 3, 9), link, why=why)

    def guests(self, uid: str = "", *, coming: bool = False):
        return guest_rows(self.weeks, link, ADDRESSES, uid=uid, coming=coming) if self.weeks else ()

    def feed_key(self, *, make: bool = True) -> str:
        if not self.key and make:
            self.renew_feed_key()
        return self.key

    def renew_feed_key(self) -> str:
        self.key = secrets.token_urlsafe(32)
        return self.key
