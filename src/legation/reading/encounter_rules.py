"""Patterns of meeting people, over masked text (see `masking`): one letter stands for a person.

Each pattern names the people in groups: `s` who did it, `w` with whom; the person of `w` is the
one who was met. Every pattern is linear: all gaps are bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from legation.reading.masking import ASIDE, PERSON, QUOTE

P = PERSON
#: A person who is there himself: not the owner of a house, not a possessor.
_DET = (
    r"(?:the |my |his |her |their |our |one |old |young |poor |little |good |honest |both |also "
    r"|dear |late |cousin |little )?"
)
_HERE = rf"{P}(?!['’]s?(?![a-z]))"
_ATOM = (
    r"(?:(?:the |my |his )?(?:two|three|four|both|other)(?: [A-Za-z]+){1,2}|"
    rf"{_DET}{_HERE}|(?:I|me|[Mm]yself|[Ww]e|us|[Hh]e|him|[Ss]he|her|[Tt]hey|them|both)"
    r"(?![\w'’]))"
)
_PLAIN = rf"{_DET}{_HERE}"
_UNNAMED = r"(?:the |my |his )?(?:two|three|four|both|other)(?: [A-Za-z]+){1,2}"
_NEW = (
    rf"(?!(?:the |my |his |her )?{P}(?: [a-z]+){{0,4}} (?:is|was|were|has|had|told|said|says|tells|will|would"
    r"|did|went)\b)"
)
_AND_SEP = rf"{ASIDE}?(?:, and (?:with |also )?{_NEW}| and (?:with |also )?|,? & | with |,? together with |, with )"
#: A comma joins names only: a pronoun after it begins something new.
_SEP = rf"(?:{_AND_SEP}(?={_ATOM})|{ASIDE}?, (?=(?:{_UNNAMED}|{_PLAIN}|myself\b)))"
#: Lists end after eleven, so that a page of names costs no more than its length.
#: Several people in a row: "him, Mr. Crew and my wife".
PARTY = rf"{_ATOM}(?:{_SEP}{_ATOM}){{0,10}}"
#: The same, beginning with a person by name.
NAMED = rf"{_PLAIN}(?:{_SEP}{_ATOM}){{0,10}}"
#: The same for the start of a pattern: it begins with a letter that is quick to find.
LEAD = rf"{_HERE}(?:{_SEP}{_ATOM}){{0,10}}"
#: What is added to a name between commas: "P, the French ambassador, told me".
ADDED = rf"(?:, (?:[^.;,{P}]{{1,60}}|(?:[a-z]+ ){{0,3}}{P}(?: [^.;,{P}]{{1,40}})?),)?"
#: Objects only: "with them and Mr. Hawly".
WHOM = rf"(?:{_PLAIN}|(?:him|her|them|me|us|myself)(?![\w'’]))(?:{_SEP}{_ATOM}){{0,10}}"
#: After "Mr. Crew and his wife, and" these begin something new.
_OPINION = (
    r" and I (?:think|perceive|find|hear|believe|hope|fear|am|was|do|did|told|had|have|will|shall"
    r"|would|could|understand|know|see|saw|gave|made)\b"
)
_ADV = (
    r"(?:(?:then|also|again|there|here|first|later|soon|afterwards?|privately|by chance"
    r"|immediately|once more|often|further|once|twice|recently|finally|secretly|presently|"
    r"[a-z]{3,12}ly) )?"
)
_GAP = rf"[^.;:!?{P}]{{0,45}}?"
#: The same, and houses by their owners in it: "dined at P's with P".
_GAP_HOUSE = rf"(?:[^.;:!?{P}]|{P}['’]s?(?![a-z])){{0,45}}?"
_SHORT = rf"[^.;:!?,{P}]{{0,28}}?"
_AND = r"(?:and |& )?"


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern with the form it speaks of ("" where words around it decide) and a score.

    `base` is the confidence that a match tells of an encounter at all, measured on labelled
    texts; `mutual` rules name both sides themselves, the others look for the subject before.
    """

    name: str
    pattern: re.Pattern[str]
    form: str
    base: float
    mutual: bool = False
    #: Words of which the masked text must hold one.
    hints: tuple[str, ...] = ()
    #: What is cheap to find first, and how many letters before it the pattern may begin.
    anchor: re.Pattern[str] | None = None
    back: int = 0
    #: What must stand just before the match.
    lead: re.Pattern[str] | None = None
    #: A match counts only where a word begins.
    whole: bool = False


