"""Today: what is planned, who is due and why, occasions, questions, and what just happened."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from legation.facts.candidates import Event
from legation.network.closeness import STANDING_DAYS
from legation.plan.changes import counting
from legation.plan.due import Due, Standing, cover_days, derive_due, is_covered
from legation.plan.forms import EFFECTS, map_effects
from legation.plan.settings import PlanSettings, Rule
from legation.plan.weeks import PlannedEncounter
from legation.report.contacts import Met, say_met
from legation.report.encounters import account_view, encounter_views, unknown_mentions
from legation.report.links import Links, event_words
from legation.report.occasions import known_occasions, occasion_views
from legation.report.questions import load_question_views
from legation.report.saying import join_names, name_form, parse_when, say_form, say_on
from legation.report.standing import Outlook, Standings, say_chance
from legation.report.told import due_promises
from legation.report.views import DueView, EncounterView, PersonLink, TodayView
from legation.store import lookups, records
from legation.store.rows import AccountRow, EventRow
from legation.store.tx import Tx

RECENT_DAYS = 14
OCCASION_DAYS = 14
MOST_DUE = 50
MOST_RECENT = 30
MOST_QUESTIONS = 5


def today_view(
    tx: Tx,
    on: dt.date,
    settings: PlanSettings,
    kept: Sequence[PlannedEncounter] = (),
    notes: Sequence[str] = (),
) -> TodayView:
    """Return the page of one day; nothing dated after it counts.

    `kept` are the encounters that stand in weeks.toml: those of the day are planned, and of whoever
    is due the next one is told. `notes` are shown after those that the page has of its own.
    """
    owner, owner_name = lookups.load_owner(tx)
    links = Links(tx, on.isoformat())
    standings = Standings(tx, owner, on, settings)
    met, meant = standings.met, standings.rules.people
    unmet = lookups.load_names(tx, (p for p in meant if p not in met))
    strangers = sorted(name for person, name in unmet.items() if person not in standings.dead)
    if strangers:
        asked = f"No encounter is on record with {join_names(strangers)} up to this day"
        notes = (f"{asked}; the plan asks for one where they can be met.", *notes)
    coming = _coming(kept, on)
    due = sorted(_due(standings), key=lambda d: d.standing.person in coming)
    questions, waiting = load_question_views(tx, links, limit=MOST_QUESTIONS)
    people, entries = records.count_all(tx)
    occasions = [r for r in known_occasions(tx, on) if r.person != owner and r.person not in standings.dead]
    return TodayView(
        on=on.isoformat(),
        owner=owner_name or tx.setting("owner"),
        planned=planned_views(tx, links, on, owner, kept),
        due=_due_views(tx, links, due[:MOST_DUE], standings, coming),
        occasions=occasion_views(
            links,
            occasions,
            on,
            within_days=OCCASION_DAYS,
            first=met.keys() | meant.keys(),
        ),
        questions=questions,
        open_questions=waiting,
        recent=recent_views(tx, links, on, owner),
        people=people,
        entries=entries,
        due_count=len(due),
        unused=standings.unused,
        promises=due_promises(tx, links, owner, on),
        notes=tuple(notes),
    )


def _coming(kept: Iterable[PlannedEncounter], on: dt.date) -> dict[str, PlannedEncounter]:
    """Return the next encounter that stands with each guest who has not declined."""
    found: dict[str, PlannedEncounter] = {}
    for encounter in sorted(kept, key=lambda e: (e.on, e.at, e.uid), reverse=True):
        if encounter.on >= on:
            found |= {guest.person: encounter for guest in counting(encounter)}
    return found


def _due(standings: Standings) -> tuple[Due, ...]:
    """Return who is due; who was never met, is dead or lives in the house is not."""
    on = standings.on
    effects = map_effects(standings.settings.forms)
    found = []
    for person, met in standings.met.items():
        rule = standings.rule(person)
        # What costs more is asked of those only who may be due: most are lost from sight, or covered.
        if (
            rule is None
            or standings.is_lost(person, rule)
            or is_covered(held := met.held(on), rule.ideal_days, on, effects)
        ):
            continue
        outlook = standings.outlook(person)
        found.append(
            Standing(
                person=person,
                rule=rule,
                last_on=met.last_on(on),
                held=held,
                closeness=standings.closeness(person),
                standing=met.closeness(on, STANDING_DAYS),
                half_life_days=standings.half_life_days(person),
                worth=standings.worth(person, rule),
                chance=outlook.chance if outlook else 0.0,
            )
        )
    return derive_due(found, on, effects)


def _due_views(
    tx: Tx,
    links: Links,
    due: Sequence[Due],
    standings: Standings,
    coming: Mapping[str, PlannedEncounter],
) -> tuple[DueView, ...]:
    met, on, effects = standings.met, standings.on, map_effects(standings.settings.forms)
    links.need_people(d.standing.person for d in due)
    last = {met[d.standing.person].encounter for d in due if d.days_since is not None}
    accounts: dict[str, AccountRow] = {}
    for told in lookups.load_accounts_of(tx, last):
        accounts.setdefault(told.encounter, told)
    links.need_items(a.item for a in accounts.values())
    views = []
    for d in due:
        record = met[d.standing.person]
        account = accounts.get(record.encounter)
        dated = d.days_since is not None
        why = say_why(d, record, standings.outlook(d.standing.person), on, effects)
        following = coming.get(d.standing.person)
        if following is not None:
            day = following.on.isoformat()
            why += f"; planned: {say_form(following.form)} {say_on(day, year=following.on.year != on.year)}"
        views.append(
            DueView(
                person=links.person(d.standing.person),
                why=why,
                days_since=d.days_since,
                interval_days=d.interval_days,
                closeness=round(d.standing.closeness, 3),
                last=links.words(account.item, account.start, account.end, account.quote)
                if account and dated
                else None,
                last_on=record.on if dated else "",
                last_form=record.form if dated else "",
                set_by=d.set_by,
                chance=round(d.standing.chance, 3),
                half_life_days=d.standing.half_life_days,
                worth=round(d.standing.worth, 3),
                lost=round(d.rank, 4),
                planned_on=following.on.isoformat() if following is not None else "",
            )
        )
    return tuple(views)


def say_why(
    due: Due, met: Met, outlook: Outlook | None, on: dt.date, effects: Mapping[str, float] = EFFECTS
) -> str:
    """Return why somebody is due: when last met, what is meant, and the chance to meet anyway."""
    said = f"{say_met(met, on)}; {say_interval(due.standing.rule)}"
    days = due.days_since
    if days is not None and days < due.interval_days:
        covers = cover_days(met.form, due.interval_days, effects)
        said += f", of which {name_form(met.form)} covers {covers}"
    if outlook is not None:
        said += f"; {say_chance(outlook.chance)} that you meet within 30 days"
    return said


def say_interval(rule: Rule) -> str:
    """Return what is meant, and who says so: "you mean to meet every 30 days"."""
    days = rule.ideal_days
    every = "every day" if days == 1 else f"every {days:,} days"
    who, _, rest = rule.why.partition(" ")
    if rule.why == "you set":
        return f"you mean to meet {every}"
    if who == "circle":
        return f"of the circle {rest} you mean to meet everybody {every}"
    if who == "layer":
        return f"where you set nothing, {every} is meant in layer {rest}"
    return f"where you set nothing, {every} is meant"


def recent_views(tx: Tx, links: Links, on: dt.date, owner: str) -> tuple[EncounterView, ...]:
    """Return the owner's encounters of the last days, newest first."""
    since = on - dt.timedelta(days=min(RECENT_DAYS, on.toordinal() - 1))
    found = lookups.load_owner_encounters(tx, owner, since.isoformat(), on.isoformat())
    return encounter_views(tx, links, [e for e in found if len(e.on) == 10][:MOST_RECENT], owner)


