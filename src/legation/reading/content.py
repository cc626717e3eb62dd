"""Content lines: the folded `NAME;PARAM=x:value` lines that cards and calendars are made of.

Covers vCard 2.1–4.0 (RFC 2426, RFC 6350), vCalendar 1.0 and iCalendar (RFC 5545), and what
programs really write: any line ending, soft line breaks of quoted-printable, base64 that ends at
a blank line, parameters without a name, text in another charset than the file's.
"""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: One line ending, some exporters double the carriage return; or a run of lone returns.
_NEWLINE = re.compile(r"\n|\r+\n?")
_RETURNS = re.compile(r"\r+\n?")
_NAME = re.compile(r"([^\s:;\"=,]+)\s*(?=[:;])")
_PARAM = re.compile(r';([^=:;,"]*)(?:=((?:"[^"]*"|[^":;,]*)(?:,(?:"[^"]*"|[^":;,]*))*))?')
_PARAM_VALUE = re.compile(r'"([^"]*)"|([^",]+)')
_BASE64_LINE = re.compile(r"[A-Za-z0-9+/]{2,}={0,2}\s*")
_QUOTED_BYTE = re.compile(rb"=([0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r'\\([\\;,nN"])')
_C1 = re.compile(r"[\x80-\x9f]")
_CHARSET = re.compile(rb';CHARSET="?([\w.-]+)', re.I)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CARET = re.compile(r"\^(['n^])")
_CARET_MEANS = {"n": "\n", "'": '"', "^": "^"}
#: Parameter values that vCard 2.1 may write without the parameter's name.
_BARE_ENCODINGS = frozenset({"quoted-printable", "base64", "b", "7bit", "8bit"})
_BARE_VALUES = {"url": "uri", "uri": "uri", "content-id": "uri", "cid": "uri", "inline": ""}


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One property: names in lower case, value unfolded and decoded but with its escapes.

    `start` and `end` delimit the raw property in the text, without the line ending. `params`
    hold one pair a value, quotes removed; `encoding` and `charset` are used up. `binary` says
    that the value is base64. `complaint` tells what could not be read ("" if nothing); with an
    empty `name` the line is no property at all, and `value` is the raw line.
    """

    name: str
    value: str
    start: int
    end: int
    group: str = ""
    params: tuple[tuple[str, str], ...] = ()
    binary: bool = False
    complaint: str = ""

    def param(self, name: str) -> str:
        """Return the first value of a parameter, or ""."""
        return next((value for key, value in self.params if key == name), "")


def iter_content_lines(text: str) -> Iterator[ContentLine]:
    """Read all properties of a text in order; never raises, time linear in the text."""
    pieces: list[str] = []
    start = end = 0
    mode: str | None = None
    for line_start, line_end in _iter_physical_lines(text):
        first = text[line_start : line_start + 1]
        if pieces:
            if mode is None and ":" in pieces[-1]:
                mode = _find_mode("".join(pieces))
            joined = True
            if mode == "quoted" and pieces[-1].endswith("="):
                pieces[-1] = pieces[-1][:-1]
                pieces.append(text[line_start:line_end])
            elif first in {" ", "\t"} and not (mode == "base64" and text[line_start:line_end].isspace()):
                pieces.append(text[line_start + 1 : line_end])
            elif mode == "base64" and _BASE64_LINE.fullmatch(text, line_start, line_end):
                pieces.append(text[line_start:line_end])
            else:
                joined = False
            if joined:
                end = line_end
                continue
            yield _parse_line("".join(pieces), start, end)
            pieces, mode = [], None
        if line_end > line_start and not text[line_start:line_end].isspace():
            pieces = [text[line_start:line_end]]
            start, end = line_start, line_end
    if pieces:
        yield _parse_line("".join(pieces), start, end)


def with_line_feeds(text: str) -> str:
    """Return the text with every lone carriage return as a line feed: same length, same places."""
    return _RETURNS.sub(_feed_lines, text) if "\r" in text else text


def _feed_lines(run: re.Match[str]) -> str:
    return run[0] if run[0].endswith("\n") else "\n" * len(run[0])


def _iter_physical_lines(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for match in _NEWLINE.finditer(text):
        yield position, match.start()
        position = match.end()
        if not match[0].endswith("\n"):
            for place in range(match.start() + 1, position):
                yield place, place
    if position < len(text):
        yield position, len(text)


def _find_mode(line: str) -> str:
    head = line[: line.find(":")].lower()
    if "quoted-printable" in head:
        return "quoted"
    _, params = _split_params(line, line.find(":")) if ";" in head else (0, ())
    if any(key == "encoding" and value.lower() in {"b", "base64"} for key, value in params):
        return "base64"
    return "plain"


def _parse_line(line: str, start: int, end: int) -> ContentLine:
    line = line.lstrip("\ufeff \t")
    head = _NAME.match(line)
    if head is None:
        return ContentLine("", line, start, end, complaint="the line has no property name")
    colon, params = _split_params(line, head.end())
    if colon < 0:
        return ContentLine("", line, start, end, complaint="the line has no colon")
    group, _, name = head.group(1).rpartition(".")
    value = line[colon + 1 :]
    encoding = charset = ""
    kept: list[tuple[str, str]] = []
    for key, text in params:
        if key == "encoding":
            encoding = text.lower()
        elif key == "charset":
            charset = text
        else:
            kept.append((key, text))
    binary, complaint = False, ""
    if encoding in {"b", "base64"}:
        binary = True
    elif encoding == "quoted-printable":
        value, complaint = _decode_quoted(value, charset)
    elif not value.isascii():
        value = _recode(value, charset) if charset else _mend_western(value)
    if encoding and encoding not in _BARE_ENCODINGS:
        complaint = f"the encoding {encoding[:40]!r} is not known"
    return ContentLine(name.lower(), value, start, end, group, group_params(kept), binary, complaint)


def _split_params(line: str, position: int) -> tuple[int, list[tuple[str, str]]]:
    """Return the place of the colon that ends the head (-1 if none) and the parameters."""
    first = line.find(";", 0, position + 1)
    if first >= 0:
        position = first
    params: list[tuple[str, str]] = []
    while match := _PARAM.match(line, position):
        params += _name_param(match.group(1), match.group(2))
        position = match.end()
    if line[position : position + 1] == ":":
        return position, params
    # A quotation mark without its fellow: read on without regard to quotes.
    colon = line.find(":", position)
    if colon >= 0:
        for piece in line[position:colon].strip(";").split(";"):
            key, equals, value = piece.partition("=")
            params += _name_param(key, value.replace('"', "") if equals else None)
    return colon, params


def _name_param(key: str, values: str | None) -> list[tuple[str, str]]:
    key = key.strip()
    if values is None:
        word = key.lower()
        if not word:
            return []
        if word in _BARE_ENCODINGS:
            return [("encoding", word)]
        if word in _BARE_VALUES:
            return [("value", _BARE_VALUES[word])] if _BARE_VALUES[word] else []
        return [("type", key)]
    found = [quoted or bare.strip() for quoted, bare in _PARAM_VALUE.findall(values)]
    return [(key.lower(), decode_caret(value)) for value in found if value]


def group_params(params: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Bring values of one parameter together, in order of first appearance, without doubles."""
    grouped: dict[str, dict[str, None]] = {}
    for key, value in params:
        grouped.setdefault(key, {})[value] = None
    return tuple((key, value) for key, values in grouped.items() for value in values)


