"""Who took part in a talk that a paper is the memorandum of, told from its body where no list is printed.

Minutes tell what each said in turn, in main clauses and the past tense: "Mr. Eden asked …". Of whom
only somebody's words tell ("he said that Litvinov had promised …"), nothing shows that he was there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from legation.facts.candidates import AUTHOR, AccountCandidate
from legation.facts.span import Span
from legation.reading.lexicon.speech import AUXILIARIES, CONJUNCTIONS, PREPOSITIONS, SPEECH
from legation.reading.papers import form_of_talk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legation.facts.candidates import FindingCandidate
    from legation.facts.when import When
    from legation.reading.papers import PaperHead
    from legation.reading.parties import Cast
    from legation.reading.scene import Scene

#: Kinds of paper that are the record of one talk.
TALKS: Final = frozenset({"conversation", "meeting"})
#: With these the words belong to another time, or were never said.
_NOT_THEN: Final = frozenset("had has have would could might will 'd".split())
#: They open a clause whose subject is not that of the sentence.
_INNER: Final = frozenset(
    "that if whether when because although though since while which who what how".split()
)
#: What may stand before the subject of a main clause besides a phrase that a comma ends.
_OPENERS: Final = frozenset("( and but then thereupon also however the".split())
#: With these somebody answers somebody else who is there.
_TURNS: Final = frozenset(
    "ask reply respond answer interject inquire interrupt comment remark agree add observe thank".split()
)
#: Words before the subject: of a phrase, and of a clause that a comma ends.
_PHRASE, _CLAUSE = 6, 25
#: How sure it is that everybody named took part: all begin paragraphs, not all do, one alone is known.
_PLAIN, _DOUBTFUL, _ALONE = 0.9, 0.7, 0.6


@dataclass(slots=True)
class _Part:
    """What the body shows of one person: own sentences, being spoken to, the mentions that lead there."""

    own: int = 0
    heard: int = 0
    #: Of their own sentences, those that begin a paragraph, and those that answer or ask.
    opening: int = 0
    turns: int = 0
    called: list[int] = field(default_factory=list)


def find_talk(
    scene: Scene, findings: Sequence[FindingCandidate], paper: PaperHead, written_on: When | None
) -> AccountCandidate | None:
    """Return the talk that a memorandum records, where its head does not say who took part.

    Its participants are those who speak in sentences of their own, and those spoken to who are known to
    speak or bear a title. None where nobody speaks; the score says how sure all of them are.
    """
    if paper.account is not None or paper.genre not in TALKS:
        return None
    cast, mentions = scene.cast, scene.mentions
    parts, author = _weigh(cast, findings, paper.body)
    chosen = _drop_offices(cast, {k: p for k, p in parts.items() if _took_part(cast, p)})
    if not chosen or (len(chosen) == 1 and not author and next(iter(chosen.values())).own < 1):
        return None
    alone = len(chosen) + author < 2
    plain = all(p.opening for p in chosen.values())
    people = sorted(_best(cast, p) for p in chosen.values())
    header = paper.header
    title = header.title or header.subject if header is not None else None
    first = mentions[people[0]].span
    return AccountCandidate(
        span=title or first,
        status="held",
        form=form_of_talk(scene.text, paper),
        participants=tuple(people),
        author=author,
        on=written_on,
        place=header.place if header is not None else None,
        rule="speakers",
        score=_ALONE if alone else _PLAIN if plain else _DOUBTFUL,
    )


def _weigh(cast: Cast, findings: Sequence[FindingCandidate], body: int) -> tuple[dict[str, _Part], bool]:
    """Count for each person the sentences in which they speak, and those in which they are spoken to."""
    parts: dict[str, _Part] = {}
    author = False
    seen: set[int] = set()
    for i, n in enumerate(cast.grid.who):
        if n < 0 or cast.mentions[n].span.start < body:
            continue
        part = parts.setdefault(cast.key(n), _Part())
        part.called.append(n)
        if _opens_paragraph(cast, i) and (cast.mentions[n].titles or cast.mentions[n].kind == "office"):
            # "Mr. Eden raised the question of …": minutes have a paragraph for each turn.
            part.opening += 1
            part.own += 1
            seen.add(n)
    for finding in findings:
        if finding.kind != "statement" or finding.status != "held" or finding.span.start < body:
            continue
        speaker = finding.parties[0]
        place = speaker.words if speaker.mention == AUTHOR else cast.mentions[speaker.mention].span
        if speaker.mention < AUTHOR or place is None or not _is_said_then(cast, place):
            continue
        if speaker.mention == AUTHOR:
            author = author or speaker.inferred == "first person"
        elif speaker.inferred:
            continue
        elif finding.rule.startswith("minutes") and cast.mentions[speaker.mention].kind != "name":
            # "The Chairman thought …" goes on with what was said of him.
            continue
        else:
            part = parts.setdefault(cast.key(speaker.mention), _Part())
            part.own += speaker.mention not in seen
            part.opening += speaker.mention not in seen and _opens_line(cast, cast.grid.at(place.start))
            part.turns += finding.rule.split()[0] in _TURNS
            seen.add(speaker.mention)
        for party in finding.parties[1:]:
            if party.role == "addressee" and party.mention >= 0 and not party.inferred:
                parts.setdefault(cast.key(party.mention), _Part()).heard += 1
    return parts, author


def _opens_line(cast: Cast, i: int) -> bool:
    """Say whether a word begins a paragraph."""
    grid = cast.grid
    return not i or grid.para[i - 1] != grid.para[i] or "\n" in grid.text[grid.end[i - 1] : grid.start[i]]


def _opens_paragraph(cast: Cast, i: int) -> bool:
    """Say whether somebody is the subject that opens a paragraph, with a plain past behind."""
    grid = cast.grid
    if not _opens_line(cast, i):
        return False
    j = i + 1
    while j < len(grid.low) and cast.is_adverb(j):
        j += 1
    return j < len(grid.low) and cast.is_verb(j) and grid.low[j] not in _NOT_THEN | AUXILIARIES


def _is_said_then(cast: Cast, place: Span) -> bool:
    """Say whether somebody is the subject of a sentence, and the verb a plain past."""
    grid = cast.grid
    low = grid.low
    i = grid.at(place.start)
    if i >= len(low):
        return False
    j = i + 1
    while j < len(low) and cast.is_adverb(j):
        j += 1
    if j < len(low) and low[j] in _NOT_THEN:
        return False
    first = i
    while first > 0 and grid.sentence[first - 1] == grid.sentence[i]:
        first -= 1
    before = [w for w in low[first:i] if w not in _OPENERS]
    if not before:
        return True
    if before[-1] != ",":
        # "At this point Mr. Eden remarked"
        verbs = any(cast.is_verb(k) or grid.who[k] >= 0 for k in range(first, i))
        return before[0] in PREPOSITIONS and len(before) <= _PHRASE and not verbs
    plain = not any(w in SPEECH or w in _INNER for w in before)
    return len(before) <= _CLAUSE and (plain or before[0] in PREPOSITIONS | CONJUNCTIONS)


def _took_part(cast: Cast, part: _Part) -> bool:
    """Say whether somebody speaks often enough, or speaks and bears a title as those present do."""
    named = any(cast.mentions[n].kind == "name" for n in part.called)
    titled = any(cast.mentions[n].titles for n in part.called) or not named
    enough = part.own > 1 or (part.own == 1 and (titled or part.heard > 0))
    if part.opening:
        return enough
    return (enough and part.turns > 0) or (part.heard > 0 and named and titled)


def _drop_offices(cast: Cast, parts: dict[str, _Part]) -> dict[str, _Part]:
    """Leave out "the Ambassador" where one of those who spoke is called Ambassador by name."""
    titles: dict[str, int] = {}
    for part in parts.values():
        for title in {" ".join(cast.mentions[n].titles) for n in part.called}:
            titles[title] = titles.get(title, 0) + 1

    def is_other(part: _Part) -> bool:
        called = [cast.mentions[n] for n in part.called]
        head = " " + called[0].head
        bearers = sum(count for title, count in titles.items() if title and head.endswith(" " + title))
        return any(m.kind != "office" for m in called) or bearers != 1

    return {key: part for key, part in parts.items() if is_other(part)}


def _best(cast: Cast, part: _Part) -> int:
    """Return the mention that says most of somebody: the fullest sure name, else the first."""

    def rank(n: int) -> tuple[bool, bool, int, int]:
        m = cast.mentions[n]
        return m.sure, m.kind == "name", len(m.given) + len(m.titles), -n

    return max(part.called, key=rank)
