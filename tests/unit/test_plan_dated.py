"""From weeks to days: no collisions, occasions on their day, what stood stays, and a plan made whole."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from legation.plan.changes import monday_of
from legation.plan.dated import KEPT_DAY, Proposed, date_plan, open_occasions, pin_occasions
from legation.plan.forms import DEFAULT_FORMS
from legation.plan.inputs import AwaySpan, Coming, Logged, PlanInput, Record, derive_hours, derive_people
from legation.plan.propose import compare_plan, make_plan, weigh_plan
from legation.plan.settings import Absence, PlanSettings, Rules, Wish
from legation.plan.weeks import Dropped, Guest, KeptWeeks, PlannedEncounter

MONDAY = dt.date(1939, 3, 6)
FORMS = {f.name: f for f in DEFAULT_FORMS}
NAMES = (
    "Churchill",
    "Eden",
    "Masaryk",
    "Corbin",
    "Halifax",
    "Butler",
    "Hudson",
    "Nicolson",
    "Attlee",
    "Keynes",
)


def day(week, weekday):
    return MONDAY + dt.timedelta(days=7 * week + weekday)


def world(people=4, weeks=3, since=MONDAY, plan=None, wishes=None, away=None, **more):
    plan = plan or PlanSettings()
    until = monday_of(since) + dt.timedelta(days=7 * weeks - 1)
    records = [
        Record(
            f"p-{k}", name, (Logged(since - dt.timedelta(days=20 + 3 * k), "lunch", ""),) * 3, 3, 10.0 - k,
            away=(away or {}).get(name, ()), has_number=True,
        )
        for k, name in enumerate(NAMES[:people])
    ]  # fmt: skip
    rules = Rules(plan, {f"p-{NAMES.index(n)}": w for n, w in (wishes or {}).items()})
    found, left = derive_people(records, rules, since, until, known_forms=frozenset(FORMS))
    hours, says = derive_hours(plan, since, weeks)
    return PlanInput(since, weeks, plan, found, hours, says, plan.hours_a_week, left_out=left, **more)


def proposed(given_, week, form, *numbers):
    return Proposed(week, FORMS[form], tuple(given_.people[n] for n in numbers))


def standing_at(form, on, *numbers, at="", **more):
    guests = tuple(Guest(f"p-{n}", NAMES[n]) for n in numbers)
    return PlannedEncounter(
        f"u-{form}-{on}", on, form, guests, FORMS[form].hours, at or FORMS[form].at, **more
    )


def minutes(at):
    return int(at[:2]) * 60 + int(at[3:])


def check_days(encounters, given_):
    """No two encounters of a day overlap, no evening has two, no form comes twice a day but a call."""
    by_day = defaultdict(list)
    for one in encounters:
        by_day[one.on].append(one)
        assert given_.since <= one.on <= given_.until
        for guest in one.guests:
            person = next((p for p in given_.people if p.person == guest.person), None)
            if person is not None and one.origin == "plan":
                assert not any(a.holds(one.on) for a in person.away)
        if one.origin == "plan":
            assert one.form in given_.settings.forms_on(one.on)
            assert one.on.weekday() != 6 or one.form == "telephone"
    for there in by_day.values():
        ordered = sorted((minutes(e.at), e.hours) for e in there if e.at)
        for (start, hours), (following, _) in pairwise(ordered):
            assert start + 60 * hours <= following + 1e-6
        forms = [e.form for e in there if e.form != "telephone" and e.origin == "plan"]
        assert len(forms) == len(set(forms))
        assert sum(FORMS[e.form].evening for e in there if e.form in FORMS) <= 1


def test_a_week_is_spread_over_its_days_and_sunday_is_free():
    one = world()
    wanted = [proposed(one, 0, f, n) for n, f in enumerate(("lunch", "visit", "breakfast"))]
    wanted += [proposed(one, 0, "dinner", 3)]
    found = date_plan(one, wanted)
    assert not found.unplaced
    check_days(found.encounters, one)
    assert len({e.on for e in found.encounters}) == 4


def test_an_occasion_is_kept_on_its_day_and_the_day_is_explained():
    birthday = Coming("p-1", day(0, 4), "birthday", "birthday on 10 March", "letter")
    one = world(occasions=(birthday,))
    found = date_plan(one, [proposed(one, 0, "lunch", 0, 1), proposed(one, 0, "visit", 2)])
    lunch = next(e for e in found.encounters if e.form == "lunch")
    assert lunch.on == birthday.on
    assert lunch.occasion == "birthday"
    assert found.why_day[lunch.uid] == "birthday of Eden"


def test_close_people_are_seen_on_their_day_and_others_have_a_courtesy():
    comings = tuple(Coming(f"p-{n}", day(1, 2 + n), "birthday", "birthday", "letter") for n in (0, 1))
    one = world(wishes={"Eden": Wish(ideal_days=90)}, occasions=comings)
    pinned, courtesies = pin_occasions(one, ())
    assert [(e.guests[0].name, e.on, e.form, e.occasion) for e in pinned] == [
        ("Churchill", day(1, 2), "visit", "birthday")
    ]
    assert [(c.name, c.on, c.courtesy) for c in courtesies] == [("Eden", day(1, 3), "letter")]
    # Whoever is at table on that very day needs no letter.
    assert open_occasions(courtesies, (standing_at("lunch", day(1, 3), 1),)) == ()


def test_a_courtesy_that_is_a_form_is_an_encounter_and_nobody_is_seen_twice_for_it():
    call = Coming("p-3", day(0, 2), "illness", "illness told on 5 March", "visit")
    one = world(wishes={"Corbin": Wish(ideal_days=90)}, occasions=(call,))
    assert [e.form for e in pin_occasions(one, ())[0]] == ["visit"]
    there = standing_at("lunch", day(0, 2), 3, locked=True)
    assert pin_occasions(one, (there,)) == ((), ())
    elsewhere = standing_at("lunch", day(0, 4), 3, locked=True)
    assert pin_occasions(one, (elsewhere,))[0] == (), "seen that week already: the courtesy remains"


def test_without_hours_an_occasion_is_a_courtesy():
    call = Coming("p-0", day(0, 2), "birthday", "birthday", "letter")
    one = world(plan=PlanSettings(hours_a_week=1.0), occasions=(call,))
    pinned, courtesies = pin_occasions(one, ())
    # A telephone call fits an hour.
    assert [e.form for e in pinned] == ["telephone"]
    none = world(plan=PlanSettings(hours_a_week=0.1), occasions=(call,))
    pinned, courtesies = pin_occasions(none, ())
    assert pinned == ()
    assert [c.courtesy for c in courtesies] == ["letter"]


def test_what_stood_keeps_its_day_time_place_and_uid():
    one = world()
    before = standing_at("dinner", day(0, 5), 0, 1, 3, at="20:15", place="the club")
    found = date_plan(
        one, [proposed(one, 0, "dinner", 0, 1, 2), proposed(one, 1, "dinner", 1)], (), (before,)
    )
    kept = next(e for e in found.encounters if e.uid == before.uid)
    assert (kept.on, kept.at, kept.place) == (before.on, "20:15", "the club")
    assert found.why_day[kept.uid] == KEPT_DAY
    assert {g.name for g in kept.guests} == {"Churchill", "Eden", "Masaryk"}


def test_uids_do_not_depend_on_what_else_is_planned():
    one = world()
    first = date_plan(one, [proposed(one, 0, "lunch", 0, 1)]).encounters
    second = date_plan(one, [proposed(one, 0, "visit", 2), proposed(one, 0, "lunch", 0, 1)]).encounters
    assert first[0].uid in {e.uid for e in second}


def test_what_fits_no_day_is_said():
    away = {"Churchill": (AwaySpan(day(0, 0), day(0, 6), "in Paris"),)}
    one = world(away=away)
    found = date_plan(one, [proposed(one, 0, "lunch", 0)])
    assert [u.guests[0].name for u in found.unplaced] == ["Churchill"]
    assert found.encounters == ()


CHOICES = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(sorted(FORMS)), st.integers(0, 5)),
    max_size=14,
    unique_by=lambda c: (c[0], c[2]),
)


@given(CHOICES, st.lists(st.tuples(st.integers(0, 13), st.sampled_from(sorted(FORMS))), max_size=4))
def test_days_never_collide_whatever_is_proposed(choices, fixed_days):
    one = world(people=6, weeks=2)
    fixed: list[PlannedEncounter] = []
    for n, (at, form) in enumerate(fixed_days):
        new = replace(
            standing_at(form, MONDAY + dt.timedelta(days=at), 6 + n % 4), uid=f"c-{n}", origin="calendar"
        )
        try:
            check_days([*fixed, new], one)
        except AssertionError:
            continue
        fixed.append(new)
    found = date_plan(one, [proposed(one, w, f, n) for w, f, n in choices], fixed)
    check_days(found.encounters, one)
    assert len(found.encounters) + len(found.unplaced) == len(choices) + len(fixed)
    assert len({e.uid for e in found.encounters}) == len(found.encounters)


# ── a plan made whole ───────────────────────────────────────────────────────────────────


@given(
    st.integers(3, 10),
    st.floats(0, 20),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] < p[1]), max_size=6),
    st.integers(0, 6),
)
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
def test_a_plan_keeps_hours_seats_pairs_and_days(people, hours, pairs, offset):
    apart = frozenset((f"p-{a}", f"p-{b}") for a, b in pairs)
    one = world(
        people, since=MONDAY + dt.timedelta(days=offset), plan=PlanSettings(hours_a_week=hours), apart=apart
    )
    plan = make_plan(one)
    check_days(plan.encounters, one)
    for week in range(one.weeks):
        here = [e for e in plan.encounters if one.week_of(e.on) == week]
        assert sum(e.hours for e in here) <= one.hours[week] + 1e-6
        guests = [g.person for e in here for g in e.guests]
        assert len(guests) == len(set(guests)), "nobody twice in a week"
    for encounter in plan.encounters:
        there = {g.person for g in encounter.guests}
        assert len(there) <= FORMS[encounter.form].capacity
        assert not any(a in there and b in there for a, b in apart)
    other = compare_plan(plan)
    ways = (plan.share, other.greedy.share, other.overdue.share, other.receptions.share)
    assert max(ways) <= other.bound_share + 1e-9 <= 1 + 2e-9
    assert other.hour_less <= 1e-9
    assert other.hour_more >= -1e-9
    assert make_plan(one).encounters == plan.encounters, "the same input gives the same plan"


def test_a_locked_encounter_stays_and_a_dropped_one_does_not_come_back():
    one = world(people=3, weeks=2)
    first = make_plan(one)
    chosen = next(e for e in first.encounters if e.origin == "plan")
    moved = replace(chosen, on=day(0, 5), locked=True)
    kept = KeptWeeks(MONDAY, 2, (moved,))
    again = make_plan(replace(one, kept=kept))
    assert moved in again.encounters
    gone = Dropped(chosen.uid, chosen.on, chosen.form, tuple(g.person for g in chosen.guests))
    without = make_plan(replace(one, kept=KeptWeeks(MONDAY, 2, (), (), (gone,))))
    week = one.week_of(chosen.on)
    here = {g.person for e in without.encounters if one.week_of(e.on) == week for g in e.guests}
    assert not here & set(gone.guests)


def test_whoever_declined_is_not_asked_again_in_that_week():
    one = world(people=4, weeks=1, plan=PlanSettings(hours_a_week=6))
    guests = (Guest("p-0", "Churchill", reply="declined"), Guest("p-1", "Eden", reply="accepted"))
    stood = replace(standing_at("lunch", day(0, 3), 0, 1), guests=guests)
    plan = make_plan(replace(one, kept=KeptWeeks(MONDAY, 1, (stood,))))
    asked = [g.person for e in plan.encounters for g in e.guests if g.reply != "declined"]
    assert asked.count("p-1") == 1
    assert "p-0" not in asked


def test_weeks_that_stand_are_weighed_as_they_are():
    one = world(people=3, weeks=2)
    lunch = standing_at("lunch", day(0, 2), 0, 1)
    plan = weigh_plan(one, (lunch,))
    assert plan.encounters == (lunch,)
    alone = weigh_plan(one, ())
    assert plan.share > alone.share
    assert plan.share <= compare_plan(plan).bound_share + 1e-9


def test_an_absence_empties_its_week():
    plan = PlanSettings(absences=(Absence(day(1, 0), day(1, 6), "away"),))
    made = make_plan(world(people=5, plan=plan))
    assert {one.isocalendar().week for one in (e.on for e in made.encounters)} <= {10, 12}
    assert made.encounters


@pytest.mark.parametrize("people", [0, 1])
def test_small_and_empty_inputs_make_a_plan(people):
    made = make_plan(world(people=people, weeks=1))
    assert len(made.numbered.given.people) == people
    assert (made.share > 0) == bool(people)
