"""What patterns of meeting people are made of: a person, a party, a rule with its score.

All speak of masked text (see `masking`), where one letter stands for a person. Every piece is linear:
all gaps are bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from legation.reading.masking import ASIDE, PERSON

P = PERSON
#: A person who is there himself: not the owner of a house, not a possessor.
DET = (
    r"(?:the |my |his |her |their |our |one |old |young |poor |little |good |honest |both |also "
    r"|dear |late |cousin |little )?(?:[A-Z][a-z]+(?:an|ish|ese|ch|iet|ss|ic) ){0,2}"
)
HERE = rf"{P}(?!['’]s?(?![a-z]))"
#: What is said of people between brackets or commas and does not end a list of them.
BRACKETS = rf"(?:{ASIDE}| \([^()]{{1,140}}\)| of (?:the )?[A-Z]\w+(?: [A-Z]\w+){{0,3}})"
_COMPANIONS = (
    r"(?:friends?|lad(?:y|ies)|gentlem[ae]n|others?|company|people|folks?|clerks?|officers?|captains?"
    r"|servants?"
    r"|m[ae]n|wom[ae]n|boys?|girls?|guests?|neighbours?|relations?|cousins?|cozens?|brothers?|sisters?"
    r"|daughters?"
    r"|sons?|child|children|family|wife|wives|husbands?|kins(?:m[ae]n|wom[ae]n|folk)|maids?|mayds?|merchants?"
    r"|commissioners|lords|doctors?|parsons?|ministers?|colleagues?|secretar(?:y|ies)|interpreters?|aides?"
    r"|advis[eo]rs?|delegat(?:ion|es?)|staff|party|members|rest|couples?|fellows?|strangers?|ambassadors?"
    r"|diplomats?|journalists?|students?|Sir [A-Z]\w+s|[a-z]+(?:ers|ors|ists|ians))"
)
_UNNAMED = (
    r"(?=[a-zL])(?:(?:the |my |his |our )?(?:(?:two|three|four|other)(?: [A-Za-z]+){1,2}"
    r"|both (?:(?:the|my|his|her|our|their) )?[a-z]+s\b)"
    r"|(?:an?|one|the|my|his|her|our|their|some|several|divers|many|much|a few|all)(?: [a-z]+){0,2}"
    rf" {_COMPANIONS}(?! of)(?:,? (?:of )?(?:his|hers|mine|theirs|ours))?(?![a-z'’])"
    r"|(?:friends|ladies|gentlemen|others|servants|girls|boys|children|sons|daughters|sisters|brothers|clerks"
    r"|people|wife|company|daughter|son|mother|father|sister|brother|husband|child|Lady)(?![a-z'’]))"
)
#: "Her" where it is no "her maids": nothing follows that may be hers.
_HER = (
    rf"her(?=$|[^\w'’ ]| (?:$|[^a-zA-Z{P}]|(?:to|by|in|into|at|on|upon|and|or|but|with|from|for|of|off"
    rf"|home|up"
    r"|out|down|back|away|all|alone|also|again|about|as|after|before|till|until|when|where|who|whom|which"
    r"|that|there|here|then|so|I|we|he|she|it|they|not|very|much|mighty|a|an|the|my|his|this|these|some|over"
    r"|through|abroad|along|together|forth|thither|hither|thence|did|was|is|had|has|hath|would|will|if|while"
    r"|whilst|because|since|how|what|both|only|than|too|[a-z]{2,}ly)\b))"
)
ATOM = (
    rf"(?:{_UNNAMED}|"
    rf"{DET}{HERE}|(?:I|me|[Mm]yself|[Ww]e|us|[Hh]e|him|[Ss]he|{_HER}|(?:[Tt]hey|[Tt]hem|them)(?: two"
    rf"| both| all)?|both)"
    r"(?![\w'’]))"
)
#: The same where it is no subject: after "met Mr. Crew, and he" comes something new.
_OBJECT = (
    rf"(?:{_UNNAMED}|{DET}{HERE}|(?:me|[Mm]yself|us|him|{_HER}|them(?: two| both| all)?|both)(?![\w'’]))"
)
PLAIN = rf"{DET}{HERE}"
_NEW = (
    rf"(?!(?:the |my |his |her )?{P}(?:(?: [a-z]+){{0,4}} (?:is|was|were|has|had|told|said|says|tells"
    r"|will|would"
    r"|did|went)| (?:being|having|not|gone))\b)"
)
_AND_SEP = (
    rf"{BRACKETS}?(?:, and (?:with |also )?{_NEW}| and (?:with |also )?|,? & | with |,? together with "
    r"|,(?: sometimes| then| now)? with )"
)
#: A comma joins names only: a pronoun after it begins something new.
SEP = rf"(?:{_AND_SEP}|{BRACKETS}?, (?=(?:{_UNNAMED}|{PLAIN}|myself\b)))"
_AND = rf"(?:{_AND_SEP}|{BRACKETS}?, (?=(?:{_UNNAMED}|{PLAIN}|myself\b)))"
#: Lists end after eleven, so that a page of names costs no more than its length.
#: Several people in a row: "him, Mr. Crew and my wife".
PARTY = rf"{ATOM}(?:{SEP}{ATOM}){{0,10}}"
#: The same, beginning with a person by name.
GROUP = rf"{HERE}(?:{SEP}{ATOM}){{0,9}}?{_AND_SEP}{ATOM}"
NAMED = rf"{PLAIN}(?:{_AND}{_OBJECT}){{0,10}}"
#: The same for the start of a pattern: it begins with a letter that is quick to find.
LEAD = rf"{HERE}(?:{SEP}{ATOM}){{0,10}}"
#: What is added to a name between commas: "P, the French ambassador, told me".
ADDED = (
    rf"(?:, (?:[^.;,{P}]{{1,60}}|(?:(?:the|our|my|his|her|their|then|now) (?:[a-z]+ )?)?{P}"
    rf"(?: [^.;,{P}]{{1,40}})?),)?"
)
#: Objects only: "with them and Mr. Hawly".
WHOM = (
    rf"(?:{PLAIN}|(?:him|{_HER}|them(?: two| both| all)?|me|us|myself)(?![\w'’]))(?:{_AND}{_OBJECT}){{0,10}}"
)
#: After "Mr. Crew and his wife, and" these begin something new.
OPINION = (
    r" and I (?:think|perceive|find|hear|believe|hope|fear|am|was|do|did|told|had|have|will|shall"
    r"|would|could|understand|know|see|saw|gave|made)\b"
)
ADV = (
    r"(?:(?:then|also|again|there|here|first|later|soon|afterwards?|privately|by chance"
    r"|immediately|once more|often|further|once|twice|recently|finally|secretly|presently|"
    r"[a-z]{3,12}ly) )?"
)
#: The same, and houses by their owners in it: "dined at P's with P".
GAP_HOUSE = rf"(?:[^.,;:!?{P}]|{P}['’]s?(?![a-z])|,(?! (?:and )?(?:so|then|I|we|he|she|they)\b)){{0,45}}?"
SHORT = rf"[^.;:!?,{P}]{{0,28}}?"


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
    #: The words that it begins with, where these are few; it is tried only there.
    heads: frozenset[str] = frozenset()


_FAST = (r"\b(?P<", r"\bwhere", r"\b(?:at which|where", r"\b(?:I|", r"\b(?:[Aa]t|")
#: Before the company that somebody was with.
WITH_WHOM = rf" with (?:{DET}{P}|him\b|her\b|them\b|me\b|us\b|myself\b)"


_HEAD = re.compile(r"(?:\[(?P<a>[A-Z])(?P<b>[a-z])\])?(?P<word>[A-Za-z]*)(?P<maybe>\??)")


def _heads(pattern: str) -> frozenset[str]:
    """The words that a pattern of the form `(?P<v>met|called (?:up)?on|…)` can begin with, if plain."""
    opened = re.match(r"\\b\((?:\?P<\w>|\?:)(?:\((?:\?P<\w>|\?:))?", pattern)
    if opened is None:
        return frozenset()
    words: set[str] = set()
    depth, at = 0, opened.end()
    while True:
        head = _HEAD.match(pattern, at)
        if head is None or not (head["word"] or head["a"]):
            return frozenset()
        for first in (head["a"], head["b"]) if head["a"] else ("",):
            words.add(first + head["word"])
            if head["maybe"]:
                words.add(first + head["word"][:-1])
        at = head.end()
        while at < len(pattern) and (depth or pattern[at] not in "|)"):
            depth += (pattern[at] == "(") - (pattern[at] == ")")
            at += 2 if pattern[at] == "\\" else 1
        if at >= len(pattern) or pattern[at] == ")":
            return frozenset(words)
        at += 1


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
    """Compile a rule; `hints` are separated by bars, `anchor` and `lead` are patterns."""
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
        _heads(pattern),
    )
