"""Signs of company: one match of a pattern, with its people, status, form, place, date, score."""

from __future__ import annotations

import re

from legation.facts.candidates import AccountStatus
from legation.reading import cues
from legation.reading.calibration import ADDED, rate, to_score
from legation.reading.company import (
    NEAR,
    Page,
    Party,
    Sign,
    clause_of,
    find_subject,
    find_talker,
    last_company,
    nearest_person,
    resolve_party,
)
from legation.reading.forms import MEALS, form_of
from legation.reading.guards import is_other
from legation.reading.masking import PERSON, TODO
from legation.reading.patterns import Rule
from legation.reading.status import LOOSE, find_status
from legation.reading.terse import item_form


def read_sign(page: Page, match: re.Match[str], rule: Rule, signs: list[Sign]) -> Sign | None:
    """Make a sign of a match, or nothing where it tells of no company."""
    masked = page.mask.text
    groups = match.groupdict()
    verb = match.start(next(name for name in ("v", "w", "s") if groups.get(name)))
    clause, clause_end = clause_of(page, verb)
    if is_other(page, match, rule, clause, verb):
        return None
    owner = None
    if rule.name in ("noun-with", "call-on", "talk-on", "session-with"):
        owner = cues.OWNER.search(masked, max(clause, verb - 45), verb)
    party, lead = _company(page, match, rule, owner, (clause, verb), signs)
    if _goes_on(match, rule, party, signs):
        return None
    if len(party.people) + party.author < 2 or (rule.name in _ONLY_OWN and not party.author):
        return None
    before, after = masked[clause:verb], masked[match.end() : clause_end]
    if (
        rule.name == "visited"
        and page.elided
        and not party.author
        and match["v"].lower() in ("see", "saw", "seen")
    ):
        return None
    # A capital "Dreamt" may be masked as a name.
    if cues.DREAM.search(page.text, page.mask.origin(clause), page.mask.origin(verb)):
        return None
    if rule.name == "visited" and match["v"].startswith("to "):
        before += "to "
    if rule.name in _SEEN_OR_NOT and cues.SAW_NOT.match(masked, match.end()):
        return None
    status = find_status(owner["d"] if owner else None, rule, before, after, page, party, verb)
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


def _company(
    page: Page,
    match: re.Match[str],
    rule: Rule,
    owner: re.Match[str] | None,
    where: tuple[int, int],
    signs: list[Sign],
) -> tuple[Party, int]:
    """Who was together, and where the subject stands (-1 where it is left out, or in the match)."""
    masked = page.mask.text
    clause, verb = where
    groups = match.groupdict()
    party = Party()
    lead = -1
    if rule.name == "our-talk":
        if page.first_person:
            party.add(_owner(page, "our", match.start("w"), party))
            party.add(_owner(page, "his", match.start("w"), party))
        return party, match.start("w")
    if groups.get("w"):
        doers: list[int] = []
        if groups.get("s") and match["w"] in ("him", "her", "them"):
            # Nobody meets himself: the one who did it is not "him".
            doers = resolve_party(page, match.start("s"), match.end("s"), signs).people
        party.add(resolve_party(page, match.start("w"), match.end("w"), signs, but=doers))
    if groups.get("x"):
        party.add(resolve_party(page, match.start("x"), match.end("x"), signs))
    if groups.get("s"):
        party.add(resolve_party(page, match.start("s"), match.end("s"), signs, but=party.people))
        told = cues.TOLD_THAT.search(masked, max(clause, match.start() - 110), match.start())
        if rule.name in _AUTHOR_TOO and told is None:
            party.author = page.first_person
    elif owner is not None and owner["d"] not in LOOSE:
        lead = owner.start()
        party.add(_owner(page, owner["d"], lead, party))
    elif not rule.mutual:
        subject, lead = _doer(page, match, rule, where, signs, party.people)
        party.add(subject)
    if rule.name in _TO_US and party.author and cues.US.search(match[0]):
        company = last_company(page, signs, match.start(), here=True, but=party.people)
        if company is not None and company.author and match.start() - company.end < NEAR:
            party.add(
                Party(list(company.people), inferred=[i for i in company.people if i not in party.people])
            )
    if rule.name == "met" and not party.author and len(party.people) == 1:
        after_comma = cues.THEN_SUBJECT.match(masked, match.end())
        if after_comma is not None:
            party.add(Party([page.mask.people[after_comma.start("s")]]))
    here = rule.name == "group-met" and page.elided
    if here and cues.WHERE.search(masked, max(0, verb - 120), match.start("w")):
        party.author = True
    return party, lead


