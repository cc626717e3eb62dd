"""Whom words stand for, on sentences of our own."""

from __future__ import annotations

import re

import pytest

from legation.facts.candidates import AUTHOR
from legation.reading.names import find_names
from legation.reading.parties import Cast, Who
from legation.reading.roles import find_roles, merge_mentions


def cast_of(text: str, *, diary: bool = True) -> Cast:
    """Read the people of a text."""
    names = find_names(text)
    return Cast(text, merge_mentions(names, find_roles(text, names)), diary=diary)


def name(cast: Cast, who: Who) -> str:
    """The words of whoever it is."""
    if who.mention == AUTHOR:
        return "I"
    if who.mention >= 0:
        return cast.mentions[who.mention].span.cut(cast.text)
    return "?" + (who.words.cut(cast.text) if who.words else "")


@pytest.mark.parametrize(
    ("text", "verb", "subject", "rule"),
    [
        ("Mr. Eden has often promised it.", "promised", "Mr. Eden", ""),
        ("I promised it.", "promised", "I", "first person"),
        ("Mr. Eden came in. He promised it.", "promised", "Mr. Eden", "he in a talk of two"),
        ("Mr. Eden came in and promised it.", "promised", "Mr. Eden", "subject carried on"),
        ("I saw Mr. Eden, who promised it.", "promised", "Mr. Eden", "relative clause"),
        ("To the office, and there promised it to Mr. Eden.", "promised", "I", "author left out"),
        ("Mrs. Eden met Mr. Butler. She promised it.", "promised", "Mrs. Eden", "she in a talk of two"),
        ("Mr. Eden, the Foreign Secretary, promised it.", "promised", "Mr. Eden", ""),
        ("The old man promised it.", "promised", "?The old man", ""),
        ("With Mr. Eden to the club, who, as well as I, promised it.", "promised", "Mr. Eden", "relative clause"),
    ],
)  # fmt: skip
def test_subject(text: str, verb: str, subject: str, rule: str) -> None:
    """The subject of a verb, and the rule that found it."""
    cast = cast_of(text)
    who = cast.subject(text.index(verb))
    assert (name(cast, who), who.inferred) == (subject, rule)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("He gave Mr. Eden and Mr. Butler a book.", ["Mr. Eden", "Mr. Butler"]),
        ("He gave me a book.", ["I"]),
        ("He gave it all to Mr. Eden.", ["Mr. Eden"]),
        ("He gave her book away.", []),
    ],
)
def test_recipients(text: str, people: list[str]) -> None:
    """Objects, and those behind "to"."""
    cast = cast_of(text)
    match = re.search(r"gave", text)
    assert match is not None
    assert [name(cast, w) for w in cast.recipients(match.end())] == people


def test_agent() -> None:
    """The agent of a passive."""
    text = "I was invited by Lord Halifax."
    cast = cast_of(text)
    assert name(cast, cast.agent(text.index(" by"))) == "Lord Halifax"


def test_one_person_in_several_forms() -> None:
    """Mentions of one person within a text share a key; man and wife do not."""
    text = "Sir Anthony Eden came. Eden spoke. Mrs. Eden listened."
    cast = cast_of(text)
    first, second, third = range(3)
    assert cast.same(first, second)
    assert not cast.same(first, third)
    assert (cast.gender(second), cast.gender(third)) == ("m", "f")


def test_they_stay_unknown() -> None:
    """A plural is not made into one person."""
    text = "Mr. Eden and Mr. Butler came. They promised it."
    cast = cast_of(text)
    assert not cast.subject(text.index("promised")).known
