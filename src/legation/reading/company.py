"""Who is meant: persons and pronouns of a stretch of text, and the subject of a verb."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from legation.facts.candidates import AccountStatus, Context, DateMention, MentionCandidate
from legation.facts.when import When
from legation.reading import cues
from legation.reading.masking import PERSON, Mask
from legation.reading.patterns import NAMED, PARTY

_AUTHOR = re.compile(r"\b(?:I|me|[Mm]yself|we|We|us)\b")


_HE = re.compile(r"\b(?:[Hh]e|him)\b")


_SHE = re.compile(r"\b(?:[Ss]he|her)\b")


_THEY = re.compile(r"\b(?:[Tt]hey|them|[Ww]e|us|both)\b")


_SAME_HE = re.compile(rf"{PERSON},? and (?:he|she)(?= and\b)")


_PRONOUN = re.compile(r"\b(?:I|me|[Mm]yself|[Ww]e|us|[Hh]e|him|[Ss]he|her|[Tt]hey|them|both)\b")


_WOMEN = frozenset(
    "wife mother sister daughter aunt niece lady mrs miss madam madame queen duchess maid mistress"
    " countess princess girl woman mayde cook-maid grandmother".split()
)


NEAR = 260


@dataclass(slots=True)
class Sign:
    """One sign of company: where it stands in the mask, and what it says."""

    start: int
    end: int
    people: list[int]
    author: bool
    inferred: list[int]
    form: str
    rule: str
    score: float
    status: AccountStatus = "held"
    on: When | None = None
    place: tuple[int, int] | None = None
    joined: int = 1
    #: Where the subject stands, which belongs to the words that are quoted.
    lead: int = -1
    #: The company sets out: what went before was another meeting.
    moving: bool = False
    #: An item of its own: what went before was another meeting.
    fresh: bool = False
    #: The day stands in words beside it.
    dated: bool = False


@dataclass(slots=True)
class Page:
    """A document while it is read."""

    text: str
    mask: Mask
    mentions: tuple[MentionCandidate, ...]
    dates: tuple[DateMention, ...]
    context: Context
    first_person: bool
    elided: bool
    #: Of a time with telephones.
    modern: bool
    #: Items like "Lunch with P" are the author's own.
    terse: bool
    #: A paper speaks of today, or of hours only: it tells of the day that it bears.
    of_the_day: bool
    #: Starts of clauses in the mask.
    clauses: list[int] = field(default_factory=list)
    #: Whether an object stands at a position of the mask: verbs in a row ask for the same ones.
    objects: dict[int, bool] = field(default_factory=dict)


def clause_of(page: Page, at: int) -> tuple[int, int]:
    """The clause of the mask that holds a position; at most 300 letters to either side."""
    index = bisect_right(page.clauses, at) - 1
    start = page.clauses[index]
    end = page.clauses[index + 1] if index + 1 < len(page.clauses) else len(page.mask.text)
    return max(start, at - 300), min(end, at + 300)


@dataclass(slots=True)
class Party:
    """Who a stretch of the mask names: mentions, the author, and those reached by a pronoun."""

    people: list[int] = field(default_factory=list)
    author: bool = False
    inferred: list[int] = field(default_factory=list)

    def add(self, other: Party) -> None:
        """Take in another party."""
        for index in other.people:
            if index not in self.people:
                self.people.append(index)
        self.author = self.author or other.author
        self.inferred.extend(i for i in other.inferred if i not in self.inferred)


def resolve_party(page: Page, start: int, end: int, signs: list[Sign]) -> Party:
    """Resolve the persons and pronouns of a stretch of the mask."""
    party = Party()
    words = page.mask.text[start:end]
    at = words.find(PERSON)
    while at >= 0:
        index = _meant(page, page.mask.people[start + at])
        if index not in party.people:
            party.people.append(index)
        at = words.find(PERSON, at + 1)
    if not _PRONOUN.search(words):
        return party
    if page.first_person and _AUTHOR.search(words):
        party.author = True
    inferred: list[int] = []
    if _SAME_HE.search(words):
        # In "P, and he and I" the pronoun is P.
        words = _SAME_HE.sub(PERSON, words)
    for pattern, women in ((_HE, False), (_SHE, True)):
        pronoun = pattern.search(words)
        if pronoun is not None:
            found = nearest_person(page, start, women=women, but=party.people)
            if found is not None:
                inferred.append(found)
    if _THEY.search(words):
        company = last_company(signs, start)
        if company is not None:
            inferred.extend(company.people)
            party.author = party.author or (company.author and page.first_person and "e" in words)
    party.inferred = [i for i in dict.fromkeys(inferred) if i not in party.people]
    party.people.extend(party.inferred)
    return party


def _meant(page: Page, index: int) -> int:
    """The name that an appositive description repeats, else the mention itself."""
    other = page.mentions[index].same_as
    return other if 0 <= other < len(page.mentions) else index


def last_company(signs: list[Sign], at: int) -> Sign | None:
    """The company last told of, where it was not long ago."""
    for sign in reversed(signs[-6:]):
        if sign.status == "held" and at - sign.end < 2 * NEAR and sign.end <= at:
            return sign
    return None


_AT_HOUSE = re.compile(r"\b(?:to|at|unto|upon) $")


_BESIDE = re.compile(r"\b(?:of|from|about|concerning|for|by|touching|whether I was son to) $")


def nearest_person(page: Page, at: int, *, women: bool, but: list[int]) -> int | None:
    """The person a pronoun most likely means: the nearest before it that may be meant."""
    owner: int | None = None
    position = at
    while (position := page.mask.text.rfind(PERSON, max(0, at - NEAR), position)) >= 0:
        index = page.mask.people[position]
        mention = page.mentions[index]
        if index in but or _is_woman(page, index) != women:
            continue
        if mention.kind == "name" and not mention.sure and not mention.titles:
            continue
        before = page.mask.text[max(0, position - 14) : position]
        owned = page.mask.text[position + 1 : position + 3] in ("'s", "’s")
        if not _BESIDE.search(before) if not owned else _AT_HOUSE.search(before):
            return index
        owner = index if owner is None else owner
    return owner


def _is_woman(page: Page, index: int) -> bool:
    mention = page.mentions[index]
    words = mention.span.cut(page.text).lower().replace(".", "").split()
    return bool(_WOMEN.intersection(words)) and not (len(words) > 2 and words[0] == "mr")


_SUBJECT = re.compile(
    rf"(?P<who>\bwho\b)|(?P<free>\b(?:I|[Ww]e|[Hh]e|[Ss]he|[Tt]hey|[Yy]ou)\b(?: and {PARTY})?)"
    rf"|(?P<named>{NAMED})"
)


#: Longest of the words that make an object of a name behind them.
_BEFORE = 24
_ENDS_IN_US = re.compile(r"(?<!\w)(?:I|we)$")
_ASIDES = re.compile(r"\([^()]*\)|^[^()]*\)")


_OBJECT_BEFORE = re.compile(
    r"(?:\b(?:with|to|unto|of|from|by|at|for|about|in|on|upon|against|told|met|found|saw|took|gave"
    r"|desired|made|let|left|called|and got|had|see|carried|brought|sent|after|before|than|like"
    r"|near|(?<!was )over|under|between|among|concerning|whom|bid|got|letting|leaving|seeing|hearing|heard"
    r"|find|meet|visit|visited|asked|invited|thanked|being|was|were|is) )"
    r"(?:the |my |his |her |our |one |old |young |poor )?$",
    re.IGNORECASE,
)


def find_subject(page: Page, start: int, verb: int, signs: list[Sign]) -> tuple[Party, int] | None:
    """Who did it, and where: the last subject before the verb; None where it is left out."""
    start = max(start, verb - 180)
    words = page.mask.text[start:verb]
    if ")" in words:
        words = _ASIDES.sub(lambda aside: " " * len(aside[0]), words)
    last: re.Match[str] | None = None
    for match in reversed(list(_SUBJECT.finditer(words))):
        if match["named"] and _is_doubtful(page, start + match.start("named")):
            continue
        is_object = match["named"] and _is_object(page, words, match.start(), start)
        if not is_object or _ENDS_IN_US.search(match[0]):
            last = match
            break
    if last is None:
        return None
    if last["who"]:
        at = page.mask.text.rfind(PERSON, max(0, start + last.start() - 40), start + last.start())
        return (Party([page.mask.people[at]]), at) if at >= 0 else None
    at = start + last.start()
    return resolve_party(page, at, start + last.end(), signs), at


def _is_object(page: Page, words: str, at: int, offset: int) -> bool:
    """Say whether a name at `at` in words of the mask from `offset` on is the object of a verb."""
    # What stands before an object is no longer than two words.
    if at < _BEFORE:
        return _OBJECT_BEFORE.search(words, 0, at) is not None
    if offset + at not in page.objects:
        page.objects[offset + at] = _OBJECT_BEFORE.search(words, at - _BEFORE, at) is not None
    return page.objects[offset + at]


def _is_doubtful(page: Page, at: int) -> bool:
    """Say whether a stretch that begins with a doubtful name after "the" is rather a place."""
    index = page.mask.people.get(page.mask.text.find(PERSON, at))
    if index is None or page.mentions[index].sure or page.mentions[index].kind != "name":
        return False
    return page.mask.text[max(0, at - 5) : at].rstrip("'‘’ ").endswith("the") or page.mask.text.startswith(
        "the ", at
    )


def find_talker(page: Page, match: re.Match[str], clause: int, verb: int) -> int | None:
    """The other side of "in a talk with Zorin": the one before it, or the subject after it."""
    masked = page.mask.text
    before = cues.BEFORE_TALK.search(masked, max(clause, verb - 60), verb)
    if before is not None:
        return page.mask.people[before.start("s")]
    if cues.IN_TALK.search(masked, max(clause, verb - 45), verb):
        after = cues.THEN_SUBJECT.match(masked, match.end())
        if after is not None:
            return page.mask.people[after.start("s")]
    return None
