"""What one change of the weeks would do: figures before and after, and what it would break, in words."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from legation.plan.changes import counting, monday_of
from legation.plan.inputs import PlanInput, Record, open_days
from legation.plan.numbers import Numbered, number_input
from legation.plan.propose import cold_people, effects_of, share_of
from legation.plan.score import Broken, Score, find_broken, score_groups
from legation.plan.weeks import PlannedEncounter
from legation.report.links import Links
from legation.report.plan_record import gather_guests
from legation.report.plan_views import EffectView
from legation.report.saying import day_of_year, join_names, say_form, say_times, say_weekday

#: Changes of the share below this are told as none.
SLIGHT_SHARE = 0.0005


def effect_view(
    links: Links,
    before: PlanInput,
    old: Sequence[PlannedEncounter],
    after: PlanInput,
    new: Sequence[PlannedEncounter],
) -> EffectView:
    """Return what becomes of some weeks that change: both inputs are of the same people and days."""
    was, was_score = _weigh(before, old)
    now, now_score = _weigh(after, new)
    cold_was = set(cold_people(before, _all(before, old), effects_of(was)))
    cold_now = set(cold_people(after, _all(after, new), effects_of(now)))
    others = _others(links, after, [*old, *new])
    broken_was = set(_broken(before, was, old, others))
    broken = tuple(b for b in _broken(after, now, new, others) if b not in broken_was)
    share_was, share_now = share_of(was, was_score), share_of(now, now_score)
    people = after.people
    links.need_people(people[n].person for n in cold_was ^ cold_now)
    colder = tuple(links.person(people[n].person) for n in sorted(cold_now - cold_was))
    warmer = tuple(links.person(people[n].person) for n in sorted(cold_was - cold_now))
    hours_was, hours_now = _hours(before, old), _hours(after, new)
    touched = {m: hours_now[m] for m in hours_now if hours_now[m] != hours_was[m]}
    touched |= {m: hours_now[m] for m in _days_touched(old, new) if m in hours_now}
    return EffectView(
        share_before=round(share_was, 5),
        share_after=round(share_now, 5),
        hours_used=dict(sorted(touched.items())),
        broken=broken,
        colder=colder,
        warmer=warmer,
        says=_says(share_was, share_now, [p.name for p in colder], [p.name for p in warmer]),
    )


def _all(given: PlanInput, encounters: Sequence[PlannedEncounter]) -> list[PlannedEncounter]:
    return [*given.calendar, *(e for e in encounters if e.origin != "calendar")]


def _weigh(given: PlanInput, encounters: Sequence[PlannedEncounter]) -> tuple[Numbered, Score]:
    every = _all(given, encounters)
    numbered = number_input(given, given.calendar, others=every)
    return numbered, score_groups(numbered.instance, numbered.weeks, numbered.groups_of(every))


def _hours(given: PlanInput, encounters: Sequence[PlannedEncounter]) -> dict[str, float]:
    """Return the hours used by week, by its Monday."""
    hours = {(given.monday + dt.timedelta(weeks=n)).isoformat(): 0.0 for n in range(given.weeks)}
    for encounter in _all(given, encounters):
        monday = monday_of(encounter.on).isoformat()
        if counting(encounter) and monday in hours:
            hours[monday] += encounter.hours
    return {monday: round(used, 2) for monday, used in hours.items()}


def _days_touched(old: Sequence[PlannedEncounter], new: Sequence[PlannedEncounter]) -> set[str]:
    """Return the Mondays of the weeks in which an encounter is not as it was."""
    was, now = {e.uid: e for e in old}, {e.uid: e for e in new}
    changed = [u for u in was.keys() | now.keys() if was.get(u) != now.get(u)]
    return {monday_of(e.on).isoformat() for u in changed for e in (was.get(u), now.get(u)) if e is not None}


def _says(before: float, after: float, colder: list[str], warmer: list[str]) -> str:
    """Return the effect in a sentence or two."""
    was, now = round(100 * before, 1), round(100 * after, 1)
    if abs(after - before) < SLIGHT_SHARE:
        said = f"{now:g} in every hundred stay within interval, as before."
    else:
        said = f"{now:g} in every hundred within interval, in place of {was:g}."
    if colder:
        said += f" {join_names(colder[:3])}{_more(colder)} would go cold."
    if warmer:
        said += f" {join_names(warmer[:3])}{_more(warmer)} would not go cold any more."
    return said


def _more(names: list[str]) -> str:
    return f" and {len(names) - 3} more" if len(names) > 3 else ""


# ── what is broken ──────────────────────────────────────────────────────────────────────


def broken_rules(
    links: Links, given: PlanInput, numbered: Numbered, encounters: Sequence[PlannedEncounter]
) -> tuple[str, ...]:
    """Return in words which rules the encounters of some weeks break, those written by hand among them."""
    return tuple(_broken(given, numbered, encounters, _others(links, given, encounters)))


def _others(links: Links, given: PlanInput, encounters: Iterable[PlannedEncounter]) -> Mapping[str, Record]:
    """Return the records of guests who are not planned for: dead, away, or seldom met."""
    planned = {p.person for p in given.people}
    guests = {g.person for e in encounters if e.origin != "calendar" for g in counting(e)}
    return gather_guests(links.tx, given, guests - planned)


def _broken(
    given: PlanInput,
    numbered: Numbered,
    encounters: Sequence[PlannedEncounter],
    others: Mapping[str, Record],
) -> list[str]:
    """Return in words which rules some weeks break."""
    groups = numbered.groups_of(_all(given, encounters))
    found = [
        said
        for broken in find_broken(numbered.instance, numbered.weeks, groups)
        if (said := _say_broken(given, numbered, broken))
    ]
    found += [*_guests(given, encounters, others), *_twice(encounters), *_days(given, encounters, others)]
    return list(dict.fromkeys(found))


def _guests(
    given: PlanInput, encounters: Sequence[PlannedEncounter], others: Mapping[str, Record]
) -> list[str]:
    """Say which guests must not be at one table, and who is not to be asked at all.

    The instance knows only people who are planned for; a guest chosen by hand may be anybody.
    """
    found = []
    for encounter in sorted(encounters, key=lambda e: (e.on, e.at, e.uid)):
        if encounter.origin == "calendar" or not given.since <= encounter.on <= given.until:
            continue
        guests = sorted(counting(encounter), key=lambda g: (g.name, g.person))
        on = f"{encounter.form} on {day_of_year(encounter.on)}"
        found += [
            f"{one.name} and {other.name} must not be at one table: {on}"
            for one, other in combinations(guests, 2)
            if (min(one.person, other.person), max(one.person, other.person)) in given.apart
        ]
        found += [
            f"{guest.name} is not to be asked: {others[guest.person].never}"
            for guest in guests
            if guest.person in others and others[guest.person].never
        ]
    return found


def _say_broken(given: PlanInput, numbered: Numbered, broken: Broken) -> str:
    week = given.monday + dt.timedelta(weeks=broken.week)
    of = f"the week of {day_of_year(week)}"
    form = numbered.instance.forms[broken.form].name if broken.form >= 0 else ""
    names = join_names([given.people[n].name for n in broken.people[:4]])
    hours = given.hours[broken.week] if 0 <= broken.week < given.weeks else 0.0
    said = {
        "hours": f"{hours + broken.excess:g} hours in {of}, which has {hours:g}",
        "evenings": f"{of} has not so many evenings",
        "form": f"{of} has no room for one more {form}",
        "quarter": f"more {form}s than a quarter allows",
        "capacity": f"a {form} has not so many seats: {broken.excess:g} too many",
        # Told by person below, for it concerns guests who are not planned for as well.
        "apart": "",
        "unsuited": f"{say_form(form)} does not suit {names}",
        "away": "",
    }
    return said.get(broken.rule, "")


def _twice(encounters: Iterable[PlannedEncounter]) -> list[str]:
    """Say who would be met twice in a week by the plan."""
    seen: dict[tuple[str, dt.date], int] = defaultdict(int)
    names = {}
    for encounter in encounters:
        for guest in counting(encounter):
            if encounter.origin != "calendar":
                seen[guest.person, monday_of(encounter.on)] += 1
                names[guest.person] = guest.name
    order = sorted(seen, key=lambda key: (key[1], names[key[0]], key[0]))
    return [
        f"{names[person]} is met {say_times(seen[person, monday])} in the week of {day_of_year(monday)}"
        for person, monday in order
        if seen[person, monday] > 1
    ]


def _days(
    given: PlanInput, encounters: Iterable[PlannedEncounter], others: Mapping[str, Record]
) -> list[str]:
    """Say what is wrong with the day of an encounter: absences, sitting days, people away, collisions."""
    forms = {f.name: f for f in given.settings.forms}
    away = {p.person: p.away for p in given.people} | {p: r.away for p, r in others.items()}
    there: dict[dt.date, list[PlannedEncounter]] = defaultdict(list)
    found = []
    every = _all(given, list(encounters))
    for encounter in sorted(every, key=lambda e: (e.on, e.at, e.uid)):
        on = day_of_year(encounter.on)
        if not counting(encounter) or not given.since <= encounter.on <= given.until:
            continue
        if encounter.origin != "calendar":
            absence = given.settings.absence_on(encounter.on)
            form = forms.get(encounter.form)
            if absence is not None:
                found.append(f"you are away on {on}{': ' + absence.why if absence.why else ''}")
            elif form is not None and encounter.on not in open_days(given, form, given.week_of(encounter.on)):
                found.append(f"{on}{_weekday(encounter.on)} is no day for {say_form(encounter.form)}")
            for guest in counting(encounter):
                spans = [a for a in away.get(guest.person, ()) if a.holds(encounter.on)]
                if spans:
                    found.append(f"{guest.name} is {spans[0].why} on {on}")
        collide = [e for e in there[encounter.on] if _collide(encounter, e)]
        found += [f"{on} has {say_form(e.form)} at the same hour" for e in collide]
        there[encounter.on].append(encounter)
    return found


def _weekday(day: dt.date) -> str:
    """Return ", a Monday," or "" where the day of the week is not certain."""
    said = say_weekday(day)
    return f", a {said}," if said else ""


def _collide(one: PlannedEncounter, other: PlannedEncounter) -> bool:
    """Say whether two encounters of a day overlap."""
    if not one.at or not other.at:
        return False
    a, b = (int(e.at[:2]) * 60 + int(e.at[3:5]) for e in (one, other))
    return a < b + 60 * other.hours and b < a + 60 * one.hours
