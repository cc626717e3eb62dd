"""Who is due: coverage by form, layers, and the order by what waiting would lose."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.plan.due import Standing, cover_days, derive_due, is_covered
from legation.plan.forms import EFFECTS
from legation.plan.inputs import Logged, covered_until
from legation.plan.settings import DEFAULT_LAYERS, PlanSettings, Rule, Wish

sys.path.insert(0, str(Path(__file__).parent))
from ledger_rows import LedgerRows

ON = dt.date(1939, 3, 9)


def back(number):
    return ON - dt.timedelta(days=number)


def standing(person="p", held=((40, "lunch"),), why="layer 2", ideal=14, **others):
    known = tuple((back(n), form) for n, form in held)
    given = {
        "closeness": 1.0, "standing": 1.0, "half_life_days": 30.0, "worth": 1.0, "chance": 0.5,
        "last_on": max((on for on, _ in known), default=None), **others,
    }  # fmt: skip
    return Standing(person=person, rule=Rule(ideal, None, 1.0, (), why), held=known, **given)


def names(*standings):
    return [d.standing.person for d in derive_due(standings, ON)]


@given(
    st.lists(st.tuples(st.integers(0, 400), st.sampled_from(sorted(EFFECTS))), min_size=1, max_size=12),
    st.integers(1, 200),
)
def test_coverage_is_that_of_the_plan(held, interval):
    until = covered_until([Logged(back(n), form) for n, form in held], interval)
    assert is_covered([(back(n), form) for n, form in held], interval, ON) == (until >= ON)


def test_a_slight_form_covers_a_part_and_takes_nothing_from_a_weighty_one():
    assert (cover_days("dinner", 30), cover_days("telephone", 30), cover_days("reception", 30)) == (30, 10, 9)
    assert names(standing(held=[(40, "lunch"), (9, "telephone")], ideal=30)) == []
    assert names(standing(held=[(40, "lunch"), (10, "telephone")], ideal=30)) == ["p"]
    assert names(standing(held=[(20, "lunch"), (15, "letter")], ideal=30)) == []


def test_the_order_is_closeness_that_fades_times_the_chance_of_silence_times_worth():
    assert names(standing("a"), standing("b", closeness=2.0)) == ["b", "a"]
    assert names(standing("a", chance=0.9), standing("b", chance=0.1)) == ["b", "a"]
    assert names(standing("a"), standing("b", worth=3.0)) == ["b", "a"]
    assert names(standing("a", half_life_days=90.0), standing("b")) == ["b", "a"]
    (due,) = derive_due([standing(closeness=2.0, chance=0.25, worth=4.0)], ON)
    assert due.rank == pytest.approx(2.0 * 0.5 * 0.75 * 4.0)
    assert due.closeness_lost == pytest.approx(1.0)


def test_who_goes_cold_now_stands_before_who_is_long_lost():
    cooling = standing("cooling", closeness=1.2, chance=0.4)
    gone = standing("gone", held=[(300, "lunch")], closeness=0.001, chance=0.01)
    assert names(gone, cooling) == ["cooling", "gone"]


def test_lost_from_sight_are_not_due_unless_the_user_means_them():
    old = [(900, "lunch")]
    assert names(standing(held=old)) == []
    assert names(standing(held=old, why="you set", closeness=0.0)) == ["p"]
    never = standing(held=(), last_on=None, why="you set", closeness=0.0, standing=0.0, chance=0.0)
    (due,) = derive_due([never], ON)
    assert (due.days_since, due.rank) == (None, pytest.approx(0.05))


def test_of_those_the_user_means_who_stood_nearer_comes_first():
    once = standing("once", held=[(900, "lunch")], why="you set", closeness=0.0, standing=0.03)
    often = standing("often", held=[(190, "lunch")], why="you set", closeness=0.02, standing=1.9)
    assert names(once, often) == ["often", "once"]
    # Who is meant by a layer counts by closeness alone: what is gone is gone.
    (due,) = derive_due([standing("cooling", why="layer 2", closeness=0.5, standing=0.9)], ON)
    assert due.closeness_lost == pytest.approx(0.25)


# ── on the page ─────────────────────────────────────────────────────────────────────────


def days_before(*numbers):
    return [back(n).isoformat() for n in numbers]


def test_layers_by_standing_give_the_interval_and_the_half_life():
    rows = LedgerRows(plan=PlanSettings())
    rows.owner()
    for number in range(7):
        person = rows.person(f"Alpha{number} Beta{number}")
        rows.met(person, days_before(*range(100, 100 + 3 * (9 - number), 3)), form="lunch")
    due = {d.person.name.split()[0]: d for d in rows.desk.today().due}
    assert [due[f"Alpha{n}"].interval_days for n in range(7)] == [7] * 5 + [14] * 2
    assert {d.set_by for d in due.values()} == {"layer"}
    assert "every 7 days is meant in layer 1" in due["Alpha0"].why
    assert "in 100 that you meet within 30 days" in due["Alpha0"].why
    brief = rows.desk.brief(due["Alpha0"].person.id)
    assert (brief.layer, brief.half_life_days, brief.interval_days) == (1, 30.0, 7)
    assert brief.chance == due["Alpha0"].chance
    assert brief.closeness == due["Alpha0"].closeness
    assert brief.chance_says.endswith("last met 100 days ago, usually every 3 days.")


def test_the_page_ranks_by_what_it_says():
    rows = LedgerRows(plan=PlanSettings(default_days=7))
    rows.owner()
    for name, last in (("Amery Amery", 8), ("Boothby Boothby", 20), ("Cranborne Cranborne", 200)):
        rows.met(rows.person(name), days_before(*(last + 4 * n for n in range(5))), form="lunch")
    due = rows.desk.today().due
    assert [d.lost for d in due] == sorted((d.lost for d in due), reverse=True)
    assert [d.person.name.split()[0] for d in due] == ["Amery", "Boothby", "Cranborne"]
    for d in due:
        fading = d.closeness * (1 - 0.5 ** (30 / d.half_life_days))
        # Closeness and chance are shown to three places, which comes to so much at the worth of layer 1.
        assert d.lost == pytest.approx(fading * (1 - d.chance) * d.worth, abs=2e-2)


def test_a_circle_sets_an_interval_and_is_named():
    rows = LedgerRows(plan=PlanSettings(circles={"press": Wish(ideal_days=21)}))
    rows.owner()
    person = rows.person("Dawson Dawson")
    rows.fact(person, "category", "Press")
    rows.met(person, days_before(60, 50, 40), form="lunch")
    (due,) = rows.desk.today().due
    assert (due.interval_days, due.set_by) == (21, "circle")
    assert "of the circle press you mean to meet everybody every 21 days" in due.why


def test_a_letter_is_said_to_cover_a_part():
    rows = LedgerRows(intervals=(("Jan Masaryk", 30),))
    rows.owner()
    person = rows.person("Jan Masaryk")
    rows.met(person, days_before(60, 50), form="lunch")
    rows.met(person, days_before(12), form="letter")
    (due,) = rows.desk.today().due
    assert "every 30 days, of which a letter covers 6" in due.why


def test_kin_fade_slowly_and_the_household_is_not_due():
    rows = LedgerRows(plan=PlanSettings(default_days=30))
    rows.owner()
    for name, words in (("Ann Clay", "my cousin Ann"), ("Bea Bell", "my maid Bea"), ("Cid Carr", "Mr. Carr")):
        person = rows.person(name)
        rows.met(person, days_before(90, 80, 70), form="lunch")
        for number in range(3):
            text = f"Lunch with {words}."
            item = rows.item(f"{name}{number}", text, on=days_before(90)[0])
            rows.mention(item, words, person)
    ann, cid = (rows.desk.brief(rows.desk.find_person(n)) for n in ("Ann Clay", "Cid Carr"))
    assert ann.half_life_days == 3 * cid.half_life_days
    assert ann.closeness > cid.closeness
    assert "each fading by half in 90 days, for kin fade slowly." in ann.closeness_says
    assert ann.closeness_says.count("30 days") == 1
    assert "kin" not in cid.closeness_says
    assert {d.person.name for d in rows.desk.today().due} == {"Ann Clay", "Cid Carr"}


def test_layers_of_the_shipped_settings_are_those_of_the_decision():
    assert [(x.up_to, x.ideal_days) for x in DEFAULT_LAYERS] == [
        (5, 7), (15, 14), (50, 30), (150, 90), (500, 180),
    ]  # fmt: skip
