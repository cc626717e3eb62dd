"""Birth, birthday, wedding, death and bereavement: what befalls one person once, or once a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from legation.reading.occasion_look import BE, Look, is_author
from legation.reading.parties import NOBODY

if TYPE_CHECKING:
    from legation.reading.parties import Who

_FORCED: Final = frozenset(
    "killed slain drowned hanged hang'd beheaded executed murdered assassinated".split()
)
#: What makes a death one that may come: "till his uncle's death".
_AWAITED: Final = frozenset("till until if either whether would should may might case fear feared".split())
_GENERIC: Final = frozenset(
    "man men woman women body bodies people wood weight calm sea drunk wife couple life".split()
)
_MARRIED_BEFORE: Final = frozenset("a the any no young new old those such many all other".split())
#: Behind "wedding": no wedding of anybody's.
_WEDDING_THINGS: Final = frozenset("ring sermon treaty articles settlement contract portion".split())
_ACTIVE: Final = frozenset("a the to my his her one".split())
_OWN: Final = frozenset("'s his her my".split())
_CHILD: Final = frozenset("a her an twins of another his".split())


def read_death(look: Look, i: int) -> None:
    """Read "is dead", "died", "the death of", "was killed", "the funeral of", "lost his wife"."""
    word = look.low[i]
    if word == "dead":
        _read_dead(look, i)
    elif word in ("died", "dies", "dye", "dyed", "deceased", "passed"):
        if (word == "passed" and look.word(i + 1) != "away") or (
            word == "dye" and "did" not in look.scene.auxiliaries(i)
        ):
            return
        who = look.subject(i)
        if not is_author(who):
            look.add(i, who, "death", "died", 0.86, implied=not look.is_explicit(i, who))
    elif word in ("death", "funeral", "burial"):
        who = look.owner(i)
        score = 0.8 if word == "death" else 0.78
        if look.any_before(i, _AWAITED, 9) >= 0:
            score = 0.5
        if not is_author(who):
            look.add(i, who, "death", "death-of", score, status="held", dated=word == "death")
    elif word in ("lost", "mourning", "bereaved"):
        _read_loss(look, i)
    elif word == "buried":
        passive = not look.scene.auxiliaries(i).isdisjoint(BE)
        who = look.subject(i) if passive else look.object(i)
        if not is_author(who):
            look.add(i, who, "death", "buried", 0.76, dated=False)
    elif word in _FORCED and look.any_before(i, frozenset({"not"}), 3) < 0:
        passive = not look.scene.auxiliaries(i).isdisjoint(BE)
        who = look.subject(i) if passive else look.object(i)
        if not is_author(who):
            look.add(i, who, "death", "killed", 0.84 if passive else 0.76)


def _read_dead(look: Look, i: int) -> None:
    at = look.any_before(i, BE | {"found", "lies", "lay"}, 4)
    if at < 0 or look.word(i + 1) in _GENERIC or look.word(i - 1) in ("the", "a", "half", "almost"):
        return
    if look.low[at] == "found":
        look.add(i, look.object(at), "death", "found-dead", 0.8, verb=at)
        return
    who = look.subject(at)
    if not is_author(who):
        look.add(i, who, "death", "dead", 0.9, verb=at, implied=not look.is_explicit(at, who))


def _read_loss(look: Look, i: int) -> None:
    """Read "lost his wife", "in mourning for her father": whoever is left behind."""
    behind = i + 1
    if look.low[i] == "mourning":
        if look.word(i + 1) != "for":
            return
        behind = i + 2
    lost = look.cast.people_from(behind)
    if lost and lost[0].mention >= 0 and look.scene.mentions[lost[0].mention].kind == "kin":
        look.add(i, look.subject(i), "bereavement", "lost", 0.66)


def read_wedding(look: Look, i: int) -> None:
    """Read "is married to", "married Mr. Mosley", "the wedding of", "his marriage"."""
    word, scene = look.low[i], look.scene
    if word in ("wedding", "marriage"):
        if look.word(i + 1) not in _WEDDING_THINGS:
            look.add(i, look.owner(i), "wedding", "wedding-of", 0.74, status="held", last=scene.end(i))
    elif word in ("married", "wed", "wedded"):
        _read_married(look, i)
    elif word == "marrying":
        if look.word(i - 1) in _OWN:
            look.add(i, scene.possessor(i - 1), "wedding", "wedding-of", 0.76, status="held")
    else:
        auxiliaries = scene.auxiliaries(i)
        meant = "to" in auxiliaries and look.any_before(i, frozenset({"is", "are", "going"}), 3) >= 0
        if meant or not auxiliaries.isdisjoint({"will", "shall", "going"}):
            look.add(i, look.subject(i), "wedding", "marry", 0.66, status="planned")


def _read_married(look: Look, i: int) -> None:
    word, scene = look.low[i], look.scene
    after = look.word(i + 1)
    other = look.object(i)
    if look.word(i - 1) in _MARRIED_BEFORE or after in _GENERIC or (word == "wedded" and not other):
        return
    auxiliaries = scene.auxiliaries(i)
    who: Who = look.subject(i)
    passive = not auxiliaries.isdisjoint(BE) or look.word(scene.group(i).start - 1) in ("be", "got", "being")
    active = bool(other) or after in _ACTIVE or "having" in auxiliaries
    if not who.known:
        who = other
    explicit = look.is_explicit(i, who)
    if passive or active or explicit:
        look.add(i, who, "wedding", "married", 0.84, implied=not explicit)


def read_birth(look: Look, i: int) -> None:
    """Read "was born", "brought to bed of a boy", "delivered of", "the christening of"."""
    word = look.low[i]
    if word == "bed":
        if look.word(i - 1) == "to" and look.word(i - 2) in ("brought", "bought"):
            look.add(i, look.subject(i - 2), "birth", "brought-to-bed", 0.9, verb=i - 2)
    elif word == "abed":
        if look.word(i - 1) == "brought":
            look.add(i, look.subject(i - 1), "birth", "brought-to-bed", 0.88, verb=i - 1)
    elif word == "born":
        who = look.subject(i)
        if not look.scene.auxiliaries(i).isdisjoint(BE) and look.is_explicit(i, who):
            look.add(i, who, "birth", "born", 0.8)
    elif word == "delivered":
        if look.word(i + 1) in ("of", "safely") and look.word(i + 2) in _CHILD:
            look.add(i, look.subject(i), "birth", "delivered", 0.84)
    elif word == "birth":
        if look.word(i - 1) in ("gave", "give", "given", "gives"):
            look.add(i, look.subject(i - 1), "birth", "gave-birth", 0.86, verb=i - 1)
        elif look.word(i + 1) == "of" or look.word(i - 1) in _OWN:
            look.add(i, look.owner(i), "birth", "birth-of", 0.7, status="held")
    elif word in ("lying", "childbed"):
        lying_in = look.word(i + 1) == "in" and look.word(i - 1) in ("her", "'s")
        if word == "childbed" or lying_in:
            look.add(i, look.owner(i), "birth", "lying-in", 0.66, status="held")
    elif word in ("christening", "baptism"):
        look.add(i, look.owner(i), "birth", "christening", 0.76, status="held")
    else:
        _read_christened(look, i)


def _read_christened(look: Look, i: int) -> None:
    subject = look.subject(i)
    if not look.scene.auxiliaries(i).isdisjoint(BE):
        look.add(i, subject, "birth", "christened", 0.76)
        return
    child = look.object(i)
    same = child.known and subject.known and look.cast.same(child.mention, subject.mention)
    look.add(i, NOBODY if same else child, "birth", "christened", 0.76)


def read_birthday(look: Look, i: int) -> None:
    """Read "it being my Lord's birthday", "my birthday", "the birthday of"."""
    if look.any_before(i, frozenset({"happy"}), 2) < 0:
        near = look.scene.date_before(max(0, i - 8), i)
        on = near.when if near else look.today
        look.add(i, look.owner(i), "birthday", "birthday", 0.88, status="held", on=on)
