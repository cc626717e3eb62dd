"""The simulated year: its mechanics, the steady state and its prices, the policies, and the bounds."""

from __future__ import annotations

import itertools
import math
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
from instance import LAYER_DAYS, draw_hours, make_instance
from instance import draw_year as draw_made_year

from legation.plan.baselines import greedy, most_overdue
from legation.plan.chances import gain_of_attending, value_cover
from legation.plan.clairvoyant import solve_clairvoyant
from legation.plan.forms import DEFAULT_FORMS, PlanForm
from legation.plan.instance import Floor, Instance
from legation.plan.outlast import deal_to_outlast
from legation.plan.policies import by_prices, choose_week
from legation.plan.steady import solve_steady
from legation.plan.year import Choice, Seen, Year, cut_week, draw_year, simulate_year

VISIT = PlanForm("visit", 2.0, 1, 1.0, 5)
LUNCH = PlanForm("lunch", 3.0, 2, 1.0, 2)
PARTY = PlanForm("reception", 5.0, 10, 0.3, 1, 3, evening=True)


def book(covers, worth=None, forms=(VISIT,), covered=None, days=None, late=None):
    covers = np.array(covers, dtype=np.int64)
    people = len(covers)
    none = np.zeros(people, dtype=np.int64)
    return Instance(
        forms=tuple(forms),
        ideal_days=np.array(days or covers.max(axis=1) * 7),
        worth=np.array(worth or [1.0] * people),
        covers=covers,
        covered=none if covered is None else np.array(covered),
        overdue_days=np.zeros(people),
        late_worth=np.zeros(people) if late is None else np.array(late[0], dtype=float),
        late_covers=np.zeros_like(covers) if late is None else np.array(late[1]),
        late_covered=none,
    )


def sure_year(instance, weeks, hours=10.0, lost=0.0, declines=()):
    accepts = np.ones((instance.people, len(instance.forms), weeks), dtype=bool)
    for person, form, week in declines:
        accepts[person, form, week] = False
    return Year(np.full(weeks + 12, hours), np.full(weeks, lost), accepts)


def script(weeks, reserve=()):
    """Return a policy that follows a list of groups by week, and keeps what it saw."""
    seen_weeks = []

    def plan(seen):
        seen_weeks.append(seen)
        return Choice(list(weeks[seen.week]), lambda _form, asked: [g for g in reserve if g not in asked])

    return plan, seen_weeks


# ── mechanics ───────────────────────────────────────────────────────────────────────────


def test_cover_lasts_as_long_as_the_form_says_and_overdue_counts_from_there():
    instance = book([[2], [3]], worth=[1.0, 3.0], covered=[0, 1])
    policy, seen = script([[(0, [0])], [], [], []])
    result = simulate_year(instance, sure_year(instance, 4), policy, 4)
    assert result.by_week.tolist() == [1.0, 0.25, 0.0, 0.0]
    assert result.kept.tolist() == [0.5, 0.25]
    assert result.hours_used.tolist() == [2.0, 0.0, 0.0, 0.0]
    assert [s.covered.tolist() for s in seen] == [[0, 1], [1, 0], [0, 0], [0, 0]]
    # One week past an interval of fourteen days is half of it.
    assert seen[3].overdue.tolist() == pytest.approx([0.5, 2 / 3])
    assert result.by_interval(instance.ideal_days, 21) == 0.25
    assert math.isnan(result.by_interval(instance.ideal_days, 90))


def test_who_declines_is_replaced_once_and_nobody_is_asked_twice():
    instance = book([[5]] * 4)
    year = sure_year(instance, 1, declines=[(0, 0, 0), (2, 0, 0)])
    policy, _ = script([[(0, [0]), (0, [1])]], reserve=(1, 2, 3))
    # 0 declines; 1 is a guest already; 2 is asked and declines too; 3 is not asked any more.
    assert simulate_year(instance, year, policy, 1).kept.tolist() == [0, 1, 0, 0]
    policy, _ = script([[(0, [0]), (0, [1])]], reserve=(3, 2))
    assert simulate_year(instance, year, policy, 1).kept.tolist() == [0, 1, 0, 1]


