"""What `plan.toml` sets: intervals, layers, hours, forms, absences, and who must not meet whom.

Reading it never fails: a value that cannot be used is told as a `Problem`, with its line where the
text is at hand, and what holds where nothing is set holds instead (docs/formats/plan.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from legation.facts.candidates import FORMS, OCCASIONS
from legation.facts.problem import Problem
from legation.plan.forms import DEFAULT_FORMS, EFFECTS, PlanForm
from legation.plan.toml_spans import Path
from legation.plan.values import WEEKDAYS, Table, Told, near_name

MOST_DAYS = 3660
DEFAULT_HOURS = 18.0
#: Written before a name to say that a circle is meant.
CIRCLE = "circle:"
#: What an occasion asks for where plan.toml does not say; "" is nothing.
DEFAULT_COURTESIES: Mapping[str, str] = {
    "birthday": "letter", "anniversary": "letter", "wedding": "flowers", "birth": "flowers",
    "illness": "visit", "death": "", "bereavement": "letter", "appointment": "letter",
    "departure": "telephone", "arrival": "call",
}  # fmt: skip
#: Occasions that a courtesy may be set for.
COURTESY_OCCASIONS = tuple(dict.fromkeys((*OCCASIONS, *DEFAULT_COURTESIES)))


@dataclass(frozen=True, slots=True)
class Wish:
    """What is set for one person or circle; None and () are not set.

    Intervals are in days; `worth` multiplies that of the layer; `floor` (0–1) is the least share of
    weeks within the ideal interval; `forms` are the only ones that suit.
    """

    ideal_days: int | None = None
    longest_days: int | None = None
    worth: float | None = None
    floor: float | None = None
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of closeness: everybody up to a rank whom no nearer layer has.

    `worth` is what one week within the ideal interval counts; `half_life_days` that of closeness
    (None: what closeness takes by itself); `forms` are the only ones that suit (() is all).
    """

    number: int
    up_to: int
    ideal_days: int
    longest_days: int | None
    worth: float
    floor: float | None = None
    half_life_days: float | None = None
    forms: tuple[str, ...] = ()


#: Worth falls as in the simulated year that the planner is judged by (docs/decisions/0013).
DEFAULT_LAYERS: tuple[Layer, ...] = (
    Layer(1, 5, 7, None, 12.0),
    Layer(2, 15, 14, None, 7.0),
    Layer(3, 50, 30, None, 3.5),
    Layer(4, 150, 90, None, 1.6),
    Layer(5, 500, 180, None, 1.0),
)


