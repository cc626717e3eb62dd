"""The key in the address of the calendar feed (decision 0014): kept in a file of the workspace."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from pathlib import Path
from typing import Final

FEED_KEY: Final = Path(".legation") / "feed-key"
#: 32 bytes of chance, as `secrets.token_urlsafe` writes them.
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")
_BYTES: Final = 32


def load_feed_key(root: Path, *, make: bool = True) -> str:
    """Return the feed's key; where there is none it is made, or "" returned if it must not be.

    A file that holds no key (cut short, edited) is taken for none. Raises OSError.
    """
    key = _read(root / FEED_KEY)
    return key or (renew_feed_key(root) if make else "")


def renew_feed_key(root: Path) -> str:
    """Make a new key and return it; the old address leads nowhere from now on. Raises OSError."""
    path = root / FEED_KEY
    key = secrets.token_urlsafe(_BYTES)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    # Made with its mode, so that nobody else can read it for a moment either.
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(key + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    return key


def _read(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            if os.name == "posix" and os.fstat(stream.fileno()).st_mode & 0o077:
                os.fchmod(stream.fileno(), 0o600)  # a copy or a backup may have opened it
            text = stream.read(200).decode("ascii", "replace").strip()
    except FileNotFoundError:
        return ""
    return text if _KEY.fullmatch(text) else ""
