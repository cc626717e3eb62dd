"""Signs of company: one match of a pattern, with its people, status, form, place, date, score."""

from __future__ import annotations

import re
from typing import Literal

from legation.facts.candidates import AccountStatus
from legation.reading import cues
from legation.reading.company import (
    Page,
    Party,
    Sign,
    clause_of,
    find_subject,
    find_talker,
    nearest_person,
    resolve_party,
)
from legation.reading.forms import MEALS, form_of
from legation.reading.masking import PERSON, TODO
from legation.reading.patterns import Rule
from legation.reading.terse import item_form


def read_sign(page: Page, match: re.Match[str], rule: Rule, signs: list[Sign]) -> Sign | None:
    """Make a sign of a match, or nothing where it tells of no company."""
    masked = page.mask.text
    groups = match.groupdict()
    verb = match.start(next(name for name in ("v", "w", "s") if groups.get(name)))
    clause, clause_end = clause_of(page, verb)
    if _is_other(page, match, rule, clause, verb):
        return None
    owner = None
    if rule.name == "noun-with":
        owner = cues.OWNER.search(masked, max(clause, verb - 45), verb)
    party = Party()
    lead = -1
    if groups.get("w"):
        party.add(resolve_party(page, match.start("w"), match.end("w"), signs))
    if groups.get("s"):
        party.add(resolve_party(page, match.start("s"), match.end("s"), signs))
        if rule.name in _AUTHOR_TOO:
            party.author = page.first_person
    elif owner is not None and owner["d"] not in _LOOSE:
        lead = owner.start()
        party.add(_owner(page, owner["d"], lead, party))
    elif not rule.mutual:
        subject, lead = _doer(page, match, rule, (clause, verb), signs)
        party.add(subject)
    if rule.name == "met" and not party.author and len(party.people) == 1:
        after_comma = cues.THEN_SUBJECT.match(masked, match.end())
        if after_comma is not None:
            party.add(Party([page.mask.people[after_comma.start("s")]]))
    if len(party.people) + party.author < 2 or (rule.name in _ONLY_OWN and not party.author):
        return None
    before, after = masked[clause:verb], masked[match.end() : clause_end]
    if rule.name == "visited" and match["v"].startswith("to "):
        before += "to "
    status = _status(owner["d"] if owner else None, rule, before, after, page, party, verb)
    if status is None:
        return None
    sign = Sign(
        match.start(),
        match.end(),
        party.people,
        party.author,
        party.inferred,
        rule.form,
        rule.name,
        rule.base,
        status,
        lead=lead,
        moving=_sets_out(rule, groups.get("v") or "", after),
    )
    return _dress(page, match, rule, sign, (clause, clause_end), signs)


def read_item(page: Page, match: re.Match[str], rule: Rule, begin: int, signs: list[Sign]) -> Sign | None:
    """Make a sign of an item of a terse diary; the author took part."""
    masked = page.mask.text
    groups = match.groupdict()
    if rule.form == "telephone" and not page.modern:
        return None
    party = Party()
    for group in ("w", "s"):
        if groups.get(group):
            party.add(resolve_party(page, match.start(group), match.end(group), signs))
    if groups.get("h") or rule.name == "item-host":
        # Whoever gives the house is most likely there.
        group = "h" if groups.get("h") else "w"
        host = resolve_party(page, match.start(group), match.end(group), signs)
        owned = masked[match.end(group) : match.end(group) + 2] in ("'s", "’s")
        if group == "h" and not owned:
            # What is no owner and no sure name is the place itself.
            host.people = [i for i in host.people if page.mentions[i].sure]
        host.inferred = [i for i in host.people if i not in party.people]
        party.add(host)
    if not party.people:
        return None
    end = clause_of(page, match.end() - 1)[1]
    before, after = masked[begin : match.start()], masked[match.end() : end]
    status: AccountStatus | None = "planned"
    if _CANCELLED.match(after):
        status = "denied"
    elif rule.name != "item-todo" and TODO not in masked[max(0, begin - 2) : match.start()]:
        party.author = True
        status = _status(None, rule, before, after, page, party)
    if status is None:
        return None
    words = match.groupdict().get("v") or ""
    sign = Sign(
        match.start(),
        match.end(),
        party.people,
        author=True,
        inferred=party.inferred,
        form=rule.form or item_form(rule.name, words, modern=page.modern),
        rule=rule.name,
        score=rule.base,
        status=status,
        fresh=rule.name != "item-present",
    )
    return _dress(page, match, rule, sign, (begin, max(end, match.end())), signs)


