"""Recurrence rules of calendars: checked, converted from vCalendar 1.0, and listed day by day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from dateutil import rrule  # type: ignore[import-untyped]

from legation.facts.candidates import Event
from legation.facts.when import When

#: Steps of one rule that are tried before its listing is cut off.
STEP_LIMIT = 200_000

_UNITS = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600}
_LENGTHS = {"DAILY": 1, "WEEKLY": 7}
_FREQUENCIES = frozenset({*_UNITS, *_LENGTHS, "MONTHLY", "YEARLY"})
_DAY = re.compile(r"([+-]?\d{1,3})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBERS = re.compile(r"[+-]?\d{1,3}(,[+-]?\d{1,3})*")
_OLD = re.compile(
    r"(D|W|MP|MD|YM|YD)(\d+)((?:\s+[\w+$-]+)*?)(?:\s+#(\d+))?(?:\s+(\d{8}(?:T\d{6}Z?)?))?"
)
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
        if key in parts and not (
            parts[key].isascii() and parts[key].isdigit() and int(parts[key]) > 0
        ):
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


def occurrences(
    event: Event, first: dt.date, last: dt.date, limit: int = 1000
) -> tuple[dt.date, ...]:
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
    if parts["FREQ"] in _UNITS:
        yield from _expand_seconds(parts, start, first, last, interval * _UNITS[parts["FREQ"]])
        return
    origin = start
    length = _LENGTHS.get(parts["FREQ"], 0) * interval
    if length and "COUNT" not in parts and first > start:
        # Without a count, whole intervals before the days asked for can be leapt over.
        origin += dt.timedelta(days=(first - start).days // length * length)
    kept = {key: value for key, value in parts.items() if key in _FOLLOWED and value}
    text = ";".join(f"{key}={value}" for key, value in kept.items())
    try:
        series = rrule.rrulestr(
            f"{text};UNTIL={last:%Y%m%d}T235959" if "COUNT" not in kept else text,
            dtstart=dt.datetime.combine(origin, dt.time()),
        )
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


def _expand_seconds(
    parts: dict[str, str], start: dt.date, first: dt.date, last: dt.date, step: int
) -> Iterator[dt.date]:
    """List the days of a rule that repeats within the day, one look a day."""
    day_seconds = 86_400
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


def _fits(day: dt.date, parts: dict[str, str]) -> bool:
    tests = {"BYMONTH": day.month, "BYMONTHDAY": day.day, "BYYEARDAY": day.timetuple().tm_yday}
    for key, value in tests.items():
        if key in parts and str(value) not in [x.lstrip("+0") for x in parts[key].split(",")]:
            return False
    days = {text.strip()[-2:] for text in parts.get("BYDAY", "").split(",") if text.strip()}
    return not days or _WEEKDAYS[day.weekday()] in days


def day_of(when: When | None) -> dt.date | None:
    """Return the day of a date known to the day."""
    return when.day if when is not None else None
