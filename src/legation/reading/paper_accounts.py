"""What papers add to the signs of company: who else was there, what is only told again, and when it was.

Editors and drafters date a meeting once and come back to it; they cite the papers about it; and they
tell of a conference by its speakers. `look_over` is for the signs as matched, `settle` for the
accounts that were joined of them.
"""

from __future__ import annotations

import re

from legation.reading.calibration import ADDED, FLOOR, PAPER_ADDED, add_odds
from legation.reading.company import Page, Sign
from legation.reading.forms import MEALS
from legation.reading.masking import PERSON, QUOTE
from legation.reading.paper_dates import date_sign
from legation.reading.paper_frames import Frame, find_exchange, find_frames, find_joined, find_returns
from legation.reading.paper_people import alike, covers, people_in
from legation.reading.paper_text import sentence_of
from legation.reading.patterns import ADDED as BESIDE
from legation.reading.patterns import NAMED

#: Words of a meeting that may be one told of before.
_NOUN_RULES = frozenset(
    {"noun-with", "between", "our-talk", "joined-names", "talk-on", "session-with", "their-talk", "own-talk"}
)
_SPEECH_RULES = frozenset(
    {"told", "I-told", "told-me", "he-told", "told-him", "put-to", "told-in-talk", "officially", "handed"}
)
#: What may tell again of a meeting that was told of.
_AGAIN_RULES = _NOUN_RULES | _SPEECH_RULES | {"at-meal", "spoke-to", "with", "way"}
_ANOTHER = re.compile(
    r"\b(?:another|first|second|third|fourth|next|subsequent|later|previous|prior|earlier|last|further|new"
    r"|final|separate|follow-up|again)\b"
)
#: A comma and the number of a footnote.
_TAIL = re.compile(r",\d{0,2} ?$")
_LOOKS_BACK = re.compile(r"\b(?:refer|recall|remember|remind|mention)\w*(?: \w+){0,2} $")
#: A paper about a meeting, in a sentence that says where it is kept.
_RECORD = re.compile(
    r"\b(?:[Mm]emorand(?:um|a)|[Rr]ecords?|[Tt]exts?|[Aa]ccounts?|[Rr]eports?|[Tt]ranscripts?|[Mm]inutes"
    r"|[Nn]otes|[Ss]ummar(?:y|ies)|[Mm]emcons?|[Rr]ecordings?)\b"
)
_KEPT = re.compile(
    r"\b(?:ibid|Foreign Relations|printed|pages?|Documents?|[Ss]ee|drafted by|Central Files|enclosed"
    r"|attached|transmit\w*|volume|Library)\b"
)
_NOUN_USE = re.compile(
    r"\b(?:a|an|the|his|her|their|my|our|its|this|that|long|good|brief|short|private|frank|recent|further"
    r"|initial|general|full|first|last|next|another|hour|minute|present|such|['’]s)\d? $"
)
#: What people do who are together.
_TOGETHER = re.compile(
    r"(?: (?:then|also|both|again|have|had|recently|briefly|[a-z]+ly))* (?:met|talk|discuss|spoke|entering"
    r"|agreed (?:at"
    r"|in)|had (?:quite|a|an|another|some|several|long|further|lunch|dinner|brief)|have had|exchanged|went"
    r"|walked"
    r"|sat|dined|lunched|entered|reviewed|conferred|consult|were (?:seated|received|invited|guests|alone)"
    r"|attended|called|paid|visited|drove|flew|saw|at [A-Z]|in [A-Z])"
)
_ACCOMPANIED = re.compile(
    rf"[^.;{PERSON}{QUOTE}]{{0,50}}?,? (?:who was |who were )?(?:accompanied by|with|together with|along with"
    rf"|in the presence of|assisted by) (?P<w>{NAMED})[^.;]{{0,60}}?(?: also)? present\b"
    rf"|[^.;{PERSON}{QUOTE}]{{0,50}}?,? (?:who was |who were )?(?:accompanied by|in the presence of"
    rf"|assisted by) (?P<v>{NAMED})"
)
_ASIDE_WITH = re.compile(
    rf"{PERSON}(?:, [^.;,{PERSON}]{{1,60}})?,? \(?(?:who was |who were )?(?:accompanied by"
    rf"|together with|along with|assisted by) (?P<w>{NAMED})"
)
_YOU = re.compile(r"\b[Yy]ou (?:have |had |will |would |may |might )?(?:\w+ ){0,2}$")


