"""Who is due, and in which order: what would be lost by waiting another month.

Somebody is due on a day that no encounter covers: one of a form with effect *e* covers e × interval
days from its own (decision 0013), so a letter carries a little, and a dinner the whole interval.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from legation.network.closeness import fading_within
from legation.network.silence import AHEAD_DAYS
from legation.plan.forms import EFFECTS
from legation.plan.settings import Rule

DEFAULT_DAYS = 90
#: Who has no interval set, and was not met for so many of them and a year, is lost from sight, not due.
LOST_INTERVALS = 4
LOST_DAYS = 365
#: Whoever the user set an interval for counts by standing where that is more, and at least so much: what
#: one means to keep is worth something, however long ago it was.
LEAST_MEANT = 0.1


@dataclass(frozen=True, slots=True)
class Standing:
    """The record of one person, as far as being due needs it.

    `held` are (day, form) of encounters, in any order; of one known to the month only, the day since
    which one counts. `rule` is what is meant; `worth` what a week within the interval counts;
    `chance` (0–1) that of an encounter within the next 30 days, as things go. `standing` is closeness
    with one slow half-life for everybody (`network.closeness.STANDING_DAYS`).
    """

    person: str
    rule: Rule
    last_on: dt.date | None
    held: tuple[tuple[dt.date, str], ...]
    closeness: float
    standing: float
    half_life_days: float
    worth: float
    chance: float

    @property
    def set_by_you(self) -> bool:
        """Say whether the user set this person's interval."""
        return self.rule.why == "you set"


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody whom no encounter covers.

    `rank` is what is expected to be lost by waiting 30 days: closeness that fades meanwhile, times
    the chance that no encounter comes, times the worth of a week. `closeness_lost`
    is the first of the three.
    """

    standing: Standing
    interval_days: int
    set_by: str
    days_since: int | None
    rank: float
    closeness_lost: float


def cover_days(form: str, interval_days: int, effects: Mapping[str, float] = EFFECTS) -> int:
    """Return how many days of an interval one encounter of a form covers, its own included.

    `effects` are those of plan.toml (`forms.map_effects`); a form that is not among them covers all.
    """
    return math.floor(effects.get(form, 1.0) * interval_days)


def is_covered(
    held: Iterable[tuple[dt.date, str]],
    interval_days: int,
    on: dt.date,
    effects: Mapping[str, float] = EFFECTS,
) -> bool:
    """Say whether some encounter covers a day."""
    return any(0 <= (on - day).days < cover_days(form, interval_days, effects) for day, form in held)


def is_lost(standing: Standing, on: dt.date) -> bool:
    """Say whether somebody is lost from sight, and nobody set an interval to keep them in it."""
    if standing.set_by_you:
        return False
    if standing.last_on is None:
        return True
    return (on - standing.last_on).days > max(LOST_INTERVALS * standing.rule.ideal_days, LOST_DAYS)


def derive_due(
    standings: Iterable[Standing], on: dt.date, effects: Mapping[str, float] = EFFECTS
) -> tuple[Due, ...]:
    """Return who is due on a day, first who would be lost most by waiting another 30 days."""
    found = []
    for standing in standings:
        days = standing.rule.ideal_days
        if is_covered(standing.held, days, on, effects) or is_lost(standing, on):
            continue
        near = standing.closeness
        if standing.set_by_you:
            near = max(near, standing.standing, LEAST_MEANT)
        lost = fading_within(near, standing.half_life_days, AHEAD_DAYS)
        since = None if standing.last_on is None else (on - standing.last_on).days
        rank = lost * (1.0 - standing.chance) * standing.worth
        found.append(Due(standing, days, set_by(standing.rule), since, rank, lost))
    return tuple(sorted(found, key=lambda d: (-d.rank, d.standing.person)))


def set_by(rule: Rule) -> str:
    """Return who set an interval: "you", "circle", "default" or "layer"."""
    return "you" if rule.why == "you set" else rule.why.partition(" ")[0]
