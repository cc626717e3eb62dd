"""Holds what `legation read` says of the labelled texts to floors, each text read alone."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def score() -> ModuleType:
    path = Path(__file__).with_name("score_gold.py")
    spec = importlib.util.spec_from_file_location("score_gold", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_gold"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "floor"), [("gold_open", 0.90), ("linked_open", 0.93), ("seeds_open", 0.93)]
)
def test_names_read_alone(score: ModuleType, data_dir: Path, name: str, floor: float) -> None:
    found = score.score_docs(score.load_docs(data_dir, name), score.alone)
    print(name, {k: str(v) for k, v in found.items()})
    assert found["names"].f1 >= floor


def test_dates_read_alone(score: ModuleType, data_dir: Path) -> None:
    assert score.score_docs(score.load_docs(data_dir, "gold_open"), score.alone)["dates"].f1 >= 0.92
