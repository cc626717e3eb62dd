"""Reads one file without storing it, by the very stages of an import, in a transaction taken back.

Alone, the file is all there is: a ledger in memory holds it (and, where given, an address book).
With a workspace it is read as if it had been imported there, with the register of its diary or
volume, the people and the answers; then the transaction is rolled back and nothing is changed.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from legation.facts.clock import SystemClock
from legation.facts.errors import NotFoundError
from legation.facts.ids import hash_bytes
from legation.facts.problem import Problem
from legation.ledger.arrival import arrival_id, item_id, write_arrivals
from legation.ledger.codec import load_reading
from legation.ledger.derive import Derivation
from legation.ledger.ingest import Ingest, clean_path
from legation.ledger.ledger import Ledger
from legation.ledger.located import known_refs
from legation.ledger.parts import TEXT_LIMIT, FilePart, cut_file, cut_mailbox, mapping_text
from legation.ledger.read import read_job, reading_key
from legation.reading.recognise import HEAD_BYTES, recognise
from legation.store.store import Store
from legation.workspace.open import open_workspace
from legation.workspace.stages import WorkspaceStages

if TYPE_CHECKING:
    from legation.facts.candidates import Reading
    from legation.ledger.stages import Row, Stages
    from legation.store.tx import Tx

#: Who says "I" in an entry whose author nobody named. No text calls a person so.
SOMEBODY = "I"


@dataclass(frozen=True, slots=True)
class ReadItem:
    """One item as read: its rows as derivation made them, and its reading.

    `offset` is where the item's text begins in the file's decoded text, in code points, or None
    where a file is no plain text. `names` are the people by id; `cards` their card's UID.
    """

    path: str
    part: str
    offset: int | None
    text: str
    reading: Reading
    author: str
    mentions: tuple[Row, ...] = ()
    accounts: tuple[Row, ...] = ()
    findings: tuple[Row, ...] = ()
    #: Who has a part in the findings, those of one role in order.
    parts: tuple[Row, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    cards: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as read: its items, or the reason or problem for which it has none."""

    path: str
    items: tuple[ReadItem, ...] = ()
    skipped: str = ""
    problems: tuple[Problem, ...] = ()


class _TakenBackError(Exception):
    """Leaves a write transaction so that nothing of it stays."""


@contextlib.contextmanager
def taken_back(store: Store) -> Iterator[Tx]:
    """Lend a write transaction that is rolled back in the end."""
    with contextlib.suppress(_TakenBackError), store.writing() as tx:
        yield tx
        raise _TakenBackError


class _DerivedHere(Derivation):
    """Derives some items only: what others would become by their arrival is not asked for."""

    def run_only(self, items: set[str]) -> None:
        """Derive the pending items with all that they rest on."""
        work = self.tx.load_pending()
        self._items(work.get("item", set()))
        self._registers()
        self._known(force="known" in work)
        self.promote &= items
        self._promote()
        self._judged(work)
        self.blocks &= {row["block"] for row in self.tx.load_in("mentions", "item", items, ("block",))}
        self._resolve()
        self._merge()
        self.again &= items
        self._accounts()


# ── one file ────────────────────────────────────────────────────────────────────────────


def read_alone(path: Path, *, written_on: str = "", author: str = "", people: Path | None = None) -> ReadFile:
    """Read a file by itself; the register is learned from it.

    `written_on` is an ISO date for a file of one item; `people` a vCard file of people known.

    Raises:
        NotFoundError: there is no such file.
    """
    store = Store(None)
    ledger = Ledger(store, WorkspaceStages(), SystemClock(), path.parent)
    with store.writing() as tx:
        tx.set_setting("owner", SOMEBODY)
    try:
        return read_in(ledger, path, written_on, author, people, outside=False)
    finally:
        store.close()


def read_within(
    root: Path, path: Path, *, written_on: str = "", author: str = "", people: Path | None = None
) -> ReadFile:
    """Read a file as if it had been imported into a workspace, and change nothing there.

    A file of the workspace is read as that item. One from elsewhere belongs to the diary of its
    author or, where none is named, to the diary or volume whose register knows most of its names.

    Raises:
        NotFoundError: there is no such file.
        WorkspaceMissingError: the folder is no workspace.
    """
    workspace = open_workspace(root)
    try:
        with workspace.ledger.writing():
            return read_in(workspace.ledger, path, written_on, author, people, outside=True)
    finally:
        workspace.close()


