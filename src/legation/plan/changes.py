"""Changes of the weeks that stand: by hand, one at a time, and by a new plan that takes over.

Pure: a change gives new weeks and never alters the old. The uid of an encounter stays as long as it
is the same encounter, and its `sequence` rises whenever something that a calendar shows changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from legation.facts.errors import NotFoundError, UsageError
from legation.plan.weeks import Dropped, DroppedBy, Guest, KeptWeeks, PlannedEncounter, Reply

ChangeKind = Literal["move", "lock", "unlock", "drop", "swap", "add", "remove", "reply", "hours"]
#: What is older than this when a new plan begins is left out of it; earlier versions hold it.
KEEP_DAYS = 28
#: A replaced plan's encounter is the same one in the new plan from this share of common guests,
#: of the larger party: one of two guests may be another.
SAME_GUESTS = 0.5
MOST_HOURS = 112.0
_AT = "{:%H:%M}"


@dataclass(frozen=True, slots=True)
class WeekChange:
    """One change of the weeks that stand.

    `kind` is move (to day `on`, and to the time `at` where it is given), lock, unlock, drop, swap
    (`person` out, `other` in), add (`other` in), remove (`person` out), reply (`person` answered
    `reply`) or hours (the week of `on` has `hours`). People are ids; `person_name` and `other_name`
    are their names, and `why` the reason of whoever comes in.
    """

    kind: str
    uid: str = ""
    on: dt.date | None = None
    at: str = ""
    person: str = ""
    person_name: str = ""
    other: str = ""
    other_name: str = ""
    why: str = ""
    reply: str = ""
    hours: float = 0.0


# ── what a change asks of an encounter ──────────────────────────────────────────────────


def monday_of(on: dt.date) -> dt.date:
    """Return the Monday of a day's week."""
    return on - dt.timedelta(days=on.weekday())


def counting(encounter: PlannedEncounter) -> tuple[Guest, ...]:
    """Return the guests who count: all but those who declined."""
    return tuple(g for g in encounter.guests if g.reply != "declined")


def is_void(encounter: PlannedEncounter) -> bool:
    """Say whether everybody declined: it takes no hours then and stands only as a record."""
    return bool(encounter.guests) and not counting(encounter)


def stands_fast(encounter: PlannedEncounter) -> bool:
    """Say whether a new plan leaves an encounter alone.

    It does where it is locked, in the calendar, put in by the user, or somebody is invited.
    """
    return encounter.locked or encounter.origin != "plan" or any(g.reply for g in encounter.guests)


def last_day(kept: KeptWeeks) -> dt.date:
    """Return the last day of the weeks, a Sunday."""
    return monday_of(kept.since) + dt.timedelta(days=7 * kept.weeks - 1)


def find_planned(kept: KeptWeeks, uid: str) -> PlannedEncounter:
    """Return the encounter of a uid.

    Raises:
        NotFoundError: there is none.
    """
    for encounter in kept.encounters:
        if encounter.uid == uid:
            return encounter
    raise NotFoundError(f"there is no planned encounter {uid}", "See `legation plan` for what stands.")


# ── one change ──────────────────────────────────────────────────────────────────────────


def apply_change(kept: KeptWeeks, change: WeekChange) -> KeptWeeks:
    """Return the weeks after one change.

    Raises:
        NotFoundError: there is no such encounter, or the person is no guest of it.
        UsageError: the change cannot be: a day outside the weeks, somebody who is a guest already,
            an encounter of the user's own calendar.
    """
    if change.kind not in get_args(ChangeKind):
        raise UsageError(
            f"there is no change “{change.kind}”", f"It can be {', '.join(get_args(ChangeKind))}."
        )
    if change.kind == "hours":
        return _set_hours(kept, change)
    encounter = find_planned(kept, change.uid)
    if change.kind in {"lock", "unlock"}:
        return _put(kept, replace(encounter, locked=change.kind == "lock"))
    if change.kind == "reply":
        return _put(kept, _answered(encounter, change))
    if encounter.origin == "calendar":
        raise UsageError("this encounter is in your calendar", "Change it there, then import the calendar.")
    if change.kind == "drop":
        return _drop(kept, encounter)
    if change.kind == "move":
        return _put(kept, _moved(kept, encounter, change))
    guests = _guests_after(encounter, change)
    after = replace(encounter, guests=guests)
    # An encounter that nobody is left at is none.
    return _put(kept, after) if counting(after) else _drop(kept, encounter)


def _set_hours(kept: KeptWeeks, change: WeekChange) -> KeptWeeks:
    on = _within(kept, change.on)
    if not 0 <= change.hours <= MOST_HOURS:
        raise UsageError(
            f"a week cannot have {change.hours:g} hours", f"Give a number from 0 to {MOST_HOURS:g}."
        )
    hours = dict(kept.week_hours) | {monday_of(on): float(change.hours)}
    return replace(kept, week_hours=tuple(sorted(hours.items())))


