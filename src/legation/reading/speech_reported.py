"""Reported speech: verbs of saying with subject, hearer and content."""

from __future__ import annotations

from typing import Final

from legation.facts.candidates import AUTHOR
from legation.reading.lexicon.speech import (
    AUXILIARIES,
    BASE,
    ING,
    MODALS,
    NEGATIONS,
    NOUNS,
    PARTICIPLE,
    PAST,
    PREPOSITIONS,
    PRESENT,
    SPEECH,
)
from legation.reading.parties import NOBODY, Who
from legation.reading.speech_content import REPLIES
from legation.reading.speech_draft import Draft
from legation.reading.speech_nouns import Nouns

_PASSIVE: Final = frozenset("was were is am are be been being 's 're got".split())
_ARTICLES: Final = frozenset(
    "the a an his her my our their your its this that these those no any some all such both".split()
)
#: Before a form that may be a noun.
_NOUN_BEFORE: Final = _ARTICLES | frozenset(
    "'s of in by with for on at from good great little many much said".split()
)
#: What goes on "to say", "to tell".
_LEADS_TO: Final = frozenset(
    "began begun begin went going proceeded continued came come comes called rang wrote happy began ventured "
    "hastened rose telephoned phoned sent paused stopped interrupted forced obliged moved only".split()
)
_OPENERS: Final = frozenset(", ; : that where when but so then and ( – —".split())
_PERCEIVES: Final = frozenset("hear heard hears hearing make made makes let see saw".split())
_HEARING: Final = frozenset("hear hears heard understand understood learn learned learnt find found".split())


_TAG: Final = frozenset(("tag",))
_THINKS: Final = frozenset(("think",))
_SAYS: Final = frozenset("say think add state".split())
#: Behind these somebody new comes into the talk.
_ENTERS: Final = frozenset("with to met and , came comes saw".split())
#: Before the bare form of a verb that tells: "I tell him", "heard him say", "went on to say".
_BEFORE_BASE: Final = frozenset("i we they you both him her me them us to".split())
#: Somebody described of this score and more may speak.
_DESCRIBED: Final = 0.5

_TELLING: Final = frozenset(
    (*SPEECH, *NOUNS, *_HEARING, "gave", "give", "gives", "clear", "plain", "known", "according")
)