_FAST = (r"\b(?P<v>", r"\bwhere", r"\b(?P<w>we|We)", r"\b(?:at which|where")


def make_rule(
    name: str,
    pattern: str,
    form: str,
    base: float,
    hints: str = "",
    *,
    mutual: bool = False,
    anchor: str = "",
    back: int = 110,
    lead: str = "",
) -> Rule:
    # A pattern is searched much faster by its first letters than by the edge of a word: that
    # the match begins a word is looked at afterwards (`whole`).
    whole = pattern.startswith(_FAST)
    return Rule(
        name,
        re.compile(pattern[2:] if whole else pattern),
        form,
        base,
        mutual,
        tuple(hints.split("|")) if hints else (),
        re.compile(anchor) if anchor else None,
        back,
        re.compile(lead) if lead else None,
        whole,
    )


_TOGETHER = (
    r"(?i:dined?|dining|supped|sup|supt|drank|drink|drinking|breakfasted|lunched|eat|ate|sat|sit"
    r"|sitting|stayed|staid|stay|walked|walk|walking|talked|talk|talking|discoursed|discoursing"
    r"|discourse|spoke|speak|speaking|spoken|conversed|conferred|went|go|going|gone|come|came"
    r"|rode|ride|riding|drove|driving|travelled|traveled|flew|sailed|played|play|playing|sung|sang"
    r"|singing|danced|dancing|merry|spent|spend|met|meet|consulted|advised|abroad|parted|chatted"
    r"|chatting|caught up|catching up|hung out|strolled|hiked|cycled|swam|celebrated|worked|rehearsed"
    r"|brunched|toured|watched|cooked|discussed|debated|argued|clashed|shook hands|shared)"
)
_NOUNS = (
    r"conversations?|talks?|talk|discourse|meetings?|interviews?|discussions?|lunch|luncheon|dinner"
    r"|supper|breakfast|audience|tea|coffee|drinks?|beers?|pint|meal|walk|stroll|words?|chat|catch-up"
    r"|(?:phone |telephone |video )?calls?|dispute|clash|row|appointment|visit"
)

