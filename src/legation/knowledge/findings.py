"""Findings: statements, introductions, promises and occasions, with the people that mentions lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from legation.facts.candidates import AUTHOR, UNKNOWN, FindingCandidate, Party, PartyRole, Reading
from legation.facts.derived import State
from legation.facts.ids import derive_id
from legation.facts.judgement import FINDING_ROLES, PARTY_OF
from legation.facts.span import Citation, Span, overlap_enough

#: At and above this score a finding of its kind enters unasked; below, it waits (docs/reading.md).
ASK_BELOW = {"statement": 0.75, "introduction": 0.75, "promise": 0.75, "occasion": 0.75}
#: Statuses of what is told to have been so, or to come; what a text denies is kept and never counts.
TOLD = frozenset({"held", "reported"})


@dataclass(frozen=True, slots=True)
class Named:
    """A mention that holds: its id, the person or "" where it waits for an answer, and its words."""

    mention: str
    person: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part in a finding.

    `how` is said, author, inferred, unknown or judged; `rule` names what inferred it. `mention` is
    "" for the author, for somebody not named, and where a person said who it was; `person` is ""
    where nobody is known. `start` is -1 where no words stand for the person.
    """

    role: PartyRole
    position: int
    mention: str
    person: str
    how: str
    rule: str = ""
    start: int = -1
    end: int = -1
    quote: str = ""
    state: State = "read"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one item tells: who said, promised, introduced, or whose occasion it was."""

    id: str
    citation: Citation
    kind: str
    mode: str
    what: str
    status: str
    on: str
    on_start: int
    on_end: int
    on_quote: str
    quotation_start: int
    quotation_end: int
    rule: str
    score: float
    state: State
    parts: tuple[Part, ...]
    #: What judgements tell it by, beside its words: the place of its first party, and `what`.
    party: tuple[int, int] | str = ""
    as_read: str = ""

    @property
    def inferred(self) -> bool:
        """Whether somebody's part was inferred."""
        return any(p.how == "inferred" for p in self.parts)

    def of(self, role: str) -> tuple[Part, ...]:
        """Return those who have a part."""
        return tuple(p for p in self.parts if p.role == role)


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of a finding: confirm, reject or correct, and of which.

    `party` is where the first party's words stand now, "author", "unknown", or None where the
    judgement does not say; `what` an occasion's kind, or None. `changes` are fields as text,
    `people` the people of roles; `parties` are the places of those who were confirmed in other roles.
    """

    kind: str
    span: tuple[int, int]
    verdict: str
    judgement: str
    party: tuple[int, int] | str | None = None
    what: str | None = None
    changes: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, Sequence[str]] = field(default_factory=dict)
    parties: Mapping[str, Sequence[tuple[int, int] | str]] = field(default_factory=dict)


def derive_findings(
    reading: Reading,
    text: str,
    cite: Citation,
    mentions: Mapping[int, Named],
    author: str,
    said: Sequence[Said] = (),
) -> tuple[tuple[Finding, ...], tuple[Said, ...]]:
    """Return the findings of one item, and the verdicts that must be asked about.

    `cite` is any citation of the item; `mentions` maps the reading's mention numbers to those that
    hold and leaves out the others; `author` is the author's person id or "". A finding whose first
    party (who speaks, promises, introduces, whose occasion it is) does not hold is none; of several
    that say the same the surest stands.
    """
    found: dict[str, Finding] = {}
    for candidate in reading.findings:
        made = _finding(_unnamed(candidate, mentions), text, cite, mentions, author)
        if made is None:
            continue
        before = found.get(made.id)
        if before is None or _rank(made) > _rank(before):
            found[made.id] = made
    fitted, lost = fit_said(tuple(found.values()), said)
    made_now = []
    for finding in found.values():
        verdict = fitted.get(finding.id)
        parts = None if verdict is None else _parts_said(finding, verdict, mentions, author)
        if verdict is None or parts is None:
            lost += () if verdict is None else (verdict,)
            made_now.append(finding)
        else:
            made_now.append(_judged(finding, verdict, parts))
    return tuple(sorted(made_now, key=lambda f: (f.citation.start, f.citation.end, f.id))), lost


def _unnamed(candidate: FindingCandidate, mentions: Mapping[int, Named]) -> FindingCandidate:
    """Give quoted words to somebody unknown where the speaker's mention is not held for a name.

    That they were said is as sure as before; only who "said Good" is, is not.
    """
    if candidate.kind != "statement" or candidate.mode != "quoted":
        return candidate
    parties = tuple(
        replace(p, mention=UNKNOWN)
        if p.role == "speaker" and p.mention >= 0 and p.mention not in mentions and p.words is not None
        else p
        for p in candidate.parties
    )
    return candidate if parties == candidate.parties else replace(candidate, parties=parties)


def _rank(finding: Finding) -> tuple[Any, ...]:
    """Return by what the surest of equal findings is chosen; never equal for two that differ."""
    people = tuple((p.role, p.person, p.mention, p.start) for p in finding.parts)
    return (finding.score, len(finding.parts), finding.rule, finding.mode, finding.status, finding.on, people)


def _finding(
    candidate: FindingCandidate, text: str, cite: Citation, mentions: Mapping[int, Named], author: str
) -> Finding | None:
    """Make one finding as read; None where its first party does not hold."""
    first = PARTY_OF[candidate.kind]
    parts: list[Part] = []
    seen: set[tuple[str, str]] = set()
    party: tuple[int, int] | str | None = None
    for told in candidate.parties:
        part = _part(told, text, mentions, author, sum(p.role == told.role for p in parts))
        if part is None:
            if told.role == first:
                return None
            continue
        key = (part.role, part.person or part.mention or part.how)
        if key in seen:
            continue
        seen.add(key)
        parts.append(part)
        if told.role == first and party is None:
            party = _place(told, mentions)
    if party is None or (candidate.kind == "introduction" and not any(p.role == "introduced" for p in parts)):
        return None
    span, on = candidate.span, candidate.on_span
    quoted = candidate.quotation
    as_read = candidate.what if candidate.kind == "occasion" else ""
    place = party if isinstance(party, str) else party[0]
    return Finding(
        id=derive_id("t", cite.item, span.start, span.end, candidate.kind, str(place), as_read),
        citation=Citation(cite.item, cite.document, cite.rendition, span.start, span.end, span.cut(text)),
        kind=candidate.kind,
        mode=candidate.mode,
        what=candidate.what,
        status=candidate.status,
        on=candidate.on.value if candidate.on else "",
        on_start=on.start if on else -1,
        on_end=on.end if on else -1,
        on_quote=on.cut(text) if on else "",
        quotation_start=quoted.start if quoted else -1,
        quotation_end=quoted.end if quoted else -1,
        rule=candidate.rule,
        score=candidate.score,
        state="read" if candidate.score >= ASK_BELOW[candidate.kind] else "ask",
        parts=tuple(parts),
        party=party,
        as_read=as_read,
    )


def _part(told: Party, text: str, mentions: Mapping[int, Named], author: str, position: int) -> Part | None:
    """Return somebody's part, or None where the mention does not hold."""
    if told.mention == AUTHOR:
        return _worded(Part(told.role, position, "", author, "author", told.inferred), told.words, text)
    if told.mention == UNKNOWN:
        return _worded(Part(told.role, position, "", "", "unknown", told.inferred), told.words, text)
    named = mentions.get(told.mention)
    if named is None:
        return None
    how = "inferred" if told.inferred else "said"
    part = Part(told.role, position, named.mention, named.person, how, told.inferred)
    part = replace(part, state="read" if named.person else "ask")
    return _worded(part, told.words or Span(named.start, named.end), text)


