"""Promises: who undertook to whom to do something, and until when.

Each sign is a word of the text ("promised", "vow", "agreed to", "said he would …"); its people are
those of the clause around it. A threat, a forecast, an intention or a refusal is none.
"""

from __future__ import annotations

import re
from typing import Final

from legation.facts.candidates import AUTHOR, UNKNOWN, FindingCandidate
from legation.facts.span import Span
from legation.reading.lexicon.deeds import DEEDS, HEADS, NOT_BASE, SAID, VOWS
from legation.reading.parties import NOBODY, Who
from legation.reading.promise_look import PASSIVE, POSSESSIVE, REFLEXIVE, PromiseLook, is_past
from legation.reading.scene import FUTURE, Scene
from legation.reading.speech_grid import QUOTED

_GIVEN: Final = frozenset(
    "make makes made making give gives gave giving given take took taken taking renew renewed".split()
)
_GOTTEN: Final = frozenset(
    "get gets got have hath has had obtain obtained receive received extract extracted extorted".split()
)
_ARTICLES: Final = frozenset("a an the my his her this".split())
#: Before a possessive: "according to his promise", "beyond his promise".
_UPON: Final = frozenset("according beyond upon on by contrary per to".split())
#: Behind "promising" the adjective there is none of these.
_OBJECTS: Final = frozenset(
    "me him her them us to that £ $ € the a an his my their he she it some any all not never".split()
)
_SELDOM: Final = frozenset("well much fair little good".split())
_PERSONAL: Final = frozenset("i he she we they".split())
_TO_SOMEBODY: Final = frozenset("me him her us them".split())
_BOUND: Final = frozenset("engage engages engaged commit committed bound".split())
_YOU: Final = frozenset("you your yours".split())
#: How much of a quotation is looked at, in code points.
_LONGEST: Final = 1500
_QUOTED_SIGN: Final = re.compile(
    r"\b(?:I|[Ww]e)(?: |['’])(?:(?:[a-z]+ ){0,5})?(?:will|shall|ll|promise to|undertake to|agree to) "
    r"(?:(?:also|certainly|gladly|of course|never|[a-z]+ly) ){0,2}(?P<deed>[a-z]+)"
    r"(?P<you> [^.;!?]{0,40}?\byou\b)?"
)
_STATES: Final = frozenset({"be", "go", "remember", "continue"})
_SENTENCE_END: Final = re.compile(r"[.;!?](?=\s|$|[\"”’»])")