def _goes_on(match: re.Match[str], rule: Rule, party: Party, signs: list[Sign]) -> bool:
    """Say whether a sign only goes on with what is meant ("to go with P to Q"), which takes its people."""
    if rule.name not in ("to-person", "to-house", "with-any") or not signs:
        return False
    last = signs[-1]
    if last.status != "planned" or not 0 <= match.start() - last.end < 3:
        return False
    last.people.extend(i for i in party.people if i not in last.people)
    return True


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
        status = find_status(None, rule, before, after, page, party)
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


def _owner(page: Page, whose: str, at: int, party: Party) -> Party:
    """Whose meeting it was: "my long talk with", "his talk with", "Corbin's talk with"."""
    if whose.lower() in ("my", "our"):
        return Party(author=page.first_person)
    if whose.startswith(PERSON):
        return Party([page.mask.people[at]])
    found = nearest_person(page, at, women=whose.lower() == "her", but=party.people)
    return Party() if found is None else Party([found], inferred=[found])


def _doer(
    page: Page,
    match: re.Match[str],
    rule: Rule,
    where: tuple[int, int],
    signs: list[Sign],
    others: list[int],
) -> tuple[Party, int]:
    """Who did it, and where that stands (-1 where it is left out, as diaries and telegrams do)."""
    clause, verb = where
    if rule.name in ("noun-with", "talk-on", "session-with"):
        other = find_talker(page, match, clause, verb)
        if other is not None:
            return Party([other]), -1
    if rule.name == "way" and match["v"] in ("and I", "and we"):
        return Party(author=page.first_person), -1
    subject = find_subject(page, clause, verb, signs, others)
    if subject is not None:
        own = match.groupdict().get("w") in ("me", "us", "myself")
        if (
            not page.elided
            or own
            or subject[0].author
            or not _SO_HOME.search(page.mask.text, subject[1], verb + 6)
        ):
            return subject
        # "Where P preached, and home, where I dined with Q": the author went home.
        return Party(author=True), -1
    if page.elided and _UNNAMED_DOER.search(page.mask.text, clause, verb) is not None:
        return Party(), -1
    bare = page.first_person and cues.BARE_VERB.search(page.mask.text, max(0, clause - 1), verb) is not None
    return Party(author=page.elided or bare), -1


#: "A gentleman came to P": somebody else whom the text does not name.
_UNNAMED_DOER = re.compile(
    r"(?:^|[.;:,(] |\b(?:and|that|but|because|where|there) )(?:[Aa]n?|[Tt]he|[Oo]ne|[Ss]ome|[Hh]is"
    r"|[Hh]er|[Tt]heir)"
    rf" (?:[a-z]+ ){{0,2}}[a-z]+ (?:that |who )?(?:was|were|came|comes|went|goes|did|hath"
    rf"|did)\b(?:(?!\b(?:I|we)\b)[^.;:{PERSON}]){{0,40}}$"
)
_SO_HOME = re.compile(
    r"[,;:] (?:and |but )?(?:so|thence|then|hence|from thence) (?:home|to|by|back|away|up|down|over)\b"
)
#: What only an author's own words make an encounter: "he found Eden ready" tells of none.
_AUTHOR_TOO = frozenset(
    {"call-of", "at-meal", "at-reception", "attended-my", "came", "comes", "was-there", "where", "whom"}
)
_ONLY_OWN = frozenset(
    {"found", "to-person", "to-house", "to-them", "spoke-to", "dealt", "where", "leave", "with-any"}
)


_SETTING_OUT = frozenset(
    "went go goes going gone came come walked walk rode ride drove home back away out took taking"
    " carried carrying brought".split()
)


_SET_OUT = re.compile(
    r",? ?(?:all |both |then |alone |together |by (?:appointment|agreement|promise|invitation|link"
    r"|boat) )*(?:by (?:coach|water)|to |went|walked (?:to|home|over|out|back|up|down"
    r"|forth|away|towards)\b|rode|took|home|back|away|out|up|down)"
)


def _sets_out(rule: Rule, verb: str, after: str) -> bool:
    """Say whether the sign tells of people setting out together."""
    if rule.name == "and-I":
        return _SET_OUT.match(after) is not None
    return rule.name in ("with", "way", "took", "to-me", "we", "in-company") and (
        verb in _SETTING_OUT or verb.startswith(("by ", "on foot", "to "))
    )


#: Where a bare capital word may be no person.
_PLACE_TOO = frozenset({"item-saw", "item-list", "item-bare", "item-time", "item-party", "item-host"})


