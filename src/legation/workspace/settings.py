"""The workspace's own files: `legation.toml` and `plan.toml` (docs/formats/workspace.md)."""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from legation.facts.errors import WorkspaceError, WorkspaceMissingError
from legation.ledger.declared import Declared

MARKER = "legation.toml"
LEDGER = Path(".legation") / "ledger.sqlite"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user set for a workspace."""

    root: Path
    name: str = ""
    owner: str = ""
    today: dt.date | None = None
    sources: tuple[Declared, ...] = ()
    intervals_days: tuple[tuple[str, int], ...] = ()
    default_days: int = 90
    default_after_encounters: int = 3
    #: A language model on this machine; "" is none, and then nothing is asked.
    model_url: str = ""
    model_name: str = ""
    model_seconds: float = 120.0

    @property
    def ledger(self) -> Path:
        """Where the ledger file is."""
        return self.root / LEDGER


def find_root(
    given: str = "", environment: Mapping[str, str] | None = None, here: Path | None = None
) -> Path:
    """Return the workspace: `-w`, else LEGATION_WORKSPACE, else a parent folder, else ~/Legation.

    Raises:
        WorkspaceMissingError: none of these is a workspace.
    """
    environment = os.environ if environment is None else environment
    named = given or environment.get("LEGATION_WORKSPACE", "")
    if named:
        root = Path(named).expanduser()
        if (root / MARKER).is_file():
            return root.resolve()
        message = f"{root} is not a workspace"
        raise WorkspaceMissingError(message, f"Make one with `legation init {root}`.")
    here = Path.cwd() if here is None else here
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return folder
    home = Path(environment.get("HOME", "") or os.path.expanduser("~")) / "Legation"  # noqa: PTH111
    if (home / MARKER).is_file():
        return home
    message = "there is no workspace here"
    raise WorkspaceMissingError(message, "Make one with `legation init DIR`, or name one with -w.")


def load_settings(root: Path) -> Settings:
    """Load the settings of a workspace.

    Raises:
        WorkspaceError: a settings file cannot be read.
    """
    main = _load_toml(root / MARKER)
    workspace = main.get("workspace", {})
    model = main.get("model", {})
    plan = _load_toml(root / "plan.toml") if (root / "plan.toml").is_file() else {}
    try:
        today = workspace.get("today")
        if isinstance(today, str):
            today = dt.date.fromisoformat(today)
        sources = tuple(
            Declared(
                path=(root / str(s["path"])).resolve(),
                author=str(s.get("author", "")),
                columns=tuple(sorted((str(k), str(v)) for k, v in dict(s.get("columns", {})).items())),
            )
            for s in main.get("source", [])
        )
        intervals = tuple((str(k), int(v)) for k, v in plan.get("intervals_days", {}).items())
        return Settings(
            root=root,
            name=str(workspace.get("name", root.name)),
            owner=str(workspace.get("owner", "")),
            today=today if isinstance(today, dt.date) else None,
            sources=sources,
            intervals_days=intervals,
            default_days=int(plan.get("default_days", 90)),
            default_after_encounters=int(plan.get("default_after_encounters", 3)),
            model_url=str(model.get("url", "")),
            model_name=str(model.get("name", "")),
            model_seconds=_seconds(model.get("timeout_seconds", 120)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = f"the settings of {root} cannot be used: {error}"
        raise WorkspaceError(message, "See docs/formats/workspace.md.") from error


def _seconds(value: object) -> float:
    if not isinstance(value, int | float) or not 1 <= value <= 3600:
        message = "model.timeout_seconds has to be a number from 1 to 3600"
        raise ValueError(message)
    return float(value)


def _load_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"{path} cannot be read: {error}"
        raise WorkspaceError(message, "See docs/formats/workspace.md.") from error


def quote_toml(value: str) -> str:
    """Return a TOML basic string."""
    out = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in out) + '"'


def make_settings_text(name: str, owner: str) -> str:
    """Return the text of a new `legation.toml`."""
    return (
        "# A Legation workspace. Nothing here leaves this machine.\n"
        "[workspace]\n"
        f"name = {quote_toml(name)}\n"
        f"owner = {quote_toml(owner)}\n"
        "\n"
        "# What holds for all files of a folder, for example:\n"
        "# [[source]]\n"
        '# path = "diary"\n'
        '# author = "Your Name"\n'
    )


PLAN_TEXT = """# How often you mean to meet, in days.
default_days = 90
# Whoever was met this many times has the default.
default_after_encounters = 3

[intervals_days]
# "Jane Doe" = 30
"""