# ── what is planned ─────────────────────────────────────────────────────────────────────


def planned_views(
    tx: Tx, links: Links, on: dt.date, owner: str, kept: Iterable[PlannedEncounter] = ()
) -> tuple[EncounterView, ...]:
    """Return the calendar's events of a day, the meetings that papers intend for it, and what was kept.

    An intention with the same people as an event is one with it: both words are shown. What stands in
    weeks.toml and in the calendar as well, exported and read back, is shown once.
    """
    day = on.isoformat()
    events = events_on(tx, on)
    accounts = lookups.load_planned(tx, day)
    quotes = {m: r.quote for m, r in lookups.load_mentions(tx, unknown_mentions(accounts)).items()}
    links.need_people(p for e in events for p in json.loads(e.people))
    links.need_people(p for a in accounts for _, p, _ in json.loads(a.people))
    links.need_citations(e.citation for e in events)
    links.need_items(a.item for a in accounts)
    views = [event_view(links, event, day, owner) for event in events]
    stands = [e for e in kept if e.on == on and e.origin != "calendar" and counting(e)]
    links.need_people(g.person for e in stands for g in counting(e))
    intended = [account_view(links, account, owner, quotes) for account in accounts]
    for view in (*intended, *(_kept_view(links, e) for e in sorted(stands, key=lambda e: (e.at, e.uid)))):
        for number, other in enumerate(views):
            if _one_meeting(view, other):
                views[number] = _joined(other, view)
                break
        else:
            views.append(view)
    return tuple(views)


