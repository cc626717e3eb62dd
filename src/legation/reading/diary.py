"""An entry's own date: from what the user said, front matter, a heading, the name, the opening.

A heading is a line that is nothing but a date, or a Markdown heading that begins with one; an
opening is prose that starts with the day ("5th.", "Jan. 1st (Lord's day).").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from legation.facts.problem import Problem
from legation.facts.span import Span
from legation.reading.date_words import FOREIGN_MONTHS, MONTHS, make_when
from legation.reading.dates import parse_date
from legation.reading.header_lines import Line, read_date_line

if TYPE_CHECKING:
    from legation.facts.when import When

#: A line longer than this is no heading.
_LINE = 160
_ALL_MONTHS = MONTHS | FOREIGN_MONTHS
_MONTH = "|".join(sorted(_ALL_MONTHS, key=len, reverse=True))
_WEEKDAY = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?|lord['’]?s[ -]day|sabbath"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
)
_YEAR = r"(?P<year>1[0-9]{3}|2[01][0-9]{2})(?:[/-](?P<dual>[0-9]{1,2}))?"
_ORD = r"(?:st|nd|rd|th|d)?\.?"
_LEAD = rf"(?:(?:{_WEEKDAY}),?[ ]+)?(?:the[ ]+)?"
_TAIL = rf"(?:[ ]*[,(]?[ ]*(?:{_WEEKDAY})[ ]*\)?)?"
_DAY_FORMS = tuple(
    re.compile(_LEAD + form + _TAIL, re.IGNORECASE)
    for form in (
        r"(?P<year>1[0-9]{3}|2[01][0-9]{2})-(?P<num>0?[1-9]|1[0-2])-(?P<day>[0-3]?[0-9])",
        r"(?P<year>1[0-9]{3}|2[01][0-9]{2})/(?P<num>0?[1-9]|1[0-2])/(?P<day>[0-3]?[0-9])",
        r"(?P<day>[0-3]?[0-9])\.[ ]?(?P<num>0?[1-9]|1[0-2])\.[ ]?(?P<year>1[0-9]{3}|2[01][0-9]{2})",
        (
            rf"(?P<day>[0-3]?[0-9]){_ORD}[ ]+(?:of[ ]+|de[ ]+)?(?P<month>{_MONTH})\b\.?"
            rf"(?:,?[ ]+(?:de[ ]+)?{_YEAR})?"
        ),
        rf"(?P<month>{_MONTH})\b\.?[ ]+(?:the[ ]+)?(?P<day>[0-3]?[0-9]){_ORD}(?:,?[ ]+{_YEAR})?",
    )
)
_MONTH_LINE = re.compile(rf"(?P<month>{_MONTH})\b\.?(?:,?[ ]+{_YEAR})?", re.IGNORECASE)
_YEAR_LINE = re.compile(_YEAR)
_BARE_DAY = re.compile(rf"{_LEAD}(?P<day>[0-3]?[0-9]){_ORD}{_TAIL}", re.IGNORECASE)
_MARK = re.compile(r"(?P<mark>#{1,6})[ \t]+(?P<words>.*?)[ \t]*#*[ \t]*")
_BREAK = re.compile(r"[ ]*(?:[—–:|(\[]|-(?=[ ])|,[ ](?=[A-Z]))")
_FIRST_LINE = re.compile(r"[^\r\n]*")
#: What sets a date off from the prose that it opens; a comma goes on with the sentence.
_SET_OFF = re.compile(r"[ \t*_\])]*(?:[.:;](?=[\s*_])|[—–]|[ ]--?[ ])|[*_\])]+(?=\s)")
_NUMBER = re.compile(r"\s*\d{1,2}(?!\d|[:.]\d\d)")
_OPENING = re.compile(
    rf"[ \t]*(?P<words>(?:(?P<month>(?:{_MONTH}))\b\.?[ ]+)?(?P<day>[0-3]?[0-9])"
    rf"(?:st|nd|rd|th|d)\b(?:[ ]*\((?:{_WEEKDAY}|new year['’]s day|christmas day)\))?)"
    r"[.:,;]?(?=\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The date that a heading line gives: a `When`, or only a month or year for those below it."""

    level: int
    when: When | None
    start: int
    end: int
    #: Day without month, waiting for the headings above it.
    day: int = 0
    month: int = 0
    year: int = 0


@dataclass(frozen=True, slots=True)
class OwnDate:
    """An item's own date, the words that give it (None where it is not in the text), and doubts."""

    when: When | None = None
    span: Span | None = None
    source: str = ""
    problems: tuple[Problem, ...] = ()


