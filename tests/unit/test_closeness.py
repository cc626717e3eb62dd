"""Closeness: half-lives by layer and kinship, what fades, and its course over time."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.desk.web.drawing import draw_course
from legation.network.closeness import (
    FORM_WEIGHTS,
    KIN_FACTOR,
    LAYER_HALF_LIVES_DAYS,
    ContactDay,
    derive_closeness,
    derive_contact_days,
    derive_course,
    fading_within,
    half_life_of,
)
from legation.plan.settings import DEFAULT_LAYERS

ON = dt.date(1939, 3, 9)
FORMS = tuple(FORM_WEIGHTS)


def days(*back, form="meeting"):
    return tuple(ContactDay(ON - dt.timedelta(days=n), form) for n in sorted(back, reverse=True))


histories = st.lists(st.tuples(st.integers(0, 3000), st.sampled_from(FORMS)), min_size=1, max_size=40).map(
    lambda found: derive_contact_days((ON - dt.timedelta(days=n), form) for n, form in found)
)


def test_a_contact_day_is_halved_after_one_half_life():
    assert derive_closeness(days(30), ON) == pytest.approx(0.5)
    assert derive_closeness(days(180), ON, 180.0) == pytest.approx(0.5)


def test_a_day_counts_once_with_its_weightiest_form():
    found = derive_contact_days([(ON, "corridor"), (ON, "dinner"), (ON, "letter")])
    assert found == (ContactDay(ON, "dinner"),)
    assert derive_closeness(found, ON) == FORM_WEIGHTS["dinner"]


def test_who_is_met_as_the_layer_means_loses_at_most_half_between_encounters():
    for layer in DEFAULT_LAYERS:
        kept = 0.5 ** (layer.ideal_days / half_life_of(layer.number))
        assert kept >= 0.5
    assert set(LAYER_HALF_LIVES_DAYS) == {layer.number for layer in DEFAULT_LAYERS}


def test_kin_fade_more_slowly_and_what_the_user_sets_goes_first():
    assert half_life_of(3, kin=True) == KIN_FACTOR * half_life_of(3)
    assert half_life_of(3, set_days=45.0) == 45.0
    assert half_life_of(3, kin=True, set_days=45.0) == KIN_FACTOR * 45.0
    assert half_life_of(0) == 30.0


@given(histories, st.sampled_from([30.0, 90.0, 180.0, 540.0]), st.integers(0, 400))
def test_closeness_is_one_number_of_state(history, half_life, later):
    now = derive_closeness(history, ON, half_life)
    then = derive_closeness(history, ON + dt.timedelta(days=later), half_life)
    assert then == pytest.approx(now - fading_within(now, half_life, later))
    assert 0 <= then <= now


@given(histories, st.sampled_from([30.0, 180.0]))
def test_the_course_ends_with_closeness_and_steps_by_the_form(history, half_life):
    course = derive_course(history, ON, half_life)
    assert course[-1] == (ON, pytest.approx(derive_closeness(history, ON, half_life)))
    assert [on for on, _ in course] == sorted(on for on, _ in course)
    steps = [b - a for (x, a), (y, b) in pairwise(course) if x == y]
    assert sum(steps) == pytest.approx(sum(FORM_WEIGHTS[day.form] for day in history))
    for (x, a), (y, b) in pairwise(course):
        assert x == y or b <= a


def test_the_course_leaves_out_what_comes_later_and_keeps_short_with_many_days():
    assert derive_course((ContactDay(ON + dt.timedelta(days=1), "lunch"),), ON) == ()
    many = derive_course(days(*range(0, 2000, 3)), ON)
    assert len(many) <= 121
    assert many[-1][1] == pytest.approx(derive_closeness(days(*range(0, 2000, 3)), ON))


def test_the_drawing_says_where_it_stands_and_stays_within_its_box():
    course = [(on.isoformat(), v) for on, v in derive_course(days(200, 150, 20), ON)]
    for width, room in ((840, 8), (350, 3)):
        drawn = draw_course(course, "Jan Masaryk", width=width, height=190, room=room)
        numbers = [float(n) for pair in drawn.path[1:].split("L") for n in pair.split()]
        assert all(0 <= x <= width for x in numbers[::2])
        assert all(0 <= y <= drawn.base for y in numbers[1::2])
        assert len(drawn.dots) == 3
        assert drawn.dots[-1].label == "17 Feb"
        assert f"{derive_closeness(days(200, 150, 20), ON):.1f} now" in drawn.says
        assert "from 21 August 1938 to 9 March 1939" in drawn.says
        assert all(t.x <= width for t in drawn.ticks)


def test_a_single_day_is_not_drawn():
    assert draw_course([("1939-03-09", 1.0)], "Jan Masaryk", width=350, height=190, room=3) is None
    assert draw_course([], "Jan Masaryk", width=350, height=190, room=3) is None
