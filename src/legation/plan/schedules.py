"""The weekly model solved by prices: each person's best schedule at given prices, and the mix of schedules.

The rows that people share (hours, seats, limits, floors) are few; what is a person's own (coverage)
is a longest path. So the linear programme is one over schedules (Dantzig and Wolfe): the master
says what hours and seats are worth, the path says which schedule is best at these prices, until no
person has a better one. At any prices the sum of the best schedules is a valid upper bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from legation.plan.instance import BoolArray, FloatArray, Floor, Instance, IntArray, Weeks
from legation.plan.linear import ITERATIONS, Linear, Program, open_program
from legation.plan.model import Model, derive_horizon, derive_limits, derive_model

#: The search for prices ends when what is left to gain is this part of the whole.
CLOSE = 2e-5
ROUNDS = 80
#: How often the first, plain price of an hour is halved.
FIRST_PRICES = 7
#: Of larger books than this a part is solved first, for its prices.
PART_PEOPLE = 1000
#: How far from these prices the first schedules of a large book are chosen.
SPREADS = (0.0, 0.02, 0.04, 0.08, 0.16)
#: Prices and weights below this are nought.
NOUGHT = 1e-9
#: What a seat costs where there is none.
CLOSED = 1e7


@dataclass(frozen=True, slots=True, eq=False)
class Mix:
    """A relaxed plan as a mix of schedules: X attendance columns and V further columns of the model.

    `bound` is valid whatever the mix; `objective` is that of the mix, both without the model's
    constant. `regret` (N,) is how little worse another schedule of each person is (that is known; 0
    where schedules are mixed, infinite where none is known). `x` (X,), `n` (G × W,) and `slack` (K,)
    are values; `prices` (R,) by shared row.
    """

    objective: float
    bound: float
    x: FloatArray
    n: FloatArray
    slack: FloatArray
    prices: FloatArray
    regret: FloatArray
    rounds: int


class Paths:
    """Everybody's best schedule at given prices: N people, W weeks, F forms, P points."""

    def __init__(self, instance: Instance, weeks: Weeks, model: Model) -> None:
        """Lay out what attendances reach."""
        self.people, self.forms, self.weeks = instance.people, len(instance.forms), weeks.count
        horizon = derive_horizon(instance, weeks)
        self.points = len(horizon.times)
        free = ~horizon.held
        self._value = free * instance.worth[:, None] * horizon.values[None, :]
        self._inside = (free & (np.arange(self.points) < weeks.count)[None, :]).astype(float)
        self._reach = np.searchsorted(
            horizon.times, np.arange(weeks.count)[:, None, None] + instance.covers[None, :, :]
        )
        # Where each attendance leads, in a flat (N, P + 2).
        rows = np.arange(instance.people) * (self.points + 2)
        self._at = rows[None, None, :] + self._reach.transpose(0, 2, 1)
        self._number = np.full((weeks.count, instance.people, self.forms), -1, dtype=np.int64)
        self._number[model.week, model.person, model.form] = np.arange(len(model.person))
        self.members = np.zeros((len(weeks.floors), instance.people))
        for k, floor in enumerate(weeks.floors):
            self.members[k, floor.members] = 1.0

    def choose(self, costs: FloatArray, floors: FloatArray) -> tuple[FloatArray, IntArray, IntArray]:
        """Return (N,) what the best schedule of each adds, and its attendances as (person, column) pairs.

        `costs` (X,) what each attendance costs at these prices; `floors` (K,) what a week is worth.
        """
        value = self._value
        if len(floors):
            value = value + (floors @ self.members)[:, None] * self._inside
        total = np.zeros((self.people, self.points + 1))
        np.cumsum(value, axis=1, out=total[:, 1:])
        padded = np.append(costs, np.inf)
        width = self.points + 2
        after = np.zeros((self.people, self.points + 1))
        worths = np.empty((self.weeks, self.people, self.forms))
        stays = np.zeros((self.weeks + 1, self.people, self.points + 1))
        for t in range(self.weeks - 1, -1, -1):
            # From here on, somebody covered until point u can do nothing, or attend what reaches beyond u.
            worth = worths[t]
            np.subtract(
                np.take_along_axis(total + after, self._reach[t], axis=1), padded[self._number[t]], worth
            )
            best = np.full(self.people * width, -np.inf)
            for f in range(self.forms):
                at = self._at[t, f]
                best[at] = np.maximum(best[at], worth[:, f])
            beyond = np.maximum.accumulate(best.reshape(self.people, width)[:, ::-1], axis=1)[:, ::-1]
            after[:, : t + 1] = after[:, t + 1 : t + 2]
            # beyond[:, u + 1] is the best of what reaches beyond u.
            np.maximum(after, beyond[:, 1:] - total, out=after)
            stays[t] = after
        state = np.zeros(self.people, dtype=np.int64)
        people, columns = [], []
        everybody = np.arange(self.people)
        for t in range(self.weeks):
            state = np.maximum(state, t)
            reachable = np.where(self._reach[t] > state[:, None], worths[t], -np.inf)
            form = reachable.argmax(axis=1)
            gain = reachable[everybody, form] - total[everybody, state]
            nothing = stays[t + 1][everybody, np.maximum(state, t + 1)]
            goes = np.nonzero(gain > nothing + NOUGHT)[0]
            people.append(goes)
            columns.append(self._number[t, goes, form[goes]])
            state[goes] = self._reach[t, goes, form[goes]]
        return stays[0][:, 0], np.concatenate(people), np.concatenate(columns)

    def count_worth(self, people: IntArray, columns: IntArray, model: Model) -> tuple[FloatArray, FloatArray]:
        """Return (N,) what everybody's attendances are worth, and how many weeks they cover."""
        covered = np.zeros((self.people, self.points), dtype=bool)
        week = model.week[columns]
        reach = self._reach[week, people, model.form[columns]]
        points = np.arange(self.points)[None, :]
        which, point = np.nonzero((points >= week[:, None]) & (points < reach[:, None]))
        covered[people[which], point] = True
        return (covered * self._value).sum(axis=1), (covered * self._inside).sum(axis=1)


