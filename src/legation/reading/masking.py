"""Text with every person standing as one letter, so that patterns can speak of people.

The mask of "To Mr. Crew's, where I met my Lord (he was late)" is "To P's, where I met P B", with P
and B private letters. Quotations are blanked: what is met or said in them is somebody else's "I".
A line that begins an item of its own (a bullet, a heading, a clock time) begins a sentence in the
mask, and the marks of Markdown are gone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from legation.facts.candidates import MentionCandidate
from legation.reading.forms import MEETING_WORDS

#: One person; a stretch of quotation; a short aside in brackets.
PERSON = "\ue000"
QUOTE = "\ue001"
ASIDE = "\ue002"
#: A clock time at the head of a line; a box that is not ticked.
TIME = "\ue003"
TODO = "\ue004"
_OWN = re.compile("[\ue000-\ue004]")
_QUOTED = re.compile(r"“[^”\n]{1,1500}”|\"[^\"\n]{1,1500}\"")
_BRACKETS = re.compile(r" ?\([^()\n]{1,60}\)")
_FRONT = re.compile(r"---[ \t]*\r?\n(?:(?!---)[^\n]{0,400}\n){0,60}---[ \t]*(?=\n|\r|\Z)")
_CLOCK = (
    r"(?:\d{1,2}(?:[:.h]\d{2}(?!\d)(?: ?(?:[ap]\.?m\b\.?|h\b|hrs\b|Uhr\b))?| ?(?:[ap]\.?m\b\.?|Uhr\b"
    r"|h\b|hrs\b|o['’]clock\b)))"
)
#: What may stand before the words of a line: quotation, heading, bullet or number, box, time.
_MARK = re.compile(
    r"[ \t>]{0,12}(?P<head>#{1,6}[ \t]{1,3})?(?P<bullet>(?:[-*+•·–—]|\(?\d{1,2}[.)]|\([a-z]\))[ \t]{1,3})?"
    r"(?P<box>\[(?P<tick>[ xX])\][ \t]{1,3})?"
    rf"(?P<time>[*_]{{0,2}}{_CLOCK}(?: ?(?:-|–|—|to|bis) ?{_CLOCK})?[*_]{{0,2}}[ \t]{{0,2}}[:,;|–—-]?[*_]{{0,2}}"
    r"[ \t]{1,3})?"
)
_LINE = re.compile(r"\r?\n")
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])[*_](?=\w)|(?<=[\w.!?])[*_](?![\w*])")
_OPENING = re.compile(r"\[\[(?:[^\[\]|\n]{1,200}\|)?$|@$")
_CLOSING = re.compile(r"\]\]")
_WORD = re.compile(r"[^\s]{0,40}")
#: A text of shorter lines than this is not wrapped: every line stands for itself.
_NARROW = 44
_NOT_LETTER = str.maketrans(dict.fromkeys((PERSON, QUOTE, ASIDE, TIME, TODO), " "))


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


def _is_word(text: str, mention: MentionCandidate) -> bool:
    """Say whether a doubtful name is only a word of meeting at the head of a sentence."""
    return (
        mention.kind == "name"
        and not mention.sure
        and "linked" not in mention.evidence
        and mention.span.cut(text).lower() in MEETING_WORDS
    )


def _cut_lines(text: str) -> list[tuple[int, int, str, int]]:
    """Find where lines begin items of their own, and what of each line's head is no word of it.

    A line that was broken only because it was full goes on; the width of a text is that of its
    longest line, and a line that had room for the next word was ended on purpose.
    """
    breaks = [(m.start(), m.end()) for m in _LINE.finditer(text)]
    ends = [0, *(end for _, end in breaks)]
    stops = [*(start for start, _ in breaks), len(text)]
    width = max(stop - begin for begin, stop in zip(ends, stops, strict=True))
    cuts: list[tuple[int, int, str, int]] = []
    last_start, last_stop, was_head = 0, 0, False
    for number, (begin, stop) in enumerate(zip(ends, stops, strict=True)):
        mark = _MARK.match(text, begin, stop)
        head = mark is not None and mark.end() > begin and mark.lastgroup is not None
        first = not number
        blank = begin == stop
        if first:
            own = True
        elif head or was_head or blank or last_start == last_stop:
            own = True
        else:
            word = _WORD.match(text, begin, stop)
            length = word.end() - begin if word else 0
            own = width < _NARROW or last_stop - last_start + 1 + length <= width
        if own and not blank:
            letters = "" if first else " " if text[max(0, last_stop - 1)] in ".;:!?" else ". "
            end = begin
            if mark is not None and head:
                end = mark.end()
                letters += TODO + " " if mark["tick"] == " " else ""
                letters += TIME + " " if mark["time"] else ""
            at = begin if first else stops[number - 1]
            if end > at:
                cuts.append((at, end, letters, -1))
        was_head = mark is not None and bool(mark["head"])
        if not blank or first:
            last_start, last_stop = begin, stop
    return cuts


def _cut_links(text: str, spans: list[tuple[int, int, str, int]]) -> list[tuple[int, int, str, int]]:
    """Take the brackets of links and the sign before a handle out of the way of the patterns."""
    cuts: list[tuple[int, int, str, int]] = []
    for start, end, _, _ in spans:
        if text[start - 1 : start] in ("[", "|", "@"):
            opening = _OPENING.search(text, max(0, start - 204), start)
            if opening is not None:
                cuts.append((opening.start(), start, "", -1))
        if text[end : end + 2] == "]]":
            cuts.append((end, end + 2, "", -1))
    return cuts


def mask_people(text: str, mentions: tuple[MentionCandidate, ...]) -> Mask:
    """Mask a text; mentions inside quotations and brackets that are blanked stand no more."""
    cuts: list[tuple[int, int, str, int]] = [(m.start(), m.end(), QUOTE, -1) for m in _QUOTED.finditer(text)]
    spans = [
        (mentions[i].span.start, mentions[i].span.end, PERSON, i)
        for i in outermost(mentions)
        if not _is_word(text, mentions[i])
    ]
    starts = [row[0] for row in spans]
    for match in _BRACKETS.finditer(text):
        at = bisect_right(starts, match.start())
        if at == len(starts) or starts[at] >= match.end():
            cuts.append((match.start(), match.end(), ASIDE, -1))
    front = _FRONT.match(text)
    if front is not None:
        cuts.append((0, front.end(), QUOTE + ".", -1))
    if "[[" in text or "@" in text:
        cuts.extend(_cut_links(text, spans))
    if "*" in text or "_" in text:
        cuts.extend((m.start(), m.end(), "", -1) for m in _EMPHASIS.finditer(text))
    cuts.extend(_cut_lines(text))
    cuts.extend(spans)
    cuts.sort(key=lambda row: (row[0], -row[1]))
    clean = text.translate(_NOT_LETTER) if _OWN.search(text) else text
    pieces: list[str] = []
    people: dict[int, int] = {}
    at_mask = [0]
    at_text = [0]
    position = done = 0
    for start, end, letters, index in cuts:
        if start < done or end > len(text):
            continue
        pieces.append(clean[done:start])
        position += start - done
        at_mask.append(position)
        at_text.append(start)
        pieces.append(letters)
        if index >= 0:
            people[position] = index
        position += len(letters)
        at_mask.append(position)
        at_text.append(end)
        done = end
    pieces.append(clean[done:])
    return Mask(
        "".join(pieces).replace("\r\n", "  ").replace("\n", " "),
        people,
        tuple(at_mask),
        tuple(at_text),
    )
