"""Patterns of meeting people, over masked text (see `masking`): one letter stands for a person.

Each pattern names the people in groups: `s` who did it, `w` with whom; the person of `w` is the
one who was met.
"""

from __future__ import annotations

from legation.reading.diary_rules import DIARY_RULES
from legation.reading.masking import QUOTE
from legation.reading.paper_rules import ONLY_PAPERS, PAPER_RULES
from legation.reading.patterns import (
    ADDED,
    ADV,
    ATOM,
    BRACKETS,
    DET,
    GAP_HOUSE,
    GROUP,
    HERE,
    LEAD,
    NAMED,
    OPINION,
    PARTY,
    PLAIN,
    SEP,
    SHORT,
    WHOM,
    WITH_WHOM,
    P,
    Rule,
    make_rule,
)

#: Verbs of being together, small and at the head of a sentence.
_VERBS = (
    "dined dine dining supped sup supt drank drink drinking breakfasted lunched eat ate sat sit sitting"
    " stayed staid"
    " stay walked walk walking talked talk talking discoursed discoursing discourse spoke speak speaking"
    " spoken"
    " conversed conferred went go going gone come came rode ride riding drove driving travelled traveled"
    " flew sailed"
    " played play playing sung sang singing danced dancing merry spent spend met meet consulted advised"
    " abroad parted"
    " chatted chatting strolled hiked cycled swam celebrated worked rehearsed brunched toured watched"
    " cooked discussed"
    " debated argued clashed shared"
).split()
_TOGETHER = "|".join(
    (*_VERBS, *(v.capitalize() for v in _VERBS), "caught up", "catching up", "hung out", "shook hands")
)
_NOUNS = (
    r"conversations?|talks?|talk|discourse|meetings?|interviews?|discussions?|lunch|luncheon|dinner"
    r"|supper|breakfast|audience|tea|coffee|drinks?|beers?|pint|meal|walk|stroll|words?|chat|catch-up"
    r"|phone calls?|telephone calls?|video calls?|calls?|dispute|clash|row|appointment|visit"
)

