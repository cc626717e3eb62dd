"""plan.toml: what it sets, what is told of it, whom it means, and edits that leave the rest alone."""

from __future__ import annotations

import datetime as dt
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.facts.errors import EditConflictError, NotFoundError, UsageError, WorkspaceError
from legation.ledger.arrival import SETTINGS
from legation.plan.forms import DEFAULT_FORMS
from legation.plan.settings import DEFAULT_COURTESIES, PlanSettings, Rules, Wish, parse_plan
from legation.plan.toml_spans import find_line, find_words
from legation.report.plan_rules import resolve_plan
from legation.workspace.own_files import OwnFiles, earlier
from legation.workspace.plan_file import edit_plan, edit_plan_text
from legation.workspace.settings import PLAN_TEXT, load_settings

sys.path.insert(0, str(Path(__file__).parent))
from ledger_home import Home
from ledger_rows import LedgerRows

D = dt.date
FULL = """\
# All that can be set.
default_after_encounters = 2
start = ["Beatrice Webb"]
let_go = ["Joachim Ribbentrop"]

[intervals_days]
"Jan Masaryk" = 30
"Lord Halifax" = { ideal = 14, longest = 28, forms = ["lunch", "telephone"], worth = 2, floor = 1.0 }

[circles."Front Bench"]
ideal = 21
worth = 3

[layers.1]
up_to = 4
ideal_days = 6
longest_days = 12
floor = 0.65
half_life_days = 60

[hours]
a_week = 20
friday = 0
evenings_a_week = 2
evenings = ["tuesday", "thursday"]

[forms.lunch]
hours = 1.5
capacity = 3
weekdays = ["monday", "tuesday"]
place = "the Embassy"

[forms.theatre]
use = false

[forms.church]
hours = 2

[places]
home = ["London"]

[[sitting]]
weekdays = ["wednesday"]
forms = ["telephone"]
why = "the House sits"

[[absence]]
from = 1938-12-24
to = 1939-01-01
why = "Christmas"

[[away]]
person = "Anthony Eden"
to = 1938-10-01

[[apart]]
one = "Leslie Hore-Belisha"
other = ["Lord Gort", "circle:Front Bench"]

[[together]]
people = ["Jan Masaryk", "Lord Halifax"]

[courtesies]
birthday = "flowers"
death = "none"
"""


def read(text: str) -> PlanSettings:
    settings, problems = parse_plan(tomllib.loads(text), text)
    assert problems == ()
    return settings


def tell(text: str) -> list[tuple[str, int, str]]:
    return [(p.code, p.line, p.message) for p in parse_plan(tomllib.loads(text), text)[1]]


# ── what is set ─────────────────────────────────────────────────────────────────────────


def test_nothing_set_is_the_defaults():
    settings = read("")
    assert settings == PlanSettings()
    assert [layer.up_to for layer in settings.layers] == [5, 15, 50, 150, 500]
    assert [layer.ideal_days for layer in settings.layers] == [7, 14, 30, 90, 180]
    assert [settings.layer_of(r).number for r in (1, 5, 6, 15, 16, 51, 500)] == [1, 1, 2, 2, 3, 4, 5]
    assert settings.layer_of(501) is None
    assert settings.forms == DEFAULT_FORMS


def test_the_template_and_a_full_file_are_read_without_a_word():
    assert read(PLAN_TEXT) == PlanSettings()
    settings = read(FULL)
    assert settings.people["Lord Halifax"] == Wish(14, 28, 2.0, 1.0, ("lunch", "telephone"))
    assert settings.people["Jan Masaryk"] == Wish(30)
    layer = settings.layers[0]
    assert (layer.up_to, layer.ideal_days, layer.longest_days, layer.floor) == (4, 6, 12, 0.65)
    assert (layer.half_life_days, layer.worth) == (60.0, 12.0)
    forms = {f.name: f for f in settings.forms}
    assert "theatre" not in forms
    assert (forms["church"].hours, forms["church"].effect) == (2.0, 0.3)
    lunch = forms["lunch"]
    assert (lunch.hours, lunch.capacity, lunch.place, lunch.weekdays) == (1.5, 3, "the Embassy", {0, 1})
    assert [(p.one.name, p.other.kind, p.other.name) for p in settings.apart] == [
        ("Leslie Hore-Belisha", "person", "Lord Gort"),
        ("Leslie Hore-Belisha", "circle", "Front Bench"),
    ]
    assert settings.courtesies == {**DEFAULT_COURTESIES, "birthday": "flowers", "death": ""}
    assert (settings.start, settings.let_go) == (("Beatrice Webb",), ("Joachim Ribbentrop",))