def test_lost_hours_cost_what_covers_least_for_its_hours():
    instance = book([[5, 5], [2, 2], [9, 9]], forms=(VISIT, LUNCH))
    policy, _ = script([[(0, [0]), (0, [1]), (1, [2])]])
    # Seven hours are planned and 4.9 are left: the visit that covers two weeks goes, then that of five.
    result = simulate_year(instance, sure_year(instance, 1, 7.0, 0.3), policy, 1)
    assert (result.kept.tolist(), result.hours_used.tolist()) == ([0, 0, 1], [3.0])
    assert simulate_year(instance, sure_year(instance, 1, 7.0, 0.2), policy, 1).kept.tolist() == [1, 0, 1]
    assert simulate_year(instance, sure_year(instance, 1, 7.0), policy, 1).held.tolist() == [2, 1]


def test_a_dropped_guest_may_replace_another():
    instance = book([[5], [2]])
    policy, _ = script([[(0, [0]), (0, [1])]], reserve=(0, 1))
    year = sure_year(instance, 1, 4.0, 0.5, declines=[(0, 0, 0)])
    assert simulate_year(instance, year, policy, 1).kept.tolist() == [0, 1]


def test_a_quarter_counts_what_was_held():
    instance = book([[1]] * 2, forms=(PARTY,))
    policy, seen = script([[(0, [0])]] * 3 + [[]] * 11)
    simulate_year(instance, sure_year(instance, 14), policy, 14)
    assert [int(s.quarter_left[0]) for s in seen] == [3, 2, 1, *[0] * 9, 1, 2]


def test_the_longest_interval_counts_besides():
    instance = book([[1]], worth=[2.0], late=([1.0], [[3]]))
    policy, _ = script([[(0, [0])], [], [], []])
    result = simulate_year(instance, sure_year(instance, 4), policy, 4)
    assert result.by_week.tolist() == pytest.approx([1.0, 1 / 3, 1 / 3, 0.0])


def test_a_year_is_the_same_for_the_same_seed_and_as_often_lost_and_declined_as_it_says():
    instance = make_instance(200, 3)
    hours = draw_hours(64, 5)
    one, same, other = (draw_year(instance, hours, 52, seed) for seed in (1, 1, 2))
    assert np.array_equal(one.accepts, same.accepts)
    assert np.array_equal(one.lost, same.lost)
    assert not np.array_equal(one.accepts, other.accepts)
    rates = one.accepts.mean(axis=(0, 2))
    assert rates == pytest.approx([form.accepts for form in instance.forms], abs=0.02)
    many = draw_year(instance, np.full(2012, 20.0), 2000, 1)
    assert (many.lost > 0).mean() == pytest.approx(0.2, abs=0.03)
    assert many.mean_hours == pytest.approx(20 * 0.94, abs=0.2)


# ── made books ──────────────────────────────────────────────────────────────────────────


def test_a_made_book_has_its_layers_and_the_same_draws_for_the_same_seed():
    made, again = make_instance(500, 7), make_instance(500, 7)
    assert [int((made.ideal_days == days).sum()) for days in LAYER_DAYS] == [5, 15, 50, 150, 280]
    assert np.array_equal(made.worth, again.worth)
    assert np.array_equal(made.covers, again.covers)
    assert made.scale == 1.0
    assert (made.covers[:, [1, 2, 3]] > 0).any(axis=1).all()
    # A telephone call carries somebody with a quarterly interval for a third of it, and nobody weekly.
    telephone = made.covers[:, 0]
    assert set(telephone[made.ideal_days == 90].tolist()) == {0, 4}
    assert set(telephone[made.ideal_days == 7].tolist()) == {0}
    year = draw_made_year(made, 7)
    assert year.accepts.shape == (500, len(DEFAULT_FORMS), 52)
    assert set(year.hours.tolist()) <= {15, 18, 20, 22, 25}
    assert len(year.hours) == 64
    assert make_instance(2000, 1).scale == 4.0


# ── the steady state ────────────────────────────────────────────────────────────────────


def test_one_person_with_hours_to_spare_loses_only_the_delay():
    steady = solve_steady(book([[4]]), 10.0)
    assert steady.share == pytest.approx(4 / 4.3)
    assert steady.hour_price == pytest.approx(0)
    assert solve_steady(book([[4]]), 10.0, delay=0.0).share == pytest.approx(1)


def test_hours_and_seats_limit_the_steady_state_and_have_their_price():
    instance = book([[1], [1]], worth=[3.0, 1.0])
    # Two visits a week would take four hours, and each seat is taken in 91 weeks of 100.
    steady = solve_steady(instance, 1.0)
    assert steady.kept.tolist() == pytest.approx([0.91 / 2, 0])
    assert steady.hours.sum() == pytest.approx(1.0)
    assert steady.hour_price == pytest.approx(3 * 0.91 / 2)
    assert steady.seat_price[0] == pytest.approx(3.0)
    more = solve_steady(instance, 1.1)
    gained = (more.share - steady.share) * instance.total_worth
    assert gained == pytest.approx(0.1 * steady.hour_price)


