"""Who held an office at a date, from cards: only where exactly one card says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from legation.facts.when import When
from legation.reading.tokens import fold

#: A date that was not said, before and after all others.
_OPEN = ("0000-01-01", "9999-12-31")


@dataclass(frozen=True, slots=True, order=True)
class Post:
    """A post on a card: from, to (ISO dates to their precision, "" where not said), holder."""

    start: str
    end: str
    person: str


def post_key(office: str) -> str:
    """Return an office as it is compared: folded, without its article."""
    words = fold(office).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def find_post_holder(head: str, on: When | None, posts: Mapping[str, Sequence[Post]]) -> str:
    """Return the person id of the only holder of an office throughout a date, else "".

    In the month in which an office changed hands, known only to the month, nobody is named.
    """
    if on is None:
        return ""
    first, last = on.first.isoformat(), on.last.isoformat()
    holders = set()
    for post in posts.get(post_key(head), ()):
        # Held on some day of the date at least: another holder on another day makes it open.
        start = When(post.start).first.isoformat() if post.start else _OPEN[0]
        end = When(post.end).last.isoformat() if post.end else _OPEN[1]
        if start <= last and first <= end:
            holders.add(post.person)
    return holders.pop() if len(holders) == 1 else ""