def look_over(page: Page, signs: list[Sign]) -> list[Sign]:
    """Drop and mend the signs of a paper before those of one sitting are joined."""
    out: list[Sign] = []
    whole = [s for s in signs if s.rule == "own-talk"]
    for sign in signs:
        if _is_no_company(page, sign) or any(
            s is not sign and s.start <= sign.start < s.end and sign.rule in _PARTS for s in whole
        ):
            continue
        tail = _TAIL.search(page.mask.text, sign.start, sign.end)
        sign.end = tail.start() if tail is not None and sign.rule == "own-talk" else sign.end
        _set_status(page, sign, out)
        sign.fresh = sign.fresh or sign.rule == "own-talk"
        sign.moving = sign.moving or sign.rule == "came-to"
        _turn_order(page, sign)
        _add_company(page, sign)
        if len(sign.people) + sign.author < 2:
            continue
        if sign.rule == "and-I" and _TOGETHER.match(page.mask.text, sign.end) is None:
            sign.score = add_odds(sign.score, PAPER_ADDED["and-I"])
        if sign.form in MEALS and _is_after_meal(page, sign):
            sign.form = "meeting"
        out.append(sign)
    return out


def _is_no_company(page: Page, sign: Sign) -> bool:
    """Say whether the words mean something else in a paper."""
    masked = page.mask.text
    words = masked[sign.start : sign.end]
    before = masked[max(0, sign.start - 40) : sign.start]
    if sign.rule == "with" and re.match(r"(?:talk|walk|drink|play|visit)\b", words):
        # "His talk with P": the noun has a rule of its own.
        return _NOUN_USE.search(before) is not None
    if sign.rule == "visited":
        return words.startswith("attended") or (
            words.startswith(("see", "saw")) and _DOING.match(masked, sign.end) is not None
        )
    if sign.rule in ("noun-with", "talk-on", "session-with") and not sign.author:
        # "Meetings with P and Q": whose they were is not said.
        return set(sign.people) <= set(people_in(page, sign.start, sign.end))
    if sign.rule in _SPEECH_RULES:
        return "instructed" in words or (
            _IN_WRITING.search(masked, max(sentence_of(page, sign.start)[0], sign.start - 110), sign.start)
            is not None
        )
    if sign.rule == "our-talk":
        return _LOOKS_BACK.search(before) is None and not sign.dated
    if sign.rule == "met" and _GLAD.search(before):
        return True
    if sign.rule == "by-whom":
        # What is received by P is a letter, where nobody stands near who could be received.
        return words.startswith(("received", "interviewed")) and not 0 <= sign.lead >= sign.start - 60
    if sign.rule in ("with", "met", "pair-to", "visited", "spoke-to") and _YOU.search(before):
        # Whom a letter speaks to is not told from its words.
        return not sign.author
    return False