_GONE_TO = re.compile(r"(?!(?:met|ran|bumped|caught|sp|talk|chat|stayed|sat|greet)\b)", re.IGNORECASE)


#: Who comes to "us" comes to the company that is there.
_TO_US = frozenset({"came", "comes", "to-me", "was-there"})
_SEEN_OR_NOT = frozenset({"visited", "came-to", "to-me", "came", "comes", "to-person", "to-house"})


_BEFORE = MEALS | {"theatre", "church", "reception", "session"}


SPEECH = frozenset({"told-me", "I-told", "told", "he-told", "told-him", "put-to"})


_PAST_MEAL = re.compile(
    r"\b(?:[Aa]fter|before|by) (?:dinner|supper|church|lunch|breakfast|that)\b|\b[Aa]fter (?:I|we|he"
    r"|she|they) (?:had |have )?(?:dined|supped)\b"
)


_RANG = re.compile(r"\b(?:called|calls|call) (?:me|us)$")


#: A board sat at its office; nowadays it is where one works.
_AT_OFFICE = re.compile(r"\b(?:at|to) (?:the|my) office\b", re.IGNORECASE)
#: "Spoke to P again on the phone".
_ON_PHONE = re.compile(r"(?:,? [a-z-]+){0,3} (?:on|over|by) (?:the )?(?:tele)?phone\b")


_NEARBY = re.compile(r" (?:over|aside|in|into|to)\b")


_STREET = re.compile(r"\b(?:by chance|in the street|on the (?:way|stairs)|in the corridor)\b")


_PARTING = re.compile(
    r"\b(?:thence|hence|then|afterwards?|parted|and so (?:home|to|away)|and I (?:home|to|away|went)|so I)\b",
    re.IGNORECASE,
)
_THEN = re.compile(r"\b(?:then|thence|hence|afterwards?|so)\b|\. ", re.IGNORECASE)
#: Talk has no other form than its own words give it.
_TALK = re.compile(
    r"(?:dis|con)cours|talk|sp[oe]|consult|convers|advis|confer|took leave|tak\w+ leave", re.IGNORECASE
)
#: A semicolon may stand between these and the word of their form.
_AFTER_ALL = frozenset({"with-us", "was-there"})
_TOGETHER = frozenset({"in-company", "way", "with-any", "item-to", "with"})
#: "Back with P", "with P home".
_HOMEWARD = re.compile(
    rf"\b(?:home|back|homewards?)(?: again)?(?: to [^.;,]{{2,20}})? with (?:the |my )?(?:{PERSON}|him"
    rf"|her|them)"
    rf"|\bwith (?:(?:the |my )?{PERSON}|him|her|them) (?:back|home)\b(?! to (?:dinner|supper))"
)
_TRIP = frozenset({"journey"})
#: Rules whose form may stand before them: "and dined there, Q being present".
_LOOK_BACK = frozenset(
    {"and-I", "met", "with", "I-told", "told-me", "was-there", "with-us", "where", "with-any", "found"}
)
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
    if not sign.form and page.modern and _ON_PHONE.match(masked, sign.end):
        sign.form = "telephone"
    if not sign.form:
        reach = 110 if rule.name in ("and-I", "we") else 0 if rule.name in SPEECH else 45
        if rule.name == "leave" or _TALK.match(match.groupdict().get("v") or ""):
            reach = 16
        words = masked[sign.start : sign.end]
        # What they did afterwards has a form of its own.
        words += _PARTING.split(masked[sign.end : min(clause[1], sign.end + reach)], maxsplit=1)[0]
        words = _PAST_MEAL.sub(" ", words)
        if page.modern:
            words = _AT_OFFICE.sub(" ", words)
        verb = match.groupdict().get("v") or ""
        calls = rule.name == "visited" and not verb.lower().startswith(("saw", "see", "rec", "att"))
        sign.form = form_of(verb, "") or form_of(words, "visit" if calls else "")
        if not sign.form:
            sign.form = "meeting"
            if rule.name in _LOOK_BACK and not sign.moving:
                first = clause[0] if rule.name not in _AFTER_ALL else 0
                lead = _PAST_MEAL.sub(" ", masked[max(first, sign.start - 60) : sign.start])
                lead = _THEN.split(lead)[-1]
                sign.form = form_of(lead[-28:], "meeting", only=_BEFORE)
                if rule.name == "with-us":
                    sign.form = form_of(lead, sign.form, only=_TRIP)
        if (
            rule.name in _TOGETHER
            and sign.form not in MEALS
            and _HOMEWARD.search(masked, max(clause[0], sign.start - 14), min(clause[1], sign.end + 12))
        ):
            sign.form = "journey"
        if sign.form == "meeting" and _STREET.search(masked, clause[0], clause[1]):
            sign.form = "corridor"
    elif rule.name in ("came", "comes", "to-person"):
        words = masked[sign.start : min(clause[1], sign.end + 30)]
        sign.form = form_of(_PAST_MEAL.sub(" ", words), sign.form, only=MEALS)
    at = match.start("v") if match.groupdict().get("v") else sign.start
    sign.place = _place(page, (at, sign.end), clause, told=rule.name in SPEECH)
    _date(page, rule, sign, clause, signs)
    sign.score = to_score(_score(page, match, rule, sign))
    # "To Chelsea": a lone capital word that is gone to is a place.
    return None if rule.name == "to-person" and page.elided and _is_bare(page, sign) else sign


