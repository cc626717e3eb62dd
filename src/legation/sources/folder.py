"""Folders: every file below a place, in one fixed order, without falling into a loop."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from legation.facts.errors import SourceError


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that was found; with a `reason` it is not to be read. `size` is in bytes."""

    path: Path
    size: int
    reason: str = ""
    #: It is there and may be read another time: what was read of it before is not gone.
    unreadable: bool = False


_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def walk(path: Path, skip_folder: Callable[[str], str] = lambda _: "") -> Iterator[FoundFile]:
    """Yield every file at or below a path, depth first, by name in byte order.

    A link to something below the path is reported with a reason, for it is read at its own place; a
    link that leads out is followed once, to a file or a folder. Special files are never opened.
    `skip_folder` tells by a folder's name why it is not entered ("" to enter it).

    Raises:
        SourceError: there is nothing at the path.
    """
    try:
        status = path.stat()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}"
        raise SourceError(message) from error
    if not stat.S_ISDIR(status.st_mode):
        yield _judge_file(path, status)
        return
    root = os.path.realpath(path)
    walker = _Walker(root, skip_folder)
    walker.entered.add((status.st_dev, status.st_ino))
    yield from walker.walk(path)


class _Walker:
    """One walk: remembers the folders it entered and the files it reached by links."""

    def __init__(self, root: str, skip_folder: Callable[[str], str]) -> None:
        self.root = root
        self.skip_folder = skip_folder
        self.entered: set[tuple[int, int]] = set()
        self.linked: set[tuple[int, int]] = set()

    def walk(self, top: Path) -> Iterator[FoundFile]:
        """Walk without recursion: folders may nest deeper than Python's stack."""
        stack: list[Iterator[Path]] = []
        found = self._list(top)
        if isinstance(found, FoundFile):
            yield found
            return
        stack.append(found)
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
                continue
            looked = self._look(child)
            if isinstance(looked, FoundFile):
                yield looked
                continue
            listing = self._list(looked)
            if isinstance(listing, FoundFile):
                yield listing
            else:
                stack.append(listing)

    def _list(self, folder: Path) -> Iterator[Path] | FoundFile:
        try:
            names = sorted((path.name for path in folder.iterdir()), key=os.fsencode)
        except OSError as error:
            reason = f"unreadable folder: {error.strerror or error}"
            return FoundFile(folder, 0, reason, unreadable=True)
        return (folder / name for name in names)

    def _look(self, path: Path) -> FoundFile | Path:
        """Return the file, or the folder that is to be entered."""
        try:
            status = path.lstat()
            is_link = stat.S_ISLNK(status.st_mode)
            if is_link:
                status = path.stat()
        except FileNotFoundError:
            return FoundFile(path, 0, "a link that leads nowhere", unreadable=True)
        except OSError as error:
            # Among them links that lead round to themselves.
            return FoundFile(path, 0, f"unreadable: {error.strerror or error}", unreadable=True)
        key = (status.st_dev, status.st_ino)
        if stat.S_ISDIR(status.st_mode):
            reason = self.skip_folder(path.name)
            if reason:
                return FoundFile(path, 0, reason)
            if is_link and self._is_inside(path):
                return FoundFile(path, 0, "a link to a folder that is read at its own place")
            if key in self.entered:
                return FoundFile(path, 0, "a folder that was read before: the links make a loop")
            self.entered.add(key)
            return path
        if is_link and stat.S_ISREG(status.st_mode):
            if self._is_inside(path):
                return FoundFile(path, status.st_size, "a link to a file that is read at its own place")
            if key in self.linked:
                return FoundFile(path, status.st_size, "a second link to the same file")
            self.linked.add(key)
        return _judge_file(path, status)

    def _is_inside(self, path: Path) -> bool:
        target = os.path.realpath(path)
        return target == self.root or target.startswith(self.root.rstrip(os.sep) + os.sep)


def _judge_file(path: Path, status: os.stat_result) -> FoundFile:
    for test, what in _KINDS:
        if test(status.st_mode):
            return FoundFile(path, 0, f"{what}, not a file")
    if not os.access(path, os.R_OK):
        return FoundFile(path, status.st_size, "unreadable: permission denied", unreadable=True)
    return FoundFile(path, status.st_size)
