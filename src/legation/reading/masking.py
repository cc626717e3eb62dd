"""Text with every person standing as one letter, so that patterns can speak of people.

The mask of "To Mr. Crew's, where I met my Lord (he was late)" is "To P's, where I met P B", with P
and B private letters. Quotations are blanked: what is met or said in them is somebody else's "I".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from legation.facts.candidates import MentionCandidate

#: One person; a stretch of quotation; a short aside in brackets.
PERSON = "\ue000"
QUOTE = "\ue001"
ASIDE = "\ue002"
_OWN = re.compile("[\ue000-\ue002]")
_QUOTED = re.compile(r"“[^”\n]{1,1500}”|\"[^\"\n]{1,1500}\"")
_BRACKETS = re.compile(r" ?\([^()\n]{1,60}\)")
_NOT_LETTER = str.maketrans({PERSON: " ", QUOTE: " ", ASIDE: " "})


@dataclass(frozen=True, slots=True)
class Mask:
    """A masked text, and the way back from its positions to those of the text."""

    text: str
    #: Mention index at each position of `PERSON`.
    people: dict[int, int]
    #: Sorted starts of pieces in the mask, and where each piece starts in the text.
    _starts: tuple[int, ...]
    _origins: tuple[int, ...]

    def origin(self, at: int) -> int:
        """The position in the text of a position in the mask."""
        piece = bisect_right(self._starts, at) - 1
        return self._origins[piece] + at - self._starts[piece]

    def origin_end(self, at: int) -> int:
        """The end in the text of a range of the mask that ends at `at`."""
        return self.end_of(at - 1)

    def end_of(self, at: int) -> int:
        """Where the letter at a position of the mask ends in the text."""
        piece = bisect_right(self._starts, at) - 1
        if piece + 1 < len(self._starts) and self._starts[piece + 1] == at + 1:
            return self._origins[piece + 1]
        return self._origins[piece] + at + 1 - self._starts[piece]


def outermost(mentions: tuple[MentionCandidate, ...]) -> list[int]:
    """Indexes of the mentions that stand in no longer one, in order of the text."""
    order = sorted(
        range(len(mentions)),
        key=lambda i: (mentions[i].span.start, -mentions[i].span.end, mentions[i].kind != "name"),
    )
    out: list[int] = []
    end = 0
    for index in order:
        if mentions[index].span.start >= end:
            out.append(index)
            end = mentions[index].span.end
    return out


def mask_people(text: str, mentions: tuple[MentionCandidate, ...]) -> Mask:
    """Mask a text; mentions inside quotations and brackets that are blanked stand no more."""
    cuts: list[tuple[int, int, str, int]] = [(m.start(), m.end(), QUOTE, -1) for m in _QUOTED.finditer(text)]
    spans = [(mentions[i].span.start, mentions[i].span.end, PERSON, i) for i in outermost(mentions)]
    starts = [row[0] for row in spans]
    for match in _BRACKETS.finditer(text):
        at = bisect_right(starts, match.start())
        if at == len(starts) or starts[at] >= match.end():
            cuts.append((match.start(), match.end(), ASIDE, -1))
    cuts.extend(spans)
    cuts.sort(key=lambda row: (row[0], -row[1]))
    clean = text.translate(_NOT_LETTER) if _OWN.search(text) else text
    pieces: list[str] = []
    people: dict[int, int] = {}
    at_mask = [0]
    at_text = [0]
    position = done = 0
    for start, end, letter, index in cuts:
        if start < done or end > len(text):
            continue
        pieces.append(clean[done:start])
        position += start - done
        at_mask.append(position)
        at_text.append(start)
        pieces.append(letter)
        if letter == PERSON:
            people[position] = index
        position += 1
        at_mask.append(position)
        at_text.append(end)
        done = end
    pieces.append(clean[done:])
    return Mask(
        "".join(pieces).replace("\n\n", ". ").replace("\n", " "),
        people,
        tuple(at_mask),
        tuple(at_text),
    )
