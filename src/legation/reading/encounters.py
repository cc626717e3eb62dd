"""Encounters in prose: who was together with whom, when, where and in what form.

`find_accounts` masks the text (one letter stands for one person), finds every sign of company with
the patterns of `encounter_rules`, works out subject, status, form, date and place of each, and
joins the signs of one sitting into one account. It sees one document alone, without its header.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from legation.facts.candidates import (
    AccountCandidate,
    AccountStatus,
    Context,
    DateMention,
    MentionCandidate,
)
from legation.facts.span import Span
from legation.facts.when import When
from legation.reading import encounter_rules as rules
from legation.reading.forms import MEALS, RANK, form_of, stronger
from legation.reading.masking import PERSON, Mask, mask_people

_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]yself|[Ww]e|[Uu]s|[Oo]ur)\b(?!['’]?\.)")
_AUTHOR = re.compile(r"\b(?:I|me|[Mm]yself|we|We|us)\b")
_HE = re.compile(r"\b(?:[Hh]e|him)\b")
_SHE = re.compile(r"\b(?:[Ss]he|her)\b")
_THEY = re.compile(r"\b(?:[Tt]hey|them|[Ww]e|us|both)\b")
_CLAUSE_END = re.compile(r"[.;:!?](?=\s|$)")
_SHORTENED = ("St", "Mr", "Dr", "Mrs", "Capt", "Col", "Gen", "Sir")
_WOMEN = frozenset(
    "wife mother sister daughter aunt niece lady mrs miss madam madame queen duchess maid mistress"
    " countess princess girl woman mayde cook-maid grandmother".split()
)
_NEAR = 260


@dataclass(slots=True)
class _Sign:
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


@dataclass(slots=True)
class _Page:
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
    #: Starts of clauses in the mask.
    clauses: list[int] = field(default_factory=list)


def find_accounts(
    text: str,
    mentions: tuple[MentionCandidate, ...],
    dates: tuple[DateMention, ...],
    context: Context,
) -> tuple[AccountCandidate, ...]:
    """Find the encounters that a text tells of, in order of the text.

    `participants` index `mentions`; a score of .75 and more means that it may stand unasked.
    A paper's own encounter, which its header gives, is not among them.
    """
    mask = mask_people(text, mentions)
    if not mask.people and not mentions:
        return ()
    page = _open(text, mask, mentions, dates, context)
    signs = _find_signs(page)
    accounts = _join(page, signs)
    return tuple(_account(page, sign) for sign in accounts)


def _open(
    text: str,
    mask: Mask,
    mentions: tuple[MentionCandidate, ...],
    dates: tuple[DateMention, ...],
    context: Context,
) -> _Page:
    """Work out who speaks: a diary leaves its "I" out, a telegram does not, a history has none."""
    spoken = len(_FIRST_PERSON.findall(mask.text[:20000]))
    own = sum(1 for m in mentions[:400] if m.of == "author")
    first = spoken + own >= 2 and (spoken + own) * 700 >= min(len(mask.text), 20000)
    first = first or (context.kind == "entry" and spoken + own > 0)
    clauses = [0]
    clauses.extend(
        m.end()
        for m in _CLAUSE_END.finditer(mask.text)
        if not mask.text.endswith(_SHORTENED, max(0, m.start() - 4), m.start())
    )
    elided = first and context.kind in (None, "entry", "note")
    written = context.written_on
    modern = written is None or written.last.year >= 1880
    return _Page(text, mask, mentions, dates, context, first, elided, modern, clauses)


def _find_signs(page: _Page) -> list[_Sign]:
    masked = page.mask.text
    matches = [
        (m.start("w") if rule.name in ("and-I", "we") else m.start(), order, m, rule)
        for order, rule in enumerate(rules.RULES)
        if not rule.hints or any(hint in masked for hint in rule.hints)
        for m in _matches(rule, masked)
    ]
    matches.sort(key=lambda row: (row[0], row[1]))
    signs: list[_Sign] = []
    for _, _, match, rule in matches:
        sign = _read_sign(page, match, rule, signs)
        if sign is not None:
            signs.append(sign)
    return signs


def _matches(rule: rules.Rule, masked: str) -> Iterator[re.Match[str]]:
    """The matches of a rule; where it has an anchor only stretches around anchors are searched."""
    if rule.anchor is None:
        yield from rule.pattern.finditer(masked)
        return
    done = 0
    for anchor in rule.anchor.finditer(masked):
        if anchor.start() < done:
            continue
        start = max(done, anchor.start() - rule.back)
        while start and start > done and masked[start - 1].isalnum():
            start -= 1
        for match in rule.pattern.finditer(masked, start, anchor.end() + 200):
            if match.end() > anchor.start():
                done = match.end()
                yield match
                break


def _clause_of(page: _Page, at: int) -> tuple[int, int]:
    """The clause of the mask that holds a position; at most 300 letters to either side."""
    index = bisect_right(page.clauses, at) - 1
    start = page.clauses[index]
    end = page.clauses[index + 1] if index + 1 < len(page.clauses) else len(page.mask.text)
    return max(start, at - 300), min(end, at + 300)


@dataclass(slots=True)
class _Party:
    """Who a stretch of the mask names: mentions, the author, and those reached by a pronoun."""

    people: list[int] = field(default_factory=list)
    author: bool = False
    inferred: list[int] = field(default_factory=list)

    def add(self, other: _Party) -> None:
        """Take in another party."""
        for index in other.people:
            if index not in self.people:
                self.people.append(index)
        self.author = self.author or other.author
        self.inferred.extend(i for i in other.inferred if i not in self.inferred)


def _party(page: _Page, start: int, end: int, signs: list[_Sign]) -> _Party:
    """Resolve the persons and pronouns of a stretch of the mask."""
    party = _Party()
    words = page.mask.text[start:end]
    for offset, letter in enumerate(words):
        if letter == PERSON:
            party.people.append(page.mask.people[start + offset])
    if page.first_person and _AUTHOR.search(words):
        party.author = True
    inferred: list[int] = []
    for pattern, women in ((_HE, False), (_SHE, True)):
        pronoun = pattern.search(words)
        if pronoun is not None:
            found = _nearest(page, start, women=women, but=party.people)
            if found is not None:
                inferred.append(found)
    if _THEY.search(words):
        company = _company(signs, start)
        if company is not None:
            inferred.extend(company.people)
            party.author = party.author or (company.author and page.first_person and "e" in words)
    party.inferred = [i for i in dict.fromkeys(inferred) if i not in party.people]
    party.people.extend(party.inferred)
    return party


def _company(signs: list[_Sign], at: int) -> _Sign | None:
    """The company last told of, where it was not long ago."""
    for sign in reversed(signs[-6:]):
        if sign.status == "held" and at - sign.end < 2 * _NEAR and sign.end <= at:
            return sign
    return None


_AT_HOUSE = re.compile(r"\b(?:to|at|unto|upon) $")
_BESIDE = re.compile(r"\b(?:of|from|about|concerning|for|by|touching|whether I was son to) $")


def _nearest(page: _Page, at: int, *, women: bool, but: list[int]) -> int | None:
    """The person a pronoun most likely means: the nearest before it that may be meant."""
    owner: int | None = None
    for position in range(at - 1, max(-1, at - _NEAR), -1):
        if page.mask.text[position] != PERSON:
            continue
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


def _is_woman(page: _Page, index: int) -> bool:
    mention = page.mentions[index]
    words = mention.span.cut(page.text).lower().replace(".", "").split()
    return bool(_WOMEN.intersection(words)) and not (len(words) > 2 and words[0] == "mr")


_SUBJECT = re.compile(
    rf"(?P<who>\bwho\b)|(?P<free>\b(?:I|[Ww]e|[Hh]e|[Ss]he|[Tt]hey)\b(?: and {rules.PARTY})?)"
    rf"|(?P<named>{rules.NAMED})"
)
_ASIDES = re.compile(r"\([^()]*\)|^[^()]*\)")
_OBJECT_BEFORE = re.compile(
    r"(?:\b(?:with|to|unto|of|from|by|at|for|about|in|on|upon|against|told|met|found|saw|took|gave"
    r"|desired|made|let|left|called|and got|had|see|carried|brought|sent|after|before|than|like"
    r"|near|over|under|between|among|concerning|whom|bid|got|letting|leaving|seeing|hearing|heard"
    r"|find|meet|visit|visited|asked|invited|thanked|being|was|were|is) )"
    r"(?:the |my |his |her |our |one |old |young |poor )?$",
    re.IGNORECASE,
)


def _subject(
    page: _Page, start: int, verb: int, signs: list[_Sign]
) -> tuple[_Party, int] | None:
    """Who did it, and where: the last subject before the verb; None where it is left out."""
    start = max(start, verb - 180)
    words = page.mask.text[start:verb]
    if ")" in words:
        words = _ASIDES.sub(lambda aside: " " * len(aside[0]), words)
    last: re.Match[str] | None = None
    for match in _SUBJECT.finditer(words):
        if match["named"] and _OBJECT_BEFORE.search(words, 0, match.start()):
            if not re.search(r"(?<!\w)(?:I|we)$", match[0]):
                continue
        last = match
    if last is None:
        return None
    if last["who"]:
        at = page.mask.text.rfind(PERSON, max(0, start + last.start() - 40), start + last.start())
        return (_Party([page.mask.people[at]]), at) if at >= 0 else None
    at = start + last.start()
    return _party(page, at, start + last.end(), signs), at


def _read_sign(
    page: _Page, match: re.Match[str], rule: rules.Rule, signs: list[_Sign]
) -> _Sign | None:
    """Make a sign of a match, or nothing where it tells of no company."""
    masked = page.mask.text
    groups = match.groupdict()
    verb = match.start(next(name for name in ("v", "w", "s") if groups.get(name)))
    clause, clause_end = _clause_of(page, verb)
    if rule.name == "met" and match["v"] == "meeting" and not _PARTICIPLE.search(masked, clause, verb):
        return None
    if rule.form == "telephone" and not page.modern:
        return None
    if rule.lead and not rule.lead.search(masked[max(clause - 2, match.start() - 60) : match.start()]):
        return None
    if rule.name == "visited" and match["v"] == "see" and rules.SEE_TEXT.search(
        masked, clause, verb
    ):
        return None
    party = _Party()
    lead = -1
    owner = None
    if rule.name == "noun-with":
        owner = rules.OWNER.search(masked, max(clause, verb - 45), verb)
    if groups.get("w"):
        party.add(_party(page, match.start("w"), match.end("w"), signs))
    if groups.get("s"):
        party.add(_party(page, match.start("s"), match.end("s"), signs))
        if rule.name in ("at-meal", "came", "comes", "was-there", "where"):
            party.author = page.first_person
    elif not rule.mutual:
        whose = owner["d"] if owner else ""
        subject = None
        if owner:
            lead = owner.start()
        if whose in ("my", "our") and page.first_person:
            party.author = True
        elif whose in ("his", "her", "their"):
            found = _nearest(page, lead, women=whose == "her", but=party.people)
            if found is not None:
                party.add(_Party([found], inferred=[found]))
        elif whose.startswith(PERSON):
            party.add(_Party([page.mask.people[lead]]))
        elif rule.name == "noun-with" and (other := _talker(page, match, clause, verb)) is not None:
            party.add(_Party([other]))
        else:
            subject = _subject(page, clause, verb, signs)
            if subject is not None:
                party.add(subject[0])
                lead = subject[1]
            elif page.elided or (
                page.first_person and rules.BARE_VERB.search(masked, clause, verb)
            ):
                party.author = True
    if len(party.people) + party.author < 2:
        return None
    before, after = masked[clause:verb], masked[match.end() : clause_end]
    if rule.name == "visited" and match["v"].startswith("to "):
        before += "to "
    status = _status(owner["d"] if owner else None, rule, before, after, page, party)
    if status is None:
        return None
    return _dress(page, match, rule, _Sign(
        match.start(), match.end(), party.people, party.author, party.inferred, rule.form,
        rule.name, rule.base, status, lead=lead, moving=_sets_out(rule, groups.get("v") or "", after),
    ), (clause, clause_end), signs)  # fmt: skip


def _talker(page: _Page, match: re.Match[str], clause: int, verb: int) -> int | None:
    """The other side of "in a talk with Zorin": the one before it, or the subject after it."""
    masked = page.mask.text
    before = rules.BEFORE_TALK.search(masked, max(clause, verb - 60), verb)
    if before is not None:
        return page.mask.people[before.start("s")]
    if rules.IN_TALK.search(masked, max(clause, verb - 45), verb):
        after = rules.THEN_SUBJECT.match(masked, match.end())
        if after is not None:
            return page.mask.people[after.start("s")]
    return None


_PARTICIPLE = re.compile(
    r"(?:[,;.(] ?|\b(?:and|then|there|where|but|so|thence|after|on|upon|of|here|in going|by chance) "
    r"|^)$",
    re.IGNORECASE,
)
_LOOSE = frozenset({None, "the", "a", "an", "such", "any", "another"})
_SETTING_OUT = frozenset(
    "went go goes going gone came come walked walk rode ride drove home back away out took taking"
    " carried carrying brought".split()
)


_SET_OUT = re.compile(
    r",? ?(?:all |both |then |alone |together )*(?:by (?:coach|water)|to |went|walked|rode|took)"
)


def _sets_out(rule: rules.Rule, verb: str, after: str) -> bool:
    """Say whether the sign tells of people setting out together."""
    if rule.name == "and-I":
        return _SET_OUT.match(after) is not None
    return rule.name in ("with", "way", "took", "to-me", "we", "in-company") and (
        verb in _SETTING_OUT or verb.startswith(("by ", "on foot", "to "))
    )


def _status(
    owner: str | None, rule: rules.Rule, before: str, after: str, page: _Page, party: _Party
) -> AccountStatus | None:
    """Say whether it happened, was meant, was told or did not happen; None where nothing is said."""
    tail = before[-60:]
    if rules.DENIED.search(tail) or rules.ABSENT.match(after[:60]):
        return "denied" if party.author else None
    if rules.FUTURE.search(after[:60]):
        return "planned"
    if rules.TO.search(tail):
        if rules.DID.search(after):
            return "held"
        if rules.DONE_TO.search(tail):
            return "held"
        return "planned"
    if rules.MODAL.search(tail):
        return "planned"
    if rule.name == "pair-to":
        return "planned"
    owned = rule.name == "noun-with" and owner not in _LOOSE
    if (
        rule.name in ("noun-with", "between")
        and not rules.IN_TALK.search(before)
        and rules.PROPOSED.search(before[-90:] if not owned else before[-25:])
    ):
        return "planned" if not re.search(r"\b(?:had|have|having) [^.;]{0,20}$", tail) else "held"
    if not party.author and page.first_person and rules.REPORTING.search(before[-150:]):
        return "reported"
    return "held"


_BEFORE = MEALS | {"theatre", "church", "reception", "session"}
_SPEECH = frozenset({"told-me", "I-told", "told"})
_PAST_MEAL = re.compile(r"\b(?:[Aa]fter|before|by) (?:dinner|supper|church|lunch|breakfast|that)\b")
_RANG = re.compile(r"\b(?:called|calls|call) (?:me|us)$")
_NEARBY = re.compile(r" (?:over|aside|in|into|to)\b")
_STREET = re.compile(r"\b(?:by chance|in the street|on the (?:way|stairs)|in the corridor)\b")
_RECENT = re.compile(r"\b(?:recent|previous|earlier|last|former|first)\b")


def _dress(
    page: _Page,
    match: re.Match[str],
    rule: rules.Rule,
    sign: _Sign,
    clause: tuple[int, int],
    signs: list[_Sign],
) -> _Sign | None:
    """Give a sign its form, place, date and score."""
    masked = page.mask.text
    if rule.name in _SPEECH and rules.LETTER.search(masked, max(clause[0], sign.start - 60),
                                                    min(clause[1], sign.end + 60)):  # fmt: skip
        return None
    if (
        page.modern
        and rule.name == "to-me"
        and _RANG.search(match[0])
        and not _NEARBY.match(masked, match.end())
    ):
        sign.form = "telephone"
    if not sign.form:
        reach = 110 if rule.name in ("and-I", "we") else 45
        words = masked[sign.start : min(clause[1], sign.end + reach)]
        words = _PAST_MEAL.sub(" ", words)
        verb = match.groupdict().get("v") or ""
        sign.form = form_of(verb, "") or form_of(words, "visit" if rule.name == "visited" else "")
        if not sign.form:
            sign.form = "meeting"
            if rule.name in ("and-I", "met", "with", "I-told", "told-me"):
                lead = _PAST_MEAL.sub(" ", masked[max(clause[0], sign.start - 60) : sign.start])
                sign.form = form_of(lead[-28:], "meeting", only=_BEFORE)
        if sign.form == "meeting" and _STREET.search(masked, clause[0], clause[1]):
            sign.form = "corridor"
    elif rule.name in ("came", "comes", "to-person"):
        words = masked[max(clause[0], sign.start - 20) : min(clause[1], sign.end + 30)]
        sign.form = form_of(_PAST_MEAL.sub(" ", words), sign.form, only=MEALS)
    sign.place = _place(page, sign, clause)
    _date(page, rule, sign, clause)
    if page.context.kind == "paper" and signs and sign.on == page.context.written_on:
        # A report goes on about the meeting that it has dated.
        earlier = [s.on for s in signs[-4:] if s.status == "held" and s.author and s.on]
        sign.on = earlier[-1] if earlier and sign.author else sign.on
    sign.score = _score(page, match, rule, sign, clause)
    return sign


def _place(page: _Page, sign: _Sign, clause: tuple[int, int]) -> tuple[int, int] | None:
    """The place named in the words of a sign, after them, or at the head of its clause."""
    masked = page.mask.text
    for start, end in ((sign.start, min(clause[1], sign.end + 70)),
                       (max(clause[0], sign.start - 70), sign.start)):  # fmt: skip
        for match in rules.PLACE.finditer(masked, start, end):
            words = match["place"]
            if words.rstrip("'’s") == PERSON and not words.endswith(("s", "'", "’")):
                continue
            return match.start("place"), match.end("place")
    return None


def _date(page: _Page, rule: rules.Rule, sign: _Sign, clause: tuple[int, int]) -> None:
    """Date a sign by the words around it, else by the document's own day where that is told of."""
    origin = page.mask.origin
    begin, start, end = origin(clause[0]), origin(sign.start), origin(clause[1] - 1) + 1
    near = [d for d in page.dates if begin <= d.span.start < end and d.span.start >= 20]
    written = page.context.written_on
    near = [d for d in near if start - 160 <= d.span.start <= origin(sign.end - 1) + 60]
    if written is not None:
        # A day to come that stands further off belongs to something else.
        near = [
            d
            for d in near
            if d.when.first <= written.last
            or sign.status == "planned"
            or start - 40 <= d.span.start <= origin(sign.end - 1) + 25
        ]
    if near:
        own = near
        best = min(own, key=lambda d: (abs(d.span.start - start), d.span.start))
        sign.on = best.when
        if (
            sign.status == "held"
            and written is not None
            and best.when.first > written.last
        ):
            sign.status = "planned"
        return
    if sign.status in ("planned", "reported"):
        return
    if rule.name in ("noun-with", "between") and (
        not sign.author or _RECENT.search(page.mask.text, max(0, sign.start - 12), sign.end)
    ):
        return
    if page.first_person:
        sign.on = written


