"""Terse diaries, read whole: "Lunch with Ruth", lists of appointments, calls, things to do."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.facts.candidates import AccountCandidate, Context, Reading
from legation.reading.masking import QUOTE, TIME, TODO, _iter_blocks, mask_people
from legation.reading.names import find_names
from legation.reading.read import read_item


def accounts(text: str) -> tuple[Reading, tuple[AccountCandidate, ...]]:
    """Read a text as the entry of Thursday 9 March 2023."""
    reading = read_item(text, Context(path="2023-03-09.md", kind="entry", author="Ada Lund"))
    return reading, reading.accounts


def brief(text: str) -> list[tuple[str, str, list[str]]]:
    """Status, form and participants of each account, with the author in all."""
    reading, found = accounts(text)
    assert all(a.author for a in found)
    return [(a.status, a.form, [reading.mentions[i].span.cut(text) for i in a.participants]) for a in found]


@pytest.mark.parametrize(
    ("text", "form", "people"),
    [
        ("Lunch with Lady Marsh; off the record.", "lunch", ["Lady Marsh"]),
        ("Dinner with the Kowalskis.", "dinner", ["Kowalskis"]),
        ("Telephone call from Hugo Brandt.", "telephone", ["Hugo Brandt"]),
        ("Breakfast at the Embassy with Hugo Brandt and Ruth.", "breakfast", ["Hugo Brandt", "Ruth"]),
        ("Coffee with Ruth; talked about the budget.", "meeting", ["Ruth"]),
        ("Met up with [[Hugo Brandt]] and @lena at the conference.", "session", ["Hugo Brandt", "lena"]),
        ("To the theatre with Mr. Castellano and his wife.", "theatre", ["Mr. Castellano", "his wife"]),
        ("Call with Omar (budget).", "telephone", ["Omar"]),
        ("1:1 with Ruth", "meeting", ["Ruth"]),
        ("Zoom with the Oslo team – Lena, Omar", "telephone", ["Lena", "Omar"]),
        ("Saw Mrs. Okafor at the House.", "meeting", ["Mrs. Okafor"]),
        ("Reception at the French embassy: Lena, Mr. Castellano.", "reception", ["Lena", "Mr. Castellano"]),
        ("- 10:00 Ruth Larsen, ministry", "meeting", ["Ruth Larsen"]),
        ("Phoned Omar", "telephone", ["Omar"]),
        ("Had a beer with Omar", "tavern", ["Omar"]),
        ("Omar rang about the budget.", "telephone", ["Omar"]),
        ("The Kowalskis to lunch.", "lunch", ["Kowalskis"]),
        ("Had the Kowalskis to dinner.", "visit", ["Kowalskis"]),
        ("Weekend at Brighton with the Kowalskis.", "visit", ["Kowalskis"]),
        ("Drove to Oxford with Mr. Castellano.", "journey", ["Mr. Castellano"]),
        ("**Lunch** with *Hugo Brandt*", "lunch", ["Hugo Brandt"]),
        ("Sat next to Mrs. Okafor at dinner.", "dinner", ["Mrs. Okafor"]),
        ("Ruth: lunch", "lunch", ["Ruth"]),
    ],
)
def test_items(text: str, form: str, people: list[str]) -> None:
    """One item is one encounter held on the day of the entry."""
    assert brief(text) == [("held", form, people)]
    assert accounts(text)[1][0].on == accounts(text)[0].written_on


def test_lists_are_cut_into_items() -> None:
    """Every line of a list is a meeting of its own, with bullets, times or neither."""
    want = [["Ruth"], ["Omar"], ["Lena"]]
    for text in (
        "Coffee with Ruth\nCall with Omar\nDinner with Lena",
        "- 9:00 Coffee with Ruth\n- 11.30 – Call with Omar\n- 19:00–21:00 Dinner: Lena",
        "## 9am Ruth\n\n## 11am Omar\n\n## 7pm Lena\n",
        "Coffee with Ruth. Call with Omar. Dinner with Lena.",
        "Coffee with Ruth, then drinks with Omar, dinner with Lena.",
        "Morning: coffee with Ruth. Afternoon: call with Omar. Evening: dinner with Lena.",
    ):
        assert [people for _, _, people in brief(text)] == want, text


def test_wrapped_lines_go_on() -> None:
    """A line that was broken because it was full does not end its sentence."""
    text = "It was the day of the fair, and at noon I lunched at home with\nRuth and Omar, who had come up by train.\n"
    assert brief(text) == [("held", "lunch", ["Ruth", "Omar"])]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Lunch with Omar cancelled.", "denied"),
        ("No lunch with Omar.", "denied"),
        ("Dinner tomorrow with Omar.", "planned"),
        ("Call Omar about the budget.", "planned"),
        ("- [ ] lunch with Omar", "planned"),
        ("- [x] lunch with Omar", "held"),
        ("Need to phone Omar.", "planned"),
    ],
)
def test_status(text: str, status: str) -> None:
    """What is still to be done, or was called off, was not held."""
    assert [found for found, _, _ in brief(text)] == [status]


@pytest.mark.parametrize(
    "text",
    [
        "Texted Omar. Emailed Ruth. Letter from Hugo.",
        "At odds with Omar.",
        "Read Hugo's report. Wrote to Lena.",
        "Out of favour with Omar.",
        "Ruth's birthday.",
        "Dinner, then bed.",
    ],
)
def test_no_meeting(text: str) -> None:
    """Letters, feelings and solitude are no meetings."""
    assert brief(text) == []


def test_places_end_before_punctuation() -> None:
    """The words of a place hold no stop, comma or colon after it."""
    for text in ("Saw Mr. Castellano at the House.", "Met Ruth at the Ritz; she is well."):
        place = accounts(text)[1][0].place
        assert place is not None
        assert place.cut(text) in ("the House", "the Ritz")


def test_front_matter_is_no_prose() -> None:
    """What stands between the rules at the head is read by the front matter's own reader."""
    text = "---\ndate: 2023-03-09\nnote: lunch with Omar Sayed\n---\nDinner with Ruth Larsen.\n"
    assert brief(text) == [("held", "dinner", ["Ruth Larsen"])]


