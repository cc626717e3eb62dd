"""Puts the quotations of one novel together: contexts that overlap are laid over each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: So many words of two contexts must be the same at least, where one ends and the other begins.
OVERLAP = 3
#: A context begins at most so many words before the quotation that stands before it.
REACH = 60
#: Between contexts that do not meet: a paragraph ends.
GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One labelled quotation with the words around it, and the line of the file that holds it."""

    before: str
    quote: str
    after: str
    speaker: str
    line: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A quotation in the text put together: half-open span in code points, label, line of the file."""

    start: int
    end: int
    speaker: str
    line: int


def lay_together(excerpts: Iterable[Excerpt]) -> tuple[str, tuple[Placed, ...]]:
    """Return the text of a novel as far as its excerpts give it, and where each quotation stands in it.

    Excerpts come in the order of the novel. One whose first words are the last ones before it goes on
    there, by words; else a new paragraph begins. No label decides anything here.
    """
    words: list[str] = []
    #: Indexes of the first words of paragraphs.
    breaks: set[int] = set()
    places: list[tuple[int, int, Excerpt]] = []
    last = 0
    for excerpt in excerpts:
        before, quote = excerpt.before.split(), excerpt.quote.split()
        piece = [*before, *quote, *excerpt.after.split()]
        at = find_overlap(words, piece, max(last - REACH, 0))
        if at < 0:
            at = len(words)
            breaks.add(at)
        words.extend(piece[len(words) - at :])
        last = at + len(before)
        places.append((last, last + max(1, len(quote)), excerpt))
    starts: list[int] = []
    parts: list[str] = []
    length = 0
    for n, word in enumerate(words):
        glue = "" if not n else GAP if n in breaks else " "
        parts += (glue, word)
        starts.append(length + len(glue))
        length += len(glue) + len(word)
    placed = tuple(
        Placed(starts[a], starts[b - 1] + len(words[b - 1]), e.speaker, e.line) for a, b, e in places
    )
    return "".join(parts), placed


def find_overlap(words: Sequence[str], piece: Sequence[str], low: int) -> int:
    """Return from where on the last words, or a stretch of them, are the first of a piece; -1 if nowhere."""
    for at in range(low, len(words) - OVERLAP + 1):
        shared = min(len(words) - at, len(piece))
        if shared >= OVERLAP and list(words[at : at + shared]) == list(piece[:shared]):
            return at
    return -1
