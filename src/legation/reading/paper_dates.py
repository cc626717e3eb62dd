"""When a meeting was that a paper tells of: the day in its own words, else the day the story has got to."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left

from legation.facts.candidates import DateMention
from legation.facts.when import When
from legation.reading import cues
from legation.reading.company import Page, Sign
from legation.reading.paper_text import paragraph_of, sentence_of

#: Before the date of a paper: "in telegram 2065 from Moscow, March 4".
_OF_A_PAPER = re.compile(
    r"\b(?:[Tt]elegrams?|[Ll]etters?|[Mm]emorand(?:um|a)|[Dd]espatch|[Aa]irgram|[Mm]essages?|[Nn]otes?"
    r"|[Rr]eports?|[Cc]ables?|[Ee]mbtels?|[Dd]eptels?|[Ss]tatements?|[Ss]peech|NSAM|NIE|SNIE|[Ee]stimate"
    r"|[Aa]ide-[Mm][ée]moire|[Aa]rticle|[Pp]aper|[Rr]esolution|[Ii]nstructions?|[Cc]ircular|Secto|Tosec)\b"
    r"(?: (?:[Nn]o\. ?)?[A-Z]*-?\d[\w-]*)?(?: (?:to|from|for|of|in|on) (?:(?:the |his "
    r"|President )?[^,.;]{1,60}?"
    r"))?,? (?:(?:of|dated|sent|issued) (?:on )?)?$"
)
#: Before a day that something had to be done by, or a span of time.
_BOUND = re.compile(r"\b(?:by|until|till|before|since|after|as of|prior to|scheduled for|effective) $")
_HISTORY = frozenset({"noun-with", "between", "our-talk", "joined-names", "their-talk"})
#: Told of in looking back, though it is one's own: another day than that of writing.
_BACK = re.compile(
    r"\b(?:referr?(?:ed|ing)?|recall\w*|remember\w*|mention\w*|previous|earlier|last|recent|past|former|since"
    r"|as (?:I|he|we) (?:told|said)|in)\b[^.;]{0,40}$"
)
#: Words of another time than the day of writing, which name no day.
_LONG_AGO = re.compile(
    r"\b(?:recent(?:ly)?|previous(?:ly)?|earlier this|ago|once|in the past|when (?:I|we|he) w(?:as|ere)"
    r"|last (?:week|month|year|spring|summer|fall|autumn|winter|January|February|March|April|May|June|July"
    r"|August|September|October|November|December))\b"
)
_PLUPERFECT = re.compile(r"\bhad (?:already |also |once )?(?:met|discussed|talked|seen|spoken|told|dined)\b")
#: Just before a day at the head of a clause.
_AT_HEAD = re.compile(r"[,;] (?:and )?(?:[Oo]n )?$")
_STORY = 900


#: The day of telling, of what has only just happened.
_JUST = re.compile(r"\b(?:has|have|had|he|she|I) just\b|\b[Jj]ust (?:returned|come|had|left|seen|met|now)\b")
_WEEKDAY = re.compile(r"(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$", re.IGNORECASE)
#: What stands between the day of telling and what is told.
_SAYING = re.compile(
    r"\b(?:said|stated|reported|told|informed|wrote|recommended|instructed|suggested|proposed|explored"
    r"|announced|noted|recalled|asked|advised|believed|thought|agreed to)\b"
)
#: A day that is counted from another.
_COUNTED = re.compile(
    r"(?:the )?(?:previous|preceding|last|next|following|earlier)\b|yesterday|to-?morrow|\w+ (?:days?"
    r"|weeks?|months?)"
    r" (?:ago|before|earlier)",
    re.IGNORECASE,
)
_A_WEEK = dt.timedelta(days=7)
#: Elsewhere, another day: the story goes on in another place.
_MOVED = frozenset({"came-to"})


def date_sign(page: Page, sign: Sign) -> None:
    """Give a sign of a paper the day of its own sentence, else the day that the story has got to."""
    best = _own_date(page, sign)
    written = page.context.written_on
    if best is not None:
        sign.on, sign.dated = best.when, True
        if (
            sign.status == "planned"
            and written is not None
            and best.when.precision == "day"
            and best.when.last < written.first
            and _WEEKDAY.match(best.span.cut(page.text))
        ):
            # "I am to see him on Friday": the next one.
            sign.on = When.on(best.when.first + _A_WEEK)
        if sign.status == "held" and written is not None and best.when.first > written.last:
            sign.status = "planned"
        return
    if sign.dated:
        # The day that stood nearest was that of a paper, or of something else.
        sign.on, sign.dated = None, False
    if sign.status != "held":
        sign.on = None
        return
    begin, _ = sentence_of(page, sign.start)
    if written is not None and _JUST.search(page.mask.text, begin, sign.end):
        sign.on = written
        return
    if page.first_person or page.context.written_on is not None:
        if _LONG_AGO.search(page.mask.text, begin, sign.end + 20) or _PLUPERFECT.search(
            page.mask.text, sign.start - 8, sign.end
        ):
            sign.on = None
        if sign.rule in _HISTORY and _BACK.search(page.mask.text, max(0, sign.start - 60), sign.start):
            sign.on = None
        return
    if sign.rule in _HISTORY or sign.rule in _MOVED:
        return
    sign.on = _date_of_story(page, sign)


def _own_date(page: Page, sign: Sign) -> DateMention | None:
    """The date among the words of a sentence that belongs to a sign of company in it."""
    origin = page.mask.origin
    begin, end = sentence_of(page, sign.start)
    first = sign.lead if 0 <= sign.lead < sign.start else sign.start
    low, high = origin(begin), origin(max(begin, end - 1)) + 1
    start, stop = origin(first), page.mask.end_of(sign.end - 1)
    best: tuple[float, DateMention] | None = None
    limit = 70 if sign.rule in _HISTORY else 190
    lower = bisect_left(page.dates, low, key=_start_of)
    upper = bisect_left(page.dates, high, key=_start_of)
    for date in page.dates[lower:upper]:
        at = date.span.start
        if _is_elsewhere(page, date, low):
            continue
        if start <= at < stop:
            weight = 0.0
        elif at >= stop:
            gap = page.text[stop:at]
            if len(gap) > 90 or cues.RELATIVE.search(gap) or re.search(r"[;:]|, (?:and|but|while)\b", gap):
                continue
            weight = 1 + len(gap) / 50
        else:
            gap = page.text[date.span.end : start]
            head = at - low < 30 or _AT_HEAD.search(page.text[max(low, at - 8) : at])
            if ";" in gap or _SAYING.search(gap) or (len(gap) > 26 and not head) or len(gap) > limit:
                continue
            if re.search(r"\b(?:after|following|since) that\b", page.text[start : stop + 24]):
                continue
            weight = 1.5 + len(gap) / 100
        if best is None or weight < best[0]:
            best = (weight, date)
    return best[1] if best else None


def _start_of(date: DateMention) -> int:
    return date.span.start


def _is_elsewhere(page: Page, date: DateMention, low: int) -> bool:
    """Say whether a date is that of a paper, or one that something was done before or after."""
    before = page.text[max(low, date.span.start - 110) : date.span.start]
    return _OF_A_PAPER.search(before) is not None or _BOUND.search(before) is not None


def _date_of_story(page: Page, sign: Sign) -> When | None:
    """The last day that the paragraph names before a sign."""
    begin, _ = paragraph_of(page, sign.start)
    at = page.mask.origin(sign.start)
    for date in reversed(page.dates[: bisect_left(page.dates, at, key=_start_of)]):
        if date.span.start < begin or at - date.span.start > _STORY:
            return None
        if _COUNTED.match(date.span.cut(page.text)):
            continue
        if date.when.precision != "day" or _is_elsewhere(page, date, begin):
            continue
        return date.when
    return None
