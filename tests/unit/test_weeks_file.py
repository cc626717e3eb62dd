"""weeks.toml: what it holds, hand edits, and changes that leave the rest of the file alone."""

from __future__ import annotations

import datetime as dt
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.facts.errors import EditConflictError, UsageError, WorkspaceError
from legation.plan.changes import WeekChange, apply_change
from legation.plan.forms import PlanForm
from legation.plan.weeks import Courtesy, Dropped, Guest, KeptWeeks, PlannedEncounter
from legation.plan.weeks_text import parse_weeks, write_weeks
from legation.workspace.own_files import OwnFiles
from legation.workspace.weeks_file import edit_weeks, load_weeks, save_weeks

sys.path.insert(0, str(Path(__file__).parent))
from ledger_home import Home

D = dt.date
LUNCH = PlannedEncounter(
    "w-1", D(1938, 9, 6), "lunch",
    (Guest("p-attlee", "Clement Attlee", "41 days since a lunch"), Guest("p-butler", 'Rab "R. A." Butler')),
    2.0, "13:00",
)  # fmt: skip
DINNER = PlannedEncounter(
    "w-2", D(1938, 9, 8), "dinner", (Guest("p-eden", "Anthony Eden", "", "accepted"),), 4.5, "19:30",
    place="the Embassy", locked=True, occasion="birthday", sequence=3,
)  # fmt: skip
KEPT = KeptWeeks(
    D(1938, 9, 1), 4, (LUNCH, DINNER),
    (Courtesy("p-webb", "Beatrice Webb", D(1938, 9, 9), "birthday", "letter", "80 years old"),),
    (Dropped("w-0", D(1938, 9, 5), "lunch", ("p-webb",), 2),), 18.0, ((D(1938, 9, 12), 9.0),),
)  # fmt: skip
BY_HAND = """\
# Mine: read on Sundays.
since = 1938-09-01
weeks   =  4    # till the end of the month
mood = "hopeful"

# Ask about Spain.
[[encounter]]
uid = "w-1"
on = 1938-09-06   # a Tuesday
form = "lunch"
hours = 2
at = 13:00:00
wine = "hock"
guests = [
  { person = "p-attlee", name = "Clement Attlee", diet = "plain" },  # he comes alone
]

# Bring the book.

[[encounter]]
on = 1938-09-07
form = "visit"
guests = ["Beatrice Webb"]

[notes]
text = "nothing of the program's"

[[encounter]]
uid = "w-3"
on = 1938-09-31x
"""
BY_HAND = BY_HAND.replace("on = 1938-09-31x\n", 'on = "1938-09-31"\nform = "lunch"\n')


def find(name: str) -> str:
    return {"Beatrice Webb": "p-webb"}.get(name, "")


# ── text ────────────────────────────────────────────────────────────────────────────────


def test_what_is_written_is_read_again():
    parsed = parse_weeks(write_weeks(KEPT))
    assert (parsed.kept, parsed.problems) == (KEPT, ())
    assert write_weeks(KEPT, write_weeks(KEPT), parsed) == write_weeks(KEPT)


def test_a_file_written_by_hand_is_respected_and_what_is_wrong_is_told():
    parsed = parse_weeks(BY_HAND, find=find)
    first, second = parsed.kept.encounters
    assert (first.uid, first.at, first.origin) == ("w-1", "13:00", "plan")
    assert (second.guests[0].person, second.origin, second.hours) == ("p-webb", "you", 1.75)
    assert second.uid.startswith("w-")
    assert parse_weeks(BY_HAND, find=find).kept == parsed.kept  # the new uid is no chance
    told = [(p.line, p.message.partition(": ")[2]) for p in parsed.problems]
    assert [line for line, _ in told] == [4, 13, 14, 25, 30]
    assert told[0][1].startswith("mood is not known")
    assert "encounter (3rd).on has to be a day such as 1938-09-01" in told[4][1]


def test_a_guest_without_a_person_is_told():
    parsed = parse_weeks(BY_HAND)
    assert [e.uid for e in parsed.kept.encounters] == ["w-1"]
    assert any("does not say who is meant by “Beatrice Webb”" in p.message for p in parsed.problems)


def test_a_block_copied_by_hand_has_a_new_uid():
    block = (
        '[[encounter]]\nuid = "w-1"\non = {}\nform = "lunch"\nguests = [{{ person = "p-a", name = "A" }}]\n'
    )
    text = block.format("1938-09-06") + block.format("1938-09-13")
    parsed = parse_weeks(text)
    first, second = parsed.kept.encounters
    assert (first.uid, second.on) == ("w-1", D(1938, 9, 13))
    assert second.uid not in {"", "w-1"}
    assert "is that of another encounter" in parsed.problems[0].message
    # Saving writes it down, so that it stays.
    after = write_weeks(apply_change(parsed.kept, WeekChange("lock", second.uid)), text, parsed)
    assert [e.uid for e in parse_weeks(after).kept.encounters] == ["w-1", second.uid]


