"""From a record to who is planned for: layers, coverage, worth, forms, and who is left out and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.plan.forms import DEFAULT_FORMS, EFFECTS
from legation.plan.inputs import (
    AwaySpan,
    Logged,
    Record,
    covered_until,
    derive_hours,
    derive_people,
    derive_worth,
    suitable_forms,
)
from legation.plan.settings import DEFAULT_LAYERS, Absence, PlanSettings, Rule, Rules, Sitting, Wish

DAY = dt.date(1939, 3, 6)
END = DAY + dt.timedelta(days=55)


def held(*ago, form="lunch"):
    return tuple(Logged(DAY - dt.timedelta(days=n), form) for n in ago)


def record(name, *ago, form="lunch", **more):
    return Record(f"p-{name}", name, held(*ago, form=form), met=len(ago), **more)


def derive(records, settings=None, people=None, **more):
    rules = Rules(settings or PlanSettings(), people or {})
    return derive_people(records, rules, DAY, END, **more)


def why(left, name):
    return next(o.why for o in left if o.name == name)


def test_layers_go_by_rank_of_closeness_and_the_left_out_take_no_place():
    records = [record(f"n{k}", 5, 10, 20, closeness=10.0 - k) for k in range(8)]
    records[0] = replace(records[0], never="died in 1938")
    people, left = derive(records)
    assert [p.name for p in people] == [f"n{k}" for k in range(1, 8)]
    assert [p.layer for p in people] == [1, 1, 1, 1, 1, 2, 2]
    assert [p.rule.ideal_days for p in people] == [7] * 5 + [14] * 2
    assert why(left, "n0") == "died in 1938"


def test_whoever_was_met_seldom_is_planned_for_only_if_the_user_means_it():
    records = [record("Eden", 5, 10), record("Corbin", 5, 10), record("Butler")]
    people, left = derive(records, people={"p-Corbin": Wish(ideal_days=30), "p-Butler": Wish(ideal_days=60)})
    assert {p.name: p.rule.why for p in people} == {"Corbin": "you set", "Butler": "you set"}
    assert why(left, "Eden").startswith("met only twice; it takes 3")
    started, _ = derive(records, start=("p-Eden",))
    assert [p.name for p in started] == ["Eden"]


def test_what_keeps_somebody_out_is_told_in_this_order():
    away = (AwaySpan(None, None, "away: in Moscow"),)
    dead = record("Dead", 5, 10, 20, never="died on 2 March 1939", closeness=3)
    gone = record("Gone", 5, 10, 20, away=away, closeness=2)
    dropped = record("Dropped", 5, 10, 20, never="died in 1939", closeness=1)
    people, left = derive([dead, gone, dropped], let_go=frozenset({"p-Dropped"}))
    assert people == ()
    assert why(left, "Dead") == "died on 2 March 1939"
    assert why(left, "Gone") == "away: in Moscow"
    assert why(left, "Dropped") == "let go, as plan.toml says"
    assert left[0].name == "Dropped", "whom the user chose to drop is told first"


def test_whoever_is_away_for_a_part_of_the_weeks_is_planned_for():
    spell = AwaySpan(DAY, DAY + dt.timedelta(days=20), "away")
    people, _ = derive([record("Hart", 5, 10, 20, away=(spell,))])
    assert [p.away for p in people] == [(spell,)]


def test_the_long_lost_are_lost_from_sight_unless_an_interval_is_set():
    lost = record("Webb", 900, 950, 990)
    assert why(derive([lost])[1], "Webb").startswith("lost from sight: not met since 1936")
    assert [p.name for p in derive([lost], people={"p-Webb": Wish(ideal_days=90)})[0]] == ["Webb"]


def test_habit_needs_no_plan_but_meals_are_no_habit():
    days = range(1, 190, 2)
    assert "habit" in why(derive([record("Clerk", *days, form="meeting")])[1], "Clerk")
    # Lunches may have been planned: whoever is kept by the plan must not fall out of it.
    assert [p.name for p in derive([record("Guest", *days)])[0]] == ["Guest"]
    set_by_hand = {"p-Clerk": Wish(ideal_days=14)}
    assert [p.name for p in derive([record("Clerk", *days, form="meeting")], people=set_by_hand)[0]] == [
        "Clerk"
    ]


@given(
    st.lists(st.tuples(st.integers(0, 400), st.sampled_from(sorted(EFFECTS))), min_size=1, max_size=12),
    st.integers(1, 200),
)
def test_coverage_is_the_latest_end_of_all_that_was_held(meetings, days):
    logged = [Logged(DAY - dt.timedelta(days=n), form) for n, form in meetings]
    until = covered_until(logged, days)
    ends = [one.on + dt.timedelta(days=EFFECTS[one.form] * days) for one in logged]
    assert until is not None
    assert until + dt.timedelta(days=1) == max(
        one.on + dt.timedelta(days=int(EFFECTS[one.form] * days)) for one in logged
    )
    assert until <= max(ends)
    assert covered_until([*logged, Logged(None, "lunch")], days) == until, "what has no day covers none"


def test_a_call_carries_on_but_does_not_replace_a_lunch():
    lunch, call = Logged(DAY - dt.timedelta(days=20), "lunch"), Logged(DAY, "telephone")
    assert covered_until([lunch], 30) == DAY + dt.timedelta(days=9)
    assert covered_until([lunch, call], 30) == DAY + dt.timedelta(days=9)
    assert covered_until([replace(lunch, on=DAY - dt.timedelta(days=25)), call], 30) == DAY + dt.timedelta(
        days=9
    )
    assert covered_until([call], 30) == DAY + dt.timedelta(days=9)


def test_every_fourteen_days_counts_some_four_times_as_much_as_every_ninety():
    def worth(days, who="you set"):
        return derive_worth(
            Rule(days, None, DEFAULT_LAYERS[-1].worth, (), who), DEFAULT_LAYERS[-1], DEFAULT_LAYERS
        )

    assert worth(14) / worth(90) == pytest.approx(7 / 1.6)
    assert [worth(d) for d in (7, 14, 30, 90, 180)] == pytest.approx([12, 7, 3.5, 1.6, 1.0])
    falling = [worth(d) for d in range(1, 400, 7)]
    assert falling == sorted(falling, reverse=True)
    doubled = Rule(14, None, 2 * DEFAULT_LAYERS[2].worth, (), "you set")
    assert derive_worth(doubled, DEFAULT_LAYERS[2], DEFAULT_LAYERS) == pytest.approx(14)


def test_a_longest_interval_parts_the_worth_and_does_not_add_to_it():
    records = [record("Eden", 5, 10, 20)]
    (plain,), _ = derive(records, people={"p-Eden": Wish(ideal_days=14)})
    (both,), _ = derive(records, people={"p-Eden": Wish(ideal_days=14, longest_days=28)})
    assert both.worth + both.late_worth == pytest.approx(plain.worth)
    assert both.late_worth == pytest.approx(plain.worth / 3)
    assert both.late_until is not None
    assert both.covered_until is not None
    assert both.late_until - both.covered_until == dt.timedelta(days=14)


class TestForms:
    rule = Rule(30, None, 1.0, (), "layer 3")

    def forms(self, one, rule=None, known=()):
        return suitable_forms(one, rule or self.rule, DEFAULT_FORMS, frozenset(known))

    def test_what_is_set_goes_before_all_else(self):
        only = replace(self.rule, forms=("telephone",))
        assert self.forms(record("King", 1, 2, 3), only) == {"telephone"}

    def test_whoever_was_met_often_and_never_at_a_table_is_not_asked_to_one(self):
        courtier = record("Duke", 1, 2, 3, 4, 5, form="visit")
        assert self.forms(courtier) == {"visit", "reception"}
        assert "lunch" in self.forms(record("Duke", 1, 2, form="visit")), "two encounters tell nothing"
        assert "lunch" in self.forms(replace(courtier, logged=(*courtier.logged, *held(9, form="tavern"))))

    def test_a_telephone_needs_a_number_or_a_record_that_knows_telephones(self):
        assert "telephone" not in self.forms(record("Hart", 1))
        assert "telephone" in self.forms(record("Hart", 1, has_number=True))
        assert "telephone" in self.forms(record("Hart", 1), known=("telephone",))
        assert "theatre" in self.forms(record("Hart", 1), known=("theatre",))


class TestHours:
    def test_a_week_that_has_begun_has_the_hours_of_its_days(self):
        hours, says = derive_hours(PlanSettings(hours_a_week=14), dt.date(1938, 9, 1), 3)
        assert hours == (8.0, 14.0, 14.0)
        assert says == ("from Thursday on", "", "")

    def test_absences_and_sitting_days_are_told(self):
        settings = PlanSettings(
            hours_a_week=14,
            absences=(Absence(dt.date(1939, 3, 13), dt.date(1939, 3, 19), "Paris"),),
            sitting=(Sitting(frozenset({1}), None, None, ("telephone",), "the House sits"),),
        )
        hours, says = derive_hours(settings, DAY, 2)
        assert hours == (14.0, 0.0)
        assert says == ("the House sits", "Paris, the House sits")

    def test_hours_given_go_before_those_set(self):
        assert derive_hours(PlanSettings(hours_a_week=14), DAY, 1, 7)[0] == (7.0,)
