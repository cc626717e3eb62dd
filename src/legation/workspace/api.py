"""What a face may ask of a workspace and tell it: queries as views, judgements passed on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from legation.facts.errors import NotFoundError, UsageError, WorkspaceError
from legation.facts.judgement import FINDING_ROLES
from legation.report import encounters as encounter_report
from legation.report import told as told_report
from legation.report.brief import brief_view
from legation.report.entry import entries_view, entry_view
from legation.report.links import Links
from legation.report.people import find_person, people_view
from legation.report.plan_views import EffectView, PlanChange, PlanSettingsView, PlanView
from legation.report.questions import (
    find_deferral,
    load_deferred_views,
    load_question_views,
    places_view,
    question_views,
    waiting_view,
)
from legation.report.search import search_view
from legation.report.standing import Standings
from legation.report.today import today_view
from legation.report.views import (
    BriefView,
    EncounterView,
    EntryRow,
    EntryView,
    FindingView,
    PersonLink,
    PersonRow,
    QuestionView,
    SearchView,
    TodayView,
    WaitingView,
    Words,
)
from legation.store import lookups, records
from legation.store.review import ASKED, count_open
from legation.workspace.settings import WEEKS

if TYPE_CHECKING:
    from legation.facts.clock import Clock
    from legation.plan.weeks import PlannedEncounter
    from legation.report.simulated import SimulatedView
    from legation.store.store import Store
    from legation.workspace.outgoing import Outgoing
    from legation.workspace.planning import Planner
    from legation.workspace.seating import SeatingDesk
    from legation.workspace.settings import Settings


#: Fields of findings that name people.
PARTS = frozenset(role for roles in FINDING_ROLES.values() for role in roles)


class Judging(Protocol):
    """What takes judgements (ledger.judge)."""

    def answer(self, question: str, key: str, name: str = "", since: str = "", until: str = "") -> str:
        """Answer a question."""
        ...

    def undo(self, judgement: str = "") -> str:
        """Take back a judgement."""
        ...

    def confirm(self, fact: str) -> str:
        """Confirm a reading."""
        ...

    def reject(self, fact: str) -> str:
        """Reject a reading."""
        ...

    def correct(self, fact: str, changes: dict[str, str]) -> str:
        """Correct fields of a reading."""
        ...

    def merge(self, person: str, other: str, since: str = "") -> str:
        """Say that two people are one."""
        ...

    def name_from(
        self, mention: str, person: str = "", name: str = "", since: str = "", until: str = ""
    ) -> str:
        """Say whom the words of a mention name from a day on."""
        ...

    def split(self, mention: str, name: str = "") -> str:
        """Say that one mention is somebody else."""
        ...


class Desk:
    """A workspace as faces see it (`DeskApi`); each call sees one state of the ledger throughout."""

    def __init__(self, store: Store, settings: Settings, clock: Clock, judge: Judging) -> None:
        self.store = store
        self.clock = clock
        self.judge = judge
        self.settings = settings
        self.fixed = settings.today
        self._planner: Planner | None = None
        self.meant = settings.plan

    # ── queries ─────────────────────────────────────────────────────────────────────────

    def today_on(self) -> dt.date:
        """Return the date that counts as today in this workspace."""
        return self.fixed or self.clock.today()

    def _day(self) -> str:
        return self.today_on().isoformat()

    def today(self, on: dt.date | None = None) -> TodayView:
        """Return the page of one day, with what stands in weeks.toml."""
        kept, notes = self._kept_encounters()
        with self.store.looking() as tx:
            return today_view(tx, on or self.today_on(), self.meant, kept, notes)

    def _kept_encounters(self) -> tuple[tuple[PlannedEncounter, ...], tuple[str, ...]]:
        """Return the encounters of weeks.toml, and what keeps them from being read, if anything."""
        if not (self.settings.root / WEEKS).exists() and not self.settings.plan_broken:
            return (), ()
        try:
            kept = self.planner.kept().kept
        except WorkspaceError as error:
            # A day has more on it than the plan: it is shown without.
            return (), (f"{error}. {error.hint}",)
        except NotFoundError:
            return (), ()
        return (kept.encounters if kept else ()), ()

    def brief(self, person: str) -> BriefView:
        """Return all on one person, by id. Raises NotFoundError."""
        with self.store.looking() as tx:
            return brief_view(tx, person, self.today_on(), self.meant)

    def person(self, person: str) -> PersonLink:
        """Return the name of a person, by id. Raises NotFoundError."""
        with self.store.looking() as tx:
            known = lookups.load_current_person(tx, person)
            name = lookups.load_names(tx, (known,)).get(known, "") if known else ""
        if not known:
            raise NotFoundError(f"there is no person {person}", "Look the name up in `legation people`.")
        return PersonLink(known, name)

    def find_person(self, name: str) -> str:
        """Return the id of the person so named. Raises NotFoundError, AmbiguousError."""
        with self.store.looking() as tx:
            return find_person(tx, name, self.today_on())

    def people(
        self, query: str = "", limit: int = 200, offset: int = 0, order: str = "name"
    ) -> tuple[tuple[PersonRow, ...], int]:
        """Return a page of people (order: name, closeness, last) and their number."""
        with self.store.looking() as tx:
            owner, on = lookups.load_owner(tx)[0], self.today_on()
            near = Standings(tx, owner, on, self.meant).closeness if owner else None
            return people_view(tx, on, query=query, limit=limit, offset=offset, order=order, near=near)

    def encounters(
        self, person: str = "", since: str = "", until: str = "", limit: int = 200, offset: int = 0
    ) -> tuple[tuple[EncounterView, ...], int]:
        """Return encounters, newest first, and their number. Raises NotFoundError, UsageError."""
        with self.store.looking() as tx:
            owner = lookups.load_owner(tx)[0]
            if person:
                known = lookups.load_current_person(tx, person)
                if not known:
                    raise NotFoundError(
                        f"there is no person {person}", "Look the name up in `legation people`."
                    )
                person = known
            return encounter_report.encounters_view(
                tx,
                owner,
                self._day(),
                person=person,
                since=since,
                until=until,
                limit=limit,
                offset=offset,
            )

    def encounter(self, fact: str) -> EncounterView:
        """Return one encounter, by its id or an account's. Raises NotFoundError."""
        with self.store.looking() as tx:
            view = encounter_report.encounter_view(tx, lookups.load_owner(tx)[0], self._day(), fact)
        if view is None:
            hint = "Facts are made anew when a text changes; look it up again."
            raise NotFoundError(f"there is no encounter {fact}", hint)
        return view

    def entries(
        self, kind: str = "", year: str = "", limit: int = 100, offset: int = 0
    ) -> tuple[tuple[EntryRow, ...], int]:
        """Return items of the diary and papers, newest first, and their number."""
        with self.store.looking() as tx:
            return entries_view(tx, kind=kind, year=year, limit=limit, offset=offset)

    def years(self) -> tuple[tuple[str, int], ...]:
        """Return (year, number of entries and papers)."""
        with self.store.looking() as tx:
            return tuple((year, number) for year, number in records.load_years(tx))

    def entry(self, item: str) -> EntryView:
        """Return one entry or paper with its reading. Raises NotFoundError."""
        with self.store.looking() as tx:
            return entry_view(tx, item, self._day())

    def questions(
        self, limit: int = 50, offset: int = 0, person: str = "", item: str = "", topic: str = ""
    ) -> tuple[tuple[QuestionView, ...], int]:
        """Return open questions, those that unlock most first, and their number.

        Those of one name or entry stand together; `topic` (report.questions.TOPICS) narrows them, or
        is "once": then those about names used once, which are not open.
        """
        with self.store.looking() as tx:
            person = (lookups.load_current_person(tx, person) or person) if person else ""
            links = Links(tx, self._day())
            return load_question_views(
                tx, links, limit=limit, offset=offset, person=person, item=item, topic=topic
            )

    def question(self, question: str) -> QuestionView:
        """Return one question that takes an answer. Raises NotFoundError (also when it was answered)."""
        with self.store.looking() as tx:
            row = records.load_question(tx, question)
            if row is None or row.state not in ASKED:
                hint = "It may have been answered already."
                raise NotFoundError(f"there is no open question {question}", hint)
            return question_views(Links(tx, self._day()), (row,))[0]

    def owner(self) -> PersonLink | None:
        """Return the owner, or None where the record knows none."""
        with self.store.looking() as tx:
            person, name = lookups.load_owner(tx)
        return PersonLink(person, name) if person else None

    def open_count(self) -> int:
        """Return how many questions are open."""
        with self.store.looking() as tx:
            return count_open(tx)

    def waiting(self) -> WaitingView:
        """Return what waits by topic, what was put off, and how much was settled today."""
        with self.store.looking() as tx:
            return waiting_view(tx, self.clock.now())

    def deferred(self, limit: int = 50, offset: int = 0) -> tuple[tuple[QuestionView, ...], int]:
        """Return the questions put off or never to be asked, and their number."""
        with self.store.looking() as tx:
            return load_deferred_views(tx, Links(tx, self._day()), limit=limit, offset=offset)

    def places(self, question: str, limit: int = 40, offset: int = 0) -> tuple[tuple[Words, ...], int]:
        """Return all places that a question is about, and their number. Raises NotFoundError."""
        with self.store.looking() as tx:
            return places_view(tx, Links(tx, self._day()), question, limit=limit, offset=offset)

    def statements(
        self,
        by: str = "",
        to: str = "",
        about: str = "",
        since: str = "",
        until: str = "",
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[tuple[FindingView, ...], int]:
        """Return what was said, latest entry first, and how much. Raises NotFoundError, UsageError."""
        with self.store.looking() as tx:
            return told_report.statements_view(
                tx, self.today_on(), by=by, to=to, about=about, since=since, until=until,
                limit=limit, offset=offset,
            )  # fmt: skip

    def promises(
        self,
        by: str = "",
        to: str = "",
        due: str = "",
        limit: int = 50,
        offset: int = 0,
        *,
        only_open: bool = False,
    ) -> tuple[tuple[FindingView, ...], int]:
        """Return promises, the first due first, and their number. Raises NotFoundError, UsageError.

        `due` keeps those due up to a date, `only_open` those whose day has not passed or is not named.
        """
        with self.store.looking() as tx:
            return told_report.promises_view(
                tx, self.today_on(), by=by, to=to, due=due, only_open=only_open, limit=limit, offset=offset
            )

    def introductions(
        self, person: str = "", since: str = "", until: str = "", limit: int = 50, offset: int = 0
    ) -> tuple[tuple[FindingView, ...], int]:
        """Return who brought whom together, and how many. Raises NotFoundError, UsageError."""
        with self.store.looking() as tx:
            return told_report.introductions_view(
                tx, self.today_on(), person=person, since=since, until=until, limit=limit, offset=offset
            )

    def search(
        self,
        words: str,
        person: str = "",
        since: str = "",
        until: str = "",
        kind: str = "",
        limit: int = 20,
        offset: int = 0,
    ) -> SearchView:
        """Search every current document's text. Raises NotFoundError, UsageError."""
        with self.store.looking() as tx:
            return search_view(
                tx,
                words,
                self._day(),
                person=person,
                since=since,
                until=until,
                kind=kind,
                limit=limit,
                offset=offset,
            )

    def explain(self, fact: str) -> dict[str, Any]:
        """Return the words, rule and judgements behind a fact. Raises NotFoundError."""
        from legation.report.explain import explain_fact  # noqa: PLC0415 - brings the ledger with it

        with self.store.looking() as tx:
            return explain_fact(tx, fact, self._day())

    def history(self, limit: int = 20) -> tuple[tuple[str, str, str], ...]:
        """Return the latest judgements in force as (id, what it says, when)."""
        from legation.report.explain import load_history  # noqa: PLC0415 - brings the ledger with it

        with self.store.looking() as tx:
            return load_history(tx, limit)

    # ── the plan ────────────────────────────────────────────────────────────────────────

    @property
    def planner(self) -> Planner:
        """What plans here; it is loaded on first use."""
        from legation.workspace.planning import Planner  # noqa: PLC0415 - only where a plan is asked for

        if self._planner is None or self._planner.today != self.today_on():
            self._planner = Planner(self.settings, self.store, self.clock, self.today_on())
        return self._planner

    def plan(
        self, since: dt.date | None = None, weeks: int | None = None, hours: float | None = None
    ) -> PlanView:
        """Return the plan of some weeks from a day on (today's, without one); nothing is kept.

        The weeks that stand in weeks.toml, where they cover the day and nothing else is asked for;
        else weeks computed anew. `hours` a week go before those of plan.toml. Raises UsageError.
        """
        return self.planner.plan(since, weeks, hours)

    def make_plan(
        self,
        since: dt.date | None = None,
        weeks: int | None = None,
        hours: float | None = None,
        based_on: str = "",
    ) -> PlanView:
        """Compute the weeks anew from what stands in them, and keep them (writes weeks.toml).

        `based_on` is that of the plan that was looked at. Raises EditConflictError, UsageError.
        """
        return self.planner.make_plan(since, weeks, hours, based_on)

    def change_plan(self, change: PlanChange, based_on: str = "") -> PlanView:
        """Make one change of the weeks that stand, and keep it; returns the plan as it is now.

        Raises EditConflictError, NotFoundError, UsageError.
        """
        return self.planner.change_plan(change, based_on)

    def weigh_change(self, change: PlanChange) -> EffectView:
        """Return what a change of the weeks that stand would do; nothing is written."""
        return self.planner.weigh_change(change)

    def undo_plan(self, based_on: str = "") -> PlanView:
        """Put back the weeks as before the last change. Raises EditConflictError, NotFoundError."""
        return self.planner.undo_plan(based_on)

    def year(self, since: dt.date | None = None, weeks: int = 52, seeds: int = 3) -> SimulatedView:
        """Return simulated years on the people of the record from a day on (today's, without one).

        Nothing is kept; takes seconds. Raises UsageError where there is nobody or no hour to plan with.
        """
        from legation.workspace.simulating import simulate  # noqa: PLC0415 - brings the solver with it

        return simulate(self.store, self.settings, since or self.today_on(), weeks=weeks, seeds=seeds)

    def plan_settings(self) -> PlanSettingsView:
        """Return what plan.toml sets, as the desk edits it."""
        return self.planner.plan_settings()

    def edit_settings(self, changes: Mapping[str, Any], based_on: str = "") -> PlanSettingsView:
        """Change settings of plan.toml (workspace.plan_file says which keys there are); all else stays.

        Raises EditConflictError, UsageError.
        """
        return self.planner.edit_settings(changes, based_on)

    # ── out of it ───────────────────────────────────────────────────────────────────────

    def outgoing(self) -> Outgoing:
        """Return the ways out of the weeks that stand: calendar, lists, letters, the printable week."""
        from legation.workspace.outgoing import Outgoing  # noqa: PLC0415 - only where something goes out

        return Outgoing(self.store, self.settings, self.clock, self.today_on())

    def seating(self) -> SeatingDesk:
        """Return what seats the guests of an encounter of the weeks that stand."""
        from legation.workspace.seating import SeatingDesk  # noqa: PLC0415 - only where people are seated

        return SeatingDesk(self.store, self.settings, self.clock, self.today_on())

    # ── judgements ──────────────────────────────────────────────────────────────────────

    def answer(self, question: str, key: str, name: str = "", since: str = "", until: str = "") -> str:
        """Answer a question by one of its keys; returns the judgement's id (undo takes it).

        An answer who a name is may hold for some days only, `since` to `until` (ISO, "" for no bound).
        Raises NotFoundError, UsageError (also for days where the question is about no name).
        """
        if (since or until) and key not in ("later", "never", "0") and not self.question(question).dated:
            message = "this answer holds for no days in particular"
            raise UsageError(message, "Days can be given where it is asked who a name is.")
        check_days(since, until)
        return self.judge.answer(question, key, name, since, until)

    def undo(self, judgement: str = "") -> str:
        """Take back a judgement (the last one if none is named); returns what was undone."""
        return self.judge.undo(judgement)

    def ask_again(self, question: str) -> str:
        """Open a question again that was put off; returns what was undone. Raises NotFoundError."""
        with self.store.looking() as tx:
            judgement = find_deferral(tx, question)
        return self.judge.undo(judgement)

    def confirm(self, fact: str) -> str:
        """Confirm a reading; returns the judgement's id."""
        return self.judge.confirm(fact)

    def reject(self, fact: str) -> str:
        """Reject a reading; returns the judgement's id."""
        return self.judge.reject(fact)

    def correct(self, fact: str, changes: dict[str, str]) -> str:
        """Correct fields of a reading; returns the judgement's id.

        People who have a part in a finding are given by id or name, several parted by semicolons.
        """
        if fact.startswith("t-"):
            changes = {k: self._ids(v) if k in PARTS else v for k, v in changes.items()}
        return self.judge.correct(fact, changes)

    def _ids(self, names: str) -> str:
        """Return people's ids, parted by spaces, of names or ids parted by semicolons."""
        pieces = [
            p for piece in names.split(";") for p in (piece.split() if "p-" in piece else [piece.strip()])
        ]
        return " ".join(p if p.startswith("p-") else self.find_person(p) for p in pieces if p)

    def merge(self, person: str, other: str, since: str = "") -> str:
        """Say that two people are one; returns the judgement's id.

        With `since` (ISO) the person bears the name of `other` from that day on.
        """
        return self.judge.merge(person, other, since)

    def name_from(
        self, mention: str, person: str = "", name: str = "", since: str = "", until: str = ""
    ) -> str:
        """Say whom the words of a mention name from its own day on, in its diary or volume.

        It is `person` (an id), or somebody new of that `name`; `since` and `until` bound the days
        (ISO). Returns the judgement's id. Raises NotFoundError, UsageError.
        """
        check_days(since, until)
        with self.store.looking() as tx:
            row = lookups.load_mentions(tx, (mention,)).get(mention)
        if row is not None and not (row.block and row.form):
            message = f"“{row.quote}” stands beside a name and goes with it"
            raise UsageError(message, "Decide about the name.")
        return self.judge.name_from(mention, person, name, since, until)

    def split(self, mention: str, name: str = "") -> str:
        """Say that one mention is somebody else; returns the judgement's id."""
        return self.judge.split(mention, name)


def check_days(since: str, until: str) -> None:
    """Check that an answer's days are in order. Raises UsageError."""
    if since and until and until < since[: len(until)]:
        message = f"{until} comes before {since}"
        raise UsageError(message, "The first day comes first; either may be left out.")
