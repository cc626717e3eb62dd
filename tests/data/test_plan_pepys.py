"""A plan from the diary of Pepys: what a person would find wrong with it is looked for."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict

import pytest

from legation.report.links import Links
from legation.report.plan import plan_view
from legation.workspace.open import init_workspace, open_workspace
from legation.workspace.planning import Planner, load_plan_input
from legation.workspace.settings import load_settings

pytestmark = pytest.mark.data
SINCE = dt.date(1666, 1, 1)
#: Met in 1665, and told dead by the diary in the same year.
DEAD = ("Dr. Burnett", "Sir John Lawson")


@pytest.fixture(scope="module")
def space(data_dir, tmp_path_factory):
    """One year of the diary: enough for every rule, and quick."""
    root = tmp_path_factory.mktemp("pepys") / "work"
    init_workspace(root, "Samuel Pepys")
    (root / "plan.toml").write_text(
        'start = ["Dr. Burnett"]\n[hours]\na_week = 12\n[[apart]]\npeople = ["Sir W. Warren", "Captain Cocke"]\n',
        encoding="utf-8",
    )
    found = open_workspace(root)
    found.ledger.import_paths([data_dir / "diary-pepys" / "1665"])
    yield found
    found.close()


@pytest.fixture(scope="module")
def planner(space):
    return Planner(space.settings, space.ledger.store, space.clock, SINCE)


@pytest.fixture(scope="module")
def view(planner):
    return planner.plan(SINCE, 6)


def encounters(view):
    return [e for w in view.weeks for e in w.encounters]


def test_nobody_is_seen_twice_in_a_week_and_no_week_is_over_its_hours(view):
    assert view.people > 20
    for week in view.weeks:
        names = [g.person.id for e in week.encounters for g in e.guests]
        assert len(names) == len(set(names))
        assert week.hours_used <= week.hours + 1e-9


def test_days_do_not_collide(view):
    days = defaultdict(list)
    for one in encounters(view):
        days[one.on].append((int(one.at[:2]) * 60 + int(one.at[3:]), one.hours))
        assert dt.date.fromisoformat(one.on).weekday() != 6
    for there in days.values():
        ordered = sorted(there)
        assert all(a + 60 * h <= b for (a, h), (b, _) in itertools.pairwise(ordered))


def test_neither_the_dead_nor_the_household_nor_the_owner_are_invited(view):
    asked = {g.person.name for e in encounters(view) for g in e.guests}
    out = {o.person.name: o.why for o in view.left_out}
    assert not asked & {"Samuel Pepys", "Wife of Samuel Pepys", *DEAD}
    assert "household" in out["Wife of Samuel Pepys"]
    assert "dead" in out["Dr. Burnett"]
    assert "dead of the plague" in out["Dr. Burnett"], "the words that say so are shown"


def test_those_apart_are_never_at_one_table(view):
    for one in encounters(view):
        names = {g.person.name for g in one.guests}
        assert not {"Sir W. Warren", "Captain Cocke"} <= names


def test_every_guest_has_a_reason_and_every_figure_its_bound(view):
    for one in encounters(view):
        assert all(g.why for g in one.guests)
    assert view.receptions_share <= view.bound_share
    assert view.overdue_share < view.share <= view.bound_share + 1e-9 <= 1 + 1e-6
    assert 0 <= view.gap < 0.2


def test_nothing_later_than_the_first_day_counts(space, data_dir, planner, view):
    with space.ledger.store.looking() as tx:
        given = load_plan_input(tx, load_settings(space.settings.root), SINCE, 6)
    assert max(p.last_on for p in given.people) <= SINCE
    early = dt.date(1665, 7, 1)
    before = planner.plan(early, 2)
    assert all(e.on >= early.isoformat() for e in encounters(before))
    assert "Dr. Burnett" not in {o.person.name for o in before.left_out if "dead" in o.why}


def test_the_same_record_gives_the_same_plan(space, view):
    from legation.plan.propose import make_plan

    with space.ledger.store.looking() as tx:
        given = load_plan_input(tx, load_settings(space.settings.root), SINCE, 6)
        again = plan_view(Links(tx, SINCE.isoformat()), make_plan(given), kept=False, based_on="")
    assert again == view
