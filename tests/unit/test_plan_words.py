"""What the plan and Today say of one record: why, who goes cold, what stands, the same coverage in both."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from ledger_rows import LedgerRows
from test_plan_dated import FORMS, MONDAY, NAMES, day, proposed, standing_at, world

from legation.desk.cli.commands.planning import _set_encounter
from legation.desk.cli.terminal import Page
from legation.plan.dated import date_plan
from legation.plan.due import cover_days, is_covered
from legation.plan.forms import DEFAULT_FORMS, map_effects
from legation.plan.inputs import Coming, Logged, Record, covered_until, derive_hours, derive_people
from legation.plan.instance import Group
from legation.plan.numbers import number_input
from legation.plan.propose import cold_people
from legation.plan.score import score_groups
from legation.plan.settings import PlanSettings, Rules, Wish
from legation.plan.tidy import tidy_groups
from legation.plan.weeks import Guest, PlannedEncounter
from legation.report.plan_doubles import say_doubles
from legation.report.plan_reasons import plan_notes, say_cold, with_reasons
from legation.report.plan_record import gather_record
from legation.report.plan_rules import PlanRules
from legation.report.plan_views import PlannedView
from legation.report.saying import say_weekday

EFFECTS = map_effects(DEFAULT_FORMS)
LOUD = tuple(replace(f, effect=1.0) if f.name == "telephone" else f for f in DEFAULT_FORMS)


def planned_for(*logged, ideal=90, settings=None, met=None, since=MONDAY):
    record = Record("p-0", "Churchill", logged, len(logged) if met is None else met, 1.0, has_number=True)
    rules = Rules(settings or PlanSettings(), {"p-0": Wish(ideal_days=ideal)})
    (person,), _ = derive_people([record], rules, since, since + dt.timedelta(days=55))
    return person


def ago(days, form="lunch"):
    return Logged(MONDAY - dt.timedelta(days=days), form)


def whys(given_, *encounters):
    return {(e.on, g.name): g.why for e in with_reasons(given_, encounters, EFFECTS) for g in e.guests}


# ── coverage ────────────────────────────────────────────────────────────────────────────


def test_a_call_after_a_dinner_makes_nobody_cold_sooner():
    dinner, call = ago(20, "dinner"), ago(3, "telephone")
    without, both = planned_for(dinner), planned_for(dinner, call)
    assert both.last_form == "telephone"
    assert both.cold_on() == without.cold_on() == dinner.on + dt.timedelta(days=180)
    assert both.covered_by == dinner
    given_ = replace(world(people=1), people=(both,))
    assert cold_people(given_, (), EFFECTS) == {}


def test_an_effect_that_is_set_counts_for_what_was_held_in_the_plan_and_in_today():
    loud = PlanSettings(forms=LOUD)
    call = ago(20, "telephone")
    assert covered_until([call], 40) == call.on + dt.timedelta(days=13)
    assert planned_for(call, ideal=40).covered_until == call.on + dt.timedelta(days=13)
    assert planned_for(call, ideal=40, settings=loud).covered_until == call.on + dt.timedelta(days=39)
    assert planned_for(call, ideal=40, settings=loud).cold_on() == call.on + dt.timedelta(days=80)
    effects = map_effects(LOUD)
    assert cover_days("telephone", 40, effects) == 40
    assert is_covered([(call.on, "telephone")], 40, MONDAY, effects)
    assert not is_covered([(call.on, "telephone")], 40, MONDAY)


def test_today_counts_the_effects_of_plan_toml():
    wishes = {"Jan Masaryk": Wish(ideal_days=40)}
    for forms, due in ((DEFAULT_FORMS, 1), (LOUD, 0)):
        rows = LedgerRows(plan=PlanSettings(people=wishes, forms=forms))
        rows.owner()
        rows.met(rows.person("Jan Masaryk"), ["1939-02-10"], form="telephone")
        assert len(rows.desk.today().due) == due


# ── Today and the plan ──────────────────────────────────────────────────────────────────


@pytest.fixture
def rows():
    made = LedgerRows(intervals=(("Jan Masaryk", 30), ("Anthony Eden", 30)))
    made.owner()
    return made


def test_whoever_is_believed_dead_is_due_nowhere(rows):
    eden = rows.person("Anthony Eden")
    rows.met(eden, ["1938-06-01"])
    assert [d.person.id for d in rows.desk.today().due] == [eden]
    item = rows.item("a", "Poor Eden is dead.", on="1939-02-01")
    rows.finding(item, "Poor Eden is dead", "occasion", [("person", eden)], what="death", on="1939-02-01")
    assert rows.desk.today().due == ()


def test_today_shows_what_stands_and_says_of_the_due_when_they_come(rows, tmp_path):
    masaryk, eden = rows.person("Jan Masaryk"), rows.person("Anthony Eden")
    rows.met(masaryk, ["1938-09-01"])
    rows.met(eden, ["1938-06-01"])
    rows.desk.settings = replace(rows.desk.settings, root=tmp_path)
    (tmp_path / "legation.toml").write_text('[workspace]\nname = "w"\n', encoding="utf-8")
    before = rows.desk.today()
    assert before.planned == ()
    assert {d.planned_on for d in before.due} == {""}
    first = before.due[0].person
    other = eden if first.id == masaryk else masaryk
    (tmp_path / "weeks.toml").write_text(
        'since = 1939-03-06\nweeks = 2\n\n[[encounter]]\nuid = "plan-a"\non = 1939-03-09\nat = "08:30"\n'
        f'form = "breakfast"\nhours = 1.25\nguests = [{{ person = "{first.id}", name = "{first.name}" }},'
        f' {{ person = "{other}", reply = "declined" }}]\n',
        encoding="utf-8",
    )
    view = rows.desk.today()
    (planned,) = view.planned
    assert (planned.form, planned.kept, planned.id) == ("breakfast", True, "plan-a")
    assert [p.id for p in planned.people] == [first.id], "who declined does not come"
    assert [d.person.id for d in view.due] == [other, first.id], "who comes anyway stands below"
    assert view.due[1].planned_on == "1939-03-09"
    assert view.due[1].why.endswith("; planned: a breakfast on 9 March")
    (tmp_path / "weeks.toml").write_text("weeks = [", encoding="utf-8")
    broken = rows.desk.today()
    assert len(broken.due) == 2
    assert any("weeks.toml cannot be read" in note for note in broken.notes)


def test_doubles_are_named_once_where_the_question_is_open(rows):
    names = {"p-a": "Lord Bruncker", "p-b": "Lord Brunker", "p-c": "Lord Brunkard", "p-d": "Pett"}

    def ask(number, one, other, state="open"):
        rows.put(
            "questions", question=f"q-{number}", kind="same", maker="b", prompt="?", subject='{"a":1,"b":2}',
            options="[]", citations="[]", people=f'["{one}","{other}"]', weight=1, state=state,
        )  # fmt: skip

    ask(1, "p-a", "p-b")
    ask(2, "p-c", "p-b")
    ask(3, "p-a", "p-d", state="never")
    ask(4, "p-d", "p-elsewhere")
    with rows.store.looking() as tx:
        (said,) = say_doubles(tx, names)
        assert say_doubles(tx, {"p-d": "Pett"}) == ()
    assert "Lord Bruncker or Lord Brunkard or Lord Brunker." in said
    assert "Pett" not in said


def test_the_wife_is_of_the_household_however_seldom_she_is_met(rows):
    rows.put(
        "people", person="p-wife", name="Wife of Ivan Me", sort_name="me", origin="name", block="kin|ivan me|wife",
        citation="", state="read",
    )  # fmt: skip
    rows.met("p-wife", ["1939-02-01"])
    rules = PlanRules(Rules(PlanSettings(), {}), {})
    with rows.store.looking() as tx:
        found = gather_record(tx, "p-me", MONDAY, MONDAY + dt.timedelta(days=55), rules)
    _, left = derive_people(found.records, rules.rules, MONDAY, MONDAY + dt.timedelta(days=55))
    assert [(o.name, o.why) for o in left] == [
        ("Wife of Ivan Me", "your household: seen daily, which needs no plan")
    ]


# ── reasons ─────────────────────────────────────────────────────────────────────────────


def test_a_seat_is_free_only_beside_somebody_for_whom_it_is():
    people = [planned_for(ago(60), ideal=n) for n in (90, 90, 60)]
    people = [replace(p, person=f"p-{n}", name=NAMES[n]) for n, p in enumerate(people)]
    given_ = replace(world(people=1), people=tuple(people))
    two = whys(given_, standing_at("breakfast", day(0, 1), 0, 1))
    assert all(": early, due in 4 weeks" in why for why in two.values())
    due = whys(given_, standing_at("breakfast", day(0, 1), 0, 2))
    assert "seat free, due in 4 weeks" in due[day(0, 1), NAMES[0]]
    assert ": due on 6 March" in due[day(0, 1), NAMES[2]]
    birthday = Coming("p-1", day(0, 1), "birthday", "birthday on 7 March", "letter")
    marked = whys(replace(given_, occasions=(birthday,)), standing_at("breakfast", day(0, 1), 0, 1))
    assert "seat free" in marked[day(0, 1), NAMES[0]]
    assert "early" not in marked[day(0, 1), NAMES[1]]


def test_what_a_slight_form_covers_is_told():
    given_ = replace(world(people=1), people=(planned_for(ago(200), ideal=30),))
    found = whys(given_, standing_at("reception", day(0, 1), 0), standing_at("visit", day(1, 3), 0))
    assert found[day(1, 3), "Churchill"] == (
        "after a reception on 7 March; you mean every 30 days, of which a reception covers 9 days:"
        " due on 16 March"
    )
    by = replace(given_, people=(planned_for(ago(85, "dinner"), ago(40, "telephone")),))
    (why,) = whys(by, standing_at("visit", day(0, 1), 0)).values()
    assert "of which a dinner on 11 December 1938 covers 90 days: due on 11 March" in why


def test_reasons_read_as_sentences_after_the_theatre_and_without_a_day():
    given_ = replace(world(people=1), people=(planned_for(ago(200), ideal=14),))
    found = whys(given_, standing_at("theatre", day(0, 1), 0), standing_at("visit", day(2, 1), 0))
    assert found[day(2, 1), "Churchill"].startswith("after an evening at the theatre on 7 March; ")
    vague = replace(given_, people=(planned_for(Logged(None, "lunch")),))
    (why,) = whys(vague, standing_at("visit", day(0, 1), 0)).values()
    assert why == "met, on no day that is known; you mean every 90 days"


def test_the_reason_of_the_cold_is_the_true_one():
    never, vague, gone = planned_for(), planned_for(Logged(None, "lunch")), planned_for(ago(400))
    given_ = replace(world(people=1, weeks=1), people=(never,))

    def cold(person, *encounters, hours=None):
        here = given_ if hours is None else replace(given_, hours=(hours,))
        return say_cold(person, person.cold_on(), here, encounters)

    assert cold(never, hours=0.0) == "no encounter on record; there were no hours"
    assert cold(vague, hours=0.0) == "met, on no day that is known; there were no hours"
    assert cold(gone, hours=0.2).startswith("past it since ")
    assert cold(gone, hours=0.2).endswith("; the hours went to others")
    assert cold(never).endswith("hours for a breakfast are left in the week of 6 March")
    full = [replace(standing_at("dinner", day(0, n), 5), hours=given_.hours[0] / 2) for n in (1, 3)]
    assert cold(never, *full).endswith("; the hours went to others")
    assert cold(gone, standing_at("telephone", day(0, 1), 0)).endswith(
        "seen once in these weeks, which is not enough"
    )


def test_before_1753_no_weekday_is_said_and_the_rules_by_weekday_are_explained():
    old = dt.date(1666, 1, 6)
    assert say_weekday(old) == ""
    assert say_weekday(dt.date(1939, 3, 6)) == "Monday"
    assert derive_hours(PlanSettings(), old, 1)[1] == ("from the 6th on",)
    assert "Gregorian" in plan_notes(world(since=old), ())[0]
    assert not any("Gregorian" in note for note in plan_notes(world(), ()))


def test_the_page_of_an_old_week_has_days_without_weekdays():
    def first_line(on):
        page = Page()
        view = PlannedView("plan-abcdef", on, "13:00", "lunch", "", 2.0, (), locked=False, origin="plan")
        _set_encounter(page, view)
        return page.plain(page.lines[0]).strip()

    assert first_line("1666-01-12").startswith("12 13:00 Lunch")
    assert first_line("1939-03-07").startswith("Tue 7 13:00 Lunch")


# ── days and weeks ──────────────────────────────────────────────────────────────────────


def test_guests_of_two_weeks_are_seven_days_apart_where_a_day_allows_it():
    one = world(weeks=2)
    # The pinned one of the second week is dated first, and takes Monday; what is free makes way.
    fixed = standing_at("visit", day(1, 0), 0, locked=True)
    found = date_plan(one, [proposed(one, 0, "breakfast", 0), proposed(one, 0, "lunch", 1, 2)], (fixed,))
    breakfast = next(e for e in found.encounters if e.form == "breakfast")
    assert breakfast.on == day(0, 0)
    # Fewest guests count first: both of Wednesday's choices are three days short in all.
    late = standing_at("visit", day(1, 2), 1, locked=True)
    soon = standing_at("dinner", day(-1, 5), 0, locked=True)
    both = date_plan(one, [proposed(one, 0, "breakfast", 0, 1)], (soon, late))
    (free,) = [e for e in both.encounters if e.form == "breakfast"]
    near = [abs((free.on - other).days) < 7 for other in (soon.on, late.on)]
    assert sum(near) == 1


def test_a_day_that_turns_out_better_is_taken():
    one = world(weeks=2, people=2)
    wanted = [proposed(one, 0, "visit", 0), proposed(one, 1, "visit", 0), proposed(one, 1, "lunch", 1)]
    # In the second week only Monday is open to visits: the first has to make way.
    visits = replace(FORMS["visit"], weekdays=frozenset({0, 3}))
    plan = replace(one.settings, forms=tuple(visits if f.name == "visit" else f for f in one.settings.forms))
    closed = standing_at("visit", day(1, 3), 1, locked=True)
    found = date_plan(replace(one, settings=plan), wanted, (closed,))
    days = [e.on for e in found.encounters if e.form == "visit" and e.guests[0].name == "Churchill"]
    assert days == [day(0, 0), day(1, 0)]


def test_an_encounter_for_whom_nobody_is_due_waits_without_a_week_lost():
    base = world(people=3, weeks=6, wishes={n: Wish(ideal_days=60) for n in NAMES[:3]})
    people = tuple(
        replace(p, covered_until=day(4, -1), warm_until=day(8, 0), late_until=None, late_worth=0.0)
        for p in base.people
    )
    given_ = replace(base, people=people)
    numbered = number_input(given_)
    form = next(n for n, f in enumerate(numbered.instance.forms) if f.name == "lunch")
    early = (Group(form, 1, (0, 1)),)
    (held,) = tidy_groups(numbered, early)
    assert held.week == 4
    was, now = (score_groups(numbered.instance, numbered.weeks, g) for g in (early, (held,)))
    assert now.objective >= was.objective - 1e-9
    assert (now.covered >= was.covered).all()
    # A week without hours is passed over, and whoever is due is not put off.
    hours = np.array(numbered.weeks.hours)
    hours[4] = 0.0
    tight = replace(numbered, weeks=replace(numbered.weeks, hours=hours))
    assert [g.week for g in tidy_groups(tight, early)] == [3]
    due = replace(given_, people=(replace(people[0], covered_until=MONDAY), *people[1:]))
    assert [g.week for g in tidy_groups(number_input(due), early)] == [1]


def test_a_guest_list_of_one_day_is_not_shown_twice(rows):
    masaryk = rows.person("Jan Masaryk")
    rows.event("a", "Breakfast", "1939-03-09", people=[masaryk], form="breakfast")
    kept = PlannedEncounter(
        "plan-a", dt.date(1939, 3, 9), "breakfast", (Guest(masaryk, "Jan Masaryk"),), 1.25
    )
    from legation.report.today import today_view

    with rows.store.looking() as tx:
        (one,) = today_view(tx, kept.on, rows.desk.meant, (kept,)).planned
    assert not one.kept
