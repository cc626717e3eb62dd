"""What the benchmarks share: the machine's name, the corpora, time and memory of a command."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEGATION = [sys.executable, "-m", "legation"]


def machine() -> str:
    """Return cores, memory, system and Python of this machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    try:
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        system = platform.platform()
    load = os.getloadavg()[0]
    return (
        f"{cores} cores, {memory:.0f} GB, {system}, Python {platform.python_version()}"
        f" (load {load:.1f} at the start)"
    )


def corpus() -> Path | None:
    """Return the data folder (LEGATION_DATA, else ../shared/data), or None."""
    named = os.environ.get("LEGATION_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    return folder if folder.is_dir() else None


def find_diary(work: Path) -> tuple[Path, str]:
    """Return the decade of Pepys' diary where there is one, else a generated one, and its name."""
    data = corpus()
    if data is not None and (data / "diary-pepys").is_dir():
        return data / "diary-pepys", "Pepys 1660-69"
    from made import write_diary  # noqa: PLC0415 - beside this script

    write_diary(work / "made", 3400, sentences=16)
    return work / "made", "a generated diary"


def environment() -> dict[str, str]:
    """Return the environment in which `python -m legation` runs from this checkout."""
    path = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH", ""))))
    return {**os.environ, "PYTHONPATH": path, "NO_COLOR": "1"}


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: seconds, most memory of it and its children at once (MB), its output."""

    seconds: float
    peak_mb: float
    out: str


def run(arguments: list[str], *, watch: bool = False) -> Run:
    """Run `legation` with arguments, to its end.

    Raises:
        CalledProcessError: it failed.
    """
    begun = time.perf_counter()
    with subprocess.Popen(
        [*LEGATION, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env=environment(),
    ) as process:  # fmt: skip
        watcher = Watcher(process.pid) if watch else None
        out, _ = process.communicate()
    took = time.perf_counter() - begun
    peak = watcher.stop() if watcher else 0.0
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    return Run(took, peak, out)


class Watcher:
    """Looks ten times a second at the memory of a process and all below it (Linux only)."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.peak = 0.0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def stop(self) -> float:
        """Return the most memory seen, in MB of resident pages (shared ones count in each process)."""
        self.over.set()
        self.thread.join()
        return self.peak

    def _look(self) -> None:
        while not self.over.wait(0.1):
            self.peak = max(self.peak, resident_mb(self.pid))


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process and of all its descendants."""
    below: dict[int, list[int]] = defaultdict(list)
    pages: dict[int, int] = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            after = (place / "stat").read_text().rpartition(")")[2].split()
            below[int(after[1])].append(int(place.name))
            pages[int(place.name)] = int(after[21])
        except (OSError, IndexError):
            continue
    total, stack = 0, [pid]
    while stack:
        one = stack.pop()
        total += pages.get(one, 0)
        stack += below[one]
    return total * os.sysconf("SC_PAGE_SIZE") / 1e6


def find_checkout() -> None:
    """Let the library be imported from this checkout."""
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench")]


def prepare() -> None:
    """Let the library be imported from this checkout, and say what machine this is."""
    find_checkout()
    print(machine(), flush=True)


def folder_size(folder: Path) -> tuple[int, int]:
    """Return (files, bytes) of a folder."""
    sizes = [p.stat().st_size for p in folder.rglob("*") if p.is_file()]
    return len(sizes), sum(sizes)
