"""Edits of a TOML text that leave every other byte as it is.

A value is replaced where it stands, a key is put below its neighbours, and whatever is not meant is
not touched: the text is cut and joined, and never written anew.
"""

from __future__ import annotations

import copy
import datetime as dt
import math
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from legation.facts.errors import UsageError
from legation.plan.toml_spans import KeySpan, Path, find_span, scan_toml, write_text
from legation.plan.values import say_key

#: In a path: a new table at the end of an array of tables.
NEW = "+"
#: A list is written on one line up to this width.
WIDTH = 100


def edit_toml(text: str, changes: Mapping[Path, Any]) -> str:
    """Return the text after some changes: path to value, None to take it out.

    A path goes from table to table; a number is that of an element of an array of tables, from 0,
    and `NEW` in its place adds one. Numbers are those before the first change.

    Raises:
        UsageError: the text is written in a way that cannot be edited, or the path leads nowhere.
        tomllib.TOMLDecodeError: it is no TOML.
    """
    # Elements are taken out last, from the last to the first, so that the numbers hold.
    later = [p for p, v in changes.items() if v is None and isinstance(p[-1], int)]
    for path, value in changes.items():
        if path not in later:
            text = _checked(text, path, value)
    for path in sorted(later, key=lambda p: (len(p), p[-1]), reverse=True):
        text = _checked(text, path, None)
    return text


def _checked(text: str, path: Path, value: Any) -> str:
    """Make one change, and prove that it made this change and no other."""
    before = tomllib.loads(text)
    wanted = _changed(before, path, value)
    if wanted == before:
        return text
    after = _edit(text, before, path, value)
    try:
        same = _without_empty(tomllib.loads(after)) == _without_empty(wanted)
    except tomllib.TOMLDecodeError:
        same = False
    if not same:
        raise UsageError(
            f"{say_key(path)} cannot be changed in the way that the file is written",
            "Change it in the file itself, with any editor.",
        )
    return after


def _changed(data: Any, path: Path, value: Any) -> Any:
    """Return what the file is to hold."""
    data = copy.deepcopy(data)
    at = data
    for number, piece in enumerate(path[:-1]):
        if isinstance(at, list):
            if not isinstance(piece, int) or not 0 <= piece < len(at):
                raise UsageError(f"there is no {say_key(path[: number + 1])}", "Look at the file again.")
            at = at[piece]
        elif isinstance(at, dict):
            if piece not in at:
                if value is None:
                    return data
                at[piece] = [] if path[number + 1] == NEW else {}
            at = at[piece]
        else:
            raise UsageError(f"{say_key(path[:number])} is no table", "Look at the file again.")
    last = path[-1]
    if isinstance(at, list):
        if last == NEW:
            at.append(value)
        elif isinstance(last, int) and value is None and 0 <= last < len(at):
            del at[last]
        else:
            raise UsageError(f"there is no {say_key(path)}", "Look at the file again.")
    elif not isinstance(at, dict):
        raise UsageError(f"{say_key(path[:-1])} is no table", "Look at the file again.")
    elif value is None:
        at.pop(str(last), None)
    else:
        at[str(last)] = dict(value) if isinstance(value, Mapping) else value
    return data


def _without_empty(data: Any) -> Any:
    """Leave out empty lists and tables: without a line that names them they are not there at all."""
    if isinstance(data, list):
        return [_without_empty(v) for v in data]
    if not isinstance(data, dict):
        return data
    plain = {k: _without_empty(v) for k, v in data.items()}
    return {k: v for k, v in plain.items() if v not in ([], {})}


def _edit(text: str, data: Any, path: Path, value: Any) -> str:
    spans = scan_toml(text)
    exact = next((p for p in spans if p.path == path), None)
    if exact is not None and exact.kind == "key":
        if value is None:
            return text[: exact.start] + text[exact.end :]
        return text[: exact.value] + _lines(text, value) + text[exact.value_end :]
    holder = find_span(spans, path)
    if holder is not None and holder.kind == "key":
        # Inside a value on one line: that value is written again.
        inner: Any = _of(_changed(data, path, value), holder.path)
        return text[: holder.value] + _lines(text, inner) + text[holder.value_end :]
    if value is None:
        return _without(text, spans, path)
    if path[-1] == NEW:
        return _with_element(text, spans, path[:-1], value)
    below = [p for p in spans if p.path[: len(path)] == path]
    if below and isinstance(value, Mapping) and isinstance(_of(data, path), dict):
        # A table that has a header: its keys go, one by one, and the new ones come.
        return _with_keys(text, data, path, value)
    if below:
        # Tables of their own become one value: their lines go, and it comes.
        text = _without(text, spans, path)
        spans = scan_toml(text)
    return _with_key(text, spans, path, value)


def _of(data: Any, path: Path) -> Any:
    for piece in path:
        data = data[piece]
    return data


