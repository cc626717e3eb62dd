"""Civil dates with their precision."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

Precision = Literal["day", "month", "year", "range"]
#: Before this year a date may be of the old calendar, and the day of the week is not certain.
WEEKDAY_SINCE = 1753
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A civil date as far as it is known: `1938`, `1938-08`, `1938-08-26` or `1938-09-01/1938-11-30`.

    Values sort as text; a range sorts by its start. Never an instant: no clock time, no zone.

    Raises:
        ValueError: the value is no ISO 8601 calendar date or range of two days.
    """

    value: str

    def __post_init__(self) -> None:
        for piece in self.value.split("/"):
            match = _ISO.fullmatch(piece)
            if match is None:
                message = f"not an ISO date: {self.value!r}"
                raise ValueError(message)
            year, month, day = (int(g) if g else 1 for g in match.groups())
            dt.date(year, month, day)
        if "/" in self.value:
            first, _, last = self.value.partition("/")
            if "/" in last or first > last:
                message = f"not a range: {self.value!r}"
                raise ValueError(message)

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> When:
        """Make a date of year, year and month, or all three."""
        text = f"{year:04d}"
        if month is not None:
            text += f"-{month:02d}"
            if day is not None:
                text += f"-{day:02d}"
        return cls(text)

    @classmethod
    def on(cls, date: dt.date) -> When:
        """Make a date of day precision."""
        return cls(date.isoformat())

    @property
    def precision(self) -> Precision:
        """How far the date is known."""
        if "/" in self.value:
            return "range"
        return {4: "year", 7: "month", 10: "day"}[len(self.value)]  # type: ignore[return-value]

    @property
    def first(self) -> dt.date:
        """The earliest day that the date allows."""
        piece = self.value.split("/", maxsplit=1)[0]
        numbers = [int(n) for n in piece.split("-")]
        return dt.date(*[*numbers, 1, 1][:3])

    @property
    def last(self) -> dt.date:
        """The latest day that the date allows."""
        piece = self.value.rpartition("/")[2]
        numbers = [int(n) for n in piece.split("-")]
        if len(numbers) == 3:
            return dt.date(*numbers)
        if len(numbers) == 1:
            return dt.date(numbers[0], 12, 31)
        year, month = numbers
        start = dt.date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else None
        return dt.date(9999, 12, 31) if start is None else start - dt.timedelta(days=1)

    @property
    def day(self) -> dt.date | None:
        """The day, where the date is known to the day."""
        return self.first if self.precision == "day" else None
