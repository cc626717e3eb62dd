"""Dates in prose: explicit, relative to the item's own date, or to a date before in the text.

`find_dates` reads running text; `parse_date` reads one field (a header line, a file name, a value
of front matter). Both are linear in the length of the text and never give a day that is none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from legation.facts.candidates import DateMention
from legation.facts.problem import Problem
from legation.facts.span import Span
from legation.facts.when import When
from legation.reading.date_words import (
    FEASTS,
    FOREIGN_MONTHS,
    MONTHS,
    ROMAN_MONTHS,
    SEASONS,
    WEEKDAYS,
    make_range,
    make_when,
    nearest_year,
    read_number,
    season_of,
    shift_days,
    shift_months,
    weekday_of,
)

Match = re.Match[str]
#: How far back a date in the same paragraph still says which year a bare "March 9" belongs to.
_REACH = 400


def _names(words: dict[str, int]) -> str:
    return "|".join(sorted((w for w in words), key=len, reverse=True))


_CAPITAL = "|".join(
    f"{w.capitalize()}|{w.upper()}" for w in sorted(MONTHS, key=len, reverse=True)
)
_MONTH = rf"(?P<month>(?:{_CAPITAL})\b)\.?"
_YEAR = r"(?P<year>1[0-9]{3}|2[01][0-9]{2})(?:[/-](?P<dual>[0-9]{1,2}))?(?![0-9])"
_TH = r"(?:st|nd|rd|th|d|ST|ND|RD|TH)?"
_DAY = rf"(?P<day>[0-3]?[0-9]){_TH}"
_DAY2 = rf"(?:\s?[-–—]\s?|\sto\s|\sand\s)(?P<day2>[0-3]?[0-9]){_TH}"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Wed|Thu|Thur|Fri|Sat|Sun)\.)"
_NUMBER = (
    r"(?P<number>[0-9]{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fourteen|fifteen|twenty|thirty|forty|fifty)"
)
_UNIT = r"(?P<unit>day|week|fortnight|se'?nnight|sennight|month|year)s?"
_TIMES = r"morning|forenoon|noon|afternoon|evening|night"
_PART = r"(?P<part>early|late|mid|(?:the )?(?:beginning|middle|end|first (?:week|days|ten days)|second week|third week|last (?:week|days|ten days))(?: of| in)?)[ -]"  # noqa: E501
_NOT_MORE = r"(?![0-9]|[.,:][0-9])"
_SPACE = r"[ \t]?\n?[ \t]?"


@dataclass(frozen=True, slots=True)
class _Rule:
    """One pattern: `resolve` turns a match into a date; `explicit` ones may anchor later ones.

    `hints` are words in lower case of which the text must hold one, else the pattern is not
    tried: most texts have few kinds of dates, and looking for a word is cheap.
    """

    pattern: re.Pattern[str]
    resolve: Callable[[Match, _Frame], When | None]
    hints: tuple[str, ...]
    explicit: bool = True


@dataclass(slots=True)
class _Frame:
    """What a match is resolved against: the text, the item's own date, the dates before it."""

    text: str
    written: dt.date | None
    own: When | None
    #: (end of the words, date, year written) of explicit dates so far; not the item's heading.
    before: list[tuple[int, When, bool]]
    old_style: bool | None = None

    def preceding(self, at: int, *, reach: int | None = None) -> When | None:
        """The last explicit date before `at`; with `reach` only a near one of this paragraph."""
        if not self.before:
            return None
        end, when, _ = self.before[-1]
        if reach is not None and (at - end > reach or "\n\n" in self.text[end:at]):
            return None
        return when

    def story_day(self, at: int) -> dt.date | None:
        """The day that "the next day" follows: a near explicit one, else the item's own."""
        near = self.preceding(at, reach=_REACH)
        if near is not None and near.day is not None:
            return near.day
        if self.written is not None:
            return self.written
        far = self.preceding(at)
        return None if far is None else far.day


def _year_of(match: Match, month: int | None) -> int | None:
    """The year that is written; of "1660/61" the second where the month is before Lady Day."""
    groups = match.groupdict()
    if not groups.get("year"):
        return None
    year = int(groups["year"])
    dual = groups.get("dual")
    if dual is not None and month is not None and month <= 3:
        second = (year + 1) % 10 ** len(dual)
        if second == int(dual):
            return year + 1
    return year


