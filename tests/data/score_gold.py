"""Scores what `legation read` says of the labelled texts, in process and by the command's own path.

Run as a script it prints a table: overlap F1 of names, role mentions and encounters, and exact
dates, each text read alone. `test_gold.py` holds the names to their floors.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from legation.desk.cli.commands.reading import file_json
from legation.workspace.reading import ReadFile, read_alone, read_within

Doc = dict[str, Any]
Reader = Callable[[Path, str, str], ReadFile]
SETS = ("gold_open", "linked_open", "seeds_open")


@dataclass(frozen=True, slots=True)
class Score:
    """Hits, proposals and labels."""

    hits: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.hits + other.hits, self.found + other.found, self.wanted + other.wanted)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hits / max(1, self.found + self.wanted)

    def __str__(self) -> str:
        precision, recall = self.hits / max(1, self.found), self.hits / max(1, self.wanted)
        return f"p {precision:.3f} r {recall:.3f} F1 {self.f1:.3f} ({self.wanted})"


def load_docs(data: Path, name: str) -> list[Doc]:
    """Load a labelled set."""
    lines = (data / "reading" / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def overlap(found: Iterable[tuple[int, int]], wanted: Iterable[tuple[int, int]]) -> Score:
    """Match spans that overlap one to one, in order."""
    gold = sorted(wanted)
    used: set[int] = set()
    hits = total = 0
    for start, end in sorted(found):
        total += 1
        for n, (a, b) in enumerate(gold):
            if n not in used and start < b and a < end:
                used.add(n)
                hits += 1
                break
    return Score(hits, total, len(gold))


def read_doc(doc: Doc, folder: Path, reader: Reader) -> Doc:
    """Read the text of a labelled document from a file of its own; its parts are put together."""
    path = folder / (doc["doc"].replace("/", "-").removesuffix(".txt") + ".txt")
    path.write_text(doc["text"], encoding="utf-8", newline="")
    author = str(doc["people"].get(doc["author"], "")) if doc["author"] else ""
    value = file_json(reader(path, doc["written_on"] or "", author), by_card=False)
    if "documents" not in value:
        return value
    whole: Doc = {"text": doc["text"], "people": {}, "mentions": [], "encounters": [], "dates": []}
    for part in value["documents"]:
        at = part["offset_in_file"]
        whole["people"] |= part["people"]
        for key in ("mentions", "dates"):
            whole[key] += [m | {"start": m["start"] + at, "end": m["end"] + at} for m in part[key]]
        whole["encounters"] += [
            e | {"span": [e["span"][0] + at, e["span"][1] + at]} for e in part["encounters"]
        ]
    return whole


def spans(mentions: Sequence[Doc], *kinds: str) -> list[tuple[int, int]]:
    """Return the ranges of mentions of some kinds."""
    return [(m["start"], m["end"]) for m in mentions if m["kind"] in kinds]


def score_docs(docs: Sequence[Doc], reader: Reader) -> dict[str, Score]:
    """Score names, roles, encounters (by span), and dates (by span and value)."""
    total = {"names": Score(), "roles": Score(), "encounters": Score(), "unasked": Score(), "dates": Score()}
    with tempfile.TemporaryDirectory(prefix="legation-score-") as place:
        for doc in docs:
            read = read_doc(doc, Path(place), reader)
            tasks = doc.get("tasks") or ["mentions", "encounters", "dates"]
            total["names"] += overlap(spans(read["mentions"], "name"), spans(doc["mentions"], "name"))
            total["roles"] += overlap(
                spans(read["mentions"], "office", "kin"), spans(doc["mentions"], "office", "kin")
            )
            if "encounters" in tasks:
                gold = [tuple(e["span"]) for e in doc["encounters"]]
                total["encounters"] += overlap([tuple(e["span"]) for e in read["encounters"]], gold)
                sure = [tuple(e["span"]) for e in read["encounters"] if e["state"] == "read"]
                total["unasked"] += overlap(sure, gold)
            if "dates" in tasks:
                mine = {(d["start"], d["value"]) for d in read["dates"]}
                theirs = {(d["start"], d["value"]) for d in doc["dates"]}
                total["dates"] += Score(len(mine & theirs), len(mine), len(theirs))
    return total


def alone(path: Path, written_on: str, author: str) -> ReadFile:
    """Read a file by itself."""
    return read_alone(path, written_on=written_on, author=author)


def within(root: Path) -> Reader:
    """Return a reader that has a workspace's register."""

    def reader(path: Path, written_on: str, author: str) -> ReadFile:
        return read_within(root, path, written_on=written_on, author=author)

    return reader


def main(data: Path, workspace: Path | None) -> None:
    """Print the table; with a workspace also what its register adds on the gold texts."""
    for name in SETS:
        docs = load_docs(data, name)
        groups = {name: docs}
        if name == "gold_open":
            groups["gold Pepys"] = [d for d in docs if d["doc"].startswith("pepys")]
            groups["gold FRUS"] = [d for d in docs if not d["doc"].startswith("pepys")]
        for label, chosen in groups.items():
            start = time.perf_counter()
            scores = score_docs(chosen, alone)
            print(f"alone {label:12} {time.perf_counter() - start:5.1f} s")
            for what, score in scores.items():
                if score.wanted:
                    print(f"   {what:11} {score}")
            if workspace is not None and label != name:
                for what, score in score_docs(chosen, within(workspace)).items():
                    print(f"   {what:11} {score}   within the workspace")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