class Master:
    """The linear programme over schedules, which grows; solved again from where it stands.

    Its columns are those of the model from n on (the tail), then one for every schedule; its rows
    those that people share, then one a person: schedules of a person add up to one at most.
    """

    def __init__(self, instance: Instance, weeks: Weeks, model: Model) -> None:
        """Begin with no schedule at all."""
        self.model, self.paths = model, Paths(instance, weeks, model)
        program, covers = model.program, model.groups_from - model.cover_from
        shared = program.matrix[covers:]
        self.rows = shared.shape[0]
        self.seats = model.seats_row - covers
        self.hours = model.hours_row - covers
        single = len(instance.forms) - len(model.several)
        self.totals = self.hours + weeks.count * (1 + single)
        self._x = sp.csc_matrix(shared[:, : model.cover_from])
        self._x_cost = program.cost[: model.cover_from]
        self._floors = np.arange(self.rows - len(weeks.floors), self.rows)
        self._tail = sp.csc_matrix(shared[:, model.groups_from :])
        self._tail_cost = program.cost[model.groups_from :]
        self.tail = self._tail.shape[1]
        self.lower = program.lower[model.groups_from :].copy()
        self.upper = program.upper[model.groups_from :].copy()
        self._row_lower = np.concatenate([program.row_lower[covers:], np.full(instance.people, -np.inf)])
        self._row_upper = np.concatenate([program.row_upper[covers:], np.ones(instance.people)])
        own = sp.csc_matrix((instance.people, self.tail))
        self._highs = open_program(
            Program(
                self._tail_cost,
                self.lower,
                self.upper,
                sp.csc_matrix(sp.vstack([self._tail, own])),
                self._row_lower,
                self._row_upper,
            ),
            None,
        )
        self._highs.setOptionValue("simplex_iteration_limit", ITERATIONS)
        self._seen: set[tuple[int, ...]] = set()
        #: The attendances of every schedule (columns of the model), and whose it is.
        self._plans: list[IntArray] = []
        self._owners: list[int] = []

    def fix_groups(self, lower: FloatArray, upper: FloatArray) -> None:
        """Set how many encounters there may be, (G × W,) each."""
        count = len(lower)
        self.lower[:count], self.upper[:count] = lower, upper
        columns = np.arange(count, dtype=np.int32)
        self._highs.changeColsBounds(count, columns, self.lower[:count], self.upper[:count])

    def scale_quarters(self, share: float) -> None:
        """Take only a share of what the rows between the single forms and the floors allow."""
        for row in range(self.totals, self.rows - len(self._floors)):
            self._row_upper[row] *= share
            self._highs.changeRowBounds(row, -np.inf, float(self._row_upper[row]))

    def fix_hours(self, week: int, hours: float) -> None:
        """Set how many hours a week has."""
        self._row_upper[self.hours + week] = hours
        self._highs.changeRowBounds(self.hours + week, -np.inf, hours)

    def prove(self, prices: FloatArray) -> tuple[float, FloatArray, IntArray, IntArray]:
        """Return the bound that prices (R,) prove, and everybody's gain and attendances at them."""
        costs = self._x.T @ prices - self._x_cost
        gains, people, columns = self.paths.choose(costs, -prices[self._floors])
        reduced = self._tail_cost - self._tail.T @ prices
        most = np.where(reduced > NOUGHT, self.upper, np.where(reduced < -NOUGHT, self.lower, 0.0))
        upper, lower = self._row_upper[: self.rows], self._row_lower[: self.rows]
        limit = np.where(prices > NOUGHT, upper, np.where(prices < -NOUGHT, lower, 0.0))
        bound = float((prices * limit).sum() + (reduced * most).sum() + gains.sum())
        return bound, gains, people, columns

    def prove_placed(self, prices: FloatArray, rare: list[int], placing: IntArray, sure: float) -> float:
        """Return the bound that prices prove once some forms (rows of n) are placed for certain.

        Where one is held its seats cost `sure` times the price, where none is held nobody can sit.
        """
        weeks, lower, upper = self.paths.weeks, self.lower.copy(), self.upper.copy()
        asked = prices.copy()
        for g, counts in zip(rare, placing, strict=True):
            seats = slice(self.seats + g * weeks, self.seats + (g + 1) * weeks)
            asked[seats] = np.where(counts > 0, sure * prices[seats].max(), CLOSED)
            self.lower[g * weeks : (g + 1) * weeks] = self.upper[g * weeks : (g + 1) * weeks] = counts
        bound = self.prove(asked)[0]
        self.lower, self.upper = lower, upper
        return bound

    def add(self, people: IntArray, columns: IntArray, whose: BoolArray) -> int:
        """Add the schedules of some people (N,) bool; return how many are new."""
        order = np.argsort(people, kind="stable")
        people, columns = people[order], columns[order]
        edges = np.searchsorted(people, np.arange(self.paths.people + 1)).tolist()
        owners: list[int] = []
        plans: list[IntArray] = []
        for one in np.nonzero(whose)[0].tolist():
            plan = columns[edges[one] : edges[one + 1]]
            key = (one, *plan.tolist())
            if len(plan) and key not in self._seen:
                self._seen.add(key)
                owners.append(one)
                plans.append(plan)
        if not owners:
            return 0
        worth, inside = self.paths.count_worth(people, columns, self.model)
        sizes = [len(plan) for plan in plans]
        matrix = sp.csc_matrix(
            (np.ones(sum(sizes)), np.concatenate(plans), np.concatenate([[0], np.cumsum(sizes)])),
            shape=(self.model.cover_from, len(owners)),
        )
        shared = sp.csc_matrix(self._x @ matrix)
        if len(self._floors):
            member = self.paths.members[:, owners] * inside[owners]
            above = sp.csc_matrix((self.rows - len(self._floors), len(owners)))
            shared = sp.csc_matrix(shared + sp.vstack([above, sp.csc_matrix(member)]))
        own = sp.csc_matrix(
            (np.ones(len(owners)), (owners, np.arange(len(owners)))), shape=(self.paths.people, len(owners))
        )
        cost = matrix.T @ self._x_cost + worth[owners]
        self._append(cost, sp.csc_matrix(sp.vstack([shared, own])))
        self._plans.extend(plans)
        self._owners.extend(owners)
        return len(owners)

    def _append(self, cost: FloatArray, block: sp.csc_matrix) -> None:
        count = len(cost)
        self._highs.addCols(
            count,
            cost,
            np.zeros(count),
            np.full(count, np.inf),
            block.nnz,
            block.indptr[:-1].astype(np.int32),
            block.indices.astype(np.int32),
            block.data.astype(float),
        )

    def begin(self, instance: Instance, weeks: Weeks) -> None:
        """Add first schedules: of a large book at the prices of a part of it, else at plain prices."""
        if instance.people > PART_PEOPLE:
            self.begin_at(_price_part(instance, weeks))
        else:
            self._begin_plain(instance)

    def begin_at(self, prices: FloatArray) -> None:
        """Add the best schedules at some prices (R,), and at prices a little off.

        So whoever is split between schedules has both of them.
        """
        chance = np.random.default_rng(1)
        for spread in SPREADS:
            off = prices * (1 + spread * chance.uniform(-1, 1, len(prices)))
            _, gains, people, columns = self.prove(off)
            self.add(people, columns, np.ones(len(gains), dtype=bool))

    def _begin_plain(self, instance: Instance) -> None:
        """Add the best schedules at plain prices, by which an hour costs the same everywhere.

        The price at which the hours are just used up is found by halving; schedules on the way stay.
        """
        hours = np.array([one.hours for one in instance.forms])
        seat = hours / np.array([one.capacity for one in instance.forms])
        weeks, several = self.paths.weeks, list(self.model.several)
        least, most = 0.0, 4 * float(instance.worth.max(initial=0.0)) + 1e-9
        wanted = float(self._row_upper[self.hours : self.hours + weeks].sum())
        for _ in range(FIRST_PRICES):
            price = (least + most) / 2
            prices = np.zeros(self.rows)
            prices[self.hours : self.hours + weeks] = price
            prices[self.seats : self.seats + len(several) * weeks] = price * np.repeat(seat[several], weeks)
            _, gains, people, columns = self.prove(prices)
            self.add(people, columns, np.ones(len(gains), dtype=bool))
            if float(seat[self.model.form[columns]].sum()) > wanted:
                least = price
            else:
                most = price

    def solve(self, close: float = CLOSE, rounds: int = ROUNDS) -> Mix:
        """Find prices at which nobody has a better schedule, or nearly (to `close` of the whole)."""
        bound, centre, number = np.inf, None, 0
        while True:
            number += 1
            self._highs.run()
            objective = float(self._highs.getInfo().objective_function_value)
            solution = self._highs.getSolution()
            duals = np.array(solution.row_dual)
            prices, own = duals[: self.rows], duals[self.rows :]
            if centre is not None:
                # Between the best prices so far and the new ones: the new ones alone swing widely.
                asked = (centre + prices) / 2
                proven, gains, people, columns = self.prove(asked)
                if proven < bound:
                    bound, centre = proven, asked
                self.add(people, columns, np.ones(len(gains), dtype=bool))
            proven, gains, people, columns = self.prove(prices)
            if proven < bound:
                bound, centre = proven, prices
            better = gains > own + 1e-9
            if bound - objective <= close * max(1.0, abs(objective)) or not better.any() or number >= rounds:
                break
            self.add(people, columns, better)
        values = np.array(solution.col_value)
        groups = self.model.slack_from - self.model.groups_from
        return Mix(
            objective=objective,
            bound=bound,
            x=self._attend(values[self.tail :]),
            n=values[:groups],
            slack=values[groups : self.tail],
            prices=prices,
            regret=self._regret(values[self.tail :], np.array(solution.col_dual)[self.tail :]),
            rounds=number,
        )

    def _regret(self, weights: FloatArray, reduced: FloatArray) -> FloatArray:
        """Return (N,) by how much the next schedule of each person is worse."""
        regret = np.full(self.paths.people, np.inf)
        other = weights < 0.5
        owners = np.array(self._owners[: len(other)], dtype=np.int64)[other]
        np.minimum.at(regret, owners, np.maximum(0.0, -reduced[other]))
        return regret

    def _attend(self, weights: FloatArray) -> FloatArray:
        """Return (X,) how far each attendance is in a mix of schedules."""
        attends = np.zeros(self.model.cover_from)
        for k in np.nonzero(weights > NOUGHT)[0].tolist():
            attends[self._plans[k]] += weights[k]
        return attends


