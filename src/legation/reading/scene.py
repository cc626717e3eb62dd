"""One text as the finders of promises, introductions and occasions look at it.

A `Scene` puts the words and people of a text (`parties.Cast`) beside its dates and says what stands
around a word: where its clause begins and ends, whether it is negated, doubtful or still to come,
and whom a possessive means. Positions `i`, `j` are words of the grid, half-open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from legation.facts.candidates import AUTHOR, UNKNOWN
from legation.facts.span import Span
from legation.reading.parties import NOBODY, Who, cast_for

if TYPE_CHECKING:
    from legation.facts.candidates import (
        AccountStatus,
        Context,
        DateMention,
        FindingCandidate,
        MentionCandidate,
    )
    from legation.reading.parties import Cast
    from legation.reading.speech_grid import Grid

#: No clause is followed further than so many words.
REACH: Final = 48
NEGATIONS: Final = frozenset("not never n't cannot nor neither hardly nobody none nothing".split())
#: What makes that which follows only thought of.
CONDITIONS: Final = frozenset("if unless whether lest suppose supposing provided".split())
MODALS: Final = frozenset("would should might may could can must ought".split())
FUTURE: Final = frozenset("will shall 'll".split())
_AUXILIARIES: Final = frozenset(
    "do does did doth didst have has had hath having be is am are was were been being will shall 'll would "
    "should might may could can must to 's 've 're 'd".split()
)
_CLAUSE_ENDS: Final = frozenset(".;:!?")
_NEW_SUBJECTS: Final = frozenset("i he she we they it there this that these those you".split())
_JOINTS: Final = frozenset("and but so or yet for while whereas though although because which who".split())
_DONE: Final = frozenset("was were been had did".split())
#: What is wanted, not told: "desired him to promise", "hoped to be introduced".
_WANTED: Final = frozenset(
    """
    want wants wanted wish wishes wished hope hopes hoped desire desires desired intend intends intended
    ask asks asked beg begs begged pray prays prayed urge urges urged request requests requested offer
    offers offered try tries tried refuse refuses refused decline declines declined fail fails failed
    expect expects expected plan plans planned like likes fear fears feared propose proposes proposed
    suggest suggests suggested persuade ought able unable ready willing unwilling loth reluctant order
    decide decides decided hesitate afraid forbid forbade need needs mean means meant resolve resolved
    resolves design designs designed seek sought
    """.split()
)
#: "Said to be ill": told of, not planned.
_HELD_TO: Final = frozenset(
    """
    said suspected thought reported believed known found supposed seems seemed appears appeared
    used happened
    """.split()
)
_SAYING: Final = frozenset(
    """
    said says tell tells told telling hear hears heard hearing reported reports informed informs wrote
    writes writ news newes word understand understood mentioned mentions learned learnt learn
    """.split()
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A text, its people and dates, seen from any of its words."""

    text: str
    mentions: tuple[MentionCandidate, ...]
    dates: tuple[DateMention, ...]
    context: Context
    cast: Cast
    grid: Grid
    low: list[str]
    diary: bool

    # --- clauses --------------------------------------------------------------------------------

    def begin(self, i: int) -> int:
        """The first word of the sentence of `i`, or of its part behind a semicolon."""
        low, sentence = self.low, self.grid.sentence
        j = i
        while j and i - j < REACH and sentence[j - 1] == sentence[i] and low[j - 1] not in ";:":
            j -= 1
        return j

    def end(self, i: int) -> int:
        """The word at which the clause that `i` stands in ends."""
        low, sentence = self.low, self.grid.sentence
        j = i + 1
        last = min(len(low), i + REACH)
        while j < last and sentence[j] == sentence[i]:
            word = low[j]
            if word in _CLAUSE_ENDS:
                break
            if word == "," and j + 1 < last and (self.starts_clause(j + 1) or low[j + 1] in ("but", "so")):
                break
            if word in ("and", "but", "so") and j + 1 < last and self._has_subject(j + 1):
                break
            j += 1
        return min(j, len(low))

    def starts_clause(self, i: int) -> bool:
        """Say whether a clause of its own begins at a word: "and I", "he", "which"."""
        word = self.low[i]
        if word in ("which", "who", "where", "when"):
            return True
        if word in _JOINTS and i + 1 < len(self.low):
            return self._has_subject(i + 1)
        return self._has_subject(i)

    def _has_subject(self, i: int) -> bool:
        low = self.low
        if low[i] in _NEW_SUBJECTS:
            return low[i] not in ("this", "that", "these", "those") or (
                i + 1 < len(low) and self.cast.is_verb(i + 1)
            )
        return self.grid.who[i] >= 0 and i + 1 < len(low) and self.cast.is_verb(i + 1)

    def span(self, i: int, j: int) -> Span:
        """The words `i` to `j` as code points, without a comma at either end."""
        low = self.low
        while j - 1 > i and low[j - 1] in (",", "("):
            j -= 1
        while i < j - 1 and low[i] in (",", ")", "and", ".", "-", "—", "–"):
            i += 1
        return self.grid.span(i, max(j, i + 1))

    def same(self, i: int, j: int) -> bool:
        """Say whether two words stand in one sentence."""
        return self.grid.same_sentence(i, j)

    # --- around a verb --------------------------------------------------------------------------

    def group(self, i: int) -> range:
        """The auxiliaries, adverbs and negations before the verb at `i`."""
        low, sentence = self.low, self.grid.sentence
        j = i
        while j and i - j < 7 and sentence[j - 1] == sentence[i]:
            word = low[j - 1]
            if (
                word in _AUXILIARIES
                or word in NEGATIONS
                or self.cast.is_adverb(j - 1)
                or (word == "ago" and j > 1 and low[j - 2] == "long")
            ):
                j -= 1
            else:
                break
        return range(j, i)

    def auxiliaries(self, i: int) -> frozenset[str]:
        """The words of `group`."""
        return frozenset(self.low[j] for j in self.group(i))

    def is_negated(self, i: int) -> bool:
        """Say whether the verb at `i` is denied."""
        return not NEGATIONS.isdisjoint(self.low[j] for j in self.group(i)) or (
            i + 1 < len(self.low) and self.low[i + 1] in ("not", "n't", "no") and self.same(i, i + 1)
        )

    def is_doubtful(self, i: int) -> bool:
        """Say whether the clause of `i` is a condition, a question or a mere wish."""
        low = self.low
        group = self.group(i)
        if not MODALS.isdisjoint(low[j] for j in group):
            return True
        start = group.start
        for j in range(start - 1, max(-1, start - 9), -1):
            if not self.same(j, i) or low[j] in (",", ";", ":"):
                break
            if low[j] in CONDITIONS:
                return True
        return self.ends_question(i)

    def ends_question(self, i: int) -> bool:
        """Say whether the sentence of `i` ends with a question mark."""
        low, sentence = self.low, self.grid.sentence
        j = i
        while j + 1 < len(low) and j - i < REACH and sentence[j + 1] == sentence[i]:
            j += 1
        return low[j] == "?"

    def governor(self, i: int) -> int:
        """The word that governs an infinitive: "asked" of "asked him to promise"; -1 if none.

        `i` is the verb behind "to".
        """
        low = self.low
        j = self.group(i).start
        if not any(low[k] == "to" for k in range(j, i)):
            return -1
        j -= 1
        steps = 0
        while j >= 0 and steps < 6 and self.same(j, i):
            if low[j] in _WANTED or low[j] in ("got", "made", "get", "make", "came", "went", "began"):
                return j
            if low[j] in _CLAUSE_ENDS or low[j] == ",":
                break
            j -= 1
            steps += 1
        return -1

    def is_wanted(self, i: int) -> bool:
        """Say whether the verb at `i` stands in an infinitive that is only wanted."""
        return "to" in self.auxiliaries(i)

    def status_of(self, i: int) -> AccountStatus:
        """`denied`, `planned`, `reported` (somebody tells it) or `held`, of the verb at `i`."""
        if self.is_negated(i):
            return "denied"
        low = self.low
        group = self.group(i)
        words = [low[j] for j in group]
        if not FUTURE.isdisjoint(words):
            return "planned"
        if "to" in words and _DONE.isdisjoint(words[words.index("to") :]):
            before = low[group.start + words.index("to") - 1] if group.start + words.index("to") else ""
            return "reported" if before in _HELD_TO or ("be" in words and before in _HELD_TO) else "planned"
        return "reported" if self.is_told(i) else "held"

    def is_told(self, i: int) -> bool:
        """Say whether a verb of telling governs what stands at `i`."""
        low = self.low
        for j in range(i - 1, max(-1, i - 26), -1):
            if not self.same(j, i) or low[j] == ";":
                return False
            if low[j] in _SAYING:
                subject = self.cast.subject_at(j)
                return subject.mention != AUTHOR or low[j] in ("hear", "heard", "hears", "hearing", "told")
        return False

    # --- people ---------------------------------------------------------------------------------

    def is_explicit(self, i: int, who: Who) -> bool:
        """Say whether `who` stands as subject right before the verb at `i`, not carried on from afar."""
        low = self.low
        j = self.group(i).start - 1
        if j < 0 or not self.same(j, i):
            return False
        if low[j] == ",":
            return who.mention >= 0 and self.grid.who[j - 1] == who.mention
        return self.grid.who[j] >= 0 or low[j] in ("i", "he", "she", "we", "who", "that", ")")

    def possessor(self, i: int) -> Who:
        """Whom the possessive at `i` means: "my", "his", or the mark behind a name ("Crew's")."""
        low, grid = self.low, self.grid
        word = low[i]
        if word in ("my", "our", "mine"):
            return Who(AUTHOR, grid.span(i, i + 1), "first person", 0.95 if word != "our" else 0.7)
        if word in ("'s", "'", "’"):
            return self.cast.who_at(i - 1) or NOBODY if i and grid.who[i - 1] >= 0 else NOBODY
        if word not in ("his", "her"):
            return Who(UNKNOWN, grid.span(i, i + 1))
        gender = "m" if word == "his" else "f"
        for j in range(i - 1, max(-1, i - 40), -1):
            if grid.sentence[i] - grid.sentence[j] > 1:
                break
            who = self.cast.pronouns.get(j) if low[j] in ("he", "him", "she", "her") else None
            if who is None and grid.who[j] >= 0 and (j + 1 >= len(low) or low[j + 1] != "'s"):
                who = self.cast.who_at(j)
            if who is None or not who.known:
                continue
            said = self.cast.gender(who.mention)
            if said and said != gender:
                continue
            far = grid.sentence[i] != grid.sentence[j]
            return Who(who.mention, grid.span(i, i + 1), "possessive", 0.6 if far else 0.78)
        return Who(UNKNOWN, grid.span(i, i + 1))

    def person_ending(self, i: int) -> Who:
        """The person or possessor that stands just before word `i`: "my", "Crew's", "of Mr. Crew"."""
        j = i - 1
        if j < 0 or not self.same(j, i):
            return NOBODY
        if self.low[j] in ("my", "our", "his", "her", "their", "'s", "'", "’"):
            return self.possessor(j)
        return NOBODY

    def people_behind(self, i: int, words: frozenset[str], reach: int = 4) -> tuple[Who, ...]:
        """The people behind one of some prepositions that stands within `reach` words from `i`."""
        low = self.low
        for j in range(i, min(i + reach, len(low) - 1)):
            if not self.same(i - 1 if i else 0, j) or low[j] in (".", ";", ":"):
                break
            if low[j] in words:
                found = self.cast.people_from(j + 1)
                if found:
                    return found
        return ()

    # --- dates ----------------------------------------------------------------------------------

    def date_in(self, i: int, j: int) -> DateMention | None:
        """The first date among the words `i` to `j`."""
        if i >= j or i >= len(self.low):
            return None
        first, last = self.grid.start[i], self.grid.end[min(j, len(self.low)) - 1]
        at = bisect_left(self.dates, first, key=lambda d: d.span.start)
        if at < len(self.dates) and self.dates[at].span.end <= last:
            return self.dates[at]
        return None

    def date_before(self, i: int, j: int) -> DateMention | None:
        """The last date among the words `i` to `j`."""
        if i >= j or i >= len(self.low):
            return None
        first, last = self.grid.start[i], self.grid.end[min(j, len(self.low)) - 1]
        at = bisect_right(self.dates, last, key=lambda d: d.span.start) - 1
        if at >= 0 and self.dates[at].span.start >= first and self.dates[at].span.end <= last:
            return self.dates[at]
        return None


def open_scene(
    text: str,
    mentions: tuple[MentionCandidate, ...],
    dates: tuple[DateMention, ...],
    context: Context,
) -> Scene:
    """Look at a text once, for all that is to be found in it."""
    diary = context.kind != "paper"
    cast = cast_for(text, mentions, context)
    return Scene(text, mentions, dates, context, cast, cast.grid, cast.grid.low, diary)


class Search:
    """One search through a scene: its words at hand, and what was found."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.cast = scene.cast
        self.grid = scene.grid
        self.low = scene.low
        self.found: list[FindingCandidate] = []
