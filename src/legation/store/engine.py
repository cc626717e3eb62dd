"""Opens the SQLite file of a ledger through sqlcipher3; SQLAlchemy only where a schema is made.

Loading SQLAlchemy takes longer than any question that is asked of a ledger, so a command that finds
the schema as it should be does not load it.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as driver

from legation.facts.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import sqlalchemy as sa

BUSY_SECONDS = 10


class Link:
    """One connection of the driver, with the two names that it shares with SQLAlchemy's."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def exec_driver_sql(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Run a statement; its values stand for question marks."""
        return self.connection.execute(sql, values)


def prepare_file(path: Path, *, create: bool) -> None:
    """See that a ledger file is there and that nobody else can read it (mode 0600).

    Raises:
        LedgerError: there is no such file and `create` is false.
    """
    if not path.exists():
        if not create:
            message = f"there is no ledger at {path}"
            raise LedgerError(message, "Run `legation init` first.")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    elif stat.S_IMODE(path.stat().st_mode) != 0o600:
        path.chmod(0o600)


def connect(path: Path | None) -> Any:
    """Open a connection of the driver to a file, or to a new ledger in memory.

    Raises:
        LedgerError: the file is no ledger.
    """
    name = ":memory:" if path is None else str(path)
    # The driver must not begin transactions of its own accord (isolation_level): BEGIN IMMEDIATE
    # is ours to say, or two writers deadlock on upgrading a read lock.
    connection = driver.connect(name, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.execute("PRAGMA cache_size = -65536")
        cursor.execute("SELECT count(*) FROM sqlite_master")
    except driver.DatabaseError as error:
        connection.close()
        message = f"{name} is not a ledger: {error}"
        raise LedgerError(message, "Restore it from an export or a backup.") from error
    return connection


def open_engine(path: Path | None, shared: Any = None) -> sa.Engine:
    """Return SQLAlchemy's engine on a ledger file, or on the one connection to a ledger in memory."""
    import sqlalchemy as sa  # noqa: PLC0415 - see above
    from sqlalchemy.pool import NullPool, StaticPool  # noqa: PLC0415

    pool = NullPool if shared is None else StaticPool
    return sa.create_engine(
        "sqlite://", module=driver, creator=lambda: shared or connect(path), poolclass=pool
    )


@contextmanager
def writing(link: Link | sa.Connection) -> Iterator[None]:
    """Hold a write transaction: all of it happens, or nothing."""
    link.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        link.exec_driver_sql("ROLLBACK")
        raise
    link.exec_driver_sql("COMMIT")


@contextmanager
def looking(link: Link) -> Iterator[None]:
    """Hold a transaction that sees one state throughout."""
    link.exec_driver_sql("BEGIN")
    try:
        yield
    finally:
        link.exec_driver_sql("ROLLBACK")
