"""From the record to the plan's input: who is planned for, covered until when, by which forms.

Everything here is pure: the record comes as values (`Logged`, `Record`), days as dates. Weeks begin on
Mondays; the first one counts from the day that the plan begins.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from legation.facts.when import WEEKDAY_SINCE
from legation.plan.due import LOST_DAYS, LOST_INTERVALS, cover_days
from legation.plan.forms import EFFECTS, PlanForm, map_effects
from legation.plan.settings import Absence, Layer, PlanSettings, Rule, Rules, fold_circle
from legation.plan.weeks import KeptWeeks, PlannedEncounter

WEEK = dt.timedelta(days=7)
#: What a week within the longest interval is of a person's worth, where one is set: it is better to be
#: late than to be lost, but not as good as being on time.
LATE_SHARE = 1 / 3
#: How the reason of whoever was met too seldom begins: these are many, and told last.
SELDOM = "met only"
#: Forms at a table; who was met often and never at one is not asked to one.
TABLE = frozenset({"breakfast", "lunch", "dinner", "supper", "tavern"})
#: From how many encounters on it tells something that none was at a table.
TELLING = 5
#: Forms that a record or plan.toml has to know before they are proposed: not everybody has a telephone,
#: or a theatre.
NEEDS_PROOF = frozenset({"telephone", "theatre"})
#: Forms that no plan proposes: they happen by work and by chance.
UNPLANNED = frozenset({"session", "church", "corridor", "meeting", "journey", "walk"})
#: Within so many days covered by what happens anyway, for the share below: a habit.
HABIT_DAYS = 182
HABIT_SHARE = 0.9
#: (guests, days): how many days before a form with up to so many seats its guests have to be asked.
LEAD_DAYS = ((3, 0), (20, 2), (1_000_000, 7))
_ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
#: A worth is multiplied by this where somebody alone connects one with a circle.
BRIDGE_WORTH = 1.25


@dataclass(frozen=True, slots=True)
class Logged:
    """One encounter that was held: its day and form.

    Of one known to the month or year only, `on` is the last day that it may have been on (None: no
    date at all), and `when` is its date as it is on record.
    """

    on: dt.date | None
    form: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class AwaySpan:
    """Days on which somebody cannot be met; None has no end there. `why` is told to the user."""

    since: dt.date | None
    until: dt.date | None
    why: str

    def holds(self, on: dt.date) -> bool:
        """Say whether a day lies within."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Record:
    """What the record says of one person, up to the day on which a plan begins.

    `never` says why there is no encounter to plan at all (dead, abroad, of the household), `away`
    when there is none for a time. `bridge` names the circle that this person alone connects one with.
    """

    person: str
    name: str
    logged: tuple[Logged, ...] = ()
    met: int = 0
    closeness: float = 0.0
    circles: tuple[str, ...] = ()
    never: str = ""
    away: tuple[AwaySpan, ...] = ()
    bridge: str = ""
    has_number: bool = False
    office: str = ""


