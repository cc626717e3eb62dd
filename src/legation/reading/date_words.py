"""Words of dates: names of months, weekdays, seasons and numbers, and calendar arithmetic."""

from __future__ import annotations

import calendar
import datetime as dt

from dateutil.easter import EASTER_JULIAN, EASTER_WESTERN, easter

from legation.facts.when import When

#: No date outside these years is read; a number beyond them is something else.
FIRST_YEAR = 1000
LAST_YEAR = 2200

_ENGLISH = {
    1: "january janu jany jan",
    2: "february februarie febr feb",
    3: "march mar",
    4: "april aprill apr",
    5: "may",
    6: "june jun",
    7: "july jul",
    8: "august aug",
    9: "september septemb septr sept sep",
    10: "october octob octr oct",
    11: "november novemb novr nov",
    12: "december decemb decr dec",
}
# Full forms only: short forms of other languages collide with English words.
_OTHERS = {
    1: "janvier januar jänner enero gennaio января",
    2: "février fevrier februar febrero febbraio февраля",
    3: "mars märz marzo марта",
    4: "avril abril aprile апреля",
    5: "mai mayo maggio мая",
    6: "juin juni junio giugno июня",
    7: "juillet juli julio luglio июля",
    8: "août aout agosto августа",
    9: "septembre septiembre settembre сентября",
    10: "octobre oktober octubre ottobre октября",
    11: "novembre noviembre ноября",
    12: "décembre dezember diciembre dicembre декабря",
}
MONTHS = {word: n for n, words in _ENGLISH.items() for word in words.split()}
FOREIGN_MONTHS = {word: n for n, words in _OTHERS.items() for word in words.split()}
ROMAN_MONTHS = {
    roman: n
    for n, roman in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), start=1)
}  # fmt: skip
WEEKDAYS = {
    "monday": 0,
    "tuesday": 1,
    "wednesday": 2,
    "thursday": 3,
    "friday": 4,
    "saturday": 5,
    "sunday": 6,
    "lord's day": 6,
    "lord’s day": 6,
}
#: First month of each season; winter begins in December and ends in the following February.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
#: Feasts on a fixed day, as (month, day).
FEASTS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year’s eve": (12, 31),
    "new year's day": (1, 1),
    "new year’s day": (1, 1),
    "lady day": (3, 25),
    "michaelmas day": (9, 29),
}
#: Feasts that move with Easter, as days from it.
MOVABLE_FEASTS = {
    "shrove tuesday": -47,
    "ash wednesday": -46,
    "palm sunday": -7,
    "maundy thursday": -3,
    "good friday": -2,
    "easter eve": -1,
    "easter day": 0,
    "easter sunday": 0,
    "easter monday": 1,
    "easter tuesday": 2,
    "ascension day": 39,
    "whit sunday": 49,
    "whit monday": 50,
    "whit tuesday": 51,
    "trinity sunday": 56,
    "corpus christi day": 60,
}
#: England and its colonies counted by the old calendar until this day.
_NEW_STYLE_ENGLAND = dt.date(1752, 9, 14)


def read_number(word: str) -> int | None:
    """Read a small number in digits or in a word; None where it is neither."""
    word = word.lower()
    return int(word) if word.isascii() and word.isdigit() else NUMBERS.get(word)


def make_when(year: int, month: int | None = None, day: int | None = None) -> When | None:
    """Make a date where such a day exists in the years that are read, else None.

    29 February is also a day of the old calendar's leap years, which `When` cannot hold: None.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month is not None:
        if not 1 <= month <= 12:
            return None
        if day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
            return None
    return When.of(year, month, day)


def make_range(first: dt.date, last: dt.date) -> When | None:
    """Make a range of days, or None where it is reversed or outside the years that are read."""
    if first > last or first.year < FIRST_YEAR or last.year > LAST_YEAR:
        return None
    return When.on(first) if first == last else When(f"{first.isoformat()}/{last.isoformat()}")


def season_of(year: int, name: str) -> When | None:
    """The three months of a season: autumn 1936 is 1936-09-01/1936-11-30."""
    month = SEASONS[name.lower()]
    first = make_when(year, month, 1)
    if first is None:
        return None
    end_year, end_month = (year + 1, 2) if month == 12 else (year, month + 2)
    last = make_when(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
    return None if last is None else make_range(first.first, last.last)


def shift_days(day: dt.date, days: int) -> When | None:
    """The day so many days later (earlier where negative); None outside the years read."""
    ordinal = day.toordinal() + days
    if not 1 <= ordinal <= dt.date.max.toordinal():
        return None
    moved = dt.date.fromordinal(ordinal)
    return When.on(moved) if FIRST_YEAR <= moved.year <= LAST_YEAR else None


def shift_months(day: dt.date, months: int) -> When | None:
    """The month so many months later."""
    count = day.year * 12 + day.month - 1 + months
    return make_when(count // 12, count % 12 + 1)


def movable_feast(feast: str, anchor: dt.date, year: int | None, *, old_style: bool | None) -> When | None:
    """The day of a feast that moves with Easter: of a year, else the one nearest to the anchor.

    `old_style` as for `weekday_of`; the date is the one that the calendar then in use wrote.
    """
    if old_style is None:
        old_style = anchor < _NEW_STYLE_ENGLAND
    years = (anchor.year - 1, anchor.year, anchor.year + 1) if year is None else (year,)
    easters = [easter(y, EASTER_JULIAN) if old_style else easter(y, EASTER_WESTERN) for y in years]
    days = [day + dt.timedelta(days=MOVABLE_FEASTS[feast]) for day in easters]
    best = min(days, key=lambda day: (abs((day - anchor).days), day))
    return make_when(best.year, best.month, best.day)


def weekday_of(day: dt.date, *, old_style: bool | None = None) -> int:
    """The weekday (Monday 0) as people then counted: by the old calendar before it was given up.

    `old_style` overrides the English date of the change.
    """
    if old_style is None:
        old_style = day < _NEW_STYLE_ENGLAND
    if not old_style:
        return day.weekday()
    # Julian day number of a day named in the Julian calendar; number mod 7 is 0 on Mondays.
    shift = (14 - day.month) // 12
    year = day.year + 4800 - shift
    month = day.month + 12 * shift - 3
    return (day.day + (153 * month + 2) // 5 + 365 * year + year // 4 - 32083) % 7


def nearest_year(anchor: dt.date, month: int, day: int | None) -> int | None:
    """The year in which this day lies nearest to the anchor; None where no such day is near."""
    best: tuple[int, int] | None = None
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        when = make_when(year, month, day if day is not None else 15)
        if when is None:
            continue
        distance = abs((when.first - anchor).days)
        if best is None or distance < best[0]:
            best = (distance, year)
    return None if best is None else best[1]
