"""What the record gives a plan: who was met how, who cannot be met, the calendar, occasions that come."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from legation.facts.ids import derive_id
from legation.network.closeness import STANDING_DAYS
from legation.plan.forms import DEFAULT_FORMS, EFFECTS
from legation.plan.inputs import AwaySpan, Coming, Logged, PlanInput, Record
from legation.plan.settings import PlanSettings
from legation.plan.weeks import Guest, PlannedEncounter
from legation.report.bridges import load_bridges
from legation.report.contacts import Met, load_met
from legation.report.event_hours import hours_on
from legation.report.ical import is_ours
from legation.report.links import Links
from legation.report.occasions import coming, known_occasions
from legation.report.plan_rules import PlanRules, resolve_plan
from legation.report.plan_whereabouts import Whereabouts, load_dead, load_household
from legation.report.saying import day_of_year, parse_when, say_number
from legation.report.today import events_on
from legation.store import lookups, planning, records
from legation.store.rows import EventRow
from legation.store.tx import Tx

#: An encounter in the calendar whose end is not said lasts as long as its form, else an hour.
UNKNOWN_HOURS = 1.0
#: Illness and bereavement ask for something for so many days after they were told.
TOLD_DAYS = 14
_TOLD = ("illness", "bereavement")
_DAY = len("1939-03-09")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the record says up to the day on which a plan begins.

    `known_forms` are forms that some encounter on record had, or plan.toml changed.
    """

    records: tuple[Record, ...]
    calendar: tuple[PlannedEncounter, ...]
    occasions: tuple[Coming, ...]
    known_forms: frozenset[str]
    names: Mapping[str, str]


def gather_record(tx: Tx, owner: str, since: dt.date, until: dt.date, rules: PlanRules) -> Gathered:
    """Load all that a plan from one day to another needs of the record; nothing later counts."""
    met = load_met(tx, owner, since)
    chosen = {*rules.rules.people, *rules.start, *rules.let_go}
    people = sorted({*met, *chosen} - {owner})
    calendar = load_calendar(tx, owner, since, until, rules.settings)
    names = lookups.load_names(tx, {*people, *(g.person for e in calendar for g in e.guests)})
    people = [p for p in people if p in names]
    some = [p for p in people if p in chosen or met[p].count >= rules.settings.default_after_encounters]
    found = _records(tx, owner, since, rules, met, people, some, names)
    return Gathered(
        records=found,
        calendar=calendar,
        occasions=load_occasions(tx, since, until, rules.settings, set(some)),
        known_forms=_known_forms(met.values(), rules.settings),
        names=names,
    )


def gather_guests(tx: Tx, given: PlanInput, people: Iterable[str]) -> dict[str, Record]:
    """Load the record of some whom a plan is not for, by id: guests chosen by hand may be anybody."""
    owner, _ = lookups.load_owner(tx)
    names = lookups.load_names(tx, set(people) - {owner})
    if not names:
        return {}
    rules, _ = resolve_plan(tx, given.settings, owner)
    met, some = load_met(tx, owner, given.since, names), sorted(names)
    return {r.person: r for r in _records(tx, owner, given.since, rules, met, some, some, names)}


def _records(
    tx: Tx,
    owner: str,
    since: dt.date,
    rules: PlanRules,
    met: Mapping[str, Met],
    people: Sequence[str],
    some: Sequence[str],
    names: Mapping[str, str],
) -> tuple[Record, ...]:
    """Return the record of everybody met or set; all but the number is asked of `some` only."""
    dead = load_dead(tx, since, met)
    household = load_household(tx, owner, people)
    where = Whereabouts(tx, owner, since, rules.settings.home, some)
    numbers = {f.person for f in lookups.load_facts(tx, some, ("tel", "phone"))}
    links = Links(tx, since.isoformat())
    links.need_people(some)
    by_person = defaultdict(list)
    for away in rules.away:
        by_person[away.person].append(away)
    wanted = set(some)
    bridges = load_bridges(tx, owner, since, names)
    found = []
    for person in people:
        record = met.get(person)
        if person not in wanted:
            seldom = record.count if record else 0
            found.append(Record(person, names[person], met=seldom, never=household.get(person, "")))
            continue
        told = tuple(_span(a.since, a.until, a.why) for a in by_person[person])
        never = dead.get(person) or household.get(person, "")
        # What the user says of somebody's whereabouts goes before what the record makes one believe.
        if not never and not told:
            never = where.never(person, names[person], record)
        found.append(
            Record(
                person=person,
                name=names[person],
                logged=_logged(record, since),
                met=record.count if record else 0,
                closeness=record.closeness(since, STANDING_DAYS) if record else 0.0,
                circles=rules.circles.get(person, ()),
                never=never,
                away=told or where.away(person, record),
                bridge=bridges.get(person, ""),
                has_number=person in numbers,
                office=links.person(person).office,
            )
        )
    return tuple(found)