_CANCELLED = re.compile(
    r",?(?: but| –| —)?(?: \w+)? ?(?:(?:was |is |has been |were |had to be |got )?(?:cancel|postpone"
    r"|reschedul|called off"
    r"|put off|fell through|moved to|no[- ]show|did not (?:come|happen|show|turn up)"
    r"|didn['’]t (?:come|happen|show|turn up|answer)|never (?:came|happened)|not in\b|no (?:answer|reply)))"
)


def _is_other(page: Page, match: re.Match[str], rule: Rule, clause: int, verb: int) -> bool:
    """Say whether the words only look like the pattern: another sense, or another kind of text."""
    masked = page.mask.text
    if rule.lead is not None:
        just_before = masked[max(clause - 2, match.start() - 60, 0) : match.start()]
        if not rule.lead.search(just_before):
            return True
    if rule.name == "met" and match["v"].lower() == "meeting":
        return not _PARTICIPLE.search(masked, max(0, clause - 1), verb)
    if rule.name == "and-I" and _STATE.match(masked, match.end()):
        return True
    if rule.name in _COMPANY and cues.APART.search(masked, verb, match.start("w")):
        return True
    if rule.name == "visited" and match["v"] == "see":
        return cues.SEE_TEXT.search(masked, max(0, clause - 1), verb) is not None
    return rule.form == "telephone" and not page.modern


#: What two people may do without being together.
_STATE = re.compile(
    r" (?:both |all |never |always |still |now )?(?:agree|think|believe|know|knew|disagree|differ"
    r"|have (?:long|known|been)"
    r"|(?:are|were)(?: both| all)? (?:in (?:close |constant )?(?:contact|touch|agreement|accord)"
    r"|of (?:one|the same)|agreed"
    r"|not|on (?:good|bad|friendly)|at (?:odds|one)|friends|cousins|old))\b"
)


_COMPANY = frozenset({"with", "way", "in-company", "was-with", "pair", "group-met"})


def _owner(page: Page, whose: str, at: int, party: Party) -> Party:
    """Whose meeting it was: "my long talk with", "his talk with", "Corbin's talk with"."""
    if whose in ("my", "our"):
        return Party(author=page.first_person)
    if whose.startswith(PERSON):
        return Party([page.mask.people[at]])
    found = nearest_person(page, at, women=whose == "her", but=party.people)
    return Party() if found is None else Party([found], inferred=[found])


def _doer(
    page: Page,
    match: re.Match[str],
    rule: Rule,
    where: tuple[int, int],
    signs: list[Sign],
) -> tuple[Party, int]:
    """Who did it, and where that stands (-1 where it is left out, as diaries and telegrams do)."""
    clause, verb = where
    if rule.name == "noun-with":
        other = find_talker(page, match, clause, verb)
        if other is not None:
            return Party([other]), -1
    subject = find_subject(page, clause, verb, signs)
    if subject is not None:
        return subject
    bare = page.first_person and cues.BARE_VERB.search(page.mask.text, max(0, clause - 1), verb) is not None
    return Party(author=page.elided or bare), -1


#: What only an author's own words make an encounter: "he found Eden ready" tells of none.
_AUTHOR_TOO = frozenset({"at-meal", "came", "comes", "was-there", "where"})
_ONLY_OWN = frozenset({"found", "took", "to-person", "spoke-to", "where", "leave"})


