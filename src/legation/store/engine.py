"""Opens the SQLite file of a ledger through sqlcipher3 and SQLAlchemy Core."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver
from sqlalchemy.pool import NullPool, StaticPool

from legation.facts.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY_SECONDS = 10


def open_engine(path: Path | None, *, create: bool = False) -> sa.Engine:
    """Return an engine for a ledger file (mode 0600), or one in memory where `path` is None.

    Raises:
        LedgerError: there is no such file and `create` is false, or it is no ledger.
    """
    if path is not None:
        if not path.exists():
            if not create:
                message = f"there is no ledger at {path}"
                raise LedgerError(message, "Run `legation init` first.")
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        elif stat.S_IMODE(path.stat().st_mode) != 0o600:
            path.chmod(0o600)

    def connect() -> Any:
        name = ":memory:" if path is None else str(path)
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
            message = f"{name} is not a ledger: {error}"
            raise LedgerError(message, "Restore it from an export or a backup.") from error
        return connection

    pool = StaticPool if path is None else NullPool
    # The driver must not begin transactions of its own accord (isolation_level above): BEGIN
    # IMMEDIATE is ours to say, or two writers deadlock on upgrading a read lock.
    return sa.create_engine("sqlite://", module=driver, creator=connect, poolclass=pool)


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Open a connection in a write transaction: all of it happens, or nothing."""
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
        connection.exec_driver_sql("COMMIT")


@contextmanager
def looking(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Open a connection that sees one state throughout."""
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        try:
            yield connection
        finally:
            connection.exec_driver_sql("ROLLBACK")
