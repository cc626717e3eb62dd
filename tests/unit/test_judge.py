"""Answers, corrections, merges, splits, and the undo of each."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from legation.facts.errors import NotFoundError, UsageError

sys.path.insert(0, str(Path(__file__).parent))
from ledger_home import Home


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path)
    made.write("1939-03-08.md", "Dined with Lord Halifax and Mr. Butler at the Savoy. Wilson was there.\n")
    made.write("1939-03-09.md", "Walked with Lord Halifax in the park. Anthony Eden called. Wilson spoke.\n")
    made.write("1939-03-10.md", "Lunch with Anthony Eden and R. A. Butler at the Ritz.\n")
    made.take()
    yield made
    made.space.close()


def derived(home) -> str:
    return home.ledger.hashes()["derived"]


def person(home, name: str) -> str:
    return next(r["person"] for r in home.rows("people") if r["name"] == name)


def mention(home, quote: str) -> dict:
    return next(r for r in home.rows("mentions", "item", "start") if r["quote"] == quote)


def question(home, kind: str, about: str = "Wilson") -> dict:
    return next(
        q for q in home.rows("questions", "question", kind=kind, state="open") if about in q["prompt"]
    )


def test_every_answer_of_every_question_holds_and_is_undone(home):
    before = derived(home)
    questions = home.rows("questions", "question")
    assert {q["kind"] for q in questions} >= {"who"}
    for asked in questions:
        for key, _, _ in json.loads(asked["options"]):
            home.judge.answer(asked["question"], key)
            home.sound()
            home.judge.undo()
            assert derived(home) == before, (asked["prompt"], key)


def test_a_question_is_answered_once_and_remembered(home):
    asked = question(home, "who")
    home.judge.answer(asked["question"], "n", "Horace Wilson")
    assert asked["question"] not in {q["question"] for q in home.rows("questions")}
    with pytest.raises(NotFoundError):
        home.judge.answer(asked["question"], "n")
    home.write("1939-03-11.md", "Wilson came again.\n")
    home.take()
    wilson = [m for m in home.rows("mentions") if m["quote"] == "Wilson"]
    assert {m["person"] for m in wilson} == {person(home, "Horace Wilson")}
    assert {m["state"] for m in wilson} == {"sure"}
    home.sound()


def test_later_and_never(home):
    asked = question(home, "who")
    home.judge.answer(asked["question"], "later")
    assert home.rows("questions", question=asked["question"])[0]["state"] == "later"
    home.judge.undo()
    home.judge.answer(asked["question"], "never")
    assert home.rows("questions", question=asked["question"])[0]["state"] == "never"
    home.sound()


def test_an_answer_that_is_none(home):
    with pytest.raises(UsageError, match="no answer"):
        home.judge.answer(question(home, "who")["question"], "no such key")
    with pytest.raises(NotFoundError):
        home.judge.answer("q-none", "1")


def test_merge_keeps_the_old_id_as_an_alias(home):
    before = derived(home)
    one, other = person(home, "Anthony Eden"), person(home, "R. A. Butler")
    home.judge.merge(one, other)
    ids = {r["old"]: r["person"] for r in home.rows("person_ids")}
    assert set(ids) | set(ids.values()) == {one, other}
    assert len({mention(home, q)["person"] for q in ("Anthony Eden", "R. A. Butler")}) == 1
    home.sound()
    home.judge.undo()
    assert derived(home) == before


def test_merge_of_oneself_and_of_nobody(home):
    one = person(home, "Anthony Eden")
    with pytest.raises(UsageError):
        home.judge.merge(one, one)
    with pytest.raises(NotFoundError):
        home.judge.merge(one, "p-nobody")


def test_merged_people_part_when_the_words_go(home):
    one, other = person(home, "Anthony Eden"), person(home, "R. A. Butler")
    home.judge.merge(one, other)
    home.write("1939-03-10.md", "Lunch with Anthony Eden at the Ritz.\n")
    home.take()
    assert "Anthony Eden" in {r["name"] for r in home.rows("people")}
    assert "anchor" in {q["kind"] for q in home.rows("questions")}
    home.sound()


def test_split_and_reject(home):
    before = derived(home)
    second = [m for m in home.rows("mentions") if m["quote"] == "Lord Halifax"][-1]
    home.judge.split(second["mention"], "Another Halifax")
    assert len({m["person"] for m in home.rows("mentions") if m["quote"] == "Lord Halifax"}) == 2
    home.sound()
    home.judge.undo()
    home.judge.reject(second["mention"])
    row = home.rows("mentions", mention=second["mention"])[0]
    assert (row["person"], row["state"]) == ("", "rejected")
    home.sound()
    home.judge.undo()
    assert derived(home) == before


def test_a_judgement_outlives_an_edit_before_it(home):
    wilson = mention(home, "Wilson")
    home.judge.correct(wilson["mention"], {"person": person(home, "Anthony Eden")})
    path = Path(home.rows("items", item=wilson["item"])[0]["path"])
    path.write_text("It rained at noon. " + path.read_text(encoding="utf-8"), encoding="utf-8")
    home.take()
    row = next(m for m in home.rows("mentions", item=wilson["item"]) if m["quote"] == "Wilson")
    assert row["start"] == wilson["start"] + 19
    assert (row["person"], row["state"]) == (person(home, "Anthony Eden"), "sure")
    home.sound()


def test_correct_an_account(home):
    before = derived(home)
    account = home.rows("accounts", "account")[0]["account"]
    home.judge.correct(account, {"form": "walk", "on": "1939-03-01"})
    row = home.rows("accounts", account=account)[0]
    assert (row["form"], row["on"], row["state"]) == ("walk", "1939-03-01", "sure")
    home.sound()
    home.judge.undo()
    assert derived(home) == before
    with pytest.raises(UsageError):
        home.judge.correct(account, {"colour": "red"})
    with pytest.raises(UsageError):
        home.judge.correct(account, {})


def test_a_rejected_account_is_no_encounter(home):
    row = next(r for r in home.rows("accounts", "account") if r["encounter"])
    home.judge.reject(row["account"])
    assert row["encounter"] not in {e["encounter"] for e in home.rows("encounters")}
    home.sound()


def test_undo_of_an_undo(home):
    asked = question(home, "who")
    made = home.judge.answer(asked["question"], "n")
    after = derived(home)
    home.judge.undo(made)
    retraction = home.rows("judgements", "seq")[-1]
    assert retraction["kind"] == "retract"
    home.judge.answer(asked["question"], "n")
    assert derived(home) == after


def test_nothing_to_undo(home):
    with pytest.raises(NotFoundError):
        home.judge.undo()
    with pytest.raises(NotFoundError):
        home.judge.undo("j-none")


def test_saying_a_thing_twice_gives_two_records(home):
    one = mention(home, "Wilson")["mention"]
    first = home.judge.reject(one)
    home.judge.undo()
    assert home.judge.reject(one) != first
    assert home.ledger.verify() == []


def test_two_accounts_of_one_day(home):
    home.write("1939-03-12.md", "Dined with Lord Halifax and Anthony Eden at the Savoy.\n")
    home.write("papers/1939-03-12.md", "Dined with Lord Halifax and Anthony Eden at the Savoy.\n")
    home.write(
        "other/1939-03-12.md",
        "Dined with Lord Halifax and Anthony Eden at the Savoy. Later I had dinner with Lord Halifax and Anthony Eden.\n",
    )
    home.take()
    home.sound()
    same = [q for q in home.rows("questions", "question") if "accounts" in json.loads(q["subject"])]
    before = derived(home)
    for asked in same:
        for key in "12":
            home.judge.answer(asked["question"], key)
            home.sound()
            home.judge.undo()
            assert derived(home) == before
