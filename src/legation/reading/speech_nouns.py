"""Statements without a verb of saying: "his complaint that", "I hear from X that", "according to X"."""

from __future__ import annotations

from typing import Final

from legation.facts.candidates import AUTHOR
from legation.reading.lexicon.speech import MODALS, NEGATIONS, PREPOSITIONS, SPEECH
from legation.reading.parties import Who
from legation.reading.speech_content import CONTENT, Content
from legation.reading.speech_draft import Draft

_GIVEN: Final = frozenset(
    "orders order commands command directions instructions advice thanks notice warning counsel "
    "assurance assurances".split()
)


class Nouns(Content):
    """Reads the statements that nouns and hearsay tell of."""

    def _start_of(self, i: int, first: int, who: Who) -> int:
        """Where the statement's words begin."""
        grid = self.grid
        j = first - 1
        if j >= 0 and grid.same_sentence(j, i):
            if (
                who.words is not None
                and grid.start[first] - 200 < who.words.start < grid.start[first]
                and (who.words.end == grid.end[j])
            ):
                return who.words.start
            if self.cast.who_at(j) is not None:
                if grid.low[j] == "who" and who.mention >= 0:
                    place = self.cast.mentions[who.mention].span
                    if grid.start[j] - place.end < 30 and place.start < grid.start[j]:
                        return place.start
                return grid.start[j]
            if who.mention >= 0:
                place = self.cast.mentions[who.mention].span
                k = grid.at(place.start)
                if (
                    place.end <= grid.start[first]
                    and k < len(grid)
                    and grid.same_sentence(k, i)
                    and grid.start[first] - place.end < 80
                ):
                    return place.start
        return grid.start[first]

    def _has_own_subject(self, first: int, who: Who) -> bool:
        """Say whether the subject's words stand directly before the verb."""
        return first > 0 and (
            self.cast.who_at(first - 1) is not None
            or (who.words is not None and who.words.end == self.grid.end[first - 1])
        )

    def _read_giving(self, i: int) -> None:
        """Read "gave me orders to", "did give him many commands about"."""
        cast, grid = self.cast, self.grid
        low = grid.low
        first = cast.verb_start(i)
        if any(w in MODALS or w in NEGATIONS for w in low[first:i]) or (
            low[i] in ("give", "giving") and "did" not in low[first:i]
        ):
            return
        hearers, k = self._hearers(i + 1)
        for j in range(k, min(k + 4, len(low))):
            if low[j] in _GIVEN:
                who = cast.subject_at(i, hearer=low[i + 1] if hearers else "")
                if who.known and (hearers or who.mention != AUTHOR):
                    self.drafts.append(
                        Draft(
                            who,
                            self._start_of(i, first, who),
                            grid.end[i],
                            "gave orders",
                            0.88 * who.score,
                            hearers=hearers,
                            verb=i,
                            word="give",
                            content=j,
                            carried=not self._has_own_subject(first, who),
                        )
                    )
                return
            if not low[j][0].isalpha() or low[j] in PREPOSITIONS:
                return

    def _read_made_clear(self, i: int) -> None:
        """Read "made it clear that", "made known that"; `i` is the adjective."""
        low, cast, grid = self.grid.low, self.cast, self.grid
        j = i - 1 - (low[i - 1] in ("it", "quite", "very", "perfectly"))
        j -= low[j] == "it"
        if j < 1 or low[j] not in ("made", "makes") or i + 1 >= len(low) or low[i + 1] != "that":
            return
        who = cast.subject_at(j)
        first = cast.verb_start(j)
        if who.known and not any(w in MODALS or w in NEGATIONS for w in low[first:j]):
            self.drafts.append(
                Draft(
                    who,
                    self._start_of(j, first, who),
                    grid.end[i],
                    "made clear that",
                    0.9 * who.score,
                    verb=j,
                    word="make",
                    content=i + 1,
                )
            )

    def _read_noun(self, i: int) -> None:
        """Read "X's complaint that", "a letter from X that", "sent me word that"."""
        grid, low, cast = self.grid, self.grid.low, self.cast
        n = len(low)
        speaker: Who | None = None
        begin = i + 1
        source = i
        if i + 2 < n and low[i + 1] in ("from", "by", "of"):
            found = cast.people_from(i + 2)
            if found and low[i + 1] != "of":
                speaker = found[0]
                begin = i + 3
                if begin < n and low[begin] == ",":
                    begin += 1
        if begin >= n or low[begin] not in ("that", "saying", "telling", "wherein", "informing", "advising"):
            if not (low[i] == "opinion" and begin < n and low[begin] == "of"):
                return
            return
        if speaker is None:
            speaker, source = self._owner(i)
        if speaker is None or not speaker.known:
            return
        if (
            low[i] in ("promise", "offer", "belief", "view", "opinion", "conviction", "story", "account")
            and speaker.mention == AUTHOR
        ):
            return
        if low[begin] in SPEECH:
            # The participle would be read as a verb of its own.
            begin += 1
        self.drafts.append(
            Draft(
                Who(speaker.mention, speaker.words, speaker.inferred, speaker.score),
                grid.start[min(source, i)],
                grid.end[begin],
                "noun that",
                0.85 * speaker.score,
                verb=i,
                word=low[i],
                content=begin,
                nested=False,
            )
        )

    def _owner(self, i: int) -> tuple[Who | None, int]:
        grid, low, cast = self.grid, self.grid.low, self.cast
        j = i - 1
        while j >= max(0, i - 3) and grid.same_sentence(j, i):
            if low[j] == "'s" and j and grid.who[j - 1] >= 0:
                return cast.who_at(j - 1), j - 1
            if low[j] in ("his", "her"):
                who = cast.possessor(j)
                return (who, j) if who else (None, i)
            if (
                low[j] in ("me", "us", "him")
                and j
                and low[j - 1] in ("sent", "sends", "brought", "brings", "gave", "left")
            ):
                return cast.subject_at(j - 1, hearer=low[j]), j - 1
            if low[j] in ("sent", "sends", "brought", "left"):
                return cast.subject_at(j), j
            if low[j] in ("made", "makes", "expressed", "voiced", "repeated", "gave") and j + 1 < i:
                return cast.subject_at(j), j
            if not low[j][0].isalpha() or low[j] in PREPOSITIONS:
                break
            j -= 1
        return None, i

    def _read_hearing(self, i: int) -> None:
        """Read "I hear from X that", "by whom I understand that", "met X, and hear that"."""
        grid, low, cast = self.grid, self.grid.low, self.cast
        first = cast.verb_start(i)
        before = low[first - 1] if first and grid.same_sentence(first - 1, i) else ""
        if any(w in NEGATIONS or w in MODALS for w in low[first:i]):
            return
        n = len(low)
        if i + 2 < n and low[i + 1] in ("from", "by", "of") and before in ("i", "we", "and", ",", ""):
            found = cast.people_from(i + 2)
            if found and i + 3 < n and (low[i + 3] in CONTENT or low[i + 3] == ","):
                self.drafts.append(
                    Draft(
                        found[0],
                        grid.start[first],
                        grid.end[i + 2],
                        "heard from",
                        0.9 * found[0].score,
                        hearers=(Who(AUTHOR, None, "first person", 0.9),),
                        verb=i,
                        word="hear",
                        content=i + 3,
                    )
                )
            return
        if (i + 1 < n and low[i + 1] not in ("that", "how")) or before not in ("i", "we", "and"):
            return
        if before in ("i", "we"):
            k = first - 2
            if k >= 1 and low[k] == "whom" and low[k - 1] in ("by", "of", "from"):
                found_who = cast.who_at(k)
                if found_who is not None and found_who.known:
                    self.drafts.append(
                        Draft(
                            found_who,
                            grid.start[k - 1],
                            grid.end[i],
                            "heard from",
                            0.9 * found_who.score,
                            hearers=(Who(AUTHOR, None, "first person", 0.9),),
                            verb=i,
                            word="hear",
                            content=i + 1,
                        )
                    )
            return
        if low[i] in ("find", "found"):
            return
        j = first - 2
        while j >= 0 and first - j < 12 and grid.same_sentence(j, i):
            if grid.who[j] >= 0 and j and low[j - 1] in ("met", "with", "saw", "to", "found", "meet"):
                self.drafts.append(
                    Draft(
                        Who(grid.who[j], None, "company told", 0.7),
                        grid.start[j],
                        grid.end[i],
                        "heard in company",
                        0.66,
                        hearers=(Who(AUTHOR, None, "first person", 0.9),),
                        verb=i,
                        word="hear",
                        content=i + 1,
                    )
                )
                return
            j -= 1

    def _read_according(self, i: int) -> None:
        found = self.cast.people_from(i + 2)
        if found:
            self.drafts.append(
                Draft(
                    found[0],
                    self.grid.start[i],
                    self.grid.end[i + 2],
                    "according to",
                    0.9 * found[0].score,
                    verb=i,
                    word="according",
                    content=i + 3,
                )
            )
