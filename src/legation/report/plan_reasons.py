"""Why somebody is asked, why he or she goes cold, and what the plan cannot promise: in words."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from legation.plan.changes import counting
from legation.plan.forms import EFFECTS
from legation.plan.inputs import Coming, PlanInput, PlanPerson
from legation.plan.instance import Unmet
from legation.plan.weeks import Guest, PlannedEncounter
from legation.report.plan_views import UnmetView
from legation.report.saying import day_of_year, join_names, say_date, say_form, say_number, say_on

#: What a weekly tie can be kept at where three invitations in ten are declined (decision 0013).
WEEKLY_CEILING = 77


@dataclass(frozen=True, slots=True)
class _Last:
    """The last encounter with somebody, as a reason tells it."""

    said: str
    until: dt.date | None


def with_reasons(
    given: PlanInput, encounters: Sequence[PlannedEncounter], effects: Mapping[str, float]
) -> tuple[PlannedEncounter, ...]:
    """Return encounters in order of days with a reason for each guest, in one line.

    A reason that the encounter has already (the calendar's, or one typed in) stays. What is planned
    earlier counts for what comes later.
    """
    people = {p.person: p for p in given.people}
    occasions: dict[str, list[Coming]] = {}
    for coming in given.occasions:
        occasions.setdefault(coming.person, []).append(coming)
    last = {p.person: _last_held(p, given.since) for p in given.people}
    found = []
    for encounter in sorted(encounters, key=lambda e: (e.on, e.at, e.uid)):
        guests = []
        for guest in encounter.guests:
            person = people.get(guest.person)
            if person is None or guest.reply == "declined":
                guests.append(guest)
                continue
            why = guest.why if encounter.origin == "calendar" else ""
            why = why or _why(person, encounter, last[person.person], occasions.get(person.person, ()), given)
            guests.append(replace(guest, why=why))
        for guest in counting(encounter):
            if guest.person in people:
                last[guest.person] = _after(people[guest.person], encounter, effects, last[guest.person])
        found.append(replace(encounter, guests=tuple(guests)))
    return tuple(found)


def _last_held(person: PlanPerson, since: dt.date) -> _Last:
    if person.last_on is None:
        return _Last("", None)
    year = person.last_when[:4] != str(since.year)
    said = f"last {say_form(person.last_form)} {say_on(person.last_when, year=year)}"
    return _Last(said, person.covered_until)


def _after(
    person: PlanPerson, encounter: PlannedEncounter, effects: Mapping[str, float], before: _Last
) -> _Last:
    effect = effects.get(encounter.form, EFFECTS.get(encounter.form, 1.0))
    until = encounter.on + dt.timedelta(days=int(effect * person.rule.ideal_days) - 1)
    if before.until is not None:
        until = max(until, before.until)
    return _Last(f"after {say_form(encounter.form)} {_on(encounter.on)}", until)


def _on(day: dt.date) -> str:
    return f"on {day_of_year(day)}"


def say_meant(person: PlanPerson) -> str:
    """Return the interval and who set it: "you mean every 30 days", "every 14 days is meant (layer 2)"."""
    days = person.rule.ideal_days
    every = f"every {days:,} days" if days != 1 else "every day"
    if person.rule.why == "you set":
        return f"you mean {every}"
    return f"{every} is meant ({person.rule.why})"


def _why(
    person: PlanPerson,
    encounter: PlannedEncounter,
    last: _Last,
    occasions: Iterable[Coming],
    given: PlanInput,
) -> str:
    """Return why somebody comes to this encounter."""
    pieces = []
    week = given.week_of(encounter.on)
    here = [c for c in occasions if given.week_of(c.on) == week and abs((c.on - encounter.on).days) <= 6]
    pieces += [c.says for c in here]
    pieces.append(_why_now(person, encounter, last))
    if person.bridge:
        pieces.append(person.bridge)
    return "; ".join(pieces)


def _why_now(person: PlanPerson, encounter: PlannedEncounter, last: _Last) -> str:
    meant = say_meant(person)
    if not last.said:
        return f"no encounter on record; {meant}" if person.met == 0 else f"none has a date; {meant}"
    if last.until is None:
        return f"{last.said}; {meant}"
    due = last.until + dt.timedelta(days=1)
    early = (due - encounter.on).days
    if early > 7 and len(counting(encounter)) > 1:
        weeks = round(early / 7)
        return f"{last.said}; {meant}: seat free, due in {say_number(weeks, 'week')}"
    year = due.year != encounter.on.year
    return f"{last.said}; {meant}: due {say_on(due.isoformat(), year=year)}"


# ── who goes cold ───────────────────────────────────────────────────────────────────────


def say_cold(person: PlanPerson, cold_on: dt.date | None, given: PlanInput, *, planned: bool) -> str:
    """Return why somebody is cold at the end of the weeks."""
    away = [
        a for a in person.away if a.holds(given.since) or (a.since and given.since <= a.since <= given.until)
    ]
    if away:
        return away[0].why
    if not person.forms:
        return "none of the forms you plan with suits"
    if planned:
        return "seen once in these weeks, which is not enough"
    if cold_on is None:
        return "never met on record, and the hours went to who counts for more"
    if cold_on < given.since:
        return f"past it since {say_date(cold_on.isoformat())}, and the hours went to who counts for more"
    return "the hours went to who counts for more"


# ── floors, notes ───────────────────────────────────────────────────────────────────────


def say_unmet(unmet: Unmet) -> UnmetView:
    """Return in words which floor the hours do not allow, and how many hours a week it lacks."""
    wanted, reached = round(100 * unmet.wanted), round(100 * unmet.reached)
    name = unmet.floor[:1].upper() + unmet.floor[1:]
    says = (
        f"{name} cannot have {wanted} in a hundred weeks within interval at these hours: {reached} are"
        " reached."
    )
    hours = unmet.hours_short
    if math.isinf(hours):
        says += " No number of hours reaches it with these forms, days and absences."
    elif hours > 0:
        says += f" That takes {hours:.1f} hours a week more, or a lower floor."
    elif hours <= 0:
        says += " Hours are not what it lacks: see absences, forms, and who is away."
    hours = hours if math.isfinite(hours) else 0.0
    return UnmetView(unmet.floor, unmet.wanted, round(unmet.reached, 4), round(hours, 2), says)


def plan_notes(given: PlanInput, encounters: Sequence[PlannedEncounter]) -> tuple[str, ...]:
    """Return what cannot be promised, and what a reader should know of this plan."""
    notes = list(given.notes)
    weekly = [p.name for p in given.people if p.rule.ideal_days <= 7]
    accepts = [f.accepts for f in given.settings.forms if f.effect >= 1]
    if weekly and accepts and min(accepts) < 0.9:
        declined = round(10 * (1 - sum(accepts) / len(accepts)))
        notes.append(
            f"{say_number(len(weekly), 'weekly tie')} cannot be kept above about {WEEKLY_CEILING} weeks in a"
            f" hundred where {declined} invitations in ten are declined; this plan counts every guest as"
            " coming."
        )
    elif given.people:
        notes.append(
            "This plan counts every guest as coming; `legation simulate` shows a year with refusals."
        )
    fast = [e for e in encounters if e.origin == "calendar"]
    over = [
        n
        for n in range(given.weeks)
        if sum(e.hours for e in fast if given.week_of(e.on) == n) > given.hours[n] + 1e-9
        and given.hours[n] >= 0
    ]
    if over and fast:
        days = join_names([day_of_year(given.monday + dt.timedelta(weeks=n)) for n in over[:4]])
        more = f" and {len(over) - 4} more" if len(over) > 4 else ""
        notes.append(f"The calendar alone takes more hours than you have in the weeks of {days}{more}.")
    return tuple(notes)


def guest_of(person: PlanPerson, why: str) -> Guest:
    """Return somebody as a guest who was chosen by hand."""
    return Guest(person.person, person.name, why)
