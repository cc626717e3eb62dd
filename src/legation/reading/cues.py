"""What the words around a pattern of meeting say: that it was meant, denied or told, and where it was."""

from __future__ import annotations

import re

from legation.reading.masking import PERSON

P = PERSON
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
#: The same without what only goes on in time.
TRAVEL = re.compile(
    rf"\b[Tt]o (?:the |my (?:own )?|his )?(?:[A-Z]|{P})|\b(?:[Tt]hence|[Hh]ence|[Tt]hither|[Hh]ome"
    r"|[Hh]omewards?"
    r"|part(?:ed|ing)|took (?:leave|water|coach|boat)|left|away|back|by (?:water|coach)|went|goes|walked|rode"
    r"|returned|[Ss]o (?:to|I|we)|to (?:bed|church)|next day)\b"
)
#: What comes just before a verb of meeting that did not happen.
DENIED = re.compile(
    r"\b(?:[Nn]ot|[Nn]ever|[Nn]o|without|[Mm]issed(?: of)?|[Cc]ancell?ed|[Ss]kipped|[Pp]ostponed|nor"
    r"|neither|failed(?: \w+)? to|could n[o']t|couldn['’]t"
    r"|(?:never|not) (?:went|come|came|gone|go) to|didn['’]t|unable to|refused to|avoid(?:ed)?|instead of"
    r"|(?:not|\w+n['’]t|never) managed? to|in vain to) (?:\w+ )?$"
)
#: What follows a person who was looked for in vain.
ABSENT = re.compile(
    r"^(?:['’]s)?,? (?:but |who |and )*(?:(?:he|she|they) )?(?:was |were |is |being |but )?"
    r"(?:not (?:within|at home|there|come|in\b|to be found)|abroad|gone|out of town|missed"
    r"|could not)"
)
#: A verb that is only wished, ordered or possible.
MODAL = re.compile(
    r"(?:\b(?:will|shall|would|should|may|might|can|could|must|ought to|is to|are to|was to|were to"
    r"|am to|be to)|['’]ll|Must|Should|Will|Shall|Could|Might|Would|[Nn]eed to"
    r"|[Hh]ave to) (?:not )?(?:\w+ly )?(?:also |then |all |be |soon )*$"
    r"|\b(?:plan(?:s|ned)?|intend(?:s|ed)?|hope[sd]?|want(?:s|ed)?|wish(?:es|ed)?|refuse[sd]?) $"
)
#: "Out of favour with P", "kept in touch with P" tell of no meeting.
APART = re.compile(
    r"\b(?:touch|taken|even|distance|join(?:ed|ing)?|wedding|marr\w+|match|conceit|treat(?:ed|ing)?"
    r"|favou?r|agreement|accord\w*|odds|sympathy|sympathi[sz]\w*|patience|love|terms|league"
    r"|step|relations?"
    r"|correspond\w*|comparison|compar\w*|connection|connexion|pleased|angry|satisfied|acquainted"
    r"|acquaintance"
    r"|content|disgusted|charmed|popular|influence|credit|problem|trouble|disagree\w*|agrees?"
    r"|interfere\w*|deals?"
    r"|familiar|trade|treaty|pact|alliance|war|peace|to do|contact|consistent|faced|impressed|tired)\b"
)
#: "Thinking to have met P", "would have had me lunch with P": it did not come to it.
UNREAL = re.compile(
    r"\b(?:(?:thought|think|thinking|hoped|hoping|meant|meaning|intended|intending|expected|expecting"
    r"|designed|designing|purposed|purposing|resolved|would|should|could|might|wish(?:ed)?|was|were)"
    r"(?: \w+){0,2} (?:to )?have|would have (?:had|made) \w+(?: to)?|instead of|rather than|without"
    r"|possibilit(?:y|ies)"
    r" of|\bto have|prospects? of|hopes? of|chance of|avoid(?:ed|ing)?|idea of|purpose of|proposal of"
    r"|opportunity of"
    r"|(?:\w+ed|interest(?:ed)?) in) (?:\w+ )?$"
)
#: "Dreamt that I met P", "had a dream in which we dined with P".
DREAM = re.compile(
    r"\b(?:[Dd]ream(?:t|ed|s|ing)|(?:[Hh]ad|have) (?:a|the|my) (?:\w+ ){0,2}(?:dream|nightmare))\b"
    r"[^.;:]{0,90}$"
)
HAVING = re.compile(
    r"\b(?:glad|happy|pleased|proud|said|says|seem\w*|appear\w*|report\w*|claim\w*|known|sorry|believed"
    r"|remember\w*"
    r"|supposed|alleged|honou?r\w*|privilege\w*|luck\w*|good fortune|fortune|chance|happened"
    r"|recall\w*) to have (?:\w+ )?$"
)
#: "Suggested that P come to see Q": asked for.
SUBJUNCTIVE = re.compile(
    r"\b(?:suggest\w*|propos\w+|request\w*|ask\w*|recommend\w*|insist\w*|demand\w*|desire\w*|urg\w+"
    r"|prefer\w*)"
    r"\b[^.;]{0,60}$"
)
#: Papers about a meeting that was told of before.
RECORD = re.compile(
    r"\b(?:memorand\w+|records?|texts?|accounts?|reports?|transcripts?|minutes|summar(?:y|ies)|notes?"
    r"|recording"
    r"|description|version) (?:\w+ )?(?:of|on|about) [^.;]{0,40}$"
)
#: "Too soon to go to P".
TO_GO = re.compile(r"(?<!went )(?<!up )\bto (?:go|come|walk|ride|step|have gone|be gone)(?: \w+){0,2} $")
US = re.compile(r"\b(?:us|we)\b")
THERE = re.compile(r"\b(?:there|dined|supped|came to|come to|drank|lay|till)\b")
#: "Sent her to P's".
SENT = re.compile(rf"\b(?:sen[dt]|sending|writ\w*|wrote)(?: (?:(?:my |the )?{P}|\w+)(?: [a-z]+){{0,2}})? $")
#: "In hopes to have P dine with me".
TO_HAVE = re.compile(rf"\b(?:to|would|should|could|will|shall|might) have (?:had )?(?:my |the )?{P} $")
#: "Too late to go to P".
TOO = re.compile(r"\btoo \w+ (?:for (?:me|us) )?to [^.;]{0,30}$")
#: One who is to do something, and who came to do it.
SOMEBODY_TO = re.compile(rf"(?:{P}|\b(?:him|her|them|me|us)),? to (?:\w+ly )?$")
CAME_TO = re.compile(
    r"\b(?:c[ao]m(?:e|es|ing)|went|goes|going|took|taking|brought|carried|led|fetched|called|got|had"
    r"|(?<!bargain )(?<!agreed )(?<!resolved )(?<!appointed )with|and I|I and)\b"
    r"[^.;:]{0,90}$"
)
#: "P came: I busy, saw him not".
SAW_NOT = re.compile(
    r" not\b(?! only)|[^.;]{0,50}?\b(?:saw|see|spoke with|found|met) (?:him|her|them) not\b"
    r"|[^.;]{0,30}?\b(?:could|would|did) not (?:see|speak (?:with|to)|find|meet)\b"
)
#: What somebody said of others was not in the author's company.
TOLD_THAT = re.compile(
    r"\b(?:told|tells?|telling|hear|heard|says?|said|letter|word|news|newes|writ\w*|wrote|understand"
    r"|believe|know|knew)\b"
    r"[^.;]{0,60}?\b(?:that|how|though|because)\b[^.;:]{0,50}$"
)
#: A meeting in a clause of time belongs to what it dates: "before the King came in".
SINCE = re.compile(r"\b(?:since|before|till|until|ere|ever since|against)(?: the| my| our)? $")
#: What an infinitive of meeting depends on when it is meant only.
INTENT = re.compile(
    r"\b(?:inten\w+|resolv\w+|purpos\w+|design\w*|mind|minded|hop(?:e|es|ed|ing)|promis\w+|desir\w+|wish\w*"
    r"|want\w*|appoint\w*|agree\w*|thought|think\w*|order\w*|sen[dt]|sending|invit\w+|bid|bids|ask\w*"
    r"|plann?\w*"
    r"|mean[st]?|meaning|willing|unwilling|loath|like|order|try|tried|offer\w*|refus\w+|expect\w*|persua\w+"
    r"|advis\w+|occasion|reason|leave|wait\w*|need\w*|ought|propos\w+|suggest\w+|arrang\w+|instruct\w*"
    r"|request\w*"
    r"|prepar\w+|ready|able|unable|likely|best|possible|necessary|useful|about|afraid|troubled|sorry"
    r"|impatient"
    r"|tell\w*|told|command\w*|direct\w*|engag\w+|am|is|are|was|were|be|been|have|has|had|having|fit"
    r"|fain)\b[^.;:]{0,60}$"
)
#: A new thought: a day named behind it belongs to something else.
RELATIVE = re.compile(
    r"\b(?:who|whom|whose|which|that|how|what|because|since|told|tells?|telling|said|says|saying|was|were|is"
    r"|are|had|hath|has|come|came|whether|if|it)\b"
)
#: "To advise about treating with P": what somebody might do.
ABOUT_DOING = re.compile(
    rf"\b[Ss]ee(?:ing|n)? {P}[^.;]{{0,30}} $|"
    r"\b(?:about|of|for|concerning|against|upon|by) (?:\w+ ){0,2}\w+ing (?:\w+ ){0,2}$"
)
#: What was done to "P and me", or said of them, was done by others.
GIVEN = re.compile(
    r"\b(?:made|makes?|gave|gives?|given|for|of|about|concerning|between|desired?|from|against|than) $"
)
#: "To fly to Moscow and see P": still meant, not done.
AND_TO = re.compile(
    r"\bto (?!(?:supper|dinner|bed|church|the|my|his)\b)[a-z]+ (?:[^.;]{0,50} )?and (?:\w+ly |then )?$"
)
#: What is said of a meeting by its noun, but not that it was held.
PROPOSED = re.compile(
    r"\b(?:would|could|should|might|may|must|want(?:s|ed)?|wish(?:es|ed)?|hope[sd]?|intend\w*|forthcoming"
    r"|upcoming|coming"
    r"|sought|seeks?|propos\w*|possib\w*|suggest\w*|planned|arrang\w*"
    r"|idea of|request\w*|about an?|for|prospect\w*|before|until|hold|if|no|any|such"
    r"|favou?r of|opportunity|await\w*|agree\w* to)\b[^.;]{0,50}$"
)
#: Before "with P" where a clause begins, or people are on their way or at a place.
SETS_OUT = re.compile(
    r"(?:^|[.;:,)] |\b(?:and|so|but|thence|hence|then|there|here|up|home|abroad|out|back|again|away|off"
    r"|down|forth|late|early"
    r"|all|morning|noon|evening|night|day|alone|both|dinner|supper|lunch|breakfast|church|coach|boat"
    r"|water|river|office"
    r"|court|tavern|house|garden|park|hall|yard|discourse|talk|sport|merry|business|accounts|papers|bills"
    r"|hours?|while"
    r"|time|together|afterwards?|I|we|[A-Z][\w'’]+) )(?:also |in [a-z]+ |at [a-z]+ )?$"
)
#: Whose a noun of meeting is: "my long talk", "Corbin's conversation".
OWNER = re.compile(
    r"(?P<d>\b(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir|an?|the|another|such|any)"
    rf"|{P}['’]s?)(?: [a-z-]+){{0,2}} $"
)
#: "During a talk with Zorin, the President", "Dean in a talk with Zorin": where the other is.
IF = re.compile(r"\b(?:if|unless|lest|whether|in case) [^,.;]{0,20}$")
#: The place that people set out for.
WHERE = re.compile(r"\b(?:where|whither|there|and there)(?: also| all)?,? $")
IN_TALK = re.compile(
    r"\b(?:[Ii]n|[Dd]uring|[Aa]t|[Aa]fter|[Ff]ollowing|[Oo]ver) (?:an?|the)(?: [a-z]+){0,2} $"
)
THEN_SUBJECT = re.compile(rf"[^.;{P}]{{0,60}}, (?:the )?(?:[A-Za-z]+ ){{0,2}}(?P<s>{P})(?!['’])")
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
#: A meal that was before or will be.
PAST = re.compile(
    r"\b(?:[Aa]fter|before|by|for|from|till|until) (?:dinner|supper|church|lunch|breakfast|that)\b"
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
    r"|exchange|guest house|yard|dock|pew|coach|restaurant|home|table|bar"
    r"|canteen|cafeteria|caf[eé]|coffee-?house|coffee shop|pub|inn|tavern|bakery|theatre|theater|opera"
    r"|concert hall|cinema|museum|gallery|library|bookshop|market|station|airport|harbour|harbor|port"
    r"|pier|hospital|clinic|surgery|school|university|college|faculty|laboratory|lab|studio|workshop"
    r"|factory|gym|stadium|(?:swimming )?pool|park|zoo|beach|legation|consulate|chancery|ministry"
    r"|chancellery|parliament|town hall|city hall|court(?:house)?|cathedral|synagogue|mosque|chapel"
    r"|monastery|cemetery|barracks|officers' mess|villa|flat|apartment|cottage|farm|castle|residence"
    r"|drawing[- ]room|dining[- ]room|conference room|meeting room|lobby|foyer|terrace)\b))"
)
#: A word after an article that may be a name, or what a house is called.
AT_THE = re.compile(rf"\b(?:at|in) (?P<place>the {P})(?!['’\w])")
