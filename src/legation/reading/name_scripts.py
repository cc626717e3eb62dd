"""Names in other scripts: titles and inflected names in Cyrillic and Greek; Arabic and Chinese by shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from legation.facts.candidates import MentionCandidate
from legation.facts.span import Span
from legation.reading.lexicon.scripts import (
    ARABIC_GIVEN,
    ARABIC_LINKS,
    ARABIC_TITLES,
    HAN_SURNAMES,
    HAN_SURNAMES_LONG,
    HAN_TITLES,
    LOWER_TITLES,
)
from legation.reading.name_draft import Draft, Words
from legation.reading.tokens import fold

#: Probabilities of a name with its title, of a full name, and of what only looks like one.
_TITLED, _FULL, _BARE = 0.96, 0.9, 0.3
_TITLED_ODDS = 4.0
_CASELESS = re.compile(r"[\u0600-\u06ff\u4e00-\u9fff]")
_HAN = "\u4e00-\u9fff"
_SURNAME = "(?:" + "|".join(HAN_SURNAMES_LONG) + f"|[{HAN_SURNAMES}])"
_HAN_TITLED = re.compile(
    rf"(?P<surname>{_SURNAME})(?P<given>[{_HAN}]{{0,2}}?)(?P<title>{'|'.join(HAN_TITLES)})"
)
_HAN_ALONE = re.compile(rf"(?<![{_HAN}])(?P<surname>{_SURNAME})(?P<given>[{_HAN}]{{1,2}})(?![{_HAN}])")
_ARABIC_WORD = re.compile(r"[\u0621-\u0652\u0670-\u06d3]+")
#: Letters that Arabic writes before a word without a space: "and", "so", "by", "to".
_PREFIXES = "وفبل"
_LONGEST = 4
#: Greek titles cut short; folded they would be words of other languages.
_GREEK_SHORT = {"κ": "mr", "κος": "mr", "κα": "mrs"}


def is_caseless(text: str) -> bool:
    """Say whether a text holds Arabic or Chinese writing."""
    return _CASELESS.search(text) is not None


def take_title(words: Words, draft: Draft) -> None:
    """Give a name in Cyrillic or Greek the title in small letters before it: "г-на Идена"."""
    i = draft.start
    tokens = words.tokens
    if draft.titles or tokens[i].text[0].isascii() or not i:
        return
    at = i - 1
    if tokens[at].text == "." and at and tokens[at].start == tokens[at - 1].end:
        at -= 1
    word = tokens[at].text
    if word.isascii() or not word[0].islower() or tokens[i].start - tokens[at].end > 2:
        return
    title = _GREEK_SHORT.get(word) or LOWER_TITLES.get(fold(word))
    if title is None:
        return
    draft.start = at
    draft.titles = (title,)
    if draft.given and not draft.surname:
        draft.given, draft.surname = draft.given[:-1], draft.given[-1]
    draft.bare = False
    draft.odds = max(draft.odds, _TITLED_ODDS)
    draft.evidence = [c for c in draft.evidence if c not in ("bare", "place")] + ["title"]


def find_caseless(text: str) -> Iterator[MentionCandidate]:
    """Yield names in Arabic and Chinese writing, which has no capital letters to go by.

    Those with a title, and full names of known parts, are sure; a lone Chinese word that could be
    a name is left to the address book.
    """
    end = 0
    for match in _HAN_TITLED.finditer(text):
        end = match.end()
        yield _make(match.start(), end, (HAN_TITLES[match["title"]],), match["given"], match["surname"])
    for match in _HAN_ALONE.finditer(text):
        surname, given = match["surname"], match["given"]
        if surname + given in HAN_TITLES or any((given + "　").startswith(t) for t in HAN_TITLES):
            continue
        yield MentionCandidate(
            span=Span(match.start(), match.end()), kind="name", given=(given,), surname=surname,
            evidence=("bare",), score=_BARE,
        )  # fmt: skip
    yield from _find_arabic(text)


def _make(start: int, end: int, titles: tuple[str, ...], given: str, surname: str) -> MentionCandidate:
    return MentionCandidate(
        span=Span(start, end), kind="name", titles=titles, given=tuple(given.split()), surname=surname,
        evidence=("title",) if titles else ("given",), sure=True, score=_TITLED if titles else _FULL,
    )  # fmt: skip


def _find_arabic(text: str) -> Iterator[MentionCandidate]:
    found = list(_ARABIC_WORD.finditer(text))
    i = 0
    while i < len(found):
        word = found[i][0]
        shift = int(word not in ARABIC_TITLES and word[0] in _PREFIXES and word[1:] in ARABIC_TITLES)
        title = ARABIC_TITLES.get(word[shift:], "")
        first = i + bool(title)
        last = _end_of_name(text, found, first, titled=bool(title))
        if last > first + (not title):
            parts = [m[0] for m in found[first:last]]
            start = found[i].start() + shift
            titles = (title,) if title else ()
            yield _make(start, found[last - 1].end(), titles, " ".join(parts[:-1]), parts[-1])
            i = last
        else:
            i += 1


def _end_of_name(text: str, found: list[re.Match[str]], first: int, *, titled: bool) -> int:
    """Return the index after the words of a name that may begin at word `first`."""
    at = first
    while at < len(found) and at - first < _LONGEST:
        if at and text[found[at - 1].end() : found[at].start()] != " " and (at > first or titled):
            break
        word = found[at][0]
        tied = at > first and found[at - 1][0] in ARABIC_LINKS
        known = word in ARABIC_GIVEN or word in ARABIC_LINKS or (at > first and word.startswith("ال"))
        if not (known or tied or (titled and at == first)) or word in ARABIC_TITLES:
            break
        at += 1
    return at
