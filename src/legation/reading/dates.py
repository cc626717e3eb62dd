"""Dates in prose: explicit, relative to the item's own date, or to a date before in the text.

`find_dates` reads running text; `parse_date` reads one field (a header line, a file name, a value
of front matter). Both are linear in the length of the text and never give a day that is none.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from legation.facts.candidates import DateMention
from legation.facts.problem import Problem
from legation.facts.span import Span
from legation.facts.when import When
from legation.reading.date_rules import (
    CAPITAL_MONTHS,
    DATE_RULES,
    FOREIGN_NAMES,
    HEADING_TAIL,
    DateRule,
    Frame,
    resolve_heading,
)
from legation.reading.date_words import (
    MONTHS,
    SEASONS,
    make_range,
    make_when,
    season_of,
    weekday_of,
)

Match = re.Match[str]


def _names(words: dict[str, int]) -> str:
    return "|".join(sorted((w for w in words), key=len, reverse=True))


_HEADING = re.compile(
    rf"[#\s]*(?P<heading>(?P<day>[0-3]?[0-9])(?:st|nd|rd|th|d){HEADING_TAIL})(?=[.,:;(\s]|$)"
)


def find_dates(text: str, written_on: When | None) -> tuple[DateMention, ...]:
    """Find every expression that fixes a day, month or year, in order and without overlaps.

    Relative ones ("yesterday", "Tuesday next") are resolved against `written_on`, and "the next
    day", "a week later" against a date before them in the text; what cannot be resolved, and a
    day that does not exist, is left out. Weekdays before September 1752 follow the old calendar,
    unless the item's own heading says that its day was a Sunday and the new one agrees.
    """
    frame = Frame(text, written_on.day if written_on else None, written_on, [])
    frame.old_style = _heading_style(text, frame.written)
    found: list[tuple[int, int, int, Match, DateRule]] = []
    heading = _HEADING.match(text[:200])
    head: DateMention | None = None
    if heading is not None:
        when = resolve_heading(heading, frame)
        if when is not None:
            head = DateMention(Span(heading.start("heading"), heading.end("heading")), when)
    hinted = _hints(text)
    for order, rule in enumerate(DATE_RULES):
        if any(hint in hinted for hint in rule.hints):
            found.extend((m.start(), order, m.end(), m, rule) for m in rule.pattern.finditer(text))
    found.sort(key=lambda row: (row[0], row[1]))
    out: list[DateMention] = [head] if head else []
    busy = head.span.end if head else 0
    for position, (start, order, end, match, rule) in enumerate(found):
        if start < busy or _yields(found, position, order, end):
            continue
        when = rule.resolve(match, frame)
        if when is None:
            # An impossible day must not be read as its month.
            busy = max(busy, end) if order <= 4 else busy
            continue
        busy = end
        out.append(DateMention(_trim(text, start, end), when))
        if rule.explicit and not (when == written_on and start < 80):
            frame.before.append((end, when, bool(match.groupdict().get("year"))))
    return tuple(out)


_HAS_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")


_MONTH_STARTS = sorted({word[:3].capitalize() for word in MONTHS} | {word[:3].upper() for word in MONTHS})


_HAS_MONTH = re.compile(rf"\b(?:{CAPITAL_MONTHS})\b")


_HAS_FOREIGN = re.compile(rf"\b(?:{FOREIGN_NAMES})\b")


@lru_cache(maxsize=2)
def _hints(text: str) -> str:
    """The text in lower case, and a mark for each kind of number or month's name in it."""
    marks = ""
    if _HAS_YEAR.search(text):
        marks += "#digits"
        if _HAS_FOREIGN.search(text):
            marks += "#foreign"
    if any(start in text for start in _MONTH_STARTS) and _HAS_MONTH.search(text):
        marks += "#months"
    return text.lower() + marks


def _yields(found: list[tuple[int, int, int, Match, DateRule]], position: int, order: int, end: int) -> bool:
    """Say whether an explicit date begins inside this weaker match ("on Friday, 3 May")."""
    following = found[position + 1 : position + 4]
    return any(row[0] < end and row[1] < order and row[2] > end for row in following)


def _trim(text: str, start: int, end: int) -> Span:
    """Take white space and closing marks off the ends."""
    while end > start + 1 and text[end - 1] in " \t\n.,;":
        end -= 1
    lead = re.match(r"on\s+", text[start:end], re.IGNORECASE)
    return Span(start + (lead.end() if lead else 0), end)


def _heading_style(text: str, written: dt.date | None) -> bool | None:
    """False where the heading calls a day Sunday that only the new calendar makes one."""
    if written is None or not re.match(r"[^\n]{0,40}Lord['’]s [Dd]ay", text):
        return None
    return False if weekday_of(written) != 6 and written.weekday() == 6 else None


_COMPACT = re.compile(r"(?<![0-9])(1[0-9]{3}|2[01][0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])(?![0-9])")


_SPACED = re.compile(
    r"(?<![0-9])(1[0-9]{3}|2[01][0-9]{2})[-_. /](0?[1-9]|1[0-2])[-_. /]([0-3]?[0-9])(?![0-9])"
)


_FIELD_MONTH = re.compile(r"(?<![0-9])(1[0-9]{3}|2[01][0-9]{2})[-_.](0[1-9]|1[0-2])(?![0-9])")


_FIELD_SEASON = re.compile(
    rf"(?<![0-9])(1[0-9]{{3}}|2[01][0-9]{{2}})[-_ ]({_names(SEASONS)})\b", re.IGNORECASE
)


_RANGE = re.compile(r"\s*([0-9]{4}(?:-[0-9]{2}){0,2})/([0-9]{4}(?:-[0-9]{2}){0,2})\s*")


def parse_date(text: str) -> When | None:
    """Read the date of one field: a header line, a file name, a value of front matter.

    Takes what prose takes ("Thursday, 9 March 1939", "March 8, 1939, 7 p.m.") and the forms of
    names and data: `19390308`, `1939_03_08`, `1938-08`, `1936-autumn`, `1936`, and an ISO range.
    None where there is no date, or no such day.
    """
    text = text[:2000].strip()
    span = _RANGE.fullmatch(text)
    if span is not None:
        first, last = parse_date(span[1]), parse_date(span[2])
        return make_range(first.first, last.last) if first and last else None
    for pattern in (_SPACED, _COMPACT):
        match = pattern.search(text)
        if match is not None:
            return make_when(*(int(g) for g in match.groups()))
    season = _FIELD_SEASON.search(text)
    if season is not None:
        return season_of(int(season[1]), season[2])
    month = _FIELD_MONTH.search(text)
    if month is not None:
        return make_when(int(month[1]), int(month[2]))
    if re.fullmatch(r"[12][0-9]{3}", text):
        return make_when(int(text))
    found = find_dates(text.replace("_", " "), None)
    return found[0].when if found else None


def find_date_problems(text: str) -> tuple[Problem, ...]:
    """Tell of explicit dates that name a day which does not exist ("30 February 1661")."""
    problems = []
    hinted = _hints(text)
    for rule in DATE_RULES[:5]:
        if not any(hint in hinted for hint in rule.hints):
            continue
        for match in rule.pattern.finditer(text):
            groups = match.groupdict()
            if groups and not groups.get("year"):
                continue
            if groups.get("sep") == "/" or rule.resolve(match, Frame(text, None, None, [])):
                continue
            problems.append(
                Problem(
                    "date-invalid",
                    f"There is no such day: {match[0]}",
                    "Correct the date; until then it is not read.",
                    match.start(),
                    match.end(),
                )
            )
    return tuple(sorted(problems, key=lambda problem: problem.start))
