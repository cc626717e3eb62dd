"""What a face may ask of a workspace and tell it: queries as views, judgements passed on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Protocol

from legation.facts.errors import NotFoundError
from legation.report import encounters as encounter_report
from legation.report.brief import brief_view
from legation.report.entry import entries_view, entry_view
from legation.report.links import Links
from legation.report.people import find_person, people_view
from legation.report.questions import load_question_views, question_views
from legation.report.search import search_view
from legation.report.today import Plan, today_view
from legation.report.views import (
    BriefView,
    EncounterView,
    EntryRow,
    EntryView,
    PersonRow,
    QuestionView,
    SearchView,
    TodayView,
)
from legation.store import lookups, records

if TYPE_CHECKING:
    from legation.facts.clock import Clock
    from legation.store.store import Store
    from legation.workspace.settings import Settings


class Judging(Protocol):
    """What takes judgements (ledger.judge)."""

    def answer(self, question: str, key: str, name: str = "") -> str:
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

    def merge(self, person: str, other: str) -> str:
        """Say that two people are one."""
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
        self.fixed = settings.today
        self.plan = Plan(settings.intervals_days, settings.default_days, settings.default_after_encounters)

    # ── queries ─────────────────────────────────────────────────────────────────────────

    def today_on(self) -> dt.date:
        """Return the date that counts as today in this workspace."""
        return self.fixed or self.clock.today()

    def _day(self) -> str:
        return self.today_on().isoformat()

    def today(self, on: dt.date | None = None) -> TodayView:
        """Return the page of one day."""
        with self.store.looking() as tx:
            return today_view(tx, on or self.today_on(), self.plan)

    def brief(self, person: str) -> BriefView:
        """Return all on one person, by id. Raises NotFoundError."""
        with self.store.looking() as tx:
            return brief_view(tx, person, self.today_on(), self.plan)

    def find_person(self, name: str) -> str:
        """Return the id of the person so named. Raises NotFoundError, AmbiguousError."""
        with self.store.looking() as tx:
            return find_person(tx, name, self.today_on())

    def people(
        self, query: str = "", limit: int = 200, offset: int = 0, order: str = "name"
    ) -> tuple[tuple[PersonRow, ...], int]:
        """Return a page of people (order: name, closeness, last) and their number."""
        with self.store.looking() as tx:
            owner = lookups.load_owner(tx)[0]
            return people_view(
                tx, owner, self.today_on(), query=query, limit=limit, offset=offset, order=order
            )

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
        self, limit: int = 50, offset: int = 0, person: str = "", item: str = ""
    ) -> tuple[tuple[QuestionView, ...], int]:
        """Return open questions, those that unlock most first, and their number."""
        with self.store.looking() as tx:
            person = (lookups.load_current_person(tx, person) or person) if person else ""
            links = Links(tx, self._day())
            return load_question_views(tx, links, limit=limit, offset=offset, person=person, item=item)

    def question(self, question: str) -> QuestionView:
        """Return one open question. Raises NotFoundError (also when it was answered)."""
        with self.store.looking() as tx:
            row = records.load_question(tx, question)
            if row is None or row.state != "open":
                hint = "It may have been answered already."
                raise NotFoundError(f"there is no open question {question}", hint)
            return question_views(Links(tx, self._day()), (row,))[0]

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

    # ── judgements ──────────────────────────────────────────────────────────────────────

    def answer(self, question: str, key: str, name: str = "") -> str:
        """Answer a question by one of its keys; returns the judgement's id (undo takes it)."""
        return self.judge.answer(question, key, name)

    def undo(self, judgement: str = "") -> str:
        """Take back a judgement (the last one if none is named); returns what was undone."""
        return self.judge.undo(judgement)

    def confirm(self, fact: str) -> str:
        """Confirm a reading; returns the judgement's id."""
        return self.judge.confirm(fact)

    def reject(self, fact: str) -> str:
        """Reject a reading; returns the judgement's id."""
        return self.judge.reject(fact)

    def correct(self, fact: str, changes: dict[str, str]) -> str:
        """Correct fields of a reading (form, on, place, person); returns the judgement's id."""
        return self.judge.correct(fact, changes)

    def merge(self, person: str, other: str) -> str:
        """Say that two people are one; returns the judgement's id."""
        return self.judge.merge(person, other)

    def split(self, mention: str, name: str = "") -> str:
        """Say that one mention is somebody else; returns the judgement's id."""
        return self.judge.split(mention, name)
