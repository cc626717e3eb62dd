"""Where one stands with everybody: standing, layer, interval, closeness, and the chance to meet soon.

One way to compute them for Today, the brief and the list of people, so that a figure is the same
wherever it is shown.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from legation.network.closeness import STANDING_DAYS, half_life_of
from legation.network.silence import Model, Rhythm, derive_rhythm, refine_model
from legation.network.silence_prior import PRIOR
from legation.plan.due import LOST_DAYS, LOST_INTERVALS
from legation.plan.inputs import derive_worth
from legation.plan.settings import Layer, PlanSettings, Rule, Rules, Wish
from legation.report.contacts import NEVER, Met, load_met
from legation.report.kin import load_kin
from legation.report.people import NameIndex, find_whole
from legation.report.plan_whereabouts import load_dead
from legation.store import lookups
from legation.store.tx import Tx

#: Who stands beyond the last layer is not asked about kinship and household: so many more than it holds.
_ROOM = 100


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whether one will meet soon, as things go: the chance (0–1) within 30 days, and the rhythm behind it."""

    chance: float
    rhythm: Rhythm


def map_rules(
    tx: Tx, settings: PlanSettings, owner: str
) -> tuple[Rules, dict[str, tuple[str, ...]], tuple[tuple[str, str], ...]]:
    """Return the rules by person, the circles of each, and the names that set nothing, with the reason.

    Circles are loaded only where plan.toml names one.
    """
    people: dict[str, Wish] = {}
    unused: list[tuple[str, str]] = []
    index = NameIndex(tx) if settings.people else None
    for name, wish in settings.people.items():
        found = find_whole(index, name) if index else []
        if not found:
            unused.append((name, "nobody on record is called so"))
        elif len(found) > 1:
            unused.append((name, f"fits {len(found)} people"))
        elif found[0] == owner:
            unused.append((name, "is the owner"))
        else:
            people.setdefault(found[0], wish)
    circles: dict[str, list[str]] = defaultdict(list)
    for person, circle in lookups.load_circles(tx) if settings.circles else ():
        circles[person].append(circle)
    return Rules(settings, people), {p: tuple(c) for p, c in circles.items()}, tuple(unused)


class Standings:
    """Everybody whom the owner met up to a day; nothing after it counts."""

    def __init__(self, tx: Tx, owner: str, on: dt.date, settings: PlanSettings) -> None:
        self.on = on
        self.owner = owner
        self.settings = settings
        self.met: Mapping[str, Met] = load_met(tx, owner, on)
        self.rules, circles, self.unused = map_rules(tx, settings, owner)
        self.circles: Mapping[str, tuple[str, ...]] = circles
        # The same as the plan's: who is believed dead is due nowhere.
        self.dead = frozenset(load_dead(tx, on, self.met))
        self._layers: dict[str, Layer | None] = {}
        self._model: Model | None = None
        ranked = self._ranked()
        most = settings.layers[-1].up_to if settings.layers else 0
        asked = {*(p for _, p in ranked[: most + _ROOM]), *self.rules.people}
        self.kin, self.household = load_kin(tx, owner, sorted(asked))
        self._rank(ranked)

    def _ranked(self) -> list[tuple[tuple[float, int, int], str]]:
        """Return who may be planned for, best standing first; of equals who was met last, then most."""
        least = self.settings.default_after_encounters
        found = []
        for person, met in self.met.items():
            if (met.count >= least or person in self.rules.people) and person not in self.dead:
                last = met.last_on(self.on)
                order = (-met.closeness(self.on, STANDING_DAYS), -last.toordinal() if last else 1, -met.count)
                found.append((order, person))
        return sorted(found)

    def _rank(self, ranked: Sequence[tuple[object, str]]) -> None:
        rank = 0
        for _, person in ranked:
            if person in self.household:
                continue
            layer = self.settings.layer_of(rank + 1)
            rule = self.rules.of(person, self.circles.get(person, ()), layer)
            self._layers[person] = layer
            # Whoever is lost from sight does not take a place from those who are not.
            if rule is not None and not self.is_lost(person, rule):
                rank += 1

    def is_lost(self, person: str, rule: Rule) -> bool:
        """Say whether somebody is lost from sight, and nobody set an interval to keep them in it."""
        last = self.met[person].last_on(self.on)
        if rule.why == "you set":
            return False
        return last is None or (self.on - last).days > max(LOST_INTERVALS * rule.ideal_days, LOST_DAYS)

    def layer(self, person: str) -> Layer | None:
        """Return the layer that somebody stands in, or None."""
        return self._layers.get(person)

    def rule(self, person: str) -> Rule | None:
        """Return what is meant with somebody, or None; of the household and the dead nothing is.

        An interval of the circle, the layer or for everybody takes as many encounters as plan.toml asks.
        """
        if person in self.dead or person in self.household:
            return None
        rule = self.rules.of(person, self.circles.get(person, ()), self.layer(person))
        if rule is None or rule.why == "you set":
            return rule
        met = self.met.get(person, NEVER)
        return rule if met.count >= self.settings.default_after_encounters else None

    def worth(self, person: str, rule: Rule) -> float:
        """Return what a week within the interval is worth, as the plan counts it."""
        return derive_worth(rule, self.layer(person), self.settings.layers)

    def half_life_days(self, person: str) -> float:
        """Return in how many days closeness with somebody fades by half."""
        layer = self.layer(person)
        if layer is None:
            return half_life_of(0, kin=person in self.kin)
        return half_life_of(layer.number, kin=person in self.kin, set_days=layer.half_life_days)

    def closeness(self, person: str) -> float:
        """Return closeness on the day."""
        met = self.met.get(person, NEVER)
        return met.closeness(self.on, self.half_life_days(person)) if met.days else 0.0

    def outlook(self, person: str) -> Outlook | None:
        """Return the chance of an encounter in the next 30 days, or None where no day is on record."""
        today = self.on.toordinal()
        rhythm = derive_rhythm(self.met.get(person, NEVER).ordinals(), today)
        return None if rhythm is None else Outlook(self.model.chance(rhythm.features()), rhythm)

    @property
    def model(self) -> Model:
        """The model of silence: the shipped one, moved towards this record's own past."""
        if self._model is None:
            everybody = [days for met in self.met.values() if (days := met.ordinals())]
            self._model = refine_model(everybody, self.on.toordinal(), PRIOR)
        return self._model


def say_outlook(outlook: Outlook) -> str:
    """Return the chance in one line: "13 in 100 that you meet within 30 days: last met 40 days ago, …"."""
    said = f"{say_chance(outlook.chance)} that you meet within 30 days: "
    rhythm = outlook.rhythm
    days = rhythm.recency_days
    said += "met today" if not days else f"last met {days:,} day{'s' if days != 1 else ''} ago"
    if rhythm.gap_days is None:
        return f"{said}, on that day only"
    gap = max(1, round(rhythm.gap_days))
    return f"{said}, usually every {f'{gap:,} days' if gap > 1 else 'day'}"


def say_chance(chance: float) -> str:
    """Return a probability as a frequency: "13 in 100", "fewer than 1 in 100"."""
    share = round(100 * chance)
    if share < 1:
        return "fewer than 1 in 100"
    return "more than 99 in 100" if share > 99 else f"{share} in 100"
