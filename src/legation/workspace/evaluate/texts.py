"""Reads labelled texts as `legation read FILE --json` reads files: alone, or within a register."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from legation.facts.clock import SystemClock
from legation.facts.errors import NotFoundError
from legation.ledger.declared import Declared
from legation.ledger.ledger import Ledger, Progress
from legation.reading.decode import decode_text
from legation.reading.tokens import fold
from legation.store.store import Store
from legation.workspace.evaluate.gold import GoldDoc
from legation.workspace.reading import SOMEBODY, ReadFile, read_in
from legation.workspace.stages import WorkspaceStages

Value = dict[str, Any]
#: Makes of a file as read the JSON of `legation read`.
Shown = Callable[[ReadFile], Value]
#: Keys of a reading whose objects have `start` and `end`, and those whose objects have a `span`.
FLAT = ("mentions", "dates")
SPANNED = ("encounters", "statements", "introductions", "promises", "occasions")
#: The rule of a mention that waits for somebody to say whether it is a name at all.
PROPOSED = "proposed"
#: Two texts are one document where this share of the shorter one's runs of words is in both.
SAME = 0.5
RUN = 6
_WORD = re.compile(r"\w+")
_UNSAFE = re.compile(r"[^\w.-]+")
_ENDING = re.compile(r"\.(?:txt|md|html?)$")


class TextReader:
    """Reads texts one by one, none of which the others know; used as `with TextReader(...)`."""

    def __init__(self, shown: Shown, register: Register | None = None, author: str = "") -> None:
        self.shown = shown
        self.register = register
        self.author = author
        self.ledger = register.ledger if register else None
        self.folder = Path(tempfile.mkdtemp(prefix="legation-evaluate-"))
        #: Why the last text could not be read, where it could not.
        self.failures: list[str] = []

    def __enter__(self) -> Self:
        """Open a ledger in memory, where no register brings one."""
        if self.ledger is None:
            store = Store(None)
            with store.writing() as tx:
                tx.set_setting("owner", SOMEBODY)
            self.ledger = Ledger(store, WorkspaceStages(), SystemClock(), self.folder)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the temporary files away."""
        if self.register is None and self.ledger is not None:
            self.ledger.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def author_of(self, doc: GoldDoc) -> str:
        """Return who says "I": as labelled, else as told for the whole run."""
        return doc.author_name or self.author

    def read_text(self, text: str, name: str, written_on: str = "", author: str = "") -> Value:
        """Return what is read of a text: one object, the parts of a text of several put together."""
        assert self.ledger is not None  # noqa: S101 - made on entering
        path = self.folder / file_name(name)
        path.write_text(text, encoding="utf-8", newline="", errors="replace")
        try:
            found = read_in(self.ledger, path, written_on, author, None, outside=self.register is not None)
        finally:
            path.unlink()
        value = part_proposed(join_parts(self.shown(found), text))
        # What is left out whole, or not to be used, is a text of which nothing was read.
        self.failures = [p["message"] for p in value.get("problems", ()) if p["fatal"]]
        if value.get("skipped"):
            self.failures.append(f"left out: {value['skipped']}")
        return value


def file_name(doc: str) -> str:
    """Return the name of a file for a document: no folders, and an ending that says it is text."""
    return (_UNSAFE.sub("-", _ENDING.sub("", doc))[-120:].lstrip(".-") or "text") + ".txt"


def part_proposed(value: Value) -> Value:
    """Return a reading without what is only proposed as a name; that is given as `proposed`.

    Until somebody has said that it names a person, it is a question and no mention.
    """
    read = [m for m in value["mentions"] if m["rule"] != PROPOSED]
    return value | {"mentions": read, "proposed": [m for m in value["mentions"] if m["rule"] == PROPOSED]}


def join_parts(value: Value, text: str) -> Value:
    """Return a reading as one object whose spans point into the whole text."""
    if "documents" not in value:
        return value
    whole: Value = {"text": text, "author": None, "written_on": None, "header": None, "people": {}}
    whole |= {key: [] for key in (*FLAT, *SPANNED)}
    whole |= {"skipped": value["skipped"], "problems": list(value["problems"])}
    for part in value["documents"]:
        at = part["offset_in_file"] or 0
        whole["people"] |= part["people"]
        whole["problems"] += part["problems"]
        for key in ("author", "written_on", "header"):
            whole[key] = whole[key] or part[key]
        for key in FLAT:
            whole[key] += [m | {"start": m["start"] + at, "end": m["end"] + at} for m in part[key]]
        for key in SPANNED:
            whole[key] += [e | {"span": [e["span"][0] + at, e["span"][1] + at]} for e in part[key]]
    return whole


