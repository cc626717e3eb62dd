"""Hours and floors: more hours are never worse, what a floor takes is found by plans, and earlier days count."""

from __future__ import annotations

import datetime as dt
import itertools
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from legation.plan import ladder, made
from legation.plan.compare import follow_greedy
from legation.plan.earlier import count_earlier
from legation.plan.inputs import AwaySpan, derive_hours
from legation.plan.ladder import Ladder
from legation.plan.made import exceeds, make_once, solve_numbered
from legation.plan.numbers import number_input, with_hours
from legation.plan.propose import compare_plan, make_plan, weigh_plan
from legation.plan.settings import Absence, PlanSettings
from legation.plan.weeks import KeptWeeks
from legation.report.plan_reasons import say_unmet

sys.path.insert(0, str(Path(__file__).parent))
from test_plan_dated import MONDAY, day, standing_at, world


def at_hours(given, hours):
    by_week = derive_hours(given.settings, given.since, given.weeks, hours)[0]
    return replace(given, hours=by_week, hours_a_week=hours)


def with_floor(given, share, numbers):
    """Give some people one floor, as if they were a layer."""
    people = tuple(
        replace(p, floor=("layer 1", share)) if n in numbers else replace(p, floor=("", 0.0))
        for n, p in enumerate(given.people)
    )
    return replace(given, people=people)


def test_more_hours_are_never_worse_in_runs_of_their_own_nor_is_a_plan_than_one_search():
    given = with_floor(world(people=6, weeks=4), 0.85, range(3))
    budgets = [at_hours(given, hours / 2) for hours in range(3, 12)]
    plans = [Ladder(one).plan(one.hours_a_week) for one in budgets]
    for fewer, more in itertools.pairwise(plans):
        assert not exceeds(fewer.rank, more.rank), (fewer.given.hours_a_week, fewer.rank, more.rank)
    for one, plan in zip(budgets[::4], plans[::4], strict=True):
        assert not exceeds(make_once(one).rank, plan.rank)


def test_a_better_plan_for_fewer_hours_is_taken_over_with_its_days(monkeypatch):
    """Whatever a search finds: one that finds nothing with more hours does not make the plan worse."""
    given = with_floor(world(people=4, weeks=3), 0.5, range(2))
    good = make_once(at_hours(given, 3.0))
    nothing = replace(make_once(at_hours(given, 0.0)))

    def find(asked, *, incumbent=None):
        del incumbent
        return good if asked.hours_a_week == 3.0 else replace(nothing, given=asked)

    monkeypatch.setattr(ladder, "make_once", find)
    plan = Ladder(at_hours(given, 4.0)).plan(4.0)
    assert plan.encounters == good.encounters
    assert plan.share == pytest.approx(good.share)
    assert plan.numbered.weeks.hours.tolist() == [4.0] * 3


def test_greedy_choice_is_taken_where_it_is_better_though_there_are_floors(monkeypatch):
    given = at_hours(with_floor(world(people=4, weeks=3), 0.3, range(2)), 4.0)
    idle = replace(solve_numbered(number_input(given)), groups=())
    monkeypatch.setattr(made, "solve_numbered", lambda *_: idle)
    plan = make_once(given)
    assert plan.share == pytest.approx(follow_greedy(plan.numbered).share)
    assert plan.share > 0.2


def test_the_hours_that_a_floor_takes_are_those_at_which_its_plan_keeps_it():
    given = at_hours(with_floor(world(people=3, weeks=4), 0.95, range(2)), 1.0)
    plan = make_plan(given)
    (need,) = plan.needs
    assert not need.least
    assert need.hours is not None
    assert need.hours > 1.0
    assert not make_plan(at_hours(given, need.hours)).needs
    assert make_plan(at_hours(given, need.hours - 0.5)).needs
    view = say_unmet(need, 1.0)
    assert view.hours_short == pytest.approx(need.hours - 1.0)
    assert f"{need.hours:g} in all" in view.says
    assert "at least" not in view.says


