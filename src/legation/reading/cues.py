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
#: What comes just before a verb of meeting that did not happen.
DENIED = re.compile(
    r"\b(?:[Nn]ot|[Nn]ever|[Nn]o|without|[Mm]issed(?: of)?|[Cc]ancell?ed|[Ss]kipped|[Pp]ostponed|nor"
    r"|neither|failed(?: \w+)? to|could n[o']t|couldn['’]t"
    r"|didn['’]t|unable to|refused to|avoid(?:ed)?|instead of|in vain to) (?:\w+ )?$"
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
    r"\b(?:touch|favou?r|agreement|accord\w*|odds|sympathy|sympathi[sz]\w*|patience|love|terms|league"
    r"|step|relations?"
    r"|correspond\w*|comparison|compar\w*|connection|connexion|pleased|angry|satisfied|acquainted"
    r"|acquaintance"
    r"|content|disgusted|charmed|popular|influence|credit|problem|trouble|disagree\w*|agrees?"
    r"|interfere\w*|deals?"
    r"|familiar|trade|treaty|pact|alliance|war|peace|to do|contact|consistent|faced|impressed|tired)\b"
)
#: "To fly to Moscow and see P": still meant, not done.
AND_TO = re.compile(r"\bto [a-z]+ (?:[^.;]{0,50} )?and (?:\w+ly |then )?$")
#: What is said of a meeting by its noun, but not that it was held.
PROPOSED = re.compile(
    r"\b(?:would|could|should|might|may|must|want(?:s|ed)?|wish(?:es|ed)?|hope[sd]?|intend\w*|forthcoming"
    r"|upcoming|coming"
    r"|sought|seeks?|propos\w*|possib\w*|suggest\w*|planned|arrang\w*"
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
