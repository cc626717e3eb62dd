"""A plan's input in numbers, for the solver: people and forms as rows of arrays, and back again.

Brings numpy with it: import it only where a plan is computed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from legation.plan.changes import counting, is_void
from legation.plan.earlier import count_earlier, list_this_week
from legation.plan.forms import EFFECTS, PlanForm
from legation.plan.inputs import PlanInput, PlanPerson, open_days
from legation.plan.instance import BoolArray, Floor, Group, Instance, IntArray, Weeks
from legation.plan.weeks import Dropped, KeptWeeks, PlannedEncounter

#: What changing one attendance of the plan that stands costs, in weeks of the person's worth.
KEEP_WORTH = 1.0
#: Telephone calls that fit one day; of every other form there is one a day.
CALLS_A_DAY = 5
#: A dropped encounter of at most so many guests keeps these guests out of its week; a larger one
#: keeps its form out once.
FEW_GUESTS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Numbered:
    """An input in numbers: person n of the instance is `given.people[n]`.

    `forms` of the instance are those of the settings, then one for each kind of encounter that
    stands in the calendar or was kept with other hours: these are never proposed.
    """

    given: PlanInput
    instance: Instance
    weeks: Weeks

    def group_of(self, encounter: PlannedEncounter) -> Group:
        """Return an encounter in numbers; guests who are not planned for, or declined, are left out."""
        index = {p.person: n for n, p in enumerate(self.given.people)}
        return _group(encounter, index, self.instance.forms, self.given)

    def groups_of(self, encounters: Iterable[PlannedEncounter]) -> tuple[Group, ...]:
        """Return encounters in numbers: those within the weeks that anybody is to come to."""
        index = {p.person: n for n, p in enumerate(self.given.people)}
        return tuple(
            _group(e, index, self.instance.forms, self.given) for e in encounters if _counts(e, self.given)
        )


def number_input(
    given: PlanInput,
    fixed: Sequence[PlannedEncounter] = (),
    previous: Sequence[PlannedEncounter] = (),
    *,
    others: Sequence[PlannedEncounter] = (),
) -> Numbered:
    """Return an input in numbers.

    `fixed` is what a plan may not touch, `previous` what it should keep where that costs little;
    `others` are encounters whose forms have to be known besides (those of a plan to be scored).
    What stands before the first day counts as held.
    """
    given = count_earlier(given)
    fixed = [e for e in fixed if _counts(e, given)]
    forms = _all_forms(given, (*fixed, *previous, *others))
    index = {p.person: n for n, p in enumerate(given.people)}
    instance = _instance(given, forms)
    groups = tuple(_group(e, index, forms, given) for e in fixed)
    weeks = Weeks(
        hours=np.array(given.hours, dtype=float),
        may=_may(given, index, fixed),
        fixed=groups,
        open_weeks=_open_weeks(given, forms, fixed),
        evenings=_evenings(given),
        apart=_pairs(given.apart, index),
        together=_pairs(given.together, index),
        floors=_floors(given),
        previous=tuple(_group(e, index, forms, given) for e in previous if _counts(e, given)),
        keep_worth=KEEP_WORTH if previous else 0.0,
    )
    return Numbered(given, instance, weeks)


def _counts(encounter: PlannedEncounter, given: PlanInput) -> bool:
    # What stands before the first day counts as held (`plan.earlier`), and takes none of these hours.
    return given.since <= encounter.on <= given.until and not is_void(encounter)


# ── people and forms ────────────────────────────────────────────────────────────────────


def _all_forms(given: PlanInput, encounters: Iterable[PlannedEncounter]) -> tuple[PlanForm, ...]:
    """Return the forms of the settings, and one for each other kind of encounter, never proposed."""
    forms = list(given.settings.forms)
    known = {(f.name, round(f.hours, 4)) for f in forms}
    by_name = {f.name: f for f in forms}
    for name, hours in sorted({(e.form, round(e.hours, 4)) for e in encounters} - known):
        like = by_name.get(name)
        # A form that the settings leave out takes place in the evening if it is one of the evening's.
        evening = like.evening if like else name in ("dinner", "supper", "theatre", "reception")
        effect = like.effect if like else EFFECTS.get(name, 1.0)
        forms.append(PlanForm(name, hours, 10_000, effect, 0, evening=evening))
    return tuple(forms)


def _form_index(encounter: PlannedEncounter, forms: Sequence[PlanForm]) -> int:
    hours = round(encounter.hours, 4)
    return next(n for n, f in enumerate(forms) if f.name == encounter.form and round(f.hours, 4) == hours)


def _group(
    encounter: PlannedEncounter, index: dict[str, int], forms: Sequence[PlanForm], given: PlanInput
) -> Group:
    guests = sorted({index[g.person] for g in counting(encounter) if g.person in index})
    return Group(_form_index(encounter, forms), given.week_of(encounter.on), tuple(guests))


def _instance(given: PlanInput, forms: tuple[PlanForm, ...]) -> Instance:
    people = given.people
    ideal = np.array([p.rule.ideal_days for p in people], dtype=np.int64)
    proposed = len(given.settings.forms)
    covers = np.zeros((len(people), len(forms)), dtype=np.int64)
    late = np.zeros_like(covers)
    for n, person in enumerate(people):
        for f, form in enumerate(forms):
            # What stands in the calendar covers whoever comes, whether or not it would be proposed.
            if f < proposed and form.name not in person.forms:
                continue
            covers[n, f] = weeks_covered(form.effect, person.rule.ideal_days)
            if person.rule.longest_days:
                late[n, f] = weeks_covered(form.effect, person.rule.longest_days)
    return Instance(
        forms=forms,
        ideal_days=ideal,
        worth=np.array([p.worth for p in people], dtype=float),
        covers=covers,
        covered=_left(given, [p.covered_until for p in people]),
        overdue_days=np.array([_overdue_days(p, given.monday) for p in people], dtype=float),
        late_worth=np.array([p.late_worth for p in people], dtype=float),
        late_covers=late,
        late_covered=_left(given, [p.late_until for p in people]),
    )


def weeks_covered(effect: float, interval_days: int) -> int:
    """Return how many weeks one attendance covers: whole ones, but a full one always its own week."""
    return max(int(effect * interval_days / 7 + 1e-9), 1 if effect >= 1 else 0)


def _left(given: PlanInput, untils: Sequence[dt.date | None]) -> IntArray:
    """Return how many weeks from the first are covered by what was held: whole ones only."""
    left = [0 if u is None else max(0, ((u - given.monday).days + 1) // 7) for u in untils]
    return np.array(left, dtype=np.int64)


def _overdue_days(person: PlanPerson, monday: dt.date) -> float:
    """Return how many days past the interval somebody is; who was never met by one interval."""
    if person.covered_until is None:
        return float(person.rule.ideal_days)
    return float(max(0, (monday - person.covered_until).days - 1))


# ── weeks ───────────────────────────────────────────────────────────────────────────────


def _may(given: PlanInput, index: dict[str, int], fixed: Sequence[PlannedEncounter]) -> BoolArray:
    may = np.ones((len(given.people), given.weeks), dtype=bool)
    for week in range(given.weeks):
        days = [d for d in given.days_of(week) if given.settings.absence_on(d) is None]
        for n, person in enumerate(given.people):
            may[n, week] = any(not any(a.holds(d) for a in person.away) for d in days)
    kept = given.kept or KeptWeeks(given.since, 0)
    # Whoever comes anyway in a week is not asked a second time, and whoever declined not again.
    for encounter in (*fixed, *kept.encounters):
        week = given.week_of(encounter.on)
        if not 0 <= week < given.weeks:
            continue
        for guest in encounter.guests:
            stands = encounter in fixed
            if guest.person in index and (stands or guest.reply == "declined"):
                may[index[guest.person], week] = False
    for encounter in list_this_week(given):
        may[[index[g.person] for g in counting(encounter) if g.person in index], 0] = False
    for dropped in kept.dropped:
        week = given.week_of(dropped.on)
        if dropped.by == "you" and 0 <= week < given.weeks and len(dropped.guests) <= FEW_GUESTS:
            may[[index[g] for g in dropped.guests if g in index], week] = False
    return may


def _open_weeks(given: PlanInput, forms: Sequence[PlanForm], fixed: Sequence[PlannedEncounter]) -> IntArray:
    """Return (F, W) how many of a form fit a week: a day each, less what has another's form or hours."""
    proposed = len(given.settings.forms)
    found = np.zeros((len(forms), given.weeks), dtype=np.int64)
    others: dict[tuple[str, int], set[dt.date]] = defaultdict(set)
    for encounter in fixed:
        at = _form_index(encounter, forms)
        # Of what has its form's own hours the solver takes off one by itself.
        if at >= proposed:
            others[encounter.form, given.week_of(encounter.on)].add(encounter.on)
    for encounter in list_this_week(given):
        others[encounter.form, 0].add(encounter.on)
    for f, form in enumerate(forms[:proposed]):
        for week in range(given.weeks):
            taken = others[form.name, week]
            days = len([d for d in open_days(given, form, week) if d not in taken])
            a_day = CALLS_A_DAY if form.name == "telephone" else 1
            dropped = sum(
                _large_drop(d, form.name, week, given) for d in (given.kept.dropped if given.kept else ())
            )
            found[f, week] = max(0, min(form.most_a_week - len(taken) - dropped, days * a_day))
    return found


