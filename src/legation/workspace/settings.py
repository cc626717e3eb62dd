"""The workspace's own files: `legation.toml` and `plan.toml` (docs/formats/workspace.md)."""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from legation.facts.errors import WorkspaceError, WorkspaceMissingError
from legation.facts.problem import Problem
from legation.ledger.declared import Declared
from legation.plan.due import DEFAULT_DAYS
from legation.plan.settings import PlanSettings, parse_plan
from legation.plan.toml_spans import write_text

MARKER = "legation.toml"
PLAN = "plan.toml"
WEEKS = "weeks.toml"
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
    #: All that plan.toml sets, what of it cannot be used, and its text as it was read.
    plan: PlanSettings = field(default_factory=PlanSettings)
    plan_problems: tuple[Problem, ...] = ()
    plan_text: str = ""
    #: Why plan.toml cannot be read at all, "" where it can: then `plan` sets nothing.
    plan_broken: str = ""
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

    A plan.toml that cannot be read keeps nobody from the record: it sets nothing then, `plan_broken`
    says why, and whatever plans asks `need_plan` first.

    Raises:
        WorkspaceError: legation.toml cannot be read.
    """
    main = _load_toml(root / MARKER)
    workspace = main.get("workspace", {})
    model = main.get("model", {})
    plan_broken = ""
    try:
        plan, plan_problems, plan_text = load_plan(root)
    except WorkspaceError as error:
        plan, plan_problems, plan_text = PlanSettings(), (), ""
        plan_broken = str(error)
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
        return Settings(
            root=root,
            name=str(workspace.get("name", root.name)),
            owner=str(workspace.get("owner", "")),
            today=today if isinstance(today, dt.date) else None,
            sources=sources,
            intervals_days=tuple(
                (name, wish.ideal_days) for name, wish in plan.people.items() if wish.ideal_days is not None
            ),
            default_days=DEFAULT_DAYS if plan.default_days is None else plan.default_days,
            default_after_encounters=plan.default_after_encounters,
            plan=plan,
            plan_problems=plan_problems,
            plan_text=plan_text,
            plan_broken=plan_broken,
            model_url=str(model.get("url", "")),
            model_name=str(model.get("name", "")),
            model_seconds=_seconds(model.get("timeout_seconds", 120)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = f"the settings of {root} cannot be used: {error}"
        raise WorkspaceError(message, "See docs/formats/workspace.md.") from error


def need_plan(settings: Settings) -> Settings:
    """Return the settings where plan.toml can be read: nothing is planned or kept by guesses.

    Raises:
        WorkspaceError: it cannot.
    """
    if settings.plan_broken:
        raise WorkspaceError(settings.plan_broken, "Correct it in any editor; nothing is planned until then.")
    return settings


def load_plan(root: Path) -> tuple[PlanSettings, tuple[Problem, ...], str]:
    """Load `plan.toml`: the settings, what of them cannot be used, and the text; no file sets nothing.

    Raises:
        WorkspaceError: the file cannot be read, or is no TOML.
    """
    path = root / PLAN
    if not path.is_file():
        return PlanSettings(), (), ""
    text = _load_text(path)
    return *parse_plan(_parse_toml(path, text), text), text


def _seconds(value: object) -> float:
    if not isinstance(value, int | float) or not 1 <= value <= 3600:
        message = "model.timeout_seconds has to be a number from 1 to 3600"
        raise ValueError(message)
    return float(value)


def _load_toml(path: Path) -> dict[str, Any]:
    return _parse_toml(path, _load_text(path))


def _load_text(path: Path) -> str:
    try:
        # Not read_text(): that would turn CRLF into LF, and the hash of an edit would not hold.
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {error}"
        raise WorkspaceError(message, "See docs/formats/workspace.md.") from error


def _parse_toml(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"{path} cannot be read: {error}"
        raise WorkspaceError(message, "See docs/formats/workspace.md.") from error


def make_settings_text(name: str, owner: str) -> str:
    """Return the text of a new `legation.toml`."""
    return (
        "# A Legation workspace. Nothing here leaves this machine.\n"
        "[workspace]\n"
        f"name = {write_text(name)}\n"
        f"owner = {write_text(owner)}\n"
        "\n"
        "# What holds for all files of a folder, for example:\n"
        "# [[source]]\n"
        '# path = "diary"\n'
        '# author = "Your Name"\n'
    )


PLAN_TEXT = """# Whom you mean to meet how often, and the hours you have: docs/guide/planning.md.
# Whoever has no interval here has that of a layer, by closeness: the nearest five every week,
# fifteen every two weeks, fifty every month, and so on.

# Whoever was met this many times is planned for.
default_after_encounters = 3
# One interval for everybody instead of layers, in days:
# default_days = 90

[intervals_days]
# "Jane Doe" = 30

[hours]
# How many hours a week you have for meeting people.
# a_week = 18
# evenings_a_week = 3

[layers.1]
# The least share of weeks within the interval, for the nearest five.
# floor = 0.65
"""
