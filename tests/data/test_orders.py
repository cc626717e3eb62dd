"""A decade by one process, by four, and year by year in any order: the same derived tables."""

from __future__ import annotations

import random

import pytest

import legation.ledger.read
from legation.workspace.open import init_workspace, open_workspace

pytestmark = pytest.mark.data


def make(root, workers):
    init_workspace(root, "Samuel Pepys")
    return open_workspace(root, workers=workers)


@pytest.fixture(scope="module")
def once(data_dir, tmp_path_factory):
    """The hashes of the decade, imported at once by one process, and what was read."""
    space = make(tmp_path_factory.mktemp("once") / "work", 1)
    space.ledger.import_paths([data_dir / "diary-pepys"])
    with space.ledger.store.looking() as tx:
        read = {
            r["reading"]: (r["reading"], r["rendition"], r["data"], r["text"]) for r in tx.load("readings")
        }
    hashes = space.ledger.hashes()
    space.close()
    return hashes, read


def test_four_processes_make_what_one_makes(once, data_dir, tmp_path):
    space = make(tmp_path / "work", 4)
    space.ledger.import_paths([data_dir / "diary-pepys"])
    assert space.ledger.hashes() == once[0]
    space.close()


def test_years_in_any_order_make_the_same(once, data_dir, tmp_path, monkeypatch):
    # A reading knows nothing of other entries: what was read once need not be read again here.
    monkeypatch.setattr(legation.ledger.read, "read_job", lambda job: once[1][job[0]])
    years = sorted(p for p in (data_dir / "diary-pepys").iterdir() if p.is_dir())
    random.Random(1660).shuffle(years)
    space = make(tmp_path / "work", 1)
    for year in years:
        space.ledger.import_paths([year])
    assert space.ledger.hashes() == once[0]
    space.close()
