"""Opening a ledger brings it to the schema of now; truth is copied before and never lost."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from legation.facts.errors import LedgerError, WorkspaceVersionError
from legation.store import migrate, schema
from legation.store.engine import open_engine
from legation.store.store import Store
from legation.workspace.open import open_workspace

sys.path.insert(0, str(Path(__file__).parent))
from ledger_home import Home


def test_a_new_ledger_is_at_the_head_and_private(tmp_path):
    path = tmp_path / "deep" / "ledger.sqlite"
    store = Store(path, create=True)
    assert store.fresh
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with store.looking() as tx:
        assert migrate.revision_of(tx.connection) == migrate.HEAD
    store.close()
    again = Store(path)
    assert not again.fresh
    again.close()


def test_the_mode_is_put_right(tmp_path):
    path = tmp_path / "ledger.sqlite"
    Store(path, create=True).close()
    path.chmod(0o644)
    Store(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_ledger_and_no_database(tmp_path):
    with pytest.raises(LedgerError, match="no ledger"):
        Store(tmp_path / "none.sqlite")
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"this is no database at all, and never was one" * 100)
    with pytest.raises(LedgerError, match="not a ledger"):
        Store(broken)


def test_a_newer_ledger_is_left_alone(tmp_path):
    path = tmp_path / "ledger.sqlite"
    store = Store(path, create=True)
    with store.writing() as tx:
        tx.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    before = path.read_bytes()
    with pytest.raises(WorkspaceVersionError):
        Store(path)
    assert path.read_bytes() == before


def test_another_version_of_the_derived_tables_makes_them_anew(tmp_path, monkeypatch):
    home = Home(tmp_path)
    home.write("1939-03-09.md", "Saw Mr. Butler and Lord Halifax.\n")
    home.take()
    before = home.ledger.hashes()
    home.space.close()
    monkeypatch.setattr(migrate, "DERIVED_VERSION", "another")
    again = open_workspace(tmp_path / "work", workers=1)
    assert again.ledger.hashes() == before
    again.close()


def test_a_copy_is_kept_and_never_overwritten(tmp_path):
    path = tmp_path / "ledger.sqlite"
    store = Store(path, create=True)
    engine = open_engine(path)
    first = migrate.keep_copy(engine, path, "0001")
    second = migrate.keep_copy(engine, path, "0001")
    assert first != second
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    store.close()
    copy = Store(first)
    with copy.looking() as tx:
        assert all(tx.count(t.name) == 0 for t in schema.DERIVED)
    copy.close()


def test_the_tables_are_those_of_the_schema(tmp_path):
    store = Store(None)
    with store.looking() as tx:
        for table in (*schema.TRUTH, schema.pending, schema.readings, *schema.DERIVED):
            assert tx.columns_of(table.name) == tuple(c.name for c in table.c)
    store.close()


def test_a_question_does_not_load_what_only_a_migration_needs(tmp_path):
    Store(tmp_path / "ledger.sqlite", create=True).close()
    script = (
        "import sys; from pathlib import Path; import legation.workspace.look; from legation.store.store import Store\n"
        f"Store(Path({str(tmp_path / 'ledger.sqlite')!r})).close()\n"
        "sys.exit('sqlalchemy' in sys.modules)"
    )
    source = Path(migrate.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", script], env={"PYTHONPATH": str(source)}, check=False)
    assert done.returncode == 0
