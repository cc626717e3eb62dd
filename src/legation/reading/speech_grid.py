"""A text as rows of words in which each person and each quotation is one word.

Whatever asks who did what walks over words; a name of four words, or ten quoted sentences, must
not stand in its way. Positions are code points of the text, `i` and `j` are places in the rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from legation.facts.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legation.facts.candidates import MentionCandidate

#: Stand in `Grid.low` for a person and for a quotation.
PERSON, QUOTED = "\ue000", "\ue001"
_WORD = re.compile(
    r"['’](?:s|d|ll|ve|re)\b|[^\W\d_]+(?:[-‐‑'’](?!(?:s|d|ll|ve|re)\b)[^\W\d_]+)*|\d+(?:[.,:]\d+)*|[^\w\s]"
)
_ENDS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’»)]*_")
_SHORT = frozenset(
    "mr mrs ms dr st viz sir lt col capt gen maj sgt rev prof hon etc no vol jan feb mar apr aug sept "
    "sep oct nov dec esq messrs mme mlle cf vs ltd jr sr gov sen amb ld wm chas thos jno tho coz cozn "
    "inst ult prox dept".split()
)
_LINE_HEAD = re.compile(r"\s*(?:[-*+•–—]\s|#{1,6}\s|\(?\d{1,2}[.)]\s|\(?[a-zA-Z][.)]\s|\d{1,2}[:.]\d\d\b|>)")


#: A number of fewer digits may be a note's.
_NOTE = 3


class Grid:
    """The words of one text, in rows of equal length.

    `start`, `end`: code points; `low`: the word in small letters with straight apostrophes, or
    `PERSON`, `QUOTED`; `who`: the mention's index, else -1; `quote`: the quotation's, else -1;
    `sentence`, `para`: running numbers.
    """

    def __init__(
        self,
        text: str,
        mentions: Sequence[MentionCandidate],
        persons: Sequence[int],
        quotes: Sequence[tuple[int, int]],
        window: tuple[int, int] | None = None,
    ) -> None:
        self.text = text
        self._small = _in_small_letters(text)
        self.start: list[int] = []
        self.end: list[int] = []
        self.low: list[str] = []
        self.who: list[int] = []
        self.quote: list[int] = []
        self.sentence: list[int] = []
        self.para: list[int] = []
        self._sentence = 0
        self._para = 0
        self._ending = False
        first, last = window or (0, len(text))
        self._last = first
        blocks = sorted(
            [(start, end, -1, q) for q, (start, end) in enumerate(quotes)]
            + [(mentions[n].span.start, mentions[n].span.end, n, -1) for n in persons],
            key=lambda row: (row[0], -row[1]),
        )
        done = first
        for start, end, who, quote in blocks:
            if start < done or end > last:
                continue
            self._words(done, start)
            self._put(start, end, PERSON if who >= 0 else QUOTED, who, quote)
            done = end
        self._words(done, last)
        self.heads = [i for i in range(len(self.low)) if not i or self.sentence[i] != self.sentence[i - 1]]

    def __len__(self) -> int:
        return len(self.low)

    def _words(self, first: int, stop: int) -> None:
        text, small = self.text, self._small
        put, add_start, add_end = self._put, self.start.append, self.end.append
        add_low, add_sentence, add_para = self.low.append, self.sentence.append, self.para.append
        last = self._last
        plain = 0
        for match in _WORD.finditer(small, first, stop):
            start, end = match.span()
            word = match[0]
            if self._ending or start - last != 1 or text[last] != " " or word in _ENDS:
                if start == last and len(word) < _NOTE and word.isdigit() and self.low:
                    # A note's number that sticks to a word.
                    last = self._last = end
                    continue
                self._last = last
                self._pad(plain)
                plain = 0
                put(start, end, word, -1, -1)
            else:
                # A word behind one blank within a sentence: nearly all are.
                add_start(start)
                add_end(end)
                add_low(word)
                add_sentence(self._sentence)
                add_para(self._para)
                plain += 1
            last = end
        self._pad(plain)
        self._last = last

    def _pad(self, count: int) -> None:
        """Say of the last words that they are neither people nor quotations."""
        if count:
            self.who += [-1] * count
            self.quote += [-1] * count

    def _put(self, start: int, end: int, low: str, who: int, quote: int) -> None:
        text = self.text
        gap = start - self._last
        if gap and self.low:
            breaks = text.count("\n", self._last, start)
            if breaks > 1 and text[self._last : start].replace("\r", "").replace(" ", "").count("\n\n"):
                self._para += 1
                self._sentence += 1
                self._ending = False
            elif (breaks and _LINE_HEAD.match(text, self._last, end + 4)) or (
                self._ending and not text[start].islower()
            ):
                self._sentence += 1
                self._ending = False
            elif self._ending and (who >= 0 or quote >= 0) and gap:
                self._ending = False
        if low in _ENDS:
            before = self.low[-1] if self.low else ""
            self._ending = not (
                low == "."
                and not gap
                and (before in _SHORT or (len(before) == 1 and before.isalpha() and before != "i"))
            )
        elif quote >= 0:
            # A quotation that ends a sentence of its own may end the one that it stands in.
            tail = text[max(start, end - 3) : end]
            self._ending = any(mark in tail for mark in ".!?…")
        elif self._ending and low not in _CLOSERS and not low.isdigit():
            self._ending = False
        self.start.append(start)
        self.end.append(end)
        self.low.append(low)
        self.who.append(who)
        self.quote.append(quote)
        self.sentence.append(self._sentence)
        self.para.append(self._para)
        self._last = end

    def at(self, place: int) -> int:
        """The word at or next behind a position (may be `len`)."""
        return bisect_left(self.end, place + 1)

    def before(self, place: int) -> int:
        """The last word that ends at or before a position (-1 if none)."""
        return bisect_right(self.end, place) - 1

    def span(self, i: int, j: int) -> Span:
        """The span of the words `i` to `j`, half-open."""
        return Span(self.start[i], self.end[j - 1])

    def is_person(self, i: int) -> bool:
        """Say whether a word is a person's mention."""
        return 0 <= i < len(self.low) and self.who[i] >= 0

    def same_sentence(self, i: int, j: int) -> bool:
        """Say whether two words stand in one sentence."""
        return 0 <= i < len(self.low) and 0 <= j < len(self.low) and self.sentence[i] == self.sentence[j]


def _in_small_letters(text: str) -> str:
    """The text in small letters with straight apostrophes, place for place."""
    small = text.lower().replace("’", "'")
    if len(small) == len(text):
        return small
    # Some capitals have small letters of more than one code point.
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("’", "'")
