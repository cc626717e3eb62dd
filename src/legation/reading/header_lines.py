"""The lines of a paper's head: labels with their values, date lines, titles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from legation.facts.when import When
from legation.reading.date_words import MONTHS
from legation.reading.dates import parse_date

Field = Literal["participants", "subject", "from", "to", "through", "cc", "drafter", "date", "place", "other"]
_LABELS: dict[str, Field] = {
    "participants": "participants", "participant": "participants", "present": "participants",
    "those present": "participants", "persons present": "participants",
    "people present": "participants", "also present": "participants",
    "others present": "participants", "present were": "participants",
    "attendance": "participants", "attendees": "participants", "attended by": "participants",
    "in attendance": "participants", "attending": "participants", "conferees": "participants",
    "list of participants": "participants", "attendance list": "participants",
    "list of attendees": "participants", "list of those present": "participants",
    "participants list": "participants", "members present": "participants",
    "other participants": "participants", "foreign participants": "participants",
    "american participants": "participants", "u.s. participants": "participants",
    "us participants": "participants", "soviet participants": "participants",
    "list of persons present": "participants", "list of principal participants": "participants",
    "principal participants": "participants", "attendance at meeting": "participants",
    "subject": "subject", "subjects": "subject", "subj": "subject", "re": "subject",
    "topic": "subject", "topics": "subject", "betreff": "subject", "objet": "subject",
    "from": "from", "to": "to", "for": "to", "memorandum for": "to", "memorandum to": "to",
    "letter to": "to", "through": "through", "via": "through", "thru": "through",
    "cc": "cc", "copies to": "cc", "copy to": "cc", "info": "cc", "information": "cc",
    "drafted by": "drafter", "drafter": "drafter", "prepared by": "drafter",
    "reported by": "drafter", "notetaker": "drafter", "note taker": "drafter",
    "recorded by": "drafter", "memorandum by": "drafter",
    "date": "date", "date and time": "date", "date & time": "date", "time and date": "date",
    "date and place": "date", "time and place": "date", "date, time and place": "date",
    "date/time": "date", "dated": "date",
    "place": "place", "location": "place", "venue": "place", "place of meeting": "place",
    "ref": "other", "refs": "other", "reference": "other", "references": "other",
    "time": "other", "classification": "other", "copies": "other", "distribution": "other",
    "approved by": "other", "cleared by": "other", "enclosure": "other", "enclosures": "other",
    "attachment": "other", "attachments": "other", "action": "other", "priority": "other",
    "no": "other", "number": "other", "tags": "other", "summary": "other", "agenda": "other",
}  # fmt: skip
#: Labels that may stand without a colon in ordinary case, when alone on their line.
_PLAIN = frozenset(k for k, v in _LABELS.items() if v == "participants") - {"present", "attending"}
_LABEL = re.compile(
    r"[ \t]*[*_#>]*[ \t]*(?P<label>[A-Za-z][A-Za-z.,/& ]{0,34}?)(?P<dot>\.?)[ \t]*[*_]*"
    r"(?P<mark>:|[ \t]*—)[ \t]*[*_]*[ \t]*(?P<rest>[^\r\n]*)"
)
_BARE = re.compile(r"[ \t]*[*_#>]*[ \t]*(?P<label>[A-Za-z][A-Za-z.,/& ]{0,34}?)\d?[ \t]*[*_#]*[ \t]*")
_MONTH = "|".join(sorted({*MONTHS}, key=len, reverse=True))
_DAYS = r"[0-3]?\d(?:st|nd|rd|th)?(?:\s?(?:[-–/]|and|to|&)\s?[0-3]?\d(?:st|nd|rd|th)?)?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DATE = (
    rf"(?:(?:{_MONTH})\.?\s+{_DAYS},?\s+{_YEAR}"
    rf"|{_DAYS}\s+(?:of\s+)?(?:{_MONTH})\.?,?\s+{_YEAR}"
    rf"|(?:{_MONTH})\.?,?\s+{_YEAR}"
    rf"|{_YEAR}-[01]\d-[0-3]\d)"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_TIME = (
    r"(?:\d{1,2}[:.]\d\d(?:\s*(?:[ap]\.?m\.?|noon|hours))?|\d{1,2}\s*(?:[ap]\.?m\.?|noon|hours)"
    r"|noon|midnight)"
)
_SECRECY = (
    r"(?:top secret|secret|confidential|personal|private|restricted|unclassified"
    r"|limited official use|official use only|most immediate|immediate|urgent|priority)"
)
_DATE_LINE = re.compile(
    rf"[\s\[(>*_]*(?:{_SECRECY}[.;,]?(?:\s{{2,}}|\s*[\[(]))?[\s\[(]*(?P<place>(?!(?:{_MONTH})\b)[^\W\d_][^\d\[\]\n:;]{{1,70}}?)?[\s\],.)]*"
    rf"(?:{_TIME}[,\s]+)?(?:dated\s+)?"
    rf"(?P<date>{_WEEKDAY}{_DATE}|\[?undated\b\.?\]?)(?P<rest>[^\w\n]?[^\n]{{0,60}})",
    re.IGNORECASE,
)
_TAIL_WORDS = re.compile(
    rf"{_SECRECY}|noon|midnight|local|time|evening|morning|afternoon|hours|approximately|about"
    r"|until|continued|received",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"\b(?:the|was|were|had|has|have|is|i|we|he|she|they|that|this|about|after|before)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its stripped text, its place, and whether a blank stood before."""

    text: str
    start: int
    end: int
    after_blank: bool
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and where its value on the same line stands (start == end if it has none)."""

    field: Field
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date line's place and date: (start, end) of each; `when` is None where it says undated."""

    when: When | None
    place: tuple[int, int]
    date: tuple[int, int]


