"""Opens a workspace: settings, ledger with its stages, and the desk on it."""

from __future__ import annotations

import os
from pathlib import Path

from legation.facts.clock import Clock, FixedClock, SystemClock
from legation.facts.errors import UsageError, WorkspaceMissingError
from legation.ledger.judge import Judge
from legation.ledger.ledger import Ledger, Progress
from legation.store.store import Store
from legation.workspace.settings import (
    LEDGER,
    MARKER,
    PLAN_TEXT,
    Settings,
    load_settings,
    make_settings_text,
)
from legation.workspace.stages import WorkspaceStages


class Workspace:
    """An open workspace: `settings`, `ledger` and `judge`."""

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        self.settings = settings
        self.ledger = ledger
        self.judge = Judge(ledger, settings.owner)

    @property
    def clock(self) -> Clock:
        """The workspace's clock: the day that the settings fix, else the machine's."""
        return self.ledger.clock

    def close(self) -> None:
        """Give the ledger back."""
        self.ledger.store.close()


def init_workspace(root: Path, owner: str = "", name: str = "") -> Path:
    """Make a new workspace in a folder; what is in the folder stays as it is.

    Raises:
        UsageError: the folder is a workspace already.
    """
    root = Path(os.path.abspath(root))  # noqa: PTH100 - the folder may not be there yet
    if (root / MARKER).exists():
        message = f"{root} is a workspace already"
        raise UsageError(message, f"Its settings are in {root / MARKER}.")
    root.mkdir(parents=True, exist_ok=True)
    write_new(root / MARKER, make_settings_text(name or root.name, owner))
    if not (root / "plan.toml").exists():
        write_new(root / "plan.toml", PLAN_TEXT)
    open_workspace(root).close()
    return root


def write_new(path: Path, text: str) -> None:
    """Write a file beside its place, sync it, then put it there."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)


def open_workspace(root: Path, *, workers: int | None = None, progress: Progress | None = None) -> Workspace:
    """Open a workspace; what an interrupted import left waiting is derived first.

    Raises:
        WorkspaceMissingError: the folder is no workspace.
        WorkspaceError: its settings cannot be used.
    """
    if not (root / MARKER).is_file():
        message = f"{root} is not a workspace"
        raise WorkspaceMissingError(message, f"Make one with `legation init {root}`.")
    settings = load_settings(root)
    clock: Clock = FixedClock(settings.today) if settings.today else SystemClock()
    store = Store(root / LEDGER, create=True)
    ledger = Ledger(store, WorkspaceStages(), clock, root, settings.sources, workers)
    ledger.set_up(settings.owner, progress)
    return Workspace(settings, ledger)