def test_a_longest_interval_is_kept_where_the_ideal_costs_too_much():
    instance = book([[1]], worth=[1.0], late=([1.0], [[9]]), days=[7])
    # A visit every nine weeks and a delay: the ideal week once, the longest interval nearly always.
    steady = solve_steady(instance, 2.0 / 0.91 / 9.3)
    assert steady.share == pytest.approx((1 / 9.3 + 9 / 9.3) / 2)


def test_floors_move_hours_have_a_price_and_say_what_they_lack():
    instance = book([[1], [8]], worth=[0.1, 3.0])
    free = solve_steady(instance, 1.0)
    floor = Floor("weekly", np.array([0]), 0.4)
    held = solve_steady(instance, 1.0, floors=[floor])
    assert free.kept[0] < 0.4
    assert held.kept[0] == pytest.approx(0.4)
    assert held.share < free.share
    assert held.unmet == ()
    assert held.floor_price[0] > 0
    short = solve_steady(instance, 0.5, floors=[floor])
    assert [one.floor for one in short.unmet] == ["weekly"]
    assert short.unmet[0].reached == pytest.approx(0.91 * 0.5 / 2)
    # 0.4 of the weeks, 1.3 weeks a rhythm, two hours a visit, 91 seats of 100 taken.
    assert short.unmet[0].hours_short == pytest.approx(0.4 * 2 / 0.91 - 0.5)
    never = solve_steady(instance, 50.0, floors=[replace(floor, share=0.9)])
    assert never.unmet[0].hours_short == math.inf
    assert never.unmet[0].reached == pytest.approx(1 / 1.3)


# ── what cover is worth ─────────────────────────────────────────────────────────────────


def iterate(worth, covers, prices, accepts, rounds=6000):
    """Return the value of one person's states by turning the crank: no equations."""
    states = max(covers) + 1
    value = np.zeros(states)
    for _ in range(rounds):
        new = np.zeros(states)
        for weeks in range(states):
            none = worth * (weeks > 0) + value[max(weeks - 1, 0)]
            options = [none]
            for cover, price, accept in zip(covers, prices, accepts, strict=True):
                reached = max(weeks, cover)
                comes = worth * (reached > 0) - price + value[reached - 1]
                if cover:
                    options.append(accept * comes + (1 - accept) * none)
            new[weeks] = max(options)
        value = 0.5 * value + 0.5 * (new - new[0])
    return value


@settings(max_examples=8, deadline=None, derandomize=True)
@given(
    st.floats(0.2, 5),
    st.lists(st.integers(0, 6), min_size=2, max_size=3).filter(any),
    st.lists(st.floats(0.1, 20), min_size=3, max_size=3),
)
def test_the_value_of_cover_is_that_of_the_best_policy(worth, covers, prices):
    prices, accepts = prices[: len(covers)], [0.7, 0.9, 0.5][: len(covers)]
    found = value_cover(np.array([worth]), np.array([covers]), np.array(prices), np.array(accepts))
    assert found[0] == pytest.approx(iterate(worth, covers, prices, accepts), abs=0.02 * worth)


def test_free_seats_make_early_invitations_worth_while_and_dear_ones_do_not():
    worth, covers, accepts = np.array([1.0]), np.array([[4]]), np.array([0.7])
    free = value_cover(worth, covers, np.array([0.0]), accepts)
    dear = value_cover(worth, covers, np.array([2.5]), accepts)
    one_week_left = np.array([1])
    assert gain_of_attending(free, worth, covers, one_week_left)[0, 0] > 0.3
    assert gain_of_attending(dear, worth, covers, one_week_left)[0, 0] < 2.5
    assert gain_of_attending(dear, worth, covers, np.array([0]))[0, 0] > 2.5
    # Nobody pays more than all the weeks that are covered: then cover is worth just these weeks.
    beyond = value_cover(worth, covers, np.array([50.0]), accepts)
    assert beyond[0] == pytest.approx([0, 1, 2, 3, 4])


# ── one week ────────────────────────────────────────────────────────────────────────────