#: "I was glad to see P make such a point".
_DOING = re.compile(
    r"(?:['’]s)? (?:make|take|do|go|get|give|become|say|as|act|come|(?!during|accord)\w+ing|so|that|move"
    r"|try|have|be)\b"
)
_IN_WRITING = re.compile(
    r"\b(?:NSAM|[Ii]n (?:an? |the |his |their |this )?(?:[\w-]+ ){0,4}?(?:memorand(?:um|a)|letters?"
    r"|telegrams?"
    r"|messages?|cables?|despatch|speech|broadcast|article|press conference|editorial|statement|notes?))\b"
)
#: Said by those who are together: it tells of no other meeting.
_GLAD = re.compile(
    r"\b(?:happy|glad|pleased|honou?red|delighted|fortune of|(?:this|the) (?:opportunity|pleasure|honou?r"
    r"|chance)(?: \w+)? to) (?:to )?$|\b(?:not|never)\b[^.;]{0,40}\b(?:of|to) $"
)
#: Talks that are only looked for.
_TO_COME = re.compile(
    r"\b(?:further|future|continued|renewed|more|additional|early|eventual|possible|proposed|any|such"
    r"|suggested"
    r"|resum\w+ (?:of )?|continu\w+ of|expect\w*|possibility of|importance of an? \w+) $"
)


def _set_status(page: Page, sign: Sign, earlier: list[Sign]) -> None:
    """Tell what was arranged from what was done."""
    masked = page.mask.text
    if sign.rule == "seeing":
        sign.status = "planned"
    elif sign.status == "planned" and sign.rule == "between" and sign.score < FLOOR:
        # A meeting that is proposed between two who are named is told of plainly, and once.
        sign.score = add_odds(sign.score, PAPER_ADDED["proposed"])
    elif sign.status == "planned" and sign.rule in ("noun-with", "talk-on", "session-with"):
        if _HAD.search(masked, max(0, sign.start - 60), sign.start):
            sign.status, sign.score = "held", PAPER_ADDED["had"]
    elif sign.rule == "appointment" and not masked.startswith("arr", sign.start) and sign.status == "held":
        sign.status = "held" if _KEPT_IT.search(masked, max(0, sign.start - 40), sign.start) else "planned"
    elif sign.rule == "asked-to-see":
        sign.form = "meeting"
        today = _TODAY.search(masked, max(0, sign.start - 30), min(len(masked), sign.end + 30))
        sign.status = sign.status if today else "planned"
    elif sign.status == "planned" and _INSTRUCTED.search(masked, max(0, sign.start - 45), sign.start):
        if _DONE.search(masked, sign.end, sign.end + 420):
            sign.status, sign.on = "held", next((s.on for s in reversed(earlier) if s.on), None)
    elif (
        sign.status == "held"
        and sign.rule in ("between", "noun-with", "session-with")
        and not sign.dated
        and _TO_COME.search(masked, max(0, sign.start - 30), sign.start)
        and not re.search(
            r"\b(?:had|have|having|held|hold|continued)\b", masked[max(0, sign.start - 40) : sign.start]
        )
    ):
        sign.status, sign.score = "planned", add_odds(sign.score, PAPER_ADDED["to come"])
    elif sign.status == "held" and sign.rule in _NOUN_RULES - {"own-talk"} and _TOLD.search(
        masked, sentence_of(page, sign.start)[0], sign.start
    ):  # fmt: skip
        sign.status = "reported"


#: "In his own talk with P", "had the chance of a long talk with P": it was held.
_HAD = re.compile(
    rf"(?:\b(?:in|during|after|following|from|since|to) (?:his|her|my|{PERSON}['’]s?) (?:own |recent "
    rf"|earlier |last"
    r" |previous |long )*|\bha(?:d|ve had|s had) (?:the|an) (?:opportunity|occasion|chance) (?:of"
    r"|for) an? (?:\w+ )?)$"
)
_PARTS = frozenset({"noun-with", "talk-on", "session-with", "with", "told", "told-in-talk", "group-met"})
_KEPT_IT = re.compile(r"\b(?:kept|had) (?:an?|my|his|the) (?:[a-z]+ )?$")
_TODAY = re.compile(
    r"\b(?:to-?day|this (?:morning|afternoon|evening)|yesterday|last (?:night|evening)|just)\b"
)
_INSTRUCTED = re.compile(r"\binstructed (?:me )?(?:\w+ )?to $")
_DONE = re.compile(r"\b(?:[Tt]his I did|[Ww]hich I did|I did so|I then did)\b")
_TOLD = re.compile(
    rf"{PERSON}[^.;{PERSON}]{{0,40}} (?:told|said|stated|informed|recalled|mentioned|replied|remarked|claimed"
    rf"|asserted|alleged)\b(?: (?:me|us|him|her|the )?{PERSON}?)?[^.;:]{{0,30}}\bthat\b"
)


