"""Illness: "is ill", "not well", "hath got a great cold", "in pain", "broke his leg"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from legation.reading.lexicon.milestones import (
    AFTER_ILL,
    AILING,
    AILMENTS,
    BODY,
    ILL,
    ILLNESSES,
    OWN_AILMENTS,
    STATES,
)
from legation.reading.occasion_look import HAVE, Look
from legation.reading.parties import NOBODY

if TYPE_CHECKING:
    from legation.facts.when import When
    from legation.reading.parties import Who

_DEGREES: Final = frozenset(
    "very so mighty most too extremely dangerously suddenly much exceeding exceedingly pretty quite".split()
)
_NOT: Final = frozenset("not n't never".split())
_BEFORE_WELL: Final = _DEGREES | frozenset("at all yet being feeling".split())
_PARTS: Final = frozenset("leg arm ankle wrist".split())
_BROKEN: Final = frozenset("broke broken breaks breaking sprained fractured hurt dislocated".split())
_OWN: Final = frozenset("his her my".split())
_FORCED: Final = frozenset("forced fain obliged".split())
_BEING: Final = frozenset("come came is was being".split())
_FOUND: Final = frozenset("found find".split())
_SENT: Final = frozenset("taken went brought rushed admitted".split())
#: "Sick to see it", "ill at ease": no illness.
_SEEN: Final = frozenset("see hear think the my".split())
_WEARY: Final = frozenset("sorry tired weary".split())
_NO_VERB: Final = frozenset("found looks looked kept keeps take find".split())
_SUFFERING: Final = frozenset("sick sicke ill troubled afflicted laid down".split())
_LINKS: Final = HAVE | STATES | frozenset("in of with for from his her my to by".split())
_WITH_ARTICLE: Final = frozenset("stone cold stroke fit fits consumption".split())
_ARTICLES: Final = frozenset("a the an got great his her".split())
#: Before a name that is no subject.
_OBLIQUE: Final = frozenset("to with at from by for of".split())


def read_illness(look: Look, i: int) -> None:
    """Read what says that somebody is ill; each sign is one word."""
    word = look.low[i]
    if word in ILL:
        _read_ill(look, i)
    elif word == "well":
        _read_unwell(look, i)
    elif word in ILLNESSES:
        if look.word(i - 1) not in ("the", "this") and look.word(i + 1) not in ("is", "increases", "in"):
            past = look.any_before(i, frozenset({"late", "last", "former"}), 2) >= 0
            on = None if past else look.today
            look.add(i, look.owner(i), "illness", "illness-of", 0.76, status="held", on=on)
    elif word in BODY and _is_sore(look, i):
        who = look.scene.possessor(i - 1)
        look.add(i, who, "illness", "sore", 0.68, status="held", on=look.today)
    elif word in _PARTS:
        verb = look.any_before(i, _BROKEN, 3)
        if verb >= 0 and (look.word(i - 1) in _OWN or look.word(i - 1) in ("a", "left", "right")):
            look.add(i, look.subject(verb), "illness", "broken", 0.78, verb=verb)
    elif word == "bed":
        _read_bed(look, i)
    elif word == "hospital":
        verb = look.any_before(i, STATES | _SENT, 3) if look.word(i - 1) in ("in", "to") else -1
        if verb >= 0:
            look.add(i, look.subject(verb), "illness", "hospital", 0.74, verb=verb, on=look.today)
    elif word in AILMENTS or (word == "heart" and look.word(i + 1) in ("attack", "trouble", "disease")):
        _read_ailment(look, i)


def _is_sore(look: Look, i: int) -> bool:
    """Say whether a part of somebody's body is said to ail: "my eyes being very sore"."""
    if look.word(i - 1) not in _OWN and look.word(i - 1) != "'s":
        return False
    j = i + 1
    while j < len(look.low) and j < i + 5 and (look.low[j] in STATES | _DEGREES or look.cast.is_adverb(j)):
        j += 1
    return look.word(j) in AILING and look.scene.same(i, j)