def test_hours_of_a_week_lose_what_an_absence_takes():
    settings = read(FULL)
    # Friday has no hours: the 20 lie on six days, and four of them are away (Saturday to Tuesday…).
    assert settings.hours_in(D(1938, 9, 5)) == (20.0, "")
    hours, says = settings.hours_in(D(1938, 12, 19))
    assert says == "Christmas"
    assert hours == pytest.approx(20 * 4 / 6)  # Saturday and Sunday are gone
    assert settings.hours_in(D(1938, 12, 26)) == (0.0, "Christmas")
    assert settings.hours_in(D(1938, 9, 5), hours=9) == (9.0, "")
    assert settings.evenings_in(D(1938, 9, 5)) == 2
    assert settings.evenings_in(D(1938, 12, 26)) == 0


def test_hours_by_weekday_alone_make_the_week():
    days = "\n".join(f"{day} = 3" for day in "monday tuesday wednesday thursday friday".split())
    settings = read(f"[hours]\n{days}\nsaturday = 0\nsunday = 0\n")
    assert (settings.hours_a_week, settings.hours_set) == (15, True)
    assert settings.hours_in(D(1938, 9, 5), hours=40) == (15.0, "")


def test_forms_that_fit_a_day():
    settings = read(FULL)
    monday, tuesday, wednesday, friday = (D(1938, 9, n) for n in (5, 6, 7, 9))
    assert "lunch" in settings.forms_on(monday)
    assert "dinner" not in settings.forms_on(monday)  # no evening of its own
    assert "dinner" in settings.forms_on(tuesday)
    assert settings.forms_on(wednesday) == ("telephone",)
    assert settings.forms_on(friday) == ()
    assert settings.forms_on(D(1938, 12, 27)) == ()


def test_a_form_nobody_may_use_leaves_the_others():
    text = "".join(f"[forms.{f.name}]\nuse = false\n" for f in DEFAULT_FORMS)
    assert read(text).forms == ()


# ── what is told ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        ("strat = ['x']", "setting-unknown", 1, "Did you mean “start”"),
        ("\n[hours]\na_week = -1", "setting-value", 3, "hours.a_week has to be a number from 0 to 112"),
        ("[hours]\nmonday = true", "setting-value", 2, "not True"),
        ("[forms.lunhc]\nhours = 1", "setting-unknown", 1, "Did you mean “lunch”"),
        ("[forms.lunch]\nat = '25:00'", "setting-value", 2, "has to be a time"),
        ('[intervals_days]\n"A B" = 0', "setting-value", 2, 'intervals_days."A B" has to be a whole number'),
        ('[intervals_days]\n"A B" = { ideal = 9, longest = 3 }', "setting-value", 2, "shorter than the ideal"),
        ("[layers.2]\nup_to = 2", "setting-value", 2, "less than that of the layer before it"),
        ("[layers.9]\nideal_days = 2", "setting-value", 1, "needs up_to and ideal_days"),
        ("[[absence]]\nfrom = 1938-09-01", "setting-value", 1, "needs a first and a last day"),
        ("[[absence]]\non = 1938-09-01\n[[absence]]\nfrom = 1938-09-02\nto = 1938-09-01",
         "setting-value", 5, "before the first day"),
        ("[[apart]]\none = 'A'", "setting-value", 1, "names no two"),
        ("[[sitting]]\nforms = ['telephone']", "setting-value", 1, "names no day"),
        ("[[away]]\nto = 1938-09-01", "setting-value", 1, "names nobody"),
        ("layers = 3", "setting-value", 1, "has to be a table"),
        ("absence = 3", "setting-value", 1, "written as [[absence]]"),
        ("start = [3]", "setting-value", 1, "has to hold texts"),
        ("[courtesies]\nbirthdy = 'x'", "setting-unknown", 2, "Did you mean “birthday”"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_with_its_line(text, code, line, words):
    [(told, at, message)] = tell(text)
    assert (told, at) == (code, line)
    assert words in message


def test_a_bad_value_leaves_the_default_and_the_rest():
    text = FULL.replace("a_week = 20", "a_week = 'much'").replace("hours = 1.5", "hours = 0")
    settings, problems = parse_plan(tomllib.loads(text), text)
    assert (settings.hours_a_week, len(problems)) == (18.0, 2)
    lunch = next(f for f in settings.forms if f.name == "lunch")
    assert (lunch.hours, lunch.capacity) == (2.0, 3)


def test_a_sitting_whose_weekdays_are_all_wrong_is_not_every_day():
    text = "[[sitting]]\nweekdays = ['sunnday']\nfrom = 1938-01-01\nforms = ['telephone']"
    settings, problems = parse_plan(tomllib.loads(text), text)
    assert (settings.sitting, len(problems)) == ((), 1)


LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 4000), st.floats(allow_nan=True), st.text(max_size=8),
    st.dates(), st.times(), st.datetimes(), st.sampled_from(["lunch", "monday", "13:00", "1938-09-01"]),
)  # fmt: skip
KEYS = st.sampled_from(
    """intervals_days circles layers default_days default_after_encounters hours forms places sitting
    absence away apart together start let_go courtesies a_week monday evenings lunch ideal longest 1 2 7
    up_to floor worth from to on people one other weekdays use at capacity home birthday person""".split()
) | st.text(max_size=6)
TREES = st.recursive(
    LEAVES, lambda t: st.lists(t, max_size=3) | st.dictionaries(KEYS, t, max_size=5), max_leaves=25
)


