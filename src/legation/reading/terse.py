"""Patterns of terse diaries: "Lunch with P", "Phoned P", "P and P to dinner", "10:00 P, ministry".

They are tried only where an item begins: at a sentence, a line of a list, a label or a clock time.
The author took part unless somebody else is named as the subject. Masked text as in `masking`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from legation.reading.masking import ASIDE, PERSON, TIME, TODO
from legation.reading.patterns import NAMED, PARTY, Rule, make_rule

P = PERSON
#: Where an item begins.
_ITEM = re.compile(rf"^|(?:[.;!?…] |[:–—|] | - |{TIME}|{TODO}|(?P<on>,)(?: and| &)?(?: then)?) *")
_DAY = (
    r"(?!Sat (?:next|beside|by|with|in|at|on|down|up|near|through)\b)"
    r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day|\.)?"
)
#: What may stand before the words of an item: the part of the day, or how items follow.
_LABEL = re.compile(
    rf"(?:{TIME}|{TODO}|(?i:(?:(?:yesterday|today|to-?night|tonight|tomorrow|this|in the|at|early|late"
    r"|later in the|the same|same|that|on|next|mid) ?)*(?:morning|afternoon|evening|night|noon|midday"
    r"|day|am|pm|a\.m\.|p\.m\.|lunchtime|yesterday|today|tonight|tomorrow)"
    rf"|and then|then|and|also|later(?: on)?|again|afterwards?|next|first|finally|thereafter|after that"
    r"|so|once more|at last|before that|by chance|unexpectedly|suddenly|eventually"
    rf"|done|quick|(?:on )?{_DAY}(?: morning| afternoon| evening)?))"
    r"(?: ?[:,–—-])? +(?!(?i:with|at) )"
)
_ADJECTIVES = (
    r"(?i:(?:(?:had|having|a|an|another|some|the|my|our|quick|long|short|early|late|working|business|good"
    r"|great"
    r"|lovely|nice|pleasant|delightful|quiet|private|secret|informal|formal|friendly|first|second|third"
    r"|last|weekly|monthly|daily|regular|annual|small|big|large|family|official|farewell|birthday"
    r"|sunday|monday|tuesday|wednesday|thursday|friday|saturday|morning|afternoon|evening|midday"
    r"|difficult|brief|useful|interesting|dull|state|team|joint|video|conference|phone|telephone|zoom"
    r"|skype|teams|follow-up|final|usual|impromptu|lengthy|hour's|hour’s|half-hour|two-hour|very|long"
    r"|intimate|hurried|leisurely|hasty|tense|frank|serious|productive|confidential|off-the-record"
    r"|intro|introductory|kick-off|project|budget|planning|status|review|surprise|unexpected|kind"
    r"|splendid|excellent|merry|jolly|wonderful|enjoyable|boozy|light|cold|hot|\w+ly),? )*)"
)
_MEALS = (
    r"(?:lunch(?:eon)?s?|dinner|supper|breakfast|brunch|tea|coffees?|drinks?|beers?|pints?|cocktails|meal"
    r"|picnic|barbecue|whisky|sherry|champagne|glass of \w+|cup of (?:tea|coffee)|(?:a )?bite(?: to eat)?)"
)
_CALLS = (
    r"(?:(?:phone|telephone|video|conference|zoom|skype|teams|whatsapp|facetime)[ -]?(?:call|chat|talk"
    r"|conversation|meeting)s?|zoom|skype|facetime|phone|telephone|calls?)"
)
_TALKS = (
    r"(?:chats?|talks?|conversations?|discussions?|catch-?up|meetings?|1:1|1-1|1-on-1|one-(?:on|to)-one"
    r"|tête-à-tête|interview|session|audience|appointment|consultations?|briefing|debrief(?:ing)?|workshop"
    r"|stand-?up|sync|handover|negotiations?|introduction|reunion|encounter|teams|exchange|rehearsal"
    r"|lesson|seminar|hearing|summit|conference|committee|date)"
)
_OUTINGS = (
    r"(?:visit|walk|stroll|hike|drive|ride|trip|outing|excursion|run|swim|tour|journey|theatre|theater|opera"
    r"|concert|cinema|film|movies?|ballet|play|museum|exhibition|church|mass|weekend|morning|afternoon"
    r"|evening|day(?: out)?|night(?: out)?|hour|half an hour|party|reception|banquet|ball|garden party"
    r"|wedding|funeral|golf|tennis|chess|bridge|cards|squash|football|cricket|shopping|holiday"
    r"|(?:game|round|rubber|set) of \w+)"
)
#: Somebody's house between the noun and the company: the host is read as one of it.
_HOST = rf"(?: (?:at|chez|in|to) (?P<h>(?:the |my |our )?{P})(?:['’]s?)?(?: [a-z]{{3,12}}){{0,2}}?)?"
_NOUN = rf"(?P<v>(?i:{_MEALS}|{_CALLS}|{_TALKS}|{_OUTINGS}))(?![\w'’-])"
#: Between the noun and the company: a place, a day, a manner; never a verb.
_WHERE = (
    r"(?:,? (?i:at|in|on|over|by|near|round|outside|before|after|during|today|yesterday|tonight|tomorrow"
    r"|this|last|next"
    rf"|together|alone|afterwards|later|here|there|out|about|again|{_DAY})\b[^.;:!?–—{P}]{{0,45}}?)?"
)
#: The company is named to the end: no verb follows it.
_END = (
    rf"(?=\s*(?:[.;:,)(–—!?…|]|- |{ASIDE}|$)| (?:at|in|on|about|over|re|and(?! (?:the |my |his "
    rf"|her )?{P})|from|to|for|this|last|yesterday"
    r"|today|tonight|tomorrow|before|after|again|here|there|of|who|as|by|during|near|then|until|till|where"
    r"|instead|first|together|alone|once more|with)\b)"
)
_GROUP = (
    rf"(?:(?:the |my |our |some |a few )?[^.;:!?,–—({P}]{{2,32}}?"
    r"(?:,| –| —|:| -| \(|,? including|,? incl\.?|,? and) )"
)
_PEOPLE = rf"(?P<w>{NAMED}|(?:him|her|them)(?![\w'’])(?: and {PARTY})?)"

_SAW = (
    r"(?:(?i:saw|met(?: up)?(?: again)?(?: with)?|visited|received|hosted|entertained|interviewed|joined"
    r"|(?:ran|bumped) into|caught up with|sp(?:oke|oken) (?:to|with)|talked (?:to|with)|chatted (?:to|with)"
    r"|called (?:in )?(?:up)?on|called by|dropped in (?:on|at)|looked in on|popped in (?:on|to see)"
    r"|stopped by|stayed with|sat (?:next to|beside|by|with)|collected|picked up|fetched|welcomed|greeted"
    r"|briefed|consulted|accompanied|saw off|went to see|went to visit|went over to see|worked with"
    r"|lunched with|dined with|breakfasted with|supped with|walked with|took (?:leave of|out)"
    r"|played \w+ with|hung out with|drove with|conferred with|paid (?:a )?visit to|paid (?:a )?call on"
    r"|introduced to"
    r"|waited (?:up)?on|found)(?: again| briefly| alone| at last)?)"
)
_RANG = (
    r"(?i:phoned|telephoned|rang(?: up)?|rung up|skyped(?: with)?|facetimed(?: with)?|zoomed with"
    r"|called(?! (?:up)?on| in| by| at| for)(?: up)?(?: back)?|spoke (?:by|on the) (?:tele)?phone (?:to|with)"
    r"|on the (?:tele)?phone (?:to|with)|telephone to)"
)
_DO = (
    r"(?:call|phone|telephone|ring|meet(?: up)?(?: with)?|visit|talk to|speak (?:to|with)|see|lunch with"
    r"|dine with"
    r"|catch up with|have (?:a |an )?[a-z]+ with|(?:book|arrange|schedule|set up|organise|organize|fix|plan"
    r"|confirm) (?:a |an |the )?(?:[a-z-]+ ){1,3}with)"
)
#: What is still to be done: an order to oneself.
_TODO = (
    r"(?i:(?:(?:to-?do:?|reminder:?|don['’]t forget|remember|need|must|have|want|hope|plan|ought|going|should"
    rf"|due|supposed)(?: to)? {_DO}|(?!see\b|have\b){_DO})(?: up| back| again)?)"
)


#: Words that may begin an item: all small words of the patterns but pronouns.
_STARTS = frozenset(
    re.findall(
        r"(?<!\\)[a-z]+",
        f"{_ADJECTIVES} {_MEALS} {_CALLS} {_TALKS} {_OUTINGS} {_SAW} {_RANG} {_TODO} to at in out home"
        f" off up down"
        " over back on with also present attending there here attendees guests participants other fellow"
        " company"
        " among standup tête visitor visitors caller callers callback",
    )
) - {"i", "s", "u", "me", "us", "w", "his", "her"}
_WORD = re.compile(r"[A-Za-zê]+")
#: Only an hour makes a meeting of these.
_TIMED = frozenset({"item-time", "item-timed"})
#: So far from its beginning an item names somebody.
_REACH = 120
_NAMED_FIRST = frozenset({"item-for", "item-guest", "item-came", "item-caller", "item-time"})
#: What may follow after a comma in the same item: "Lunch with P, then coffee with P".
_GOES_ON = frozenset({"item-with", "item-from", "item-saw", "item-rang", "item-host", "item-to"})


def _item(name: str, pattern: str, form: str, base: float, hints: str = "") -> Rule:
    return make_rule(name, pattern, form, base, hints, mutual=True)


_WITH = _item(
    "item-with",
    rf"{_ADJECTIVES}{_NOUN}{_HOST}{_WHERE}(?:,| –| —)? (?i:with|w/|alongside|in honou?r of|given by"
    rf"|hosted by) ?(?:{_GROUP})?{_PEOPLE}",
    "",
    0.86,
)
TERSE: tuple[Rule, ...] = (
    _WITH,
    _item(
        "item-list",
        rf"{_ADJECTIVES}(?P<v>(?i:{_MEALS}|{_CALLS}|{_TALKS}|{_OUTINGS}))(?: [A-Za-z]+)?{_HOST}{_WHERE}"
        rf"(?: with [^.;:!?,–—({P}]{{2,32}}?)?"
        rf"(?::| –| —| -| \(|,) ?(?P<w>{NAMED}){_END}",
        "",
        0.8,
    ),
    _item("item-todo", rf"(?P<v>{_TODO}) (?P<w>{NAMED})", "", 0.6),
    _item("item-bare", rf"{_ADJECTIVES}{_NOUN} (?P<w>{NAMED}){_END}", "", 0.72),
    _item(
        "item-from",
        rf"{_ADJECTIVES}(?P<v>(?i:(?:(?:tele)?phone |video |zoom )?call(?:er|s)?|visit(?:or|s)?"
        rf"|(?:call-?back)))"
        rf"(?![\w'’-])(?:[^.;:!?{P}]{{0,20}}?) (?i:from|by|to) (?P<w>{NAMED})",
        "",
        0.82,
    ),
    _item(
        "item-host",
        rf"{_ADJECTIVES}{_NOUN}(?: [a-z]+)? (?:at|chez|@) ?(?P<w>(?:the |my )?{P}(?=['’]s?(?![a-z])|[ .,;]))",
        "",
        0.7,
    ),
    _item(
        "item-to",
        r"(?P<v>(?i:(?:off |out |up |down |over |back |on )?to|at|in|out|out and about|home"
        r"|on (?:the|a|my|our) (?:way|road|train|boat|plane|bus|ship|flight|journey|trip))"
        rf"(?: (?:the |a |an |my |our |his |her )?(?:[^.;:!?,–—{P}]|{P}['’]s){{3,45}}?"
        rf"| {P}['’]s)?) with {_PEOPLE}",
        "",
        0.82,
    ),
    _item(
        "item-company",
        rf"(?P<v>(?i:with)) {_PEOPLE}(?=,? (?:to|at|in|for|on|by|over|round|about|from)\b|[.,;]|$)",
        "",
        0.76,
    ),
    _item(
        "item-party",
        rf"(?P<v>(?i:to|at) (?:the |a |an )?[^.;:!?,–—{P}]{{3,45}})(?::| –| —| \() ?(?P<w>{NAMED}){_END}",
        "",
        0.7,
    ),
    _item("item-saw", rf"(?P<v>{_SAW}) (?P<w>{NAMED})(?! (?:was|were|is|are|had|has|would)\b)", "", 0.84),
    _item(
        "item-rang",
        rf"(?P<v>{_RANG}) (?P<w>{NAMED})(?! (?:was|were|is|are|had|has|would)\b)",
        "telephone",
        0.84,
    ),
    _item(
        "item-guest",
        rf"(?:The )?(?P<s>{NAMED}) (?P<v>(?:(?i:came|over|round|here|in|up|down|back|stayed|joined (?:me"
        rf"|us)|came over"
        rf"|came round|came in) )?(?:to|for) (?:an? |some )?(?:[a-z]+ )?(?i:{_MEALS}|the weekend"
        rf"|the night))\b",
        "",
        0.8,
    ),
    _item(
        "item-for",
        rf"(?P<s>{NAMED})(?::| –| —| -) (?:[a-z]+ )?(?P<v>(?i:{_MEALS}|{_CALLS}|{_TALKS}))(?=[.,;:]|$"
        rf"| (?:at|in|on|about|re)\b)",
        "",
        0.74,
    ),
    _item(
        "item-came",
        rf"(?:The )?(?P<s>{NAMED}) (?P<v>(?i:came|dropped|popped|looked|stopped|called)(?: (?:in|by|over"
        rf"|round|around))"
        rf"|came to (?:see me|tea|stay))\b(?! (?:on|at|for) )",
        "visit",
        0.78,
    ),
    _item(
        "item-caller",
        rf"(?:The )?(?P<s>{NAMED}) (?P<v>(?i:rang|phoned|telephoned|called))(?: up| back| again)?"
        r"(?=[.,;:]|$| –| —| (?:about|to|from|this|at|in the|yesterday|today|tonight|after|before|late"
        r"|early|again|with)\b)",
        "telephone",
        0.78,
    ),
    _item("item-time", rf"(?P<v>)(?P<w>{NAMED}){_END}(?! (?:and|of|who|as|for)\b)", "", 0.7),
    _item(
        "item-timed",
        rf"(?P<v>[^.;:!?({P}]{{2,40}}?)(?: \(|:| –| —| -| with| w/) ?(?P<w>{NAMED}){_END}",
        "",
        0.7,
    ),
    _item(
        "item-present",
        r"(?P<v>(?i:(?:also )?(?:present|attending|(?:there|here)(?= (?:were|was)\b|:|,))|attendees"
        r"|guests?|participants"
        rf"|(?:other |fellow )?guests?|company|with us|with me|among (?:the guests|others|those present)))"
        rf"(?: were| was)?(?::|,)? (?P<w>{NAMED}){_END}",
        "",
        0.78,
    ),
)
_FIRST = re.compile(rf"[\w{P}{TIME}{TODO}]")
#: "At odds with P" tells of no meeting.
_NO_PLACE = re.compile(
    r"(?i:at|in|to|out)(?: \w+)? (?:odds|peace|war|one|variance|least|touch|contact|line|love|agreement"
    r"|common"
    r"|keeping|accordance|comparison|company|step|league|favour|sympathy|correspondence|connection"
    r"|connexion|do|begin|compare|contrast|dealing|talks? of|response|reply|view|spite|fact|general"
    r"|particular|order|case|addition|all|first|last|once|any|every|some|no)\b"
)
#: Words of an outing or a party that fit no form of their own, and what they come to.
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (form, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for form, words in (
        ("telephone", r"(?:tele)?phone[ds]?|zoom(?:ed)?|skyped?|facetimed?|rang|rung|video|whatsapp|teams"),
        ("lunch", r"brunch"),
        ("tavern", r"beers?|pints?|drinks?|whisky|glass of \w+|pub|bar"),
        ("theatre", r"theat(?:re|er)|opera|concert|cinema|film|movies?|ballet|play"),
        ("church", r"church|mass"),
        ("walk", r"walk(?:ed)?|stroll|hike|run"),
        ("journey", r"drive|drove|ride|trip|outing|excursion|tour|journey"),
        ("reception", r"party|reception|ball|wedding|funeral|cocktails|champagne"),
        ("session", r"committee|session|conference|summit|seminar|workshop|hearing"),
        ("visit", r"visit(?:ed|ors?)?|weekend|stayed|tea"),
        (
            "call",
            r"called (?:in )?(?:up)?on|called (?:by|in|round|over)|paid (?:a )?call|dropped|looked in|popped",
        ),
    )
)
_CALL = re.compile(r"\b(?:call(?:s|er|ed|-?back)?)\b", re.IGNORECASE)


def item_form(rule: str, words: str, *, modern: bool) -> str:
    """Name the form of an item by its words; "" where they name none."""
    for form, pattern in _FORMS:
        if pattern.search(words):
            return form
    if modern and rule != "item-came" and _CALL.search(words):
        return "telephone"
    return ""


def find_items(masked: str) -> Iterator[tuple[re.Match[str], Rule, int]]:
    """Find the items of a terse diary: the match, its rule and where the item begins."""
    done = last = -1
    for item in _ITEM.finditer(masked):
        at = begin = item.end()
        if begin <= done or masked.find(P, begin, begin + _REACH) < 0 or _FIRST.match(masked, begin) is None:
            continue
        if item["on"] and not 0 <= last <= item.start() <= last + 60:
            continue
        timed = TIME in item[0]
        for _ in range(4):
            label = _LABEL.match(masked, at)
            if label is None:
                break
            timed = timed or TIME in label[0]
            at = label.end()
        word = _WORD.match(masked, at)
        if not timed and word is not None and word[0].lower() not in _STARTS and not word[0].endswith("ly"):
            continue
        named = masked[at : at + 1] == P
        either = not named and masked.startswith(("The ", "the "), at)
        for rule in TERSE:
            if (rule.name in _TIMED and not timed) or (item["on"] and rule.name not in _GOES_ON):
                continue
            if not either and (rule.name in _NAMED_FIRST) != named:
                continue
            match = rule.pattern.match(masked, at)
            if match is None or (rule.name in ("item-to", "item-party") and _NO_PLACE.match(masked, at)):
                continue
            yield match, rule, begin
            done, last = match.start(), match.end()
            break