def read_heading(line: str, offset: int = 0) -> Heading | None:
    """Read a line that is a date heading; `offset` is where the line starts in the text.

    Level 1–6 is a Markdown heading, 0 a line of its own without marks. Months and years alone
    count only behind Markdown marks.
    """
    text = line.rstrip("\r\n")
    if len(text) > _LINE or not text.strip():
        return None
    marked = _MARK.fullmatch(text)
    level = len(marked["mark"]) if marked else 0
    words = marked["words"] if marked else text.strip()
    start = offset + (marked.start("words") if marked else len(text) - len(text.lstrip()))
    plain = words.strip("*_ \t")
    start += len(words) - len(words.lstrip("*_ \t"))
    if not marked:
        plain = plain.rstrip(".:,")
    else:
        plain = re.sub(r"^\[\[(.*?)\]\]", r"\1", plain)
        cut = _BREAK.search(plain, 4)
        if cut is not None and _read_day(plain) is None:
            plain = _shorten(plain)
    found = _read_day(plain)
    if found is not None:
        when, day, month, year = found
        if when is None and not marked and not month:
            return None
        return Heading(level, when, start, start + len(plain), day, month, year)
    if not marked:
        return None
    match = _MONTH_LINE.fullmatch(plain)
    if match:
        month, year = _ALL_MONTHS[match["month"].lower()], int(match["year"] or 0)
        return Heading(level, None, start, start + len(plain), 0, month, year)
    if _YEAR_LINE.fullmatch(plain):
        return Heading(level, None, start, start + len(plain), 0, 0, int(plain[:4]))
    match = _BARE_DAY.fullmatch(plain)
    if match and 1 <= int(match["day"]) <= 31:
        return Heading(level, None, start, start + len(plain), int(match["day"]))
    return None


def _shorten(words: str) -> str:
    """Cut a heading's title off its date: "8 August 1938 — lunch", "1938-08-08: London"."""
    for cut in _BREAK.finditer(words, 4):
        piece = words[: cut.start()].rstrip()
        if _read_day(piece) is not None:
            return piece
    return words


def _read_day(words: str) -> tuple[When | None, int, int, int] | None:
    words = words.strip()
    for form in _DAY_FORMS:
        match = form.fullmatch(words)
        if match is None:
            continue
        groups = match.groupdict()
        day = int(groups["day"])
        named = groups.get("month")
        month = int(groups["num"]) if groups.get("num") else _ALL_MONTHS[(named or "").lower()]
        year = int(groups["year"]) if groups.get("year") else 0
        year = _second_year(year, groups.get("dual"), month)
        if not 1 <= day <= 31:
            return None
        when = make_when(year, month, day) if year else None
        if year and when is None:
            return None
        return when, day, month, year
    return None


def _second_year(year: int, dual: str | None, month: int) -> int:
    """Of "1660/61" take the second year where the month lies before Lady Day."""
    if dual and month <= 3 and (year + 1) % 10 ** len(dual) == int(dual):
        return year + 1
    return year


def read_opening(text: str, offset: int = 0) -> Heading | None:
    """Read prose that opens with its day: "5th.", "Jan. 1st (Lord's day).", "August 3d"."""
    match = _OPENING.match(text[offset : offset + _LINE])
    if match is None or not 1 <= int(match["day"]) <= 31:
        return None
    month = _ALL_MONTHS[match["month"].lower()] if match["month"] else 0
    start, end = match.span("words")
    return Heading(0, None, offset + start, offset + end, int(match["day"]), month)


def read_dated_opening(text: str, offset: int = 0) -> Heading | None:
    """Read prose that opens with its whole date, set off from what follows: "12 May 1937. Lunched"."""
    line = _FIRST_LINE.match(text[offset : offset + _LINE])
    words = line.group() if line else ""
    lead = len(words) - len(words.lstrip(" \t*_[("))
    for cut in _SET_OFF.finditer(words, lead + 6, lead + 60):
        piece = words[lead : cut.start()]
        found = _read_day(piece.rstrip(" *_])"))
        # "12 May 1937 – 14 May 1937" is a span of days; "12 May 1937 – 10.30 Eden" is not.
        if _NUMBER.match(words, cut.end()):
            continue
        if found is not None and found[0] is not None:
            end = offset + lead + len(piece.rstrip(" *_])"))
            return Heading(0, found[0], offset + lead, end, found[1], found[2], found[3])
    return None


def read_name_date(path: str) -> When | None:
    """Read the date in a file's name, or in its folders and name: `1938/08/26.md`.

    "26 August 1938.md", `1938-08-26 London.md`, `19380826.txt` and `1938-08.md` are read; a number
    that merely stands in a name (`d028.txt`) is none.
    """
    pieces = [p for p in path.replace("\\", "/").split("/") if p]
    if not pieces:
        return None
    stem = re.sub(r"\.[A-Za-z]\w{0,8}$", "", pieces[-1])
    when = _read_stem(stem)
    if when is not None:
        return when
    # Years and months given by the folders around: 1938/08/26, 1938/1938-08/26, 1938/August 26.
    day = re.fullmatch(r"([0-3]?[0-9])(?:st|nd|rd|th)?(?:[ _-]+[A-Za-z].*)?", stem)
    if day and len(pieces) >= 3:
        year = re.fullmatch(r"(1[0-9]{3}|2[01][0-9]{2})", pieces[-3])
        month = re.fullmatch(r"(?:[12][0-9]{3}[-_])?(0?[1-9]|1[0-2])(?:[ _-].*)?", pieces[-2])
        number = int(month[1]) if month else _ALL_MONTHS.get(pieces[-2].lower(), 0)
        if year and number:
            return make_when(int(year[1]), number, int(day[1]))
    if len(pieces) >= 2 and re.fullmatch(r"1[0-9]{3}|2[01][0-9]{2}", pieces[-2]):
        found = _read_day(stem.replace("_", " "))
        if found and not found[3]:
            return make_when(int(pieces[-2]), found[2], found[1])
        pair = re.fullmatch(r"(0[1-9]|1[0-2])-([0-3][0-9])(?:\D.*)?", stem)
        if pair:
            return make_when(int(pieces[-2]), int(pair[1]), int(pair[2]))
    return None


