"""What the weeks that stand hold before the first day of a new plan, and the record does not know yet.

Somebody invited for Monday is not asked again on Wednesday, and whoever was met by the plan since the
record ends is covered by that as well as by what is on record.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from legation.plan.changes import counting, is_void
from legation.plan.due import cover_days
from legation.plan.forms import map_effects
from legation.plan.inputs import Logged, PlanInput, PlanPerson
from legation.plan.weeks import PlannedEncounter


def list_earlier(given: PlanInput) -> tuple[PlannedEncounter, ...]:
    """List what stands before the first day: all of its own week, and what is later than the record.

    What is earlier and not on record by now counts as not held.
    """
    kept = given.kept.encounters if given.kept else ()
    ends = max((p.last_on for p in given.people if p.last_on is not None), default=dt.date.min)
    return tuple(
        e
        for e in kept
        if e.origin != "calendar"
        and e.on < given.since
        and (e.on >= given.monday or e.on > ends)
        and not is_void(e)
    )


def list_this_week(given: PlanInput) -> tuple[PlannedEncounter, ...]:
    """List what stands in the first week before the first day: its guests are not asked once more."""
    return tuple(e for e in list_earlier(given) if e.on >= given.monday)


def count_earlier(given: PlanInput) -> PlanInput:
    """Return the same with what stands before the first day counted as held, by those who come to it."""
    # In order of days: what is later than the record stays so while it is counted.
    earlier = sorted(list_earlier(given), key=lambda e: (e.on, e.uid))
    if not earlier:
        return given
    people = {p.person: p for p in given.people}
    effects = map_effects(given.settings.forms)
    for encounter in earlier:
        for guest in counting(encounter):
            if guest.person in people:
                people[guest.person] = _after(people[guest.person], encounter, effects)
    return replace(given, people=tuple(people[p.person] for p in given.people))


def _after(person: PlanPerson, encounter: PlannedEncounter, effects: dict[str, float]) -> PlanPerson:
    """Return somebody as he or she is after an encounter that stands."""

    def later(known: dt.date | None, interval_days: int) -> dt.date:
        days = cover_days(encounter.form, interval_days, effects)
        until = encounter.on + dt.timedelta(days=days - 1)
        return until if known is None else max(known, until)

    rule = person.rule
    until = later(person.covered_until, rule.ideal_days)
    held = Logged(encounter.on, encounter.form, encounter.on.isoformat())
    by = held if until != person.covered_until else person.covered_by
    found = replace(
        person,
        covered_until=until,
        covered_by=by,
        late_until=later(person.late_until, rule.longest_days) if rule.longest_days else None,
        warm_until=later(person.warm_until, rule.cold_days),
    )
    if person.last_on is not None and person.last_on > encounter.on:
        return found
    return replace(found, last_on=encounter.on, last_when=encounter.on.isoformat(), last_form=encounter.form)