@given(st.dictionaries(KEYS, TREES, max_size=8))
def test_no_value_whatever_stops_the_reading(data):
    settings, problems = parse_plan(data)
    assert all(p.message and p.hint for p in problems)
    assert 0 <= settings.hours_a_week <= 112
    assert all(f.hours > 0 and f.capacity >= 1 and 0 <= f.effect <= 1 for f in settings.forms)
    assert [x.up_to for x in settings.layers] == sorted(x.up_to for x in settings.layers)
    assert all(w.ideal_days is None or w.ideal_days >= 1 for w in settings.people.values())
    hours, _ = settings.hours_in(D(1938, 9, 5))
    assert 0 <= hours <= settings.hours_a_week + 1e-6


# ── whom it means ───────────────────────────────────────────────────────────────────────


def test_each_value_comes_from_the_nearest_that_sets_it():
    settings = read(FULL)
    rules = Rules(settings, {"p-halifax": settings.people["Lord Halifax"], "p-x": Wish(forms=("visit",))})
    layer = settings.layers[0]
    mine = rules.of("p-halifax", ("front  bench",), layer)
    assert (mine.ideal_days, mine.longest_days, mine.why, mine.floor) == (14, 28, "you set", 1.0)
    assert (mine.worth, mine.forms) == (24.0, ("lunch", "telephone"))
    circle = rules.of("p-y", ("Front Bench",), layer)
    # A longest interval of six days' layer is shorter than three weeks: it is none.
    assert (circle.ideal_days, circle.longest_days, circle.why) == (21, None, "circle Front Bench")
    assert (circle.worth, circle.cold_days) == (36.0, 42)
    only_forms = rules.of("p-x", (), layer)
    assert (only_forms.ideal_days, only_forms.longest_days, only_forms.why) == (6, 12, "layer 1")
    assert only_forms.forms == ("visit",)
    assert rules.of("p-z", (), None) is None


def test_one_default_interval_goes_before_the_layers():
    settings = read("default_days = 60")
    rule = Rules(settings, {}).of("p-x", (), settings.layers[2])
    assert (rule.ideal_days, rule.why, rule.worth) == (60, "default", 3.5)
    assert Rules(settings, {}).of("p-x", (), None).ideal_days == 60


