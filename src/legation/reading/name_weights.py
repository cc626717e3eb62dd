"""What a name says for itself: log odds from titles, given names, known places and words."""

from __future__ import annotations

import re

from legation.reading.name_draft import Draft, Words
from legation.reading.name_words import (
    F_AMBIGUOUS,
    F_FAMOUS,
    F_GIVEN,
    F_KIN,
    F_NATION,
    F_NON,
    F_OFFICE,
    F_ONLY_PLACE,
    F_OPENER,
    F_PARTICLE,
    F_PLACE,
    F_PLURAL,
    F_STRONG,
    F_SURNAME,
    F_TAIL,
    F_TITLE,
    F_TRADE,
    is_initial,
    look_up,
    weigh_ending,
)

#: A given name of two syllables as Chinese and Korean names are romanised, after the surname.
_ROMANISED = re.compile(r"[A-Z][a-z]{1,5}-[a-z]{1,6}")
#: Surnames that look like the tail of a place, when a given name stands before.
_TAIL_SURNAMES = frozenset(
    """
    hill hall church park lane field fields wood woods forest wells mills castle marsh moor heath
    lake stone day post law bond price walls walk walker guard house street banks bank brook west
    east north south cross green hole way beach close stage bridge bridges brothers king
    """.split()
)


def weigh_shape(words: Words, draft: Draft, start: int, parts: list[str], titled: int) -> None:
    """Set the log odds and evidence of a draft whose core words are `parts`, from token `start`.

    `titled` holds the flags of the last title, 0 where there is none.
    """
    looked = [look_up(p) for p in parts]
    flags = [f for _, f in looked]
    tail = next((n for n in range(1, len(parts)) if flags[n] & F_TAIL), 0)
    # "Hill" may be a surname, "Hill Street" and "Street Hill" are none.
    surname_tail = bool(tail) and len(parts) == tail + 1 and looked[tail][0] in _TAIL_SURNAMES
    if titled or draft.head:
        draft.odds = _weigh_titled(draft, flags, titled)
        draft.odds -= 3.0 if tail and not surname_tail else 0.0
        draft.evidence.append("title")
        return
    if len(parts) == 1:
        draft.bare = True
        draft.odds = _weigh_single(words, draft, start, parts[0], flags[0])
        return
    given = bool(draft.given) and not is_initial(parts[0]) and bool(flags[0] & F_GIVEN)
    initials = any(is_initial(p) for p in parts)
    if given:
        draft.evidence.append("given")
        draft.odds = 1.6 if flags[0] & F_AMBIGUOUS else 3.2
        draft.odds -= 1.2 if flags[-1] & F_PLACE else 0.0
    elif initials:
        draft.odds = _weigh_initials(draft, parts, flags, surname_tail=surname_tail)
    else:
        draft.odds = _weigh_unknown(draft, parts, flags)
    if flags[-1] & F_SURNAME and not given:
        draft.odds += 0.8
    if tail and not (initials and surname_tail):
        draft.odds -= 5.0 if not surname_tail else 0.8 if given else 2.0
        if not surname_tail:
            draft.evidence.append("place")
    if _follows_nation(words, start):
        draft.odds -= 1.0
    if len(parts) > 4:
        draft.odds -= 1.5


def _follows_nation(words: Words, start: int) -> bool:
    """Say whether "Soviet", "British" and the like stand before: mostly of a body."""
    if not start or not words.joined(start - 1):
        return False
    before = words.tokens[start - 1].text
    return before[0].isupper() and bool(look_up(before)[1] & F_NATION)


def _weigh_titled(draft: Draft, flags: list[int], titled: int) -> float:
    odds = 4.0 if titled & F_STRONG or draft.head else 2.8
    if titled & F_PLURAL:
        odds = 2.2
    first = flags[0]
    if not titled & (F_STRONG | F_PLURAL) and len(flags) == 1 and not draft.head:
        if first & (F_OPENER | F_TAIL | F_NON) and not first & F_GIVEN:
            odds -= 3.5
        elif first & F_PLACE and not first & F_GIVEN:
            odds -= 1.2
    plural = draft.key.endswith("s") and look_up(draft.key[:-1])[1] & F_GIVEN
    if draft.titles[-1:] == ("sir",) and len(flags) == 1 and plural:
        return -4.5  # "the two Sir Williams"
    return odds


def _weigh_initials(draft: Draft, parts: list[str], flags: list[int], *, surname_tail: bool) -> float:
    draft.evidence.append("initials")
    if all(is_initial(p) for p in parts):
        draft.bare = True
        return -2.5
    last = flags[-1]
    if not last & (F_PLACE | F_OPENER | F_TAIL):
        return 2.4
    if last & F_PLACE and not last & (F_ONLY_PLACE | F_TAIL):
        return 1.8
    return 1.4 if surname_tail or last & F_SURNAME else -0.6


def _weigh_unknown(draft: Draft, parts: list[str], flags: list[int]) -> float:
    """Weigh two or more words of which the lists know no given name in front."""
    draft.bare = True
    odds = 0.3 + max(weigh_ending(draft.key), 0.0)
    if len(parts) == 2 and _ROMANISED.fullmatch(parts[1]) and len(parts[0]) <= 6:
        odds += 1.2  # "Lee Kuan-yew"
    if any(f & F_GIVEN for f in flags):
        odds += 0.6
    if any(f & F_PARTICLE for f in flags):
        odds += 0.9
    if any(f & F_PLACE for f in flags):
        odds -= 3.0
    if any(f & F_OPENER for f in flags):
        odds -= 2.0
    return odds


def _weigh_single(words: Words, draft: Draft, start: int, word: str, flags: int) -> float:
    """Weigh one bare capitalised word, before its context."""
    key = draft.key
    opens = words.opens(start)
    draft.evidence.append("bare")
    if flags & F_GIVEN:
        draft.evidence.append("given")
        ambiguous = flags & F_AMBIGUOUS
        odds = 1.9 if not ambiguous else -1.5 if opens else -0.4
        if flags & F_PLACE:
            odds -= 1.0
        if ambiguous and key in words.lower:
            odds -= 1.2
        return odds
    odds = -1.3 if opens else -0.1
    odds += 2.0 if flags & F_FAMOUS else 1.2 if flags & F_SURNAME else weigh_ending(key)
    if flags & F_PLACE:
        odds -= 6.0 if flags & F_ONLY_PLACE else 2.5
        draft.evidence.append("place")
    before = words.tokens[start - 1].text if start and words.joined(start - 1) else ""
    if before and before[0].isupper() and not words.opens(start - 1):
        odds -= 1.0  # the end of a longer phrase
    if flags & (F_OPENER | F_TAIL | F_TITLE | F_OFFICE | F_KIN | F_TRADE):
        odds -= 1.0 if flags & F_SURNAME and not opens else 2.5
    if key in words.lower:
        odds -= 1.8
        draft.evidence.append("lower")
    if opens and key.endswith(("ing", "ed", "ly")):
        odds -= 1.5
    if is_initial(word):
        odds -= 3.0
    return odds
