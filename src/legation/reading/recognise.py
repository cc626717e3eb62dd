"""What a file is: content first, name second.

A card file named `.txt` is cards, a diary named `.vcf` is text. What is not read is `skip`, always
with a reason that can be shown in a receipt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from legation.reading.decode import decode_text

Kind = Literal["text", "cards", "calendar", "mailbox", "message", "table", "skip"]

#: How much of a file's beginning `recognise` wants to see, in bytes.
HEAD_BYTES = 1 << 16

_FOLDERS = {
    ".obsidian": "settings of Obsidian",
    ".logseq": "settings of Logseq",
    ".git": "version control",
    ".hg": "version control",
    ".svn": "version control",
    ".legation": "Legation's own folder",
    ".trash": "deleted files",
    ".Trash": "deleted files",
    ".Trashes": "deleted files",
    "$RECYCLE.BIN": "deleted files",
    ".stversions": "old versions kept by Syncthing",
    ".stfolder": "marker of Syncthing",
    ".dropbox.cache": "cache of Dropbox",
    ".notmuch": "index of notmuch",
    ".vscode": "settings of an editor",
    ".idea": "settings of an editor",
    ".venv": "program environment",
    "__pycache__": "program cache",
    "node_modules": "program environment",
    "__MACOSX": "shadow files of an archive",
    "@eaDir": "index of a storage device",
    ".Spotlight-V100": "index of macOS",
    ".fseventsd": "index of macOS",
    "System Volume Information": "index of Windows",
}
_NAMES = {
    ".ds_store": "folder settings of macOS",
    "thumbs.db": "picture cache of Windows",
    "desktop.ini": "folder settings of Windows",
    ".gitignore": "settings of version control",
    ".gitattributes": "settings of version control",
    ".stignore": "settings of Syncthing",
    ".localized": "folder settings of macOS",
}
_BACKUP = re.compile(r"(~|\.sw[a-p]|\.bak|\.orig|\.tmp|\.part|\.crdownload)$|^#.*#$|^\.#|^\._", re.I)
_MAILDIR = re.compile(r"^\d+\.[^/]+([:;!]2,[A-Za-z]*)?$")
_MAILDIR_FLAGS = re.compile(r"[:;!]2,[A-Za-z]*$")

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG", "image: PNG"),
    (0, b"\xff\xd8\xff", "image: JPEG"),
    (0, b"GIF8", "image: GIF"),
    (0, b"II*\x00", "image: TIFF"),
    (0, b"MM\x00*", "image: TIFF"),
    (0, b"8BPS", "image: Photoshop"),
    (0, b"\x00\x00\x01\x00", "image: icon"),
    (0, b"AT&TFORM", "binary document: DjVu"),
    (0, b"%PDF", "binary document: PDF"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "binary document: Microsoft Office or Outlook"),
    (0, b"{\\rtf", "binary document: RTF"),
    (0, b"%!PS", "binary document: PostScript"),
    (0, b"\x1f\x8b", "archive: gzip"),
    (0, b"BZh", "archive: bzip2"),
    (0, b"\xfd7zXZ\x00", "archive: xz"),
    (0, b"7z\xbc\xaf'\x1c", "archive: 7z"),
    (0, b"Rar!\x1a\x07", "archive: RAR"),
    (0, b"\x28\xb5\x2f\xfd", "archive: zstd"),
    (257, b"ustar", "archive: tar"),
    (0, b"ID3", "audio: MP3"),
    (0, b"\xff\xfb", "audio: MP3"),
    (0, b"OggS", "audio: Ogg"),
    (0, b"fLaC", "audio: FLAC"),
    (0, b"#!AMR", "audio: AMR"),
    (0, b"MThd", "audio: MIDI"),
    (0, b"\x1aE\xdf\xa3", "video: Matroska"),
    (0, b"\x7fELF", "program: ELF"),
    (0, b"\xca\xfe\xba\xbe", "program: Java or macOS"),
    (0, b"\xcf\xfa\xed\xfe", "program: macOS"),
    (0, b"\x00asm", "program: WebAssembly"),
    (0, b"SQLite format 3\x00", "database: SQLite"),
    (0, b"wOFF", "font"),
    (0, b"wOF2", "font"),
    (0, b"\x00\x01\x00\x00\x00", "font"),
    (0, b"OTTO\x00", "font"),
    (0, b"-----BEGIN PGP", "encrypted or signed data: PGP"),
    (0, b"age-encryption.org", "encrypted data: age"),
)
_RIFF = {b"WEBP": "image: WebP", b"WAVE": "audio: WAV", b"AVI ": "video: AVI"}
_ZIPPED = (
    (b"word/", "binary document: Word"),
    (b"xl/", "binary document: Excel"),
    (b"ppt/", "binary document: PowerPoint"),
    (b"application/vnd.oasis.opendocument", "binary document: OpenDocument"),
    (b"application/epub", "binary document: EPUB"),
)
_BY_SUFFIX = {
    "css": "program text",
    "js": "program text",
    "ts": "program text",
    "py": "program text",
    "c": "program text",
    "h": "program text",
    "sh": "program text",
    "toml": "settings",
    "yaml": "settings",
    "yml": "settings",
    "ini": "settings",
    "cfg": "settings",
    "lock": "settings",
    "canvas": "canvas of Obsidian",
    "bib": "bibliography",
}
#: Suffixes whose files are binary even where their first bytes look like text.
_BINARY_SUFFIX = re.compile(r"\.(docx?|xlsx?|pptx?|odt|ods|odp|pages|numbers|key|msg|pst)$", re.I)

_MESSAGE_ONLY = frozenset(
    "message-id received return-path mime-version delivered-to in-reply-to references x-mailer "
    "reply-to list-id dkim-signature content-transfer-encoding user-agent envelope-to".split()
)
_HEADER_LINE = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):(?:[ \t]|$)")
_MBOX_FROM = re.compile(
    r"From \S.*?(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,? .*\d{4}|From \S+@\S+|From (-|\?\?\?@\?\?\?)"
)
_COLUMN_WORD = re.compile(
    r"\b(first|last|given|family|full|display|middle)?[ _-]?(name|surname|e-?mail|phone|telephone|"
    r"tel|mobile|address|city|company|organi[sz]ation|birthday|title|notes?|vorname|nachname|"
    r"telefon|nom|prénom|apellidos?|nombre|имя|фамилия)\b",
    re.I,
)
_TEXT_SUFFIX = re.compile(r"\.(md|markdown|txt|text|org|rst|mdown)$", re.I)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is, and for `skip` why it is not read."""

    kind: Kind
    reason: str = ""


