"""Opens a workspace for looking only: no reader and no stage is loaded, so that it is quick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from legation import STAGES_VERSION
from legation.facts.clock import Clock, FixedClock, SystemClock
from legation.facts.errors import LedgerError, WorkspaceMissingError
from legation.workspace.api import Desk, Judging
from legation.workspace.own_files import OwnFiles
from legation.workspace.settings import LEDGER, MARKER, Settings, load_settings

if TYPE_CHECKING:
    from legation.store.store import Store


def open_desk(root: Path) -> Desk:
    """Open a workspace to ask it; judgements go through `open_judging_desk`.

    Where something waits to be derived (an import was interrupted, the owner or Legation has
    changed), that is done first.

    Raises:
        WorkspaceMissingError: the folder is no workspace.
        WorkspaceError: its settings cannot be used.
    """
    from legation.store.store import Store  # noqa: PLC0415 - settings first: they may be wrong

    if not (root / MARKER).is_file():
        message = f"{root} is not a workspace"
        raise WorkspaceMissingError(message, f"Make one with `legation init {root}`.")
    settings = load_settings(root)
    try:
        store = Store(root / LEDGER)
    except LedgerError:
        if (root / LEDGER).exists():
            raise
        return open_judging_desk(root)
    if not _is_current(store, settings) and not _is_written(store):
        store.close()
        return open_judging_desk(root)
    clock: Clock = FixedClock(settings.today) if settings.today else SystemClock()
    OwnFiles(root, store, clock).note()
    return Desk(store, settings, clock, cast("Judging", None))


def _is_written(store: Store) -> bool:
    """Say whether another process is writing: then the last state that is whole is shown."""
    from legation.ledger.ledger import is_locked  # noqa: PLC0415 - only where something waits

    return not store.fresh and is_locked(store)


def _is_current(store: Store, settings: Settings) -> bool:
    """Say whether everything that arrived is derived, by these rules and for this owner."""
    if store.fresh:
        return False
    with store.looking() as tx:
        if tx.count("pending") or tx.setting("owner") != settings.owner:
            return False
        return tx.setting("stages") == STAGES_VERSION


def open_judging_desk(root: Path) -> Desk:
    """Open a workspace to ask it and to tell it what a person decided."""
    from legation.workspace.open import open_workspace  # noqa: PLC0415 - brings the readers with it

    workspace = open_workspace(root)
    OwnFiles(root, workspace.ledger.store, workspace.clock).note()
    return Desk(workspace.ledger.store, workspace.settings, workspace.clock, workspace.judge)
