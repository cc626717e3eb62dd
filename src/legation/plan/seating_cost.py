"""What a seating plan costs: by place, by pair, and by who has somebody to talk to.

People are numbers in the order of the task; one number more, `nobody`, stands for an empty place.
Costs are whole hundredths of a point. A broken hard rule counts `BROKEN`, which no sum of wishes
reaches, so that one scale serves for search; a plan with a broken rule is never handed out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from legation.plan.seating import POINT, WEIGHTS, Diner, SeatingTask, SeatRule, Sex
from legation.plan.seating_places import Laid, Place, honour_keys, lay_places

BROKEN = 10**12
#: Of the weight of "side by side", what is left when two sit face to face.
FACING_LEFT = 2
#: A place above rank costs so many times less than one below, and no more than this many do.
ABOVE_LESS, ABOVE_MOST = 12, 8


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """A task in numbers, with its places laid.

    `own[d][p]` is what place p costs diner d by itself, `beside[d][e]` and `facing[d][e]` what a pair
    costs so placed, `table[d]` lists (e, cost) of pairs at one table; pairs may be negative, and
    `constant` makes up for it. `shares[d]` are those whom d can talk with. `away[d][p]` is how many
    places p lies below the rank of d, `above[d][p]` how many above it.
    """

    task: SeatingTask
    places: tuple[Place, ...]
    plans: tuple[Laid, ...]
    own: tuple[tuple[int, ...], ...]
    beside: tuple[tuple[int, ...], ...]
    facing: tuple[tuple[int, ...], ...]
    table: tuple[tuple[tuple[int, int], ...], ...]
    shares: tuple[frozenset[int], ...]
    interprets: tuple[bool, ...]
    away: tuple[tuple[int, ...], ...]
    above: tuple[tuple[int, ...], ...]
    constant: int
    talk_weight: int
    #: Whether anybody at all may lack somebody to talk to, and whether anybody interprets.
    talk_matters: bool
    interpreted: bool
    #: The place of a diner that a rule fixes, or -1.
    fixed: tuple[int, ...]
    near_places: tuple[tuple[int, ...], ...] = field(default=())
    #: How many people there are; also the number of `nobody`.
    people: int = 0


def weight_of(task: SeatingTask, name: str) -> int:
    """Return a weight of the task in hundredths of a point."""
    return round(POINT * task.weights.get(name, WEIGHTS[name]))


def build_costs(task: SeatingTask, laid: Sequence[int], rules: Iterable[SeatRule]) -> Costs:
    """Return a task in numbers, with `laid` places at each table and only these hard rules."""
    places, plans = lay_places(task.tables, laid)
    people = len(task.diners)
    number = {d.name: i for i, d in enumerate(task.diners)}
    tables = {t.name: i for i, t in enumerate(task.tables)}
    pairs = _Pairs(people)
    fixed = [-1] * (people + 1)
    only: dict[int, int] = {}
    for rule in rules:
        first = number[rule.first]
        if rule.kind == "apart-beside":
            pairs.add(first, number[rule.second], BROKEN, BROKEN)
        elif rule.kind == "apart-table":
            pairs.add_table(first, number[rule.second], BROKEN)
        elif rule.kind == "table":
            only[first] = tables[rule.second]
        else:
            fixed[first] = _host_place(task, rule, places, plans, tables)
    constant = _wishes(task, number, pairs)
    away, above = _places_off(task, places, plans, fixed)
    own = []
    taken = {p for p in fixed if p >= 0}
    for d in range(people):
        rank = task.diners[d].rank
        weight = weight_of(task, "rank") * 4 / (3 + _standing(task, d, fixed)) if rank else 0.0
        row = []
        for p, place in enumerate(places):
            cost = round(weight * away[d][p])
            cost += round(weight_of(task, "rank") * min(above[d][p], ABOVE_MOST) / ABOVE_LESS)
            if fixed[d] >= 0:
                cost = 0 if p == fixed[d] else BROKEN
            elif p in taken or (d in only and place.table != only[d]):
                cost += BROKEN
            row.append(cost)
        own.append(tuple(row))
    own.append((0,) * len(places))
    shares = _shares(task.diners)
    everybody = all(len(s) == people - 1 for s in shares[:people])
    interpreted = any(d.interprets for d in task.diners)
    return Costs(
        task, places, plans, tuple(own), *pairs.done(), shares,
        (*(d.interprets for d in task.diners), False), away, above, constant, weight_of(task, "talk"),
        people > 1 and not (everybody and not interpreted), interpreted, tuple(fixed),
        tuple(_reach(places, p, interpreted=interpreted) for p in range(len(places))), people,
    )  # fmt: skip


def _host_place(
    task: SeatingTask, rule: SeatRule, places: Sequence[Place], plans: Sequence[Laid], tables: dict[str, int]
) -> int:
    table = tables[rule.second]
    at = plans[table].host if task.tables[table].host == rule.first else plans[table].hostess
    for p, place in enumerate(places):
        if place.table == table and place.number == at:
            return p
    return -1


def _standing(task: SeatingTask, d: int, fixed: Sequence[int]) -> int:
    """Return the place in rank of a diner, hosts not counted: 1 for the first, also of equals."""
    ranks = [e.rank for i, e in enumerate(task.diners) if e.rank and fixed[i] < 0]
    return 1 + sum(r < task.diners[d].rank for r in ranks)


class _Pairs:
    """Collects what pairs cost."""

    def __init__(self, people: int) -> None:
        size = range(people + 1)
        self.beside = [[0 for _ in size] for _ in size]
        self.facing = [[0 for _ in size] for _ in size]
        self.table: list[dict[int, int]] = [{} for _ in size]

    def add(self, a: int, b: int, beside: int, facing: int) -> None:
        for x, y in ((a, b), (b, a)):
            self.beside[x][y] += beside
            self.facing[x][y] += facing

    def add_table(self, a: int, b: int, cost: int) -> None:
        for x, y in ((a, b), (b, a)):
            self.table[x][y] = self.table[x].get(y, 0) + cost

    def done(
        self,
    ) -> tuple[
        tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...], tuple[tuple[tuple[int, int], ...], ...]
    ]:
        return (
            tuple(map(tuple, self.beside)),
            tuple(map(tuple, self.facing)),
            tuple(tuple(sorted(row.items())) for row in self.table),
        )


def couples_of(task: SeatingTask) -> list[tuple[str, str]]:
    """Return each couple once, in the order of the guests."""
    names = {d.name for d in task.diners}
    found = {tuple(sorted((d.name, d.partner))): None for d in task.diners if d.partner in names}
    return [(a, b) for a, b in found if a != b]


def _wishes(task: SeatingTask, number: dict[str, int], pairs: _Pairs) -> int:
    """Add what may be traded: wishes, couples, alternation; return the constant."""
    constant = 0
    wishes = [(n.first, n.second, n.where, round(POINT * n.weight)) for n in task.near]
    wishes += [
        (d.name, other, "beside", weight_of(task, "talk")) for d in task.diners for other in d.interprets_for
    ]
    couple = weight_of(task, "couple")
    for a, b in couples_of(task):
        if task.couples == "apart":
            pairs.add(number[a], number[b], couple, 0)
        elif task.couples == "together":
            wishes.append((a, b, "beside", couple))
    for a, b, where, weight in wishes:
        constant += weight
        if where == "table":
            pairs.add_table(number[a], number[b], -weight)
        else:
            pairs.add(number[a], number[b], -weight, -(weight // FACING_LEFT))
    alternate = weight_of(task, "alternate") if task.alternate else 0
    if alternate:
        for i, diner in enumerate(task.diners):
            for j in range(i):
                if diner.sex and diner.sex == task.diners[j].sex:
                    pairs.add(i, j, alternate, 0)
    return constant


def _shares(diners: Sequence[Diner]) -> tuple[frozenset[int], ...]:
    out = []
    for i, a in enumerate(diners):
        of = {
            j for j, b in enumerate(diners)
            if j != i and (not a.languages or not b.languages or a.languages & b.languages)
        }  # fmt: skip
        out.append(frozenset(of))
    return (*out, frozenset())


def _reach(places: Sequence[Place], p: int, *, interpreted: bool) -> tuple[int, ...]:
    """Return the places where somebody's company may change when the occupant of p does."""
    found = {p, *places[p].talks}
    if interpreted:
        found |= {r for q in places[p].talks for r in places[q].talks}
    return tuple(sorted(found))


