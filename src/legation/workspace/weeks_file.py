"""weeks.toml: the weeks that stand, loaded and saved under the rule of hashes."""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from legation.facts.errors import LegationError, WorkspaceError
from legation.facts.problem import Problem
from legation.plan.changes import put_back
from legation.plan.forms import DEFAULT_FORMS, PlanForm
from legation.plan.weeks import KeptWeeks
from legation.plan.weeks_text import Current, Find, Parsed, parse_weeks, text_without_counts, write_weeks
from legation.store import lookups
from legation.workspace.own_files import OwnFiles
from legation.workspace.settings import WEEKS


@dataclass(frozen=True, slots=True)
class LoadedWeeks:
    """What weeks.toml holds: the weeks (None: no file), what cannot be used, and the file's hash."""

    kept: KeptWeeks | None
    problems: tuple[Problem, ...]
    based_on: str


def load_weeks(
    files: OwnFiles, forms: Iterable[PlanForm] = DEFAULT_FORMS, find: Find | None = None
) -> LoadedWeeks:
    """Load the weeks that stand; the version that is read arrives in the ledger.

    `find` gives the id of a guest who is named without one, "" for nobody or several. Whoever was
    merged is the person that there is now; the file says so when it is next written.

    Raises:
        WorkspaceError: the file is no TOML in UTF-8.
    """
    files.note()
    data, based_on = files.load(WEEKS)
    if not based_on:
        return LoadedWeeks(None, (), "")
    parsed = _parse(data, forms, find, _current(files))[1]
    return LoadedWeeks(parsed.kept, parsed.problems, based_on)


def save_weeks(
    files: OwnFiles,
    kept: KeptWeeks,
    based_on: str | None,
    forms: Iterable[PlanForm] = DEFAULT_FORMS,
    find: Find | None = None,
) -> str:
    """Save the weeks; returns the new hash of the file. Comments and unknown keys in it stay.

    `based_on` is the hash of the file that was looked at ("" for no file, None for any).

    Raises:
        EditConflictError: the file is not that any more; nothing was written.
        WorkspaceBusyError: another process is writing.
        WorkspaceError: the file is no TOML in UTF-8.
    """
    return edit_weeks(files, based_on, lambda _: kept, forms, find)


def edit_weeks(
    files: OwnFiles,
    based_on: str | None,
    change: Callable[[KeptWeeks | None], KeptWeeks],
    forms: Iterable[PlanForm] = DEFAULT_FORMS,
    find: Find | None = None,
) -> str:
    """Change the weeks as they stand now, in one step that no other process comes between.

    `change` takes the weeks (None: no file); what it raises passes, and nothing is written then.

    Raises:
        EditConflictError, WorkspaceBusyError, WorkspaceError: as for `save_weeks`.
    """

    def make(before: bytes) -> bytes:
        if not before:
            return write_weeks(change(None)).encode("utf-8")
        text, parsed = _parse(before, forms, find, _current(files))
        return _like(before, write_weeks(change(parsed.kept), text, parsed))

    return files.rewrite(WEEKS, based_on, make)


def undo_weeks(
    files: OwnFiles,
    based_on: str | None,
    forms: Iterable[PlanForm] = DEFAULT_FORMS,
    find: Find | None = None,
) -> str:
    """Put the weeks back as they were before the last change, told so that calendars follow.

    Raises:
        EditConflictError: the file is not what was looked at.
        NotFoundError: there is no earlier version.
    """

    def make(now: bytes, before: bytes) -> bytes:
        with suppress(WorkspaceError):
            kept = _parse(now, forms, find, _current(files))[1].kept
            text, parsed = _parse(before, forms, find, _current(files))
            return _like(before, write_weeks(put_back(kept, parsed.kept), text, parsed))
        # Of what cannot be read nothing can be told.
        return before

    return files.undo(
        WEEKS, based_on, make, lambda data: text_without_counts(data.decode("utf-8", "replace"))
    )


def _like(before: bytes, text: str) -> bytes:
    """Return a text as bytes, with the mark of UTF-8 at its beginning where there was one."""
    return (codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b"") + text.encode("utf-8")


def _current(files: OwnFiles) -> Current:
    """Return what follows merges in the ledger."""

    def current(person: str) -> tuple[str, str] | None:
        with suppress(LegationError), files.store.looking() as tx:
            now = lookups.load_current_person(tx, person)
            if now and now != person:
                return now, lookups.load_names(tx, (now,)).get(now, "")
        return None

    return current


def _parse(data: bytes, forms: Iterable[PlanForm], find: Find | None, current: Current) -> tuple[str, Parsed]:
    try:
        text = data.decode("utf-8-sig")
        return text, parse_weeks(text, forms, find, current)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"{WEEKS} cannot be read: {error}"
        hint = "Correct it in an editor, or take it away: earlier versions are in the ledger."
        raise WorkspaceError(message, hint) from error
