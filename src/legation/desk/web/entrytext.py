"""The text of an entry as HTML: paragraphs with their marks nested, and notes beside them.

Marks may overlap and nest in any way. The text is cut at every boundary; between two boundaries
the same marks hold, and going from one stretch to the next closes and opens only what differs, so
that the result is always well nested. A link is never put inside a link: the innermost wins.
Every code point of the text is shown as one character (control characters by their pictures), so
that offsets stay true; only the signs of a Markdown heading and ends of lines are left out.

Statements would make a forest of underlines: they have only the letter of their note, under which
stands the line that says how sure they are, and are lit when the letter or the note is pointed at.
"""

from __future__ import annotations

import heapq
import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from markupsafe import Markup, escape

from legation.facts.judgement import FINDING_ROLES
from legation.report.views import Mark, NoteView

_BLANK = re.compile(r"(?:\r\n|\n|\r)(?:[ \t\u00a0]*(?:\r\n|\n|\r))+")
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?:(?!---|\.\.\.)[^\n]*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)[^\r\n]*(?:\r\n|\n|\r|$)")
_LISTED = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)]|[A-Z][A-Za-z ]{1,20}:)[ \t]")
_NEWLINE = re.compile(r"\r\n|\n|\r")
#: What does not show; Python's own idea of a space takes in control characters too.
_SPACES = " \t\r\n\u00a0"
#: Lines no longer than this, all of them, were meant as lines.
_SHORT_LINE = 56
#: A heading no longer than this stands in the side column.
_SHORT_HEADING = 48
#: What a note says of somebody who was inferred, with the rule (`say_inferred` of report.findings).
_INFERRED = re.compile(r"(?:“[^”]*” is|Taken from the context:) .*?\(([^()]*)\)\.(?= |$)", re.DOTALL)
#: How many paragraphs a column of notes may run beside; the style sheet has a class for each.
_MOST_ROWS = 6

