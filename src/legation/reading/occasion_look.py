"""What all readers of occasions share: the person, the day and the words of one occasion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from legation.facts.candidates import AUTHOR, FindingCandidate
from legation.reading.lexicon.milestones import AFAR, INSTITUTIONS, QUARTERS, TOWN
from legation.reading.lexicon.places import PLACES
from legation.reading.parties import NOBODY, Who
from legation.reading.scene import Search

if TYPE_CHECKING:
    from legation.facts.candidates import AccountStatus, DateMention
    from legation.facts.when import When

BE: Final = frozenset("is was are were be been being am 's 're".split())
HAVE: Final = frozenset("has had have having hath got gets get getting".split())
_BEFORE_DROPPED: Final = frozenset("and but so or then which who that yet also".split())
#: Verb forms that "I" does not take.
_THIRD: Final = frozenset("is has hath does doth 's continues lies goes comes dies".split())
#: How many words behind a sign its day may stand.
_DATE_REACH: Final = 13
#: A name less sure than this is hardly a person's.
_EARLIEST: Final = 0.45


class Look(Search):
    """One search for occasions."""

    # --- words ----------------------------------------------------------------------------------

    def word(self, i: int) -> str:
        """The word at `i`, or "" beyond the text."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def any_before(self, i: int, words: frozenset[str], reach: int) -> int:
        """The nearest of some words before `i` in its sentence and clause, or -1."""
        for j in range(i - 1, max(-1, i - 1 - reach), -1):
            if not self.scene.same(j, i) or self.low[j] in (";", ":"):
                break
            if self.low[j] in words:
                return j
        return -1

    def is_place(self, i: int) -> bool:
        """Say whether a word is written like the name of a place: with a capital, and no person."""
        if i >= len(self.low) or self.grid.who[i] >= 0:
            return False
        return self.scene.text[self.grid.start[i]].isupper()

    def distance(self, i: int) -> float:
        """How sure it is (0-1) that the words at `i` name somewhere that one travels to."""
        j = i
        while j < len(self.low) and j < i + 2 and self.word(j) in ("the", "his", "her", "my", "their", "our"):
            j += 1
        word = self.word(j)
        if word in AFAR:
            return 1.0
        if word in TOWN:
            return 0.9
        if word in PLACES and word not in QUARTERS and self.is_place(j):
            return 0.95 if self.word(j + 1) != "house" else 0.2
        return 0.5 if j == i and self.is_place(j) and word not in QUARTERS | INSTITUTIONS else 0.0

    # --- people ---------------------------------------------------------------------------------

    def subject(self, i: int) -> Who:
        """The subject of the verb at `i`; "that" and "who" behind a name mean the name."""
        low, scene = self.low, self.scene
        j = scene.group(i).start - 1
        if j < 0 or not scene.same(j, i):
            return self.cast.subject(self.grid.start[i])
        if low[j] in ("'", "’") and self.grid.who[j - 1] >= 0:
            return self.cast.who_at(j - 1) or NOBODY
        if low[j] == "whom" and low[j - 1] == "of":
            return self.person_before(j, 7)
        if low[j] in ("that", "who", "which"):
            n = j - 1
            while n > 0 and low[n] in (",", "'s", "(", "'", "’"):
                n -= 1
            if n >= 0 and self.grid.who[n] >= 0:
                return self.cast.who_at(n) or NOBODY
            if low[j] != "who":
                # "The papers which are come": no person.
                return NOBODY
            owner = next((m for m in range(n, max(0, n - 2), -1) if low[m] in ("'s", "'", "’")), -1)
            if owner > 0 and self.grid.who[owner - 1] >= 0:
                # "To Mr. Shaw's house, who has the gout".
                return self.cast.who_at(owner - 1) or NOBODY
        if self.is_place(j) and self.grid.who[j - 1] >= 0 and self.grid.start[j] == self.grid.end[j - 1] + 1:
            # "The Queen Mother died": a name that goes on.
            return self.cast.who_at(j - 1) or NOBODY
        if low[j] == "," and self.grid.who[j - 1] >= 0 and low[j + 1] in ("being", "having", "who"):
            return self.cast.who_at(j - 1) or NOBODY
        first = scene.group(i).start
        # "Is to be married": the subject stands before "is".
        infinitive = "to" in low[first:i] and low[first] in BE
        who = self.cast.subject(self.grid.start[first if infinitive else i])
        if who.mention == AUTHOR and not _THIRD.isdisjoint((low[i], *scene.auxiliaries(i))):
            return NOBODY
        if low[j].isalpha() and self.grid.who[j] < 0 and low[j] not in _BEFORE_DROPPED and not who.words:
            # A noun stands there that is no person of the text: "an express is come".
            return NOBODY
        return who

    def object(self, i: int) -> Who:
        """The first person that the verb at `i` takes as its object, or nobody."""
        return next(iter(self.cast.object(self.grid.end[i])), NOBODY)

    def named(self, i: int) -> Who:
        """The person that the word at `i` names, or nobody."""
        if not self.grid.is_person(i):
            return NOBODY
        return self.cast.who_at(i) or NOBODY

    def person_before(self, i: int, reach: int) -> Who:
        """The nearest person named before `i` in its sentence, owners left out."""
        for n in range(i - 1, max(-1, i - 1 - reach), -1):
            if not self.scene.same(n, i) or self.low[n] == ";":
                break
            if self.grid.who[n] >= 0 and self.word(n + 1) not in ("'s", "'", "’"):
                return self.cast.who_at(n) or NOBODY
        return NOBODY

    def is_explicit(self, i: int, who: Who) -> bool:
        """Say whether somebody stands right before the verb's group at `i`."""
        return self.scene.is_explicit(i, who)

    def owner(self, i: int) -> Who:
        """Whose the noun at `i` is: "his late illness", "Crew's wedding", "the death of Crew"."""
        low, scene = self.low, self.scene
        if self.word(i + 1) == "of":
            found = self.cast.people_from(i + 2)
            if found:
                return found[0]
        for j in range(i - 1, max(-1, i - 5), -1):
            if not scene.same(j, i) or low[j] in (",", ".", ";", "and", "the", "a", "an", "of", "in"):
                break
            if low[j] in ("my", "our", "his", "her", "their", "'s", "'", "’"):
                return scene.possessor(j)
        return NOBODY

    # --- days -----------------------------------------------------------------------------------

    def day(self, i: int, *, before: bool = True) -> DateMention | None:
        """The date said in the clause of word `i`: behind it, else in front."""
        end = min(self.scene.end(i), i + _DATE_REACH)
        found = self.scene.date_in(i, end)
        if found is not None or not before or self.scene.is_told(i):
            # "This day I hear that he is dead": the day of the news.
            return found
        return self.scene.date_before(self._clause(i), i)

    def _clause(self, i: int) -> int:
        """Where the clause of `i` begins: behind the last comma or "and" with a subject behind it."""
        low, scene = self.low, self.scene
        j = i
        while j > 0 and i - j < 24 and scene.same(j - 1, i) and low[j - 1] not in ";:":
            if low[j - 1] == "," and j < i - 1 and scene.starts_clause(j):
                break
            j -= 1
        return j

    @property
    def today(self) -> When | None:
        """The diary entry's own day."""
        return self.scene.context.written_on if self.scene.diary else None

    # --- results --------------------------------------------------------------------------------

    def add(
        self,
        i: int,
        who: Who,
        what: str,
        rule: str,
        score: float,
        *,
        status: AccountStatus | None = None,
        on: When | None = None,
        verb: int = -1,
        implied: bool = False,
        last: int = -1,
        dated: bool = True,
        before: bool = True,
    ) -> None:
        """Keep an occasion of somebody known; `on` is the day where the clause says none."""
        if not who.known:
            return
        scene = self.scene
        verb = i if verb < 0 else verb
        if who.mention >= 0:
            mention = scene.mentions[who.mention]
            if mention.kind == "name" and not mention.sure and mention.score < _EARLIEST:
                score -= 0.2
        if implied or who.score < 0.7:
            # Whoever is carried on from afar, or meant by an open "he", is asked for.
            score = min(score - 0.1, 0.72)
        status = status or scene.status_of(verb)
        if scene.is_doubtful(verb):
            score = min(score, 0.4)
        date = self.day(i, before=before) if dated else None
        first = self._first(who, min(i, verb))
        end = max(scene.end(i) if last < 0 else last, i + 1)
        when = date.when if date else on
        self.found.append(
            FindingCandidate(
                kind="occasion",
                span=scene.span(first, end),
                parties=(who.party("person"),),
                what=what,
                status=status,
                on=when,
                on_span=date.span if date else None,
                rule=rule,
                score=round(max(0.05, score), 3),
            )
        )

    def _first(self, who: Who, i: int) -> int:
        group = self.scene.group(i).start
        span = who.words
        if span is None and who.mention >= 0:
            span = self.scene.mentions[who.mention].span
        if span is None or span.start > self.grid.start[i]:
            return group
        at = self.grid.at(span.start)
        return min(group, at) if self.scene.same(at, i) and i - at < 16 else group


def is_author(who: Who) -> bool:
    """Say whether somebody is the text's author."""
    return who.mention == AUTHOR
