"""A ledger file: opened, migrated, and lent out one transaction at a time."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from legation.store.engine import Link, connect, looking, open_engine, prepare_file, writing
from legation.store.migrate import is_current, migrate
from legation.store.tx import Tx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Store:
    """One SQLite ledger; without a path, one in memory.

    `fresh` says that the derived tables were made anew by opening: everything must be derived.
    """

    def __init__(self, path: Path | None, *, create: bool = False) -> None:
        self.path = path
        self._shared: Any = None
        if path is None:
            self._shared = connect(None)
        else:
            prepare_file(path, create=create)
        with self._linked() as link:
            current = is_current(link)
        self.fresh = not current and migrate(open_engine(path, self._shared), path)

    @contextmanager
    def _linked(self) -> Iterator[Link]:
        """Lend a connection: one of its own to each transaction on a file."""
        connection = self._shared or connect(self.path)
        try:
            yield Link(connection)
        finally:
            if connection is not self._shared:
                connection.close()

    @contextmanager
    def writing(self) -> Iterator[Tx]:
        """Open a write transaction: all of it happens, or nothing."""
        with self._linked() as link, writing(link):
            yield Tx(link)

    @contextmanager
    def looking(self) -> Iterator[Tx]:
        """Open a transaction that only reads and sees one state throughout."""
        with self._linked() as link, looking(link):
            yield Tx(link)

    def copy_to(self, path: Path) -> None:
        """Write a whole copy of the ledger to a file that does not exist yet."""
        with self._linked() as link:
            link.exec_driver_sql("VACUUM INTO ?", (str(path),))
        path.chmod(0o600)

    def close(self) -> None:
        """Give the file back."""
        if self._shared is not None:
            self._shared.close()
