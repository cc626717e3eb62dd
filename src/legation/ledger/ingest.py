"""The one write path: files become documents and arrivals, in transactions that can be killed.

Every transaction holds whole files and notes the items that it changed as pending, so that an
import that was cut off goes on where it stopped and gives the same ledger (decision 0003).
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from legation.facts.errors import NotFoundError
from legation.facts.ids import hash_bytes
from legation.facts.problem import Problem
from legation.ledger.arrival import SETTINGS, arrival_id, item_id, write_arrivals
from legation.ledger.declared import Declared
from legation.ledger.parts import TEXT_LIMIT, FilePart, cut_file, cut_mailbox
from legation.ledger.receipt import FileReceipt, ItemReceipt, Receipt
from legation.reading.recognise import HEAD_BYTES, recognise, skip_folder
from legation.sources.folder import FoundFile, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from legation.facts.clock import Clock
    from legation.store.store import Store
    from legation.store.tx import Row, Tx

#: A transaction holds at most this many files or bytes.
BATCH_FILES = 100
BATCH_BYTES = 16 * 1024 * 1024
#: The source of facts typed in by hand.
NOTES = "notes"
#: The source of what a language model answered.
PROPOSALS = "proposals"
#: Sources that an import of files neither adds to nor marks as gone.
WITHOUT_FILES = frozenset({NOTES, PROPOSALS, SETTINGS})

#: Settings that say how far derivation is; they are no part of what is true.
WORK_SETTINGS = ("derived_version", "stages")
Progress = "Callable[[str, int, int], None]"


def clean_path(path: str) -> str:
    """Return a path as text that any file can hold: undecodable bytes as hexadecimal escapes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


