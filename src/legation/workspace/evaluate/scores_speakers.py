"""Scores who speaks the quotations of a novel; the labels are ids of its characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from legation.reading.tokens import fold
from legation.workspace.evaluate.align import most_of, span_of
from legation.workspace.evaluate.figures import Tally
from legation.workspace.evaluate.gold import GoldDoc
from legation.workspace.evaluate.quotations import Placed
from legation.workspace.evaluate.scores_mentions import error
from legation.workspace.evaluate.spans import Pair, shared

Value = Mapping[str, Any]
_WORD = re.compile(r"[^\W\d_]+")
#: Forms of address that many share; by themselves they say no more than whether it is a man or a woman.
MEN = frozenset({"mr", "sir", "lord", "master", "monsieur", "herr", "squire", "mister"})
WOMEN = frozenset(
    {"mrs", "miss", "lady", "madam", "madame", "dame", "ms", "mistress", "mademoiselle", "frau"}
)
SMALL = frozenset(
    {"the", "a", "an", "his", "her", "my", "your", "their", "our", "of", "s", "old", "young", "dr"}
)


@dataclass(frozen=True, slots=True)
class Claim:
    """Whom a reading says a quotation is by (id and name, "" for nobody), and whose it is.

    `described` where no proper name is known of the speaker: a description, or who says "I".
    """

    person: str
    name: str
    described: bool
    unasked: bool
    speaker: str
    quotation: Placed
    rule: str = ""


def split_name(name: str) -> tuple[frozenset[str], str]:
    """Return the telling words of a name or id, folded, and "m", "f" or "" by its form of address."""
    words = frozenset(_WORD.findall(fold(name.replace("_", " "))))
    sexes = {s for s, titles in (("m", MEN), ("f", WOMEN)) if words & titles}
    return words - MEN - WOMEN - SMALL, sexes.pop() if len(sexes) == 1 else ""


def fits_id(name: str, speaker: str) -> bool:
    """Say whether a name and a labelled id have a telling word in common and no other form of address."""
    mine, sex = split_name(name)
    theirs, other = split_name(speaker)
    return bool(mine & theirs) and not (sex and other and sex != other)


def fits_best(name: str, speaker: str, labelled: Sequence[str]) -> bool:
    """Say whether a name fits an id, and none of the other labelled ids of the novel better.

    Of several that fit, more words in common are better, then the same form of address, then fewer
    other words: "Miss Jane Fairfax" is Jane's name and not her sister's, who has the surname too.
    """

    def rate(label: str) -> tuple[int, bool, float]:
        (mine, sex), (theirs, other) = split_name(name), split_name(label)
        common = len(mine & theirs)
        return common, bool(sex) and sex == other, common / len(mine | theirs)

    if not fits_id(name, speaker):
        return False
    return all(rate(label) <= rate(speaker) for label in labelled if fits_id(name, label))


def claim_of(quotation: Placed, read: Value, named: frozenset[str]) -> Claim:
    """Return what a reading claims of a quotation: the quoted statement that has most in common with it.

    `named` are the people who are called by a name somewhere.
    """
    span: Pair = (quotation.start, quotation.end)
    over = [s for s in read["statements"] if shared(span_of(s), span) > 0]
    best = max(
        over,
        key=lambda s: (
            s["mode"] == "quoted",
            shared(span_of(s), span),
            s["speaker"] is not None,
            # A statement about more than the quotation says less about it.
            span_of(s)[0] - span_of(s)[1],
            -span_of(s)[0],
        ),
        default=None,
    )
    if best is None or best["speaker"] is None:
        return Claim("", "", False, False, quotation.speaker, quotation, best["rule"] if best else "")
    who = best["speaker"]
    name = read["people"].get(who, "")
    unasked = best.get("state") != "ask"
    return Claim(who, name, who not in named, unasked, quotation.speaker, quotation, best.get("rule", ""))


def verify(claims: Sequence[Claim], number: int, labelled: Sequence[str]) -> bool | None:
    """Say whether a claim is right, or None where nothing can tell.

    Where a word of the name stands in any labelled id of the novel (`labelled`), the words decide,
    by the id that they fit best; else the id to which most other quotations of that speaker belong.
    A description with no other quotation cannot be told; a name that stands in no id and has no other
    quotation is wrong.
    """
    claim = claims[number]
    if fits_best(claim.name, claim.speaker, labelled):
        return True
    if not claim.described and any(fits_id(claim.name, label) for label in labelled):
        return False
    votes = Counter(c.speaker for n, c in enumerate(claims) if c.person == claim.person and n != number)
    if votes:
        return most_of(votes) == claim.speaker
    return None if claim.described else False


def score_speakers(doc: GoldDoc, read: Value, tally: Tally) -> None:
    """Count the quotations of a novel by whether their speaker is claimed, unasked, and right."""
    task, unit = "speakers", doc.unit
    named = frozenset(m["person"] for m in read["mentions"] if m["kind"] == "name") - {read["author"]}
    every = [claim_of(q, read, named) for q in doc.extra["quotations"]]
    labelled = sorted({c.speaker for c in every})
    claims = [c for c in every if c.person]
    for prefix, counted in (("", claims), ("unasked_", [c for c in claims if c.unasked])):
        tally.add(task, prefix + "coverage", unit, len(counted), len(every))
        told = [verify(claims, claims.index(c), labelled) for c in counted]
        tally.add(
            task, prefix + "by_majority", unit, sum(t is True for t in told), len(told) - told.count(None)
        )
        tally.add(
            task,
            prefix + "by_name",
            unit,
            sum(fits_best(c.name, c.speaker, labelled) for c in counted),
            len(counted),
        )
        tally.add(task, prefix + "unverifiable", unit, told.count(None), len(counted))
    for claim in every:
        right = verify(claims, claims.index(claim), labelled) if claim.person else None
        if right is not True:
            what = "missed" if not claim.person else "speaker" if right is False else "unverifiable"
            span = (claim.quotation.start, claim.quotation.end)
            tally.errors.append(
                error(task, what, doc, span, speaker=claim.name, labelled=claim.speaker, rule=claim.rule,
                      unasked=claim.unasked)
            )  # fmt: skip