def skip_folder(name: str) -> str:
    """Return why a folder of this name is not entered, or ""."""
    return _FOLDERS.get(name, "")


def recognise(name: str, head: bytes, size: int) -> Recognised:
    """Say what a file is from its name, its first `HEAD_BYTES` bytes and its size in bytes."""
    base = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    reason = _skip_by_name(base)
    if reason:
        return Recognised("skip", reason)
    if size == 0 or not head:
        return Recognised("skip", "empty")
    reason = _skip_by_magic(base, head)
    if reason:
        return Recognised("skip", reason)
    text = _look(head)
    if text is None:
        return Recognised("skip", "binary data")
    if not text.strip():
        return Recognised("text")
    return _recognise_text(name, base, text)


def _skip_by_name(base: str) -> str:
    if base.lower() in _NAMES:
        return _NAMES[base.lower()]
    if _BACKUP.search(base) and not _MAILDIR_FLAGS.search(base):
        return "backup or part of an editor or download"
    return ""


def _skip_by_magic(base: str, head: bytes) -> str:
    for offset, mark, reason in _MAGIC:
        if head.startswith(mark, offset):
            return reason
    if head.startswith(b"RIFF") and head[8:12] in _RIFF:
        return _RIFF[head[8:12]]
    if head[:2] == b"BM" and b"\x00" in head[2:18]:
        return "image: BMP"
    if head[:2] == b"MZ" and b"\x00" in head[2:64]:
        return "program: Windows"
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        picture = brand in (b"heic", b"heix", b"mif1", b"avif")
        sound = brand.startswith(b"M4A")
        return "image: HEIC" if picture else "audio: MPEG-4" if sound else "video: MPEG-4"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        for mark, reason in _ZIPPED:
            if mark in head:
                return reason
        return "binary document: Office" if _BINARY_SUFFIX.search(base) else "archive: ZIP"
    if head.startswith(b"#!") and b"\n" in head[:200] and b"/" in head[:20]:
        return "program: script"
    return ""


def _look(head: bytes) -> str | None:
    """Decode the head far enough to judge it, or return None where it is no text."""
    # The head may end inside a character; the last bytes do not matter here.
    text = decode_text(head[:HEAD_BYTES]).text
    sample = text[:8192]
    odd = sum(1 for c in sample if (c < " " and c not in "\t\n\r\f\x0b\x1b\x00") or c == "\x7f")
    nul = sample.count("\x00")
    unread = sample.count("\ufffd")
    length = max(len(sample), 1)
    if odd / length > 0.05 or nul / length > 0.3 or unread / length > 0.3:
        return None
    return text


