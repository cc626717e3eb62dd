"""Quotations as spans: “…”, "…", ‘…’, '…', «…», „…“, ``…'', and lines of dialogue behind a dash."""

from __future__ import annotations

import re
from functools import lru_cache

_BREAK = re.compile(r"\n[ \t\r]{0,20}\n")
_MARK = re.compile("``|''|[\"“”„«»‘’']")
_CLOSING = {"“": "”", "„": "“”", "«": "»", "‘": "’", '"': '"', "'": "'", "``": ("''", '"')}
_DASHED = re.compile(r"(?:^|\n)[ \t]{0,12}(?:—|―|–|--)[ \t]?(?=[^\s\d—–-])")
#: Where the words behind a dash give way to who said them.
_TAGGED = re.compile(
    r"[,.!?—–-] {0,2}(?=(?:he|she|I|they|we|said|says|asked|answered|replied|cried|whispered|murmured"
    r"|muttered|exclaimed|called|shouted|added|continued) )|[,.!?] {0,2}(?=[A-Z][\w.]+(?: [A-Z][\w.]+){0,3} "
    r"(?:said|says|asked|answered|replied|cried|whispered|murmured|muttered|exclaimed|called|shouted|added) )"
)
_ELIDED = re.compile(
    r"(?:em|tis|twas|twere|twill|til|till|cause|bout|n|d|s|ll|re|ve|t|m|tother|un)\b|\d", re.I
)
_PUNCTUATION = frozenset(".,!?;:—–-…")


@lru_cache(maxsize=4)
def find_quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Find the outermost quotations, marks included, in order; nothing raises.

    A quotation that is not closed ends with its paragraph, but for '…' and ‘…’, whose marks are far
    more often apostrophes. Marks may stand apart from the words, as in texts cut into words.
    """
    out: list[tuple[int, int]] = []
    if _MARK.search(text):
        start = 0
        while start < len(text):
            end = _BREAK.search(text, start)
            stop = end.start() if end else len(text)
            _read_paragraph(text, start, stop, out)
            start = end.end() if end else stop
    if len(out) <= 2 and _DASHED.search(text):
        out = sorted([*out, *_dashed(text, out)])
    return tuple(out)


def _read_paragraph(text: str, start: int, stop: int, out: list[tuple[int, int]]) -> None:
    marks = [(m.start(), m.end(), m[0]) for m in _MARK.finditer(text, start, stop)]
    closers = {sign: at for at, _, sign in marks if _closes(text, at, sign, start, stop)}
    opened, mark = -1, ""
    for at, end, sign in marks:
        if opened < 0:
            if _opens(text, at, end, sign, start, stop) and _has_closer(sign, closers, at):
                opened, mark = at, sign
        elif sign in _CLOSING[mark] and _closes(text, at, sign, start, stop):
            out.append((opened, end))
            opened = -1
        elif sign == mark and sign in '“"' and _only_opens(text, at, end, start, stop):
            # The mark that should have closed the one before was forgotten.
            out.append((opened, at))
            opened = at
    if opened >= 0 and mark not in "'‘":
        out.append((opened, stop))


def _has_closer(sign: str, closers: dict[str, int], at: int) -> bool:
    return sign not in ("'", "‘") or closers.get("’" if sign == "‘" else "'", -1) > at


def _only_opens(text: str, at: int, end: int, start: int, stop: int) -> bool:
    return at > start and text[at - 1].isspace() and end < stop and text[end].isalnum()


def _opens(text: str, at: int, end: int, sign: str, start: int, stop: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[end] if end < stop else " "
    if sign in ("“", "„", "«", "``"):
        return True
    if sign == "‘":
        return not _ELIDED.match(text, end, min(stop, end + 8))
    if sign in ("”", "»", "’", "''"):
        return False
    if sign == '"':
        # Between blanks the mark tells nothing: the first opens.
        return not before.isalnum() and (before.isspace() or not after.isspace() or before in "([{—–-")
    if not (before.isspace() or before in '([{—–-:,"“'):
        return False
    if after.isspace():
        nearest = text[end : end + 3].strip()
        return nearest[:1].isupper()
    return after.isalnum() and not _ELIDED.match(text, end, min(stop, end + 8))


def _closes(text: str, at: int, sign: str, start: int, stop: int) -> bool:
    if sign not in "'’":
        return True
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < stop else " "
    if after.isalnum():
        return False
    if before.isspace():
        # A mark that stands alone closes behind punctuation, else it is a cut-off apostrophe.
        return text[max(start, at - 2) : at - 1] in _PUNCTUATION
    return before in _PUNCTUATION or before in ')*_”"' or (before != "s" and before.isalnum())


def _dashed(text: str, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for match in _DASHED.finditer(text):
        start = match.start() + (text[match.start()] == "\n")
        line = text.find("\n", match.end())
        stop = len(text) if line < 0 else line
        tag = _TAGGED.search(text, match.end(), stop)
        end = tag.start() + 1 if tag else stop
        if not any(a < end and start < b for a, b in taken):
            out.append((start, end))
    return out if len(out) > 1 else []