@dataclass(frozen=True, slots=True)
class PlanPerson:
    """Somebody who is planned for.

    `covered_until` and `late_until` are the last days within the ideal and the longest interval by
    what was held (None: never met, or no longest interval). `worth` is what a week within the ideal
    interval counts, `late_worth` what one within the longest counts besides. `layer` 0 is none.
    """

    person: str
    name: str
    rule: Rule
    layer: int
    rank: int
    met: int
    last_on: dt.date | None
    last_when: str
    last_form: str
    covered_until: dt.date | None
    late_until: dt.date | None
    worth: float
    late_worth: float
    forms: frozenset[str]
    away: tuple[AwaySpan, ...] = ()
    bridge: str = ""
    office: str = ""
    #: The floor that counts this person: (its name, the share), ("", 0) for none.
    floor: tuple[str, float] = ("", 0.0)
    #: The encounter that covers longest, not always the last: a call after a dinner takes nothing away.
    covered_by: Logged | None = None
    #: The last day that is not yet cold by what was held (None: no encounter has a day).
    warm_until: dt.date | None = None

    def cold_on(self) -> dt.date | None:
        """Return the first day on which somebody is gone cold if nothing is planned; None: always was."""
        return None if self.warm_until is None else self.warm_until + dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who is not planned for, and why; first whom one might miss."""

    person: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Coming:
    """An occasion that comes within the weeks, and what it asks for ("" nothing)."""

    person: str
    on: dt.date
    kind: str
    says: str
    courtesy: str


@dataclass(frozen=True, slots=True)
class PlanInput:
    """All that a plan is computed from. People stand in order of rank; numbers in the plan are theirs.

    `hours` and `says` are by week (why there are fewer than usual); `calendar` what stands in the
    calendar within the weeks; `kept` the weeks that stand, if any. Pairs of `apart` and `together`
    are of person ids.
    """

    since: dt.date
    weeks: int
    settings: PlanSettings
    people: tuple[PlanPerson, ...]
    hours: tuple[float, ...]
    says: tuple[str, ...]
    hours_a_week: float
    calendar: tuple[PlannedEncounter, ...] = ()
    occasions: tuple[Coming, ...] = ()
    apart: frozenset[tuple[str, str]] = frozenset()
    together: frozenset[tuple[str, str]] = frozenset()
    left_out: tuple[LeftOut, ...] = ()
    kept: KeptWeeks | None = None
    notes: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def monday(self) -> dt.date:
        """The Monday of the first week."""
        return monday_of(self.since)

    @property
    def until(self) -> dt.date:
        """The last day."""
        return self.monday + self.weeks * WEEK - dt.timedelta(days=1)

    def week_of(self, on: dt.date) -> int:
        """Return the number of the week of a day, from 0; negative before the first."""
        return (on - self.monday).days // 7

    def days_of(self, week: int) -> list[dt.date]:
        """Return the days of a week that the plan may use."""
        first = self.monday + week * WEEK
        days = (first + dt.timedelta(days=n) for n in range(7))
        return [d for d in days if d >= self.since]


def monday_of(on: dt.date) -> dt.date:
    """Return the Monday of a day's week."""
    return on - dt.timedelta(days=on.weekday())


# ── who is planned for ──────────────────────────────────────────────────────────────────


def derive_people(
    records: Iterable[Record],
    rules: Rules,
    since: dt.date,
    until: dt.date,
    *,
    start: Sequence[str] = (),
    let_go: frozenset[str] = frozenset(),
    known_forms: frozenset[str] = frozenset(),
) -> tuple[tuple[PlanPerson, ...], tuple[LeftOut, ...]]:
    """Return who is planned for, nearest first, and who is not with the reason.

    Layers are by rank of closeness among all who may be planned for; whoever has an interval set,
    or is on `start`, is planned for however seldom met. `known_forms` are those that the record or
    plan.toml proves possible (`NEEDS_PROOF`).
    """
    settings = rules.settings
    people: list[PlanPerson] = []
    left: list[tuple[tuple[bool, bool, float, int, str], LeftOut]] = []
    wanted = frozenset(rules.people) | frozenset(start)
    effects = map_effects(settings.forms)
    ranked = sorted(records, key=lambda r: (-r.closeness, _neg(_last(r)), -r.met, r.person))
    rank = 0
    for record in ranked:
        chosen = record.person in wanted
        why = _left_out(record, settings, since, until, chosen=chosen, let_go=record.person in let_go)
        if not why:
            layer = settings.layer_of(rank + 1)
            rule = rules.of(record.person, record.circles, layer)
            why = _unplanned(record, rule, since, effects, chosen=chosen)
            if rule is not None and not why:
                rank += 1
                people.append(_person(record, rule, layer, rank, rules, known_forms))
        if why and (record.met or chosen):
            told = chosen or record.person in let_go
            order = (not told, why.startswith(SELDOM), -record.closeness, -record.met, record.name)
            left.append((order, LeftOut(record.person, record.name, why)))
    left.sort(key=lambda pair: (pair[0], pair[1].person))
    return tuple(people), tuple(out for _, out in left)


def _neg(on: dt.date | None) -> int:
    return -on.toordinal() if on else 1


def _last(record: Record) -> dt.date | None:
    return max((one.on for one in record.logged if one.on), default=None)


def _left_out(
    record: Record, settings: PlanSettings, since: dt.date, until: dt.date, *, chosen: bool, let_go: bool
) -> str:
    """Return why somebody is not planned for whatever the interval, or ""."""
    if let_go:
        return "let go, as plan.toml says"
    if record.never:
        return record.never
    least = settings.default_after_encounters
    if not chosen and record.met < least:
        return f"{SELDOM} {_times(record.met)}; it takes {least}, or an interval set by you"
    days = (since + dt.timedelta(days=n) for n in range((until - since).days + 1))
    if record.away and all(any(a.holds(d) for a in record.away) for d in days):
        return record.away[0].why
    return ""