@pytest.fixture
def rows():
    made = LedgerRows()
    made.owner("Ivan Maisky")
    for name in ("Jan Masaryk", "Lord Halifax", "Rab Butler", "Robert Hudson"):
        made.person(name)
    made.put("people", person="p-other", name="Mary Hudson", sort_name="hudson, mary", origin="name",
             block="hudson", citation="", state="read")  # fmt: skip
    item = made.item("card", "Front Bench")
    for person in ("p-halifax", "p-butler"):
        made.fact(person, "category", "Front bench", item="")
    assert item
    return made


def test_names_lead_to_people_or_are_told(rows):
    text = """
let_go = ["Rab Butler", "Nobody Known"]
[intervals_days]
"Jan Masaryk" = 30
"Hudson" = 10
"Ivan Maisky" = 5
[circles."Front Bench"]
ideal = 20
[circles.Press]
ideal = 20
[[apart]]
one = "Jan Masaryk"
other = "circle:Front Bench"
[[together]]
people = ["Jan Masaryk", "p-hudson", "Hudson"]
[[away]]
person = "Lord Halifax"
from = 1938-09-01
"""
    settings, problems = parse_plan(tomllib.loads(text), text)
    assert problems == ()
    with rows.store.looking() as tx:
        found, told = resolve_plan(tx, settings, "p-maisky", text)
    assert dict(found.rules.people) == {"p-masaryk": Wish(30)}
    assert found.apart == {("p-butler", "p-masaryk"), ("p-halifax", "p-masaryk")}
    assert found.together == {("p-hudson", "p-masaryk")}
    assert [a.person for a in found.away] == ["p-halifax"]
    assert (found.let_go, found.start) == ({"p-butler"}, ())
    assert found.circle_members() == {"Front Bench": ("p-butler", "p-halifax"), "Press": ()}
    assert {(p.code, p.line) for p in told} == {("setting-name", n) for n in (2, 5, 6, 9)}
    said = " ".join(p.message for p in told)
    assert "names “Nobody Known”, who is nobody on record" in said
    assert "fits 2 people" in said
    assert "is the owner" in said
    assert "names the circle “Press”, which nobody is in" in said


def test_nothing_set_looks_nobody_up(rows):
    with rows.store.looking() as tx:
        found, told = resolve_plan(tx, PlanSettings(), "p-maisky")
    assert (found.circles, told, found.rules.people) == ({}, (), {})


# ── where things stand ──────────────────────────────────────────────────────────────────


def test_lines_and_words_of_settings():
    assert find_line(FULL, ("intervals_days", "Jan Masaryk")) == 7
    assert find_line(FULL, ("intervals_days", "Lord Halifax", "longest")) == 8
    assert find_line(FULL, ("apart", 0, "other")) == FULL[: FULL.index("other =")].count("\n") + 1
    assert find_line(FULL, ("nothing",)) == 0
    start, end = find_words(FULL, ("intervals_days", "Jan Masaryk"))
    assert FULL[start:end] == '"Jan Masaryk" = 30'


# ── edits ───────────────────────────────────────────────────────────────────────────────


def change(text: str, **changes) -> str:
    return edit_plan_text(text.encode(), {k.replace("__", "."): v for k, v in changes.items()}).decode()


def test_an_edit_changes_its_line_and_no_other():
    after = edit_plan_text(FULL.encode(), {
        "hours.a_week": 15,
        'intervals_days."Jan Masaryk"': 45,
        'intervals_days."Rab Butler"': {"ideal": 30, "longest": 60},
        "layers.1.floor": None,
        "layers.2.floor": 0.5,
        "absence.+": {"from": "1939-04-01", "to": "1939-04-10"},
        "away.0": None,
    }).decode()  # fmt: skip
    gone = [x for x in FULL.split("\n") if x not in after.split("\n")]
    assert gone == [
        '"Jan Masaryk" = 30', "floor = 0.65", "a_week = 20",
        "[[away]]", 'person = "Anthony Eden"', "to = 1938-10-01",
    ]  # fmt: skip
    settings = read(after)
    assert settings.people["Rab Butler"] == Wish(30, 60)
    assert (settings.layers[0].floor, settings.layers[1].floor, settings.away) == (None, 0.5, ())
    assert settings.absences[1].until == D(1939, 4, 10)


