from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from legation.facts.errors import NotFoundError, UsageError
from legation.report.search import cut_pieces, fold_text, lines_found, pattern_of
from legation.store.search import expression, parse_query

sys.path.insert(0, str(Path(__file__).parent))
from ledger_rows import LedgerRows


@pytest.fixture(scope="module")
def rows():
    made = LedgerRows()
    made.owner()
    halifax = made.person("Lord Halifax")
    made.item(
        "lunch",
        "Lunch with Halifax. The British Empire cannot stand alone.",
        on="1939-03-08",
        title="An entry",
    )
    made.item("dinner", "Dinner at the café, and talk of the Empire; nothing British.", on="1939-03-09")
    made.item("paper", "Memorandum. The lunches went on.", on="1938-09", kind="paper", title="Halifax")
    made.item(
        "card",
        "BEGIN:VCARD\nFN:Lord Halifax\nNOTE:Likes walks\\, not lunch\nEND:VCARD\n",
        kind="card",
        title="Lord Halifax",
    )
    made.item("russian", "Майский обедал. Don't look away.", on="1940-01-01")
    made.mention("i-lunch", "Halifax", halifax)
    made.item("talk", "Nothing much was said.", on="1939-03-10")
    return made


def found(rows, words, **asked):
    return {h.item for h in rows.desk.search(words, **asked).hits}


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ("lunch", {"i-lunch", "i-card"}),
        ("LUNCH", {"i-lunch", "i-card"}),
        ("lunch*", {"i-lunch", "i-card", "i-paper"}),
        ("british empire", {"i-lunch", "i-dinner"}),
        ('"british empire"', {"i-lunch"}),
        ("“British Empire”", {"i-lunch"}),
        ('"british empire', {"i-lunch"}),
        ("lunch OR dinner", {"i-lunch", "i-card", "i-dinner"}),
        ("lunch OR dinner empire", {"i-lunch", "i-dinner"}),
        ("empire -dinner", {"i-lunch"}),
        ('empire -"the café"', {"i-lunch"}),
        ("cafe", {"i-dinner"}),
        ("CAFÉ", {"i-dinner"}),
        ("майский", {"i-russian"}),
        ("don't", {"i-russian"}),
        ("halifax", {"i-lunch", "i-paper", "i-card"}),
        ("lunch or dinner", set()),
        ("lunch & halifax", {"i-lunch", "i-card"}),
        ("OR lunch", {"i-lunch", "i-card"}),
        ("-lunch -halifax", {"i-dinner", "i-russian", "i-talk"}),
        ("zebra", set()),
        ("", set()),
        ("***", set()),
        ('""', set()),
    ],
)
def test_the_syntax(rows, words, items):
    assert found(rows, words) == items


def test_filters_and_counts_by_kind(rows):
    view = rows.desk.search("halifax")
    assert dict(view.kinds) == {"entry": 1, "paper": 1, "card": 1}
    assert found(rows, "halifax", person="p-halifax") == {"i-lunch"}
    assert found(rows, "", person="p-halifax") == {"i-lunch"}
    assert found(rows, "halifax", kind="paper") == {"i-paper"}
    assert dict(rows.desk.search("halifax", kind="paper").kinds) == {"entry": 1, "paper": 1, "card": 1}
    assert found(rows, "halifax", since="1939") == {"i-lunch"}
    assert found(rows, "lunch*", until="1938-09-15") == {"i-paper"}
    assert found(rows, "lunch*", since="1938-09-15", until="1939-03-08") == {"i-paper", "i-lunch"}
    with pytest.raises(UsageError):
        rows.desk.search("x", since="soon")
    with pytest.raises(NotFoundError):
        rows.desk.search("x", person="p-none")


def test_pages_and_people_of_hits(rows):
    whole = rows.desk.search("halifax")
    assert whole.total == 3
    assert [h.item for h in rows.desk.search("halifax", limit=1, offset=1).hits] == [whole.hits[1].item]
    assert {h.item: [p.name for p in h.people] for h in whole.hits}["i-lunch"] == ["Lord Halifax"]
    assert whole.hits[0].score >= whole.hits[1].score >= whole.hits[2].score


def test_a_match_in_the_title_stands_first(rows):
    assert rows.desk.search("halifax").hits[0].item in {"i-paper", "i-card"}


def test_pieces_alternate_and_show_what_was_found(rows):
    hits = {h.item: h for h in rows.desk.search("empire british").hits}
    assert hits["i-lunch"].pieces[1::2] == ("British", "Empire")
    assert "".join(hits["i-lunch"].pieces) == "Lunch with Halifax. The British Empire cannot stand alone."


def test_cards_show_the_lines_that_were_found():
    text = (
        "BEGIN:VCARD\r\nFN:Lord Halifax\r\nUID:lunch-1\r\nNOTE:Likes walks\\, not lun\r\n ch\r\nEND:VCARD\r\n"
    )
    assert lines_found(text, pattern_of(parse_query("walks"))) == "Lord Halifax; Likes walks, not lunch"


@pytest.mark.parametrize(
    ("text", "words", "pieces"),
    [
        ("Cafe\u0301 de Paris", "cafe", ("", "Cafe\u0301", " de Paris")),
        ("lunches, lunch", "lunch", ("lunches, ", "lunch", "")),
        ("lunches, lunch", "lunch*", ("", "lunches", ", ", "lunch", "")),
        ("one-two one two", '"one two"', ("", "one-two", " ", "one two", "")),
        ("nothing", "else", ("nothing",)),
        ("Ein\n\nZwei", "zwei", ("Ein ", "Zwei", "")),
    ],
)
def test_matches_are_found_again_in_the_text(text, words, pieces):
    assert cut_pieces(text, pattern_of(parse_query(words))) == pieces


def test_the_passage_with_most_different_words_is_shown():
    text = "lunch " + "x " * 400 + "lunch with Halifax at noon " + "y " * 400
    pieces = cut_pieces(text, pattern_of(parse_query("halifax lunch")))
    assert pieces[0].startswith("… ")
    assert pieces[1::2] == ("lunch", "Halifax")
    assert pieces[-1].endswith(" …")
    assert len("".join(pieces)) < 300


def test_expressions_quote_everything():
    assert expression(parse_query('a "b c" d* e OR f')) == '("a") AND ("b c") AND ("d" *) AND ("e" OR "f")'
    assert expression(parse_query("NEAR(a b) {x}:y ^z")) == '("NEAR(a") AND ("b)") AND ("{x}:y") AND ("^z")'
    assert parse_query("a -b").without[0].words == "b"
    assert len(parse_query("word " * 500).groups) <= 32


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text(alphabet='ab "*-()^:OR{}+\u201c\u201d\ud800\x00', max_size=40))
def test_no_query_raises(rows, words):
    view = rows.desk.search(words)
    assert view.total >= len(view.hits)


@given(st.text(max_size=300), st.text(max_size=20))
def test_folding_keeps_places_and_pieces_are_well_formed(text, words):
    assert len(fold_text(text)) == len(text)
    pieces = cut_pieces(text, pattern_of(parse_query(words)))
    assert len(pieces) % 2 == 1
    assert all(p in text for p in pieces[1::2])