class Compact:
    """The same relaxation solved as it is written: for two intervals, where a schedule is no path."""

    def __init__(self, model: Model) -> None:
        """Take the model."""
        self.model, self.hours = model, model.hours_row
        self._linear = Linear(model.program)
        self._columns = np.arange(model.groups_from, model.slack_from)

    def fix_groups(self, lower: FloatArray, upper: FloatArray) -> None:
        """Set how many encounters there may be, (G × W,) each."""
        self._linear.set_bounds(self._columns, lower, upper)

    def fix_hours(self, week: int, hours: float) -> None:
        """Set how many hours a week has."""
        self._linear.set_limits(np.array([self.hours + week]), np.array([-np.inf]), np.array([hours]))

    def solve(self, close: float = CLOSE, rounds: int = ROUNDS) -> Mix:  # noqa: ARG002 - as Master
        """Solve to optimality, from where it stands, whatever `close` and `rounds` are."""
        answer = self._linear.solve()
        return Mix(
            objective=answer.objective,
            bound=answer.objective,
            x=answer.values[: self.model.cover_from],
            n=answer.values[self._columns],
            slack=answer.values[self.model.slack_from :],
            prices=answer.prices,
            regret=np.full(int(self.model.person.max(initial=-1)) + 1, np.inf),
            rounds=1,
        )


