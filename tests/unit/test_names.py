import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.facts.span import Span
from legation.reading.names import find_names, parse_name
from legation.reading.tokens import PIECE


def sure(text: str) -> list[str]:
    return [m.span.cut(text) for m in find_names(text) if m.sure]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("To church with Sir W. Garth and my wife.", ["Sir W. Garth"]),
        ("I dined at Mr. Fenwick's.", ["Mr. Fenwick"]),
        ("Mrs. The. Garth came.", ["Mrs. The. Garth"]),
        ("I met Lieut. Marden and Dr. Oakes there.", ["Lieut. Marden", "Dr. Oakes"]),
        ("Mr. and Mrs. Fenwick called.", ["Mr.", "Mrs. Fenwick"]),
        ("My lords, Messrs. Fenwick and Garth spoke.", ["Messrs. Fenwick", "Garth"]),
        ("There I met Captain Clerk.", ["Captain Clerk"]),
        ("Then to my Lord Wexcombe with a letter.", ["my Lord Wexcombe"]),
        ("Went to my Lord's and dined.", ["my Lord"]),
        ("I spoke to my Lord Chancellor.", []),
        ("We waited on the Duke of Norfolk.", ["the Duke of Norfolk"]),
        ("I took my brother Tom with me.", ["my brother Tom"]),
        ("It was his daughter Rada who came.", ["his daughter Rada"]),
        ("Garth and I walked in the park.", ["Garth"]),
        ("I supped with Garth.", ["Garth"]),
        ("He saw Deputy Foreign Minister Orlenko.", ["Deputy Foreign Minister Orlenko"]),
        ("Secretary of State Dean Marlow spoke.", ["Secretary of State Dean Marlow"]),
        ("The two Sir Williams dined.", []),
        ("We saw Adalbert de Courcelles there.", ["Adalbert de Courcelles"]),
        ("A note from Iván Petrovich Orlenko2 came.", ["Iván Petrovich Orlenko"]),
        ("I read it to H. G. Fields.", ["H. G. Fields"]),
        ("An evening with Charles te Water.", ["Charles te Water"]),
        ("Сегодня Ива́н Петров обедал.", ["Ива́н Петров"]),
        ("I saw Jane and Tom at home.", ["Jane", "Tom"]),
        ("I'll go, and It's late.", []),
    ],
)
def test_names_that_the_text_alone_makes_sure(text, names):
    assert sure(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "We drove to St. Margaret's and from there to Paris.",
        "He lived in Downing Street, near White Hall.",
        "In March the Foreign Office and the House of Commons agreed.",
        "East-West talks and Sino-Soviet trade.",
        "The play was “Twelfth Night”.",
        "We boarded H.M.S. Warspite at Portsmouth.",
        "God be praised. Amen.",
        "On Monday the Soviet Government answered.",
    ],
)
def test_places_bodies_and_days_are_no_names(text):
    assert sure(text) == []


def test_a_shortened_verb_is_no_name():
    text = "Didn't manage to see Ann Garth. Couldn’t sleep. Wasn't well; O'Neill came."
    assert [m.span.cut(text) for m in find_names(text)] == ["Ann Garth", "O'Neill"]


def test_parts_are_as_written_without_dots():
    mention = find_names("I met Sir W. Garth there.")[0]
    assert (mention.titles, mention.given, mention.surname) == (("sir",), ("W",), "Garth")
    mention = find_names("I met my uncle Fenwick there.")[0]
    assert (mention.head, mention.of, mention.surname) == ("uncle", "author", "Fenwick")


def test_a_title_once_given_carries_the_bare_name_elsewhere_in_the_text():
    text = "Holroyd Wicks was a hard thing. Later Mr. Thrale spoke. It was Thrale whom I feared."
    assert "Thrale" in sure(text)
    assert [m.sure for m in find_names("It was for Thrale Wednesday.")] == [False]


def test_a_bare_surname_is_a_candidate_even_where_it_is_not_sure():
    text = "The business of Thrale is ended."
    (mention,) = find_names(text)
    assert not mention.sure
    assert mention.surname == "Thrale"
    assert 0 < mention.score < 0.7


def test_links_are_exact_and_replace_what_they_overlap():
    text = "with [[Lord Halifax]] and Mr. Eden."
    span = Span(7, 19)
    found = find_names(text, linked=[(span, "Lord Halifax")])
    assert (found[0].span.cut(text), found[0].evidence) == (
        "Lord Halifax",
        ("linked",),
    )
    assert found[0].titles == ("lord",)
    assert found[0].surname == "Halifax"
    assert [m.span.cut(text) for m in found] == ["Lord Halifax", "Mr. Eden"]


def test_a_signature_is_a_name():
    text = "There is much to report from here, and little of it is good, as you know well. " * 2
    assert sure(text + "\n\nThrale") == ["Thrale"]


def test_parse_name():
    assert parse_name("Sir Norman Brook") == (("sir",), ("Norman",), "Brook")
    assert parse_name("Ormsby") == ((), (), "Ormsby")
    assert parse_name("") == ((), (), "")


@given(st.text())
def test_any_text_gives_spans_inside_it_in_order(text):
    found = find_names(text)
    assert all(m.span.end <= len(text) for m in found)
    assert all(0 <= m.score <= 1 for m in found)
    starts = [m.span.start for m in found]
    assert starts == sorted(starts)


_WORDS = st.sampled_from(
    "Mr. Mrs. Sir Lord my Lady the Duke of York de von Van W. I Will May and , . ' 's ’ St. Dean King "
    "Captain Clerk Secretary State \n \n\n - Jane Thrale Tom told with at to in The. \0 \u200f Élan "
    "Иван his brother Soviet Minister House ; : “ ” ( ) U.S.".split(" ")
)


@given(st.lists(_WORDS, max_size=30), st.booleans())
def test_any_order_of_its_own_words_is_read_without_error(words, spaced):
    text = (" " if spaced else "").join(words)
    found = find_names(text)
    assert found == find_names(text)
    assert all(m.span.cut(text).strip() for m in found)


@pytest.mark.parametrize("unit", ["Mr. ", "A. ", "my Lord ", "Ann-", "St. X ", "the Duke of ", "Thrale, "])
def test_long_lines_take_linear_time(unit):
    start = time.perf_counter()
    find_names(unit * (200_000 // len(unit)))
    assert time.perf_counter() - start < 10


def test_a_text_longer_than_a_piece_is_read_to_its_end():
    text = "nothing here\n" * (PIECE // 10) + "I met Mr. Thrale."
    assert sure(text) == ["Mr. Thrale"]
