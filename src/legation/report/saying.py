"""How views say dates, forms and counts in words; what is not known is said as such."""

from __future__ import annotations

import datetime as dt

from legation.facts.when import WEEKDAY_SINCE, When

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: A form of meeting as it stands in a sentence: "last a lunch on …".
_PHRASES = {
    "telephone": "a telephone call",
    "corridor": "a word in passing",
    "theatre": "at the theatre",
    "church": "at church",
    "tavern": "at a tavern",
    "": "a meeting",
}
_NOUNS = {
    "theatre": "an evening at the theatre",
    "church": "a word at church",
    "tavern": "an evening at a tavern",
}
#: The same as the beginning of a note.
_TITLES = {
    "telephone": "Telephone call",
    "corridor": "Words in passing",
    "theatre": "At the theatre",
    "church": "At church",
    "tavern": "At a tavern",
    "": "Meeting",
}


def parse_when(value: str) -> When | None:
    """Return an ISO date of any precision, or None where it is none."""
    if not value:
        return None
    try:
        return When(value)
    except ValueError:
        return None


def say_date(value: str, *, year: bool = True) -> str:
    """Return an ISO date in words: "26 August 1938", "August 1938", "1938", "no date"."""
    when = parse_when(value)
    if when is None:
        return value or "no date"
    first, slash, last = when.value.partition("/")
    if slash:
        return f"{_said(first, year=first[:4] != last[:4])} to {_said(last, year=year)}"
    return _said(first, year=year)


def _said(value: str, *, year: bool) -> str:
    parts = value.split("-")
    words = [str(int(parts[2]))] if len(parts) == 3 else []
    if len(parts) > 1:
        words.append(MONTHS[int(parts[1]) - 1])
    if year or len(parts) == 1:
        words.append(parts[0])
    return " ".join(words)


def say_on(value: str, *, year: bool = True) -> str:
    """Return a date with its preposition: "on 4 September", "in August 1938", "without a date"."""
    when = parse_when(value)
    if when is None:
        return f"on {value}" if value else "without a date"
    said = say_date(value, year=year)
    return {"day": f"on {said}", "range": f"between {said.replace(' to ', ' and ')}"}.get(
        when.precision, f"in {said}"
    )


def say_form(form: str) -> str:
    """Return a form within a sentence: "a lunch", "at church"."""
    return _PHRASES.get(form) or f"{'an' if form[:1] in 'aeiou' else 'a'} {form}"


def name_form(form: str) -> str:
    """Return a form as a noun with its article, also where `say_form` says a place."""
    return _NOUNS.get(form) or say_form(form)


def say_form_title(form: str) -> str:
    """Return a form at the beginning of a note: "Lunch", "At church"."""
    return _TITLES.get(form) or form[:1].upper() + form[1:]


def say_times(number: int) -> str:
    """Return how often: "once", "twice", "14 times"."""
    return {0: "never", 1: "once", 2: "twice"}.get(number) or f"{number:,} times"


def say_ago(days: int) -> str:
    """Return how long ago: "today", "yesterday", "186 days ago"."""
    return {0: "today", 1: "yesterday"}.get(days) or f"{days:,} days ago"


def say_ahead(days: int) -> str:
    """Return how far ahead: "today", "tomorrow", "in 12 days"."""
    return {0: "today", 1: "tomorrow"}.get(days) or f"in {days:,} days"


def say_number(number: int, one: str, many: str = "") -> str:
    """Return a count with its noun: "1 mention", "12 mentions"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def join_names(names: list[str]) -> str:
    """Return names as a phrase: "A, B and C"."""
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else ""


def sentence(text: str) -> str:
    """Return the text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def say_weekday(day: dt.date) -> str:
    """Return the day of the week, "" before 1753, when a date may be of the old calendar."""
    return WEEKDAYS[day.weekday()] if day.year >= WEEKDAY_SINCE else ""


def day_of_year(day: dt.date) -> str:
    """Return a day without its year: "12 March"."""
    return f"{day.day} {MONTHS[day.month - 1]}"
