"""Scores of linking: across documents, and with each person left out in turn."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from legation.workspace.evaluate.across import Identities, count_across, list_named
from legation.workspace.evaluate.book import BookEntry, load_book, make_book
from legation.workspace.evaluate.figures import Tally, total
from legation.workspace.evaluate.gold import GoldDoc, parse_gold
from legation.workspace.evaluate.linking import score_left_out

sys.path.insert(0, str(Path(__file__).parent))
from test_evaluate_scores import doc


def documents(*rows: dict[str, str]) -> list[GoldDoc]:
    """Documents each of whose people is named once, by the words given for an id."""
    made = []
    for number, people in enumerate(rows):
        text, mentions = "", []
        for ident, words in people.items():
            start = len(text) + len("Saw ")
            text += f"Saw {words}. "
            mentions.append({"start": start, "end": start + len(words), "kind": "name", "person": ident})
        row = {"doc": str(number), "text": text, "people": people, "mentions": mentions}
        made.append(parse_gold("g", json.dumps(row)).docs[0])
    return made


@pytest.mark.parametrize(
    ("one", "two", "is_one"),
    [
        (("batten", "Sir W. Batten"), ("w_batten", "Sir William Batten"), True),
        (("batten", "Sir W. Batten"), ("lady_batten", "Lady Batten"), False),
        (("tom", "Tom Trice"), ("jasper", "Jasper Trice"), False),
        (("pett", "Commissioner Pett"), ("p_pett", "Peter Pett"), True),
        (("pett", "Mr. Pett"), ("sir_pett", "Sir Peter Pett"), None),
        (("king", "the King"), ("pett", "Mr. Pett"), False),
        (("lord", "my Lord"), ("montagu", "Sir Edward Montagu"), None),
        (("my_lord", "my Lord"), ("my_lord", "my Lord (Montagu)"), True),
        (("will", "Will Hewer"), ("will", "Will Joyce"), None),
        (("john", "John Creed"), ("john", "Thomas Creed"), None),
        (("pierce", "Mr. Pierce"), ("pearse", "Mr. Pearse"), None),
    ],
)
def test_who_is_one_in_two_documents(one: tuple[str, str], two: tuple[str, str], is_one: bool | None) -> None:
    docs = documents(dict([one]), dict([two]))
    assert Identities(docs).is_one((0, one[0]), (1, two[0])) is is_one


def test_a_bare_surname_of_several_is_not_told() -> None:
    docs = documents({"pen": "Mr. Pen"}, {"g": "Giles Pen"}, {"w": "William Pen"})
    found = Identities(docs)
    assert found.is_one((0, "pen"), (1, "g")) is None
    assert found.is_one((1, "g"), (2, "w")) is False


def test_pairs_across_documents_are_counted() -> None:
    docs = documents({"h": "Lord Halifax", "c": "John Creed"}, {"h": "Lord Halifax"}, {"c": "John Creed"})
    held = [[("p1", "read"), ("p1", "sure")], [("p1", "read")], [("p1", "ask")]]
    mentions = [
        [m | {"person": p, "state": s} for m, (p, s) in zip(d.labels["mentions"], rows, strict=True)]
        for d, rows in zip(docs, held, strict=True)
    ]
    tally = Tally()
    count_across(docs, list_named(docs, mentions), [tally] * 3)
    got = {name: total(rows.values()) for (_, name), rows in tally.counts.items()}
    # Two pairs are held: Halifax and Halifax, Creed and Halifax; Creed and Creed is only asked about.
    assert got["precision"] == (1, 2, 0)
    assert got["recall"] == (1, 2, 0)
    assert got["unclear"] == (0, 2, 0)
    assert got["names_right"] == (2, 3, 0)


# ── people left out ─────────────────────────────────────────────────────────────────────


def test_a_book_of_the_own_people_has_namesakes() -> None:
    book = make_book(doc())
    assert [e.name for e in book[:2]] == ["Lord Halifax", "Rab Butler"]
    assert [e.ident for e in book[2:]] == ["namesake:h"]
    assert book[2].name.split()[-1] == "Halifax"
    assert book[2].name != book[0].name


def test_only_who_is_named_is_left_out(tmp_path: Path) -> None:
    book = [BookEntry("h", "Lord Halifax"), BookEntry("z", "Sir Stafford Cripps")]
    gold, tally = doc(), Tally()
    score_left_out(gold, book, tmp_path, tally)
    (whole,) = tally.counts["left_out", "linked_whole_book"].values()
    (left,) = tally.counts["left_out", "linked"].values()
    assert left[1] == whole[1] > 0


def test_a_person_left_out_is_asked_about_or_new_and_never_another(tmp_path: Path) -> None:
    rows = [
        {"id": "h", "name": "Edward Halifax", "also": ["Lord Halifax"], "offices": []},
        {"id": "b", "name": "Rab Butler", "offices": [{"office": "Minister", "start": "1938", "end": None}]},
        {"id": "n", "name": "Mary Butler"},
    ]
    path = tmp_path / "book.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    tally, gold = Tally(), doc()
    score_left_out(gold, load_book(path), tmp_path, tally)
    got = {name: rows[gold.unit] for (_, name), rows in tally.counts.items()}
    assert got["linked_whole_book"][0] >= 3
    assert got["wrong_in_silence"][0] == got["wrong_of_left_out"][0] == 0
    assert got["wrong_of_left_out"][1] == 4
    assert got["links_right"][0] == got["links_right"][1] > 0
