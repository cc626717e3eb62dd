"""The people of a header as mentions: lists with sides, at the head or at the end of a paper."""

from __future__ import annotations

import re
from typing import Literal

from legation.facts.candidates import HeaderPerson, MentionCandidate
from legation.facts.span import Span
from legation.reading.header_lines import Line, read_date_line, read_label, read_lines
from legation.reading.header_words import ADJECTIVES, INSTITUTIONS, OFFICES
from legation.reading.lexicon.given import GIVEN
from legation.reading.lexicon.places import PLACES
from legation.reading.participants import Printed, country_of, read_groups, read_line, read_side

Role = Literal["participant", "from", "to", "drafter", "attendee", "cc"]

_BELOW = re.compile(
    r"(?:^|(?<=\r))[ \t*_#]*(?P<label>(?:LIST OF (?:PARTICIPANTS|ATTENDEES|THOSE PRESENT"
    r"|PERSONS PRESENT)"
    r"|ATTENDANCE LIST|PARTICIPANTS LIST|ATTENDANCE|PARTICIPANTS|ATTENDEES|PRESENT|THOSE PRESENT"
    r"|List of (?:[Pp]articipants|[Aa]ttendees)|Attendance [Ll]ist|Participants|Attendees"
    r"|Those [Pp]resent))\d?[ \t]*:?[ \t*_]*(?P<rest>[^\r\n]*)(?=[\r\n]|\Z)",
    re.MULTILINE,
)
_MARK = re.compile(r"^[A-Z]{1,6}(?:/[A-Z0-9]{1,8})+$")


