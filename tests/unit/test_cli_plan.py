"""The plan from the command line: a small workspace from the diary to kept weeks, changed and undone."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from legation.desk.cli import main
from legation.desk.cli.commands.planning import _say_hour, show_plan
from legation.desk.cli.terminal import Page

sys.path.insert(0, str(Path(__file__).parent))
from fake_plan import PLAN as FAKE_PLAN
from test_formats import compare, documented

CARDS = """BEGIN:VCARD
VERSION:4.0
UID:me
FN:Ivan Maisky
TITLE:Ambassador in London
END:VCARD
BEGIN:VCARD
VERSION:4.0
UID:wife
FN:Agnia Maiskaya
RELATED;TYPE=spouse:urn:uuid:me
END:VCARD
BEGIN:VCARD
VERSION:4.0
UID:eden
FN:Anthony Eden
BDAY:18970315
END:VCARD
BEGIN:VCARD
VERSION:4.0
UID:butler
FN:Rab Butler
BDAY:19020322
TEL:12
END:VCARD
BEGIN:VCARD
VERSION:4.0
UID:masaryk
FN:Jan Masaryk
END:VCARD
BEGIN:VCARD
VERSION:4.0
UID:halifax
FN:Lord Halifax
END:VCARD
BEGIN:VCARD
VERSION:4.0
UID:seeds
FN:William Seeds
TITLE:British Ambassador in Moscow
END:VCARD
BEGIN:VCARD
VERSION:4.0
UID:krasin
FN:Leonid Krasin
DEATHDATE:19261124
END:VCARD
BEGIN:VCARD
VERSION:4.0
UID:corbin
FN:Charles Corbin
END:VCARD
"""
EVENTS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//
BEGIN:VEVENT
UID:corbin-call
SUMMARY:Lunch with Charles Corbin
DTSTART:19390316T131500
ATTENDEE;CN=Charles Corbin:mailto:corbin@example.org
END:VEVENT
END:VCALENDAR
"""
PEOPLE = (
    "Anthony Eden", "Rab Butler", "Jan Masaryk", "Lord Halifax", "William Seeds", "Leonid Krasin",
    "Charles Corbin", "Agnia Maiskaya",
)  # fmt: skip
PLAN = """# intervals of mine
start = ["Anthony Eden", "Rab Butler", "Jan Masaryk", "Lord Halifax", "Charles Corbin", "William Seeds"]

[hours]
a_week = 8  # not more

[intervals_days]
"Anthony Eden" = 14
"Rab Butler" = 60
"Jan Masaryk" = 30
"Lord Halifax" = 30
"Charles Corbin" = 30
"William Seeds" = 30
"Leonid Krasin" = 30
"Agnia Maiskaya" = 7

[[apart]]
people = ["Jan Masaryk", "Lord Halifax"]
"""
MONTHS = ("1938-11-08", "1938-12-06", "1939-01-17", "1939-02-14")


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [words[0], "-w", str(root), *words[1:]])


def ask(root: Path, *words: str) -> Any:
    found = run(root, *words, "--json")
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("plan") / "space"
    assert CliRunner().invoke(main, ["init", str(root), "--owner", "Ivan Maisky"]).exit_code == 0
    (root / "legation.toml").write_text(
        '[workspace]\nname = "w"\nowner = "Ivan Maisky"\ntoday = 1939-03-06\n', encoding="utf-8"
    )
    (root / "plan.toml").write_text(PLAN, encoding="utf-8")
    (root / "people.vcf").write_bytes(CARDS.replace("\n", "\r\n").encode())
    (root / "mine.ics").write_bytes(EVENTS.replace("\n", "\r\n").encode())
    (root / "diary").mkdir()
    for n, on in enumerate(MONTHS):
        text = "".join(f"I had lunch with {name}.\n\n" for name in PEOPLE[n % 2 :: 2])
        (root / "diary" / f"{on}.md").write_text(text, encoding="utf-8")
    found = run(root, "import", str(root / "diary"), str(root / "people.vcf"), str(root / "mine.ics"))
    assert found.exit_code == 0, found.output
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "copy"
    shutil.copytree(made, copy)
    return copy


@pytest.fixture(scope="module")
def first(made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any, Any]:
    """Return a workspace whose plan is kept, the proposal, and what was kept."""
    copy = tmp_path_factory.mktemp("kept") / "space"
    shutil.copytree(made, copy)
    proposal = ask(copy, "plan", "--weeks", "4")
    return copy, proposal, ask(copy, "plan", "--weeks", "4", "--keep")


