"""What the words around a name say that tells its bearer apart from others of the surname.

Codes: `another` ("another Mr. Lee", "no relation"), `kin_before` ("her brother-in-law, Mr. Lee"),
`apposed` ("Mr. Lee the banker", "Mr. Lee, the banker", "Mr. Lee of Hove", "a Mr. Lee", "old Lee"),
`restricted` (an apposition without a comma), `elder`, `younger`, `shared_surname` (the second of
"Ann and John Lee"), and `listed:N` for namesakes within the N-th list of the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from legation.reading.name_draft import Draft, Words
from legation.reading.name_words import F_GIVEN, F_KIN, F_OFFICE, F_TRADE, look_up
from legation.reading.tokens import fold

_ANOTHER = frozenset("another other second third different namesake".split())
_INTRODUCED = frozenset("a one certain old young".split())
_ELDER = frozenset("elder senior sen snr".split())
_YOUNGER = frozenset("younger junior jun jnr".split())
_UNRELATED = frozenset("relation relative kin kinsman kinswoman connection connexion".split())
_DETERMINERS = frozenset("the a an his her my our their your its one some".split())
_OWNERS = frozenset("his her my our their your its 's ’s".split())
_COMMAS = frozenset(",–—(")
_LOOSE = frozenset(
    """
    friend colleague partner neighbour neighbor namesake acquaintance host guest heir agent
    man gentleman fellow lady boy banker baker brewer painter poet writer author singer actor
    """.split()
)
_TRADE_ENDS = ("smith", "keeper", "maker", "monger", "wright", "seller", "dealer", "ologist")
_LIST_MARKS = frozenset(", and & / ; or".split())
_INSIDE_LISTS = frozenset("the a an old young elder younger both another other his her my our".split())
_FAR = 12
_PHRASE = 6


def mark_distinctions(words: Words, drafts: Sequence[Draft]) -> None:
    """Add the codes of this module to the evidence of the names of one text, in order of place."""
    ends = {draft.end: draft for draft in drafts}
    for draft in drafts:
        codes = dict.fromkeys((*_look_before(words, draft), *_look_after(words, draft)))
        if _shares_surname(words, draft, ends):
            codes["shared_surname"] = None
        draft.evidence += codes
    _mark_lists(words, drafts)


def _look_before(words: Words, draft: Draft) -> Iterator[str]:
    """Read "another", "the elder", "her brother-in-law,"."""
    run = _words_before(words, draft.start)
    if not run:
        return
    last = run[0]
    if last in _ANOTHER:
        yield "another"
    elif last in _INTRODUCED:
        yield "apposed"
    elif last in _ELDER:
        yield "elder"
    elif last in _YOUNGER:
        yield "younger"
    elif last in _COMMAS:
        phrase = run[1:]
        for mark in _COMMAS:
            if mark in phrase:
                phrase = phrase[: phrase.index(mark)]
        told = _head_of(phrase)
        if "namesake" in told:
            yield "another"
        elif any(look_up(w)[1] & F_KIN for w in told):
            yield "kin_before"
        elif any(_is_description(w) for w in told) and any(w in _DETERMINERS | _OWNERS for w in phrase):
            yield "apposed"


def _head_of(phrase: Sequence[str]) -> list[str]:
    """Return what may be the head of a phrase whose last word comes first: "a friend of his"."""
    at = phrase.index("of") + 1 if "of" in phrase[:4] else 0
    return [w for n, w in enumerate(phrase) if n in (0, at) and w[0].isalpha()]


def _words_before(words: Words, start: int) -> list[str]:
    """Return up to seven words before a token in its sentence, the nearest first, in small letters."""
    tokens = words.tokens
    out = []
    for i in range(start - 1, max(-1, start - 2 - _PHRASE), -1):
        if tokens[i].sentence != tokens[start].sentence:
            break
        out.append(tokens[i].text.lower())
    return out


def _is_description(word: str) -> bool:
    """Say whether a word in small letters tells what somebody is."""
    key, flags = look_up(word)
    return bool(flags & (F_TRADE | F_KIN)) or key in _LOOSE or key.endswith(_TRADE_ENDS)


def _look_after(words: Words, draft: Draft) -> Iterator[str]:
    """Read "the banker", ", no relation", "of Hove", "senior"."""
    tokens = words.tokens
    here = tokens[draft.end - 1].sentence
    rest = [t.text for t in tokens[draft.end : draft.end + _FAR] if t.sentence == here]
    low = [w.lower() for w in rest]
    if any(w == "no" and v in _UNRELATED for w, v in pairwise(low)):
        yield "another"
    if len(low) < 2:
        return
    comma = low[0] in _COMMAS
    at = int(comma)
    if low[at] == "the" and len(low) > at + 1 and low[at + 1] in _ELDER | _YOUNGER:
        yield "elder" if low[at + 1] in _ELDER else "younger"
    elif low[at] in _ELDER | _YOUNGER and (at + 1 == len(rest) or not rest[at + 1][0].isupper()):
        yield "elder" if low[at] in _ELDER else "younger"
    elif low[0] == "of" and rest[1][0].isupper():
        yield "apposed"
    elif low[at] in ("the" if not comma else _DETERMINERS):
        phrase = rest[at + 1 : at + 5]
        for n, word in enumerate(phrase):
            if not word[0].isalpha():
                break
            if word[0].islower() and _is_description(word):
                yield from ("apposed",) if comma else ("apposed", "restricted")
                break
            if comma and look_up(word)[1] & (F_OFFICE | F_TRADE | F_KIN):
                yield "apposed"
                break
            if n == 0 and not comma and word[0].isupper():
                break


def _shares_surname(words: Words, draft: Draft, ends: dict[int, Draft]) -> bool:
    """Say whether a given name and "and" stand before a full name: "Ann and John Lee"."""
    tokens = words.tokens
    i = draft.start
    if not (draft.given and draft.surname) or i < 2 or tokens[i - 1].text not in ("and", "&"):
        return False
    word = tokens[i - 2]
    if word.sentence != tokens[i].sentence or not word.text[0].isupper():
        return False
    other = ends.get(i - 1)
    if other is not None:
        return bool(other.given) and not other.surname
    return bool(look_up(word.text)[1] & F_GIVEN)


def _mark_lists(words: Words, drafts: Sequence[Draft]) -> None:
    """Mark namesakes within one list: "John Lee, William Lee and W. Lee" are three."""
    rows: list[list[Draft]] = []
    for n, draft in enumerate(drafts):
        if n and _in_one_list(words, drafts[n - 1], draft):
            rows[-1].append(draft)
        else:
            rows.append([draft])
    number = 0
    for row in rows:
        counts = Counter(fold(d.surname) for d in row if d.surname)
        if any(n > 1 for n in counts.values()):
            number += 1
            for draft in row:
                if counts[fold(draft.surname)] > 1:
                    draft.evidence.append(f"listed:{number}")


def _in_one_list(words: Words, first: Draft, second: Draft) -> bool:
    tokens = words.tokens
    gap = [t.text.lower() for t in tokens[first.end : second.start]]
    if not gap or len(gap) > 4 or tokens[first.end - 1].sentence != tokens[second.start].sentence:
        return False
    return gap[0] in _LIST_MARKS and all(w in _LIST_MARKS or w in _INSIDE_LISTS for w in gap)