def take_part(instance: Instance, weeks: Weeks, part: IntArray) -> tuple[Instance, Weeks]:
    """Return some of the people (a sorted list) with as large a share of what is left of hours and forms.

    What is limited by quarter is not shared here: see `Master.scale_quarters`.
    """
    share = len(part) / instance.people
    place = np.full(instance.people, -1, dtype=np.int64)
    place[part] = np.arange(len(part))
    smaller = Instance(
        forms=instance.forms,
        ideal_days=instance.ideal_days[part],
        worth=instance.worth[part],
        covers=instance.covers[part],
        covered=instance.covered[part],
        overdue_days=instance.overdue_days[part],
        late_worth=instance.late_worth[part],
        late_covers=instance.late_covers[part],
        late_covered=instance.late_covered[part],
        scale=instance.scale,
    )
    limits = derive_limits(instance, weeks)
    fewer = Weeks(
        hours=limits.hours * share,
        may=None if weeks.may is None else weeks.may[part],
        open_weeks=np.ceil(limits.open * share).astype(np.int64),
        quarter_left=weeks.quarter_left,
        evenings=None if weeks.evenings is None else np.ceil(limits.evenings * share).astype(np.int64),
        floors=tuple(
            Floor(floor.name, place[floor.members[place[floor.members] >= 0]], floor.share)
            for floor in weeks.floors
        ),
    )
    return smaller, fewer


def _price_part(instance: Instance, weeks: Weeks) -> FloatArray:
    """Return the prices (R,) of a part of a large book."""
    part = np.arange(0, instance.people, -(-instance.people // PART_PEOPLE))
    smaller, fewer = take_part(instance, weeks, part)
    master = Master(smaller, fewer, derive_model(smaller, fewer))
    master.scale_quarters(len(part) / instance.people)
    master.begin(smaller, fewer)
    return master.solve(1e-4).prices