class Reported(Nouns):
    """Reads the reported speech of one cast."""

    def read(self) -> list[Draft]:
        """Return the statements in order of their verbs."""
        low = self.grid.low
        for i, word in enumerate(low):
            if word not in _TELLING:
                continue
            if word in SPEECH:
                self._read_verb(i)
            elif word in NOUNS:
                self._read_noun(i)
            elif word in ("gave", "give", "gives"):
                self._read_giving(i)
            elif word in ("clear", "plain", "known"):
                self._read_made_clear(i)
            elif word in _HEARING:
                self._read_hearing(i)
            elif word == "according" and i + 2 < len(low) and low[i + 1] == "to":
                self._read_according(i)
        self.drafts.sort(key=lambda d: d.verb)
        return self.drafts

    def _read_verb(self, i: int) -> None:
        """Read the statement whose verb is word `i`, if it makes one."""
        cast, low = self.cast, self.grid.low
        verb, tense, kinds = SPEECH[low[i]]
        thinks = kinds == _THINKS
        if kinds == _TAG or (thinks and not self.minutes):
            return
        first = cast.verb_start(i)
        group = low[first:i]
        before = low[first - 1] if first and self.grid.same_sentence(first - 1, i) else ""
        if not self._may_tell(i, tense, group, before):
            return
        hearers, k = self._hearers(i + 1)
        if tense in (PAST, PARTICIPLE) and any(w in _PASSIVE for w in group):
            self._read_passive(i, first, verb)
            return
        complement = self._complement(k, verb, kinds, has_hearer=bool(hearers))
        if not complement.name or self._is_in_request(i, tense, group, before):
            return
        told = low[i + 1] if hearers and i + 1 < len(low) else ""
        if "ask" in kinds and complement.name == "that" and low[complement.begin + 1] in ("i", "we"):
            # Nobody asks that he himself may.
            told = "me"
        who = cast.subject_at(i, hearer=told)
        if tense == ING and not self._ing_stands(i, first, before, who):
            return
        who = self._fix_speaker(i, first, who, verb, hearers)
        if low[first - 1 : first] in (["he"], ["she"]) and any(h.mention == AUTHOR for h in hearers):
            who = self._talk_on(i, who)
        if not self._is_speaker(who) or (thinks and not self._thinks_aloud(i, who)):
            return
        if who.mention == AUTHOR and not (hearers or self._author_speaks(verb, complement.name, tense)):
            return
        hearers = tuple(h for h in hearers if cast.key_of(h) != cast.key_of(who) or not cast.key_of(h))
        start = self._start_of(i, first, who)
        for each in (who, *self._joint(first, who)):
            score = each.score * complement.factor * (0.95 if before == "to" and not group else 1.0)
            self.drafts.append(
                Draft(
                    each,
                    start,
                    self.grid.end[i],
                    f"{'minutes' if thinks else verb} {complement.name}",
                    min(0.74, score) if thinks else score,
                    hearers=hearers,
                    status="denied" if any(w in NEGATIONS for w in group) and "only" not in group else "held",
                    verb=i,
                    word=verb,
                    carried=not self._has_own_subject(first, who),
                    content=complement.begin,
                )
            )

    def _may_tell(self, i: int, tense: str, group: list[str], before: str) -> bool:
        """Say whether the form is a verb's that tells what happened."""
        if before and self.grid.text[self.grid.start[i]].isupper():
            return False
        if tense == PAST and not group and self.grid.low[i + 1 : i + 2] == ["by"]:
            return False
        if any(w in MODALS for w in group) or (before in MODALS and before != "to"):
            return False
        if not self._is_finite(i, tense, group, before):
            return False
        if tense != BASE or group or before in _BEFORE_BASE:
            return True
        return self.grid.is_person(self.cast.verb_start(i) - 1)

    def _joint(self, first: int, who: Who) -> tuple[Who, ...]:
        """The other one of two who say the same: "Halifax and Eden said"."""
        low, grid = self.grid.low, self.grid
        j = first - 1
        if j < 2 or low[j - 1] not in ("and", "&") or self.cast.who_at(j) is None:
            return ()
        other = self.cast.who_at(j - 2)
        before = low[j - 3] if j >= 3 and grid.same_sentence(j - 3, j) else ","
        if other is None or not other.known or low[j - 2] in ("me", "us", "him", "her", "them"):
            return ()
        if before not in _OPENERS or self.cast.same(other.mention, who.mention):
            return ()
        return (other,)

    def _is_in_request(self, i: int, tense: str, group: list[str], before: str) -> bool:
        """Say whether a bare verb is what somebody is asked to do: "asked me thank him"."""
        if tense != BASE or group or before not in ("me", "him", "her", "us", "them"):
            return False
        return not any(w in _PERCEIVES for w in self.grid.low[max(0, i - 4) : i])

    def _is_finite(self, i: int, tense: str, group: list[str], before: str) -> bool:
        low = self.grid.low
        if tense in (PRESENT, BASE) and (
            before in _NOUN_BEFORE or (before in PREPOSITIONS and before != "to")
        ):
            return "did" in group or "do" in group or "doth" in group
        if tense == BASE and before == "to":
            lead = low[i - 2] if i >= 2 else ""
            return lead in _LEADS_TO or (
                i >= 3 and lead in ("on", "up", "back", "out", "me", "in") and low[i - 3] in _LEADS_TO
            )
        if tense in (PAST, PARTICIPLE) and before in _ARTICLES and not group and before != "all":
            return False
        if tense == PARTICIPLE:
            return any(w in AUXILIARIES for w in group)
        return not (tense in (PAST, PRESENT) and before in ("to", "as"))

    def _ing_stands(self, i: int, first: int, before: str, who: Who) -> bool:
        """Say whether "-ing" tells what was said: "I telling him", ", saying that"."""
        low = self.grid.low
        group = low[first:i]
        if any(w in ("was", "were", "is", "are", "been", "be") for w in group):
            return bool(who)
        if before in PREPOSITIONS or before in _ARTICLES or before == "'s":
            return False
        return bool(who) and (
            before in (",", ";", "and", "me", "him", "her") or self._has_own_subject(first, who)
        )

    def _thinks_aloud(self, i: int, who: Who) -> bool:
        """Say whether what somebody thought is a statement of its own in minutes."""
        if who.mention == AUTHOR or who.score < 0.8 or who.inferred:
            return False
        return not self.drafts or self.grid.sentence[self.drafts[-1].verb] != self.grid.sentence[i]

    @staticmethod
    def _author_speaks(verb: str, complement: str, tense: str) -> bool:
        """Say whether the author tells of his own words rather than telling his reader."""
        if tense in (PRESENT, BASE):
            return False
        return (
            complement in ("that", "clause", "quoted", "words")
            or (verb in REPLIES)
            or complement in ("to", "agreed")
        )

    def _is_speaker(self, who: Who) -> bool:
        """Say whether it is somebody who can speak: a mention, the author, or a described person."""
        if who.known:
            return True
        return who.words is not None and bool(self.cast.key_of(who) or who.score >= _DESCRIBED)

    def _fix_speaker(self, i: int, first: int, who: Who, verb: str, hearers: tuple[Who, ...]) -> Who:
        """Correct a subject left out by what was said just before: an answer comes from the other one."""
        if hearers or self._has_own_subject(first, who):
            return who
        left_out = who.inferred == "author left out"
        if not left_out and who.inferred != "subject carried on":
            return who
        says = verb in _SAYS
        last = self.drafts[-1] if self.drafts else None
        if last is not None and not last.nested and self._is_fresh(i, first, last):
            if last.speaker.mention == AUTHOR and last.hearers:
                other = last.hearers[0]
                if verb in REPLIES:
                    score = 0.85 * min(1.0, other.score + 0.1)
                    return Who(other.mention, other.words, "answer of the one asked", score)
                if says and left_out:
                    return Who(other.mention, other.words, "answer of the one asked", 0.66)
            elif says and last.speaker.mention >= 0 and who.mention == AUTHOR:
                return Who(last.speaker.mention, last.speaker.words, "subject carried on", 0.72)
        if left_out and (says or verb in REPLIES):
            return self._company(i) or who
        return who

    def _is_fresh(self, i: int, first: int, last: Draft) -> bool:
        """Say whether a clause begins anew, close behind the last statement."""
        sentences = self.grid.sentence[i] - self.grid.sentence[last.verb]
        return sentences in (1, 2) or (not sentences and first > 0 and self.grid.low[first - 1] in (";", ":"))

    def _talk_on(self, i: int, who: Who) -> Who:
        """Take "he told me" for the one who was telling, rather than one whom he told of."""
        cast, grid = self.cast, self.grid
        for last in reversed(self.drafts[-6:]):
            if grid.sentence[i] - grid.sentence[last.verb] > 4 or grid.para[i] != grid.para[last.verb]:
                break
            if last.speaker.mention < 0 or not any(h.mention == AUTHOR for h in last.hearers):
                continue
            if cast.same(last.speaker.mention, who.mention):
                return Who(who.mention, who.words, who.inferred, max(who.score, 0.88))
            gender = cast.gender(last.speaker.mention)
            if gender and gender != ("f" if grid.low[cast.verb_start(i) - 1] == "she" else "m"):
                continue
            if who.mention >= 0:
                place = grid.at(cast.mentions[who.mention].span.start)
                opens = grid.sentence[place] != grid.sentence[place - 1] or grid.low[place - 1] in _ENTERS
                if place > last.verb and opens:
                    return Who(who.mention, who.words, who.inferred, min(who.score, 0.72))
            return Who(last.speaker.mention, who.words, "talk carried on", 0.74)
        return who

    def _company(self, i: int) -> Who | None:
        """The only person of the sentence before, for "Saw Halifax. Said that ..."."""
        grid = self.grid
        j = i - 1
        found = -1
        while (
            j >= max(0, i - 80) and grid.sentence[i] - grid.sentence[j] <= 1 and grid.para[i] == grid.para[j]
        ):
            if grid.who[j] >= 0:
                if found >= 0 and not self.cast.same(found, grid.who[j]):
                    return None
                found = grid.who[j]
            j -= 1
        return Who(found, None, "company told", 0.7) if found >= 0 else None

    def _read_passive(self, i: int, first: int, verb: str) -> None:
        """Read "I was told by X that", whose subject is the one told."""
        cast, low, grid = self.cast, self.grid.low, self.grid
        if not {"tell", "ask"} & SPEECH[low[i]][2]:
            return
        j = i + 1
        speaker = cast.agent(grid.end[i])
        if speaker:
            while j < len(low) and j < i + 8 and low[j] != "by":
                j += 1
            j += 2
        complement = self._complement(j, verb, SPEECH[low[i]][2], has_hearer=True)
        if not complement.name:
            return
        told = cast.subject_at(i)
        if not told.known or (not speaker and told.mention != AUTHOR):
            return
        self.drafts.append(
            Draft(
                speaker or NOBODY,
                self._start_of(i, first, told),
                grid.end[i],
                f"{verb} passive",
                0.9 * speaker.score * complement.factor if speaker else 0.4,
                hearers=(told,),
                status="denied" if any(w in NEGATIONS for w in low[first:i]) else "held",
                verb=i,
                word=verb,
                content=complement.begin,
            )
        )