def _read_bed(look: Look, i: int) -> None:
    """Read "kept his bed", "forced to keep his bed"."""
    if look.word(i - 1) not in _OWN or look.word(i - 2) not in ("kept", "keeps", "keep"):
        return
    forced = look.word(i - 3) == "to" and look.word(i - 4) in _FORCED
    verb = i - 4 if forced else i - 2
    look.add(i, look.subject(verb), "illness", "kept-bed", 0.76, verb=verb, on=look.today)


# --- "ill" and "not well" ---------------------------------------------------------------------------


def _read_ill(look: Look, i: int) -> None:
    """Read the adjective as a predicate, with the verb that carries it."""
    low = look.low
    if not _is_predicate(look, i):
        return
    k = _skip(look, i - 1, _DEGREES)
    if k < 0 or not look.scene.same(k, i):
        return
    if low[k] == "how":
        # "How dangerously ill the Queen is".
        look.add(i, look.named(i + 1), "illness", "how-ill", 0.82, verb=i, on=look.today)
    elif low[k] in ("take", "find", "found"):
        look.add(i, look.object(k), "illness", "found-ill", 0.74, verb=k, on=_state_day(look, k))
    elif low[k] in STATES and low[k] not in _NO_VERB:
        who = look.subject(k)
        score = 0.72 if low[i] in ("weak", "hurt", "wounded") else 0.86
        explicit = look.is_explicit(k, who)
        look.add(i, who, "illness", "ill", score, verb=k, on=_state_day(look, k), implied=not explicit)
    elif low[k] not in STATES and low[i] not in ("weak", "hurt", "wounded"):
        who = _bare_subject(look, k)
        look.add(i, who, "illness", "ill-noun", 0.76, verb=i, status="held", on=look.today)


def _is_predicate(look: Look, i: int) -> bool:
    """Say whether "ill" at `i` is said of somebody: no "ill news", "ill done", "sick of it"."""
    word, after, next_but_one = look.low[i], look.word(i + 1), look.word(i + 2)
    inverted = look.grid.is_person(i + 1) and next_but_one in STATES
    if after and look.scene.same(i, i + 1) and after not in AFTER_ILL and not inverted:
        return False
    if after == "of":
        return next_but_one in _OWN or next_but_one in ("a", "the", "an")
    if after == "at":
        return next_but_one in _OWN or next_but_one == "home" or look.is_place(i + 2)
    if after == "to":
        return next_but_one == "death" or (word not in ("ill", "weak") and next_but_one not in _SEEN)
    return not (after == "and" and word in ("sick", "sicke") and next_but_one in _WEARY)


def _skip(look: Look, k: int, words: frozenset[str]) -> int:
    """The word before adverbs of degree that end at `k`."""
    start = k
    while k >= 0 and start - k < 4:
        word = look.low[k]
        if word not in words and (word in STATES or not look.cast.is_adverb(k)):
            break
        k -= 1
    return k


def _bare_subject(look: Look, k: int) -> Who:
    """Whoever is ill without a verb: "my Lady not well", "my wife, poor thing, still in pain"."""
    low = look.low
    if k >= 0 and low[k] == "myself":
        return look.cast.who_at(k) or NOBODY
    if look.word(k) in ("though", "tho", "although", "yet", "every", "day"):
        k -= 1
    if look.word(k) == ",":
        at = next((n for n in range(k - 1, max(-1, k - 5), -1) if low[n] == ","), -1)
        k = at - 1 if at > 0 and low[at + 1] in ("poor", "the", "though", "good") else k - 1
    if look.word(k - 1) in _OBLIQUE:
        return NOBODY
    return look.named(k)


def _state_day(look: Look, verb: int) -> When | None:
    """The day of a state: the entry's own, unless it is told as past and gone."""
    auxiliaries = look.scene.auxiliaries(verb) | {look.low[verb]}
    past = "once" in auxiliaries or ("been" in auxiliaries and not auxiliaries.isdisjoint(HAVE))
    return None if past else look.today


