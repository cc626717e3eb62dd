"""Text with every person standing as one letter, so that patterns can speak of people.

The mask of "To Mr. Crew's, where I met my Lord (he was late)" is "To P's, where I met P B", with P
and B private letters. Quotations are blanked: what is met or said in them is somebody else's "I".
A line that begins an item of its own (a bullet, a heading, a clock time) begins a sentence in the
mask, and the marks of Markdown are gone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from legation.facts.candidates import MentionCandidate
from legation.reading.forms import MEETING_WORDS
from legation.reading.groups import find_groups
from legation.reading.name_words import F_OPENER, look_up

#: One person; a stretch of quotation; a short aside in brackets.
PERSON = "\ue000"
QUOTE = "\ue001"
ASIDE = "\ue002"
#: A clock time at the head of a line; a box that is not ticked.
TIME = "\ue003"
TODO = "\ue004"
_OWN = re.compile("[\ue000-\ue004]")
_QUOTE_MARK = re.compile('[“"]')
#: Longest quotation that is blanked.
_QUOTED_LIMIT = 1500
_BRACKETS = re.compile(r" ?\([^()\n]{1,120}\)")
_FRONT = re.compile(r"---[ \t]*\r?\n(?:(?!---)[^\n]{0,400}\n){0,60}---[ \t]*(?=\n|\r|\Z)")
_CLOCK = (
    r"(?:\d{1,2}(?:[:.h]\d{2}(?!\d)(?: ?(?:[ap]\.?m\b\.?|h\b|hrs\b|Uhr\b))?| ?(?:[ap]\.?m\b\.?|Uhr\b"
    r"|h\b|hrs\b|o['’]clock\b)))"
)
#: What may stand before the words of a line: quotation, heading, bullet or number, box, time.
_MARK = re.compile(
    r"[ \t>]{0,12}(?P<head>#{1,6}[ \t]{1,3})?(?P<bullet>(?:[-*+•·–—]|\(?\d{1,2}[.)]|\([a-z]\))[ \t]{1,3})?"
    r"(?P<box>\[(?P<tick>[ xX])\][ \t]{1,3})?"
    rf"(?P<time>[*_]{{0,2}}{_CLOCK}(?: ?(?:-|–|—|to|bis) ?{_CLOCK})?[*_]{{0,2}}[ \t]{{0,2}}[:,;"
    rf"|–—-]?[*_]{{0,2}}"
    r"[ \t]{1,3})?"
)
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])[*_](?=\w)|(?<=[\w.!?])[*_](?![\w*])")
_OPENING = re.compile(r"\[\[(?:[^\[\]|\n]{1,200}\|)?$|@$")
_CLOSING = re.compile(r"\]\]")
_WORD = re.compile(r"[ \t]*([^\W\d_]*)\S{0,40}")
#: Just before a word that is capitalised because it opens something.
_OPENS = re.compile(r"(?:^|[.;!?:–—|\n]\s*|[-*+•]\s+|\d\s+)$")
#: "Rose early".
_ROSE = re.compile(r",? (?:early|betimes|very|late|at|about|up|and|this|between|in|by|with|before|as)\b")
#: Just before the name of a place.
_PLACED = re.compile(
    r"(?:\b(?:[Aa]t|[Ii]n|[Ii]nto|[Nn]ear|[Oo]utside|[Rr]ound)|\b(?:drove|flew|went|travel\w*|sailed"
    r"|walk\w*|rode|rid|hence|thence|[Ss]o|train"
    r"|(?:with|took|carried|brought) [^.;,]{1,24}|trip|journey|drive|flight|bus|returned|back|up|down"
    r"|over|off|moved|came)(?: \w+)? to|^To|[.\n] ?To) $",
    re.IGNORECASE,
)
_AT_THE = re.compile(r"\b[Tt]he (?:[A-Z][a-z]+ and )?$")
#: "Her Maids of Honour" are nobody by name.
_OWNED = re.compile(r"\b(?:my|his|her|our|their) $")
#: Titles that no street bears.
_TITLED = frozenset(
    "mr mrs miss ms sir dr lady madam mistress captain capt captn colonel col major general cousin uncle"
    " aunt".split()
)
#: What a place is called last.
_PLACE_END = frozenset(
    """
    hall house street lane garden gardens park court square bridge church stairs fair inn tower exchange
    castle market gate yard palace abbey college fields wharf alley hill station hotel road avenue club office
    chamber
    room theatre row place quay docks harbour river island valley mountain school university hospital
    """.split()
)
#: The rest of a longer name: "Trinity House", "to Christ College".
_IN_NAME = re.compile(r"[a-z,] [A-Z][a-z]{2,}(?:['’]s?)? $")
#: A place of this score and less is a place.
_DOUBT = 0.3
#: A word of this score is no name, whatever rules beside it say.
_NO_NAME = 0.1
#: Evidence that somebody does or meets something.
_DOING = frozenset({"verb", "with", "speech", "title", "given"})
#: A lone word of less than this score that is gone to is a place.
_BARE = 0.5
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
    #: Mention indexes of all members at the position of a group's letter ("the two Sir Williams").
    groups: dict[int, tuple[int, ...]] = field(default_factory=dict)

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


def _is_nobody(mention: MentionCandidate) -> bool:
    """Say whether hardly anything speaks for a name, and nobody does or meets anything by it."""
    return (
        bool(mention.evidence)
        and mention.score < _NO_NAME
        and not _DOING.intersection(mention.evidence)
        and not mention.surname.endswith("s")
    )


def _is_word(text: str, mention: MentionCandidate) -> bool:
    """Say whether a doubtful name is only a word that opens a sentence, or a place gone to."""
    if mention.kind != "name" or "linked" in mention.evidence:
        return False
    start, end = mention.span.start, mention.span.end
    word = text[start:end].lower()
    lone = not mention.titles and not mention.given and bool(mention.evidence)
    if lone and not word.endswith("s") and _AT_THE.search(text, max(0, start - 24), start):
        # "The Swan", "the Harp and Ball", "the Kennedy plan": no person has an article.
        return text[end : end + 1] not in "'’"
    if word == "rose" and _ROSE.match(text, end) and _OPENS.search(text, max(0, start - 24), start):
        return True
    if mention.sure:
        return False
    if word in MEETING_WORDS or _is_nobody(mention):
        return True
    if mention.evidence == ("bare",) and _OPENS.search(text, max(0, start - 24), start):
        return bool(word.endswith(("ed", "ing", "ly")) or look_up(word)[1] & F_OPENER)
    if not mention.titles and not mention.given and _IN_NAME.search(text, max(0, start - 30), start):
        return True
    if lone and word.endswith("s") and _OWNED.search(text, max(0, start - 8), start):
        return True
    if " " in word and not _TITLED.intersection(mention.titles) and word.rsplit(maxsplit=1)[-1] in _PLACE_END:
        return True
    return (
        ("place" in mention.evidence and mention.score < _DOUBT)
        or (mention.evidence == ("bare",) and mention.score < _BARE and " " not in word)
    ) and (
        text[end : end + 2] not in ("'s", "’s")
        and _PLACED.search(text, max(0, start - 40), start) is not None
    )


def _iter_quoted(text: str) -> Iterator[tuple[int, int]]:
    """Yield the quotations that close in their own line, from left to right."""
    done = 0
    for match in _QUOTE_MARK.finditer(text):
        at = match.start()
        if at < done:
            continue
        # A pattern with a bounded gap would try all its lengths at every mark.
        limit = at + _QUOTED_LIMIT + 2
        line = text.find("\n", at, limit)
        close = text.find("”" if match[0] == "“" else '"', at + 1, line if line >= 0 else limit)
        if close > at + 1:
            done = close + 1
            yield at, done


def _iter_blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield the lines between two empty ones; no pattern, so that a run of blanks costs its length."""
    lines: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            lines.append((start, start + len(line)))
        elif lines:
            yield lines
            lines = []
        start += len(line) + 1
    if lines:
        yield lines


