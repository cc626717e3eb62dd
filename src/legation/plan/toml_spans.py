"""Where the keys and tables of a TOML text stand: the offsets that an edit or a citation needs.

The text has been read by `tomllib` before, so that only where things are is looked for here, and not
whether they are right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Path = tuple[str | int, ...]
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+|\+")
_PLAIN_VALUE = re.compile(r"[^\n#,\]}]*")
_REST = re.compile(r"[^\n]*\n?")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_NAMED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


@dataclass(frozen=True, slots=True)
class KeySpan:
    """One key, `[table]` or `[[table]]`, by offsets in code points.

    `path` has the number of the element, from 0, after the name of an array of tables. `start` and
    `end` hold whole lines; the value of a key is from `value` to `value_end`, and of a table these
    are those of its header. `table` is the path of the header that a key stands below.
    """

    path: Path
    kind: Literal["key", "table", "array"]
    table: Path
    start: int
    value: int
    value_end: int
    end: int


def scan_toml(text: str) -> tuple[KeySpan, ...]:
    """Return every key and header of a TOML text, in order."""
    found: list[KeySpan] = []
    table: Path = ()
    counts: dict[Path, int] = {}
    at = 0
    while at < len(text):
        start = at
        at = _skip(text, at)
        first = text[at : at + 1]
        if first in {"", "#", "\n", "\r"}:
            at = _line_end(text, at)
            continue
        if first == "[":
            array = text.startswith("[[", at)
            pieces, close = _read_key(text, at + (2 if array else 1))
            table = _resolve(pieces, counts, array=array)
            value_end = close + (2 if array else 1)
            at = _line_end(text, value_end)
            found.append(KeySpan(table, "array" if array else "table", table, start, start, value_end, at))
            continue
        pieces, equals = _read_key(text, at)
        value = _skip(text, equals + 1)
        value_end = _value_end(text, value)
        at = _line_end(text, value_end)
        found.append(KeySpan((*table, *pieces), "key", table, start, value, value_end, at))
    return tuple(found)


def find_span(spans: tuple[KeySpan, ...], path: Path) -> KeySpan | None:
    """Return the span of a path, or of the nearest key or table that holds it; None where none does."""
    best: KeySpan | None = None
    for span in spans:
        size = len(span.path)
        if size and span.path == path[:size] and (best is None or size > len(best.path)):
            best = span
    return best


def find_line(text: str, path: Path) -> int:
    """Return the line, from 1, on which a path or what holds it stands; 0 where nothing does."""
    span = find_span(scan_toml(text), path)
    return 0 if span is None else text.count("\n", 0, span.start) + 1


def find_words(text: str, path: Path) -> tuple[int, int] | None:
    """Return the span of the words of a setting, key and value or header; None where it is not set."""
    span = find_span(scan_toml(text), path)
    if span is None:
        return None
    return _skip(text, span.start), span.value_end


def read_path(text: str) -> list[str]:
    """Return the pieces of a dotted key, quoted or not; [] where it is none."""
    if not text.strip():
        return []
    pieces, at = _read_key(text.strip(), 0)
    return pieces if at == len(text.strip()) else []


def _resolve(pieces: list[str], counts: dict[Path, int], *, array: bool) -> Path:
    """Return the path of a header, with the numbers of the elements that it lies in."""
    path: Path = ()
    for number, piece in enumerate(pieces):
        path = (*path, piece)
        if array and number == len(pieces) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _line_end(text: str, at: int) -> int:
    match = _REST.match(text, at)
    return match.end() if match else len(text)


def _read_key(text: str, at: int) -> tuple[list[str], int]:
    """Return (pieces of a dotted key, offset of what ends it: `=` or `]`)."""
    pieces = []
    while True:
        at = _skip(text, at)
        if text[at : at + 1] in {'"', "'"}:
            end = _string_end(text, at)
            inner = text[at + 1 : end - 1]
            pieces.append(_ESCAPE.sub(_unescape, inner) if text[at] == '"' else inner)
        else:
            match = _BARE.match(text, at)
            end = match.end() if match else at + 1
            pieces.append(text[at:end])
        at = _skip(text, end)
        if text[at : at + 1] != ".":
            return pieces, at
        at += 1


def _unescape(match: re.Match[str]) -> str:
    said = match.group(1)
    return chr(int(said[1:], 16)) if said[0] in "uU" else _NAMED.get(said, said)


def _string_end(text: str, at: int) -> int:
    """Return the offset behind a string of any of the four kinds."""
    quote = text[at]
    if text.startswith(quote * 3, at):
        end = at + 3
        while end < len(text) and not text.startswith(quote * 3, end):
            end += 2 if quote == '"' and text[end] == "\\" else 1
        end += 3
        # Up to two quotation marks may stand before the three that close it.
        while end < len(text) and text[end] == quote:
            end += 1
        return end
    end = at + 1
    while end < len(text) and text[end] != quote:
        end += 2 if quote == '"' and text[end] == "\\" else 1
    return end + 1


def _value_end(text: str, at: int) -> int:
    """Return the offset behind a value."""
    if text[at : at + 1] in {'"', "'"}:
        return _string_end(text, at)
    if text[at : at + 1] not in {"[", "{"}:
        match = _PLAIN_VALUE.match(text, at)
        end = match.end() if match else at
        return at + len(text[at:end].rstrip())
    depth = 0
    while at < len(text):
        sign = text[at]
        if sign in "\"'":
            at = _string_end(text, at)
            continue
        if sign == "#":
            at = _line_end(text, at)
            continue
        depth += (sign in "[{") - (sign in "]}")
        at += 1
        if depth == 0:
            return at
    return at


def write_text(value: str) -> str:
    """Return a TOML basic string."""
    out = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in out) + '"'
