"""Occasions that come round: birthdays and other dated days of a person."""

from __future__ import annotations

import calendar
import datetime as dt
import re

_MONTH_DAY = re.compile(r"(?:(\d{4})|--)-?(\d{2})-?(\d{2})")


def next_return(on: str, today: dt.date) -> tuple[dt.date, int | None] | None:
    """Return (the next day on which a date comes round, which anniversary it is).

    `on` is an ISO day, or `--MM-DD` where the year is not known. A 29 February comes on the 28th
    in other years. Returns None for a date that is not known to the day.
    """
    match = _MONTH_DAY.fullmatch(on)
    if match is None:
        return None
    year, month, day = (int(g) if g else None for g in match.groups())
    if month is None or day is None or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    for candidate in (today.year, today.year + 1):
        last = calendar.monthrange(candidate, month)[1]
        when = dt.date(candidate, month, min(day, last))
        if when >= today:
            return when, None if year is None else candidate - year
    return None
