"""Promises in prose: who, to whom, until when; and what is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.facts.candidates import AUTHOR, UNKNOWN, Context, FindingCandidate, Reading
from legation.facts.when import When
from legation.reading.promises import find_promises
from legation.reading.read import read_item
from legation.reading.scene import open_scene

DAY = When("1938-10-05")  # a Wednesday
PIECES = "I |he |said |promise|d |vow |agreed |would |to |with |Mr. Eden |send |my |word |by ".split("|")


def read(text: str, kind: str = "entry") -> Reading:
    return read_item(text, Context(kind=kind, written_on=DAY))  # type: ignore[arg-type]


def promises(text: str, kind: str = "entry") -> list[FindingCandidate]:
    return [f for f in read(text, kind).findings if f.kind == "promise" and f.score >= 0.45]


def people(text: str, finding: FindingCandidate, role: str, kind: str = "entry") -> list[str]:
    mentions = read(text, kind).mentions
    return [
        {AUTHOR: "author", UNKNOWN: "?"}.get(p.mention) or mentions[p.mention].span.cut(text)
        for p in finding.parties
        if p.role == role
    ]


@pytest.mark.parametrize(
    ("text", "by", "to"),
    [
        ("Mr. Eden promised me to speak to the Prime Minister.", "Mr. Eden", ["author"]),
        ("I promised Sir John Simon an answer.", "author", ["Sir John Simon"]),
        ("Mr. Cadogan agreed to meet me at the club.", "Mr. Cadogan", []),
        ("I agreed with Mr. Hudson to share the cost.", "author", ["Mr. Hudson"]),
        ("Lord Halifax assured me that he would raise the matter in Cabinet.", "Lord Halifax", ["author"]),
        ("I told Mr. Butler that I would send him the book.", "author", ["Mr. Butler"]),
        ("Mr. Butler said he would let me know.", "Mr. Butler", ["author"]),
        ("Mr. Butler gave me his word that he would help.", "Mr. Butler", ["author"]),
        ("I gave Sir John Simon my word to say nothing.", "author", ["Sir John Simon"]),
        ("Mr. Churchill undertook to see the King about it.", "Mr. Churchill", []),
        ("I got Mr. Garvin to promise me a column.", "Mr. Garvin", ["author"]),
        ("We were promised a reply by Mr. Vansittart.", "Mr. Vansittart", ["author"]),
        ("I had a promise from Mr. Layton to print it.", "Mr. Layton", ["author"]),
        ("I made a vow to drink no wine.", "author", []),
        ("“I will send you the text,” said Mr. Eden.", "Mr. Eden", []),
        ("Иван Майский promised me two tickets.", "Иван Майский", ["author"]),
        ("Mr. Ó Dálaigh promised me a copy.", "Mr. Ó Dálaigh", ["author"]),
    ],
)
def test_who_promises_whom(text: str, by: str, to: list[str]) -> None:
    (found,) = promises(text)
    assert people(text, found, "by") == [by]
    assert people(text, found, "to") == to
    assert found.status == "held"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Mr. Eden promised me an answer by Friday.", "1938-10-07"),
        ("I told Mr. Butler that I would send him the book tomorrow.", "1938-10-06"),
        ("Mr. Hudson agreed to pay me on 1 December.", "1938-12-01"),
        ("“I will send you the text tomorrow,” said Mr. Eden.", "1938-10-06"),
        ("Mr. Eden promised me an answer.", None),
        # The day on which it was promised is not the day on which it is due.
        ("Yesterday Mr. Eden promised me an answer.", None),
        ("I made a promise yesterday to drink no wine.", None),
    ],
)
def test_when_a_promise_is_due(text: str, due: str | None) -> None:
    (found,) = promises(text)
    assert (found.on.value if found.on else None) == due
    if found.on_span is not None:
        assert found.on_span.cut(text)


@pytest.mark.parametrize(
    "text",
    [
        "If Mr. Eden promises to come, I shall be glad.",
        "Mr. Eden refused to promise anything.",
        "I begged Mr. Eden to promise me an answer.",
        "Mr. Butler will probably promise to help.",
        "It promises to be a fine day.",
        "Mr. Philby is a promising young man.",
        "I will rise early tomorrow.",
        "Mr. Eden said he would be glad to see the end of it.",
        "Mr. Eden said he would like a drink.",
        "Mr. Eden thought Hitler would march.",
        "Mr. Eden agreed that Hitler would march.",
        "Mr. Eden promised himself much pleasure from it.",
        "Mr. Eden said he would not come.",
        "Has Mr. Eden promised you anything?",
    ],
)
def test_what_is_no_promise(text: str) -> None:
    assert [f for f in promises(text) if f.status != "denied"] == []


def test_a_promise_that_was_not_given_is_denied() -> None:
    (found,) = promises("Mr. Eden has not promised me anything.")
    assert found.status == "denied"


def test_an_agent_promises_for_his_principal() -> None:
    text = "I told Mr. Litvinov that the Prime Minister will send him a reply."
    (found,) = promises(text)
    assert people(text, found, "by") == ["the Prime Minister"]


def test_a_letter_promises_its_reader() -> None:
    text = "Dear Mr. Butler,\n\nI will let you know as soon as I have seen him."
    assert people(text, promises(text, "paper")[0], "by", "paper") == ["author"]
    assert promises("I will let you know as soon as I have seen him.") == []


def test_an_open_he_is_asked_about() -> None:
    sure = promises("Mr. Eden promised me an answer.")[0]
    text = "Mr. Eden and Mr. Butler came to tea with Mr. Hudson, and promised me an answer."
    assert sure.score >= 0.75
    assert all(f.score < 0.75 for f in promises(text))


@given(st.lists(st.sampled_from([*PIECES, *",.“”'\"\n\u0301\ue000И中"]), max_size=60).map("".join))
@settings(max_examples=60, deadline=None)
def test_no_text_makes_it_raise(text: str) -> None:
    for found in promises(text):
        assert 0 <= found.span.start < found.span.end <= len(text)


@pytest.mark.parametrize(
    "piece", ["I promised him that he would agree to ", '"I will send you ', "he said and would do "]
)
def test_its_time_grows_with_the_text(piece: str) -> None:
    text = piece * (500_000 // len(piece))
    start = time.perf_counter()
    find_promises(open_scene(text, (), (), Context(kind="entry")))
    assert time.perf_counter() - start < 20


def test_what_one_will_do_on_a_weekday_is_due_on_the_next() -> None:
    """What "I'll bring on Saturday" is not of last Saturday, and nothing is due before it is written."""
    (found,) = promises("Mr. Eden said: “I’ll bring the paper on Saturday.”")
    assert found.on == When("1938-10-08")
    (found,) = promises("Mr. Eden said: “I will send you what I wrote on 1 October.”")
    assert found.on is None
