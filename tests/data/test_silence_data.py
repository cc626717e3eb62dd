"""Silence foretold on public contact logs, as `bench/silence.py` measures it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.data
ROOT = Path(__file__).resolve().parents[2]
PEERS = ("recency", "frequency", "overdue")


@pytest.mark.parametrize(
    ("name", "goal"), [("CollegeMsg.txt.gz", 0.83), ("email-Eu-core-temporal.txt.gz", 0.84)]
)
def test_the_goals_hold_on_active_ties(data_dir: Path, name: str, goal: float) -> None:
    file = data_dir / "contact-logs" / name
    if not file.is_file():
        pytest.skip(f"{file} is not there")
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "silence.py"), str(file), "--json"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    found = {f["population"]: f for f in json.loads(done.stdout)}
    assert set(found) == {"all", "active", "strong"}
    assert found["active"]["model"]["auc"] >= goal
    for figures in found.values():
        assert figures["model"]["auc"] >= 0.82
        assert figures["model"]["auc_all_ties"] >= 0.82
        assert figures["model"]["ece"] <= 0.03
    for population in ("all", "active"):
        model = found[population]["model"]["auc"]
        assert all(model > found[population][peer]["auc"] for peer in PEERS)