def _is_after_meal(page: Page, sign: Sign) -> bool:
    """Say whether the meal is only what they had before or after."""
    around = page.mask.text[max(0, sign.start - 30) : sign.end]
    meal = r"(?:lunch|luncheon|dinner|supper|breakfast)"
    after = re.search(rf"\b(?:[Ff]ollowing|[Pp]rior to|[Bb]efore|[Aa]fter)(?: the| a)? {meal}", around)
    return after is not None and len(re.findall(rf"\b{meal}|\b(?:din|lunch)ed", around)) == 1


_ORDERED = re.compile(
    rf"(?P<s>{PERSON}){BESIDE} (?:had |has |then |again )*(?:told|asked|instructed|ordered|wanted|requested"
    r"|advised|authori[sz]ed|directed) me (?:then )?to $"
)


def _turn_order(page: Page, sign: Sign) -> None:
    """Let "P told me to call Q" be a call of the author, not of P."""
    if sign.status != "planned":
        return
    order = _ORDERED.search(page.mask.text, max(0, sign.start - 90), sign.start)
    if order is None:
        return
    other = page.mask.people[order.start("s")]
    sign.people = [i for i in sign.people if not alike(page, i, other)]
    sign.author = page.first_person


def _add_company(page: Page, sign: Sign) -> None:
    """Take in those who came along: "P, accompanied by Q, called on S"."""
    if sign.status != "held" or sign.rule in _SPEECH_RULES:
        return
    masked = page.mask.text
    begin, end = sentence_of(page, sign.start)
    first = sign.lead if 0 <= sign.lead < sign.start else sign.start
    after = _ACCOMPANIED.match(masked, sign.end, end)
    groups = [("w" if after["w"] else "v", after)] if after is not None else []
    groups += [("w", aside) for aside in _ASIDE_WITH.finditer(masked, max(begin, first - 3), sign.end)]
    for group, found in groups:
        for index in people_in(page, found.start(group), found.end(group)):
            if index not in sign.people:
                sign.people.append(index)
        sign.end = max(sign.end, found.end(group))


#: They add to a company that was told of, or go on about it.
_ADDING = frozenset({"present-at", "those-present", "attended-by", "was-there", "and-I", "we", "beside"})


def may_join(page: Page, first: Sign, second: Sign) -> bool:
    """Say whether a second sign of a paper may belong to the sitting of the first: somebody is in both."""
    if second.rule in _ADDING or second.inferred or first.inferred:
        return True
    if first.start <= second.start and second.end <= first.end:
        return True
    return any(alike(page, i, j) for i in first.people for j in second.people)


def settle(page: Page, accounts: list[Sign]) -> list[Sign]:
    """Date the accounts of a paper, add its conferences, and leave out what is told again."""
    for sign in accounts:
        date_sign(page, sign)
        _weigh(page, sign)
    frames = find_frames(page)
    accounts = [s for s in accounts if s.score >= FLOOR or s.status == "denied"]
    kept = [s for s in accounts if not any(_is_inside(page, s, f) for f in frames)]
    for frame in frames:
        date_sign(page, frame.sign)
    joined = [s for s in find_joined(page) if not any(o.start < s.end and s.start < o.end for o in kept)]
    told = [*find_returns(page, kept), *joined, *find_exchange(page, kept)]
    for sign in told:
        date_sign(page, sign)
    ordered = sorted(
        [*kept, *told, *(frame.sign for frame in frames)], key=lambda sign: (sign.start, sign.end)
    )
    out: list[Sign] = []
    for sign in ordered:
        if not _is_told_again(page, sign, out[-_EARLIER:]):
            out.append(sign)
        elif sign.dated and sign.status == "held":
            # The day stands where it is told again.
            for first in out[-_EARLIER:]:
                if first.on is None and first.status == "held" and covers(page, first, sign):
                    first.on = sign.on
    return out