def test_hours_of_a_form_are_those_that_are_set():
    text = '[[encounter]]\non = 1938-09-06\nform = "walk"\nguests = [{ person = "p-a", name = "A" }]\n'
    forms = (PlanForm("walk", 0.75, 1, 1.0, 5),)
    kept = parse_weeks(text, forms).kept
    assert (kept.encounters[0].hours, kept.since, kept.weeks) == (0.75, D(1938, 9, 5), 1)


def test_a_change_leaves_every_line_that_it_does_not_mean():
    parsed = parse_weeks(BY_HAND, find=find)
    kept = apply_change(parsed.kept, WeekChange("move", "w-1", on=D(1938, 9, 9)))
    after = write_weeks(kept, BY_HAND, parsed)
    gone = [x for x in BY_HAND.split("\n") if x not in after.split("\n")]
    assert gone == ["on = 1938-09-06   # a Tuesday"]
    assert "on = 1938-09-09   # a Tuesday" in after
    assert parse_weeks(after, find=find).kept.encounters[-1].sequence == 1
    # The moved block goes behind the visit of the 7th, its comment with it.
    assert after.index("# Ask about Spain.") > after.index('form = "visit"')
    again = write_weeks(parsed.kept, after, parse_weeks(after, find=find))
    assert parse_weeks(again, find=find).kept == parsed.kept


def test_guests_change_and_what_else_is_known_of_them_stays():
    parsed = parse_weeks(BY_HAND, find=find)
    add = WeekChange("add", "w-1", other="p-eden", other_name="Anthony Eden", why="not since June")
    after = write_weeks(apply_change(parsed.kept, add), BY_HAND, parsed)
    [block] = [e for e in tomllib.loads(after)["encounter"] if e.get("uid") == "w-1"]
    assert block["guests"] == [
        {"person": "p-attlee", "name": "Clement Attlee", "diet": "plain"},
        {"person": "p-eden", "name": "Anthony Eden", "why": "not since June"},
    ]
    assert block["wine"] == "hock"


def test_a_dropped_encounter_takes_its_comment_and_leaves_the_rest():
    parsed = parse_weeks(BY_HAND, find=find)
    after = write_weeks(apply_change(parsed.kept, WeekChange("drop", "w-1")), BY_HAND, parsed)
    assert "Ask about Spain" not in after
    data = tomllib.loads(after)
    assert [d["uid"] for d in data["dropped"]] == ["w-1"]
    assert data["notes"] == {"text": "nothing of the program's"}
    # What could not be used is still there, to be corrected.
    assert [e.get("uid") for e in data["encounter"]] == [None, "w-3"]
    assert after.startswith("# Mine: read on Sundays.\n")


def test_guests_written_as_tables_of_their_own_can_change():
    text = (
        'since = 1938-09-01\nweeks = 2\n[[encounter]]\nuid = "w-1"\non = 1938-09-06\nform = "lunch"\nwine = "hock"\n'
        '[[encounter.guests]]\nperson = "p-a"\nname = "A"\n[[encounter.guests]]\nperson = "p-b"\nname = "B"\n'
    )
    parsed = parse_weeks(text)
    assert [g.name for g in parsed.kept.encounters[0].guests] == ["A", "B"]
    after = write_weeks(
        apply_change(parsed.kept, WeekChange("reply", "w-1", person="p-b", reply="accepted")), text, parsed
    )
    assert [g.reply for g in parse_weeks(after).kept.encounters[0].guests] == ["", "accepted"]
    assert tomllib.loads(after)["encounter"][0]["wine"] == "hock"


