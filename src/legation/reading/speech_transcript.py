"""Transcripts: paragraphs that begin with the speaker's name and a mark, "Mr. Eden: ..."."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from legation.reading.parties import Who
from legation.reading.speech_draft import Draft

if TYPE_CHECKING:
    from legation.reading.parties import Cast

_BREAK: Final = re.compile(r"\n[ \t\r]{0,20}\n\s*")
_MARK: Final = re.compile(r"[ \t]{0,3}(?:\([^()\n]{1,60}\)[ \t]{0,3})?(?P<mark>[:.])(?=[ \t\n])")
#: A transcript has so many speeches at least, by two people or more.
_FEWEST: Final = 3


def read_transcript(cast: Cast) -> list[Draft]:
    """Read the speeches of a transcript; none where the text is no transcript.

    A speech reaches to the next one; paragraphs without a name go on with it.
    """
    text = cast.text
    names = {m.span.start: n for n, m in reversed(list(enumerate(cast.mentions)))}
    heads: list[tuple[int, int, int, str]] = []
    starts = [0, *(m.end() for m in _BREAK.finditer(text))]
    for start in starts:
        n = names.get(start)
        if n is None:
            continue
        mark = _MARK.match(text, cast.mentions[n].span.end)
        if mark is not None:
            heads.append((start, mark.end(), n, mark["mark"]))
    colons = sum(1 for head in heads if head[3] == ":")
    if len(heads) < _FEWEST or not colons or len({cast.key(n) for _, _, n, _ in heads}) < 2:
        return []
    drafts = []
    for k, (start, begin, n, _) in enumerate(heads):
        stop = heads[k + 1][0] if k + 1 < len(heads) else starts[-1]
        if k + 1 == len(heads):
            last = bisect_left(starts, begin)
            stop = starts[last] if last < len(starts) else len(text)
        end = begin + len(text[begin:stop].rstrip())
        if end > begin:
            words = begin + len(text[begin:end]) - len(text[begin:end].lstrip())
            drafts.append(
                Draft(
                    Who(n, None, "", 0.97),
                    start,
                    end,
                    "transcript",
                    0.95,
                    mode="quoted",
                    quotation=(words, end),
                )
            )
    return drafts