RULES: tuple[Rule, ...] = (
    make_rule(
        "met",
        rf"\b(?P<v>met|Met|meets|meet|meeting|Meeting|overtook|overtaking)\b(?: {_SHORT})?"
        rf"(?: with)? (?P<w>{WHOM})",
        "",
        0.86,
        "et |eet |eets |eeting|overt",
    ),
    make_rule(
        "with",
        rf"\b(?P<v>{_TOGETHER})\b{_GAP_HOUSE} with (?P<w>{WHOM})",
        "",
        0.84,
        " with ",
        anchor=rf" with (?:{_DET}{P}|him\b|her\b|them\b|me\b|us\b|myself\b)",
        back=64,
    ),
    make_rule(
        "way",
        rf"\b(?P<v>by (?:water|coach|boat|barge|land|train|car)|on foot|to (?:church"
        rf"|dinner|supper|lunch|breakfast|walk|the [A-Z]\w+|my (?:house|office|lodgings?)|the "
        rf"office|(?:{P}|[A-Z]\w+)['’]s?(?: house| lodgings?)?)|home|back|away|out|and I"
        rf"|and we)\b(?: {_SHORT})? with (?P<w>{WHOM})",
        "",
        0.8,
        " with ",
    ),
    make_rule(
        "found",
        rf"\b(?P<v>found|find|finding)(?: out)? (?P<w>{NAMED})(?! ?{QUOTE})(?! (?:gone|abroad|not"
        r"|out\b|to be|had|that|was gone|mighty|very|a |in (?:bed|a)|ill|sick|so ))"
        rf"(?=$|[^\w ]| (?:{P}|(?:and|or|the|my|his|here|who|just|come|ready|with\w*|at|in|on|to|upon|over|near|alone"
        r"|all|both|by|among|before|after|up\w*|down|still|already|yet|where|when|there|of|from|for|I|he|she|we|it"
        r"|but|so|then|as|\w+ing|into|below|above|about)\b))",
        "",
        0.72,
        "found|find",
    ),
    make_rule(
        "in-company",
        rf"\b(?P<v>with|With) (?P<w>{WHOM})(?=,? (?:all |both )?(?:by|in (?:his|her|my"
        r"|the|a) (?:coach|boat|barge)|to|did|went|home|walked|up|down|into|at|on foot|from|through"
        r"|till|as far)\b)",
        "",
        0.76,
        "ith ",
        lead=r"(?:^|[.;:,] |\b(?:and|so|thence|Thence|there|then|hence|evening|noon|morning"
        r"|afternoon|where|afterwards|home|up|abroad|out|I|we|night|again) )$",
    ),
    make_rule(
        "leave",
        rf"\b(?P<v>took|taking|take) (?:my |our |his |her |their )?leave of (?P<w>{WHOM})",
        "",
        0.74,
        " leave of ",
    ),
    make_rule(
        "by-whom",
        rf"\b(?P<v>called (?:up)?on|called up|visited|waited (?:up)?on|met|received"
        rf"|accompanied|entertained|stopped|overtaken) by (?P<w>{NAMED})",
        "",
        0.74,
        "ed by|on by|up by|met by|taken by|for by",
    ),
    make_rule(
        "with-us",
        rf"(?P<s>{LEAD}) (?:being |was |were |also )*with (?P<w>(?:us|me)(?![\w'’]))",
        "",
        0.74,
        "with us|with me",
        mutual=True,
    ),
    make_rule(
        "where",
        rf"\bwhere,? (?:also )?(?P<s>{NAMED})(?: and [a-z]+)? (?!lies|lives|lived|lay\b"
        r"|had|hath|has\b|have|is\b|are\b|do\b|was born|would|will|should|may|can\b|in\b|of\b|by\b)"
        r"(?P<v>[a-z]+)",
        "",
        0.64,
        "where",
        mutual=True,
    ),
    make_rule(
        "took",
        rf"\b(?P<v>took|taking|take|carried|carrying|brought|bringing|led|accompanied"
        rf"|fetched) (?P<w>{WHOM})(?: up| out| along| home| back| all| both)*,? "
        r"(?:with (?:me|us)|to |by (?:coach|water)|into |home|and (?:carried|went))",
        "",
        0.72,
        "took|tak|carr|brought|bring|led |accomp|fetch",
    ),
    make_rule(
        "and-I",
        rf"(?P<w>{_HERE}(?:(?:{_SEP}{_ATOM}){{1,8}}?,(?!{_OPINION})"
        rf"|(?:{_SEP}{_ATOM}){{0,8}}?) (?:and|&)"
        rf" (?:I|[Mm]yself|me|we)(?![\w'’])(?: and {_ATOM}){{0,3}})",
        "",
        0.8,
        mutual=True,
    ),
    make_rule(
        "and-I",
        rf"\b(?P<w>(?:[Hh]e|[Ss]he|[Tt]hey|him|her|them)(?:(?:{_SEP}{_ATOM}){{1,8}}?,(?!{_OPINION})"
        rf"|(?:{_SEP}{_ATOM}){{0,8}}?) (?:and|&) (?:I|[Mm]yself|me|we)(?![\w'’])"
        rf"(?: and {_ATOM}){{0,3}})",
        "",
        0.8,
        mutual=True,
    ),
    make_rule("and-I", rf"\b(?P<w>(?:I|[Ww]e|[Mm]yself) and {PARTY})", "", 0.8, mutual=True),
    make_rule(
        "we",
        r"\b(?P<w>we|We)(?: all| both| then| did| also)? (?P<v>dined|supped|drank|walked"
        r"|met|sat|lunched|breakfasted|talked|rode|went|took|parted|danced|sang|sung|discoursed"
        r"|dine|sup|drink|play|played)\b",
        "",
        0.6,
        "we |We ",
        mutual=True,
    ),
    make_rule(
        "to-me",
        rf"(?P<s>{LEAD}){ADDED}"
        rf"(?:,? (?:who|that))?(?: [a-z]+){{0,3}}? (?P<v>dined|supped|dines|sups|drank|walked|went"
        r"|goes|go|came|comes|come|called|calls|met|meets|sat|stayed|staid|lunched|breakfasted"
        r"|waited|played|spoke|talked|visited|received|entertained|accompanied|brought|carried"
        r"|took)(?: (?:also|with|to|on|upon|home|in|up|down|along|in to|over|back|by|late|early"
        r"|to see"
        r"|to visit|to speak with|to speak to|to dine with|to sup with|and \w+ with|away|forth))*"
        r" (?P<w>(?:me|us)(?![\w'’]))",
        "",
        0.8,
        " me| us",
        mutual=True,
    ),
    make_rule(
        "to-me",
        rf"\b(?P<s>(?:[Hh]e|[Ss]he|[Tt]hey)(?: both| all)?)(?:, [^.;,{P}]{{1,50}},)?"
        rf"(?:,? (?:who|that))?(?: [a-z]+){{0,3}}? (?P<v>dined|supped|dines|sups|drank|walked|went"
        r"|goes|go|came|comes|come|called|calls|met|meets|sat|stayed|staid|lunched|breakfasted"
        r"|waited|played|spoke|talked|visited|received|entertained|accompanied|brought|carried"
        r"|took)(?: (?:also|with|to|on|upon|home|in|up|down|along|in to|over|back|by|late|early"
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
        rf"\b(?P<v>came|comes|come) (?:in |home |hither |thither |up |down |to my house "
        rf"|there |by chance |to me |in to us )?(?P<s>{NAMED})",
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
    ),
    make_rule(
        "was-there",
        rf"\b(?:where|[Tt]here|[Hh]ere|whither|company)(?: also)?,? (?:was|were|dined"
        rf"|supped|comes?|came)(?: also| only| come| with us)? (?P<s>{NAMED})",
        "",
        0.72,
        "here was|here were|here dined|here supped|here com|here cam|company|whither|here also",
        mutual=True,
    ),
    make_rule(
        "was-there",
        rf"(?P<s>{LEAD}) (?P<v>(?:was|were) (?:also |both |all |likewise |too )*(?:present\b|there\b|among (?:the guests|those"
        r" present|them|us\b|the company)|of the (?:party|company)))",
        "",
        0.68,
        "was |were ",
        mutual=True,
    ),
    make_rule(
        "visited",
        rf"\b(?P<v>to see|to visit|saw|Saw|see|seen|visited|Visited|visiting|visit|called (?:up)?on"
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
        r"|thither|[Ss]o|[Tt]hen|dinner|supper|by (?:water|coach)|in the \w+|I|[Aa]fterwards"
        r"|morning|called up|admitted|again|down|straight|presently|alone|also|this \w+|early"
        r"|at noon|directly|[.,;] and|so and|home|(?:went|came|walked|rode) [^.;,]{0,20}) )$",
    ),
    make_rule(
        "spoke-to",
        rf"\b(?P<v>spoke to|speak to|spoken to|spoke with|speak with|spoken with"
        r"|listened to|advised with|consulted with|talked to|talked with|reported to|made an end with"
        rf"|agreed with|reckoned with|accounted with) (?P<w>{WHOM})",
        "",
        0.8,
        "sp|talk|report|with |listen",
    ),
    make_rule(
        "told-me",
        rf"(?P<s>{LEAD}){ADDED}(?:,? (?:who|and))? {_ADV}(?:did |has |had |have )?"
        rf"{_ADV}(?P<v>told|tells|tell|telling|asked|asks|shewed|shews|showed|advised|acquainted"
        r"|assured|informed|gave|gives|replied to|answered) (?P<w>(?:me|us)(?![\w'’]))",
        "",
        0.46,
        " me| us",
        mutual=True,
    ),
    make_rule(
        "I-told",
        rf"\b(?:I|[Ww]e) (?:did )?{_ADV}(?P<v>told|tell|asked|ask|informed|assured"
        rf"|shewed|showed|said to|mentioned to|replied to|explained to|presented) (?P<w>{WHOM})",
        "",
        0.46,
        "I |we |We ",
    ),
    make_rule(
        "noun-with",
        rf"\b(?P<v>{_NOUNS})(?: (?!about|that){_SHORT})? with (?P<w>{WHOM})",
        "",
        0.78,
        " with ",
    ),
    make_rule(
        "to-house",
        rf"\b(?P<v>to|To|upon|Upon|at|At) (?P<w>{_DET}{P})['’]s?(?![a-z])[^.;]{{0,90}}?"
        r"(?:\bwith (?:him|her|them)\b|\b(?:took|carried|found|left) (?:him|her|them)\b|, who\b"
        r"|, (?:where|and) (?:he|she|they)\b|\bhad (?:his|her) )",
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
        "treated",
        rf"\b(?P<v>did treat|treated|entertained|feasted|received) (?P<w>{NAMED})",
        "",
        0.7,
        "treat|entert|feast|rece",
    ),
    make_rule(
        "had-over",
        rf"\b(?P<v>had|have|having|Had) (?P<w>{NAMED}) (?:over|round|in|here|to stay|(?:in |over |round )?(?:to|for)"
        r" (?:an? )?(?:lunch|luncheon|dinner|supper|breakfast|tea|drinks?|coffee))\b",
        "visit",
        0.78,
        "ad |ave |aving ",
    ),
    make_rule(
        "group-met",
        rf"(?P<w>{_HERE}(?:{_SEP}{_ATOM}){{1,10}}),? {_ADV}(?:had |have )?(?P<v>met\b|meet\b"
        r"|resumed|conferred|discussed|talked|lunched|dined|supped|walked|spoke together|held talks"
        r"|exchanged|reached agreement|had (?:lunch|dinner|breakfast|tea|a talk|a conversation"
        r"|a meeting|talks))",
        "",
        0.78,
        "met|meet|resum|confer|disc|talk|lunch|din|sup|walk|spoke|exch|reach|had",
        mutual=True,
    ),
    make_rule(
        "between",
        rf"\b(?P<v>{_NOUNS}|summit|encounter|exchange)(?: [^.;{P}]{{0,60}}?)? between "
        rf"(?P<w>(?={_ATOM}[^.;]{{0,60}}{P}|{_DET}{P}){PARTY})",
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
        rf"(?P<s>{LEAD})(?:, [^.;!?]{{1,90}}?,)? (?:had |has |did )?{_ADV}(?P<v>met"
        rf"|visited|saw|received|called on|called in|summoned|entertained|joined|accompanied"
        rf"|escorted"
        rf"|dined with|lunched with|walked with|spoke with|spoke to|talked with|talked to"
        rf"|telephoned|conferred with|sat with|consulted)(?: with| {_SHORT}with)? (?P<w>{NAMED})",
        "",
        0.84,
        mutual=True,
    ),
    make_rule(
        "pair-to",
        rf"(?P<s>{LEAD}) (?:(?:will|would|should|could|might|may|can|to) (?:also )?"
        rf"|(?:plan(?:s|ned)?|intend(?:s|ed)?|wish(?:es|ed)?|want(?:s|ed)?|hope[sd]?) (?:to )?)"
        rf"(?P<v>meet|see|visit|dine|lunch|receive|call on|talk|speak)(?: with"
        rf"| to)? (?P<w>{NAMED})",
        "",
        0.6,
        mutual=True,
    ),
    make_rule(
        "told",
        rf"(?P<s>{LEAD})(?:, [^.;!?]{{1,90}}?,)? (?:had |has |did )?{_ADV}(?P<v>told"
        rf"|informed|assured|warned|reminded|asked|complained {_SHORT}to|said {_SHORT}to"
        rf"|explained to|thanked|confided to|instructed|urged|pressed) (?P<w>{NAMED})",
        "",
        0.5,
        mutual=True,
    ),
    make_rule(
        "he-told",
        rf"\b(?P<s>[Hh]e|[Ss]he) (?:had |has |did )?{_ADV}(?P<v>told|informed|assured|met"
        rf"|warned|reminded|visited|saw|dined with|lunched with) (?P<w>{NAMED})",
        "",
        0.5,
        "he ",
        mutual=True,
    ),
    make_rule(
        "told-him",
        rf"(?P<s>{LEAD}) (?:had |has |did )?{_ADV}(?P<v>told|informed|assured|warned"
        rf"|reminded|met|visited) (?P<w>him|her)(?![\w'’])",
        "",
        0.44,
        " him| her",
        mutual=True,
    ),
    make_rule(
        "met-first",
        rf"\b(?:at which|where|when|how) (?P<s>{PARTY}) {_ADV}(?P<v>met|saw|dined with"
        rf"|spoke with) (?P<w>{NAMED})",
        "",
        0.84,
        mutual=True,
        anchor=r"\b(?:met|saw|dined with|spoke with)\b",
        back=60,
    ),
    make_rule(
        "introduced",
        rf"(?P<s>{PARTY}) {_ADV}(?:had |did )?(?P<v>introduced|presented) "
        rf"(?P<w>{WHOM}) to {PARTY}",
        "",
        0.74,
        "introduced|presented",
        mutual=True,
        anchor=r"introduced|presented",
        back=120,
    ),
)

