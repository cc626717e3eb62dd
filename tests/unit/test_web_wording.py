"""How dates, counts, words and drawings are said."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.desk.web import wording
from legation.desk.web.drawing import draw_months
from legation.desk.web.entrytext import set_excerpt
from legation.desk.web.render import number_of, path, span_of
from legation.report.views import Words


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1939-03-09", "Thursday, 9 March 1939"),
        ("1660-01-01", "1 January 1660"),
        ("1938-08", "August 1938"),
        ("1938", "1938"),
        ("1938-09-01/1938-11-30", "1 September to 30 November 1938"),
        ("", "no date"),
        ("spring", "spring"),
    ],
)
def test_dates_are_said_as_far_as_they_are_known(value: str, said: str) -> None:
    assert wording.say_date(value, weekday=True) == said


def test_counts_days_and_titles() -> None:
    assert wording.count(1, "question") == "one question"
    assert wording.count(0, "question") == "no questions"
    assert wording.count(13, "person", "people") == "13 people"
    assert wording.count(12345, "person", "people") == "12,345 people"
    assert [wording.say_days(d) for d in (None, 0, 1, 186, -1, -5)] == [
        "no date", "today", "yesterday", "186 days", "tomorrow", "in 5 days",
    ]  # fmt: skip
    assert wording.say_title("1939-03-09", "1939-03-09", "entry") == "9 March 1939"
    assert wording.say_title("", "", "paper") == "Paper without a date"
    assert wording.say_month("") == "No date"
    assert wording.say_month("1938") == "1938"
    assert wording.say_source("paper", "A letter", "1938-08") == "A letter, August\u00a01938"
    assert wording.say_source("entry", "x", "1938-08-06") == "Diary, 6\u00a0August\u00a01938"


def test_words_around_a_quote_are_of_its_paragraph() -> None:
    assert wording.say_before("end.\n\n## Lunch\nwith ") == "Lunch with "
    assert wording.say_before("and so to ") == "… and so to "
    assert wording.say_after(", off the record.\n\nNext") == ", off the record."
    assert wording.say_after(" and so") == " and so …"
    assert wording.say_before("") == wording.say_after("") == ""


@pytest.mark.parametrize(
    ("kind", "quote", "said"),
    [
        ("card", "X-OFFICE;X-START=1938-02:Foreign Secretary", "Foreign Secretary"),
        ("event", "SUMMARY:Lunch\\, with A", "Lunch, with A"),
        ("event", "SUMMARY:", "SUMMARY:"),
        ("entry", "He said: no", "He said: no"),
        ("card", "two words: no", "two words: no"),
    ],
)
def test_a_line_of_a_card_is_said_by_its_value(kind: str, quote: str, said: str) -> None:
    words = Words("i-1", "", "", kind, 0, len(quote), "", quote, "")
    assert wording.say_quote(words) == said


def test_an_account_is_its_paragraph_and_what_follows() -> None:
    text = "Front.\n\nMEMORANDUM\n\nHe said so. " + "And more. " * 200 + "\n\nThe end."
    blocks, more = set_excerpt(text, text.index("MEMO"), text.index("MEMO") + 10, "read")
    assert str(blocks[0].html) == '<mark class="read">MEMORANDUM</mark>'
    assert len(blocks) == 2
    assert more
    whole, more = set_excerpt("Short.", 0, 5, "sure")
    assert (str(whole[0].html), more) == ('<mark class="sure">Short</mark>.', False)
    assert set_excerpt("", 0, 1, "read") == ((), False)


MONTH = st.tuples(
    st.builds(lambda y, m: f"{y}-{m:02d}", st.integers(1600, 2100), st.integers(1, 12)),
    st.integers(1, 60),
)


@given(
    st.lists(MONTH, min_size=1, max_size=30, unique_by=lambda m: m[0]),
    st.sampled_from(["1939-03-09", "2026-11-22"]),
)
def test_a_drawing_stays_in_its_box(months: list[tuple[str, int]], today: str) -> None:
    plot = draw_months(tuple(months), "X", today, width=350, height=180, room=4)
    assert plot is not None
    assert len(plot.stems) == len(months)
    assert all(0 <= s.x <= plot.width and 0 <= s.y <= plot.base for s in plot.stems)
    assert plot.ticks
    assert all(0 <= t.x <= plot.width for t in plot.ticks)
    labelled = sorted(s.x for s in plot.stems if s.label)
    assert all(b - a >= 63 for a, b in pairwise(labelled))


def test_nothing_to_draw() -> None:
    assert draw_months((), "X", "1939-03-09", width=350, height=180, room=4) is None
    assert draw_months((("1938", 2),), "X", "1939-03-09", width=350, height=180, room=4) is None


def test_paths_are_escaped() -> None:
    assert path("people", "p/../<b>", q="a&b", none="", n=0) == "/people/p%2F..%2F%3Cb%3E?q=a%26b"
    assert span_of("3-9") == (3, 9)
    for wrong in ("9-3", "3", "", "-", "a-b", "3-9-12", "²-9", "3-" + "9" * 40):
        assert span_of(wrong) is None
    assert callable(number_of)