def _without(text: str, spans: tuple[KeySpan, ...], path: Path) -> str:
    """Take out every line of a table and of all below it; comments before it stay."""
    size = len(path)
    for span in reversed(spans):
        if span.path[:size] == path:
            text = text[: span.start] + text[span.end :]
    return text


def _with_keys(text: str, data: Any, path: Path, value: Mapping[str, Any]) -> str:
    before = _of(data, path)
    for key in [k for k in before if k not in value]:
        text = _checked(text, (*path, key), None)
    for key, inner in value.items():
        if before.get(key) != inner:
            text = _checked(text, (*path, key), inner)
    return text


def _with_key(text: str, spans: tuple[KeySpan, ...], path: Path, value: Any) -> str:
    """Put a new key below its neighbours, or below a new header."""
    parent = path[:-1]
    line_end = _line_end_of(text)
    beside = [p for p in spans if p.table == parent and p.kind == "key"]
    depth = len(parent)
    dotted = [p for p in spans if p.kind == "key" and len(p.table) < depth and p.path[:depth] == parent]
    header = next((p for p in spans if p.kind != "key" and p.path == parent), None)
    if beside:
        after, table = beside[-1], parent
    elif header is not None:
        after, table = header, parent
    elif dotted:
        after, table = dotted[-1], dotted[-1].table
    elif not parent:
        return _with_first_key(text, spans, _key_lines(text, {path[-1]: value}))
    else:
        keys = value if isinstance(value, Mapping) else {path[-1]: value}
        name = path if isinstance(value, Mapping) else parent
        block = f"[{write_key(name)}]{line_end}{_key_lines(text, keys)}"
        return _with_block(text, spans, parent, block)
    line = f"{write_key(path[len(table) :])} = {_lines(text, value)}{line_end}"
    return _insert(text, after.end, line, line_end)


def _with_first_key(text: str, spans: tuple[KeySpan, ...], line: str) -> str:
    """Put the first key that stands in no table before the first header and its comment."""
    if not spans:
        return _insert(text, len(text), line, _line_end_of(text))
    at = spans[0].start
    while at > 0:
        before = text.rfind("\n", 0, at - 1) + 1
        if not text[before:at].lstrip().startswith("#"):
            break
        at = before
    if at == 0:
        # The comment at the top of a file is of the file.
        at = spans[0].start
    return text[:at] + line + _line_end_of(text) + text[at:]


def _with_element(text: str, spans: tuple[KeySpan, ...], path: Path, value: Any) -> str:
    """Add a table to the end of an array of tables."""
    line_end = _line_end_of(text)
    return _with_block(text, spans, path, f"[[{write_key(path)}]]{line_end}{_key_lines(text, value)}")


def _with_block(text: str, spans: tuple[KeySpan, ...], path: Path, block: str) -> str:
    """Put a new table behind those of the same name, or at the end of the file."""
    line_end = _line_end_of(text)
    same = [p for p in spans if p.path[:1] == path[:1]]
    at = same[-1].end if same and any(p.kind != "key" for p in same) else len(text)
    before = text[:at]
    gap = "" if not before.strip() else line_end if before.endswith("\n") else line_end * 2
    behind = line_end if at < len(text) and not text[at:].startswith(("\n", "\r\n")) else ""
    return before + gap + block + behind + text[at:]


def _insert(text: str, at: int, line: str, line_end: str) -> str:
    gap = "" if at == 0 or text[:at].endswith("\n") else line_end
    return text[:at] + gap + line + text[at:]


def _key_lines(text: str, keys: Mapping[Any, Any]) -> str:
    return "".join(f"{write_key((str(k),))} = {_lines(text, v)}{_line_end_of(text)}" for k, v in keys.items())


def _lines(text: str, value: Any) -> str:
    """Return a value with the line ends that the text has."""
    return write_value(value).replace("\n", _line_end_of(text))


def _line_end_of(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


# ── writing values ──────────────────────────────────────────────────────────────────────


def write_key(path: Sequence[str | int]) -> str:
    """Return a dotted key; numbers of elements are not written."""
    return ".".join(
        p if p and all(c.isascii() and (c.isalnum() or c in "_-") for c in p) else write_text(p)
        for p in path
        if isinstance(p, str)
    )


def write_value(value: Any) -> str:
    """Return a value as TOML: tables on one line, a list of tables one on each line.

    Raises:
        UsageError: it is nothing that TOML can hold.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float) and math.isfinite(value):
        return repr(value) if value != int(value) or abs(value) >= 1e15 else f"{value:.1f}"
    if isinstance(value, str):
        return write_text(value)
    if isinstance(value, dt.time | dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        inner = ", ".join(f"{write_key((str(k),))} = {write_value(v)}" for k, v in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        parts = [write_value(v) for v in value]
        line = f"[{', '.join(parts)}]"
        if len(line) <= WIDTH and not any(isinstance(v, Mapping) for v in value):
            return line
        return "[\n" + "".join(f"  {p},\n" for p in parts) + "]"
    raise UsageError(f"a setting cannot hold {type(value).__name__}", "Give text, numbers, dates or lists.")