def _complete(frame: _Frame, at: int, month: int, day: int | None) -> int | None:
    """The year of a date that is written without one."""
    near = frame.preceding(at, reach=_REACH)
    if near is not None and (frame.before[-1][2] or frame.written is None):
        return near.first.year
    if frame.written is not None:
        return nearest_year(frame.written, month, day)
    far = frame.preceding(at)
    return None if far is None else far.first.year


def _month_number(word: str) -> int:
    word = word.lower().rstrip(".")
    return MONTHS.get(word) or FOREIGN_MONTHS.get(word) or ROMAN_MONTHS[word]


def _day_month(match: Match, frame: _Frame) -> When | None:
    month = _month_number(match["month"])
    day = int(match["day"])
    year = _year_of(match, month) or _complete(frame, match.start(), month, day)
    if year is None:
        return None
    first = make_when(year, month, day)
    second = match.groupdict().get("day2")
    if second is None or first is None:
        return first
    last = make_when(year, month, int(second))
    return None if last is None else make_range(first.first, last.first)


def _month_year(match: Match, frame: _Frame) -> When | None:
    month = _month_number(match["month"])
    year = _year_of(match, month)
    return None if year is None else make_when(year, month)


def _bare_month(match: Match, frame: _Frame) -> When | None:
    month = _month_number(match["month"])
    lead = (match["lead"] or "").lower()
    anchor = frame.written
    if anchor is not None and lead in ("last", "next"):
        same = anchor.year
        if lead == "last":
            return make_when(same if month < anchor.month else same - 1, month)
        return make_when(same if month > anchor.month else same + 1, month)
    year = _complete(frame, match.start(), month, None)
    return None if year is None else make_when(year, month)


def _iso(match: Match, frame: _Frame) -> When | None:
    return make_when(*(int(g) for g in match.groups() if g))


def _numeric(match: Match, frame: _Frame) -> When | None:
    """Day, month, year; with slashes only where the order cannot be mistaken."""
    first, middle, year = match["day"], match["month"], int(match["year"])
    if not middle.isdigit():
        return make_when(year, ROMAN_MONTHS.get(middle.lower(), 0), int(first))
    day, month = int(first), int(middle)
    if match["sep"] == "/" and day != month:
        if day <= 12 and month <= 12:
            return None
        if month > 12:
            day, month = month, day
    return make_when(year, month, day)


def _season(match: Match, frame: _Frame) -> When | None:
    return season_of(int(match["year"]), match["season"])


def _year(match: Match, frame: _Frame) -> When | None:
    first = make_when(int(match["year"]))
    if match["year2"] is None or first is None:
        return first
    text = match["year2"]
    last = make_when(int(match["year"][: 4 - len(text)] + text))
    return None if last is None else make_range(first.first, last.last)


def _heading(match: Match, frame: _Frame) -> When | None:
    """The bare day at the head of an entry, "5th." or "1st (Lord's day)", in the entry's month."""
    if frame.own is None or frame.own.precision == "year":
        return None
    if frame.own.day is not None and match["day"] is None:
        return frame.own
    first = frame.own.first
    return make_when(first.year, first.month, int(match["day"]))


def _ordinal(match: Match, frame: _Frame) -> When | None:
    anchor = frame.story_day(match.start())
    if anchor is None:
        return None
    day = int(match["day"].rstrip("stndrh"))
    when = make_when(anchor.year, anchor.month, day)
    if (match["of"] or "").startswith(("ult", "last", "prox", "next")):
        month = shift_months(anchor, -1 if match["of"].startswith(("ult", "last")) else 1)
        return None if month is None else make_when(month.first.year, month.first.month, day)
    return when


_FIXED_SHIFT = {"yesterday": -1, "yesternight": -1, "tomorrow": 1}


def _relative_word(match: Match, frame: _Frame) -> When | None:
    if frame.written is None:
        return None
    word = match["word"].lower().replace("-", "").replace(" ", "")
    if word.startswith("lastnight"):
        shift = -1
    elif word == "thedaybeforeyesterday":
        shift = -2
    elif word == "thedayaftertomorrow":
        shift = 2
    else:
        shift = _FIXED_SHIFT.get(word, 0)
    return shift_days(frame.written, shift)


def _this_period(match: Match, frame: _Frame) -> When | None:
    if frame.written is None:
        return None
    step = {"this": 0, "last": -1, "next": 1}[match["lead"].lower()]
    if match["unit"].lower() == "year":
        return make_when(frame.written.year + step)
    return shift_months(frame.written, step)


