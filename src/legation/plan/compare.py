"""Where simpler ways of planning would end over the same weeks: reminders, greedy choice, receptions alone.

Nobody declines and no hour is lost here: that is for the simulated year (`plan.year`). What stands
in the calendar or is locked counts for every way alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from legation.plan.baselines import greedy, most_overdue
from legation.plan.instance import BoolArray, FloatArray, Group, Instance, IntArray
from legation.plan.model import derive_limits
from legation.plan.numbers import Numbered
from legation.plan.year import QUARTER_WEEKS, Policy, Seen

#: A way to plan: the policy that it follows in a week, made for the people who can be met in it.
RECEPTION = "reception"


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """How a way of planning fares: the share of worth within interval by week, and its encounters."""

    within: FloatArray
    groups: tuple[Group, ...] = ()

    @property
    def share(self) -> float:
        """Return the mean over the weeks."""
        return float(self.within.mean()) if len(self.within) else 0.0


def follow_greedy(numbered: Numbered) -> Outcome:
    """Return where greedy choice with groups would end."""
    return _follow(numbered, greedy_of=True)


def follow_overdue(numbered: Numbered) -> Outcome:
    """Return where seeing the most overdue one to one would end: what reminders come to."""
    return _follow(numbered, greedy_of=False)


def follow_receptions(numbered: Numbered) -> Outcome:
    """Return where receptions alone would end, each with whoever gains most."""
    only = np.array([form.name == RECEPTION for form in numbered.instance.forms])
    return _follow(numbered, greedy_of=True, only=only)


def _follow(numbered: Numbered, *, greedy_of: bool, only: BoolArray | None = None) -> Outcome:
    """Plan week by week by a policy, beside what is fixed."""
    instance, weeks = numbered.instance, numbered.weeks
    limits = derive_limits(instance, weeks)
    covered, late = instance.covered.copy(), instance.late_covered.copy()
    overdue = instance.overdue_days / np.maximum(1, instance.ideal_days)
    quarter = np.array([_quarter(numbered, f) for f in range(len(instance.forms))], dtype=np.int64)
    within = np.zeros(weeks.count)
    every: list[Group] = []
    for week in range(weeks.count):
        may = np.ones(instance.people, dtype=bool) if weeks.may is None else weeks.may[:, week]
        groups = [(g.form, list(g.guests)) for g in weeks.fixed if g.week == week]
        seen = Seen(week, covered, late, overdue, limits.hours[week : week + QUARTER_WEEKS], quarter)
        chosen = _policy(_for_week(instance, may, limits.open[:, week], only), greedy_of)(seen)
        groups += chosen.groups
        for form, guests in groups:
            covered[guests] = np.maximum(covered[guests], instance.covers[guests, form])
            late[guests] = np.maximum(late[guests], instance.late_covers[guests, form])
        for form, guests in chosen.groups:
            quarter[form] -= 1
            every.append(Group(form, week, tuple(guests)))
        inside = instance.worth @ (covered > 0) + instance.late_worth @ (late > 0)
        within[week] = inside / max(instance.total_worth, 1e-12)
        overdue = np.where(covered > 0, 0.0, overdue + 7.0 / np.maximum(1, instance.ideal_days))
        covered, late = np.maximum(covered - 1, 0), np.maximum(late - 1, 0)
    return Outcome(within, tuple(every))


def _policy(instance: Instance, greedy_of: bool) -> Policy:
    return greedy(instance) if greedy_of else most_overdue(instance)


def _for_week(instance: Instance, may: BoolArray, open_: IntArray, only: BoolArray | None) -> Instance:
    """Return the people and forms of one week: who is away, and what has no day, covers nothing."""
    usable = open_ > 0 if only is None else (open_ > 0) & only
    forms = tuple(
        replace(form, most_a_week=int(most)) for form, most in zip(instance.forms, open_, strict=True)
    )
    mask = may[:, None] & usable[None, :]
    return replace(
        instance, forms=forms, covers=instance.covers * mask, late_covers=instance.late_covers * mask
    )


def _quarter(numbered: Numbered, form: int) -> int:
    """Return how many of a form the weeks allow: those of a quarter for each begun quarter."""
    most = numbered.instance.forms[form].most_a_quarter
    if most is None:
        return int(np.iinfo(np.int32).max)
    quarters = -(-numbered.weeks.count // QUARTER_WEEKS)
    return most * max(1, quarters)
