"""What becomes of the tagger's proposals: what one text repeats may hold, the others are asked about.

The tagger alone makes no name: a proposal counts only where the rules too see a possible name, and
see nothing that speaks for a place or a thing (decision 0012 has the figures).
"""

from __future__ import annotations

from collections.abc import Sequence

from legation.reading.name_draft import SURE, Draft, Words
from legation.reading.tagger import Proposal, Tagger

#: Chance from which a proposal is a question.
ASKED = 0.6
#: Log odds of the rules below which a proposal is dropped.
_POSSIBLE = -1.5
#: How often a form is to be proposed in one text, and with what chance at best, for its uses to carry
#: each other; at least one use must seem as likely as this to the rules.
_OFTEN, _AT_BEST, _LIKELY = 2, 0.8, -1.0
#: What the words around one use say (log odds) where they hold the form for a place.
_PLACED = -1.5
#: The odds of what is carried: a little more than holds it, so that a diary may object.
_HELD = SURE + 0.1


def weigh_proposals(words: Words, drafts: Sequence[Draft], tagger: Tagger) -> None:
    """Add what the tagger says of the drafts of one text to their odds and evidence.

    A form proposed again and again in one text holds: its uses get the code `tagged` and just the
    odds that hold them. Any other gets `tagger:N`, its chance in hundredths, and keeps its odds: it
    is to be asked about.
    """
    offered = _match(words, drafts, tagger.propose(words, drafts))
    if not offered:
        return
    carried = _find_carried(drafts, offered)
    for n, chance in offered.items():
        draft = drafts[n]
        doubted = "place" in draft.evidence or "determiner" in draft.evidence
        if draft.key in carried:
            draft.odds = max(draft.odds, _HELD)
            draft.evidence.append("tagged")
        elif chance >= ASKED and draft.odds >= _POSSIBLE and not doubted:
            draft.evidence.append(f"tagger:{round(100 * chance)}")


def _match(words: Words, drafts: Sequence[Draft], proposals: Sequence[Proposal]) -> dict[int, float]:
    """Return the chance of each open draft that a proposal means, by the draft's number."""
    out: dict[int, float] = {}
    n = 0
    for proposal in proposals:
        while n < len(drafts) and drafts[n].end <= proposal.start:
            n += 1
        met = []
        k = n
        while k < len(drafts) and drafts[k].start < proposal.end:
            met.append(k)
            k += 1
        if len(met) != 1 or drafts[met[0]].odds >= SURE:
            continue
        draft = drafts[met[0]]
        beyond = (*range(proposal.start, draft.start), *range(draft.end, proposal.end))
        if not any(words.tokens[i].text[0].isalpha() for i in beyond):
            out[met[0]] = proposal.chance
    return out


def _find_carried(drafts: Sequence[Draft], offered: dict[int, float]) -> frozenset[str]:
    """Return the forms that the tagger offers often in one text where no use stands as a place does."""
    uses: dict[str, list[int]] = {}
    for n in offered:
        if drafts[n].key:
            uses.setdefault(drafts[n].key, []).append(n)
    often = {
        key
        for key, numbers in uses.items()
        if len(numbers) >= _OFTEN
        and max(offered[n] for n in numbers) >= _AT_BEST
        and max(drafts[n].odds for n in numbers) >= _LIKELY
    }
    if often:
        often -= {d.key for d in drafts if d.context <= _PLACED}
    return frozenset(often)