def _cut_lines(text: str) -> list[tuple[int, int, str, int]]:
    """Find where lines begin items of their own, and what of each line's head is no word of it."""
    cuts: list[tuple[int, int, str, int]] = []
    stop = 0
    for lines in _iter_blocks(text):
        width = max(end - begin for begin, end in lines)
        after_head = True
        for begin, end in lines:
            mark = _MARK.match(text, begin, end)
            marked = mark is not None and mark.lastgroup is not None
            if after_head or marked or _stands_alone(text, stop, (begin, end), width):
                while stop and text[stop - 1] in " \t\r":
                    stop -= 1
                letters = "" if not stop else " " if text[stop - 1] in ".;:!?" else ". "
                first = begin
                if mark is not None and marked:
                    first = mark.end()
                    letters += (TODO + " " if mark["tick"] == " " else "") + (
                        TIME + " " if mark["time"] else ""
                    )
                if first > stop:
                    cuts.append((stop, first, letters, -1))
            after_head = mark is not None and mark["head"] is not None
            stop = end
    return cuts


def _stands_alone(text: str, before: int, line: tuple[int, int], width: int) -> bool:
    """Say whether a line goes not on with the sentence of the one that ended at `before`.

    A line that had room for the next word was ended on purpose; the width is that of the longest
    line between two empty ones.
    """
    begin, end = line
    word = _WORD.match(text, begin, end)
    if word is None or word[1][:1].islower():
        return False
    if width < _NARROW or word[1].lower() in MEETING_WORDS:
        return True
    start = text.rfind("\n", 0, before) + 1
    return before - start + 1 + len(word[0].strip()) <= width


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
    cuts: list[tuple[int, int, str, int]] = [(a, b, QUOTE, -1) for a, b in _iter_quoted(text)]
    spans = [
        (mentions[i].span.start, mentions[i].span.end, PERSON, i)
        for i in outermost(mentions)
        if not _is_word(text, mentions[i])
    ]
    groups = {start: (end, members) for start, end, members in find_groups(text, mentions)}
    if groups:
        spans = [row for row in spans if not any(a <= row[0] < b for a, (b, _) in groups.items())]
        spans.extend((start, end, PERSON, members[0]) for start, (end, members) in groups.items())
        spans.sort()
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
    together: dict[int, tuple[int, ...]] = {}
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
            if start in groups and letters == PERSON:
                together[position] = groups[start][1]
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
        together,
    )
