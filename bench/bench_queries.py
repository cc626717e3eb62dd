"""Asks a decade of diary: whole `legation` commands, and pages of the desk over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

import measure

TIMES = 5
PAGES_TIMES = 20


def main() -> None:
    measure.prepare()
    with tempfile.TemporaryDirectory(prefix="legation-bench-") as name:
        work = Path(name)
        ready = os.environ.get("LEGATION_BENCH_WORKSPACE")
        space = Path(ready) if ready else work / "w"
        if not ready:
            diary, what = measure.find_diary(work)
            measure.run(["init", str(space), "--owner", "The Author"])
            measure.run(["import", "-w", str(space), str(diary), "--json"])
            print(f"asked of: {what}")
        who, day, entry = find_subjects(space)
        ask(["today", "--on", day], space)
        ask(["brief", who], space)
        ask(["search", "dinner", "church"], space)
        ask(["people"], space)
        ask(["encounters", "--with", who], space)
        ask(["--version"], None)
        visit(space, who, entry)


def find_subjects(space: Path) -> tuple[str, str, str]:
    """Return the name of who is met most, the day of the last entry and a long entry."""
    from legation.workspace.open import open_workspace  # noqa: PLC0415 - found after `prepare`

    opened = open_workspace(space)
    with opened.ledger.store.looking() as tx:
        counts: dict[str, int] = {}
        for row in tx.load("encounter_people", columns=("person",)):
            counts[row["person"]] = counts.get(row["person"], 0) + 1
        people = {r["person"]: r for r in tx.load("people") if r["origin"] != "self"}
        best = max((p for p in counts if p in people), key=lambda p: counts[p])
        items = tx.load("items", kind="entry", order=("written_on",))
        long = max(tx.load("texts"), key=lambda r: len(r["body"]))["item"]
    opened.close()
    return people[best]["name"], str(items[-1]["written_on"])[:10], long


def ask(arguments: list[str], space: Path | None) -> None:
    """Time a whole command, from start to end."""
    where = ["-w", str(space)] if space else []
    try:
        seconds = [measure.run([*arguments, *where]).seconds for _ in range(TIMES)]
    except subprocess.CalledProcessError as error:
        print(f"legation {' '.join(arguments)}: exit code {error.returncode}")
        return
    print(
        f"legation {' '.join(arguments)}: median of {TIMES} {statistics.median(seconds):.2f} s"
        f" (least {min(seconds):.2f}, most {max(seconds):.2f})",
        flush=True,
    )


def visit(space: Path, who: str, entry: str) -> None:
    """Time the pages of the desk that runs as a process of its own."""
    with subprocess.Popen(
        [*measure.LEGATION, "desk", "--port", "0", "-w", str(space)], stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, env=measure.environment(),
    ) as server:  # fmt: skip
        try:
            assert server.stdout is not None  # noqa: S101 - it was asked for
            address = next(w for line in server.stdout for w in line.split() if w.startswith("http://"))
            walk(address, who, entry, space)
        finally:
            server.terminate()


def walk(address: str, who: str, entry: str, space: Path) -> None:
    """Fetch each page many times over one connection."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    connection.request("GET", f"{parts.path}?{parts.query}")
    answer = connection.getresponse()
    answer.read()
    cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    person = find_person(space, who)
    paths = {
        "Today": "/", "Diary": "/diary", "an entry": f"/diary/{entry}", "Review": "/review",
        "People": "/people",
        "a person": f"/people/{person}", "Search": "/search?q=" + quote("dinner church"),
    }  # fmt: skip
    every: list[float] = []
    for name, path in paths.items():
        taken = []
        size = status = 0
        for _ in range(PAGES_TIMES):
            begun = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": cookie})
            answer = connection.getresponse()
            size, status = len(answer.read()), answer.status
            taken.append(1000 * (time.perf_counter() - begun))
        every += taken
        print(
            f"desk, {name}: median {statistics.median(taken):.0f} ms, p95 {percentile(taken, 95):.0f} ms,"
            f" {size / 1000:.0f} kB, status {status}",
            flush=True,
        )
    print(f"desk, all pages: p95 {percentile(every, 95):.0f} ms")


def find_person(space: Path, who: str) -> str:
    """Return a person's id."""
    out = measure.run(["brief", who, "--json", "-w", str(space)]).out
    found = json.loads(out)
    stack = [found]
    while stack:
        value = stack.pop()
        if isinstance(value, str) and value.startswith("p-"):
            return value
        stack += reversed(
            list(value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())
        )
    return ""


def percentile(values: list[float], share: int) -> float:
    """Return the value that a share of all values, in hundredths, does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share / 100 * len(ordered) + 0.5) - 1)]


if __name__ == "__main__":
    sys.exit(main())
