"""Closeness: distinct contact days, weighted by form, in an exponentially decayed sum.

Half-life 30 days to start with (DESIGN, "Closeness"): one number of state, no training, near the
best model tried on three real contact logs.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

HALF_LIFE_DAYS = 30.0
#: Longer and more private forms weigh more; a word in a corridor least.
FORM_WEIGHTS = {
    "dinner": 1.5, "lunch": 1.5, "breakfast": 1.5, "supper": 1.5, "visit": 1.5, "journey": 1.5,
    "walk": 1.25, "theatre": 1.25, "tavern": 1.25, "meeting": 1.0, "call": 1.0, "session": 0.75,
    "reception": 0.5, "church": 0.5, "telephone": 0.5, "corridor": 0.5, "letter": 0.5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContactDay:
    """One day on which one met somebody, with the weightiest form of that day."""

    on: dt.date
    form: str


def derive_contact_days(meetings: Iterable[tuple[dt.date, str]]) -> tuple[ContactDay, ...]:
    """Reduce meetings to distinct days, oldest first."""
    best: dict[dt.date, str] = {}
    for on, form in meetings:
        if on not in best or FORM_WEIGHTS.get(form, 1.0) > FORM_WEIGHTS.get(best[on], 1.0):
            best[on] = form
    return tuple(ContactDay(on, best[on]) for on in sorted(best))


def derive_closeness(days: Iterable[ContactDay], on: dt.date) -> float:
    """Return the decayed sum at a date; days after it do not count. Unit: weighted days."""
    return sum(
        FORM_WEIGHTS.get(day.form, 1.0) * math.pow(0.5, (on - day.on).days / HALF_LIFE_DAYS)
        for day in days
        if day.on <= on
    )
