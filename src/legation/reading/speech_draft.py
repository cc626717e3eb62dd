"""A statement while it is being read: whose words, to whom, from where to where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from legation.facts.candidates import FindingCandidate, Party
from legation.facts.span import Span

if TYPE_CHECKING:
    from legation.facts.candidates import AccountStatus
    from legation.reading.parties import Who


@dataclass(slots=True)
class Draft:
    """A statement that may still grow; `start` and `end` are code points."""

    speaker: Who
    start: int
    end: int
    rule: str
    score: float
    mode: Literal["quoted", "reported"] = "reported"
    hearers: tuple[Who, ...] = ()
    status: AccountStatus = "held"
    quotation: tuple[int, int] | None = None
    #: Place of the verb in the grid, its verb, and whether it stands in what somebody else said.
    verb: int = -1
    word: str = ""
    nested: bool = False
    #: The subject was left out and carried on from before.
    carried: bool = False
    #: Places where the content begins, in the grid.
    content: int = -1
    quotes: list[int] = field(default_factory=list)

    def finish(self) -> FindingCandidate:
        """Make the candidate."""
        parties: list[Party] = [self.speaker.party("speaker")]
        for hearer in self.hearers:
            party = hearer.party("addressee")
            if party.mention != self.speaker.mention or party.mention < -1:
                parties.append(party)
        return FindingCandidate(
            kind="statement",
            span=Span(self.start, self.end),
            parties=tuple(dict.fromkeys(parties)),
            mode=self.mode,
            status=self.status,
            quotation=Span(*self.quotation) if self.quotation else None,
            rule=self.rule,
            score=round(min(1.0, max(0.0, self.score)), 3),
        )