def _worded(part: Part, words: Span | None, text: str) -> Part:
    """Give a part its words, if there are any."""
    return part if words is None else replace(part, start=words.start, end=words.end, quote=words.cut(text))


def _place(told: Party, mentions: Mapping[int, Named]) -> tuple[int, int] | str:
    """Return by what judgements tell a first party: the place of its name, author or unknown."""
    if told.mention == AUTHOR:
        return "author"
    if told.mention == UNKNOWN:
        return "unknown"
    named = mentions[told.mention]
    return named.start, named.end


# ── judgements ──────────────────────────────────────────────────────────────────────────


def fit_said(findings: Iterable[Finding], said: Sequence[Said]) -> tuple[dict[str, Said], tuple[Said, ...]]:
    """Return the verdicts by the finding that each is about now, and those that fit none.

    A verdict keeps to the kind, the first party and an occasion's kind that it was given on; the
    words may have been cut otherwise. A rejected finding that is gone is what the person wanted;
    of all else that fits none, or more than one, it must be asked.
    """
    free = list(findings)
    fitted: dict[str, Said] = {}
    rest: list[Said] = []
    for one in sorted(said, key=lambda s: (s.span, s.judgement)):
        exact = [f for f in free if (f.citation.start, f.citation.end) == one.span and _meant(f, one)]
        if len(exact) == 1 and exact[0].id not in fitted:
            fitted[exact[0].id] = one
        else:
            rest.append(one)
    lost: list[Said] = []
    for one in rest:
        over = [
            f for f in free if _meant(f, one) and overlap_enough((f.citation.start, f.citation.end), one.span)
        ]
        if len(over) == 1 and over[0].id not in fitted:
            fitted[over[0].id] = one
        elif one.verdict != "reject" or over:
            lost.append(one)
    return fitted, tuple(lost)


