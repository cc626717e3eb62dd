"""Who is kin of the owner, and who of the household: by cards, and by what the owner's texts call people."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from legation.report.links import read_citation
from legation.store import lookups, planning
from legation.store.tx import Tx

#: Types of RELATED (RFC 6350) that are kin.
_TYPES = frozenset({"child", "kin", "parent", "sibling", "spouse"})
_TYPE = re.compile(r"TYPE=\"?([\w,-]+)", re.IGNORECASE)
_SPOUSES = frozenset({"wife", "husband", "spouse", "partner"})
_KIN = re.compile(
    r"^(?:my|our)\s+(?:\w+\s+)?(?P<kin>(?:grand|step|god)?-?(?:father|mother|son|daughter)|brother|sister|uncle|aunt|"
    r"co[uz]s?[iez]n|cosen|nephew|niece|wife|husband)(?:-in-law)?\b(?!['’]s)",
    re.IGNORECASE,
)
SERVANTS = re.compile(
    r"^(?:my|our)\s+(?:\w+\s+)?(?:cook[- ]?)?(?:boy|ma[iy]de?|cook|servant|footman|footboy|housekeeper|nanny|"
    r"au pair|butler|valet|chauffeur|coachman|girl|people)\b(?!['’]s)",
    re.IGNORECASE,
)
#: From this share of all "my …" words by which somebody is called on, kinship or household holds.
SHARE = 0.5


def load_kin(tx: Tx, owner: str, people: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return (who is kin, who lives in the house: husband or wife and servants) of some people."""
    people = list(people)
    kin: set[str] = set()
    house: set[str] = set()
    for person, block in planning.load_blocks(tx, people).items():
        parts = block.split("|")
        if parts[0] == "kin" and len(parts) > 2:
            kin.add(person)
            if parts[2] in _SPOUSES:
                house.add(person)
    called: dict[str, Counter[str]] = defaultdict(Counter)
    for person, words, number in planning.load_words_of(tx, people):
        sign = "house" if SERVANTS.match(words) else "kin" if _KIN.match(words) else ""
        called[person][sign] += number
    for person, counted in called.items():
        for sign, found in (("kin", kin), ("house", house)):
            if counted[sign] > 1 and counted[sign] >= SHARE * counted.total():
                found.add(person)
    related = _load_related(tx, owner)
    kin |= related.keys()
    house |= {p for p, kind in related.items() if kind == "spouse"}
    return frozenset(kin), frozenset(house)


def _load_related(tx: Tx, owner: str) -> dict[str, str]:
    """Return (person, type) of kin by the owner's card, and by the cards of those who name the owner."""
    facts = lookups.load_facts(tx, (owner,), ("relation", "uid")) if owner else []
    mine = {f.value.removeprefix("urn:uuid:") for f in facts if f.kind == "uid"}
    towards = {f.value.removeprefix("urn:uuid:"): _kind(f.citation) for f in facts if f.kind == "relation"}
    wanted = [u for uid, kind in towards.items() if kind for u in (uid, f"urn:uuid:{uid}")]
    found = {
        person: towards[uid.removeprefix("urn:uuid:")]
        for uid, person in lookups.load_people_of_uids(tx, wanted).items()
    }
    for person, value, citation in planning.load_relations(tx) if mine else ():
        if person != owner and value.removeprefix("urn:uuid:") in mine and (kind := _kind(citation)):
            found.setdefault(person, kind)
    return found


def _kind(citation: str) -> str:
    """Return the type of kinship that a RELATED line names, or ""."""
    match = _TYPE.search(str((read_citation(citation) or {}).get("quote", "")))
    kinds = match.group(1).lower().split(",") if match else []
    return next((k for k in kinds if k in _TYPES), "")
