"""Readings as bytes and back."""

from __future__ import annotations

import pytest

from legation.facts.candidates import (
    AccountCandidate,
    CardField,
    Context,
    DateMention,
    Event,
    Header,
    HeaderPerson,
    MentionCandidate,
    Message,
    Reading,
)  # fmt: skip
from legation.facts.problem import Problem
from legation.facts.span import Span
from legation.facts.when import When
from legation.ledger.codec import dump_reading, load_reading
from legation.reading.read import read_item

WHOLE = Reading(
    "paper", "Title \u2028 \ud800", When("1939-03-09"), Span(0, 3), "Ivan",
    (MentionCandidate(Span(0, 4), "name", ("lord",), ("Edward",), "Halifax", evidence=("title",), sure=True, score=0.9),),
    (AccountCandidate(Span(0, 9), "held", "lunch", (0,), True, When("1939-03"), Span(2, 3), "verb", 0.8, (0,)),),
    (DateMention(Span(1, 2), When("1939")),),
    Header(Span(0, 1), None, Span(1, 2), None, (HeaderPerson(Span(0, 2), 0, "USSR", "from"),), Span(3, 4)),
    (CardField("fn", "Ёжик", (("type", "home"),), Span(0, 2)), CardField("n", "x")),
    Event("u", "Lunch", When("1939-03-09"), attendees=(("A", "a@example.org"),), rdates=(When("1940"),)),
    Message("<m@example.org>", (("A", "a@example.org"),), sent=When("1939-03-09")),
    (Problem("date-missing", "none", start=1, end=2, fatal=True),),
    (("date", "1939"),),
)  # fmt: skip


@pytest.mark.parametrize("reading", [Reading("note"), WHOLE])
def test_round_trip(reading):
    assert load_reading(dump_reading(reading)) == reading


def test_what_was_read_round_trips():
    text = "Dined with Lord Halifax and Mr. Butler at the Savoy on Tuesday.\n"
    reading = read_item(text, Context("1939-03-09.md", "", "entry", When("1939-03-09"), "Ivan Maisky"))
    assert reading.mentions
    assert load_reading(dump_reading(reading)) == reading


def test_fields_left_out_are_empty_and_the_others_as_they_were():
    found = load_reading(dump_reading(WHOLE), ("mentions", "accounts", "dates"))
    assert (found.mentions, found.accounts, found.dates) == ((), (), ())
    assert (found.header, found.card, found.problems) == (WHOLE.header, WHOLE.card, WHOLE.problems)


def test_equal_readings_are_equal_bytes():
    assert dump_reading(WHOLE) == dump_reading(load_reading(dump_reading(WHOLE)))
