"""The plan as faces show it: weeks, encounters, who goes cold, and how good it is."""

from __future__ import annotations

from dataclasses import dataclass

from legation.report.views import PersonLink


@dataclass(frozen=True, slots=True)
class GuestView:
    """A guest: who, why, and the answer ("" not invited, needs-action, accepted, declined, tentative)."""

    person: PersonLink
    why: str
    reply: str = ""
    #: Who may come in this guest's place, best first.
    instead: tuple[PersonLink, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedView:
    """One encounter of the plan; `why_day` says why this day ("" where any would do)."""

    uid: str
    on: str
    at: str
    form: str
    place: str
    hours: float
    guests: tuple[GuestView, ...]
    locked: bool
    origin: str
    occasion: str = ""
    why_day: str = ""
    #: The share of worth within interval over all weeks that goes if this is dropped.
    adds: float = 0.0
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class WeekView:
    """One week: its Monday, the hours one has and those used, the share within interval at its end."""

    since: str
    hours: float
    hours_used: float
    within: float
    encounters: tuple[PlannedView, ...]
    #: Why there are fewer hours than usual ("away", "sitting days"), or "".
    says: str = ""


@dataclass(frozen=True, slots=True)
class ColdView:
    """Somebody who is past the longest interval by the end of the plan, and since when."""

    person: PersonLink
    interval_days: int
    last_on: str
    cold_on: str
    why: str


@dataclass(frozen=True, slots=True)
class CourtesyView:
    """What an occasion asks for on a day, short of an encounter."""

    person: PersonLink
    on: str
    occasion: str
    courtesy: str
    why: str


@dataclass(frozen=True, slots=True)
class LayerView:
    """One layer: how many people, the share of weeks within interval, and the floor set (None: none)."""

    layer: int
    interval_days: int
    people: int
    within: float
    floor: float | None = None


@dataclass(frozen=True, slots=True)
class UnmetView:
    """A floor that the hours do not allow, in words, with the hours a week that it lacks."""

    floor: str
    wanted: float
    reached: float
    hours_short: float
    says: str


@dataclass(frozen=True, slots=True)
class LeftOutView:
    """Somebody who is not planned for, and why (dead, away, let go, too seldom met)."""

    person: PersonLink
    why: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan.

    Shares (0–1) are of worth within interval, averaged over the weeks. `share` is that of this plan,
    `bound_share` what no plan can pass; `greedy_share`, `overdue_share` and `receptions_share` where
    greedy choice, one to one with the most overdue first, and receptions alone would end.
    `hour_more` and `hour_less` are what an hour a week more or less changes in `share`. `curves` has
    the share at the end of each week for plan, greedy and overdue. `kept` says whether the weeks
    stand in weeks.toml; `based_on` is the hash that an edit of them is based on ("" for no file).
    """

    since: str
    until: str
    weeks: tuple[WeekView, ...]
    people: int
    share: float
    bound_share: float
    gap: float
    objective: float
    bound: float
    greedy_share: float
    overdue_share: float
    receptions_share: float
    hours: float
    hours_used: float
    hour_more: float
    hour_less: float
    cold: tuple[ColdView, ...]
    courtesies: tuple[CourtesyView, ...]
    layers: tuple[LayerView, ...]
    unmet: tuple[UnmetView, ...]
    left_out: tuple[LeftOutView, ...]
    left_out_count: int
    curves: dict[str, tuple[float, ...]]
    notes: tuple[str, ...]
    kept: bool
    based_on: str
    method: str


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One change of the weeks that stand.

    `kind` is move (to day `on`), lock, unlock, drop, swap (`person` out, `other` in), add (`other`
    in), remove (`person` out), reply (`person` answered `reply`) or hours (the week of `on` has
    `hours`). People are ids.
    """

    kind: str
    uid: str = ""
    on: str = ""
    person: str = ""
    other: str = ""
    reply: str = ""
    hours: float = 0.0


@dataclass(frozen=True, slots=True)
class EffectView:
    """What a change would do, before it is made: shares before and after, hours of the weeks touched.

    `broken` lists what the change would break (hours, capacity, people apart, an absence), in words;
    `colder` and `warmer` who would go cold or no longer.
    """

    share_before: float
    share_after: float
    hours_used: dict[str, float]
    broken: tuple[str, ...]
    colder: tuple[PersonLink, ...]
    warmer: tuple[PersonLink, ...]
    says: str


@dataclass(frozen=True, slots=True)
class PlanSettingsView:
    """What plan.toml sets, as far as the desk edits it.

    `hours` are those of a usual week (None: none set); `floors` (layer, share or None) with the
    layers' `intervals` (layer, ideal days, longest days or None); `people` are the intervals set by
    name, in days. `notes` says what in the file could not be used. `based_on` is the hash that an
    edit is based on ("" for no file).
    """

    hours: float | None
    evenings: int | None
    floors: tuple[tuple[int, float | None], ...]
    intervals: tuple[tuple[int, int, int | None], ...]
    people: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]
    based_on: str
