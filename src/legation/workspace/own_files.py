"""The workspace's own files that the program edits: plan.toml and weeks.toml.

Each version that is read or written arrives in the ledger, and a file is rewritten only while it
still is what the edit was based on (decision 0013).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from legation.facts.errors import EditConflictError, LegationError, NotFoundError
from legation.facts.ids import hash_bytes
from legation.facts.span import Citation
from legation.ledger.arrival import SETTINGS, item_id, keep_setting
from legation.plan.toml_spans import Path as Setting
from legation.plan.toml_spans import find_words
from legation.workspace.settings import PLAN, PLAN_TEXT, WEEKS

if TYPE_CHECKING:
    from legation.facts.clock import Clock
    from legation.store.store import Store

OWN_FILES = (PLAN, WEEKS)
#: What the text of a version is called where it is cited.
RENDITION = "toml-1:utf-8"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a file in the ledger: the hash of its bytes ("" for gone), and when it arrived."""

    document: str
    arrived_at: str


class OwnFiles:
    """plan.toml and weeks.toml of one workspace, with their versions in the ledger."""

    def __init__(self, root: Path, store: Store, clock: Clock) -> None:
        self.root = root
        self.store = store
        self.clock = clock

    def load(self, name: str) -> tuple[bytes, str]:
        """Load a file; returns (bytes, hash), or (b"", "") where there is none."""
        try:
            data = (self.root / name).read_bytes()
        except FileNotFoundError:
            return b"", ""
        return data, hash_bytes(data)

    def rewrite(self, name: str, based_on: str | None, make: Callable[[bytes], bytes]) -> str:
        """Rewrite a file from what it holds; returns its new hash.

        `based_on` is the hash of what the edit was based on, "" for no file; None takes what stands
        now. What `make` raises passes, and nothing is written then. Never inside `Ledger.writing`.

        Raises:
            EditConflictError: the file is not that any more; nothing was written.
            WorkspaceBusyError: another process is writing.
        """
        with self._held():
            before, document = self.load(name)
            if based_on is not None and document != based_on:
                self._note(name)
                raise EditConflictError(
                    f"{name} was changed since it was looked at",
                    "Nothing was written. Look at it again, then make the change.",
                )
            after = make(before)
            if after == before and document:
                self._note(name)
                return document
            # What an editor wrote is kept before it is replaced, even what the program made.
            self._note(name, always=True)
            write_over(self.root / name, after)
            self._note(name)
        return hash_bytes(after)

    def note(self) -> None:
        """Let the versions that stand now arrive, where they have not; fails for nothing.

        Called by whatever reads these files. Where another process is writing, or the ledger cannot
        be written to, the next reader does it.
        """
        if all(self._is_noted(name) for name in OWN_FILES):
            return
        with suppress(LegationError, OSError), self._held(0):
            for name in OWN_FILES:
                self._note(name)

    def versions(self, name: str) -> tuple[Version, ...]:
        """Return the versions of a file that arrived, the oldest first."""
        with self.store.looking() as tx:
            rows = tx.load("arrivals", order=("seq",), item=_item(name))
        return tuple(Version(r["document"] or "", r["arrived_at"]) for r in rows)

    def load_version(self, document: str) -> bytes:
        """Load what a version held.

        Raises:
            NotFoundError: there is none with this hash.
        """
        with self.store.looking() as tx:
            data = tx.document(document)
        if data is None:
            raise NotFoundError(f"there is no version {document[:12]}", "It is not in this ledger.")
        return data

    def undo(
        self,
        name: str,
        based_on: str | None = None,
        make: Callable[[bytes, bytes], bytes] | None = None,
        same: Callable[[bytes], str] | None = None,
    ) -> str:
        """Put a file back as it was before the last change; once more, as before the one before.

        `make` gives what is written, of what stands and of what stood; two versions of which `same`
        says the same are one version. Without them every byte counts.

        Raises:
            EditConflictError: the file is not what was looked at.
            NotFoundError: there is no earlier version.
        """
        self.note()
        documents = [v.document for v in self.versions(name)]
        said = {d: same(self.load_version(d)) for d in set(documents) if d} if same is not None else {}
        back = earlier(documents, said)
        if not back:
            raise NotFoundError(f"there is no earlier version of {name}", "Nothing was changed.")
        data = self.load_version(back)
        return self.rewrite(name, based_on, lambda now: data if make is None else make(now, data))

    def cite(self, name: str, setting: Setting) -> Citation | None:
        """Return the words of a setting in the file that stands; None where it is not set there."""
        data, document = self.load(name)
        text = data.decode("utf-8", "replace")
        # The mark of UTF-8 that some editors write is of the text, and of no setting.
        mark = len(text) - len(text.removeprefix("\ufeff"))
        span = find_words(text[mark:], setting)
        if span is None or span[0] == span[1]:
            return None
        start, end = span[0] + mark, span[1] + mark
        return Citation(_item(name), document, RENDITION, start, end, text[start:end])

    def _is_noted(self, name: str) -> bool:
        data, document = self.load(name)
        with self.store.looking() as tx:
            latest = tx.latest_arrivals([_item(name)]).get(_item(name))
        if latest is None:
            # As the program makes it, it says nothing of the user.
            return not document or data == PLAN_TEXT.encode()
        return (latest["document"] or "") == document

    def _note(self, name: str, *, always: bool = False) -> None:
        """Let a version arrive; the lock is held. What has arrived does not again."""
        if not always and self._is_noted(name):
            return
        data, document = self.load(name)
        keep_setting(self.store, self.clock, data if document else None, name)

    @contextmanager
    def _held(self, seconds: float = 10.0) -> Iterator[None]:
        from legation.ledger.lock import hold_lock  # noqa: PLC0415 - only where something is written

        with hold_lock(self.store, seconds):
            yield


def _item(name: str) -> str:
    return item_id(SETTINGS, name, "")


def earlier(documents: Sequence[str], said: Mapping[str, str] | None = None) -> str:
    """Return the document to which undoing leads, from those that arrived in order; "" for none.

    A version that is the one before the last again is an undoing itself, and does not count. `said`
    is what a document says; those that say the same are one version, the latest of them.
    """
    says = said or {}
    stack: list[str] = []
    keys: list[str] = []
    for document in documents:
        key = says.get(document, document)
        if len(keys) > 1 and keys[-2] == key:
            stack.pop()
            keys.pop()
            stack[-1] = document
        elif not keys or keys[-1] != key:
            stack.append(document)
            keys.append(key)
        else:
            stack[-1] = document
    return stack[-2] if len(stack) > 1 else ""


def write_over(path: Path, data: bytes) -> None:
    """Write a file beside its place, sync it, put it there and sync the folder; its mode stays."""
    path = path.resolve()
    beside = path.with_name(path.name + ".new")
    try:
        with beside.open("wb") as stream:
            if path.exists():
                os.fchmod(stream.fileno(), path.stat().st_mode & 0o777)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
