"""The weekly planner on small books whose best plan can be found by trying everything."""

import dataclasses
import itertools

import numpy as np
import pytest

from legation.plan.forms import PlanForm
from legation.plan.instance import Floor, Group, Instance, Weeks

LUNCH = PlanForm("lunch", 2.0, 2, 1.0, 5)
CALL = PlanForm("visit", 1.0, 1, 1.0, 5)
DINNER = PlanForm("dinner", 4.0, 4, 1.0, 2, evening=True)
BALL = PlanForm("reception", 5.0, 40, 0.3, 1, 1, evening=True)


def book(worth, covers, *, forms=(CALL, LUNCH), covered=None) -> Instance:
    people = len(worth)
    covers = np.array(covers, dtype=np.int64)
    if covers.ndim == 1:
        covers = np.repeat(covers[:, None], len(forms), axis=1)
    nobody = np.zeros(people, dtype=np.int64)
    return Instance(
        forms=tuple(forms),
        ideal_days=7 * covers.max(axis=1),
        worth=np.array(worth, dtype=float),
        covers=covers,
        covered=nobody if covered is None else np.array(covered, dtype=np.int64),
        overdue_days=np.zeros(people),
        late_worth=np.zeros(people),
        late_covers=np.zeros_like(covers),
        late_covered=nobody,
    )


def solve(instance, weeks, **more):
    from legation.plan.solve import solve_weeks

    return solve_weeks(instance, weeks, **more)


def total(instance, weeks, groups):
    from legation.plan.score import score_groups

    return score_groups(instance, weeks, groups).total


def try_everything(instance, weeks) -> float:
    """Return the best total of all plans of single visits and lunches for two."""
    people = range(instance.people)
    of_week = []
    for t in range(weeks.count):
        singles = [Group(0, t, (one,)) for one in people]
        pairs = [Group(1, t, pair) for pair in itertools.combinations(people, 2)]
        choices = []
        for size in range(4):
            for groups in itertools.combinations(singles + pairs, size):
                guests = [guest for group in groups for guest in group.guests]
                hours = sum(instance.forms[g.form].hours for g in groups)
                if hours <= weeks.hours[t] and len(guests) == len(set(guests)):
                    choices.append(groups)
        of_week.append(choices)
    return max(total(instance, weeks, tuple(itertools.chain(*plan))) for plan in itertools.product(*of_week))


@pytest.mark.parametrize("seed", range(4))
def test_a_small_book_gets_its_best_plan(seed):
    chance = np.random.default_rng(seed)
    instance = book(chance.uniform(1, 5, 4), chance.integers(1, 4, 4), covered=chance.integers(0, 2, 4))
    weeks = Weeks(hours=np.array([2.0, 3.0]))
    best = try_everything(instance, weeks)
    plan = solve(instance, weeks)
    assert total(instance, weeks, plan.groups) == pytest.approx(best)
    assert plan.bound >= plan.objective - 1e-9


def test_a_plan_spends_its_hours_on_whom_they_are_worth_most():
    plan = solve(book([1.0, 9.0, 3.0], [1, 1, 1], forms=(CALL,)), Weeks(hours=np.array([2.0])))
    assert {group.guests for group in plan.groups} == {(1,), (2,)}
    assert plan.objective == pytest.approx(12.0)
    assert plan.within.tolist() == pytest.approx([12 / 13])
    assert plan.hours_used.tolist() == [2.0]


def test_an_hour_is_worth_what_the_next_guest_would_be():
    plan = solve(book([1.0, 9.0, 3.0], [1, 1, 1], forms=(CALL,)), Weeks(hours=np.array([2.0])))
    assert plan.hour_worth[0] == pytest.approx(1.0, abs=0.01)


def test_opponents_sit_at_two_tables():
    instance = book([5.0] * 6, [2] * 6, forms=(DINNER,))
    apart = frozenset({(0, 1), (2, 3)})
    plan = solve(instance, Weeks(hours=np.array([8.0]), apart=apart))
    assert sorted(guest for group in plan.groups for guest in group.guests) == list(range(6))
    for group in plan.groups:
        assert not {0, 1} <= set(group.guests)
        assert not {2, 3} <= set(group.guests)


def test_friends_sit_together_where_it_costs_nothing():
    instance = book([5.0] * 8, [2] * 8, forms=(DINNER,))
    plan = solve(instance, Weeks(hours=np.array([8.0]), together=frozenset({(0, 7), (1, 6)})))
    tables = [set(group.guests) for group in plan.groups]
    assert any({0, 7} <= table for table in tables)
    assert any({1, 6} <= table for table in tables)


def test_three_who_are_all_opponents_cannot_share_two_tables():
    from legation.plan.tables import split_tables

    apart = {0: frozenset({1, 2}), 1: frozenset({0, 2}), 2: frozenset({0, 1})}
    tables, left_out = split_tables([0, 1, 2, 3], 2, 4, apart, {})
    assert len(left_out) == 1
    assert sorted(guest for table in tables for guest in table) == sorted({0, 1, 2, 3} - set(left_out))


def test_what_is_fixed_stays_takes_its_hours_and_covers_its_guests():
    instance = book([5.0, 4.0, 3.0], [3, 3, 3])
    fixed = Group(1, 0, (0, 1))
    plan = solve(instance, Weeks(hours=np.array([3.0, 0.0]), fixed=(fixed,)))
    assert plan.groups == (fixed, Group(0, 0, (2,)))
    assert plan.objective == pytest.approx(24.0)


def test_what_is_fixed_may_exceed_the_hours_and_nothing_else_is_planned():
    fixed = Group(1, 0, (0, 1))
    plan = solve(book([5.0, 4.0, 3.0], [1, 1, 1]), Weeks(hours=np.array([1.0]), fixed=(fixed,)))
    assert plan.groups == (fixed,)