def _ago(match: Match, frame: _Frame) -> When | None:
    if frame.written is None:
        return None
    sign = -1 if match["side"].lower() in ("ago", "since", "past") else 1
    return _shift(frame.written, match, sign)


def _later(match: Match, frame: _Frame) -> When | None:
    """"A week later", "two days before": only against a day that the text has named."""
    anchor = frame.preceding(match.start())
    if anchor is None or anchor.precision not in ("day", "month"):
        return None
    if anchor.day is None and match["unit"].lower() not in ("month", "year"):
        return None
    sign = -1 if match["side"].lower() in ("before", "earlier", "previously") else 1
    return _shift(anchor.first, match, sign)


def _shift(anchor: dt.date, match: Match, sign: int) -> When | None:
    count = read_number(match["number"])
    if count is None:
        return None
    unit = match["unit"].lower()
    if unit == "month":
        return shift_months(anchor, sign * count)
    if unit == "year":
        return make_when(anchor.year + sign * count)
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit, 7)
    return shift_days(anchor, sign * count * days)


def _next_day(match: Match, frame: _Frame) -> When | None:
    words = match[0].lower()
    if "that" in words or "same" in words:
        near = frame.preceding(match.start())
        return near if near is not None and near.day is not None else None
    anchor = frame.story_day(match.start())
    if anchor is None:
        return None
    back = "before" in words or "previous" in words or "preceding" in words
    return shift_days(anchor, -1 if back else 1)


_AHEAD = re.compile(
    r"\b(?:will|shall|would|should|to be|is to|are to|am to|was to|were to|going to|intends?|plans?"
    r"|planned|promised?|till|until|by|against|appointed|agreed|invited|due|hopes?|expected|for)\b",
    re.IGNORECASE,
)


def _weekday(match: Match, frame: _Frame) -> When | None:
    anchor = frame.written or frame.story_day(match.start())
    if anchor is None:
        return None
    wanted = WEEKDAYS[match["weekday"].lower()]
    lead = (match["lead"] or "").lower()
    tail = (match["tail"] or "").lower()
    gap = (wanted - weekday_of(anchor, old_style=frame.old_style)) % 7
    if "last" in (lead, tail):
        return shift_days(anchor, gap - 7)
    if "next" in (lead, tail) or tail == "come":
        days = gap or 7
    elif "nnight" in tail or tail == "week":
        days = (gap or 7) + 7
    else:
        clause = frame.text[max(0, match.start() - 80) : match.start()]
        clause = re.split(r"[.;:\n]", clause)[-1]
        days = (gap or 7) if lead == "next" or _AHEAD.search(clause) else gap - 7
    return shift_days(anchor, days)


def _feast(match: Match, frame: _Frame) -> When | None:
    month, day = FEASTS[match["feast"].lower()]
    if match["year"]:
        return make_when(int(match["year"]), month, day)
    year = _complete(frame, match.start(), month, day)
    return None if year is None else make_when(year, month, day)


def _rule(
    hints: str,
    pattern: str,
    resolve: Callable[[Match, _Frame], When | None],
    *,
    explicit: bool = True,
    flags: int = 0,
) -> _Rule:
    return _Rule(re.compile(pattern, flags), resolve, tuple(hints.split("|")), explicit)


_DIGITS_HINT = "#digits"
_MONTHS_HINT = "#months"
_FOREIGN_HINT = "#foreign"
_SEP = r"(?P<sep>[./])[ ]?"
_HEADING_TAIL = r"(?:(?:\.?,? ?\((?:Lord['’]?s|Christmas|New Year['’]s|Easter|Whit)[ -]?[Dd]ay[^()\n]{0,30}\))|(?:[.,]? Lord['’]s [Dd]ay))?"  # noqa: E501
_FOREIGN = "|".join(
    f"{w}|{w.capitalize()}" for w in sorted(FOREIGN_MONTHS, key=len, reverse=True)
)