def _weigh(page: Page, sign: Sign) -> None:
    """Weigh speech of others by whether it has a day of its own, and names of papers about a talk."""
    if sign.rule in ("told", "told-him", "he-told", "put-to") and not sign.author:
        begin = sentence_of(page, sign.start)[0]
        dated = sign.dated or _A_DAY.search(page.mask.text, begin, sign.end) is not None
        odds = PAPER_ADDED["dated" if dated else "undated"]
        if dated and (page.first_person or sign.score < _OWN_DAY):
            odds += ADDED["occasion"]
        sign.score = add_odds(sign.score, odds)
    elif sign.rule in ("noun-with", "between") and sign.status == "held" and not (sign.on or sign.author):
        sign.score = add_odds(sign.score, PAPER_ADDED["undated talk"])
    if sign.rule in _NOUN_RULES and _is_record(page, sign):
        sign.score = add_odds(sign.score, PAPER_ADDED["record"])


_A_DAY = re.compile(
    r"\b(?:(?:previous|same|that|following|next|last) (?:day|morning|afternoon|evening|night)|yesterday"
    r"|to-?day"
    r"|earlier that day)\b"
)
#: So many meetings back one may be told again.
_EARLIER = 80
#: Speech of this score and more has had its day counted.
_OWN_DAY = 0.7


def _is_inside(page: Page, sign: Sign, frame: Frame) -> bool:
    """Say whether a sign only tells what was said in a conference, or of the conference itself."""
    whole = frame.sign
    overlaps = sign.start < whole.end and whole.start < sign.end
    inside = overlaps or whole.start <= sign.start < frame.reach
    return (
        inside
        and sign.status == "held"
        and covers(page, whole, sign)
        and (sign.rule in _AGAIN_RULES or overlaps)
    )


def _is_told_again(page: Page, sign: Sign, earlier: list[Sign]) -> bool:
    """Say whether a meeting, or the plan of one, was told of before in the same paper."""
    if sign.status == "denied":
        return False
    same = [s for s in earlier if covers(page, s, sign) and s.status != "denied"]
    if sign.rule in _NOUN_RULES and _is_record(page, sign):
        # One of them may go by another name there.
        return bool(same) or any(
            s.status != "planned" and sum(any(alike(page, i, j) for j in s.people) for i in sign.people) >= 2
            for s in earlier
        )
    if not same:
        return False
    if sign.status == "planned":
        # What was held already is not planned again, and one plan is one.
        return any(s.status == "planned" and (not sign.dated or s.on == sign.on) for s in same)
    if sign.rule not in _AGAIN_RULES:
        return False
    masked = page.mask.text
    if sign.rule == "our-talk" and _LOOKS_BACK.search(masked, max(0, sign.start - 30), sign.start):
        return False
    if sign.rule in _NOUN_RULES and _ANOTHER.search(masked, max(0, sign.start - 34), sign.end):
        return False
    if sign.form in MEALS and all(s.form != sign.form for s in same):
        return False
    met = [
        s
        for s in same
        if s.status in ("held", "reported") and (s.form == "telephone") == (sign.form == "telephone")
    ]
    return any(not sign.dated or s.on == sign.on or s.on is None for s in met)


def _is_record(page: Page, sign: Sign) -> bool:
    """Say whether the words name the paper about a meeting: "the memorandum of P's talk with Q"."""
    begin, end = sentence_of(page, sign.start)
    masked = page.mask.text
    return (
        _RECORD.search(masked, begin, sign.start) is not None and _KEPT.search(masked, begin, end) is not None
    )
