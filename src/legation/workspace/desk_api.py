"""What a face may ask of an open workspace and tell it (a protocol, for faces and tests)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Protocol

from legation.report.plan_views import EffectView, PlanChange, PlanSettingsView, PlanView
from legation.report.simulated import SimulatedView
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
from legation.workspace.outgoing import Outgoing
from legation.workspace.seating import SeatingDesk


class DeskApi(Protocol):
    """Queries return frozen views; `answer`, `undo` and `judge` write one judgement each."""

    def today_on(self) -> dt.date:
        """Return the date that counts as today in this workspace."""
        ...

    def today(self, on: dt.date | None = None) -> TodayView:
        """Return the page of one day."""
        ...

    def brief(self, person: str) -> BriefView:
        """Return all on one person, by id. Raises NotFoundError."""
        ...

    def person(self, person: str) -> PersonLink:
        """Return the name of a person, by id. Raises NotFoundError."""
        ...

    def find_person(self, name: str) -> str:
        """Return the id of the person so named. Raises NotFoundError, AmbiguousError."""
        ...

    def people(
        self, query: str = "", limit: int = 200, offset: int = 0, order: str = "name"
    ) -> tuple[tuple[PersonRow, ...], int]:
        """Return a page of people (order: name, closeness, last) and their number."""
        ...

    def encounters(
        self, person: str = "", since: str = "", until: str = "", limit: int = 200, offset: int = 0
    ) -> tuple[tuple[EncounterView, ...], int]:
        """Return encounters, newest first, and their number."""
        ...

    def encounter(self, fact: str) -> EncounterView:
        """Return one encounter, by its id or an account's. Raises NotFoundError."""
        ...

    def entries(
        self, kind: str = "", year: str = "", limit: int = 100, offset: int = 0
    ) -> tuple[tuple[EntryRow, ...], int]:
        """Return items of the diary and papers, newest first, and their number."""
        ...

    def years(self) -> tuple[tuple[str, int], ...]:
        """Return (year, number of entries and papers)."""
        ...

    def entry(self, item: str) -> EntryView:
        """Return one entry or paper with its reading. Raises NotFoundError."""
        ...

    def questions(
        self, limit: int = 50, offset: int = 0, person: str = "", item: str = "", topic: str = ""
    ) -> tuple[tuple[QuestionView, ...], int]:
        """Return open questions, those that unlock most first, and their number.

        Those of one name or entry stand together; `topic` (report.questions.TOPICS) narrows them, or
        is "once": then those about names used once, which are not open.
        """
        ...

    def question(self, question: str) -> QuestionView:
        """Return one question that takes an answer. Raises NotFoundError (also when it was answered)."""
        ...

    def answer(self, question: str, key: str, name: str = "", since: str = "", until: str = "") -> str:
        """Answer a question by one of its keys; returns the judgement's id (undo takes it).

        An answer who a name is may hold for some days only, `since` to `until` (ISO, "" for no bound).
        Raises NotFoundError, UsageError (also for days where the question is about no name).
        """
        ...

    def undo(self, judgement: str = "") -> str:
        """Take back a judgement (the last one if none is named); returns what was undone."""
        ...

    def ask_again(self, question: str) -> str:
        """Open a question again that was put off; returns what was undone. Raises NotFoundError."""
        ...

    def confirm(self, fact: str) -> str:
        """Confirm a reading; returns the judgement's id."""
        ...

    def reject(self, fact: str) -> str:
        """Reject a reading; returns the judgement's id."""
        ...

    def correct(self, fact: str, changes: dict[str, str]) -> str:
        """Correct fields of a reading (form, on, place, person); returns the judgement's id."""
        ...

    def merge(self, person: str, other: str, since: str = "") -> str:
        """Say that two people are one; returns the judgement's id.

        With `since` (ISO) the person bears the name of `other` from that day on.
        """
        ...

    def name_from(
        self, mention: str, person: str = "", name: str = "", since: str = "", until: str = ""
    ) -> str:
        """Say whom the words of a mention name from its own day on, in its diary or volume.

        It is `person` (an id), or somebody new of that `name`; `since` and `until` bound the days
        (ISO). Returns the judgement's id. Raises NotFoundError, UsageError.
        """
        ...

    def split(self, mention: str, name: str = "") -> str:
        """Say that one mention is somebody else; returns the judgement's id."""
        ...

    def owner(self) -> PersonLink | None:
        """Return the owner, or None where the record knows none."""
        ...

    def open_count(self) -> int:
        """Return how many questions are open."""
        ...

    def waiting(self) -> WaitingView:
        """Return what waits by topic, what was put off, and how much was settled today."""
        ...

    def deferred(self, limit: int = 50, offset: int = 0) -> tuple[tuple[QuestionView, ...], int]:
        """Return the questions put off or never to be asked, and their number."""
        ...

    def places(self, question: str, limit: int = 40, offset: int = 0) -> tuple[tuple[Words, ...], int]:
        """Return all places that a question is about, and their number. Raises NotFoundError."""
        ...

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
        ...

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
        ...

    def introductions(
        self, person: str = "", since: str = "", until: str = "", limit: int = 50, offset: int = 0
    ) -> tuple[tuple[FindingView, ...], int]:
        """Return who brought whom together, and how many. Raises NotFoundError, UsageError."""
        ...

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
        """Search every current document's text."""
        ...

    def explain(self, fact: str) -> dict[str, Any]:
        """Return the words, rule and judgements behind a fact. Raises NotFoundError."""
        ...

    def history(self, limit: int = 20) -> tuple[tuple[str, str, str], ...]:
        """Return the latest judgements as (id, what it says, when)."""
        ...

    # ── the plan ────────────────────────────────────────────────────────────────────────

    def plan(
        self, since: dt.date | None = None, weeks: int | None = None, hours: float | None = None
    ) -> PlanView:
        """Return the plan of some weeks from a day on (today's, without one); nothing is kept.

        The weeks that stand in weeks.toml, where they cover the day and nothing else is asked for;
        else weeks computed anew. `hours` a week go before those of plan.toml.
        """
        ...

    def make_plan(
        self,
        since: dt.date | None = None,
        weeks: int | None = None,
        hours: float | None = None,
        based_on: str = "",
    ) -> PlanView:
        """Compute the weeks anew from what stands in them, and keep them (writes weeks.toml).

        `based_on` is that of the plan that was looked at. Raises EditConflictError.
        """
        ...

    def change_plan(self, change: PlanChange, based_on: str = "") -> PlanView:
        """Make one change of the weeks that stand, and keep it; returns the plan as it is now.

        Raises EditConflictError, NotFoundError, UsageError.
        """
        ...

    def weigh_change(self, change: PlanChange) -> EffectView:
        """Return what a change of the weeks that stand would do; nothing is written."""
        ...

    def undo_plan(self, based_on: str = "") -> PlanView:
        """Put back the weeks as before the last change. Raises EditConflictError, NotFoundError."""
        ...

    def year(self, since: dt.date | None = None, weeks: int = 52, seeds: int = 3) -> SimulatedView:
        """Return simulated years on the people of the record from a day on (today's, without one).

        Nothing is kept; takes seconds. Raises UsageError where there is nobody or no hour to plan with.
        """
        ...

    def plan_settings(self) -> PlanSettingsView:
        """Return what plan.toml sets, as the desk edits it."""
        ...

    def edit_settings(self, changes: Mapping[str, Any], based_on: str = "") -> PlanSettingsView:
        """Change settings of plan.toml (workspace.plan_file says which keys there are); all else stays.

        Raises EditConflictError, UsageError.
        """
        ...

    # ── out of it ───────────────────────────────────────────────────────────────────────

    def outgoing(self) -> Outgoing:
        """Return the ways out of the weeks that stand: calendar, lists, letters, the printable week."""
        ...

    def seating(self) -> SeatingDesk:
        """Return what seats the guests of an encounter of the weeks that stand."""
        ...