def test_what_no_hours_reach_is_told_with_what_stands_in_the_way():
    away = {"Churchill": (AwaySpan(day(1, 0), day(3, 6), "away"),)}
    given = with_floor(world(people=3, weeks=4, away=away), 1.0, [0])
    (need,) = make_plan(given).needs
    assert need.hours is None
    assert need.hinders == "Churchill cannot be met in 3 of the 4 weeks"
    view = say_unmet(need, given.hours_a_week)
    assert view.hours_short == 0
    assert view.says.endswith("No number of hours reaches it: Churchill cannot be met in 3 of the 4 weeks.")
    gone = PlanSettings(absences=(Absence(day(0, 0), day(3, 6), "in Moscow"),))
    (need,) = make_plan(with_floor(world(people=3, weeks=4, plan=gone), 1.0, [0])).needs
    assert need.hinders.startswith("nobody can be met in 4 of the 4 weeks")


def test_floors_tell_what_they_cost():
    given = world(people=4, weeks=4)
    plan = make_plan(at_hours(with_floor(given, 0.9, [3]), 3.0))
    assert plan.free_share is not None
    assert plan.free_share >= plan.share
    assert make_plan(at_hours(given, 3.0)).free_share is None


def test_an_hour_more_counts_where_a_week_has_none_and_not_where_it_has_no_day():
    absent = PlanSettings(hours_a_week=0.0, absences=(Absence(day(1, 0), day(1, 6), "in Paris"),))
    given = world(people=4, weeks=3, plan=absent)
    assert given.hours == (0.0, 0.0, 0.0)
    numbered = number_input(given)
    assert with_hours(numbered, 2.0).weeks.hours.tolist() == [2.0, 0.0, 2.0]
    assert with_hours(numbered, -2.0).weeks.hours.tolist() == [0.0, 0.0, 0.0]


def test_hours_that_are_asked_for_hold_though_plan_toml_has_none():
    none = PlanSettings(hours_a_week=0.0)
    assert derive_hours(none, MONDAY, 2, 7.0)[0] == (7.0, 7.0)
    assert derive_hours(none, MONDAY, 1)[0] == (0.0,)
    sundays = replace(none, weekday_hours=(None,) * 6 + (0.0,))
    assert derive_hours(sundays, MONDAY, 1, 6.0)[0] == (6.0,)


def test_whoever_is_invited_for_monday_is_not_asked_again_on_wednesday():
    since = MONDAY + dt.timedelta(days=2)
    kept = KeptWeeks(MONDAY, 3, (standing_at("visit", MONDAY, 0),))
    given = world(people=4, weeks=3, since=since, kept=kept)
    plan = make_plan(given)
    first = {g.person for e in plan.encounters if given.week_of(e.on) == 0 for g in e.guests}
    assert first
    assert "p-0" not in first
    # The days before count neither hours nor guests: all that is left is there to be used.
    assert plan.numbered.weeks.hours[0] == pytest.approx(given.hours[0])
    assert not plan.numbered.weeks.fixed
    assert plan.given.people[0].covered_until > given.people[0].covered_until
    weighed = weigh_plan(given, (*kept.encounters, *plan.encounters))
    assert weighed.encounters == plan.encounters
    assert weighed.share == pytest.approx(plan.share)
    without = make_plan(replace(given, kept=None))
    assert "p-0" in {g.person for e in without.encounters if given.week_of(e.on) == 0 for g in e.guests}


def test_what_stands_after_the_record_and_before_the_plan_counts_and_what_is_older_does_not():
    since = day(3, 0)
    later, older = standing_at("lunch", day(1, 2), 0), standing_at("lunch", day(0, 0) - dt.timedelta(40), 1)
    given = world(people=2, weeks=2, since=since, kept=KeptWeeks(MONDAY, 3, (later, older)))
    counted = count_earlier(given)
    assert counted.people[0].last_on == later.on
    assert counted.people[0].covered_until == later.on + dt.timedelta(
        days=given.people[0].rule.ideal_days - 1
    )
    assert counted.people[1] == given.people[1]
    assert count_earlier(counted) == counted


def test_weeks_that_stand_over_their_hours_pass_the_bound():
    given = world(people=4, weeks=2)
    plan = make_plan(given)
    short = replace(given, hours=(0.0, 0.0), hours_a_week=0.0)
    weighed = weigh_plan(short, plan.encounters)
    assert weighed.share > compare_plan(weighed).bound_share
