"""Departure and arrival: journeys of one person; errands about town are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from legation.reading.lexicon.milestones import TOWN
from legation.reading.occasion_look import BE, HAVE, Look, is_author
from legation.reading.parties import NOBODY

if TYPE_CHECKING:
    from legation.facts.candidates import AccountStatus
    from legation.facts.when import When
    from legation.reading.parties import Who

_WAYS: Final = frozenset("to into for towards toward unto over".split())
_ERRANDS: Final = frozenset(
    """
    me us him her them see speak dine sup dinner supper bed church visit teach talk tell take fetch
    bring work office play prayers call ask know be do have pass
    """.split()
)
_OWN: Final = frozenset("my his her 's".split())
_WHEN: Final = frozenset("when if till until before against after whenever".split())
_SINCE: Final = frozenset("since when before after till until".split())
#: Governing an infinitive that will be carried out.
_MEANT: Final = frozenset(
    """
    ordered commanded resolved resolves intends intended designs designed about ready plans prepared
    preparing
    """.split()
)
_WILL: Final = frozenset("did do does will shall to 'll".split())
#: Between "gone" and where to.
_FILL: Final = frozenset("down up over back away on again this day presently suddenly post".split())
#: Between "come" and where from.
_FILL_COME: Final = frozenset(
    "back up home over hither thither suddenly down in on this day to-day again last night post now".split()
)
_HOME: Final = frozenset("home back hither over".split())
_BEFORE_NEWLY: Final = frozenset("newly lately just late , ( the gentleman who is was being now".split())
_ENDS: Final = frozenset(". , ; :".split())
_HOUSES: Final = frozenset("'s house hall stairs street".split())
_FOUND: Final = frozenset("found find finds finding".split())
_FLIGHTS: Final = frozenset("sailed sails sailing embarked flew flies flying fly".split())
_VEHICLES: Final = frozenset("coach water boat horse ship train plane".split())
_TAKEN: Final = frozenset("took take takes taking taken".split())
#: "Came over to join him": to stay, no errand.
_STAY: Final = frozenset("join live stay lodge settle".split())
_ARRIVED: Final = frozenset("arrived arrives arriving arrive landed".split())
#: What is arrived at without a journey.
_RESULTS: Final = frozenset("conclusion agreement understanding decision solution opinion view".split())
#: Rules that also tell of an author's own outing in a diary.
_OF_AUTHOR: Final = frozenset({"set-out", "sailed", "arrived"})
_GONE: Final = {"gone": 0.8, "went": 0.7, "goes": 0.74, "go": 0.7, "going": 0.76}


def read_departure(look: Look, i: int) -> None:
    """Read "is gone to sea", "set out for", "left for Moscow", "sailed", "his departure"."""
    word = look.low[i]
    if word == "departure":
        look.add(i, look.owner(i), "departure", "departure-of", 0.74, status="held")
    elif word.startswith("set"):
        if look.word(i + 1) in ("sail", "sayle") or _leads_away(look, i + 1):
            _move(look, i, "departure", "set-out", 0.76)
    elif word.startswith("depart"):
        if look.word(i + 1) not in ("from", "this") or _away(look, i + 1) > 0:
            _move(look, i, "departure", "departed", 0.74)
    elif word in ("left", "leave", "leaves", "leaving"):
        _read_left(look, i)
    elif word in _VEHICLES:
        verb = look.any_before(i, _TAKEN, 3)
        if verb >= 0 and look.word(i + 1) == "for" and look.distance(i + 2) > 0.4:
            _move(look, verb, "departure", "took-ship", 0.7)
    elif word in _FLIGHTS:
        if word in ("sailed", "embarked") or _away(look, i + 1) > 0:
            _move(look, i, "departure", "sailed", 0.72)
    else:
        _read_go(look, i)


def _leads_away(look: Look, i: int) -> bool:
    """Say whether "out", "off" or "forth" at `i`, behind "set", begins a journey."""
    word, after = look.word(i), look.word(i + 1)
    if word == "forth":
        # "Set forth to you": explained.
        return after in ("for", "towards", "toward", "from")
    if word not in ("out", "off"):
        return False
    return (
        after in _WAYS or after == "from" or look.scene.date_in(i + 1, min(i + 4, len(look.low))) is not None
    )


def _read_left(look: Look, i: int) -> None:
    if look.low[i] == "leave" and look.scene.auxiliaries(i).isdisjoint(_WILL):
        return
    after = look.word(i + 1)
    if after == "for" and look.distance(i + 2) > 0.4:
        _move(look, i, "departure", "left-for", 0.78)
    elif look.is_place(i + 1) and look.distance(i + 1) > 0.8 and look.word(i + 2) != "'s":
        _move(look, i, "departure", "left", 0.72)
    elif after in TOWN or (after == "the" and look.word(i + 2) in ("country", "town")):
        _move(look, i, "departure", "left", 0.7)


def _read_go(look: Look, i: int) -> None:
    """Read "gone to Portsmouth", "going into the country", "went to sea"."""
    word, scene = look.low[i], look.scene
    if word == "going" and look.word(i + 1) == "to" and look.cast.is_verb(i + 2):
        return
    if word == "go" and scene.auxiliaries(i).isdisjoint(_WILL):
        return
    away = _away(look, i + 1)
    if away <= 0:
        return
    score = _GONE[word] * (0.75 + 0.25 * away)
    if word == "going" and look.word(i - 1) in _OWN:
        look.add(i, scene.possessor(i - 1), "departure", "going-of", score - 0.06, status="held")
        return
    _move(look, i, "departure", word, score)


def _away(look: Look, i: int) -> float:
    """How sure it is that the words behind "gone" lead far away: "to sea", "out of town", "into France"."""
    low = look.low
    j = i
    while j < len(low) and j < i + 4 and (low[j] in _FILL or look.cast.is_adverb(j)):
        j += 1
    word = look.word(j)
    if word in ("abroad", "overseas"):
        # In an old diary one who is gone abroad is out of the house.
        return 0.0 if look.scene.diary else 0.9
    if word == "beyond":
        return 1.0 if look.word(j + 1) in ("sea", "the", "seas") else 0.0
    if word == "out" and look.word(j + 1) == "of":
        n = j + 3 if look.word(j + 2) == "the" else j + 2
        return 1.0 if look.word(n) in TOWN or look.word(n) == "country" else 0.0
    if word not in _WAYS or look.word(j + 2) in _HOUSES:
        return 0.0
    return 0.4 if look.word(j + 1) == "town" else look.distance(j + 1)


def read_arrival(look: Look, i: int) -> None:
    """Read "is come to town", "newly come from sea", "arrived", "returned from", "I found her come"."""
    word = look.low[i]
    if word == "arrival":
        look.add(i, look.owner(i), "arrival", "arrival-of", 0.76, status="held")
    elif word in _ARRIVED:
        _read_arrived(look, i)
    elif word in ("returned", "returns", "return", "got"):
        _read_return(look, i)
    elif word == "coming":
        _, _, far = _where_from(look, i)
        if look.word(i - 1) in _OWN and far > 0.5:
            who = look.scene.possessor(i - 1)
            look.add(i, who, "arrival", "coming-of", 0.74, status="held")
    else:
        _read_come(look, i)


def _read_arrived(look: Look, i: int) -> None:
    word = look.low[i]
    if word == "arrive" and look.scene.auxiliaries(i).isdisjoint(_WILL):
        return
    if look.word(i + 1) in ("at", "upon") and look.word(i + 3) in _RESULTS:
        return
    if word == "landed" or is_author(look.subject(i)):
        way = i + 1 + (look.word(i + 1) in ("back", "here", "there", "safely"))
        if look.word(way) not in ("at", "in", "from") or look.distance(way + 1) <= 0.8:
            return
    _move(look, i, "arrival", "arrived", 0.8)


def _read_return(look: Look, i: int) -> None:
    word = look.low[i]
    if word == "got" and look.word(i + 1) not in ("back", "home"):
        return
    j = i + 1
    while look.word(j) in ("back", "home", "safely", "again") or (
        j < len(look.low) and look.cast.is_adverb(j)
    ):
        j += 1
    way = look.word(j)
    far = look.distance(j + 1) if way in ("from", "to") else 0.0
    if word == "return":
        if look.word(i - 1) in _OWN and far > 0.4:
            look.add(i, look.scene.possessor(i - 1), "arrival", "return-of", 0.66, status="held")
    elif way == "from" and far > 0.4:
        _move(look, i, "arrival", "returned", 0.78)
    elif way == "to" and far > 0.8:
        _move(look, i, "arrival", "returned", 0.68)


def _where_from(look: Look, i: int) -> tuple[str, bool, float]:
    """The preposition behind "come" at `i`, whether it is home, and how far; -1 for an errand."""
    low = look.low
    j = i + 1
    while j < len(low) and j < i + 4 and (low[j] in _FILL_COME or look.cast.is_adverb(j)):
        j += 1
    home = not _HOME.isdisjoint(low[i + 1 : j])
    way = look.word(j)
    if way == "from":
        return way, home, look.distance(j + 1)
    if way == "out" and look.word(j + 1) == "of":
        return way, home, look.distance(j + 2)
    if way in ("to", "into", "unto"):
        if look.word(j + 1) in _STAY:
            return way, home, 0.95
        if look.word(j + 1) in _ERRANDS:
            return way, home, -1.0
        return way, home, 1.0 if look.word(j + 1) in TOWN else look.distance(j + 1)
    return way, home, 0.0


def _read_come(look: Look, i: int) -> None:
    word, scene = look.low[i], look.scene
    way, home, far = _where_from(look, i)
    if far < 0:
        return
    auxiliaries = scene.auxiliaries(i)
    perfect = word == "come" and not auxiliaries.isdisjoint(BE | HAVE)
    newly = look.word(i - 1) in ("newly", "lately", "just", "late")
    if way == "from" and (newly or perfect):
        j = next((n for n in range(i + 1, min(i + 6, len(look.low))) if look.low[n] == "from"), i)
        if look.grid.is_person(j + 1) or look.is_place(j + 1):
            # "Lately come from my Lord": wherever he is.
            far = max(far, 0.6)
    if _is_later(look, i):
        if word == "comes" or not auxiliaries.isdisjoint(_WILL | {"is", "are"}):
            _move(look, i, "arrival", "comes-then", 0.72, status="planned")
        return
    if word == "comes" and look.any_before(i, _WHEN, 4) >= 0:
        return
    found = _found_come(look, i)
    if found is not None:
        if way in _ENDS or way in ("and", "") or home or far > 0.3:
            look.add(i, found, "arrival", "found-come", 0.8, verb=i, status="held", on=look.today)
    elif newly:
        if far > 0 or home:
            who = _newcomer(look, i)
            look.add(i, who, "arrival", "newly-come", 0.84, verb=i, status="held", before=False)
    elif perfect:
        _read_is_come(look, i, way, home=home, far=far)
    elif far >= 0.9:
        _read_came(look, i)
    elif word in ("came", "comes") and far > 0.4 and home:
        _move(look, i, "arrival", "came-home", 0.7)


def _is_later(look: Look, i: int) -> bool:
    """Say whether a day after the text's own stands behind "come"."""
    later = look.scene.date_in(i, min(look.scene.end(i), i + 9))
    written = look.scene.context.written_on
    if later is None or written is None or look.low[i] not in ("come", "comes"):
        return False
    return later.when.first > written.last


