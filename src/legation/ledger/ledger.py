"""A ledger: the store with its stages, clock and lock; what is done to it is done here."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import Timeout

from legation.facts.problem import Problem
from legation.ledger.declared import Declared
from legation.ledger.derive import Derivation
from legation.ledger.ingest import Ingest, hash_truth
from legation.ledger.lock import hold, lock_of
from legation.ledger.read import read_pending
from legation.store.schema import DERIVED
from legation.store.store import Store

if TYPE_CHECKING:
    from legation.facts.clock import Clock
    from legation.ledger.receipt import Receipt
    from legation.ledger.stages import Stages
    from legation.store.tx import Row, Tx

Progress = Callable[[str, int, int], None]
#: Columns that hold a place in a table and no fact.
WITHOUT: dict[str, frozenset[str]] = {"texts": frozenset({"rowid"})}


class Ledger:
    """One ledger file, opened for a workspace."""

    def __init__(
        self,
        store: Store,
        stages: Stages,
        clock: Clock,
        root: Path,
        declared: tuple[Declared, ...] = (),
        workers: int | None = None,
    ) -> None:
        self.store = store
        self.stages = stages
        self.clock = clock
        self.root = root
        self.declared = declared
        self.workers = workers
        self._depth = 0
        self._lock = lock_of(store)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock of the ledger: one writer at a time.

        Raises:
            WorkspaceBusyError: another process holds it for longer than 10 seconds.
        """
        with hold(self._lock):
            yield

    # ── importing and deriving ──────────────────────────────────────────────────────────

    def set_up(self, owner: str, progress: Progress | None = None) -> None:
        """Note the owner; what was derived under another owner or version is made anew.

        What an interrupted import or judgement left waiting is derived as well.
        """
        with self.writing():
            with self.store.looking() as tx:
                same = tx.setting("owner") == owner and tx.setting("stages") == self.stages.version
                waits = tx.count("pending") > 0
            if same and not self.store.fresh:
                if waits:
                    self.derive(progress)
                return
            with self.store.writing() as tx:
                tx.set_setting("owner", owner)
                self._forget(tx)
            self.derive(progress)

    def _forget(self, tx: Tx) -> None:
        """Empty the derived tables and put every item on the work list."""
        for table in reversed(DERIVED):
            tx.clear(table.name)
        tx.set_setting("stages", self.stages.version)
        tx.add_pending("item", {r["item"] for r in tx.load("arrivals", columns=("item",))})
        tx.add_pending("judgement", {r["judgement"] for r in tx.load("judgements", columns=("judgement",))})
        tx.add_pending("known", [""])

    def import_paths(
        self,
        paths: Iterable[Path],
        *,
        author: str = "",
        columns: Mapping[str, str] | None = None,
        progress: Progress | None = None,
    ) -> Receipt:
        """Import files and folders, read them and derive; returns the receipt."""
        with self.writing():
            self.derive(progress)  # what an interrupted import left waiting
            ingest = Ingest(self.store, self.clock, self.root, self.declared)
            receipt = ingest.run(list(paths), author=author, columns=columns, progress=progress)
            self.derive(progress)
        self._add_problems(receipt)
        return receipt

    def note(self, text: str, name: str, author: str) -> str:
        """Store a fact typed in by hand as a one-line document; returns its item."""
        with self.writing():
            ingest = Ingest(self.store, self.clock, self.root, self.declared)
            item = ingest.note(text, name, author)
            self.derive()
        return item

    def keep_proposal(self, text: str, item: str, model: str) -> None:
        """Store what a model answered about an item; what follows from it is derived with the rest."""
        with self.writing():
            Ingest(self.store, self.clock, self.root, self.declared).keep_proposal(text, item, model)
            self.derive()

    def derive(self, progress: Progress | None = None) -> None:
        """Read and derive everything that waits."""
        with self.writing():
            read_pending(self.store, self.stages, progress, self.workers)
            with self.store.writing() as tx:
                Derivation(tx, self.stages, progress).run()

    def _add_problems(self, receipt: Receipt) -> None:
        """Add to the receipt what reading found, and the kind that each item turned out to be."""
        names = {i.item for f in receipt.files for i in f.items}
        with self.store.looking() as tx:
            kinds = {r["item"]: r["kind"] for r in tx.load_in("items", "item", names, ("item", "kind"))}
            found: dict[str, list[Problem]] = {}
            for row in sorted(tx.load_in("problems", "item", names), key=lambda r: int(r["number"])):
                found.setdefault(row["item"], []).append(problem_of(row))
        for file in receipt.files:
            for item in file.items:
                item.kind = kinds.get(item.item, item.kind)
                if item.status == "gone":
                    continue
                item.problems = (*item.problems, *found.get(item.item, ()))
                if any(p.fatal for p in item.problems):
                    item.status = "problem"
            file.settle()

    # ── rebuild, check, verify ──────────────────────────────────────────────────────────

    def rebuild(self, progress: Progress | None = None) -> None:
        """Throw away everything derived and make it again."""
        with self.writing():
            with self.store.writing() as tx:
                tx.clear("readings")
                self._forget(tx)
            self.derive(progress)

    def check(self, progress: Progress | None = None) -> list[str]:
        """Rebuild a copy and compare: returns the differences, none if incremental equals rebuilt."""
        with tempfile.TemporaryDirectory(prefix="legation-check-") as folder:
            path = Path(folder) / "ledger.sqlite"
            with self.writing():
                self.store.copy_to(path)
            copy = Ledger(Store(path), self.stages, self.clock, self.root, self.declared, self.workers)
            copy.rebuild(progress)
            found: list[str] = []
            with self.store.looking() as mine, copy.store.looking() as theirs:
                for table in DERIVED:
                    found += compare_tables(mine, theirs, table.name)
            copy.store.close()
        return found

    def verify(self, progress: Progress | None = None) -> list[str]:
        """Check every hash and every citation; returns what does not hold."""
        from legation.ledger.verify import verify_ledger  # noqa: PLC0415 - only this command needs it

        return verify_ledger(self.store, progress)

    def hashes(self) -> dict[str, str]:
        """Return the ledger's hash and that of everything derived from it."""
        with self.store.looking() as tx:
            return {"ledger": hash_truth(tx), "derived": hash_derived(tx)}