def best_of_all(instance, gains, hours, limits):
    """Return the most that a week can gain, by trying every assignment."""
    people, forms = gains.shape
    best = 0.0
    for chosen in itertools.product(range(-1, forms), repeat=people):
        used = total = 0.0
        for form, of in enumerate(instance.forms):
            guests = [p for p in range(people) if chosen[p] == form]
            groups = -(-len(guests) // of.capacity)
            used += of.hours * groups if groups <= limits[form] else math.inf
            total += sum(gains[p, form] for p in guests)
        if used <= hours + 1e-9:
            best = max(best, total)
    return best


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.lists(st.floats(0, 9), min_size=3, max_size=3), min_size=1, max_size=6),
    st.floats(0, 12),
    st.lists(st.integers(0, 2), min_size=3, max_size=3),
)
def test_a_week_is_the_best_that_there_is_and_keeps_its_limits(gains, hours, limits):
    forms = (VISIT, LUNCH, replace(PARTY, hours=4.0, capacity=3))
    instance = book([[4, 4, 1]] * len(gains), forms=forms)
    gains, most = np.round(gains, 3), np.array(limits, dtype=float)
    groups = choose_week(instance, gains, hours, most)
    guests = [g for _, group in groups for g in group]
    assert len(guests) == len(set(guests))
    assert sum(forms[form].hours for form, _ in groups) <= hours + 1e-6
    for form, of in enumerate(forms):
        sizes = [len(group) for kind, group in groups if kind == form]
        assert len(sizes) <= limits[form]
        assert all(0 < size <= of.capacity for size in sizes)
    reached = sum(gains[g, form] for form, group in groups for g in group)
    assert reached >= best_of_all(instance, gains, hours, most) * 0.999 - 1e-6


def test_nobody_is_invited_where_nothing_is_gained():
    assert choose_week(book([[4]] * 3), np.zeros((3, 1)), 20.0, np.array([5.0])) == []


# ── policies and bounds ─────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def made_year():
    instance = make_instance(500, 41)
    return instance, draw_made_year(instance, 41, 26)


def test_the_plan_keeps_more_than_greedy_and_the_most_overdue_and_is_the_same_again(made_year):
    instance, year = made_year
    plan = simulate_year(instance, year, by_prices(instance), 26)
    again = simulate_year(instance, year, by_prices(instance), 26)
    assert plan.by_week.tolist() == again.by_week.tolist()
    by_greed = simulate_year(instance, year, greedy(instance), 26).share
    assert plan.share > by_greed + 0.02
    assert plan.share > 2.2 * simulate_year(instance, year, most_overdue(instance), 26).share
    assert plan.share > 0.9 * solve_steady(instance, year.mean_hours).share
    assert (plan.hours_used <= year.hours[:26] * (1 - year.lost) + 1e-6).all()
    assert plan.held[-1] <= 7


def test_floors_are_kept_and_cost_little(made_year):
    instance, year = made_year
    inner, second = (np.flatnonzero(instance.ideal_days == days) for days in (7, 14))
    floors = (Floor("inner", inner, 0.6), Floor("second", second, 0.5))
    free = simulate_year(instance, year, by_prices(instance), 26)
    held = simulate_year(instance, year, by_prices(instance, floors=floors), 26)
    assert held.kept[inner].mean() > max(0.58, free.kept[inner].mean() + 0.1)
    assert held.kept[second].mean() > 0.48
    assert held.share > 0.94 * free.share


def test_who_cannot_be_met_is_not_invited():
    instance = make_instance(60, 2)
    year = draw_made_year(instance, 2, 8)
    may = np.ones((60, 8), dtype=bool)
    may[::2] = False
    for policy in (by_prices(instance), greedy(instance), most_overdue(instance)):
        asked = set()

        def watched(seen, policy=policy, asked=asked):
            choice = policy(seen)
            asked.update(g for _, guests in choice.groups for g in guests)
            asked.update(g for form in range(7) for g in choice.reserve(form, frozenset()))
            return choice

        simulate_year(instance, replace(year, may=may), watched, 8)
        assert asked
        assert all(may[g, 0] for g in asked)


def test_nobody_beats_who_knows_all_answers():
    instance = make_instance(40, 9)
    year = draw_made_year(replace(instance, scale=1.0), 9, 12)
    year = replace(year, hours=year.hours / 6)
    bound = solve_clairvoyant(instance, year, 12)
    shares = [
        simulate_year(instance, year, policy, 12).share
        for policy in (by_prices(instance), greedy(instance), most_overdue(instance))
    ]
    assert max(shares) < bound <= 1 + 1e-6
    # With all hours of the world and nobody declining, everybody is kept who can be.
    free = replace(year, hours=np.full(24, 1e4), accepts=np.ones_like(year.accepts))
    assert solve_clairvoyant(replace(instance, scale=100.0), free, 12) == pytest.approx(1, abs=1e-4)