def _score(
    page: _Page, match: re.Match[str], rule: rules.Rule, sign: _Sign, clause: tuple[int, int]
) -> float:
    """How sure it is that people were together: the rule's own figure, and what the words add."""
    score = rule.base
    if sign.status in ("planned", "denied"):
        score = min(score, 0.6)
    elif sign.status == "reported":
        score = min(score, 0.66)
    known = [i for i in sign.people if i not in sign.inferred]
    if not known and not (rule.name == "we" and sign.form not in ("meeting", "journey", "walk")):
        score -= 0.16
    if rule.name in ("to-person", "met", "found", "where") and all(
        page.mentions[i].kind == "name" and not page.mentions[i].sure for i in sign.people
    ):
        # A bare capital word may be a place.
        score -= 0.2
    if rule.name in _SPEECH and sign.form in MEALS:
        score += 0.25
    if rule.name in ("noun-with", "between") and sign.status == "planned":
        score = 0.4
    if rule.name == "told" and sign.on is not None and not page.first_person:
        score += 0.28
    household = all(
        page.mentions[i].kind == "kin" and page.mentions[i].head in ("wife", "husband")
        or page.mentions[i].span.cut(page.text).lower() in ("my wife", "my husband")
        for i in sign.people
    )
    if household and sign.form in ("meeting", "visit", "call"):
        score -= 0.4
    if rule.name == "visited" and not (match["v"].startswith(("to ", "call", "wait", "vis"))):
        score -= 0.2
    return round(max(0.05, min(0.98, score)), 3)


