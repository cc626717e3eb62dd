"""Mail messages (RFC 5322, MIME): bytes to a plain text, and that text's envelope and people.

The text of a message (`RENDITION`) is: one line each of `From`, `To`, `Cc`, `Date`, `Subject`, as
far as the message has them, decoded; one line `Attachment` for each; a blank line; the body. The
head holds no blank line, so the body begins after the first one (`find_body`). The standard
library's older `compat32` policy is used because it is four times as fast as the newer one, and
because it never refuses a header.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import email
import re
from collections.abc import Iterator
from email import errors, policy
from email.header import decode_header
from email.message import Message as MimeMessage
from email.utils import getaddresses, parsedate_to_datetime
from typing import Literal

from legation.facts.candidates import (
    Context,
    Header,
    HeaderPerson,
    MentionCandidate,
    Message,
    Reading,
)
from legation.facts.problem import Problem
from legation.facts.span import Span
from legation.facts.when import When
from legation.reading.addresses import clean_name, make_mention
from legation.reading.content import decode_charset, decode_western
from legation.reading.html import html_to_text

#: Name of the function that makes a message's text; a change of it gets a new number.
RENDITION = "message/1"
#: Parts within parts, parts in all, and addresses in one header that are looked at.
DEPTH_LIMIT = 20
PART_LIMIT = 1000
ADDRESS_LIMIT = 2000
#: Longest header, and longest that the standard library takes apart, whose time grows with the square.
HEADER_LIMIT = 200_000
_STRICT_LIMIT = 1000
#: Longest subject, date or list of parameters.
_LINE_LIMIT = 10_000
#: Longest body that is kept, in characters.
BODY_LIMIT = 16 * 1024 * 1024

_ROLES: tuple[tuple[str, Literal["from", "to", "cc"]], ...] = (
    ("From", "from"), ("To", "to"), ("Cc", "cc"),
)  # fmt: skip
_ENVELOPE = re.compile(rb"\A>?From [^\n]*\n")
_UNQUOTE = re.compile(rb"^>(>*From )", re.M)
_BOUNDARY = re.compile(rb"boundary\s*=", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ADDRESS_MARK = re.compile(r'\\.|[",;()<>]', re.S)
_CONTINUED = re.compile(r"\+\d+\Z")
_QUOTE_LINE = re.compile(r"^[ \t]{0,3}>.*(?:\n|\Z)", re.M)
_WROTE = re.compile(
    r"\b(?:wrote|writes|said|schrieb|schreef|écrit|scritto|escribió|escreveu|skrev|napisał\(a\)|"
    r"napisal|пишет|писал|написал)\b.{0,40}:\s*\Z",
    re.I,
)
_OPENS = re.compile(r"\s*(?:On|Am|Le|Il|El|Em|Op|Den|Dnia|W dniu|At|Quoting|>>)\b|.*(?:\d{4}|@)", re.I)
_ORIGINAL = re.compile(
    r"^[ \t]*-{2,}[ \t]*(?:Original Message|Original-Nachricht|Ursprüngliche Nachricht|"
    r"Message d'origine|Messaggio originale|Mensaje original|Forwarded message)[ \t]*-{2,}",
    re.M | re.I,
)
_OUTLOOK = re.compile(
    r"^_{20,}[ \t]*\n(?:[ \t]*\n)?(?:From|Von|De|Da):[ \t][^\n]+\n"
    r"(?:Sent|Date|Gesendet|Envoyé|Inviato|Enviado)",
    re.M | re.I,
)


def read_message(data: bytes, context: Context) -> tuple[str, Reading]:
    """Make a message's text and read its envelope; never raises.

    Every named sender and receiver is a mention at its place in the text, with its role. Problems:
    `message-broken`, `message-truncated`, `message-header`, `text-encoding`.
    """
    problems: list[Problem] = []
    if _CONTINUED.search(context.part):
        problems.append(Problem("message-broken", "This continues a message of more than 64 MB.", fatal=True))
        return "", Reading(kind="message", problems=tuple(problems))
    parsed = _parse(data, problems)
    body, attachments = _read_parts(parsed, problems)
    head = _Head()
    envelope: dict[str, tuple[tuple[str, str], ...]] = {}
    for name, role in _ROLES:
        envelope[role] = _read_addresses(parsed, name)
        head.add_people(name, role, envelope[role])
    sent, sent_line = _read_date(parsed, problems)
    sent_span = head.add("Date", sent_line)
    subject = _first_header(parsed, "Subject")
    subject_span = head.add("Subject", subject)
    for attachment in attachments:
        head.add("Attachment", attachment)
    text = f"{head.finish()}\n{body}"
    if not head.lines:
        problems.append(Problem("message-broken", "The message has no headers.", start=0, end=0))
    message = Message(
        message_id=_message_id(parsed, "Message-ID"),
        sender=envelope["from"],
        to=envelope["to"],
        cc=envelope["cc"],
        subject=subject,
        sent=sent,
        in_reply_to=_message_id(parsed, "In-Reply-To"),
    )
    sender = next(iter(envelope["from"]), ("", ""))
    reading = Reading(
        kind="message",
        title=subject,
        written_on=sent,
        written_span=sent_span if sent is not None else None,
        author=context.author or sender[0] or sender[1],
        mentions=tuple(head.mentions),
        header=Header(title=subject_span, date=sent_span, subject=subject_span, people=tuple(head.people)),
        message=message,
        problems=tuple(dict.fromkeys(problems)),
    )
    return text, reading


class _Head:
    """Writes the head of the text, line by line, and notes where each person stands in it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.length = 0
        self.mentions: list[MentionCandidate] = []
        self.people: list[HeaderPerson] = []

    def add(self, name: str, value: str) -> Span | None:
        """Write a line; return the place of its value."""
        if not value:
            return None
        line = f"{name}: {value}\n"
        start = self.length + len(name) + 2
        self.lines.append(line)
        self.length += len(line)
        return Span(start, start + len(value))

    def add_people(
        self, name: str, role: Literal["from", "to", "cc"], people: tuple[tuple[str, str], ...]
    ) -> None:
        """Write a line of addresses and make a mention of everyone who has a name."""
        shown = [f"{who} <{address}>" if who and address else who or address for who, address in people]
        position = self.length + len(name) + 2
        for (who, _), text in zip(people, shown, strict=True):
            if who:
                span = Span(position, position + len(text))
                self.people.append(HeaderPerson(span, len(self.mentions), role=role))
                self.mentions.append(make_mention(who, position, position + len(who)))
            position += len(text) + 2
        self.add(name, ", ".join(shown))

    def finish(self) -> str:
        """Return the head."""
        return "".join(self.lines)


