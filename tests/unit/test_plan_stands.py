"""What stands keeps standing: hand edits, merges, undoing, hours and files that cannot be read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from test_cli_plan import ask, encounters, first, guests, kept, kept_root, made, root, run

from legation.workspace.look import open_desk

__all__ = ["first", "kept", "kept_root", "made", "root"]
BY_HAND = """
# Mine: with my cousin.
[[encounter]]
on = 1939-03-24
form = "visit"
guests = ["Rab Butler"]
"""


def planned(view: Any) -> list[Any]:
    return [e for e in encounters(view) if e["origin"] == "plan" and not e["occasion"]]


def events(root: Path) -> dict[str, tuple[str, int]]:
    """Return STATUS and SEQUENCE of what the calendar holds, by UID."""
    text = run(root, "calendar").stdout.replace("\r\n", "\n").replace("\n ", "")
    found = {}
    for block in text.split("BEGIN:VEVENT")[1:]:
        of = dict(line.split(":", 1) for line in block.split("\n") if ":" in line)
        found[of["UID"]] = (of["STATUS"], int(of["SEQUENCE"]))
    return found


def test_an_encounter_written_by_hand_stays_with_its_comment(kept_root: Path) -> None:
    path = kept_root / "weeks.toml"
    path.write_text(path.read_text(encoding="utf-8") + BY_HAND, encoding="utf-8")
    ask(kept_root, "plan", "--keep")
    assert BY_HAND.strip() in path.read_text(encoding="utf-8")


def test_an_encounter_that_was_moved_stays_there(kept_root: Path, kept: Any) -> None:
    chosen = planned(kept)[0]["uid"]
    day = "1939-03-30"
    assert "leaves it there" in run(kept_root, "change", "move", chosen, "--to", day, "--sure").stdout
    assert {e["uid"]: e["on"] for e in encounters(ask(kept_root, "plan", "--keep"))}[chosen] == day


def test_undoing_counts_on_so_that_calendars_follow(kept_root: Path, kept: Any) -> None:
    chosen = planned(kept)[0]
    uid, at_first = chosen["uid"], (kept_root / "weeks.toml").read_text(encoding="utf-8")
    ask(kept_root, "change", "move", uid, "--to", "1939-03-30", "--sure")
    assert events(kept_root)[uid][1] == 1
    back = {e["uid"]: e for e in encounters(ask(kept_root, "change", "undo"))}
    assert (back[uid]["on"], back[uid]["sequence"], back[uid]["locked"]) == (chosen["on"], 2, False)
    ask(kept_root, "change", "drop", uid, "--sure")
    assert events(kept_root)[uid] == ("CANCELLED", 3)
    ask(kept_root, "change", "undo")
    status, sequence = events(kept_root)[uid]
    assert (status != "CANCELLED", sequence) == (True, 4)
    after = (kept_root / "weeks.toml").read_text(encoding="utf-8")
    assert [x for x in after.splitlines() if not x.startswith("sequence")] == at_first.splitlines()
    # What was undone is undone: nothing earlier is left, however often the count has risen.
    assert run(kept_root, "change", "undo").exit_code != 0


def test_undoing_goes_back_step_by_step(kept_root: Path, kept: Any) -> None:
    one, other = (e["uid"] for e in planned(kept)[:2])
    for uid in (one, other):
        ask(kept_root, "change", "lock", uid)
    ask(kept_root, "change", "drop", one, "--sure")
    locks = []
    for _ in range(3):
        back = {e["uid"]: e["locked"] for e in encounters(ask(kept_root, "change", "undo"))}
        locks.append((back[one], back[other]))
    assert locks == [(True, True), (True, False), (False, False)]


def test_what_a_new_plan_leaves_out_is_cancelled_and_may_come_again(kept_root: Path, kept: Any) -> None:
    before = events(kept_root)
    ask(kept_root, "plan", "--weeks", "1", "--keep")
    after = events(kept_root)
    gone = {uid for uid in before if uid.startswith("plan-")} - {
        e["uid"] for e in encounters(ask(kept_root, "plan"))
    }
    assert gone
    assert all(after[uid][0] == "CANCELLED" and after[uid][1] > before[uid][1] for uid in gone)
    again = encounters(ask(kept_root, "plan", "--weeks", "4", "--keep"))
    assert [sorted(guests(e)) for e in again] == [sorted(guests(e)) for e in encounters(kept)]
    for uid, (status, sequence) in events(kept_root).items():
        if uid in gone and status != "CANCELLED":
            assert sequence > after[uid][1]


def test_what_stands_behind_shorter_weeks_is_said(kept_root: Path, kept: Any) -> None:
    late = [e for e in planned(kept) if e["on"] >= "1939-03-20"][-1]
    ask(kept_root, "change", "lock", late["uid"])
    short = ask(kept_root, "plan", "--weeks", "1", "--keep")
    told = [n for n in short["notes"] if n.startswith("Behind the last of these weeks stands a")]
    assert len(told) == 1
    assert late["form"] in told[0]
    assert not any("Behind" in n for n in ask(kept_root, "plan", "--weeks", "4")["notes"])


def test_hours_that_a_plan_was_kept_with_hold_for_its_weeks_alone(kept_root: Path) -> None:
    view = ask(kept_root, "plan", "--weeks", "4", "--hours", "5", "--keep")
    assert view["weeks"][1]["hours"] == 5
    assert any("5 hours a week, as kept; plan.toml has 8." in n for n in view["notes"])
    later = ask(kept_root, "plan", "--from", "1939-05-01", "--weeks", "2")
    assert later["weeks"][1]["hours"] == 8
    desk = open_desk(kept_root)
    desk.planner.edit_settings({"hours.a_week": 6.0}, None)
    desk.store.close()
    view = ask(kept_root, "plan")
    assert view["kept"]
    assert (view["weeks"][1]["hours"], [n for n in view["notes"] if "as kept" in n]) == (6, [])


def test_two_who_were_merged_are_one_guest(kept_root: Path, kept: Any) -> None:
    people = {g["person"]["name"]: g["person"]["id"] for e in encounters(kept) for g in e["guests"]}
    lines = [
        f'  {{ person = "{people[n]}", name = "{n}", reply = "{r}", diet = "plain" }},\n'
        for n, r in (("Rab Butler", "needs-action"), ("Anthony Eden", "accepted"))
    ]
    block = '\n[[encounter]]\nuid = "w-both"\non = 1939-03-23\nform = "lunch"\nguests = [\n{}]\n'
    path = kept_root / "weeks.toml"
    path.write_text(path.read_text(encoding="utf-8") + block.format("".join(lines)), encoding="utf-8")
    assert run(kept_root, "merge", "Rab Butler", "Anthony Eden").exit_code == 0
    text = path.read_text(encoding="utf-8")
    merged = next(e for e in encounters(ask(kept_root, "plan")) if e["uid"] == "w-both")
    assert [g["reply"] for g in merged["guests"]] == ["accepted"]
    [name] = guests(merged)
    assert path.read_text(encoding="utf-8") == text
    ask(kept_root, "change", "reply", "w-both", "--guest", name, "--answer", "tentative", "--sure")
    after = path.read_text(encoding="utf-8")
    part = after[after.index('"w-both"') :]
    assert (part.count("person ="), part.count("diet"), part.count('"tentative"')) == (1, 1, 1)
    # A new plan asks the one person once a week.
    for week in ask(kept_root, "plan", "--keep")["weeks"]:
        asked = [n for e in week["encounters"] for n in guests(e)]
        assert asked.count(name) <= 1


def test_somebody_who_is_no_guest_is_named(kept_root: Path, kept: Any) -> None:
    chosen = next(e for e in planned(kept) if "Lord Halifax" not in guests(e))
    told = run(kept_root, "change", "remove", chosen["uid"], "--guest", "Lord Halifax")
    assert "Lord Halifax is no guest of this encounter" in told.stderr


def test_a_plan_that_cannot_be_read_stops_only_what_plans(kept_root: Path) -> None:
    (kept_root / "plan.toml").write_text("[hours]\na_week = = 3\n", encoding="utf-8")
    weeks = (kept_root / "weeks.toml").read_bytes()
    for command in ("today", "calendar", "people"):
        found = run(kept_root, command)
        assert found.exit_code == 0, found.output
        assert "plan.toml cannot be read" in found.stderr
        assert "line 2" in found.stderr
    for words in (("plan", "--keep"), ("change", "undo"), ("simulate", "--weeks", "4")):
        found = run(kept_root, *words)
        assert found.exit_code == 10, found.output
        assert "Correct it" in found.stderr
    assert (kept_root / "weeks.toml").read_bytes() == weeks


def test_a_mark_of_utf8_is_read_and_stays(kept_root: Path, kept: Any) -> None:
    for name in ("weeks.toml", "plan.toml"):
        path = kept_root / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert encounters(ask(kept_root, "plan")) == encounters(kept)
    ask(kept_root, "change", "lock", planned(kept)[0]["uid"])
    desk = open_desk(kept_root)
    desk.planner.edit_settings({"hours.a_week": 6.0}, None)
    cited = desk.planner.files.cite("plan.toml", ("hours", "a_week"))
    assert cited is not None
    assert "6.0" in cited.quote
    desk.store.close()
    for name in ("weeks.toml", "plan.toml"):
        data = (kept_root / name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\xef\xbb\xbf") == 1
