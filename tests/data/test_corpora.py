"""The real texts through the real import: everything accounted for, every fact on its own words."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from legation.workspace.open import init_workspace, open_workspace

pytestmark = pytest.mark.data
CITED = (
    ("people", "citation"), ("person_facts", "citation"), ("events", "citation"), ("occasions", "citation"),
    ("questions", "citations"),
)  # fmt: skip


def make(root, owner=""):
    init_workspace(root, owner)
    return open_workspace(root)


def statuses(receipt) -> tuple[dict[str, int], dict[str, int]]:
    files, items = receipt.totals()
    return {k: n for k, n in files.items() if n}, {k: n for k, n in items.items() if n}


def count_cited(ledger) -> Counter[str]:
    """Look at every fact: its span of its item's text is its quote. Returns how many were looked at."""
    seen: Counter[str] = Counter()
    with ledger.store.looking() as tx:
        texts = {r["item"]: r["body"] for r in tx.load("texts", columns=("item", "body"))}
        documents = {r["item"]: r["document"] for r in tx.load("items", columns=("item", "document"))}
        for table in ("mentions", "accounts"):
            for row in tx.load(table):
                assert row["quote"], row
                assert texts[row["item"]][row["start"] : row["end"]] == row["quote"], row
                seen[table] += 1
        for row in tx.load("accounts"):
            if row["place_start"] >= 0 and row["state"] != "sure":
                end = row["place_start"] + len(row["place"])
                assert texts[row["item"]][row["place_start"] : end] == row["place"], row
        for table, column in CITED:
            for row in tx.load(table, columns=(column,)):
                found = json.loads(row[column]) if row[column] else []
                for cited in found if isinstance(found, list) else [found]:
                    assert texts[cited["item"]][cited["start"] : cited["end"]] == cited["quote"]
                    assert documents[cited["item"]] == cited["document"]
                    seen[table] += 1
    return seen


@pytest.fixture(scope="module")
def year(data_dir, tmp_path_factory):
    """1660 imported, then the receipt of importing it again."""
    root = tmp_path_factory.mktemp("pepys")
    space = make(root / "work", "Samuel Pepys")
    first = space.ledger.import_paths([data_dir / "diary-pepys" / "1660"])
    yield space, first
    space.close()


def test_a_year_of_pepys_is_accounted_for(year):
    assert statuses(year[1]) == ({"read": 366}, {"read": 366})


def test_importing_it_again_changes_nothing(year, data_dir):
    space, _ = year
    before = space.ledger.hashes()
    again = space.ledger.import_paths([data_dir / "diary-pepys" / "1660"])
    assert statuses(again) == ({"unchanged": 366}, {"unchanged": 366})
    assert space.ledger.hashes() == before


def test_a_year_is_sound_and_equals_a_rebuild(year):
    space, _ = year
    assert space.ledger.verify() == []
    assert space.ledger.check() == []
    seen = count_cited(space.ledger)
    assert min(seen["mentions"], seen["accounts"], seen["people"], seen["questions"]) > 100


def test_one_year_after_the_other_equals_both_at_once(year, data_dir, tmp_path):
    space, _ = year
    diary = data_dir / "diary-pepys"
    space.ledger.import_paths([diary / "1661"])
    both = make(tmp_path / "both", "Samuel Pepys")
    both.ledger.import_paths([diary / "1661", diary / "1660"])
    hashes = both.ledger.hashes()
    both.close()
    assert space.ledger.hashes() == hashes


def test_papers_of_a_volume(data_dir, tmp_path):
    folder = data_dir / "frus-1961-63v05"
    count = sum(1 for _ in folder.glob("*.txt"))
    space = make(tmp_path / "work")
    receipt = space.ledger.import_paths([folder])
    files, items = statuses(receipt)
    assert files["read"] == count
    assert items == {"read": count}
    assert sum(files.values()) == sum(1 for p in folder.rglob("*") if p.is_file())
    assert count_cited(space.ledger)["mentions"] > 1000
    assert space.ledger.verify() == []
    assert space.ledger.check() == []
    with space.ledger.store.looking() as tx:
        assert tx.count("accounts", rule="header") >= 40
    space.close()


@pytest.mark.parametrize(("name", "count"), [("cards", 33), ("calendars", 135), ("mail", None)])
def test_folders_of_other_programs(data_dir, tmp_path, name, count):
    folder = data_dir / name
    there = sorted(p for p in folder.rglob("*") if p.is_file())
    assert count is None or len(there) == count
    space = make(tmp_path / "work")
    receipt = space.ledger.import_paths([folder])
    # A folder that is passed over as a whole (hidden, of a program) stands for its files.
    passed = [f.path for f in receipt.files if (tmp_path / f.path).is_dir()]
    named = {f.path for f in receipt.files}
    for path in there:
        assert str(path.resolve()) in named or any(str(path).startswith(p) for p in passed), path
    for file in receipt.files:
        assert file.items or file.reason or file.problems, file
    failed = [p for f in receipt.files for i in f.items for p in i.problems if p.code == "reader-failed"]
    assert failed == []
    assert space.ledger.verify() == []
    assert space.ledger.check() == []
    count_cited(space.ledger)
    before = space.ledger.hashes()
    space.ledger.import_paths([folder])
    assert space.ledger.hashes() == before
    space.close()
