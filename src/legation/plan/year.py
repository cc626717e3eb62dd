"""A simulated year: a policy plans week by week, and chance answers the invitations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from legation.plan.instance import BoolArray, FloatArray, Instance, IntArray

#: A quarter in weeks: what `most_a_quarter` of a form counts over.
QUARTER_WEEKS = 12
#: How often a week loses hours after it was planned, and the part it then loses (decision 0013).
LOSING_WEEKS = 0.2
LOST_PART = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Year:
    """What chance has in store: W weeks, N people, F forms.

    `hours` (W or more,) are those one counts on when the week is planned, and those of the weeks
    beyond; `lost` (W,) is the part of them that is lost after the plan was made; `accepts`
    (N, F, W) who would accept an invitation to which form in which week; `may` (N, W) who can be
    met at all in which week, as is known beforehand (None: everybody always).
    """

    hours: FloatArray
    lost: FloatArray
    accepts: BoolArray
    may: BoolArray | None = None

    @property
    def mean_hours(self) -> float:
        """Return the mean hours a week that remain after what is lost."""
        weeks = len(self.lost)
        return float((self.hours[:weeks] * (1.0 - self.lost)).mean())


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What a policy may know when it plans a week: never who will accept, nor what will be lost.

    `covered` and `late_covered` (N,) are weeks within interval from now on, `overdue` (N,) how many
    intervals past it; `hours` those of this week and of up to eleven to come; `quarter_left` (F,) how many
    of a form may still be held this week by its quarterly limit (large where there is none); `may`
    (N,) who can be met this week (None: everybody).
    """

    week: int
    covered: IntArray
    late_covered: IntArray
    overdue: FloatArray
    hours: FloatArray
    quarter_left: IntArray
    may: BoolArray | None = None


#: (form, who is invited already or has declined) -> who to ask next, best first.
Reserve = Callable[[int, frozenset[int]], Iterable[int]]


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """The week as a policy plans it: (form, guests) of each encounter, and whom to ask where one declines."""

    groups: list[tuple[int, list[int]]]
    reserve: Reserve


class Policy(Protocol):
    """Plans one week from what may be seen."""

    def __call__(self, seen: Seen) -> Choice:
        """Return the encounters of the week."""


@dataclass(frozen=True, slots=True, eq=False)
class YearResult:
    """How a simulated year went: W weeks, N people.

    `share` is the share of worth within interval over the year, `by_week` (W,) the same by week;
    `kept` (N,) the share of weeks in which each person was within the ideal interval; `hours_used`
    (W,) what was spent; `held` (F,) how many encounters of each form took place.
    """

    share: float
    by_week: FloatArray
    kept: FloatArray
    hours_used: FloatArray
    held: IntArray

    def by_interval(self, ideal_days: IntArray, days: int) -> float:
        """Return the mean share of weeks of those with an interval of so many days (nan for nobody)."""
        of = ideal_days == days
        return float(self.kept[of].mean()) if of.any() else float("nan")