def _is_bare(page: Page, sign: Sign) -> bool:
    """Say whether all that are met are lone capital words of which nothing says that they are people."""
    return all(
        page.mentions[i].kind == "name"
        and not page.mentions[i].sure
        and not page.mentions[i].titles
        and not page.mentions[i].given
        for i in sign.people
    )


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


_NOUNS = frozenset({"noun-with", "between", "our-talk", "put-to", "told"})


def _date(page: Page, rule: Rule, sign: Sign, clause: tuple[int, int], signs: list[Sign]) -> None:
    """Date a sign by the words around it, else by the document's own day where that is told of."""
    origin = page.mask.origin
    begin, start, end = origin(clause[0]), origin(sign.start), origin(clause[1] - 1) + 1
    near = [d for d in page.dates if begin <= d.span.start < end]
    written = page.context.written_on
    near = [d for d in near if start - 160 <= d.span.start <= origin(sign.end - 1) + 60]
    if page.elided:
        # "To send it on Monday, and so to P": what comes next is not of that day.
        near = [d for d in near if not _NEXT.search(page.text, d.span.end, start)]
    # "With P, who returned last night": that day is of another matter.
    near = [
        d
        for d in near
        if d.span.start < origin(sign.end - 1) + 1
        or not cues.RELATIVE.search(page.text, origin(sign.end - 1) + 1, d.span.start)
    ]
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
    elif sign.author or (page.of_the_day and rule.name not in _NOUNS and page.first_person):
        # A report goes on about the meeting that it has dated, or about the day it calls today.
        earlier = [s.on for s in signs[-12:] if s.status == "held" and s.on and (s.author or not sign.author)]
        sign.on = earlier[-1] if earlier else written if page.of_the_day else None


_NEXT = re.compile(
    r"\b(?:and|then|but|thence|hence) (?:so |then |thence |I |away )*(?:to|home|by)\b|\b[Tt]hence\b"
)
_INTENDED = re.compile(r"\b(?:forthcoming|upcoming|scheduled|planned|impending|approaching)\b")


#: Talks that may be no more than possible.
_LOOSE_NOUNS = frozenset({"noun-with", "between", "talk-on", "session-with"})


def _score(page: Page, match: re.Match[str], rule: Rule, sign: Sign) -> float:
    """How sure it is that people were together: the rule's own odds, and what the words add (log odds)."""
    # The counts are of diaries; a telegram that says "he told me" or "I saw him" tells of a talk.
    odds = rate(rule.name if page.elided else "", rule.base)
    if sign.status in ("planned", "denied") and rule.name not in ("pair-to", "item-todo"):
        said = _INTENDED.search(page.mask.text, max(0, match.start() - 24), match.end())
        loose = rule.name in _LOOSE_NOUNS and not (sign.dated or said)
        odds += ADDED["proposed" if loose else "planned"]
    elif sign.status == "reported" and rule.name not in SPEECH:
        odds += ADDED["reported"]
    if all(i in sign.inferred for i in sign.people) and rule.name not in ("our-talk", "we"):
        odds += ADDED["inferred"]
    bare = all(page.mentions[i].kind == "name" and not page.mentions[i].sure for i in sign.people)
    if bare and rule.name in ("to-person", "met", "found", "where"):
        # A bare capital word may be a place.
        odds += ADDED["doubtful"]
    if rule.name in SPEECH and (sign.form in MEALS or (sign.on is not None and not page.first_person)):
        odds += ADDED["occasion"]
    if bare and rule.name in _PLACE_TOO and len(sign.people) == 1 and _GONE_TO.match(match["v"]):
        odds += ADDED["place"]
    if rule.name == "visited" and page.elided and match["v"].lower().startswith("s"):
        odds += ADDED["seen"]
    return odds