def test_by_hand_the_clairvoyant_bound_is_what_it_has_to_be():
    # One visit a week for two people of four and two weeks: the second week of the year is lost to one.
    instance = book([[4], [2]], worth=[1.0, 1.0])
    year = sure_year(instance, 4, hours=2.0, declines=[(0, 0, 1), (1, 0, 0)])
    # 0 in week 0 covers all four; 1 comes in week 1 and again in week 3.
    assert solve_clairvoyant(instance, year, 4) == pytest.approx(7 / 8, abs=1e-5)
    late = book([[1]], worth=[1.0], late=([1.0], [[4]]))
    once = sure_year(late, 4, hours=2.0, declines=[(0, 0, week) for week in (1, 2, 3)])
    assert solve_clairvoyant(late, once, 4) == pytest.approx(5 / 8, abs=1e-5)


def test_who_the_floors_are_for_are_not_dropped_with_lost_hours():
    # A visit to somebody weekly goes first when hours are lost; a lunch of two who are seldom due stays.
    instance = book([[1, 1], [20, 20], [20, 20], [0, 60]], forms=(VISIT, LUNCH))
    seen = Seen(
        0,
        np.zeros(4, dtype=np.int64),
        np.zeros(4, dtype=np.int64),
        np.zeros(4),
        np.array([5.0]),
        np.array([9, 9]),
    )
    gains = np.array([[9.0, 9.0], [4.0, 4.0], [5.0, 5.0], [0.0, 4.0]])
    weekly = np.array([True, False, False, False])
    groups = deal_to_outlast(instance, seen, [(0, [0]), (1, [1, 3])], gains, weekly)
    assert groups == [(0, [1]), (1, [0, 3])]
    # Whom a visit does not suit stays at lunch; and where no floor matters nothing is changed.
    assert deal_to_outlast(instance, seen, [(0, [0]), (1, [3])], gains, weekly) == [(0, [0]), (1, [3])]
    assert deal_to_outlast(instance, seen, [(0, [0]), (1, [1, 3])], gains, ~weekly & False) == [
        (0, [0]),
        (1, [1, 3]),
    ]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.floats(4, 14))
def test_dealing_anew_keeps_all_encounters_and_guests_and_expects_no_less(seed, hours):
    chance = np.random.default_rng(seed)
    forms = (VISIT, LUNCH, replace(PARTY, hours=4.0, capacity=3, effect=1.0))
    covers = chance.integers(0, 9, (9, 1)) * (chance.random((9, 3)) < 0.7)
    instance = book(covers, worth=chance.random(9).tolist(), forms=forms, days=[7] * 9)
    gains = chance.random((9, 1)) * (covers > 0)
    groups = choose_week(instance, gains, hours, np.array([3.0, 2.0, 1.0]))
    none = np.zeros(9, dtype=np.int64)
    seen = Seen(0, none, none, np.zeros(9), np.array([hours]), np.full(3, 9))
    dealt = deal_to_outlast(instance, seen, groups, gains, chance.random(9) < 0.4)
    assert [(form, len(guests)) for form, guests in dealt] == [(form, len(guests)) for form, guests in groups]
    assert sorted(g for _, gs in dealt for g in gs) == sorted(g for _, gs in groups for g in gs)
    assert all(covers[g, form] > 0 for form, guests in dealt for g in guests)

    def expected(week):
        left, _ = cut_week(instance, week, seen, hours * 0.7)
        whole, rest = (sum(gains[gs, form].sum() for form, gs in some) for some in (week, left))
        return 0.8 * whole + 0.2 * rest

    assert expected(dealt) >= expected(groups) - 1e-9


def test_somebody_whom_no_form_suits_is_no_error():
    instance = book([[0], [4]], days=[7, 28])
    steady = solve_steady(
        instance,
        10.0,
        floors=[Floor("both", np.array([0, 1]), 0.9), Floor("none", np.array([], dtype=np.int64), 0.5)],
    )
    assert steady.kept.tolist() == pytest.approx([0, 4 / 4.3])
    assert steady.unmet[0].hours_short == math.inf
    nobody = book([[0], [0]], days=[7, 28])
    assert solve_steady(nobody, 10.0).share == 0
    year = sure_year(nobody, 3)
    assert simulate_year(nobody, year, by_prices(nobody), 3).share == 0
    assert simulate_year(nobody, year, greedy(nobody), 3).share == 0
    never = replace(instance, forms=(replace(VISIT, most_a_week=0),))
    assert simulate_year(never, sure_year(never, 3), by_prices(never), 3).hours_used.sum() == 0
