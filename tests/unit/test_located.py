"""Anchors: found again after an edit, or said to be lost; the last word in force."""

from __future__ import annotations

from legation.facts.judgement import Anchor, Judgement
from legation.ledger.located import anchors_of, live_judgements, refs_of

TEXT = "Saw Halifax at noon. In the evening Halifax came again, and Halifax stayed."


def at(number: int, text: str = TEXT) -> Anchor:
    start = -1
    for _ in range(number + 1):
        start = text.index("Halifax", start + 1)
    return Anchor.at("i-1", text, start, start + 7)


def test_an_anchor_finds_its_own_place():
    for number in range(3):
        anchor = at(number)
        assert anchor.occurrence == number
        assert TEXT[anchor.find(TEXT) :].startswith("Halifax")
        assert anchor.find(TEXT) == [4, 36, 60][number]


def test_it_moves_with_its_context():
    for number in range(3):
        assert at(number).find("It rained. " + TEXT) == at(number).find(TEXT) + 11


def test_it_is_lost_with_its_words_or_its_context():
    assert at(1).find(TEXT.replace("Halifax", "Eden")) is None
    assert at(1).find("Halifax wrote a letter.") is None


def test_without_context_only_a_single_place_is_its_own():
    bare = Anchor("i-1", "Halifax")
    assert bare.find("Then Halifax came.") == 5
    assert bare.find("") is None


def test_json_and_back():
    assert Anchor.from_json(at(2).to_json()) == at(2)


def judgement(kind: str, subject: dict, value: dict | None = None, previous: str = "") -> Judgement:
    return Judgement(kind, subject, value or {}, "me", previous)


def test_the_latest_word_counts():
    said = judgement("identify", {"group": "g", "form": "||x"}, {"new": "X"})
    undone = judgement("retract", {"judgement": said.id})
    redone = judgement("retract", {"judgement": undone.id})
    assert live_judgements([said]) == [said]
    assert live_judgements([said, undone]) == []
    assert live_judgements([said, undone, redone]) == [said]


def test_an_id_leaves_out_clock_and_place():
    first = Judgement("same", {"a": 1}, {"same": True}, "me", made_at="2026-01-01", seq=1)
    second = Judgement("same", {"a": 1}, {"same": True}, "me", made_at="2027-01-01", seq=9)
    assert first.id == second.id
    assert first.id != Judgement("same", {"a": 1}, {"same": True}, "me", previous=first.id).id


def test_what_a_judgement_points_at():
    pair = judgement("same", {"a": {"anchor": at(0).to_json()}, "b": {"card": "u-1"}}, {"same": True})
    assert refs_of(pair) == [pair.subject["a"], {"card": "u-1"}]
    assert anchors_of(pair) == [at(0)]
