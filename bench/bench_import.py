"""Imports a decade of diary: entries and MB a second, memory; then one changed entry, and an answer."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import measure


def main() -> None:
    measure.prepare()
    with tempfile.TemporaryDirectory(prefix="legation-bench-") as name:
        work = Path(name)
        diary, what = measure.find_diary(work)
        files, size = measure.folder_size(diary)
        measure.run(["init", str(work / "w"), "--owner", "The Author"])
        whole = measure.run(["import", "-w", str(work / "w"), str(diary), "--json"], watch=True)
        items = json.loads(whole.out)["totals"]["items"]
        print(f"{what}: {files} files, {size / 1e6:.1f} MB; items: { {k: n for k, n in items.items() if n} }")
        print(
            f"import: {whole.seconds:.1f} s, {sum(items.values()) / whole.seconds:.0f} entries/s,"
            f" {size / 1e6 / whole.seconds:.2f} MB/s, at most {whole.peak_mb:.0f} MB with its children"
        )
        again = measure.run(["import", "-w", str(work / "w"), str(diary), "--json"], watch=True)
        print(f"again, nothing changed: {again.seconds:.1f} s, at most {again.peak_mb:.0f} MB")
        measure_steps(work, diary)


def measure_steps(work: Path, diary: Path) -> None:
    """Measure what is done to an open ledger."""
    from legation.workspace.open import open_workspace  # noqa: PLC0415 - found after `prepare`

    space = timed("open", lambda: open_workspace(work / "w"))
    folder = work / "later"
    folder.mkdir()
    entry = folder / "1670-01-01.md"
    entry.write_text(min(diary.rglob("*-06-10.md")).read_text(encoding="utf-8"), encoding="utf-8")
    timed("one new entry", lambda: space.ledger.import_paths([entry]))
    with entry.open("a", encoding="utf-8") as stream:
        stream.write("\nThen to dinner with Mr. Coventry and Captain Brandywine.\n")
    timed("one changed entry", lambda: space.ledger.import_paths([entry]))
    with space.ledger.store.looking() as tx:
        questions = tx.load("questions", kind="who", state="open", order=("-weight", "question"), limit=41)
    for place in (0, 1, 10, 40):
        if place < len(questions):
            question = questions[place]
            key = json.loads(question["options"])[0][0]
            label = f"the answer to question {place + 1} ({question['weight']} mentions)"
            timed(label, lambda q=question["question"], k=key: space.judge.answer(q, k))
            timed("  its undo", space.judge.undo)
    shutil.rmtree(folder)
    timed("verify", space.ledger.verify)
    found = timed("rebuild --check", space.ledger.check)
    print("incremental equals rebuilt" if not found else f"DIFFERENT: {found[0]}")
    space.close()


def timed(label: str, call: Callable[[], Any]) -> Any:
    begun = time.perf_counter()
    result = call()
    print(f"{label}: {time.perf_counter() - begun:.2f} s", flush=True)
    return result


if __name__ == "__main__":
    main()
