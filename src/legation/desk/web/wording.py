"""How dates, counts and kinds are said on a page; what is not known is said as such."""

from __future__ import annotations

import datetime as dt
import re

from legation.facts.when import When

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
#: Before this year a date may be of the old calendar, and the day of the week is not certain.
_WEEKDAY_SINCE = 1753

#: What each kind of item is called at the head of a page and in a source line.
KINDS: dict[str, str] = {
    "entry": "Diary",
    "paper": "Paper",
    "card": "Address book",
    "event": "Calendar",
    "message": "Mail",
    "row": "Address list",
    "note": "Note",
}
#: The same as a heading of several.
KINDS_MANY: dict[str, str] = {
    "entry": "Diary",
    "paper": "Papers",
    "card": "Cards",
    "event": "Calendar",
    "message": "Mail",
    "row": "Lists",
    "note": "Notes",
}
#: What a state is called; the line under it says the same (see the style sheet).
STATES: dict[str, str] = {
    "read": "read",
    "sure": "confirmed",
    "ask": "question",
    "contra": "accounts differ",
    "rejected": "rejected",
}
#: A form of meeting as the beginning of a title.
FORMS: dict[str, str] = {
    "telephone": "Telephone call",
    "corridor": "Words in passing",
    "session": "Session",
    "theatre": "At the theatre",
    "church": "At church",
    "tavern": "At a tavern",
    "": "Meeting",
}


def say_number(number: int) -> str:
    """Return a count in words up to twelve, in figures above (grouped from 10,000 on)."""
    if 0 <= number < len(_NUMBERS):
        return _NUMBERS[number]
    return f"{number:,}" if number >= 10_000 else str(number)


def count(number: int, one: str, many: str = "") -> str:
    """Return the number in words with its noun: "seven questions"."""
    return f"{say_number(number)} {one if number == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """Return the text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def _said(value: str, *, weekday: bool, year: bool) -> str:
    parts = value.split("-")
    if len(parts) == 1:
        return parts[0]
    month = MONTHS[int(parts[1]) - 1]
    if len(parts) == 2:
        return f"{month} {parts[0]}" if year else month
    day = dt.date(int(parts[0]), int(parts[1]), int(parts[2]))
    text = f"{day.day} {month} {day.year}" if year else f"{day.day} {month}"
    if weekday and day.year >= _WEEKDAY_SINCE:
        return f"{WEEKDAYS[day.weekday()]}, {text}"
    return text


def say_date(
    value: str, *, weekday: bool = False, year: bool = True, unknown: str = "no date"
) -> str:
    """Return an ISO date of any precision in words; what is no date is returned as it stands."""
    if not value:
        return unknown
    try:
        When(value)
    except ValueError:
        return value
    first, slash, last = value.partition("/")
    if not slash:
        return _said(first, weekday=weekday, year=year)
    start = _said(first, weekday=False, year=first[:4] != last[:4])
    return f"{start} to {_said(last, weekday=False, year=year)}"


def say_weekday(value: str) -> str:
    """Return the day of the week of an ISO day, or "" where it is not known for certain."""
    said = say_date(value, weekday=True)
    return said.partition(",")[0] if "," in said else ""


def say_month(value: str) -> str:
    """Return the month of an ISO date ("August 1938"), its year alone, or "No date"."""
    return say_date(value[:7], unknown="No date") if len(value) >= 7 else value or "No date"


def say_days(days: int | None) -> str:
    """Return how long ago or ahead something is, in days."""
    if days is None:
        return "no date"
    if days == 0:
        return "today"
    if days < 0:
        return "tomorrow" if days == -1 else f"in {-days} days"
    return "yesterday" if days == 1 else f"{days:,} days"


def say_form(form: str) -> str:
    """Return a form of meeting as the beginning of a title."""
    return FORMS.get(form) or sentence(form)


def say_kind(kind: str, *, many: bool = False) -> str:
    """Return what a kind of item is called."""
    return (KINDS_MANY if many else KINDS).get(kind) or sentence(kind)


def say_state(state: str) -> str:
    """Return what a state is called."""
    return STATES.get(state, state)


def say_title(title: str, written_on: str, kind: str) -> str:
    """Return the heading of an item: its title, or its date where the title says no more."""
    date = say_date(written_on, unknown="")
    if not title or re.fullmatch(r"[\d\-_. ]+", title):
        return date or f"{say_kind(kind)} without a date"
    return title


def say_source(kind: str, title: str, written_on: str) -> str:
    """Return where words stand: "Diary, 9 March 1939"; a paper is named by its title."""
    date = say_date(written_on, unknown="no date")
    if kind == "entry":
        return f"Diary, {date}"
    name = say_title(title, written_on, kind)
    return name if not written_on or date in name else f"{name}, {date}"


_PARAGRAPH = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")
_HEADING_SIGN = re.compile(r"(?m)^#{1,6}[ \t]+")


def say_before(before: str, start: int) -> str:
    """Return what stands before a quote: its paragraph only, whole words, "…" where it is cut."""
    own = _PARAGRAPH.split(before)[-1]
    cut = len(own) == len(before) and start > len(before) and not before.startswith("…")
    text = " ".join(_HEADING_SIGN.sub("", own.lstrip("\r\n")).split())
    space = " " if own[-1:].isspace() and text else ""
    if cut:
        text = f"… {text.partition(' ')[2]}"
        space = "" if text == "… " else space
    return text + space


def say_after(after: str) -> str:
    """Return what stands after a quote: its paragraph only, whole words, "…" where it is cut."""
    own = _PARAGRAPH.split(after)[0]
    text = " ".join(own.split())
    space = " " if own[:1].isspace() and text else ""
    if len(own) == len(after) and text and text[-1] not in '.!?…"”’' and " " in text:
        text = f"{text.rpartition(' ')[0]} …"
    return space + text


def join_names(names: list[str], last: str = "and") -> str:
    """Return names as a phrase: "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
