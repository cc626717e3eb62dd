"""The policy by prices: each week by itself, at what hours, seats and people are worth in the long run.

The steady state gives prices. At these, a small decision process for each person says what an
attendance is worth now (`chances`), and a small integer programme fills the hours of the week with
what is worth most. Forms that a quarter allows only a few of are evenly spaced.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from legation.plan.chances import gain_of_attending, value_cover
from legation.plan.instance import BoolArray, FloatArray, Floor, Instance, IntArray
from legation.plan.outlast import deal_to_outlast
from legation.plan.steady import solve_steady, weekly_limits
from legation.plan.year import LOSING_WEEKS, LOST_PART, QUARTER_WEEKS, Choice, Policy, Seen

#: Less gain than this, in worth times weeks, is no reason to invite anybody.
_NOTHING = 1e-9
#: Of what could be reached of a floor at most, the part that still has an ordinary price.
_WITH_EASE = 0.95


@dataclass(frozen=True, slots=True)
class Tuning:
    """What was found by trying, on seeds 100-109 of the made books and no others.

    `price` multiplies the seat prices of the steady state; of a form that a quarter allows only a
    few of, `rare_price` is the part of its price beyond its hours that is asked. `floor_gain` says
    how strongly a floor that is missed so far raises its people, in units of their worth for a unit
    of share. Aimed is beyond a floor, by `floor_margin` over the root of how many people it is for:
    declines and lost hours come in streaks, and weigh more where there are few. Whose cover lasts
    `short_weeks` at most is dealt out so as not to be dropped first (`outlast`), floors or none.
    """

    price: float = 1.0
    rare_price: float = 0.4
    floor_gain: float = 30.0
    floor_margin: float = 0.12
    short_weeks: int = 4


def by_prices(instance: Instance, *, floors: Sequence[Floor] = (), tuning: Tuning | None = None) -> Policy:
    """Return the policy that chooses each week at the prices of the steady state."""
    # Floors of nobody hold whatever is planned.
    return _ByPrices(instance, tuple(f for f in floors if len(f.members)), tuning or Tuning())


@dataclass(frozen=True, slots=True, eq=False)
class _Terms:
    """What a quarter is planned by: N people, F forms, C weeks of cover.

    `prices` (F,) of a seat and `chance` (F,) that an invitation meant for some week comes off;
    `value` and `late_value` (N, C) what cover is worth at these; `floor_raise` (one a floor) by how
    much each floor raises the worth of each of its people.
    """

    prices: FloatArray
    chance: FloatArray
    value: FloatArray
    late_value: FloatArray
    floor_raise: FloatArray


class _ByPrices:
    """The policy and what it remembers: hours seen, terms, shares reached, when a rare form was chosen."""

    def __init__(self, instance: Instance, floors: tuple[Floor, ...], tuning: Tuning) -> None:
        self._instance, self._floors, self._tuning = instance, floors, tuning
        self._accepts = np.array([form.accepts for form in instance.forms])
        part = weekly_limits(instance) / max(1.0, instance.scale)
        # The part of weeks that have a form at all; what is never proposed is not rare but absent.
        self._rare = np.where(part > 0, np.minimum(1.0, part), 1.0)
        self._hours_seen = np.zeros(0)
        self._weeks_within = np.zeros(instance.people)
        self._last_chosen = np.full(len(instance.forms), -np.inf)
        self._terms: _Terms | None = None

    def __call__(self, seen: Seen) -> Choice:
        """Return the encounters of the week."""
        if seen.week:
            self._weeks_within += seen.overdue == 0
        if self._terms is None or seen.week % QUARTER_WEEKS == 0:
            self._terms = self._find_terms(seen)
        raised = self._raise(seen, self._terms)
        gains = self._gains(seen, self._terms, raised)
        if seen.may is not None:
            gains[~seen.may] = 0.0
        chosen = choose_week(self._instance, gains * self._accepts, float(seen.hours[0]), self._limits(seen))
        matters = (raised > 0) | (self._instance.covers.max(axis=1) <= self._tuning.short_weeks)
        chosen = deal_to_outlast(self._instance, seen, chosen, gains * self._accepts, matters)
        for form, _ in chosen:
            self._last_chosen[form] = seen.week

        def reserve(form: int, asked: frozenset[int]) -> list[int]:
            gain = gains[:, form]
            best = np.argsort(-gain, kind="stable")
            return [g for g in best[gain[best] > _NOTHING].tolist() if g not in asked]

        return Choice(chosen, reserve)

    def _find_terms(self, seen: Seen) -> _Terms:
        """Find the prices at the mean of all hours that have been seen, and what cover is worth at these.

        A form that a quarter allows three of is there in every fourth week only: who is not asked
        then waits, so that not all of what a seat at it is worth is a price that has to be paid.
        """
        instance = self._instance
        fresh = seen.week + len(seen.hours) - len(self._hours_seen)
        if fresh > 0:
            self._hours_seen = np.append(self._hours_seen, seen.hours[-fresh:])
        hours = float(self._hours_seen.mean()) * (1.0 - LOSING_WEEKS * LOST_PART)
        steady = solve_steady(instance, hours, floors=self._floors)
        if steady.unmet:
            # Floors that nothing can meet have no price: theirs is that of what can be met with ease.
            reached = {one.floor: _WITH_EASE * one.reached for one in steady.unmet}
            lower = [replace(floor, share=reached.get(floor.name, floor.share)) for floor in self._floors]
            steady = solve_steady(instance, hours, floors=lower)
        prices, chance = steady.seat_price * self._tuning.price, self._accepts * self._rare
        for form, of in enumerate(instance.forms):
            if self._rare[form] < 1:
                least = steady.hour_price * of.hours / of.capacity
                prices[form] = least + self._tuning.rare_price * max(0.0, prices[form] - least)
        everybody = np.arange(instance.people)
        value, late_value = _value_both(instance, everybody, instance.worth, prices, chance)
        sizes = np.array([len(floor.members) for floor in self._floors], dtype=float)
        return _Terms(prices, chance, value, late_value, steady.floor_price / np.maximum(1.0, sizes))

    def _gains(self, seen: Seen, terms: _Terms, more: FloatArray) -> FloatArray:
        """Return (N, F) what one attendance is worth this week; `more` (N,) is what floors add to a week."""
        instance, value, late_value = self._instance, terms.value, terms.late_value
        worth = instance.worth + more
        raised = np.flatnonzero(worth > instance.worth)
        if len(raised):
            some, some_late = _value_both(instance, raised, worth[raised], terms.prices, terms.chance)
            value, late_value = value.copy(), late_value.copy()
            value[raised, : some.shape[1]] = some
            late_value[raised, : some_late.shape[1]] = some_late
        gains = gain_of_attending(value, worth, instance.covers, seen.covered)
        if late_value.shape[1] > 1:
            late = instance.late_worth
            gains += gain_of_attending(late_value, late, instance.late_covers, seen.late_covered)
        return gains

    def _raise(self, seen: Seen, terms: _Terms) -> FloatArray:
        """Return (N,) by how much the floors raise a week's worth: their price, and what is missed so far."""
        instance, tuning = self._instance, self._tuning
        raised = np.zeros(instance.people)
        for floor, price in zip(self._floors, terms.floor_raise, strict=True):
            members = floor.members
            # A quarter at the floor is taken to have gone before, so that the first weeks weigh little.
            weeks = seen.week + QUARTER_WEEKS
            so_far = (float(self._weeks_within[members].mean()) + QUARTER_WEEKS * floor.share) / weeks
            margin = tuning.floor_margin / np.sqrt(len(members))
            short = floor.share + margin - so_far
            worth = float(instance.worth[members].mean())
            raised[members] += max(0.0, float(price) + tuning.floor_gain * worth * short)
        return raised

    def _limits(self, seen: Seen) -> FloatArray:
        """Return (F,) how many of each form this week may hold; rare ones evenly spaced over the quarter."""
        instance = self._instance
        most = np.array([form.most_a_week for form in instance.forms]) * max(1.0, instance.scale)
        too_soon = seen.week - self._last_chosen < np.floor(1.0 / self._rare)
        most[too_soon & (self._rare < 1)] = 0.0
        return np.minimum(most, seen.quarter_left)