#: In order of preference where two begin at the same place or overlap.
_RULES = (
    _rule(
        _DIGITS_HINT,
        r"(?<![0-9-])(1[0-9]{3}|2[01][0-9]{2})-(0[1-9]|1[0-2])(?:-([0-3][0-9]))?(?![0-9]|-[0-9])",
        _iso,
    ),
    _rule(
        _DIGITS_HINT,
        rf"(?<![0-9./])(?P<day>[0-3]?[0-9]){_SEP}(?P<month>[0-3]?[0-9]|[IVX]{{1,4}}|[ivx]{{1,4}})"
        r"(?P=sep)[ ]?(?P<year>1[0-9]{3}|2[01][0-9]{2})(?![0-9])",
        _numeric,
    ),
    _rule(
        _MONTHS_HINT,
        rf"(?:\b{_WEEKDAY},?\s)?(?:\b[Tt]he\s)?(?<![0-9.,:/£$-]){_DAY}(?:{_DAY2})?(?:\sof)?,?\s"
        rf"{_MONTH}(?:,?{_SPACE}{_YEAR})?{_HEADING_TAIL}",
        _day_month,
    ),
    _rule(
        _MONTHS_HINT,
        rf"(?:\b{_WEEKDAY},?\s)?\b{_MONTH}\s(?:the\s)?{_DAY}(?:{_DAY2})?{_NOT_MORE}"
        rf"(?:,?{_SPACE}{_YEAR})?{_HEADING_TAIL}",
        _day_month,
    ),
    _rule(
        _FOREIGN_HINT,
        rf"(?<![0-9.,:/-]){_DAY}\.?(?:\sde)?\s(?P<month>(?:{_FOREIGN}))(?:\sde)?\s{_YEAR}",
        _day_month,
    ),
    _rule(
        _MONTHS_HINT,
        rf"(?:\b{_PART})?\b{_MONTH},?\s(?:of\s)?{_YEAR}",
        _month_year,
    ),
    _rule(
        "spring|summer|autumn|fall|winter",
        r"\b(?:(?:early|late|mid)[ -])?(?:the )?(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all"
        r"|[Ww]inter)(?: of|,)? (?P<year>1[0-9]{3}|2[01][0-9]{2})(?:[/–-][0-9]{2,4})?(?![0-9])",
        _season,
    ),
    _rule(
        _MONTHS_HINT,
        r"(?:(?<=\bin )|(?<=\bIn )|(?<=\bof )|(?<=\bOf )|(?<=\bsince )|(?<=\bSince )"
        r"|(?<=\bduring )|(?<=\bthis )|(?<=\buntil )|(?<=\btill )|(?<=\bfrom )|(?<=\bfor )"
        rf"|(?P<lead>\b[Ll]ast |\b[Nn]ext )|\b{_PART}){_MONTH}"
        r"(?![-’'\w]|\s[A-Z][a-z]|\s[0-9])",
        _bare_month,
    ),
    _rule(
        _DIGITS_HINT,
        r"(?:(?<=\bin )|(?<=\bIn )|(?<=\bof )|(?<=\bby )|(?<=\bBy )|(?<=\bsince )|(?<=\bSince )"
        r"|(?<=\bfrom )|(?<=\bFrom )|(?<=\buntil )|(?<=\btill )|(?<=\bbefore )|(?<=\bafter )"
        r"|(?<=\bduring )|(?<=\byear )|(?<=\bbetween )|(?<=\bearly )|(?<=\blate )|(?<=\bmid-)"
        r"|(?<=\()|(?<=\banno )|(?<=\bto ))(?P<year>1[0-9]{3}|20[0-9]{2})"
        r"(?:[–-](?P<year2>[0-9]{4}|[0-9]{2}))?(?![0-9]|[.,:/–-][0-9]|[%°]|['’]?s\b"
        r"|\s(?:men|tons|pounds|miles|troops|people|soldiers|years|dollars|roubles|rubles|yards"
        r"|feet|persons|ships|hours|francs|marks|horse|foot|li|livres)\b)",
        _year,
    ),
    _rule(
        "christmas|boxing|new year|lady day|michaelmas",
        r"\b(?P<feast>christmas (?:day|eve)|boxing day|new year['’]s (?:day|eve)|lady day"
        r"|michaelmas day)\b(?:,? (?P<year>1[0-9]{3}|20[0-9]{2})(?![0-9]))?",
        _feast,
        explicit=False,
        flags=re.IGNORECASE,
    ),
    _rule(
        "the ",
        r"\bthe "
        r"(?P<day>[0-3]?(?:[0-9](?:st|nd|rd|th)|[23]d))(?:(?=[.,;:)])|(?=\s(?:and|to|at|in|I|he|we|they"
        r"|that|when)\b)|(?P<space>\s)(?P<of>inst(?:ant)?|ult(?:imo)?|prox(?:imo)?|of (?:this|last"
        r"|next) month)\b)",
        _ordinal,
        explicit=False,
    ),
    _rule(
        "yesterday|yesternight|morrow|day|night|this ",
        rf"\b(?P<word>the day before yesterday|the day after to-?morrow|yesterday|yesternight"
        rf"|to-?morrow|to-?day|to-?night|last night|this (?:day|{_TIMES}))\b(?! week\b| last\b)"
        rf"(?: (?:{_TIMES})\b)?",
        _relative_word,
        explicit=False,
        flags=re.IGNORECASE,
    ),
    _rule(
        "month|year",
        r"\b(?P<lead>this|last|next) (?P<unit>month|year)\b(?!['’])",
        _this_period,
        explicit=False,
        flags=re.IGNORECASE,
    ),
    _rule(
        " ago| since| hence",
        rf"\b{_NUMBER} {_UNIT} (?P<side>ago|since|hence)\b",
        _ago,
        explicit=False,
        flags=re.IGNORECASE,
    ),
    _rule(
        "s later|k later|day later|h later|r later| afterward| earlier|ys before|ks before|hs before|rs before|k before|ys after|ks after|hs after|rs after|k after",
        rf"\b{_NUMBER} {_UNIT} (?P<side>later|afterwards?|earlier|before|previously|after)\b"
        r"(?! (?:the|his|her|my|that|this|its|he|she|I|they|we|leaving|being|[A-Z])\b)",
        _later,
        flags=re.IGNORECASE,
    ),
    _rule(
        "next|following|previous|preceding|before|day after|that|same",
        rf"\b(?:the (?:next|following|previous|preceding) (?:day|{_TIMES})|next (?:day|morning)"
        rf"|the (?:day|{_TIMES}) before|the day after|(?:that(?: very| same)?|the same) day)\b"
        r"(?! yesterday| to-?morrow)",
        _next_day,
        explicit=False,
        flags=re.IGNORECASE,
    ),
    _rule(
        "monday|tuesday|wednesday|thursday|friday|saturday|sunday|lord's day|lord’s day",
        r"\b(?:(?:on )?(?P<lead>last|next|this) |on )?(?P<weekday>(?:mon|tues|wednes|thurs|fri"
        r"|satur|sun)day|lord['’]s day)\b(?!['’]s)(?:(?: come)? (?P<tail>last|next|come|week"
        rf"|se['’]?nnight|s['’]?ennight)\b)?(?: (?:{_TIMES})\b)?",
        _weekday,
        explicit=False,
        flags=re.IGNORECASE,
    ),
)
_HEADING = re.compile(
    rf"[#\s]*(?P<heading>(?P<day>[0-3]?[0-9])(?:st|nd|rd|th|d){_HEADING_TAIL})(?=[.,:;(\s]|$)"
)


