"""Introductions: who brought whom together for the first time, or recommended whom to whom.

Each sign is a word of the text ("introduced", "recommended", "acquainted", "presented") with the
people around it; "first met at a dinner of …" is another. Where the one who introduced is not said,
there is no introduction.
"""

from __future__ import annotations

from typing import Final

from legation.facts.candidates import AUTHOR, UNKNOWN, FindingCandidate
from legation.reading.parties import NOBODY, Who
from legation.reading.scene import Scene, Search

_HEADS: Final[dict[str, str]] = {
    **dict.fromkeys("introduce introduces introduced introducing".split(), "introduce"),
    **dict.fromkeys("present presents presented presenting".split(), "present"),
    **dict.fromkeys("acquainted acquaint".split(), "acquaint"),
    **dict.fromkeys(["known"], "known"),
    **dict.fromkeys("recommend recommends recommended recommending".split(), "recommend"),
    **dict.fromkeys("recommendation introduction".split(), "letter"),
    **dict.fromkeys("brought brings bring bringing carried carries took led".split(), "bring"),
    **dict.fromkeys(["met", "know"], "met"),
    **dict.fromkeys(["helped", "found"], "help"),
}
_BROUGHT: Final = frozenset(
    "brought bring brings made make makes making bringing got get grew become became".split()
)
_TO: Final = frozenset({"to", "unto"})
_BY: Final = frozenset({"by"})
_WITH: Final = frozenset({"with", "to"})
_PASSIVE: Final = frozenset("was were is are been being be am".split())
_SELF: Final = frozenset("myself himself herself themselves itself yourself ourselves".split())
_THINGS: Final = frozenset(
    """
    book books play epistle manuals poem poems sermon tune song house place tavern inn medicine
    physic read reading lesson film restaurant hotel article novel bill measure plan policy course
    reading music musick
    """.split()
)
_HOUSEHOLD: Final = frozenset("service favour favor notice attention employ".split())
_SEEN: Final = frozenset("see meet know".split())


