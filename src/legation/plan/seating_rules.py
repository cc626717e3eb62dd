"""Whether the hard rules of a seating can hold together, and if not, which conflict.

Only guests whom a rule names are placed here: the others fill what is left, in any order. First a
table is sought for each, then a place at it. The search is complete within a number of steps, so
that a conflict it reports is proven; the least to give up is the smallest set of rules that meets
every conflict found, until none is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from legation.plan.seating import Conflict, SeatingTask, SeatRule, rules_of
from legation.plan.seating_places import Laid, lay_table

#: Steps of one search. Real lists need fewer than a thousand.
STEPS = 40_000
#: What is given up first where several sets are as small: a place of honour last.
_FIRST_GIVEN = {"apart-beside": 0, "apart-table": 1, "table": 2, "place": 3}
#: More rules than this are not reduced to smallest sets one by one.
_MOST_REDUCED = 400


class _Spent(Exception):  # noqa: N818 - it is a limit reached, not an error
    """The steps are used up."""


@dataclass(slots=True)
class _Budget:
    left: int

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise _Spent


@dataclass(slots=True, eq=False)
class _Search:
    """One search for places that keep some rules."""

    task: SeatingTask
    laid: Sequence[int]
    rules: Sequence[SeatRule]
    budget: _Budget
    tables: list[Laid] = field(default_factory=list)
    #: Who is fixed to a place, and who to a table; by name.
    place: dict[str, tuple[int, int]] = field(default_factory=dict)
    only: dict[str, int] = field(default_factory=dict)
    apart: dict[str, set[str]] = field(default_factory=dict)
    never_near: dict[str, set[str]] = field(default_factory=dict)

    def run(self) -> dict[str, tuple[int, int]] | None:
        """Return (table, place) of everybody whom a rule names, or None if there is none."""
        number = {t.name: i for i, t in enumerate(self.task.tables)}
        self.tables = [
            lay_table(t, n) if n else Laid((), (), (), -1, -1)
            for t, n in zip(self.task.tables, self.laid, strict=True)
        ]
        taken: set[tuple[int, int]] = set()
        for rule in self.rules:
            if rule.kind == "place":
                table = number[rule.second]
                is_host = self.task.tables[table].host == rule.first
                at = self.tables[table].host if is_host else self.tables[table].hostess
                if at < 0 or (table, at) in taken or rule.first in self.place:
                    return None
                self.place[rule.first] = (table, at)
                taken.add((table, at))
            elif rule.kind == "table":
                if self.only.setdefault(rule.first, number[rule.second]) != number[rule.second]:
                    return None
            else:
                of = self.apart if rule.kind == "apart-table" else self.never_near
                of.setdefault(rule.first, set()).add(rule.second)
                of.setdefault(rule.second, set()).add(rule.first)
        named = {**self.place, **self.only, **self.apart, **self.never_near}
        for name, (table, _) in self.place.items():
            self.only[name] = table
        return self._tables(sorted(named, key=lambda n: (n not in self.place, n not in self.only, n)))

    def _tables(self, names: list[str]) -> dict[str, tuple[int, int]] | None:
        left = list(self.laid)
        at: dict[str, int] = {}
        alike = [
            (t.shape, n, t.hosts_at, bool(t.host), bool(t.hostess)) if not self._bound(i) else i
            for i, (t, n) in enumerate(zip(self.task.tables, self.laid, strict=True))
        ]
        order = self._order(names)

        def choose(k: int) -> dict[str, tuple[int, int]] | None:
            self.budget.spend()
            if k == len(order):
                return self._places(at)
            name = order[k]
            fresh: set[object] = set()
            foes = {at[o] for o in self.apart.get(name, ()) if o in at}
            # Where beside is forbidden, the table with fewest such is tried first.
            near = self.never_near.get(name, set())
            choices = [self.only[name]] if name in self.only else sorted(
                range(len(left)), key=lambda t: (sum(at.get(o) == t for o in near), -left[t], t)
            )  # fmt: skip
            for t in choices:
                if left[t] < 1 or t in foes:
                    continue
                # Of tables alike that nobody sits at yet, one stands for all.
                if left[t] == self.laid[t]:
                    if alike[t] in fresh:
                        continue
                    fresh.add(alike[t])
                at[name] = t
                left[t] -= 1
                found = choose(k + 1)
                if found is not None:
                    return found
                left[t] += 1
                del at[name]
            return None

        return choose(0)

    def _bound(self, table: int) -> bool:
        return any(t == table for t in self.only.values())

    def _order(self, names: list[str]) -> list[str]:
        """Return the names, who has most rules with those before first."""
        rest = dict.fromkeys(names)
        order: list[str] = []
        done: set[str] = set()
        while rest:
            name = max(
                rest,
                key=lambda n: (
                    n in self.place, n in self.only, len(self.apart.get(n, set()) & done),
                    len(self.apart.get(n, ())), len(self.never_near.get(n, ())),
                ),
            )  # fmt: skip
            order.append(name)
            done.add(name)
            del rest[name]
        return order

    def _places(self, at: Mapping[str, int]) -> dict[str, tuple[int, int]] | None:
        found: dict[str, tuple[int, int]] = {}
        for t, plan in enumerate(self.tables):
            here = [n for n in at if at[n] == t]
            seats = _seat_table(
                plan, {n: self.place[n][1] for n in here if n in self.place},
                {n: self.never_near.get(n, set()) & set(here) for n in here}, self.budget,
            )  # fmt: skip
            if seats is None:
                return None
            found.update({n: (t, p) for n, p in seats.items()})
        return found


def _seat_table(
    plan: Laid, fixed: Mapping[str, int], never: Mapping[str, set[str]], budget: _Budget
) -> dict[str, int] | None:
    """Return a place for each at one table so that nobody is beside or faces whom they must not."""
    count = len(plan.at)
    near = [set(plan.beside[p]) | set(plan.facing[p]) for p in range(count)]
    seats: dict[str, int] = {}
    domains = {n: set(range(count)) - set(fixed.values()) for n in never if n not in fixed}

    def put(name: str, place: int, domains: dict[str, set[int]]) -> dict[str, set[int]]:
        out = {}
        for other, domain in domains.items():
            if other == name:
                continue
            gone = near[place] | {place} if other in never[name] else {place}
            out[other] = domain - gone
        return out

    for name, place in fixed.items():
        if any(seats.get(o) in near[place] for o in never[name]):
            return None
        seats[name] = place
        domains = put(name, place, domains)

    def choose(domains: dict[str, set[int]]) -> bool:
        budget.spend()
        if not domains:
            return True
        if not _can_match(domains):
            return False
        name = min(domains, key=lambda n: (len(domains[n]), -len(never[n]), n))
        choices = sorted(domains[name])
        # The first one to sit at a round table without hosts may sit anywhere.
        if not seats and all(len(b) == len(plan.beside[0]) for b in plan.beside) and _is_ring(plan):
            choices = choices[:1]
        for place in choices:
            seats[name] = place
            if choose(put(name, place, domains)):
                return True
            del seats[name]
        return False

    # Who has no rule beside anybody takes what is left.
    ruled = {n: d for n, d in domains.items() if never[n]}
    if not choose(ruled):
        return None
    rest = [p for p in range(count) if p not in set(seats.values())]
    idle = [n for n in domains if n not in seats]
    if len(idle) > len(rest):
        return None
    seats.update(zip(idle, rest, strict=False))
    return seats


def _is_ring(plan: Laid) -> bool:
    count = len(plan.at)
    return all((i + 1) % count in plan.beside[i] for i in range(count)) and plan.at[0][0] == 0.0


def _can_match(domains: Mapping[str, set[int]]) -> bool:
    """Say whether everybody can have a place of their own (augmenting paths)."""
    holder: dict[int, str] = {}

    def place(name: str, tried: set[int]) -> bool:
        for p in domains[name]:
            if p not in tried:
                tried.add(p)
                if p not in holder or place(holder[p], tried):
                    holder[p] = name
                    return True
        return False

    return all(place(name, set()) for name in sorted(domains, key=lambda n: len(domains[n])))


def find_places(
    task: SeatingTask, laid: Sequence[int], rules: Sequence[SeatRule], steps: int = STEPS
) -> tuple[dict[str, tuple[int, int]] | None, bool]:
    """Return (table, place) of everybody whom a rule names, or None; and whether that is certain."""
    try:
        return _Search(task, laid, rules, _Budget(steps)).run(), True
    except _Spent:
        return None, False


def explain_conflict(task: SeatingTask, laids: Iterable[Sequence[int]]) -> Conflict | None:
    """Return which rules conflict and the least to give up, or None if they can hold.

    `laids` are the ways of laying the tables; rules conflict where they cannot hold under any.
    """
    ways = [tuple(laid) for laid in laids]
    rules = rules_of(task)
    certain = True

    def holds(kept: Sequence[SeatRule]) -> bool:
        nonlocal certain
        for laid in ways:
            found, sure = find_places(task, laid, kept)
            if found is not None:
                return True
            certain = certain and sure
        return False

    sets: list[tuple[SeatRule, ...]] = []
    given: tuple[SeatRule, ...] = ()
    while not holds([r for r in rules if r not in given]):
        kept = [r for r in rules if r not in given]
        sets.append(_smallest(kept, holds))
        given = _least_hitting(sets)
    return Conflict(tuple(sets), given, certain) if sets else None


def _smallest(rules: list[SeatRule], holds: Callable[[Sequence[SeatRule]], bool]) -> tuple[SeatRule, ...]:
    """Return rules that conflict, each needed for it; found by leaving out parts, then single rules."""
    if len(rules) > _MOST_REDUCED:
        return tuple(rules)
    part = max(1, len(rules) // 2)
    while True:
        start = 0
        while start < len(rules):
            without = rules[:start] + rules[start + part :]
            if without and not holds(without):
                rules = without
            else:
                start += part
        if part == 1:
            return tuple(rules)
        part //= 2


def _least_hitting(sets: Sequence[tuple[SeatRule, ...]]) -> tuple[SeatRule, ...]:
    """Return the fewest rules of which every set holds one; a place of honour is given up last."""
    pool = sorted(
        dict.fromkeys(r for s in sets for r in s), key=lambda r: (_FIRST_GIVEN[r.kind], r.first, r.second)
    )
    for size in range(1, len(sets) + 1):
        fitting = [c for c in combinations(pool, size) if all(set(c) & set(s) for s in sets)]
        if fitting:
            return min(fitting, key=lambda c: sum(_FIRST_GIVEN[r.kind] for r in c))
    return tuple(s[0] for s in sets)
