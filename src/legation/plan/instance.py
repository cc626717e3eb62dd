"""What a plan is computed from, as arrays, and what comes back: people are numbers here.

Time is in whole weeks from the first week of the plan. Somebody met in week t by a form that covers
k weeks is *covered* in weeks t … t+k-1; being covered is being within the interval.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from legation.plan.forms import PlanForm

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """People and forms: N people, F forms.

    `worth` (N,) is what one week within the ideal interval counts; `covers` (N, F) how many weeks
    one attendance covers, 0 where the form does not suit; `covered` (N,) how many weeks from the
    start are covered by what was held. The `late_` arrays say the same of the longest interval:
    what one week within that counts besides (0 where none is set). `scale` multiplies the limits
    on forms, for books larger than one person's.
    """

    forms: tuple[PlanForm, ...]
    ideal_days: IntArray
    worth: FloatArray
    covers: IntArray
    covered: IntArray
    overdue_days: FloatArray
    late_worth: FloatArray
    late_covers: IntArray
    late_covered: IntArray
    scale: float = 1.0

    @property
    def people(self) -> int:
        """Return how many people there are."""
        return len(self.worth)

    @property
    def total_worth(self) -> float:
        """Return what a week with everybody within interval counts."""
        return float(self.worth.sum() + self.late_worth.sum())


@dataclass(frozen=True, slots=True)
class Group:
    """One encounter in numbers: a form, a week, its guests."""

    form: int
    week: int
    guests: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Floor:
    """The least share of weeks within the ideal interval, on average over some people."""

    name: str
    members: IntArray
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Weeks:
    """The weeks to plan: W weeks.

    `hours` (W,) are those one has, before what is `fixed` (locked, or in the calendar) is taken
    off. `may` (N, W) says who can be met in which week (None: everybody always); `open_weeks`
    (F, W) how many of a form fit a week (None: `most_a_week` of the form times scale);
    `quarter_left` (F,) how many of a form with a quarterly limit are left in the first twelve
    weeks (None: all). `evenings` (W,) is how many evenings one has (None: no limit). People who
    are `apart` are never in one encounter; who should meet (`together`) are, where it costs
    nothing. `previous` is the plan that stands: changing one attendance of it costs `keep_worth`
    times the person's worth.
    """

    hours: FloatArray
    may: BoolArray | None = None
    fixed: tuple[Group, ...] = ()
    open_weeks: IntArray | None = None
    quarter_left: IntArray | None = None
    evenings: IntArray | None = None
    apart: frozenset[tuple[int, int]] = frozenset()
    together: frozenset[tuple[int, int]] = frozenset()
    floors: tuple[Floor, ...] = ()
    previous: tuple[Group, ...] = ()
    keep_worth: float = 0.0

    @property
    def count(self) -> int:
        """Return how many weeks there are."""
        return len(self.hours)


@dataclass(frozen=True, slots=True)
class Unmet:
    """A floor that the hours do not allow: wanted and reached share, and the hours a week it lacks."""

    floor: str
    wanted: float
    reached: float
    hours_short: float


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """A plan in numbers.

    `objective` and `bound` are in units of worth times weeks, over the horizon alone (what an
    attendance covers after the last week is steered by, and not counted here); `gap` is 1 −
    objective / bound of the model that was solved, terminal worth included. `within` (W,) is the
    share of worth within interval by week; `hour_worth` (W,) what one more hour in a week would add.
    """

    groups: tuple[Group, ...]
    objective: float
    bound: float
    gap: float
    within: FloatArray
    hours_used: FloatArray
    hour_worth: FloatArray
    unmet: tuple[Unmet, ...] = ()
    notes: tuple[str, ...] = field(default=())
