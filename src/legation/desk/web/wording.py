"""How dates, counts and kinds are said on a page; what is not known is said as such."""

from __future__ import annotations

import re

from legation.report import saying
from legation.report.saying import sentence
from legation.report.views import FindingView, PersonLink, Words

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


def say_number(number: int) -> str:
    """Return a count in words up to twelve, in figures above (grouped from 10,000 on)."""
    if 0 <= number < len(_NUMBERS):
        return _NUMBERS[number]
    return f"{number:,}" if number >= 10_000 else str(number)


def count(number: int, one: str, many: str = "") -> str:
    """Return the number in words with its noun: "seven questions"."""
    return f"{say_number(number)} {one if number == 1 else many or one + 's'}"


def say_date(value: str, *, weekday: bool = False, year: bool = True, unknown: str = "no date") -> str:
    """Return an ISO date of any precision in words; what is no date is returned as it stands."""
    if not value:
        return unknown
    said = saying.say_date(value, year=year)
    when = saying.parse_when(value)
    if weekday and when is not None and when.day and when.day.year >= _WEEKDAY_SINCE:
        return f"{WEEKDAYS[when.day.weekday()]}, {said}"
    return said


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


def say_days_of(since: str, until: str) -> str:
    """Return the days for which an answer holds: ", from 1 May 1661, until 3 June 1661", or ""."""
    return (f", from {say_date(since)}" if since else "") + (f", until {say_date(until)}" if until else "")


def say_rule(rule: str) -> str:
    """Return how a fact was read: by which rule, or who proposed it."""
    if rule == "proposed":
        return "Only the shape of the words speaks for a name; it is one if you say so."
    model = rule.removeprefix("proposed by ")
    if model != rule:
        return f"Proposed by {model}, a language model; no rule reads it so."
    return f"Read by the rule {rule}."


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
    # A date is not broken at the end of a line.
    date = say_date(written_on, unknown="no date").replace(" ", "\u00a0")
    if kind == "entry":
        return f"Diary, {date}"
    name = say_title(title, written_on, kind)
    return name if not written_on or say_date(written_on) in name else f"{name}, {date}"


def say_parties(
    view: FindingView, role: str, owner: PersonLink | None
) -> list[tuple[str, PersonLink | None]]:
    """Return who has a part in a finding, each as (what to write, whose page it leads to or None).

    The owner is "you"; where nobody is known it is what is written there, or "somebody".
    """
    found: list[tuple[str, PersonLink | None]] = []
    for part in view.people:
        if part.role != role:
            continue
        if part.person is not None and owner is not None and part.person.id == owner.id:
            one: tuple[str, PersonLink | None] = ("you", None)
        elif part.person is not None:
            one = (part.person.name, part.person)
        elif part.how == "author":
            one = ("the author", None)
        else:
            one = (f"“{part.as_written}”" if len(part.as_written) > 4 else "somebody", None)
        if one not in found:
            found.append(one)
    return found


def clip(text: str, most: int = 260) -> str:
    """Return a text cut at the end of a word, with "…" where it was cut."""
    whole = " ".join(text.split())
    if len(whole) <= most:
        return whole
    head, space, _ = whole[:most].rpartition(" ")
    return (head if space else whole[:most]).rstrip(",;:") + " …"


def say_due(view: FindingView) -> str:
    """Return when a promise is due: "due in 3 days", "its day passed 12 days ago", "no day is named"."""
    days = view.days_until
    if days is None:
        return "no day is named"
    if days < 0:
        return "its day passed yesterday" if days == -1 else f"its day passed {-days:,} days ago"
    return {0: "due today", 1: "due tomorrow"}.get(days) or f"due in {days:,} days"


_PARAGRAPH = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")
_HEADING_SIGN = re.compile(r"(?m)^#{1,6}[ \t]+")


def say_quote(words: Words) -> str:
    """Return the words of a fact; of a card's or calendar's line its value, without its name."""
    if words.kind in ("card", "event"):
        name, colon, value = words.quote.partition(":")
        if colon and value.strip() and re.fullmatch(r"[A-Za-z0-9.-]+(?:;.*)?", name, re.DOTALL):
            return value.strip().replace("\\,", ",").replace("\\;", ";").replace(";", " ").strip()
    return words.quote


def say_before(before: str) -> str:
    """Return what stands before a quote: its paragraph only, with "…" where that was cut."""
    own = _PARAGRAPH.split(before)[-1].lstrip("\r\n")
    text = " ".join(_HEADING_SIGN.sub("", own).split())
    if not text:
        return ""
    begins = text[0].isupper() or text[0].isdigit() or text[0] in "“‘\"'([…-*"
    return ("" if begins else "… ") + text + (" " if own[-1:].isspace() else "")


def say_after(after: str) -> str:
    """Return what stands after a quote: its paragraph only, with "…" where that was cut."""
    own = _PARAGRAPH.split(after)[0].rstrip("\r\n")
    text = " ".join(own.split())
    if not text:
        return ""
    ends = text[-1] in '.!?…:"”’)'
    return (" " if own[:1].isspace() else "") + text + ("" if ends else " …")
