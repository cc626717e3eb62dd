"""Plans of a workspace: the input from the record and plan.toml, a plan made, shown, changed and kept."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from legation.facts.errors import NotFoundError, UsageError, WorkspaceError
from legation.facts.ids import hash_bytes
from legation.plan.changes import (
    MOST_HOURS,
    WeekChange,
    apply_change,
    join_plan,
    last_day,
    once_a_week,
    stands_fast,
)  # fmt: skip
from legation.plan.inputs import PlanInput, derive_hours, derive_people, monday_of
from legation.plan.weeks import KeptWeeks
from legation.report.links import Links
from legation.report.people import find_person
from legation.report.plan_doubles import say_doubles
from legation.report.plan_reasons import with_reasons
from legation.report.plan_record import gather_record
from legation.report.plan_rules import resolve_plan
from legation.report.plan_views import EffectView, PlanChange, PlanSettingsView, PlanView
from legation.report.saying import join_names, say_date, say_form
from legation.store import lookups
from legation.store.tx import Tx
from legation.workspace.own_files import OwnFiles
from legation.workspace.settings import PLAN, WEEKS, Settings, load_settings, need_plan

if TYPE_CHECKING:
    from legation.facts.clock import Clock
    from legation.plan.propose import Plan
    from legation.store.store import Store
    from legation.workspace.weeks_file import LoadedWeeks

T = TypeVar("T")
#: How many weeks are planned where nothing is said.
DEFAULT_WEEKS = 8
#: Views and inputs that are remembered.
MOST_REMEMBERED = 8
MOST_WEEKS = 26
#: The setting that says how many hours a week has.
HOURS = "hours.a_week"
#: What is said where the ledger does not know whose encounters count.
NO_OWNER = (
    "Nobody was met by the owner up to this day: set `owner` in legation.toml to whose diary it is,"
    " and import it."
)


def load_plan_input(
    tx: Tx,
    settings: Settings,
    since: dt.date,
    weeks: int,
    hours: float | None = None,
    kept: KeptWeeks | None = None,
) -> PlanInput:
    """Load what a plan is computed from: the record, plan.toml, the calendar, the weeks that stand.

    `hours` a week go before those of `kept`, where its weeks meet these, and of plan.toml. Nothing of the
    record later than `since` counts, but the calendar does.
    """
    owner, _ = lookups.load_owner(tx)
    rules, problems = resolve_plan(tx, settings.plan, owner, settings.plan_text)
    plan = rules.settings
    until = monday_of(since) + dt.timedelta(days=7 * weeks - 1)
    gathered = gather_record(tx, owner, since, until, rules)
    people, left_out = derive_people(
        gathered.records,
        rules.rules,
        since,
        until,
        start=rules.start,
        let_go=rules.let_go,
        known_forms=gathered.known_forms,
    )
    stood = hours_kept(kept, since, until)
    if hours is None:
        hours = stood
    by_week, says = derive_hours(plan, since, weeks, hours)
    if kept is not None:
        lost = dict(kept.week_hours)
        mondays = [monday_of(since) + dt.timedelta(weeks=n) for n in range(weeks)]
        by_week = tuple(lost.get(m, h) for m, h in zip(mondays, by_week, strict=True))
    notes = [f"{p.message} {p.hint}".strip() for p in (*settings.plan_problems, *problems)]
    if stood is not None and stood == hours != plan.hours_a_week:
        notes.append(
            f"{stood:g} hours a week, as kept; plan.toml has {plan.hours_a_week:g}. Take `hours` out of"
            " weeks.toml to plan by plan.toml, or give other hours."
        )
    notes += say_beyond(kept, since, weeks, until)
    if not any(r.met for r in gathered.records):
        notes.insert(0, NO_OWNER)
    notes.extend(say_doubles(tx, {p.person: p.name for p in people}))
    return PlanInput(
        since=since,
        weeks=weeks,
        settings=plan,
        people=people,
        hours=by_week,
        says=says,
        hours_a_week=plan.hours_a_week if hours is None else hours,
        calendar=gathered.calendar,
        occasions=gathered.occasions,
        apart=rules.apart,
        together=rules.together,
        left_out=left_out,
        kept=kept,
        notes=tuple(notes),
        names=gathered.names,
    )


class Planner:
    """The plan of a workspace: computed, shown, changed, kept in weeks.toml.

    plan.toml and weeks.toml are read anew at each call, so that what was edited by hand counts at
    once; a view is remembered as long as neither they nor the ledger have changed.
    """

    def __init__(self, settings: Settings, store: Store, clock: Clock, today: dt.date) -> None:
        self.root = settings.root
        self.store = store
        self.files = OwnFiles(settings.root, store, clock)
        self.today = today
        self._views: OrderedDict[tuple[object, ...], PlanView] = OrderedDict()
        self._plans: OrderedDict[tuple[object, ...], Plan] = OrderedDict()
        self._inputs: OrderedDict[tuple[object, ...], PlanInput] = OrderedDict()

    # ── looking ─────────────────────────────────────────────────────────────────────────

    def plan(
        self, since: dt.date | None = None, weeks: int | None = None, hours: float | None = None
    ) -> PlanView:
        """Return the weeks that stand, where they cover the day and nothing else is asked for; else new.

        Raises:
            UsageError: weeks or hours are out of bounds.
        """
        check_hours(hours)
        settings, loaded = self._load()
        kept = loaded.kept
        if kept is not None and _stands_for(kept, since or self.today, weeks, hours):
            return self._view(settings, loaded, kept.since, kept.weeks, kept.hours, kept=True)
        first, count = self._span(kept, since, weeks)
        return self._view(settings, loaded, first, count, hours, kept=False)

    def _view(
        self,
        settings: Settings,
        loaded: LoadedWeeks,
        since: dt.date,
        weeks: int,
        hours: float | None,
        *,
        kept: bool,
    ) -> PlanView:
        key = (*self._state(settings, loaded), since, weeks, hours, kept)
        found = self._views.get(key)
        if found is not None:
            return found
        from legation.report.plan import plan_view  # noqa: PLC0415 - the solver comes with it

        plan = self._plan(settings, loaded, since, weeks, hours, kept=kept)
        with self.store.looking() as tx:
            found = plan_view(Links(tx, since.isoformat()), plan, kept=kept, based_on=loaded.based_on)
        return _remember(self._views, key, found)

    def _plan(
        self,
        settings: Settings,
        loaded: LoadedWeeks,
        since: dt.date,
        weeks: int,
        hours: float | None,
        *,
        kept: bool,
    ) -> Plan:
        """Return what was computed for a view; whoever keeps a proposal keeps what was looked at."""
        from legation.plan.propose import make_plan, weigh_plan  # noqa: PLC0415

        key = (*self._state(settings, loaded), since, weeks, hours, kept)
        found = self._plans.get(key)
        if found is None:
            given = self._input(settings, loaded, since, weeks, hours)
            stands = loaded.kept if kept else None
            if stands is None and given.kept is not None:
                given = replace(given, kept=once_a_week(given.kept))
            found = make_plan(given) if stands is None else weigh_plan(given, stands.encounters)
        return _remember(self._plans, key, found)

    def kept(self) -> LoadedWeeks:
        """Return the weeks that stand, as they are written. Raises NotFoundError where none do."""
        loaded = self._load()[1]
        if loaded.kept is None:
            raise _nothing_kept()
        return loaded

    def based_on(self) -> str:
        """Return the hash of weeks.toml as it stands, "" for no file."""
        return self.files.load(WEEKS)[1]

    def _load(self) -> tuple[Settings, LoadedWeeks]:
        from legation.workspace.weeks_file import load_weeks  # noqa: PLC0415 - brings a TOML writer with it

        settings = need_plan(load_settings(self.root))
        return settings, load_weeks(self.files, settings.plan.forms, self._find)

    def _find(self, name: str) -> str:
        """Return the id of a guest whom the file names without one, "" for nobody or several."""
        with self.store.looking() as tx, suppress(UsageError):
            return find_person(tx, name, self.today)
        return ""

    def _state(self, settings: Settings, loaded: LoadedWeeks) -> tuple[object, ...]:
        """Return what a view rests on: the two files, and how much has arrived and was judged."""
        with self.store.looking() as tx:
            ledger = (tx.count("arrivals"), tx.count("judgements"), tx.setting("stages"))
        return (hash_bytes(settings.plan_text.encode("utf-8", "surrogatepass")), loaded.based_on, *ledger)

    def _input(
        self,
        settings: Settings,
        loaded: LoadedWeeks,
        since: dt.date,
        weeks: int,
        hours: float | None,
    ) -> PlanInput:
        key = (*self._state(settings, loaded), since, weeks, hours)
        found = self._inputs.get(key)
        if found is None:
            with self.store.looking() as tx:
                found = load_plan_input(tx, settings, since, weeks, hours, loaded.kept)
            said = tuple(f"{p.message} {p.hint}".strip() for p in loaded.problems)
            found = replace(found, notes=(*found.notes, *said))
        return _remember(self._inputs, key, found)

    def _span(self, kept: KeptWeeks | None, since: dt.date | None, weeks: int | None) -> tuple[dt.date, int]:
        """Return from which day, and how many weeks: to the end of those that stand, if any."""
        first = since or self.today
        if weeks is None:
            weeks = DEFAULT_WEEKS
            if kept is not None and kept.since <= first <= last_day(kept):
                weeks = ((last_day(kept) - monday_of(first)).days + 1) // 7
        if not 1 <= weeks <= MOST_WEEKS:
            raise UsageError(f"{weeks} weeks cannot be planned", f"Give a number from 1 to {MOST_WEEKS}.")
        if not dt.date(2, 1, 1) <= first <= dt.date(9998, 1, 1):
            raise UsageError(f"no plan can begin on {first}", "Give a day such as 1938-09-01.")
        return first, weeks

    # ── changing ────────────────────────────────────────────────────────────────────────

    def make_plan(
        self,
        since: dt.date | None = None,
        weeks: int | None = None,
        hours: float | None = None,
        based_on: str | None = "",
    ) -> PlanView:
        """Compute the weeks anew from what stands in them, and keep them.

        Raises:
            EditConflictError: weeks.toml is not any more what was looked at.
            UsageError: weeks or hours are out of bounds.
        """
        from legation.workspace.weeks_file import save_weeks  # noqa: PLC0415

        settings, loaded = self._load()
        first, count = self._span(loaded.kept, since, weeks)
        check_hours(hours)
        plan = self._plan(settings, loaded, first, count, hours, kept=False)
        given = plan.given
        effects = {f.name: f.effect for f in plan.numbered.instance.forms}
        if hours is None:
            hours = hours_kept(loaded.kept, first, given.until)
        proposal = KeptWeeks(
            since=first,
            weeks=count,
            encounters=with_reasons(given, plan.encounters, effects),
            courtesies=plan.courtesies,
            hours=hours,
        )
        old = loaded.kept or KeptWeeks(first, count)
        # What the calendar held when the weeks were kept is told anew by the calendar.
        old = replace(old, encounters=tuple(e for e in old.encounters if e.origin != "calendar"))
        joined = join_plan(old, proposal, lambda day, form: form in settings.plan.forms_on(day))
        save_weeks(self.files, joined, based_on, settings.plan.forms, self._find)
        return self.kept_view()

    def change_plan(self, change: PlanChange, based_on: str | None = "") -> PlanView:
        """Make one change of the weeks that stand, and keep it.

        Raises:
            EditConflictError: weeks.toml is not any more what was looked at.
            NotFoundError: nothing stands, or no such encounter or guest.
            UsageError: the change cannot be.
        """
        from legation.workspace.weeks_file import edit_weeks  # noqa: PLC0415

        settings = need_plan(load_settings(self.root))
        wanted = self._week_change(change)

        def make(kept: KeptWeeks | None) -> KeptWeeks:
            if kept is None:
                raise _nothing_kept()
            return apply_change(kept, wanted)

        edit_weeks(self.files, based_on, make, settings.plan.forms, self._find)
        return self.kept_view()

    def undo_plan(self, based_on: str | None = "") -> PlanView:
        """Put weeks.toml back as it was before the last change, so that calendars follow.

        Raises:
            EditConflictError: it is not any more what was looked at.
            NotFoundError: there is no earlier version.
        """
        from legation.workspace.weeks_file import undo_weeks  # noqa: PLC0415

        undo_weeks(self.files, based_on, need_plan(load_settings(self.root)).plan.forms, self._find)
        return self.kept_view()

    def kept_view(self) -> PlanView:
        """Return the weeks that stand. Raises NotFoundError where none do."""
        settings, loaded = self._load()
        kept = loaded.kept
        if kept is None:
            raise _nothing_kept()
        return self._view(settings, loaded, kept.since, kept.weeks, kept.hours, kept=True)

    def weigh_change(self, change: PlanChange) -> EffectView:
        """Return what a change of the weeks that stand would do; nothing is solved, nothing written.

        Raises:
            NotFoundError: nothing stands, or no such encounter or guest.
            UsageError: the change cannot be.
        """
        from legation.report.plan_effect import effect_view  # noqa: PLC0415 - brings numpy with it

        settings, loaded = self._load()
        kept = loaded.kept
        if kept is None:
            raise _nothing_kept()
        before = self._input(settings, loaded, kept.since, kept.weeks, kept.hours)
        changed = apply_change(kept, self._week_change(change))
        after = replace(before, kept=changed, hours=week_hours(before, changed))
        with self.store.looking() as tx:
            links = Links(tx, kept.since.isoformat())
            return effect_view(links, before, kept.encounters, after, changed.encounters)

    def _week_change(self, change: PlanChange) -> WeekChange:
        """Return a change as the weeks take it, with the name of whoever comes in."""
        with self.store.looking() as tx:
            other = lookups.load_current_person(tx, change.other) if change.other else ""
            person = lookups.load_current_person(tx, change.person) or change.person
            names = lookups.load_names(tx, (other, person))
        if change.other and not other:
            raise NotFoundError(
                f"there is no person {change.other}", "Look the name up in `legation people`."
            )
        try:
            day = dt.date.fromisoformat(change.on) if change.on else None
        except ValueError as error:
            raise UsageError(f"{change.on} is no day", "Give one such as 1938-09-01.") from error
        return WeekChange(
            change.kind,
            change.uid,
            day,
            person=person,
            person_name=names.get(person, ""),
            other=other,
            other_name=names.get(other, ""),
            why="you chose this guest" if other else "",
            reply=change.reply,
            hours=change.hours,
        )

    # ── settings ────────────────────────────────────────────────────────────────────────

    def plan_settings(self) -> PlanSettingsView:
        """Return what plan.toml sets, as the desk edits it."""
        settings = need_plan(load_settings(self.root))
        plan = settings.plan
        with self.store.looking() as tx:
            owner, _ = lookups.load_owner(tx)
            _, problems = resolve_plan(tx, plan, owner, settings.plan_text)
        return PlanSettingsView(
            hours=plan.hours_a_week,
            evenings=plan.evenings_a_week,
            floors=tuple((layer.number, layer.floor) for layer in plan.layers),
            intervals=tuple((layer.number, layer.ideal_days, layer.longest_days) for layer in plan.layers),
            people=tuple((n, w.ideal_days) for n, w in plan.people.items() if w.ideal_days is not None),
            notes=tuple(f"{p.message} {p.hint}".strip() for p in (*settings.plan_problems, *problems)),
            based_on=self.files.load(PLAN)[1],
        )

    def edit_settings(self, changes: Mapping[str, Any], based_on: str | None = "") -> PlanSettingsView:
        """Change settings of plan.toml. Raises EditConflictError, UsageError.

        New hours a week hold for the weeks that stand as well, whatever they were kept with.
        """
        from legation.workspace.plan_file import edit_plan  # noqa: PLC0415 - brings a TOML writer with it

        edit_plan(self.files, based_on, changes)
        if HOURS in changes:
            self._clear_hours()
        return self.plan_settings()

    def _clear_hours(self) -> None:
        """Take the hours that a plan was kept with out of weeks.toml."""
        from legation.workspace.weeks_file import edit_weeks  # noqa: PLC0415

        def clear(kept: KeptWeeks | None) -> KeptWeeks:
            if kept is None:
                raise _nothing_kept()
            return replace(kept, hours=None)

        # Without weeks that can be read there is nothing to clear, and the setting is made all the same.
        with suppress(NotFoundError, WorkspaceError):
            settings, loaded = self._load()
            if loaded.kept is not None and loaded.kept.hours is not None:
                edit_weeks(self.files, None, clear, settings.plan.forms, self._find)


def week_hours(given: PlanInput, kept: KeptWeeks) -> tuple[float, ...]:
    """Return the hours by week where the weeks that stand have other single weeks."""
    lost = dict(kept.week_hours)
    before = dict(given.kept.week_hours) if given.kept else {}
    usual, _ = derive_hours(given.settings, given.since, given.weeks, kept.hours)
    mondays = [given.monday + dt.timedelta(weeks=n) for n in range(given.weeks)]
    return tuple(
        lost.get(m, u if m in before else h) for m, h, u in zip(mondays, given.hours, usual, strict=True)
    )


def hours_kept(kept: KeptWeeks | None, since: dt.date, until: dt.date) -> float | None:
    """Return the hours a week that weeks were kept with, where they meet others; None for none."""
    if kept is None or until < monday_of(kept.since) or last_day(kept) < since:
        return None
    return kept.hours


def say_beyond(kept: KeptWeeks | None, since: dt.date, weeks: int, until: dt.date) -> list[str]:
    """Return a sentence on what stands behind the last day of a plan; none where nothing does."""
    if kept is None:
        return []
    # Weeks that are planned anew keep only what stands fast.
    whole = (kept.since, kept.weeks) == (since, weeks)
    beyond = [e for e in kept.encounters if e.on > until and e.origin != "calendar"]
    beyond = [e for e in beyond if whole or stands_fast(e)]
    if not beyond:
        return []
    said = [f"{say_form(e.form)} on {say_date(e.on.isoformat())}" for e in sorted(beyond, key=lambda e: e.on)]
    verb, count = ("stands", "It is") if len(said) == 1 else ("stand", "They are")
    needed = (monday_of(max(e.on for e in beyond)) - monday_of(since)).days // 7 + 1
    them = "it" if len(said) == 1 else "them"
    told = f"Behind the last of these weeks {verb} {join_names(said)}. {count} kept and in the calendar;"
    return [f"{told} plan {needed} weeks to see {them} here."]


def check_hours(hours: float | None) -> None:
    """Check hours a week. Raises UsageError."""
    if hours is not None and not 0 <= hours <= MOST_HOURS:
        raise UsageError(
            f"a week cannot have {hours:g} hours for this", f"Give a number from 0 to {MOST_HOURS:g}."
        )


def _stands_for(kept: KeptWeeks, since: dt.date, weeks: int | None, hours: float | None) -> bool:
    """Say whether the weeks that stand are those asked for."""
    first, last = monday_of(kept.since), last_day(kept)
    covers = first <= since <= last
    return covers and weeks in (None, kept.weeks) and hours in (None, kept.hours)


def _nothing_kept() -> NotFoundError:
    return NotFoundError("no weeks are kept yet", "`legation plan --keep` makes a plan and keeps it.")


def _remember(kept: OrderedDict[tuple[object, ...], T], key: tuple[object, ...], value: T) -> T:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > MOST_REMEMBERED:
        kept.popitem(last=False)
    return value