def read_lines(text: str, start: int = 0, limit: int = 160) -> list[Line]:
    """Return the next `limit` lines that are not blank."""
    out: list[Line] = []
    blank = True
    position = start
    length = len(text)
    breaks = re.compile(r"\r\n|\n|\r")
    while position <= length and len(out) < limit:
        cut = breaks.search(text, position)
        end = cut.start() if cut else length
        line = text[position:end]
        stripped = line.strip()
        if stripped:
            lead = len(line) - len(line.lstrip())
            begin = position + lead
            out.append(Line(stripped, begin, begin + len(stripped), blank, lead))
        blank = not stripped
        if cut is None:
            break
        position = cut.end()
    return out


def read_label(line: Line) -> Labelled | None:
    """Read a line that is a label ("PARTICIPANTS") or begins with one ("FROM: Mr. Rusk")."""
    text = line.text[:400]
    bare = _BARE.fullmatch(text)
    if bare:
        label = bare["label"].strip(" .").lower()
        field = _LABELS.get(label)
        upper = bare["label"].isupper()
        alone = upper or (label in _PLAIN and bare["label"][:1].isupper())
        if field and alone and (len(label) > 2 or label in ("re", "to", "cc")):
            return Labelled(field, label, line.end, line.end)
    match = _LABEL.match(text)
    if match is None:
        return None
    label = re.sub(r"\s+", " ", match["label"]).strip(" .").lower()
    field = _LABELS.get(label)
    if field is None or (match["mark"] != ":" and not match["label"].isupper()):
        return None
    return Labelled(field, label, line.start + match.start("rest"), line.end)


def read_date_line(line: Line) -> DateLine | None:
    """Read "Washington, February 8, 1961, 10:30 a.m." and its like; None for ordinary sentences."""
    text = line.text
    if len(text) > 160:
        return None
    match = _DATE_LINE.fullmatch(text)
    if match is None:
        return None
    place = (match["place"] or "").strip(" ,.")
    if len(place.split()) > 7 or (place and _PROSE.search(place)) or (place and not place[0].isupper()):
        return None
    rest = match["rest"]
    left = _TAIL_WORDS.sub("", rest)
    if re.search(r"[^\W\d_]{4,}", left) and not re.search(_MONTH, rest, re.IGNORECASE):
        return None
    begin = line.start + match.start("place") if place else line.start
    spot = (begin, begin + len(place)) if place else (0, 0)
    day = (line.start + match.start("date"), line.start + match.end("date"))
    undated = match["date"].lower().startswith(("undated", "[undated"))
    return DateLine(None if undated else parse_date(match["date"]), spot, day)
