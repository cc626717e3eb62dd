"""Address cards: vCard 2.1, 3.0 and 4.0, whole or broken, read property by property.

A card's fields are normalised to vCard 4.0 (RFC 6350), so that writing a card and reading it
again gives equal fields (`vcard_write`). The value of a field is

* of a text property (FN, NOTE, TITLE …): the plain text, line ends as a line feed;
* of a structured or list property (`STRUCTURED`: N, ADR, ORG, NICKNAME, CATEGORIES …): text in
  which unescaped `;` and `,` separate and a backslash escapes; `split_components` takes it apart;
* of a picture, sound or key: a URI; what the card holds itself is a `data:` URI in base64;
* of an address on the net: the URI; of any other property: the value as written.

Parameters: names in lower case, `type` values too; `type=pref` is `pref=1`; encoding and charset
are used up; the group of `item1.TEL` is ("group", "item1"). VERSION is no field.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from collections.abc import Iterable, Sequence

from legation.facts.candidates import CardField, Context, Reading
from legation.facts.problem import Problem
from legation.facts.span import Span
from legation.facts.when import When
from legation.reading.content import (
    ContentLine,
    group_params,
    iter_content_lines,
    split_escaped,
    unescape,
    with_line_feeds,
)

#: Properties whose values keep their separators.
STRUCTURED = frozenset({"n", "adr", "org", "nickname", "categories", "gender", "clientpidmap"})
#: Properties of plain text.
TEXT = frozenset({
    "fn", "note", "title", "role", "email", "tel", "bday", "anniversary", "deathdate", "birthplace",
    "deathplace", "label", "mailer", "tz", "class", "uid", "rev", "kind", "prodid", "lang", "name",
    "sort-string", "agent", "expertise", "hobby", "interest", "org-directory", "xml",
    "x-legation-office", "x-legation-name", "x-ablabel", "x-abadr", "x-abdate", "x-abrelatednames", "x-abuid",
    "x-phonetic-first-name", "x-phonetic-last-name", "x-phonetic-middle-name", "x-spouse",
    "x-anniversary", "x-gender", "x-maidenname", "x-manager", "x-assistant",
})  # fmt: skip
#: Properties that may hold a file.
MEDIA = frozenset({"photo", "logo", "sound", "key"})
#: Properties of a URI.
ADDRESSES = frozenset(
    {"url", "source", "impp", "member", "related", "geo", "fburl", "caladruri", "caluri"} | MEDIA
)
#: A formatted name that the writer made up, because vCard 4.0 asks for one; it is not read back.
DERIVED = "x-legation-derived"

_PADDED = {"n": 5, "adr": 7}
# These are for texts `with_line_feeds`.
_MARK = re.compile(r"^[ \t\ufeff]*(?:[^\s:;]+\.)?(BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*\r*$", re.I | re.M)
_AGENT = re.compile(r"^(?:[^\s:;]+\.)?AGENT(?:;[^:\n]*)?:\s*\Z", re.I | re.M)
_UID = re.compile(r"^(?:[^\s:;]+\.)?UID(?:;[^:\n]*)?:(.*(?:\n[ \t].*)*)", re.I | re.M)
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]+")
_DATE = re.compile(r"(\d{4}|--(?!-))-?(?:(\d{2})(?:-?(\d{2}))?)?(?:[T ].*)?|---(\d{2})")
_SIGNATURES = (
    (b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"), (b"RIFF", "image/webp"), (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"), (b"OggS", "audio/ogg"), (b"ID3", "audio/mpeg"),
)  # fmt: skip
_MEDIA_TYPES = {
    "jpg": "image/jpeg", "x509": "application/pkix-cert", "pgp": "application/pgp-keys",
    "wave": "audio/wav", "pcm": "audio/basic", "basic": "audio/basic", "aiff": "audio/aiff",
    "mp3": "audio/mpeg", "ogg": "audio/ogg", "wav": "audio/wav",
}  # fmt: skip
_FAMILIES = {"photo": "image", "logo": "image", "sound": "audio", "key": "application"}


def split_cards(text: str) -> tuple[tuple[str, int, int], ...]:
    """Cut an address book into cards: (part name, start, end), tiling the text exactly.

    A part is named `uid:` and the UID, else `card-N` by its place; a second of the same name gets
    `#2`. Text before the first card belongs to it, other text to the card it follows. A card
    inside another one's AGENT is no part; a card that never ends is ended by the next one.
    """
    if not text:
        return ()
    text = with_line_feeds(text)
    starts: list[int] = []
    depth = 0
    last_end = 0
    for mark in _MARK.finditer(text):
        if mark.group(1).upper() == "END":
            depth = max(depth - 1, 0)
            last_end = mark.end()
        elif depth and _AGENT.search(text[max(last_end, mark.start() - 400) : mark.start()]):
            depth += 1
        else:
            starts.append(mark.start())
            depth = 1
            last_end = mark.end()
    starts = [0, *starts[1:]]
    edges = [*starts, len(text)]
    names: list[str] = []
    for number, (start, end) in enumerate(zip(starts, edges[1:], strict=True), 1):
        uid = _find_uid(text, start, end)
        names.append(f"uid:{uid}" if uid else f"card-{number}")
    unique = make_unique(names)
    return tuple(zip(unique, starts, edges[1:], strict=True))


def make_unique(names: Iterable[str]) -> list[str]:
    """Give every second and later name of its kind `#2`, `#3` and so on."""
    taken: set[str] = set()
    counts: dict[str, int] = {}
    out = []
    for name in names:
        candidate = name
        while candidate in taken:
            counts[name] = counts.get(name, 1) + 1
            candidate = f"{name}#{counts[name]}"
        taken.add(candidate)
        out.append(candidate)
    return out


def _find_uid(text: str, start: int, end: int) -> str:
    # An AGENT's card has a UID of its own: only the outermost level counts.
    depth = 0
    marks = [(m.start(), m) for m in _MARK.finditer(text, start, end)]
    marks += [(m.start(), m) for m in _UID.finditer(text, start, end)]
    for _, mark in sorted(marks, key=lambda pair: pair[0]):
        if mark.re is _MARK:
            depth += 1 if mark.group(1).upper() == "BEGIN" else -1
        elif depth <= 1:
            uid = unescape(re.sub(r"\r*\n[ \t]", "", mark.group(1))).strip()
            if uid:
                return " ".join(uid.split())[:200]
    return ""


def read_card(text: str, context: Context) -> Reading:
    """Read one card (RFC 6350 and its forebears) into normalised fields with their spans.

    Problems: `card-broken` (no END, text around the card, no card at all), `card-property` (one
    property that could not be read; the others are), `card-no-name`.
    """
    fields: list[CardField] = []
    problems: list[Problem] = []
    begun = ended = False
    outside: ContentLine | None = None
    agent: tuple[ContentLine, int] | None = None
    for line in iter_content_lines(text):
        mark = line.name if line.value.strip().upper() == "VCARD" else ""
        if agent is not None:
            # The card of an agent, written inside this one: its text is the agent's value.
            first, depth = agent
            depth += {"begin": 1, "end": -1}.get(mark, 0)
            agent = (first, depth)
            if depth == 0:
                inner = text[first.end : line.end].strip()
                span = Span(first.start, line.end)
                fields.append(_make_field("agent", inner, first, span))
                agent = None
        elif mark == "begin":
            begun = True
        elif mark == "end":
            ended = ended or begun
        elif begun and not ended and line.name == "agent" and not line.value.strip():
            agent = (line, 0)
        elif (begun and ended) or (not line.name and not begun):
            outside = outside or line
        else:
            _read_property(line, fields, problems)
    problems += _judge_card(text, fields, (begun, ended and agent is None), outside)
    return Reading(kind="card", title=display_name(fields), card=tuple(fields), problems=tuple(problems))


def _judge_card(
    text: str, fields: Sequence[CardField], marks: tuple[bool, bool], outside: ContentLine | None
) -> list[Problem]:
    problems = []
    begun, ended = marks
    if not fields:
        hint = "A card begins with BEGIN:VCARD and ends with END:VCARD."
        return [Problem("card-broken", "There is no card in this text.", hint, fatal=True)]
    if not begun:
        problems.append(Problem("card-broken", "The card has no BEGIN:VCARD.", start=0, end=0))
    elif not ended:
        problems.append(Problem("card-broken", "The card has no END:VCARD.", start=len(text), end=len(text)))
    if outside is not None:
        message = "There is text outside of the card."
        line = count_line(text, outside.start)
        problems.append(Problem("card-broken", message, start=outside.start, end=outside.end, line=line))
    if not display_name(fields):
        hint = "Add FN: and the name as it should be shown."
        problems.append(Problem("card-no-name", "The card has no name.", hint))
    return problems


def count_line(text: str, position: int) -> int:
    """Return the number of the line, from 1, that a position is in."""
    return text.count("\n", 0, position) + 1


def _read_property(line: ContentLine, fields: list[CardField], problems: list[Problem]) -> None:
    if line.name == "version" or (line.name == "fn" and line.param(DERIVED)):
        return
    complaint = line.complaint
    if line.name:
        value, params, trouble = _normalise(line)
        complaint = complaint or trouble
        span = Span(line.start, line.end)
        if value or params:
            shaped = ContentLine(line.name, value, line.start, line.end, line.group, params)
            fields.append(_make_field(line.name, value, shaped, span))
    if complaint:
        label = f"{line.name.upper()}: " if line.name else ""
        problems.append(Problem("card-property", f"{label}{complaint}.", start=line.start, end=line.end))


def _make_field(name: str, value: str, line: ContentLine, span: Span) -> CardField:
    group = (("group", line.group),) if line.group else ()
    return CardField(name, value, group + line.params, span)


def _normalise(line: ContentLine) -> tuple[str, tuple[tuple[str, str], ...], str]:
    """Return value and parameters as vCard 4.0 has them, and a complaint."""
    name, value = line.name, line.value.replace("\r\n", "\n").replace("\r", "\n")
    params = list(_normalise_params(line))
    if name in MEDIA:
        return _normalise_media(line, value.strip(), params)
    if line.binary:
        data = decode_base64(value)
        if data is None:
            return value, group_params(params), "the base64 value is damaged"
        return data.decode("utf-8", "replace"), group_params(params), ""
    if name in STRUCTURED:
        value = _canonical(value, name)
    elif name in ADDRESSES:
        value = re.sub(r"\\([:;,])", r"\1", value).strip().replace("\n", "")
        if name == "geo" and (point := re.fullmatch(r"\s*(-?[\d.]+)[;,]\s*(-?[\d.]+)\s*", value)):
            value = f"geo:{point[1]},{point[2]}"
    elif name in TEXT:
        value = unescape(value)
        if name in {"email", "uid", "rev", "bday", "kind"}:
            value = value.strip()
    else:
        value = value.replace("\n", "\\n")
    complaint = ""
    if name in {"x-legation-office", "x-legation-name"}:
        complaint = _check_office(params)
    return value, group_params(params), complaint


def _normalise_params(line: ContentLine) -> Iterable[tuple[str, str]]:
    preferred = line.param("pref")
    for key, value in line.params:
        if key == "type":
            for word in value.lower().split(","):
                if word.strip() == "pref":
                    if not preferred:
                        yield "pref", "1"
                elif word.strip():
                    yield "type", word.strip()
        elif key == "value":
            if value.lower() not in {"binary", "inline"}:
                yield "value", "uri" if value.lower() == "url" else value.lower()
        elif key != "group":
            yield key, value


def _normalise_media(
    line: ContentLine, value: str, params: list[tuple[str, str]]
) -> tuple[str, tuple[tuple[str, str], ...], str]:
    types = [text for key, text in params if key == "type"]
    others = [(key, text) for key, text in params if key != "type"]
    stated = next((kind for kind in types if kind not in {"home", "work"}), "")
    kept = [("type", kind) for kind in types if kind in {"home", "work"}]
    if not line.binary:
        value = unescape(value).replace("\n", "")
        if value[:5].lower() == "data:":
            others = [(key, text) for key, text in others if (key, text) != ("value", "uri")]
        elif stated and not any(key == "mediatype" for key, _ in others):
            others.append(("mediatype", _media_type(line.name, stated, b"")))
        return value, group_params(kept + others), ""
    data = decode_base64(value)
    others = [(key, text) for key, text in others if key != "value"]
    if data is None:
        others.append(("value", "text"))
        return value, group_params(kept + others), "the base64 value is damaged"
    media = next((text for key, text in others if key == "mediatype"), "")
    media = media or _media_type(line.name, stated, data)
    others = [(key, text) for key, text in others if key != "mediatype"]
    encoded = base64.b64encode(data).decode()
    return f"data:{media};base64,{encoded}", group_params(kept + others), ""


def _media_type(name: str, stated: str, data: bytes) -> str:
    if "/" in stated:
        return re.sub(r"[^\w/.+-]", "", stated)
    if stated:
        return _MEDIA_TYPES.get(stated, f"{_FAMILIES[name]}/{re.sub(r'[^a-z0-9.+-]', '', stated)}")
    for signature, media in _SIGNATURES:
        if data.startswith(signature):
            return media
    return "application/octet-stream"


def decode_base64(value: str) -> bytes | None:
    """Decode base64, leaving out what is no part of its alphabet; None where it is damaged."""
    stripped = _NOT_BASE64.sub("", value.replace("-", "+").replace("_", "/"))
    if not stripped:
        return None
    try:
        return base64.b64decode(stripped + "=" * (-len(stripped) % 4))
    except (binascii.Error, ValueError):
        return None


def split_components(value: str) -> tuple[tuple[str, ...], ...]:
    """Take a structured value apart: components, each a tuple of plain texts.

    `Stevenson;John;Philip,Paul;Dr.;` gives (("Stevenson",), ("John",), ("Philip", "Paul"),
    ("Dr.",), ("",)).
    """
    return tuple(
        tuple(unescape(item) for item in split_escaped(component, ","))
        for component in split_escaped(value, ";")
    )


def join_components(components: Iterable[Iterable[str]]) -> str:
    """Write components as a structured value; the inverse of `split_components`."""
    return ";".join(",".join(escape(item) for item in items) for items in components)


def escape(value: str) -> str:
    """Escape backslash, comma, semicolon and line feed (RFC 6350, 3.4)."""
    value = value.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return value.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n")


def _canonical(value: str, name: str) -> str:
    components = [list(items) for items in split_components(value)]
    components += [[""]] * (_PADDED.get(name, 0) - len(components))
    return join_components(components)


def find_field(fields: Iterable[CardField], name: str) -> CardField | None:
    """Return the first field of a name."""
    return next((field for field in fields if field.name == name), None)


def display_name(fields: Sequence[CardField]) -> str:
    """Return what to call the card: FN, else N in speaking order, else organisation or e-mail."""
    for name in ("fn", "n", "org", "nickname", "email"):
        field = find_field(fields, name)
        if field is None:
            continue
        shown = name_in_order(field.value) if name == "n" else field.value
        if name in {"org", "nickname"}:
            shown = ", ".join(part for parts in split_components(shown) for part in parts if part)
        shown = " ".join(shown.split())
        if shown:
            return shown
    return ""


def name_in_order(value: str) -> str:
    """Write an N value in speaking order: prefixes, given, additional, family, suffixes."""
    parts = [" ".join(items) for items in split_components(value)]
    parts += [""] * (5 - len(parts))
    family, given, additional, prefix, suffix = parts[:5]
    return " ".join(f"{prefix} {given} {additional} {family} {suffix}".split())


def parse_card_date(value: str) -> tuple[int | None, int | None, int | None] | None:
    """Read a date of a card as (year, month, day), None for what is not said; None if no date.

    `1815-12-10`, `18151210`, `1815-12`, `1815`, `--0203` and `---10`, with or without a time.
    """
    match = _DATE.fullmatch(value.strip())
    if match is None:
        return None
    year: int | None = None
    month: int | None = None
    if match.group(4):
        day: int | None = int(match.group(4))
    else:
        year = None if match.group(1) == "--" else int(match.group(1))
        month, day = (int(text) if text else None for text in match.group(2, 3))
    try:
        dt.date(year or 2000, month or 1, day or 1)
    except ValueError:
        return None
    return year, month, day


def parse_when(value: str) -> When | None:
    """Read a date of a card that has a year, to its precision; None if it has none."""
    parsed = parse_card_date(value)
    if parsed is None or not parsed[0] or (parsed[1] is None and parsed[2] is not None):
        return None
    return When.of(parsed[0], parsed[1], parsed[2])


def _check_office(params: Iterable[tuple[str, str]]) -> str:
    for key, value in params:
        if key in {"x-start", "x-end"} and parse_when(value) is None:
            return f"{key.upper()}={value[:40]} is no date"
    return ""


def list_offices(
    fields: Iterable[CardField],
) -> tuple[tuple[CardField, str, When | None, When | None], ...]:
    """Return the offices of a card: (field, office, from, to); a date that is not said is None."""
    found = []
    for field in fields:
        if field.name == "x-legation-office" and field.value.strip():
            params = dict(field.params)
            start, end = (parse_when(params.get(key, "")) for key in ("x-start", "x-end"))
            found.append((field, field.value.strip(), start, end))
    return tuple(found)
