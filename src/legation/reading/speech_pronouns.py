"""Whom "he", "she" and "who" stand for: whoever acted last and fits, the rule named."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from legation.facts.candidates import AUTHOR, UNKNOWN, MentionCandidate
from legation.reading.lexicon.gender import FEMALE_WORDS, MALE_WORDS, SOMEBODY
from legation.reading.lexicon.speech import (
    ADVERBS,
    AUXILIARIES,
    BASE,
    CONJUNCTIONS,
    NOT_ADVERBS,
    NOT_PASTS,
    PAST,
    PASTS,
    PREPOSITIONS,
    PRESENT,
    SPEECH,
)
from legation.reading.speech_grid import PERSON
from legation.reading.speech_people import ANYBODY, People, Who

if TYPE_CHECKING:
    from legation.facts.span import Span

PRONOUNS: Final = {
    "he": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "herself": "f",
    "they": "p", "them": "p", "themselves": "p",
}  # fmt: skip
NOMINATIVE: Final = frozenset("i he she they we who".split())
DETERMINERS: Final = frozenset(
    "the a an his her my our their your this that these those another one some any each every no "
    "both two three several many all".split()
)
#: A title of these shows that "he" cannot be meant.
#: With these, a description stands for no one person.
_MANY: Final = frozenset("some any each every no both two three several many all these those their".split())
_BEFORE_BASE: Final = frozenset("i we they you did do doth both who".split())
#: With these before, a person is met, and is whom what follows tells of.
_MEETS: Final = frozenset("met meet meeting saw found visited see finding visit".split())
_MEETS_WITH: Final = frozenset(
    "met meet meeting spoke talked dined walked sat discoursed supped lunched talk".split()
)
_GOES: Final = frozenset("and , ; . so thence went walked go home coach water then".split())
_COMES: Final = frozenset("came come comes coming".split())
_ONE: Final = SOMEBODY - frozenset("boys girls men women others crowd people".split())
#: A name below this score is hardly somebody whom "he" stands for.
_PLAIN: Final = 0.5
#: How many people back a pronoun looks.
_MEMORY: Final = 14


#: The words that show or move whom a pronoun may stand for.
_TELLING: Final = frozenset((PERSON, "who", "whom", *PRONOUNS, *_ONE, *SPEECH))


@dataclass(slots=True)
class _Seen:
    """One occurrence of a person in the text, for pronouns that follow."""

    i: int
    who: int
    key: str
    gender: str
    weight: float
    words: Span | None = None


class Pronouns(People):
    """The people of a text, and its pronouns resolved in one walk from left to right."""

    def __init__(self, text: str, mentions: tuple[MentionCandidate, ...]) -> None:
        """Read the text once."""
        super().__init__(text, mentions)
        #: Place in the grid of a pronoun -> whom it stands for.
        self.pronouns: dict[int, Who] = {}
        self._seen: list[_Seen] = []
        #: Place in the grid of a noun -> the words that describe somebody who acts there.
        self.actors: dict[int, Span] = {}
        self._resolve()

    def is_verb(self, i: int) -> bool:
        """Say whether a word can be the finite verb behind a subject."""
        low = self.grid.low[i] if i < len(self.grid.low) else ""
        if low in AUXILIARIES or low in PASTS:
            return True
        speech = SPEECH.get(low)
        if speech is not None:
            return speech[1] in (PAST, PRESENT) or (
                speech[1] == BASE and i > 0 and self.grid.low[i - 1] in _BEFORE_BASE
            )
        return len(low) > 3 and low.endswith("ed") and low not in NOT_PASTS

    def is_adverb(self, i: int) -> bool:
        """Say whether a word may stand between a subject and its verb."""
        low = self.grid.low[i]
        return low in ADVERBS or (len(low) > 4 and low.endswith("ly") and low not in NOT_ADVERBS)

    def who_at(self, j: int) -> Who | None:
        """Whom the word at `j` stands for, read as one that acts; None where it is no person."""
        grid = self.grid
        low = grid.low[j]
        if grid.who[j] >= 0:
            m = self.mentions[grid.who[j]]
            return Who(grid.who[j], None, "", 0.97 if m.sure or m.score >= 0.5 else 0.6 + 0.6 * m.score)
        if low == "i":
            return Who(AUTHOR, grid.span(j, j + 1), "first person", 0.97)
        if low in ("me", "myself"):
            return Who(AUTHOR, grid.span(j, j + 1), "first person", 0.97)
        if low in ("we", "us"):
            return Who(AUTHOR, grid.span(j, j + 1), "first person plural", 0.7)
        if low in PRONOUNS or low in ("who", "whom"):
            return self.pronouns.get(j, Who(UNKNOWN, grid.span(j, j + 1)))
        return None

    def possessor(self, i: int) -> Who:
        """Whom "his" or "her" at word `i` stands for."""
        return self._antecedent(i, "she" if self.grid.low[i] == "her" else "he", now=False)

    def _resolve(self) -> None:
        """Walk the text once; each person met weighs on the pronouns behind."""
        grid = self.grid
        low, who = grid.low, grid.who
        embedded_until = -1
        for i, word in enumerate(low):
            if word not in _TELLING:
                continue
            if who[i] >= 0:
                self._see(i, who[i], embedded=i < embedded_until)
            elif word in _ONE:
                self._see_described(i, word, embedded=i < embedded_until)
            elif word in PRONOUNS:
                if word in ("her", "themselves", "himself", "herself") and not self._is_object(i):
                    continue
                found = self._antecedent(i, word)
                self.pronouns[i] = found
                if found.score:
                    subject = word in ("he", "she")
                    weight = (1.0 if i < embedded_until else 3.0) if subject else 0.8
                    if not subject and low[i - 1] in ("with", "to"):
                        weight = 1.8
                    self._remember_who(i, found, weight)
            elif word in ("who", "whom") and i:
                found = self._relative(i)
                if found.score:
                    self.pronouns[i] = found
                    self._remember_who(i, found, 2.2 if word == "who" else 1.0)
            elif word in SPEECH and SPEECH[word][1] in ("past", "present", "ing") and i >= embedded_until:
                # What is told in somebody's words puts its own people less before the eye.
                end = i + 1
                sentence = grid.sentence[i]
                while end < len(low) and grid.sentence[end] == sentence and low[end] != ";":
                    end += 1
                embedded_until = end

    def _is_object(self, i: int) -> bool:
        """Say whether "her" is no possessive here."""
        low = self.grid.low
        after = low[i + 1] if i + 1 < len(low) else "."
        return (
            not after[0].isalpha()
            or after in PREPOSITIONS
            or after in CONJUNCTIONS
            or after in ADVERBS
            or after in DETERMINERS
            or after in NOMINATIVE
        )

    def _see(self, i: int, mention: int, *, embedded: bool) -> None:
        grid = self.grid
        low = grid.low
        before = low[i - 1] if i and grid.sentence[i - 1] == grid.sentence[i] else ""
        j = i + 1
        while j < len(low) and j < i + 4 and self.is_adverb(j):
            j += 1
        weight = 1.0
        if j < len(low) and low[j] == "'s":
            # "to Mr. Crew's" is a visit.
            weight = 1.2 if before in ("to", "at") else 0.2
        elif (self.is_verb(j) or self._is_joined(j)) and before not in PREPOSITIONS:
            weight = 1.2 if embedded else 3.0
        elif not before and j < len(low) and low[j] == ",":
            weight = 2.6
        elif before in ("of", "about", "for", "in", "at", "than", "as"):
            weight = 0.4
        elif embedded:
            weight = 0.5
        elif before in _COMES:
            weight = 3.0
        elif before == "to" and i > 1 and low[i - 2] in _GOES:
            weight = 2.3
        elif before in _MEETS or (before == "with" and low[i - 2] in _MEETS_WITH):
            weight = 2.6
        elif before in ("with", "to", "and", "by"):
            weight = 1.6
        m = self.mentions[mention]
        if not m.sure and m.score < _PLAIN:
            weight *= 0.3
        self._remember(i, mention, weight)

    def _is_joined(self, j: int) -> bool:
        """Say whether "and I" and a verb follow: subjects together."""
        low = self.grid.low
        return (
            j + 2 < len(low)
            and low[j] in ("and", ",")
            and (low[j + 1] in ("i", "he", "she") or self.grid.who[j + 1] >= 0)
            and self.is_verb(j + 2)
        )

    def _see_described(self, i: int, word: str, *, embedded: bool) -> None:
        """Remember "the old man": somebody who is not named."""
        grid = self.grid
        low = grid.low
        k = i - 1
        while k >= 0 and i - k < 5 and low[k] not in DETERMINERS:
            if grid.who[k] >= 0 or not low[k][0].isalpha() or low[k] in PREPOSITIONS or self.is_verb(k):
                return
            k -= 1
        if k < 0 or low[k] not in DETERMINERS or low[k] in _MANY or grid.sentence[k] != grid.sentence[i]:
            return
        span = grid.span(k, i + 1)
        gender = "f" if word in FEMALE_WORDS else "m" if word in MALE_WORDS else ""
        key = "/" + word
        self._described_keys[span.start] = key
        self._key_gender.setdefault(key, gender)
        before = low[k - 1] if k and grid.sentence[k - 1] == grid.sentence[i] else ""
        acts = i + 1 < len(low) and self.is_verb(i + 1) and before not in PREPOSITIONS
        if acts:
            self.actors[i] = span
        weight = (1.2 if embedded else 3.0) if acts else 0.4 if before == "of" or embedded else 1.2
        if i + 1 < len(low) and low[i + 1] == "'s":
            weight = 0.2
        self._seen.append(_Seen(i, UNKNOWN, key, gender, weight, span))

    def _remember(self, i: int, mention: int, weight: float) -> None:
        self._seen.append(_Seen(i, mention, self.key(mention), self.gender(mention), weight))

    def _remember_who(self, i: int, who: Who, weight: float) -> None:
        """Remember whom a pronoun stood for; it may be somebody who is only described."""
        if who.mention >= 0:
            self._remember(i, who.mention, weight)
        elif who.words is not None:
            key = self.key_of(who)
            self._seen.append(_Seen(i, UNKNOWN, key, self._key_gender.get(key, ""), weight, who.words))

    def _antecedent(
        self, i: int, word: str, not_key: frozenset[str] = frozenset(), *, now: bool = True
    ) -> Who:
        """Whom a pronoun stands for, or nobody."""
        grid = self.grid
        span = grid.span(i, i + 1)
        gender = PRONOUNS[word]
        if gender == "p":
            return Who(UNKNOWN, span, "", 0.0)
        ranked = self._rank(i, gender, not_key, len(self._seen) if now else self._seen_before(i))
        if not ranked:
            return Who(UNKNOWN, span, "", 0.0)
        best, points, rule = ranked[0]
        words = best.words or span
        if len(ranked) == 1:
            named = f"{word} in a talk of two" if rule != "last named" else rule
            known = best.gender or gender == "m"
            return Who(
                best.who,
                words,
                named,
                ((0.9 if points > 1 else 0.75) if known else 0.6) - self._staleness(i, best),
            )
        margin = points - ranked[1][1]
        score = 0.9 if margin >= 2.5 else 0.8 if margin >= 1.5 else 0.68 if margin >= 0.7 else 0.52
        return Who(best.who, words, rule, score - self._staleness(i, best))

    def _staleness(self, i: int, seen: _Seen) -> float:
        """How much less sure a pronoun is because the name stands far behind."""
        if seen.who < 0:
            return 0.0
        named = self.grid.at(self.mentions[seen.who].span.start)
        sentences = self.grid.sentence[i] - self.grid.sentence[min(named, i)]
        return min(0.25, 0.03 * max(0, sentences - 2))

    def _seen_before(self, i: int) -> int:
        """How many were seen before a word."""
        return bisect_left(self._seen, i, key=lambda row: row.i)

    def _rank(
        self, i: int, gender: str, not_key: frozenset[str], count: int
    ) -> list[tuple[_Seen, float, str]]:
        grid = self.grid
        points: dict[str, float] = {}
        latest: dict[str, _Seen] = {}
        strongest: dict[str, float] = {}
        here = grid.sentence[i]
        para = grid.para[i]
        objective = grid.low[i] in ("him", "her")
        seen = self._seen
        owner = "her" if gender == "f" else "his"
        for back in range(1, min(_MEMORY, count) + 1):
            row = seen[count - back]
            if row.gender and row.gender != gender:
                continue
            if not row.gender and row.words is not None and grid.low[grid.at(row.words.start)] == owner:
                # "She" is hardly whoever "her guest" is.
                continue
            if row.key in not_key or (row.key == "author/wife" and gender == "m"):
                continue
            paras = para - grid.para[row.i]
            sentences = here - grid.sentence[row.i]
            if paras > 2 or sentences > 8:
                break
            value = row.weight - 0.8 * sentences - 0.8 * paras - 0.012 * min(60, i - row.i)
            if objective and not sentences and i - row.i < 12:
                value += 1.5
            if not row.gender:
                value -= 1.0 if gender == "f" else 0.1
            if row.key not in latest:
                latest[row.key] = row
                points[row.key] = value
                strongest[row.key] = row.weight
            else:
                points[row.key] = max(points[row.key], value) + 0.15
                strongest[row.key] = max(strongest[row.key], row.weight)
        order = sorted(points, key=lambda k: (-points[k], -latest[k].i))
        return [
            (latest[k], points[k], "subject carried on" if strongest[k] >= 2.5 else "last named")
            for k in order
        ]

    def _relative(self, i: int) -> Who:
        """Whom "who" stands for: the person just before."""
        grid = self.grid
        low = grid.low
        j = i - 1
        steps = 0
        owned = False
        while j >= 0 and grid.sentence[j] == grid.sentence[i] and steps < (12 if owned else 7):
            if grid.who[j] >= 0 and low[j + 1] == "'s" and steps:
                owned = True
            elif grid.who[j] >= 0:
                score = 0.93 if steps < 2 else 0.8
                return Who(grid.who[j], grid.span(i, i + 1), "relative clause", 0.7 if owned else score)
            if low[j] in (";", ".") or (low[j] in ANYBODY and steps < 2):
                break
            if low[j] in ("him", "her") and j in self.pronouns:
                found = self.pronouns[j]
                return replace(found, words=grid.span(i, i + 1), score=min(0.8, found.score))
            j -= 1
            steps += 1
        return Who(UNKNOWN, grid.span(i, i + 1))
