"""Whose words a quotation holds: its tag, turns in a dialogue, what stands just before."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from legation.facts.candidates import AUTHOR, UNKNOWN
from legation.reading.lexicon.speech import PREPOSITIONS
from legation.reading.parties import NOBODY, Who
from legation.reading.speech_draft import Draft
from legation.reading.speech_grid import QUOTED
from legation.reading.speech_tags import DETERMINERS, Quotation, Tags

if TYPE_CHECKING:
    from legation.facts.span import Span
    from legation.reading.parties import Cast

#: Behind these a quotation is a sentence of its own.
_FULL: Final = frozenset([".", "!", "?", ":", "…", ")", QUOTED])
#: Most words between two quotations of one turn, and between two turns of one dialogue.
_TURN_GAP: Final = 30
_TALK_GAP: Final = 45


class Quoted(Tags):
    """Reads the quotations of one cast."""

    def __init__(self, cast: Cast) -> None:
        """Read the words beside each quotation that say whose it is."""
        super().__init__(cast)
        for row in self.rows:
            row.vocatives = self._vocatives(row)
        previous: Quotation | None = None
        for row in self.rows:
            self._read_tag(row, previous)
            previous = row
        #: The places of the verbs of tags.
        self.verbs = {row.verb for row in self.rows if row.verb >= 0}

    def read(self, taken: set[int]) -> list[Draft]:
        """Return the statements; `taken` are quotations within what is read otherwise."""
        turns = self._turns()
        self._beats(turns)
        self._alternate(turns)
        drafts = []
        for turn in turns:
            # What perhaps is somebody else's is a statement of its own.
            cuts = [0, *(k for k, row in enumerate(turn) if row.runs_on), len(turn)]
            for first, last in pairwise(cuts):
                drafts.extend(self._drafts(turn[first:last], taken))
        return drafts

    def _turns(self) -> list[list[Quotation]]:
        """Group the quotations of one turn, as in "A," said he, "B"."""
        turns: list[list[Quotation]] = []
        for row in self.rows:
            if turns and self._is_same_turn(turns[-1][-1], row):
                turns[-1].append(row)
            else:
                turns.append([row])
        for n, turn in enumerate(turns):
            best = max(turn, key=lambda r: r.score)
            for row in turn:
                row.turn = n
                if best.who:
                    row.speech = row.speech or best.speech
                    if not row.who or row.score < best.score:
                        row.who, row.score = best.who, best.score * 0.98
                        row.rule = row.rule or "same turn"
        return turns

    def _is_same_turn(self, last: Quotation, row: Quotation) -> bool:
        grid, low = self.grid, self.grid.low
        gap = row.i - last.i - 1
        if gap == 0 or gap > _TURN_GAP or grid.para[row.i] != grid.para[last.i]:
            return False
        between = grid.text[grid.end[row.i - 1] : grid.start[row.i]]
        if "\n" in between and low[row.i - 1] in (".", "!", "?"):
            return False
        if row.tag is not None and row.who and last.who:
            same = self.cast.key_of(row.who) == self.cast.key_of(last.who)
            return same and grid.sentence[row.i] == grid.sentence[last.i]
        if row.tag is not None and row.behind and low[row.i - 1] in (".", "!", "?"):
            return False
        if last.tag is not None and last.behind:
            # The tag's own sentence, and no more, between the two.
            if grid.sentence[row.i - 1] != grid.sentence[last.tag[1] - 1]:
                return False
            if not self.flat or low[row.i - 1] in (",", ";", ":", "—", "–", "-"):
                return True
            row.runs_on = self._runs_on(last, row)
            return row.runs_on > 0
        if row.tag is None and last.tag is not None and not last.behind:
            return grid.sentence[row.i] == grid.sentence[last.i]
        return False

    def _runs_on(self, last: Quotation, row: Quotation) -> float:
        """How sure it is that a turn goes on behind its tag where no line ends tell; 0 for not at all.

        Whoever was asked something answers; else the same speaker goes on more often than not.
        """
        grid, low = self.grid, self.grid.low
        if row.tag is not None:
            return 0.0
        inner = grid.text[max(grid.start[last.i], grid.end[last.i] - 4) : grid.end[last.i]]
        if not any(mark in inner for mark in (",", "—", "-", "!")):
            return 0.0
        followed = row.i + 1 < len(low) and low[row.i + 1] == QUOTED
        return 0.72 if followed or "!" in inner else 0.62

    def _beats(self, turns: list[list[Quotation]]) -> None:
        """A turn without a tag is of whoever acts in the sentence just before it."""
        grid, low, cast = self.grid, self.grid.low, self.cast
        for n, turn in enumerate(turns):
            head = turn[0]
            if head.who:
                continue
            j = head.i - 1
            if j >= 0 and low[j] not in _FULL and grid.para[j] == grid.para[head.i]:
                continue
            if (
                j >= 0
                and low[j] != QUOTED
                and grid.para[j] == grid.para[head.i]
                and "\n" not in grid.text[grid.end[j] : grid.start[head.i]]
            ):
                k = j
                while (
                    k > 0 and grid.sentence[k - 1] == grid.sentence[j] and j - k < 60 and low[k - 1] != QUOTED
                ):
                    k -= 1
                who = self._actor(k, j + 1)
                if who and not self._is_addressed(head, who):
                    previous = turns[n - 1][-1] if n else None
                    tag_sentence = previous is not None and previous.tag is not None and previous.tag[1] > k
                    if not tag_sentence:
                        self._give(
                            turn,
                            who,
                            "acts before",
                            (0.46 if self.flat else 0.8) * min(1.0, who.score + 0.05),
                        )
                        continue
            if (j >= 0 and low[j] == QUOTED) or j < 0 or grid.para[j] != grid.para[head.i]:
                tail = turn[-1].i
                if (
                    tail + 1 < len(low)
                    and grid.para[tail + 1] == grid.para[tail]
                    and low[tail + 1] != QUOTED
                    and "\n" not in grid.text[grid.end[tail] : grid.start[tail + 1]]
                ):
                    end = tail + 1
                    while (
                        end < len(low)
                        and grid.sentence[end] == grid.sentence[tail + 1]
                        and end - tail < 40
                        and low[end] != QUOTED
                    ):
                        end += 1
                    who = self._actor(tail + 1, end)
                    if who and not self._is_addressed(head, who):
                        self._give(
                            turn,
                            who,
                            "acts behind",
                            (0.42 if self.flat else 0.7) * min(1.0, who.score + 0.05),
                        )
        _ = cast

    def _actor(self, k: int, end: int) -> Who:
        """The subject of a sentence of narration, where it is a person."""
        low, cast, grid = self.grid.low, self.cast, self.grid
        for i in range(k, min(end, k + 14)):
            who = cast.who_at(i)
            before = low[i - 1] if i > k else ""
            if who is not None and low[i] in ("me", "him", "her", "them", "us", "whom", "who"):
                continue
            if who is None and low[i] in DETERMINERS:
                found, stop = self._described(i, i + 1)
                if (
                    found
                    and stop < end
                    and cast.is_verb(stop)
                    and cast.key_of(found)
                    and found.score > 0.4
                    and before not in PREPOSITIONS
                ):
                    return found
                continue
            if who is not None and who and before not in PREPOSITIONS:
                j = i + 1
                while j < end and cast.is_adverb(j):
                    j += 1
                if j < end and cast.is_verb(j):
                    return who
        _ = grid
        return NOBODY

    @staticmethod
    def _give(turn: list[Quotation], who: Who, rule: str, score: float) -> None:
        for row in turn:
            if not row.who:
                row.who, row.rule, row.score = who, rule, score

    def _alternate(self, turns: list[list[Quotation]]) -> None:
        """In a dialogue of two each turn is of the one who did not speak last."""
        near = [False] * (len(turns) + 1)
        for n in range(1, len(turns)):
            near[n] = self._follows(turns[n - 1][-1], turns[n][0])
        self._switch(turns, near)
        first = 0
        while first < len(turns):
            last = first + 1
            while last < len(turns) and near[last]:
                last += 1
            if last - first > 1:
                self._fill(turns[first:last])
            first = last
        for run in (range(len(turns)), range(len(turns) - 1, -1, -1)):
            for n in run:
                self._fill_one(turns, near, n, forward=run.step > 0)

    def _switch(self, turns: list[list[Quotation]], near: list[bool]) -> None:
        """Take "he said" behind his own turn for the other man's, where one of the talk fits."""
        cast = self.cast
        for n in range(1, len(turns)):
            row, before = turns[n][0], turns[n - 1][0]
            if not near[n] or not row.who or not before.who or row.who.words is None or row.who.mention == -1:
                continue
            if row.tag is None or cast.key_of(row.who) != cast.key_of(before.who):
                continue
            if not (self._pronoun(row) and turns[n - 1][-1].i + 1 >= row.i - 1):
                continue
            gender = self._pronoun(row)
            for m in range(n - 2, max(-1, n - 6), -1):
                other = turns[m][0]
                if (
                    other.who
                    and cast.key_of(other.who) != cast.key_of(before.who)
                    and cast.gender_of(other.who) in ("", gender)
                    and other.score >= 0.6
                ):
                    found = Who(other.who.mention, other.who.words, "the other of two", 0.75)
                    for each in turns[n]:
                        each.who, each.score = found, 0.76
                    break
            else:
                for each in turns[n]:
                    each.score = min(each.score, 0.45)

    def _pronoun(self, row: Quotation) -> str:
        """The gender of the pronoun that a tag has for its subject, or ""."""
        if row.tag is None:
            return ""
        words = self.grid.low[row.tag[0] : row.tag[1]]
        return "m" if "he" in words else "f" if "she" in words else ""

    def _fill(self, run: list[list[Quotation]]) -> None:
        """Give the untagged turns of a run where tagged ones show two people by turns."""
        cast = self.cast
        votes: tuple[dict[str, float], dict[str, float]] = ({}, {})
        who: dict[str, Who] = {}
        for n, turn in enumerate(run):
            head = turn[0]
            if head.who and head.score >= 0.62 and cast.key_of(head.who):
                key = cast.key_of(head.who)
                votes[n % 2][key] = votes[n % 2].get(key, 0.0) + head.score
                if key not in who or who[key].score < head.who.score:
                    who[key] = head.who
        keys = [max(v, key=lambda k, v=v: v[k]) if v else "" for v in votes]  # type: ignore[misc]
        if keys[0] == keys[1]:
            return
        for parity in (0, 1):
            if not keys[parity]:
                continue
            for_it = votes[parity][keys[parity]]
            against = sum(v for k, v in votes[parity].items() if k != keys[parity])
            against += votes[1 - parity].get(keys[parity], 0.0)
            if against > 0.34 * for_it:
                continue
            both = bool(keys[1 - parity])
            score = (0.84 if both else 0.7) - 0.3 * against / for_it
            for n in range(parity, len(run), 2):
                head = run[n][0]
                if head.who and head.score >= 0.62:
                    continue
                if not self._may_speak(head, who[keys[parity]]):
                    continue
                near = any(0 <= n + d < len(run) and run[n + d][0].tag for d in (-2, -1, 1, 2))
                limit = 1.0 if who[keys[parity]].mention >= 0 else 0.7
                self._set(
                    run[n], who[keys[parity]], "alternation", min(limit, score if near else score - 0.06)
                )

    def _may_speak(self, row: Quotation, who: Who) -> bool:
        """Say whether a turn can be of somebody: he is not called by name in it, and fits "he" or "she"."""
        if self.cast.key_of(who) in row.vocatives:
            return False
        if row.tag is None:
            return True
        if "i" in self.grid.low[row.tag[0] : row.tag[1]]:
            return who.mention == AUTHOR
        gender = self._pronoun(row)
        return not gender or (who.mention != AUTHOR and self.cast.gender_of(who) in ("", gender))

    def _set(self, turn: list[Quotation], who: Who, rule: str, score: float) -> None:
        found = Who(who.mention, self._name_words(who), "turns in a talk of two", who.score)
        for row in turn:
            row.who, row.rule, row.score, row.speech = found, rule, score, True

    def _fill_one(self, turns: list[list[Quotation]], near: list[bool], n: int, *, forward: bool) -> None:
        """Give one turn the speaker of the turn before the last, or the other one of the talk."""
        cast = self.cast
        head = turns[n][0]
        if head.who and head.score >= 0.4:
            return
        a, b = (n - 1, n - 2) if forward else (n + 1, n + 2)
        if not (0 <= a < len(turns)) or not near[n if forward else a]:
            return
        one = turns[a][0]
        if not one.who or one.score < 0.4:
            return
        other: Quotation | None = turns[b][0] if 0 <= b < len(turns) and near[a if forward else b] else None
        if other is None or not other.who or cast.key_of(other.who) == cast.key_of(one.who):
            other = self._other_of_two(turns, n, one)
            if other is None:
                return
            score = 0.42
        else:
            score = 0.48 if other.score >= 0.6 else 0.44
        if not self._may_speak(head, other.who) or (head.who and score <= head.score):
            return
        self._set(turns[n], other.who, "next turn", score)

    def _name_words(self, who: Who) -> Span | None:
        return who.words if who.mention == UNKNOWN else None

    def _other_of_two(self, turns: list[list[Quotation]], n: int, one: Quotation) -> Quotation | None:
        """The one other speaker of the turns around."""
        cast = self.cast
        key = cast.key_of(one.who)
        found: Quotation | None = None
        for m in (*range(n - 1, max(-1, n - 7), -1), *range(n + 1, min(len(turns), n + 5))):
            row = turns[m][0]
            if not row.who or row.score < 0.6 or cast.key_of(row.who) == key:
                continue
            if found is not None and cast.key_of(found.who) != cast.key_of(row.who):
                return None
            found = found or row
        return found

    def _follows(self, last: Quotation, head: Quotation) -> bool:
        """Say whether a turn answers the one before: little or nothing stands between."""
        grid = self.grid
        gap = head.i - last.i - 1
        if gap > _TALK_GAP or grid.para[head.i] - grid.para[last.i] > 2:
            return False
        start = last.tag[1] if last.tag and last.behind else last.i + 1
        stop = head.tag[0] if head.tag and not head.behind else head.i
        if stop <= start:
            return True
        return grid.sentence[max(start, stop - 1)] - grid.sentence[start - 1] <= 2

    def _drafts(self, turn: list[Quotation], taken: set[int]) -> list[Draft]:
        grid = self.grid
        rows = [r for r in turn if r.q not in taken or r.tag is not None]
        if not rows or not any(r.speech or (r.who and self._is_speech(r)) for r in rows):
            return []
        head = rows[0]
        best = max(rows, key=lambda r: r.score)
        start = grid.start[head.i]
        if head.tag and not head.behind:
            start = self._tag_start(head)
        end = grid.end[rows[-1].i]
        tail = rows[-1]
        if tail.tag and tail.behind:
            end = max(end, grid.end[tail.tag[1] - 1])
        hearers = tuple(h for r in rows for h in r.hearers)
        runs_on = min((r.runs_on for r in rows if r.runs_on), default=1.0)
        who = best.who
        if who.mention >= 0 and who.words is None and not self.cast.mentions[who.mention].sure:
            # Words that may turn out to be no name are kept, as those of somebody who said this.
            who = replace(who, words=self.cast.mentions[who.mention].span)
        return [
            Draft(
                who,
                start,
                end,
                "quotation, " + ("goes on" if runs_on < 1 else best.rule or "no speaker"),
                min(best.score, runs_on) if best.who else 0.3,
                mode="quoted",
                hearers=hearers,
                quotation=(grid.start[head.i], grid.end[rows[-1].i]),
                verb=head.i,
                word="",
                quotes=[r.q for r in rows],
            )
        ]

    def _tag_start(self, row: Quotation) -> int:
        grid = self.grid
        if row.verb < 0 and row.tag is not None:
            return grid.start[row.tag[0]]
        j = self.cast.verb_start(row.verb) - 1
        if j >= 0 and self.cast.who_at(j) is not None:
            return grid.start[j]
        if row.who.words is not None and 0 <= grid.start[row.i] - row.who.words.start < 150:
            return row.who.words.start
        return grid.start[row.verb]

    def _is_speech(self, row: Quotation) -> bool:
        """Say whether an untagged quotation is more than a title or a word under reserve."""
        text = self.grid.text[self.grid.start[row.i] : self.grid.end[row.i]]
        inner = text.strip("\"“”‘’'«»„` ")
        return row.score >= 0.4 and inner[:1].isupper() and inner[-1:] in ".!?…,-—–" and row.rule != ""