def find_dates(text: str, written_on: When | None) -> tuple[DateMention, ...]:
    """Find every expression that fixes a day, month or year, in order and without overlaps.

    Relative ones ("yesterday", "Tuesday next") are resolved against `written_on`, and "the next
    day", "a week later" against a date before them in the text; what cannot be resolved, and a
    day that does not exist, is left out. Weekdays before September 1752 follow the old calendar,
    unless the item's own heading says that its day was a Sunday and the new one agrees.
    """
    frame = _Frame(text, written_on.day if written_on else None, written_on, [])
    frame.old_style = _heading_style(text, frame.written)
    found: list[tuple[int, int, int, Match, _Rule]] = []
    heading = _HEADING.match(text[:200])
    head: DateMention | None = None
    if heading is not None:
        when = _heading(heading, frame)
        if when is not None:
            head = DateMention(Span(heading.start("heading"), heading.end("heading")), when)
    hinted = _hints(text)
    for order, rule in enumerate(_RULES):
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
_MONTH_STARTS = sorted(
    {word[:3].capitalize() for word in MONTHS} | {word[:3].upper() for word in MONTHS}
)
_HAS_MONTH = re.compile(rf"\b(?:{_CAPITAL})\b")
_HAS_FOREIGN = re.compile(rf"\b(?:{_FOREIGN})\b")


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


def _yields(
    found: list[tuple[int, int, int, Match, _Rule]], position: int, order: int, end: int
) -> bool:
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
    for rule in _RULES[:5]:
        for match in rule.pattern.finditer(text):
            groups = match.groupdict()
            if groups and not groups.get("year"):
                continue
            if groups.get("sep") == "/" or rule.resolve(match, _Frame(text, None, None, [])):
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