def _places_off(
    task: SeatingTask, places: Sequence[Place], plans: Sequence[Laid], fixed: Sequence[int]
) -> tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]:
    """Return, for each diner and place, how many places it lies below the diner's rank, and above.

    Who has no rank comes after all who have one, and sits nowhere below it.

    Places and ranks are counted without the hosts. Where women and men alternate, each are ranked
    among themselves, on the places that alternation gives them.
    """
    keys = honour_keys(task.tables, places, plans, task.order)
    hosts = {p for p in fixed if p >= 0}
    free = [p for p in range(len(places)) if p not in hosts]
    people = len(task.diners)
    guests = [d for d in range(people) if fixed[d] < 0 and task.diners[d].rank]
    of_sex = _places_of_sex(task, places, fixed) if task.alternate else {}
    # How many places are better than each, by the sex whose places count ("" all).
    better: dict[str, list[int]] = {}
    upto: dict[str, list[int]] = {}
    below: list[tuple[int, ...]] = []
    above: list[tuple[int, ...]] = []
    none = (0,) * len(places)
    for d, diner in enumerate(task.diners):
        if fixed[d] >= 0:
            below.append(none)
            above.append(none)
            continue
        own = of_sex.get(diner.sex)
        whose = diner.sex if own else ""
        if whose not in better:
            mine = sorted(keys[p] for p in free if not own or p in own)
            better[whose] = [bisect_left(mine, key) for key in keys]
            upto[whose] = [bisect_right(mine, key) for key in keys]
        others = [e for e in guests if not own or task.diners[e].sex == diner.sex]
        last = sum(task.diners[e].rank <= diner.rank for e in others)
        first = 1 + sum(task.diners[e].rank < diner.rank or not diner.rank for e in others)
        below.append(tuple(max(0, 1 + count - last) for count in better[whose]) if diner.rank else none)
        above.append(tuple(max(0, first - count) for count in upto[whose]))
    return (*below, none), (*above, none)


