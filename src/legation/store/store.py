"""A ledger file: opened, migrated, and lent out one transaction at a time."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from legation.store.engine import looking, open_engine, writing
from legation.store.migrate import migrate
from legation.store.tx import Tx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Store:
    """One SQLite ledger.

    `fresh` says that the derived tables were made anew by opening: everything must be derived.
    """

    def __init__(self, path: Path | None, *, create: bool = False) -> None:
        self.path = path
        self.engine = open_engine(path, create=create)
        self.fresh = migrate(self.engine, path)

    @contextmanager
    def writing(self) -> Iterator[Tx]:
        """Open a write transaction: all of it happens, or nothing."""
        with writing(self.engine) as connection:
            yield Tx(connection)

    @contextmanager
    def looking(self) -> Iterator[Tx]:
        """Open a transaction that only reads and sees one state throughout."""
        with looking(self.engine) as connection:
            yield Tx(connection)

    def copy_to(self, path: Path) -> None:
        """Write a whole copy of the ledger to a file that does not exist yet."""
        with self.engine.connect() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(path),))
        path.chmod(0o600)

    def close(self) -> None:
        """Give the file back."""
        self.engine.dispose()
