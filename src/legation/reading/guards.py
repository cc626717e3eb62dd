"""What only looks like a pattern of meeting: words around it that give it another sense."""

from __future__ import annotations

import re

from legation.reading import cues
from legation.reading.company import Page
from legation.reading.masking import PERSON
from legation.reading.patterns import Rule

_COMPANY = frozenset({"with", "way", "in-company", "was-with", "pair", "group-met"})
_PARTICIPLE = re.compile(
    r"(?:[,;.(] ?|\bforward to |\b(?:and|then|there|where|but|so|thence|after|on|upon|of|here|in going"
    r"|by chance) "
    r"|^)$",
    re.IGNORECASE,
)
_MEANT = re.compile(r"\b(?:resolv\w+|intend\w*|promis\w+|hope|mean|think|purpose|design|agreed|desired)\b")
#: "Whom I find a fine man".
_PROVED = re.compile(r" (?:him |her )?to (?:be|have)\b")
_AFTER = re.compile(r"\b(?:[Aa]fter|[Bb]efore) $")
_LONG_AGO = re.compile(r"\b(?:since|formerly|the other day|heretofore|ago) $")
_NOT = re.compile(r"\b(?:not|no|never|neither)\b")
#: What two people may do without being together.
_STATE = re.compile(
    r" (?:both |all |never |always |still |now )?(?:agree|think|believe|know|knew|disagree|differ"
    r"|have (?:long|known|been)"
    r"|(?:are|were)(?: both| all)? (?:in (?:close |constant )?(?:contact|touch|agreement|accord)"
    r"|of (?:one|the same)|agreed"
    r"|not|on (?:good|bad|friendly)|at (?:odds|one)|friends|cousins|old))\b"
)


def is_other(page: Page, match: re.Match[str], rule: Rule, clause: int, verb: int) -> bool:
    """Say whether the words only look like the pattern: another sense, or another kind of text.

    `clause` and `verb` are places in the mask: where the clause and the match's verb begin.
    """
    masked = page.mask.text
    if rule.lead is not None:
        just_before = masked[max(clause - 2, match.start() - 60, 0) : match.start()]
        if not rule.lead.search(just_before):
            return True
    name = rule.name
    if name in ("comes", "came", "was-there") and cues.SINCE.search(masked, clause, match.start()):
        return True
    talked_over = match.groupdict().get("v", "").startswith("discuss")
    if name in _COMPANY and not talked_over and cues.APART.search(masked, verb, match.start("w")):
        return True
    if name in ("to-house", "to-person"):
        return _is_not_gone_to(page, match, name, clause)
    if name == "with-any":
        return _is_loose(page, match, clause, verb)
    if name in ("and-I", "we"):
        return _is_no_doing(page, match, name, clause, verb)
    if name == "met":
        if match["v"].lower() == "meeting" and not _PARTICIPLE.search(masked, max(0, clause - 1), verb):
            return True
        return match["v"].lower() != "meeting" and _NOT.search(
            masked, match.end("v"), match.start("w")
        ) is not None  # fmt: skip
    if name == "noun-with" and _AFTER.search(masked, max(0, verb - 8), verb):
        return True
    if name == "whom" and _PROVED.match(masked, match.end()):
        return True
    if name == "way" and _is_no_way(page, match, verb):
        return True
    if name == "visited" and match["v"] == "see":
        return cues.SEE_TEXT.search(masked, max(0, clause - 1), verb) is not None
    return rule.form == "telephone" and not page.modern


def _is_not_gone_to(page: Page, match: re.Match[str], name: str, clause: int) -> bool:
    """Like "Sent her to P's"; "to P at Q's", where P is met at somebody's house."""
    masked = page.mask.text
    if name == "to-house" and match["v"] == "at" and masked.startswith(PERSON, match.start() - 2):
        return True
    return cues.SENT.search(masked, clause, match.start()) is not None


def _is_loose(page: Page, match: re.Match[str], clause: int, verb: int) -> bool:
    """Like "With P" that hangs on no movement, or on something that is done about P."""
    masked = page.mask.text
    if not page.elided or match["w"] in ("me", "us", "myself"):
        return True
    if not cues.SETS_OUT.search(masked, max(clause - 2, verb - 40, 0), verb):
        return True
    before = max(clause, verb - 40)
    return (
        cues.APART.search(masked, before, verb) is not None
        or cues.ABOUT_DOING.search(masked, before, verb) is not None
    )


def _is_no_doing(page: Page, match: re.Match[str], name: str, clause: int, verb: int) -> bool:
    """Like "P and I have long known"; "gave P and me"; "a while since we rode"."""
    masked = page.mask.text
    first = match.start("w")
    if name == "we":
        return _LONG_AGO.search(masked, max(clause, verb - 40), first) is not None
    if _STATE.match(masked, match.end()):
        return True
    return cues.GIVEN.search(masked, max(clause, first - 20), first) is not None


def _is_no_way(page: Page, match: re.Match[str], verb: int) -> bool:
    """Like "And I resolve to go with P"; "fell out with P"."""
    if match["v"].startswith("and "):
        return _MEANT.search(match[0]) is not None
    return match["v"] == "out" and page.mask.text.endswith(("fallen ", "fell ", "falling "), 0, verb)
