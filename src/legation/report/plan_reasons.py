"""Why somebody is asked, why he or she goes cold, and what the plan cannot promise: in words."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from legation.facts.when import WEEKDAY_SINCE
from legation.plan.changes import counting
from legation.plan.due import cover_days
from legation.plan.forms import EFFECTS
from legation.plan.inputs import Coming, PlanInput, PlanPerson, open_days
from legation.plan.made import FloorNeed
from legation.plan.weeks import Guest, PlannedEncounter
from legation.report.plan_views import UnmetView
from legation.report.saying import (
    day_of_year,
    join_names,
    name_form,
    say_date,
    say_form,
    say_number,
    say_on,
    say_times,
)

#: Whoever is due within so many days is not asked early.
SOON_DAYS = 7
#: What a weekly tie can be kept at where three invitations in ten are declined (decision 0013).
WEEKLY_CEILING = 77


@dataclass(frozen=True, slots=True)
class _Last:
    """The last encounter with somebody, as a reason tells it; until when one is covered, and by what.

    `by` is said only where the last encounter does not cover the whole interval: "a reception covers 9
    days".
    """

    said: str
    until: dt.date | None
    by: str = ""

    def early(self, on: dt.date) -> int:
        """Return how many days before being due a day is; 0 or fewer where somebody is due."""
        return (self.until - on).days + 1 if self.until is not None else 0


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
    last = {p.person: _last_held(p, given.since, effects) for p in given.people}
    found = []
    for encounter in sorted(encounters, key=lambda e: (e.on, e.at, e.uid)):
        guests = []
        for guest in encounter.guests:
            person = people.get(guest.person)
            if person is None or guest.reply == "declined":
                guests.append(guest)
                continue
            why = guest.why if encounter.origin == "calendar" else ""
            why = why or _why(person, encounter, last, occasions, given)
            guests.append(replace(guest, why=why))
        for guest in counting(encounter):
            if guest.person in people:
                last[guest.person] = _after(people[guest.person], encounter, effects, last[guest.person])
        found.append(replace(encounter, guests=tuple(guests)))
    return tuple(found)


def _last_held(person: PlanPerson, since: dt.date, effects: Mapping[str, float]) -> _Last:
    if person.last_on is None:
        return _Last("", None)
    year = person.last_when[:4] != str(since.year)
    said = f"last {say_form(person.last_form)} {say_on(person.last_when, year=year)}"
    held = person.covered_by
    if held is None or held.on is None:
        return _Last(said, person.covered_until)
    covers = cover_days(held.form, person.rule.ideal_days, {**EFFECTS, **effects})
    if covers >= person.rule.ideal_days and (held.on, held.form) == (person.last_on, person.last_form):
        return _Last(said, person.covered_until)
    what = name_form(held.form)
    if held.on != person.last_on:
        when = held.when or held.on.isoformat()
        what += f" {say_on(when, year=when[:4] != str(since.year))}"
    return _Last(said, person.covered_until, f"{what} covers {say_number(covers, 'day')}")


def _after(
    person: PlanPerson, encounter: PlannedEncounter, effects: Mapping[str, float], before: _Last
) -> _Last:
    covers = cover_days(encounter.form, person.rule.ideal_days, {**EFFECTS, **effects})
    until = encounter.on + dt.timedelta(days=covers - 1)
    what = name_form(encounter.form)
    by = f"{what} covers {say_number(covers, 'day')}" if covers < person.rule.ideal_days else ""
    if before.until is not None and before.until >= until:
        # What was held before covers longer: the reason names it, or says that it does.
        until, by = before.until, before.by or "the encounter before covers longer"
    return _Last(f"after {what} {_on(encounter.on)}", until, by)


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
    last: Mapping[str, _Last],
    occasions: Mapping[str, Iterable[Coming]],
    given: PlanInput,
) -> str:
    """Return why somebody comes to this encounter."""
    here = _occasions_here(occasions.get(person.person, ()), encounter, given)
    pieces = [c.says for c in here]
    others = [g.person for g in counting(encounter) if g.person != person.person]
    # A seat is free beside somebody for whom the encounter is: due by then, or having the occasion.
    reason = any(
        (p in last and last[p].early(encounter.on) <= SOON_DAYS)
        or _occasions_here(occasions.get(p, ()), encounter, given)
        for p in others
    )
    pieces.append(_why_now(person, encounter, last[person.person], beside=reason, occasion=bool(here)))
    if person.bridge:
        pieces.append(person.bridge)
    return "; ".join(pieces)


def _occasions_here(
    occasions: Iterable[Coming], encounter: PlannedEncounter, given: PlanInput
) -> list[Coming]:
    """Return the occasions of the week of an encounter."""
    week = given.week_of(encounter.on)
    return [c for c in occasions if given.week_of(c.on) == week and abs((c.on - encounter.on).days) <= 6]


def _why_now(
    person: PlanPerson, encounter: PlannedEncounter, last: _Last, *, beside: bool, occasion: bool
) -> str:
    meant = say_meant(person)
    if not last.said:
        return f"{say_unseen(person)}; {meant}"
    if last.until is None:
        return f"{last.said}; {meant}"
    if last.by:
        meant += f", of which {last.by}" if last.by.endswith(("day", "days")) else f"; {last.by}"
    due = last.until + dt.timedelta(days=1)
    early = last.early(encounter.on)
    if early > SOON_DAYS and not occasion:
        weeks = say_number(round(early / 7), "week")
        return f"{last.said}; {meant}: {'seat free' if beside else 'early'}, due in {weeks}"
    year = due.year != encounter.on.year
    return f"{last.said}; {meant}: due {say_on(due.isoformat(), year=year)}"


def say_unseen(person: PlanPerson) -> str:
    """Return what is on record of somebody with whom no encounter has a day."""
    return "met, on no day that is known" if person.met else "no encounter on record"


# ── who goes cold ───────────────────────────────────────────────────────────────────────


def say_cold(
    person: PlanPerson,
    cold_on: dt.date | None,
    given: PlanInput,
    encounters: Sequence[PlannedEncounter],
) -> str:
    """Return why somebody is cold at the end of the weeks, with these encounters planned."""
    why = _why_cold(person, given, encounters)
    if cold_on is None and person.last_on is None:
        return f"{say_unseen(person)}; {why}"
    if cold_on is not None and cold_on < given.since:
        return f"past it since {say_date(cold_on.isoformat())}; {why}"
    return why


def _why_cold(person: PlanPerson, given: PlanInput, encounters: Sequence[PlannedEncounter]) -> str:
    away = [
        a for a in person.away if a.holds(given.since) or (a.since and given.since <= a.since <= given.until)
    ]
    if away:
        return away[0].why
    if not person.forms:
        return "none of the forms you plan with suits"
    seen = sum(person.person in {g.person for g in counting(e)} for e in encounters)
    if seen:
        return f"seen {say_times(seen)} in these weeks, which is not enough"
    if sum(given.hours) <= 0:
        return "there were no hours"
    kept = given.kept.encounters if given.kept else ()
    if any(g.person == person.person and g.reply == "declined" for e in kept for g in e.guests):
        return "declined in these weeks"
    return _say_room(person, given, encounters)


def _say_room(person: PlanPerson, given: PlanInput, encounters: Sequence[PlannedEncounter]) -> str:
    """Say where the hours went; where some were left that would have done, that they were."""
    left = list(given.hours)
    held: Counter[tuple[str, int]] = Counter()
    for encounter in encounters:
        week = given.week_of(encounter.on)
        if 0 <= week < given.weeks and counting(encounter):
            left[week] -= encounter.hours
            held[encounter.form, week] += 1
    forms = [f for f in given.settings.forms if f.name in person.forms and f.most_a_week > 0]
    enough = [(f, n) for n in range(given.weeks) for f in forms if f.hours <= left[n] + 1e-9]
    if not enough:
        return "the hours went to others"
    for form, week in enough:
        days = [d for d in open_days(given, form, week) if not any(a.holds(d) for a in person.away)]
        if days and held[form.name, week] < form.most_a_week and form.effect >= 1:
            monday = given.monday + dt.timedelta(weeks=week)
            return f"hours for {name_form(form.name)} are left in the week of {day_of_year(monday)}"
    return "hours are left, but no form that suits has a day free where they are"


# ── floors, notes ───────────────────────────────────────────────────────────────────────


def say_unmet(need: FloorNeed, hours_a_week: float) -> UnmetView:
    """Return in words which floor the hours do not allow, and how many hours a week it lacks."""
    wanted, reached = f"{100 * need.wanted:.3g}", f"{math.floor(1000 * need.reached + 1e-6) / 10:g}"
    name = need.floor[:1].upper() + need.floor[1:]
    says = (
        f"{name} cannot have {wanted} in a hundred weeks within interval at these hours: {reached} are"
        " reached."
    )
    short = 0.0 if need.hours is None else round(need.hours - hours_a_week, 2)
    if need.hinders:
        says += f" No number of hours reaches it: {need.hinders}."
    elif need.hours is None:
        says += " No number of hours reaches it with these forms, days and evenings."
    else:
        least = "at least " if need.least else ""
        says += f" That takes {least}{short:g} hours a week more ({need.hours:g} in all), or a lower floor."
    return UnmetView(need.floor, need.wanted, round(need.reached, 4), short, says)


def plan_notes(given: PlanInput, encounters: Sequence[PlannedEncounter]) -> tuple[str, ...]:
    """Return what cannot be promised, and what a reader should know of this plan."""
    notes = list(given.notes)
    if given.since.year < WEEKDAY_SINCE:
        notes.append(
            f"Before {WEEKDAY_SINCE} a date may be of the old calendar, and no weekday is shown. Rules by"
            " weekday (free Sundays, weekdays of forms and hours, sitting days, where a week begins) follow"
            " the Gregorian calendar."
        )
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
