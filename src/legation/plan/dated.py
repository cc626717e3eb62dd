"""From weeks to days: each encounter of a plan gets its day and time, without collisions.

Occasions are kept on their day, what stood keeps its day, evenings take one encounter each, and the
rest is spread over the week. What fits no day is said, not squeezed in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from legation.facts.ids import derive_id
from legation.plan.changes import counting, is_void
from legation.plan.forms import PlanForm
from legation.plan.inputs import Coming, PlanInput, PlanPerson, open_days
from legation.plan.weeks import Courtesy, Guest, PlannedEncounter

#: Said of what comes on a day because somebody has one, and of what stays where it was.
KEPT_DAY = "the day that stood"
#: No plan begins a second encounter of the afternoon later than this.
LATEST_START = dt.time(18, 0)
#: An invitation goes out so many days ahead, where the week allows it.
ASK_DAYS = 2
#: Nobody is seen twice within so many days, if another day of the week will do.
APART_DAYS = 7
#: How often every encounter is looked at again for a day that keeps its guests further apart.
ROUNDS = 4
#: Whoever one means to see at least this often is visited on the day of an occasion.
CLOSE_DAYS = 30
#: Occasions that one marks with close people by seeing them.
SEEN_ON = frozenset({"birthday", "illness", "bereavement"})
#: By which form, the first that suits and fits.
PIN_FORMS = ("visit", "lunch", "breakfast", "dinner", "telephone")


@dataclass(frozen=True, slots=True)
class Proposed:
    """An encounter of a plan that has a week and no day yet."""

    week: int
    form: PlanForm
    guests: tuple[PlanPerson, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """Encounters with their days, and the reason for the day by uid ("" where any would do).

    `unplaced` are those that fit no day of their week.
    """

    encounters: tuple[PlannedEncounter, ...]
    why_day: Mapping[str, str]
    unplaced: tuple[Proposed, ...] = ()


def date_plan(
    given: PlanInput,
    proposed: Sequence[Proposed],
    fixed: Sequence[PlannedEncounter] = (),
    previous: Sequence[PlannedEncounter] = (),
) -> Dated:
    """Give every proposed encounter a day and a time in its week, beside what is fixed.

    Whoever has an occasion in the week is seen on its day, if the form and everybody's days allow it;
    what stood (`previous`) keeps its day. The fixed ones are returned too.
    """
    days = _Days(given, fixed, previous)
    placed: list[PlannedEncounter] = list(fixed)
    whys: dict[str, str] = {e.uid: "" for e in fixed}
    proposals: dict[str, Proposed] = {}
    unplaced = []
    for week in range(given.weeks):
        here = [p for p in proposed if p.week == week]
        # Who has least choice is served first; then the longest, so that the hours spread.
        order = sorted(
            here,
            key=lambda p: (
                days.occasion(p) is None and days.before(p) is None,
                len(days.open(p)),
                not p.form.evening,
                -p.form.hours,
                p.form.name,
                tuple(g.rank for g in p.guests),
            ),
        )
        for one in order:
            found = days.place(one)
            if found is None:
                unplaced.append(one)
                continue
            encounter, why = found
            placed.append(encounter)
            whys[encounter.uid] = why
            proposals[encounter.uid] = one
    placed = _spread_guests(days, placed, whys, proposals)
    placed.sort(key=lambda e: (e.on, e.at, e.uid))
    return Dated(tuple(placed), whys, tuple(unplaced))


def _spread_guests(
    days: _Days,
    placed: list[PlannedEncounter],
    whys: Mapping[str, str],
    proposals: Mapping[str, Proposed],
) -> list[PlannedEncounter]:
    """Take up again every encounter that might have any day of its week, until none finds a better one.

    Weeks are dated in turn: what came later may have left a day on which no guest is seen twice within
    seven days.
    """
    for _ in range(ROUNDS):
        found = [
            days.spread_guests(proposals[e.uid], e) if e.uid in proposals and not whys[e.uid] else e
            for e in placed
        ]
        if found == placed:
            break
        placed = found
    return placed


class _Days:
    """What every day holds so far."""

    def __init__(
        self,
        given: PlanInput,
        fixed: Sequence[PlannedEncounter],
        previous: Sequence[PlannedEncounter],
    ) -> None:
        self.given = given
        self.previous = previous
        self.on: dict[dt.date, list[PlannedEncounter]] = {}
        for encounter in fixed:
            if not is_void(encounter):
                self.on.setdefault(encounter.on, []).append(encounter)
        self.uids = {e.uid for e in fixed}
        self.occasions: dict[str, list[Coming]] = {}
        for coming in given.occasions:
            self.occasions.setdefault(coming.person, []).append(coming)
        self._open: dict[tuple[str, int], list[dt.date]] = {}

    def open(self, one: Proposed) -> list[dt.date]:
        """Return the days on which the form fits and no guest is away."""
        key = (one.form.name, one.week)
        if key not in self._open:
            self._open[key] = open_days(self.given, one.form, one.week)
        return [d for d in self._open[key] if not any(a.holds(d) for g in one.guests for a in g.away)]

    def occasion(self, one: Proposed) -> Coming | None:
        """Return the occasion of a guest that falls on an open day of the week, the first one."""
        days = set(self.open(one))
        found = [c for g in one.guests for c in self.occasions.get(g.person, ()) if c.on in days]
        return min(found, key=lambda c: (c.on, c.person), default=None)

    def before(self, one: Proposed) -> PlannedEncounter | None:
        """Return the encounter that stood in this week, of this form and with most of these guests."""
        people = {g.person for g in one.guests}
        best, common = None, 0.5
        for old in self.previous:
            if old.form != one.form.name or self.given.week_of(old.on) != one.week or old.uid in self.uids:
                continue
            theirs = {g.person for g in counting(old)}
            share = len(people & theirs) / max(1, len(people | theirs))
            if share >= common and (best is None or share > common):
                best, common = old, share
        return best

    def place(self, one: Proposed) -> tuple[PlannedEncounter, str] | None:
        """Return the encounter on its day with the reason for the day, and note it; None: no day fits."""
        coming, before = self.occasion(one), self.before(one)
        best: tuple[tuple[float, ...], dt.date, dt.time] | None = None
        for day in self.open(one):
            at = self.time_on(one, day, before)
            if at is None:
                continue
            cost = (
                0.0 if coming is not None and coming.on == day else 1.0,
                0.0 if before is not None and before.on == day else 1.0,
                float(self._over_weekday(one, day)),
                *self._crowded(one.guests, day),
                float(self._too_soon(one, day)),
                sum(e.hours for e in self.on.get(day, ())),
                float(self._beside(one, day)),
                float(_spread(one, day)),
                float(day.toordinal()),
            )
            if best is None or cost < best[0]:
                best = (cost, day, at)
        if best is None:
            return None
        _, day, at = best
        why = ""
        if coming is not None and coming.on == day:
            name = next(g.name for g in one.guests if g.person == coming.person)
            why = f"{coming.kind} of {name}"
        elif before is not None and before.on == day:
            why = KEPT_DAY
        encounter = PlannedEncounter(
            uid=self._uid(one, before),
            on=day,
            form=one.form.name,
            guests=tuple(Guest(g.person, g.name) for g in one.guests),
            hours=one.form.hours,
            at=f"{at:%H:%M}",
            place=before.place if before is not None else one.form.place,
            occasion=coming.kind if coming is not None and coming.on == day else "",
        )
        self.on.setdefault(day, []).append(encounter)
        self.uids.add(encounter.uid)
        return encounter, why

    def _uid(self, one: Proposed, before: PlannedEncounter | None) -> str:
        if before is not None:
            return before.uid
        first = (self.given.monday + dt.timedelta(weeks=one.week)).isoformat()
        number = 0
        while True:
            uid = derive_id("plan", first, one.form.name, one.guests[0].person, number)
            if uid not in self.uids:
                return uid
            number += 1

    def time_on(self, one: Proposed, day: dt.date, before: PlannedEncounter | None) -> dt.time | None:
        """Return when on a day it may begin: at its own time, else after what is there; None: it cannot."""
        there = self.on.get(day, [])
        if any(e.form == one.form.name and e.form != "telephone" for e in there):
            return None
        if any({g.person for g in e.guests} & {g.person for g in one.guests} for e in there):
            return None
        if one.form.evening and any(self._is_evening(e) for e in there):
            return None
        wanted = dt.time.fromisoformat(
            before.at if before and before.on == day and before.at else one.form.at
        )
        start = _minutes(wanted)
        taken = sorted((_minutes(dt.time.fromisoformat(e.at)), e.hours) for e in there if e.at)
        for begin, hours in taken:
            end = begin + round(60 * hours)
            if begin < start + round(60 * one.form.hours) and start < end:
                if one.form.evening:
                    return None
                start = -(-end // 15) * 15
        latest = max(_minutes(LATEST_START), _minutes(wanted))
        return dt.time(start // 60, start % 60) if start <= min(latest, 23 * 60 + 45) else None

    def _is_evening(self, encounter: PlannedEncounter) -> bool:
        return any(f.evening for f in self.given.settings.forms if f.name == encounter.form)

    def _crowded(self, guests: Sequence[PlanPerson], day: dt.date) -> tuple[float, float]:
        """Return how many guests are seen within less than a week of a day, and by how many days in all."""
        people = {g.person for g in guests}
        found = [
            (APART_DAYS - abs(n), len(people & {g.person for g in counting(e)}))
            for n in range(1 - APART_DAYS, APART_DAYS)
            for e in self.on.get(day + dt.timedelta(days=n), ())
        ]
        return float(sum(guests for _, guests in found)), float(sum(n * guests for n, guests in found))

    def spread_guests(self, one: Proposed, encounter: PlannedEncounter) -> PlannedEncounter:
        """Move an encounter to another day of its week, if fewer guests are seen twice within seven then."""
        there = self.on[encounter.on]
        there.remove(encounter)
        crowded = self._crowded(one.guests, encounter.on)
        best = encounter
        for day in self.open(one) if crowded[0] else ():
            at = self.time_on(one, day, None)
            if at is None or self._over_weekday(one, day):
                continue
            cost = self._crowded(one.guests, day)
            if cost < crowded:
                crowded, best = cost, replace(encounter, on=day, at=f"{at:%H:%M}")
        self.on.setdefault(best.on, []).append(best)
        return best

    def _too_soon(self, one: Proposed, day: dt.date) -> bool:
        """Say whether nobody could be asked in time: an invitation takes a day or two, a call none."""
        return one.form.name != "telephone" and (day - self.given.since).days < ASK_DAYS

    def _over_weekday(self, one: Proposed, day: dt.date) -> bool:
        """Say whether the hours that plan.toml gives the weekday would be passed."""
        most = self.given.settings.weekday_hours[day.weekday()]
        held = sum(e.hours for e in self.on.get(day, ()))
        return most is not None and held + one.form.hours > most + 1e-9

    def _beside(self, one: Proposed, day: dt.date) -> int:
        """Return how many days beside this one have the same form: two dinners running are too many."""
        if one.form.name == "telephone":
            return 0
        near = (day - dt.timedelta(days=1), day + dt.timedelta(days=1))
        return sum(
            e.form == one.form.name or (one.form.evening and self._is_evening(e))
            for d in near
            for e in self.on.get(d, ())
        )


def _minutes(at: dt.time) -> int:
    return at.hour * 60 + at.minute


def _spread(one: Proposed, day: dt.date) -> int:
    """Return which days a form takes first: the middle of the week, Saturdays last."""
    return (
        (1, 0, 2, 0, 3, 5, 6)[day.weekday()] if not one.form.evening else (2, 0, 1, 0, 1, 3, 6)[day.weekday()]
    )


# ── occasions ───────────────────────────────────────────────────────────────────────────


def pin_occasions(
    given: PlanInput, fixed: Sequence[PlannedEncounter]
) -> tuple[tuple[PlannedEncounter, ...], tuple[Courtesy, ...]]:
    """Return the encounters that occasions ask for, on their days, and the courtesies for all others.

    Close people are seen on the day where hours and days allow it, as is whoever plan.toml has one
    see (a courtesy that is a form of the plan); everybody else has what plan.toml says. Who is seen
    on that day anyway needs no second encounter.
    """
    people = {p.person: p for p in given.people}
    days = _Days(given, fixed, ())
    hours = list(given.hours)
    for encounter in fixed:
        week = given.week_of(encounter.on)
        if 0 <= week < given.weeks and not is_void(encounter):
            hours[week] -= encounter.hours
    seen_weeks = {(g.person, given.week_of(e.on)) for e in fixed for g in counting(e)}
    pinned: list[PlannedEncounter] = []
    courtesies: list[Courtesy] = []
    for coming in sorted(given.occasions, key=lambda c: (c.on, c.person, c.kind)):
        person = people.get(coming.person)
        if person is None or not given.since <= coming.on <= given.until:
            continue
        week = given.week_of(coming.on)
        if any(coming.person in {g.person for g in e.guests} for e in days.on.get(coming.on, ())):
            continue
        if (coming.person, week) not in seen_weeks:
            seen = _pin(given, days, coming, person, hours[week])
            if seen is not None:
                pinned.append(seen)
                hours[week] -= seen.hours
                seen_weeks.add((coming.person, week))
                continue
        if coming.courtesy:
            courtesies.append(
                Courtesy(person.person, person.name, coming.on, coming.kind, coming.courtesy, coming.says)
            )
    return tuple(pinned), tuple(courtesies)


def _pin(
    given: PlanInput, days: _Days, coming: Coming, person: PlanPerson, hours: float
) -> PlannedEncounter | None:
    """Return an encounter with somebody on the day of an occasion, if it is wanted and fits."""
    forms = {f.name: f for f in given.settings.forms}
    close = person.rule.ideal_days <= CLOSE_DAYS and coming.kind in SEEN_ON
    wanted = (coming.courtesy,) if coming.courtesy in forms else PIN_FORMS if close else ()
    for name in wanted:
        form = forms.get(name)
        if form is None or name not in person.forms or form.hours > hours + 1e-9 or form.most_a_week < 1:
            continue
        one = Proposed(given.week_of(coming.on), form, (person,))
        if coming.on not in days.open(one):
            continue
        at = days.time_on(one, coming.on, None)
        if at is None:
            continue
        encounter = PlannedEncounter(
            uid=derive_id("plan", coming.on.isoformat(), coming.kind, person.person),
            on=coming.on,
            form=name,
            guests=(Guest(person.person, person.name),),
            hours=form.hours,
            at=f"{at:%H:%M}",
            place=form.place,
            occasion=coming.kind,
        )
        days.on.setdefault(coming.on, []).append(encounter)
        return encounter
    return None


def open_occasions(
    courtesies: Iterable[Courtesy], encounters: Iterable[PlannedEncounter]
) -> tuple[Courtesy, ...]:
    """Return the courtesies still asked for: not those of people who are seen on that very day."""
    seen = {(e.on, g.person) for e in encounters for g in counting(e)}
    return tuple(c for c in courtesies if (c.on, c.person) not in seen)
