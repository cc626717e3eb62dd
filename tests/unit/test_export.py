"""Everything out in open formats, and in again to the same hashes."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest

from legation.facts.errors import IntegrityError, UsageError
from legation.ledger.export import export_ledger, load_manifest, restore_ledger, safe_path

sys.path.insert(0, str(Path(__file__).parent))
from ledger_home import Home

CARD = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Edward Halifax\r\nUID:u-1\r\nNOTE:One\\, two\r\nEND:VCARD\r\n"


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path)
    made.write(
        "1939-03-08.md",
        b"\xef\xbb\xbfDined with Lord Halifax\r\nand Mr. Butler at the Savoy. \xe2\x80\xa8Wilson too.\r\n",
    )
    made.write("diary.md", "# 1939-03-09\n\nSaw Lord Halifax and Mr. Butler.\n\n# 1939-03-10\n\nRain.\n")
    made.write("book.vcf", CARD)
    made.take()
    made.judge.answer(made.rows("questions", kind="who")[0]["question"], "n", "Horace Wilson")
    made.judge.undo()
    made.judge.reject(made.rows("mentions", "mention")[0]["mention"])
    yield made
    made.space.close()


@pytest.fixture
def out(home, tmp_path):
    export_ledger(home.ledger, tmp_path / "out")
    return tmp_path / "out"


def restored(tmp_path: Path, out: Path) -> Home:
    (tmp_path / "again").mkdir()
    made = Home(tmp_path / "again")
    restore_ledger(made.ledger, out)
    return made


def test_documents_and_files_are_byte_for_byte(home, out):
    with home.ledger.store.looking() as tx:
        for row in tx.load("documents"):
            assert (out / "documents" / row["document"][:2] / row["document"]).read_bytes() == row["bytes"]
    for path in home.files.rglob("*.*"):
        (copy,) = (out / "files").rglob(path.name)
        assert copy.read_bytes() == path.read_bytes()


def test_it_is_restored_to_the_same_hashes(home, out, tmp_path):
    again = restored(tmp_path, out)
    assert again.ledger.hashes() == home.ledger.hashes()
    again.sound()
    again.space.close()


def test_what_is_restored_can_be_undone_and_imported_again(home, out, tmp_path):
    again = restored(tmp_path, out)
    again.judge.undo()
    home.judge.undo()
    assert again.ledger.hashes() == home.ledger.hashes()
    assert set(again.items(again.take(home.files))) == {"unchanged"}
    again.space.close()


def test_restoring_twice_changes_nothing(home, out, tmp_path):
    again = restored(tmp_path, out)
    assert restore_ledger(again.ledger, out) == home.ledger.hashes()
    again.space.close()


def test_a_second_ledger_is_joined_by_union(home, out, tmp_path):
    (tmp_path / "other").mkdir()
    other = Home(tmp_path / "other")
    other.write("1939-04-01.md", "Lord Halifax called.\n")
    other.take()
    restore_ledger(other.ledger, out)
    assert len(other.rows("items")) == len(home.rows("items")) + 1
    other.sound()
    other.space.close()


def test_tables_are_json_lines_and_csv(home, out):
    for path in (out / "derived").iterdir():
        lines = path.read_text(encoding="utf-8").split("\n")[:-1]
        assert len(lines) == len(home.rows(path.stem))
        assert all(isinstance(json.loads(line), dict) for line in lines)
    with (out / "encounters.csv").open(encoding="utf-8", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == len(home.rows("encounters"))
    assert "FN:Edward Halifax" in (out / "people.vcf").read_text(encoding="utf-8")
    assert (out / "workspace" / "legation.toml").is_file()


@pytest.mark.parametrize("part", ["documents", "arrivals.jsonl", "judgements.jsonl"])
def test_a_damaged_export_is_refused_and_nothing_is_changed(home, out, tmp_path, part):
    path = out / part
    if path.is_dir():
        path = next(p for p in path.rglob("*") if p.is_file())
        path.write_bytes(path.read_bytes() + b" ")
    else:
        path.write_text(
            path.read_text(encoding="utf-8").replace("1939", "1940").replace("nobody", "somebody"),
            encoding="utf-8",
        )
    (tmp_path / "again").mkdir()
    again = Home(tmp_path / "again")
    before = again.ledger.hashes()
    with pytest.raises(IntegrityError):
        restore_ledger(again.ledger, out)
    assert again.ledger.hashes() == before
    again.space.close()


def test_a_missing_line_is_noticed(home, out, tmp_path):
    # Not splitlines(): it also cuts at U+2028.
    lines = (out / "judgements.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    (out / "judgements.jsonl").write_text("".join(line + "\n" for line in lines[:-1]), encoding="utf-8")
    with pytest.raises(IntegrityError, match="not the one"):
        restored(tmp_path, out)


def test_no_export_there(home, tmp_path):
    with pytest.raises(UsageError, match="no export"):
        load_manifest(tmp_path)
    (tmp_path / "manifest.json").write_text('{"version": 99}', encoding="utf-8")
    with pytest.raises(UsageError, match="newer"):
        load_manifest(tmp_path)


def test_it_does_not_write_into_a_full_folder(home, tmp_path):
    with pytest.raises(UsageError, match="not empty"):
        export_ledger(home.ledger, home.files)


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "/etc/passwd", "a/../../b", "..", "", "a\\..\\b", "C:\\x", "a\x00b"]
)
def test_no_path_leads_out(path):
    safe = safe_path(path)
    assert not safe.is_absolute()
    assert ".." not in safe.parts
    assert safe.parts
    assert "\x00" not in str(safe)
