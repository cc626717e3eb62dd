"""What `legation evaluate` says of the open sets: floors a little under the measured, task by task."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from legation.desk.cli.commands.reading import file_json
from legation.workspace.evaluate.run import Options, evaluate

pytestmark = pytest.mark.data

#: The lowest that a figure of `gold_open`, each text read alone, may fall to.
FLOORS = {
    "names": {"overlap_f1": 0.93, "overlap_precision": 0.94, "certain_precision": 0.96},
    "encounters": {
        "found_f1": 0.75,
        "exact_set": 0.72,
        "unasked_precision": 0.88,
        "settled_precision": 0.9,
        "beside_author_f1": 0.7,
    },
    "statements": {"speaker": 0.9, "coverage": 0.68, "unasked_speaker": 0.94, "settled_speaker": 0.94},
    "dates": {"right_f1": 0.95},
    "promises": {"found_f1": 0.8, "unasked_precision": 0.85},
    "linking": {"pairs_precision": 0.99},
}


@cache
def run(paths: tuple[Path, ...], tasks: frozenset[str], book: Path | None = None) -> dict[str, Any]:
    """Return the figures of the tasks of some files, all files together."""
    found = evaluate(paths, Options(only=tasks, book=book), lambda file: file_json(file, by_card=False))
    return {task: rows["figures"] for task, rows in found.value["tasks"].items()}


def figures(path: Path, task: str) -> dict[str, Any]:
    """Return the values of a task's figures."""
    return {name: figure["value"] for name, figure in run((path,), frozenset({task}))[task].items()}


@pytest.mark.parametrize(
    ("task", "figure", "floor"), [(t, f, n) for t, rows in FLOORS.items() for f, n in rows.items()]
)
def test_days_and_papers_read_alone(data_dir: Path, task: str, figure: str, floor: float) -> None:
    found = run((data_dir / "reading" / "gold_open.jsonl",), frozenset(FLOORS))
    assert found[task][figure]["value"] >= floor


def test_names_of_people_left_out_over_all_linked_sets(data_dir: Path) -> None:
    folder = data_dir / "reading"
    paths = tuple(folder / f"{name}.jsonl" for name in ("gold_open", "linked_open", "seeds_open"))
    left = run(paths, frozenset({"left_out"}), folder / "book_seeds.json")["left_out"]
    assert left["wrong_of_left_out"]["of"] >= 750
    assert left["wrong_of_left_out"]["value"] <= 0.0025
    assert left["links_right"]["value"] >= 0.999


def test_people_held_for_one_over_all_papers(data_dir: Path) -> None:
    options = Options((data_dir / "frus-1961-63v05",), only=frozenset({"across"}))
    path = data_dir / "reading" / "gold_open.jsonl"
    found = evaluate([path], options, lambda file: file_json(file, by_card=False)).value
    across = found["tasks"]["across"]["figures"]
    assert across["precision"]["of"] >= 60
    assert across["precision"]["value"] >= 0.97
    assert across["recall"]["value"] >= 0.03


def test_speakers_of_novels(data_dir: Path) -> None:
    found = figures(data_dir / "reading" / "speakers_open.jsonl", "speakers")
    assert found["unasked_by_majority"] >= 0.9
    assert found["unasked_coverage"] >= 0.4
    assert found["unverifiable"] <= 0.05


def test_talks_without_a_list(data_dir: Path) -> None:
    found = figures(data_dir / "reading" / "participants_open.jsonl", "participants")
    assert found["body_f1"] >= 0.85
    assert found["body_precision"] >= 0.92
    assert found["body_unasked_precision"] >= 0.95
    assert found["surnames_f1"] >= 0.98