class People:
    """Collects header people: mentions in the order they were met, and a row for each."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.mentions: list[MentionCandidate] = []
        self.rows: list[HeaderPerson] = []
        #: A list of participants was read; it stood at the end of the paper.
        self.listed = False
        self.tail = False

    def has(self, role: str) -> bool:
        """Say whether anybody stands in this role."""
        return any(row.role == role for row in self.rows)

    def add(
        self,
        person: Printed,
        role: Role,
        *,
        side: str = "",
        evidence: str = "",
        alone: bool = False,
    ) -> int:
        """Add one printed person in a role; return the index of the mention.

        An office beside the name becomes a mention of its own with `same_as`. `alone` adds no
        second row for a name that already stands in that role.
        """
        span = Span(person.start, person.end)
        for index, mention in enumerate(self.mentions):
            if mention.span == span:
                return index
        index = len(self.mentions)
        signs = ["header"]
        if evidence:
            signs.append(evidence)
        if person.is_office:
            self.mentions.append(
                MentionCandidate(
                    span, "office", head=person.head, evidence=tuple(signs), sure=True, score=0.97
                )
            )
        else:
            signs += ["title"] if person.title else []
            signs += ["given"] if person.given else []
            self.mentions.append(
                MentionCandidate(
                    span,
                    "name",
                    titles=_titles(person),
                    given=person.given,
                    surname=person.surname,
                    head=person.head if person.head == person.title else "",
                    evidence=tuple(signs),
                    sure=True,
                    score=0.99,
                )
            )
            if person.office[1] > person.office[0]:
                self.mentions.append(
                    MentionCandidate(
                        Span(*person.office),
                        "office",
                        head=person.head,
                        same_as=index,
                        evidence=("header", "apposition"),
                        sure=True,
                        score=0.97,
                    )
                )
        if alone and any(
            row.role == role and self.mentions[row.mention].surname == person.surname for row in self.rows
        ):
            return index
        self.rows.append(HeaderPerson(span, index, side, role))
        return index


def _titles(person: Printed) -> tuple[str, ...]:
    if not person.title:
        return ()
    words = person.title.replace(".", "")
    return tuple(words.split()) if person.courtesy else (words,)


def read_list(
    people: People,
    lines: list[Line],
    start: int,
    *,
    inline: tuple[int, int] | None = None,
    side: str = "",
) -> int:
    """Read a list of participants from line `start` on; return the index of the line that ends it.

    A side heads the names below it until another does. A bracketed note, a sentence, a label or a
    document mark ends the list.
    """
    text = people.text
    rows: list[tuple[str, bool, tuple[Printed, ...]]] = []
    ends: list[int] = []
    columns: list[str] = []
    nouns = False
    if inline is not None:
        rest = text[inline[0] : inline[1]]
        groups = read_groups(text, *inline)
        if not groups and read_side(rest):
            side = read_side(rest)
            nouns = True
        for glued, found in groups:
            rows.append((glued, False, found))
            ends.append(start)
    index = start
    while index < len(lines):
        line = lines[index]
        if line.text.startswith("[") and not line.text.endswith("]:"):
            break
        if read_label(line) is not None or read_date_line(line) or _MARK.match(line.text):
            break
        pair = _columns(line.text)
        if len(pair) == 2 and all(read_side(p) for p in pair):
            columns = [read_side(p) for p in pair]
            nouns = True
            index += 1
            continue
        if columns and len(pair) == 2:
            at = line.start
            for name, piece in zip(columns, pair, strict=True):
                begin = text.index(piece, at)
                at = begin + len(piece)
                _, found = read_line(text, begin, at)
                rows.append((name, True, found))
                ends.append(index + 1)
            index += 1
            continue
        heading = read_side(line.text)
        if heading:
            rows.append((heading, False, ()))
            ends.append(index + 1)
            nouns = True
            index += 1
            continue
        groups = read_groups(text, line.start, line.end)
        if not groups:
            if rows and rows[-1][2] and not line.after_blank and _is_continuation(line):
                index += 1
                continue
            break
        for glued, found in groups:
            nouns = nouns or bool(glued and glued.lower() not in ADJECTIVES)
            rows.append((glued, bool(glued), found))
            ends.append(index + 1)
        index += 1
    return _keep(people, rows, ends, start, side=side, nouns=nouns)


def _keep(
    people: People,
    rows: list[tuple[str, bool, tuple[Printed, ...]]],
    ends: list[int],
    start: int,
    *,
    side: str,
    nouns: bool,
) -> int:
    """Drop headings that closed the list looking like names; spread the sides; add the people.

    A row without people heads those below it. "British" before a name is a side only where another
    side is headed by a country's name: alone it belongs to the office.
    """
    weak = [all(_is_weak(p) for p in found) for _, _, found in rows]
    strong = len(weak) - sum(weak)
    while rows and (not rows[-1][2] or (weak[-1] and strong >= 2)):
        rows.pop()
        weak.pop()
        ends.pop()
    if not rows:
        return start
    current = side
    for heading, glued, found in rows:
        spreads = not glued or nouns or heading.lower() not in ADJECTIVES
        if heading and spreads:
            current = heading
        for person in found:
            people.add(person, "participant", side=heading or current)
    people.listed = True
    return ends[-1]


def _is_weak(person: Printed) -> bool:
    """A name without title, known first name, initials or office: it may be a heading."""
    if person.is_office or person.title or person.head:
        return False
    if not person.given:
        return True
    first = person.given[0].lower()
    return first not in GIVEN and len(first) > 2 and first in PLACES


def _columns(line: str) -> list[str]:
    return [p for p in re.split(r"\t+|\s{3,}|\s*\|\s*", line.strip(" |")) if p.strip()]


def _is_continuation(line: Line) -> bool:
    """The rest of an office that was broken over two lines."""
    words = [w.strip(".,()").lower() for w in line.text.split()]
    known = sum(w in OFFICES or w in INSTITUTIONS or w in ("of", "for", "the", "and", "to") for w in words)
    return len(words) <= 8 and (known * 2 >= len(words) or line.indent > 3)


def find_list_below(people: People, body: int) -> bool:
    """Read a list that stands under its own label in the body; say whether one does."""
    text = people.text
    for match in _BELOW.finditer(text, body):
        rest = match["rest"].strip()
        if rest and not match.group().rstrip().endswith(rest):
            continue
        colon = ":" in text[match.end("label") : match.end("label") + 3]
        if rest and not colon:
            continue
        lines = read_lines(text, match.end(), 120)
        inline = (match.start("rest"), match.end("rest")) if rest else None
        before = len(people.rows)
        read_list(people, lines, 0, inline=inline)
        if len(people.rows) > before:
            people.tail = True
            return True
    return False


__all__ = ["People", "country_of", "find_list_below", "read_list"]