def _read_unwell(look: Look, i: int) -> None:
    """Read "not well", with or without a verb."""
    low = look.low
    after = look.word(i + 1)
    k = i - 1
    while k >= 0 and i - k < 5 and low[k] in _BEFORE_WELL:
        k -= 1
    if k < 0 or low[k] not in _NOT:
        return
    if after and look.scene.same(i, i + 1) and after not in AFTER_ILL:
        return
    verb = k - 1 if look.word(k - 1) in STATES else look.any_before(k, _BEING, 5)
    if verb < 0:
        found = look.any_before(k, _FOUND, 5)
        who = _bare_subject(look, k - 1) or (look.object(found) if found >= 0 else NOBODY)
        look.add(i, who, "illness", "not-well", 0.78, verb=i, status="held", on=look.today)
        return
    if look.word(k - 1) in ("it", "thing", "things"):
        return
    who = look.subject(verb)
    explicit = look.is_explicit(verb, who)
    on = _state_day(look, verb)
    look.add(i, who, "illness", "not-well", 0.84, verb=verb, status="held", on=on, implied=not explicit)


# --- ailments by name -------------------------------------------------------------------------------


def _read_ailment(look: Look, i: int) -> None:
    """Read "hath got a great cold", "in much pain", "sick of a fever", "his gout"."""
    low, scene = look.low, look.scene
    word = low[i]
    k = i - 1
    while k >= 0 and i - k < 5 and scene.same(k, i) and low[k].isalpha() and low[k] not in _LINKS:
        if look.grid.who[k] >= 0:
            break
        k -= 1
    if k < 0 or not scene.same(k, i):
        return
    head = low[k]
    if head in HAVE:
        _read_has(look, i, k)
    elif head == "in" and word.startswith("pain"):
        _read_in_pain(look, i, k)
    elif head in ("of", "with") and look.word(k - 1) in _SUFFERING:
        verb = look.any_before(k - 1, STATES - _NO_VERB, 3)
        if verb >= 0:
            look.add(i, look.subject(verb), "illness", "sick-of", 0.82, verb=verb, on=look.today)
    elif head in _OWN and word in OWN_AILMENTS:
        look.add(i, scene.possessor(k), "illness", "illness-of", 0.64, status="held", on=look.today)
    elif word in ("fits", "convulsions") and low[i - 1] == "'s":
        look.add(i, scene.possessor(i - 1), "illness", "illness-of", 0.7, status="held")


def _read_has(look: Look, i: int, k: int) -> None:
    """Read an ailment that somebody has; `k` is the verb."""
    low = look.low
    word = low[i]
    if word in _WITH_ARTICLE and low[k + 1] not in _ARTICLES:
        return
    if word in ("stroke", "fit") and look.word(i + 1) == "of" and look.word(i + 2) not in ("the", "apoplexy"):
        return
    if "no" in low[k:i] or (word == "operation" and low[k + 1] != "an"):
        return
    verb = k - 1 if low[k] == "got" and look.word(k - 1) in HAVE else k
    who = look.subject(verb)
    explicit = look.is_explicit(verb, who)
    look.add(i, who, "illness", "has-ailment", 0.8, verb=verb, on=look.today, implied=not explicit)


def _read_in_pain(look: Look, i: int, k: int) -> None:
    verb = look.any_before(k, STATES, 4)
    if look.word(i + 1) in ("till", "until", "lest", "about", "for", "to", "because"):
        # "In pain lest it should fail": uneasy.
        return
    if verb < 0:
        at = k - 2 if look.word(k - 1) in ("still", "yet") else k - 1
        who = _bare_subject(look, at)
        look.add(i, who, "illness", "in-pain", 0.76, verb=i, status="held", on=look.today)
        return
    who = look.subject(verb)
    explicit = look.is_explicit(verb, who)
    look.add(i, who, "illness", "in-pain", 0.84, verb=verb, on=look.today, implied=not explicit)