def _value_both(
    instance: Instance, people: IntArray, worth: FloatArray, prices: FloatArray, chance: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return what weeks of cover are worth to some people, within the ideal and the longest interval.

    Who has both pays for a seat once: each interval bears the price by its part of the worth.
    """
    late = instance.late_worth[people]
    part = np.divide(worth, worth + late, out=np.ones_like(worth), where=worth + late > 0)
    ideal = value_cover(worth, instance.covers[people], part[:, None] * prices, chance)
    if not instance.late_worth.any():
        return ideal, np.zeros((len(people), 1))
    return ideal, value_cover(late, instance.late_covers[people], (1.0 - part[:, None]) * prices, chance)


def choose_week(
    instance: Instance, gains: FloatArray, hours: float, limits: FloatArray
) -> list[tuple[int, list[int]]]:
    """Return the encounters of one week that gain most in so many hours: (form, guests) each.

    `gains` (N, F) is what an invitation is expected to bring, in worth times weeks, no more than 0
    for nobody; `limits` (F,) how many of each form. Nobody is invited twice. The guests who gain
    most are together, so that the encounter that is dropped for lost hours is the one that gains least.
    """
    from scipy import sparse  # noqa: PLC0415 - these take half a second, which only who plans should pay

    from legation.plan.linear import Program, solve_whole  # noqa: PLC0415 - likewise

    forms = instance.forms
    most = np.array([min(limit, hours // of.hours) for limit, of in zip(limits, forms, strict=True)])
    seats = most * np.array([of.capacity for of in forms])
    person, form = np.nonzero(_could_be_chosen(gains, seats))
    pairs, kinds, people = len(person), len(forms), len(gains)
    if not pairs:
        return []
    columns = np.arange(pairs)
    matrix = sparse.bmat(
        [
            [sparse.csr_matrix((np.ones(pairs), (person, columns)), (people, pairs)), None],
            [
                sparse.csr_matrix((np.ones(pairs), (form, columns)), (kinds, pairs)),
                sparse.diags([-float(of.capacity) for of in forms]),
            ],
            [None, sparse.csr_matrix([[of.hours for of in forms]])],
        ],
        format="csr",
    )
    upper = np.concatenate([np.ones(people), np.zeros(kinds), [hours]])
    needed = np.diff(matrix.indptr) > 0
    answer = solve_whole(
        Program(
            cost=np.concatenate([gains[person, form], np.zeros(kinds)]),
            lower=np.zeros(pairs + kinds),
            upper=np.concatenate([np.ones(pairs), most]),
            matrix=matrix[needed].tocsc(),
            row_lower=np.full(int(needed.sum()), -np.inf),
            row_upper=upper[needed],
        ),
        np.concatenate([np.zeros(pairs, dtype=bool), np.ones(kinds, dtype=bool)]),
        gap=0.001,
    )
    return _read_week(instance, gains, person, form, answer.values)


def _could_be_chosen(gains: FloatArray, seats: FloatArray) -> BoolArray:
    """Return (N, F) who could be in a best week by which form.

    Nobody beyond the first S of a form, where all forms together have S seats: of those S somebody
    has no seat at all, and gains more.
    """
    could = gains > _NOTHING
    could[:, seats <= 0] = False
    most = int(seats.sum())
    if most < len(gains):
        for form in np.flatnonzero(seats > 0):
            could[np.argsort(-gains[:, form], kind="stable")[most:], form] = False
    return could


def _read_week(
    instance: Instance, gains: FloatArray, person: IntArray, form: IntArray, values: FloatArray
) -> list[tuple[int, list[int]]]:
    """Return the encounters that a solution stands for."""
    pairs = len(person)
    taken = values[:pairs] > 0.5
    groups: list[tuple[int, list[int]]] = []
    for kind, of in enumerate(instance.forms):
        guests = person[taken & (form == kind)]
        best = guests[np.argsort(-gains[guests, kind], kind="stable")].tolist()
        groups.extend((kind, best[k : k + of.capacity]) for k in range(0, len(best), of.capacity))
    return groups
