"""Conferences in papers: a meeting that is named and dated, and told by those who spoke in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from legation.facts.candidates import DateMention
from legation.reading.calibration import PAPER_ADDED, add_odds
from legation.reading.company import Page, Sign
from legation.reading.forms import MEALS, form_of
from legation.reading.masking import PERSON, QUOTE
from legation.reading.paper_people import alike, people_in
from legation.reading.paper_text import mask_at, paragraph_of, sentence_of
from legation.reading.patterns import ADDED, LEAD, NAMED

P = PERSON
_WHAT = r"(?:meetings?|session|summit|luncheon|lunch|dinner|reception|conference|breakfast|briefing)"
_OPEN = re.compile(
    rf"(?:\b(?:[Aa]t|[Dd]uring|[Aa]ccording to (?:the |his )?(?:summary )?(?:minutes|notes|record"
    rf"|account) of)"
    rf" (?:an?|the|that|this|another|his|their) (?:[\w.,{P}’']+[ –-]){{0,7}}?{_WHAT}\b"
    rf"|\b(?:A|The) (?:[\w’'-]+ ){{0,4}}(?:meeting|session)\b(?: [^.;]{{0,120}}?)? (?:was (?:held|convened"
    rf"|called)|took place|convened|met)\b"
    rf"|\b(?:A|The) (?:[A-Z][\w.’-]+ ){{1,4}}(?:Group|Committee|Council|Cabinet|Board"
    rf"|Principals)\b[^.;]{{0,90}}? met"
    rf" (?:again )?(?:on|at|in)\b"
    rf"|{P}{ADDED} (?:again |also |then )?(?:met|conferred|discussed [^.;{P}]{{1,50}}) with (?:his|her|key"
    rf"|senior|top|principal|the|a|other|several)(?: [a-z-]+){{0,3}} (?:advis[eo]rs?|officials|group"
    rf"|members|staff|leaders|aides|cabinet|Cabinet|council|committee|principals))"
)
#: Those whom the name of a meeting adds: "a meeting on May 3 with P and Q".
_WITH = re.compile(rf"[^.;{P}]{{0,50}}?,? (?:with|between|attended by|of) (?P<w>{NAMED})")
_SAID = (
    r"(?:said|stated|told|asked|replied|responded|answered|reported|noted|added|commented|remarked|observed"
    r"|suggested|proposed|urged|argued|warned|expressed|explained|outlined|agreed|disagreed|indicated"
    r"|pointed out|raised|asserted|recommended|inquired|wondered|emphasi[sz]ed|stressed|briefed|reviewed"
    r"|summari[sz]ed|concluded|decided|opened|read|questioned|objected|reminded|informed|favou?red|opposed"
    r"|cautioned|called attention|approved|instructed|directed|ordered|maintained|insisted|declared)"
)
#: Whoever wrote the record of a meeting was there.
_KEEPER = re.compile(
    rf"\b[Aa]ccording to (?:the )?(?P<s>{P})['’]s? (?:\w+ ){{0,2}}(?:record|minutes|notes|memorandum|account"
    r"|summary|diary) of (?:the|this|that) (?:meeting|discussion|conversation|session)"
)
_SPEAKER = re.compile(
    rf"(?P<s>{LEAD}){ADDED},? (?:then |also |again |both |too |further |first |\w+ly |had )?{_SAID}\b"
    rf"(?: (?:the )?(?P<w>{P})(?!['’]))?"
)
#: Sentences that leave the meeting: what papers say of it, and other days.
_LEAVES = re.compile(
    r"\b(?:[Ff]or (?:the |an? )?(?:full )?(?:texts?|records?|minutes|documentation|accounts?)\b|ibid"
    r"|[Ii]n (?:a|his) (?:letter|memorandum|telegram|message)|[Ii]n telegram|[Ff]ollowing the meeting"
    r"|[Aa]fter the meeting|[Tt]he (?:following|next) day|[Ll]ater that day)"
)
_SAME = re.compile(r"\b(?:of|at|during) (?:the|that|this) (?:meeting|session|discussion)$")
_REACH = 1500


@dataclass(frozen=True, slots=True)
class Frame:
    """A conference, and up to where in the mask the paper goes on about it."""

    sign: Sign
    reach: int


def find_frames(page: Page) -> list[Frame]:
    """Find the conferences of a paper that nobody tells in the first person."""
    if page.first_person:
        return []
    masked = page.mask.text
    out: list[Frame] = []
    done = 0
    for match in _OPEN.finditer(masked):
        if match.start() < done:
            continue
        frame = _read_frame(page, match)
        if frame is not None:
            out.append(frame)
            done = frame.reach
    return out


def _read_frame(page: Page, match: re.Match[str]) -> Frame | None:
    masked = page.mask.text
    begin, stop = sentence_of(page, match.start())
    if QUOTE in masked[match.start() : match.end()]:
        return None
    people = [i for i in people_in(page, match.start(), match.end()) if _is_person(page, i)]
    people += [i for i in _joined_in(page, match.start(), match.end()) if i not in people]
    end = match.end()
    more = _WITH.match(masked, end, stop)
    if more is not None:
        people += [i for i in people_in(page, more.start("w"), more.end("w")) if i not in people]
        end = more.end()
    days = {d.when.value for d in _days(page, begin, stop)}
    reach, speakers, first = stop, 0, 0
    at = match.start() if more is None else end
    limit = min(len(masked), match.start() + _REACH, _paragraph_end(page, match.start()))
    while at < limit:
        last = sentence_of(page, at)[1]
        other = _OPEN.search(masked, at, last)
        if at >= stop and (
            _LEAVES.search(masked, at, last)
            or (other is not None and _SAME.search(other[0]) is None)
            or {d.when.value for d in _days(page, at, last)} - days
        ):
            break
        found = [*_KEEPER.finditer(masked, at, last), *_SPEAKER.finditer(masked, at, min(last, limit))]
        for said in found:
            speakers += 1
            first = first or said.end()
            for index in people_in(page, said.start(), said.end()):
                if _is_person(page, index) and not any(alike(page, index, other) for other in people):
                    people.append(index)
        reach = last
        at = max(last + 1, at + 1)
    if len(people) < 2 or (not speakers and more is None):
        return None
    sign = Sign(
        max(begin, match.start() - 60) if days else match.start(),
        max(end, first) if first and first <= stop else end,
        people,
        author=False,
        inferred=[],
        form=form_of(masked[match.start() : match.end()], "meeting", only=MEALS | {"reception"}),
        rule="conference",
        score=0.7,
        fresh=True,
    )
    if days:
        sign.score = add_odds(sign.score, PAPER_ADDED["conference"])
    return Frame(sign, reach)


def _is_person(page: Page, index: int) -> bool:
    """Say whether a mention is more than a bare capital word."""
    mention = page.mentions[index]
    return mention.kind != "name" or mention.sure or bool(mention.titles)


#: "At their previous meeting on 4 May": of those last told of.
_THEIRS = re.compile(
    r"\b[Tt]heir (?:(?:first|second|third|last|previous|prior|earlier|next|\d{1,2} [A-Z][a-z]+"
    r"|[A-Z][a-z]+ \d{1,2}"
    r"|afternoon|morning|evening) )(?P<v>meeting|talks?|conversation|discussion|session|luncheon|lunch|dinner"
    r"|interview|encounter)\b"
)
#: "Following lunch at the chancery, P and Q met again": those had lunched together.
_AFTER_MEAL = re.compile(
    rf"\b(?:Following|After) (?:a |the )?(?:[a-z]+ )?(?P<v>lunch|luncheon|dinner|breakfast|supper)\b"
    rf"[^.;:{QUOTE}]{{0,50}}?(?:at|in|with)? ?[^.;:{QUOTE}{P}]{{0,40}}?,(?= (?:the )?(?P<s>{LEAD}){ADDED}"
    rf" (?:met|resumed|continued|conferred|talked|returned|began)\b(?: (?:again|together|their|the talks))?)"
)
_TOLD = re.compile(r"\b(?:told|said|informed|stated|recalled|reminded|mentioned|referred|replied)\b")


_ANSWERS = re.compile(
    rf"\bI (?:then |also |again |had |have )?{_SAID}\b|\bI (?:thanked|assured|made (?:it )?clear|handed"
    rf"|gave|repeated)\b"
)
_TELLS = re.compile(rf"(?P<s>{P})(?: then| also| again| had)? {_SAID}\b")
#: So often both must be heard.
_TALKED = 2


def find_exchange(page: Page, accounts: list[Sign]) -> list[Sign]:
    """Find the talk that a report gives word by word without naming it: "Gromyko said … I replied"."""
    if not page.first_person or any(s.author and s.status == "held" for s in accounts):
        return []
    masked = page.mask.text
    if len(_ANSWERS.findall(masked)) < _TALKED:
        return []
    heard: dict[int, list[re.Match[str]]] = {}
    for match in _TELLS.finditer(masked):
        index = people_in(page, match.start("s"), match.end("s"))[0]
        if not _is_person(page, index):
            continue
        known = next((i for i in heard if alike(page, i, index)), index)
        heard.setdefault(known, []).append(match)
    if not heard:
        return []
    best = max(heard, key=lambda i: (len(heard[i]), -heard[i][0].start()))
    if len(heard[best]) < _TALKED:
        return []
    first = heard[best][0]
    sign = Sign(first.start(), first.end(), [best], True, [], "meeting", "exchange", 0.66)
    sign.on = page.context.written_on if page.of_the_day else None
    return [sign]


#: "The Kennedy-Macmillan summit": two names in one word.
_JOINED = re.compile(r"\b(?P<a>[A-Z][\w’']+)[-–](?P<b>[A-Z][\w’']+)\b")
_JOINED_TALK = re.compile(
    r"\b(?P<a>[A-Z][\w’']+)[-–](?P<b>[A-Z][\w’']+) (?:\w+ )?(?P<v>summit|meetings?|talks?|conversations?"
    r"|discussions?|dinner|lunch|luncheon|encounter|interview)\b"
)


def _joined_in(page: Page, start: int, end: int) -> list[int]:
    """The people whose names are joined in one word of a stretch of the mask."""
    low, high = page.mask.origin(start), page.mask.end_of(max(start, end - 1))
    return [i for pair in _JOINED.finditer(page.text, low, high) for i in _pair(page, pair)]


def _pair(page: Page, joined: re.Match[str]) -> list[int]:
    """Two people by the surnames that the text gives them elsewhere; none where either is unknown."""
    found = []
    for name in (joined["a"], joined["b"]):
        same = (
            i
            for i, m in enumerate(page.mentions)
            if m.kind == "name" and m.span.cut(page.text).rsplit(maxsplit=1)[-1] == name
        )
        found.append(next(same, -1))
    return found if -1 not in found else []


def find_joined(page: Page) -> list[Sign]:
    """Find talks that are called by the names of the two who had them."""
    out = []
    for match in _JOINED_TALK.finditer(page.text):
        people = _pair(page, match)
        if not people:
            continue
        sign = _make(match, people, "joined-names", 0.74)
        sign.start, sign.end = mask_at(page, match.start()), mask_at(page, match.end())
        out.append(sign)
    return out


def find_returns(page: Page, accounts: list[Sign]) -> list[Sign]:
    """Find other meetings of those last told of, and the meal from which they went on."""
    masked = page.mask.text
    out: list[Sign] = []
    for match in _THEIRS.finditer(masked):
        last = [s for s in accounts if s.start < match.start() and match.start() - s.end < _NEAR]
        last = [s for s in last if len(s.people) + s.author in _FEW]
        if not last:
            continue
        begin = sentence_of(page, match.start())[0]
        sign = _make(match, list(last[-1].people), "their-talk", 0.72)
        sign.author, sign.inferred = last[-1].author, list(last[-1].people)
        sign.status = "reported" if _TOLD.search(masked, begin, match.start()) else "held"
        out.append(sign)
    for match in _AFTER_MEAL.finditer(masked):
        people = people_in(page, match.start("s"), match.end("s"))
        if len(people) >= 2:
            sign = _make(match, people, "after-meal", 0.72)
            sign.end = match.start("s") - 2
            out.append(sign)
    return out


def _make(match: re.Match[str], people: list[int], rule: str, score: float) -> Sign:
    form = form_of(match["v"], "meeting", only=MEALS)
    return Sign(match.start(), match.end(), people, False, [], form, rule, score, fresh=True)


_NEAR = 700
#: Two people, one of whom may be called by name and by office.
_FEW = (2, 3)


def _days(page: Page, start: int, end: int) -> list[DateMention]:
    low, high = page.mask.origin(start), page.mask.origin(max(start, end - 1))
    return [d for d in page.dates if low <= d.span.start <= high and d.when.precision == "day"]


def _paragraph_end(page: Page, at: int) -> int:
    """Where the paragraph ends in the mask, or a little before."""
    return mask_at(page, paragraph_of(page, at)[1])