def test_a_quarter_has_no_more_receptions_than_are_left():
    instance = book([1.0] * 30, [1] * 30, forms=(BALL,))
    plan = solve(instance, Weeks(hours=np.full(4, 20.0)))
    assert len(plan.groups) == 1
    none = solve(instance, Weeks(hours=np.full(4, 20.0), quarter_left=np.array([0])))
    assert none.groups == ()


def test_a_lost_evening_changes_little_where_keeping_counts():
    chance = np.random.default_rng(3)
    instance = book(chance.uniform(1, 4, 60), chance.integers(1, 9, 60), forms=(CALL, LUNCH, DINNER))
    weeks = Weeks(hours=np.full(6, 9.0))
    before = solve(instance, weeks).groups
    first = next(group for group in before if group.form == 2)
    evenings = np.full(6, 2)
    evenings[first.week] = sum(g.form == 2 and g.week == first.week for g in before) - 1

    def changed(keep_worth):
        again = dataclasses.replace(weeks, evenings=evenings, previous=before, keep_worth=keep_worth)
        plan = solve(instance, again)
        seats = [
            {(g.form, g.week, one) for g in groups for one in g.guests} for groups in (before, plan.groups)
        ]
        return len(seats[0] ^ seats[1])

    assert changed(0.5) <= 3 * len(first.guests)
    assert changed(0.5) < changed(0.0)


def test_a_floor_beyond_the_hours_is_named_with_the_hours_it_lacks():
    floor = Floor("the inner two", np.array([0, 1]), 1.0)
    plan = solve(book([1.0, 1.0], [1, 1], forms=(CALL,)), Weeks(hours=np.full(3, 1.5), floors=(floor,)))
    (unmet,) = plan.unmet
    assert unmet.floor == "the inner two"
    assert unmet.reached == pytest.approx(0.5)
    assert unmet.hours_short == pytest.approx(0.5)


def test_a_floor_that_no_hours_would_keep_lacks_infinitely_many():
    floor = Floor("the one abroad", np.array([0]), 0.9)
    weeks = Weeks(hours=np.full(2, 5.0), may=np.zeros((1, 2), dtype=bool), floors=(floor,))
    (unmet,) = solve(book([1.0], [1], forms=(CALL,)), weeks).unmet
    assert unmet.hours_short == np.inf


def test_a_floor_comes_before_worth():
    floor = Floor("the small one", np.array([0]), 1.0)
    weeks = Weeks(hours=np.array([1.0]), floors=(floor,))
    plan = solve(book([1.0, 50.0], [1, 1], forms=(CALL,)), weeks)
    assert plan.groups == (Group(0, 0, (0,)),)
    assert plan.unmet == ()


def test_a_better_incumbent_is_kept_and_a_broken_one_is_not():
    instance = book([5.0, 4.0, 3.0, 2.0], [2, 2, 2, 2])
    weeks = Weeks(hours=np.array([2.0, 2.0]))
    best = solve(instance, weeks).groups
    assert total(instance, weeks, solve(instance, weeks, incumbent=best).groups) >= total(
        instance, weeks, best
    )
    crowded = (Group(1, 0, (0, 1, 2, 3)),)
    from legation.plan.score import find_broken

    plan = solve(instance, weeks, incumbent=crowded)
    assert [one.rule for one in find_broken(instance, weeks, crowded)] == ["capacity"]
    assert find_broken(instance, weeks, plan.groups) == ()


def test_every_broken_rule_is_found():
    from legation.plan.score import find_broken

    instance = book([1.0] * 5, [[1, 1, 1]] * 4 + [[0, 1, 1]], forms=(CALL, LUNCH, BALL))
    may = np.ones((5, 2), dtype=bool)
    may[3, 1] = False
    weeks = Weeks(
        hours=np.array([4.0, 11.0]),
        may=may,
        fixed=(Group(0, 0, (2,)),),
        evenings=np.array([1, 1]),
        apart=frozenset({(0, 1)}),
    )
    groups = (
        Group(1, 0, (0, 1)),
        Group(1, 0, (2, 2)),
        Group(0, 0, (4,)),
        Group(0, 1, (3,)),
        Group(2, 1, (0,)),
        Group(2, 1, (1,)),
    )
    rules = {one.rule for one in find_broken(instance, weeks, groups)}
    assert rules == {"apart", "twice", "unsuited", "away", "fixed", "hours", "form", "quarter", "evenings"}
    assert {one.rule for one in find_broken(instance, weeks, (Group(0, 7, (0,)),))} == {"horizon"}


def test_two_intervals_count_both():
    instance = book([2.0, 1.0], [1, 1], forms=(CALL,))
    instance = dataclasses.replace(
        instance, late_worth=np.array([0.0, 3.0]), late_covers=np.array([[0], [3]], dtype=np.int64)
    )
    plan = solve(instance, Weeks(hours=np.array([1.0, 1.0, 1.0])))
    assert plan.groups[0].guests == (1,)
    # Nine of the second's longest interval and one ideal week, two ideal weeks of the first.
    assert plan.objective == pytest.approx(9 + 1 + 4)


def test_a_large_book_is_planned_by_the_prices_of_a_part():
    from legation.plan.score import find_broken

    chance = np.random.default_rng(5)
    instance = dataclasses.replace(
        book(chance.uniform(1, 4, 3200), chance.integers(1, 9, 3200), forms=(CALL, LUNCH, DINNER)), scale=6.0
    )
    weeks = Weeks(hours=np.full(3, 90.0))
    plan = solve(instance, weeks)
    assert find_broken(instance, weeks, plan.groups) == ()
    assert plan.gap < 0.05
    assert plan.notes
