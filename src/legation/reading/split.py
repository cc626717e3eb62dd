"""One file, several entries: where a diary file is cut.

Cutting is conservative: only headings that are dates, at least two of them at one level, with their
days in order. A memorandum, a letter or a chronicle that merely names dates stays one part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from legation.reading.date_words import SEASONS, season_of
from legation.reading.dates import parse_date
from legation.reading.diary import (
    Heading,
    complete,
    read_dated_opening,
    read_heading,
    read_name_date,
    read_opening,
)
from legation.reading.markup import read_front_matter
from legation.reading.papers import looks_like_paper

if TYPE_CHECKING:
    from legation.facts.candidates import ItemKind
    from legation.facts.when import When

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
_FENCE = re.compile(r"[ \t]{0,3}(```+|~~~+)")
_LONGEST = 200
_PERIOD = re.compile(r"(?:[ \t]*(?P<mark>#{1,6})[ \t]+)?[ \t*_]*(?P<words>\w[\w ./,-]{2,40}?)[ \t*_#:.]*")
_SEASON = re.compile(
    rf"(?P<season>{'|'.join(SEASONS)})"
    r"(?:,?[ ]+(?:of[ ]+)?(?P<year>1[0-9]{3}|2[01][0-9]{2})(?:[/-][0-9]{2,4})?)?",
    re.IGNORECASE,
)
#: Days between two entries of a diary that writes only the day's number.
_STEP_DAYS = 7


@dataclass(frozen=True, slots=True)
class Part:
    """One entry, paper or note of a file: its name ("": the whole file), kind and code points."""

    part: str
    kind: ItemKind
    start: int
    end: int
    written_on: When | None = None


@dataclass(frozen=True, slots=True)
class _Cut:
    heading: Heading
    when: When
    start: int
    #: What a part is called that covers more than a day ("1938-08", "1938-summer").
    label: str = ""


def split_text(name: str, text: str) -> tuple[Part, ...]:
    """Cut a text file into its entries, or return it whole; the parts tile the text exactly.

    `name` is the file's path, which may give the year or month. Parts are called by their ISO date,
    with `#2`, `#3` … where a day comes again; what stands before the first heading belongs to the
    first part. In a file so cut, what stands under a month, season or year is a part of its own.
    """
    around = read_name_date(name)
    front = read_front_matter(text)
    whole = Part("", _kind_of_whole(name, text, front.date is not None), 0, len(text), around)
    if len(text) < 8 or whole.kind == "paper":
        return (whole,)
    cuts = _find_cuts(text, around)
    if len(cuts) < 2:
        return (whole,)
    cuts = _open_periods(text, cuts, around)
    names: dict[str, int] = {}
    parts: list[Part] = []
    bounds = [0, *(cut.start for cut in cuts[1:]), len(text)]
    for cut, (start, end) in zip(cuts, pairwise(bounds), strict=True):
        value = cut.label or cut.when.value
        names[value] = names.get(value, 0) + 1
        count = names[value]
        label = value if count == 1 else f"{value}#{count}"
        parts.append(Part(label, "entry", start, end, cut.when))
    return tuple(parts)


def _kind_of_whole(name: str, text: str, dated: bool) -> ItemKind:
    if looks_like_paper(text):
        return "paper"
    body = read_front_matter(text).body
    if dated or read_name_date(name) is not None:
        return "entry"
    first = text[body : body + 2 * _LONGEST].lstrip()
    heading = read_heading(first.splitlines()[0]) if first else None
    if heading is not None and (heading.when or heading.day):
        return "entry"
    return "entry" if read_dated_opening(first) else "note"


def _lines(text: str) -> list[tuple[int, str]]:
    """Return (offset, line) of lines short enough to be headings, outside code fences."""
    out: list[tuple[int, str]] = []
    fence = ""
    for match in _LINE.finditer(text):
        if match.end() - match.start() > _LONGEST:
            out.append((match.start(), match.group()[:_LONGEST]))
            continue
        line = match.group()
        mark = _FENCE.match(line)
        if mark:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1][:3]
            continue
        if not fence:
            out.append((match.start(), line))
    return out


def _find_cuts(text: str, around: When | None) -> list[_Cut]:
    lines = _lines(text)
    marked: dict[int, list[_Cut]] = {}
    context: dict[int, Heading] = {}
    plain: list[_Cut] = []
    openings: list[Heading] = []
    last = around
    blank = True
    for index, (offset, line) in enumerate(lines):
        stripped = line.strip()
        if not stripped:
            blank = True
            continue
        heading = read_heading(line, offset) if len(line) < _LONGEST else None
        if heading is not None and heading.level:
            context = {k: v for k, v in context.items() if k < heading.level}
            when = _resolve(heading, context, around)
            if when is not None:
                marked.setdefault(heading.level, []).append(_Cut(heading, when, offset))
            else:
                context[heading.level] = heading
        elif heading is not None and (blank or _underlined(lines, index)):
            when = heading.when or _follow(heading, last)
            if when is not None:
                plain.append(_Cut(heading, when, offset))
                last = when
        elif blank:
            opening = read_opening(line)
            if opening is not None:
                openings.append(replace(opening, start=offset, end=offset + opening.end))
        blank = False
    for level in sorted(marked):
        if len(marked[level]) >= 2:
            return marked[level]
    if len(plain) >= 2 and _in_order(plain) and _has_bodies(text, plain):
        return plain
    # A file named by its day is that day's entry; "5th." again in it quotes or numbers something.
    if around is not None and around.day is None:
        cuts = _chain_openings(openings, around)
        if len(cuts) >= 2 and _first_opens(text, cuts):
            return cuts
    return []


def _open_periods(text: str, cuts: list[_Cut], around: When | None) -> list[_Cut]:
    """Add a cut at every heading of a month, season or year that has words of its own under it.

    Else these words would bear the day above them. A higher heading before the first day introduces
    the file, and stays with the first part.
    """
    level = cuts[0].heading.level
    days = {cut.start: cut for cut in cuts}
    out: list[_Cut] = []
    context: dict[int, int] = {}
    last = around
    lines = _lines(text)
    starts = sorted({*days, *(at for at, line in lines if line.startswith("#")), len(text)})
    for index, (offset, line) in enumerate(lines):
        if offset in days:
            out.append(days[offset])
            last = days[offset].when
            continue
        alone = not level and (index == 0 or not lines[index - 1][1].strip())
        period = _read_period(line, offset, alone=alone)
        if period is None:
            continue
        heading, season = period
        context = {k: v for k, v in context.items() if k < heading.level}
        year = heading.year or next((context[k] for k in sorted(context, reverse=True)), 0)
        context[heading.level] = year
        # A lower heading is a section of the day; one above all days heads the file.
        if (level and heading.level > level) or (not out and heading.level != level):
            continue
        when, label = _period_of(heading, season, year, last)
        following = next((at for at in starts if at > offset), len(text))
        if when is not None and text[offset + len(line) : following].strip():
            out.append(_Cut(heading, when, offset, label))
            last = when
    return out


def _read_period(line: str, offset: int, *, alone: bool) -> tuple[Heading, str] | None:
    """Read a line that is nothing but a month, season or year behind marks, or alone with its year."""
    if len(line) >= _LONGEST:
        return None
    match = _PERIOD.fullmatch(line.rstrip("\r\n"))
    if match is None:
        return None
    level, words = len(match["mark"] or ""), match["words"]
    season = _SEASON.fullmatch(words)
    if season:
        if not level and not (alone and season["year"]):
            return None
        year = int(season["year"] or 0)
        return Heading(level, None, offset, offset + len(line), year=year), season["season"].lower()
    # Read as if marked: an unmarked month needs its year, and an unmarked year is a number.
    heading = read_heading(f"# {words}")
    if heading is None or heading.day or heading.when is not None:
        return None
    if not level and not (alone and heading.month and heading.year):
        return None
    return replace(heading, level=level, start=offset, end=offset + len(line)), ""


def _period_of(heading: Heading, season: str, year: int, last: When | None) -> tuple[When | None, str]:
    """Date a month, season or year; a year that is not written runs on from the last heading."""
    if not year and last is not None:
        year = last.first.year + (0 < heading.month < last.first.month - 6)
    if not year:
        return None, ""
    if season:
        return season_of(year, season), f"{year:04d}-{season}"
    when = complete(0, heading.month, year, None) if heading.month else parse_date(f"{year:04d}")
    return when, when.value if when else ""


def _chain_openings(openings: list[Heading], around: When) -> list[_Cut]:
    """Date the openings one after the other; one that does not carry the days on is left out.

    A step of more than a week without a month's name counts only where the next opening follows it.
    """
    out: list[_Cut] = []
    last = around
    for index, opening in enumerate(openings):
        when = _follow(opening, last)
        if when is None or (out and when.first <= last.first):
            continue
        if out and not opening.month and (when.first - last.first).days > _STEP_DAYS:
            following = openings[index + 1] if index + 1 < len(openings) else None
            after = _follow(following, when) if following else None
            if after is None or not 0 < (after.first - when.first).days <= _STEP_DAYS:
                continue
        out.append(_Cut(opening, when, opening.start))
        last = when
    return out


def _resolve(heading: Heading, context: dict[int, Heading], around: When | None) -> When | None:
    if heading.when is not None:
        return heading.when
    if not heading.day:
        return None
    month, year = heading.month, heading.year
    for level in sorted(context, reverse=True):
        month = month or context[level].month
        year = year or context[level].year
    return complete(heading.day, month, year, around)


def _follow(heading: Heading, last: When | None) -> When | None:
    """Complete a day from the one before it: a smaller day begins the next month."""
    if last is None:
        return None
    year, month = last.first.year, heading.month or last.first.month
    if heading.month and last.precision != "year" and heading.month < last.first.month - 6:
        year += 1
    if not heading.month:
        if last.precision == "year":
            return None
        if last.precision == "day" and heading.day < last.first.day:
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return complete(heading.day, month, year, None)


def _underlined(lines: list[tuple[int, str]], index: int) -> bool:
    following = lines[index + 1][1].strip() if index + 1 < len(lines) else ""
    return len(following) >= 3 and set(following) <= set("=-")


def _in_order(cuts: list[_Cut]) -> bool:
    days = [cut.when.first for cut in cuts]
    rising = sum(a <= b for a, b in pairwise(days))
    return rising == len(days) - 1 or (rising == 0 and len(days) > 2)


def _has_bodies(text: str, cuts: list[_Cut]) -> bool:
    """Each heading has words under it: a list of dates is no diary."""
    ends = [cut.start for cut in cuts[1:]] + [len(text)]
    bodies = [text[c.heading.end : e].strip() for c, e in zip(cuts, ends, strict=True)]
    return sum(len(b) >= 20 for b in bodies) >= 0.8 * len(bodies)


def _first_opens(text: str, cuts: list[_Cut]) -> bool:
    """The first dated paragraph stands near the top: else a memoir quotes a diary."""
    return len(text[: cuts[0].start].strip()) < _LONGEST