def _span(since: dt.date | None, until: dt.date | None, why: str) -> AwaySpan:
    return AwaySpan(since, until, f"away: {why}" if why else "away, as plan.toml says")


def _logged(met: Met | None, since: dt.date) -> tuple[Logged, ...]:
    """Return every encounter; of those known to the month or year the last day that it may have been on."""
    if met is None:
        return ()
    found = [Logged(dt.date.fromisoformat(on), form, on) for on, form in met.days]
    for date in met.dates:
        if len(date) == _DAY:
            continue
        when = parse_when(date)
        day = None if when is None else when.last if when.last <= since else when.first
        found.append(Logged(day, met.form if date == met.on else "", date))
    return tuple(found)


def _known_forms(met: Iterable[Met], settings: PlanSettings) -> frozenset[str]:
    """Return the forms that the record has seen, and those that plan.toml says something of."""
    held = {form for record in met for _, form in record.days}
    return frozenset(held | {f.name for f in settings.forms if f not in DEFAULT_FORMS})


# ── the calendar ────────────────────────────────────────────────────────────────────────


def load_calendar(
    tx: Tx, owner: str, since: dt.date, until: dt.date, settings: PlanSettings
) -> tuple[PlannedEncounter, ...]:
    """Return the encounters that stand already: events with people, and what the diary intends.

    Recurring events come on each of their days. What the diary intends with the people of an event
    of that day is the event.
    """
    hours = {f.name: f.hours for f in settings.forms}
    at = {f.name: f.at for f in settings.forms}
    rows: list[tuple[dt.date, EventRow]] = []
    for number in range((until - since).days + 1):
        day = since + dt.timedelta(days=number)
        rows.extend((day, event) for event in events_on(tx, day))
    intended = planning.load_intended(tx, since.isoformat(), until.isoformat())
    ids = {p for _, e in rows for p in json.loads(e.people)} | {
        p for row in intended for _, p, _ in json.loads(row[4])
    }
    names = lookups.load_names(tx, ids - {owner, ""})
    times = _times(tx, {e.reading for _, e in rows if e.reading})
    spans = _spans(tx, {e.item for _, e in rows})
    found = []
    for day, event in rows:
        if is_ours(event.uid):
            # An export of ours that was read back: what it says stands in weeks.toml.
            continue
        guests = tuple(
            Guest(p, names[p], "in your calendar")
            for p in dict.fromkeys(json.loads(event.people))
            if p in names
        )
        if not guests:
            continue
        form = event.form if event.form in EFFECTS else "meeting"
        start, length = times.get(event.reading, "") or at.get(form, ""), hours.get(form, UNKNOWN_HOURS)
        # Whole days over several are one encounter, on the first of them that is in these weeks.
        past = 0 if event.rrule else (day - dt.date.fromisoformat(event.on)).days
        if event.item in spans:
            start, length = hours_on(*spans[event.item], past)
        elif past and day > since:
            continue
        if length <= 0:
            continue
        uid = event.uid or event.event
        found.append(
            PlannedEncounter(
                uid=derive_id("event", uid, day.isoformat()),
                on=day,
                form=form,
                guests=guests,
                hours=length,
                at=start,
                place=event.place,
                locked=True,
                origin="calendar",
            )
        )
    return tuple(found) + tuple(_intentions(intended, owner, names, found, hours, at))


