"""Who sits where: guests and tables in, a plan of low cost out, with what each guest gives up.

Hard rules (never beside, never at one table, a place that is set) are kept or named, and never
traded for comfort. All else has a weight, and costs are counted in whole hundredths of a point, so
that the same input gives the same plan on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Shape = Literal["round", "long"]
Sex = Literal["", "f", "m"]
Couples = Literal["apart", "together", "any"]
#: Where host and hostess sit at a long table: at its two ends, or face to face in its middle.
HostsAt = Literal["ends", "middle"]
#: Both places of the host before those of the hostess, or right of each before left of each.
HonourOrder = Literal["host", "turns"]

#: What one point is made of: costs are whole numbers of these.
POINT = 100
#: What each wish weighs where the user sets nothing, in points.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"rank": 3.0, "talk": 10.0, "near": 5.0, "couple": 4.0, "alternate": 1.5}
)


@dataclass(frozen=True, slots=True)
class Diner:
    """Somebody to be seated.

    `rank` counts from 1, equal ranks are allowed, 0 is none. `languages` empty means that they are
    not known, and then nobody is thought unable to talk. Who `interprets` is company only for those
    whom the interpreting joins to somebody else. `table` names the table that it must be.
    """

    name: str
    rank: int = 0
    sex: Sex = ""
    languages: frozenset[str] = frozenset()
    partner: str = ""
    interprets: bool = False
    interprets_for: tuple[str, ...] = ()
    table: str = ""
    office: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with `seats` places at most; `honour` 1 is before 2. Host and hostess are names."""

    name: str
    seats: int
    shape: Shape = "round"
    host: str = ""
    hostess: str = ""
    hosts_at: HostsAt = "ends"
    honour: int = 1


@dataclass(frozen=True, slots=True)
class Never:
    """Two who must not sit beside or face each other, or not at one table (`where`)."""

    first: str
    second: str
    where: Literal["beside", "table"] = "table"


@dataclass(frozen=True, slots=True)
class Near:
    """Two who should sit side by side, or at one table (`where`); `weight` in points."""

    first: str
    second: str
    where: Literal["beside", "table"] = "beside"
    weight: float = WEIGHTS["near"]


@dataclass(frozen=True, slots=True)
class SeatingTask:
    """All that a seating plan is made from. Names of diners and of tables are each unlike."""

    diners: tuple[Diner, ...]
    tables: tuple[Table, ...]
    never: tuple[Never, ...] = ()
    near: tuple[Near, ...] = ()
    couples: Couples = "apart"
    alternate: bool = False
    order: HonourOrder = "host"
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    title: str = ""
    #: Whoever gives it and sits with the guests, of whom he is none: "" is nobody of the diners.
    giver: str = ""
    #: Two who must not be at one table, and are at the only one there is.
    unkept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SeatRule:
    """One hard rule: apart-beside or apart-table (two names), table (name, table), place (host, table)."""

    kind: Literal["apart-beside", "apart-table", "table", "place"]
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that a place costs a guest.

    `kind` is rank (`places` below it), above (`places` above it), talk, near, near-table, interpret,
    couple or alternate. `other` is whom it concerns ("" for nobody). `cost` is in hundredths of a point;
    what two share counts half for each.
    `because` says what the best exchange that mends it would do instead: (kind, name, other), or is
    empty where it would cost more only in sum.
    """

    kind: str
    cost: int
    other: str = ""
    places: int = 0
    because: tuple[str, str, str] | tuple[()] = ()


@dataclass(frozen=True, slots=True)
class Seated:
    """A guest at a place: table and place by number from 0; what it costs, and why."""

    name: str
    table: int
    place: int
    cost: int
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class SeatingPlan:
    """A plan: who sits where. `laid` has the number of places laid at each table.

    `cost` and `bound` are in hundredths of a point; no plan with these places costs less than
    `bound`, and `exact` says that this one is proven to cost least. `given_up` are the hard rules
    that were let go because the user said so.
    """

    seated: tuple[Seated, ...]
    laid: tuple[int, ...]
    cost: int
    bound: int
    exact: bool
    given_up: tuple[SeatRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why there is no plan.

    `sets` are rules that cannot hold together, each of the smallest size that still conflicts;
    `give_up` is the least to give up so that the others hold. `proven` says that no plan keeps all
    rules, and that nothing smaller would do; otherwise the search ended at its limit. `places_short`
    is how many places are missing (0: enough).
    """

    sets: tuple[tuple[SeatRule, ...], ...] = ()
    give_up: tuple[SeatRule, ...] = ()
    proven: bool = True
    places_short: int = 0


def rules_of(task: SeatingTask) -> tuple[SeatRule, ...]:
    """Return the hard rules of a task: who must not meet, who must sit where."""
    places = [SeatRule("place", host, t.name) for t in task.tables for host in (t.host, t.hostess) if host]
    hosts = {r.first for r in places}
    tables = [SeatRule("table", d.name, d.table) for d in task.diners if d.table and d.name not in hosts]
    apart = [
        SeatRule("apart-table" if n.where == "table" else "apart-beside", n.first, n.second)
        for n in task.never
    ]
    return (*places, *tables, *dict.fromkeys(apart))


def derive_seating(
    task: SeatingTask, *, seed: int = 0, steps: int | None = None, give_up: bool = False
) -> SeatingPlan | Conflict:
    """Return a seating plan, or why there is none.

    Up to seven free guests are seated by looking at every plan; more by annealing with `steps`
    exchanges (None: by the number of guests) from a plan that keeps the rules, then by exchanging
    until no exchange helps. The same task and seed give the same plan. With `give_up` the least of
    the hard rules is let go where they conflict.
    """
    from legation.plan.seating_search import search_plan  # noqa: PLC0415 - it imports these types

    return search_plan(task, seed=seed, steps=steps, give_up=give_up)