def decode_caret(value: str) -> str:
    """Undo the caret escapes of parameter values (RFC 6868)."""
    return _CARET.sub(lambda m: _CARET_MEANS[m.group(1)], value) if "^" in value else value


def unescape(value: str) -> str:
    """Undo the backslash escapes of a text value; an unknown escape stays as it is written."""
    if "\\" not in value:
        return value
    return _ESCAPE.sub(lambda m: "\n" if m.group(1) in "nN" else m.group(1), value)


def split_escaped(value: str, separator: str) -> list[str]:
    """Split at the separators that no backslash escapes; the pieces keep their escapes."""
    if "\\" not in value:
        return value.split(separator)
    pieces, start, position = [], 0, 0
    while position < len(value):
        if value[position] == "\\":
            position += 2
            continue
        if value[position] == separator:
            pieces.append(value[start:position])
            start = position + 1
        position += 1
    pieces.append(value[start:])
    return pieces


def decode_charset(data: bytes, charset: str) -> str:
    """Decode bytes in the charset that a text names; lone surrogates become U+FFFD.

    Raises:
        LookupError: there is no such charset for texts, or none that is safe to use.
        ValueError: the bytes are not in it.
    """
    name = codecs.lookup(charset.strip()).name if charset.isprintable() else ""
    if not name or name in _UNSAFE:
        raise LookupError(charset)
    return _SURROGATE.sub("\ufffd", data.decode(name))


