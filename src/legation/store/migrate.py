"""Brings a ledger file to the schema of this Legation; a copy is kept before any change.

The true tables move by Alembic revisions. The derived tables have one version number: when it
differs they are dropped and made again, and everything waits to be derived anew.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from legation.facts.errors import WorkspaceVersionError
from legation.store.engine import writing

if TYPE_CHECKING:
    from pathlib import Path

    import sqlalchemy as sa

    from legation.store.engine import Link

HEAD = "0001"
#: Counts up with every change to the derived tables of `schema`.
DERIVED_VERSION = "5"


def is_current(link: Link | sa.Connection) -> bool:
    """Say whether a ledger has the schema of this Legation, true and derived."""
    return revision_of(link) == HEAD and load_setting(link, "derived_version") == DERIVED_VERSION


def revision_of(connection: Link | sa.Connection) -> str:
    """Return the Alembic revision of a ledger, or "" for an empty file."""
    found = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
    if found.fetchone() is None:
        return ""
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").fetchone()
    return "" if row is None else str(row[0])


def migrate(engine: sa.Engine, path: Path | None) -> bool:
    """Bring the ledger to `HEAD`; returns whether everything must be derived anew.

    Raises:
        WorkspaceVersionError: a newer Legation wrote the ledger.
    """
    with engine.connect() as connection:
        if is_current(connection):
            return False
        revision = revision_of(connection)
    if revision > HEAD:
        message = f"the ledger has revision {revision}; this Legation knows {HEAD}"
        raise WorkspaceVersionError(message, "Update Legation.")
    if revision != HEAD:
        if revision and path is not None:
            keep_copy(engine, path, revision)
        upgrade(engine)
    with engine.connect() as connection, writing(connection):
        recreate_derived(connection)
        store_setting(connection, "derived_version", DERIVED_VERSION)
        # Whoever opens the ledger next sees by this that everything is to be derived, even if
        # this process dies before it has done so.
        store_setting(connection, "stages", "")
    return True


def keep_copy(engine: sa.Engine, path: Path, revision: str) -> Path:
    """Copy the ledger file beside itself before a migration; never over an older copy."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    number = 1
    while (copy := path.with_name(f"{path.name}.before-{revision}-{number}")).exists():
        number += 1
    shutil.copyfile(path, copy)
    copy.chmod(0o600)
    return copy


def upgrade(engine: sa.Engine) -> None:
    """Run the Alembic revisions up to `HEAD` in one transaction."""
    from alembic import command  # noqa: PLC0415 - Alembic takes 0.2 s and is needed once a version
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "legation:store/migrations")
    with engine.connect() as connection, writing(connection):
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def recreate_derived(connection: sa.Connection) -> None:
    """Drop and make every derived table, the readings, the work list and the full-text index."""
    from legation.store import schema  # noqa: PLC0415 - brings SQLAlchemy with it

    connection.exec_driver_sql("DROP TABLE IF EXISTS search")
    tables = [schema.pending, schema.readings, *schema.DERIVED]
    schema.metadata.drop_all(connection, tables=tables)
    schema.metadata.create_all(connection, tables=tables)
    for statement in schema.FTS:
        connection.exec_driver_sql(statement)


def load_setting(connection: Link | sa.Connection, name: str) -> str | None:
    """Return a setting of the ledger."""
    row = connection.exec_driver_sql("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def store_setting(connection: Link | sa.Connection, name: str, value: str) -> None:
    """Set a setting of the ledger."""
    connection.exec_driver_sql("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (name, value))
