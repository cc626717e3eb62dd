"""A seating plan made for reading: tables with their places, what each place costs, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from legation.plan.seating import (
    POINT,
    Conflict,
    Reason,
    Seated,
    SeatingPlan,
    SeatingTask,
    SeatRule,
    derive_seating,
    rules_of,
)
from legation.plan.seating_places import Laid, lay_places
from legation.report.saying import join_names, say_number, sentence

VERSION = 1
#: Sets of conflicting rules that the sentences name; all are in the view.
_MOST_SETS = 2
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
#: What each kind of cost is called in a sentence about all guests.
KINDS: Mapping[str, str] = {
    "rank": "precedence", "above": "precedence", "talk": "nobody to talk to", "near": "wishes not met",
    "near-table": "wishes not met", "interpret": "interpreters placed apart", "couple": "couples",
    "alternate": "neighbours of one sex",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeatView:
    """One place: its number (from 1, clockwise), who sits there ("" nobody), and what it costs in words.

    `x` and `y` are where the chair stands, in chairs from the middle of the table; `role` is host,
    hostess or "". `cost` is in points.
    """

    number: int
    name: str
    office: str
    person: str
    role: str
    cost: float
    reasons: tuple[str, ...]
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class SeatTableView:
    """One table with its places; `hosts_at` says how a long one is laid."""

    name: str
    shape: str
    hosts_at: str
    places: tuple[SeatView, ...]


@dataclass(frozen=True, slots=True)
class SeatingView:
    """A seating plan, or why there is none (`conflicts`, and `give_up`, the least to give up).

    Costs are in points; no plan with these places costs less than `bound`, and `exact` says that
    none costs less than this one. `costs` has the points by what they are for; `given_up` the rules
    that were let go. `proven` says that the conflict, and that it takes so much to mend it, is
    certain. `says` is the whole in sentences.
    """

    title: str
    guests: int
    tables: tuple[SeatTableView, ...]
    cost: float
    bound: float
    exact: bool
    costs: Mapping[str, float]
    conflicts: tuple[tuple[str, ...], ...]
    give_up: tuple[str, ...]
    given_up: tuple[str, ...]
    proven: bool
    places_short: int
    says: tuple[str, ...]

    @property
    def found(self) -> bool:
        """Say whether there is a plan."""
        return bool(self.tables)


def make_seating(task: SeatingTask, *, seed: int = 0, give_up: bool = False) -> SeatingView:
    """Return the seating plan of a task as a view; with `give_up` without the rules that it takes."""
    found = derive_seating(task, seed=seed, give_up=give_up)
    return view_conflict(task, found) if isinstance(found, Conflict) else view_plan(task, found)


def view_plan(task: SeatingTask, plan: SeatingPlan) -> SeatingView:
    """Return a plan as a view."""
    _, laid = lay_places(task.tables, plan.laid)
    tables = [
        _table(task, plan, number, laid[number])
        for number in range(len(task.tables))
        if plan.laid[number]
    ]  # fmt: skip
    costs: Counter[str] = Counter()
    for seated in plan.seated:
        for reason in seated.reasons:
            costs[KINDS[reason.kind]] += reason.cost
    by_kind = {kind: cost / POINT for kind, cost in sorted(costs.items(), key=lambda c: (-c[1], c[0]))}
    given = tuple(say_rule(r) for r in plan.given_up)
    says = tuple(_summary(task, plan, by_kind, len(tables), given))
    return SeatingView(
        task.title, len(plan.seated), tuple(tables), plan.cost / POINT, plan.bound / POINT, plan.exact,
        by_kind, (), (), given, True, 0, says,
    )  # fmt: skip


def view_conflict(task: SeatingTask, conflict: Conflict) -> SeatingView:
    """Return as a view why there is no plan."""
    sets = tuple(tuple(say_rule(r) for r in rules) for rules in conflict.sets)
    give_up = tuple(say_rule(r) for r in conflict.give_up)
    seats = sum(t.seats for t in task.tables)
    if conflict.places_short:
        there = f"There are {say_number(len(task.diners), 'guest')} and {say_number(seats, 'place')}"
        says = [f"{there}: {say_number(conflict.places_short, 'place is', 'places are')} missing."]
    elif sets:
        says = ["The rules cannot all hold, whoever sits where."]
        says += [f"These conflict: {'; '.join(rules)}." for rules in sets[:_MOST_SETS]]
        if len(sets) > _MOST_SETS:
            says.append(
                f"{sentence(say_small(len(sets) - _MOST_SETS))} more sets of rules conflict likewise."
            )
        least = "The least to give up" if conflict.proven else "It would do to give up (less may do)"
        says.append(f"{least}: {'; '.join(give_up)}.")
    else:
        says = ["No plan that keeps all rules was found, and none was proven impossible: the search ended."]
    return SeatingView(
        task.title, len(task.diners), (), 0.0, 0.0, False, {}, sets, give_up, (), conflict.proven,
        conflict.places_short, tuple(says),
    )  # fmt: skip


def _table(task: SeatingTask, plan: SeatingPlan, number: int, laid: Laid) -> SeatTableView:
    table = task.tables[number]
    diners = {d.name: d for d in task.diners}
    here = {s.place: s for s in plan.seated if s.table == number}
    places = []
    for place, (x, y) in enumerate(laid.at):
        seated = here.get(place)
        if seated is None:
            places.append(SeatView(place + 1, "", "", "", "", 0.0, (), x, y))
            continue
        diner = diners[seated.name]
        # Whoever is named host has the host's place, unless that rule was given up.
        role = {laid.host: "host", laid.hostess: "hostess"}.get(place, "")
        role = role if seated.name in (table.host, table.hostess) else ""
        reasons = tuple(_reason(task, seated, r) for r in seated.reasons)
        places.append(
            SeatView(
                place + 1, seated.name, diner.office, diner.person, role, seated.cost / POINT, reasons, x, y
            )
        )
    return SeatTableView(table.name, table.shape, table.hosts_at, tuple(places))


def say_rule(rule: SeatRule) -> str:
    """Return a hard rule in words."""
    if rule.kind == "apart-table":
        return f"{rule.first} and {rule.second} not at one table"
    if rule.kind == "apart-beside":
        return f"{rule.first} and {rule.second} not side by side or face to face"
    if rule.kind == "table":
        return f"{rule.first} at table {rule.second}"
    return f"{rule.first} as host of table {rule.second}"


def _reason(task: SeatingTask, seated: Seated, reason: Reason) -> str:
    """Return what a place costs somebody, in words, with why."""
    other = reason.other
    if reason.kind == "rank":
        said = f"{say_small(reason.places)} {'place' if reason.places == 1 else 'places'} below rank"
    elif reason.kind == "above":
        said = f"{say_small(reason.places)} {'place' if reason.places == 1 else 'places'} above rank"
    elif reason.kind == "talk":
        said = "nobody beside or opposite with a language in common"
    elif reason.kind == "near":
        said = f"not beside {other}, as wished"
    elif reason.kind == "near-table":
        said = f"not at one table with {other}, as wished"
    elif reason.kind == "interpret":
        said = f"not beside {other}, though one interprets for the other"
    elif reason.kind == "couple":
        said = f"beside {other}, a couple" if task.couples == "apart" else f"parted from {other}, a couple"
    else:
        said = f"beside {other}, {_two_of_a_sex(task, seated.name)}"
    because = say_because(task, reason.because)
    return f"{said}: {because}" if because else said


def say_because(task: SeatingTask, because: tuple[str, str, str] | tuple[()]) -> str:
    """Return what the best exchange would do instead, "" where it says nothing."""
    if not because:
        return ""
    kind, name, other = because
    if kind in ("rank", "above"):
        return f"elsewhere {name} would be {'below' if kind == 'rank' else 'above'} rank"
    if kind == "talk":
        return f"elsewhere {name} would have nobody to talk to"
    if kind == "nobody":
        return "no guest shares a language"
    if kind == "table":
        return f"{name} has to stay at another table"
    both = f"{name} and {other}"
    words = {
        "near": f"elsewhere {both} would not be side by side",
        "near-table": f"elsewhere {both} would not be at one table",
        "interpret": f"elsewhere {both} would lose their interpreting",
        "couple": f"elsewhere {both}, a couple, would be side by side"
        if task.couples == "apart"
        else f"elsewhere {both}, a couple, would be parted",
        "alternate": f"elsewhere {both}, {_two_of_a_sex(task, name)}, would be side by side",
        "apart-beside": f"{both} must not be side by side or face to face",
        "apart-table": f"{both} must not be at one table",
    }
    return words.get(kind, "")


def _two_of_a_sex(task: SeatingTask, name: str) -> str:
    sex = next((d.sex for d in task.diners if d.name == name), "")
    return {"f": "two women", "m": "two men"}.get(sex, "of one sex")


def say_small(number: int) -> str:
    """Return a small number as a word, a larger one in figures."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def say_points(points: float) -> str:
    """Return a cost in points: "1 point", "6.5 points"."""
    figure = f"{points:.2f}".rstrip("0").rstrip(".")
    return f"{figure} {'point' if figure == '1' else 'points'}"


