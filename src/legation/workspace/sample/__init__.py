"""The sample workspace, *London 1932–43*: a reconstruction from published facts (its SOURCES.md)."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import legation
from legation.facts.errors import SourceError, WorkspaceError
from legation.workspace.settings import MARKER

NAME = "London 1932–43"
#: In a checkout, where git does not look; elsewhere in the home folder, never below ~/Legation,
#: which may be a workspace itself.
IN_CHECKOUT = "sample-workspace"
IN_HOME = "Legation-Sample"
_NOT_COPIED = frozenset({"__pycache__"})


def find_sample_place(environment: Mapping[str, str] | None = None) -> Path:
    """Return where the sample workspace is or would be; nothing is made.

    LEGATION_SAMPLE names the folder; else it is in the checkout that runs, else in the home
    folder, else (no HOME, or one that cannot be written to) in a private temporary folder.
    """
    environment = os.environ if environment is None else environment
    named = environment.get("LEGATION_SAMPLE", "")
    if named:
        return Path(named)
    checkout = Path(legation.__file__).resolve().parents[2]
    if (
        (checkout / "legation").is_file()
        and (checkout / "pyproject.toml").is_file()
        and os.access(checkout, os.W_OK)
    ):
        return checkout / IN_CHECKOUT
    home = environment.get("HOME", "") or environment.get("USERPROFILE", "")
    if home and os.path.isdir(home) and os.access(home, os.W_OK):  # noqa: PTH112 - HOME may be anything
        return Path(home) / IN_HOME
    return _temporary_place()


def _temporary_place() -> Path:
    """Return a folder under the temporary one that is ours alone: others may write beside it."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    place = Path(tempfile.gettempdir()) / f"legation-sample-{user}"
    try:
        place.mkdir(mode=0o700)
    except FileExistsError:
        found = place.lstat()
        if not stat.S_ISDIR(found.st_mode) or (hasattr(os, "getuid") and found.st_uid != user):
            return Path(tempfile.mkdtemp(prefix="legation-sample-")) / IN_CHECKOUT
    return place / IN_CHECKOUT


def build_sample(path: Path) -> Path:
    """Copy the sample workspace to a folder, if it is not there; returns the folder.

    A file that is there already is left as it is, so that what somebody changed is kept. The
    settings file comes last: with it the copy is whole.

    Raises:
        SourceError: the sample does not come with this installation.
        WorkspaceError: the folder cannot be written to.
    """
    if (path / MARKER).is_file():
        return path
    shipped = resources.files(__name__) / "london"
    if not shipped.is_dir():
        raise SourceError("the sample workspace is missing from this installation", "Install Legation again.")
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy_folder(shipped, path)
        _copy_file(shipped / MARKER, path / MARKER)
    except OSError as error:
        message = f"the sample workspace cannot be written to {path}: {error.strerror or error}"
        raise WorkspaceError(message, "Name another folder with -w.") from error
    return path


def _copy_folder(source: Traversable, target: Path) -> None:
    for child in sorted(source.iterdir(), key=lambda c: c.name):
        if child.name in _NOT_COPIED or child.name == MARKER:
            continue
        if child.is_dir():
            (target / child.name).mkdir(exist_ok=True, mode=0o700)
            _copy_folder(child, target / child.name)
        else:
            _copy_file(child, target / child.name)


def _copy_file(source: Traversable, target: Path) -> None:
    """Copy one file beside its place, synced, then put it there; never over another."""
    if os.path.lexists(target):
        return
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    with os.fdopen(os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(source.read_bytes())
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(target)