def test_encounters_written_as_one_list_can_change():
    text = 'weeks = 2\nencounter = [{ uid = "w-1", on = 1938-09-06, form = "lunch", guests = [{ person = "p-a" }] }]\n'
    parsed = parse_weeks(text)
    after = write_weeks(apply_change(parsed.kept, WeekChange("lock", "w-1")), text, parsed)
    assert parse_weeks(after).kept.encounters[0].locked


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip)
GUESTS = st.lists(
    st.builds(
        Guest,
        person=st.sampled_from([f"p-{n}" for n in range(6)]),
        name=NAMES,
        why=st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
        reply=st.sampled_from(["", "needs-action", "accepted", "declined", "tentative"]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda g: g.person,
)
DAYS = st.dates(D(1600, 1, 1), D(2100, 1, 1))
HOURS = st.floats(0, 24).map(lambda h: round(h, 3))
PLANNED = st.builds(
    PlannedEncounter,
    uid=NAMES,
    on=DAYS,
    form=st.sampled_from(["lunch", "dinner", "walk"]),
    guests=GUESTS.map(tuple),
    hours=HOURS,
    at=st.sampled_from(["", "09:00", "19:30"]),
    place=st.sampled_from(["", "the Embassy", "a # b = [c]"]),
    locked=st.booleans(),
    origin=st.sampled_from(["plan", "calendar", "you"]),
    occasion=st.sampled_from(["", "birthday"]),
    sequence=st.integers(0, 9),
)
KEPTS = st.builds(
    KeptWeeks,
    since=DAYS,
    weeks=st.integers(1, 26),
    encounters=st.lists(PLANNED, max_size=5, unique_by=lambda e: e.uid).map(tuple),
    courtesies=st.lists(
        st.builds(
            Courtesy, NAMES, st.just("X"), DAYS, st.just("birthday"), st.just("letter"), st.text("abc")
        ),
        max_size=2,
        unique_by=lambda c: (c.person, c.on),
    ).map(tuple),
    dropped=st.lists(
        st.builds(Dropped, NAMES, DAYS, st.just("lunch"), st.just(("p-1", "p-2")), st.integers(0, 4)),
        max_size=2,
        unique_by=lambda d: d.uid,
    ).map(tuple),
    hours=st.none() | st.floats(0, 100),
    week_hours=st.dictionaries(DAYS.map(lambda d: d - dt.timedelta(days=d.weekday())), HOURS, max_size=2).map(
        lambda d: tuple(d.items())
    ),
)


def sorted_weeks(kept: KeptWeeks) -> KeptWeeks:
    return replace(
        kept,
        encounters=tuple(sorted(kept.encounters, key=lambda e: e.uid)),
        courtesies=tuple(sorted(kept.courtesies, key=lambda c: (c.person, c.on))),
        dropped=tuple(sorted(kept.dropped, key=lambda d: d.uid)),
        week_hours=tuple(sorted(kept.week_hours)),
    )


@given(KEPTS, KEPTS)
def test_any_weeks_are_kept_as_they_are_over_any_others(one, other):
    text = write_weeks(one)
    first = parse_weeks(text)
    assert sorted_weeks(first.kept) == sorted_weeks(one)
    assert first.problems == ()
    commented = text.replace("[[encounter]]\n", "# mine\n[[encounter]]\nmine = 1\n")
    parsed = parse_weeks(commented)
    after = write_weeks(other, commented, parsed)
    assert sorted_weeks(parse_weeks(after).kept) == sorted_weeks(other)
    stayed = {e.uid for e in one.encounters} & {e.uid for e in other.encounters}
    assert after.count("mine = 1") >= len(stayed)


# ── the file ────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def files(tmp_path):
    home = Home(tmp_path)
    yield OwnFiles(home.space.settings.root, home.ledger.store, home.space.clock)
    home.space.close()


def test_weeks_are_saved_loaded_and_put_back(files):
    assert load_weeks(files).kept is None
    first = save_weeks(files, KEPT, "")
    loaded = load_weeks(files)
    assert (loaded.kept, loaded.problems, loaded.based_on) == (KEPT, (), first)
    with pytest.raises(EditConflictError):
        save_weeks(files, KEPT, "")
    second = edit_weeks(files, first, lambda kept: apply_change(kept, WeekChange("drop", "w-1")))
    assert [d.uid for d in load_weeks(files).kept.dropped] == ["w-0", "w-1"]
    assert files.undo("weeks.toml", second) == first
    assert load_weeks(files).kept == KEPT
    assert len(files.versions("weeks.toml")) == 3


def test_a_change_that_cannot_be_writes_nothing(files):
    first = save_weeks(files, KEPT, "")
    with pytest.raises(UsageError):
        edit_weeks(files, first, lambda kept: apply_change(kept, WeekChange("add", "w-1")))
    assert files.load("weeks.toml")[1] == first
    assert len(files.versions("weeks.toml")) == 1


def test_a_broken_file_is_an_error_that_says_what_to_do(files):
    (files.root / "weeks.toml").write_bytes(b"[[encounter")
    with pytest.raises(WorkspaceError, match=r"weeks\.toml cannot be read") as caught:
        load_weeks(files)
    assert caught.value.hint
    with pytest.raises(WorkspaceError):
        save_weeks(files, KEPT, None)
    assert files.load("weeks.toml")[0] == b"[[encounter"


# ── what cannot be used stays ───────────────────────────────────────────────────────────


def test_a_guest_who_cannot_be_resolved_stays_when_others_change():
    unknown = '  { name = "Sir Nobody Known", why = "my cousin" },\n  { person = "p-c", name = "C", reply = "soon" },\n'
    text = write_weeks(KEPT).replace("guests = [\n", "guests = [\n" + unknown, 1)
    parsed = parse_weeks(text)
    assert len(parsed.problems) == 2
    answered = apply_change(parsed.kept, WeekChange("reply", "w-1", person="p-attlee", reply="accepted"))
    [block] = [
        e for e in tomllib.loads(write_weeks(answered, text, parsed))["encounter"] if e["uid"] == "w-1"
    ]
    assert {"name": "Sir Nobody Known", "why": "my cousin"} in block["guests"]
    assert {"person": "p-c", "name": "C", "reply": "soon"} in block["guests"]
    assert next(g for g in block["guests"] if g.get("person") == "p-attlee")["reply"] == "accepted"


@pytest.mark.parametrize(
    "text",
    [
        '# Mine.\n[encounter]\non = 1938-09-06\nform = "lurch"\nguests = ["A"]\n',
        'encounter = [{ on = 1938-09-06, form = "lurch", guests = ["A"] }]\n',
        '[[week]]\nof = 1938-09-05\nhours = 3\n\n[encounter]  # one\non = 1938-09-06\nform = "lurch"\n',
    ],
)
def test_what_cannot_be_used_of_one_table_or_a_list_stays(text):
    after = write_weeks(KEPT, text, parse_weeks(text))
    kept = parse_weeks(after)
    assert kept.kept == KEPT
    assert [e["form"] for e in tomllib.loads(after)["encounter"]].count("lurch") == 1
    assert ("# Mine." in text) == ("# Mine." in after)


def test_unknown_keys_of_one_table_stay():
    text = '[encounter]\nuid = "w-1"\non = 1938-09-06\nform = "lunch"\nwine = "hock"\nguests = [{ person = "p-a" }]\n'
    parsed = parse_weeks(text)
    after = write_weeks(apply_change(parsed.kept, WeekChange("lock", "w-1")), text, parsed)
    [block] = tomllib.loads(after)["encounter"]
    assert (block["wine"], block["locked"]) == ("hock", True)


@pytest.mark.parametrize("day", ["9999-12-30", "0001-01-01"])
def test_a_day_beyond_counting_is_told_and_left_out(day):
    entry = f'[[encounter]]\non = {day}\nform = "lunch"\nguests = [{{ person = "p-a" }}]\n'
    parsed = parse_weeks(f"since = {day}\n[[week]]\nof = {day}\nhours = 2\n{entry}")
    assert (parsed.kept.encounters, parsed.kept.week_hours, len(parsed.problems)) == ((), (), 3)
    assert all("has to be a day from" in p.message for p in parsed.problems)


def test_a_courtesy_by_name_is_found_or_told():
    text = '[[courtesy]]\nname = "{}"\non = 1938-09-09\noccasion = "birthday"\ncourtesy = "letter"\n'
    assert [c.person for c in parse_weeks(text.format("Beatrice Webb"), find=find).kept.courtesies] == [
        "p-webb"
    ]
    parsed = parse_weeks(text.format("Nobody Known"), find=find)
    assert parsed.kept.courtesies == ()
    assert "does not say who is meant by “Nobody Known”" in parsed.problems[0].message


def test_who_was_merged_is_one_everywhere():
    both = replace(
        KEPT,
        courtesies=(
            *KEPT.courtesies, Courtesy("p-old", "B. Potter", D(1938, 9, 9), "birthday", "letter", "80 years old"),
        ),
        dropped=(Dropped("w-0", D(1938, 9, 5), "lunch", ("p-webb", "p-old")),),
    )  # fmt: skip
    text = write_weeks(both)
    now = {"p-old": ("p-webb", "Beatrice Webb")}
    kept = parse_weeks(text, current=now.get).kept
    assert [c.name for c in kept.courtesies] == ["Beatrice Webb"]
    assert kept.dropped[0].guests == ("p-webb",)


def test_what_a_plan_dropped_is_said_to_be_dropped_by_it():
    kept = replace(KEPT, dropped=(*KEPT.dropped, Dropped("w-9", D(1938, 9, 7), "visit", ("p-a",), 3, "plan")))
    text = write_weeks(kept)
    assert text.count('by = "plan"') == 1
    assert parse_weeks(text).kept == kept
