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


@contextmanager
def hold_lock(store: Store, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the lock of a ledger that is open for looking only; never inside `Ledger.writing`.

    Raises:
        WorkspaceBusyError: another holds it for longer than that.
    """
    lock = None if store.path is None else FileLock(str(store.path) + ".lock", mode=0o600)
    try:
        if lock is not None:
            lock.acquire(timeout=seconds)
    except Timeout as error:
        message = "another process is writing to this workspace"
        raise WorkspaceBusyError(message, "Wait until it has finished, then try again.") from error
    try:
        yield
    finally:
        if lock is not None:
            lock.release()
