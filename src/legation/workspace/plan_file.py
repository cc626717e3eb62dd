"""Edits of plan.toml: what the desk changes of it, with everything else left as it is."""

from __future__ import annotations

import codecs
import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from legation.facts.errors import UsageError, WorkspaceError
from legation.plan.settings import parse_plan
from legation.plan.toml_edits import NEW, edit_toml
from legation.plan.toml_spans import Path, read_path
from legation.workspace.own_files import OwnFiles
from legation.workspace.settings import PLAN

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
#: Keys whose values are days; JSON has none, so that they come as text.
_DAYS = frozenset({"from", "to", "on"})


def edit_plan(files: OwnFiles, based_on: str | None, changes: Mapping[str, Any]) -> str:
    """Change settings of plan.toml; returns the new hash of the file.

    Keys are dotted as in the file: `hours.a_week`, `layers.1.floor`, `intervals_days."Jan Masaryk"`.
    `absence.+` adds a table to an array, `absence.0.to` changes a key of the first, and None takes
    out. `based_on` is the hash of the file that was looked at ("" for no file, None for any).

    Raises:
        EditConflictError: the file is not that any more; nothing was written.
        UsageError: a change is none that plan.toml can hold; nothing was written.
        WorkspaceError: the file cannot be read.
        WorkspaceBusyError: another process is writing.
    """
    return files.rewrite(PLAN, based_on, lambda before: edit_plan_text(before, changes))


def edit_plan_text(before: bytes, changes: Mapping[str, Any]) -> bytes:
    """Return plan.toml after some changes; refuses what it would only tell as a problem.

    Raises:
        UsageError: a change is none that plan.toml can hold.
        WorkspaceError: the text is no TOML in UTF-8.
    """
    try:
        text = before.decode("utf-8-sig")
        data = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WorkspaceError(f"{PLAN} cannot be read: {error}", "Correct it in an editor first.") from error
    known = {(p.code, _said(p.message)) for p in parse_plan(data)[1]}
    wanted = {_path(key, data): _value(key, value) for key, value in changes.items()}
    after = edit_toml(text, wanted)
    for problem in parse_plan(tomllib.loads(after))[1]:
        if (problem.code, _said(problem.message)) not in known:
            raise UsageError(_said(problem.message), "Nothing was written.")
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    return mark + after.encode("utf-8")


def _said(message: str) -> str:
    """Return what a problem says, without the file."""
    return message.partition(": ")[2] or message


def _path(key: str, data: Any) -> Path:
    """Return the path of a dotted key; digits are numbers where a list is."""
    path: list[str | int] = []
    at = data
    pieces = read_path(key)
    if not pieces or not all(pieces):
        raise UsageError(f"“{key}” is no setting", "Write it as in plan.toml, for example hours.a_week.")
    for piece in pieces:
        if isinstance(at, list) and piece.isdecimal():
            path.append(int(piece))
            at = at[int(piece)] if int(piece) < len(at) else None
        else:
            path.append(piece)
            at = at.get(piece) if isinstance(at, dict) else None
    if NEW in path[:-1]:
        raise UsageError(f"“{key}” is no setting", f"{NEW} stands at the end, and its value is a table.")
    return tuple(path)


def _value(key: str, value: Any) -> Any:
    """Return a value with days for texts that are days, where days are meant."""
    if isinstance(value, Mapping):
        return {str(k): _value(str(k), v) for k, v in value.items()}
    last = key.rpartition(".")[2]
    if last in _DAYS and isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError as error:
            raise UsageError(f"{value} is no day", "Give one such as 1938-09-01.") from error
    return value
