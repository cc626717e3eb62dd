"""A decade by four processes, by one, and year by year in any order: the same derived tables."""

from __future__ import annotations

import random

import pytest

import legation.ledger.read
from legation.workspace.open import init_workspace, open_workspace

pytestmark = pytest.mark.data


def make(root, workers):
    init_workspace(root, "Samuel Pepys")
    return open_workspace(root, workers=workers)


def test_the_decade(data_dir, tmp_path, monkeypatch):
    diary = data_dir / "diary-pepys"
    space = make(tmp_path / "once", 4)
    receipt = space.ledger.import_paths([diary])
    files, _ = receipt.totals()
    assert files["read"] == files.total() == 3417
    assert space.ledger.verify() == []
    with space.ledger.store.looking() as tx:
        assert tx.count("mentions") > 10_000
        read = {
            r["reading"]: (r["reading"], r["rendition"], r["data"], r["text"]) for r in tx.load("readings")
        }
    # The copy that it is compared with is read and derived anew, by one process.
    space.ledger.workers = 1
    assert space.ledger.check() == []
    hashes = space.ledger.hashes()
    space.close()

    # A reading knows nothing of other entries: what was read once need not be read again here.
    monkeypatch.setattr(legation.ledger.read, "read_job", lambda job: read[job[0]])
    years = sorted(p for p in diary.iterdir() if p.is_dir())
    random.Random(1660).shuffle(years)
    space = make(tmp_path / "years", 1)
    for year in years:
        space.ledger.import_paths([year])
    assert space.ledger.hashes() == hashes
    space.close()