def _read_stem(stem: str) -> When | None:
    if not re.search(r"(?<![0-9])(1[0-9]{3}|2[01][0-9]{2})", stem):
        return None
    if re.fullmatch(r"[0-9]{5,7}|[0-9]{9,}", stem):
        return None
    when = parse_date(stem)
    # A bare year in a longer name ("Report 1938 final") says nothing of the day it was written.
    if when is not None and when.precision == "year" and not re.fullmatch(r"\d{4}", stem.strip()):
        return None
    return when


def complete(day: int, month: int, year: int, around: When | None) -> When | None:
    """Make the date of a heading or opening, its missing month or year taken from `around`."""
    if not year:
        if around is None:
            return None
        year = around.first.year
        if not month:
            if around.precision == "year":
                return None
            month = around.first.month
    if not month:
        return None
    return make_when(year, month, day) if day else make_when(year, month)


def find_own_date(
    text: str,
    *,
    said: When | None = None,
    front: tuple[When, Span] | None = None,
    part: str = "",
    path: str = "",
    body: int = 0,
) -> OwnDate:
    """Find an entry's own date; what the user said wins, then front matter, heading, name, opening.

    `part` is the name that splitting gave (an ISO date, perhaps with `#2`), `body` the offset after
    the front matter. Sources that disagree make the problem `date-conflict`; one that is only less
    precise does not.
    """
    named = read_name_date(path)
    split = parse_date(part.partition("#")[0]) if part else None
    around = split or (front[0] if front else None) or named
    sources: list[tuple[str, When, Span | None]] = []
    if said is not None:
        sources.append(("what was said", said, None))
    if front is not None:
        sources.append(("the front matter", front[0], front[1]))
    heading = _first_heading(text, body)
    if heading is not None:
        when = heading.when or complete(heading.day, heading.month, heading.year, around)
        if when is not None and (heading.day or not named):
            sources.append(("the heading", when, Span(heading.start, heading.end)))
    if split is not None and not any(s[0] == "the heading" for s in sources):
        sources.append(("the heading", split, None))
    if named is not None:
        sources.append(("the name", named, None))
    first = _skip_blank(text, body)
    opening = read_dated_opening(text, first) or read_opening(text, first)
    if opening is not None:
        when = opening.when or complete(opening.day, opening.month, 0, around)
        if when is not None:
            sources.append(("the opening", when, Span(opening.start, opening.end)))
    if not sources:
        return OwnDate()
    return _choose(sources)


def _choose(sources: list[tuple[str, When, Span | None]]) -> OwnDate:
    name, when, span = sources[0]
    problems: list[Problem] = []
    for other, date, place in sources[1:]:
        if date == when:
            span = span or place
        elif _within(date, when):
            # A later source may only say more exactly what the earlier one said.
            name, when, span = other, date, place or span
        elif not _within(when, date):
            message = f"{name} says {when.value}, {other} says {date.value}; {when.value} was used"
            start, end = (place.start, place.end) if place else (-1, -1)
            hint = "correct one of them, or give the date in the front matter"
            problems.append(Problem("date-conflict", message, hint, start, end))
    return OwnDate(when, span, name, tuple(problems))


def _within(inner: When, outer: When) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last


def _skip_blank(text: str, start: int) -> int:
    match = re.compile(r"\s*").match(text, start)
    return match.end() if match else start


def _first_heading(text: str, body: int) -> Heading | None:
    """The date heading among the first lines of an entry."""
    position = _skip_blank(text, body)
    for _ in range(4):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position : min(end, position + _LINE + 1)]
        if "\r" in line.rstrip("\r"):
            line = line.split("\r", 1)[0]
        heading = read_heading(line, position)
        if heading is None and line.strip():
            # "London, 8 March 1939" over an entry, as over a letter.
            lead = len(line) - len(line.lstrip())
            shown = Line(line.strip(), position + lead, position + len(line.rstrip()), True)
            dated = read_date_line(shown)
            if dated is not None and dated.when is not None and dated.when.day is not None:
                return Heading(0, dated.when, *dated.date, dated.when.day.day)
        if heading is not None and (heading.day or heading.month):
            return heading
        # Only another heading (a title) may stand before it.
        if line.strip() and not line.startswith("#"):
            return None
        position = _skip_blank(text, position + max(len(line), 1))
        if position >= len(text):
            return None
    return None
