"""The calendar feed's address: the one page of the desk that is had without its cookie (decision 0014)."""

from __future__ import annotations

import hmac
from collections.abc import Callable

from starlette.requests import Request

#: The port that an address names where nothing else is said; that of `serve`, which is not imported here.
DEFAULT_PORT = 8743
_BEGINS = "/feed/"
_ENDS = "/legation.ics"


def feed_path(key: str) -> str:
    """Return the path of the feed."""
    return f"{_BEGINS}{key}{_ENDS}"


def key_in(path: str) -> str:
    """Return the key that a path gives, "" where it is not that of a feed."""
    if not path.startswith(_BEGINS) or not path.endswith(_ENDS):
        return ""
    return path[len(_BEGINS) : -len(_ENDS)] if len(path) >= len(_BEGINS) + len(_ENDS) else ""


def opens_feed(request: Request, load_key: Callable[[], str]) -> bool:
    """Say whether a request asks for the feed, only reads, and has the key.

    The comparison takes a time that does not tell how far the key was right. Where no key was made
    yet, nothing opens; a stranger's request makes none.
    """
    given = key_in(request.url.path)
    if request.method not in ("GET", "HEAD") or not given:
        return False
    key = load_key()
    return bool(key) and hmac.compare_digest(given.encode("utf-8", "replace"), key.encode())
