"""Groups whose members the text names elsewhere: "the two Sir Williams", "both Captain Johns"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from legation.facts.candidates import MentionCandidate

_TITLE = r"(?:Sir|Mr|Mrs|Miss|Lord|Lady|Captain|Capt|Captn|Colonel|Col|Major|Dr|Cousin|Uncle|Aunt)"
#: The number of them, which is quick to find.
_COUNT = re.compile(r"[Tt]wo|[Bb]oth|[Tt]hree|[Tt]he(?= Sir)")
#: A title and a name in the plural, behind the number or before it.
_AFTER = re.compile(rf" (?:the )?(?P<t>{_TITLE})\.? (?P<g>[A-Z][a-z]+?)s\b")
_BEFORE = re.compile(rf"\b(?P<t>{_TITLE})\.? (?P<g>[A-Z][a-z]+?)s,? $")
_ARTICLE = re.compile(r"\b(?:[Tt]he|[Bb]oth the|[Mm]y) $")
_NAMED = re.compile(rf"(?P<t>{_TITLE})\.? (?P<g>[A-Z][a-z]*)\.? (?P<s>[A-Z][\w'’-]+)$")


def find_groups(
    text: str, mentions: tuple[MentionCandidate, ...]
) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Yield start, end and members of each group.

    A group of whom more are named than it says, or nobody, is left out. Members are indexes of
    mentions, one for each surname, wherever in the text they stand.
    """
    named: dict[tuple[str, str, str], int] | None = None
    for count in _COUNT.finditer(text):
        start, end = count.span()
        match = _AFTER.match(text, end)
        if match is not None:
            end = match.end()
            article = _ARTICLE.search(text, max(0, start - 10), start)
            start = start if article is None else article.start()
        elif count[0] == "both":
            match = _BEFORE.search(text, max(0, start - 40), start)
            start = start if match is None else match.start()
        if match is None:
            continue
        if named is None:
            named = {}
            for n, mention in enumerate(mentions):
                row = _NAMED.match(mention.span.cut(text)) if mention.kind == "name" else None
                if row is not None:
                    named.setdefault((row["t"], row["g"], row["s"]), n)
        members: dict[str, int] = {}
        for (said, first, surname), n in named.items():
            given = match["g"]
            same = first == given or (len(first) <= 2 and first[0] == given[0])
            if said == match["t"] and same:
                members.setdefault(surname, n)
        if 1 <= len(members) <= (3 if "hree" in count[0] else 2):
            yield start, end, tuple(members.values())
