"""Split and merge of people, and the undo of each: ids and links of before lead on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from ledger_home import Home

CARD = "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:{uid}\r\nFN:{name}\r\nEND:VCARD\r\n"


def derived(home: Home) -> str:
    return home.ledger.hashes()["derived"]


def person(home: Home, name: str) -> str:
    return next(r["person"] for r in home.rows("people") if r["name"] == name)


def leads_to(home: Home, old: str) -> str:
    """Follow an id as a link from elsewhere does."""
    rows = home.rows("person_ids", old=old)
    return rows[0]["person"] if rows else old


def named(home: Home, quote: str) -> list[str]:
    dates = {r["item"]: r["written_on"] for r in home.rows("items")}
    rows = [r for r in home.rows("mentions") if r["quote"] == quote]
    return [r["person"] for r in sorted(rows, key=lambda r: (dates[r["item"]], r["start"]))]


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path)
    made.write("1660-01-01.md", "I met Mr. Pierce, the surgeon, at the Savoy. Dined with Captain Cocke.\n")
    made.write("1660-01-02.md", "Dined with Mr. Pierce and Captain Cocke. George Cocke sang.\n")
    made.write("1660-01-03.md", "I walked with Mr. Pierce and spoke with Anthony Eden.\n")
    made.write("book/eden.vcf", CARD.format(uid="u-eden", name="Anthony Eden"))
    made.write("book/avon.vcf", CARD.format(uid="u-avon", name="Robert Avon"))
    made.take()
    yield made
    made.space.close()


def test_merge_split_and_undo_one_after_the_other(home):
    steps = [derived(home)]
    one, other = person(home, "Captain Cocke"), person(home, "George Cocke")
    home.judge.merge(one, other)
    merged = leads_to(home, one)
    assert leads_to(home, other) == merged
    assert set(named(home, "Captain Cocke") + named(home, "George Cocke")) == {merged}
    home.sound()
    steps.append(derived(home))
    last = [r for r in home.rows("mentions") if r["quote"] == "Captain Cocke"][-1]
    home.judge.split(last["mention"], "Robert Cocke")
    assert person(home, "Robert Cocke") not in {one, other, merged}
    assert len(set(named(home, "Captain Cocke"))) == 2
    assert leads_to(home, one) == leads_to(home, other) == merged
    home.sound()
    home.judge.undo()
    assert derived(home) == steps.pop()
    home.judge.undo()
    assert derived(home) == steps.pop()
    assert (leads_to(home, one), leads_to(home, other)) == (one, other)
    home.sound()


def test_a_merge_taken_back_after_a_split_leaves_the_split(home):
    one, other = person(home, "Captain Cocke"), person(home, "George Cocke")
    merge = home.judge.merge(one, other)
    mention = next(r for r in home.rows("mentions") if r["quote"] == "George Cocke")
    home.judge.split(mention["mention"], "Robert Cocke")
    home.judge.undo(merge)
    assert named(home, "George Cocke") == [person(home, "Robert Cocke")]
    assert set(named(home, "Captain Cocke")) == {one}
    home.sound()


def test_cards_are_merged_with_each_other_and_with_people_of_texts(home):
    before = derived(home)
    eden, avon, cocke = (person(home, n) for n in ("Anthony Eden", "Robert Avon", "George Cocke"))
    home.judge.merge(eden, avon)
    home.judge.merge(avon, cocke)
    assert len({leads_to(home, p) for p in (eden, avon, cocke)}) == 1
    assert set(named(home, "Anthony Eden") + named(home, "George Cocke")) == {leads_to(home, eden)}
    home.sound()
    home.judge.undo()
    assert leads_to(home, avon) == leads_to(home, eden)
    assert set(named(home, "George Cocke")) == {cocke}
    home.judge.undo()
    assert derived(home) == before


def test_kept_apart_again_after_a_merge_and_the_other_way_round(home):
    one, other = person(home, "Captain Cocke"), person(home, "George Cocke")
    home.judge.merge(one, other)
    home.judge.part(one, other) if leads_to(home, one) != leads_to(home, other) else home.judge.undo()
    home.judge.part(one, other)
    assert leads_to(home, one) != leads_to(home, other)
    home.sound()
    home.judge.merge(one, other)  # the last word on a pair counts
    assert leads_to(home, one) == leads_to(home, other)
    home.sound()


def test_two_namesakes_are_kept_apart_by_answers_on_single_mentions(home):
    before = derived(home)
    rows = sorted((r for r in home.rows("mentions") if r["quote"] == "Mr. Pierce"), key=lambda r: r["item"])
    dates = {r["item"]: r["written_on"] for r in home.rows("items")}
    second = next(r for r in rows if dates[r["item"]] == "1660-01-02")
    home.judge.split(second["mention"], "Mr. Pierce, the purser")
    surgeon, purser, third = named(home, "Mr. Pierce")
    assert surgeon == third != purser
    home.sound()
    home.write("1660-01-04.md", "I spoke with Mr. Pierce.\n")
    home.take()
    assert named(home, "Mr. Pierce")[3] == surgeon
    rows = [r for r in home.rows("mentions") if r["quote"] == "Mr. Pierce"]
    dates = {r["item"]: r["written_on"] for r in home.rows("items")}
    fourth = next(r for r in rows if dates[r["item"]] == "1660-01-04")
    home.judge.correct(fourth["mention"], {"person": purser})
    assert named(home, "Mr. Pierce") == [surgeon, purser, surgeon, purser]
    home.sound()
    home.judge.undo()
    home.judge.undo()
    (home.files / "1660-01-04.md").unlink()
    home.take()
    assert derived(home) == before


def test_a_split_off_namesake_gets_an_account_of_his_own_id_back_after_undo(home):
    row = next(r for r in home.rows("mentions") if r["quote"] == "Anthony Eden")
    before = derived(home)
    home.judge.split(row["mention"], "Another Eden")
    assert named(home, "Anthony Eden") == [person(home, "Another Eden")]
    home.judge.undo()
    assert named(home, "Anthony Eden") == [person(home, "Anthony Eden")]
    assert derived(home) == before


def test_whoever_loses_the_first_mention_keeps_links_and_judgements(home):
    before = derived(home)
    one, eden = person(home, "Captain Cocke"), person(home, "Anthony Eden")
    home.judge.merge(one, eden)
    for row in [r for r in home.rows("mentions") if r["quote"] == "Captain Cocke"]:
        home.judge.split(row["mention"], "Robert Cocke")
        robert = person(home, "Robert Cocke")
        rest = next(p for p in named(home, "Captain Cocke") if p != robert)
        assert rest == leads_to(home, one) == leads_to(home, eden)
        assert leads_to(home, robert) == robert
        home.sound()
        home.judge.undo()
        assert leads_to(home, one) == leads_to(home, eden)
    home.judge.undo()
    assert derived(home) == before


@pytest.mark.parametrize("how", ["split", "reject", "correct"])
def test_links_lead_on_when_any_mention_is_taken_away(home, how):
    before, one, eden = derived(home), person(home, "Captain Cocke"), person(home, "Anthony Eden")
    for row in [r for r in home.rows("mentions") if r["quote"] == "Captain Cocke"]:
        if how == "split":
            home.judge.split(row["mention"], "Robert Cocke")
        elif how == "reject":
            home.judge.reject(row["mention"])
        else:
            home.judge.correct(row["mention"], {"person": eden})
        gone = home.rows("mentions", mention=row["mention"])[0]["person"]
        (rest,) = set(named(home, "Captain Cocke")) - {gone}
        assert leads_to(home, one) == rest
        home.sound()
        home.judge.undo()
        assert derived(home) == before
