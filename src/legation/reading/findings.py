"""What a text tells beside encounters: statements, introductions, promises and occasions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legation.reading.introductions import find_introductions
from legation.reading.occasions import find_occasions
from legation.reading.promises import find_promises
from legation.reading.statements import find_statements

if TYPE_CHECKING:
    from legation.facts.candidates import (
        AccountCandidate,
        Context,
        DateMention,
        FindingCandidate,
        MentionCandidate,
    )


def find_findings(
    text: str,
    mentions: tuple[MentionCandidate, ...],
    dates: tuple[DateMention, ...],
    accounts: tuple[AccountCandidate, ...],
    context: Context,
) -> tuple[FindingCandidate, ...]:
    """Find all of them, in order of the text; `Party.mention` indexes `mentions`."""
    found = [
        *find_statements(text, mentions, dates, accounts, context),
        *find_introductions(text, mentions, dates, accounts, context),
        *find_promises(text, mentions, dates, accounts, context),
        *find_occasions(text, mentions, dates, accounts, context),
    ]
    return tuple(sorted(found, key=lambda f: (f.span.start, f.span.end, f.kind, f.rule)))