#: Python's codecs that are no charsets; some take quadratic time.
_UNSAFE = frozenset({
    "punycode", "idna", "unicode-escape", "unicode_escape", "raw-unicode-escape",
    "raw_unicode_escape", "undefined", "mbcs", "oem",
})  # fmt: skip


def _decode_quoted(value: str, charset: str) -> tuple[str, str]:
    """Decode quoted-printable; return the text and a complaint."""
    raw = value.encode("utf-8", "surrogatepass")
    if not value.isascii() and charset:
        with contextlib.suppress(LookupError, ValueError):
            raw = value.encode(charset)
    data = _QUOTED_BYTE.sub(lambda m: bytes([int(m.group(1), 16)]), raw)
    if charset:
        try:
            return decode_charset(data, charset), ""
        except LookupError:
            complaint = f"the charset {charset[:40]!r} is not known"
        except ValueError:
            complaint = f"the bytes are not {charset[:40]}"
    else:
        complaint = ""
    try:
        return data.decode(), complaint
    except UnicodeDecodeError:
        return decode_western(data), complaint or "the bytes are not UTF-8"


def _recode(value: str, charset: str) -> str:
    """Read text in the charset it names, where the file was decoded byte by byte as another one.

    A file may mix charsets, one a property. If the text is already right, its characters do not
    go back into single bytes that make sense in `charset`, and it stays.
    """
    for encode in (_encode_escaped, encode_western):
        data = encode(value)
        if data is None:
            continue
        with contextlib.suppress(LookupError, ValueError):
            return decode_charset(data, charset)
    return value


def _mend_western(value: str) -> str:
    """Read C1 controls, which are bytes of a file decoded as Latin-1, as what they stand for."""
    data = encode_western(value) if _C1.search(value) else None
    if data is None:
        return value
    try:
        return data.decode()
    except UnicodeDecodeError:
        return decode_western(data)


def guess_content_encoding(data: bytes) -> str:
    """Say how to decode a file of cards or events: "" for as any text, else an encoding's name.

    Old cards name a charset for each property. Where the file is not UTF-8, and all name one
    charset that fits the whole file, it is that; where they differ, Latin-1, which keeps every
    byte, so that each property can be read in its own.
    """
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return ""
    try:
        data.decode()
    except UnicodeDecodeError:
        pass
    else:
        return ""
    named: set[str] = {name.decode().lower() for name in _CHARSET.findall(data)}
    if not named:
        return ""
    if len(named) == 1:
        charset = named.pop()
        with contextlib.suppress(LookupError, ValueError):
            decode_charset(data, charset)
            return charset
    return "latin-1"


def _encode_escaped(value: str) -> bytes | None:
    try:
        return value.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return None


def decode_western(data: bytes) -> str:
    """Decode as Windows-1252, the five unassigned bytes as Latin-1: every byte has a character."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(_WESTERN[byte] for byte in data)


def encode_western(value: str) -> bytes | None:
    """Return the bytes that `decode_western` or Latin-1 would decode to `value`, or None."""
    out = bytearray()
    for character in value:
        byte = _WESTERN_BYTES.get(character)
        if byte is None:
            return None
        out.append(byte)
    return bytes(out)


_WESTERN = [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)]
_WESTERN_BYTES = {chr(byte): byte for byte in range(256)} | {
    character: byte for byte, character in enumerate(_WESTERN)
}
