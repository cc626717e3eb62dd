"""Names of people in a text: every plausible one, with its parts, its evidence and its odds."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from legation.facts.candidates import MentionCandidate
from legation.facts.span import Span
from legation.reading.name_context import weigh_context
from legation.reading.name_draft import SURE, Draft, Words
from legation.reading.name_lists import weigh_lists
from legation.reading.name_marks import mark_distinctions
from legation.reading.name_proposals import weigh_proposals
from legation.reading.name_rules import parse_at
from legation.reading.name_scripts import find_caseless, is_caseless, take_title
from legation.reading.name_words import F_NEVER, F_PLACE, look_up
from legation.reading.tagger import Tagger
from legation.reading.tokens import split_pieces, tokenise

#: Log odds below which nothing but a link or a known person could make a name of it.
_FLOOR = -4.0


@dataclass(frozen=True, slots=True)
class Steps:
    """Which steps follow once each name has been weighed by itself; all, but for measurements.

    `coordination` lets names in one list support each other, `consistency` lets a name that the
    text makes sure carry its bare repetitions.
    """

    coordination: bool = True
    consistency: bool = True


ALL_STEPS = Steps()


def find_names(
    text: str,
    *,
    linked: Sequence[tuple[Span, str]] = (),
    tagger: Tagger | None = None,
    steps: Steps = ALL_STEPS,
) -> tuple[MentionCandidate, ...]:
    """Find every plausible personal name, in order of place.

    `linked` gives the spans that the user marked as people, each with the name meant; these are
    taken as they are, and nothing that overlaps them is kept. A candidate is `sure` where the text
    alone suffices; the others (bare surnames above all) wait for a register. `score` is the
    probability that goes with the rules' log odds. Of what is open a `tagger` holds forms that it
    sees again and again in one text (`tagged` in their evidence) and offers others as questions
    (`tagger:N`). Never raises on any text.
    """
    found: list[MentionCandidate] = []
    for start, end in split_pieces(text):
        found += _read_piece(text[start:end], start, tagger, steps)
    return tuple(_add_links(found, linked) if linked else found)


def parse_name(name: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Return titles, given names and surname of a name that is known to be one."""
    tokens = tokenise(name)
    words = Words(name, tokens, frozenset())
    best: Draft | None = None
    i = 0
    while i < len(tokens):
        if not tokens[i].text[0].isupper():
            i += 1
            continue
        draft, following = parse_at(words, i)
        i = max(following, i + 1)
        if draft is not None and (best is None or draft.end - draft.start > best.end - best.start):
            best = draft
    if best is None:
        return (), (), name.strip()
    return best.titles, best.given, best.surname


def draft_names(text: str, steps: Steps = ALL_STEPS) -> tuple[Words, list[Draft]]:
    """Return the words of a text and every name that the rules see in it, weighed, good or bad."""
    tokens = tokenise(text)
    words = Words(text, tokens, frozenset(t.text for t in tokens if t.text[0].islower()))
    drafts = _parse_all(words)
    if steps.coordination:
        weigh_lists(words, drafts)
    if steps.consistency:
        _weigh_document(drafts)
    return words, drafts


def _read_piece(text: str, offset: int, tagger: Tagger | None, steps: Steps) -> list[MentionCandidate]:
    words, drafts = draft_names(text, steps)
    if tagger is not None:
        weigh_proposals(words, drafts, tagger)
    mark_distinctions(words, drafts)
    found = [_finish(words, draft, offset) for draft in drafts if draft.odds > _FLOOR]
    if not text.isascii() and is_caseless(text):
        more = [
            replace(m, span=Span(offset + m.span.start, offset + m.span.end)) for m in find_caseless(text)
        ]
        found = sorted(found + more, key=lambda m: m.span)
    return found


def _add_links(found: list[MentionCandidate], linked: Sequence[tuple[Span, str]]) -> list[MentionCandidate]:
    """Put the user's own links in the place of whatever overlaps them."""
    order = sorted(linked)
    starts = [span.start for span, _ in order]
    kept = []
    for mention in found:
        n = bisect_left(starts, mention.span.end)
        if not (n and order[n - 1][0].overlaps(mention.span)):
            kept.append(mention)
    kept += [_link(span, name) for span, name in order]
    return sorted(kept, key=lambda c: (c.span.start, c.span.end))


def _parse_all(words: Words) -> list[Draft]:
    drafts: list[Draft] = []
    tokens = words.tokens
    count = len(tokens)
    i = 0
    while i < count:
        if not tokens[i].text[0].isupper():
            i += 1
            continue
        draft, following = parse_at(words, i)
        i = max(following, i + 1)
        if draft is None:
            continue
        if draft.bare or "given" in draft.evidence or "initials" in draft.evidence:
            draft.context = weigh_context(tokens, draft.start, draft.end, draft.evidence)
            draft.odds += draft.context
        take_title(words, draft)
        drafts.append(draft)
    return drafts


def _weigh_document(drafts: list[Draft]) -> None:
    """Let a name that the text makes sure carry its bare repetitions, and contexts add up."""
    known: set[str] = set()
    support: dict[str, float] = {}
    against: dict[str, int] = {}
    for draft in drafts:
        if draft.odds >= 2.0 and ("title" in draft.evidence or (draft.surname and not draft.bare)):
            known.add(draft.key)
        if draft.bare and draft.context <= -1.2 and "place" in draft.evidence:
            against[draft.key] = against.get(draft.key, 0) + 1
        if draft.bare and len(draft.key) > 1:
            support[draft.key] = support.get(draft.key, 0.0) + draft.context
    for draft in drafts:
        if not draft.bare or not draft.key:
            continue
        if draft.key in known and "lower" not in draft.evidence:
            gain = 3.2
            if look_up(draft.key)[1] & (F_PLACE | F_NEVER):
                gain = 1.2 if against.get(draft.key) else 4.6
            draft.odds += gain
            draft.evidence.append("repeated")
            continue
        others = support[draft.key] - draft.context if draft.key in support else 0.0
        draft.odds += max(-1.5, min(2.0, 0.5 * others))


def _finish(words: Words, draft: Draft, offset: int) -> MentionCandidate:
    tokens = words.tokens
    start = tokens[draft.start].start
    end = tokens[draft.end - 1].end
    if (
        draft.end - draft.start > 1
        and words.text[end - 1] == "."
        and tokens[draft.end - 1].text[-2:-1].islower()
    ):
        end -= 1
    sure = draft.odds >= SURE
    return MentionCandidate(
        span=Span(offset + start, offset + end),
        kind="name",
        titles=draft.titles,
        given=draft.given,
        surname=draft.surname,
        head=draft.head,
        of=draft.of,
        evidence=tuple(dict.fromkeys(draft.evidence)),
        sure=sure,
        score=round(1 / (1 + math.exp(-draft.odds)), 3),
    )


def _link(span: Span, name: str) -> MentionCandidate:
    titles, given, surname = parse_name(name)
    return MentionCandidate(
        span=span,
        kind="name",
        titles=titles,
        given=given,
        surname=surname,
        evidence=("linked",),
        sure=True,
        score=1.0,
    )