class _Finder(PromiseLook):
    """The promises of one scene."""

    def run(self) -> tuple[FindingCandidate, ...]:
        """Look at every sign."""
        readers = {
            "promise": self._promise,
            "agree": self._agree,
            "undertake": self._undertake,
            "would": self._would,
        }
        for i, word in enumerate(self.low):
            head = HEADS.get(word)
            if head is not None:
                readers[head](i)
            elif word == QUOTED:
                self._quoted(i)
        return self.distinct()

    # --- the verb and the noun ------------------------------------------------------------------

    def _promise(self, i: int) -> None:
        """Read "promised me", "do promise", "promising to", "was promised by"."""
        word, scene = self.low[i], self.scene
        if self.is_noun(i):
            self._noun(i)
            return
        if self._is_no_promise(i):
            return
        if word.endswith("ed") and not scene.auxiliaries(i).isdisjoint(PASSIVE):
            self._passive(i)
            return
        status = self.status(i)
        if status is None:
            return
        near = scene.group(i).start - 1
        close = near >= 0 and (self.grid.who[near] >= 0 or self.low[near] in _PERSONAL)
        # "A letter, promising him a pension": not surely the subject's own.
        score = 0.7 if word.endswith("ing") and not close else 0.9
        self.add(i, self.doer(i), self.hearer(i), "promise", score, status)

    def _is_no_promise(self, i: int) -> bool:
        """Say whether the word is "promising" the adjective, "promises well", "swore at"."""
        word, after = self.low[i], self.word(i + 1)
        if word == "promising":
            if i and self.low[i - 1] in ("a", "very", "most"):
                return True
            person = i + 1 < len(self.low) and self.grid.who[i + 1] >= 0
            return not (after in _OBJECTS or after.isdigit() or person or self.is_capital(i + 1))
        if word == "swore":
            return not (after == "to" and self.is_base(i + 2))
        return after in REFLEXIVE or after in _SELDOM

    def _passive(self, i: int) -> None:
        status = self.status(i)
        by = self.cast.agent(self.grid.end[i])
        to = self.cast.subject(self.grid.start[i])
        if status is not None and (by or to.known):
            score = 0.8 if by.known else 0.55
            self.add(i, by, (to,) if to.known else (), "promised-by", score, status)

    def _noun(self, i: int) -> None:
        """Read "my promise", "made a vow to", "had a promise from", "according to his promise"."""
        low, scene = self.low, self.scene
        k = self._determiner(i)
        what = self.word(i + 1)
        if low[i] == "word" and not self._is_ones_word(k):
            return
        if low[i] == "commitment" and not (what == "that" or (what == "to" and self._is_deed(i + 2))):
            return
        near = range(k - 1, max(-1, k - 4), -1)
        verb = next((j for j in near if low[j] in _GIVEN | _GOTTEN or low[j] in _UPON or low[j] == ","), -1)
        if verb >= 0 and low[verb] not in _GIVEN | _GOTTEN:
            verb = -1
        if verb >= 0 and scene.same(verb, i) and low[k] in _ARTICLES:
            self._given(i, verb)
            return
        if verb < 0 and k >= 0 and low[k] in _GIVEN | _GOTTEN:
            self._given(i, k)
            return
        to_content = what == "to" and self.word(i + 2) not in REFLEXIVE
        content = to_content or what in ("that", "of", "not", "against", "never", "upon")
        if low[i] in VOWS and not content:
            return
        if k >= 0 and low[k] in POSSESSIVE:
            score = 0.78 if content or self.word(k - 1) in _UPON else 0.55
            self.add(i, scene.possessor(k), self.hearer_of_noun(i), "promise-of", score, "held")
        elif low[i] == "promise" and k == i - 1 and low[k] == "by" and what == "to" and scene.diary:
            author = Who(AUTHOR, None, "author left out", 0.8)
            self.add(i, author, self.hearer_of_noun(i), "by-promise", 0.65, "held")
        elif content or what == "from":
            by = next(iter(scene.people_behind(i + 1, frozenset({"from", "of", "by"}), 2)), NOBODY)
            if by.known:
                self.add(i, by, (), "promise-from", 0.7, "held")

    def _is_deed(self, i: int) -> bool:
        """Say whether a word behind "to" is surely a verb: one that is promised, or with an object."""
        if not self.is_base(i):
            return False
        after = i + 1 < len(self.low) and (self.grid.who[i + 1] >= 0 or self.low[i + 1] in NOT_BASE)
        return self.low[i] in DEEDS or after

    def _determiner(self, i: int) -> int:
        """The article, possessive or verb before the noun at `i` and its adjectives."""
        low = self.low
        k = i - 1
        while (
            k > 0
            and i - k < 4
            and low[k] not in POSSESSIVE
            and low[k] not in ("a", "the")
            and low[k].isalpha()
            and not self.cast.is_verb(k)
            and self.grid.who[k] < 0
        ):
            k -= 1
        return k

    def _is_ones_word(self, k: int) -> bool:
        """Say whether "word" with the possessive at `k` is one that is given: "gave me his word"."""
        if k < 1 or self.low[k] not in POSSESSIVE:
            return False
        before = self.low[k - 1]
        return before in _GIVEN or before in _TO_SOMEBODY or self.grid.who[k - 1] >= 0

    def _given(self, i: int, verb: int) -> None:
        """Read "made me a promise", "gave his word", "had a promise from Mr. Shaw"."""
        status = self.status(verb)
        if status is None:
            return
        by = self.cast.subject(self.grid.start[verb])
        if self.low[verb] in _GIVEN:
            own = self.low[i] in VOWS
            to = () if own else self.cast.object(self.grid.end[verb]) or self.hearer_of_noun(i)
            self.add(i, by, to, "promise-made", 0.82, status, start=verb)
            return
        for at in (i + 1, verb + 1):
            source = next(iter(self.scene.people_behind(at, frozenset({"from", "of"}), 3)), NOBODY)
            if source.known:
                self.add(i, source, (by,), "promise-from", 0.8, status)
                return

    # --- agreeing and undertaking ---------------------------------------------------------------

    def _agree(self, i: int) -> None:
        """Read "agreed with him to meet", "agreed to receive them", "which I agreed to"."""
        scene = self.scene
        auxiliaries = scene.auxiliaries(i)
        if (
            not FUTURE.isdisjoint(auxiliaries)
            or "to" in auxiliaries
            or scene.is_doubtful(i)
            or scene.is_negated(i)
        ):
            return
        passive = self.low[i] == "agreed" and not auxiliaries.isdisjoint(PASSIVE - {"being"})
        if passive or self.is_proposed(i):
            return
        j = i + 1
        to: tuple[Who, ...] = ()
        if self.word(j) == "with":
            to = self.cast.people_from(j + 1)
            if not to:
                return
            j = self.behind(j + 1, to)
        while j < len(self.low) and (self.cast.is_adverb(j) or self.low[j] == ","):
            j += 1
        score = self._agreed_to(i, j, to)
        if score:
            self.add(i, self.cast.subject(self.grid.start[i]), to, "agree", score, "held")

    def _agreed_to(self, i: int, j: int, to: tuple[Who, ...]) -> float:
        """How sure it is that what stands at `j`, behind "agreed" at `i`, is a thing to be done."""
        after = self.word(j)
        by = self.cast.subject(self.grid.start[i])
        if after == "to" and self.is_base(j + 1):
            return 0.8 if by.known else 0.55
        if after == "that":
            near = self.low[j + 1 : j + 4]
            must = any(word in ("must", "would", "will") or (self.old and word == "should") for word in near)
            binding = bool(to) or by.mention in (AUTHOR, UNKNOWN)
            own = self.word(j + 1) in _PERSONAL and self.word(j + 1) != "they"
            return 0.66 if must and binding and own else 0.0
        if after in ("to", ".", ",", ";") and self.relative(i) >= 0:
            return 0.66
        return 0.55 if to and (after in ("for", "upon", "on") or self.relative(i, "as") >= 0) else 0.0

    def _undertake(self, i: int) -> None:
        """Read "undertook to", "engaged himself to", "which I did undertake", "bound myself by oath"."""
        word = self.low[i]
        if self.scene.is_negated(i):
            return
        j = i + 1
        reflexive = self.word(j) in REFLEXIVE
        if reflexive:
            j += 1
        after = self.word(j)
        if word in _BOUND and not (
            reflexive or (word.startswith("engage") and after in ("me", "him", "her"))
        ):
            return
        if after == "to" and not self.is_base(j + 1):
            return
        if after not in ("to", "that") and self.relative(i) < 0 and not (reflexive and after == "by"):
            return
        status = self.status(i)
        if status is not None:
            self.add(i, self.doer(i), (), "undertake", 0.78, status)

    # --- what somebody said he would do ---------------------------------------------------------

    def _would(self, i: int) -> None:
        """Read "said he would send it", "I told him I would", "assured me that they would"."""
        low, scene = self.low, self.scene
        k = i - 1
        while k >= 0 and self.cast.is_adverb(k) and scene.same(k, i):
            k -= 1
        if k < 0 or not scene.same(k, i):
            return
        if low[k] == "and":
            self._would_too(i, k)
            return
        if low[i] in ("should", "'d") and not (low[k] == "i" and self.old):
            return
        verb = self.said_before(k)
        if verb < 0:
            self._letter(i, k)
            return
        deed = self.deed(i)
        if deed < 0 or scene.is_negated(verb) or self.is_conditional(i, deed):
            return
        by, agent = self._promiser(k, verb)
        if not by:
            return
        hearer = self.cast.object(self.grid.end[verb]) or self.cast.recipients(self.grid.end[verb])
        hearer = tuple(w for w in hearer if w.mention != by.mention and self.stands_before(w, k))
        if not hearer and self.word(deed + 1) in ("me", "us") and by.mention != AUTHOR:
            # "He would let me know": whoever hears it is told in the promise itself.
            hearer = self.cast.people_from(deed + 1)[:1]
        sure = low[verb].startswith(("assur", "promis", "agree"))
        strong = low[deed] in DEEDS
        if not strong and not sure:
            return
        score = 0.8 if strong and (sure or hearer or not scene.diary) else 0.62
        if low[k] == "we" and not hearer:
            score = min(score, 0.62)
        if agent:
            score = min(score, 0.66)
        self.add(i, by, hearer, "said-would", score, "held", start=verb)

    def _promiser(self, k: int, verb: int) -> tuple[Who, bool]:
        """Who promises by "… said that K would", and whether the speaker does so for another."""
        speaker = self.cast.subject(self.grid.start[verb])
        subject = self.cast.who_at(k)
        word = self.low[k]
        if word in ("i", "we"):
            own = speaker.mention == AUTHOR or (word == "we" and not self.scene.diary)
            return (speaker if own else NOBODY), False
        if word in ("he", "she") and subject is not None:
            if speaker.mention == AUTHOR or not speaker:
                return NOBODY, False
            both = subject.known and speaker.known
            other = both and not self.cast.same(subject.mention, speaker.mention) and subject.score >= 0.82
            return (NOBODY if other else speaker), False
        mention = self.grid.who[k]
        if mention >= 0 and subject is not None and speaker.known:
            if self.cast.same(mention, speaker.mention):
                return speaker, False
            principal = self.scene.mentions[mention].kind == "office" and speaker.mention == AUTHOR
            return (subject if principal else NOBODY), principal
        ours = k >= 1 and self.low[k].isalpha() and self.low[k - 1] in ("our", "his", "their")
        if ours and self.low[verb].startswith("assur"):
            # "Assured him that our authorities would": in their name.
            return speaker, False
        return NOBODY, False

    def _would_too(self, i: int, k: int) -> None:
        """Read "said that this was sensible and would tell the others"; `k` is the "and"."""
        low, scene = self.low, self.scene
        deed = self.deed(i)
        if low[i] not in ("would", "will") or deed < 0 or low[deed] not in DEEDS:
            return
        if self.is_conditional(i, deed):
            return
        verb = next((j for j in range(k - 1, max(-1, k - 18), -1) if low[j] in SAID or low[j] in ";:"), -1)
        if verb < 0 or low[verb] not in SAID or not scene.same(verb, k):
            return
        by = self.cast.subject(self.grid.start[verb])
        own = ("i",) if by.mention == AUTHOR else ("he", "she")
        first = next((word for word in low[verb + 1 : k] if word in _PERSONAL or word == "it"), "")
        # Somebody else who acts between would be the one who will.
        acting = any(self.grid.who[n] >= 0 and self.cast.is_verb(n + 1) for n in range(verb + 1, k))
        if by and first in own and not acting:
            hearer = self.cast.object(self.grid.end[verb])
            self.add(i, by, hearer, "said-would-too", 0.68, "held", start=verb)

    def _letter(self, i: int, k: int) -> None:
        """Read in a letter or telegram what it undertakes to its reader: "I will let you know"."""
        low, scene = self.low, self.scene
        if scene.diary or low[i] not in ("will", "shall", "'ll") or low[k] not in ("i", "we"):
            return
        deed = self.deed(i)
        if deed < 0 or low[deed] not in DEEDS or self.is_conditional(i, deed) or scene.ends_question(i):
            return
        if not _YOU.isdisjoint(low[deed : min(scene.end(deed), deed + 12)]):
            author = Who(AUTHOR, self.grid.span(k, k + 1), "first person", 0.9)
            self.add(i, author, (), "letter", 0.72, "held", start=k)

    # --- somebody's very words ------------------------------------------------------------------

    def _quoted(self, i: int) -> None:
        """Read a quotation: "“I will send it to you,” said Crew"."""
        scene = self.scene
        start, end = self.grid.start[i], self.grid.end[i]
        sign = _QUOTED_SIGN.search(scene.text, start, min(end, start + _LONGEST))
        verb = self._speech_beside(i) if sign is not None and sign["deed"] in DEEDS - _STATES else -1
        if sign is None or verb < 0:
            return
        by = next(iter(self.cast.people_from(verb + 1)), NOBODY) if verb > i else NOBODY
        by = by or self.cast.subject(self.grid.start[verb])
        if not by.known:
            return
        hearer = self.cast.object(self.grid.end[verb]) if verb < i else ()
        stop = _SENTENCE_END.search(scene.text, sign.end(), end)
        last = stop.start() if stop else end
        due = next((d for d in scene.dates if sign.end() <= d.span.start and d.span.end <= last), None)
        if due is not None and is_past(scene, due):
            due = None
        self.found.append(
            FindingCandidate(
                kind="promise",
                span=Span(sign.start(), last),
                parties=(by.party("by"), *(w.party("to") for w in hearer if w.known)),
                on=due.when if due else None,
                on_span=due.span if due else None,
                quotation=Span(start, end),
                rule="quoted",
                score=0.7 if sign["you"] is not None or not scene.diary else 0.5,
            )
        )

    def _speech_beside(self, i: int) -> int:
        """The verb of speech that goes with the quotation at word `i`, or -1."""
        low = self.low
        for j in range(i - 1, max(-1, i - 8), -1):
            if low[j] in SAID:
                return j
            if low[j] in (".", ";") or self.grid.sentence[i] - self.grid.sentence[j] > 1:
                break
        return next((j for j in range(i + 1, min(i + 4, len(low))) if low[j] in SAID), -1)


def find_promises(scene: Scene) -> tuple[FindingCandidate, ...]:
    """Find the promises that a text tells of; `on` is the day on which one is due."""
    if not scene.mentions and not scene.context.author and scene.context.kind == "paper":
        return ()
    return _Finder(scene).run()
