"""Made books of people, hours and years for the benchmarks of the planner: the same for the same seed.

The draws are those that the figures of issue 4 were measured on, in their order; change one and no
figure compares any more. Layers of 5, 15, 50, 150 and the rest (in every 500 people) at 7, 14, 30,
90 and 180 days; worth falls by layer and varies by person; about a third are overdue to begin with.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from legation.plan.forms import DEFAULT_FORMS
from legation.plan.instance import FloatArray, Instance
from legation.plan.year import LOSING_WEEKS, LOST_PART, Year

#: Days of each layer's interval, and how many of 500 people are in all but the last.
LAYER_DAYS = (7, 14, 30, 90, 180)
LAYER_SIZES = (5, 15, 50, 150)
#: The middle of what a week within interval counts, by layer.
LAYER_WORTH = (12, 7, 3.5, 1.6, 1.0)
#: How many suit each form, in the order of DEFAULT_FORMS.
SUITS = (0.95, 0.6, 0.8, 0.85, 0.4, 0.75, 0.85)
#: Hours that a week may have, each as likely.
WEEK_HOURS = (15, 18, 20, 22, 25)
#: A year's hours are drawn with this many weeks beyond it, so that its last weeks can look ahead.
WEEKS_BEYOND = 12


def make_instance(people: int, seed: int) -> Instance:
    """Draw a book of so many people; its scale is people / 500."""
    chance = np.random.default_rng(seed)
    scale = people / 500
    sizes = [round(size * scale) for size in LAYER_SIZES]
    sizes.append(people - sum(sizes))
    days = np.repeat(np.array(LAYER_DAYS, dtype=np.int64), sizes)
    worth = np.repeat(LAYER_WORTH, sizes) * chance.lognormal(0, 0.5, people)
    suits = chance.random((people, len(DEFAULT_FORMS))) < np.array(SUITS)
    names = [form.name for form in DEFAULT_FORMS]
    visit = names.index("visit")
    alone = [names.index(name) for name in ("breakfast", "visit", "lunch")]
    # Everybody can be met alone somehow: whom neither breakfast nor lunch suits gets a visit.
    suits[:, visit] |= ~suits[:, alone].any(axis=1)
    effects = np.array([form.effect for form in DEFAULT_FORMS])
    weeks = np.floor(effects[None, :] * days[:, None] / 7 + 1e-9).astype(np.int64)
    covers = np.where(suits, weeks, 0)
    whole = days // 7
    late = chance.random(people) < 0.35
    covered = np.where(late, 0, np.floor(chance.random(people) * (whole + 1)).astype(np.int64))
    overdue = np.where(covered == 0, chance.random(people) * days, 0.0)
    none = np.zeros(people, dtype=np.int64)
    return Instance(
        forms=DEFAULT_FORMS,
        ideal_days=days,
        worth=worth,
        covers=covers,
        covered=covered,
        overdue_days=overdue,
        late_worth=np.zeros(people),
        late_covers=np.zeros_like(covers),
        late_covered=none,
        scale=scale,
    )


def draw_hours(weeks: int, seed: int, scale: float = 1.0) -> FloatArray:
    """Draw the hours of so many weeks, in hours; a book of 500 people has scale 1."""
    drawn: NDArray[np.float64] = np.random.default_rng(seed).choice(WEEK_HOURS, weeks).astype(float)
    return drawn * scale


def draw_year(instance: Instance, seed: int, weeks: int = 52) -> Year:
    """Draw what happens in a year: hours, the weeks that lose some, and who would accept what when.

    A fifth of the weeks lose three tenths of their hours after the plan was made.
    """
    chance = np.random.default_rng(1000 + seed)
    hours = draw_hours(weeks + WEEKS_BEYOND, seed + 1, instance.scale)
    lost = np.where(chance.random(weeks) < LOSING_WEEKS, LOST_PART, 0.0)
    accepts = np.array([form.accepts for form in instance.forms])
    drawn = chance.random((instance.people, len(instance.forms), weeks)) < accepts[None, :, None]
    return Year(hours=hours, lost=lost, accepts=drawn)