def _within(kept: KeptWeeks, on: dt.date | None) -> dt.date:
    """Return a day of a change, which has to lie in the weeks."""
    first, last = min(kept.since, monday_of(kept.since)), last_day(kept)
    if on is None:
        raise UsageError("the change names no day", "Give a day such as 1938-09-01.")
    if not first <= on <= last:
        raise UsageError(f"{on} is not in these weeks", f"They are from {kept.since} to {last}.")
    return on


def _moved(kept: KeptWeeks, encounter: PlannedEncounter, change: WeekChange) -> PlannedEncounter:
    on = encounter.on if change.on is None and change.at else _within(kept, change.on)
    at = encounter.at
    if change.at:
        try:
            at = _AT.format(dt.time.fromisoformat(change.at))
        except ValueError as error:
            raise UsageError(f"“{change.at}” is no time", "Give one such as 13:00.") from error
    if (on, at) == (encounter.on, encounter.at):
        return encounter
    # Whoever moves it means the day: a new plan leaves it there until it is unlocked.
    return replace(encounter, on=on, at=at, locked=True)


def _answered(encounter: PlannedEncounter, change: WeekChange) -> PlannedEncounter:
    reply = next((r for r in get_args(Reply) if r == change.reply), None)
    if reply is None:
        said = ", ".join(r for r in get_args(Reply) if r)
        raise UsageError(f"“{change.reply}” is no answer", f"It can be {said}.")
    _need_guest(encounter, change)
    guests = tuple(replace(g, reply=reply) if g.person == change.person else g for g in encounter.guests)
    return replace(encounter, guests=guests)


def _need_guest(encounter: PlannedEncounter, change: WeekChange) -> Guest:
    for guest in encounter.guests:
        if guest.person == change.person:
            return guest
    names = ", ".join(g.name for g in encounter.guests) or "nobody"
    who = change.person_name or change.person or "nobody"
    raise NotFoundError(f"{who} is no guest of this encounter", f"Its guests are {names}.")


def _guests_after(encounter: PlannedEncounter, change: WeekChange) -> tuple[Guest, ...]:
    """Return the guests after somebody came, went, or came for another."""
    new: Guest | None = None
    if change.kind in {"add", "swap"}:
        if not change.other:
            raise UsageError("the change does not say who is to come", "Name somebody.")
        if change.kind == "swap" and change.other == change.person:
            raise UsageError("nobody comes in his own place", "Name somebody else.")
        if any(g.person == change.other for g in counting(encounter)):
            raise UsageError(f"{change.other_name or change.other} is a guest already", "Name somebody else.")
        new = Guest(change.other, change.other_name or change.other, change.why)
    # Who declined before and is asked again has no answer any more.
    guests = [g for g in encounter.guests if new is None or g.person != new.person]
    if change.kind == "add":
        return (*guests, new) if new else tuple(guests)
    out = _need_guest(encounter, change)
    at = guests.index(out)
    # Who declined stays on record; anybody else is gone.
    keep = [out] if change.kind == "swap" and out.reply == "declined" else []
    return (*guests[:at], *keep, *([new] if new else []), *guests[at + 1 :])


def _put(kept: KeptWeeks, after: PlannedEncounter) -> KeptWeeks:
    """Put a changed encounter in its place; its sequence rises if a calendar shows the change."""
    encounters = tuple(_risen(e, after) if e.uid == after.uid else e for e in kept.encounters)
    return replace(kept, encounters=encounters)


def _risen(before: PlannedEncounter, after: PlannedEncounter) -> PlannedEncounter:
    changed = _shown(before) != _shown(after)
    return replace(after, sequence=before.sequence + changed)


def _shown(encounter: PlannedEncounter) -> tuple[object, ...]:
    """Return what a calendar shows of an encounter."""
    guests = tuple((g.person, g.name, g.reply) for g in encounter.guests)
    return (
        encounter.on, encounter.at, encounter.form, encounter.place, encounter.hours, guests,
        encounter.occasion,
    )  # fmt: skip


def _dropped(encounter: PlannedEncounter, by: DroppedBy) -> Dropped:
    guests = tuple(g.person for g in counting(encounter))
    return Dropped(encounter.uid, encounter.on, encounter.form, guests, encounter.sequence + 1, by)


def _drop(kept: KeptWeeks, encounter: PlannedEncounter) -> KeptWeeks:
    dropped = _dropped(encounter, "you")
    return replace(
        kept,
        encounters=tuple(e for e in kept.encounters if e.uid != encounter.uid),
        dropped=(*(d for d in kept.dropped if d.uid != encounter.uid), dropped),
    )


