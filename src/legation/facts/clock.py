"""The clock, injected: nothing else asks what time it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol


class Clock(Protocol):
    """Tells today and now; tests and samples fix it."""

    def today(self) -> dt.date:
        """Return the civil date of the user."""
        ...

    def now(self) -> dt.datetime:
        """Return the instant, with a zone."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock."""

    def today(self) -> dt.date:
        """Return the local date."""
        return dt.datetime.now().astimezone().date()

    def now(self) -> dt.datetime:
        """Return the instant in UTC."""
        return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still on one day; instants stay those of the machine."""

    date: dt.date

    def today(self) -> dt.date:
        """Return the fixed date."""
        return self.date

    def now(self) -> dt.datetime:
        """Return the instant in UTC."""
        return dt.datetime.now(dt.UTC)
