"""Sentences and paragraphs of a masked paper, which shortened words and footnote numbers do not end."""

from __future__ import annotations

import re

from legation.reading.company import Page
from legation.reading.masking import ASIDE, PERSON, QUOTE

_STOP = re.compile(
    rf"[.!?]\d{{0,2}}[”\"’'){ASIDE}]*\d{{0,2}} +(?=[A-Z“\"(\d\[{PERSON}{QUOTE}])|\.(?: \.)+ ?"
    rf"|{QUOTE}\d{{0,2}} +(?=[A-Z{PERSON}])"
)
#: Before a full stop that ends no sentence.
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Messrs|Gen|Col|Capt|Lt|St|No|Nos|vol|pp?|ibid|Sen|Rep|Gov|Amb|Sec|Dept|cf|[A-Z]"
    r"|U\.S|U\.N|U\.K)|[ap]\.m)$"
)
_REACH = 700


def sentence_of(page: Page, at: int) -> tuple[int, int]:
    """The sentence of the mask that holds a position."""
    masked = page.mask.text
    begin, low = max(0, at - _REACH), max(0, at - _REACH)
    for stop in _STOP.finditer(masked, low, min(len(masked), at + 1)):
        if stop.end() > at:
            break
        if not _is_short(page, stop):
            begin = stop.end()
    end = min(len(masked), at + _REACH)
    for stop in _STOP.finditer(masked, at, end):
        if not _is_short(page, stop):
            return begin, stop.start() + 1
    return begin, end


def _is_short(page: Page, stop: re.Match[str]) -> bool:
    masked = page.mask.text
    if masked[stop.start()] == QUOTE:
        # A quotation that ends in a full stop ends the sentence around it.
        return page.text[page.mask.end_of(stop.start()) - 2] not in ".!?"
    if "\n" in page.text[page.mask.origin(stop.start()) : page.mask.origin(stop.end())]:
        return False
    found = _SHORT.search(masked, max(0, stop.start() - 7), stop.start())
    if found is None:
        return False
    # "At 6 p.m. The President went": a capital behind an hour begins a sentence, a name does not.
    return not (found[0].endswith("m") and masked.startswith("The ", stop.end()))


def paragraph_of(page: Page, at: int) -> tuple[int, int]:
    """The paragraph of the text that holds a position of the mask, in positions of the text."""
    where = page.mask.origin(at)
    begin = page.text.rfind("\n\n", 0, where)
    end = page.text.find("\n\n", where)
    return (0 if begin < 0 else begin + 2), (len(page.text) if end < 0 else end)


def mask_at(page: Page, where: int) -> int:
    """The first position of the mask that stands at or behind a position of the text."""
    low, high = 0, len(page.mask.text)
    while low < high:
        middle = (low + high) // 2
        if page.mask.origin(middle) < where:
            low = middle + 1
        else:
            high = middle
    return low