#: C0 and DEL as their pictures; what has none, and halves of surrogate pairs, as U+FFFD.
PICTURES: dict[int, int] = {
    **{c: 0x2400 + c for c in range(0x20) if c not in (0x09, 0x0A, 0x0D)},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def visible(text: str) -> str:
    """Return the text with control characters made visible, one character for one."""
    return text.translate(PICTURES) if _CONTROL.search(text) else text


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or front matter, set; with the notes that stand beside it.

    `kind` is `p`, `lines` (line breaks are kept), `side` (a heading in the side column), `head`
    or `front`; `rows` says how many paragraphs the notes may run beside.
    """

    kind: str
    html: Markup
    notes: tuple[NoteView, ...] = ()
    rows: int = 1
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the text that is to be set as a block of its own."""

    kind: str
    start: int
    end: int
    level: int = 0


@dataclass(slots=True)
class _Wrap:
    """One element that runs from `start` to `end` and may have to be cut."""

    start: int
    end: int
    order: int
    open: str
    close: str
    link: bool
    #: What the first piece carries besides (the id that a note links to), and what the others do.
    anchor: str = ""
    again: str = ""
    #: What follows the last piece (the key that links to the note).
    after: Markup = field(default_factory=Markup)
    begun: bool = False


def _pieces(text: str) -> Iterator[_Piece]:
    """Cut the text into blocks; what lies between them is blank."""
    at = 0
    front = _FRONT.match(text)
    if front is not None:
        yield _Piece("front", front.start(), front.end())
        at = front.end()
    while at < len(text):
        blank = _BLANK.search(text, at)
        end = blank.start() if blank else len(text)
        yield from _paragraph(text, at, end)
        at = blank.end() if blank else len(text)


def _paragraph(text: str, start: int, end: int) -> Iterator[_Piece]:
    """Yield the headings at the beginning of a paragraph and the rest of it."""
    while start < end:
        heading = _HEADING.match(text, start, end)
        if heading is None:
            break
        level = len(heading.group(1))
        words = start + level
        while words < end and text[words] in " \t":
            words += 1
        last = words + len(text[words : heading.end()].rstrip("\r\n"))
        short = last - words <= _SHORT_HEADING
        yield _Piece("side" if short else "head", words, last, level)
        start = heading.end()
    if text[start:end].strip(_SPACES):
        yield _Piece("lines" if _has_lines(text[start:end]) else "p", start, end)


def _has_lines(text: str) -> bool:
    """Say whether the ends of lines carry meaning: a list, verse, the head of a paper."""
    lines = _NEWLINE.split(text.strip("\r\n"))
    if len(lines) < 2:
        return False
    return max(map(len, lines[:-1])) <= _SHORT_LINE or sum(bool(_LISTED.match(n)) for n in lines) * 2 > len(
        lines
    )


def _wraps(
    marks: Iterable[Mark], found: tuple[tuple[int, int], ...], text: str, plain: frozenset[str]
) -> list[_Wrap]:
    """Turn marks into elements, outer ones first; those of the notes in `plain` have no line of their own."""
    length = len(text)
    wraps: list[_Wrap] = []
    for number, (start, end) in enumerate(found):
        if 0 <= start < end <= length:
            anchor = ' id="here" tabindex="-1"' if number == 0 else ""
            wraps.append(_Wrap(start, end, -1, '<span class="found"', "</span>", link=False, anchor=anchor))
    for number, mark in enumerate(marks):
        start, end = max(0, mark.start), min(length, mark.end)
        # A mark that runs on into the blank after a paragraph ends with the paragraph.
        while end > start and text[end - 1] in _SPACES:
            end -= 1
        if start >= end or mark.state == "rejected":
            continue
        if mark.note:
            key = escape(mark.note)
            state = str(escape(mark.state))
            classes = f"told {state}" if mark.note in plain else state
            sure = f"key {state}" if mark.note in plain else "key"
            after = Markup('<a class="{1}" href="#n-{0}" aria-label="note {0}">{0}</a>').format(key, sure)
            wraps.append(
                _Wrap(
                    start,
                    end,
                    number,
                    f'<mark class="{classes}"',
                    "</mark>",
                    link=False,
                    anchor=f' id="w-{key}"',
                    again=f' data-w="{key}"',
                    after=after,
                )
            )
        if mark.person:
            href = escape(f"/people/{quote(mark.person, safe='')}")
            wraps.append(_Wrap(start, end, number, f'<a class="who" href="{href}"', "</a>", link=True))
        elif not mark.note:
            href = escape(f"/fact/{quote(mark.fact, safe='')}")
            wraps.append(
                _Wrap(
                    start,
                    end,
                    number,
                    f'<a class="who unknown {escape(mark.state)}" href="{href}"',
                    "</a>",
                    link=True,
                )
            )
    wraps.sort(key=lambda w: (w.start, -w.end, w.order))
    return wraps


def _set(text: str, start: int, end: int, wraps: list[_Wrap]) -> Markup:
    """Return text[start:end] with the elements that touch it, well nested."""
    bounds = sorted(
        {start, end}
        | {w.start for w in wraps if start < w.start < end}
        | {w.end for w in wraps if start < w.end < end}
    )
    out: list[str] = []
    stack: list[_Wrap] = []
    active: list[_Wrap] = []
    waiting = 0
    for left, right in itertools.pairwise(bounds):
        active = [w for w in active if w.end > left]
        while waiting < len(wraps) and wraps[waiting].start <= left:
            if wraps[waiting].end > left:
                active.append(wraps[waiting])
            waiting += 1
        wanted = [w for w in active if not w.link]
        links = [w for w in active if w.link]
        if links:
            wanted.append(min(links, key=lambda w: (w.end - w.start, w.order)))
        _change(out, stack, wanted, left)
        out.append(str(escape(visible(text[left:right]))))
    _change(out, stack, [], end)
    return Markup("".join(out))  # noqa: S704 - every piece is escaped text or an element of ours


def _change(out: list[str], stack: list[_Wrap], wanted: list[_Wrap], at: int) -> None:
    """Close and open elements so that `wanted` are open, outermost first."""
    same = 0
    while same < min(len(stack), len(wanted)) and stack[same] is wanted[same]:
        same += 1
    ended: list[_Wrap] = []
    while len(stack) > same:
        wrap = stack.pop()
        out.append(wrap.close)
        if wrap.end <= at and wrap.after:
            ended.append(wrap)
    # The key of a note stands after its words, outside of what else goes on; if an outer
    # element was kept open it stands inside that.
    out.extend(str(w.after) for w in sorted(ended, key=lambda w: (w.start, w.order)))
    for wrap in wanted[same:]:
        out.append(wrap.open + (wrap.again if wrap.begun else wrap.anchor) + ">")
        wrap.begun = True
        stack.append(wrap)


def _beside(pieces: list[_Piece], notes: Iterable[NoteView]) -> dict[int, list[NoteView]]:
    """Return for the number of each block the notes that stand beside it."""
    starts = [p.start for p in pieces]
    beside: dict[int, list[NoteView]] = {}
    for note in sorted(notes, key=lambda n: n.start):
        number = max(0, bisect_right(starts, note.start) - 1)
        # A heading or front matter has no room beside it: its notes go to the paragraph below.
        while number + 1 < len(pieces) and pieces[number].kind in ("front", "side", "head"):
            number += 1
        beside.setdefault(number, []).append(note)
    return beside


def set_entry(
    text: str,
    marks: Iterable[Mark],
    notes: Sequence[NoteView],
    found: tuple[tuple[int, int], ...] = (),
) -> tuple[Block, ...]:
    """Return the text as blocks of safe HTML with their notes.

    `found` are stretches [start, end) to be shown as the words that were looked for; the first
    has the id `here`. Takes time in proportion to the text and its marks.
    """
    pieces = list(_pieces(text))
    told = (n for n in notes if n.kind == "statement" or (n.status == "denied" and n.kind in FINDING_ROLES))
    wraps = _wraps(marks, found, text, frozenset(n.key for n in told))
    beside = _beside(pieces, notes)
    starts = [w.start for w in wraps]
    running: list[tuple[int, int, _Wrap]] = []
    blocks: list[Block] = []
    at = 0
    for number, piece in enumerate(pieces):
        # Elements that began before this block and are still open in it.
        while running and running[0][0] <= piece.start:
            heapq.heappop(running)
        last = bisect_left(starts, piece.end)
        for wrap in wraps[at:last]:
            if wrap.end > piece.start:
                heapq.heappush(running, (wrap.end, at, wrap))
            at += 1
        here = sorted((w for _, _, w in running), key=lambda w: (w.start, -w.end, w.order))
        html = _set(text, piece.start, piece.end, here)
        blocks.append(Block(piece.kind, html, tuple(beside.get(number, ())), 1, piece.level))
    return _with_rows(blocks)


def _with_rows(blocks: list[Block]) -> tuple[Block, ...]:
    """Let each column of notes run beside the paragraphs that follow and have none."""
    out: list[Block] = []
    for number, block in enumerate(blocks):
        rows = 1
        if block.notes:
            for other in blocks[number + 1 : number + _MOST_ROWS]:
                if other.notes or other.kind not in ("p", "lines"):
                    break
                rows += 1
        out.append(Block(block.kind, block.html, block.notes, rows, block.level))
    return tuple(out)


def bundle(notes: Iterable[NoteView]) -> list[list[list[NoteView]]]:
    """Return the notes of one column in groups of lines, each line one note or several that say the same.

    All statements stand in one group, where the first of them would stand; any other note is a group.
    """
    groups: list[list[list[NoteView]]] = []
    said: dict[tuple[str, str, str], list[NoteView]] = {}
    statements: list[list[NoteView]] = []
    for note in notes:
        if note.kind != "statement" or note.question:
            groups.append([[note]])
            continue
        if not statements:
            groups.append(statements)
        line = said.setdefault((note.says, note.status, note.proposed_by), [])
        if not line:
            statements.append(line)
        line.append(note)
    return groups


def brief_detail(notes: Iterable[NoteView]) -> str:
    """Return what the notes of a line leave open, with the rules that inferred somebody once each."""
    rules: dict[str, None] = {}
    rest: dict[str, None] = {}
    for note in notes:
        left = note.detail
        if note.kind in FINDING_ROLES:
            rules.update(dict.fromkeys(_INFERRED.findall(left)))
            left = " ".join(_INFERRED.sub("", left).split())
        rest[left] = None
    inferred = [f"Inferred: {', '.join(rules)}."] if rules else []
    return " ".join([*inferred, *filter(None, rest)])


def set_excerpt(
    text: str, start: int, end: int, state: str, most: int = 900
) -> tuple[tuple[Block, ...], bool]:
    """Return the paragraph of some words and what follows, up to `most` characters or the end.

    The words are marked with their state; the second value says whether the text goes on.
    """
    pieces = [p for p in _pieces(text) if p.kind != "front"]
    first = max((n for n, p in enumerate(pieces) if p.start <= start), default=0)
    # What stands under the words' own heading belongs to them, the next section does not.
    last, length = first, 0
    for number in range(first, len(pieces)):
        piece = pieces[number]
        if number > first and (length >= most or piece.kind in ("side", "head")):
            break
        last, length = number + 1, length + piece.end - piece.start
    words = _Wrap(start, end, 0, f'<mark class="{escape(state)}"', "</mark>", link=False)
    blocks = []
    for piece in pieces[first:last]:
        stop = min(piece.end, max(piece.start + 2 * most, end))
        wraps = [words] if start < stop and end > piece.start else []
        blocks.append(Block(piece.kind, _set(text, piece.start, stop, wraps), level=piece.level))
    return tuple(blocks), last < len(pieces)


def find_all(text: str, words: str, most: int = 50) -> tuple[tuple[int, int], ...]:
    """Return where words stand in the text, whatever their case, up to `most` places."""
    if not words.strip():
        return ()
    pattern = r"\s+".join(re.escape(w) for w in words.split())
    places: list[tuple[int, int]] = []
    for match in re.finditer(pattern, text, re.IGNORECASE):
        places.append(match.span())
        if len(places) >= most:
            break
    return tuple(places)