def test_undated_in_a_paper() -> None:
    """A paper's own day is that of its meetings only where the words say so."""
    head = "FROM: Ada Lund\nTO: Hugo Brandt\nDATE: March 9, 2023\nSUBJECT: Port\n\n"
    context = Context(kind="paper")
    met = read_item(head + "I met Mr. Castellano at his office, and I asked for help.", context).accounts
    assert [a.on for a in met] == [None]
    met = read_item(head + "I met Mr. Castellano today, and I asked for help.", context).accounts
    assert [a.on.value if a.on else None for a in met] == ["2023-03-09"]


_PIECES = st.sampled_from(
    "Lunch|with|Ruth|- |\n|10:00 |# |[ ] |**|: | – |, |. |Call|Omar's|at|the Ritz|(|)|[[Lena]]|@omar|to|no".split(
        "|"
    )
)


@given(st.lists(_PIECES, max_size=30).map(" ".join) | st.lists(_PIECES, max_size=30).map("".join))
def test_any_list(text: str) -> None:
    """No exception; spans lie inside the text; the mask leads back to it."""
    reading, found = accounts(text)
    for account in found:
        assert account.span.end <= len(text)
        assert all(0 <= i < len(reading.mentions) for i in account.participants)
    mask = mask_people(text, find_names(text))
    ends = [mask.end_of(at) for at in range(len(mask.text))]
    assert ends == sorted(ends)
    assert all(mask.origin(at) <= end <= len(text) for at, end in enumerate(ends))


def test_marks_of_lines() -> None:
    """Bullets, boxes and times leave the mask; a time and an open box leave a sign."""
    mask = mask_people("# Day\n- [ ] 10:00 Ruth\n* 9am – tea", ())
    assert mask.text == f"Day. {TODO} {TIME} Ruth. {TIME} tea"


@pytest.mark.parametrize(
    "piece", ["Lunch with ", "- 10:00 Ruth\n", "\n- ", "**", "[[", "Call from ", "10:00 "]
)
def test_long_lines(piece: str) -> None:
    """Time grows with the length."""
    text = piece * (100_000 // len(piece))
    names = find_names(text)
    started = time.process_time()
    mask_people(text, names)
    assert time.process_time() - started < 3


@given(st.text(alphabet='“”"ab \n\t\xa0', max_size=60))
def test_quotations_that_close_in_their_line_are_blanked(text):
    shown = mask_people(text, ()).text
    wanted = re.sub('“[^”\n]{1,1500}”|"[^"\n]{1,1500}"', QUOTE, text)
    assert shown.count(QUOTE) == wanted.count(QUOTE)


@given(st.text(alphabet="a \t\r\n\xa0", max_size=40))
def test_lines_between_empty_ones_make_a_block(text):
    blocks = [[text[a:b] for a, b in block] for block in _iter_blocks(text)]
    assert [line for block in blocks for line in block] == [x for x in text.split("\n") if x.strip()]
    assert all("\n" not in line for block in blocks for line in block)