def _intentions(
    intended: Sequence[tuple[str, str, str, str, str, str, str]],
    owner: str,
    names: Mapping[str, str],
    events: Sequence[PlannedEncounter],
    hours: Mapping[str, float],
    at: Mapping[str, str],
) -> list[PlannedEncounter]:
    """Return what texts intend for the owner, where no event is the same."""
    known = [(e.on, {g.person for g in e.guests}) for e in events]
    found = []
    for account, on, form, place, people, quote, written_on in intended:
        ids = [p for _, p, _ in json.loads(people)]
        guests = [p for p in dict.fromkeys(ids) if p in names and p != owner]
        day = dt.date.fromisoformat(on)
        if owner not in ids or not guests or any(d == day and who & set(guests) for d, who in known):
            continue
        known.append((day, set(guests)))
        name = form if form in EFFECTS else "meeting"
        words = " ".join(quote.split())
        why = f"intended: “{words if len(words) <= 60 else words[:60].rsplit(' ', 1)[0] + ' …'}”"
        found.append(
            PlannedEncounter(
                uid=derive_id("event", account),
                on=day,
                form=name,
                guests=tuple(Guest(p, names[p], f"{why}, {written_on}") for p in guests),
                hours=hours.get(name, UNKNOWN_HOURS),
                at=at.get(name, ""),
                place=place,
                locked=True,
                origin="calendar",
            )
        )
    return found


def _spans(tx: Tx, items: set[str]) -> dict[str, tuple[dt.datetime, dt.timedelta]]:
    """Return the start and length of events by item, where their text says when they end."""
    if not items:
        return {}
    from legation.reading.calendars import read_span  # noqa: PLC0415 - weeks without events need none of it

    spans = {item: read_span(text) for item, text in records.load_bodies(tx, items).items()}
    return {item: span for item, span in spans.items() if span is not None}


def _times(tx: Tx, readings: set[str]) -> dict[str, str]:
    """Return the local start of events, HH:MM, by reading; whole days have none."""
    if not readings:
        return {}
    from legation.ledger.codec import load_reading  # noqa: PLC0415 - weeks without events need none of it

    found = {}
    for reading, data in records.load_readings(tx, readings).items():
        event = load_reading(data).event
        if event is not None and event.start_time:
            found[reading] = event.start_time[:5]
    return found


# ── occasions ───────────────────────────────────────────────────────────────────────────


def load_occasions(
    tx: Tx, since: dt.date, until: dt.date, settings: PlanSettings, people: set[str]
) -> tuple[Coming, ...]:
    """Return the occasions of some people that come in some weeks, and what was told of late.

    What comes round each year comes on its day; illness and bereavement told within the last two
    weeks ask for something on the first day.
    """
    found: dict[tuple[str, str, dt.date], Coming] = {}
    for row in known_occasions(tx, since):
        if row.person not in people:
            continue
        following = coming(row, since)
        if following is None or following[0] > until:
            continue
        day, number = following
        kind = "anniversary" if row.kind == "wedding" and number else row.kind
        if kind == "death":
            continue
        key = (row.person, kind, day)
        says = f"{kind} on {day_of_year(day)}"
        if number:
            says += f": {say_number(number, 'year')}{' old' if kind == 'birthday' else ''}"
        # Two cards may hold one birthday; the one with a year says more.
        if key not in found or number:
            found[key] = Coming(row.person, day, kind, says, settings.courtesies.get(kind, ""))
    first = (since - dt.timedelta(days=TOLD_DAYS)).isoformat()
    for person, kind, on, written_on, _ in planning.load_told_of(tx, _TOLD, since.isoformat()):
        told = on if len(on) == _DAY else written_on
        if person in people and first <= told <= since.isoformat():
            says = (
                f"{kind} told on {day_of_year(dt.date.fromisoformat(written_on[:_DAY]))}"
                if len(written_on) >= _DAY
                else kind
            )
            found[person, kind, since] = Coming(person, since, kind, says, settings.courtesies.get(kind, ""))
    return tuple(sorted(found.values(), key=lambda c: (c.on, c.person, c.kind)))