def is_locked(store: Store) -> bool:
    """Say whether another process holds the ledger's lock; never waits for it."""
    lock = lock_of(store)
    if lock is None:
        return False
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def problem_of(row: Row) -> Problem:
    """Return the problem of a row."""
    return Problem(
        row["code"],
        row["message"],
        row["hint"],
        row["start"],
        row["end"],
        row["line"],
        bool(row["fatal"]),
    )


def hash_derived(tx: Tx) -> str:
    """Return a hash of all derived facts, in an order that does not depend on how they were made."""
    digest = hashlib.sha256()
    for table in DERIVED:
        digest.update(f"{table.name}\n".encode())
        for row in tx.dump(table.name, WITHOUT.get(table.name, frozenset())):
            digest.update(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return digest.hexdigest()


def compare_tables(mine: Tx, theirs: Tx, table: str) -> list[str]:
    """Return the rows in which two ledgers differ, a few of each table."""
    without = WITHOUT.get(table, frozenset())
    here, there = list(mine.dump(table, without)), list(theirs.dump(table, without))
    if here == there:
        return []
    only_here, only_there = sorted_difference(here, there)
    found = [f"{table}: {len(only_here)} rows only incremental, {len(only_there)} only rebuilt"]
    found += [f"  incremental: {row}"[:400] for row in only_here[:3]]
    return found + [f"  rebuilt: {row}"[:400] for row in only_there[:3]]


def sorted_difference(here: list[Any], there: list[Any]) -> tuple[list[Any], list[Any]]:
    """Return what stands only in the one and only in the other."""
    left, right = set(here), set(there)
    return [r for r in here if r not in right], [r for r in there if r not in left]
