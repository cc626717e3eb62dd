"""Where a text gives somebody's very words: quotations, and whether they are the author's own."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

_PARAGRAPH = re.compile(r"\n[ \t\r]{0,20}\n")
_MARKS = re.compile("[\"“”„«»‘’']")
#: Which marks close what a mark opened.
_CLOSING = {"“": "”", "„": "“”", "«": "»", "‘": "’", '"': '"', "'": "'"}
#: Words that begin with an apostrophe, so that it opens nothing.
_ELIDED = re.compile(r"(?:em|tis|twas|twere|twill|til|till|cause|bout|n|d|s|ll|re|ve)\b|\d", re.I)
_SAID = (
    r"(?:sa(?:id|ys?|ying)|told|tells?|telling|ask(?:ed|s|ing)?|answer(?:ed|s|ing)?|repl(?:ied|ies|y|ying)"
    r"|remark(?:ed|s|ing)?|observ(?:ed|es|ing)|add(?:ed|s|ing)|declar(?:ed|es|ing)|cr(?:ied|ies|ying)"
    r"|exclaim(?:ed|s|ing)|shout(?:ed|s|ing)|whisper(?:ed|s|ing)|murmur(?:ed|s|ing)|mutter(?:ed|s|ing)"
    r"|wr(?:ote|ites?|iting|itten)|explain(?:ed|s|ing)|protest(?:ed|s|ing)|admit(?:ted|s|ting)"
    r"|continu(?:ed|es|ing)|thought|thinks?|thinking|repeat(?:ed|s|ing)|joked|laughed|sighed|begged|began"
    r"|interrupted|insisted|retorted|wondered|suggested|confessed|called|noted|read|sang|quoted|concluded)"
)
_VERB = re.compile(rf"\b{_SAID}\b", re.I)
#: "I", or a name or pronoun, up to the verb; a verb and then "I".
_I_BEFORE = re.compile(r"\b(?:I|[Ww]e)(?:['’]d|['’]ve)?(?: [a-z]+){0,2} $")
_I_AFTER = re.compile(r" (?:I|we)\b(?! (?:am|was|were|had|have|did)\b)")
_TAG = re.compile(
    rf"[\s,.!?–—-]{{0,4}}(?:(?:I|we)(?: [a-z]+){{0,2}} {_SAID}\b|{_SAID} (?:I|we)\b)",
    re.I,
)
_HEAD = 100


class Quotes:
    """The quotations of one text; positions are code points."""

    def __init__(self, spans: list[tuple[int, int, bool]]) -> None:
        self._starts = [start for start, _, _ in spans]
        self._spans = spans

    def holds(self, at: int) -> bool:
        """Say whether a position stands within quotation marks."""
        n = bisect_right(self._starts, at) - 1
        return n >= 0 and at < self._spans[n][1]

    def is_others(self, at: int) -> bool:
        """Say whether a position stands in the quoted words of somebody else than the author."""
        n = bisect_right(self._starts, at) - 1
        return n >= 0 and at < self._spans[n][1] and not self._spans[n][2]


@lru_cache(maxsize=4)
def find_quotes(text: str) -> Quotes:
    """Find the quotations of a text: “…”, "…", ‘…’, '…', «…», „…“; nothing raises.

    One that is not closed ends with its paragraph, but for '…', whose mark is far more often an
    apostrophe. A quotation is the author's where "I said" or its like stands just before it or,
    after a comma, just behind it; whose words the others are is not told here.
    """
    spans: list[tuple[int, int, bool]] = []
    start = 0
    while start < len(text):
        end = _PARAGRAPH.search(text, start)
        stop = end.start() if end else len(text)
        _read_paragraph(text, start, stop, spans)
        start = end.end() if end else stop
    return Quotes(spans)


def _read_paragraph(text: str, start: int, stop: int, spans: list[tuple[int, int, bool]]) -> None:
    marks = [(m.start(), m[0]) for m in _MARKS.finditer(text, start, stop)]
    closers = _last_closers(text, marks, stop)
    opened = -1
    mark = ""
    before = start
    for at, sign in marks:
        if opened < 0:
            if _opens(text, at, sign, start, stop) and (sign != "'" or closers.get(sign, -1) > at):
                opened, mark = at, sign
        elif sign in _CLOSING[mark] and _closes(text, at, sign, stop):
            spans.append((opened, at + 1, _is_authors(text, opened, at + 1, before, stop)))
            before, opened = at + 1, -1
    if opened >= 0 and mark != "'":
        spans.append((opened, stop, _is_authors(text, opened, stop, before, stop)))


def _last_closers(text: str, marks: list[tuple[int, str]], stop: int) -> dict[str, int]:
    """Return where each mark that can close stands last, so that no search is made twice."""
    return {sign: at for at, sign in marks if _closes(text, at, sign, stop)}


def _opens(text: str, at: int, sign: str, start: int, stop: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < stop else " "
    if sign in "“„«":
        return True
    if sign in "”»’" or after.isspace():
        return False
    if before.isalnum():
        return False
    if sign == '"':
        return True
    return before in ' \t\r\n([{-–—:,"“' and not _ELIDED.match(text, at + 1, min(stop, at + 8))


def _closes(text: str, at: int, sign: str, stop: int) -> bool:
    if sign not in "'’":
        return True
    # An apostrophe stands between letters, or behind the "s" of many owners.
    after = text[at + 1] if at + 1 < stop else " "
    return not after.isalnum() and (text[at - 1] != "s" or not after.isspace() or at + 1 >= stop)


def _is_authors(text: str, opened: int, closed: int, before: int, stop: int) -> bool:
    """Say whether the author is said to have spoken a quotation."""
    head = text[max(before, opened - _HEAD) : opened]
    for end in ".!?;":
        head = head.rpartition(end + " ")[2]
    verbs = list(_VERB.finditer(head))
    if verbs:
        last = verbs[-1]
        return bool(_I_BEFORE.search(head, 0, last.start()) or _I_AFTER.match(head, last.end()))
    if text[max(opened, closed - 2) : closed - 1] in (".", "…"):
        return False
    return _TAG.match(text, closed, min(stop, closed + 60)) is not None