# ── a new plan ──────────────────────────────────────────────────────────────────────────


def once_a_week(kept: KeptWeeks) -> KeptWeeks:
    """Return the weeks with nobody a guest twice in one of what a new plan may change.

    Two who were merged into one may both have been asked to the same week; what stands fast stays.
    """
    met = {(g.person, monday_of(e.on)) for e in kept.encounters if stands_fast(e) for g in counting(e)}
    found = []
    for encounter in sorted(kept.encounters, key=lambda e: (e.on, e.at, e.uid)):
        if stands_fast(encounter):
            found.append(encounter)
            continue
        monday = monday_of(encounter.on)
        guests = tuple(g for g in encounter.guests if (g.person, monday) not in met)
        met.update((g.person, monday) for g in guests)
        if guests:
            found.append(replace(encounter, guests=guests))
    return replace(kept, encounters=tuple(found))


def join_plan(
    kept: KeptWeeks, proposal: KeptWeeks, fits: Callable[[dt.date, str], bool] | None = None
) -> KeptWeeks:
    """Return the weeks that stand when a new plan takes over.

    What `stands_fast`, and what lies before the new plan, stays untouched. An encounter of the
    proposal that is the same as one that stands (its form, its week or one beside it, most of its
    guests) keeps uid, lock and, within its week, day, time and place; its sequence rises only if
    it changed. What the user dropped does not come back in its week. What the new plan has no place
    for is noted as dropped by it, until its day is past, so that calendars take it out. `fits` says
    whether a form fits a day, for what is moved back to the day that stood; without it every day fits.
    """
    first, last = proposal.since, last_day(proposal)
    old = tuple(e for e in kept.encounters if first - dt.timedelta(days=KEEP_DAYS) <= e.on)
    # The calendar says anew what is in it: that is the same as nothing else, and is not changed.
    calendar = [e for e in proposal.encounters if e.origin == "calendar"]
    said = {e.uid for e in calendar}
    fast = [e for e in old if e.uid not in said and (e.on < first or stands_fast(e))] + calendar
    loose = [e for e in old if e.on >= first and not stands_fast(e) and e.uid not in said]
    recent = [d for d in kept.dropped if d.on >= first - dt.timedelta(days=KEEP_DAYS)]
    dropped = [d for d in recent if d.by == "you"]
    wanted = [e for e in proposal.encounters if e.origin != "calendar" and not _was_dropped(e, dropped)]
    # What stands fast comes back in the proposal, for its hours and guests are counted in it.
    wanted = [e for e in wanted if e not in fast]
    untold = [e for e in fast if e.on >= first and not is_void(e) and e not in proposal.encounters]
    told = _match(untold, wanted, weeks_apart=0)
    wanted = [e for n, e in enumerate(wanted) if n not in told]
    pairs = _match(loose, wanted, weeks_apart=1)
    joined = _settle([(e, pairs.get(n)) for n, e in enumerate(wanted)], fast, fits)
    hours = {m: h for m, h in kept.week_hours if monday_of(first) <= m <= last} | dict(proposal.week_hours)
    taken = {e.uid for e in fast} | {d.uid for d in dropped} | {o.uid for o in pairs.values()}
    unlike = _unlike(joined, pairs, taken)
    paired = {o.uid for o in pairs.values()}
    gone = [d for d in recent if d.by == "plan" and d.on >= first]
    gone += [_dropped(e, "plan") for e in loose if e.uid not in paired]
    encounters = (*fast, *_revived(unlike, gone))
    there = {e.uid for e in encounters} | {d.uid for d in dropped}
    return replace(
        proposal,
        encounters=tuple(sorted(encounters, key=lambda e: (e.on, e.at, e.uid))),
        dropped=(*dropped, *(d for d in gone if d.uid not in there)),
        week_hours=tuple(sorted(hours.items())),
    )


def _revived(encounters: list[PlannedEncounter], gone: list[Dropped]) -> list[PlannedEncounter]:
    """Return the encounters; one that was called off and is planned again counts on from there."""
    of = {d.uid: d.sequence for d in gone}
    return [replace(e, sequence=max(e.sequence, of[e.uid] + 1)) if e.uid in of else e for e in encounters]


def _was_dropped(encounter: PlannedEncounter, dropped: Iterable[Dropped]) -> bool:
    """Say whether this is what the user took out of its week."""
    guests = {g.person for g in encounter.guests}
    return any(
        d.form == encounter.form and monday_of(d.on) == monday_of(encounter.on) and set(d.guests) == guests
        for d in dropped
    )


