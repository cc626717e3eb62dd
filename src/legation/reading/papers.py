"""Headers of papers: title, date line, subject, who took part, who wrote to whom.

Reads memoranda of conversation, minutes, telegrams, letters and memoranda as archives print them;
the list of participants may stand at the head, at the end, or in another paper.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from legation.facts.candidates import AccountCandidate, Header, MentionCandidate
from legation.facts.problem import Problem
from legation.facts.span import Span
from legation.facts.when import When
from legation.reading.dates import find_dates, parse_date
from legation.reading.forms import MEALS, form_of
from legation.reading.header_lines import (
    DateLine,
    Labelled,
    Line,
    read_date_line,
    read_label,
    read_lines,
)
from legation.reading.header_people import People, find_list_below, read_list
from legation.reading.lexicon.places import PLACES
from legation.reading.participants import read_line
from legation.reading.title_line import Title, is_telephone, read_title

_HEAD_LINES = 140
_REFERENCE = re.compile(
    r"^[\s(\[]*(?:see|as|same|listed|list|attached|here follows|participants? (?:are )?listed)\b"
    r".{0,90}\b(?:attach|list|page|below|above|document|annex|appendix|end|participants)",
    re.IGNORECASE,
)
_BRACKET_LIST = re.compile(
    r"\[[^\[\]\n]{0,80}\b(?:list of (?:the )?(?:participants|attendees|those present)"
    r"|participants list"
    r"|attendance list)\b[^\[\]\n]{0,120}\]",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"(?:My\s+)?[Dd]ear\s+(?P<name>(?!Diary\b|diary\b|Sirs?\b|Madam\b|All\b)[^\W\d_][^:,\n—]{1,60}?)\s*[:,—]"
)
_CLOSING = re.compile(
    r"^(?:(?:with .{3,60},?\s*)?(?:yours|sincerely|very truly|faithfully|respectfully|cordially"
    r"|best wishes|best regards|kind regards|as ever|affectionately)\b.{0,40})$",
    re.IGNORECASE,
)
_DOCUMENT_MARK = re.compile(
    r"^[A-Z]{1,8}(?:[/ -][A-Z0-9]{1,8}){0,5}$|^(?:top )?secret\b|^confidential\b|^no\.? ?\d", re.I
)


_MET = re.compile(
    r"\W*(?:memorandum of )?(?:lunch(?:eon)?|dinner|breakfast|meeting|conversation|talk|discussion"
    r"|interview|call|telephone (?:conversation|call))\s+(?:with|between)\b",
    re.IGNORECASE,
)
_MET_END = re.compile(r",\s*(?:\d|[A-Z][a-z]+ \d)|\s+(?:on|at|in|re)\b|[;:]")


@dataclass(slots=True)
class PaperHead:
    """What the header of a paper says: its mentions come first in the reading, in order of place.

    `body` is the code point at which the prose begins; `genre` is "" where the text is no paper.
    """

    genre: str = ""
    header: Header | None = None
    mentions: list[MentionCandidate] = field(default_factory=list)
    written_on: When | None = None
    written_span: Span | None = None
    author: str = ""
    account: AccountCandidate | None = None
    problems: list[Problem] = field(default_factory=list)
    body: int = 0
    title: str = ""
    undated: bool = False


def looks_like_paper(text: str) -> bool:
    """Say whether a text is a paper with a header rather than an entry or a note."""
    return _Scan(text, 0).is_paper()


def read_header(text: str, body: int = 0) -> PaperHead:
    """Read the header of a paper that begins at `body` (after any front matter)."""
    scan = _Scan(text, body)
    head = PaperHead(body=body)
    head.genre = scan.genre()
    people = scan.people
    scan.find_lower_parts(head)
    head.mentions = people.mentions
    _set_date(scan, head)
    subject = scan.subject
    head.title = _title_of(scan, text)
    place = _span(scan.place) or (_span(scan.date_line.place) if scan.date_line else None)
    head.author = _author_of(scan, text)
    account = _find_company(scan, head, text)
    head.header = Header(
        title=Span(scan.title.start, scan.title.end) if scan.title else None,
        date=head.written_span,
        place=place,
        subject=_span(subject),
        people=tuple(people.rows),
        elsewhere=scan.elsewhere,
    )
    head.body = scan.body
    head.account = _account_of(scan, head, text, *account)
    return head


def _span(pair: tuple[int, int]) -> Span | None:
    return Span(*pair) if pair[1] > pair[0] else None


class _Scan:
    """One pass over the head: which line is what."""

    def __init__(self, text: str, body: int) -> None:
        self.text = text
        self.lines = read_lines(text, body, _HEAD_LINES)
        self.title: Title | None = None
        self.date_line: DateLine | None = None
        self.date_value: tuple[int, int] = (0, 0)
        self.place: tuple[int, int] = (0, 0)
        self.subject: tuple[int, int] = (0, 0)
        self.salutation: tuple[int, int] = (0, 0)
        self.people = People(text)
        self.labels: list[Labelled] = []
        self.elsewhere: Span | None = None
        self.reference: Span | None = None
        self.signed = False
        self.body = body
        self._read()

    def _read(self) -> None:
        index = 0
        lines = self.lines
        seen_prose = 0
        while index < len(lines) and seen_prose < 2:
            line = lines[index]
            label = read_label(line)
            if label is not None:
                index = self._take_label(label, index)
                self.body = lines[index].start if index < len(lines) else len(self.text)
                seen_prose = 0
                continue
            if index < 6 and self.title is None and (title := read_title(line, self.text)):
                self.title = title
                for party in title.parties:
                    self.people.add(party.person, party.role)
            elif self.date_line is None and index < 14 and (day := read_date_line(line)):
                self.date_line = day
            elif _SALUTATION.match(line.text[:120]) and index < 16:
                self._take_salutation(line)
                self.body = line.start
                return
            elif _is_prose(line) or index > 40:
                seen_prose += 1
                if seen_prose == 1:
                    self.body = line.start
                    # After prose only labels in capitals close by still belong to the head.
                    if self.labels or self.date_line:
                        return
                index += 1
                continue
            index += 1
            if not seen_prose:
                self.body = lines[index].start if index < len(lines) else len(self.text)

    def _take_salutation(self, line: Line) -> None:
        match = _SALUTATION.match(line.text[:120])
        if match is None:
            return
        self.salutation = (line.start + match.start("name"), line.start + match.end("name"))
        _, found = read_line(self.text, *self.salutation)
        for person in found[:1]:
            self.people.add(person, "to", evidence="salutation")

    def _take_label(self, label: Labelled, index: int) -> int:
        """Read a label's value, on its line or below; return the index of the next line."""
        self.labels.append(label)
        lines = self.lines
        inline = label.end > label.start
        below = index + 1
        if label.field == "participants":
            return self._take_list(label, index)
        value = (label.start, label.end)
        if not inline:
            if below >= len(lines) or read_label(lines[below]) is not None:
                return below
            value = (lines[below].start, lines[below].end)
            below += 1
        if label.field == "subject":
            self.subject = self.subject if self.subject[1] else _trim(self.text, *value)
            while below < len(lines) and self._continues(lines, below, inline=inline):
                self.subject = _trim(self.text, self.subject[0], lines[below].end)
                below += 1
        elif label.field == "date":
            self.date_value = value
        elif label.field == "place":
            self.place = _trim(self.text, *value)
        elif label.field in ("from", "to", "cc", "drafter"):
            role = label.field
            _, found = read_line(self.text, *value)
            # "From: Moscow" is a telegram's place.
            found = tuple(p for p in found if p.surname.lower() not in PLACES or p.title or p.given)
            for person in found:
                self.people.add(person, role)
            while found and below < len(lines) and not lines[below].after_blank:
                if read_label(lines[below]) or read_date_line(lines[below]):
                    break
                _, more = read_line(self.text, lines[below].start, lines[below].end)
                if not more or lines[below].indent == 0:
                    break
                for person in more:
                    self.people.add(person, role)
                below += 1
        return below

    def _continues(self, lines: list[Line], index: int, *, inline: bool) -> bool:
        """Say whether a subject runs on: the next line follows directly, short or indented."""
        line = lines[index]
        if line.after_blank or read_label(line) or read_date_line(line):
            return False
        return line.indent > 0 if inline else len(line.text) < 100 and index - 1 < 40

    def _take_list(self, label: Labelled, index: int) -> int:
        lines = self.lines
        start = index + 1
        inline = (label.start, label.end) if label.end > label.start else None
        first = self.text[inline[0] : inline[1]] if inline else ""
        if not inline and start < len(lines):
            first = lines[start].text
        if _REFERENCE.match(first):
            at = inline or (lines[start].start, lines[start].end)
            self.reference = Span(*at)
            return start if inline else start + 1
        side = label.label.replace(" participants", "") if label.label[:2] in ("u.", "us", "so") else ""
        return read_list(self.people, lines, start, inline=inline, side=side)

    def find_lower_parts(self, head: PaperHead) -> None:
        """Look below the head: a list at the end, a reference to another paper, the signature."""
        text = self.text
        if not self.people.has("participant") or self.reference:
            find_list_below(self.people, self.body)
        listed = self.people.has("participant") and not self._only_title()
        if not listed:
            note = _BRACKET_LIST.search(text)
            if note:
                self.elsewhere = Span(*note.span())
            elif self.reference:
                self.elsewhere = self.reference
        if self.elsewhere is not None:
            head.problems.append(
                Problem(
                    "participants-elsewhere",
                    "the list of participants stands in another paper",
                    "add that paper, or name the participants in the front matter",
                    self.elsewhere.start,
                    self.elsewhere.end,
                )
            )
        elif not listed and any(x.field == "participants" for x in self.labels):
            label = next(x for x in self.labels if x.field == "participants")
            head.problems.append(
                Problem(
                    "header-incomplete",
                    "the paper names participants but no name could be read",
                    "write one name on each line",
                    label.start - len(label.label) if label.start == label.end else label.start,
                    label.end,
                )
            )
        if self.is_paper():
            self._find_signature()

    def _opens_with_date_line(self) -> bool:
        """A paper whose title was cut off: "Paris, May 4, 1938, 9 p.m." and prose below."""
        if self.date_line is None or not self.date_line.place[1] or len(self.lines) < 2:
            return False
        first = self.lines[0]
        closed = re.search(r"\d[^\d]{0,3}(?:[ap]\.m\.|noon|midnight)\.?$|\d\.$", first.text)
        return first.start <= self.date_line.date[0] < first.end and closed is not None

    def _only_title(self) -> bool:
        return not any(x.field == "participants" for x in self.labels) and not self.people.listed

    def _find_signature(self) -> None:
        """Read the name that closes a letter, telegram or memorandum."""
        tail = read_lines(self.text, max(self.body, len(self.text) - 1500), 400)
        tail = [x for x in tail if not x.text.startswith("[")][-7:]
        genre = self.title.genre if self.title else ("letter" if self.salutation[1] else "")
        if not tail or genre in ("conversation", "meeting", "paper") or self.people.tail:
            return
        closed = next((i for i, x in enumerate(tail) if _CLOSING.match(x.text)), -1)
        start = closed + 1 if closed >= 0 else max(0, len(tail) - 3)
        for line in tail[start:]:
            if len(line.text) > 60 or line.text.rstrip("0123456789").endswith((".", ":", "?", "!")):
                continue
            _, found = read_line(self.text, line.start, line.end)
            if len(found) != 1 or found[0].is_office:
                continue
            person = found[0]
            bare = not person.given and not person.title
            if bare and genre not in ("telegram", "letter"):
                continue
            self.people.add(person, "from", evidence="signature", alone=True)
            self.signed = True

    def genre(self) -> str:
        """The kind of paper, "" for none."""
        if self.title is not None:
            return self.title.genre if self.is_paper() else ""
        if self.is_paper():
            return "letter" if self.salutation[1] else "memorandum"
        return ""

    def is_paper(self) -> bool:
        """Weigh the evidence: a title with a date line, a number or labels; labels; a letter."""
        kinds = {x.field for x in self.labels} - {"other"}
        if self.title is not None:
            strong = self.title.numbered or self.date_line is not None or bool(kinds)
            return strong or self.title.genre in ("conversation", "telegram")
        if self._opens_with_date_line():
            return True
        if "participants" in kinds and (self.date_line is not None or len(kinds) >= 2):
            return True
        if len(kinds & {"from", "to", "subject", "date"}) >= 2:
            return True
        return bool(self.salutation[1]) and (self.date_line is not None or _has_closing(self.text))


