"""Patterns of dates in prose, and how a match of each becomes a date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from legation.facts.when import When
from legation.reading.date_words import (
    FEASTS,
    FOREIGN_MONTHS,
    MONTHS,
    MOVABLE_FEASTS,
    ROMAN_MONTHS,
    WEEKDAYS,
    make_range,
    make_when,
    movable_feast,
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


CAPITAL_MONTHS = "|".join(f"{w.capitalize()}|{w.upper()}" for w in sorted(MONTHS, key=len, reverse=True))


_MONTH = rf"(?P<month>(?:{CAPITAL_MONTHS})\b)\.?"


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


_PART = (
    r"(?P<part>early|late|mid|(?:the )?(?:beginning|middle|end|first (?:week|days|ten days)"
    r"|second week|third week|last (?:week|days|ten days))(?: of| in)?)[ -]"
)


_NOT_MORE = r"(?![0-9]|[.,:][0-9])"


_SPACE = r"[ \t]?\n?[ \t]?"


@dataclass(frozen=True, slots=True)
class DateRule:
    """One pattern: `resolve` turns a match into a date; `explicit` ones may anchor later ones.

    `hints` are words in lower case of which the text must hold one, else the pattern is not
    tried: most texts have few kinds of dates, and looking for a word is cheap.
    """

    pattern: re.Pattern[str]
    resolve: Callable[[Match, Frame], When | None]
    hints: tuple[str, ...]
    explicit: bool = True


@dataclass(slots=True)
class Frame:
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


def _complete(frame: Frame, at: int, month: int, day: int | None) -> int | None:
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


def _day_month(match: Match, frame: Frame) -> When | None:
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


def _month_year(match: Match, frame: Frame) -> When | None:
    month = _month_number(match["month"])
    year = _year_of(match, month)
    return None if year is None else make_when(year, month)


def _bare_month(match: Match, frame: Frame) -> When | None:
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


def _iso(match: Match, frame: Frame) -> When | None:
    return make_when(*(int(g) for g in match.groups() if g))


def _numeric(match: Match, frame: Frame) -> When | None:
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


def _season(match: Match, frame: Frame) -> When | None:
    return season_of(int(match["year"]), match["season"])


def _year(match: Match, frame: Frame) -> When | None:
    first = make_when(int(match["year"]))
    if match["year2"] is None or first is None:
        return first
    text = match["year2"]
    last = make_when(int(match["year"][: 4 - len(text)] + text))
    return None if last is None else make_range(first.first, last.last)


def resolve_heading(match: Match, frame: Frame) -> When | None:
    """The bare day at the head of an entry, "5th." or "1st (Lord's day)", in the entry's month."""
    if frame.own is None or frame.own.precision == "year":
        return None
    if frame.own.day is not None and match["day"] is None:
        return frame.own
    first = frame.own.first
    return make_when(first.year, first.month, int(match["day"]))


def _ordinal(match: Match, frame: Frame) -> When | None:
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


def _relative_word(match: Match, frame: Frame) -> When | None:
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


def _this_period(match: Match, frame: Frame) -> When | None:
    if frame.written is None:
        return None
    step = {"this": 0, "last": -1, "next": 1}[match["lead"].lower()]
    if match["unit"].lower() == "year":
        return make_when(frame.written.year + step)
    return shift_months(frame.written, step)


def _ago(match: Match, frame: Frame) -> When | None:
    if frame.written is None:
        return None
    sign = -1 if match["side"].lower() in ("ago", "since", "past") else 1
    return _shift(frame.written, match, sign)


def _later(match: Match, frame: Frame) -> When | None:
    """Read "a week later", "two days before": only against a day that the text has named."""
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


def _next_day(match: Match, frame: Frame) -> When | None:
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
    r"|planned|promised?|till|until|by|against|appointed|agreed|invited|due|hopes?|expected|for)\b"
    r"|\w['’]ll\b",
    re.IGNORECASE,
)


def _weekday(match: Match, frame: Frame) -> When | None:
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


def _feast(match: Match, frame: Frame) -> When | None:
    month, day = FEASTS[match["feast"].lower()]
    if match["year"]:
        return make_when(int(match["year"]), month, day)
    year = _complete(frame, match.start(), month, day)
    return None if year is None else make_when(year, month, day)


def _movable(match: Match, frame: Frame) -> When | None:
    anchor = frame.written or frame.story_day(match.start())
    year = int(match["year"]) if match["year"] else None
    if anchor is None:
        if year is None:
            return None
        anchor = dt.date(year, 4, 1)
    return movable_feast(match["feast"].lower(), anchor, year, old_style=frame.old_style)


def _rule(
    hints: str,
    pattern: str,
    resolve: Callable[[Match, Frame], When | None],
    *,
    explicit: bool = True,
    flags: int = 0,
) -> DateRule:
    return DateRule(re.compile(pattern, flags), resolve, tuple(hints.split("|")), explicit)


_DIGITS_HINT = "#digits"


_MONTHS_HINT = "#months"


_FOREIGN_HINT = "#foreign"


_SEP = r"(?P<sep>[./])[ ]?"


HEADING_TAIL = (
    r"(?:(?:\.?,? ?\((?:Lord['’]?s|Christmas|New Year['’]s|Easter"
    r"|Whit)[ -]?[Dd]ay[^()\n]{0,30}\))|(?:[.,]? Lord['’]s [Dd]ay))?"
)


FOREIGN_NAMES = "|".join(f"{w}|{w.capitalize()}" for w in sorted(FOREIGN_MONTHS, key=len, reverse=True))


#: In order of preference where two begin at the same place or overlap.
DATE_RULES = (
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
        rf"{_MONTH}(?:,?{_SPACE}{_YEAR})?{HEADING_TAIL}",
        _day_month,
    ),
    _rule(
        _MONTHS_HINT,
        rf"(?:\b{_WEEKDAY},?\s)?\b{_MONTH}\s(?:the\s)?{_DAY}(?:{_DAY2})?{_NOT_MORE}"
        rf"(?:,?{_SPACE}{_YEAR})?{HEADING_TAIL}",
        _day_month,
    ),
    _rule(
        _FOREIGN_HINT,
        rf"(?<![0-9.,:/-]){_DAY}\.?(?:\sde)?\s(?P<month>(?:{FOREIGN_NAMES}))(?:\sde)?\s{_YEAR}",
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
        "shrove|ash wed|palm sun|maundy|good fri|easter|ascension|whitsun|whit sun|whit mon|whit tue|trinity"
        "|corpus",
        rf"\b(?P<feast>{'|'.join(MOVABLE_FEASTS)})\b(?!['’]s)"
        r"(?:,? (?P<year>1[0-9]{3}|20[0-9]{2})(?![0-9]))?",
        _movable,
        explicit=False,
        flags=re.IGNORECASE,
    ),
    _rule(
        "the ",
        r"\bthe "
        r"(?P<day>[0-3]?(?:[0-9](?:st|nd|rd|th)|[23]d))(?:(?=[.,;:)])|(?=\s(?:and|to|at|in|I|he"
        r"|we|they"
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
        "s later|k later|day later|h later|r later| afterward| earlier|ys before|ks before"
        "|hs before|rs before|k before|ys after|ks after|hs after|rs after|k after",
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