def simulate_year(instance: Instance, year: Year, policy: Policy, weeks: int = 52) -> YearResult:
    """Return how the people fare when a policy plans each of so many weeks.

    In each week: the policy plans within the hours it counts on. Hours may then be lost, and what
    covers least for its hours is dropped until the rest fits. Each guest accepts or declines; for
    each who declines one other person is asked, whom the policy names. Who comes is covered from
    this week on.
    """
    forms = instance.forms
    covered, late = instance.covered.copy(), instance.late_covered.copy()
    overdue = instance.overdue_days / instance.ideal_days
    held_in = [list[int]() for _ in forms]
    by_week, hours_used = np.zeros(weeks), np.zeros(weeks)
    kept = np.zeros(instance.people)
    for week in range(weeks):
        seen = Seen(
            week,
            covered.copy(),
            late.copy(),
            overdue.copy(),
            year.hours[week : week + QUARTER_WEEKS],
            _left_of_quarter(instance, held_in, week),
            None if year.may is None else year.may[:, week],
        )
        choice = policy(seen)
        hours_left = float(year.hours[week] * (1.0 - year.lost[week]))
        groups, hours_used[week] = cut_week(instance, choice.groups, seen, hours_left)
        asked = {guest for _, guests in groups for guest in guests}
        for form, guests in groups:
            accepts = year.accepts[:, form, week]
            coming = [guest for guest in guests if accepts[guest]]
            declined = len(guests) - len(coming)
            if declined:
                for guest in choice.reserve(form, frozenset(asked)):
                    if not declined:
                        break
                    declined -= 1
                    asked.add(guest)
                    if accepts[guest]:
                        coming.append(guest)
            covered[coming] = np.maximum(covered[coming], instance.covers[coming, form])
            late[coming] = np.maximum(late[coming], instance.late_covers[coming, form])
            held_in[form].append(week)
        within = covered > 0
        worth = (instance.worth * within).sum() + (instance.late_worth * (late > 0)).sum()
        by_week[week] = worth / max(instance.total_worth, 1e-12)
        kept += within
        overdue = np.where(within, 0.0, overdue + 7.0 / instance.ideal_days)
        covered, late = np.maximum(covered - 1, 0), np.maximum(late - 1, 0)
    held = np.array([len(of_form) for of_form in held_in], dtype=np.int64)
    return YearResult(float(by_week.mean()), by_week, kept / weeks, hours_used, held)


def draw_year(
    instance: Instance,
    hours: FloatArray,
    weeks: int,
    seed: int,
    *,
    losing_weeks: float = LOSING_WEEKS,
    lost_part: float = LOST_PART,
    may: BoolArray | None = None,
) -> Year:
    """Draw what chance has in store for some people in so many weeks; the same for the same seed.

    `hours` (W or more,) are those one counts on, `losing_weeks` how often a week loses hours
    afterwards and `lost_part` the part it then loses.
    """
    chance = np.random.default_rng(seed)
    lost = np.where(chance.random(weeks) < losing_weeks, lost_part, 0.0)
    accepts = np.array([form.accepts for form in instance.forms])
    drawn = chance.random((instance.people, len(accepts), weeks)) < accepts[None, :, None]
    return Year(hours=hours, lost=lost, accepts=drawn, may=may)


def _left_of_quarter(instance: Instance, held_in: list[list[int]], week: int) -> IntArray:
    """Return how many more of each form the quarter that ends with this week allows."""
    left = np.full(len(instance.forms), np.iinfo(np.int64).max)
    for form, limits in enumerate(instance.forms):
        if limits.most_a_quarter is not None:
            most = limits.most_a_quarter * max(1.0, instance.scale)
            held = sum(week - at < QUARTER_WEEKS for at in held_in[form])
            left[form] = max(0, int(np.floor(most - held)))
    return left


def cut_week(
    instance: Instance,
    groups: list[tuple[int, list[int]]],
    seen: Seen,
    hours: float,
) -> tuple[list[tuple[int, list[int]]], float]:
    """Return the encounters that fit the hours that are left, and their hours: worth per hour decides."""
    form_hours = [form.hours for form in instance.forms]
    total = float(sum(form_hours[form] for form, _ in groups))
    gains = [
        float(
            (
                instance.worth[guests] * np.maximum(0, instance.covers[guests, form] - seen.covered[guests])
            ).sum()
            + (
                instance.late_worth[guests]
                * np.maximum(0, instance.late_covers[guests, form] - seen.late_covered[guests])
            ).sum()
        )
        / form_hours[form]
        for form, guests in groups
    ]
    dropped = set[int]()
    for at in np.argsort(gains, kind="stable") if groups else ():
        if total <= hours + 1e-9:
            break
        total -= float(form_hours[groups[at][0]])
        dropped.add(int(at))
    return [group for at, group in enumerate(groups) if at not in dropped and group[1]], total
