"""A name in the making, and the words of one text as the grammar of names looks at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from legation.reading.tokens import Token

#: Log odds from which a name is held for a person's on the document's word alone.
SURE = 0.5


@dataclass(slots=True)
class Draft:
    """A name in the making: tokens `start` to `end`, its parts, and its log odds so far."""

    start: int
    end: int
    titles: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    surname: str = ""
    head: str = ""
    of: str = ""
    evidence: list[str] = field(default_factory=list)
    odds: float = 0.0
    #: Folded surname, or given name where there is no other.
    key: str = ""
    bare: bool = False
    #: The sum of what the words around it say.
    context: float = 0.0


@dataclass(slots=True)
class Words:
    """The tokens of one text with what the parser looks up again and again."""

    text: str
    tokens: Sequence[Token]
    lower: frozenset[str]

    def joined(self, i: int) -> bool:
        """Say whether token `i` and the next stand in one line and sentence, a space apart."""
        tokens = self.tokens
        if i + 1 >= len(tokens):
            return False
        here, there = tokens[i], tokens[i + 1]
        if there.start == here.end:
            return here.text.endswith(".") and len(here.text) > 1
        if there.start - here.end != 1 or here.sentence != there.sentence:
            return False
        gap = self.text[here.end]
        if gap == "\n":
            # A wrapped line is long; a list has short lines.
            return here.end - self.text.rfind("\n", 0, here.end) > 50
        return True

    def opens(self, i: int) -> bool:
        """Say whether token `i` begins a sentence, line, quotation or clause after a colon."""
        if i == 0:
            return True
        here, before = self.tokens[i], self.tokens[i - 1]
        return (
            before.sentence != here.sentence
            or before.text in ':"“‘«-–—*_#(['
            or "\n" in self.text[before.end : here.start]
        )
