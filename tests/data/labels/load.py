"""Puts the labels of this folder and the texts of the data folder together again (see README.md).

`load_labels(data, split="dev")` gives the documents in the shape of the gold, text and all. Run as a script with the
data folder's path, it checks every text and prints what there is.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Doc = dict[str, Any]
HERE = Path(__file__).parent
KINDS = ("mentions", "encounters", "statements", "introductions", "promises", "occasions", "dates")
BEST = {"name": 0, "office": 1, "kin": 2}


class LabelsError(Exception):
    """A labelled text is missing, or is not the one that was labelled."""


def load_labels(data: Path, *, split: str | None = None, of: str = "*", task: str | None = None) -> list[Doc]:
    """Return the labelled documents of a split ("dev", "held" or both), of one file or of all.

    `task` leaves out documents in which that kind of label was not made; without it, `tasks` says what was.
    """
    rows = (row for path in sorted(HERE.glob(f"{of}.jsonl")) for row in read_rows(path))
    wanted = (row for row in rows if split in {None, row["split"]} and task in {None, *tasks_of(row)})
    return [rebuild(row, read_text(data, row)) for row in wanted]


def tasks_of(row: Doc) -> list[str]:
    """Return the kinds of label that were made in a document: all of them, unless the row says less."""
    tasks: list[str] = row.get("tasks", list(KINDS))
    return tasks


def read_rows(path: Path) -> Iterator[Doc]:
    """Read the labels of one file, which have no text yet."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def read_text(data: Path, row: Doc) -> str:
    """Read the text that a row labels; offsets count code points after the byte order mark."""
    path: Path = data / row["doc"]
    if not path.is_file():
        raise LabelsError(f"{path} is labelled, but is not there")
    text = path.read_text(encoding="utf-8-sig")
    if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
        raise LabelsError(f"{path} is not the text that was labelled")
    return text


def rebuild(row: Doc, text: str) -> Doc:
    """Give a row its text, its people their names and its encounters their places."""
    doc = {kind: [] for kind in KINDS} | {key: value for key, value in row.items() if key != "sha256"}
    doc["tasks"] = tasks_of(row)
    doc["text"] = text
    doc["people"] = {person: name_of(person, row, text) for person in row["people"]}
    doc["encounters"] = [
        {**met, "place": text[slice(*met["place"])] if met["place"] else None} for met in row["encounters"]
    ]
    return doc


def name_of(person: str, row: Doc, text: str) -> str:
    """Return the best of what the text calls somebody: the longest name, else office, else kin."""
    called = [
        (BEST[mention["kind"]], mention["start"] - mention["end"], mention["start"], mention["end"])
        for mention in row["mentions"]
        if mention["person"] == person
    ]
    if called:
        _, _, start, end = min(called)
        return text[start:end]
    return "the author" if person == row["author"] else person


def main(data: Path) -> None:
    """Check every text, and print how many labels of each kind there are."""
    for path in sorted(HERE.glob("*.jsonl")):
        for split in ("dev", "held"):
            docs = load_labels(data, split=split, of=path.stem)
            counts = Counter({kind: sum(len(doc[kind]) for doc in docs) for kind in ("people", *KINDS)})
            labels = ", ".join(f"{kind} {n}" for kind, n in counts.items())
            print(path.stem, split, len(docs), "documents:", labels)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