def _kept_view(links: Links, encounter: PlannedEncounter) -> EncounterView:
    day = encounter.on.isoformat()
    return EncounterView(
        id=encounter.uid,
        on=day,
        precision="day",
        form=encounter.form,
        place=encounter.place,
        status="planned",
        state="read",
        people=tuple(
            links.person(g.person, day) if links.name(g.person) else PersonLink(g.person, g.name)
            for g in counting(encounter)
        ),
        accounts=(),
        owner_there=True,
        kept=True,
    )


def _one_meeting(a: EncounterView, b: EncounterView) -> bool:
    """Say whether two plans of one day are of one meeting: somebody in common, no other form."""
    vague = ("", "meeting")
    form = a.form == b.form or a.form in vague or b.form in vague
    return form and bool({p.id for p in a.people} & {p.id for p in b.people})


def _joined(first: EncounterView, second: EncounterView) -> EncounterView:
    known = {p.id for p in first.people}
    return replace(
        first,
        form=second.form if first.form in ("", "meeting") else first.form,
        place=first.place or second.place,
        people=first.people + tuple(p for p in second.people if p.id not in known),
        accounts=first.accounts + second.accounts,
        unknown=first.unknown + tuple(n for n in second.unknown if n not in first.unknown),
    )


def event_view(links: Links, event: EventRow, day: str, owner: str) -> EncounterView:
    """Return a calendar event as a planned meeting of a day."""
    words = event_words(links, event.citation)
    return EncounterView(
        id=event.event,
        on=day,
        precision="day",
        form=event.form,
        place=event.place,
        status="planned",
        state="read",
        people=tuple(
            links.person(p, day) for p in dict.fromkeys(json.loads(event.people)) if p and p != owner
        ),
        accounts=(words,) if words else (),
        owner_there=True,
        title=event.summary,
    )


def events_on(tx: Tx, on: dt.date) -> list[EventRow]:
    """Return the events of a day: those that begin, last over, or come round on it.

    Cancelled ones, days taken out of a recurrence and days moved elsewhere are left out.
    """
    day = on.isoformat()
    found = records.load_events_of_day(tx, day)
    if not found:
        return []
    return [e for e in _recurring(tx, found, on) if e.summary or e.people != "[]" or e.place]


def _recurring(tx: Tx, found: list[EventRow], on: dt.date) -> list[EventRow]:
    day = on.isoformat()
    uids = {e.uid for e in found if e.rrule and e.uid}
    # A changed instance is an event of its own with the same uid: it replaces a day of the rule.
    siblings = {e.event: e for e in (*found, *records.load_events(tx, uids=uids))}
    read = _whole_events(tx, siblings.values())
    moved = {
        (event.uid, whole.instance.value)
        for event in siblings.values()
        if (whole := read[event.event]).instance is not None
    }
    chosen = []
    for event in found:
        whole = read[event.event]
        if whole.status.lower() == "cancelled":
            continue
        if event.rrule and whole.instance is None:
            if (event.uid, day) not in moved and _comes_round(whole, on):
                chosen.append(event)
        elif event.on == day or event.on < day <= (event.until or event.on):
            chosen.append(event)
    return chosen


def _whole_events(tx: Tx, rows: Iterable[EventRow]) -> dict[str, Event]:
    """Return events with all that was read of them; what a row knows, where no reading is held."""
    from legation.ledger.codec import load_reading  # noqa: PLC0415 - a day without events needs none of it

    found = list(rows)
    stored = records.load_readings(tx, {e.reading for e in found if e.reading})
    read: dict[str, Event] = {}
    for row in found:
        held = load_reading(stored[row.reading]).event if row.reading in stored else None
        read[row.event] = held or Event(row.uid, row.summary, parse_when(row.on), rrule=row.rrule)
    return read


def _comes_round(event: Event, on: dt.date) -> bool:
    from legation.reading.recurrence import occurrences  # noqa: PLC0415 - loads dateutil

    return on in occurrences(event, on, on)
