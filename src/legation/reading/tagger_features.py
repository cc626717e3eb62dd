"""What the name tagger looks at: each word as such, what the text does with it, what the rules say.

No feature holds a capitalised word itself: the tagger knows no names, only how names look and stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from legation.reading.name_context import PERSON_VERBS, PLACE_BEFORE
from legation.reading.name_draft import Draft, Words
from legation.reading.name_words import (
    F_AMBIGUOUS,
    F_FAMOUS,
    F_FUNCTION,
    F_GIVEN,
    F_KIN,
    F_NATION,
    F_NON,
    F_OFFICE,
    F_ONLY_PLACE,
    F_OPENER,
    F_ORG_TAIL,
    F_PARTICLE,
    F_PLACE,
    F_PLACE_TAIL,
    F_STRONG,
    F_SURNAME,
    F_TRADE,
    F_WEAK,
    look_up,
    weigh_ending,
)

_FLAGS = (
    (F_STRONG, "strong"),
    (F_WEAK, "weak"),
    (F_GIVEN, "given"),
    (F_AMBIGUOUS, "ambiguous"),
    (F_PLACE, "place"),
    (F_ONLY_PLACE, "onlyplace"),
    (F_PLACE_TAIL, "placetail"),
    (F_ORG_TAIL, "orgtail"),
    (F_FUNCTION, "function"),
    (F_NON, "non"),
    (F_OPENER, "opener"),
    (F_NATION, "nation"),
    (F_PARTICLE, "particle"),
    (F_KIN, "kin"),
    (F_OFFICE, "office"),
    (F_TRADE, "trade"),
    (F_SURNAME, "surname"),
    (F_FAMOUS, "famous"),
)
#: Steps of log odds at which the rules' opinion of a word becomes another feature.
_STEPS = (-4.0, -2.5, -1.5, -0.8, -0.2, 0.5, 1.2, 2.0, 3.5)
_POSSESSIVE = frozenset(("'s", "’s"))


def _shape(word: str) -> str:
    """Return the kind of a word: "Xx", "XX", "X", "X.", "xX", "x", "9" or the mark itself."""
    first = word[0]
    if first.isdigit():
        return "9"
    if not first.isalpha():
        return word
    if word.endswith("."):
        return "X." if first.isupper() else "x."
    if len(word) == 1:
        return "X" if first.isupper() else "x"
    if word.isupper():
        return "XX"
    if first.isupper():
        return "X-x" if "-" in word else "Xx" if word[1:].islower() else "XxX"
    return "x" if word.islower() else "xX"


@lru_cache(maxsize=65536)
def word_features(word: str, offset: int) -> tuple[str, ...]:
    """Return what a word says wherever it stands, seen from a word `offset` places before it."""
    shape = _shape(word)
    at = f"{offset}:"
    out = [at + "sh=" + shape]
    key, flags = look_up(word)
    if not word[0].isupper():
        out.append(at + "w=" + word.lower()[:16])
        if offset == 0 and len(word) > 4:
            out.append(at + "s3=" + key[-3:])
    elif abs(offset) <= 1:
        out.append(at + "s2=" + key[-2:])
        if offset == 0:
            out += (at + "s3=" + key[-3:], at + "p2=" + key[:2], f"0:len={min(len(key), 9)}")
            end = weigh_ending(key)
            if end:
                out.append(f"0:end={end}")
    out += [at + name for bit, name in _FLAGS if flags & bit]
    if not flags and word[0].isupper():
        out.append(at + "unlisted")
    return tuple(out)


def text_features(words: Words) -> dict[str, tuple[str, ...]]:
    """Return what a text as a whole does with each of its capitalised words."""
    tokens = words.tokens
    counts: dict[str, int] = {}
    codes: dict[str, set[str]] = {}
    for i, token in enumerate(tokens):
        word = token.text
        if not word[0].isupper():
            continue
        counts[word] = counts.get(word, 0) + 1
        seen = codes.setdefault(word, set())
        same_before = i > 0 and tokens[i - 1].sentence == token.sentence
        before = tokens[i - 1].text if same_before else ""
        after = tokens[i + 1].text if i + 1 < len(tokens) else ""
        if not words.opens(i):
            seen.add("mid")
        if before:
            flags = look_up(before)[1] if before[0].isupper() else 0
            if flags & F_STRONG:
                seen.add("titled")
            elif flags & F_GIVEN:
                seen.add("called")
            weight = PLACE_BEFORE.get(before.lower(), 0.0)
            if weight <= -2.0:
                seen.add("article")
            elif weight <= -1.2:
                seen.add("placed")
        if after in PERSON_VERBS:
            seen.add("verb")
        elif after in _POSSESSIVE:
            seen.add("owner")
    for word, seen in codes.items():
        if word.lower() in words.lower:
            seen.add("lower")
        if counts[word] > 1:
            seen.add("twice" if counts[word] < 4 else "often")
    return {word: tuple("d=" + c for c in sorted(seen)) for word, seen in codes.items()}


def rule_features(drafts: Iterable[Draft]) -> dict[int, tuple[str, ...]]:
    """Return what the rules think of each token that they hold for part of a name."""
    out: dict[int, tuple[str, ...]] = {}
    for draft in drafts:
        step = sum(draft.odds >= s for s in _STEPS)
        kind = "bare" if draft.bare else "title" if draft.titles else "full"
        around = "+" if draft.context >= 1.0 else "-" if draft.context <= -1.0 else "0"
        for i in range(draft.start, draft.end):
            place = "B" if i == draft.start else "I"
            out[i] = (f"r={place}{step}", f"r={place}{kind}", f"r={kind}{step}", f"r={around}{place}")
    return out


def context_features(
    words: Words,
    i: int,
    sentence: tuple[int, int],
    told: dict[str, tuple[str, ...]],
    ruled: dict[int, tuple[str, ...]],
) -> list[str]:
    """Return what text, rules and neighbours say of token `i` of a sentence (a range of tokens)."""
    first, last = sentence
    out: list[str] = []
    word = words.tokens[i].text
    if word[0].isupper():
        out += told[word]
        if words.opens(i):
            out.append("opens")
    here = ruled.get(i)
    out += here if here is not None else ("r=O",)
    for at, mark in ((i - 1, "-"), (i + 1, "+")):
        if first <= at < last:
            near = ruled.get(at)
            out.append(mark + (near[0] if near is not None else "r=O"))
        else:
            out.append(mark + "edge")
    return out


def sentences_of(words: Words) -> Sequence[tuple[int, int]]:
    """Return the token ranges of the sentences of a text."""
    out = []
    start = 0
    tokens = words.tokens
    for i in range(1, len(tokens) + 1):
        if i == len(tokens) or tokens[i].sentence != tokens[start].sentence:
            out.append((start, i))
            start = i
    return out
