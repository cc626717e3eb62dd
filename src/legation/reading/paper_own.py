"""Which words of a paper tell of the meeting that it is the record of: its list, or its first sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from legation.facts.candidates import AccountCandidate, Header
from legation.facts.span import Span

#: So much of a list is quoted.
_LIST = 300
#: So far behind the head a body says that they met.
_OPENING = 400

_CITED = re.compile(
    r"\b(?:[Tt]elegrams? \d{2,5}\b|[Ff]or (?:full |the )?texts?(?: of [^.;]{2,120})?, see\b|[Ii]bid\.,"
    r"|Central Files"
    r"|Foreign Relations, \d{4}|NSAM (?:No\. )?\d+|[Dd]espatch \d+|Documents on [A-Z]\w+, \d{4}|Embtel \d+"
    r"|Deptel \d+)"
)


def cites_papers(text: str) -> bool:
    """Say whether a text that bears no head cites official papers as editors and officials do."""
    return len(_CITED.findall(text[:20000])) > 1


def place_own(
    account: AccountCandidate, header: Header | None, body: int, found: Sequence[AccountCandidate]
) -> AccountCandidate:
    """Return a paper's own account over the words that establish it.

    These are the printed list of who took part; where only the subject names the company, what the body
    says of it in its opening; else the title, as it came.
    """
    listed = [p.span for p in header.people if p.role == "participant"] if header is not None else []
    title = header.title if header is not None else None
    printed = [s for s in listed if title is None or not title.contains(s)]
    subject = header.subject if header is not None else None
    if (
        printed
        and printed[0].start < body
        and not all(subject is not None and subject.contains(s) for s in printed)
    ):
        first = printed[0].start
        last = max((s.end for s in printed if s.end <= first + _LIST), default=printed[0].end)
        return replace(account, span=Span(first, max(last, first + 1)))
    for told in found:
        if told.span.start > body + _OPENING:
            break
        if told.status == "held" and told.author and account.author and told.on in (account.on, None):
            return replace(account, span=told.span)
    return account
