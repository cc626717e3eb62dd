"""The receipt of an import: all input is accounted for, in files and in items."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal

from legation.facts.problem import Problem

Status = Literal["read", "unchanged", "changed", "gone", "skipped", "problem"]
STATUSES: tuple[Status, ...] = ("read", "unchanged", "changed", "gone", "skipped", "problem")
#: Version of the JSON form (docs/formats/receipt.md).
VERSION = 1


@dataclass(slots=True)
class ItemReceipt:
    """What became of one item: an entry, paper, card, event, message or row."""

    item: str
    path: str
    part: str
    kind: str
    status: Status
    problems: tuple[Problem, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the item's line of the receipt."""
        return {
            "item": self.item,
            "path": self.path,
            "part": self.part,
            "kind": self.kind,
            "status": self.status,
            "problems": [problem_json(p) for p in self.problems],
        }


@dataclass(slots=True)
class FileReceipt:
    """What became of one file."""

    path: str
    status: Status
    reason: str = ""
    items: list[ItemReceipt] = field(default_factory=list)
    problems: tuple[Problem, ...] = ()

    def settle(self) -> None:
        """Set the file's status from those of its items, where it has any."""
        found = {i.status for i in self.items}
        if not found or self.status in ("skipped", "problem"):
            return
        if found == {"problem"}:
            self.status = "problem"
        elif found == {"gone"}:
            self.status = "gone"
        elif found <= {"unchanged", "problem"}:
            self.status = "unchanged"
        elif self.status == "changed" or found & {"changed", "gone", "unchanged"}:
            self.status = "changed"
        else:
            self.status = "read"


@dataclass(slots=True)
class Receipt:
    """Every file and item of one import; totals add up to what was found."""

    files: list[FileReceipt] = field(default_factory=list)

    def totals(self) -> tuple[Counter[str], Counter[str]]:
        """Return (files by status, items by status)."""
        files = Counter(f.status for f in self.files)
        items = Counter(i.status for f in self.files for i in f.items)
        return Counter({s: files[s] for s in STATUSES}), Counter({s: items[s] for s in STATUSES})

    def to_json(self) -> dict[str, Any]:
        """Return the receipt: totals, one object a file, one object an item."""
        files, items = self.totals()
        return {
            "version": VERSION,
            "totals": {"files": dict(files), "items": dict(items)},
            "files": [
                {
                    "path": f.path,
                    "status": f.status,
                    "reason": f.reason,
                    "items": len(f.items),
                    "problems": [problem_json(p) for p in f.problems],
                }
                for f in self.files
            ],
            "items": [i.to_json() for f in self.files for i in f.items],
        }


def problem_json(problem: Problem) -> dict[str, Any]:
    """Return a problem as plain values; places are None where they are not known."""
    return {
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "start": problem.start if problem.start >= 0 else None,
        "end": problem.end if problem.end >= 0 else None,
        "line": problem.line or None,
        "fatal": problem.fatal,
    }