def read_in(
    ledger: Ledger, path: Path, written_on: str, author: str, people: Path | None, *, outside: bool
) -> ReadFile:
    """Read a file in a ledger that is left as it was; `outside` where the file may be no part of it.

    Raises:
        NotFoundError: there is no such file.
    """
    name = clean_path(str(path))
    parts, skipped, problems = load_parts(path)
    if skipped or problems:
        return ReadFile(name, (), skipped, problems)
    parts = date_parts(parts, written_on)
    ingest = Ingest(ledger.store, ledger.clock, ledger.root, ledger.declared)
    source, declared = ingest._source_of(path)  # noqa: SLF001 - the one rule for whose source a file is
    author = author or (declared.author if declared else "")
    rows, bodies = make_arrivals(parts, source, ingest.path_text(path), author)
    with taken_back(ledger.store) as tx:
        if people is not None:
            cards, vcf_bodies = _card_arrivals(people)
            write_arrivals(tx, cards, vcf_bodies)
            store_readings(tx, ledger.stages, cards)
        if outside:
            rows = place_arrivals(tx, ledger.stages, rows, bodies, author)
        rows = follow_arrivals(tx, rows)
        write_arrivals(tx, rows, bodies)
        store_readings(tx, ledger.stages, rows)
        tx.add_pending("known", [""] if people is not None or not outside else [])
        items = [str(r["item"]) for r in rows]
        derivation = _DerivedHere(tx, ledger.stages)
        derivation.run_only(set(items))
        return ReadFile(name, tuple(_collect(tx, items, parts)))


def load_parts(path: Path) -> tuple[list[FilePart], str, tuple[Problem, ...]]:
    """Load a file and cut it; returns (parts, why it is skipped or "", problems of the file).

    Raises:
        NotFoundError: there is no such file.
    """
    if not os.path.lexists(path):
        message = f"there is no file {path}"
        raise NotFoundError(message)
    if path.is_dir():
        message = f"{path} is a folder"
        raise NotFoundError(message, "`legation read` takes one file; `legation import` takes folders.")
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
            size = os.fstat(stream.fileno()).st_size
            kind = recognise(clean_path(str(path)), head, size)
            if kind.kind == "skip":
                return [], kind.reason, ()
            stream.seek(0)
            if kind.kind == "mailbox":
                return list(cut_mailbox(stream)), "", ()
            if size > TEXT_LIMIT:
                return [], "", (_too_large(path, size),)
            return cut_file(kind.kind, clean_path(str(path)), stream.read()), "", ()
    except OSError as error:
        problem = Problem("file-unreadable", f"{path}: {error.strerror or error}", fatal=True)
        return [], "", (problem,)


def _too_large(path: Path, size: int) -> Problem:
    message = f"{path} has {size / 1e6:,.0f} MB; text is read up to 64 MB"
    return Problem("text-too-large", message, "Cut it into smaller files.", fatal=True)


def date_parts(parts: list[FilePart], written_on: str) -> list[FilePart]:
    """Give a file of one item the date that the user said; entries of a diary keep their own."""
    if not written_on or len(parts) != 1:
        return parts
    part = parts[0]
    mapping = mapping_text(**(json.loads(part.mapping) | {"written_on": written_on}))
    return [FilePart(part.part, part.ordinal, part.data, mapping, part.problems)]


# ── arrivals that do not stay ───────────────────────────────────────────────────────────


def make_arrivals(
    parts: Iterable[FilePart], source: str, path: str, author: str
) -> tuple[list[Row], dict[str, bytes]]:
    """Return the rows and bytes of the parts of a file."""
    rows, bodies = [], {}
    for part in parts:
        document = hash_bytes(part.data)
        bodies[document] = part.data
        rows.append({
            "item": item_id(source, path, part.part), "source": source, "path": path, "part": part.part,
            "ordinal": part.ordinal, "document": document, "kind": str(json.loads(part.mapping)["reader"]),
            "author": author, "mapping": part.mapping, "previous": "", "arrived_at": "",
        })  # fmt: skip
    return rows, bodies


def _card_arrivals(people: Path) -> tuple[list[Row], dict[str, bytes]]:
    parts, skipped, problems = load_parts(people)
    if skipped or problems:
        message = f"{people} cannot be read: {skipped or problems[0].message}"
        raise NotFoundError(message, "--people takes a vCard file.")
    rows, bodies = make_arrivals(parts, "people", "people:" + clean_path(str(people)), "")
    for row in rows:
        row["arrival"] = arrival_id(row)
    return rows, bodies


