"""Whether a meeting happened, was meant, told or did not happen, by the words around its pattern."""

from __future__ import annotations

import re
from typing import Literal

from legation.facts.candidates import AccountStatus
from legation.reading import cues
from legation.reading.company import Page, Party
from legation.reading.patterns import Rule

#: Whose meeting it is where it is nobody's.
LOOSE = frozenset({None, "the", "a", "an", "such", "any", "another"})
#: After "met P" a day to come is that of something else, unless it stands close by.
_PAST_VERB = re.compile(r"[a-zA-Z]+ed\b|[Mm]et\b|[Ss]poke\b|[Ff]ound\b|[Cc]ame\b|[Ss]at\b|[Tt]ook\b|[Ss]aw\b")
_BASE_FORMS = frozenset({"visited", "met", "with", "spoke-to", "phone"})
_BASE = re.compile(r"(?:see|visit|call|wait|meet|dine|lunch|sup|speak|talk|go|come|walk|ride|drink|sit)\b")


def find_status(
    owner: str | None, rule: Rule, before: str, after: str, page: Page, party: Party, verb: int = 0
) -> AccountStatus | None:
    """Say whether it happened, was meant, told or did not happen; None where nothing is said."""
    tail = before[-60:]
    if cues.ABSENT.match(after[:60]):
        return "denied" if party.author else None
    if cues.FUTURE.search(after[: 25 if _PAST_VERB.match(page.mask.text, verb) else 60]):
        return "planned"
    told = _status_before(rule, before, after, page, party, verb) if tail.strip() else ""
    if told != "":
        return told
    owned = rule.name in ("noun-with", "talk-on", "session-with") and owner not in LOOSE
    if (
        rule.name in ("noun-with", "between", "talk-on", "session-with")
        and not cues.IN_TALK.search(before)
        and cues.PROPOSED.search(before[-90:] if not owned else before[-25:])
    ):
        return "planned" if not re.search(r"\b(?:had|have|having) [^.;]{0,20}$", tail) else "held"
    if not party.author and page.first_person and cues.REPORTING.search(before[-150:]):
        return "reported"
    return "held"


def _status_before(
    rule: Rule, before: str, after: str, page: Page, party: Party, verb: int
) -> AccountStatus | Literal[""] | None:
    """What the words before say of the status; "" where they say nothing."""
    tail = before[-60:]
    if cues.TO_HAVE.search(tail) and _BASE.match(page.mask.text, verb):
        return "planned"
    if cues.UNREAL.search(tail) and not cues.HAVING.search(tail):
        return "planned"
    if cues.DENIED.search(tail):
        return "denied" if party.author else None
    if " to " in tail or tail.startswith("to "):
        if cues.TO.search(tail):
            if page.elided and cues.SOMEBODY_TO.search(tail) and not cues.CAME_TO.search(before[-110:]):
                # "Desired P to go with me": the one who is to do it is the object of another verb.
                return "planned"
            if cues.DID.search(after) or cues.DONE_TO.search(tail):
                return "held"
            # Diaries leave the verb of going out: "Up, and to see P".
            return (
                "held" if page.elided and not cues.INTENT.search(before[: before.rfind("to ")]) else "planned"
            )
        if (
            rule.name in _BASE_FORMS
            and _BASE.match(page.mask.text, verb)
            and cues.AND_TO.search(before[-80:])
            and not cues.DONE_TO.search(before[: before.rfind(" to ") + 4])
        ):
            return "planned"
    if rule.name in ("to-person", "to-house") and cues.TO_GO.search(tail):
        return None if cues.TOO.search(tail) else "planned"
    if cues.SUBJUNCTIVE.search(before) and _BASE.match(page.mask.text, verb):
        return "planned"
    return "planned" if cues.MODAL.search(tail) or cues.IF.search(tail) else ""
