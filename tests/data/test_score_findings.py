"""Holds promises, introductions and occasions to floors on the labelled texts, each text read alone."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def score() -> ModuleType:
    path = Path(__file__).with_name("score_findings.py")
    spec = importlib.util.spec_from_file_location("score_findings", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_findings"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def scores(score: ModuleType, data_dir: Path) -> Any:
    return score.score_all(data_dir)


def total(score: ModuleType, scores: Any, kind: str, *sets: str) -> Any:
    return sum((scores[name][kind] for name in sets), score.Tally())


@pytest.mark.parametrize(
    ("kind", "dev", "held_out"),
    [("promise", 0.78, 0.78), ("introduction", 0.70, 0.50), ("occasion", 0.74, 0.74)],
)
def test_found_on_the_cases(score: ModuleType, scores: Any, kind: str, dev: float, held_out: float) -> None:
    print(*score.lines(scores), sep="\n")
    assert scores["dev"][kind].f1 >= dev
    assert scores["held-out"][kind].f1 >= held_out


@pytest.mark.parametrize(("kind", "floor"), [("promise", 0.78), ("introduction", 0.60), ("occasion", 0.55)])
def test_found_on_the_open_gold(score: ModuleType, scores: Any, kind: str, floor: float) -> None:
    assert total(score, scores, kind, "gold A", "gold B").f1 >= floor


def test_introductions_and_promises_of_the_seeds_are_found(scores: Any) -> None:
    assert scores["seeds"]["introduction"].recall >= 0.75
    assert scores["seeds"]["promise"].recall >= 0.6


@pytest.mark.parametrize(("kind", "floor"), [("promise", 0.88), ("introduction", 0.75), ("occasion", 0.88)])
def test_what_enters_unasked_is_right(score: ModuleType, scores: Any, kind: str, floor: float) -> None:
    every = total(score, scores, kind, *score.SETS)
    assert every.sure_precision >= floor, every.line()


def test_there_are_enough_cases_and_no_words_among_them(score: ModuleType) -> None:
    text = score.CASES.read_text(encoding="utf-8")
    rows = [f for line in text.splitlines() for f in json.loads(line)["findings"] if "doubtful" not in f]
    kinds = [f["kind"] for f in rows]
    assert kinds.count("promise") + kinds.count("introduction") >= 60
    assert kinds.count("occasion") >= 60
    for row in rows:
        said = {k: v for k, v in row.items() if k not in ("kind", "what", "status", "on")}
        assert not [v for v in said.values() if isinstance(v, str) and v != "author"]
