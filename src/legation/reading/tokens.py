"""Text to words with their places and sentences, and names folded for comparison."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from legation.facts.span import Span
from legation.reading.lexicon.titles import ABBREVIATIONS

# A letter, then the marks that sit on it; format marks (RTL, joiners) only between letters.
_L = r"[^\W\d_][\u0300-\u036f\u0483-\u0487]*"
_F = r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]"
_UPPER = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0391-\u03a9\u0400-\u042f"
_TOKEN = re.compile(
    # A plain word that nothing can go on with is found fastest; the rest says the same of it.
    r"[a-z]++(?=[ ,;])"
    rf"|[{_UPPER}]\.(?:[{_UPPER}]\.)*(?![^\W\d_]{{2}})"
    rf"|{_L}(?:{_F}?{_L})*(?:(?:['\u2019\u02bc](?![sS]\b)|[-\u2010\u2011]){_L}(?:{_F}?{_L})*)*"
    r"|['\u2019][sS]\b|\d+(?:[.,:]\d+)*|\S"
)
_SHORT = frozenset(ABBREVIATIONS)
_ENDS = frozenset(".!?\u2026")
_CLOSERS = frozenset("\"'\u2019\u201d)]*_")


class Token(NamedTuple):
    """A word, number or mark: code points `start` to `end`, its text, its sentence's number."""

    start: int
    end: int
    text: str
    sentence: int

    @property
    def span(self) -> Span:
        """The token's range in the text."""
        return Span(self.start, self.end)


@lru_cache(maxsize=2)
def tokenise(text: str) -> tuple[Token, ...]:
    """Split a text into tokens, in one pass whose time grows with its length.

    An abbreviation or initial keeps its dot ("Mr.", "W.", "M.A.M."); a possessive ending and
    digits glued to a word are tokens of their own. Sentences end at `.`, `!`, `?` before
    anything but a small letter, and at blank lines.
    """
    out: list[Token] = []
    add = out.append
    sentence = 0
    ending = False
    last = 0
    new = Token
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start < last:
            continue
        word = match[0]
        if start > last:
            gap = start - last
            if gap > 1 and text.count("\n", last, start) > 1:
                sentence += bool(out)
                ending = False
            elif ending and not word[0].islower():
                sentence += 1
                ending = False
        if word in _SHORT and text.startswith(".", end):
            end += 1
            word += "."
        if word in _ENDS:
            ending = True
        elif ending and word not in _CLOSERS and not word.isdigit():
            ending = False
        last = end
        add(new(start, end, word, sentence))
    return tuple(out)


#: Longer texts are read in pieces, so that memory stays bounded.
PIECE = 300_000


def split_pieces(text: str) -> tuple[tuple[int, int], ...]:
    """Return ranges of at most about `PIECE` code points that tile a text, cut between lines.

    A line longer than that is cut at a space, or anywhere where it has none.
    """
    if len(text) <= PIECE:
        return ((0, len(text)),)
    out = []
    start = 0
    while len(text) - start > PIECE:
        middle = start + PIECE // 2
        cut = max(text.rfind("\n", middle, start + PIECE) + 1, 0)
        cut = cut or text.rfind(" ", middle, start + PIECE) + 1 or start + PIECE
        out.append((start, cut))
        start = cut
    out.append((start, len(text)))
    return tuple(out)


_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўђјљњћџѓѕќ",
        (
            "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i i ye g "
            "u d j lj nj c dz g dz k"
        )
        .replace("-", "_")
        .split(),
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(),
        strict=True,
    )
)
_LETTERS = {
    ord(k): v.replace("_", "")
    for k, v in (
        _CYRILLIC
        | _GREEK
        | {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l"}
        | {"ı": "i", "ŋ": "n", "ħ": "h", "\u2019": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-"}
    ).items()
}
_SPACE = re.compile(r"[\s\u00a0]+")
_ADJECTIVE_END = re.compile("[иы]й")
_PLAIN = re.compile(r"[a-z0-9' -]*")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return a name as it is compared: small letters, no accents, stress or format marks, no dots.

    Cyrillic and Greek are written in Latin letters. Other scripts are kept as they are.
    """
    low = name.strip().lower()
    if _PLAIN.fullmatch(low):
        return _SPACE.sub(" ", low)
    # Stress marks go first: only then do the letters of "ий" stand side by side.
    plain = unicodedata.normalize("NFKD", name.casefold()).replace("\u0301", "")
    cased = _ADJECTIVE_END.sub("y", unicodedata.normalize("NFC", plain).casefold())
    decomposed = unicodedata.normalize("NFKD", cased.translate(_LETTERS)).casefold()
    kept = "".join(c for c in decomposed.translate(_LETTERS) if unicodedata.category(c) not in ("Mn", "Cf"))
    return _SPACE.sub(" ", kept.replace(".", " ")).strip()