def _newcomer(look: Look, i: int) -> Who:
    """The person of "Mr. Shaw, newly come to town"."""
    at = i - 1
    while at > 0 and look.low[at] in _BEFORE_NEWLY:
        at -= 1
    direct = look.named(at) if look.scene.same(at, i) else NOBODY
    if direct:
        return direct
    who = look.subject(i)
    apart = look.word(look.scene.group(i).start - 1) == ","
    return look.person_before(i, 8) if apart or not look.is_explicit(i, who) else who


def _read_is_come(look: Look, i: int, way: str, *, home: bool, far: float) -> None:
    """Read "is come to town", "had come from Paris", "is come home"."""
    auxiliaries = look.scene.auxiliaries(i)
    if far > 0.3:
        _move(look, i, "arrival", "is-come", 0.84, on=look.today if way == "to" else None)
    elif home and not auxiliaries.isdisjoint({"is", "was"}):
        _move(look, i, "arrival", "is-come", 0.72, on=look.today)
    elif way in _ENDS and "is" in auxiliaries:
        _move(look, i, "arrival", "is-come", 0.52, on=look.today)
    elif way in _ENDS and look.any_before(look.scene.group(i).start, _FOUND, 6) >= 0:
        _move(look, i, "arrival", "found-come", 0.76, on=look.today)


