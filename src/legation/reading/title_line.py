"""Titles of papers: what kind of paper it is, and whom the title names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from legation.reading.header_lines import Line
from legation.reading.header_words import GROUPS, INSTITUTIONS
from legation.reading.participants import Printed, read_person

Genre = Literal["", "conversation", "meeting", "memorandum", "telegram", "letter", "diary", "paper"]
Role = Literal["participant", "from", "to"]

_NUMBER = re.compile(r"^\W*(?:(?:No|Nr|Doc|Document)\.?\s*)?\d{1,4}\s*[.)\]:]\s+", re.IGNORECASE)
_KINDS: tuple[tuple[Genre, str], ...] = (
    (
        "conversation",
        (
            r"(?:memorand(?:um|a)|memcon|minutes?|notes?|record|report|account|transcript|summary"
            r"|memo|protocol|aide[- ]m[ée]moire)\b.{0,60}?\b(?:conversations?|talks?|discussions?"
            r"|interview|telephone call|audience|call)\b|^memcon\b"
            r"|^conversation\b.{0,20}\b(?:with|between)\b"
        ),
    ),
    (
        "meeting",
        (
            r"(?:memorandum|minutes?|notes?|record|report|account|transcript|summary|memo|protocol"
            r"|procès[- ]verbal)\b.{0,60}?\b(?:meetings?|sessions?|conference|council)\b|^minutes\b"
        ),
    ),
    ("telegram", r"^(?:\w+ )?(?:telegram|airgram|cable|cablegram|despatch|dispatch|radiogram)\b"),
    ("letter", r"^(?:\w+ )?(?:letter|message|note)\s+(?:from|to|by|of)\b|^letter\b"),
    ("diary", r"\bdiary (?:entry|entries)\b"),
    (
        "memorandum",
        r"^(?:\w+[ -]){0,3}?(?:memorandum|memo|action memorandum|information memorandum)\b",
    ),
    (
        "paper",
        (
            r"^(?:editorial note\b|(?:\w+[ -]){0,4}?(?:paper|report|note|notes|estimate|review"
            r"|brief|briefing|record|minutes|statement|instructions?|circular"
            r"|aide[- ]m[ée]moire|communiqu[ée]|transcript|study|summary|draft|list"
            r"|intelligence memorandum)"
            r"\s+(?:prepared|by|from|for|of|on)\b|(?:\w+ ){0,3}(?:intelligence (?:estimate|review"
            r"|weekly|summary|digest)|weekly review|estimate)\b|(?:\w+ ){0,2}paper$)"
        ),
    ),
)
_GENRES = tuple((genre, re.compile(words, re.IGNORECASE)) for genre, words in _KINDS)
_WORKS = r"(?:from|by|prepared by|prepared for|to|between|with|of comments by|of remarks by)"
_PAREN = re.compile(r"\((?P<name>[^()]{2,60})\)\s*\d*\s*$")
#: "…, 14 May 1947, 3.30 p.m.", "… on 16 June 1941": the date that closes a title.
_DATED = re.compile(
    r"(?:,|\s+on|\s+at \S.{0,60}?,)\s+(?:the\s+)?(?:[A-Z][a-z]+day,?\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+|[A-Z][a-z]{2,8}\.?\s+\d{1,2}),?\s+\d{4}"
)
_MOST_JOINTS = 4
_MOST_CUTS = 8
_TELEPHONE = re.compile(r"\btele(?:phone|con)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Party:
    """A person named in a title, and in which part."""

    person: Printed
    role: Role


@dataclass(frozen=True, slots=True)
class Title:
    """A paper's title line: its kind and the people in it; (start, end) leaves out its number."""

    genre: Genre
    start: int
    end: int
    parties: tuple[Party, ...] = ()
    numbered: bool = False


def read_title(line: Line, text: str) -> Title | None:
    """Read a line as a paper's title; None where it is no title of any kind that is known."""
    words = line.text[:400]
    if len(line.text) > 400:
        return None
    lead = re.match(r"[#*_\s]+", words)
    offset = lead.end() if lead else 0
    number = _NUMBER.match(words[offset:])
    if number:
        offset += number.end()
    plain = re.sub(r"[*_\s]+$", "", words[offset:])
    plain = re.sub(r"(?<=[^\W\d])\d{1,2}$", "", plain)
    if not plain or not plain[0].isupper() or plain.endswith(("?", "!")):
        return None
    if plain.endswith(".") and not re.search(r"[ap]\.m\.$", plain):
        return None
    genre = _genre_of(plain)
    if not genre or not _is_headline(plain):
        return None
    start = line.start + offset
    end = start + len(plain)
    parties = _read_parties(text, start, end, genre)
    return Title(genre, start, end, parties, bool(number))


def is_telephone(words: str) -> bool:
    """Say whether a title or subject speaks of a telephone conversation."""
    return _TELEPHONE.search(words) is not None


def _genre_of(words: str) -> Genre:
    """Name the kind from what stands before the people: "Memorandum From X of the Y Council"."""
    cut = re.search(r"\s(?:From|Between|With|by|From the)\s", words)
    front = words[: cut.end()] if cut else words
    for genre, pattern in _GENRES:
        if pattern.search(front):
            return genre
    return ""


def _is_headline(words: str) -> bool:
    """Most words of a headline are capitalised; a sentence that begins "Letter from" is none."""
    long = [
        w
        for w in re.findall(r"[^\W\d_]{4,}", words)
        if w.lower() not in ("from", "with", "between", "into", "prepared")
    ]
    small = sum(w[0].islower() for w in long)
    return small <= 0.2 * len(long) or (small <= 1 and len(long) <= 6)


