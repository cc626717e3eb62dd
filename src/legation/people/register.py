"""The register of a diary or volume: which bare surnames its own pages make known.

A surname that stands at least twice with a title or given name anywhere in a diary, earlier or
later, makes its bare uses known, as far as they do not mostly name a place or an ordinary word.
The evidence of a document is a table of counts; tables merge by addition, so a register can be
kept up to date document by document and never depends on their order.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from legation.facts.candidates import MentionCandidate, Reading
from legation.reading.name_draft import SURE
from legation.reading.tokens import fold

#: How often a surname must have stood with a title or given name.
_TITLED_ENOUGH = 2
#: How often a bare name must have been sure by itself, where no title is ever given ("Jane").
_BARE_ENOUGH = 3
_LOCAL = ("verb", "with", "object", "coordination", "apposition", "house", "possessive")


class Counts(NamedTuple):
    """How often a surname was seen: with title or given name, bare as a person, otherwise.

    `place` counts uses in the place of a place name or after an article, `lower` documents that
    also use the word in small letters, `documents` all documents that have it.
    """

    titled: int = 0
    bare: int = 0
    place: int = 0
    lower: int = 0
    documents: int = 0

    def plus(self, other: Counts) -> Counts:
        """Return the sum."""
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))


_NONE = Counts()


@dataclass(frozen=True, slots=True)
class Register:
    """Counts by folded surname, for all readings of one diary or volume; empty when read alone."""

    counts: Mapping[str, Counts] = field(default_factory=dict)

    @classmethod
    def from_counts(cls, counts: Mapping[str, Counts]) -> Register:
        """Make a register of a table of counts, leaving out what can change no reading."""
        return cls({k: v for k, v in counts.items() if any(v)})

    def find(self, surname: str) -> Counts:
        """Return the counts of a folded surname (zeros where it is not known)."""
        return self.counts.get(surname, _NONE)


def key_of(mention: MentionCandidate) -> str:
    """Return what a name is filed under: surname, else last given name, folded, unspaced."""
    word = mention.surname or (mention.given[-1] if mention.given else "")
    return fold(word).replace(" ", "")


def evidence_of(reading: Reading) -> dict[str, Counts]:
    """Return what one document says of each surname; merge such tables with `merge_counts`."""
    out: dict[str, Counts] = {}
    seen: set[str] = set()
    lowered: set[str] = set()
    for mention in reading.mentions:
        key = key_of(mention) if mention.kind == "name" else ""
        if len(key) < 2:
            continue
        add = _count(mention)
        if add is _NONE and key in seen:
            continue
        first = int(key not in seen)
        seen.add(key)
        lower = int("lower" in mention.evidence and key not in lowered)
        if lower:
            lowered.add(key)
        out[key] = out.get(key, _NONE).plus(add._replace(lower=lower, documents=first))
    return out


def _count(mention: MentionCandidate) -> Counts:
    codes = mention.evidence
    if mention.sure and mention.surname and ("title" in codes or mention.given):
        return Counts(titled=1)
    if "linked" in codes or mention.titles:
        return Counts(titled=1) if mention.sure else _NONE
    if "place" in codes or "determiner" in codes:
        return Counts(place=1)
    return Counts(bare=1) if mention.sure and any(c in _LOCAL for c in codes) else _NONE


def merge_counts(first: Mapping[str, Counts], second: Mapping[str, Counts]) -> dict[str, Counts]:
    """Add two tables; associative and commutative, with the empty table as its zero."""
    out = dict(first)
    for key, counts in second.items():
        out[key] = out.get(key, _NONE).plus(counts)
    return out


def count_evidence(readings: Iterable[Reading]) -> dict[str, Counts]:
    """Add the evidence of many readings."""
    out: dict[str, Counts] = {}
    for reading in readings:
        for key, counts in evidence_of(reading).items():
            out[key] = out.get(key, _NONE).plus(counts)
    return out


def surnames_touched(reading: Reading) -> frozenset[str]:
    """Return the folded surnames on which `promote` of this reading may depend."""
    return frozenset(key_of(m) for m in reading.mentions if _open(m) and key_of(m))


def promote(reading: Reading, register: Register, known: frozenset[str] = frozenset()) -> tuple[bool, ...]:
    """Say of each mention whether it is held, with what the register and known people add.

    `known` holds folded surnames and aliases from the address book and from answers. Mentions
    that the document alone settles (titles, full names, links, offices, kin) stay as read.
    """
    return tuple(_decide(m, register, known) if _open(m) else m.sure for m in reading.mentions)


def find_asked(reading: Reading, held: Sequence[bool], register: Register) -> tuple[bool, ...]:
    """Say of each mention whether it is to be asked about: the name tagger offers it, and nothing holds it.

    `held` is what `promote` gave. A form that the diary uses as a place or ordinary word is not
    asked about. Uses of one form (`key_of`) in one diary make one question.
    """
    return tuple(
        not holds and is_offered(m) and weigh_entry(register.find(key_of(m))) >= 0
        for m, holds in zip(reading.mentions, held, strict=True)
    )


def is_offered(mention: MentionCandidate) -> bool:
    """Say whether the name tagger offers a mention as a question."""
    return any(code.startswith("tagger:") for code in mention.evidence)


def _open(mention: MentionCandidate) -> bool:
    """Say whether a register may change how a mention is held."""
    if mention.kind != "name" or mention.score >= 0.995:
        return False
    if "linked" in mention.evidence:
        return not mention.sure  # a lone word in brackets may be a place
    return "bare" in mention.evidence or not mention.sure


def _decide(mention: MentionCandidate, register: Register, known: frozenset[str]) -> bool:
    key = key_of(mention)
    chance = min(max(mention.score, 0.001), 0.999)
    odds = math.log(chance / (1 - chance))
    if known and _is_known(mention, known):
        odds += 3.5
    return odds + weigh_entry(register.find(key)) >= SURE - 1e-9


def _is_known(mention: MentionCandidate, known: frozenset[str]) -> bool:
    full = " ".join((*mention.given, mention.surname)).strip()
    return any(fold(word) in known for word in (mention.surname, full) if word)


def weigh_entry(counts: Counts) -> float:
    """Return the log odds that a diary's counts add to a bare use of the name (-2 to 4).

    In steps of a half: one more use of a name that is well known changes nothing, and the documents
    that hold it need not be looked at again.
    """
    person = counts.titled + 0.5 * counts.bare
    against = counts.place + counts.lower
    if counts.titled < _TITLED_ENOUGH and counts.bare < _BARE_ENOUGH:
        return -1.0 if against >= 3 and against > 2 * person else 0.0
    gain = min(4.0, 1.2 + 0.7 * math.log2(person))
    loss = 1.6 * math.log2(1 + 2 * against / person)
    return max(-2.0, round(2 * (gain - loss)) / 2)
