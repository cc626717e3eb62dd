"""What every sign of a promise asks: who promises, who hears it, what is promised, and until when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from legation.facts.candidates import UNKNOWN, FindingCandidate
from legation.reading.lexicon.deeds import (
    FEELINGS,
    NOT_BASE,
    PRAISING,
    PROMISES,
    SAID,
    TALK,
    THOUGHT,
    VOWS,
)
from legation.reading.parties import NOBODY, Who
from legation.reading.scene import CONDITIONS, FUTURE, NEGATIONS, Scene, Search

if TYPE_CHECKING:
    from legation.facts.candidates import AccountStatus, DateMention

REFLEXIVE: Final = frozenset("myself himself herself themselves yourself itself ourselves".split())
PASSIVE: Final = frozenset("was were is are am been being be".split())
POSSESSIVE: Final = frozenset("my our his her their 's ' ’".split())
_DETERMINERS: Final = POSSESSIVE | frozenset(
    "a an the by of and per this that such with any no beyond".split()
)
_SUBJECTS: Final = frozenset("he she i we they who and which that also but so you it".split())
_NOMINATIVES: Final = frozenset("i we he she they do did to will".split())
#: "Got him to promise": done, though an infinitive.
_CAUSED: Final = frozenset("got made get make".split())
_PROPOSED: Final = frozenset(
    """
    propose proposes proposed suggests suggested desires desired hopes hoped wishes wished asked insisted
    urged demanded
    """.split()
)
_SHORT: Final = frozenset("him her me them us and , both".split())
_EASED: Final = frozenset("also certainly gladly , of course himself myself all".split())
_ABOUT: Final = frozenset("in there with back at".split())
#: Rules whose person does not stand as the subject of the sign.
_OWNED: Final = frozenset({"promise-of", "promise-from", "promised-by", "by-promise", "letter"})
#: Texts older than this say "I should" for "I would".
_MODERN: Final = 1880


class PromiseLook(Search):
    """One search for promises."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        written = scene.context.written_on
        self.old = written is not None and written.last.year < _MODERN

    # --- words ----------------------------------------------------------------------------------

    def word(self, i: int) -> str:
        """The word at `i`, or "." beyond the text."""
        return self.low[i] if 0 <= i < len(self.low) else "."

    def is_noun(self, i: int) -> bool:
        """Say whether "promise", "vow", "pledge" is a noun here."""
        low = self.low
        word = low[i]
        if word not in PROMISES:
            return False
        k = i - 1
        while k >= 0 and i - k < 4 and (self.cast.is_adverb(k) or low[k] in PRAISING):
            k -= 1
        if k < 0 or not self.scene.same(k, i):
            return False
        before = low[i - 1] if self.scene.same(i - 1, i) else ""
        if word in ("promise", "promises") and self.word(i + 1) in ("from", "of"):
            return True
        if word == "promises" and before.isalpha():
            subject = before in _SUBJECTS or self.grid.who[i - 1] >= 0 or self.cast.is_adverb(i - 1)
            if not subject:
                return True
        if word in VOWS or word in ("word", "commitment"):
            return low[k] not in _NOMINATIVES
        return low[k] in _DETERMINERS or (low[k] == "to" and self.word(k - 1) == "according")

    def is_base(self, i: int) -> bool:
        """Say whether a word behind "to" is a verb: no name, pronoun or article."""
        if i >= len(self.low) or self.grid.who[i] >= 0:
            return False
        word = self.low[i]
        return word.isalpha() and word not in NOT_BASE and not self.is_capital(i)

    def is_capital(self, i: int) -> bool:
        """Say whether a word is written with a capital."""
        return i < len(self.low) and self.scene.text[self.grid.start[i]].isupper()

    def relative(self, i: int, word: str = "which") -> int:
        """The "which" (or another word) whose verb stands at `i`: "which I promised"; -1 if none."""
        k = self.scene.group(i).start - 1
        for j in (k - 1, k - 2):
            if j >= 0 and self.scene.same(j, i) and self.low[j] == word:
                return j
        return -1

    def is_proposed(self, i: int) -> bool:
        """Say whether the clause of the verb at `i` is what somebody proposes or asks for."""
        low = self.low
        for j in range(i - 1, max(1, i - 8), -1):
            if not self.scene.same(j, i) or low[j] in (",", ";"):
                return False
            if low[j] == "that":
                return low[j - 1] in _PROPOSED
        return False

    def said_before(self, k: int) -> int:
        """The verb of saying that governs the clause whose subject is the word `k`; -1 if none."""
        low = self.low
        for j in range(k - 1, max(-1, k - 10), -1):
            word = low[j]
            if not self.scene.same(j, k) or word in THOUGHT or word in (";", ":"):
                return -1
            if word in SAID:
                return j
            if word == "," and j < k - 1 and low[j + 1] != "that" and low[j + 1] not in CONDITIONS:
                return -1
        return -1

    def deed(self, i: int) -> int:
        """The verb behind "would" at `i`, or -1 where it is none that could be promised."""
        low = self.low
        j = i + 1
        while j < len(low) and j < i + 6 and (self.cast.is_adverb(j) or low[j] in _EASED):
            j += 1
        if not NEGATIONS.isdisjoint(low[i + 1 : j + 1]) or j >= len(low) or not self.scene.same(i, j):
            return -1
        word = low[j]
        if word == "be":
            touch = self.word(j + 1) != "in" or self.word(j + 2) in ("touch", "contact")
            return j if self.word(j + 1) in _ABOUT and touch else -1
        if word in FEELINGS or not word.isalpha():
            return -1
        if word in ("make", "try", "give") and not TALK.isdisjoint(low[j + 1 : j + 6]):
            return -1
        return j

    def is_conditional(self, i: int, deed: int) -> bool:
        """Say whether an "if" stands near "would" at `i` and its verb at `deed`."""
        first = self.scene.group(i).start
        return any(
            self.low[j] in CONDITIONS and self.scene.same(j, i)
            for j in range(max(0, first - 8), min(len(self.low), deed + 14))
        )

    def status(self, i: int) -> AccountStatus | None:
        """The status of what the verb at `i` says; None where it tells of no promise."""
        scene = self.scene
        if scene.is_doubtful(i):
            return None
        auxiliaries = scene.auxiliaries(i)
        if "to" in auxiliaries:
            at = scene.governor(i)
            caused = at >= 0 and self.low[at] in _CAUSED and not scene.is_doubtful(at)
            return "held" if caused else None
        if not FUTURE.isdisjoint(auxiliaries):
            return None
        return "denied" if scene.is_negated(i) else "held"

    # --- people ---------------------------------------------------------------------------------

    def doer(self, i: int) -> Who:
        """Who promises: the subject, or whoever was got to ("got him to promise")."""
        if "to" not in self.scene.auxiliaries(i):
            who = self.cast.subject(self.grid.start[i])
            before = self.scene.group(i).start - 1
            if not who and before >= 0 and self.low[before] in ("i", "he", "she"):
                return self.cast.who_at(before) or NOBODY
            return who
        at = self.scene.governor(i)
        if at >= 0 and self.low[at] in _CAUSED:
            return next(iter(self.cast.object(self.grid.end[at])), NOBODY)
        return NOBODY

    def hearer(self, i: int) -> tuple[Who, ...]:
        """Whom the verb at `i` is said to: "promised me", "promised to him"."""
        found = self.cast.object(self.grid.end[i])
        if not found and self.word(i + 1) == "to" and i + 2 < len(self.low) and not self.is_base(i + 2):
            return self.cast.people_from(i + 2)
        return found

    def hearer_of_noun(self, i: int) -> tuple[Who, ...]:
        """Whom the noun at `i` is given to: "my promise to my wife"."""
        if self.word(i + 1) == "to" and self.scene.same(i, i + 1) and self.word(i + 2) not in REFLEXIVE:
            return self.cast.people_from(i + 2)
        return ()

    def behind(self, i: int, people: tuple[Who, ...]) -> int:
        """The word behind a list of people that begins at `i`."""
        j = i
        last = min(len(self.low), i + 3 * len(people) + 1)
        while j < last and (self.grid.who[j] >= 0 or self.low[j] in _SHORT):
            j += 1
        return j

    def stands_before(self, who: Who, k: int) -> bool:
        """Say whether somebody stands before the subject, at `k`, of what is said."""
        span = who.words or (self.scene.mentions[who.mention].span if who.mention >= 0 else None)
        return span is None or span.start < self.grid.start[k]

    # --- results --------------------------------------------------------------------------------

    def add(
        self,
        i: int,
        by: Who,
        to: tuple[Who, ...],
        rule: str,
        score: float,
        status: AccountStatus,
        start: int = -1,
    ) -> None:
        """Keep a promise whose sign is the word `i`; `start` is its verb, where that is another."""
        first = start if start >= 0 else i
        to = tuple(w for w in to if w.mention == UNKNOWN or not self.cast.same(w.mention, by.mention))
        known = [w for w in to if w.known]
        if by.mention == UNKNOWN:
            score -= 0.25 if known else 0.5
        elif by.score < 0.8 or not (rule in _OWNED or self.scene.is_explicit(first, by)):
            # Whoever is carried on from afar, or meant by an open "he", is asked for.
            score = min(score - 0.08, 0.72)
        if any(w.score < 0.8 for w in known):
            score = min(score, 0.74)
        begin, end = self._begin(first, by), max(self.scene.end(i), i + 1)
        due = self._due(i, end, rule, begin)
        self.found.append(
            FindingCandidate(
                kind="promise",
                span=self.scene.span(begin, end),
                parties=tuple(dict.fromkeys([by.party("by"), *(w.party("to") for w in known)])),
                status=status,
                on=due.when if due else None,
                on_span=due.span if due else None,
                rule=rule,
                score=round(max(0.05, score), 3),
            )
        )

    def _begin(self, first: int, by: Who) -> int:
        """Where the words of a promise begin: with its subject, or with what "which" refers to."""
        scene = self.scene
        begin = scene.group(first).start
        relative = self.relative(first)
        if relative >= 0:
            return self._clause_before(relative)
        if by.words is not None:
            return min(begin, self.grid.at(by.words.start))
        if by.mention >= 0 and scene.mentions[by.mention].span.start < self.grid.start[first]:
            at = self.grid.at(scene.mentions[by.mention].span.start)
            if scene.same(at, first) and first - at < 14:
                return min(begin, at)
        return begin

    def _due(self, i: int, end: int, rule: str, begin: int) -> DateMention | None:
        """The day by which it is to be done: never one before the text was written."""
        content = i + 1
        if rule.startswith("promise-"):
            # "I gave my word the day before to pay him": a day before the content is another's.
            content = next((j for j in range(i + 1, end) if self.low[j] in ("to", "that")), i + 1)
        due = self.scene.date_in(content, end)
        relative = self.relative(i)
        if due is None and relative >= 0:
            due = self.scene.date_before(begin, relative)
        return None if due is not None and is_past(self.scene, due) else due

    def _clause_before(self, i: int) -> int:
        """Where the clause begins that a "which" at `i` refers to."""
        low, scene = self.low, self.scene
        j = i - 1
        while j > 0 and i - j < 40 and scene.same(j - 1, i) and low[j - 1] not in ";:.":
            if low[j - 1] == "," and scene.starts_clause(j):
                break
            j -= 1
        return max(j, 0)

    def distinct(self) -> tuple[FindingCandidate, ...]:
        """What was found; of two signs over the same words the surer."""
        out: list[FindingCandidate] = []
        for finding in sorted(self.found, key=lambda f: (f.span.start, f.span.end)):
            last = out[-1] if out else None
            if last is not None and _share(last, finding):
                better, worse = (finding, last) if finding.score > last.score else (last, finding)
                out[-1] = replace(better, on=better.on or worse.on, on_span=better.on_span or worse.on_span)
            else:
                out.append(finding)
        return tuple(out)


def is_past(scene: Scene, date: DateMention) -> bool:
    """Say whether a day lies before the text was written: nothing is promised for it."""
    written = scene.context.written_on
    return written is not None and date.when.last < written.first


def _share(a: FindingCandidate, b: FindingCandidate) -> bool:
    """Say whether two findings share more than half of the shorter's words."""
    shared = min(a.span.end, b.span.end) - max(a.span.start, b.span.start)
    return 2 * shared > min(a.span.end - a.span.start, b.span.end - b.span.start)
