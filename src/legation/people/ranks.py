"""Titles: what class and sex a title tells, and whether two sets of titles can be one person's."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

Sex = Literal["", "m", "f"]
TitleClass = Literal["courtesy", "knight", "peer", "royal", "military", "cleric", "learned", "kin", "office"]
TitleRelation = Literal["equal", "weaker", "office", "apart", "conflict"]

_POSSESSIVES = frozenset("my our his her its their your thy the old young poor late dear good".split())
_SHORT = {
    "capt": "captain", "captn": "captain", "cpt": "captain", "captaine": "captain", "col": "colonel",
    "coll": "colonel", "collonell": "colonel", "gen": "general", "genl": "general", "maj": "major",
    "lt": "lieutenant", "lieut": "lieutenant", "sgt": "sergeant", "serjt": "sergeant",
    "serjeant": "sergeant", "serj": "sergeant", "cpl": "corporal", "cmdr": "commander",
    "cdr": "commander", "adm": "admiral", "brig": "brigadier", "dr": "dr", "doctor": "dr",
    "drs": "dr", "prof": "professor", "rev": "reverend", "revd": "reverend", "hon": "honourable",
    "honorable": "honourable", "sen": "senator", "gov": "governor", "amb": "ambassador",
    "ald": "alderman", "pres": "president", "mister": "mr", "messrs": "mr", "mssrs": "mr",
    "mistress": "mrs", "madam": "mrs", "madame": "mrs", "mme": "mrs", "mlle": "miss",
    "mademoiselle": "miss", "ms": "ms", "m": "mr", "mons": "mr", "monsieur": "mr", "herr": "mr",
    "hr": "mr", "frau": "mrs", "fr": "mrs", "fraulein": "miss", "senor": "mr", "sr": "mr",
    "senora": "mrs", "sra": "mrs", "senorita": "miss", "signor": "mr", "signora": "mrs",
    "signorina": "miss", "mynheer": "mr", "mijnheer": "mr", "mevrouw": "mrs", "pan": "mr",
    "pani": "mrs", "gospodin": "mr", "tovarishch": "comrade", "ld": "lord", "coz": "cousin",
    "cozen": "cousin", "cozin": "cousin", "cosen": "cousin", "earle": "earl", "marquess": "marquis",
    "undersecretary": "under secretary", "insp": "inspector", "supt": "superintendent",
    "cllr": "councillor", "commr": "commissioner", "comm": "commissioner", "czar": "tsar",
    "graf": "count", "grafin": "countess", "comte": "count", "comtesse": "countess",
    "conte": "count", "contessa": "countess", "vicomte": "viscount", "freiherr": "baron",
    "dad": "father", "papa": "father", "mum": "mother", "mama": "mother", "auntie": "aunt",
    "granny": "grandmother", "grandma": "grandmother", "grandpa": "grandfather",
    "goodwife": "goody", "colonell": "colonel", "collonel": "colonel", "mayde": "maid",
    "mayd": "maid", "lords": "lord", "auditors": "auditor",
}  # fmt: skip


def _rows(**rows: str) -> dict[str, str]:
    return {word: kind for kind, words in rows.items() for word in words.split()}


_CLASS: dict[str, str] = _rows(
    courtesy="mr mrs miss ms mx comrade goodman goody gaffer gammer master squire esquire sahib",
    knight="sir dame bart baronet",
    peer="lord lady duke duchess earl countess count marquis marquise marchioness viscount "
    "viscountess baron baroness",
    royal="king queen prince princess emperor empress tsar tsarina kaiser sultan shah archduke "
    "archduchess infanta dauphin elector electress pope",
    military="captain colonel general major lieutenant sergeant corporal commander commodore admiral "
    "brigadier marshal ensign cornet private midshipman boatswain bosun generalissimo",
    cleric="reverend father bishop archbishop cardinal dean archdeacon canon vicar rector parson "
    "pastor rabbi imam deacon abbot abbess prior prioress monsignor msgr saint chaplain",
    learned="dr professor",
    kin="brother sister uncle aunt cousin mother son daughter wife husband nephew niece grandfather "
    "grandmother grandson granddaughter father-in-law mother-in-law brother-in-law sister-in-law",
)  # fmt: skip
_KIN_ONLY = frozenset(
    "uncle aunt cousin nephew niece grandfather grandmother father-in-law mother-in-law "
    "brother-in-law sister-in-law".split()
)
_FEMALE = frozenset(
    "mrs miss ms goody gammer dame lady duchess countess marquise marchioness viscountess baroness "
    "queen princess empress tsarina archduchess infanta electress sister aunt mother daughter wife "
    "niece grandmother granddaughter mother-in-law sister-in-law abbess prioress widow nurse maid "
    "congresswoman chairwoman ambassadress".split()
)
_MALE = frozenset(
    "mr goodman gaffer master sir lord duke earl count marquis viscount baron king prince emperor "
    "tsar kaiser sultan shah archduke dauphin elector pope brother uncle father son husband nephew "
    "grandfather grandson father-in-law brother-in-law bishop archbishop cardinal abbot prior "
    "squire esquire monsignor congressman chairman alderman".split()
)
#: Titles that a wife takes from her husband: they say nothing of the bare surname.
_MARRIED = frozenset("mrs lady goody gammer duchess countess marchioness viscountess baroness".split())
#: Words that make another office of one ("Under Secretary", "Vice President").
_OTHER = frozenset(
    "under vice deputy assistant acting former ex first second third rear lieutenant major private "
    "colonel foreign prime attorney solicitor field air chief brigadier".split()
)


@lru_cache(maxsize=16384)
def canonical_title(title: str) -> str:
    """Return a folded title in its full, usual form without possessives ("my cozen" → "cousin")."""
    kin, colon, word = title.partition(":")
    if colon:
        return f"{kin}:{_SHORT.get(word, word)}"
    words = [w for w in title.replace("'", " ").replace(".", " ").split() if w not in _POSSESSIVES]
    plain = " ".join(_SHORT.get(w, w) for w in words if w != "s")
    # "Cousin Roger" in a diary is the diarist's; a father, brother or sister may be the Church's.
    return f"kin:{plain}" if plain in _KIN_ONLY else plain


def _head(title: str) -> str:
    words = title.rpartition(":")[2].partition(" of ")[0].partition(" for ")[0].split()
    return words[-1] if words else ""


@lru_cache(maxsize=16384)
def class_of(title: str) -> str:
    """Return the class of a canonical title; what is not known is an office."""
    if ":" in title:
        return "kin"
    head = _head(title)
    words = title.split()
    if (
        head == "general"
        and len(words) > 1
        and words[-2] not in {"major", "lieutenant", "brigadier", "colonel"}
    ):
        return "office"
    if "excellency" in words or "highness" in words or "majesty" in words:
        return "peer"
    return _CLASS.get(head, "office")


@lru_cache(maxsize=16384)
def classes_of(titles: tuple[str, ...]) -> frozenset[str]:
    """Return the classes of a set of canonical titles."""
    return frozenset(class_of(t) for t in titles)


@lru_cache(maxsize=16384)
def sex_of(titles: tuple[str, ...]) -> Sex:
    """Return the sex that titles tell, if they do."""
    heads = {_head(t) for t in titles}
    if heads & _FEMALE:
        return "f"
    return "m" if heads & _MALE else ""


@lru_cache(maxsize=16384)
def is_vague(titles: tuple[str, ...]) -> bool:
    """Say whether a title tells whose relation it is, and not whose ("her son James")."""
    return any(t.startswith("other:") for t in titles)


@lru_cache(maxsize=16384)
def is_wifely(titles: tuple[str, ...]) -> bool:
    """Say whether the titles may come from a husband ("Mrs.", "Lady")."""
    return any(_head(t) in _MARRIED for t in titles)


@lru_cache(maxsize=65536)
def relate_titles(a: tuple[str, ...], b: tuple[str, ...]) -> TitleRelation:
    """Say how two sets of titles agree.

    equal: the same, or one adds to the other; weaker: one side has none; office: a courtesy beside
    an office ("Mr." and "Ambassador"); apart: different ranks, no contradiction proven;
    conflict: different sexes, or a plain "Mr." beside a knight, peer or prince.
    """
    sex_a, sex_b = sex_of(a), sex_of(b)
    if sex_a and sex_b and sex_a != sex_b:
        return "conflict"
    if not a or not b:
        return "equal" if a == b else "weaker"
    if set(a) & set(b):
        return "equal"
    class_a, class_b = classes_of(a), classes_of(b)
    plain_a, plain_b = class_a == {"courtesy"}, class_b == {"courtesy"}
    if plain_a and plain_b:
        return "equal" if set(a) & set(b) else "apart"
    if plain_a or plain_b:
        other = class_b if plain_a else class_a
        if other & {"knight", "peer", "royal"}:
            return "conflict"
        if "f" in {sex_a, sex_b} and sex_a != sex_b:
            return "apart"  # "Mrs. Kennedy" beside "President Kennedy": his wife.
        return "office" if "office" in other else "apart"
    if any(same_office(x, y) for x in a for y in b):
        return "equal"
    return "apart"


def same_office(a: str, b: str) -> bool:
    """Say whether two office titles are one with and without its field ("Secretary of State")."""
    if a == b:
        return True
    few, many = sorted((a.split(), b.split()), key=len)
    if len(few) == len(many) or _head(a) != _head(b) or not set(few) <= set(many):
        return False
    return not (set(many) - set(few)) & _OTHER
