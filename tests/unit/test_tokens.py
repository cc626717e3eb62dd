import itertools
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.reading.tokens import PIECE, fold, split_pieces, tokenise


def texts(text: str) -> list[str]:
    return [t.text for t in tokenise(text)]


def test_titles_and_initials_keep_their_dots_and_possessives_stand_apart():
    assert texts("Mr. Crew's son met M.A.M. Robb.") == [
        "Mr.",
        "Crew",
        "'s",
        "son",
        "met",
        "M.A.M.",
        "Robb",
        ".",
    ]


def test_names_with_apostrophes_hyphens_and_marks_are_one_token():
    assert texts("O'Neill Ormsby-Gore D’Arcy Ива́н") == ["O'Neill", "Ormsby-Gore", "D’Arcy", "Ива́н"]


def test_a_footnote_digit_is_no_part_of_the_word():
    assert texts("Suslov2 said") == ["Suslov", "2", "said"]


def test_direction_marks_stay_outside():
    token = tokenise("\u200fDavid\u200e came")[1]
    assert (token.text, token.start, token.end) == ("David", 1, 6)


def test_sentences_end_at_stops_and_blank_lines_but_not_after_titles():
    sentences = [t.sentence for t in tokenise("I met Mr. Lane. He left\n\nSmith") if t.text.isalpha()]
    assert sentences == [0, 0, 0, 1, 1, 2]


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Édouard", "edouard"),
        ("Ма́йский", "maysky"),
        ("Łódź", "lodz"),
        ("M.A.M. Robb", "m a m robb"),
        ("O’Neill", "o'neill"),
        ("  Lloyd  George ", "lloyd george"),
        ("\u200fBen\u200e", "ben"),
        ("Bjørn", "bjorn"),
    ],
)
def test_fold(name, folded):
    assert fold(name) == folded


@given(st.text())
def test_fold_is_idempotent_and_composition_does_not_matter(name):
    assert fold(fold(name)) == fold(name)
    assert fold(unicodedata.normalize("NFD", name)) == fold(unicodedata.normalize("NFC", name))


@given(st.text())
def test_tokens_are_the_text_at_their_places(text):
    last = 0
    for token in tokenise(text):
        assert text[token.start : token.end] == token.text
        assert token.start >= last
        assert not text[last : token.start].strip()
        last = token.end
    assert not text[last:].strip()


@pytest.mark.parametrize("unit", ["A", "A.", "A-", "a'", "\u0301", "Mr.", "\n", "\u200f", "M\u200f", "\0"])
def test_long_lines_take_linear_time(unit):
    start = time.perf_counter()
    tokenise(unit * (200_000 // len(unit)))
    assert time.perf_counter() - start < 5


@given(st.integers(0, 5), st.sampled_from(["a", "a ", "a\n"]))
def test_pieces_tile_the_text(times, unit):
    text = unit * (times * PIECE // 3)
    pieces = split_pieces(text)
    assert pieces[0][0] == 0
    assert pieces[-1][1] == len(text)
    assert all(a[1] == b[0] for a, b in itertools.pairwise(pieces))
    assert all(end - start <= PIECE for start, end in pieces)