def find_body(text: str) -> Span | None:
    """Return the place of the body in a message's text; None where it is empty."""
    start = 1 if text.startswith("\n") else text.find("\n\n") + 2
    return Span(start, len(text)) if 1 <= start < len(text) and text[start:].strip() else None


def quoted_spans(text: str) -> tuple[Span, ...]:
    """Return what a message repeats of others: `> ` lines with the line that introduces them.

    Also everything after `-----Original Message-----` and its like. The spans are in order and do
    not overlap; names are read from the rest.
    """
    body = find_body(text)
    if body is None:
        return ()
    found = []
    last = -1
    for match in _QUOTE_LINE.finditer(text, body.start):
        start = match.start() if match.start() == last else _find_attribution(text, body, match.start())
        found.append((start, match.end()))
        last = match.end()
    for pattern in (_ORIGINAL, _OUTLOOK):
        forwarded = pattern.search(text, body.start)
        if forwarded:
            found.append((forwarded.start(), len(text)))
    merged: list[list[int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        elif end > start:
            merged.append([start, end])
    return tuple(Span(start, end) for start, end in merged)


def _find_attribution(text: str, body: Span, start: int) -> int:
    """Return where the line or two before a quotation begin that say whose it is."""
    before = text[max(body.start, start - 1000) : start]
    lines = before.rstrip("\n").split("\n")
    if len(before) - len(before.rstrip("\n")) > 2 or not _WROTE.search(lines[-1]):
        return start
    kept = 1
    if len(lines) > 1 and not _OPENS.match(lines[-1]) and _OPENS.match(lines[-2]):
        kept = 2
    return start - len(before) + len("\n".join(lines[:-kept])) + (kept < len(lines))


def _parse(data: bytes, problems: list[Problem]) -> MimeMessage:
    envelope = _ENVELOPE.match(data)
    if envelope and not data.startswith(b"From:"):
        data = _UNQUOTE.sub(rb"\1", data[envelope.end() :])
    if len(_BOUNDARY.findall(data)) > PART_LIMIT:
        problems.append(Problem("message-broken", "The message has too many parts within parts."))
        return _parse_head(data)
    try:
        return email.message_from_bytes(data, policy=policy.compat32)
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
        problems.append(Problem("message-broken", "The parts of the message could not be told apart."))
        return _parse_head(data)


def _parse_head(data: bytes) -> MimeMessage:
    end = re.search(rb"\r?\n\r?\n", data)
    parsed = email.message_from_bytes(data[: end.end()] if end else data[:65536])
    for name in ("Content-Type", "Content-Transfer-Encoding"):
        del parsed[name]
    parsed.set_payload("")
    return parsed


def _iter_parts(
    message: MimeMessage, problems: list[Problem]
) -> Iterator[tuple[MimeMessage, MimeMessage | None]]:
    """Yield the leaves with their parents in order; attached messages are leaves."""
    stack: list[tuple[MimeMessage, MimeMessage | None, int]] = [(message, None, 0)]
    count = 0
    while stack:
        part, parent, depth = stack.pop()
        count += 1
        _cut_parameters(part)
        if count > PART_LIMIT or depth > DEPTH_LIMIT:
            text = "The message has more parts, or parts within parts, than are read."
            problems.append(Problem("message-broken", text))
            if count > PART_LIMIT:
                return
            continue
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_maintype() == "multipart":
            chosen = _list_parts(part)
            if part.get_content_subtype() == "alternative":
                chosen = _choose(chosen)
            stack += [(item, part, depth + 1) for item in reversed(chosen)]
        else:
            yield part, parent


def _cut_parameters(part: MimeMessage) -> None:
    for name in ("Content-Type", "Content-Disposition", "Content-Transfer-Encoding"):
        value = part.get(name)
        if value is not None and len(str(value)) > _LINE_LIMIT:
            part.replace_header(name, str(value)[:_LINE_LIMIT])


def _list_parts(part: MimeMessage) -> list[MimeMessage]:
    payload = part.get_payload()
    items = payload if isinstance(payload, list) else []
    return [item for item in items if isinstance(item, MimeMessage)]


def _choose(parts: list[MimeMessage]) -> list[MimeMessage]:
    """Of several forms of one text, take the plain one if it says anything, else the last."""
    for part in parts:
        if part.get_content_type() == "text/plain" and (part.get_payload() or ""):
            return [part]
    for part in reversed(parts):
        if part.get_content_type() == "text/html" or part.get_content_maintype() == "multipart":
            return [part]
    return parts[:1]


def _read_parts(message: MimeMessage, problems: list[Problem]) -> tuple[str, list[str]]:
    texts: list[str] = []
    attachments: list[str] = []
    room = BODY_LIMIT
    for part, _ in _iter_parts(message, problems):
        _note_defects(part, problems)
        kind = part.get_content_type()
        name = _file_name(part)
        disposition = str(part.get("Content-Disposition", "")).strip().lower()
        attached = disposition.startswith("attachment") or bool(name and kind == "text/html")
        if part.get_content_maintype() == "text" and not attached and kind in _READABLE:
            text = _decode_part(part, problems)
            if kind == "text/html":
                text = html_to_text(text)
            if len(text) > room:
                problems.append(Problem("text-too-large", "The body is cut after 16 million characters."))
                text = text[:room]
            room -= len(text)
            if text.strip():
                texts.append(text.strip("\n") + "\n")
        elif kind == "message/rfc822" and isinstance(part.get_payload(), list):
            inner = _list_parts(part)
            subject = _first_header(inner[0], "Subject") if inner else ""
            attachments.append(name or f"message: {subject}".rstrip(": "))
        elif name or attached:
            attachments.append(name or kind)
    _note_defects(message, problems)
    return "\n".join(texts), attachments


_READABLE = frozenset({"text/plain", "text/html", "text/enriched", "text/markdown", "text/x-markdown"})


def _note_defects(part: MimeMessage, problems: list[Problem]) -> None:
    for defect in part.defects:
        if isinstance(
            defect,
            errors.CloseBoundaryNotFoundDefect
            | errors.StartBoundaryNotFoundDefect
            | errors.InvalidBase64PaddingDefect
            | errors.InvalidBase64LengthDefect,
        ):
            hint = "Import the mailbox again from its source if it is whole there."
            problems.append(Problem("message-truncated", "The message ends in the middle.", hint))
        elif isinstance(
            defect,
            errors.MissingHeaderBodySeparatorDefect | errors.FirstHeaderLineIsContinuationDefect,
        ):
            problems.append(Problem("message-header", "A line among the headers is none."))


def _file_name(part: MimeMessage) -> str:
    try:
        name = part.get_filename("")
    except (ValueError, LookupError, TypeError, AttributeError):
        name = ""
    return _one_line(_decode_words(str(name)))[:200] if name else ""


def _decode_part(part: MimeMessage, problems: list[Problem]) -> str:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        data = None
    if not isinstance(data, bytes):
        payload = part.get_payload()
        data = str(payload).encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""
    _note_defects(part, problems)
    try:
        charset = str(part.get_content_charset("") or "").strip("\"' ")
    except (ValueError, LookupError, TypeError):
        charset = ""
    text = _decode_text(data, charset, problems)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", text)


def _decode_text(data: bytes, charset: str, problems: list[Problem]) -> str:
    if charset and charset not in {"us-ascii", "ascii", "utf-8", "unknown-8bit"}:
        try:
            return decode_charset(data, charset)
        except LookupError:
            problems.append(Problem("text-encoding", f"The charset {charset[:40]!r} is not known."))
        except ValueError:
            problems.append(Problem("text-encoding", f"The text is not in {charset[:40]}, as it says."))
    try:
        return data.decode()
    except UnicodeDecodeError:
        problems.append(Problem("text-encoding", "The text is not UTF-8; read as Western European."))
        return decode_western(data)


def _decode_words(value: str) -> str:
    """Decode `=?charset?q?…?=`; raw bytes are UTF-8 or Western European."""
    pieces: list[str] = []
    try:
        parts = decode_header(value)
    except (ValueError, LookupError, errors.HeaderParseError, TypeError):
        parts = [(value, None)]
    for text, charset in parts:
        if isinstance(text, str):
            pieces.append(_mend(text))
            continue
        decoded = ""
        if charset and charset != "unknown-8bit":
            with contextlib.suppress(LookupError, ValueError):
                decoded = decode_charset(text, charset)
        pieces.append(decoded or _decode_plain(text))
    return "".join(pieces)


def _mend(text: str) -> str:
    if not _SURROGATE.search(text):
        return text
    return _decode_plain(text.encode("utf-8", "surrogateescape"))


def _decode_plain(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return decode_western(data)


def _one_line(value: str) -> str:
    """Fold a value to one line without controls: nobody can smuggle in a header or a blank line."""
    return " ".join(_SURROGATE.sub("\ufffd", _CONTROL.sub(" ", value)).split())


def _headers(message: MimeMessage, name: str) -> list[str]:
    try:
        values = message.get_all(name, [])
    except (ValueError, LookupError, TypeError):
        return []
    return [str(value)[:HEADER_LIMIT] for value in values]


def _first_header(message: MimeMessage, name: str) -> str:
    return next((_one_line(_decode_words(value[:_LINE_LIMIT])) for value in _headers(message, name)), "")


def _message_id(message: MimeMessage, name: str) -> str:
    value = next(iter(_headers(message, name)), "")
    found = re.search(r"<([^<>\s]+)>", value)
    return _one_line(found.group(1) if found else value.strip())[:500]


def _read_addresses(message: MimeMessage, name: str) -> tuple[tuple[str, str], ...]:
    """Return (name, address) of all headers of this name; a header may stand twice."""
    found: dict[tuple[str, str], None] = {}
    for value in _headers(message, name):
        flat = re.sub(r"\r?\n[ \t]*", " ", value)
        for who, address in _split_addresses(flat)[:ADDRESS_LIMIT]:
            decoded = clean_name(_one_line(_decode_words(who)))
            pair = (decoded, _one_line(address))
            if any(pair):
                found[pair] = None
    return tuple(found)[:ADDRESS_LIMIT]


def _split_addresses(value: str) -> list[tuple[str, str]]:
    """Return (name, address) as they stand in a header; the time grows with its length."""
    if len(value) <= _STRICT_LIMIT:
        return _parse_addresses(value)
    found: list[tuple[str, str]] = []
    for piece in _cut_addresses(value):
        found += _parse_addresses(piece) if len(piece) <= _STRICT_LIMIT else _parse_loosely(piece)
        if len(found) >= ADDRESS_LIMIT:
            break
    return found


def _parse_addresses(value: str) -> list[tuple[str, str]]:
    try:
        pairs = getaddresses([value])
    except (ValueError, IndexError, TypeError, RecursionError):
        pairs = []
    return pairs if any(who or address for who, address in pairs) else _parse_loosely(value)


def _cut_addresses(value: str) -> Iterator[str]:
    """Cut a list at the commas and semicolons outside quotation marks, comments and brackets."""
    start = depth = 0
    quoted = False
    for match in _ADDRESS_MARK.finditer(value):
        mark = match[0]
        if mark == '"':
            quoted = not quoted
        elif quoted or mark.startswith("\\"):
            continue
        elif mark in "(<":
            depth += 1
        elif mark in ")>":
            depth = max(0, depth - 1)
        elif not depth:
            yield value[start : match.start()]
            start = match.end()
    yield value[start:]


def _parse_loosely(value: str) -> list[tuple[str, str]]:
    """Take what looks like an address, where the strict parser gives up."""
    found = []
    for piece in re.split("[,;]", value):
        who, bracket, rest = piece.partition("<")
        address = rest.partition(">")[0]
        if bracket and "@" in address.strip("@") and not any(c.isspace() or c == "<" for c in address):
            found.append((who.rpartition(">")[2].strip(' "')[:_STRICT_LIMIT], address))
    words = () if found else re.split(r"[\s<>,;\"]+", value)
    return found or [("", word) for word in words if "@" in word.strip("@")]


def _read_date(message: MimeMessage, problems: list[Problem]) -> tuple[When | None, str]:
    """Return the day in the sender's own zone, and the header as written."""
    line = _first_header(message, "Date")
    if not line:
        problems.append(Problem("date-missing", "The message has no date."))
        return None, ""
    moment: dt.datetime | None
    try:
        moment = parsedate_to_datetime(line)
    except (ValueError, TypeError, IndexError, OverflowError):
        moment = None
    if moment is None:
        problems.append(Problem("date-invalid", f"The date {line[:60]!r} cannot be read."))
        return None, line
    return When.on(moment.date()), line