# ── the register around the texts ───────────────────────────────────────────────────────


@dataclass(slots=True)
class Register:
    """Diaries and volumes that were imported into a ledger in memory, so that their names are known."""

    ledger: Ledger
    folders: tuple[str, ...]
    entries: int
    #: Files that are labelled documents themselves and were not imported.
    left_out: int

    def to_json(self) -> Value:
        """Return what was imported, as plain values."""
        return {"folders": list(self.folders), "entries": self.entries, "left_out": self.left_out}


def load_register(
    folders: Sequence[Path],
    docs: Sequence[GoldDoc],
    author: str,
    progress: Progress | None = None,
    *,
    whole: bool = False,
) -> Register:
    """Import folders, each as one source, without the files that are labelled documents.

    With `whole` these are imported too: then they are entries of the diary like all others.

    The author of a folder's entries is who is labelled as that of most documents found in it.

    Raises:
        NotFoundError: one of them is no folder.
    """
    place = Path(tempfile.mkdtemp(prefix="legation-register-"))
    try:
        index = index_runs(docs)
        declared, copies, left_out = [], [], 0
        for number, folder in enumerate(folders):
            if not folder.is_dir():
                raise NotFoundError(
                    f"{folder} is no folder", "--register takes the folder of a diary or volume."
                )
            copy = place / str(number) / (folder.resolve().name or "register")
            same = copy_without(folder, copy, index, docs, whole=whole)
            left_out += 0 if whole else len(same)
            declared.append(Declared(copy, author_among(same.values(), docs) or author))
            copies.append(copy)
        ledger = Ledger(Store(None), WorkspaceStages(), SystemClock(), place, tuple(declared))
        ledger.set_up("")
        receipt = ledger.import_paths(copies, progress=progress)
        entries = sum(i.status == "read" for f in receipt.files for i in f.items)
        return Register(ledger, tuple(map(str, folders)), entries, left_out)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def copy_without(
    folder: Path, copy: Path, index: Mapping[int, set[int]], docs: Sequence[GoldDoc], *, whole: bool = False
) -> dict[str, int]:
    """Copy a folder, unless `whole` without labelled documents; returns these: path → document."""
    same: dict[str, int] = {}
    for root, inner, names in os.walk(folder):
        inner.sort()
        for name in sorted(names):
            path = Path(root) / name
            data = path.read_bytes()
            number = find_same(decode_text(data).text, index, docs)
            if number is not None:
                same[str(path)] = number
                if not whole:
                    continue
            target = copy / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    copy.mkdir(parents=True, exist_ok=True)
    return same


def author_among(numbers: Iterable[int], docs: Sequence[GoldDoc]) -> str:
    """Return who wrote most of some documents, or ""."""
    found = Counter(docs[n].author_name for n in numbers)
    return max(sorted(found), key=lambda name: found[name], default="")


def runs_of(text: str) -> set[int]:
    """Return the runs of six words of a text; of a shorter one, the whole."""
    words = _WORD.findall(fold(text))
    # Within one process equal tuples have equal hashes: nothing of them is kept.
    return {hash(tuple(words[i : i + RUN])) for i in range(max(1, len(words) - RUN + 1))} if words else set()


def index_runs(docs: Sequence[GoldDoc]) -> dict[int, set[int]]:
    """Return the documents that hold each run of words."""
    index: dict[int, set[int]] = {}
    for number, doc in enumerate(docs):
        for run in runs_of(doc.text):
            index.setdefault(run, set()).add(number)
    return index


def find_same(text: str, index: Mapping[int, set[int]], docs: Sequence[GoldDoc]) -> int | None:
    """Return the labelled document that a text is, or None."""
    mine = runs_of(text)
    hits: Counter[int] = Counter(n for run in mine for n in index.get(run, ()))
    for number, common in sorted(hits.items(), key=lambda h: (-h[1], h[0])):
        shorter = min(len(mine), len(runs_of(docs[number].text)))
        if common >= SAME * shorter:
            return number
    return None
