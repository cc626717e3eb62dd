"""What stands around a name: words before and after that speak for a person or for a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from legation.reading.name_words import (
    F_KIN,
    F_OFFICE,
    F_ORG_TAIL,
    F_PLACE_TAIL,
    F_TRADE,
    look_up,
)
from legation.reading.tokens import Token

#: Verbs whose subject is a person.
PERSON_VERBS = frozenset(
    """
    told tells said says saith tell say replied answered asked asks remarked observed added declared
    stated explained cried exclaimed wrote writes thought believed argued suggested smiled nodded
    laughed spoke speaks responded insisted complained warned promised recalled admitted invited
    introduced telephoned phoned dined lunched supped breakfasted drank sang wept sighed whispered
    shouted murmured muttered swore confessed denied agreed disagreed refused hoped feared wished
    wanted wants thinks believes knew knows felt feels meant means seemed looked sat stood walked
    married died lay slept rode brought took gave sent lent paid bought sold carried came comes went
    goes met meets called calls visited arrived returned left read showed shewed taught preached
    proposed offered demanded requested urged advised informed assured instructed reported commented
    concluded continued interrupted interjected inquired enquired wondered noted pointed expressed
    emphasized emphasised stressed referred mentioned repeated indicated acknowledged apologized
    apologised thanked congratulated greeted accompanied kissed embraced joined resigned retired
    hates loves loved hated likes liked intends intended hopes fears dines sups loves played plays
    considered pressed raised rejected accepted received handed understood remembered forgot
    """.split()
)
#: Verbs that persons and things share.
WEAK_VERBS = frozenset("is was had has did do does would will could should might may must can being".split())
#: Words after which a person follows.
PERSON_BEFORE = frozenset(
    """
    with met saw see seen meet visited visit told tell asked ask called thanked invited introduced
    between mr by and poor old young dear honest little good cousin brother sister uncle aunt
    told inform informed congratulated received telephoned phoned greeted kissed married for
    against about like named name joined accompanied sent advised brought found took carried
    showed shewed heard persuaded gave assured reminded thank urge urged instruct instructed joining
    whom that then late but besides marry than
    """.split()
)
_STRONG_BEFORE = frozenset(
    """
    with met told asked invited thanked introduced visited telephoned phoned greeted kissed married
    named informed congratulated poor persuaded reminded assured accompanied instructed advised
    urged between
    """.split()
)
PLACE_BEFORE: dict[str, float] = {
    word: weight
    for weight, group in (
        (-3.0, "these those"),
        (-2.6, "the this its two three several many other"),
        (-2.2, "a an any some our their"),
        (-2.0, "near via outside such each every"),
        (-1.7, "into through beyond reached off in inside his your no all us new"),
        (-1.2, "at around her my"),
        (-0.8, "towards toward leaving over"),
        (-0.5, "from to of on"),
        (-0.3, "both as called that"),
    )
    for word in group.split()
}
_PREPOSITIONS = frozenset("near via outside into through beyond off in inside at around".split())
_SAID = frozenset("said says cried replied answered exclaimed whispered murmured observed remarked".split())
_DRINK = frozenset("drank drink drunk ale beer wine pot tavern alehouse pint tap".split())
_PRONOUNS = frozenset("i he she we me him her myself himself herself they them".split())
_AFTER_NOUN = frozenset(
    """
    administration government regime visit letter speech proposal line doctrine era papers plan
    """.split()
)
_QUOTE_MARKS = frozenset('"“”‘«»')
_APOSTROPHES = frozenset("'’")
_POSSESSIVE_MARKS = frozenset(("'s", "’s", "'", "’"))
_AND = frozenset(("and", "&"))
_BETWEEN = frozenset("had has did do also then again now never not".split())
_DETERMINERS = frozenset("the his her my a an".split())
#: Words before the quotation marks of a title.
_SHOWN = frozenset(
    "saw see seen read reads reading acted acting play played book tragedy comedy opera song film".split()
)
_ARTICLES = frozenset("the a an this that these those any some each every".split())
#: Adjectives that stand between an article and the name of a tavern, ship or thing.
_PLAIN_ADJECTIVES = frozenset("old new little great whole same other".split())


@dataclass(frozen=True, slots=True)
class _Around:
    """The words next to a name in its sentence, in small letters ("" where there is none)."""

    before2: str
    before: str
    after: str
    after2: str
    after3: str
    after2_upper: bool

    @property
    def possessive(self) -> bool:
        """Whether "'s", or an apostrophe, follows."""
        return self.after in _POSSESSIVE_MARKS


def _look_around(tokens: Sequence[Token], start: int, end: int) -> _Around:
    count = len(tokens)
    sentence = tokens[start].sentence
    if end < count and tokens[end].start == tokens[end - 1].end and tokens[end].text.isdigit():
        end += 1  # a footnote's number
    left = [
        tokens[i].text.lower() if i >= 0 and tokens[i].sentence == sentence else ""
        for i in (start - 2, start - 1)
    ]
    right = [
        tokens[i].text if i < count and tokens[i].sentence == sentence else ""
        for i in (end, end + 1, end + 2)
    ]
    after = right[0].lower()
    if after in _APOSTROPHES and not tokens[end - 1].text.endswith("s"):
        after = '"'
    return _Around(
        left[0] if left[1] else "",
        left[1],
        after,
        right[1].lower(),
        right[2].lower(),
        right[1][:1].isupper(),
    )


def weigh_context(tokens: Sequence[Token], start: int, end: int, evidence: list[str]) -> float:
    """Return how far the words around tokens `start` to `end` speak for a person (log odds).

    Codes of what was found are added to `evidence`.
    """
    around = _look_around(tokens, start, end)
    score = 0.0
    if _is_signature(tokens, start, end):
        score += 2.6
        evidence.append("signature")
    if around.possessive:
        flags = look_up(around.after2)[1] if around.after2_upper else 0
        if flags & (F_PLACE_TAIL | F_ORG_TAIL):
            evidence.append("place")
            return -3.0
        score += _weigh_possessive(tokens, start, end, around, evidence)
    else:
        score += _weigh_place(around, evidence)
    score += _weigh_after(around, evidence)
    score += _weigh_before(around, evidence)
    score += _weigh_company(around, evidence)
    score += _weigh_citation(around, evidence)
    if around.before in _QUOTE_MARKS and around.before2 in _SHOWN:
        score -= 3.0  # a play, picture or book
        evidence.append("determiner")
    elif around.before in _QUOTE_MARKS and around.after in _QUOTE_MARKS:
        # The title of a book or play.
        score -= 1.5 if end - start == 1 else 2.5
    return score


def _weigh_possessive(
    tokens: Sequence[Token], start: int, end: int, around: _Around, evidence: list[str]
) -> float:
    """Weigh "at Crew's" and "Holmes's letter"."""
    if around.before in ("to", "at", "from"):
        evidence.append("house")
        noun = around.after2[:1].isalpha() and around.after2 not in ("and", "with", "where", "to")
        if noun:
            return 1.2
        # Where one drinks, the house is a tavern more often than a friend's.
        near = {t.text.lower() for t in tokens[max(0, start - 6) : end + 14]}
        return 0.2 if near & _DRINK else 1.2
    evidence.append("possessive")
    score = 0.0 if around.after in _APOSTROPHES and end - start == 1 else 0.9
    if around.before in _ARTICLES and end - start == 1:
        evidence.append("determiner")
        return score - 2.0  # "the Storekeeper's accounts"
    return score - (1.5 if around.before in ("in", "near", "into") else 0.0)


def _weigh_place(around: _Around, evidence: list[str]) -> float:
    """Weigh a preposition or article that places and things take."""
    before = around.before
    weight = PLACE_BEFORE.get(before, 0.0)
    if before in _PLAIN_ADJECTIVES and around.before2 in _ARTICLES:
        weight = -1.5  # "the old Swan"
    if weight <= -1.2 and before not in ("his", "her", "my"):
        evidence.append("place" if before in _PREPOSITIONS else "determiner")
    return weight


def _weigh_after(around: _Around, evidence: list[str]) -> float:
    """Weigh the verb or apposition that follows."""
    after, after2 = around.after, around.after2
    if after in PERSON_VERBS or (after in _BETWEEN and after2 in PERSON_VERBS):
        evidence.append("verb")
        return 1.5
    if after in ("himself", "herself", "who", "whom"):
        evidence.append("verb")
        return 2.0
    if after in WEAK_VERBS:
        return 0.3
    if after == "," and after2 in ("who", "whom", "whose"):
        evidence.append("apposition")
        return 1.6
    if after in ("the", ",", "his", "my", "her"):
        noun = around.after3 if after2 in _DETERMINERS else after2
        if look_up(noun)[1] & (F_TRADE | F_OFFICE | F_KIN) and not around.after2_upper:
            evidence.append("apposition")
            return 1.6
    elif after == "(" and after2 in ("my", "his", "her", "who", "the"):
        return 0.6
    elif after in _AFTER_NOUN:
        return 0.2
    return 0.0


def _weigh_before(around: _Around, evidence: list[str]) -> float:
    """Weigh the verb, preposition or kin term that stands before."""
    before = around.before
    if before in _STRONG_BEFORE:
        evidence.append("with" if before == "with" else "object")
        return 1.5
    if before in _SAID and around.after != "that":
        evidence.append("verb")
        return 1.2
    if before in PERSON_BEFORE and before not in PLACE_BEFORE:
        return 0.5
    if before and look_up(before)[1] & (F_KIN | F_TRADE):
        evidence.append("apposition")
        return 1.4
    if before == "," and look_up(around.before2)[1] & (F_KIN | F_TRADE):
        evidence.append("apposition")
        return 1.2
    return 0.0


def _weigh_company(around: _Around, evidence: list[str]) -> float:
    """Weigh "Creed and I", "my wife and Creed", "Creed and my wife"."""
    score = 0.0
    if around.after in _AND and around.after2 in _PRONOUNS:
        score = 2.4
    elif around.before in _AND and around.before2 in _PRONOUNS:
        score = 1.8
    elif around.before in ("and", ",", "&") and look_up(around.before2)[1] & (F_KIN | F_OFFICE):
        score = 0.8
    elif around.after in _AND and around.after2 in ("my", "his", "her"):
        score = 1.2 if look_up(around.after3)[1] & (F_KIN | F_TRADE) else 0.0
    if score:
        evidence.append("coordination")
    return score


def _weigh_citation(around: _Around, evidence: list[str]) -> float:
    """Weigh the author of a book as learned prose cites it: "Moss et al.", "Moss (1954)", "(Moss, 1954"."""
    mark, year = around.after, around.after2
    score = 0.0
    if (mark, year) == ("et", "al"):
        score = 3.0
    elif len(year) == 4 and year.isdigit() and year[0] in "12":
        score = 1.2 if mark == "(" else 1.5 if mark == "," and around.before in ("(", "&", ";") else 0.0
    elif mark == "&" and around.before in ("(", ";"):
        score = 1.2
    if score:
        evidence.append("citation")
    return score


def _is_signature(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Say whether a name stands alone in the last sentence of a text of some length."""
    if start < 20 or end < len(tokens) - 1:
        return False
    return tokens[start - 1].sentence != tokens[start].sentence