def _summary(
    task: SeatingTask, plan: SeatingPlan, costs: Mapping[str, float], tables: int, given: tuple[str, ...]
) -> list[str]:
    # Whoever gives it is no guest, and sits with them.
    own = sum(1 for s in plan.seated if s.name == task.giver)
    guests = say_number(len(plan.seated), "guest")
    if own:
        number = len(plan.seated) - own
        guests = f"{say_small(number)} {'guest' if number == 1 else 'guests'} and the host"
    says = [f"{sentence(guests)} at {say_number(tables, 'table')}."]
    for one, other in task.unkept:
        says.append(
            f"{one} and {other} must not be at one table, and there is only this one: ask one of them"
            " another day, or lay two tables."
        )
    if given:
        says.append(f"Given up, because the rules cannot all hold: {'; '.join(given)}. All others are kept.")
    elif task.unkept:
        says.append("They are kept out of each other's sight, and every other rule is kept.")
    elif rules_of(task):
        says.append("Every rule is kept.")
    if not plan.cost:
        says.append("Every wish is met: the plan costs nothing.")
        return says
    parts = [f"{kind} {say_points(cost)}" for kind, cost in costs.items()]
    says.append(f"What is left unmet costs {say_points(plan.cost / POINT)}: {join_names(parts)}.")
    if plan.exact:
        says.append("No plan with these places costs less.")
    elif plan.bound:
        says.append(
            f"No plan with these places can cost less than {say_points(plan.bound / POINT)}; "
            "how much of the difference could be saved is not known."
        )
    else:
        says.append("How near this is to the least possible is not known.")
    return says


def seating_to_json(view: SeatingView) -> dict[str, Any]:
    """Return a seating plan as its versioned output (docs/formats/seating.md)."""
    from legation.report.json import plain  # noqa: PLC0415 - it imports the views

    told = plain(view)
    told["costs"] = [{"what": what, "points": points} for what, points in view.costs.items()]
    return {"version": VERSION, "kind": "seating", "found": view.found, **told}