@pytest.fixture
def kept_root(first: tuple[Path, Any, Any], tmp_path: Path) -> Path:
    copy = tmp_path / "kept"
    shutil.copytree(first[0], copy)
    return copy


@pytest.fixture
def kept(first: tuple[Path, Any, Any]) -> Any:
    return first[2]


@pytest.fixture
def proposal(first: tuple[Path, Any, Any]) -> Any:
    return first[1]


def encounters(view: Any) -> list[Any]:
    return [e for w in view["weeks"] for e in w["encounters"]]


def guests(encounter: Any) -> set[str]:
    return {g["person"]["name"] for g in encounter["guests"]}


def test_a_plan_is_sensible_and_says_how_good_it_is(proposal: Any) -> None:
    view = proposal
    assert (view["since"], view["until"], len(view["weeks"])) == ("1939-03-06", "1939-04-02", 4)
    assert view["kept"] is False
    planned = set().union(*(guests(e) for e in encounters(view)))
    out = {o["person"]["name"]: o["why"] for o in view["left_out"]}
    assert {"Anthony Eden", "Rab Butler", "Jan Masaryk", "Lord Halifax", "Charles Corbin"} == planned
    assert "Moscow" in out["William Seeds"]
    assert "died" in out["Leonid Krasin"]
    assert "spouse" in out["Agnia Maiskaya"]
    for encounter in encounters(view):
        assert not {"Jan Masaryk", "Lord Halifax"} <= guests(encounter)
        assert all(g["why"] for g in encounter["guests"])
    for week in view["weeks"]:
        names = [n for e in week["encounters"] for n in guests(e)]
        assert len(names) == len(set(names))
        assert week["hours_used"] <= week["hours"] == 8
        assert week["hours_used"] == pytest.approx(sum(e["hours"] for e in week["encounters"]))
    assert view["overdue_share"] <= view["share"] <= view["bound_share"] + 1e-6 <= 1 + 2e-6
    assert view["hour_less"] <= 0 <= view["hour_more"]
    assert sum(w["within"] for w in view["weeks"]) / 4 == pytest.approx(view["share"], abs=1e-4)


def test_a_close_friend_is_seen_on_his_birthday_and_the_calendar_is_kept(proposal: Any) -> None:
    view = proposal
    (birthday,) = [e for e in encounters(view) if e["on"] == "1939-03-15"]
    assert guests(birthday) == {"Anthony Eden"}
    assert birthday["occasion"] == "birthday"
    assert "birthday on 15 March" in birthday["guests"][0]["why"]
    assert [(c["person"]["name"], c["on"], c["courtesy"]) for c in view["courtesies"]] == [
        ("Rab Butler", "1939-03-22", "letter")
    ]
    (lunch,) = [e for e in encounters(view) if e["origin"] == "calendar"]
    assert (lunch["on"], lunch["at"], guests(lunch), lunch["locked"]) == (
        "1939-03-16", "13:15", {"Charles Corbin"}, True,
    )  # fmt: skip


def test_the_json_is_as_documented(root: Path, kept_root: Path, kept: Any) -> None:
    docs = documented("plan-view.md")
    docs |= {f"weeks[].encounters[].{k}": v for k, v in documented("plan-view.md", "planned").items()}
    plan = PLAN.replace("a_week = 8", "a_week = 0.5") + "\n[layers]\n1 = { floor = 1.0 }\n"
    (root / "plan.toml").write_text(plan, encoding="utf-8")
    view = ask(root, "plan", "--weeks", "3")
    assert view["unmet"], "half an hour does not do for everybody"
    assert view["unmet"][0]["floor"] == "layer 1"
    compare(
        {**view, "cold": view["cold"] or COLD, "weeks": kept["weeks"], "courtesies": kept["courtesies"]}, docs
    )
    uid = next(e["uid"] for e in encounters(kept) if e["origin"] == "plan")
    effect = ask(kept_root, "change", "drop", uid, "--try")
    compare({**effect, "hours_used": {}}, documented("plan-view.md", "effect"), whole=False)
    assert set(effect) == {k for k in documented("plan-view.md", "effect") if "." not in k and "[" not in k}


COLD = [
    {
        "person": {"id": "p", "name": "n", "office": ""},
        "interval_days": 1,
        "last_on": "",
        "cold_on": "",
        "why": "w",
    }
]


