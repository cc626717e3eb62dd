"""Holds what `legation read` says of the labelled texts to floors, each text read alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from score_gold import figures, score_set

pytestmark = pytest.mark.data


@pytest.mark.parametrize(
    ("name", "floor"), [("gold_open", 0.90), ("linked_open", 0.95), ("seeds_open", 0.97)]
)
def test_names_read_alone(data_dir: Path, name: str, floor: float) -> None:
    found = score_set(data_dir, name, "names")
    print(name, figures(found, "names"))
    assert figures(found, "names")["overlap_f1"] >= floor
    assert found.value["problems"] == []


def test_dates_and_roles_read_alone(data_dir: Path) -> None:
    found = score_set(data_dir, "gold_open", "dates", "roles")
    assert figures(found, "dates")["right_f1"] >= 0.92
    assert figures(found, "roles")["overlap_f1"] >= 0.82


def test_what_enters_unasked_is_right(data_dir: Path) -> None:
    found = score_set(data_dir, "gold_open", "encounters")
    assert figures(found, "encounters")["unasked_precision"] >= 0.85


def test_fiction_and_modern_english(data_dir: Path) -> None:
    found = score_set(data_dir, "mentions_dev", "names")
    groups = {g["name"]: g["tasks"]["names"]["figures"] for g in found.value["files"][0]["groups"]}
    assert groups["litbank"]["overlap_f1"]["value"] >= 0.87


@pytest.mark.parametrize("name", ["speakers_open", "companions_open", "participants_open"])
def test_every_line_of_the_open_sets_is_taken(data_dir: Path, name: str) -> None:
    only = name.partition("_")[0]
    found = score_set(data_dir, name, only, half="a")
    assert found.value["problems"] == []
    assert found.value["tasks"][only]["documents"] > 0
