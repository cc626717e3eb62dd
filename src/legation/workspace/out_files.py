"""Files that go out of a workspace: written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def write_beside(path: Path, data: bytes) -> None:
    """Write a file beside its place, sync it, then put it there, over what was there. Raises OSError."""
    beside = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}.new")
    try:
        with beside.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        if isinstance(error, OSError) and error.errno is not None:
            # Nobody asked for the file beside it: the error names the place that was given.
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise


def write_once(path: Path, data: bytes) -> bool:
    """Write a new file and sync it; False where there is one already, which stays. Raises OSError."""
    try:
        stream = path.open("xb")
    except FileExistsError:
        return False
    try:
        with stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise
    return True
