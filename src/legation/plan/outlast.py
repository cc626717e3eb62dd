"""Guests dealt out so that who is seen often, or has a floor, is not dropped if the week loses hours.

What is dropped is what covers least for its hours, and somebody who is to be seen every week covers
little. Changing places with somebody at a dinner that would be kept costs nothing, and saves the week.
"""

from __future__ import annotations

import numpy as np

from legation.plan.instance import BoolArray, FloatArray, Instance
from legation.plan.year import LOSING_WEEKS, LOST_PART, Seen

#: Changes of places in a week: no more are needed, and each is an improvement.
_MOST_CHANGES = 20

Groups = list[tuple[int, list[int]]]


def deal_to_outlast(
    instance: Instance, seen: Seen, groups: Groups, gains: FloatArray, matters: BoolArray
) -> Groups:
    """Return the groups with places changed so that more gain outlasts a loss of hours.

    `gains` (N, F) is what an invitation is expected to bring; changes begin with guests who are in
    danger and of whom `matters` (N,) says so. Nobody comes or goes, and all encounters stay.
    """
    week = _Week(instance, seen, gains)
    groups = [(form, list(guests)) for form, guests in groups]
    best = week.outlook(groups)
    for _ in range(_MOST_CHANGES):
        found = _best_change(week, groups, matters, best)
        if found is None:
            return groups
        best, groups = found
    return groups


class _Week:
    """What a week's encounters gain, with and without a loss of hours."""

    def __init__(self, instance: Instance, seen: Seen, gains: FloatArray) -> None:
        self._hours = [form.hours for form in instance.forms]
        self._left = float(seen.hours[0]) * (1.0 - LOST_PART)
        ideal = np.maximum(0, instance.covers - seen.covered[:, None])
        late = np.maximum(0, instance.late_covers - seen.late_covered[:, None])
        self._covered = instance.worth[:, None] * ideal + instance.late_worth[:, None] * late
        self.gains, self.suits = gains, instance.covers > 0

    def list_dropped(self, groups: Groups) -> set[int]:
        """Return which encounters a loss of hours would cost (`year.cut_week` has the rule)."""
        total = sum(self._hours[form] for form, _ in groups)
        worth = [
            float(self._covered[guests, form].sum()) / self._hours[form] if guests else 0.0
            for form, guests in groups
        ]
        dropped = set[int]()
        for at in sorted(range(len(groups)), key=worth.__getitem__):
            if total <= self._left + 1e-9:
                break
            total -= self._hours[groups[at][0]]
            dropped.add(at)
        return dropped

    def outlook(self, groups: Groups) -> float:
        """Return the gain that is expected, a loss of hours being as likely as it is."""
        of_each = [float(self.gains[guests, form].sum()) for form, guests in groups]
        lost = sum(of_each[at] for at in self.list_dropped(groups))
        return sum(of_each) - LOSING_WEEKS * lost


def _best_change(
    week: _Week, groups: Groups, matters: BoolArray, least: float
) -> tuple[float, Groups] | None:
    """Return the best change of two places, and what is then expected; None where none is better."""
    dropped = week.list_dropped(groups)
    best: tuple[float, Groups] | None = None
    for at in sorted(dropped):
        form, guests = groups[at]
        for place, guest in enumerate(guests):
            if not matters[guest]:
                continue
            for other in range(len(groups)):
                if other in dropped or not week.suits[guest, groups[other][0]]:
                    continue
                for seat, instead in enumerate(groups[other][1]):
                    if matters[instead] or not week.suits[instead, form]:
                        continue
                    changed = list(groups)
                    changed[at] = (form, [*guests[:place], instead, *guests[place + 1 :]])
                    theirs = groups[other][1]
                    changed[other] = (groups[other][0], [*theirs[:seat], guest, *theirs[seat + 1 :]])
                    expected = week.outlook(changed)
                    if expected > least + 1e-6 * abs(least):
                        best, least = (expected, changed), expected
    return best