class _Finder(Search):
    """The introductions of one scene."""

    def run(self) -> tuple[FindingCandidate, ...]:
        for i, word in enumerate(self.low):
            head = _HEADS.get(word)
            if head is not None:
                getattr(self, "_" + head)(i)
        return tuple(self.found)

    # --- signs ----------------------------------------------------------------------------------

    def _introduce(self, i: int) -> None:
        """Read "introduced me to", "was introduced by Mr. Crew to", "whom Crew introduced to me"."""
        self._transfer(i, "introduce", 0.9)

    def _present(self, i: int) -> None:
        """Read "presented me to the King"; a letter or a plate that is presented is no person."""
        low = self.low
        if i and low[i - 1] in ("at", "the", "his", "her", "my", "this", "a", "their"):
            return
        passive = not self.scene.auxiliaries(i).isdisjoint(_PASSIVE)
        if passive:
            self._transfer(i, "present", 0.78)
            return
        if self.cast.object(self.grid.end[i]):
            self._transfer(i, "present", 0.8, both=True)

    def _transfer(self, i: int, rule: str, score: float, *, both: bool = False) -> None:
        """A brought B to C: active, passive or in a relative clause."""
        low, scene, cast = self.low, self.scene, self.cast
        if not scene.auxiliaries(i).isdisjoint(_PASSIVE) and not low[i].endswith("ing"):
            by = next(iter(scene.people_behind(i + 1, _BY, 12)), NOBODY)
            who = cast.subject(self.grid.start[i])
            to = self._behind(i + 1, _TO, 9)
            if not by or (rule == "present" and not to):
                return
            self._add(i, by, [who, *to], rule + "-by", score - 0.06)
            return
        brought = list(cast.object(self.grid.end[i]))
        if not brought:
            brought = [self._whom(i)]
        if not brought[0]:
            return
        if low[i + 1] in ("myself", "himself", "herself", "themselves"):
            return
        to = self._behind(i + 1, _TO, 14)
        if both and (not to or self._is_given(i)):
            return
        by = self._doer(i)
        self._add(i, by, [*brought, *to], rule, score if to else score - 0.16)

    def _is_given(self, i: int) -> bool:
        """Say whether something is presented to the person behind the verb: "presented me a letter"."""
        low = self.low
        j = i + 1
        while (
            j < len(low)
            and j < i + 7
            and (
                self.grid.who[j] >= 0 or low[j] in ("me", "him", "her", "us", "them", "and", ",", "my", "the")
            )
        ):
            j += 1
        if low[j - 1] in ("my", "the", "and", ","):
            return low[j - 1] != ","
        return j < len(low) and low[j] in (
            "a",
            "an",
            "with",
            "some",
            "two",
            "three",
            "this",
            "his",
            "her",
            "one",
        )

    def _acquaint(self, i: int) -> None:
        """Read "brought me acquainted with Mr. Shaw", "made them acquainted"."""
        low, scene, cast = self.low, self.scene, self.cast
        verb = next(
            (j for j in range(i - 1, max(-1, i - 7), -1) if low[j] in _BROUGHT and scene.same(i, j)), -1
        )
        if verb < 0 or low[verb] in ("grew", "become", "became", "grow"):
            return
        to = self._behind(i + 1, _WITH, 3)
        between = low[verb + 1 : i]
        if not to or "(" in between or "one" in between or "," in between:
            return
        if low[verb] in ("brought", "made") and not scene.auxiliaries(verb).isdisjoint(_PASSIVE):
            by = next(iter(scene.people_behind(i + 1, _BY, 10)), NOBODY)
            self._add(verb, by, [cast.subject(self.grid.start[verb]), *to], "acquaint-by", 0.8)
            return
        brought = list(cast.object(self.grid.end[verb]))
        if brought and to:
            self._add(verb, self._doer(verb), [*brought, *to], "acquaint", 0.88)

    def _known(self, i: int) -> None:
        """Read "made me known to his sister", "came to know him through Mr. Shaw"."""
        low, scene = self.low, self.scene
        verb = next(
            (
                j
                for j in range(i - 1, max(-1, i - 5), -1)
                if low[j] in ("made", "make", "makes", "making") and scene.same(i, j)
            ),
            -1,
        )
        if verb < 0:
            return
        to = self._behind(i + 1, _TO, 2)
        brought = list(self.cast.object(self.grid.end[verb]))
        if brought and to:
            self._add(verb, self._doer(verb), [*brought, *to], "known", 0.84)

    def _is_of_things(self, i: int) -> bool:
        """Say whether what was recommended is a book, a house or the like."""
        return not _THINGS.isdisjoint(self.low[max(0, i - 14) : i])

    def _recommend(self, i: int) -> None:
        """Read "recommended by Mr. Shaw", "recommended him to me", "whom Crew recommends to my wife"."""
        low, scene, cast = self.low, self.scene, self.cast
        if low[i] == "recommended" and not self._is_active(i):
            by = next(iter(scene.people_behind(i + 1, _BY, 9)), NOBODY)
            score = 0.84
            if not by and self.word_is(i + 1, "by") and self.word_is(i + 2, "a"):
                # "Recommended by a friend".
                by = Who(UNKNOWN, self.grid.span(i + 2, min(i + 4, len(low))), "", 0.9)
                score = 0.8
            if not by or self._is_of_things(i):
                return
            who = self._subject_or_noun(i)
            to = self._behind(i + 1, _TO, 5) or self._diarist()
            if who.known or by.known:
                self._add(i, by, [who, *to], "recommended-by", score if who.known else 0.66)
            return
        if i + 1 < len(low) and low[i + 1] in _SELF:
            return
        brought = list(cast.object(self.grid.end[i]))
        if low[i] == "recommending" and not brought:
            by = scene.person_ending(i)
            to = self._behind(i + 1, _TO, 3)
            if by.known and to:
                self._add(i, by, to, "recommending", 0.7)
            return
        relative = self._whom(i)
        if not brought and not relative:
            return
        if brought and low[i - 1 : i] == ["to"] and not scene.diary:
            return
        to = self._behind(i + 1, _TO, 9)
        named = brought or [relative]
        infinitive = any(low[j] in ("to", "as", "for") for j in range(i + 1, min(i + 12, len(low))))
        if not to and not infinitive:
            return
        by = self._doer(i)
        score = 0.82 if to else 0.72
        if by.mention == AUTHOR and not scene.is_explicit(i, by):
            score -= 0.2
        self._add(i, by, [*named, *(to or self._diarist())], "recommend", score)

    def _letter(self, i: int) -> None:
        """Read "gave me a letter of introduction to Mr. Shaw", "on the recommendation of Mr. Crew"."""
        low, scene, cast = self.low, self.scene, self.cast
        if i >= 2 and low[i - 1] == "of" and low[i - 2] in ("letter", "letters", "note", "word"):
            start = i - 2
            verb = next(
                (
                    j
                    for j in range(start - 1, max(-1, start - 6), -1)
                    if low[j]
                    in (
                        "gave",
                        "give",
                        "gives",
                        "given",
                        "wrote",
                        "writ",
                        "sent",
                        "offered",
                        "brought",
                        "had",
                        "got",
                        "received",
                        "with",
                        "bearing",
                        "bringing",
                    )
                ),
                -1,
            )
            to = self._behind(i + 1, _TO, 3)
            source = next(iter(scene.people_behind(i + 1, frozenset({"from"}), 4)), NOBODY)
            if verb < 0 or not scene.same(verb, i):
                return
            if source:
                self._add(
                    verb, source, [cast.subject(self.grid.start[verb]), *to], "letter", 0.76, what="letter"
                )
            elif low[verb] in ("gave", "give", "gives", "wrote", "writ", "sent"):
                brought = list(cast.object(self.grid.end[verb]))
                brought += self._behind(i + 1, frozenset({"for", "of"}), 3)
                if brought or to:
                    score = 0.86 if brought and to else 0.72
                    self._add(verb, self._doer(verb), [*brought, *to], "letter", score, what="letter")
            return
        by = scene.person_ending(i)
        if not by.known and i + 1 < len(low) and low[i + 1] == "of":
            by = next(iter(cast.people_from(i + 2)), NOBODY)
        if (
            by.known
            and i >= 2
            and any(low[j] in ("by", "on", "upon", "at", "through") for j in range(max(0, i - 5), i))
        ):
            who = self._nearest_actor(i)
            if who.known and not cast.same(who.mention, by.mention):
                self._add(
                    i, by, [who, *(self._diarist() if who.mention != AUTHOR else [])], "recommendation", 0.6
                )

    def _bring(self, i: int) -> None:
        """Read "brought Anne to see me, whom I never saw before", "took me to Mr. Shaw's"."""
        low, scene, cast = self.low, self.scene, self.cast
        if not scene.auxiliaries(i).isdisjoint(_PASSIVE | {"to"}):
            return
        brought = list(cast.object(self.grid.end[i]))
        j = i + 1
        if not brought and j + 1 < len(low) and low[j] == "with" and low[j + 1] in ("him", "her", "them"):
            brought = list(cast.people_from(j + 2))
        if not brought or not brought[0].known:
            return
        end = min(len(low), i + 34)
        first = self._first_time(i, end)
        purpose = next(
            (
                n
                for n in range(i + 1, min(i + 9, end - 1))
                if low[n] == "to" and low[n + 1] in _SEEN and scene.same(n, i)
            ),
            -1,
        )
        to = self._behind(i + 1, _TO, 7)
        if purpose >= 0:
            to = list(cast.people_from(purpose + 2)) or to
        meeting = purpose >= 0 and low[purpose + 1] == "meet" and bool(to)
        if not first and not meeting and not self._kissed(i, end):
            return
        by = self._doer(i)
        if not to and brought[0].mention != AUTHOR and by.mention != AUTHOR:
            to = self._diarist()
        if to:
            self._add(i, by, [*brought, *to], "brought", 0.66)

    def _kissed(self, i: int, end: int) -> bool:
        """Say whether somebody is brought "to kiss her hands"."""
        low = self.low
        return any(
            low[n] in ("kiss", "kissed") and low[n + 2 : n + 3] in (["hands"], ["hand"])
            for n in range(i, end - 2)
        )

    def _first_time(self, i: int, end: int) -> bool:
        """Say whether somebody was seen for the first time near word `i`."""
        low = self.low
        for n in range(i, end - 1):
            if self.grid.sentence[n] != self.grid.sentence[i]:
                return False
            if low[n] == "never" and any(
                w in ("saw", "see", "seen", "met", "spoke", "spoken") for w in low[n + 1 : n + 4]
            ):
                return True
            if low[n] == "first" and low[n + 1] == "time":
                return True
            if (
                low[n] == "whom"
                and low[n + 1] in ("we", "i")
                and low[n + 2 : n + 3] in (["find"], ["found"], ["like"], ["liked"])
            ):
                return True
        return False

    def _met(self, i: int) -> None:
        """Read "a supper at which A first met B", "through X I met Y"."""
        low, scene, cast = self.low, self.scene, self.cast
        begin = scene.begin(i)
        if low[begin] in ("through", "thanks") and i - begin < 14:
            self._through(i, begin)
            return
        if not (i and low[i - 1] == "first"):
            return
        arranged = next(
            (
                n
                for n in range(i - 1, begin - 1, -1)
                if low[n] in ("arranged", "gave", "hosted", "organised", "organized", "held")
            ),
            -1,
        )
        met = list(cast.object(self.grid.end[i]))
        who = cast.subject(self.grid.start[i])
        if arranged < 0 or not met or not who:
            return
        by = cast.subject(self.grid.start[arranged])
        if not by.known:
            by = self._nearest_actor(arranged)
        self._add(arranged, by, [who, *met], "arranged", 0.7)

    def _through(self, i: int, begin: int) -> None:
        """Read "through Mr. Keynes I met (came to know) Miss Lopokova"."""
        cast = self.cast
        by = next(iter(cast.people_from(begin + (1 if self.low[begin] == "through" else 2))), NOBODY)
        met = list(cast.object(self.grid.end[i]))
        who = cast.subject(self.grid.start[i] if self.low[i] == "met" else self.grid.start[i - 1])
        if self.low[i] == "know":
            who = self._nearest_actor(i)
        if by.known and met and who.known:
            self._add(i, by, [who, *met], "through", 0.72)

    def _help(self, i: int) -> None:
        """Read "the cook whom Mr. Crew helped us to", "found us a cook"."""
        low = self.low
        end = self.grid.end[i]
        helped = list(self.cast.object(end))
        if low[i] == "helped" and helped and i + 2 < len(low) and low[i + 2] == "to":
            who = self._whom(i)
            if who.known:
                self._add(i, self._doer(i), [who, *helped], "helped-to", 0.6)

    # --- people ---------------------------------------------------------------------------------

    def _doer(self, i: int) -> Who:
        low, scene = self.low, self.scene
        if "to" in scene.auxiliaries(i):
            at = scene.governor(i)
            if at < 0 or low[at] not in ("went", "came"):
                # "I with him to praise him": whoever acts before.
                return self._nearest_actor(i) if at < 0 else NOBODY
            return self.cast.subject(self.grid.start[at])
        return self.cast.subject(self.grid.start[i])

    def _nearest_actor(self, i: int) -> Who:
        """The nearest pronoun or name in subject form before `i` in its sentence."""
        low = self.low
        for j in range(i - 1, max(-1, i - 16), -1):
            if not self.scene.same(j, i) or low[j] in (";", ":"):
                break
            if low[j] in ("i", "he", "she", "we"):
                return self.cast.who_at(j) or NOBODY
        for j in range(i - 1, max(-1, i - 16), -1):
            if not self.scene.same(j, i) or low[j] in (";", ":"):
                break
            if self.grid.who[j] >= 0 and low[j - 1 : j] not in (["with"], ["of"], ["to"], ["by"]):
                return self.cast.who_at(j) or NOBODY
        return NOBODY

    def _subject_or_noun(self, i: int) -> Who:
        """Who was recommended: the subject, or the person just before a bracket."""
        low = self.low
        j = i - 1
        if j >= 0 and low[j] in ("(", ","):
            for n in range(j - 1, max(-1, j - 5), -1):
                if self.grid.who[n] >= 0 and self.scene.same(n, i):
                    return self.cast.who_at(n) or NOBODY
        who = self.cast.subject(self.grid.start[i])
        relative = self._earlier_relative(i)
        if relative is not None:
            return relative
        if who.known and who.mention != AUTHOR:
            return who
        for n in range(i - 1, max(-1, i - 30), -1):
            if self.grid.sentence[i] - self.grid.sentence[n] > 1:
                break
            if (
                self.grid.who[n] >= 0
                and low[n + 1] != "'s"
                and self.grid.sentence[n] == self.grid.sentence[i]
            ):
                found = self.cast.who_at(n)
                if found is not None:
                    return Who(found.mention, found.words, "last named", 0.6)
        return who

    def _earlier_relative(self, i: int) -> Who | None:
        """The person of "whom I never saw, but recommended by …"."""
        low = self.low
        for n in range(i - 1, max(0, i - 26), -1):
            if not self.scene.same(n, i) or low[n] == ";":
                return None
            if low[n] in ("whom", "who"):
                at = n - 1 if low[n - 1] != "," else n - 2
                return self.cast.who_at(at) if at >= 0 and self.grid.who[at] >= 0 else None
        return None

    def _is_active(self, i: int) -> bool:
        """Say whether "recommended" is a finite verb with a subject of its own, not a participle."""
        if not self.scene.auxiliaries(i).isdisjoint(_PASSIVE):
            return False
        return not self.scene.people_behind(i + 1, _BY, 6)

    def word_is(self, i: int, word: str) -> bool:
        """Say whether a word stands at `i`."""
        return i < len(self.low) and self.low[i] == word

    def _whom(self, i: int) -> Who:
        """The person of "whom X introduced", or nobody."""
        low = self.low
        for j in range(i - 1, max(-1, i - 6), -1):
            if not self.scene.same(j, i) or low[j] in (",", ";"):
                break
            if low[j] in ("whom", "which", "who") and j and self.grid.who[j - 1] >= 0:
                return self.cast.who_at(j - 1) or NOBODY
            if low[j] in ("whom", "who"):
                return self.cast.who_at(j) or NOBODY
        return NOBODY

    def _behind(self, i: int, words: frozenset[str], reach: int) -> list[Who]:
        found = [w for w in self.scene.people_behind(i, words, reach) if w]
        if found:
            return found
        for j in range(i, min(i + reach, len(self.low) - 3)):
            if self.low[j] in words and self.low[j + 2] == "'s" and self.low[j + 3] in _HOUSEHOLD:
                # "To my Lord's service".
                return [w for w in (self.cast.who_at(j + 1),) if w]
        return []

    def _diarist(self) -> list[Who]:
        """In a diary whoever is recommended to nobody in particular is so to its author."""
        return [Who(AUTHOR, None, "author left out", 0.8)] if self.scene.diary else []

    # --- results --------------------------------------------------------------------------------

    def _add(self, i: int, by: Who, brought: list[Who], rule: str, score: float, what: str = "") -> None:
        scene, cast = self.scene, self.cast
        if scene.is_doubtful(i):
            return
        kept: list[Who] = []
        for who in brought:
            if (
                who.known
                and not any(cast.same(who.mention, k.mention) for k in kept)
                and not (by.known and cast.same(who.mention, by.mention))
            ):
                kept.append(who)
        if not kept:
            return
        if not by.known:
            score -= 0.25
        elif min(w.score for w in (by, *kept)) < 0.7:
            score -= 0.12
        if len(kept) < 2:
            score -= 0.08
        status = scene.status_of(i)
        if rule == "through":
            status = "held"
        if status == "planned":
            score = min(score, 0.5) if scene.is_wanted(i) and not self._went(i) else score
            status = "held" if self._went(i) else status
        first = min([scene.group(i).start, *(self._place(w, i) for w in (by, *kept))])
        last = max([scene.end(i), *(self._place(w, i) + 1 for w in (by, *kept))])
        self.found.append(
            FindingCandidate(
                kind="introduction",
                span=scene.span(first, last),
                parties=(by.party("introducer"), *(w.party("introduced") for w in kept)),
                what=what,
                status=status,
                rule=rule,
                score=round(max(0.05, score), 3),
            )
        )

    def _went(self, i: int) -> bool:
        """Say whether an infinitive was carried out: "I with him to praise him, which I did"."""
        low = self.low
        for n in range(i + 1, min(len(low) - 2, i + 16)):
            if low[n] == "which" and low[n + 1] in ("i", "he", "she", "we") and low[n + 2] == "did":
                return True
        at = self.scene.governor(i)
        return at >= 0 and low[at] in ("went", "came")

    def _place(self, who: Who, i: int) -> int:
        """Where somebody stands, if near word `i`; else `i`."""
        span = who.words or (self.scene.mentions[who.mention].span if who.mention >= 0 else None)
        if span is None:
            return i
        at = self.grid.at(span.start)
        return at if abs(at - i) < 30 and self.scene.same(at, i) else i


def find_introductions(scene: Scene) -> tuple[FindingCandidate, ...]:
    """Find the introductions that a text tells of; one by letter has `what` "letter"."""
    if not scene.mentions:
        return ()
    return _Finder(scene).run()
