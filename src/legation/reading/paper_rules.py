"""Patterns of meeting people as reports, letters and histories tell of it, over masked text.

They are tried beside those of `encounter_rules`; groups and masks are the same.
"""

from __future__ import annotations

from legation.reading.masking import QUOTE
from legation.reading.patterns import (
    ADDED,
    ADV,
    LEAD,
    NAMED,
    PARTY,
    PLAIN,
    SHORT,
    WHOM,
    WITH_WHOM,
    P,
    Rule,
    make_rule,
)

_TALKS = (
    r"conversations?|talks?|meetings?|interviews?|discussions?|luncheon|lunch|dinner|supper|breakfast"
    r"|audience|appointment|encounter|exchanges? of views|visit|session|call"
)
_PUT = (
    r"made|put|raised|presented|expressed|conveyed|delivered|handed|gave|given|read|suggested|proposed"
    r"|mentioned|stated|said|explained|repeated|outlined|described|stressed|emphasi[sz]ed|spoke|spoken|talked"
    r"|complained|remarked|observed|indicated|commented|reported"
)

PAPER_RULES: tuple[Rule, ...] = (
    make_rule(
        "came-to",
        rf"(?P<s>{LEAD}){ADDED} (?:had |has |have |did |was |is )?{ADV}(?P<v>come|came|comes|coming|gone|went"
        rf"|flew|flown|travell?ed|returned|arrived)(?: \w+){{0,4}}? to (?:join|see|visit|meet"
        r"|call (?:up)?on|consult"
        rf"|dine with|lunch with|talk to|talk with|confer with|stay with) (?P<w>{WHOM})",
        "visit",
        0.74,
        mutual=True,
        anchor=r" to (?:join|see|visit|meet|call|consult|dine|lunch|talk|confer|stay)\b",
        back=120,
    ),
    make_rule(
        "came-to",
        rf"(?P<s>{LEAD}){ADDED} (?:had |has |have |did )?{ADV}(?P<v>came|gone|went|flew|flown|travell?ed"
        rf"|returned|proceeded|stopped)(?: (?:by|in|to|at|on|over|back|off|home)(?: [\w.]+){{1,5}}?)? "
        rf"(?:to brief|to report to|to inform|to confer with|for (?:an? |the |his |her |further )"
        rf"(?:[a-z]+ )?(?:meetings?|talks?|briefings?|conversations?|consultations?|discussions?) (?:with"
        rf"|of)) "
        rf"(?P<w>{WHOM})",
        "",
        0.76,
        "to brief|to report|to inform|to confer|for ",
        mutual=True,
        anchor=r" (?:to (?:brief|report|inform|confer)|for (?:an?|the|his|her|further))\b",
        back=130,
    ),
    make_rule(
        "appointment",
        rf"\b(?P<v>appointments?|[Aa]rrangements|engagement|interview)(?: [a-z]+){{0,3}}? (?:to |for )?(?:see"
        rf"|seeing|meet|meeting|call(?:ing)? on|with) (?P<w>{NAMED})",
        "",
        0.74,
        "ppointment|rrangement|engagement|interview",
    ),
    make_rule(
        "asked-to-see",
        rf"(?P<s>{LEAD}){ADDED} (?:had |has )?{ADV}(?P<v>asked|requested|sought)(?: urgently)? (?:to|an "
        rf"(?:urgent )?appointment to|if he (?:could|might)) (?:see|meet|call on|speak (?:to|with)|talk (?:to"
        rf"|with)) (?P<w>(?:me|us|him)(?![\w’'])|{NAMED})",
        "call",
        0.72,
        "asked |requested |sought ",
        mutual=True,
        anchor=r" (?:asked|requested|sought)\b",
        back=90,
    ),
    make_rule(
        "reached",
        rf"(?P<s>{LEAD}){ADDED} (?:had |has )?{ADV}(?P<v>reached|telephoned|phoned|rang)"
        rf"(?: by (?:tele)?phone)? (?P<w>{NAMED})(?=[^.;]{{0,120}}\b(?:telephon|phone|conversation|call))",
        "telephone",
        0.74,
        "reached|phoned|rang",
        mutual=True,
        anchor=r" (?:reached|telephoned|phoned|rang)\b",
        back=90,
    ),
    make_rule(
        "handed",
        rf"(?P<s>{LEAD}){ADDED} (?:had |has |did )?{ADV}(?P<v>handed|gave|delivered|presented|read)"
        rf" (?P<w>{NAMED})(?: an?| the| his| her| copies| copy| two)(?: [\w’'-]+){{0,3}}? (?:letter|note"
        rf"|notes"
        rf"|message|memorandum|aide-m[eé]moire|paper|document|text|copy|draft|list|reply|statement|oral)\b",
        "",
        0.72,
        "handed|gave|delivered|presented|read",
        mutual=True,
        anchor=r" (?:handed|gave|delivered|presented|read)\b",
        back=90,
    ),
    make_rule(
        "handed-by",
        rf"\b(?P<v>handed|given|delivered|read|presented)(?: (?:personally|orally|also|to"
        rf"|over))* (?P<w>(?:me|us)"
        rf"(?![\w'’])|{NAMED}) (?:today |yesterday |personally )?by (?P<s>{NAMED})",
        "",
        0.76,
        " by ",
        mutual=True,
    ),
    make_rule(
        "briefed",
        rf"(?P<s>{LEAD}){ADDED} (?:had |has |also )?{ADV}(?P<v>briefed|notified|debriefed|escorted|consulted)"
        rf" (?P<w>{NAMED})",
        "",
        0.66,
        "riefed |notified|escorted|consulted",
        mutual=True,
        anchor=r" (?:briefed|notified|debriefed|escorted|consulted)\b",
        back=100,
    ),
    make_rule(
        "seeing",
        rf"\b(?:question|possibility|idea|subject|prospect|desirability|matter|advantages?|merits?|plan"
        rf"|purpose"
        rf"|favou?r|suggestion|proposal|chance|problem) of (?P<s>{PLAIN})(?:['’]s?)? (?P<v>seeing"
        rf"|meeting(?: with)?"
        rf"|calling on|receiving|visiting|talking (?:to|with)) (?P<w>{NAMED})",
        "",
        0.74,
        " of ",
        mutual=True,
    ),
    make_rule(
        "he-saw",
        rf"\b(?P<s>[Hh]e|[Ss]he) (?:had |has |did |also |then )*(?P<v>talked to|spoke to|saw|seen|received"
        rf"|called in|lunched with|conferred with|met again with|had (?:a |an )?(?:[a-z-]+ )?(?:talk|lunch"
        rf"|dinner"
        rf"|meeting|conversation) with) (?P<w>{NAMED})",
        "",
        0.7,
        "he ",
        mutual=True,
    ),
    make_rule(
        "attended-my",
        rf"(?P<s>{LEAD})[^.;{P}]{{0,60}} (?P<v>attended|came to|was guest at|were guests at"
        rf"|was at) (?P<w>my|our)"
        rf" (?=(?:[a-z]+ )?(?P<n>reception|dinner|luncheon|lunch|party|buffet|supper|residence))",
        "",
        0.76,
        " my | our ",
        mutual=True,
        anchor=r" (?:my|our) (?:[a-z]+ )?(?:reception|dinner|luncheon|lunch|party|buffet|supper|residence)",
        back=130,
    ),
    make_rule(
        "at-reception",
        rf"\b[Aa]t (?:the |a |an |last night['’]s |yesterday['’]s )?(?:[A-Z][\w-]+ "
        rf"|[a-z-]+ ){{0,3}}?(?P<v>reception"
        rf"|luncheon|dinner|lunch|buffet|party)\b[^.;]{{0,90}}? (?P<s>{NAMED})\d? (?:[a-z]+ly )?(?:again "
        rf"|also |then )?"
        rf"(?:said|told|asked|remarked|mentioned|spoke|came|approached|took|drew|sought|expressed|raised"
        rf"|referred|called|observed|complained|stated)",
        "",
        0.74,
        "reception|luncheon|dinner|lunch|buffet|party",
        mutual=True,
    ),
    make_rule(
        "credentials",
        rf"(?P<s>{LEAD}){ADDED} (?:had |has )?{ADV}(?P<v>presented (?:his|her) (?:letters of )?"
        rf"(?:credence|credentials)) to (?P<w>{NAMED})",
        "",
        0.84,
        "credenti|credence",
        mutual=True,
        anchor=r" presented (?:his|her)\b",
        back=90,
    ),
    make_rule(
        "credentials",
        rf"\b(?P<v>[Pp]resented (?:my )?(?:letters of )?(?:credence|credentials)) to (?P<w>{NAMED})",
        "",
        0.84,
        "credenti|credence",
    ),
    make_rule(
        "talk-on",
        rf"\b(?P<v>{_TALKS})(?:,? (?:on|of|in|at) [^.;:{P}]{{3,44}}?),? with (?P<w>{NAMED})",
        "",
        0.72,
        " with ",
        anchor=WITH_WHOM,
        back=66,
    ),
    make_rule(
        "own-talk",
        rf"\b(?:[Ii]n|[Dd]uring|[Aa]t|[Aa]fter|[Ff]ollowing|[Tt]hroughout|[Ii]n the course of) (?:an?|the|his"
        rf"|her|their|another) (?:[A-Za-z0-9’-]+ ){{0,4}}?(?P<v>{_TALKS})\b(?:,? (?:on|of|in|at) "
        rf"[^.;:{P}]{{3,44}}?,?)? with (?P<w>{NAMED})(?:(?:,? (?:on|in|at|of|earlier|the|about|concerning) "
        rf"[^.;:{P}]{{2,60}}?)?,\d{{0,2}}|(?= (?:the )?{P}))(?= (?:the )?(?P<s>{LEAD}|(?:he|she|I"
        rf"|we)\b)(?!['’]))",
        "",
        0.8,
        " with ",
        mutual=True,
        anchor=WITH_WHOM,
        back=90,
    ),
    make_rule(
        "session-with",
        rf"\b(?P<v>sessions?|consultations?|briefing|get-together|tête-à-tête)(?: {SHORT})? "
        rf"with (?P<w>{NAMED})",
        "",
        0.7,
        " with ",
        anchor=WITH_WHOM,
        back=50,
    ),
    make_rule(
        "saw-head",
        rf"(?P<s>{LEAD})[^.;{P}]{{0,60}}?,? where (?:he|she) {ADV}(?P<v>saw|met|spoke (?:to|with)|called on"
        rf"|was received by) (?P<w>{NAMED})",
        "",
        0.78,
        "where ",
        mutual=True,
        anchor=r" where (?:he|she)\b",
        back=120,
    ),
    make_rule(
        "they-met",
        rf"\b(?P<w>[Tt]hey|both) (?:had |also |all |both |then |again )?{ADV}(?P<v>met|conferred|dined"
        rf"|lunched"
        rf"|resumed|talked)\b(?! with)",
        "",
        0.7,
        "hey |both ",
        mutual=True,
    ),
    make_rule(
        "our-talk",
        rf"\b(?P<w>our) (?:[a-z-]+ ){{0,2}}?(?P<v>{_TALKS})\b(?! with\b)",
        "",
        0.6,
        "our ",
        lead=r"\b(?:refer\w*|recall\w*|remember\w*|mention\w*|since|after|following|remind\w*|from|at|to|of|upon|on)"
        r"(?: \w+)? $",
    ),
    make_rule(
        "call-of",
        rf"(?P<s>{P})['’]s (?:[a-z]+ )?(?P<v>call|visit)(?: on (?P<w>me|us)\b|(?= (?:to-?day|this \w+"
        r"|yesterday|on [A-Z]))"
        r"(?=[^.;]{0,60}\b(?:I|me|us|we)\b))",
        "call",
        0.7,
        mutual=True,
        anchor=r" (?:call|visit)\b",
        back=40,
    ),
    make_rule(
        "joined-names",
        rf"(?P<s>{P})[-–](?P<w>{P}) (?:[a-z]+ )?(?P<v>summit|meetings?|talks?|conversations?|exchanges?"
        r"|discussions?|dinner"
        r"|lunch|luncheon|encounter|interview)\b",
        "",
        0.74,
        mutual=True,
        anchor=rf"{P}[-–]{P}",
        back=2,
    ),
    make_rule(
        "call-on",
        r"\b(?P<v>calls?|visits?|[Cc]ourtesy call) (?:yesterday |to-?day "
        rf"|this \w+ )?(?:up)?on (?P<w>{NAMED})",
        "call",
        0.7,
    ),
    make_rule(
        "beside",
        r"\b(?P<v>sat|seated|sitting|placed|stood|standing) (?:next to|beside|opposite"
        rf"|alongside) (?P<w>{WHOM})",
        "",
        0.76,
        "sat |seated |sitting |placed |stood |standing ",
    ),
    make_rule(
        "officially",
        rf"\b(?:I|[Ww]e) (?:had |have )?{ADV}(?P<v>called in|summoned|approached|handed|invited"
        r"|sought out|received"
        rf"|(?:delivered|presented|handed|gave|put) [^.;{P}]{{2,40}} to|(?:raised|took up|taken up"
        r"|reviewed|went over) "
        rf"[^.;{P}]{{2,40}} with) (?P<w>{NAMED})",
        "",
        0.62,
        "I |we |We ",
    ),
    make_rule(
        "whom",
        rf"(?P<w>{LEAD}){ADDED},? (?:with )?whom (?:I|we) (?:had |have |did )?{ADV}(?P<v>met|saw|found|spoke"
        r"|talked|dined|lunched|visited|discoursed|called (?:up)?on|discussed|supped|walked|conferred)\b",
        "",
        0.74,
        anchor=r" whom (?:I|we)\b",
        back=110,
    ),
    make_rule(
        "with-whom",
        rf"\bwith whom (?:I|we) (?:had |have )?{ADV}(?P<v>met|spoke|talked|dined|lunched|discussed|conferred"
        rf"|supped)(?: [a-z]+){{0,3}}?(?:,? (?:including|such as|among them|were|was)|:) (?P<w>{NAMED})",
        "",
        0.74,
        "with whom ",
    ),
    make_rule(
        "put-to",
        rf"(?P<s>{LEAD}){ADDED} (?:had |has "
        rf"|did )?{ADV}(?P<v>{_PUT})\b(?!{QUOTE})[^.;:!?,{P}]{{0,60}}? to (?P<w>{NAMED})",
        "",
        0.5,
        mutual=True,
        anchor=rf" to (?=(?:the |my |our )?(?:[A-Z][a-z]+ ){{0,2}}{P})",
        back=150,
    ),
    make_rule(
        "told-in-talk",
        rf"\b(?:[Ii]n|[Dd]uring|[Aa]t|[Oo]ver) (?:an?|the|our|this) (?:[a-z-]+ ){{0,3}}?(?P<v>{_TALKS})"
        rf"\b[^.;:{P}]{{0,60}}?,? (?:the )?(?P<s>{LEAD}){ADDED} (?:had |has |did )?{ADV}(?:told|asked"
        r"|informed"
        rf"|assured|warned|reminded|raised with|urged|pressed|handed|gave) (?P<w>{WHOM})",
        "",
        0.78,
        "n |t |g |r ",
        mutual=True,
        anchor=rf"\b(?:{_TALKS})\b",
        back=44,
    ),
    make_rule(
        "present-at",
        rf"(?P<s>{LEAD}) (?:had |has |have )?(?:also |both |all )?(?P<v>attended|took part|participated"
        r"|were present|was"
        r" present|been present|sat in)\b",
        "",
        0.5,
        mutual=True,
        anchor=r" (?:attended|took part|participated|were present|was present|been present|sat in)\b",
        back=110,
    ),
    make_rule(
        "attended-by",
        rf"\b(?P<v>attended|joined|accompanied|received|seen off|greeted) by (?P<s>{NAMED})",
        "",
        0.5,
        " by ",
    ),
    make_rule(
        "those-present",
        r"\b(?:(?:[Pp]articipants|[Tt]hose (?:present|attending)|[Aa]lso present"
        rf"|[Oo]thers present)(?: [^.;:{P}]{{0,40}})?"
        rf"(?: included| include| were|:)|[Ii]n attendance (?:was|were)) (?P<s>{PARTY})",
        "",
        0.78,
        "resent|ttend|articipants",
        mutual=True,
    ),
)

#: Rules that are tried in papers alone.
ONLY_PAPERS = frozenset(
    {
        "appointment", "asked-to-see", "reached", "handed", "credentials", "talk-on", "saw-head", "own-talk",
        "they-met", "session-with", "handed-by", "briefed", "he-saw", "attended-my", "at-reception",
        "seeing",
    }
)  # fmt: skip
