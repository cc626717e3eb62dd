"""What a plan is compared with in the simulated year: the most overdue first, and greedy choice of groups."""

from __future__ import annotations

import numpy as np

from legation.plan.instance import FloatArray, Instance, IntArray
from legation.plan.year import QUARTER_WEEKS, Choice, Policy, Reserve, Seen


def most_overdue(instance: Instance) -> Policy:
    """Return the policy of lists of due dates: whoever is longest overdue first, one to one.

    Forms are those that cover a whole interval, by day, shortest first.
    """
    forms = instance.forms
    alone = [k for k, form in enumerate(forms) if form.effect >= 1.0 and not form.evening]
    alone.sort(key=lambda form: forms[form].hours)

    def plan(seen: Seen) -> Choice:
        due = np.flatnonzero((seen.covered == 0) & (True if seen.may is None else seen.may))
        days = seen.overdue[due] * instance.ideal_days[due]
        order = [int(g) for g in due[np.argsort(-days, kind="stable")]]
        hours = float(seen.hours[0])
        count = np.zeros(len(forms))
        groups: list[tuple[int, list[int]]] = []
        for guest in order:
            for form in alone:
                if (
                    instance.covers[guest, form] > 0
                    and count[form] < forms[form].most_a_week * instance.scale
                    and forms[form].hours <= hours
                ):
                    groups.append((form, [guest]))
                    count[form] += 1
                    hours -= forms[form].hours
                    break

        def reserve(form: int, asked: frozenset[int]) -> list[int]:
            return [g for g in order if g not in asked and instance.covers[g, form] > 0]

        return Choice(groups, reserve)

    return plan


def reserve_by_worth(instance: Instance, seen: Seen) -> Reserve:
    """Return whom to ask where one declines: whoever gains most, of those nearly or quite uncovered."""

    def reserve(form: int, asked: frozenset[int]) -> list[int]:
        gain = _gains(instance, seen, form)
        gain *= seen.covered <= np.maximum(1, instance.covers[:, form] // 4)
        return [int(g) for g in np.argsort(-gain, kind="stable") if gain[g] > 0 and g not in asked]

    return reserve


def greedy(instance: Instance) -> Policy:
    """Return the policy that adds, again and again, the encounter that covers most worth per hour.

    A week beyond the twelfth counts nothing, and only who is not covered is invited.
    """
    forms = instance.forms
    limits = np.array([form.most_a_week for form in forms]) * max(1.0, instance.scale)

    def plan(seen: Seen) -> Choice:
        hours = float(seen.hours[0])
        count: IntArray = np.zeros(len(forms), dtype=np.int64)
        taken = np.zeros(instance.people, dtype=bool)
        groups: list[tuple[int, list[int]]] = []
        while True:
            best: tuple[float, int, IntArray] | None = None
            for form, of in enumerate(forms):
                if of.hours > hours or count[form] >= limits[form] or seen.quarter_left[form] < 1:
                    continue
                if of.most_a_quarter is not None and count[form]:
                    continue
                gain = _gains(instance, seen, form, QUARTER_WEEKS) * (~taken) * (seen.covered <= 0)
                seats = min(of.capacity, instance.people)
                top = np.argpartition(-gain, min(seats, instance.people - 1))[:seats]
                top = top[gain[top] > 0]
                if len(top):
                    value = float(gain[top].sum()) / of.hours
                    if best is None or value > best[0]:
                        best = (value, form, top)
            if best is None:
                return Choice(groups, reserve_by_worth(instance, seen))
            _, form, top = best
            groups.append((form, [int(g) for g in top]))
            taken[top] = True
            count[form] += 1
            hours -= forms[form].hours

    return plan


def _gains(instance: Instance, seen: Seen, form: int, most_weeks: int | None = None) -> FloatArray:
    """Return (N,) what an attendance of a form would cover, in worth times weeks."""
    ideal = np.maximum(0, instance.covers[:, form] - seen.covered)
    late = np.maximum(0, instance.late_covers[:, form] - seen.late_covered)
    if most_weeks is not None:
        ideal, late = np.minimum(ideal, most_weeks), np.minimum(late, most_weeks)
    gains: FloatArray = instance.worth * ideal + instance.late_worth * late
    return gains if seen.may is None else gains * seen.may
