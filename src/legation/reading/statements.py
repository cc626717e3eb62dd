"""Finds statements in prose: who said what to whom, in quoted or reported words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legation.facts.candidates import AUTHOR
from legation.reading.parties import Who
from legation.reading.speech_quoted import Quoted
from legation.reading.speech_reported import Reported
from legation.reading.speech_span import Spans
from legation.reading.speech_transcript import read_transcript

if TYPE_CHECKING:
    from legation.facts.candidates import (
        FindingCandidate,
    )
    from legation.reading.parties import Cast
    from legation.reading.scene import Scene
    from legation.reading.speech_draft import Draft

#: A talk is over when so many sentences told of no words.
_TALK = 4


def find_statements(scene: Scene) -> tuple[FindingCandidate, ...]:
    """Find the statements that a text tells of, in order; one speaker each.

    Spans hold verb, subject and content. A speaker who cannot be told is `UNKNOWN`; the score says
    how sure the speaker is. What is said not to have been said is `denied`.
    """
    minutes = scene.context.kind == "paper"
    cast = scene.cast
    speeches = read_transcript(cast)
    if speeches:
        # What stands between two speeches is their words, whose "I" is theirs.
        return tuple(d.finish() for d in speeches)
    drafts = Spans(cast, minutes=minutes).settle(Reported(cast, minutes=minutes).read())
    _set_hearers(cast, drafts)
    quotations = Quoted(cast)
    # A tag ("she asked") belongs to its quotation, and takes no words behind it.
    drafts = [d for d in drafts if d.verb not in quotations.verbs]
    quoted = quotations.read(_quotes_within(drafts, cast.quotes))
    found = {d.finish() for d in (*drafts, *quoted)}
    return tuple(sorted(found, key=lambda f: (f.span.start, f.span.end, f.rule, f.parties[0].mention)))


def _set_hearers(cast: Cast, drafts: list[Draft]) -> None:
    """In a talk of the author with one other, each speaks to the other."""
    other: Who | None = None
    sentence = 0
    for draft in drafts:
        here = cast.grid.sentence[draft.verb]
        if here - sentence > _TALK:
            other = None
        if draft.nested or not draft.speaker.known:
            continue
        if draft.speaker.mention == AUTHOR:
            third = [h for h in draft.hearers if h.mention >= 0]
            if len(third) == 1 and len(draft.hearers) == 1:
                other = third[0]
            elif not draft.hearers and other is not None:
                draft.hearers = (Who(other.mention, None, "talk of two", 0.8),)
        elif any(h.mention == AUTHOR for h in draft.hearers):
            other = Who(draft.speaker.mention, None, "", draft.speaker.score)
        elif other is None or cast.key_of(other) != cast.key_of(draft.speaker):
            other = None
        elif not draft.hearers:
            draft.hearers = (Who(AUTHOR, None, "talk of two", 0.8),)
        sentence = here


def _quotes_within(drafts: list[Draft], quotes: tuple[tuple[int, int], ...]) -> set[int]:
    """The quotations that begin in what is reported; what is reported within a quotation takes none."""
    out: set[int] = set()
    k = 0
    for draft in sorted(drafts, key=lambda d: d.start):
        while k < len(quotes) and quotes[k][0] < draft.start:
            k += 1
        q = k
        while q < len(quotes) and quotes[q][0] < draft.end:
            out.add(q)
            q += 1
    return out
