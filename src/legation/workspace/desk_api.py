"""What a face may ask of an open workspace and tell it (a protocol, for faces and tests)."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol

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
        self, limit: int = 50, offset: int = 0, person: str = "", item: str = ""
    ) -> tuple[tuple[QuestionView, ...], int]:
        """Return open questions, those that unlock most first, and their number."""
        ...

    def question(self, question: str) -> QuestionView:
        """Return one open question. Raises NotFoundError (also when it was answered)."""
        ...

    def answer(self, question: str, key: str, name: str = "") -> str:
        """Answer a question by one of its keys; returns the judgement's id (undo takes it)."""
        ...

    def undo(self, judgement: str = "") -> str:
        """Take back a judgement (the last one if none is named); returns what was undone."""
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

    def merge(self, person: str, other: str) -> str:
        """Say that two people are one; returns the judgement's id."""
        ...

    def split(self, mention: str, name: str = "") -> str:
        """Say that one mention is somebody else; returns the judgement's id."""
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