def _read_came(look: Look, i: int) -> None:
    """Read "came to town", and "Mr. Shaw, come to town last night"."""
    if look.low[i] != "come":
        _move(look, i, "arrival", "came-far", 0.76)
        return
    who = look.named(i - 2 if look.word(i - 1) == "," else i - 1)
    if who:
        look.add(i, who, "arrival", "come-to-town", 0.78, verb=i, status="held")
    else:
        _move(look, i, "arrival", "come-to-town", 0.7)


def _found_come(look: Look, i: int) -> Who | None:
    """The person of "I found her come", "found him, as I hoped, come home"."""
    low = look.low
    verb = look.any_before(i, _FOUND, 12) if low[i] == "come" else -1
    if verb < 0 or look.scene.is_negated(i) or not look.scene.auxiliaries(i).isdisjoint(BE | HAVE):
        return None
    people = look.cast.object(look.grid.end[verb])
    if people:
        return people[0]
    return next((w for w in (look.named(j) for j in range(verb + 1, i) if low[j + 1] != "'s") if w), None)


def _move(
    look: Look,
    i: int,
    what: str,
    rule: str,
    score: float,
    *,
    on: When | None = None,
    status: AccountStatus | None = None,
) -> None:
    """Keep a journey of the verb's subject; the author's own outings are told otherwise."""
    scene = look.scene
    who = look.subject(i)
    if is_author(who):
        if rule in ("is-come", "come-to-town", "came-home"):
            return
        score -= 0.14 if not scene.diary or rule in _OF_AUTHOR else 0.3
    near = look.is_explicit(i, who)
    group = scene.group(i)
    auxiliaries = scene.auxiliaries(i)
    if scene.is_negated(i):
        status = "denied"
    elif look.low[i] == "going" and auxiliaries.isdisjoint({"was", "were"}):
        status = "planned"
    if "to" in auxiliaries and auxiliaries.isdisjoint(BE):
        at = look.any_before(group.start, _MEANT, 3)
        if at < 0:
            return
        who = look.subject(at)
        near = look.is_explicit(at, who)
        status, score = "planned", min(score, 0.66)
    if look.word(group.start - 2) in _SINCE:
        # "Since he came to town": only the time of something else.
        score = min(score, 0.55)
    look.add(i, who, what, rule, score, status=status, implied=not near, on=on)
