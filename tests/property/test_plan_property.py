"""Whatever the book, the hours and the wishes: a plan breaks no rule and says how good it is."""

import dataclasses

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from legation.plan.forms import DEFAULT_FORMS
from legation.plan.instance import Floor, Group, Instance, Weeks

ONCE = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def make_book(seed: int, people: int, *, late: bool = False) -> Instance:
    chance = np.random.default_rng(seed)
    days = chance.choice([7, 14, 30, 90, 180], people).astype(np.int64)
    effects = np.array([form.effect for form in DEFAULT_FORMS])
    suits = chance.random((people, len(DEFAULT_FORMS))) < 0.7
    covers = np.where(suits, np.floor(effects * days[:, None] / 7 + 1e-9), 0).astype(np.int64)
    covered = np.where(chance.random(people) < 0.5, 0, chance.integers(0, 6, people)).astype(np.int64)
    nobody = np.zeros(people, dtype=np.int64)
    return Instance(
        forms=DEFAULT_FORMS,
        ideal_days=days,
        worth=chance.lognormal(0, 0.7, people) * 100 / days,
        covers=covers,
        covered=covered,
        overdue_days=np.zeros(people),
        late_worth=chance.random(people) if late else np.zeros(people),
        late_covers=2 * covers if late else np.zeros_like(covers),
        late_covered=covered + 1 if late else nobody,
    )


@st.composite
def books(draw, *, plain: bool = False):
    people = draw(st.integers(1, 24))
    count = draw(st.integers(1, 5))
    seed = draw(st.integers(0, 10_000))
    instance = make_book(seed, people, late=not plain and draw(st.booleans()))
    chance = np.random.default_rng(seed + 1)
    pairs = (
        {tuple(sorted(chance.choice(people, 2, replace=False).tolist())) for _ in range(people)}
        if people > 1
        else set()
    )
    fixed: list[Group] = []
    if not plain and draw(st.booleans()):
        form, week = draw(st.integers(0, 6)), draw(st.integers(0, count - 1))
        seats = min(people, DEFAULT_FORMS[form].capacity)
        fixed.append(Group(form, week, tuple(chance.permutation(people)[: max(1, seats // 2)].tolist())))
    weeks = Weeks(
        hours=chance.choice([0.0, 2.0, 5.0, 9.5, 15.0], count),
        may=None if plain else chance.random((people, count)) < 0.85,
        fixed=tuple(fixed),
        evenings=None if plain or draw(st.booleans()) else chance.integers(0, 3, count).astype(np.int64),
        quarter_left=None if plain else chance.integers(0, 3, len(DEFAULT_FORMS)).astype(np.int64),
        apart=frozenset() if plain else frozenset(pairs),
        together=frozenset(list(pairs)[:2]) if draw(st.booleans()) else frozenset(),
    )
    return instance, weeks


@ONCE
@given(books())
def test_a_plan_breaks_no_rule_and_counts_itself_right(book):
    from legation.plan.score import find_broken, score_groups
    from legation.plan.solve import solve_weeks

    instance, weeks = book
    plan = solve_weeks(instance, weeks)
    assert find_broken(instance, weeks, plan.groups) == ()
    # The same rules once more, said plainly.
    for group in plan.groups:
        assert len(group.guests) <= instance.forms[group.form].capacity or group in weeks.fixed
        if group not in weeks.fixed:
            assert not any(one in group.guests and other in group.guests for one, other in weeks.apart)
            assert all(weeks.may is None or weeks.may[guest, group.week] for guest in group.guests)
    held = [group for group in plan.groups if group not in weeks.fixed]
    spent = np.array(
        [sum(instance.forms[g.form].hours for g in held if g.week == t) for t in range(weeks.count)]
    )
    taken = np.array(
        [sum(instance.forms[g.form].hours for g in weeks.fixed if g.week == t) for t in range(weeks.count)]
    )
    assert (spent <= np.maximum(0, weeks.hours - taken) + 1e-6).all()
    assert np.allclose(plan.hours_used, spent + taken)
    if weeks.evenings is not None:
        evenings = [
            sum(instance.forms[g.form].evening for g in held if g.week == t) for t in range(weeks.count)
        ]
        assert (np.array(evenings) <= weeks.evenings).all()
    assert set(weeks.fixed) <= set(plan.groups)
    score = score_groups(instance, weeks, plan.groups)
    assert np.isclose(score.objective, plan.objective)
    assert np.isclose(plan.within.sum() * instance.total_worth, plan.objective)
    assert plan.objective <= plan.bound + 1e-6
    assert 0 <= plan.gap < 1


@settings(ONCE, max_examples=12)
@given(books())
def test_the_same_book_gives_the_same_plan(book):
    from legation.plan.solve import solve_weeks

    instance, weeks = book
    one, other = solve_weeks(instance, weeks), solve_weeks(instance, weeks)
    assert (one.groups, one.objective, one.bound) == (other.groups, other.objective, other.bound)


@settings(ONCE, max_examples=12)
@given(books(), st.floats(0.25, 6.0))
def test_more_hours_are_never_worse(book, more_hours):
    from legation.plan.score import score_groups
    from legation.plan.solve import solve_weeks

    instance, weeks = book
    few = solve_weeks(instance, weeks)
    ample = dataclasses.replace(weeks, hours=weeks.hours + more_hours)
    many = solve_weeks(instance, ample, incumbent=few.groups)
    assert (
        score_groups(instance, ample, many.groups).total
        >= score_groups(instance, ample, few.groups).total - 1e-9
    )


@settings(ONCE, max_examples=20)
@given(books(plain=True))
def test_the_bound_by_schedules_is_that_of_the_model_as_it_is_written(book):
    from legation.plan.linear import solve_linear
    from legation.plan.model import derive_model
    from legation.plan.schedules import Master

    instance, weeks = book
    model = derive_model(instance, weeks)
    written = solve_linear(model.program)
    master = Master(instance, weeks, model)
    master.begin(instance, weeks)
    mix = master.solve(1e-9)
    assert written.solved
    assert np.isclose(mix.objective, written.objective, rtol=1e-6, atol=1e-6)
    assert mix.bound >= written.objective - 1e-6
    assert np.isclose(mix.bound, written.objective, rtol=1e-4, atol=1e-4)


@settings(ONCE, max_examples=15)
@given(books(plain=True), st.floats(0.05, 1.0))
def test_a_floor_is_kept_or_named(book, share):
    from legation.plan.score import score_groups
    from legation.plan.solve import solve_weeks

    instance, weeks = book
    floor = Floor("the first", np.arange(min(5, instance.people)), share)
    asked = dataclasses.replace(weeks, floors=(floor,))
    plan = solve_weeks(instance, asked)
    reached = float(score_groups(instance, asked, plan.groups).covered[floor.members].mean())
    if reached < share - 1e-9:
        (unmet,) = plan.unmet
        assert unmet.floor == "the first"
        assert (unmet.wanted, unmet.reached) == (share, reached)
        assert unmet.hours_short >= 0
    else:
        assert plan.unmet == ()
