"""Bytes to text: which encoding, which bytes were wrong, and where.

The rule, in order: what the user said; a byte order mark; NUL bytes in the pattern of UTF-16 or
UTF-32; UTF-8; UTF-8 with a few damaged bytes; a Cyrillic code page; Windows-1252. The text never
holds a surrogate: each byte (or lone UTF-16 unit) that cannot be read becomes one U+FFFD, and the
document keeps its bytes.
"""

from __future__ import annotations

import codecs
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from legation.facts.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Version of the rule; part of a rendition's name, so that old citations stay readable.
VERSION = 1
#: Text files beyond this size are not read (a mailbox is: it is streamed).
TEXT_LIMIT_BYTES = 64 * 1024 * 1024

_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
#: Share of NULs among the even or the odd bytes from which text is UTF-16: Latin letters have one each.
_NUL_SHARE = 0.3
#: Bytes looked at when guessing; the whole file is decoded afterwards.
_SAMPLE = 1 << 16
_PLACES = 10
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATES = re.compile("[\ud800-\udfff]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_CYRILLIC_COMMON = frozenset("оеаинтсрвл")


@dataclass(frozen=True, slots=True)
class Rendition:
    """The text of a document, the encoding it was read in, and the versioned name of that reading.

    `name` is `text/<version>:<encoding>`; `text` has no byte order mark and no surrogates.
    """

    text: str
    encoding: str
    name: str
    problems: tuple[Problem, ...] = ()


class Ranged(Protocol):
    """Anything with a half-open range of code points."""

    @property
    def start(self) -> int:
        """First code point."""
        ...

    @property
    def end(self) -> int:
        """One past the last code point."""
        ...


def check_size(size: int) -> Problem | None:
    """Return the problem `text-too-large` where a text file of `size` bytes will not be read."""
    if size <= TEXT_LIMIT_BYTES:
        return None
    return Problem(
        "text-too-large",
        f"the file has {size / (1024 * 1024):.0f} MB; text is read up to 64 MB",
        hint="split the file into one file for each year or month",
        fatal=True,
    )


def decode_text(data: bytes, encoding: str = "") -> Rendition:
    """Decode a document's bytes; never raises.

    `encoding` is what the user or an earlier rendition says; empty means: find out. CRLF, NUL and
    marks are kept, a byte order mark is removed. Problems: `text-encoding` for a guess or for bytes
    that could not be read, `text-control` for control characters.
    """
    problems: list[Problem] = []
    found = ""
    if encoding:
        found = _known(encoding)
        if not found:
            problems.append(
                Problem("text-encoding", f"there is no encoding called {encoding!r}", "try utf-8")
            )
    if not found:
        found, note = detect_encoding(data)
        if note:
            first = _HIGH.search(data)
            line = data.count(b"\n", 0, first.start()) + 1 if first else 0
            problems.append(
                Problem("text-encoding", note, "save the file as UTF-8, or name its encoding", line=line)
            )
    text = _decode(data, found)
    if _SURROGATE.search(text):
        problems.extend(_name_places(text))
        text = _SURROGATE.sub("\ufffd", text)
    problems.extend(_find_controls(text))
    return Rendition(text, found, f"text/{VERSION}:{found}", tuple(problems))


def detect_encoding(data: bytes) -> tuple[str, str]:
    """Say which encoding the bytes are in, and a note where that is a guess ("" if it is not)."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, ""
    wide = _detect_wide(data[:_SAMPLE])
    if wide:
        return wide, ""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _detect_legacy(data)
    return "utf-8", ""


def slice_bytes(data: bytes, rendition: Rendition, parts: Sequence[Ranged]) -> tuple[bytes, ...] | None:
    """Cut a document's bytes where its text is cut, or return None where that is not safe.

    The slices join to `data`, and each decodes with the rendition's encoding to exactly the text of
    its part. Parts tile the text and start after a line end.
    """
    text, encoding = rendition.text, rendition.encoding
    if not parts or parts[0].start != 0 or parts[-1].end != len(text):
        return None
    offsets = _find_offsets(data, text, encoding, [part.start for part in parts[1:]])
    if offsets is None:
        return None
    bounds = [0, *offsets, len(data)]
    slices = tuple(data[a:b] for a, b in itertools.pairwise(bounds))
    for piece, part in zip(slices, parts, strict=True):
        if decode_text(piece, encoding).text != text[part.start : part.end]:
            return None
    return slices


def _known(encoding: str) -> str:
    name = encoding.strip().lower().replace("_", "-")
    name = {"utf8": "utf-8", "utf-8-sig": "utf-8", "latin1": "latin-1"}.get(name, name)
    if name in ("utf-16", "utf-32"):
        return name + "-le"
    try:
        found = codecs.lookup(name).name
        # Codecs of other kinds ("base64", "rot13") make no text of bytes.
        "a".encode(found)
    except (LookupError, UnicodeError, ValueError):
        return ""
    return found if found.startswith(("utf-16", "utf-32")) else name


def _decode(data: bytes, encoding: str) -> str:
    for mark, name in _BOMS:
        if name == encoding and data.startswith(mark):
            data = data[len(mark) :]
            break
    width = 4 if encoding.startswith("utf-32") else 2 if encoding.startswith("utf-16") else 1
    tail = len(data) % width
    whole = data[: len(data) - tail]
    try:
        text = whole.decode(encoding, "surrogateescape" if width == 1 else "surrogatepass")
    except (UnicodeError, ValueError):
        text = whole.decode(encoding, "replace")
    return text + "\udc80" * bool(tail)


def _detect_wide(sample: bytes) -> str:
    """Tell UTF-16 or UTF-32 without a mark by where the NUL bytes stand."""
    zeros = sample.count(0)
    if len(sample) < 4 or zeros * 50 < len(sample):
        return ""
    lanes = [sample[i::4].count(0) for i in range(4)]
    quarter = len(sample) // 4
    if lanes[2] >= quarter * 0.9 and lanes[3] >= quarter * 0.9 and _fits(sample, "utf-32-le"):
        return "utf-32-le"
    if lanes[0] >= quarter * 0.9 and lanes[1] >= quarter * 0.9 and _fits(sample, "utf-32-be"):
        return "utf-32-be"
    even, odd = lanes[0] + lanes[2], lanes[1] + lanes[3]
    name = "utf-16-le" if odd > even else "utf-16-be"
    # One side must hold nearly all NULs: text with stray NULs has them on both, or has few.
    if max(even, odd) < 2 or min(even, odd) * 20 > max(even, odd):
        return ""
    share = max(even, odd) * 2 / len(sample)
    if share < _NUL_SHARE and not (share >= _NUL_SHARE / 4 and _no_narrow_text(sample)):
        return ""
    text = sample[: len(sample) // 2 * 2].decode(name, "replace")
    plain = sum(c.isalnum() or c.isspace() or c in ".,;:!?'\"()-/" for c in text)
    return name if plain >= 0.8 * len(text) else ""


def _no_narrow_text(sample: bytes) -> bool:
    """Say that bytes are no text one by one: UTF-16 in another script has NULs in its blanks only."""
    try:
        text = sample[: len(sample) // 4 * 4].decode("utf-8")
    except UnicodeDecodeError:
        return True
    return sum(c < " " and c not in "\t\n\r\f\0" for c in text) >= 0.1 * len(text)


def _fits(sample: bytes, encoding: str) -> bool:
    try:
        sample[: len(sample) // 4 * 4].decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _detect_legacy(data: bytes) -> tuple[str, str]:
    damaged = data.decode("utf-8", "surrogateescape")
    wrong = len(_SURROGATE.findall(damaged))
    high = len(_HIGH.findall(data))
    # In a legacy code page hardly any high byte happens to form valid UTF-8.
    if (high - wrong) >= 2 * wrong:
        return "utf-8", ""
    places = _HIGH_WORD.finditer(data)
    words = [m.group() for m, _ in zip(places, range(2000), strict=False)]
    solid = sum(len(w) for w in words if len(w) > 1 and len(_HIGH.findall(w)) == len(w))
    total = sum(len(w) for w in words)
    if words and solid >= 0.6 * total and total >= 8:
        best = max(("cp1251", "koi8-r"), key=lambda name: _score_cyrillic(words, name))
        if _score_cyrillic(words, best) > 0.5:
            return best, f"the bytes are not UTF-8; read as Cyrillic ({best})"
    # Nothing but lone surrogates or a few stray bytes: UTF-8 that was damaged.
    if wrong and _looks_encoded_surrogates(data):
        return "utf-8", ""
    return "cp1252", "the bytes are not UTF-8; read as Windows-1252 (Western European)"


def _looks_encoded_surrogates(data: bytes) -> bool:
    found = len(re.findall(rb"\xed[\xa0-\xbf][\x80-\xbf]", data))
    return found * 3 >= len(_HIGH.findall(data)) * 0.5


def _score_cyrillic(words: Iterable[bytes], encoding: str) -> float:
    """Share of common lower-case letters: the two code pages swap the cases and the order."""
    text = "".join(w.decode(encoding, "replace") for w in words)
    letters = [c for c in text if "\u0400" <= c <= "\u04ff"]
    if not letters or len(letters) < 0.8 * len(text):
        return 0.0
    lower = sum(c.islower() for c in letters) / len(letters)
    common = sum(c.lower() in _CYRILLIC_COMMON for c in letters) / len(letters)
    return lower * 0.5 + common


def _name_places(text: str) -> list[Problem]:
    runs = _SURROGATES.finditer(text)
    found: list[Problem] = []
    line, seen = 1, 0
    for run in runs:
        if len(found) == _PLACES:
            rest = sum(len(r.group()) for r in runs) + len(run.group())
            found.append(Problem("text-encoding", f"{rest} more bytes further on could not be read"))
            break
        line += text.count("\n", seen, run.start())
        seen = run.start()
        count = run.end() - run.start()
        what = "a byte" if count == 1 else f"{count} bytes"
        found.append(
            Problem(
                "text-encoding",
                f"{what} could not be read; shown as \ufffd",
                start=run.start(),
                end=run.end(),
                line=line,
            )
        )
    return found


def _find_controls(text: str) -> list[Problem]:
    first = _CONTROL.search(text)
    if first is None:
        return []
    count = sum(1 for _ in _CONTROL.finditer(text))
    what = "a control character" if count == 1 else f"{count} control characters, the first"
    code = f"U+{ord(first.group()):04X}"
    return [
        Problem(
            "text-control",
            f"the text holds {what} ({code})",
            start=first.start(),
            end=first.end(),
            line=text.count("\n", 0, first.start()) + 1,
        )
    ]


def _find_offsets(data: bytes, text: str, encoding: str, starts: Sequence[int]) -> list[int] | None:
    """Find the byte after the n-th line end for each start, walking data and text side by side."""
    width = 4 if encoding.startswith("utf-32") else 2 if encoding.startswith("utf-16") else 1
    offsets: list[int] = []
    for mark in ("\n", "\r"):
        wanted = [s for s in starts if text[s - 1] == mark]
        if not wanted:
            continue
        unit = mark.encode(encoding)
        position, seen = 0, 0
        for start in wanted:
            for _ in range(text.count(mark, seen, start)):
                position = _next_unit(data, unit, width, position)
                if position < 0:
                    return None
            seen = start
            offsets.append(position)
    if len(offsets) != len(starts):
        return None
    return sorted(offsets)


def _next_unit(data: bytes, unit: bytes, width: int, position: int) -> int:
    """Return the offset after the next aligned `unit` at or after `position`, or -1."""
    while True:
        at = data.find(unit, position)
        if at < 0:
            return -1
        if at % width == 0:
            return at + len(unit)
        position = at + 1