RULES: tuple[Rule, ...] = (
    make_rule(
        "met",
        rf"\b(?P<v>met|Met|meets|meet|meeting|Meeting|overtook|overtaking)\b(?: {SHORT}(?:,? (?:including"
        r"|among them|notably|such as))?)?"
        rf"(?: with)? (?P<w>{WHOM})",
        "",
        0.86,
        "et |eet |eets |eeting|overt",
    ),
    make_rule(
        "with",
        rf"\b(?P<v>{_TOGETHER})\b{GAP_HOUSE} with (?P<w>{WHOM})",
        "",
        0.84,
        " with ",
        anchor=WITH_WHOM,
        back=64,
    ),
    make_rule(
        "way",
        rf"\b(?P<v>by (?:water|coach|boat|barge|land|train|car)|on foot|to (?:church"
        rf"|dinner|supper|lunch|breakfast|walk|the [A-Z]\w+|my (?:house|office|lodgings?)|the "
        rf"office|(?:{P}|[A-Z]\w+)['’]s?(?: house| lodgings?)?)|home|back|away|out|and I"
        rf"|and we)\b(?: {SHORT})? with (?P<w>{WHOM})",
        "",
        0.8,
        " with ",
    ),
    make_rule(
        "found",
        rf"\b(?P<v>found|find|finding)(?: out)? (?P<w>{NAMED})(?! ?{QUOTE})(?! (?:gone|abroad|not"
        r"|out\b|to [a-z]|had|that|was gone|mighty|very|a |in (?:bed|a)|ill|sick|so ))"
        rf"(?=$|[^\w ]| (?:{P}|\(|(?:and|or|the|my|his|here|who|just|come|ready|with\w*|at|in|on|to|upon"
        rf"|over|near|alone"
        r"|all|both|by|among|before|after|up\w*|down|still|already|yet|where|when|there|of|from|for|I|he"
        r"|she|we|it"
        r"|but|so|then|as|\w+ing|into|below|above|about)\b))",
        "",
        0.72,
        "found|find",
    ),
    make_rule(
        "in-company",
        rf"\b(?P<v>with|With) (?P<w>{WHOM})(?:,? (?:and|with) (?:several|some|others|the rest|many|two|three"
        rf"|divers)\b[^.;,{P}]{{0,25}}?)?{BRACKETS}?"
        rf"(?=,? (?:all |both |also |again |then )?(?:by|in (?:his|her|my"
        r"|the|a) (?:coach|boat|barge)|to|did|went|home|walked|up|down|into|at|on foot|from|through"
        r"|till|as far|towards?|over|along|out|and (?:there|so|then|had)|where|I|we|whom|who)\b)",
        "",
        0.76,
        "ith ",
        lead=r"(?:^|[.;:,] |\b(?:and|so|thence|Thence|there|then|hence|evening|noon|morning"
        r"|afternoon|where|afterwards|home|up|abroad|out|I|we|night|again) )$",
    ),
    make_rule(
        "leave",
        r"\b(?P<v>[Tt]ook|[Tt]aking|take|taken) (?:(?:again|also) )?(?:my |our |his |her "
        rf"|their )?leave (?:again )?of (?P<w>{WHOM})",
        "",
        0.74,
        " leave ",
    ),
    make_rule(
        "by-whom",
        r"\b(?P<v>[Cc]alled(?: (?:up)?on| up| out| away| down| in)?|visited|waited (?:up)?on|met"
        r"|received|welcomed"
        r"|greeted|joined|interviewed|treated|accompanied|entertained|stopped|overtaken|fetched|awaked"
        r"|wakened"
        rf"|woken|roused) (?:in the morning |early |betimes |privately |also )?by (?P<w>{NAMED})",
        "",
        0.74,
        " by ",
    ),
    make_rule(
        "with-us",
        rf"(?P<s>{LEAD}) (?:being |was |were |also )*with (?P<w>(?:us|me)(?![\w'’]))",
        "",
        0.74,
        "with us|with me",
        mutual=True,
        anchor=r" with (?:us|me)\b",
        back=60,
    ),
    make_rule(
        "where",
        rf"\bwhere,? (?:also )?(?P<s>{NAMED})(?: and [a-z]+)? (?!lies|lives|lived|lay\b"
        r"|had|hath|has\b|have|and\b|or\b|who\b|whom\b|as\b|to\b|by\b|not\b|ill\b|up\b|preach\w*|act(?:s"
        r"|ed)\b|be\b|being out|is\b|are\b|do\b|was born|would|will|should|may|can\b|in\b|of\b|by\b)"
        r"(?P<v>[a-z]+)",
        "",
        0.64,
        "where",
        mutual=True,
    ),
    make_rule(
        "took",
        rf"\b(?P<v>took|taking|take|carried|carrying|brought|bringing|led|accompanied"
        rf"|fetched|drove|followed|Took|Brought|Drove)(?: home| up| out| away"
        rf"| back)? (?P<w>{WHOM})(?: up| out| along| home| back| all"
        r"| both)*,? "
        r"(?:with (?:me|us)|to |by (?:coach|water)|into |home|and (?:carried|went|down|up|so|away|out)"
        r"|by (?:car|train))",
        "",
        0.72,
        "took|tak|carr|brought|bring|led |accomp|fetch|follow",
    ),
    make_rule(
        "and-I",
        rf"(?P<w>{HERE}(?:(?:{SEP}{ATOM}){{1,8}}?,(?!{OPINION})"
        rf"|(?:{SEP}{ATOM}){{0,8}}?)(?: (?:and|&)|,(?= myself\b))"
        rf" (?:I|[Mm]yself|me|we)(?![\w'’])(?:(?=,? and){SEP}{ATOM}){{0,3}})",
        "",
        0.8,
        mutual=True,
    ),
    make_rule(
        "and-I",
        rf"\b(?P<w>(?:[Hh]e|[Ss]he|[Tt]hey|him|her|them)(?:(?:{SEP}{ATOM}){{1,8}}?,(?!{OPINION})"
        rf"|(?:{SEP}{ATOM}){{0,8}}?),? (?:and|&) (?:I|[Mm]yself|me|we)(?![\w'’])"
        rf"(?:(?=,? and){SEP}{ATOM}){{0,3}})",
        "",
        0.8,
        mutual=True,
    ),
    make_rule(
        "and-I",
        rf"\b(?P<w>(?:I|[Ww]e|[Mm]yself)(?: (?:went|walked|rode|sat|dined|supped|got up|out"
        rf"|home))? and {PARTY})",
        "",
        0.8,
        mutual=True,
    ),
    make_rule(
        "we",
        r"\b(?P<w>we|We)(?: all| both| two| three| then| did| also)*,? (?P<v>dined|supped|drank|walked"
        r"|met|sat|lunched|breakfasted|talked|rode|went|took|danced|sang|sung|discoursed"
        r"|dine|sup|drink|play|played|eat|ate|drove|flew|sailed|travell?ed|stayed|staid|conferred|discussed"
        r"|consulted|had (?:a |an |some |very |good |much |great )*(?:dinner|lunch|supper|talk|discourse"
        r"|conversation"
        r"|discussion)|(?:back|home|up|down|out|abroad|over|again)(?: again)?(?: to| by|,)|got (?:a |into )"
        r"|(?:back |home |again )*by (?:our |my |his |her )?(?:own )?(?:coach|boat|barge)|to (?!be\b"
        r"|bed\b|prayers\b|sleep\b)|by (?:water|coach|boat)|together to"
        r"|away)\b",
        "",
        0.6,
        "we |We ",
        mutual=True,
    ),
    make_rule(
        "to-me",
        rf"(?P<s>{LEAD}){BRACKETS}?{ADDED}"
        rf"(?:,? (?:who|that))?(?: [a-z]+){{0,3}}? (?P<v>dined|supped|dines|sups|drank|walked|went"
        r"|goes|go|came|comes|come|called|calls|met|meets|meet|sat|stayed|staid|lunched|breakfasted"
        r"|waited|played|spoke|talked|visited|received|entertained|accompanied|brought|carried|approached"
        r"|summoned"
        r"|joined|welcomed|greeted|telephoned|phoned|rang|sought|handed|introduced|interviewed|escorted"
        r"|overtook"
        r"|took)(?: (?:also|with|to|on|upon|home|in|up|down|along|in to|over|back|late|early"
        r"|to see"
        r"|to visit|to speak with|to speak to|to dine with|to sup with|and \w+ with|away|forth))*"
        r" (?P<w>(?:me|us)(?![\w'’]))",
        "",
        0.8,
        " me| us",
        mutual=True,
        anchor=r" (?:me|us)\b",
        back=190,
    ),
    make_rule(
        "to-me",
        rf"\b(?P<s>(?:[Hh]e|[Ss]he|[Tt]hey)(?: both| all)?)(?:, [^.;,{P}]{{1,50}},)?"
        rf"(?:,? (?:who|that))?(?: [a-z]+){{0,3}}? (?P<v>dined|supped|dines|sups|drank|walked|went"
        r"|goes|go|came|comes|come|called|calls|met|meets|meet|sat|stayed|staid|lunched|breakfasted"
        r"|waited|played|spoke|talked|visited|received|entertained|accompanied|brought|carried|approached"
        r"|summoned"
        r"|joined|welcomed|greeted|telephoned|phoned|rang|sought|handed|introduced|interviewed|escorted"
        r"|overtook"
        r"|took)(?: (?:also|with|to|on|upon|home|in|up|down|along|in to|over|back|late|early"
        r"|to see"
        r"|to visit|to speak with|to speak to|to dine with|to sup with|and \w+ with|away|forth))*"
        r" (?P<w>(?:me|us)(?![\w'’]))",
        "",
        0.8,
        " me| us",
        mutual=True,
    ),
    make_rule(
        "came",
        rf"\b(?P<v>came|comes|come|coming)(?:, [^.;,{P}]{{2,30}},)? (?:(?:in|home|hither|thither|up|down"
        r"|here|there|by chance"
        r"|to (?:me|us|my house|dinner|supper|the office|my office|see (?:me|us))|in to us"
        r"|into the [a-z]+|by appointment"
        r"|also|presently|unexpectedly|again|first|to [a-z]+ with (?:me|us))(?: to (?:me"
        rf"|us))? )*(?P<s>{NAMED})",
        "visit",
        0.74,
        "came |comes |come ",
        mutual=True,
    ),
    make_rule(
        "comes",
        rf"(?P<s>{LEAD})(?:,? who|,)? (?:did |was |is |being |being also )?(?P<v>came"
        r"|comes|come|coming) (?:home |in |up |down )*(?:to (?:me|us|see|visit|my house|dine|sup"
        r"|dinner|supper|teach|speak|the office)|hither|thither|in\b|by appointment)",
        "visit",
        0.76,
        "c",
        mutual=True,
        anchor=r" (?:came|com(?:e|es|ing))\b",
        back=120,
    ),
    make_rule(
        "was-there",
        rf"\b(?:where|[Tt]here|[Hh]ere|whither|company|with (?:him|her|them|us)"
        rf"|[Oo]ur company)(?: also)?,? (?:was|were|happened to (?:be|sit by|come in|come)|dined"
        rf"|supped|comes?|came)(?: also| only| come| with us| to-?day| this \w+)* (?P<s>{NAMED})",
        "",
        0.72,
        "here was|here were|here dined|here supped|here com|here cam|company|whither|here also|here happened"
        "|with him w|with her w|with them w|with us w",
        mutual=True,
    ),
    make_rule(
        "was-there",
        rf"(?P<s>{LEAD}),? (?P<v>(?:was|were|being) (?:also |both |all |likewise |too "
        r"|come )*(?:present\b|there\b|thither\b"
        rf"|among (?:the guests|those"
        r" present|them|us\b|the company)|of the (?:party|company)))",
        "",
        0.68,
        "was |were |being ",
        mutual=True,
    ),
    make_rule(
        "visited",
        r"\b(?P<v>to see|to visit|saw|Saw|see|seen|visited|Visited|visiting|visit"
        rf"|called (?:at [^.;,]{{2,24}} )?(?:up)?on|calling (?:at [^.;,]{{2,24}} )?(?:up)?on|Called (?:up)?on"
        rf"|call (?:up)?on|called for|waited (?:up)?on|waiting (?:up)?on|wait (?:up)?on|attended"
        rf"|received by|received) (?P<w>{WHOM})",
        "",
        0.7,
        "see |seen |aw |isit|all|wait|attend|receiv",
    ),
    make_rule(
        "to-person",
        rf"\b(?P<v>to|To|unto|upon) (?P<w>{NAMED})",
        "visit",
        0.68,
        "to |To |upon ",
        lead=r"(?:^|[.,;] |\b(?:went|go|goes|walked|rode|came|got|drove|up|away|back|[Tt]hence"
        r"|thither|[Ss]o|[Tt]hen|dinner|supper|by (?:water|coach|boat|barge|link)|on foot|in the \w+|I"
        r"|[Aa]fterwards"
        r"|morning|called(?: up| in| over)?|sent for|admitted|again|down|straight|presently|alone|also"
        r"|this \w+|early|over|forth"
        r"|hence"
        r"|at noon|by and by,?|anon|directly|[.,;] and|so and|home|out|abroad|[Aa]fter (?:dinner|supper"
        r"|that|this|church"
        r"|sermon|lunch)"
        r"|(?:went|came|walked|rode|took|carried|brought|led|with) [^.;,]{0,36}"
        r"|(?:[Tt]o|at|into) (?:the |my )?(?:[A-Z][\w.'’]+(?: [A-Z][\w'’]+){0,2}|office|court|church|hall"
        r"|tavern|yard)"
        r"(?: and)?) )$",
    ),
    make_rule(
        "with-any",
        rf"\b(?P<v>with|With) (?P<w>{WHOM})",
        "",
        0.6,
        "ith ",
    ),
    make_rule(
        "spoke-to",
        rf"\b(?P<v>spoke to|speak to|spoken to|spoke with|speak with|spoken with"
        r"|listened to|advised with|consulted with|talk(?:ing)? to|talked to|talked with|reported to"
        r"|made an end with"
        rf"|agreed with|reckoned with|accounted with|contracted with|bargained with|made (?:an? )?(?:bargain"
        r"|contract|agreement|match|acquaintance) with|making (?:an? )?(?:bargain|contract|agreement|match"
        r"|acquaintance) with|quarrelled with|argued with|disputed with|jested with|fell (?:out|in talk)"
        rf" with) (?P<w>{WHOM})",
        "",
        0.8,
        "sp|talk|report|with |listen",
    ),
    make_rule(
        "told-me",
        rf"(?P<s>{LEAD}){ADDED}(?:,? (?:who|and))? {ADV}(?:did |has |had |have )?"
        rf"{ADV}(?P<v>told|tells|tell|telling|asked|asks|shewed|shews|showed|advised|acquainted"
        r"|assured|informed|gave|gives|replied to|answered) (?P<w>(?:me|us)(?![\w'’]))",
        "",
        0.52,
        " me| us",
        mutual=True,
        anchor=r" (?:me|us)\b",
        back=190,
    ),
    make_rule(
        "I-told",
        rf"\b(?:I|[Ww]e) (?:did )?{ADV}(?P<v>told|tell|asked|ask|informed|assured"
        rf"|shewed|showed|said to|mentioned to|replied to|explained to|presented) (?P<w>{WHOM})",
        "",
        0.52,
        "I |we |We ",
    ),
    make_rule(
        "noun-with",
        rf"\b(?P<v>{_NOUNS})(?: (?!about|that|up\b|I\b){SHORT})? with (?P<w>{WHOM})",
        "",
        0.78,
        " with ",
        anchor=WITH_WHOM,
        back=48,
    ),
    make_rule(
        "to-house",
        rf"\b(?P<v>to|To|upon|Upon|at|At) (?P<w>{DET}{P})['’]s?(?! to (?:the |my |his "
        rf"|her )?{P})(?=[,.;:)]|$| (?:house|lodgings?|chamber"
        rf"|office|shop|closet|rooms?|home|door|table|yard"
        r"|and|to|where|about|with|by|for|in|at|again|this|upon|on|I|but|who|which|after|before|there"
        r"|all)\b)(?:(?!\b(?:so|thence|Thence|then) (?:I|to|away|home|by)\b|\bI (?:went|to)\b)[^.;]){0,90}?"
        r"(?:(?<=['’]s) to (?:dinner|supper|breakfast|lunch)\b|\b(?:with|from|by|told|desired) (?:him"
        r"|her)\b|\b(?:took|carried|found|left) (?:him|her|them)\b|, who (?:told|tells|did|do|was (?:at"
        r"|in|very|mighty|just|with)|is (?:very|mighty)|re|sh[eo]w|us|carr|took|t[ea]l|ga|kept|spoke|made)"
        r"|, (?:where|and(?: there)?) (?:he|she|they)\b(?! and (?:I|we)\b)|\bhad (?:his|her) |\b(?:get"
        r"|got|gave) (?:his|her"
        r"|him) "
        r"|, (?:where|and there),? (?:I |we )?(?:\w+ )?(?:talked|discoursed|consulted|debated)\b)"
        rf"(?P<x>(?:(?:, | and |, and ){PLAIN}){{0,4}}(?! (?:told|tells|said|is|was|had|did|do)\b))",
        "visit",
        0.7,
        "'s|’s|s'",
    ),
    make_rule(
        "at-meal",
        rf"\b(?:[Aa]t|[Dd]uring|[Oo]ver) (?:the |a |our |an? \w+ )?(?P<v>lunch|luncheon"
        rf"|dinner|supper|breakfast|reception|tea)\b[^.;]{{0,30}}? (?P<s>{NAMED}) (?:also |then "
        r"|again )?(?:said|told|asked|remarked|mentioned|spoke|observed|replied|expressed|made"
        r"|recalled|explained)",
        "",
        0.78,
        "t lunch|t dinner|t supper|t breakfast|t the |t a |uring |ver d|ver l|ver s",
        mutual=True,
    ),
    make_rule(
        "hosted",
        rf"\b(?P<v>hosted|hosting|Hosted|Gave|Held|gave|gives|giving|held) (?:an?|the|my"
        rf"|our) (?:[a-z-]+ ){{0,2}}(?P<n>luncheon|lunch|dinner"
        rf"|reception|breakfast|banquet|supper|party|tea|cocktail party) (?:for|in honou?r of"
        rf"|to) (?P<w>{NAMED})",
        "",
        0.76,
    ),
    make_rule(
        "he-met",
        rf"\b(?P<s>[Hh]e|[Ss]he) (?:had |has |did )?{ADV}(?P<v>met|visited|called on|dined with"
        rf"|lunched with|spoke with"
        rf"|talked with)(?: with)? (?P<w>{NAMED})",
        "",
        0.66,
        mutual=True,
    ),
    make_rule(
        "was-with",
        rf"(?P<s>{LEAD}) (?P<v>was|were) (?:also |alone |still )?(?:(?:in|at"
        rf"|on) [^.;,{P}]{{2,30}} )?with (?P<w>{NAMED})",
        "",
        0.72,
        "was |were ",
        mutual=True,
        anchor=WITH_WHOM,
        back=110,
    ),
    make_rule(
        "treated",
        rf"\b(?P<v>did treat|treated|entertained|feasted|received) (?P<w>{NAMED})",
        "",
        0.7,
        "treat|entert|feast|rece",
    ),
    make_rule(
        "had-over",
        rf"\b(?P<v>had|have|having|Had) (?P<w>{NAMED}) (?:over|round|in|here|to stay|(?:in |over "
        rf"|round )?(?:to|for)"
        r" (?:an? )?(?:lunch|luncheon|dinner|supper|breakfast|tea|drinks?|coffee))\b",
        "visit",
        0.78,
        "ad |ave |aving ",
    ),
    make_rule(
        "group-met",
        rf"(?P<w>{GROUP}),? (?:also |then )?(?:(?:could|might|should|would|will|may|can|must|ought to"
        rf"|are to|were to) )?{ADV}"
        r"(?:had |have )?(?P<v>met\b|meet\b"
        r"|resumed|conferred|discussed|talked|lunched|dined|supped|walked|spoke together|held talks"
        r"|exchanged|reached agreement|had (?:lunch|dinner|breakfast|tea|a talk|a conversation"
        r"|a meeting|talks))",
        "",
        0.78,
        "met|meet|resum|confer|disc|talk|lunch|din|sup|walk|spoke|exch|reach|had",
        mutual=True,
        anchor=r" (?:met|meet|resumed|conferred|discussed|talked|lunched|dined|supped|walked|spoke|held"
        r"|exchanged|reached|had)\b",
        back=120,
    ),
    make_rule(
        "between",
        rf"\b(?P<v>{_NOUNS}|summit|encounter|exchange|discussed|agreed)(?: [^.;{P}]{{0,60}}?)? between "
        rf"(?P<w>(?={ATOM}[^.;]{{0,60}}{P}|{DET}{P}){PARTY})",
        "",
        0.76,
        "between",
        mutual=True,
    ),
    make_rule(
        "phone",
        rf"\b(?P<v>telephoned|phoned|rang up|rang|telephone|telephoning|call|called) "
        rf"(?P<w>{WHOM})(?! (?:a |the |an |up\b(?! )|out|in\b|over|aside|to |for |{QUOTE}))",
        "telephone",
        0.8,
        "phon|rang|call",
    ),
    make_rule(
        "pair",
        rf"(?P<s>{LEAD})(?:, [^.;!?]{{1,90}}?,)? (?:had |has |did )?{ADV}(?P<v>met"
        rf"|visited|saw|received|called on|called in|summoned|entertained|joined|accompanied"
        rf"|escorted"
        rf"|dined with|lunched with|walked with|spoke with|spoke to|talked with|talked to"
        rf"|telephoned|conferred with|sat with|consulted)(?: with| {SHORT}with)? (?P<w>{NAMED})",
        "",
        0.84,
        mutual=True,
        anchor=r" (?:met|visited|saw|received|called|summoned|entertained|joined|accompanied|escorted"
        r"|dined|lunched|walked|spoke|talked|telephoned|conferred|sat|consulted)\b",
        back=190,
    ),
    make_rule(
        "pair-to",
        rf"(?P<s>{LEAD}) (?:(?:will|would|should|could|might|may|can|to) (?:also )?"
        rf"|(?:plan(?:s|ned)?|intend(?:s|ed)?|wish(?:es|ed)?|want(?:s|ed)?|hope[sd]?) (?:to )?)"
        rf"(?P<v>meet|see|visit|dine|lunch|receive|call on|talk|speak|approach|consult|join|confer)(?: with"
        rf"| to)? (?P<w>{WHOM})",
        "",
        0.6,
        mutual=True,
        anchor=r" (?:meet|see|visit|dine|lunch|receive|call|talk|speak|approach|consult|join|confer)\b",
        back=120,
    ),
    make_rule(
        "told",
        rf"(?P<s>{LEAD})(?:, [^.;!?]{{1,90}}?,)? (?:had |has |did )?{ADV}(?P<v>told"
        rf"|informed|assured|warned|reminded|asked|complained {SHORT}to|said {SHORT}to"
        rf"|explained to|thanked|confided to|instructed|urged|pressed) (?P<w>{NAMED})",
        "",
        0.5,
        mutual=True,
        anchor=r" (?:told|informed|assured|warned|reminded|asked|complained|said|explained|thanked"
        r"|confided|instructed|urged|pressed)\b",
        back=190,
    ),
    make_rule(
        "he-told",
        rf"\b(?P<s>[Hh]e|[Ss]he) (?:had |has |did )?{ADV}(?P<v>told|informed|assured|met"
        rf"|warned|reminded|visited|saw|dined with|lunched with) (?P<w>{NAMED})",
        "",
        0.5,
        "he ",
        mutual=True,
    ),
    make_rule(
        "told-him",
        rf"(?P<s>{LEAD}) (?:had |has |did )?{ADV}(?P<v>told|informed|assured|warned"
        rf"|reminded|met|visited) (?P<w>him|her)(?![\w'’])",
        "",
        0.44,
        " him| her",
        mutual=True,
        anchor=r" (?:him|her)\b",
        back=110,
    ),
    make_rule(
        "met-first",
        rf"\b(?:at which|where|when|how) (?P<s>{PARTY}) {ADV}(?P<v>met|saw|dined with"
        rf"|spoke with) (?P<w>{NAMED})",
        "",
        0.84,
        mutual=True,
        anchor=r"\b(?:met|saw|dined with|spoke with)\b",
        back=60,
    ),
    make_rule(
        "introduced",
        rf"(?<![A-Za-z])(?P<s>{PARTY}) {ADV}(?:had |did )?(?P<v>introduced|presented) "
        rf"(?P<w>{WHOM}) to {PARTY}",
        "",
        0.74,
        "introduced|presented",
        mutual=True,
        anchor=r"introduced|presented",
        back=120,
    ),
    *DIARY_RULES,
    *PAPER_RULES,
)

#: Rules of reports, which are not tried in diaries.
REPORTED = (
    frozenset({"put-to", "told-in-talk", "joined-names", "officially", "attended-by", "present-at"})
    | ONLY_PAPERS
)
#: Rules that are tried only where nobody says "I".
THIRD_PERSON = frozenset({"he-told", "told-him"})
