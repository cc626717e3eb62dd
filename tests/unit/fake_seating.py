"""Seating for tests of the faces: one dinner in memory, seated by the real code."""

from __future__ import annotations

from dataclasses import replace

from legation.facts.errors import NotFoundError
from legation.plan.seating import Diner, Near, Never, SeatingTask
from legation.plan.seating_file import make_tables
from legation.workspace.seating import SeatingChoice

GUESTS = (
    Diner("Ivan Maisky", sex="m", person="p-me"),
    Diner("Agnia Maisky", sex="f"),
    Diner("Lord Halifax", 30, "m", office="Foreign Secretary", person="p-halifax"),
    Diner("Jan Masaryk", 60, "m", frozenset({"cs"}), office="Czechoslovak minister in London"),
    Diner("Rab Butler", 75, "m", frozenset({"en"}), person="p-butler"),
    Diner("Nancy Astor", 90, "f"),
)


class FakeSeating:
    """Answers as `workspace.seating` does."""

    def __init__(self) -> None:
        self.never: tuple[Never, ...] = (Never("Rab Butler", "Nancy Astor", "beside"),)

    def encounters(self) -> tuple[tuple[str, str], ...]:
        return (("w-dinner", "Dinner on 14 March 1939, 4 guests"),)

    def task(self, uid: str, choice: SeatingChoice) -> SeatingTask:
        if uid != "w-dinner":
            raise NotFoundError(f"no encounter of the plan has the UID {uid}", "`legation week` shows them.")
        tables = make_tables(choice.tables or "long", len(GUESTS), host="Ivan Maisky", hostess="Agnia Maisky")
        assert tables is not None
        near = (Near("Jan Masaryk", "Nancy Astor"),)
        task = SeatingTask(GUESTS, tuple(tables), self.never, near, title="Dinner on 14 March 1939")
        return replace(task, couples=choice.couples)
