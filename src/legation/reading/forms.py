"""Which form a meeting had: words of meals, journeys, churches, theatres and the rest."""

from __future__ import annotations

import re

#: What hangs over the doors of inns: "at the Swan", "to the Three Tuns".
_SIGNS = (
    r"the (?:(?:white|black|red|golden|green|blue|old|great|little|two|three|four|seven|half|king['’]s"
    r"|queen['’]s|pope['’]s"
    r"|turk['’]s|saracen['’]s|boar['’]s|nag['’]s|bull['’]s|duke['’]s) )?(?:swans?|lions?|bull|bear|crown"
    r"|sun|star|stars"
    r"|rose|bell|bells|globe|ship|anchor|mitre|miter|dolphin|angel|george|harp|cock|dog|fox|goat"
    r"|greyhound|hart|horse"
    r"|leg|mermaid|ram|sugar ?loaf|tuns?|wheatsheaf|moon|fleece|feathers|devil|cross keys|bush|plough"
    r"|head|hind"
    r"|cat|pheasant|pelican|phoenix|unicorn|griffin|antelope|chequers?|boar|stag|falcon|raven|eagle"
    r"|castle|trumpet"
    r"|salutation|pillars|spread eagle)(?! of\b)"
)
#: Words to forms; of those found in the words of an account the first in this order decides.
_FORM_WORDS: tuple[tuple[str, str], ...] = (
    ("telephone", r"telephon\w*|phoned?|rang|rung|by phone"),
    ("breakfast", r"breakfast\w*|morning['’]s draught|morning['’]s draft|morning draft"),
    ("lunch", r"lunch\w*|working lunch"),
    ("supper", r"supp?ed|supt|sup|supper"),
    ("dinner", r"dine[ds]?|dining|dinner|banquet"),
    ("theatre", r"[Tt]heatres?|[Tt]heaters?|[Pp]lay-?house|[Oo]pera|(?:the|an?) (?:[a-z]+ ){0,3}play|plays|concert|ballet|cinema"),  # noqa: E501
    ("church", r"[Cc]hurch|[Cc]happell?|[Mm]ass|sermon|[Cc]athedral|in his pew|synagogue"),
    ("reception", r"reception|cocktails?|christening|wedding|funeral|burial|ball|garden party|at-home|soir[ée]e|party"),  # noqa: E501
    ("tavern", r"[Tt]avern|ale-?house|[Cc]offee-?[Hh]ouse|drank|drink|drinking|a pint|ale|bar|pub|(?<!['’]s )inn|wine|bottles?"),  # noqa: E501
    ("tavern", _SIGNS),
    ("session", r"sat (?:all|till|until|late|close)|we sat|[Cc]ommittee|[Cc]ouncil [Cc]hamber|the [Bb]oard|session|summit|conference|[Pp]lenary"),  # noqa: E501
    ("walk", r"walk\w*|on foot|stroll\w*|took a turn"),
    ("journey", r"by (?:water|coach|boat|barge|land|train|car|air|sea|plane)|took (?:coach|water|boat|horse|train)|on horseback|took the (?:air|ayre)|rode|ride|riding|rid|coach|boat|barge|drove|driven|drive|(?:up|down|on|over|upon) the (?:river|water)|flew|sailed|travell?ed|journey"),  # noqa: E501
    ("session", r"(?:at|to) (?:the|my) office|admiralty"),
)  # fmt: skip
_FORMS = re.compile(
    rf"\b(?:{'|'.join(f'(?P<f{n}>{words})' for n, (_, words) in enumerate(_FORM_WORDS))})\b".lower().replace(
        "(?p<", "(?P<"
    )
)
#: How much a form says: a later sign of a higher rank gives a sitting its form.
RANK = {
    "meeting": 0, "visit": 1, "call": 1, "corridor": 1, "walk": 2, "journey": 2, "session": 3,
    "tavern": 3, "church": 4, "reception": 4, "theatre": 5, "breakfast": 5, "lunch": 5,
    "dinner": 5, "supper": 5, "telephone": 5, "letter": 0,
}  # fmt: skip
MEALS = frozenset({"breakfast", "lunch", "dinner", "supper"})


def form_of(words: str, default: str = "meeting", *, only: frozenset[str] | None = None) -> str:
    """Name the form that the words speak of, else the default."""
    best = len(_FORM_WORDS)
    # A party with a capital is one of politics.
    for match in _FORMS.finditer(words.replace("Party", "").lower()):
        order = int(match.lastgroup[1:]) if match.lastgroup else best
        if order < best and (only is None or _FORM_WORDS[order][0] in only):
            best = order
    return _FORM_WORDS[best][0] if best < len(_FORM_WORDS) else default


def stronger(first: str, second: str) -> str:
    """Of two forms of one sitting the one that says more; the first where they say as much."""
    return second if RANK[second] > RANK[first] else first


#: Words of meeting that begin an item of a diary; alone they are nobody's name.
MEETING_WORDS = frozenset(
    """
    lunch luncheon dinner supper breakfast brunch tea coffee drinks beer beers cocktails meal picnic
    telephone phone call calls zoom skype teams facetime video chat talk talks catch-up catchup
    meeting meetings interview session audience appointment visit walk stroll drive trip outing
    theatre opera concert cinema film church weekend evening afternoon morning day night party
    reception banquet workshop briefing debrief conversation discussion consultation rehearsal date
    met saw phoned telephoned rang rung called visited received hosted entertained interviewed
    joined ran bumped caught spoke talked chatted dropped looked popped stayed skyped zoomed
    collected fetched welcomed greeted briefed consulted took lunched dined supped breakfasted
    walked drove went had guests present attending attendees participants company also with to at
    then later afterwards golf tennis chess bridge weekend standup stand-up need
    team budget project status birthday gave held invited interviewed introduced texted emailed brought
    quick weekly daily monthly annual drove flew swam played worked spent wrote rainy sunny video hosted
    missed
    """.split()
)