def _unplanned(
    record: Record, rule: Rule | None, since: dt.date, effects: Mapping[str, float], *, chosen: bool
) -> str:
    """Return why no interval holds or none is worth planning, or ""."""
    if rule is None:
        return "not among the people of any layer; set an interval to plan for them"
    if chosen or rule.why == "you set":
        return ""
    last = _last(record)
    if last is None:
        return "no encounter has a day; set an interval to plan for them"
    if (since - last).days > max(LOST_INTERVALS * rule.ideal_days, LOST_DAYS):
        return f"lost from sight: not met since {last.year}; set an interval to see them again"
    if _habit(record, rule, since, effects):
        return "seen anyway, without a plan: habit keeps the interval"
    return ""


def _habit(record: Record, rule: Rule, since: dt.date, effects: Mapping[str, float]) -> bool:
    """Say whether what is never proposed (sessions, church, work together) keeps the interval by itself.

    Encounters at table and visits do not count: they may have been planned.
    """
    first = since - dt.timedelta(days=HABIT_DAYS)
    until = first
    covered = 0
    earliest = first - dt.timedelta(days=rule.ideal_days)
    days = sorted(
        {
            (one.on, effects.get(one.form, 1.0))
            for one in record.logged
            if one.on and earliest <= one.on < since and one.form in UNPLANNED
        }
    )
    for on, effect in days:
        end = min(since, on + dt.timedelta(days=max(1, round(effect * rule.ideal_days))))
        begin = max(on, until, first)
        if end > begin:
            covered += (end - begin).days
        until = max(until, end)
    return covered >= HABIT_SHARE * HABIT_DAYS


def _person(
    record: Record,
    rule: Rule,
    layer: Layer | None,
    rank: int,
    rules: Rules,
    known_forms: frozenset[str],
) -> PlanPerson:
    settings = rules.settings
    # One known to the month covers to its end, but a day that is known is told before it.
    dated = [(one.when or one.on.isoformat(), one.form, one) for one in record.logged if one.on]
    last = max(dated, key=lambda d: d[:2])[2] if dated else None
    effects = map_effects(settings.forms)
    ideal, longest = rule.ideal_days, rule.longest_days
    worth = derive_worth(rule, layer, settings.layers) * (BRIDGE_WORTH if record.bridge else 1.0)
    late = worth * LATE_SHARE if rule.longest_days is not None else 0.0
    return PlanPerson(
        person=record.person,
        name=record.name,
        rule=rule,
        layer=layer.number if layer else 0,
        rank=rank,
        met=record.met,
        last_on=last.on if last else None,
        last_when=(last.when or last.on.isoformat()) if last and last.on else "",
        last_form=last.form if last else "",
        covered_until=covered_until(record.logged, ideal, effects),
        late_until=covered_until(record.logged, longest, effects) if longest else None,
        worth=round(worth - late, 9),
        late_worth=round(late, 9),
        forms=suitable_forms(record, rule, settings.forms, known_forms),
        away=record.away,
        bridge=record.bridge,
        office=record.office,
        floor=_floor(record, rule, layer, rules),
        covered_by=_covering(record.logged, ideal, effects),
        warm_until=covered_until(record.logged, rule.cold_days, effects),
    )


def _floor(record: Record, rule: Rule, layer: Layer | None, rules: Rules) -> tuple[str, float]:
    """Return the floor that counts somebody: his own, else that of a circle, else that of the layer."""
    if rule.floor is None:
        share = layer.floor if layer else None
        return (f"layer {layer.number}", share) if layer and share is not None else ("", 0.0)
    own = rules.people.get(record.person)
    if own is not None and own.floor is not None:
        return record.name, rule.floor
    named = {fold_circle(c) for c in record.circles}
    of = next(
        (n for n, w in rules.settings.circles.items() if fold_circle(n) in named and w.floor == rule.floor),
        "",
    )
    return f"circle {of}", rule.floor


def covered_until(
    logged: Iterable[Logged], interval_days: int, effects: Mapping[str, float] = EFFECTS
) -> dt.date | None:
    """Return the last day that what was held covers: the latest of day + effect × interval, less one.

    `effects` are those of plan.toml (`forms.map_effects`).
    """
    ends = [_end(one.on, one.form, interval_days, effects) for one in logged if one.on is not None]
    return max(ends, default=None)