def _recognise_text(name: str, base: str, text: str) -> Recognised:
    start = text.lstrip("\ufeff \t\r\n\x00")
    upper = start[:400].upper()
    suffix = base.lower().rpartition(".")[2] if "." in base else ""
    if upper.startswith("BEGIN:VCARD") or (suffix == "vcf" and _has_line(text, "BEGIN:VCARD")):
        return Recognised("cards")
    if upper.startswith(("BEGIN:VCALENDAR", "BEGIN:VEVENT", "BEGIN:VTODO", "BEGIN:VJOURNAL")):
        return Recognised("calendar")
    if suffix in ("ics", "ical", "ifb") and re.search(r"^\S{0,8}\W*\(?E?BEGIN:", text, re.M | re.I):
        return Recognised("calendar")
    mail = _recognise_mail(name, base, start)
    if mail:
        return Recognised(mail)
    reason = _name_format(start, suffix)
    if reason:
        return Recognised("skip", reason)
    if _is_table(start, suffix):
        return Recognised("table")
    if suffix in _BY_SUFFIX:
        return Recognised("skip", f"{_BY_SUFFIX[suffix]} (.{suffix})")
    return Recognised("text")


def _has_line(text: str, mark: str) -> bool:
    return re.search(rf"^[ \t]*{re.escape(mark)}", text, re.M | re.I) is not None


def _recognise_mail(name: str, base: str, start: str) -> Literal["", "mailbox", "message"]:
    lines = start[:20000].splitlines()
    if not lines:
        return ""
    if _MBOX_FROM.match(lines[0][:400]) and any(_HEADER_LINE.match(x) for x in lines[1:4]):
        return "mailbox"
    fields: list[tuple[str, str]] = []
    for line in lines[:200]:
        if not line.strip():
            break
        match = _HEADER_LINE.match(line[:200])
        if match:
            fields.append((match[1].lower(), line[match.end() :]))
        elif not fields or not (line[0] in " \t" or _MAILDIR_FLAGS.search(base)):
            break
    names = {key for key, _ in fields}
    if not fields:
        return ""
    in_maildir = re.search(r"(^|/)(cur|new|tmp)/[^/]+$", name.replace("\\", "/")) is not None
    named = bool(_MAILDIR_FLAGS.search(base)) or base.lower().endswith((".eml", ".emlx", ".mbox"))
    named = named or (in_maildir and _MAILDIR.match(base) is not None)
    sender = any(key == "from" and "@" in value for key, value in fields)
    if len(names & _MESSAGE_ONLY) >= 1 and len(names) >= 2:
        return "message"
    if named and names & {"from", "to", "subject", "date"}:
        return "message"
    if sender and "date" in names and names & {"to", "subject", "cc"}:
        return "message"
    return ""


def _name_format(start: str, suffix: str) -> str:
    low = start[:600].lower()
    if low.startswith("<svg") or (low.startswith("<?xml") and "<svg" in low):
        return "image: SVG"
    if re.match(r"<!doctype html|<html[\s>]", low):
        return "web page (HTML): not read yet"
    if low.startswith("<?xml") or re.match(r"<(tei|rss|feed|plist|kml|gpx)[\s>]", low):
        return "XML: not read yet"
    json_start = re.match(r'\{\s*("|\}\s*$)|\[\s*(\{\s*"|"[^"\n]*"\s*,|\]\s*$)', start[:2000])
    if json_start or (suffix in ("json", "jsonl", "ndjson") and start[:1] in "{["):
        return "JSON: data of another program"
    return ""


def _is_table(start: str, suffix: str) -> bool:
    lines = [x for x in start[:16384].splitlines()[:40] if x.strip()]
    if not lines:
        return False
    named = suffix in ("csv", "tsv", "tab")
    if not named and _TEXT_SUFFIX.search("." + suffix):
        return False
    for mark in (",", ";", "\t"):
        counts = [_count_cells(x, mark) for x in lines[:20]]
        if counts[0] < 2:
            continue
        same = sum(c == counts[0] for c in counts)
        # Quoted cells may span lines, so a named table needs only most rows to agree.
        if named and same >= 0.5 * len(counts):
            return True
        words = sum(bool(_COLUMN_WORD.search(c)) for c in lines[0].split(mark))
        tidy = len(counts) >= 2 and same == len(counts) and counts[0] >= 3
        if tidy and words >= 2:
            return True
    return named and all(len(x) < 80 for x in lines) and bool(_COLUMN_WORD.search(lines[0]))


def _count_cells(line: str, mark: str) -> int:
    return re.sub(r'"[^"]*"', "", line).count(mark) + 1