def test_an_edit_of_the_template_puts_keys_in_their_tables():
    after = change(PLAN_TEXT, hours__a_week=12, layers__1__floor=1.0, start=["Jan Masaryk"])
    assert [x for x in PLAN_TEXT.split("\n") if x not in after.split("\n")] == []
    settings = read(after)
    assert (settings.hours_a_week, settings.layers[0].floor, settings.start) == (12, 1.0, ("Jan Masaryk",))


def test_an_edit_that_the_file_could_not_hold_is_refused():
    for bad in (
        {"hours.a_week": -1}, {"hours.a_wek": 3}, {"": 3}, {"absence.5.to": "1938-01-01"},
        {"absence.+": {"from": "1938-02-01"}}, {"hours.a_week": float("inf")}, {"hours.a_week": object()},
        {"hours.a_week.x": 3}, {"absence.+.from": "1938-02-01"}, {"absence.0.to": "1938-02-31"},
    ):  # fmt: skip
        with pytest.raises(UsageError):
            edit_plan_text(FULL.encode(), bad)
    with pytest.raises(WorkspaceError):
        edit_plan_text(b"[hours", {"hours.a_week": 3})
    with pytest.raises(WorkspaceError):
        edit_plan_text(b"\xff\xfe", {"hours.a_week": 3})


def test_what_was_wrong_before_does_not_stop_an_edit():
    after = change("[hours]\nmonday = 99\n", hours__a_week=12)
    assert after == "[hours]\nmonday = 99\na_week = 12\n"


# ── files ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path)
    yield home
    home.space.close()


@pytest.fixture
def files(home):
    return OwnFiles(home.space.settings.root, home.ledger.store, home.space.clock)


def test_a_file_is_rewritten_only_while_it_is_what_was_looked_at(home, files):
    path = home.space.settings.root / "plan.toml"
    _, before = files.load("plan.toml")
    after = edit_plan(files, before, {"hours.a_week": 12})
    assert files.load("plan.toml")[1] == after
    assert load_settings(home.space.settings.root).plan.hours_a_week == 12
    with pytest.raises(EditConflictError):
        edit_plan(files, before, {"hours.a_week": 13})
    path.write_bytes(path.read_bytes() + b"# by hand\n")
    with pytest.raises(EditConflictError):
        edit_plan(files, after, {"hours.a_week": 13})
    assert b"a_week = 12" in path.read_bytes()
    assert b"# by hand" in path.read_bytes()
    edit_plan(files, None, {"hours.a_week": 14})
    assert b"a_week = 14" in path.read_bytes()
    assert b"# by hand" in path.read_bytes()
    assert not list(path.parent.glob("*.new"))


def test_every_version_arrives_once_and_nothing_is_derived_from_it(home, files):
    files.note()
    assert files.versions("plan.toml") == ()  # as the program made it
    home.write("1939-03-09.md", "# 9 March 1939\n\nLunch with Lord Halifax.\n")
    home.take()
    people = home.rows("people", "person")
    path = home.space.settings.root / "plan.toml"
    edit_plan(files, None, {"hours.a_week": 12})
    path.write_text("[hours]\na_week = 13\n", encoding="utf-8")
    files.note()
    files.note()
    texts = [files.load_version(v.document).decode() for v in files.versions("plan.toml")]
    assert texts == [PLAN_TEXT, change(PLAN_TEXT, hours__a_week=12), "[hours]\na_week = 13\n"]
    assert home.rows("people", "person") == people
    assert not [r for r in home.rows("items") if r["source"] == SETTINGS]
    home.sound()
    home.ledger.rebuild()
    assert home.rows("people", "person") == people
    home.sound()


def test_an_import_of_the_workspace_neither_doubles_nor_loses_the_versions(home, files):
    root = home.space.settings.root
    edit_plan(files, None, {"hours.a_week": 12})
    before = home.ledger.hashes()
    home.take(root)
    home.take(root / "plan.toml")
    assert home.ledger.hashes() == before
    (root / "plan.toml").unlink()
    home.take(root)
    assert home.ledger.hashes() == before
    files.note()
    assert [v.document for v in files.versions("plan.toml")][-1] == ""
    home.sound()


