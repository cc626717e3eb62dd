"""Recurrence rules of calendars: checked, converted from vCalendar 1.0, and listed day by day."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from dateutil import rrule

from legation.facts.candidates import Event

#: Steps of one rule that are tried before its listing is cut off.
STEP_LIMIT = 200_000

_SECONDS = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3_600, "DAILY": 86_400}
_FREQUENCIES = frozenset({*_SECONDS, "WEEKLY", "MONTHLY", "YEARLY"})
_DAY = re.compile(r"([+-]?\d{1,3})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBERS = re.compile(r"[+-]?\d{1,3}(,[+-]?\d{1,3})*")
_OLD = re.compile(r"(D|W|MP|MD|YM|YD)(\d+)((?:\s+[\w+$-]+)*?)(?:\s+#(\d+))?(?:\s+(\d{8}(?:T\d{6}Z?)?))?")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def convert_rule(rule: str) -> str:
    """Rewrite a rule of vCalendar 1.0 (`W2 TU TH #10`) as iCalendar has it; others stay."""
    match = _OLD.fullmatch(rule.strip().upper())
    if match is None:
        return rule.strip().strip(";")
    letter, interval, words, count, until = match.groups()
    items = words.split()
    parts = {
        "D": "FREQ=DAILY", "W": "FREQ=WEEKLY", "MP": "FREQ=MONTHLY", "MD": "FREQ=MONTHLY",
        "YM": "FREQ=YEARLY", "YD": "FREQ=YEARLY",
    }[letter]  # fmt: skip
    parts += f";INTERVAL={interval}"
    if letter == "W" and items:
        parts += ";BYDAY=" + ",".join(items)
    elif letter == "MP":
        parts += _convert_positions(items)
    elif items and letter in {"MD", "YM", "YD"}:
        days = [f"-{item[:-1]}" if item.endswith("-") else item.rstrip("+") for item in items]
        days = ["-1" if day == "LD" else day for day in days]
        key = {"MD": "BYMONTHDAY", "YM": "BYMONTH", "YD": "BYYEARDAY"}[letter]
        parts += f";{key}=" + ",".join(days)
    # In vCalendar `#0` means for ever, and no number at all means twice.
    if until:
        parts += f";UNTIL={until}"
    elif count is None:
        parts += ";COUNT=2"
    elif int(count):
        parts += f";COUNT={int(count)}"
    return parts


def _convert_positions(items: list[str]) -> str:
    position, days = "", []
    for item in items:
        if item in _WEEKDAYS:
            days.append(position + item)
        else:
            position = "-" + item[:-1] if item.endswith("-") else item.rstrip("+")
    return ";BYDAY=" + ",".join(days) if days else ""


def parse_rule(rule: str) -> dict[str, str]:
    """Return the parts of a rule, names and values in upper case."""
    pairs = (part.partition("=") for part in rule.upper().split(";") if part.strip())
    return {key.strip(): value.strip() for key, _, value in pairs}


def check_rule(rule: str) -> str:
    """Say why a rule cannot be followed, or ""."""
    parts = parse_rule(rule)
    if parts.get("FREQ") not in _FREQUENCIES:
        return f"{rule[:60]!r} says no frequency"
    if parts.get("RSCALE", "GREGORIAN") != "GREGORIAN":
        return f"the calendar scale {parts['RSCALE'][:20]!r} is not supported"
    for key in ("INTERVAL", "COUNT"):
        if key in parts and not (parts[key].isascii() and parts[key].isdigit() and int(parts[key]) > 0):
            return f"{key}={parts[key][:20]} is no number above nought"
    for key, value in parts.items():
        if key == "BYDAY":
            if not all(_DAY.fullmatch(day.strip()) for day in value.split(",")):
                return f"BYDAY={value[:40]} names no day of the week"
        elif key.startswith("BY") and not _NUMBERS.fullmatch(value.replace(" ", "")):
            return f"{key}={value[:40]} is no list of numbers"
    if "UNTIL" in parts and _parse_until(parts["UNTIL"]) is None:
        return f"UNTIL={parts['UNTIL'][:40]} is no date"
    return ""


def _parse_until(value: str) -> dt.date | None:
    match = re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})(T[\d:]*Z?)?", value)
    if match is None:
        return None
    try:
        return dt.date(*(int(text) for text in match.group(1, 2, 3)))
    except ValueError:
        return None


def occurrences(event: Event, first: dt.date, last: dt.date, limit: int = 1000) -> tuple[dt.date, ...]:
    """List the days from `first` to `last` (inclusive) on which an event begins, at most `limit`.

    Days are those of the event's own zone. An endless rule is followed only as far as asked, and
    never for more than `STEP_LIMIT` steps; a rule that `check_rule` refuses adds nothing.
    """
    if event.start is None or event.start.day is None or first > last:
        return ()
    start = event.start.day
    excluded = {when.day for when in event.exdates}
    days = {start} | {when.day for when in event.rdates if when.day is not None}
    found = {day for day in days if first <= day <= last and day not in excluded}
    for rule in event.rrule.split("\n"):
        if not rule or check_rule(rule):
            continue
        added = 0
        for day in _expand(rule, start, first, last):
            if day not in excluded:
                found.add(day)
                added += 1
            if added >= limit:
                break
    return tuple(sorted(found)[:limit])


def _expand(rule: str, start: dt.date, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    parts = parse_rule(rule)
    until = _parse_until(parts["UNTIL"]) if "UNTIL" in parts else None
    last = min(last, until) if until else last
    if last < start:
        return
    interval = int(parts.get("INTERVAL", "1"))
    frequency = parts["FREQ"]
    if frequency in _SECONDS:
        yield from _expand_steps(parts, start, first, last, interval * _SECONDS[frequency])
    elif frequency == "WEEKLY":
        yield from _expand_weeks(parts, start, first, last, interval)
    else:
        yield from _expand_months(parts, start, first, last)


def _expand_months(parts: dict[str, str], start: dt.date, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    kept = [f"{key}={value}" for key, value in parts.items() if key in _FOLLOWED and value]
    if "COUNT" not in parts:
        kept.append(f"UNTIL={last:%Y%m%d}T235959")
    try:
        series = rrule.rrulestr(";".join(kept), dtstart=dt.datetime.combine(start, dt.time()))
        for step, moment in enumerate(series):
            if step > STEP_LIMIT or moment.date() > last:
                return
            if moment.date() >= first:
                yield moment.date()
    except (ValueError, OverflowError, TypeError, IndexError):
        return


#: Parts of a rule that decide the day; hours and minutes do not.
_FOLLOWED = frozenset({
    "FREQ", "INTERVAL", "COUNT", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO",
    "BYSETPOS", "WKST",
})  # fmt: skip


def _expand_steps(
    parts: dict[str, str], start: dt.date, first: dt.date, last: dt.date, step: int
) -> Iterator[dt.date]:
    """List the days of a rule that repeats every so many seconds, with one look a day at most."""
    day_seconds = _SECONDS["DAILY"]
    moment = 0
    left = int(parts["COUNT"]) if "COUNT" in parts else None
    if left is None and first > start:
        moment = -(-(first - start).days * day_seconds // step) * step
    for _ in range(STEP_LIMIT):
        number = moment // day_seconds
        if number > (last - start).days:
            return
        day = start + dt.timedelta(days=number)
        following = -(-(number + 1) * day_seconds // step) * step
        if _fits(day, parts):
            if day >= first:
                yield day
            if left is not None:
                left -= (following - moment) // step
                if left <= 0:
                    return
        moment = following


def _expand_weeks(
    parts: dict[str, str], start: dt.date, first: dt.date, last: dt.date, interval: int
) -> Iterator[dt.date]:
    """List the days of a rule by weeks, which begin on WKST (Monday if it does not say)."""
    week_start = parts.get("WKST", "MO")
    offset = _WEEKDAYS.index(week_start) if week_start in _WEEKDAYS else 0
    wanted = _list_weekdays(parts) or {_WEEKDAYS[start.weekday()]}
    # Days are counted, not dates: the week of the first of all days begins before it.
    number = start.toordinal() - (start.weekday() - offset) % 7
    left = int(parts["COUNT"]) if "COUNT" in parts else None
    if left is None and first > start:
        number += max(first.toordinal() - number, 0) // (7 * interval) * 7 * interval
    others = {key: value for key, value in parts.items() if key != "BYDAY"}
    for _ in range(STEP_LIMIT):
        if number > last.toordinal():
            return
        for ordinal in range(max(number, start.toordinal()), min(number + 7, last.toordinal() + 1)):
            day = dt.date.fromordinal(ordinal)
            if _WEEKDAYS[day.weekday()] not in wanted or not _fits(day, others):
                continue
            if day >= first:
                yield day
            if left is not None:
                left -= 1
                if left <= 0:
                    return
        number += 7 * interval


def _fits(day: dt.date, parts: dict[str, str]) -> bool:
    """Say whether a day passes the filters BYMONTH, BYMONTHDAY, BYYEARDAY and BYDAY."""
    if parts.keys().isdisjoint(_FILTERS):
        return True
    year_days = 366 if calendar.isleap(day.year) else 365
    month_days = calendar.monthrange(day.year, day.month)[1]
    tests = (
        ("BYMONTH", day.month, 13),
        ("BYMONTHDAY", day.day, month_days + 1),
        ("BYYEARDAY", day.timetuple().tm_yday, year_days + 1),
    )
    for key, value, end in tests:
        if parts.get(key):
            numbers = {int(text) for text in parts[key].split(",")}
            if value not in numbers and value - end not in numbers:
                return False
    days = _list_weekdays(parts)
    return not days or _WEEKDAYS[day.weekday()] in days


_FILTERS = frozenset({"BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYDAY"})


def _list_weekdays(parts: dict[str, str]) -> set[str]:
    return {text.strip()[-2:] for text in parts.get("BYDAY", "").split(",") if text.strip()}
