"""The words beside a quotation that say whose it is: "said he", "the clerk replied", "Eden said:"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from legation.facts.candidates import AUTHOR, UNKNOWN
from legation.reading.lexicon.speech import (
    AUXILIARIES,
    CONJUNCTIONS,
    PAST,
    PREPOSITIONS,
    PRESENT,
    SPEECH,
    TAGS,
)
from legation.reading.parties import NOBODY, Who
from legation.reading.speech_grid import QUOTED

if TYPE_CHECKING:
    from legation.reading.parties import Cast

_MARKS: Final = frozenset(", . ; : ! ? - – — … ( ) * _".split())
#: "went on", "put in", "cried out".
_PARTICLES: Final = frozenset("on in out up forth back off over".split())
_INDEFINITE: Final = frozenset(
    "somebody someone another one everybody everyone nobody anybody others".split()
)
DETERMINERS: Final = frozenset("the a an his her my our their your this that another one".split())
#: They give a name where nobody stands before them.
_NAMING: Final = frozenset("called calls call".split())
_FIRST_WORD: Final = re.compile(r"[\"“‘'«„`]{1,4}\s?([a-z]+)")
#: A tag stands so close to its quotation.
_NEAR: Final = 9


@dataclass(slots=True)
class Quotation:
    """One quotation: its place in the grid, its tag, its speaker."""

    i: int
    q: int
    who: Who = NOBODY
    rule: str = ""
    score: float = 0.0
    #: The grid places of the tag (first word to one past the last), before or behind.
    tag: tuple[int, int] | None = None
    behind: bool = False
    verb: int = -1
    hearers: tuple[Who, ...] = ()
    speech: bool = False
    vocatives: frozenset[str] = field(default=frozenset())
    turn: int = -1
    #: How sure it is that it goes on with the turn before its tag's full stop, where that is not told.
    runs_on: float = 0.0


class Tags:
    """The quotations of one cast with their tags."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.grid = cast.grid
        self.rows = [Quotation(i, q) for i, q in enumerate(cast.grid.quote) if q >= 0]
        self._inner = self._mentions_inside()
        #: Line ends do not tell where somebody else begins to speak.
        self.flat = not self._has_lines()

    def _has_lines(self) -> bool:
        """Say whether quotations begin lines, as they do where each speaker has a paragraph."""
        grid = self.grid
        count = sum(
            1 for row in self.rows if row.i and "\n" in grid.text[grid.end[row.i - 1] : grid.start[row.i]]
        )
        return len(self.rows) < 3 or count * 5 >= len(self.rows)

    def _read_tag(self, row: Quotation, previous: Quotation | None) -> None:
        found = self._behind(row.i)
        if found is None or not found[0]:
            before = self._before(row.i, previous)
            found = before if before is not None and before[0] else found
        if found is None:
            self._read_verb_within(row)
            return
        who, verb, first, last, behind = found
        row.tag, row.verb, row.behind, row.speech = (first, last), verb, behind, True
        if not who:
            return
        if self._is_addressed(row, who):
            return
        row.who = who
        row.rule = "tag behind" if behind else "tag before"
        row.score = who.score * (0.98 if behind else 0.95)
        if who.inferred and who.mention != AUTHOR:
            # Whom nothing shows to be a man or woman, "he" or "she" may not mean.
            row.score = min(row.score, self._limit(who))
        row.hearers = tuple(
            h
            for h in self.cast.recipients(self.grid.end[verb], ("to", "unto"))
            if self.cast.key_of(h) != self.cast.key_of(who)
        )

    def _read_verb_within(self, row: Quotation) -> None:
        """Read "Eden “expressed surprise at this”": the quoted words begin with the verb."""
        grid = self.grid
        j = row.i - 1
        while j > 0 and self.cast.is_adverb(j):
            j -= 1
        who = self.cast.who_at(j) if j >= 0 and grid.sentence[j] == grid.sentence[row.i] else None
        inner = _FIRST_WORD.match(grid.text, grid.start[row.i])
        if who is None or not who or inner is None:
            return
        form = SPEECH.get(inner[1])
        if form is not None and form[1] in (PAST, PRESENT):
            row.tag, row.who, row.rule, row.speech = (j, row.i), who, "verb within", True
            row.score = who.score * 0.95

    def _limit(self, who: Who) -> float:
        """How sure it can be at most whom a tag's "he" or "she" stands for."""
        known = bool(self.cast.gender_of(who))
        if who.mention == UNKNOWN:
            return 0.76 if known else 0.7
        if known:
            return 1.0
        return 0.76 if who.inferred == "subject carried on" else 0.6

    def _behind(self, i: int) -> tuple[Who, int, int, int, bool] | None:
        """Read "said he", "the parson replied" behind a quotation."""
        grid, low = self.grid, self.grid.low
        n = len(low)
        j = i + 1
        if j < n and low[j] in (",", "-", "–", "—"):
            j += 1
        if j >= n or grid.para[j] != grid.para[i] or low[j] == QUOTED:
            return None
        while j < n and self.cast.is_adverb(j) and j < i + 3:
            j += 1
        if j < n and low[j] in TAGS and low[j] not in ("put", "read", "see", "seemed", "wished"):
            after = j + 2 if j + 1 < n and low[j + 1] in _PARTICLES else j + 1
            who, end = self._subject_behind(after)
            if who:
                return who, j, i + 1, end, True
            if j + 1 < n and low[j + 1] in _MARKS:
                return None
        terminal = grid.text[max(0, grid.end[i] - 3) : grid.end[i]]
        ended = "." in terminal and "..." not in terminal
        if ended:
            return None
        who, end = self._subject_behind(j)
        if not who:
            return None
        k = end
        while (
            k < n
            and k < end + 4
            and (self.cast.is_adverb(k) or low[k] in ("had", "did", "would", "then", "has"))
        ):
            k += 1
        if k + 1 < n and low[k + 1] == "that" and k < n and low[k] in TAGS:
            # "I answered that it was": a sentence of its own.
            return None
        if k < n and k - 1 < i + _NEAR and low[k] in TAGS and grid.sentence[k] == grid.sentence[j]:
            return who, k, i + 1, k + 1, True
        # "Mary heard her say"
        if (
            k + 2 < n
            and low[k] in ("heard", "hears")
            and low[k + 2] in ("say", "cry", "ask", "whisper", "mutter", "answer", "reply")
        ):
            inner = self.cast.who_at(k + 1)
            if inner is not None and inner:
                return inner, k + 2, i + 1, k + 3, True
        return None

    def _subject_behind(self, j: int) -> tuple[Who, int]:
        """Somebody whose words begin at `j`, and one past them."""
        grid, low, cast = self.grid, self.grid.low, self.cast
        n = len(low)
        if j >= n or low[j] in ("me", "us", "him", "them"):
            return NOBODY, j
        if j + 1 < n and low[j] == "her" and not cast.pronouns.get(j):
            pass
        else:
            who = cast.who_at(j)
            if who is not None:
                end = j + 1
                if end < n and low[end] == "'s" and grid.who[j] >= 0:
                    return self._described(j, end + 1)
                if who or low[j] in ("he", "she", "they"):
                    return who, end
                return NOBODY, j
        if low[j] in _INDEFINITE:
            return cast.name_described(j, j + 1), j + 1 + (j + 1 < n and low[j + 1] == "else")
        if low[j] in DETERMINERS:
            return self._described(j, j + 1)
        word = grid.text[grid.start[j] : grid.end[j]]
        if (
            word[:1].isupper()
            and word[1:2]
            and low[j][0].isalpha()
            and low[j] not in CONJUNCTIONS
            and low[j] not in PREPOSITIONS
            and low[j] not in AUXILIARIES
            and low[j] not in SPEECH
        ):
            end = j + 1
            while (
                end < n
                and end < j + 4
                and grid.text[grid.start[end]].isupper()
                and grid.text[grid.start[end] - 1] == " "
                and low[end][0].isalpha()
            ):
                end += 1
            return cast.name_described(j, end), end
        return NOBODY, j

    def _described(self, j: int, k: int) -> tuple[Who, int]:
        """Read "the man with the basket" up to the noun."""
        low, cast = self.grid.low, self.cast
        n = len(low)
        end = k
        while end < n and end < k + 6:
            word = low[end]
            if not word[0].isalpha() or word in PREPOSITIONS or word in CONJUNCTIONS or word in AUXILIARIES:
                break
            if end > k and (word in TAGS or cast.is_adverb(end) or cast.is_verb(end) or word.endswith("ing")):
                break
            end += 1
        if end == k:
            return NOBODY, j
        return cast.name_described(j, end), end

    def _before(self, i: int, previous: Quotation | None) -> tuple[Who, int, int, int, bool] | None:
        """Read "he said:" before a quotation."""
        grid, low, cast = self.grid, self.grid.low, self.cast
        j = i - 1
        if j < 0 or grid.para[j] != grid.para[i] or low[j] in (".", "!", "?", QUOTED, ";"):
            return None
        floor = previous.i if previous else -1
        k = j
        while k > floor and j - k < 14 and grid.sentence[k] == grid.sentence[j]:
            word = low[k]
            if (
                word in SPEECH
                and SPEECH[word][1] in (PAST, PRESENT, "ing")
                and not (k and low[k - 1] in ("the", "a", "his", "her", "my"))
            ):
                if SPEECH[word][2] == frozenset(("think",)) and word not in ("thought", "thinks", "wondered"):
                    k -= 1
                    continue
                if (
                    j > k
                    and low[j] not in (",", ":", "–", "—", "-")
                    and not (j == k + 1 and (cast.who_at(j) is not None or cast.is_adverb(j)))
                ):
                    return None
                if previous is not None and previous.verb == k:
                    return None
                if word in _NAMING and j == k and (not k or cast.who_at(k - 1) is None):
                    # "A play, called “The Tempest”" says nothing.
                    return None
                who = NOBODY
                if k + 1 <= j:
                    inverted, end = self._subject_behind(k + 1)
                    if (
                        inverted
                        and low[k - 1 if k else 0] in (",", ".", ";", "and", "then", QUOTED)
                        and low[end] in (",", ":")
                    ):
                        who = inverted
                if not who:
                    who = cast.subject_at(k, hearer=low[k + 1] if k + 1 < len(low) else "")
                if not who:
                    d, _ = self._backward_description(k)
                    who = d
                if who.inferred == "author left out":
                    who = Who(who.mention, who.words, who.inferred, 0.5)
                return who, k, k, i, False
            k -= 1
        return None

    def _backward_description(self, k: int) -> tuple[Who, int]:
        """Read "the servant in the doorway said", a description with any noun, directly before a verb."""
        low, cast = self.grid.low, self.cast
        j = cast.verb_start(k) - 1
        m = j
        while m >= 0 and j - m < 5 and self.grid.same_sentence(m, k):
            if low[m] in DETERMINERS and m < j:
                return cast.name_described(m, j + 1), m
            if not low[m][0].isalpha() or low[m] in CONJUNCTIONS or cast.is_verb(m):
                break
            m -= 1
        return NOBODY, k

    def _mentions_inside(self) -> dict[int, list[int]]:
        """Which mentions stand in each quotation."""
        out: dict[int, list[int]] = {}
        spans = self.cast.quotes
        q = 0
        order = sorted(range(len(self.cast.mentions)), key=lambda n: self.cast.mentions[n].span.start)
        for n in order:
            at = self.cast.mentions[n].span.start
            while q < len(spans) and spans[q][1] <= at:
                q += 1
            if q < len(spans) and spans[q][0] <= at:
                out.setdefault(q, []).append(n)
        return out

    def _vocatives(self, row: Quotation) -> frozenset[str]:
        """The keys of those whom a quotation calls by name."""
        text = self.grid.text
        out = set()
        stop = self.grid.end[row.i]
        for n in self._inner.get(row.q, ()):
            span = self.cast.mentions[n].span
            before = text[max(0, span.start - 12) : span.start].rstrip()
            after = text[span.end : min(stop, span.end + 3)].lstrip()
            opens = (
                not before
                or before[-1] in "\"“‘'`,.!?;:—–-"
                or before.lower().endswith(("dear", " o", "oh", "my good"))
            )
            closes = not after or after[0] in "\"”’',.!?;:—–-"
            if opens and closes:
                low = before[-6:].lower()
                if low.endswith((" and", " or")):
                    continue
                out.add(self.cast.key(n))
        return frozenset(out)

    def _is_addressed(self, row: Quotation, who: Who) -> bool:
        return (
            bool(row.vocatives)
            and who.inferred not in ("", "first person")
            and self.cast.key_of(who) in row.vocatives
        )
