"""Cuts a file into parts: byte slices that together are the file, each a document of its own.

An edit to one entry of a long file then changes one document, and all others stay as they were
(decision 0003).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from legation.facts.problem import Problem
from legation.reading.calendars import split_events
from legation.reading.cards import split_cards
from legation.reading.content import guess_content_encoding
from legation.reading.decode import Rendition, decode_text, slice_bytes
from legation.reading.split import Part, split_text
from legation.reading.tables import read_table_head, split_rows
from legation.sources.mailbox import split_mailbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TEXT_LIMIT = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FilePart:
    """One part of a file: its name, bytes and how they are to be read."""

    part: str
    ordinal: int
    data: bytes
    mapping: str
    problems: tuple[Problem, ...] = field(default=())


def mapping_text(**values: Any) -> str:
    """Return a mapping as canonical JSON."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def cut_mailbox(stream: BinaryIO) -> Iterator[FilePart]:
    """Cut a mailbox of any size, message by message."""
    mapping = mapping_text(reader="message")
    for ordinal, (part, _, _, data) in enumerate(split_mailbox(stream)):
        yield FilePart(part, ordinal, data, mapping)


def cut_file(kind: str, name: str, data: bytes, columns: Mapping[str, str] | None = None) -> list[FilePart]:
    """Cut a file that was read whole; the parts' bytes together are `data`.

    `kind` is what `recognise` said; `columns` names the fields of a table's columns.
    """
    if kind == "message":
        return [FilePart("", 0, data, mapping_text(reader="message"))]
    # Cards and calendars say their character set property by property (decision 0010).
    told = guess_content_encoding(data) if kind in ("cards", "calendar") else ""
    rendition = decode_text(data, told)
    text = rendition.text
    values: dict[str, Any] = {"encoding": rendition.encoding, "reader": kind}
    if kind == "cards":
        parts = [Part(p, "card", s, e, None) for p, s, e in split_cards(text)]
    elif kind == "calendar":
        parts = [Part(p, "event", s, e, None) for p, s, e in split_events(text)]
    elif kind == "table":
        head = read_table_head(text)
        parts = [Part(p, "row", s, e, None) for p, s, e in split_rows(text)]
        values |= {"header": list(head.header), "delimiter": head.delimiter, "named": head.named}
        values["columns"] = dict(columns or {})
    else:
        parts = list(split_text(name, text))
    return _slice(data, rendition, parts, values)


def _slice(data: bytes, rendition: Rendition, parts: list[Part], values: dict[str, Any]) -> list[FilePart]:
    """Give each part its bytes; where the bytes cannot be told apart the file stays one part."""
    slices = slice_bytes(data, rendition, tuple(parts)) if len(parts) > 1 else None
    if slices is None:
        name = parts[0].part if len(parts) == 1 else ""
        return [FilePart(name, 0, data, mapping_text(**values))]
    found = []
    for ordinal, (part, piece) in enumerate(zip(parts, slices, strict=True)):
        dated = {"written_on": part.written_on.value} if part.written_on else {}
        found.append(FilePart(part.part, ordinal, piece, mapping_text(**values, **dated)))
    return found