_PARTICIPLE = re.compile(
    r"(?:[,;.(] ?|\b(?:and|then|there|where|but|so|thence|after|on|upon|of|here|in going"
    r"|by chance) "
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


def _sets_out(rule: Rule, verb: str, after: str) -> bool:
    """Say whether the sign tells of people setting out together."""
    if rule.name == "and-I":
        return _SET_OUT.match(after) is not None
    return rule.name in ("with", "way", "took", "to-me", "we", "in-company") and (
        verb in _SETTING_OUT or verb.startswith(("by ", "on foot", "to "))
    )


def _status(
    owner: str | None, rule: Rule, before: str, after: str, page: Page, party: Party, verb: int = 0
) -> AccountStatus | None:
    """Say whether it happened, was meant, told or did not happen; None where nothing is said."""
    tail = before[-60:]
    if cues.ABSENT.match(after[:60]):
        return "denied" if party.author else None
    if cues.FUTURE.search(after[:60]):
        return "planned"
    told = _status_before(rule, before, after, page, party, verb) if tail.strip() else ""
    if told != "":
        return told
    owned = rule.name == "noun-with" and owner not in _LOOSE
    if (
        rule.name in ("noun-with", "between")
        and not cues.IN_TALK.search(before)
        and cues.PROPOSED.search(before[-90:] if not owned else before[-25:])
    ):
        return "planned" if not re.search(r"\b(?:had|have|having) [^.;]{0,20}$", tail) else "held"
    if not party.author and page.first_person and cues.REPORTING.search(before[-150:]):
        return "reported"
    return "held"


#: Where a bare capital word may be no person.
_PLACE_TOO = frozenset({"item-saw", "item-list", "item-bare", "item-time", "item-party", "item-host"})


_GONE_TO = re.compile(r"(?!(?:met|ran|bumped|caught|sp|talk|chat|stayed|sat|greet)\b)", re.IGNORECASE)


def _status_before(
    rule: Rule, before: str, after: str, page: Page, party: Party, verb: int
) -> AccountStatus | Literal[""] | None:
    """What the words before say of the status; "" where they say nothing."""
    tail = before[-60:]
    if cues.DENIED.search(tail):
        return "denied" if party.author else None
    if " to " in tail or tail.startswith("to "):
        if cues.TO.search(tail):
            return "held" if cues.DID.search(after) or cues.DONE_TO.search(tail) else "planned"
        if (
            rule.name in _BASE_FORMS
            and _BASE.match(page.mask.text, verb)
            and cues.AND_TO.search(before[-80:])
            and not cues.DONE_TO.search(before[: before.rfind(" to ") + 4])
        ):
            return "planned"
    return "planned" if cues.MODAL.search(tail) or cues.IF.search(tail) else ""


_BASE_FORMS = frozenset({"visited", "met", "with", "spoke-to", "phone"})


_BASE = re.compile(r"(?:see|visit|call|wait|meet|dine|lunch|sup|speak|talk|go|come|walk|ride|drink|sit)\b")


_BEFORE = MEALS | {"theatre", "church", "reception", "session"}


SPEECH = frozenset({"told-me", "I-told", "told", "he-told", "told-him"})


_PAST_MEAL = re.compile(r"\b(?:[Aa]fter|before|by) (?:dinner|supper|church|lunch|breakfast|that)\b")


_RANG = re.compile(r"\b(?:called|calls|call) (?:me|us)$")


_NEARBY = re.compile(r" (?:over|aside|in|into|to)\b")


_STREET = re.compile(r"\b(?:by chance|in the street|on the (?:way|stairs)|in the corridor)\b")


_RECENT = re.compile(r"\b(?:recent|previous|earlier|last|former|first)\b")


def _dress(
    page: Page,
    match: re.Match[str],
    rule: Rule,
    sign: Sign,
    clause: tuple[int, int],
    signs: list[Sign],
) -> Sign | None:
    """Give a sign its form, place, date and score."""
    masked = page.mask.text
    if rule.name in SPEECH and cues.LETTER.search(masked, max(clause[0], sign.start - 60),
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
        reach = 110 if rule.name in ("and-I", "we") else 0 if rule.name in SPEECH else 45
        words = masked[sign.start : min(clause[1], sign.end + reach)]
        words = _PAST_MEAL.sub(" ", words)
        verb = match.groupdict().get("v") or ""
        calls = rule.name == "visited" and not verb.lower().startswith(("saw", "see", "rec", "att"))
        sign.form = form_of(verb, "") or form_of(words, "visit" if calls else "")
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
    at = match.start("v") if match.groupdict().get("v") else sign.start
    sign.place = _place(page, (at, sign.end), clause, told=rule.name in SPEECH)
    _date(page, rule, sign, clause, signs)
    sign.score = _score(page, match, rule, sign, clause)
    return sign


def _place(
    page: Page, sign: tuple[int, int], clause: tuple[int, int], *, told: bool
) -> tuple[int, int] | None:
    """The place named in the words of a sign, after them, or at the head of its clause.

    What follows a verb of speech is what was said (`told`).
    """
    masked = page.mask.text
    after = (sign[0], min(clause[1], sign[1] + 70))
    before = (max(clause[0], sign[0] - 70), sign[0])
    for start, end in (before,) if told else (after, before):
        for match in cues.PLACE.finditer(masked, start, end):
            words = match["place"]
            if words.rstrip("'’s") == PERSON and not words.endswith(("s", "'", "’")):
                continue
            return match.start("place"), match.start("place") + len(words.rstrip(".,;:-–’' "))
        for match in cues.AT_THE.finditer(masked, start, end):
            mention = page.mentions[page.mask.people[match.end() - 1]]
            # "At the Cirio": a lone word after an article is a house, where nothing makes it a person.
            if mention.kind == "name" and not mention.sure and not mention.titles and not mention.given:
                return match.start("place"), match.end()
    return None


#: Told of in looking back: it was not on the day of writing.
_ONCE = re.compile(r"\b(?:first|once|formerly|years ago|used to) (?:\w+ )?$")


def _date(page: Page, rule: Rule, sign: Sign, clause: tuple[int, int], signs: list[Sign]) -> None:
    """Date a sign by the words around it, else by the document's own day where that is told of."""
    origin = page.mask.origin
    begin, start, end = origin(clause[0]), origin(sign.start), origin(clause[1] - 1) + 1
    near = [d for d in page.dates if begin <= d.span.start < end]
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
        best = min(near, key=lambda d: (abs(d.span.start - start), d.span.start))
        sign.on = best.when
        sign.dated = True
        if sign.status == "held" and written is not None and best.when.first > written.last:
            sign.status = "planned"
        return
    if sign.status in ("planned", "reported"):
        return
    if _ONCE.search(page.mask.text, max(clause[0], sign.start - 20), sign.start):
        return
    if rule.name in ("noun-with", "between") and (
        not sign.author or _RECENT.search(page.mask.text, max(0, sign.start - 12), sign.end)
    ):
        return
    if page.context.kind != "paper":
        sign.on = written if page.first_person or page.terse else None
    elif sign.author:
        # A report goes on about the meeting that it has dated, or about the day it calls today.
        earlier = [s.on for s in signs[-12:] if s.status == "held" and s.author and s.on]
        sign.on = earlier[-1] if earlier else written if page.of_the_day else None


def _score(page: Page, match: re.Match[str], rule: Rule, sign: Sign, clause: tuple[int, int]) -> float:
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
    if rule.name in SPEECH and sign.form in MEALS:
        score += 0.25
    if rule.name in ("noun-with", "between") and sign.status == "planned":
        score = 0.4
    if rule.name in SPEECH and sign.on is not None and not page.first_person:
        score += 0.28
    household = all(
        (page.mentions[i].kind == "kin" and page.mentions[i].head in ("wife", "husband"))
        or page.mentions[i].span.cut(page.text).lower() in ("my wife", "my husband")
        for i in sign.people
    )
    if household and sign.form in ("meeting", "visit", "call"):
        score -= 0.4
    if (
        rule.name in _PLACE_TOO
        and len(sign.people) == 1
        and _GONE_TO.match(match["v"])
        and all(page.mentions[i].kind == "name" and not page.mentions[i].sure for i in sign.people)
    ):
        score -= 0.12
    if rule.name == "visited" and not (match["v"].lower().startswith(("to ", "call", "wait", "vis"))):
        score -= 0.2
    return round(max(0.05, min(0.98, score)), 3)
