"""Spans and citations: where in a text a fact has its words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of Unicode code points, `0 <= start < end`.

    Raises:
        ValueError: the range is empty, reversed or negative.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            message = f"not a span: [{self.start}, {self.end})"
            raise ValueError(message)

    def overlaps(self, other: Span) -> bool:
        """Say whether the two ranges share a code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Say whether `other` lies wholly inside this range."""
        return self.start <= other.start and other.end <= self.end

    def cut(self, text: str) -> str:
        """Return the words of `text` in this range."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """The very words that a fact was taken from: item, document, rendition, span and quote.

    `item` is the id of the item (source, path, part); `document` the hash of the bytes;
    `rendition` names the versioned function and encoding that made the text that the span
    points into.

    Raises:
        ValueError: no item or document is named, or the quote does not fill the span.
    """

    item: str
    document: str
    rendition: str
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not (self.item and self.document and self.rendition):
            message = "a citation names its item, document and rendition"
            raise ValueError(message)
        if self.start < 0 or self.end - self.start != len(self.quote) or not self.quote:
            message = f"the quote does not fill [{self.start}, {self.end})"
            raise ValueError(message)

    @property
    def span(self) -> Span:
        """The range in the rendition's text."""
        return Span(self.start, self.end)

    def holds_in(self, text: str) -> bool:
        """Say whether the text still has the quote at the span."""
        return text[self.start : self.end] == self.quote


def overlap_enough(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Say whether two ranges are of one thing: half of the shorter one lies in the other."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and 2 * shared >= min(one[1] - one[0], other[1] - other[0])