def _match(
    old: list[PlannedEncounter], new: list[PlannedEncounter], *, weeks_apart: int
) -> dict[int, PlannedEncounter]:
    """Return which old encounter each new one is, by the number of the new; each at most once.

    Enough common guests in the same week; the very guests in a week beside it (`weeks_apart` 1);
    last a uid alone, which says that it is the same whatever became of it.
    """
    ranked = []
    for n, after in enumerate(new):
        for o, before in enumerate(old):
            if before.form != after.form:
                continue
            weeks = abs((monday_of(before.on) - monday_of(after.on)).days) // 7
            share, same_uid = _common(before, after), before.uid == after.uid
            alike = weeks <= weeks_apart and share >= (SAME_GUESTS if weeks == 0 else 1.0)
            if alike or same_uid:
                days = abs((before.on - after.on).days)
                ranked.append((not alike, weeks, not same_uid, -share, days, o, n))
    found: dict[int, PlannedEncounter] = {}
    used: set[int] = set()
    for *_, o, n in sorted(ranked):
        if n not in found and o not in used:
            found[n] = old[o]
            used.add(o)
    return found


def _common(one: PlannedEncounter, other: PlannedEncounter) -> float:
    """Return the share of guests that two encounters have in common, of the larger party."""
    mine = {g.person for g in counting(one)}
    theirs = {g.person for g in counting(other)}
    return len(mine & theirs) / max(1, len(mine), len(theirs))


def _settle(
    wanted: list[tuple[PlannedEncounter, PlannedEncounter | None]],
    fast: list[PlannedEncounter],
    fits: Callable[[dt.date, str], bool] | None,
) -> list[PlannedEncounter]:
    """Give each encounter of the new plan what stays of the one that it was."""
    taken = {(e.on, e.at) for e in fast} | {(e.on, e.at) for e, before in wanted if before is None}
    settled = []
    for after, before in wanted:
        if before is None:
            settled.append(after)
            continue
        joined = after
        same_week = monday_of(before.on) == monday_of(after.on)
        free = (before.on, before.at) not in taken or (before.on, before.at) == (after.on, after.at)
        if same_week and free and (fits is None or fits(before.on, before.form)):
            joined = replace(after, on=before.on, at=before.at, place=before.place or after.place)
        taken.add((joined.on, joined.at))
        guests = _in_order(before.guests, joined.guests)
        joined = replace(joined, uid=before.uid, locked=before.locked, origin=before.origin, guests=guests)
        settled.append(_risen(before, joined))
    return settled


def _in_order(before: tuple[Guest, ...], after: tuple[Guest, ...]) -> tuple[Guest, ...]:
    """Return the new guests, those who were there in the order of before."""
    places = {g.person: n for n, g in enumerate(before)}
    return tuple(sorted(after, key=lambda g: places.get(g.person, len(places))))


def _unlike(
    joined: list[PlannedEncounter], pairs: dict[int, PlannedEncounter], taken: set[str]
) -> list[PlannedEncounter]:
    """Give what is new a uid that nothing else has."""
    found = []
    for n, encounter in enumerate(joined):
        uid = encounter.uid
        if n not in pairs:
            number = 2
            while uid in taken:
                uid = f"{encounter.uid}-{number}"
                number += 1
            taken.add(uid)
        found.append(encounter if uid == encounter.uid else replace(encounter, uid=uid))
    return found


# ── undoing ─────────────────────────────────────────────────────────────────────────────


def put_back(now: KeptWeeks, before: KeptWeeks) -> KeptWeeks:
    """Return the weeks as they were before, told so that calendars follow.

    A calendar takes only what has a higher `sequence` than what it has: whatever differs counts on
    from the higher of both, and an encounter that was not there before is noted as called off.
    """
    stands = {e.uid: e for e in now.encounters}
    out = {d.uid: d for d in now.dropped}
    encounters = []
    for encounter in before.encounters:
        latest, changed = encounter.sequence, False
        if (other := stands.get(encounter.uid)) is not None:
            latest, changed = max(latest, other.sequence), _shown(other) != _shown(encounter)
        elif (gone := out.get(encounter.uid)) is not None:
            latest, changed = max(latest, gone.sequence), True
        encounters.append(replace(encounter, sequence=latest + changed))
    dropped = []
    for drop in before.dropped:
        if (other := stands.get(drop.uid)) is not None:
            dropped.append(replace(drop, sequence=max(drop.sequence, other.sequence) + 1))
        else:
            latest = out[drop.uid].sequence if drop.uid in out else drop.sequence
            dropped.append(replace(drop, sequence=max(drop.sequence, latest)))
    there = {e.uid for e in encounters} | {d.uid for d in dropped}
    dropped += [_dropped(e, "plan") for e in now.encounters if e.uid not in there and e.origin != "calendar"]
    dropped += [replace(d, by="plan") for d in now.dropped if d.uid not in there]
    return replace(before, encounters=tuple(encounters), dropped=tuple(dropped))