def _join(page: _Page, signs: list[_Sign]) -> list[_Sign]:
    """Join the signs of one sitting: the same words, or the same company with no move between."""
    out: list[_Sign] = []
    current: _Sign | None = None
    talk: list[_Sign] = []
    for sign in signs:
        if sign.status != "held":
            if not any(s.start < sign.end and sign.start < s.end for s in out[-3:]):
                out.append(sign)
            continue
        if current is not None and _same_sitting(page, current, sign):
            _merge(current, sign)
            continue
        if sign.rule in _SPEECH:
            talk.append(sign)
            continue
        out.append(sign)
        current = sign
    out.extend(_talks(page, talk, out))
    out.sort(key=lambda sign: (sign.start, sign.end))
    return out


def _talks(page: _Page, talk: list[_Sign], held: list[_Sign]) -> list[_Sign]:
    """Keep of mere talk what no meeting told of accounts for, once for each company.

    In a paper the subject of several speech verbs took part; in a diary "he told me" alone may
    have been said anywhere.
    """
    met = [set(s.people) for s in held if s.status == "held" and s.score >= 0.5]
    first: dict[tuple[frozenset[str], str], _Sign] = {}
    meals = {s.form for s in held if s.form in MEALS}
    out: list[_Sign] = []
    who = [_persons(page, sign.people) for sign in talk]
    known = [_persons(page, list(people)) for people in met]
    for sign, persons in zip(talk, who, strict=True):
        meal = sign.form if sign.form in MEALS and sign.form not in meals else ""
        if not meal and page.first_person and any(persons <= company for company in known):
            continue
        if (persons, meal) in first and page.first_person:
            other = first[persons, meal]
            other.joined += 1
            if not page.elided:
                other.score = min(0.78, other.score + 0.12)
            continue
        first[persons, meal] = sign
        out.append(sign)
    return out


