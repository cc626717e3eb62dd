"""How many hours of a day an event of the calendar takes, by what its own text says of its end."""

from __future__ import annotations

import datetime as dt

#: What goes on over nights without a rest takes so much of a day between its first and its last.
WAKING = (8.0, 22.0)
DAY = dt.timedelta(days=1)


def hours_on(begin: dt.datetime, length: dt.timedelta, day: int) -> tuple[str, float]:
    """Return (HH:MM, hours) of an event on one of its days, 0 for the first; 0 hours where it takes none.

    Up to a day long it belongs to the day on which it begins, however late it ends. What lasts several
    days and ends later by the clock than it begins is held each day between the two; anything else
    takes the waking hours.
    """
    if length < DAY:
        return (f"{begin:%H:%M}", round(length / dt.timedelta(hours=1), 4)) if day == 0 else ("", 0.0)
    end = begin + length
    starts, ends = _clock(begin), _clock(end)
    if ends <= starts:
        last = (end.date() - begin.date()).days
        starts = max(starts, WAKING[0]) if day == 0 else WAKING[0]
        ends = min(ends, WAKING[1]) if day == last else WAKING[1]
    if ends <= starts:
        return "", 0.0
    minutes = round(60 * starts)
    return f"{minutes // 60:02}:{minutes % 60:02}", round(ends - starts, 4)


def _clock(at: dt.datetime) -> float:
    return at.hour + at.minute / 60
