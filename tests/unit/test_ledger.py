"""The ledger as a whole: owner, versions, lock, interruption, check and verify."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from legation.facts.errors import WorkspaceBusyError
from legation.ledger import derive, lock, read
from legation.workspace.open import open_workspace
from legation.workspace.stages import WorkspaceStages

sys.path.insert(0, str(Path(__file__).parent))
from ledger_home import Home


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path)
    made.write("1939-03-08.md", "Lord Halifax dined with Mr. Butler. Halifax spoke.\n")
    made.write("1939-03-09.md", "Saw Lord Halifax and Anthony Eden; Eden was tired.\n")
    made.take()
    yield made
    made.space.close()


def test_check_sees_a_fact_that_no_rebuild_would_make(home):
    assert home.ledger.check() == []
    with home.ledger.store.writing() as tx:
        tx.update("mentions", "mention", [{"mention": tx.load("mentions")[0]["mention"], "score": 0.123}])
    found = home.ledger.check()
    assert found[0].startswith("mentions: 1 rows only incremental")
    home.ledger.rebuild()
    assert home.ledger.check() == []


def test_verify_sees_words_that_moved(home):
    with home.ledger.store.writing() as tx:
        row = tx.load("mentions")[0]
        tx.update("mentions", "mention", [{"mention": row["mention"], "start": row["start"] + 1}])
    assert any("words" in line for line in home.ledger.verify())


def test_verify_sees_a_document_that_was_altered(home):
    with home.ledger.store.writing() as tx:
        tx.connection.exec_driver_sql("DROP TRIGGER documents_update_refused")
        tx.connection.exec_driver_sql("UPDATE documents SET bytes = x'00'")
    assert sum("another hash" in line for line in home.ledger.verify()) == 2


def test_truth_is_append_only(home):
    for table in ("documents", "arrivals"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET rowid = rowid"):
            with pytest.raises(Exception, match="append-only"), home.ledger.store.writing() as tx:
                tx.connection.exec_driver_sql(statement)


def test_two_ledgers_of_the_same_files_have_the_same_hashes(tmp_path, home):
    before = home.ledger.hashes()
    home.ledger.rebuild()
    assert home.ledger.hashes() == before


def test_another_owner_derives_anew(home):
    root = home.space.settings.root
    before = home.ledger.hashes()["derived"]
    text = (root / "legation.toml").read_text(encoding="utf-8")
    (root / "legation.toml").write_text(text.replace("Ivan Maisky", "Agniya Maisky"), encoding="utf-8")
    other = open_workspace(root, workers=1)
    assert other.ledger.hashes()["derived"] != before
    assert other.ledger.check() == []
    other.close()


def test_another_version_of_the_stages_derives_anew(home, monkeypatch):
    with home.ledger.store.writing() as tx:
        tx.update("mentions", "mention", [{"mention": tx.load("mentions")[0]["mention"], "rule": "old"}])
    monkeypatch.setattr(WorkspaceStages, "version", "another")
    other = open_workspace(home.space.settings.root, workers=1)
    assert other.ledger.check() == []
    other.close()


def test_one_writer_at_a_time(home, monkeypatch):
    monkeypatch.setattr(lock, "LOCK_SECONDS", 0.05)
    other = open_workspace(home.space.settings.root, workers=1)
    with home.ledger.writing():
        with pytest.raises(WorkspaceBusyError):
            other.ledger.import_paths([home.files])
        question = home.rows("questions")
        if question:
            with pytest.raises(WorkspaceBusyError):
                other.judge.answer(question[0]["question"], "later")
    other.ledger.import_paths([home.files])
    other.close()


def test_a_failure_in_derivation_leaves_what_was_and_is_made_good(home, monkeypatch):
    before = home.ledger.hashes()["derived"]
    home.write("1939-03-10.md", "Mr. Eden and Lord Halifax met at the Savoy.\n")

    def fail(self):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(derive.Derivation, "_encounters", fail)
        with pytest.raises(RuntimeError):
            home.take()
    assert home.ledger.hashes()["derived"] == before
    assert home.rows("pending")
    again = open_workspace(home.space.settings.root, workers=1)
    assert again.ledger.check() == []
    assert len(home.rows("items")) == 3
    again.close()


def test_a_reader_that_fails_is_a_problem_and_the_text_is_kept(home, monkeypatch):
    def fail(*arguments):
        raise ZeroDivisionError("never")

    monkeypatch.setattr(read, "read_document", fail)
    home.write("1939-03-11.md", "Mr. Eden again.\n")
    receipt = home.take()
    (item,) = [i for f in receipt.files for i in f.items if i.path.endswith("11.md")]
    assert item.status == "problem"
    assert [p.code for p in item.problems] == ["reader-failed"]
    with home.ledger.store.looking() as tx:
        assert tx.load("texts", item=item.item)[0]["body"] == "Mr. Eden again.\n"


def test_readings_in_parallel_are_those_of_one_process(tmp_path, monkeypatch):
    monkeypatch.setattr(read, "PARALLEL_FROM", 1)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    hashes = []
    for name, workers in (("a", 1), ("b", 2)):
        home = Home(tmp_path / name)
        home.ledger.workers = workers
        inside = home.space.settings.root / "diary"
        inside.mkdir()
        for day in range(1, 9):
            (inside / f"1939-03-0{day}.md").write_text(f"Saw Mr. Butler, {day} o'clock.\n", encoding="utf-8")
        home.take(inside)
        hashes.append(home.ledger.hashes())
        home.space.close()
    assert hashes[0] == hashes[1]