def _places_of_sex(
    task: SeatingTask,
    places: Sequence[Place],
    fixed: Sequence[int],
) -> dict[str, set[int]]:
    """Return the places that alternation from the hosts gives to women and to men."""
    sex_at = {fixed[d]: diner.sex for d, diner in enumerate(task.diners) if fixed[d] >= 0}
    found: dict[str, set[int]] = {"f": set(), "m": set()}
    other: dict[Sex, Sex] = {"f": "m", "m": "f"}
    # From each host outwards along the table, as far as the nearest host reaches.
    edge: list[tuple[int, Sex]] = [(p, s) for p, s in sorted(sex_at.items()) if s]
    seen = {p for p, _ in edge}
    while edge:
        further: list[tuple[int, Sex]] = []
        for p, sex in edge:
            for q in places[p].beside:
                if q not in seen:
                    seen.add(q)
                    found[other[sex]].add(q)
                    further.append((q, other[sex]))
        edge = further
    # A table without a host may begin with either.
    rest = set(range(len(places))) - seen
    return {sex: of | rest for sex, of in found.items()} if found["f"] and found["m"] else {}


@dataclass(slots=True, eq=False)
class Seats:
    """Who sits at which place, with the cost of it kept up to date."""

    costs: Costs
    at: list[int]
    talk: list[int] = field(default_factory=list)
    total: int = 0

    def __post_init__(self) -> None:
        c = self.costs
        self.talk = [self.talk_cost(p) for p in range(len(self.at))]
        self.total = c.constant + sum(self.talk)
        for p, d in enumerate(self.at):
            self.total += c.own[d][p]
            self.total += sum(c.beside[d][self.at[q]] for q in c.places[p].beside if q < p)
            self.total += sum(c.facing[d][self.at[q]] for q in c.places[p].facing if q < p)
        table_of = {d: c.places[p].table for p, d in enumerate(self.at)}
        for d, table in table_of.items():
            self.total += sum(cost for e, cost in c.table[d] if e < d and table_of.get(e) == table)

    def talk_cost(self, p: int) -> int:
        """Return what it costs the guest at p to have nobody to talk to, or 0."""
        c = self.costs
        d = self.at[p]
        if not c.talk_matters or d == c.people or c.interprets[d]:
            return 0
        shares, at = c.shares[d], self.at
        near = c.places[p].talks
        through = []
        for q in near:
            e = at[q]
            if e in shares:
                if not c.interprets[e]:
                    return 0
                through.append(q)
        for q in through:
            company = c.shares[at[q]]
            for r in (*c.places[q].talks, *near):
                e = at[r]
                if e != d and e in company and not c.interprets[e]:
                    return 0
        return c.talk_weight

    def around(self, p: int, d: int) -> int:
        """Return what diner d costs at p beside those who sit around it."""
        c, at = self.costs, self.at
        place = c.places[p]
        beside, facing = c.beside[d], c.facing[d]
        cost = c.own[d][p]
        for q in place.beside:
            cost += beside[at[q]]
        for q in place.facing:
            cost += facing[at[q]]
        return cost

    def change(self, p: int, q: int, table_of: Sequence[int]) -> int:
        """Return what exchanging the guests at p and q would add to the cost.

        `table_of` has the table of every diner.
        """
        c, at = self.costs, self.at
        a, b = at[p], at[q]
        own = c.own
        if own[b][p] >= BROKEN > own[a][p] or own[a][q] >= BROKEN > own[b][q]:
            return BROKEN
        before = self.around(p, a) + self.around(q, b)
        at[p], at[q] = b, a
        after = self.around(p, b) + self.around(q, a)
        if c.talk_matters:
            talk = self.talk
            for r in {*c.near_places[p], *c.near_places[q]}:
                after += self.talk_cost(r) - talk[r]
        at[p], at[q] = a, b
        # What the two cost each other is counted twice, before and after, and is the same.
        here, there = c.places[p].table, c.places[q].table
        if here != there:
            for x, old, new in ((a, here, there), (b, there, here)):
                for e, cost in c.table[x]:
                    if e not in (a, b):
                        table = table_of[e]
                        after += cost * ((table == new) - (table == old))
        return after - before

    def exchange(self, p: int, q: int, table_of: list[int], added: int) -> None:
        """Exchange the guests at p and q; `added` is what `change` said."""
        at = self.at
        at[p], at[q] = at[q], at[p]
        for r in (p, q):
            table_of[at[r]] = self.costs.places[r].table
        if self.costs.talk_matters:
            for r in {*self.costs.near_places[p], *self.costs.near_places[q]}:
                self.talk[r] = self.talk_cost(r)
        self.total += added

    def tables(self) -> list[int]:
        """Return the table of every diner."""
        found = [-1] * (self.costs.people + 1)
        for p, d in enumerate(self.at):
            found[d] = self.costs.places[p].table
        return found
