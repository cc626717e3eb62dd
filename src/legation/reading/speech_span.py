"""How far statements reach: to the end of their clauses, and on over sentences that continue them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from legation.facts.candidates import AUTHOR
from legation.reading.lexicon.speech import MODALS, PASTS, SPEECH

if TYPE_CHECKING:
    from legation.reading.parties import Cast
    from legation.reading.speech_draft import Draft

_SEPARATORS: Final = frozenset(", ; : and but then so to which whereupon when – —".split())
_STRONG: Final = frozenset(", ; : – —".split())
#: Words that take the diary on, behind a strong mark: "; and so home".
_COURSE: Final = frozenset("so thence home thither away".split())
_ACTS: Final = frozenset(
    """
    rose left handed turned arrived smiled laughed paused nodded listened read withdrew entered
    joined departed sat stood walked drove went came returned dined lunched took drank met opened
    introduced presented gave showed
    """.split()
)
_NARRATES: Final = frozenset(
    """
    comment note meeting conversation discussion lunch dinner luncheon talk session interview there
    after throughout during later meanwhile otherwise participants thereafter end signed
    """.split()
)
#: Most words that a statement may run on for, and most sentences that may continue it.
_LONGEST: Final = 400
_MORE: Final = 14
#: Most quotations of one statement that are looked at, and the blanks that make one more than a word.
_QUOTES: Final = 40
_FEW: Final = 3


class Spans:
    """Settles the ends of the statements of one cast."""

    def __init__(self, cast: Cast, *, minutes: bool) -> None:
        self.cast = cast
        self.grid = cast.grid
        self.minutes = minutes
        self._courses = self._find_courses()
        self._quoted = [i for i, q in enumerate(cast.grid.quote) if q >= 0]

    def settle(self, drafts: list[Draft]) -> list[Draft]:
        """Give each draft its end; join those that go on with one subject."""
        out: list[Draft] = []
        n = 0
        while n < len(drafts):
            sentence = self.grid.sentence[drafts[n].verb]
            m = n
            while m < len(drafts) and self.grid.sentence[drafts[m].verb] == sentence:
                m += 1
            out.extend(self._sentence(drafts[n:m]))
            n = m
        self._continue(out)
        for draft in out:
            self._set_mode(draft)
        return out

    def _stop(self, i: int) -> int:
        """One past the last word of the sentence of `i`, without its full stop."""
        heads, low = self.grid.heads, self.grid.low
        n = bisect_right(heads, i)
        stop = heads[n] if n < len(heads) else len(low)
        while (stop > i + 1 and low[stop - 1] in (".", ";", ",", ":", ")")) or (
            stop > i + 1 and low[stop - 1].isdigit()
        ):
            stop -= 1
        return stop

    def _sentence(self, drafts: list[Draft]) -> list[Draft]:
        grid = self.grid
        stop = self._stop(drafts[0].verb)
        within: dict[int, Draft] = {}
        out: list[Draft] = []
        mains: list[Draft] = []
        for draft in drafts:
            main = mains[-1] if mains else None
            if main is not None and draft.verb <= main.content and draft.rule == "noun that":
                continue
            if main is not None and self._goes_on(main, draft):
                if not main.hearers:
                    main.hearers = draft.hearers
                continue
            if main is not None and not self._coordinate(main, draft):
                draft.nested = True
                within[id(draft)] = main
            elif main is not None:
                k = grid.at(draft.start)
                while k > main.verb + 1 and grid.low[k - 1] in _SEPARATORS:
                    k -= 1
                main.end = max(main.end, grid.end[k - 1])
            draft.end = grid.end[self._cut(draft, stop) - 1]
            out.append(draft)
            if not draft.nested:
                mains.append(draft)
        # What was cut by the statement behind must not reach over it again.
        for first, second in pairwise(mains):
            if first.end > second.start:
                k = grid.at(second.start)
                while k > first.verb + 1 and grid.low[k - 1] in _SEPARATORS:
                    k -= 1
                first.end = max(grid.end[first.verb], grid.end[k - 1])
        for draft in out:
            outer = within.get(id(draft))
            if outer is not None and outer.end > draft.start:
                draft.end = min(draft.end, max(outer.end, grid.end[draft.verb]))
        return out

    def _goes_on(self, main: Draft, draft: Draft) -> bool:
        cast = self.cast
        if not draft.carried or draft.status != main.status:
            return False
        if cast.key_of(main.speaker) != cast.key_of(draft.speaker) or not cast.key_of(main.speaker):
            return False
        hearers = {cast.key_of(h) for h in main.hearers}
        return not draft.hearers or not hearers or bool(hearers & {cast.key_of(h) for h in draft.hearers})

    def _coordinate(self, main: Draft, draft: Draft) -> bool:
        """Say whether a later verb of the sentence stands beside the earlier one, not within its content."""
        grid, low = self.grid, self.grid.low
        k = grid.at(draft.start)
        if k <= main.content + 1 or k <= main.verb + 1:
            return False
        if "had" in low[self.cast.verb_start(draft.verb) : draft.verb]:
            return False
        if SPEECH.get(low[draft.verb], ("", "", ""))[1] not in ("past", "present", "ing"):
            return False
        strong = False
        while k > main.verb + 1 and low[k - 1] in _SEPARATORS:
            strong = strong or low[k - 1] in _STRONG
            k -= 1
        if strong:
            return True
        joined = low[grid.at(draft.start) - 1] in ("and", "but")
        key = self.cast.key_of(draft.speaker)
        known = {"author", *(self.cast.key_of(h) for h in main.hearers), self.cast.key_of(main.speaker)}
        return joined and key in known

    def _find_courses(self) -> tuple[list[int], list[int]]:
        """Find the marks behind which the diary goes its way, and those behind which its author does."""
        low = self.grid.low
        ways: list[int] = []
        turns: list[int] = []
        for j in range(len(low) - 3):
            if low[j] not in _STRONG:
                continue
            joined = low[j + 1] in ("and", "but")
            word = low[j + 2] if joined else low[j + 1]
            if word in _COURSE and (low[j] == ";" or low[j + 1] == "and"):
                ways.append(j)
            elif low[j] == ";" and word in ("i", "we") and low[j + 2 + joined] in PASTS:
                turns.append(j)
        return ways, turns

    def _cut(self, draft: Draft, stop: int) -> int:
        """Where a statement ends before the end of its sentence, because the diary goes its way."""
        if self.minutes or draft.content < 0:
            return stop
        begin = max(draft.content, draft.verb) + 2
        last = min(stop, draft.content + _LONGEST)
        for places in self._courses[: 1 if draft.speaker.mention == AUTHOR else 2]:
            n = bisect_left(places, begin)
            if n < len(places):
                last = min(last, places[n])
        return last

    def _continue(self, drafts: list[Draft]) -> None:
        """Extend the last statement of a sentence over the sentences that say no speaker anew."""
        grid = self.grid
        mains = [d for d in drafts if not d.nested and d.status != "denied"]
        busy = {grid.sentence[d.verb] for d in drafts}
        for n, draft in enumerate(mains):
            sentence = grid.sentence[draft.verb]
            if n + 1 < len(mains) and grid.sentence[mains[n + 1].verb] == sentence:
                continue
            if draft.end < grid.end[self._stop(draft.verb) - 1]:
                continue
            number = bisect_right(grid.heads, draft.verb)
            for step in range(_MORE):
                if number + step >= len(grid.heads):
                    break
                head = grid.heads[number + step]
                if grid.para[head] != grid.para[draft.verb] or grid.sentence[head] in busy:
                    break
                if not self._continues(draft, head):
                    break
                draft.end = grid.end[self._stop(head) - 1]

    def _continues(self, draft: Draft, head: int) -> bool:
        grid, low = self.grid, self.grid.low
        stop = self._stop(head)
        words = low[head:stop]
        if not words or not (words[0][0].isalpha() or words[0] in ("\ue000", "\ue001")):
            return False
        if words[0] == "that" or (
            words[0] in ("and", "as") and len(words) > 1 and words[1] in ("that", "also")
        ):
            return True
        if words[0] == "also" and len(words) > 1 and words[1] in ("that", "about", "of"):
            return True
        if not self.minutes:
            modal = any(w in ("would", "should", "could", "might") for w in words[:6])
            return modal and words[0] in ("he", "she", "they") and draft.speaker.mention != AUTHOR
        if any(w in _NARRATES for w in words[:3]):
            return False
        opening = words[:4]
        if "i" in opening and draft.speaker.mention != AUTHOR:
            return any(w in MODALS for w in words[:6])
        for k in range(head, min(stop, head + 4)):
            if grid.who[k] >= 0 or low[k] in ("he", "she", "they", "we"):
                after = low[k + 1] if k + 1 < stop else ""
                return after not in _ACTS
        return True

    def _set_mode(self, draft: Draft) -> None:
        grid = self.grid
        first, last = grid.at(draft.start), grid.at(draft.end - 1)
        quoted = 0
        longest: tuple[int, int] | None = None
        n = bisect_left(self._quoted, first)
        for k in self._quoted[n : min(n + _QUOTES, bisect_right(self._quoted, last))]:
            if grid.text.count(" ", grid.start[k], grid.end[k]) >= _FEW:
                quoted += grid.end[k] - grid.start[k]
                if longest is None or grid.end[k] - grid.start[k] > longest[1] - longest[0]:
                    longest = (grid.start[k], grid.end[k])
        if longest is not None and quoted * 4 > draft.end - draft.start:
            draft.mode = "quoted"
            draft.quotation = longest
