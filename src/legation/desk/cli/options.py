"""Options that many commands share, and how a command gets at its workspace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from legation.facts.errors import UsageError

if TYPE_CHECKING:
    from legation.workspace.api import Desk
    from legation.workspace.open import Workspace

F = TypeVar("F", bound=Callable[..., Any])


def workspace_option(function: F) -> F:
    """Add -w."""
    return click.option(
        "-w",
        "--workspace",
        "workspace",
        default="",
        metavar="DIR",
        help="The workspace; else LEGATION_WORKSPACE, a folder upwards that is one, or ~/Legation.",
    )(function)


def json_option(function: F) -> F:
    """Add --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON (docs/formats).")(function)


def page_options(limit: int) -> Callable[[F], F]:
    """Add --limit and --offset."""

    def add(function: F) -> F:
        function = click.option(
            "--offset", type=click.IntRange(0), default=0, help="How many to leave out first."
        )(function)
        return click.option(
            "--limit",
            type=click.IntRange(1, 100_000),
            default=limit,
            show_default=True,
            help="How many to show.",
        )(function)

    return add


def find(given: str) -> Path:
    """Return the folder of the workspace. Raises WorkspaceMissingError."""
    from legation.workspace.settings import find_root

    return find_root(given)


def open_desk(given: str) -> Desk:
    """Open the workspace to ask it."""
    from legation.workspace.look import open_desk as look

    desk = look(find(given))
    if desk.settings.plan_broken:
        said = f"{desk.settings.plan_broken}. What holds where nothing is set holds until it is corrected."
        click.echo(said, err=True)
    return desk


def open_judging(given: str) -> Desk:
    """Open the workspace to ask it and to tell it."""
    from legation.workspace.look import open_judging_desk

    return open_judging_desk(find(given))


def open_whole(given: str) -> Workspace:
    """Open the workspace with its ledger."""
    from legation.workspace.open import open_workspace

    return open_workspace(find(given))


def parse_day(value: str, option: str) -> dt.date | None:
    """Return the day that an option gives, or None where it was not given.

    Raises:
        UsageError: it is no day.
    """
    if not value:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"{value!r} is no date.", f"{option} takes a day such as 1939-03-09.") from error


def check_when(value: str, option: str) -> str:
    """Return an ISO date of any precision as given, or "".

    Raises:
        UsageError: it is none.
    """
    if not value:
        return ""
    from legation.facts.when import When

    try:
        return When(value).value
    except ValueError as error:
        raise UsageError(f"{value!r} is no date.", f"{option} takes 1938, 1938-08 or 1938-08-26.") from error
