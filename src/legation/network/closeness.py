"""Closeness: distinct contact days, weighted by form, in an exponentially decayed sum.

One number is its whole state: it is halved every so many days, and a contact day adds its weight. How
many days depends on the layer that somebody belongs to, and on kinship (docs/guide/planning.md).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: The half-life of the nearest, and of whoever belongs to no layer. Of 7 to 180 days it was among the
#: best on three contact logs at telling who meets within the next 30.
HALF_LIFE_DAYS = 30.0
#: By layer: the layer's own interval, and never under 30 days. So whoever is met as often as the layer
#: means never loses more than half between two encounters, and an outer tie does not look cold when it
#: is only slow.
LAYER_HALF_LIVES_DAYS: Mapping[int, float] = {1: 30.0, 2: 30.0, 3: 30.0, 4: 90.0, 5: 180.0}
#: Kin fade this much more slowly. That they do is found (Roberts & Dunbar 2015: over eighteen months
#: without contact friends cooled, kin hardly did); three times is a choice.
KIN_FACTOR = 3.0
#: Standing, by which layers are ranked, fades by half in so many days: the half-life of the outermost
#: layer. A faster one would move whoever goes cold to an outer layer just when he should be due.
STANDING_DAYS = 180.0
#: Longer and more private forms weigh more; a word in a corridor least.
FORM_WEIGHTS = {
    "dinner": 1.5, "lunch": 1.5, "breakfast": 1.5, "supper": 1.5, "visit": 1.5, "journey": 1.5,
    "walk": 1.25, "theatre": 1.25, "tavern": 1.25, "meeting": 1.0, "call": 1.0, "session": 0.75,
    "reception": 0.5, "church": 0.5, "telephone": 0.5, "corridor": 0.5, "letter": 0.5,
}  # fmt: skip
#: What is left after so many half-lives is less than one part in a million.
FORGOTTEN_HALF_LIVES = 20


@dataclass(frozen=True, slots=True)
class ContactDay:
    """One day on which one met somebody, with the weightiest form of that day."""

    on: dt.date
    form: str


def half_life_of(layer: int, *, kin: bool = False, set_days: float | None = None) -> float:
    """Return the half-life of closeness in days; layer 0 is none.

    `set_days` is what the user set for the layer, and goes before its own.
    """
    days = LAYER_HALF_LIVES_DAYS.get(layer, HALF_LIFE_DAYS) if set_days is None else set_days
    return days * KIN_FACTOR if kin else days


def derive_contact_days(meetings: Iterable[tuple[dt.date, str]]) -> tuple[ContactDay, ...]:
    """Reduce meetings to distinct days, oldest first."""
    best: dict[dt.date, str] = {}
    for on, form in meetings:
        if on not in best or FORM_WEIGHTS.get(form, 1.0) > FORM_WEIGHTS.get(best[on], 1.0):
            best[on] = form
    return tuple(ContactDay(on, best[on]) for on in sorted(best))


def derive_closeness(
    days: Iterable[ContactDay], on: dt.date, half_life_days: float = HALF_LIFE_DAYS
) -> float:
    """Return the decayed sum at a date; days after it do not count. Unit: weighted days."""
    return sum(
        FORM_WEIGHTS.get(day.form, 1.0) * math.pow(0.5, (on - day.on).days / half_life_days)
        for day in days
        if day.on <= on
    )


def fading_within(closeness: float, half_life_days: float, days: int) -> float:
    """Return how much of a closeness is gone after some days without contact. Unit: weighted days."""
    return closeness * (1.0 - math.pow(0.5, days / half_life_days))


def derive_course(
    days: Iterable[ContactDay],
    until: dt.date,
    half_life_days: float = HALF_LIFE_DAYS,
    *,
    most_steps: int = 80,
    points: int = 120,
) -> tuple[tuple[dt.date, float], ...]:
    """Return closeness over time as (day, closeness), from the first contact day to `until`.

    A contact day stands twice, before and after it counts, so that the line has its step; between
    them are points in equal distances. With more contact days than `most_steps` only those are left.
    """
    held = [day for day in days if day.on <= until]
    if not held:
        return ()
    first = held[0].on
    span = (until - first).days
    grid = sorted({first + dt.timedelta(days=round(span * n / points)) for n in range(points + 1)})
    steps = len(held) <= most_steps
    course: list[tuple[dt.date, float]] = []
    value, last, place = 0.0, first, 0
    marks = sorted({*grid, *(day.on for day in held)})
    shown = set(grid)
    for on in marks:
        value *= math.pow(0.5, (on - last).days / half_life_days)
        last = on
        met = place < len(held) and held[place].on == on
        if met and steps:
            course.append((on, value))
        if met:
            value += FORM_WEIGHTS.get(held[place].form, 1.0)
            place += 1
        if (met and steps) or on in shown:
            course.append((on, value))
    return tuple(course)
