"""Who is meant: persons and pronouns of a stretch of text, and the subject of a verb."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace

from legation.facts.candidates import AccountStatus, Context, DateMention, MentionCandidate
from legation.facts.when import When
from legation.reading import cues
from legation.reading.masking import PERSON, Mask
from legation.reading.patterns import NAMED, PARTY

_AUTHOR = re.compile(r"\b(?:I|me|[Mm]yself|we|We|us)\b")


_HE = re.compile(r"\b(?:[Hh]e|him)\b")


_SHE = re.compile(r"\b(?:[Ss]he|her)\b")


_THEY = re.compile(r"\b(?:[Tt]hey|them|[Ww]e|us|both)\b")


_SAME_HE = re.compile(rf"{PERSON},? and (?:he|she)(?= and\b|$)")


_PRONOUN = re.compile(r"\b(?:I|me|[Mm]yself|[Ww]e|us|[Hh]e|him|[Ss]he|her|[Tt]hey|them|both)\b")


_WOMEN = frozenset(
    "wife mother sister daughter aunt niece lady mrs miss madam madame queen duchess maid mistress"
    " countess princess girl woman mayde mayd cook-maid grandmother queene queens dutchess dutchesse duchesse"
    " ladie ladyship mis mistris mme madam. nurse widow bride seamstress actress landlady hostess goody dame"
    " ms sister-in-law mother-in-law daughter-in-law granddaughter empress baroness cookmaid aunts".split()
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
    #: Who goes about with the author.
    along: list[int] = field(default_factory=list)


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
    #: What each person is called last.
    called: dict[int, str] = field(default_factory=dict)
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


def resolve_party(
    page: Page, start: int, end: int, signs: list[Sign], *, but: list[int] | None = None
) -> Party:
    """Resolve the persons and pronouns of a stretch of the mask; no pronoun means one of `but`."""
    party = Party()
    words = page.mask.text[start:end]
    at = words.find(PERSON)
    while at >= 0:
        group = page.mask.groups.get(start + at) or (page.mask.people[start + at],)
        for member in group:
            index = _meant(page, member)
            if index not in party.people:
                party.people.append(index)
        at = words.find(PERSON, at + 1)
    if not _PRONOUN.search(words):
        return party
    taken = {_words(page, index) for index in but or ()}
    others = [i for i in page.mask.people.values() if _words(page, i) in taken] if taken else []
    if page.first_person and _AUTHOR.search(words):
        party.author = True
    inferred: list[int] = []
    same = _SAME_HE.search(words)
    if same is not None and (page.elided or same.end() < len(words)):
        # In "P, and he and I" the pronoun is P; "P and he" of a report are two.
        words = _SAME_HE.sub(PERSON, words)
    for pattern, women in ((_HE, False), (_SHE, True)):
        pronoun = pattern.search(words)
        if pronoun is not None:
            found = nearest_person(page, start, women=women, but=[*party.people, *others], signs=signs)
            if found is not None:
                inferred.append(found)
    they = _THEY.search(words)
    if they is not None:
        company = last_company(page, signs, start, here=they[0] in ("we", "We", "us", "both"))
        if company is not None and not (
            they[0] in ("they", "They", "them")
            and (strangers := _STRANGERS.search(page.mask.text, company.end, start)) is not None
            and page.mask.text.find(PERSON, strangers.end(), start) < 0
        ):
            inferred.extend(company.people)
            party.author = party.author or (company.author and page.first_person and "e" in words)
    party.inferred = [i for i in dict.fromkeys(inferred) if i not in party.people]
    party.people.extend(party.inferred)
    return party


def _words(page: Page, index: int) -> str:
    """What a person is called last, so that "the President" and "President" are one."""
    if index not in page.called:
        page.called[index] = page.mentions[index].span.cut(page.text).rsplit(maxsplit=1)[-1].lower()
    return page.called[index]


def _meant(page: Page, index: int) -> int:
    """The name that an appositive description repeats, else the mention itself."""
    other = page.mentions[index].same_as
    return other if 0 <= other < len(page.mentions) else index


#: Whom "they" and "them" mean when they stand nearer than the company last told of.
_STRANGERS = re.compile(
    r"\b(?:two|three|four|five|six|several|divers|many|some|other|others) (?:[a-z]+ ){0,2}[a-z]+(?:s"
    r"|men|ren)\b"
)
_THERE = re.compile(r"s?,?(?: \w+){0,2},? (?:and )?(?:where|there)\b")
#: The company has gone, or the author has gone on alone.
_LEFT = re.compile(
    r"\b(?:parted|took (?:my |our )?leave|(?:being |they |he |she |were |was )gone|gone away|set (?:him"
    r"|her|them) down"
    r"|left (?:him|her|them|us)|alone|broke up|by myself|went (?:away|home)|[.;] Home|to bed|to (?:my"
    r"|the|our) (?:office"
    r"|closet|chamber|study)"
    r"|I (?:then |also |again |alone )*(?:home|to|away|back|up|down|by (?:water|coach)|out|abroad|went"
    r"|walked|rode"
    r"|returned|left|drove|flew))\b"
)
#: One of the company has gone: "leaving P there, we home".
_LEAVING = re.compile(
    rf"\b(?:[Ll]eft|[Ll]eaving|parted (?:with|from)|set|setting|landed) (?:(?:my |the |our )?{PERSON})(?:(?:,"
    rf"| and|, and) {PERSON})*"
)


def last_company(
    page: Page, signs: list[Sign], at: int, *, here: bool = False, but: list[int] | None = None
) -> Sign | None:
    """The company last told of, where it was not long ago; if `here`, and nobody has left since.

    A company of nobody but those of `but` is passed over.
    """
    for sign in reversed(signs[-6:]):
        if but and set(sign.people) <= set(but):
            continue
        if sign.status == "held" and at - sign.end < (3 if here else 2) * NEAR and sign.end <= at:
            if here and (
                sign.rule == "leave" or sign.form == "telephone" or _LEFT.search(page.mask.text, sign.end, at)
            ):
                # Whoever was telephoned to is not there.
                return None
            return _as_now(page, signs, sign, at)
    return None


_ARRIVALS = frozenset({"was-there", "came", "comes"})


def _as_now(page: Page, signs: list[Sign], sign: Sign, at: int) -> Sign | None:
    """The company of a sign with those whom it joined, without those who were left since."""
    people = list(sign.people)
    author = sign.author
    for before in reversed(signs[-8:]):
        if before.end <= sign.start and sign.rule in _ARRIVALS:
            gap = page.mask.text[before.end : sign.start]
            if before.status == "held" and len(gap) < 60 and not cues.MOVE.search(gap):
                people.extend(i for i in before.people if i not in people)
                author = author or before.author
            break
    left = {
        _words(page, page.mask.people[k])
        for match in _LEAVING.finditer(page.mask.text, sign.end, at)
        for k in range(match.start(), match.end())
        if page.mask.text[k] == PERSON
    }
    people = [i for i in people if _words(page, i) not in left] if left else people
    return replace(sign, people=people, author=author) if people else None


_AT_HOUSE = re.compile(r"\b(?:to|at|unto|upon) $")


_BESIDE = re.compile(
    r"\b(?:of|from|about|concerning|for|by|touching|whether I was son to|against|upon|than|like|before"
    r"|after|between) "
    r"(?:the |my |his |her |our )?$"
)
#: Just before one who does something, or with whom the author has to do.
_DOES = re.compile(
    r"(?:^|[.;:,] |\b(?:and|but|so|then|where|there|here|when|that|as|anon|by and by|which) )$"
)
_HAS_TO_DO = re.compile(
    r"\b(?:with|met|meeting|meet|found|find|saw|to|unto|told|comes?|came|took|visited|called|brought|and"
    r"|spoke to) "
    r"(?:the |my |our |one |old |young )?$",
    re.IGNORECASE,
)
_ABSENT_NOW = re.compile(
    r",? (?:being |was |is |were |are |not |hath |had )(?:gone|abroad|not|out|dead|sick|been|away)\b"
)


def nearest_person(
    page: Page, at: int, *, women: bool, but: list[int], signs: list[Sign] | None = None
) -> int | None:
    """The person a pronoun most likely means: near, doing something, and of the company last told of."""
    best: tuple[float, int] | None = None
    position = at
    masked = page.mask.text
    company: set[int] = set()
    for sign in (signs or [])[-2:]:
        if sign.status == "held" and at - sign.end < 2 * NEAR:
            company.update(sign.people)
    reach, slope = (NEAR + 160, 100) if page.elided else (4 * NEAR, 300)
    while (position := masked.rfind(PERSON, max(0, at - reach), position)) >= 0:
        index = page.mask.people[position]
        mention = page.mentions[index]
        if index in but or _is_woman(page, index) != women:
            continue
        if mention.kind == "name" and not mention.sure and not mention.titles:
            continue
        weight = (position - at) / slope + _weigh(page, position, at) + (0.8 if index in company else 0.0)
        if best is None or weight > best[0]:
            best = (weight, index)
    for back, sign in enumerate(reversed((signs or [])[-3:])):
        # Those last met may be meant though they were named long before.
        rest = [
            i
            for i in sign.people
            if i not in but
            and _is_woman(page, i) == women
            and (page.mentions[i].sure or page.mentions[i].titles or page.mentions[i].kind != "name")
        ]
        if sign.status == "held" and at - sign.end < 2 * NEAR and len(rest) == 1:
            weight = (sign.end - at) / 150 + (0.0 if back else 0.3)
            if best is None or weight > best[0]:
                best = (weight, rest[0])
    return None if best is None else best[1]


def _weigh(page: Page, position: int, at: int) -> float:
    """What speaks for or against the person at a position being the one that is spoken of at `at`."""
    masked = page.mask.text
    before = masked[max(0, position - 18) : position]
    weight = 0.0
    if masked[position + 1 : position + 3] in ("'s", "’s"):
        weight = -1.6
        if _AT_HOUSE.search(before):
            # Who goes to a house, "where he…", finds its owner there.
            weight = 0.9 if _THERE.match(masked, position + 2, at) else -0.5
    elif _BESIDE.search(before):
        weight = -1.5
    elif _DOES.search(before):
        weight = 0.7
    elif _HAS_TO_DO.search(before):
        weight = 0.6
    if _ABSENT_NOW.match(masked, position + 1):
        weight -= 1.0
    first = max(0, position - 80)
    # An aside between brackets.
    if masked.rfind("(", first, position) > masked.rfind(")", first, position):
        weight -= 0.8
    return weight


def _is_woman(page: Page, index: int) -> bool:
    mention = page.mentions[index]
    words = mention.span.cut(page.text).lower().replace(".", "").split()
    return bool(_WOMEN.intersection(words)) and not (len(words) > 2 and words[0] == "mr")


_SUBJECT = re.compile(
    rf"(?P<who>\bwho\b)|(?P<free>\b(?:I|[Ww]e|[Hh]e|[Ss]he|[Tt]hey|[Yy]ou)\b(?: and {PARTY})?)"
    rf"|(?P<named>(?<![A-Za-z]){NAMED})"
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


def find_subject(
    page: Page, start: int, verb: int, signs: list[Sign], others: list[int] | None = None
) -> tuple[Party, int] | None:
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
    return resolve_party(page, at, start + last.end(), signs, but=others), at


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
