"""Forms of meeting as a plan needs them: hours, seats, and how much of an interval one covers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: How much of an interval one encounter of a form covers. An hour in company is not an hour alone:
#: a reception of a hundred covers three tenths (decision 0013). Forms are those of `facts.FORMS`.
EFFECTS: Mapping[str, float] = {
    "breakfast": 1.0, "lunch": 1.0, "dinner": 1.0, "supper": 1.0, "visit": 1.0, "call": 1.0,
    "walk": 1.0, "journey": 1.0, "theatre": 1.0, "tavern": 1.0, "meeting": 1.0,
    "telephone": 0.35, "session": 0.3, "reception": 0.3, "corridor": 0.3, "church": 0.3,
    "letter": 0.2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanForm:
    """One form that a plan may propose.

    `hours` are the host's, for one encounter with all its guests; `capacity` is the most guests;
    `effect` (0–1) is the part of a guest's interval that one attendance covers; `accepts` (0–1) is
    how often an invitation is accepted. A limit of None is no limit. `weekdays` are those on which
    it may be proposed, Monday 0 (None: any), and `place` is where it is held ("" is not said).
    """

    name: str
    hours: float
    capacity: int
    effect: float
    most_a_week: int
    most_a_quarter: int | None = None
    evening: bool = False
    accepts: float = 0.7
    at: str = "13:00"
    weekdays: frozenset[int] | None = None
    place: str = ""


#: What holds where plan.toml sets nothing; a quarter is twelve weeks.
DEFAULT_FORMS: tuple[PlanForm, ...] = (
    PlanForm("telephone", 0.3, 1, 0.35, 15, accepts=0.9, at="11:00"),
    PlanForm("breakfast", 1.25, 2, 1.0, 3, at="08:30"),
    PlanForm("visit", 1.75, 1, 1.0, 5, at="16:00"),
    PlanForm("lunch", 2.0, 2, 1.0, 5, at="13:00"),
    PlanForm("theatre", 4.5, 3, 1.0, 1, evening=True, at="19:00"),
    PlanForm("dinner", 4.5, 8, 1.0, 2, evening=True, at="19:30"),
    PlanForm("reception", 5.0, 120, 0.3, 1, 3, evening=True, at="18:00"),
)


def map_effects(forms: Iterable[PlanForm]) -> dict[str, float]:
    """Return how much of an interval each form covers: as plan.toml sets it, else as `EFFECTS` has it."""
    return {**EFFECTS, **{form.name: form.effect for form in forms}}
