"""Writes a card's fields as vCard 4.0 (RFC 6350); `cards.read_card` reads back equal fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from legation.facts.candidates import CardField
from legation.reading.cards import (
    DERIVED,
    MEDIA,
    TEXT,
    display_name,
    escape,
    find_field,
)

#: Longest line in octets, without its ending (RFC 6350, 3.2).
LINE_OCTETS = 75
_UNSAFE = re.compile(r"[,;:\s]|[^\x21-\x7e]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NAME = re.compile(r"[^A-Za-z0-9-]+")


def write_card(fields: Iterable[CardField]) -> str:
    """Write one card, lines folded and ended by CRLF; unknown properties are kept.

    vCard 4.0 asks for a formatted name: where the fields have none, one is derived and marked so
    that reading leaves it out again. Lone surrogates become U+FFFD.
    """
    kept: Sequence[CardField] = tuple(fields)
    lines = ["BEGIN:VCARD", "VERSION:4.0"]
    fn = find_field(kept, "fn")
    if fn is None:
        lines.append(f"FN;{DERIVED.upper()}=1:{escape(display_name(kept) or 'Unnamed')}")
    lines += [_write_property(field) for field in kept if field.name not in _FRAME]
    lines.append("END:VCARD")
    return "".join(f"{folded}\r\n" for line in lines for folded in fold(line))


_FRAME = frozenset({"begin", "end", "version"})


def _write_property(field: CardField) -> str:
    params = dict(field.params)
    name = _NAME.sub("-", field.name).upper() or "X-UNNAMED"
    group = _NAME.sub("-", params.get("group", ""))
    head = f"{group}.{name}" if group else name
    values: dict[str, list[str]] = {}
    for key, value in field.params:
        if key != "group":
            values.setdefault(_NAME.sub("-", key).upper(), []).append(_write_param(value))
    for key, texts in values.items():
        head += f";{key}={','.join(texts)}"
    return _SURROGATE.sub("\ufffd", f"{head}:{_write_value(field, params)}")


def _write_param(value: str) -> str:
    value = value.replace("^", "^^").replace('"', "^'").replace("\r\n", "\n")
    value = value.replace("\r", "\n").replace("\n", "^n")
    return f'"{value}"' if _UNSAFE.search(value) else value


def _write_value(field: CardField, params: dict[str, str]) -> str:
    value = field.value.replace("\r\n", "\n").replace("\r", "\n")
    plain = field.name in TEXT or (field.name in MEDIA and params.get("value") == "text")
    if plain and params.get("value") != "uri":
        return escape(value)
    value = value.replace("\n", "\\n")
    if field.name in MEDIA:
        # RFC 6350, 3.4, escapes a comma in every value, and readers split there if it is not.
        value = value.replace(",", "\\,")
    return value


def fold(line: str) -> Iterator[str]:
    """Break a line into pieces of at most 75 octets of UTF-8, never inside a character.

    Every piece but the first begins with the space that marks a continuation.
    """
    if line.isascii():
        yield line[:LINE_OCTETS]
        for start in range(LINE_OCTETS, len(line), LINE_OCTETS - 1):
            yield " " + line[start : start + LINE_OCTETS - 1]
        return
    data = line.encode()
    start, room, lead = 0, LINE_OCTETS, ""
    while len(data) - start > room:
        end = start + room
        # A byte 10xxxxxx continues a character.
        while data[end] & 0xC0 == 0x80:
            end -= 1
        yield lead + data[start:end].decode()
        start, room, lead = end, LINE_OCTETS - 1, " "
    yield lead + data[start:].decode()
