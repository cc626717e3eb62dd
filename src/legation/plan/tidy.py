"""What a person would take out of a plan that is only right by its figures.

A solver with hours to spare fills seats with whoever was seen last week, asks people weeks before they
are due, and gives a dinner for one. None of it changes the share over the weeks: guests who gain
nothing in them and are not nearly due are let off, an encounter for whom nobody is due waits until
somebody is, and each is held in the smallest form that does as much for all its guests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from legation.plan.instance import BoolArray, Group, Instance, IntArray
from legation.plan.model import Limits, derive_limits
from legation.plan.numbers import Numbered
from legation.plan.score import without_fixed

#: Whoever is covered for at least this part of what an attendance covers is not nearly due.
NOT_DUE = 0.5
#: An encounter is worth its hours if somebody at it is due within so many weeks.
NEARLY_WEEKS = 1
#: Which form is taken for a few guests, where several would do: the first that is open.
SMALLER = ("lunch", "visit", "breakfast", "telephone")


def tidy_groups(numbered: Numbered, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """Return the groups of a plan without needless guests, in forms no larger than needed.

    The share within the weeks stays as it was, and no rule is broken that was kept; what is fixed,
    and attendances of the plan that stands, are left alone.
    """
    free = list(without_fixed(numbered.weeks, groups))
    stands = {(g.form, g.week, n) for g in numbered.weeks.previous for n in g.guests}
    free = _without_needless(numbered, free, stands)
    # What was put off may do for whom something else was meant.
    free = _without_needless(numbered, _later(numbered, free, stands), stands)
    return (*numbered.weeks.fixed, *_smaller(numbered, free, stands))


def _without_needless(
    numbered: Numbered, groups: list[Group], stands: set[tuple[int, int, int]]
) -> list[Group]:
    """Let off, the latest first, guests who gain nothing in the weeks and are not nearly due."""
    instance, weeks = numbered.instance, numbered.weeks
    found = sorted(groups, key=lambda g: (g.week, g.form, g.guests))
    attended: dict[int, list[tuple[int, int]]] = {}
    for group in (*weeks.fixed, *found):
        for guest in group.guests:
            attended.setdefault(guest, []).append((group.week, group.form))
    for at in range(len(found) - 1, -1, -1):
        group = found[at]
        key = (group.week, group.form)
        wanted: list[int] = []
        pressing = False
        for guest in group.guests:
            rest = [a for a in attended[guest] if a != key]
            left = _left(instance, guest, group.week, rest)
            stays = (group.form, group.week, guest) in stands
            loses = _loses(instance, guest, attended[guest], rest, weeks.count)
            if stays or loses or left < NOT_DUE * instance.covers[guest, group.form]:
                wanted.append(guest)
            pressing = pressing or stays or loses or left <= NEARLY_WEEKS
        # Company for whoever is due costs nothing; an encounter that nobody needs costs its hours.
        wanted = wanted if pressing else []
        for guest in set(group.guests) - set(wanted):
            attended[guest] = [a for a in attended[guest] if a != key]
        found[at] = replace(group, guests=tuple(wanted))
    return [g for g in found if g.guests]


def _later(numbered: Numbered, groups: list[Group], stands: set[tuple[int, int, int]]) -> list[Group]:
    """Put off, the latest first, encounters at which nobody is due, where that takes no week from anybody."""
    instance, weeks = numbered.instance, numbered.weeks
    limits = derive_limits(instance, weeks)
    found = sorted(groups, key=lambda g: (g.week, g.form, g.guests))
    attended: dict[int, list[tuple[int, int]]] = {}
    for group in (*weeks.fixed, *found):
        for guest in group.guests:
            attended.setdefault(guest, []).append((group.week, group.form))
    used = Counter((g.form, g.week) for g in found)
    for at in range(len(found) - 1, -1, -1):
        group = found[at]
        key = (group.week, group.form)
        if any((group.form, group.week, n) in stands for n in group.guests):
            continue
        rest = {n: [a for a in attended[n] if a != key] for n in group.guests}
        least = min(_left(instance, n, group.week, rest[n]) for n in group.guests)
        for week in range(min(group.week + least, weeks.count - 1), group.week, -1):
            if not _is_open(instance, limits, used, group.form, week) or any(
                (weeks.may is not None and not weeks.may[n, week]) or week in {w for w, _ in rest[n]}
                for n in group.guests
            ):
                continue
            moved = (week, group.form)
            if any(_loses(instance, n, attended[n], [*rest[n], moved], weeks.count) for n in group.guests):
                continue
            found[at] = replace(group, week=week)
            used[group.form, group.week] -= 1
            used[group.form, week] += 1
            for n in group.guests:
                attended[n] = [*rest[n], moved]
            break
    return found


def _is_open(
    instance: Instance, limits: Limits, used: Mapping[tuple[int, int], int], form: int, week: int
) -> bool:
    """Say whether a week has the hours, the evening and the room for one more of a form."""
    forms = instance.forms
    here = [(f, n) for (f, w), n in used.items() if w == week]
    if sum(forms[f].hours * n for f, n in here) + forms[form].hours > limits.hours[week] + 1e-9:
        return False
    late = sum(n for f, n in here if forms[f].evening)
    if forms[form].evening and 0 <= limits.evenings[week] <= late:
        return False
    if used.get((form, week), 0) >= limits.open[form, week]:
        return False
    return all(
        sum(used.get((f, w), 0) for w in span) < most
        for f, span, most in limits.quarters
        if f == form and week in span
    )


def _left(instance: Instance, guest: int, week: int, attended: list[tuple[int, int]]) -> int:
    """Return how many weeks from one on somebody is covered by what was before it."""
    until = [int(instance.covered[guest])]
    until += [at + int(instance.covers[guest, form]) for at, form in attended if at < week]
    return max(until) - week


def _loses(
    instance: Instance,
    guest: int,
    before: list[tuple[int, int]],
    after: list[tuple[int, int]],
    weeks: int,
) -> bool:
    """Say whether somebody is covered in fewer weeks with fewer attendances, ideal or longest."""
    for covers, covered in (
        (instance.covers, instance.covered),
        (instance.late_covers, instance.late_covered),
    ):
        was, now = (_covered(covers, covered, guest, held, weeks) for held in (before, after))
        if bool((was & ~now).any()):
            return True
    return False


def _covered(
    covers: IntArray, covered: IntArray, guest: int, attended: list[tuple[int, int]], weeks: int
) -> BoolArray:
    found: BoolArray = np.arange(weeks) < covered[guest]
    for week, form in attended:
        found[week : week + int(covers[guest, form])] = True
    return found


def _smaller(numbered: Numbered, groups: list[Group], stands: set[tuple[int, int, int]]) -> list[Group]:
    """Give each encounter of few guests the smallest form that does as much for all of them."""
    instance, weeks = numbered.instance, numbered.weeks
    limits = derive_limits(instance, weeks)
    used = Counter((g.form, g.week) for g in groups)
    index = {form.name: n for n, form in enumerate(instance.forms[: len(numbered.given.settings.forms)])}
    found = []
    for group in groups:
        form, guests = instance.forms[group.form], list(group.guests)
        chosen = group.form
        if not any((group.form, group.week, n) in stands for n in guests):
            for name in SMALLER:
                other = index.get(name)
                if other is None or instance.forms[other].hours >= form.hours:
                    continue
                fits = len(guests) <= instance.forms[other].capacity
                is_open = used[other, group.week] < limits.open[other, group.week]
                covers = (instance.covers[guests, other] >= instance.covers[guests, group.form]).all()
                late = (instance.late_covers[guests, other] >= instance.late_covers[guests, group.form]).all()
                if fits and is_open and covers and late:
                    chosen = other
                    break
        used[group.form, group.week] -= 1
        used[chosen, group.week] += 1
        found.append(replace(group, form=chosen))
    return found
