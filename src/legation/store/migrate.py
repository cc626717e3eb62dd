"""Brings a ledger file to the schema of this Legation; a copy is kept before any change.

The true tables move by Alembic revisions. The derived tables have one version number: when it
differs they are dropped and made again, and everything waits to be derived anew.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import sqlalchemy as sa

from legation.facts.errors import WorkspaceVersionError
from legation.store import schema
from legation.store.engine import writing

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "0001"
#: Counts up with every change to the derived tables of `schema`.
DERIVED_VERSION = "4"


def revision_of(connection: sa.Connection) -> str:
    """Return the Alembic revision of a ledger, or "" for an empty file."""
    found = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").first()
    if found is None:
        return ""
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return "" if row is None else str(row[0])


def migrate(engine: sa.Engine, path: Path | None) -> bool:
    """Bring the ledger to `HEAD`; returns whether everything must be derived anew.

    Raises:
        WorkspaceVersionError: a newer Legation wrote the ledger.
    """
    with engine.connect() as connection:
        revision = revision_of(connection)
        derived = "" if not revision else (load_setting(connection, "derived_version") or "")
    if revision == HEAD and derived == DERIVED_VERSION:
        return False
    if revision > HEAD:
        message = f"the ledger has revision {revision}; this Legation knows {HEAD}"
        raise WorkspaceVersionError(message, "Update Legation.")
    if revision != HEAD:
        if revision and path is not None:
            keep_copy(engine, path, revision)
        upgrade(engine)
    with writing(engine) as connection:
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
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def recreate_derived(connection: sa.Connection) -> None:
    """Drop and make every derived table, the readings, the work list and the full-text index."""
    connection.exec_driver_sql("DROP TABLE IF EXISTS search")
    tables = [schema.pending, schema.readings, *schema.DERIVED]
    schema.metadata.drop_all(connection, tables=tables)
    schema.metadata.create_all(connection, tables=tables)
    for statement in schema.FTS:
        connection.exec_driver_sql(statement)


def load_setting(connection: sa.Connection, name: str) -> str | None:
    """Return a setting of the ledger."""
    return connection.execute(
        sa.select(schema.settings.c.value).where(schema.settings.c.name == name)
    ).scalar()


def store_setting(connection: sa.Connection, name: str, value: str) -> None:
    """Set a setting of the ledger."""
    connection.execute(sa.delete(schema.settings).where(schema.settings.c.name == name))
    connection.execute(sa.insert(schema.settings).values(name=name, value=value))
