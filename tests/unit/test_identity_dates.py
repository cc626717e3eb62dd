"""Who is who over time: successive bearers of a name, new names, and the undo of each."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from legation.facts.errors import NotFoundError, UsageError

sys.path.insert(0, str(Path(__file__).parent))
from ledger_home import Home


def derived(home: Home) -> str:
    return home.ledger.hashes()["derived"]


def mentions(home: Home, quote: str) -> list[dict]:
    dates = {r["item"]: r["written_on"] for r in home.rows("items")}
    rows = [r for r in home.rows("mentions") if r["quote"] == quote]
    return sorted(rows, key=lambda r: (dates[r["item"]], r["start"]))


def named(home: Home, quote: str) -> list[str]:
    names = {r["person"]: r["name"] for r in home.rows("people")}
    return [names.get(r["person"], r["state"]) for r in mentions(home, quote)]


def person(home: Home, name: str) -> str:
    return next(r["person"] for r in home.rows("people") if r["name"] == name)


def questions(home: Home, kind: str = "who") -> list[dict]:
    return home.rows("questions", "question", kind=kind, state="open")


@pytest.fixture
def lords(tmp_path):
    home = Home(tmp_path)
    home.write("1660-05-01.md", "Dined with my Lord. Edward Montagu was there.\n")
    home.write("1660-06-01.md", "I walked with my Lord in the garden.\n")
    home.write("1660-07-01.md", "I spoke with my Lord. Lord Brouncker was there.\n")
    home.take()
    yield home
    home.space.close()


def test_a_title_passes_on_with_a_day(lords):
    before = derived(lords)
    first, *_, last = mentions(lords, "my Lord")
    lords.judge.name_from(first["mention"], person(lords, "Edward Montagu"))
    assert named(lords, "my Lord") == ["Edward Montagu"] * 3
    lords.judge.name_from(last["mention"], person(lords, "Lord Brouncker"))
    assert named(lords, "my Lord") == ["Edward Montagu", "Edward Montagu", "Lord Brouncker"]
    lords.sound()
    lords.write("1660-08-01.md", "I supped with my Lord.\n")
    lords.take()
    assert named(lords, "my Lord")[-1] == "Lord Brouncker"
    lords.sound()
    lords.judge.undo()
    lords.judge.undo()
    (lords.files / "1660-08-01.md").unlink()
    lords.take()
    assert derived(lords) == before


def test_what_no_answer_covers_is_asked_for_its_own_days(lords):
    (asked,) = [q for q in questions(lords) if "my Lord" in q["prompt"]]
    key = next(o[0] for o in json.loads(asked["options"]) if "new" in o[2])
    lords.judge.answer(asked["question"], key, "Edward Montagu", until="1660-06-15")
    assert named(lords, "my Lord") == ["Edward Montagu", "Edward Montagu", "ask"]
    assert len({m["person"] for m in mentions(lords, "my Lord")[:2]}) == 1
    (rest,) = [q for q in questions(lords) if "my Lord" in q["prompt"]]
    assert json.loads(rest["subject"])["after"] == "1660-06-15"
    assert "after 1660-06-15" in rest["prompt"]
    lords.sound()
    lords.judge.answer(rest["question"], "n", "William Brouncker")
    assert named(lords, "my Lord")[2] == "William Brouncker"
    assert not [q for q in questions(lords) if "my Lord" in q["prompt"]]
    lords.sound()


def test_a_word_for_all_days_takes_the_place_of_those_for_some(lords):
    first, *_ = mentions(lords, "my Lord")
    lords.judge.name_from(first["mention"], name="Edward Montagu", until="1660-05")
    (rest,) = [q for q in questions(lords) if "my Lord" in q["prompt"]]
    lords.judge.answer(rest["question"], "later")
    lords.judge._record("identify", {"group": "diary:ivan maisky", "form": "lord||"}, {"new": "George Monck"})
    assert named(lords, "my Lord") == ["George Monck"] * 3
    lords.sound()


def test_days_that_are_none(lords):
    first, *_ = mentions(lords, "my Lord")
    with pytest.raises(UsageError):
        lords.judge.name_from(first["mention"], name="Edward Montagu", since="last week")
    with pytest.raises(UsageError):
        lords.judge.name_from(first["mention"])
    with pytest.raises(NotFoundError):
        lords.judge.name_from("m-none", name="Edward Montagu")


def test_an_office_passes_on(tmp_path):
    home = Home(tmp_path)
    home.write("1939-03-01.md", "I dined with the ambassador. Charles Corbin was there.\n")
    home.write("1940-09-01.md", "I dined with the ambassador. Anthony Eden was there.\n")
    home.take()
    before = derived(home)
    office = sorted((r for r in home.rows("mentions") if r["kind"] == "office"), key=lambda r: r["item"])
    assert len(office) == 2
    early = next(r for r in office if named_on(home, r) == "1939-03-01")
    home.judge.name_from(early["mention"], person(home, "Charles Corbin"), until="1940-07-05")
    states = {named_on(home, r): r["person"] for r in home.rows("mentions") if r["kind"] == "office"}
    assert states == {"1939-03-01": person(home, "Charles Corbin"), "1940-09-01": ""}
    home.sound()
    home.judge.undo()
    assert derived(home) == before
    home.space.close()


def named_on(home: Home, row: dict) -> str:
    return home.rows("items", item=row["item"])[0]["written_on"]


def test_a_new_name_is_borne_from_its_day(tmp_path):
    home = Home(tmp_path)
    home.write("1930-01-01.md", "I met Lord Halifax at the Savoy.\n")
    home.write("1936-01-01.md", "I met Edward Wood at the club. Walked with Lord Irwin.\n")
    home.write("1938-01-01.md", "I met Lord Halifax at the Savoy.\n")
    home.take()
    before = derived(home)
    home.judge.merge(person(home, "Edward Wood"), person(home, "Lord Halifax"), "1934-01-19")
    early, late = mentions(home, "Lord Halifax")
    (wood,) = mentions(home, "Edward Wood")
    assert late["person"] == wood["person"]
    assert early["person"] != wood["person"]
    assert early["state"] == "ask"
    home.sound()
    home.judge.undo()
    assert derived(home) == before
    home.space.close()


def test_a_card_says_when_a_name_was_borne(tmp_path):
    home = Home(tmp_path)
    home.write("1930-01-01.md", "I met Lord Halifax at the Savoy.\n")
    home.write("1938-01-01.md", "I met Lord Halifax at the Savoy.\n")
    home.write(
        "edward.vcf",
        "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:u1\r\nFN:Edward Wood\r\nN:Wood;Edward;;;\r\n"
        "X-LEGATION-NAME;X-START=1925-12-22;X-END=1934-01-18:Lord Irwin\r\n"
        "X-LEGATION-NAME;X-START=1934-01-19:Lord Halifax\r\nEND:VCARD\r\n",
    )
    home.take()
    assert named(home, "Lord Halifax") == ["ask", "Edward Wood"]
    (asked,) = questions(home)
    first = json.loads(asked["options"])[0]
    assert first[1] == "Edward Wood"
    assert "another time" in first[2]["why"]
    home.sound()
    home.judge.answer(asked["question"], "n", "Charles Wood")
    assert named(home, "Lord Halifax") == ["Charles Wood", "Edward Wood"]
    home.sound()
    home.space.close()


def test_a_name_before_the_marriage(tmp_path):
    home = Home(tmp_path)
    home.write("1908-01-01.md", "I met Clementine Hozier at the Savoy.\n")
    home.write(
        "c.vcf",
        "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:u1\r\nFN:Clementine Churchill (née Hozier)\r\nEND:VCARD\r\n",
    )
    home.take()
    assert named(home, "Clementine Hozier") == ["Clementine Churchill (née Hozier)"]
    home.sound()
    home.space.close()
