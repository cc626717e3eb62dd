"""An import that is killed at any point, and run again, gives the ledger that it would have given."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from legation.workspace.open import init_workspace, open_workspace

ROOT = Path(__file__).resolve().parents[2]
CHILD = Path(__file__).with_name("import_child.py")
SMALL = 20
#: Four ledgers, each killed five times, later and later: (phase, workers).
PHASES = ("Files", "Reading", "Filing", "Names", "Who is who", "Meetings", "Encounters")
PLAN = (
    (2, ("Files", "Reading", "Reading", "Names", "Meetings")),
    (1, ("Files", "Files", "Reading", "Filing", "Who is who")),
    (1, ("Files", "Reading", "Reading", "Who is who", "Encounters")),
    (1, ("Reading", "Filing", "Names", "Meetings", "Encounters")),
)


@pytest.fixture(scope="module")
def diary(tmp_path_factory):
    sys.path.insert(0, str(ROOT / "bench"))
    try:
        from made import write_cards, write_diary
    finally:
        sys.path.remove(str(ROOT / "bench"))
    folder = tmp_path_factory.mktemp("diary")
    write_diary(folder, 240, seed=7, sentences=4, people=60)
    write_cards(folder / "book.vcf", 30, seed=7)
    return folder


def start(root: Path, diary: Path, workers: int) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen(
        [sys.executable, str(CHILD), str(root), str(diary), str(workers), str(SMALL)],
        stdout=subprocess.PIPE, text=True, env=environment, start_new_session=True,
    )  # fmt: skip


def kill_in(phase: str, chance: random.Random, root: Path, diary: Path, workers: int) -> str:
    """Start an import and kill it at some step of a phase; returns the phase it was killed in."""
    child = start(root, diary, workers)
    assert child.stdout is not None
    point, label = 0.9 * chance.random(), ""
    for line in child.stdout:
        label, done, total = line.rstrip("\n").split("\t")
        # A phase that was over before this run began does not come again: then the next will do.
        later = label not in PHASES or PHASES.index(label) > PHASES.index(phase)
        if later or (label == phase and int(done) >= point * int(total)):
            break
    time.sleep(chance.random() * 0.02)
    running = child.poll() is None
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert running, f"the import was over before it could be killed in {phase}"
    assert child.returncode == -signal.SIGKILL
    wait_for_workers(child.pid)
    return label


def wait_for_workers(group: int) -> None:
    """Nothing that a killed import started may stay behind."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("workers of a killed import are still running")


def finish(root: Path, diary: Path) -> dict[str, str]:
    """Import to the end, in steps of another size than those that were killed."""
    space = open_workspace(root, workers=1)
    try:
        space.ledger.import_paths([diary])
        assert space.ledger.verify() == []
        return space.ledger.hashes()
    finally:
        space.close()


def test_killed_twenty_times_and_run_again(tmp_path, diary):
    init_workspace(tmp_path / "whole", "Simon Holley")
    whole = finish(tmp_path / "whole", diary)
    chance = random.Random(20)
    killed = []
    for number, (workers, phases) in enumerate(PLAN):
        root = tmp_path / f"killed{number}"
        init_workspace(root, "Simon Holley")
        killed += [kill_in(phase, chance, root, diary, workers) for phase in phases]
        assert finish(root, diary) == whole
        shutil.rmtree(root)
    assert len(killed) == 20
    assert len(set(killed)) >= 5, killed