@dataclass(frozen=True, slots=True)
class Who:
    """A person or a circle, as plan.toml names it."""

    kind: Literal["person", "circle"]
    name: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """Days on which only some forms fit; `since` and `until` None have no end there."""

    weekdays: frozenset[int] | None
    since: dt.date | None
    until: dt.date | None
    forms: tuple[str, ...]
    why: str = ""

    def holds(self, on: dt.date) -> bool:
        """Say whether a day is one of them."""
        within = (self.since is None or self.since <= on) and (self.until is None or on <= self.until)
        return within and (self.weekdays is None or on.weekday() in self.weekdays)


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which one is away; both ends belong to it."""

    since: dt.date
    until: dt.date
    why: str = ""


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which somebody else cannot be met; None has no end there."""

    person: str
    since: dt.date | None
    until: dt.date | None
    why: str = ""
    #: Where it stands in the file, for `toml_spans.find_line`.
    key: Path = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who are apart, or should meet."""

    one: Who
    other: Who
    why: str = ""
    key: Path = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """What holds for a plan. People and circles are names here; `report.plan_rules` finds whom they mean.

    `hours_a_week` and `weekday_hours` (Monday first; None: no limit of its own) are hours for
    encounters; `hours_set` says whether the file sets them. `default_days`, where set, is the
    interval of everybody who has none of their own, and no layer counts. `evenings_a_week` None is
    no limit, `evenings` the weekdays that have one.
    """

    people: Mapping[str, Wish] = field(default_factory=dict)
    circles: Mapping[str, Wish] = field(default_factory=dict)
    layers: tuple[Layer, ...] = DEFAULT_LAYERS
    default_days: int | None = None
    default_after_encounters: int = 3
    hours_a_week: float = DEFAULT_HOURS
    hours_set: bool = False
    weekday_hours: tuple[float | None, ...] = (None,) * 7
    evenings_a_week: int | None = None
    evenings: frozenset[int] = frozenset(range(7))
    forms: tuple[PlanForm, ...] = DEFAULT_FORMS
    home: tuple[str, ...] = ()
    sitting: tuple[Sitting, ...] = ()
    absences: tuple[Absence, ...] = ()
    away: tuple[Away, ...] = ()
    apart: tuple[Pair, ...] = ()
    together: tuple[Pair, ...] = ()
    start: tuple[str, ...] = ()
    let_go: tuple[str, ...] = ()
    courtesies: Mapping[str, str] = field(default_factory=lambda: dict(DEFAULT_COURTESIES))

    def layer_of(self, rank: int) -> Layer | None:
        """Return the layer of a rank of closeness, which counts from 1; None beyond the last."""
        return next((layer for layer in self.layers if rank <= layer.up_to), None)

    def absence_on(self, on: dt.date) -> Absence | None:
        """Return the absence that a day lies in."""
        return next((a for a in self.absences if a.since <= on <= a.until), None)

    def forms_on(self, on: dt.date) -> tuple[str, ...]:
        """Return the forms that fit a day: none while away, few on a sitting day."""
        if self.absence_on(on) is not None or self.weekday_hours[on.weekday()] == 0:
            return ()
        sittings = [s for s in self.sitting if s.holds(on)]
        return tuple(
            f.name
            for f in self.forms
            if (f.weekdays is None or on.weekday() in f.weekdays)
            and (not f.evening or on.weekday() in self.evenings)
            and all(f.name in s.forms for s in sittings)
        )

    def hours_in(self, monday: dt.date, hours: float | None = None) -> tuple[float, str]:
        """Return (hours of the week that begins on a day, why they are fewer than usual or "").

        An absence takes its days' share: by `weekday_hours` where all that are set add up to
        something, else each day is a seventh. `hours` stands in for `hours_a_week`.
        """
        wanted = self.hours_a_week if hours is None else hours
        weights = self._day_weights(wanted)
        free, whys = 0.0, []
        for number in range(7):
            on = monday + dt.timedelta(days=number)
            absence = self.absence_on(on)
            if absence is None:
                free += weights[on.weekday()]
            else:
                whys.append(absence.why or "away")
        total = sum(weights)
        left = wanted * free / total if total else 0.0
        if None not in self.weekday_hours:
            left = min(left, free)
        return round(left, 6), ", ".join(dict.fromkeys(whys))

    def evenings_in(self, monday: dt.date) -> int:
        """Return how many evenings a week has, absences taken off."""
        days = [monday + dt.timedelta(days=n) for n in range(7)]
        free = sum(d.weekday() in self.evenings and self.absence_on(d) is None for d in days)
        return free if self.evenings_a_week is None else min(free, self.evenings_a_week)

    def _day_weights(self, wanted: float) -> list[float]:
        """Return what each weekday is of a week's hours, Monday first.

        Where a usual week has none, what is `wanted` of this one is spread instead.
        """
        known = [h for h in self.weekday_hours if h is not None]
        rest = 7 - len(known)
        each = max(0.0, (self.hours_a_week or wanted) - sum(known)) / rest if rest else 0.0
        return [each if h is None else h for h in self.weekday_hours]


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for one person, and who set the interval.

    `why` is "you set", "circle press", "layer 2", "default"; `floor` is that of the person or
    circle alone, layers have theirs by themselves. `forms` () is all.
    """

    ideal_days: int
    longest_days: int | None
    worth: float
    forms: tuple[str, ...]
    why: str
    floor: float | None = None

    @property
    def cold_days(self) -> int:
        """After how many days somebody counts as gone cold: the longest interval, else twice the ideal."""
        return self.longest_days if self.longest_days is not None else 2 * self.ideal_days


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings with names resolved: `people` by person id, circles by folded name."""

    settings: PlanSettings
    people: Mapping[str, Wish]

    def of(self, person: str, circles: Iterable[str] = (), layer: Layer | None = None) -> Rule | None:
        """Return what holds for a person, or None where nothing sets an interval.

        What is set for the person goes before circles, `default_days` and the layer, each value by
        itself. Of several circles the shortest interval holds, and the greatest worth.
        """
        mine = self.people.get(person, Wish())
        by_name = {fold_circle(n): (n, w) for n, w in self.settings.circles.items()}
        found = [by_name[fold_circle(c)] for c in circles if fold_circle(c) in by_name]
        found.sort(key=lambda nw: (nw[1].ideal_days or MOST_DAYS + 1, nw[0]))
        wishes = [mine, *(w for _, w in found)]
        base = layer.worth if layer else self.settings.layers[-1].worth if self.settings.layers else 1.0
        timed = self._interval(mine, found, layer)
        if timed is None:
            return None
        ideal, longest, why = timed
        circle_worths = [w.worth for _, w in found if w.worth is not None]
        factor = mine.worth if mine.worth is not None else max(circle_worths, default=1.0)
        forms = next((w.forms for w in wishes if w.forms), layer.forms if layer else ())
        floor = next((w.floor for w in wishes if w.floor is not None), None)
        return Rule(ideal, longest, base * factor, forms, why, floor)

    def _interval(
        self, mine: Wish, circles: list[tuple[str, Wish]], layer: Layer | None
    ) -> tuple[int, int | None, str] | None:
        """Return (ideal days, longest days, who set them); a longest below the ideal is none."""
        options = [(mine.ideal_days, mine.longest_days, "you set")]
        options += [(w.ideal_days, w.longest_days, f"circle {n}") for n, w in circles]
        options.append((self.settings.default_days, None, "default"))
        if layer is not None:
            options.append((layer.ideal_days, layer.longest_days, f"layer {layer.number}"))
        chosen = next((o for o in options if o[0] is not None), None)
        if chosen is None or chosen[0] is None:
            return None
        longest = next((o[1] for o in options if o[1] is not None), None)
        return chosen[0], longest if longest is None or longest >= chosen[0] else None, chosen[2]


def fold_circle(name: str) -> str:
    """Return the name of a circle as names of circles are compared."""
    return " ".join(name.casefold().split())


# ── reading plan.toml ───────────────────────────────────────────────────────────────────


def parse_plan(
    data: Mapping[str, Any], text: str = "", file: str = "plan.toml"
) -> tuple[PlanSettings, tuple[Problem, ...]]:
    """Return the settings, and what could not be used of them with what holds instead.

    `data` is what tomllib made of `text`, by which lines are found; "" is no text.
    """
    told = Told(file, text)
    top = Table(data, told)
    names = tuple(f.name for f in DEFAULT_FORMS)
    forms = _forms(top.table("forms"))
    usable = tuple(f.name for f in forms) or names
    hours = top.table("hours")
    a_week = hours.number("a_week", DEFAULT_HOURS, 0, 112, unit="hours a week")
    weekdays = tuple(hours.number(day, None, 0, 24) for day in WEEKDAYS)
    # Every weekday set and no sum for the week: the sum is what they add up to.
    if not hours.has("a_week") and None not in weekdays:
        a_week = sum(h for h in weekdays if h is not None)
    evenings_a_week = hours.whole("evenings_a_week", None, 0, 7)
    evenings = hours.weekdays("evenings")
    hours.tell_unknown()
    places = top.table("places")
    home = places.texts("home")
    places.tell_unknown()
    settings = PlanSettings(
        people=_wishes(top.table("intervals_days"), usable),
        circles=_wishes(top.table("circles"), usable),
        layers=_layers(top.table("layers"), usable),
        default_days=top.whole("default_days", None, 1, MOST_DAYS, unit="days"),
        default_after_encounters=top.whole("default_after_encounters", 3, 0, 10_000) or 0,
        hours_a_week=DEFAULT_HOURS if a_week is None else a_week,
        hours_set="a_week" in hours.data or None not in weekdays,
        weekday_hours=weekdays,
        evenings_a_week=evenings_a_week,
        evenings=frozenset(range(7)) if evenings is None else evenings,
        forms=forms,
        home=home,
        sitting=tuple(s for t in top.tables("sitting") if (s := _sitting(t, usable))),
        absences=tuple(a for t in top.tables("absence") if (a := _absence(t))),
        away=tuple(a for t in top.tables("away") for a in _away(t)),
        apart=tuple(p for t in top.tables("apart") for p in _pairs(t)),
        together=tuple(p for t in top.tables("together") for p in _pairs(t)),
        start=top.texts("start"),
        let_go=top.texts("let_go"),
        courtesies=_courtesies(top.table("courtesies")),
    )
    top.tell_unknown()
    return settings, told.in_order()


def _wish(table: Table, forms: tuple[str, ...]) -> Wish:
    wish = Wish(
        ideal_days=_days(table, "ideal"),
        longest_days=_days(table, "longest"),
        worth=table.number("worth", None, 0, 1000),
        floor=table.number("floor", None, 0, 1),
        forms=table.texts("forms", choices=forms),
    )
    table.tell_unknown()
    return replace(wish, longest_days=_longest(table, wish.ideal_days, wish.longest_days))


def _days(table: Table, key: str, default: int | None = None) -> int | None:
    """Return an interval; `ideal` and `ideal_days` are the same."""
    name = f"{key}_days" if f"{key}_days" in table.data else key
    table.known += [key, f"{key}_days"]
    return table.whole(name, default, 1, MOST_DAYS, unit="days")


def _longest(table: Table, ideal: int | None, longest: int | None) -> int | None:
    """Return the longest interval, or None where it is shorter than the ideal."""
    if ideal is None or longest is None or longest >= ideal:
        return longest
    name = "longest_days" if "longest_days" in table.data else "longest"
    table.tell(
        name,
        f"is {longest} days, shorter than the ideal interval of {ideal}.",
        "No longest interval holds.",
    )
    return None


def _wishes(table: Table, forms: tuple[str, ...]) -> dict[str, Wish]:
    """Return what is set by name: a number of days, or a table."""
    found = {}
    for name, value in table.data.items():
        if isinstance(value, Mapping):
            found[str(name)] = _wish(table.table(name), forms)
        else:
            days = table.whole(name, None, 1, MOST_DAYS, unit="days")
            if days is not None:
                found[str(name)] = Wish(ideal_days=days)
    return found


def _layers(table: Table, forms: tuple[str, ...]) -> tuple[Layer, ...]:
    """Return the layers: those of the program, changed and added to by number."""
    numbers = sorted(int(k) for k in table.data if k.isdecimal() and 1 <= int(k) <= 20)
    known = {layer.number: layer for layer in DEFAULT_LAYERS}
    found: list[Layer] = []
    for number in sorted({*known, *numbers}):
        mine = table.table(str(number))
        start = known.get(number)
        if start is None:
            before = found[-1]
            if "up_to" not in mine.data or not {"ideal", "ideal_days"} & mine.data.keys():
                table.tell(str(number), "needs up_to and ideal_days.", "This layer is left out.")
                continue
            start = Layer(number, before.up_to, before.ideal_days, None, before.worth)
        ideal = _days(mine, "ideal", start.ideal_days) or start.ideal_days
        layer = Layer(
            number=number,
            up_to=mine.whole("up_to", start.up_to, 0, 1_000_000, unit="people") or 0,
            ideal_days=ideal,
            longest_days=_longest(mine, ideal, _days(mine, "longest")),
            worth=_or(mine.number("worth", start.worth, 0, 1000), start.worth),
            floor=mine.number("floor", None, 0, 1),
            half_life_days=mine.number("half_life_days", None, 1, MOST_DAYS, unit="days"),
            forms=mine.texts("forms", choices=forms),
        )
        mine.tell_unknown()
        if found and layer.up_to < found[-1].up_to:
            # A larger inner layer swallows an outer one that the user did not write down.
            if "up_to" in mine.data:
                mine.tell(
                    "up_to",
                    f"is {layer.up_to}, less than that of the layer before it ({found[-1].up_to}).",
                    f"Nobody is in layer {number}.",
                )
            layer = replace(layer, up_to=found[-1].up_to)
        found.append(layer)
    table.tell_unknown()
    return tuple(found)


def _or(value: float | None, default: float) -> float:
    return default if value is None else value


def _forms(table: Table) -> tuple[PlanForm, ...]:
    """Return the forms: those of the program, changed, left out and added to by name."""
    known = {f.name: f for f in DEFAULT_FORMS}
    found = []
    for name in (*known, *(n for n in table.data if n in FORMS and n not in known)):
        mine = table.table(name)
        start = known.get(name) or PlanForm(name, 1.0, 1, EFFECTS.get(name, 1.0), 5)
        used = mine.flag("use", default=True)
        form = PlanForm(
            name=name,
            hours=_or(mine.number("hours", start.hours, 0.05, 24, unit="hours"), start.hours),
            capacity=mine.whole("capacity", start.capacity, 1, 1000, unit="guests") or start.capacity,
            effect=_or(mine.number("effect", start.effect, 0, 1), start.effect),
            most_a_week=int(_or(mine.whole("most_a_week", start.most_a_week, 0, 100), start.most_a_week)),
            most_a_quarter=mine.whole("most_a_quarter", start.most_a_quarter, 0, 1000),
            evening=mine.flag("evening", default=start.evening),
            accepts=_or(mine.number("accepts", start.accepts, 0, 1), start.accepts),
            at=mine.time("at", start.at),
            weekdays=mine.weekdays("weekdays"),
            place=mine.text("place"),
        )
        mine.tell_unknown()
        if used:
            found.append(form)
    for name in table.data:
        if name not in table.known:
            table.told.tell(
                (*table.path, name),
                f"is not a form.{near_name(name, FORMS)}",
                "It has no effect.",
                "setting-unknown",
            )
    return tuple(found)


def _span(table: Table) -> tuple[dt.date | None, dt.date | None, bool]:
    """Return (first day, last day, whether they can be used); `on` is one day alone."""
    on = table.day("on")
    since, until = table.day("from"), table.day("to")
    wrong = any(k in table.data and v is None for k, v in (("on", on), ("from", since), ("to", until)))
    if on is not None:
        since = until = on
    if since is not None and until is not None and until < since:
        table.tell("to", f"is {until}, before the first day, {since}.", "This table is left out.")
        wrong = True
    return since, until, not wrong


def _sitting(table: Table, forms: tuple[str, ...]) -> Sitting | None:
    since, until, usable = _span(table)
    named = "weekdays" in table.data
    weekdays = table.weekdays("weekdays")
    sitting = Sitting(weekdays, since, until, table.texts("forms", choices=forms), table.text("why"))
    table.tell_unknown()
    if not usable or (named and weekdays is None):
        return None
    if weekdays is None and since is None and until is None:
        table.told.tell(table.path, "names no day.", "Set weekdays, on, or from and to. It is left out.")
        return None
    return sitting


def _absence(table: Table) -> Absence | None:
    since, until, usable = _span(table)
    why = table.text("why")
    table.tell_unknown()
    if not usable:
        return None
    if since is None or until is None:
        table.told.tell(
            table.path, "needs a first and a last day.", "Set from and to, or on. It is left out."
        )
        return None
    return Absence(since, until, why)


def _away(table: Table) -> list[Away]:
    since, until, usable = _span(table)
    people = (*table.texts("person"), *table.texts("people"))
    why = table.text("why")
    table.tell_unknown()
    if not people and not {"person", "people"} & table.data.keys():
        table.told.tell(table.path, "names nobody.", "Set person. It is left out.")
    return [Away(p, since, until, why, table.path) for p in people] if usable else []


def _pairs(table: Table) -> list[Pair]:
    """Return the pairs of one table: all of `people` with each other, and `one` with each of `other`."""
    people = [_who(n) for n in table.texts("people")]
    one = [_who(n) for n in table.texts("one")]
    other = [_who(n) for n in table.texts("other")]
    why = table.text("why")
    table.tell_unknown()
    pairs = [Pair(a, b, why, table.path) for n, a in enumerate(people) for b in people[n + 1 :]]
    pairs += [Pair(a, b, why, table.path) for a in one for b in other if a != b]
    if not pairs:
        table.told.tell(
            table.path, "names no two.", "Set people to two or more, or one and other. It is left out."
        )
    return pairs


def _who(name: str) -> Who:
    if name.casefold().startswith(CIRCLE):
        return Who("circle", name[len(CIRCLE) :].strip())
    return Who("person", name)


def _courtesies(table: Table) -> dict[str, str]:
    """Return what each occasion asks for; "none" is nothing."""
    found = dict(DEFAULT_COURTESIES)
    for occasion in COURTESY_OCCASIONS:
        said = table.text(occasion, found.get(occasion, "")).strip()
        found[occasion] = "" if said.casefold() in {"", "none", "nothing"} else said
    table.tell_unknown()
    return found