def test_kept_weeks_stand_until_they_are_changed(kept_root: Path, proposal: Any, kept: Any) -> None:
    root = kept_root
    assert kept["kept"] is True
    assert [(e["uid"], e["on"]) for e in encounters(kept)] == [
        (e["uid"], e["on"]) for e in encounters(proposal)
    ]
    again = ask(root, "plan")
    assert again == kept
    assert (root / "weeks.toml").is_file()
    # Making them anew from the same record keeps them as they are.
    assert encounters(ask(root, "plan", "--keep")) == encounters(kept)


def test_a_change_is_weighed_made_kept_by_a_new_plan_and_taken_back(kept_root: Path, kept: Any) -> None:
    root = kept_root
    chosen = next(e for e in encounters(kept) if e["origin"] == "plan" and not e["occasion"])
    day = dt.date.fromisoformat(chosen["on"]) + dt.timedelta(days=7)
    short = chosen["uid"].partition("-")[2][:8]
    effect = ask(root, "change", "move", short, "--to", day.isoformat(), "--try")
    moved = ask(root, "change", "move", short, "--to", day.isoformat(), "--sure")
    assert moved["share"] == pytest.approx(effect["share_after"], abs=1e-4)
    by_uid = {e["uid"]: e for e in encounters(moved)}
    assert (by_uid[chosen["uid"]]["on"], by_uid[chosen["uid"]]["sequence"]) == (day.isoformat(), 1)
    used = {w["since"]: w["hours_used"] for w in moved["weeks"]}
    assert all(used[monday] == hours for monday, hours in effect["hours_used"].items())
    ask(root, "change", "lock", short)
    anew = {e["uid"]: e for e in encounters(ask(root, "plan", "--keep"))}
    assert anew[chosen["uid"]]["on"] == day.isoformat()
    assert anew[chosen["uid"]]["locked"] is True
    back = ask(root, "change", "undo")
    assert encounters(back) != encounters(kept)
    assert {e["uid"]: e["on"] for e in encounters(back)}[chosen["uid"]] == day.isoformat()


def test_a_declined_guest_is_replaced_and_little_else_changes(kept_root: Path, kept: Any) -> None:
    root = kept_root
    chosen = next(e for e in encounters(kept) if e["origin"] == "plan" and not e["occasion"])
    name = min(guests(chosen))
    declined = ask(root, "change", "reply", chosen["uid"], "--guest", name, "--answer", "declined")
    assert declined["share"] <= kept["share"]
    anew = ask(root, "plan", "--keep")
    week = next(w for w in anew["weeks"] if any(e["uid"] == chosen["uid"] for e in w["encounters"]))
    asked = [g["person"]["name"] for e in week["encounters"] for g in e["guests"] if g["reply"] != "declined"]
    assert name not in asked
    before = {(e["uid"], e["on"], frozenset(guests(e))) for e in encounters(kept)}
    after = {(e["uid"], e["on"], frozenset(guests(e))) for e in encounters(anew)}
    assert len(before - after) <= 2


def test_what_a_change_breaks_is_said(kept_root: Path, kept: Any) -> None:
    root = kept_root
    chosen = next(e for e in encounters(kept) if "Jan Masaryk" in guests(e))
    effect = ask(root, "change", "add", chosen["uid"], "--other", "Lord Halifax", "--try")
    assert any("must not be at one table" in b for b in effect["broken"])
    sunday = ask(root, "change", "move", chosen["uid"], "--to", "1939-03-12", "--try")
    assert any("Sunday" in b for b in sunday["broken"])
    less = ask(root, "change", "hours", "--to", kept["weeks"][0]["since"], "--hours", "0.5", "--try")
    assert any("has 0.5" in b for b in less["broken"])


