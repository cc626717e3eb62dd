"""Improving a plan by hand, as it were: fill an empty seat, swap a guest, add or drop an encounter."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from legation.plan.instance import FloatArray, Group, Instance, IntArray, Weeks
from legation.plan.model import HOUR_COST, derive_horizon, derive_limits
from legation.plan.score import floor_price, with_fixed, without_fixed
from legation.plan.tables import is_free, list_neighbours

#: A change must add more than this.
SLIGHT = 1e-7


class Draft:
    """A plan that is being changed: N people, P points in time, encounters numbered as they came.

    Everything is kept so that what a change adds can be said exactly: how many attendances cover
    each person at each point, and what is left of hours and limits.
    """

    def __init__(self, instance: Instance, weeks: Weeks, groups: Sequence[Group]) -> None:
        """Lay out some groups; those that are fixed are kept apart and never touched."""
        self.instance, self.weeks = instance, weeks
        self.horizon, limits = derive_horizon(instance, weeks), derive_limits(instance, weeks)
        self.forms = instance.forms
        self.apart = list_neighbours(weeks.apart)
        self.hours = limits.hours.copy()
        self.open = limits.open.copy()
        self.evenings = np.where(limits.evenings < 0, len(self.forms) * 1000, limits.evenings)
        self._spans = [(f, span) for f, span, _ in limits.quarters]
        self._left = [most for _, _, most in limits.quarters]
        values, weights = self.horizon.values, (instance.worth, instance.late_worth)
        self._covers = (instance.covers, instance.late_covers)
        self._value = tuple(weight[:, None] * values[None, :] for weight in weights)
        self._count = tuple(
            np.where(held, 1, 0).astype(np.int32) for held in (self.horizon.held, self.horizon.late_held)
        )
        # What is held anyway can never be lost.
        self._count[0][self.horizon.held] = 1 << 20
        self._count[1][self.horizon.late_held] = 1 << 20
        self._late = bool((instance.late_worth > 0).any())
        self._suits = (instance.covers > 0) | (instance.late_covers > 0)
        self._cost = HOUR_COST * np.array([one.hours / one.capacity for one in self.forms])
        self._bonus: dict[tuple[int, int], FloatArray] = {}
        if weeks.previous and weeks.keep_worth:
            for group in weeks.previous:
                bonus = self._bonus.setdefault((group.form, group.week), np.zeros(instance.people))
                guests = list(group.guests)
                bonus[guests] = weeks.keep_worth * (instance.worth + instance.late_worth)[guests]
        self._price = floor_price(instance)
        self._members = [np.isin(np.arange(instance.people), floor.members) for floor in weeks.floors]
        self._wanted = [
            floor.share * int(member.sum()) * weeks.count
            for floor, member in zip(weeks.floors, self._members, strict=True)
        ]
        self.groups: list[tuple[int, int, list[int]]] = []
        self.busy: list[set[int]] = [set() for _ in range(weeks.count)]
        for group in with_fixed(weeks, ()):
            self.busy[group.week].update(group.guests)
        for group in without_fixed(weeks, groups):
            self.add_group(group.form, group.week)
            for guest in group.guests:
                self.seat(len(self.groups) - 1, guest)

    def list_groups(self) -> tuple[Group, ...]:
        """Return the plan: what is fixed first, then by week and form; without empty encounters."""
        free = [Group(f, t, tuple(sorted(guests))) for f, t, guests in self.groups if guests]
        free.sort(key=lambda g: (g.week, g.form, g.guests))
        return with_fixed(self.weeks, free) if self.weeks.fixed else tuple(free)

    # --- changes ------------------------------------------------------------------------------------

    def can_add(self, f: int, t: int) -> bool:
        """Say whether one more encounter of a form fits a week."""
        form = self.forms[f]
        return (
            form.hours <= self.hours[t] + 1e-9
            and self.open[f, t] > 0
            and (not form.evening or self.evenings[t] > 0)
            and all(
                left > 0
                for (g, span), left in zip(self._spans, self._left, strict=True)
                if g == f and t in span
            )
        )

    def add_group(self, f: int, t: int, *, times: int = 1) -> None:
        """Take an encounter's hours and place (with times -1: give them back)."""
        form = self.forms[f]
        self.hours[t] -= times * form.hours
        self.open[f, t] -= times
        self.evenings[t] -= times * form.evening
        for k, (g, span) in enumerate(self._spans):
            if g == f and t in span:
                self._left[k] -= times
        if times == 1:
            self.groups.append((f, t, []))

    def drop_group(self, number: int) -> list[int]:
        """Take out an encounter, and return who was at it; the last one takes its number."""
        f, t, guests = self.groups[number]
        out = list(guests)
        for guest in out:
            self.unseat(number, guest)
        self.add_group(f, t, times=-1)
        last = self.groups.pop()
        if number < len(self.groups):
            self.groups[number] = last
        return out

    def seat(self, number: int, guest: int, times: int = 1) -> None:
        """Seat somebody at an encounter."""
        f, t, guests = self.groups[number]
        for covers, count in zip(self._covers, self._count, strict=True):
            count[guest, self._points(t, int(covers[guest, f]))] += times
        if times == 1:
            guests.append(guest)
            self.busy[t].add(guest)
        else:
            guests.remove(guest)
            self.busy[t].discard(guest)

    def unseat(self, number: int, guest: int) -> None:
        """Take somebody from an encounter."""
        self.seat(number, guest, -1)

    def _points(self, t: int, covers: int) -> slice:
        """Return the points that an attendance reaches."""
        times = self.horizon.times
        return slice(int(np.searchsorted(times, t)), int(np.searchsorted(times, t + covers)))

    # --- what changes add ---------------------------------------------------------------------------

    def list_gains(self, f: int, t: int) -> FloatArray:
        """Return (N,) what one more attendance would add, -inf for whom it is not possible."""
        times, gains = self.horizon.times, np.full(self.instance.people, -self._cost[f])
        first = int(np.searchsorted(times, t))
        for late in (0, 1) if self._late else (0,):
            until = (t + self._covers[late][:, f])[:, None]
            new = (self._count[late][:, first:] == 0) & (times[None, first:] < until)
            gains += np.einsum("ij,ij->i", new, self._value[late][:, first:])
            if late == 0 and self._members:
                gains += self._floor_gains(new[:, : max(0, self.weeks.count - first)].sum(axis=1))
        bonus = self._bonus.get((f, t))
        if bonus is not None:
            gains += bonus
        gains[~self._suits[:, f]] = -np.inf
        if self.weeks.may is not None:
            gains[~self.weeks.may[:, t]] = -np.inf
        busy = self.busy[t]
        if busy:
            gains[list(busy)] = -np.inf
        return gains

    def list_losses(self, number: int) -> FloatArray:
        """Return (G,) what taking each guest from an encounter would cost."""
        f, t, guests = self.groups[number]
        return np.array([self._loss(f, t, guest) for guest in guests])

    def _loss(self, f: int, t: int, guest: int) -> float:
        loss = -float(self._cost[f])
        for late in (0, 1) if self._late else (0,):
            points = self._points(t, int(self._covers[late][guest, f]))
            alone = self._count[late][guest, points] == 1
            loss += float(self._value[late][guest, points] @ alone)
            if late == 0:
                inside = int(alone[: max(0, self.weeks.count - points.start)].sum())
                for k, member in enumerate(self._members):
                    if member[guest] and inside:
                        loss += self._price * max(0.0, inside - max(0.0, self._reached(k) - self._wanted[k]))
        bonus = self._bonus.get((f, t))
        return loss if bonus is None else loss + float(bonus[guest])

    def _reached(self, k: int) -> int:
        return int((self._count[0][self._members[k], : self.weeks.count] > 0).sum())

    def _floor_gains(self, weeks_gained: IntArray) -> FloatArray:
        """Return (N,) what weeks gained are worth to floors that are not met."""
        gains = np.zeros(len(weeks_gained))
        for k, member in enumerate(self._members):
            short = max(0.0, self._wanted[k] - self._reached(k))
            if short:
                gains += self._price * np.minimum(weeks_gained, short) * member
        return gains

    # --- moves --------------------------------------------------------------------------------------

    def choose_guests(self, gains: FloatArray, seats: int) -> tuple[list[int], float]:
        """Return the guests that add most to an encounter, none apart, and what they add together."""
        best = np.argsort(-gains, kind="stable")[: 4 * seats + 8]
        chosen: list[int] = []
        total = 0.0
        for guest in best.tolist():
            if len(chosen) == seats or gains[guest] <= SLIGHT:
                break
            if is_free(guest, chosen, self.apart):
                chosen.append(guest)
                total += float(gains[guest])
        return chosen, total

    def improve_group(self, number: int) -> float:
        """Drop who adds nothing, fill empty seats, then swap guests while that adds; return what it added."""
        f, t, guests = self.groups[number]
        capacity, added = self.forms[f].capacity, 0.0
        for guest in list(guests):
            loss = self._loss(f, t, guest)
            if loss < -SLIGHT:
                self.unseat(number, guest)
                added -= loss
        while True:
            gains = self.list_gains(f, t)
            if len(guests) < capacity:
                new, _ = self.choose_guests(gains, capacity - len(guests))
                new = [one for one in new if is_free(one, guests, self.apart)]
                if new:
                    added += float(gains[new].sum())
                    for one in new:
                        self.seat(number, one)
                    continue
                if not guests:
                    return added
            if not guests:
                return added
            losses = self.list_losses(number)
            swap = self._best_swap(guests, gains, losses)
            if swap is None:
                return added
            out, one, more = swap
            self.unseat(number, out)
            self.seat(number, one)
            added += more

    def _best_swap(
        self, guests: list[int], gains: FloatArray, losses: FloatArray
    ) -> tuple[int, int, float] | None:
        """Return (who leaves, who comes, what it adds) of the best swap that adds anything."""
        best = np.argsort(-gains, kind="stable")[:12].tolist()
        for place in np.argsort(losses, kind="stable").tolist():
            rest = guests[:place] + guests[place + 1 :]
            for one in best:
                more = float(gains[one] - losses[place])
                if more <= 1e-6:
                    break
                if is_free(one, rest, self.apart):
                    return guests[place], one, more
        return None

    def fill_week(self, t: int, without: int = -1) -> float:
        """Add the encounters that add most an hour while a week has hours; return what they add."""
        added = 0.0
        while True:
            best: tuple[float, int, list[int], float] | None = None
            for f, form in enumerate(self.forms):
                if f == without or not self.can_add(f, t):
                    continue
                guests, more = self.choose_guests(self.list_gains(f, t), form.capacity)
                rate = more / max(form.hours, 1e-6)
                if guests and (best is None or rate > best[0]):
                    best = (rate, f, guests, more)
            if best is None:
                return added
            self._hold(best[1], t, best[2])
            added += best[3]

    def fill_cells(self) -> None:
        """Fill what is left of every form and week at once: empty seats first, then further encounters.

        Quick where people are many; what one guest more would change for the others is not looked at.
        """
        order = sorted(range(len(self.forms)), key=lambda f: (-self.forms[f].capacity, f))
        for t in range(self.weeks.count):
            for f in order:
                gains = self.list_gains(f, t)
                ranked = np.argsort(-gains, kind="stable")
                queue = ranked[: int((gains > SLIGHT).sum())].tolist()
                numbers = [n for n, group in enumerate(self.groups) if group[0] == f and group[1] == t]
                while queue:
                    queue = self._fill_numbers(numbers, queue)
                    if not queue or not self.can_add(f, t):
                        break
                    self.add_group(f, t)
                    numbers = [len(self.groups) - 1]
                    before = len(queue)
                    queue = self._fill_numbers(numbers, queue)
                    if len(queue) == before:
                        break

    def _fill_numbers(self, numbers: list[int], queue: list[int]) -> list[int]:
        """Seat people, first come first served, at some encounters; return who found no place."""
        left: list[int] = []
        open_ = [n for n in numbers if len(self.groups[n][2]) < self.forms[self.groups[n][0]].capacity]
        for k, guest in enumerate(queue):
            if not open_:
                return left + queue[k:]
            for n in open_:
                if is_free(guest, self.groups[n][2], self.apart):
                    self.seat(n, guest)
                    if len(self.groups[n][2]) >= self.forms[self.groups[n][0]].capacity:
                        open_.remove(n)
                    break
            else:
                left.append(guest)
        return left

    def _hold(self, f: int, t: int, guests: list[int]) -> None:
        """Add an encounter with its guests."""
        self.add_group(f, t)
        for guest in guests:
            self.seat(len(self.groups) - 1, guest)

    def replace_group(self, number: int) -> float:
        """Fill the hours of an encounter with other forms, if that is better; return what it adds."""
        f, t, _ = self.groups[number]
        lost, before = float(self.list_losses(number).sum()), len(self.groups)
        out = self.drop_group(number)
        added = self.fill_week(t, without=f)
        if added > lost + 1e-6:
            return added - lost
        self._undo_to(before - 1)
        self._hold(f, t, out)
        return 0.0

    def make_room(self, f: int, t: int) -> float:
        """Add an encounter of a form in place of the lesser ones of a week, if that is better."""
        form = self.forms[f]
        numbers = [n for n, group in enumerate(self.groups) if group[1] == t and group[0] != f]
        cost = {n: float(self.list_losses(n).sum()) for n in numbers}
        numbers.sort(key=lambda n: (cost[n] / self.forms[self.groups[n][0]].hours, n))
        taken: list[int] = []
        hours = float(self.hours[t])
        for n in numbers:
            if hours >= form.hours - 1e-9:
                break
            taken.append(n)
            hours += self.forms[self.groups[n][0]].hours
        if hours < form.hours - 1e-9:
            return 0.0
        lost = sum(cost[n] for n in taken)
        kept = [(self.groups[n][0], list(self.groups[n][2])) for n in taken]
        # From the last one down: the last encounter takes the number of the one that is taken out.
        for n in sorted(taken, reverse=True):
            self.drop_group(n)
        before, added = len(self.groups), 0.0
        if self.can_add(f, t):
            guests, added = self.choose_guests(self.list_gains(f, t), form.capacity)
            self._hold(f, t, guests)
            added += self.fill_week(t)
        if added > lost + 1e-6:
            return added - lost
        self._undo_to(before)
        for old, guests in kept:
            self._hold(old, t, guests)
        return 0.0

    def _undo_to(self, count: int) -> None:
        """Take out the last encounters until so many are left."""
        while len(self.groups) > count:
            self.drop_group(len(self.groups) - 1)


def improve(draft: Draft, rounds: int = 4) -> None:
    """Improve a plan until a round adds nothing, or for some rounds."""
    weeks, forms = draft.weeks.count, len(draft.forms)
    for _ in range(rounds):
        added = sum(draft.fill_week(t) for t in range(weeks))
        added += sum(draft.improve_group(number) for number in range(len(draft.groups)))
        for number in reversed(range(len(draft.groups))):
            if not draft.groups[number][2]:
                draft.drop_group(number)
        for t in range(weeks):
            for f in range(forms):
                added += draft.make_room(f, t)
                numbers = [n for n, group in enumerate(draft.groups) if group[0] == f and group[1] == t]
                if numbers:
                    # The least of its form: the others are dearer still.
                    least = min(numbers, key=lambda n: (float(draft.list_losses(n).sum()), n))
                    added += draft.replace_group(least)
        if added <= SLIGHT:
            return