#: Rules that are tried only where nobody says "I".
THIRD_PERSON = frozenset({"he-told", "told-him"})
#: Something that changes place or company between two meetings.
MOVE = re.compile(
    rf"\b[Tt]o (?:the |my (?:own )?|his )?(?:[A-Z]|{P})|"
    r"\b(?:[Tt]hence|[Hh]ence|[Tt]hither|[Hh]ome|[Hh]omewards?|part(?:ed|ing)|took (?:leave|water"
    r"|coach|boat)|left|away|back|by (?:water|coach)|went|goes|walked|rode|returned|"
    r"[Aa]fterwards?|[Aa]fter (?:dinner|supper|that|this|which|lunch|church|breakfast|him|we|I)"
    r"|[Aa]non|[Aa]t night|[Ii]n the (?:afternoon|evening|morning)|[Aa]t noon|[Tt]hen|[Ll]ater"
    r"|[Ss]o (?:to|I|we)|and (?:so|I|then) to|[Tt]o (?:the |my (?:own )?|his )?(?:office|house)"
    r"|to (?:bed|dinner|supper|church)|by and by|[Bb]y and by|next (?:door|day))\b"
)
#: What comes just before a verb of meeting that did not happen.
DENIED = re.compile(
    r"\b(?:[Nn]ot|[Nn]ever|[Nn]o|without|[Mm]issed(?: of)?|[Cc]ancell?ed|[Ss]kipped|[Pp]ostponed|nor|neither|failed(?: \w+)? to|could n[o']t|couldn['’]t"
    r"|didn['’]t|unable to|refused to|avoid(?:ed)?|instead of|in vain to) (?:\w+ )?$"
)
#: What follows a person who was looked for in vain.
ABSENT = re.compile(
    r"^(?:['’]s)?,? (?:but |who |and )*(?:(?:he|she|they) )?(?:was |were |is |being |but )?"
    r"(?:not (?:within|at home|there|come|in\b|to be found)|abroad|gone|out of town|missed"
    r"|could not)"
)
#: A verb that is only wished, ordered or possible.
_WISH = (
    r"will|shall|would|should|may|might|can|could|must|ought|'ll|’ll|intend(?:s|ed|ing)?"
    r"|plan(?:s|ned|ning)?|propos(?:e|es|ed|ing)|hop(?:e|es|ed|ing)|wish(?:es|ed)?|want(?:s|ed)?"
    r"|appoint(?:ed|s|ing)?|agree(?:d|s|ing)?|promis(?:e|es|ed|ing)|invit(?:e|es|ed|ing)"
    r"|desir(?:e|es|ed|ing)|order(?:s|ed|ing)?|about|ready|resolv(?:e|ed|ing)|expect(?:s|ed|ing)?"
    r"|going|want|wanted|instruct(?:ed|ing)?|direct(?:ed|ing)?|ask(?:ed|ing)?|urg(?:ed|ing)"
    r"|suggest(?:ed|ing|s)?|idea|purpose[ds]?|opportunity|prospect|possibility|if|unless|whether"
    r"|designs?|designing|think(?:s|ing)? (?:of|to)|thought (?:of|to)|time|place|seek|sought|try"
    r"|tried|need(?:ed|s)?|obliged|required|like|prefer(?:red|s)?|hesitat\w*|willing|"
    r"seeking|chance|sent|bid|bade|bids|persuad\w*|advis\w*"
)
WISHED = re.compile(rf"\b(?:{_WISH})\b(?:[^.;:]{{0,60}})$")
MODAL = re.compile(
    r"(?:\b(?:will|shall|would|should|may|might|can|could|must|ought to|is to|are to|was to|were to"
    r"|am to|be to)|['’]ll) (?:not )?(?:\w+ly )?(?:also |then |all |be |soon )*$"
    r"|\b(?:plan(?:s|ned)?|intend(?:s|ed)?|hope[sd]?|want(?:s|ed)?|wish(?:es|ed)?|refuse[sd]?) $"
)
#: "Out of favour with P", "kept in touch with P" tell of no meeting.
APART = re.compile(
    r"\b(?:touch|favou?r|agreement|accord\w*|odds|sympathy|sympathi[sz]\w*|patience|love|terms|league|step|relations?"
    r"|correspond\w*|comparison|compar\w*|connection|connexion|pleased|angry|satisfied|acquainted|acquaintance"
    r"|content|disgusted|charmed|popular|influence|credit|problem|trouble|disagree\w*|agrees?|interfere\w*|deals?"
    r"|familiar|trade|treaty|pact|alliance|war|peace|to do|contact|consistent|faced|impressed|tired)\b"
)
#: "To fly to Moscow and see P": still meant, not done.
AND_TO = re.compile(r"\bto [a-z]+ (?:[^.;]{0,50} )?and (?:\w+ly |then )?$")
#: What is said of a meeting by its noun, but not that it was held.
PROPOSED = re.compile(
    r"\b(?:would|could|should|might|may|must|propos\w*|possib\w*|suggest\w*|planned|arrang\w*"
    r"|idea of|request\w*|about an?|for|prospect\w*|before|until|hold|if|no|any|such"
    r"|favou?r of|opportunity|await\w*|agree\w* to)\b[^.;]{0,50}$"
)
#: Whose a noun of meeting is: "my long talk", "Corbin's conversation".
OWNER = re.compile(
    rf"(?P<d>\b(?:my|our|his|her|their|an?|the|another|such|any)|{P}['’]s?)(?: [a-z-]+){{0,2}} $"
)
#: "During a talk with Zorin, the President", "Dean in a talk with Zorin": where the other is.
IF = re.compile(r"\b(?:if|unless|lest|whether|in case) [^,.;]{0,20}$")
#: The place that people set out for.
WHERE = re.compile(r"\b(?:where|whither|there|and there)(?: also| all)?,? $")
IN_TALK = re.compile(
    r"\b(?:[Ii]n|[Dd]uring|[Aa]t|[Aa]fter|[Ff]ollowing|[Oo]ver) (?:an?|the)(?: [a-z]+){0,2} $"
)
THEN_SUBJECT = re.compile(rf"[^.;{P}]{{0,60}}, (?:the )?(?P<s>{P})(?!['’])")
BEFORE_TALK = re.compile(rf"(?P<s>{P}),? (?:in|during|at|over) (?:an?|the)(?: [a-z]+){{0,2}} $")
#: Left out before a verb in a telegram: "Prior to leaving, talked with …".
BARE_VERB = re.compile(r"(?:^|[.,;:] |\band )(?:then |later |also |again )?$")
SEE_TEXT = re.compile(r"(?:[,(;] ?|\bFor [^.;]{0,40})$")
DID = re.compile(r"^[ —,–-]*(?:which|and this|this|so) (?:I|we|he) did\b")
TO = re.compile(r"\bto (?:\w+ly )?$")
#: An infinitive after these did happen: "went to see", "came to dine", "had occasion to meet".
DONE_TO = re.compile(
    r"\b(?:went|goes|came|comes|come|coming|home|up|down|back|stopped|used|pleased|happened|chanced"
    r"|began|fell|managed|succeeded|glad|proceeded|returned|down|out|abroad|away|continued|on|"
    r"foot|over|church|again|got|gave me leave|early|going|walked|rode|lay|time we|was able"
    r"|drove|set|entered|took me|brought me|carried me|rose)(?: [\w\ue000.]+){0,3} to (?:\w+ly )?$"
)
REPORTING = re.compile(
    r"\b(?:told|tells?|telling|said|says|say|hear|heard|hearing|recalled|mentioned|reported"
    r"|writes?|wrote|word|understand|informed|explained|repeated|noted|stated|remarked|news"
    r"|remembered|described|added)\b[^.;]{0,140}$"
)
FUTURE = re.compile(r"\bto-?morrow\b|\bnext (?:week|month|\w+day)\b|\w+day next\b")
#: Where an office of talk by letter is meant, nobody was together.
LETTER = re.compile(
    r"\b(?:letters?|wrote|writes?|writing|written|cabled?|telegram|telegraph\w*|message|messages"
    r"|note|memorandum)\b"
)
PLACE = re.compile(
    rf"\b(?:at|in|to|into|on board|aboard) (?P<place>(?:(?:the|my|his|her|our|their) )?(?:{P}['’]s?"
    rf"(?: (?:house|home|lodgings?|chamber|office|shop|rooms?|closet|residence))?|"
    r"(?:\d{1,4} )?(?:[A-Z][\w.'’-]+)(?:(?: of| in| upon)? (?:the )?[A-Z][\w.'’-]+)*(?: (?:house|hotel|stairs"
    r"|lodgings?|office|embassy|palace|club|bar|station|hall|garden|gardens))?"
    r"|(?:house|office|lodgings?|chamber|closet|garden|embassy|Embassy|palace|club|hotel|church"
    r"|exchange|guest house|yard|dock|pew|coach|restaurant|home|table|bar)\b))"
)
