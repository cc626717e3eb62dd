"""What is known of a word out of its context: flags from the word lists, looked up once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from legation.reading.lexicon.given import AMBIGUOUS, GIVEN
from legation.reading.lexicon.offices import KIN, NATIONALITIES, OFFICES, TRADES
from legation.reading.lexicon.ordinary import FUNCTION, NON_NAMES, OPENERS
from legation.reading.lexicon.places import (
    ORGANISATION_TAILS,
    PLACE_TAILS,
    PLACES,
    SURNAME_PLACES,
)
from legation.reading.lexicon.scripts import OPENERS as OTHER_OPENERS
from legation.reading.lexicon.scripts import PLACES as OTHER_PLACES
from legation.reading.lexicon.surnames import FAMOUS, IBERIAN, SURNAMES
from legation.reading.lexicon.titles import MODIFIERS, PEERS, PLURALS, RULERS, STRONG, WEAK
from legation.reading.tokens import fold

F_STRONG = 1
F_WEAK = 2
F_MODIFIER = 4
F_GIVEN = 8
F_AMBIGUOUS = 16
F_PLACE = 32
F_PLACE_TAIL = 64
F_ORG_TAIL = 128
F_FUNCTION = 256
F_NON = 512
F_OPENER = 1024
F_NATION = 2048
F_PARTICLE = 4096
F_SUFFIX = 8192
F_KIN = 16384
F_OFFICE = 32768
F_TRADE = 65536
F_PEER = 131072
F_RULER = 262144
F_PLURAL = 524288
F_SURNAME = 1 << 20
#: A place that is hardly ever a surname.
F_ONLY_PLACE = 1 << 21
#: A word before the name of a ship.
F_SHIP = 1 << 22
F_FAMOUS = 1 << 23

F_TITLE = F_STRONG | F_WEAK
F_TAIL = F_PLACE_TAIL | F_ORG_TAIL
F_NEVER = F_FUNCTION | F_NON

#: Small words inside a surname.
PARTICLES = frozenset(
    """
    de du des d di da do dos das del della dello degli dei dal von van vom zu zum zur der den ter
    te ten het la le les lo los las el al bin ibn ben bat af av auf ap y e und
    """.split()
)
#: Particles that also begin a surname written with a capital ("De Gaulle", "Te Water").
CAPITAL_PARTICLES = frozenset(
    "de du des di da del della von van der den ter te ten la le lo el al st mac mc fitz o".split()
)
SUFFIXES = frozenset("jr snr jnr sr esq esqr esquire bart bt ii iii iv vi vii viii ix xi xii xiv xvi".split())

_SURNAME_ENDS = re.compile(
    r"(?:[oe]v|[oe]va|sk[iy]|skii|sky|skaya|ska|cki|enko|chuk|vich|vitch|wicz|ovic|evic|oglu|ian|yan"
    r"|shvili|adze|mann|berg|berger|stein|feld|feldt|bauer|meier|meyer|hoff|heim|itz|witz|ssen|quist"
    r"|strom|gren|lund|dahl|esen|nsen|dsen|tsen|rsen|sson|escu|opoulos|idis|akis|ellini|etti|otti|ucci"
    r"|ini|oni|ez|stra|sma|inga|ton|son|field|worth|well|more|man|wood|ley|ford|bury|croft|stone"
    r"|ingham|kin|kins|cott|thwaite|ridge|brook|by|gate|house|low|shaw|combe|burn|land)$"
)
_ABSTRACT_ENDS = re.compile(
    r"(?:ists|ites|isms?|ness|tions?|ments?|ities|ity|ology|ologies|ships?|hoods?|eers|ances?|ences?)$"
)
_ADJECTIVE_ENDS = re.compile(r"(?:[^d]al|ive|ary|ese|ic|ical|ied|ous)$")
#: The endings among them that hardly any place has.
_SURE_ENDS = re.compile(
    r"(?:[^aeiou][oe]v|sk[iy]|sky|skaya|enko|chuk|vich|vitch|wicz|oglu|shvili|adze|mann|stein"
    r"|[a-z]nsen|sson|escu|opoulos|akis|kins|yan|son)$"
)
_SETS: tuple[tuple[int, frozenset[str]], ...] = (
    (F_STRONG, STRONG),
    (F_WEAK, WEAK),
    (F_MODIFIER, MODIFIERS),
    (F_GIVEN, GIVEN),
    (F_AMBIGUOUS, AMBIGUOUS),
    (F_PLACE, PLACES | OTHER_PLACES),
    (F_PLACE_TAIL, PLACE_TAILS),
    (F_ORG_TAIL, ORGANISATION_TAILS),
    (F_FUNCTION, FUNCTION),
    (F_NON, NON_NAMES),
    (F_OPENER, OPENERS),
    (F_NATION, NATIONALITIES),
    (F_PARTICLE, PARTICLES),
    (F_SUFFIX, SUFFIXES),
    (F_KIN, KIN),
    (F_OFFICE, OFFICES),
    (F_TRADE, TRADES),
    (F_PEER, PEERS),
    (F_RULER, RULERS),
    (F_PLURAL, frozenset(PLURALS)),
    (F_SURNAME, SURNAMES),
    (F_FAMOUS, FAMOUS),
    (F_ONLY_PLACE, PLACES - SURNAME_PLACES - SURNAMES - GIVEN - FAMOUS),
    (F_SHIP, frozenset("hms uss ss mv rms hmcs".split())),
)


def _build() -> dict[str, int]:
    flags: dict[str, int] = {}
    for bit, words in _SETS:
        for word in words:
            key = fold(word)
            flags[key] = flags.get(key, 0) | bit
    return flags


_FLAGS = _build()


_CAMEL = re.compile(r"[a-z][A-Z]")
_SCOTS = re.compile(r"(?:Ma?c|De|Di|Du|La|Le|Lo|Van|Von|Vander|Fitz|Des|Del|Della|St|Mc|Te)[A-Z]")
_PREFIXES = frozenset(
    """
    sino franco anglo indo russo euro afro austro pan trans neo anti pro non inter italo serbo greco
    germano luso nippo post pre all mid sub ultra semi vice ex co
    """.split()
)


def _is_compound(key: str) -> bool:
    """Say whether a hyphenated word is made of peoples, bodies or prefixes rather than names."""
    first, _, rest = key.partition("-")
    parts = key.split("-")
    return (
        first in _PREFIXES
        or rest in _PREFIXES
        or any(
            _FLAGS.get(p, 0) & (F_NATION | F_NON) and not _FLAGS.get(p, 0) & (F_GIVEN | F_SURNAME)
            for p in parts
        )
        or all(_FLAGS.get(p, 0) & F_PLACE for p in parts)
    )


#: Case endings of names in Russian and Greek, folded, and what the first case has in their place.
_CASES = tuple(
    (ending, base)
    for base, endings in (
        ("", "a u om e y i em"), ("a", "y i e u oy oyu"), ("y", "ya yu em e"), ("iya", "ii iyu iey"),
        ("s", ""), ("os", "oy o e"),
    )
    for ending in (endings.split() or [""])
)  # fmt: skip


def _look_up_inflected(key: str) -> int:
    """Return the flags of a word in Cyrillic or Greek in another case than the first."""
    for ending, base in _CASES:
        if key.endswith(ending) and len(key) - len(ending) > 2:
            flags = _FLAGS.get(key[: len(key) - len(ending)] + base, 0) & (F_GIVEN | F_PLACE)
            if flags:
                return flags
    return 0


@lru_cache(maxsize=65536)
def look_up(word: str) -> tuple[str, int]:
    """Return the key (folded, without dots) and the flags of a word as written."""
    key = fold(word).replace(" ", "")
    flags = _FLAGS.get(key, 0)
    if not word.isascii() and word[0] > "\u036f":
        return key, F_FUNCTION if key in OTHER_OPENERS else flags or _look_up_inflected(key)
    if not flags and "'" in key and _FLAGS.get(key.partition("'")[0], 0) & F_FUNCTION:
        return key, F_FUNCTION  # "I'll", "It's"
    if key.endswith("n't"):
        return key, F_FUNCTION  # "Didn't", "Couldn't"
    if not flags and "-" in key and _is_compound(key):
        return key, F_NON  # "East-West", "Sino-Soviet"
    if not flags and _CAMEL.search(word) and not _SCOTS.match(word):
        return key, F_NON  # "SovGov"
    return key, flags


@lru_cache(maxsize=16384)
def weigh_ending(key: str) -> float:
    """Return how far the end of a folded word speaks for a surname: -1.5, -.8, 0, .4 or 1."""
    if len(key) < 5:
        return 0.0
    if _ABSTRACT_ENDS.search(key):
        return -1.5
    if _SURE_ENDS.search(key):
        return 1.0
    if _ADJECTIVE_ENDS.search(key):
        return -0.8
    return 0.4 if _SURNAME_ENDS.search(key) else 0.0


def is_double_surname(words: Sequence[str]) -> bool:
    """Say whether words are a father's and a mother's surname, as Spain and Portugal bear them."""
    keys = [look_up(w)[0] for w in words if w]
    if len(keys) != 2:
        return False
    return keys[0] in IBERIAN and keys[1] in IBERIAN and not _FLAGS.get(keys[0], 0) & F_GIVEN


def is_initial(word: str) -> bool:
    """Say whether a token is one or more initials ("W.", "M.A.M.", "T")."""
    if word.endswith("."):
        return len(word) > 1 and word[0].isupper() and (len(word) == 2 or (len(word) <= 8 and word[1] == "."))
    return len(word) == 1 and word.isupper()
