from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from legation.facts.candidates import Event, Reading
from legation.facts.when import When

sys.path.insert(0, str(Path(__file__).parent))
from ledger_rows import LedgerRows


@pytest.fixture
def rows():
    made = LedgerRows(intervals=(("Jan Masaryk", 30), ("Somebody Else", 10)))
    made.owner()
    return made


def days_before(*numbers):
    return [(dt.date(1939, 3, 9) - dt.timedelta(days=n)).isoformat() for n in numbers]


def test_an_empty_ledger_has_an_empty_page():
    view = LedgerRows().desk.today()
    assert view.on == "1939-03-09"
    assert (view.planned, view.due, view.occasions, view.questions, view.recent) == ((), (), (), (), ())


def test_somebody_past_the_interval_is_due_and_the_reason_is_said(rows):
    person = rows.person("Jan Masaryk")
    item = rows.item("a", "Lunch with Masaryk at home.", on="1938-09-04")
    rows.met(person, days_before(300, 250))
    rows.encounter("last", ["p-me", person], on="1938-09-04", item=item, quote="Lunch with Masaryk")
    (due,) = rows.desk.today().due
    assert due.person.name == "Jan Masaryk"
    said = "Met 3 times; last a lunch on 4 September, 186 days ago; you mean to meet every 30 days; "
    assert due.why == said + "7 in 100 that you meet within 30 days"
    assert (due.days_since, due.interval_days, due.set_by) == (186, 30, "you")
    assert due.last is not None
    assert due.last.quote == "Lunch with Masaryk"


def test_the_default_holds_from_the_third_meeting_on(rows):
    thrice, twice = rows.person("Tom Thrice"), rows.person("Tim Twice")
    rows.met(thrice, days_before(200, 190, 180))
    rows.met(twice, days_before(200, 190))
    (due,) = rows.desk.today().due
    assert (due.person.id, due.set_by, due.interval_days) == (thrice, "default", 90)


def test_nothing_dated_after_today_counts(rows):
    person = rows.person("Jan Masaryk")
    rows.met(person, [*days_before(40), "1941-05-01"])
    (due,) = rows.desk.today().due
    assert due.days_since == 40
    assert rows.desk.brief(person).encounter_count == 1
    assert [v.on for v in rows.desk.brief(person).later] == ["1941-05-01"]


def test_neither_the_owner_nor_the_dead_nor_the_unmet_are_due(rows):
    dead = rows.person("Dora Dead")
    rows.met(dead, days_before(200, 190, 180))
    rows.fact(dead, "death", "19390101")
    rows.person("Jan Masaryk")
    view = rows.desk.today()
    assert view.due == ()
    assert "Jan Masaryk" not in dict(view.unused), "the plan asks for an encounter: the interval counts there"
    (note,) = view.notes
    assert note.startswith("No encounter is on record with Jan Masaryk up to this day")


def test_names_of_the_plan_that_fit_nobody_are_told(rows):
    assert ("Somebody Else", "nobody on record is called so") in rows.desk.today().unused


def test_a_month_counts_by_its_last_day_and_the_day_is_said_to_be_unknown(rows):
    person = rows.person("Jan Masaryk")
    rows.met(person, ["1938-09"], form="reception")
    (due,) = rows.desk.today().due
    assert due.days_since == 160
    assert "a reception in September, the day not on record" in due.why


def test_undated_meetings_make_nobody_overdue_by_days(rows):
    person = rows.person("Jan Masaryk")
    rows.met(person, ["", ""])
    (due,) = rows.desk.today().due
    assert due.days_since is None
    assert due.why.startswith("Met twice; no meeting has a date; you mean")
    assert due.last is None


def test_planned_events_and_intentions_of_one_meeting_are_shown_once(rows):
    person = rows.person("Lord Beaverbrook")
    rows.event("lunch", "Lunch with Lord Beaverbrook", "1939-03-09", people=[person], form="lunch")
    item = rows.item("a", "Tomorrow I am to lunch with Beaverbrook.", on="1939-03-08")
    rows.account(item, "to lunch with Beaverbrook", ["p-me", person], on="1939-03-09", status="planned")
    rows.account(item, "I am", ["p-me", person], on="1939-03-10", status="planned")
    (planned,) = rows.desk.today().planned
    assert (planned.id, planned.form, planned.title) == ("v-lunch", "lunch", "Lunch with Lord Beaverbrook")
    assert [w.quote for w in planned.accounts] == [
        "SUMMARY:Lunch with Lord Beaverbrook",
        "to lunch with Beaverbrook",
    ]


def test_recurrences_come_round_except_on_days_taken_out_or_moved(rows):
    start = When("1939-02-23")
    rule = "FREQ=WEEKLY"
    whole = Reading("event", event=Event("w", "Weekly", start, rrule=rule, exdates=(When("1939-03-16"),)))
    rows.event("weekly", "Weekly", "1939-02-23", rrule=rule, uid="w", reading=whole)
    moved = Reading("event", event=Event("w", "Moved", When("1939-03-24"), instance=When("1939-03-23")))
    rows.event("moved", "Moved", "1939-03-24", uid="w", reading=moved)

    def titles(day):
        return [e.title for e in rows.desk.today(dt.date(1939, 3, day)).planned]

    assert [titles(d) for d in (9, 10, 16, 23, 24, 30)] == [["Weekly"], [], [], [], ["Moved"], ["Weekly"]]


def test_cancelled_events_are_left_out_and_long_ones_last(rows):
    off = Reading("event", event=Event("c", "Off", When("1939-03-09"), status="CANCELLED"))
    rows.event("off", "Off", "1939-03-09", reading=off)
    rows.event("tour", "Tour", "1939-03-07", until="1939-03-10")
    assert [e.title for e in rows.desk.today().planned] == ["Tour"]


def test_occasions_of_people_one_met_come_first(rows):
    met, other = rows.person("Mary Met"), rows.person("Olga Other")
    rows.met(met, days_before(20))
    rows.occasion(other, "1880-03-10")
    rows.occasion(met, "--03-18")
    rows.occasion(met, "1880-05-01")
    rows.occasion("p-me", "1884-03-10")
    view = rows.desk.today()
    assert [(o.person.id, o.days_until, o.says) for o in view.occasions] == [
        (met, 9, "Birthday on 18 March, in 9 days; the year is not on record"),
        (other, 1, "Birthday on 10 March, tomorrow: 59 years old"),
    ]


def test_recent_encounters_are_the_owners_of_the_last_fortnight(rows):
    person, third = rows.person("Jan Masaryk"), rows.person("Rab Butler")
    rows.met(person, days_before(1, 14, 15))
    rows.encounter("without", [person, third], on="1939-03-08")
    recent = rows.desk.today().recent
    assert [e.on for e in recent] == days_before(1, 14)
    assert all([p.id for p in e.people] == [person] and e.owner_there for e in recent)


def test_questions_that_unlock_most_come_first(rows):
    for number in range(8):
        rows.question(str(number), f"Who is {number}?", weight=number)
    rows.question("off", "Put off", weight=99, state="later")
    view = rows.desk.today()
    assert view.open_questions == 8
    assert [q.weight for q in view.questions] == [7, 6, 5, 4, 3]


def test_without_an_owner_nobody_is_due():
    rows = LedgerRows()
    a, b = rows.person("A One"), rows.person("B Two")
    for day in days_before(100, 200, 300):
        rows.encounter(day, [a, b], on=day)
    assert rows.desk.today().due == ()
    assert "closeness to whom is not known" in rows.desk.brief(a).closeness_says