def test_what_breaks_a_rule_is_written_only_when_it_is_meant(kept_root: Path, kept: Any) -> None:
    root = kept_root
    chosen = next(e for e in encounters(kept) if "Jan Masaryk" in guests(e))
    before = (root / "weeks.toml").read_bytes()
    for words in (
        ("add", chosen["uid"], "--other", "Lord Halifax"),
        ("move", chosen["uid"], "--to", "1939-03-12"),
    ):
        refused = run(root, "change", *words)
        assert refused.exit_code == 2, refused.output
        assert "Nothing was changed" in refused.stderr
        assert "--sure" in refused.stderr
        assert json.loads(run(root, "change", *words, "--json").stdout)["broken"]
    assert (root / "weeks.toml").read_bytes() == before
    assert ask(root, "change", "add", chosen["uid"], "--other", "Lord Halifax", "--sure")["kept"]
    # What stands and breaks a rule is told whenever the weeks are looked at.
    assert any(
        "Jan Masaryk and Lord Halifax must not be at one table" in n for n in ask(root, "plan")["notes"]
    )


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ("Leonid Krasin", "Leonid Krasin is not to be asked: died on 24 November 1926"),
        ("William Seeds", "William Seeds is not to be asked: believed abroad"),
        ("Agnia Maiskaya", "Agnia Maiskaya is not to be asked: your spouse"),
    ],
)
def test_whoever_is_not_planned_for_is_no_guest_without_a_word(
    kept_root: Path, kept: Any, other: str, says: str
) -> None:
    chosen = next(e for e in encounters(kept) if e["origin"] == "plan")
    effect = ask(kept_root, "change", "add", chosen["uid"], "--other", other, "--try")
    assert any(b.startswith(says) for b in effect["broken"]), effect["broken"]


def test_who_must_not_meet_need_not_be_planned_for(kept_root: Path, kept: Any) -> None:
    plan = PLAN + '\n[[apart]]\npeople = ["Anthony Eden", "Leonid Krasin"]\n'
    plan += '\n[[away]]\nperson = "Leonid Krasin"\nwhy = "at sea"\n'
    (kept_root / "plan.toml").write_text(plan, encoding="utf-8")
    chosen = next(e for e in encounters(kept) if "Anthony Eden" in guests(e) and e["origin"] == "plan")
    effect = ask(kept_root, "change", "add", chosen["uid"], "--other", "Leonid Krasin", "--try")
    assert any("Anthony Eden and Leonid Krasin must not be at one table" in b for b in effect["broken"])
    assert any("Leonid Krasin is away: at sea" in b for b in effect["broken"])


def test_the_beginning_of_an_id_seats_its_guests_and_who_is_apart_is_named(
    kept_root: Path, kept: Any
) -> None:
    chosen = next(e for e in encounters(kept) if "Jan Masaryk" in guests(e))
    short = chosen["uid"].partition("-")[2][:6]
    for name in ("Lord Halifax", "Leonid Krasin", "William Seeds", "Agnia Maiskaya"):
        ask(kept_root, "change", "add", short, "--other", name, "--sure")
    seated = ask(kept_root, "seat", "--uid", short)
    number = {5: "Five", 6: "Six", 7: "Seven"}[len(guests(chosen)) + 4]
    assert seated["says"][0] == f"{number} guests and the host at 1 table."
    assert any("Jan Masaryk" in s and "Lord Halifax must not be at one table" in s for s in seated["says"])
    assert "Every rule is kept." not in seated["says"]
    assert run(kept_root, "seat", "--uid", "none").exit_code == 3


def test_small_figures_are_no_less_than_nothing_and_nothing_is_told_twice() -> None:
    more = replace(FAKE_PLAN, hour_more=0.003, hour_less=0.0)
    assert _say_hour(more).endswith("an hour less 0 fewer.")
    never = replace(FAKE_PLAN.cold[0], last_on="", why="never met on record, and the hours went elsewhere")
    page = Page()
    show_plan(page, replace(FAKE_PLAN, cold=(never,)))
    assert " ".join(" ".join(page.lines).split()).count("never met on record") == 1


def test_the_page_reads_well(root: Path) -> None:
    found = run(root, "plan", "--weeks", "1")
    assert found.exit_code == 0, found.output
    for words in (
        "Week of 6 March 1939",
        "no plan can pass",
        "one to one",
        "Who goes cold",
        "Not planned for",
    ):
        assert words in found.output
    assert "a proposal: --keep keeps it" in found.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("change", "lock", "abc"), "no weeks are kept yet"),
        (("plan", "--from", "soon"), "is no date"),
        (("change", "move", "abc"), "move needs --to"),
        (("change", "undo", "--try"), "undo takes no --try"),
    ],
)
def test_errors_say_what_to_do(root: Path, words: tuple[str, ...], says: str) -> None:
    found = run(root, *words)
    assert found.exit_code > 0
    assert says in found.output


def test_without_an_owner_it_says_what_is_missing(tmp_path: Path) -> None:
    root = tmp_path / "empty"
    assert CliRunner().invoke(main, ["init", str(root)]).exit_code == 0
    view = ask(root, "plan", "--from", "1939-03-06")
    assert view["people"] == 0
    assert any("set `owner` in legation.toml" in n for n in view["notes"])
    assert "Nobody is planned for" in run(root, "plan", "--from", "1939-03-06").output
