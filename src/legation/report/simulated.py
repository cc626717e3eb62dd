"""What simulated years show: how the plan and simpler ways fare, by layer, and who goes cold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from legation.report.json import VERSION, plain
from legation.report.views import PersonLink


@dataclass(frozen=True, slots=True)
class WayView:
    """One way to plan (plan, greedy, overdue): its share of worth within interval, mean, least and most."""

    way: str
    share: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class LayerYearView:
    """The people of one interval: their mean share of weeks within it, by way, and by the reference bound.

    `ceiling` is the most that inviting each of them in every week would come to.
    """

    interval_days: int
    people: int
    plan: float
    greedy: float
    overdue: float
    bound: float
    ceiling: float


@dataclass(frozen=True, slots=True)
class FloorYearView:
    """A floor of plan.toml: what is wanted, what the simulated years reached, and the hours a week it lacks.

    `hours_short` is 0 where the hours suffice, None where no hours would do.
    """

    floor: str
    wanted: float
    reached: float
    hours_short: float | None


@dataclass(frozen=True, slots=True)
class ColdYearView:
    """Somebody who is past the interval in more than half of all simulated weeks, though planned for."""

    person: PersonLink
    interval_days: int
    kept: float


@dataclass(frozen=True, slots=True)
class SimulatedView:
    """Some simulated years on the user's own people.

    `hours` a week are those planned with, `hours_left` those that remained, `hours_used` what the
    plan spent. `bound` is the reference bound; `hour_adds` what one hour more a week added to
    the plan's share in the same years. `curves` has the share at the end of each week for plan, greedy and
    overdue, the mean of the years. `says` is all that has to be known of the figures, in sentences.
    """

    since: str
    weeks: int
    seeds: int
    first_seed: int
    people: int
    hours: float
    hours_left: float
    hours_used: float
    ways: tuple[WayView, ...]
    bound: float
    hour_adds: float
    layers: tuple[LayerYearView, ...]
    floors: tuple[FloorYearView, ...]
    cold: tuple[ColdYearView, ...]
    curves: dict[str, tuple[float, ...]]
    says: tuple[str, ...]


def simulated_to_json(view: SimulatedView) -> dict[str, Any]:
    """Return the view as its versioned output."""
    return {"version": VERSION, "kind": "simulate", **plain(view)}