def _meant(finding: Finding, said: Said) -> bool:
    """Say whether a verdict can be about a finding, its span left out of account."""
    if finding.kind != said.kind or (said.what is not None and finding.as_read != said.what):
        return False
    if said.party is None:
        return True
    if isinstance(said.party, str) or isinstance(finding.party, str):
        return finding.party == said.party
    return overlap_enough(finding.party, said.party)


def _parts_said(
    finding: Finding, said: Said, mentions: Mapping[int, Named], author: str
) -> tuple[Part, ...] | None:
    """Return who has a part, as a person said; None where somebody confirmed is no longer named."""
    parts = [p for p in finding.parts if p.role not in said.people and p.role not in said.parties]
    for role in FINDING_ROLES[finding.kind]:
        if role in said.people:
            given = enumerate(said.people[role])
            parts += [Part(role, n, "", person, "judged", state="sure") for n, person in given]
        elif role in said.parties:
            for place in said.parties[role]:
                part = _part_at(finding, role, place, mentions, author)
                if part is None:
                    return None
                parts.append(replace(part, position=sum(p.role == role for p in parts)))
    return tuple(parts)


def _part_at(
    finding: Finding,
    role: PartyRole,
    place: tuple[int, int] | str,
    mentions: Mapping[int, Named],
    author: str,
) -> Part | None:
    """Return the part of whoever is named at a place, as read where it is read so."""
    if isinstance(place, str):
        read = next((p for p in finding.of(role) if p.how == place), None)
        return read or Part(role, 0, "", author if place == "author" else "", place)
    over = [m for m in mentions.values() if overlap_enough((m.start, m.end), place)]
    exact = [m for m in over if (m.start, m.end) == place]
    named = (exact or over)[0] if len(exact or over) == 1 else None
    if named is None:
        return None
    read = next((p for p in finding.of(role) if p.mention == named.mention), None)
    if read is not None:
        return read
    state: State = "read" if named.person else "ask"
    return Part(role, 0, named.mention, named.person, "said", "", named.start, named.end, named.quote, state)


def _judged(finding: Finding, said: Said, parts: tuple[Part, ...]) -> Finding:
    """Return a finding as a person said it is."""
    changes = said.changes
    if said.verdict == "reject":
        return replace(finding, state="rejected")
    on = changes.get("on", finding.on)
    moved = on != finding.on
    return replace(
        finding,
        state="sure",
        mode=changes.get("mode", finding.mode),
        what=changes.get("what", finding.what),
        status=changes.get("status", finding.status),
        on=on,
        on_start=-1 if moved else finding.on_start,
        on_end=-1 if moved else finding.on_end,
        on_quote="" if moved else finding.on_quote,
        parts=parts,
    )