def test_an_export_gives_the_versions_back(home, files, tmp_path):
    from legation.ledger.export import export_ledger, restore_ledger

    edit_plan(files, None, {"hours.a_week": 12})
    edit_plan(files, None, {"hours.a_week": 13})
    export_ledger(home.ledger, tmp_path / "out")
    (tmp_path / "again").mkdir()
    there = Home(tmp_path / "again")
    try:
        restore_ledger(there.ledger, tmp_path / "out")
        assert there.ledger.hashes() == home.ledger.hashes()
        again = OwnFiles(there.space.settings.root, there.ledger.store, there.space.clock)
        assert again.versions("plan.toml") == files.versions("plan.toml")
        there.sound()
    finally:
        there.space.close()


def test_two_ledgers_with_versions_of_their_own_become_one(home, files, tmp_path):
    from legation.ledger.export import export_ledger, restore_ledger

    edit_plan(files, None, {"hours.a_week": 12})
    (tmp_path / "other").mkdir()
    there = Home(tmp_path / "other")
    try:
        others = OwnFiles(there.space.settings.root, there.ledger.store, there.space.clock)
        edit_plan(others, None, {"hours.a_week": 40})
        export_ledger(there.ledger, tmp_path / "out")
    finally:
        there.space.close()
    restore_ledger(home.ledger, tmp_path / "out")
    home.sound()
    # The file here is as it was; that it stands again is a version of its own.
    assert load_settings(home.space.settings.root).plan.hours_a_week == 12
    files.note()
    texts = [files.load_version(v.document).decode() for v in files.versions("plan.toml")]
    assert [tomllib.loads(t).get("hours", {}).get("a_week") for t in texts] == [None, 12, 40, 12]
    home.sound()


def test_undo_goes_back_step_by_step(home, files):
    for hours in (12, 13, 14):
        edit_plan(files, None, {"hours.a_week": hours})

    def hours_now():
        return load_settings(home.space.settings.root).plan.hours_a_week

    files.undo("plan.toml")
    assert hours_now() == 13
    files.undo("plan.toml")
    assert hours_now() == 12
    edit_plan(files, None, {"hours.a_week": 20})
    files.undo("plan.toml")
    assert hours_now() == 12
    files.undo("plan.toml")
    assert files.load("plan.toml")[0] == PLAN_TEXT.encode()
    with pytest.raises(NotFoundError):
        files.undo("plan.toml")
    edit_plan(files, None, {"hours.a_week": 21})
    with pytest.raises(EditConflictError):
        files.undo("plan.toml", "another hash")


@pytest.mark.parametrize(
    ("documents", "back"),
    [("", ""), ("a", ""), ("ab", "a"), ("aba", ""), ("abcb", "a"), ("abb", "a"), ("abcbd", "b")],
)
def test_undoing_skips_what_undoing_wrote(documents, back):
    assert earlier(list(documents)) == back


def test_a_setting_can_be_cited(home, files):
    edit_plan(files, None, {'intervals_days."Jan Masaryk"': 30})
    cited = files.cite("plan.toml", ("intervals_days", "Jan Masaryk"))
    assert cited.quote == '"Jan Masaryk" = 30'
    assert cited.holds_in(files.load_version(cited.document).decode())
    assert files.cite("plan.toml", ("nobody",)) is None


def test_only_looking_notes_the_version_that_was_read(home):
    from legation.workspace.look import open_desk

    root = home.space.settings.root
    (root / "plan.toml").write_text("[hours]\na_week = 13\n", encoding="utf-8")
    home.space.close()
    desk = open_desk(root)
    versions = OwnFiles(root, desk.store, desk.clock).versions("plan.toml")
    assert len(versions) == 1
    with home.ledger.writing():
        (root / "plan.toml").write_text("[hours]\na_week = 14\n", encoding="utf-8")
        open_desk(root)  # another process writes: it does not wait and does not fail
    assert len(OwnFiles(root, desk.store, desk.clock).versions("plan.toml")) == 1


def test_crlf_and_a_missing_last_line_end_are_left():
    after = edit_plan_text(b"[hours]\r\na_week = 1", {"hours.monday": 2, "start": ["A" * 60, "B" * 60]})
    assert after.count(b"\n") == after.count(b"\r\n")
    assert tomllib.loads(after.decode())["hours"] == {"a_week": 1, "monday": 2}
