"""Derived tables are the same by one process and by several, and after any order of import."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

import legation.ledger.read
from legation.workspace.open import open_workspace

sys.path.insert(0, str(Path(__file__).parent))
from test_derivation import CARDS, SENTENCES, World, card_text

ENTRIES = 40


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A diary, papers and cards, made by a fixed chance."""
    chance = random.Random(1939)
    world = World(tmp_path_factory.mktemp("made"), "made")
    for number in range(ENTRIES):
        world.write_entry(number, chance.choices(range(len(SENTENCES)), k=chance.randint(1, 5)))
    for number in range(3):
        head = (
            "MEMORANDUM OF CONVERSATION\n\nLondon, March 3, 1939.\n\nPARTICIPANTS\nMr. Eden\nR. A. Butler\n\n"
        )
        text = head + " ".join(chance.choices(SENTENCES, k=4)) + "\n"
        (world.files / "papers" / f"p{number}.txt").write_text(text, encoding="utf-8")
    for number in range(len(CARDS)):
        path = world.files / "book" / f"{number}.vcf"
        path.write_text(card_text(number), encoding="utf-8", newline="")
    world.space.close()
    return world.files


@pytest.fixture(scope="module")
def once(files, tmp_path_factory):
    """The hashes after one import by one process."""
    world = World(tmp_path_factory.mktemp("once"), "once", files)
    world.ledger.import_paths([world.files])
    assert world.ledger.verify() == []
    assert len(world.rows("mentions")) > ENTRIES
    yield world.ledger.hashes()
    world.space.close()


def test_several_processes_make_what_one_makes(files, once, tmp_path, monkeypatch):
    monkeypatch.setattr(legation.ledger.read, "PARALLEL_FROM", 1)
    monkeypatch.setattr(legation.ledger.read, "BATCH", 16)
    world = World(tmp_path, "many", files)
    world.space.close()
    space = open_workspace(tmp_path / "many", workers=3)
    space.ledger.import_paths([world.files])
    assert space.ledger.hashes() == once
    space.close()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_order_makes_the_same(files, once, tmp_path, seed):
    chance = random.Random(seed)
    world = World(tmp_path, "pieces", files)
    paths = sorted(p for p in world.files.rglob("*") if p.is_file())
    chance.shuffle(paths)
    while paths:
        count = chance.randint(1, 20)
        world.ledger.import_paths(paths[:count])
        paths = paths[count:]
    assert world.ledger.hashes() == once
    world.space.close()
