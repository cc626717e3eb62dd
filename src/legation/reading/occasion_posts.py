"""Appointments: who was made, chosen or sworn what, and who presented credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from legation.reading.lexicon.milestones import RANKS
from legation.reading.lexicon.offices import OFFICES, TRADES
from legation.reading.occasion_look import BE, Look
from legation.reading.parties import NOBODY

if TYPE_CHECKING:
    from legation.reading.parties import Who

_POSTS: Final = OFFICES | RANKS | TRADES
#: Need a post behind them: "made Secretary", "became a member".
_MADE: Final = frozenset("made named chosen chose created become became admitted".split())
#: Tell of an appointment by themselves.
_STRONG: Final = frozenset(
    """
    appointed nominated promoted knighted ordained inaugurated designated translated elected sworn
    installed
    """.split()
)
_NOUNS: Final = frozenset("appointment election nomination promotion knighthood".split())
_PRESENTED: Final = frozenset("present presents presented presenting presentation".split())
_TAKEN: Final = frozenset("took takes take taken assumed assumes".split())
_SWORN: Final = frozenset("sworn admitted installed".split())
_BEHIND_SWORN: Final = frozenset("in into as of a one to".split())
_NO_POST: Final = frozenset(
    """
    give take go come feel see know good great laugh with by for from at to about on upon acquainted
    friends sure merry ready known
    """.split()
)
_NEWLY: Final = frozenset("newly lately just now suddenly lastly already ,".split())
_OWN: Final = frozenset("my his her 's".split())


def read_appointment(look: Look, i: int) -> None:
    """Read "was made Secretary", "appointed Eden", "presented his credentials", "his being sworn"."""
    word = look.low[i]
    if word in _NOUNS:
        _read_noun(look, i)
    elif word in ("credentials", "office"):
        _read_taken(look, i)
    elif word == "newly":
        if _post_behind(look, i) == i + 1:
            who = look.person_before(i, 3)
            look.add(i, who, "appointment", "newly", 0.74, verb=i, status="held", before=False)
    else:
        _read_made(look, i)


def _read_noun(look: Look, i: int) -> None:
    after = look.word(i + 1)
    if after in ("as", "to") or (after == "of" and look.cast.people_from(i + 2)):
        look.add(i, look.owner(i), "appointment", "appointment-of", 0.72, status="held")


def _read_taken(look: Look, i: int) -> None:
    """Read "presented his credentials", "took office"."""
    if look.low[i] == "credentials":
        verb = look.any_before(i, _PRESENTED, 4)
        if verb >= 0:
            look.add(i, look.subject(verb), "appointment", "credentials", 0.84, verb=verb)
    elif look.word(i - 1) in _TAKEN:
        look.add(i, look.subject(i - 1), "appointment", "took-office", 0.74, verb=i - 1)


def _read_made(look: Look, i: int) -> None:
    word, scene = look.low[i], look.scene
    post = _post_behind(look, i)
    gerund = look.any_before(i, frozenset({"being"}), 2)
    if gerund > 0 and look.low[gerund - 1] in _OWN:
        if word in _STRONG or post >= 0:
            look.add(i, scene.possessor(gerund - 1), "appointment", "being-made", 0.8, verb=i, status="held")
        return
    after = look.word(i + 1)
    if post < 0 and (
        word in _MADE - _SWORN
        or (word in _SWORN and after not in _BEHIND_SWORN)
        or (word == "appointed" and after == "to")
    ):
        return
    if not scene.auxiliaries(i).isdisjoint(BE | {"got"}) or word in ("become", "became"):
        who = look.subject(i)
        score = 0.84 if word in _STRONG else 0.78
        look.add(i, who, "appointment", "made", score, implied=not look.is_explicit(i, who))
        return
    objects = look.cast.object(look.grid.end[i])
    if objects and (post >= 0 or (word in _STRONG and word != "appointed")):
        look.add(i, objects[0], "appointment", "appoint", 0.78, verb=i)
        return
    whom = _whom(look, i)
    if whom.known:
        look.add(i, whom, "appointment", "whom-appointed", 0.8, verb=i)
    elif word in _STRONG:
        look.add(i, _apposed(look, i), "appointment", "participle", 0.7, verb=i, status="held")


def _whom(look: Look, i: int) -> Who:
    """The person of "Eden, whom Baldwin had appointed"."""
    at = look.any_before(i, frozenset({"whom"}), 5)
    if at < 1:
        return NOBODY
    n = at - 2 if look.low[at - 1] == "," else at - 1
    return look.named(n)


def _apposed(look: Look, i: int) -> Who:
    """The person of "his cousin, now knighted"."""
    at = i - 1
    while at >= 0 and i - at < 4 and look.low[at] in _NEWLY:
        at -= 1
    return look.named(at) if at >= 0 and look.scene.same(at, i) else NOBODY


def _post_behind(look: Look, i: int) -> int:
    """The word behind an appointing verb, and behind whom it appoints, that names a post, or -1."""
    first = i + 1
    if look.scene.auxiliaries(i).isdisjoint(BE) and look.grid.is_person(first):
        # "Made the King laugh": whoever is made something is not the post.
        first += 1
    if first < len(look.low) and look.low[first] in ("me", "him", "her", "us", "them", "you"):
        first += 1
    for j in range(first, min(len(look.low), i + 8)):
        word = look.low[j]
        if not look.scene.same(i, j) or word in ".;," or word in _NO_POST or look.cast.is_verb(j):
            return -1
        mention = look.grid.who[j]
        if word in _POSTS or (mention >= 0 and look.scene.mentions[mention].kind == "office"):
            return j
    return -1