def _has_closing(text: str) -> bool:
    return any(_CLOSING.match(x.text) for x in read_lines(text, max(0, len(text) - 600), 60))


def _is_prose(line: Line) -> bool:
    """A sentence: long, or with small words and a full stop."""
    if _DOCUMENT_MARK.match(line.text[:60]) and len(line.text) < 60:
        return False
    if len(line.text) > 160:
        return True
    small = len(re.findall(r"\b[a-z]{2,}\b", line.text))
    words = len(line.text.split())
    return small >= 2 and words >= 5 and line.text.rstrip("0123456789")[-1:] in '.:?!”"'


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Take footnote digits, closing dots and marks off a value."""
    words = text[start:end]
    lead = len(words) - len(words.lstrip(" \t*_"))
    words = words.rstrip(" \t*_")
    words = re.sub(r"(?<=[^\W\d_”\"’)])\d{1,2}$|(?<=[”\"’)])\d{1,2}$", "", words)
    return (start + lead, max(start + lead, start + len(words)))


def _set_date(scan: _Scan, head: PaperHead) -> None:
    if scan.date_value[1] > scan.date_value[0]:
        words = scan.text[scan.date_value[0] : scan.date_value[1]]
        line = read_date_line(Line(words.strip(), *_trim(scan.text, *scan.date_value), False))
        when = line.when if line else parse_date(words)
        head.written_on = when
        if when is not None:
            head.written_span = Span(*(line.date if line else _trim(scan.text, *scan.date_value)))
        if line and line.place[1] and not scan.place[1]:
            scan.place = line.place
    if scan.date_line is not None and head.written_on is None:
        head.written_on = scan.date_line.when
        head.undated = scan.date_line.when is None
        head.written_span = Span(*scan.date_line.date) if scan.date_line.when else None
    if head.written_on is None and not head.undated and scan.title is not None:
        found = find_dates(scan.text[scan.title.start : scan.title.end], None)
        if found and found[-1].when.day is not None:
            at = found[-1].span
            head.written_on = found[-1].when
            head.written_span = Span(scan.title.start + at.start, scan.title.start + at.end)


def _title_of(scan: _Scan, text: str) -> str:
    if scan.title is not None:
        return re.sub(r"\s+", " ", text[scan.title.start : scan.title.end])
    if scan.subject[1]:
        return text[scan.subject[0] : scan.subject[1]]
    return ""


def _author_of(scan: _Scan, text: str) -> str:
    for row in scan.people.rows:
        mention = scan.people.mentions[row.mention]
        if row.role == "from" and mention.kind == "name":
            return mention.span.cut(text)
    return ""


def _find_company(scan: _Scan, head: PaperHead, text: str) -> tuple[list[int], bool]:
    """Who met: those listed or named in the title; or "Lunch with X" in the subject and the writer.

    Returns indexes of mentions, and whether the paper's author was there.
    """
    listed = [r.mention for r in scan.people.rows if r.role == "participant"]
    subject = text[slice(*scan.subject)]
    met = _MET.match(subject)
    if listed or not met or head.genre not in ("memorandum", "letter", "paper"):
        return listed, False
    begin = scan.subject[0] + met.end()
    stop = _MET_END.search(text, begin, scan.subject[1])
    _, found = read_line(text, begin, stop.start() if stop else scan.subject[1])
    listed = [scan.people.add(person, "participant") for person in found]
    author = bool(listed)
    return listed + [r.mention for r in scan.people.rows if r.role == "from" and author], author


def _account_of(
    scan: _Scan, head: PaperHead, text: str, company: list[int], author: bool
) -> AccountCandidate | None:
    """The paper's own encounter, in the form that its title or subject says."""
    if len(company) < 2 and not author:
        return None
    talk = head.genre in ("conversation", "meeting", "memorandum", "paper", "diary")
    if not (talk or scan.people.listed):
        return None
    assert head.header is not None  # noqa: S101 - set just before
    rows = scan.people.rows
    title, subject = head.header.title, _span(scan.subject)
    return AccountCandidate(
        span=title or subject or Span(rows[0].span.start, max(r.span.end for r in rows)),
        status="held",
        form=form_of_talk(text, head),
        participants=tuple(dict.fromkeys(company)),
        author=author,
        on=head.written_on,
        place=head.header.place,
        rule="header",
        score=0.98,
    )


def form_of_talk(text: str, head: PaperHead) -> str:
    """Return the form of meeting that a paper's title or subject says, else "meeting"."""
    header = head.header
    spans = (header.title, header.subject) if header is not None else ()
    return _form_of(" ".join(span.cut(text) for span in spans if span), head.genre)


def _form_of(words: str, genre: str) -> str:
    if is_telephone(words):
        return "telephone"
    low = words.lower()
    meal = form_of(low, "", only=MEALS | {"reception"})
    if meal and re.search(r"\b(?:lunch|luncheon|dinner|breakfast|supper|reception)\b", low):
        return meal
    if (
        re.search(r"\b(?:council|committee|cabinet|board|plenary|session|staff meeting|delegation)\b", low)
        and genre == "meeting"
    ):
        return "session"
    if re.search(r"\bcall (?:by|of|on|upon)\b|\bcourtesy call\b|\bcalled? on\b", low):
        return "call"
    return "meeting"