def _large_drop(dropped: Dropped, form: str, week: int, given: PlanInput) -> bool:
    mine = dropped.by == "you" and dropped.form == form
    return mine and given.week_of(dropped.on) == week and len(dropped.guests) > FEW_GUESTS


def _evenings(given: PlanInput) -> IntArray:
    """Return (W,) how many evenings a plan may take: those one has, and no more than have a day."""
    found = []
    late = {form.name for form in given.settings.forms if form.evening}
    gone = len({e.on for e in list_this_week(given) if e.form in late})
    for week in range(given.weeks):
        days: set[dt.date] = set()
        for form in given.settings.forms:
            if form.evening:
                days.update(open_days(given, form, week))
        monday = given.monday + dt.timedelta(weeks=week)
        free = given.settings.evenings_in(monday)
        if week == 0 and given.settings.evenings_a_week is not None:
            free = min(free, max(0, given.settings.evenings_a_week - gone))
        found.append(min(len(days), free))
    return np.array(found, dtype=np.int64)


def _pairs(pairs: Iterable[tuple[str, str]], index: dict[str, int]) -> frozenset[tuple[int, int]]:
    numbers = (sorted((index[a], index[b])) for a, b in pairs if a in index and b in index)
    return frozenset((a, b) for a, b in numbers)


def _floors(given: PlanInput) -> tuple[Floor, ...]:
    """Return the floors of layers, circles and people."""
    members: dict[tuple[str, float], list[int]] = defaultdict(list)
    for n, person in enumerate(given.people):
        if person.floor[0] and person.floor[1] > 0:
            members[person.floor].append(n)
    return tuple(
        Floor(name, np.array(of, dtype=np.int64), share) for (name, share), of in sorted(members.items())
    )


def with_hours(numbered: Numbered, more_hours: float) -> Numbered:
    """Return the same with so many hours more (or fewer) in every week that has a day."""
    given, hours = numbered.given, numbered.weeks.hours
    there = [any(given.settings.absence_on(d) is None for d in given.days_of(t)) for t in range(given.weeks)]
    changed = np.where(np.array(there, dtype=bool), np.maximum(0.0, hours + more_hours), hours)
    return replace(numbered, weeks=replace(numbered.weeks, hours=changed))
