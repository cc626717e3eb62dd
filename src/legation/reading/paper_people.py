"""Whether two companies of a paper are the same people, called by name here and by office there."""

from __future__ import annotations

from collections.abc import Iterable

from legation.facts.candidates import MentionCandidate
from legation.reading.company import Page, Sign

#: Of an office these do not say whose it is.
_LOOSE = frozenset(
    "the a an of for and in to at soviet american british us u.s ussr foreign deputy vice under assistant"
    " acting former late new our his my president's first general state".split()
)


def people_in(page: Page, start: int, end: int) -> list[int]:
    """The people named in a stretch of the mask, each once; a description beside a name is that name."""
    out: list[int] = []
    for at in range(start, min(end, len(page.mask.text))):
        index = page.mask.people.get(at)
        if index is None:
            continue
        other = page.mentions[index].same_as
        index = other if 0 <= other < len(page.mentions) else index
        if index not in out:
            out.append(index)
    return out


def covers(page: Page, first: Sign, second: Sign) -> bool:
    """Say whether all who were in the second company were in the first."""
    if second.author and not first.author:
        return False
    return bool(second.people or second.author) and includes(page, first.people, second.people)


def includes(page: Page, first: Iterable[int], second: Iterable[int]) -> bool:
    """Say whether each of the second people may be one of the first."""
    there = list(first)
    return all(any(alike(page, i, j) for j in there) for i in second)


def alike(page: Page, first: int, second: int) -> bool:
    """Say whether two mentions may stand for one person: a surname or an office in common."""
    one, two = page.mentions[first], page.mentions[second]
    if first == second or second == one.same_as or first == two.same_as:
        return True
    if one.surname and two.surname:
        return one.surname.casefold() == two.surname.casefold()
    return bool(_words(page, one) & _words(page, two))


def _words(page: Page, mention: MentionCandidate) -> set[str]:
    words = mention.span.cut(page.text).lower().replace(".", " ").replace(",", " ").split()
    words += [w for title in mention.titles for w in title.split()]
    return {w.removesuffix("’s").removesuffix("'s") for w in words} - _LOOSE