@dataclass(slots=True)
class Ingest:
    """Imports files and folders into one ledger."""

    store: Store
    clock: Clock
    root: Path
    declared: tuple[Declared, ...] = ()
    batch: list[Row] = field(default_factory=list)
    bodies: dict[str, bytes] = field(default_factory=dict)
    #: Paths that are there and could not be read.
    unread: list[str] = field(default_factory=list)
    size: int = 0
    files: int = 0
    #: Folders with their links followed, as asked for; "" is the workspace's own.
    resolved: dict[str, Path] = field(default_factory=dict)

    def run(
        self,
        paths: Iterable[Path],
        *,
        author: str = "",
        columns: Mapping[str, str] | None = None,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> Receipt:
        """Import the paths; returns the receipt, whose items wait to be read.

        Raises:
            NotFoundError: one of the paths is not there.
        """
        receipt = Receipt()
        seen: set[str] = set()
        for path in paths:
            if not os.path.lexists(path):
                message = f"there is no file or folder {path}"
                raise NotFoundError(message, "Files that were imported before stay as they were.")
        for path in paths:
            found = list(walk(path, skip_folder))
            for start in range(0, len(found), BATCH_FILES):
                named = [(self.path_text(f.path), f) for f in found[start : start + BATCH_FILES]]
                before = self._load_before([name for name, _ in named])
                for number, (name, file) in enumerate(named, start):
                    if progress is not None:
                        progress("Files", number, len(found))
                    # Paths of one command may lie inside one another: a file is taken once.
                    if name not in seen:
                        seen.add(name)
                        receipt.files.append(self._take(file, name, author, columns, before.get(name, [])))
            self.flush()
            self._note_gone(path, seen, receipt)
            if progress is not None:
                progress("Files", len(found), len(found))
        self.flush()
        return receipt

    def note(self, text: str, path: str, author: str) -> str:
        """Store a fact typed in by hand as a document of its own; returns its item."""
        part = FilePart(
            "",
            0,
            text.encode("utf-8", "surrogatepass"),
            json.dumps(
                {"encoding": "utf-8", "reader": "text", "kind": "note"},
                sort_keys=True,
                separators=(",", ":"),
            ),
        )
        receipt = FileReceipt(path, "read")
        self._arrive(part, NOTES, path, author, receipt, {})
        self.flush()
        return receipt.items[0].item

    def keep_proposal(self, text: str, item: str, model: str) -> str:
        """Store what a model answered about an item as a document of its own; returns its item."""
        mapping = json.dumps(
            {"encoding": "utf-8", "reader": "proposal"}, sort_keys=True, separators=(",", ":")
        )
        part = FilePart(model, 0, text.encode("utf-8", "surrogatepass"), mapping)
        with self.store.looking() as tx:
            before = tx.latest_arrivals({item_id(PROPOSALS, item, model)}).values()
        known = {row["part"]: row for row in before}
        receipt = FileReceipt(item, "read")
        self._arrive(part, PROPOSALS, item, "", receipt, known)
        self.flush()
        return receipt.items[0].item

    # ── one file ────────────────────────────────────────────────────────────────────────

    def _load_before(self, names: list[str]) -> dict[str, list[Row]]:
        """Load what arrived before from some files, the latest arrival of each item."""
        found: dict[str, dict[str, Row]] = {}
        with self.store.looking() as tx:
            rows = tx.load_in("arrivals", "path", names)
        for row in sorted(rows, key=lambda r: int(r["seq"])):
            if row["source"] not in WITHOUT_FILES:
                found.setdefault(row["path"], {})[row["item"]] = row
        return {path: list(items.values()) for path, items in found.items()}

    def _take(
        self,
        file: FoundFile,
        name: str,
        author: str,
        columns: Mapping[str, str] | None,
        before: list[Row],
    ) -> FileReceipt:
        """Import one file."""
        if file.unreadable:
            # What cannot be read now was not taken away: its items stay as they are.
            self.unread.append(name)
            if file.path.is_symlink():
                return FileReceipt(name, "skipped", file.reason)
            problem = Problem(
                "file-unreadable", f"{name}: {file.reason}", "Nothing in the ledger was changed.", fatal=True
            )
            return FileReceipt(name, "problem", file.reason, problems=(problem,))
        if file.reason:
            return FileReceipt(name, "skipped", file.reason)
        try:
            return self._take_readable(file, name, author, columns, before)
        except OSError as error:
            problem = Problem(
                "file-unreadable",
                f"{name}: {error.strerror or error}",
                "Nothing in the ledger was changed.",
                fatal=True,
            )
            return FileReceipt(name, "problem", problem.message, problems=(problem,))

    def _take_readable(
        self,
        file: FoundFile,
        name: str,
        author: str,
        columns: Mapping[str, str] | None,
        before: list[Row],
    ) -> FileReceipt:
        """Import a file that can be opened."""
        with file.path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
            size = os.fstat(stream.fileno()).st_size
            kind = recognise(clean_path(str(file.path)), head, size)
            receipt = FileReceipt(name, "read")
            if kind.kind == "skip":
                return FileReceipt(name, "skipped", kind.reason)
            if kind.kind != "mailbox" and size > TEXT_LIMIT:
                problem = Problem(
                    "text-too-large",
                    f"{name} has {size / 1e6:,.0f} MB; text is read up to 64 MB",
                    "Cut it into smaller files; a mailbox may have any size.",
                    fatal=True,
                )
                return FileReceipt(name, "problem", problem.message, problems=(problem,))
            stream.seek(0)
            source, declared = self._source_of(file.path)
            author = author or (declared.author if declared else "")
            if columns is None and declared is not None and declared.columns:
                columns = dict(declared.columns)
            parts: Iterable[FilePart]
            if kind.kind == "mailbox":
                parts = cut_mailbox(stream)
            else:
                parts = cut_file(kind.kind, clean_path(str(file.path)), stream.read(), columns)
            self._take_parts(parts, source, name, author, receipt, before)
        return receipt

    def _take_parts(
        self,
        parts: Iterable[FilePart],
        source: str,
        name: str,
        author: str,
        receipt: FileReceipt,
        before: list[Row],
    ) -> None:
        """Compare the parts of a file with what the ledger has and note what differs."""
        known = {row["part"]: row for row in before if row["source"] == source}
        for part in parts:
            self._arrive(part, source, name, author, receipt, known)
            # A mailbox of any size passes through here; whole files stay in one transaction
            # unless they are larger than a batch.
            if self.size > BATCH_BYTES:
                self.flush()
        there = {i.item for i in receipt.items}
        for row in before:
            # Also what the same file gave under another source, before the settings named this one.
            if row["document"] is not None and row["item"] not in there:
                self._leave(row, receipt)
        if any(row["document"] is not None for row in before):
            receipt.status = "changed"
        self.files += 1
        if self.files >= BATCH_FILES or self.size > BATCH_BYTES:
            self.flush()

    def _arrive(
        self,
        part: FilePart,
        source: str,
        name: str,
        author: str,
        receipt: FileReceipt,
        known: dict[str, Row],
    ) -> None:
        """Note one part: unchanged, changed or new."""
        document = hash_bytes(part.data)
        before = known.get(part.part)
        item = item_id(source, name, part.part)
        kind = str(json.loads(part.mapping)["reader"])
        author = author or (before["author"] if before else "")
        row: Row = {
            "item": item, "source": source, "path": name, "part": part.part, "ordinal": part.ordinal,
            "document": document, "kind": kind, "author": author, "mapping": part.mapping,
            "previous": before["arrival"] if before else "", "arrived_at": self.clock.now().isoformat(),
        }  # fmt: skip
        same = before is not None and all(
            before[k] == row[k] for k in ("document", "kind", "author", "mapping", "ordinal")
        )
        moved = (
            before is not None
            and not same
            and all(before[k] == row[k] for k in ("document", "kind", "author", "mapping"))
        )
        status = (
            "unchanged"
            if same or moved
            else "read"
            if before is None or before["document"] is None
            else "changed"
        )
        receipt.items.append(ItemReceipt(item, name, part.part, kind, status, part.problems))  # type: ignore[arg-type]
        if not same:
            self._append(row)
            if document not in self.bodies:
                self.bodies[document] = part.data
                self.size += len(part.data)

    def _leave(self, before: Row, receipt: FileReceipt) -> None:
        """Note that an item is gone."""
        row = {
            k: before[k] for k in ("item", "source", "path", "part", "ordinal", "kind", "author", "mapping")
        }
        row |= {
            "document": None,
            "previous": before["arrival"],
            "arrived_at": self.clock.now().isoformat(),
        }
        self._append(row)
        receipt.items.append(
            ItemReceipt(before["item"], before["path"], before["part"], before["kind"], "gone")
        )

    def _append(self, row: Row) -> None:
        row["arrival"] = arrival_id(row)
        self.batch.append(row)

    def _note_gone(self, path: Path, seen: set[str], receipt: Receipt) -> None:
        """Mark what was imported from below a path and is no longer there."""
        # A link to a folder stands for the folder, as its files do.
        place = str(self._resolve(path)) if path.is_dir() else ""
        root = str(self._resolve(self.root))
        with self.store.looking() as tx:
            if place and (root + os.sep).startswith(place.rstrip(os.sep) + os.sep):
                # The workspace lies below: its files are written without a folder before them.
                below = clean_path(place).rstrip("/") + "/"
                rows = [
                    r
                    for r in tx.current_arrivals()
                    if not r["path"].startswith("/") or r["path"].startswith(below)
                ]
            else:
                rows = tx.current_arrivals(under=self.path_text(Path(place) if place else path))
        gone: dict[str, FileReceipt] = {}
        for row in rows:
            if row["document"] is None or row["path"] in seen or row["source"] in WITHOUT_FILES:
                continue
            if any(row["path"] == u or row["path"].startswith(u.rstrip("/") + "/") for u in self.unread):
                continue
            file = gone.setdefault(row["path"], FileReceipt(row["path"], "gone"))
            self._leave(row, file)
        # What is now skipped (a file that became a picture) leaves its old items behind.
        skipped = {f.path: f for f in receipt.files if f.status == "skipped" and f.path not in self.unread}
        for row in rows:
            if row["source"] in WITHOUT_FILES:
                continue
            if row["document"] is not None and row["path"] in skipped:
                self._leave(row, skipped[row["path"]])
        receipt.files += gone.values()

    def flush(self) -> None:
        """Write what was gathered in one transaction."""
        if self.batch:
            with self.store.writing() as tx:
                write_arrivals(tx, self.batch, self.bodies)
        self.batch, self.bodies, self.size, self.files = [], {}, 0, 0

    # ── names ───────────────────────────────────────────────────────────────────────────

    def path_text(self, path: Path) -> str:
        """Return a path as the ledger writes it: relative inside the workspace, else absolute."""
        full = os.path.abspath(path)  # noqa: PTH100 - resolve() would follow the last link
        folder, name = os.path.split(full)
        text = os.path.join(self._resolve(Path(folder)), name)  # noqa: PTH118 - a path a file, for thousands
        root = str(self._resolve(self.root))
        if text == root:
            return "."
        return clean_path(text.removeprefix(root + os.sep).replace(os.sep, "/"))

    def _resolve(self, folder: Path) -> Path:
        """Return a folder with its links followed; asked for once an import."""
        key = str(folder)
        if key not in self.resolved:
            self.resolved[key] = folder.resolve()
        return self.resolved[key]

    def _source_of(self, path: Path) -> tuple[str, Declared | None]:
        """Return the source of a file: the declared one that holds it, else its own folder.

        Never the argument of a command: importing a folder or its files one by one is the same.
        """
        full = self._resolve(path.parent)
        for declared in sorted(self.declared, key=lambda d: -len(str(d.path))):
            if full == declared.path or full.is_relative_to(declared.path):
                return "folder:" + self.path_text(declared.path), declared
            if path.resolve() == declared.path:
                return "folder:" + self.path_text(full), declared
        return "folder:" + self.path_text(full), None


def hash_truth(tx: Tx) -> str:
    """Return the ledger's hash: documents, arrivals, judgements and settings, clock times left out."""
    digest = hashlib.sha256()
    for table, key in (
        ("documents", "document"),
        ("arrivals", "arrival"),
        ("judgements", "judgement"),
    ):
        names = sorted(row[key] for row in tx.load(table, columns=(key,)))
        digest.update(f"{table}:{len(names)}\n".encode())
        for name in names:
            digest.update(name.encode() + b"\n")
    for row in tx.load("settings", order=("name",)):
        if row["name"] not in WORK_SETTINGS:
            digest.update(json.dumps([row["name"], row["value"]]).encode() + b"\n")
    return digest.hexdigest()


def iterate_batches(rows: list[Row], size: int) -> Iterator[list[Row]]:
    """Cut rows into lists of at most `size`."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
