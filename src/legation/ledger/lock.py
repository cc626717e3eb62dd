"""The lock of a ledger: one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from legation.facts.errors import WorkspaceBusyError

if TYPE_CHECKING:
    from legation.store.store import Store

LOCK_SECONDS = 10.0


def lock_of(store: Store) -> FileLock | None:
    """Return the lock of a ledger that lies in a file, not held; None for one in memory."""
    return None if store.path is None else FileLock(str(store.path) + ".lock", mode=0o600)


@contextmanager
def hold(lock: FileLock | None, seconds: float | None = None) -> Iterator[None]:
    """Hold a lock, once more where this very object holds it already.

    Raises:
        WorkspaceBusyError: another holds it for so many seconds (LOCK_SECONDS without any).
    """
    if lock is None:
        yield
        return
    try:
        lock.acquire(timeout=LOCK_SECONDS if seconds is None else seconds)
    except Timeout as error:
        message = "another process is writing to this workspace"
        raise WorkspaceBusyError(message, "Wait until it has finished, then try again.") from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def hold_lock(store: Store, seconds: float | None = None) -> Iterator[None]:
    """Hold the lock of a ledger that is open for looking only; never inside `Ledger.writing`.

    Raises:
        WorkspaceBusyError: another holds it for longer than that.
    """
    with hold(lock_of(store), seconds):
        yield
