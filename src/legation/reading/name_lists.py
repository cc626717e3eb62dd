"""Names in one list support each other: "Shepley, Moore and Mr. Crew", "with Halifax, Eden and Sikorski"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from legation.reading.name_draft import Draft, Words
from legation.reading.name_words import F_ONLY_PLACE, F_OPENER, F_PLACE, F_TAIL, look_up

_MARKS = frozenset((",", "and", "&", "/", ";"))
#: Words whose company is people, whatever their names look like.
_COMPANY = frozenset(
    """
    with met meet meeting saw see seen invited joined accompanied greeted thanked introduced present
    besides
    """.split()
)
#: What a note of company begins with, before a colon.
_HEADINGS = frozenset(
    """
    breakfast lunch luncheon tea dinner supper drinks guests present participants company party
    attended with callers visitors meeting also
    """.split()
)
#: Log odds from which a name carries its neighbours, and below which it drags them.
_KNOWN, _DRAGGING = 1.2, -1.5
#: Among company a name that only just holds carries them too.
_HELD = 0.5
#: What a known neighbour adds: to any name, and to a surname that is a place's name too, among company.
_GAIN, _PLACE_GAIN = 1.3, 2.6
_LOSS = 0.4
#: What a lone word loses for opening a sentence (`name_weights`).
_OPENING = 1.2


def weigh_lists(words: Words, drafts: Sequence[Draft]) -> None:
    """Let what introduces or follows a list of names hold for all in it, and each for its neighbours."""
    for row in _find_rows(words, drafts):
        among = _share_company(words, row)
        _weigh_neighbours(row, among)


def _find_rows(words: Words, drafts: Sequence[Draft]) -> Iterator[list[Draft]]:
    """Yield the names that stand in one list, where there are at least two."""
    tokens = words.tokens
    row: list[Draft] = []
    for draft in drafts:
        if row:
            gap = tokens[row[-1].end : draft.start]
            joined = 0 < len(gap) <= 2 and all(t.text in _MARKS for t in gap)
            if joined and tokens[row[-1].start].sentence == tokens[draft.start].sentence:
                row.append(draft)
                continue
            if len(row) > 1:
                yield row
        row = [draft]
    if len(row) > 1:
        yield row


def _share_company(words: Words, row: Sequence[Draft]) -> bool:
    """Say whether a list tells of company; give each of its bare names what only the first or last got."""
    tokens = words.tokens
    first, last = row[0], row[-1]
    before = tokens[first.start - 1].text.lower() if first.start else ""
    heading = before == ":" and first.start > 1 and tokens[first.start - 2].text.lower() in _HEADINGS
    opened = before in _COMPANY or heading
    closed = "verb" in last.evidence and "and" in (t.text for t in tokens[first.end : last.start])
    if not (opened or closed):
        return False
    for draft in row:
        if draft.bare and words.opens(draft.start) and not look_up(draft.key)[1] & F_OPENER:
            draft.odds += _OPENING  # a list of company begins with a name, not with a common word
        if not draft.bare or (draft is first and before in _COMPANY) or (draft is last and closed):
            continue
        if _is_thing(draft):
            continue
        draft.odds += 0.7
        draft.context += 0.7
        draft.evidence.append("coordination")
    return True


def _is_thing(draft: Draft) -> bool:
    return bool(look_up(draft.key)[1] & (F_ONLY_PLACE | F_TAIL))


def _weigh_neighbours(row: Sequence[Draft], among: bool) -> None:
    """Let a known name raise the bare ones beside it, to the right and then to the left."""
    order = range(1, len(row))
    for pairs in (((n - 1, n) for n in order), ((n, n - 1) for n in reversed(order))):
        for k, o in pairs:
            known, other = row[k], row[o]
            if not other.bare:
                continue
            if known.odds >= (_KNOWN if not among else _HELD):
                if "neighbour" not in other.evidence:
                    placed = among and look_up(other.key)[1] & F_PLACE and not _is_thing(other)
                    other.odds += _PLACE_GAIN if placed else _GAIN
                    other.evidence += ["neighbour", "coordination"]
            elif known.odds < _DRAGGING and not among:
                other.odds -= _LOSS