def _persons(page: _Page, people: list[int]) -> frozenset[str]:
    """The people by their last words, so that "Mr. Crew" and "Crew" are one here."""
    return frozenset(
        page.mentions[i].span.cut(page.text).rsplit(maxsplit=1)[-1].lower() for i in people
    )


def _same_sitting(page: _Page, first: _Sign, second: _Sign) -> bool:
    """Say whether a second sign belongs to the sitting of the first."""
    shared = set(first.people) & set(second.people)
    if second.rule == "to-person" and second.start >= first.end - 1:
        return False
    if second.moving and not first.moving and second.start >= first.start + 8:
        return False
    if first.rule == second.rule == "noun-with" and second.start >= first.end:
        return False
    if (first.form == "telephone") != (second.form == "telephone"):
        return False
    if second.start < first.end:
        return True
    gap = page.mask.text[first.end : second.start]
    if rules.MOVE.search(gap):
        return False
    if second.rule == "we" and ". " in gap and len(gap) > 120:
        return False
    if first.form in MEALS and second.form in MEALS and first.form != second.form:
        return False
    if first.author != second.author and not shared:
        return False
    joins = second.rule in ("came", "comes", "was-there") and len(gap) < 150
    return bool(shared) and len(gap) < 2 * _NEAR or len(gap) < 50 or joins