def _read_parties(text: str, start: int, end: int, genre: Genre) -> tuple[Party, ...]:
    dated = _DATED.search(text, start, end)
    if dated:
        end = dated.start()
    words = text[start:end]
    talk = genre in ("conversation", "meeting")
    between = re.search(r"\bBetween\s+", words, re.IGNORECASE)
    if between:
        found = read_phrases(text, start + between.end(), end)
        return tuple(Party(p, "participant") for p in found)
    out: list[Party] = []
    sender = re.search(r"\b(?:From|by)\s+", words, re.IGNORECASE)
    if sender:
        begin = start + sender.end()
        for cut, following in _cuts(text, begin, end):
            left = read_phrases(text, begin, cut)
            institution = _is_institution(text[begin:cut])
            if left or institution:
                out.extend(Party(p, "from") for p in left)
                out.extend(Party(p, "to") for p in read_phrases(text, following, end))
                return tuple(out)
        return tuple(Party(p, "from") for p in read_phrases(text, begin, end))
    met = re.search(r"\b(?:With|of Conversation of)\s+", words)
    if met and talk:
        return tuple(Party(p, "participant") for p in read_phrases(text, start + met.end(), end))
    if genre == "diary":
        owner = re.search(r"(?:['’]s)?\s+Diary\b", words, re.IGNORECASE)
        if owner:
            found = read_phrases(text, start, start + owner.start())
            return tuple(Party(p, "from") for p in found)
    if genre in ("letter", "memorandum"):
        to = re.search(r"\b(?:to|for)\s+(?!the\s+(?:Record|File)s?\b)", words, re.IGNORECASE)
        if to:
            return tuple(Party(p, "to") for p in read_phrases(text, start + to.end(), end))
    return ()


def _cuts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Places where "From A to B" may be cut; those after a bracketed name come first."""
    found = [
        (start + m.start(), start + m.end())
        for m in re.finditer(r"\s+to\s?(?=the\b|All\b|[A-Z])\s*", text[start:end])
    ]
    inside = [c for c in found if text[start : c[0]].count("(") == text[start : c[0]].count(")")]
    closed = [c for c in inside if text[: c[0]].rstrip()[-1:] == ")"]
    return (closed + [c for c in inside if c not in closed])[:_MOST_CUTS]


def _is_institution(words: str) -> bool:
    low = words.lower().replace("’", "'")
    low = re.sub(r"^the\s*", "", low.strip())
    first = [w.strip("(),.") for w in low.split()]
    if not first:
        return False
    if low in GROUPS:
        return True
    heads = {"embassy", "legation", "consulate", "department", "mission", "delegation", "agency",
             "council", "committee", "staff", "ministry", "office", "board", "bureau"}  # fmt: skip
    return bool(set(first[:5]) & heads) and all(
        w in INSTITUTIONS or not w.isalpha() or len(w) > 1 for w in first
    )


def read_phrases(text: str, start: int, end: int) -> tuple[Printed, ...]:
    """Read "Secretary Rusk and the Director of the Agency (Murrow)": one or more people."""
    one = _read_phrase(text, start, end)
    joints = list(re.finditer(r"\s+and\s+", text[start:end]))
    # Each "and" doubles the ways to cut: a title has a few.
    for joint in joints if len(joints) <= _MOST_JOINTS else ():
        left = _read_phrase(text, start, start + joint.start())
        if left is None:
            continue
        # "the Foreign Secretary and the Soviet Ambassador", not "Eastern and South Asian Affairs".
        article = text.startswith("the ", start + joint.end())
        if not (article or _complete(text, left, start + joint.start())):
            continue
        right = read_phrases(text, start + joint.end(), end)
        if right:
            return (left, *right)
    return () if one is None else (one,)


def _complete(text: str, person: Printed, end: int) -> bool:
    """A phrase that is a whole: ends in a bracketed name, or is a name."""
    return bool(person.surname) or text[:end].rstrip().endswith(")")


def _read_bracketed(text: str, start: int, end: int) -> Printed | None:
    """The name in "the Under Secretary (West)": one word there is a surname."""
    words = text[start:end].strip()
    if re.fullmatch(r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*", words) and words[0].isupper():
        return Printed(start, start + len(words), surname=words)
    return read_person(text, start, end)


def _read_phrase(text: str, start: int, end: int) -> Printed | None:
    while start < end and text[start] in " \t,;":
        start += 1
    words = text[start:end]
    words = re.sub(r"[\s,;.]+$", "", words)
    end = start + len(words)
    paren = _PAREN.search(words)
    if paren:
        name = _read_bracketed(text, start + paren.start("name"), start + paren.end("name"))
        office = words[: paren.start()].rstrip()
        if name is not None and name.surname and office:
            head = re.sub(r"^the\s+", "", office, flags=re.IGNORECASE).lower()
            return replace(name, office=(start, start + len(office)), head=re.sub(r"\s+", " ", head))
        words = office
        end = start + len(office)
    cut = re.search(r"\s+of\s+the\s+", words)
    whole = read_person(text, start, end)
    if whole is not None and (whole.surname or not cut):
        return whole
    if cut:
        name = read_person(text, start, start + cut.start())
        if name is not None and name.surname:
            return name
    comma = words.find(",")
    if comma > 0:
        return _read_phrase(text, start, start + comma)
    return whole