def _end(on: dt.date, form: str, interval_days: int, effects: Mapping[str, float]) -> dt.date:
    return on + dt.timedelta(days=cover_days(form, interval_days, effects) - 1)


def _covering(logged: Iterable[Logged], interval_days: int, effects: Mapping[str, float]) -> Logged | None:
    """Return the encounter that covers longest, of equals the later; None where none has a day."""
    found = [
        (_end(one.on, one.form, interval_days, effects), one.on, one.form, one)
        for one in logged
        if one.on is not None
    ]
    return max(found, key=lambda f: f[:3])[3] if found else None


def derive_worth(rule: Rule, layer: Layer | None, layers: Sequence[Layer]) -> float:
    """Return what a week within a rule's interval counts.

    By layers the layer says it. For an interval that the user or a circle set it is that of the
    layers with the nearest intervals, in proportion (both in logarithms): every 14 days counts some
    four times as much as every 90, whoever it is.
    """
    base = layer.worth if layer else layers[-1].worth if layers else 1.0
    if rule.why.startswith("layer") or base <= 0:
        return rule.worth
    return rule.worth / base * _worth_of_days(rule.ideal_days, layers)


def _worth_of_days(days: int, layers: Sequence[Layer]) -> float:
    points = sorted({(layer.ideal_days, layer.worth) for layer in layers if layer.worth > 0})
    if not points:
        return 1.0
    if days <= points[0][0]:
        return points[0][1]
    for (d0, w0), (d1, w1) in pairwise(points):
        if days <= d1:
            part = math.log(days / d0) / math.log(d1 / d0)
            return math.exp(math.log(w0) + part * math.log(w1 / w0))
    return points[-1][1] * points[-1][0] / days


def suitable_forms(
    record: Record, rule: Rule, forms: Sequence[PlanForm], known_forms: frozenset[str]
) -> frozenset[str]:
    """Return the forms that suit somebody: those set, else those that the record makes plausible.

    Somebody met often and never at a table is visited and received, not asked to lunch; a telephone
    takes a number, or a record that knows telephones.
    """
    names = [f.name for f in forms]
    if rule.forms:
        return frozenset(n for n in names if n in rule.forms)
    held = {one.form for one in record.logged}
    at_table = len(record.logged) < TELLING or bool(held & TABLE)
    found = set()
    for name in names:
        if name in TABLE and not at_table:
            continue
        proof = name in known_forms or name in held or (name == "telephone" and record.has_number)
        if name in NEEDS_PROOF and not proof:
            continue
        found.add(name)
    return frozenset(found)


def _times(number: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(number) or f"{number} times"


# ── hours and days ──────────────────────────────────────────────────────────────────────


def derive_hours(
    settings: PlanSettings, since: dt.date, weeks: int, hours: float | None = None
) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """Return the hours of each week, and why they are fewer than usual ("" where they are not)."""
    monday = monday_of(since)
    if since > monday:
        # The days before the first one are gone: they count like an absence.
        gone = Absence(monday, since - dt.timedelta(days=1), f"from {_say_first(since)} on")
        settings = replace(settings, absences=(*settings.absences, gone))
    found = [settings.hours_in(monday + n * WEEK, hours) for n in range(weeks)]
    says = []
    for number, (_, why) in enumerate(found):
        first = monday + number * WEEK
        days = [first + dt.timedelta(days=n) for n in range(7)]
        sitting = {s.why or "sitting days" for s in settings.sitting for d in days if s.holds(d)}
        says.append(", ".join(dict.fromkeys([*filter(None, [why]), *sorted(sitting)])))
    return tuple(h for h, _ in found), tuple(says)


def _say_first(day: dt.date) -> str:
    return f"{day:%A}" if day.year >= WEEKDAY_SINCE else f"the {day.day}{_ORDINALS.get(day.day, 'th')}"


def open_days(given: PlanInput, form: PlanForm, week: int) -> list[dt.date]:
    """Return the days of a week on which a form fits, by the settings alone.

    Sundays are kept free of everything but the telephone, unless plan.toml sets the form's weekdays;
    and the more guests a form has, the earlier they have to be asked.
    """
    days = []
    first = given.since + dt.timedelta(days=next(d for most, d in LEAD_DAYS if form.capacity <= most))
    for on in given.days_of(week):
        if on < first:
            continue
        if on.weekday() == 6 and form.weekdays is None and form.name != "telephone":
            continue
        if form.name in given.settings.forms_on(on):
            days.append(on)
    return days
