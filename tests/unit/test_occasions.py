"""Occasions in prose: whose, of what kind, on which day; and what is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.facts.candidates import AUTHOR, UNKNOWN, Context, FindingCandidate
from legation.facts.when import When
from legation.reading.occasions import find_occasions
from legation.reading.read import read_item
from legation.reading.scene import open_scene

PIECES = "is |ill |not |well |dead |come |gone |to |from |his |Mr. Eden |made |Secretary |wedding |of |in pain ".split(
    "|"
)


def occasions(text: str) -> list[tuple[str, FindingCandidate]]:
    reading = read_item(text, Context(kind="entry", written_on=When("1938-10-05")))
    return [
        (
            {AUTHOR: "author", UNKNOWN: "?"}.get(f.parties[0].mention)
            or reading.mentions[f.parties[0].mention].span.cut(text),
            f,
        )
        for f in reading.findings
        if f.kind == "occasion" and f.score >= 0.45
    ]


@pytest.mark.parametrize(
    ("text", "person", "what", "on"),
    [
        ("Lord Lothian died last night.", "Lord Lothian", "death", "1938-10-04"),
        ("I hear that Lord Lothian is dead.", "Lord Lothian", "death", None),
        ("To the funeral of Sir Austen Chamberlain.", "Sir Austen Chamberlain", "death", None),
        ("Mrs. Churchill was delivered of a girl this morning.", "Mrs. Churchill", "birth", "1938-10-05"),
        ("Анна Ахматова was born on 3 March 1902.", "Анна Ахматова", "birth", "1902-03-03"),
        ("It being my wife's birthday we dined late.", "my wife", "birthday", "1938-10-05"),
        ("Mr. Chamberlain is ill with gout.", "Mr. Chamberlain", "illness", "1938-10-05"),
        ("Found my wife not well.", "my wife", "illness", "1938-10-05"),
        ("Mr. Lloyd George has a cold.", "Mr. Lloyd George", "illness", "1938-10-05"),
        ("Lord Halifax was appointed ambassador to Washington.", "Lord Halifax", "appointment", None),
        ("Mr. Eden was made Foreign Secretary.", "Mr. Eden", "appointment", None),
        (
            "The new ambassador presented his credentials on Tuesday.",
            "The new ambassador",
            "appointment",
            "1938-10-04",
        ),
        ("Mr. Maisky left for Moscow yesterday.", "Mr. Maisky", "departure", "1938-10-04"),
        ("M. Corbin arrived from Paris this morning.", "M. Corbin", "arrival", "1938-10-05"),
        ("Saw Mr. Shaw, newly come to London.", "Mr. Shaw", "arrival", None),
        ("Miss Mitford married Mr. Mosley yesterday.", "Miss Mitford", "wedding", "1938-10-04"),
    ],
)
def test_whose_occasion_and_when(text: str, person: str, what: str, on: str | None) -> None:
    ((who, found),) = occasions(text)
    assert (who, found.what, found.on.value if found.on else None) == (person, what, on)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Mr. Eden is not dead.", "denied"),
        ("Miss Mitford is to be married to Mr. Mosley in October.", "planned"),
        ("Sir Stafford Cripps is to leave for Delhi on Friday.", "planned"),
        ("Mr. Molotov is not going back to Geneva.", "denied"),
        ("Mr. Butler told me that Lord Lothian is dead.", "reported"),
        ("Lord Lothian died.", "held"),
    ],
)
def test_what_is_meant_denied_or_told(text: str, status: str) -> None:
    ((_, found),) = occasions(text)
    assert found.status == status


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Butler went to the office.",
        "Mr. Hudson came to dinner.",
        "Mr. Hudson came to see me.",
        "Mr. Butler took it ill.",
        "Mr. Butler brought ill news.",
        "Mr. Butler was sick of it.",
        "Mr. Butler is a married man.",
        "Mr. Eden became acquainted with Mr. Hudson.",
        "Mr. Eden made the King laugh.",
        "The treaty is dead.",
        "If Mr. Eden dies, I shall be sorry.",
        "I was in pain lest Mr. Eden should fail.",
        "Mr. Eden arrived at a decision.",
        "Mr. Eden set forth his views.",
    ],
)
def test_what_is_no_occasion(text: str) -> None:
    assert occasions(text) == []


def test_the_day_of_the_news_is_not_the_day_of_the_death() -> None:
    ((_, found),) = occasions("This day I hear that Lord Lothian is dead.")
    assert found.on is None


@given(st.lists(st.sampled_from([*PIECES, *",.“”'\"\n\u0301\ue000И中"]), max_size=60).map("".join))
@settings(max_examples=60, deadline=None)
def test_no_text_makes_it_raise(text: str) -> None:
    for _, found in occasions(text):
        assert 0 <= found.span.start < found.span.end <= len(text)


@pytest.mark.parametrize(
    "piece", ["he is ill not well in pain ", "is come to is come from gone to ", "dead "]
)
def test_its_time_grows_with_the_text(piece: str) -> None:
    text = piece * (500_000 // len(piece))
    start = time.perf_counter()
    find_occasions(open_scene(text, (), (), Context(kind="entry")))
    assert time.perf_counter() - start < 20
