"""Sources that a workspace declares; apart from ingest, so that looking loads no reader."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Declared:
    """A source that the workspace's settings name: a folder, and what holds for all in it."""

    path: Path
    author: str = ""
    columns: tuple[tuple[str, str], ...] = ()