def _merge(first: _Sign, second: _Sign) -> None:
    """Take a second sign of the same sitting into the first."""
    house = first.rule == "to-house" and second.start < first.end
    for index in second.people:
        if index not in first.people and not (house and index in second.inferred):
            first.people.append(index)
    sure = (set(first.people) - set(first.inferred)) | (set(second.people) - set(second.inferred))
    first.inferred = [i for i in first.people if i not in sure]
    first.author = first.author or second.author
    first.form = stronger(first.form, second.form)
    first.place = first.place or second.place
    first.on = first.on or second.on
    if second.rule not in _SPEECH:
        first.end = max(first.end, second.end)
        first.start = min(first.start, second.start)
    if second.score > first.score:
        first.rule = second.rule
    first.joined += 1
    first.score = round(min(0.98, max(first.score, second.score) + 0.04), 3)


def _account(page: _Page, sign: _Sign) -> AccountCandidate:
    origin, end_of = page.mask.origin, page.mask.end_of
    first = sign.lead if 0 <= sign.lead < sign.start else sign.start
    start, end = origin(first), end_of(sign.end - 1)
    words = page.text[start:end]
    start += len(words) - len(words.lstrip(" ,;.\n"))
    place = None
    if sign.place is not None:
        place = Span(origin(sign.place[0]), end_of(sign.place[1] - 1))
    return AccountCandidate(
        span=Span(start, end),
        status=sign.status,
        form=sign.form or "meeting",
        participants=tuple(sorted(sign.people)),
        author=sign.author,
        on=sign.on,
        place=place,
        rule=sign.rule,
        score=sign.score,
        inferred=tuple(sorted(sign.inferred)),
    )
