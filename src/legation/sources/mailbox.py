"""Mailboxes: mbox files of any size, message by message, and Maildir folders."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

#: Longest piece handed out at once; a longer message comes in several (`+2`, `+3` …).
PIECE_BYTES = 64 * 1024 * 1024
#: Longest piece of a line read at once, so that a file without line ends is no danger.
_LINE_BYTES = 1 << 16

_FROM = re.compile(
    rb"From (?:\S.*?\s+|\s*)(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\s+"
    rb"(?:[A-Z][a-z]{2}\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2})\b.*\d{1,2}:\d{2}"
)
_HEADER = re.compile(rb">?[A-Za-z][A-Za-z0-9-]*:|>From ")
_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(?:\r?\n[ \t]+)?<?([^<>\s]{1,250})>?", re.I | re.M)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_FLAGS = re.compile(r"[:;!]2,[A-Za-z]*$")


def split_mailbox(stream: BinaryIO) -> Iterator[tuple[str, int, int, bytes]]:
    """Read an mbox message by message: (part name, first byte, byte after the last, the bytes).

    The pieces follow on one another without gap: joined they are the file, `From ` lines and blank
    lines included. Memory is bounded by the longest message, at most `PIECE_BYTES`, and eight bytes
    of hash a message. A part is named by its Message-ID in angle brackets, else `message-N`; a
    second of the same name gets `#2`; the rest of a message too long for one piece gets `+2`.

    Raises:
        OSError: the stream cannot be read.
    """
    names = _Names()
    chunks: list[bytes] = []
    size = start = 0
    name, piece = "", 1
    for line, begins in _iter_lines(stream):
        if begins and (size or piece > 1):
            data = b"".join(chunks)
            yield _label(names, name, piece, data), start, start + size, data
            start += size
            chunks, size, name, piece = [], 0, "", 1
        if size + len(line) > PIECE_BYTES:
            data = b"".join(chunks)
            name = name or names.make(data)
            yield _label(names, name, piece, data), start, start + size, data
            start += size
            chunks, size, piece = [], 0, piece + 1
        chunks.append(line)
        size += len(line)
    if size:
        data = b"".join(chunks)
        yield _label(names, name, piece, data), start, start + size, data


def _label(names: _Names, name: str, piece: int, data: bytes) -> str:
    if not name:
        return names.make(data)
    return name if piece == 1 else f"{name}+{piece}"


def _iter_lines(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Yield the lines (long ones in pieces) and whether a message begins with each."""
    at_start, blank_before, first = True, True, True
    line = stream.readline(_LINE_BYTES)
    while line:
        following = stream.readline(_LINE_BYTES)
        begins = False
        if at_start and not first and line.startswith(b"From ") and _FROM.match(line):
            # Where the separating blank line is lacking, headers must follow at once.
            begins = blank_before or _HEADER.match(following) is not None
        yield line, begins
        first = False
        blank_before = at_start and not line.strip()
        at_start = line.endswith(b"\n")
        line = following


class _Names:
    """Names the messages of one mailbox, each differently."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._doubles: dict[str, int] = {}
        self._count = 0

    def make(self, data: bytes) -> str:
        """Return the next message's name."""
        self._count += 1
        name = find_message_id(data) or f"message-{self._count}"
        candidate = name
        while self._key(candidate) in self._seen:
            self._doubles[name] = self._doubles.get(name, 1) + 1
            candidate = f"{name}#{self._doubles[name]}"
        self._seen.add(self._key(candidate))
        return candidate

    @staticmethod
    def _key(name: str) -> int:
        digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest, "big")


def find_message_id(data: bytes) -> str:
    """Return a message's Message-ID in angle brackets, "" if its head has none."""
    end = _HEAD_END.search(data, 0, 1 << 18)
    match = _MESSAGE_ID.search(data, 0, end.start() if end else 1 << 18)
    return f"<{match.group(1).decode('utf-8', 'replace')}>" if match else ""


def is_maildir(path: Path) -> bool:
    """Say whether a folder is a Maildir: it has `cur` and `new`."""
    return (path / "cur").is_dir() and (path / "new").is_dir()


def walk_maildir(path: Path) -> Iterator[tuple[str, Path]]:
    """Yield every message file of a Maildir: (part name, file), by name, new mail first.

    The name leaves out the folder and the flags, which change when a message is read or moved.

    Raises:
        OSError: a folder cannot be listed.
    """
    taken: dict[str, int] = {}
    for folder in ("new", "cur"):
        place = path / folder
        if not place.is_dir():
            continue
        for file in sorted(place.iterdir(), key=lambda found: found.name):
            if file.name.startswith(".") or not file.is_file():
                continue
            name = _FLAGS.sub("", file.name)
            taken[name] = taken.get(name, 0) + 1
            yield name if taken[name] == 1 else f"{name}#{taken[name]}", file
