"""Who is who on labelled texts: no wrong link in silence with each person left out in turn."""

from __future__ import annotations

from pathlib import Path

import pytest
from score_gold import figures, score_set

pytestmark = pytest.mark.data


def test_seeds_with_each_person_left_out(data_dir: Path) -> None:
    found = score_set(data_dir, "seeds_open", "left_out", book=data_dir / "reading" / "book_seeds.json")
    left = figures(found, "left_out")
    assert left["wrong_in_silence"] == left["wrong_of_left_out"] == left["wrong_whole_book"] == 0, (
        found.errors[:5]
    )
    assert left["linked_whole_book"] >= 0.97
    assert left["asked"] <= 0.02


@pytest.mark.parametrize("name", ["linked_open", "gold_open"])
def test_papers_and_days_with_each_person_left_out(data_dir: Path, name: str) -> None:
    found = score_set(data_dir, name, "left_out")
    left = figures(found, "left_out")
    assert left["wrong_in_silence"] == left["wrong_of_left_out"] == left["wrong_whole_book"] == 0, (
        found.errors[:5]
    )


def test_people_made_known_by_the_text_are_one_person_each(data_dir: Path) -> None:
    found = score_set(data_dir, "gold_open", "linking")
    pairs = figures(found, "linking")
    assert pairs["pairs_precision"] >= 0.995, found.errors[:5]
    assert pairs["pairs_recall"] >= 0.3