def follow_arrivals(tx: Tx, rows: list[Row]) -> list[Row]:
    """Let the rows follow what the ledger has of their items; those that say nothing new are kept."""
    before = tx.latest_arrivals([r["item"] for r in rows])
    for row in rows:
        old = before.get(row["item"])
        row["previous"] = old["arrival"] if old else ""
        row["author"] = row["author"] or (old["author"] if old else "")
        row["arrival"] = arrival_id(row)
    return rows


def store_readings(tx: Tx, stages: Stages, rows: Iterable[Row]) -> None:
    """Read what arrived, as an import does."""
    found = {}
    for row in rows:
        context = stages.context_of(row)
        key = reading_key(row, context)
        data = tx.document(row["document"]) or b""
        found[key] = read_job((key, data, row["mapping"], context))
    tx.put(
        "readings", [{"reading": k, "rendition": r, "data": d, "text": t} for k, r, d, t in found.values()]
    )


def place_arrivals(
    tx: Tx, stages: Stages, rows: list[Row], bodies: dict[str, bytes], author: str
) -> list[Row]:
    """Put a file from outside every source of the workspace into the diary or volume it fits best."""
    if not rows or tx.load("arrivals", source=rows[0]["source"], columns=("seq",), limit=1):
        return rows
    names: set[str] = set()
    kinds = set()
    for row in rows:
        context = stages.context_of(row)
        reading = load_reading(read_job(("", bodies[row["document"]], row["mapping"], context))[2])
        kinds.add(reading.kind)
        author = author or reading.author
        names |= set(stages.touched(reading, _bare_info(row)))
    if kinds & {"entry", "note"} and (author or tx.setting("owner")):
        return rows
    weights: dict[str, int] = {}
    for entry in tx.load_in("register", "name", names, ("group_key", "name")):
        weights[entry["group_key"]] = weights.get(entry["group_key"], 0) + 1
    wanted = (
        "diary:"
        if kinds == {"entry"} and any(g.startswith("diary:") for g in weights)
        else "volume:"
        if "paper" in kinds
        else ""
    )
    fitting = sorted((-n, g) for g, n in weights.items() if g.startswith(wanted))
    if not fitting:
        return rows
    group = fitting[0][1]
    if group.startswith("volume:"):
        source = group.removeprefix("volume:")
        return [row | {"source": source, "item": item_id(source, row["path"], row["part"])} for row in rows]
    member = tx.load("items", group_key=group, columns=("author",), limit=1)
    return [row | {"author": member[0]["author"] if member else ""} for row in rows]


def _bare_info(row: Row) -> Any:
    from legation.ledger.stages import ItemInfo  # noqa: PLC0415 - beside its only use

    return ItemInfo(row["item"], row["source"], row["path"], row["part"], row["document"], "", "", "", "", "")


# ── what came of it ─────────────────────────────────────────────────────────────────────


def _collect(tx: Tx, items: list[str], parts: list[FilePart]) -> Iterator[ReadItem]:
    """Return the items as they are derived now, in the order of the file."""
    rows = {r["item"]: r for r in tx.load_in("items", "item", items)}
    cards: dict[str, str] = {}
    for known in known_refs(tx):
        ref = json.loads(known["ref"])
        if "card" in ref:
            cards.setdefault(known["person"], str(ref["card"]))
    offset: int | None = 0
    for item, part in zip(items, parts, strict=True):
        row = rows[item]
        reading = load_reading(tx.load("readings", reading=row["reading"], columns=("data",))[0]["data"])
        text = tx.load("texts", item=item, columns=("body",))[0]["body"]
        if reading.kind == "message":
            offset = None
        mentions = tx.load("mentions", item=item, order=("start", "-end"))
        accounts = tx.load("accounts", item=item, order=("start", "end"))
        findings = tx.load("findings", item=item, order=("start", "end", "finding"))
        with_parts = tx.load("finding_people", item=item, order=("finding", "role", "position"))
        wanted = {m["person"] for m in mentions} | {row["author_person"]}
        wanted |= {p for a in accounts for _, p, _ in json.loads(a["people"])}
        wanted |= {p["person"] for p in with_parts}
        names = {r["person"]: r["name"] for r in tx.load_in("people", "person", wanted, ("person", "name"))}
        yield ReadItem(
            path=row["path"],
            part=row["part"],
            offset=offset,
            text=text,
            reading=reading,
            author=row["author_person"],
            mentions=tuple(mentions),
            accounts=tuple(accounts),
            findings=tuple(findings),
            parts=tuple(with_parts),
            names=names,
            cards={person: uid for person, uid in cards.items() if person in names},
            problems=(*part.problems, *reading.problems),
        )
        offset = None if offset is None else offset + len(text)
