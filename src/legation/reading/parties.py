"""Who the words of a sentence stand for: subject, object, addressee, agent, "he" and "who".

A `Cast` is built once for a text. All its answers are `Who`: a mention of the reading, the author,
or somebody whom the text does not name, with the rule that led there and how sure it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from legation.facts.candidates import AUTHOR, UNKNOWN
from legation.reading.lexicon.speech import AUXILIARIES, CONJUNCTIONS, PREPOSITIONS
from legation.reading.speech_people import ANYBODY, NOBODY, Who
from legation.reading.speech_pronouns import DETERMINERS, NOMINATIVE, Pronouns

if TYPE_CHECKING:
    from legation.facts.candidates import Context, MentionCandidate

__all__ = ["NOBODY", "Cast", "Who", "cast_for"]

#: What "'s" is a verb behind, not a genitive.
_WITH_IS: Final = tuple([w] for w in "he she it that there what who here let".split())
#: They open a clause whose subject is not that of the sentence.
_SUBORDINATE: Final = frozenset("how that whether if because while than what why though although".split())
_NOT_SUBJECT: Final = PREPOSITIONS | _SUBORDINATE
_LIES: Final = frozenset("is was are were lies lay lives lived dwells".split())
#: What may stand between the subject that opens a sentence and its verb.
_INSERTED: Final = frozenset("to , ( in at on after".split())


class Cast(Pronouns):
    """The people of one text and the words that stand for them."""

    def __init__(self, text: str, mentions: tuple[MentionCandidate, ...], *, diary: bool = True) -> None:
        """Read the text once; `diary` says that clauses without a subject are the author's."""
        self.diary = diary
        super().__init__(text, mentions)

    def verb_start(self, i: int) -> int:
        """The first of the auxiliaries and adverbs that belong to the verb at `i`."""
        low, grid = self.grid.low, self.grid
        j = i
        while j > 0 and grid.sentence[j - 1] == grid.sentence[i] and i - j < 6:
            if low[j - 1] in AUXILIARIES or self.is_adverb(j - 1):
                if low[j - 1] == "'s" and low[j - 2 : j - 1] not in _WITH_IS:
                    break
                j -= 1
            else:
                break
        return j

    def subject(self, place: int) -> Who:
        """The subject of the verb that begins at a position of the text."""
        i = self.grid.at(place)
        return self.subject_at(i) if i < len(self.grid) else NOBODY

    def subject_at(self, i: int, *, hearer: str = "") -> Who:
        """The subject of the verb at word `i`; `hearer` is the word told to, which is another person."""
        grid = self.grid
        j = self.verb_start(i) - 1
        if j < 0 or grid.sentence[j] != grid.sentence[i]:
            return self._elided(i, i, hearer)
        low = grid.low
        j = self._skip_phrase(j)
        if low[j] == ",":
            found = self._parenthesis(j)
            if found:
                return found
        if low[j] == ")":
            j = self._skip_brackets(j)
        found = self._read_subject(j)
        if found is not None:
            return found
        return self._elided(i, j, hearer)

    def _read_subject(self, j: int) -> Who | None:
        """The subject whose last word is `j`."""
        grid = self.grid
        low = grid.low
        before = low[j - 1] if j and grid.sentence[j - 1] == grid.sentence[j] else ""
        if low[j] == "both" and j:
            j -= 1
        who = self.who_at(j)
        if who is not None and low[j] not in ("me", "us", "him", "her", "them", "whom", "myself"):
            if (
                grid.who[j] >= 0
                and before in PREPOSITIONS
                and before not in ("since", "before", "after", "until", "till", "as", "than", "like")
            ):
                # "the cousin of Mr. X said", "by the advice of Mr. X told"
                return self._described(j - 2) if before in ("of", "with", "in", "from") else None
            return who
        word = self.text[grid.start[j] : grid.end[j]]
        if (
            word[0].isupper()
            and before
            and before not in (".", ":", ";", "?", "!", '"')
            and word[1:].islower()
            and low[j] not in CONJUNCTIONS
        ):
            # A name that was not read as one.
            return Who(UNKNOWN, grid.span(j, j + 1), "", 0.4)
        if low[j] in ("it", "there", "this", "that", "which", "what", "one"):
            return Who(UNKNOWN, grid.span(j, j + 1)) if low[j] != "that" else None
        return self._described(j)

    def _described(self, j: int) -> Who | None:
        """Somebody described ("the old man with the stick") whose last word is `j`."""
        grid = self.grid
        low = grid.low
        if j < 0:
            return None
        end = j + 1
        k = j
        steps = 0
        somebody = False
        while k >= 0 and steps < 9 and grid.sentence[k] == grid.sentence[j]:
            word = low[k]
            if word in DETERMINERS and word != "that":
                if somebody:
                    return Who(UNKNOWN, grid.span(k, end), "", 0.6)
                if k and low[k - 1] in ("of", "with", "in", "at", "from", "on", "by"):
                    k -= 2
                    steps += 2
                    end_was = end
                    end = end_was
                    continue
                return None
            if word in ANYBODY:
                somebody = True
            elif (
                grid.who[k] >= 0
                or not word[0].isalpha()
                or word in AUXILIARIES
                or word in NOMINATIVE
                or word in CONJUNCTIONS
                or (word in PREPOSITIONS and word not in ("of", "with", "in", "at", "from", "on", "by"))
            ):
                return None
            k -= 1
            steps += 1
        return None

    def _parenthesis(self, j: int) -> Who | None:
        """The subject before ", Secretary of State," or ", who was there,"; `j` is the last comma."""
        grid = self.grid
        low = grid.low
        if grid.who[j - 1] >= 0 and j >= 3 and low[j - 2] == "," and grid.who[j - 3] >= 0:
            m = self.mentions[grid.who[j - 1]]
            if m.same_as >= 0 or m.kind != "name":
                return self.who_at(j - 3)
        k = j - 1
        while k > 0 and j - k < 14 and grid.sentence[k] == grid.sentence[j]:
            if low[k] == "," and grid.who[k - 1] >= 0:
                opener = low[k + 1]
                if grid.who[k + 1] >= 0 or opener in (
                    "who",
                    "the",
                    "a",
                    "an",
                    "then",
                    "now",
                    "late",
                    "in",
                    "on",
                    "after",
                    "having",
                    "being",
                    "when",
                    "as",
                    "with",
                    "however",
                    "though",
                    "upon",
                    "at",
                    "to",
                    "seeing",
                    "hearing",
                    "being",
                ):
                    return self.who_at(k - 1)
                return None
            k -= 1
        return None

    def _skip_phrase(self, j: int) -> int:
        """Step over a phrase between auxiliary and verb: "has in the past said"."""
        low, grid = self.grid.low, self.grid
        for k in range(j, max(0, j - 5), -1):
            if grid.sentence[k - 1] != grid.sentence[j] or not low[k][0].isalpha():
                break
            if low[k] in PREPOSITIONS:
                first = self.verb_start(k)
                return first - 1 if 0 < first < k and low[k - 1] in AUXILIARIES else j
        return j

    def _skip_brackets(self, j: int) -> int:
        low = self.grid.low
        k = j
        while k > 0 and j - k < 40:
            if low[k] == "(":
                return k - 1
            k -= 1
        return j

    def _elided(self, i: int, j: int, hearer: str) -> Who:
        """The subject of a verb that has none of its own; `j` is the word before the verb's group."""
        grid = self.grid
        low = grid.low
        sentence = grid.sentence[i]
        k = j if j < i else i - 1
        first_person_out = hearer in ("me", "us")
        if j < i and self._is_thing(j):
            return NOBODY
        third_person_out = hearer in ("him", "her", "them")
        skipped = 0
        company: Who | None = None
        while k >= 0 and grid.sentence[k] == sentence and skipped < 60:
            word = low[k]
            if word in NOMINATIVE and not self._is_aside(k) and not (k and low[k - 1] in _SUBORDINATE):
                who = self.who_at(k)
                if who is not None and who.mention == AUTHOR and company is not None:
                    return company
                if who is not None and not (who.mention == AUTHOR and first_person_out):
                    base = 0.86 if not third_person_out or who.mention == AUTHOR else 0.6
                    if word == "who" and not first_person_out:
                        base = min(base, 0.74)
                    return Who(
                        who.mention,
                        who.words,
                        "subject carried on" if not who.inferred or who.mention == AUTHOR else who.inferred,
                        min(who.score, base) - 0.004 * skipped,
                    )
            elif k in self.actors:
                return Who(UNKNOWN, self.actors[k], "", 0.8)
            elif grid.who[k] >= 0:
                n = k + 1
                while n < i and self.is_adverb(n):
                    n += 1
                before = low[k - 1] if k and grid.sentence[k - 1] == sentence else ""
                lies = before in ("where", "whither") and n < i and low[n] in _LIES
                if n < i and self.is_verb(n) and before not in _NOT_SUBJECT and not lies:
                    return Who(grid.who[k], None, "subject carried on", 0.84 - 0.004 * skipped)
                if first_person_out and self.diary and company is None and not (n < i and low[n] == "'s"):
                    company = Who(grid.who[k], None, "company told", 0.84 if skipped < 12 else 0.72)
            k -= 1
            skipped += 1
        if company is not None:
            return company
        if first_person_out:
            return self._last_subject(i, 0.72)
        if not self.diary and k + 2 < i and grid.who[k + 1] >= 0 and low[k + 2] in _INSERTED:
            return Who(grid.who[k + 1], None, "subject carried on", 0.76)
        if self.diary:
            return Who(AUTHOR, None, "author left out", 0.8 if hearer else 0.6)
        return self._last_subject(i, 0.55)

    def _is_thing(self, j: int) -> bool:
        """Say whether the word before a verb's group is the noun that acts, and no person."""
        grid = self.grid
        low = grid.low
        if grid.who[j] >= 0 or not low[j][0].isalpha() or low[j] in CONJUNCTIONS or self.is_adverb(j):
            return False
        if low[j] in NOMINATIVE or low[j] in ("me", "him", "her", "us", "them", "both", "all"):
            return False
        for k in range(j - 1, max(-1, j - 8), -1):
            if grid.sentence[k] != grid.sentence[j]:
                return True
            if low[k] in PREPOSITIONS:
                # "and on the way there told me"
                before = low[k - 1] if k and grid.sentence[k - 1] == grid.sentence[k] else ","
                return not (before in (",", ";", "and", "but", "then", "who", "so") or grid.who[k - 1] >= 0)
            if low[k] in (",", ";", "and", "that") or self.is_verb(k):
                return low[k] not in (",", ";", "and") or low[j - 1] in DETERMINERS or k == j - 1
        return True

    def _is_aside(self, k: int) -> bool:
        """Say whether a pronoun is no subject of the sentence: ", I think," or "as well as I,"."""
        low = self.grid.low
        if k == 0 or k + 2 >= len(low):
            return False
        if low[k - 1] in ("as", "than", "but") and low[k + 1] in (",", ";", ".", ")"):
            return True
        return low[k - 1] in (",", "(") and low[k + 2] in (",", ")")

    def _last_subject(self, i: int, score: float) -> Who:
        """The person who acted last before a sentence, if not far."""
        grid = self.grid
        for row in reversed(self._seen[max(0, self._seen_before(i) - 30) : self._seen_before(i)]):
            if grid.sentence[i] - grid.sentence[row.i] > 3 or grid.para[i] - grid.para[row.i] > 1:
                break
            if row.weight >= 2.5:
                return Who(row.who, row.words, "subject carried on", score)
        return NOBODY

    def object(self, place: int) -> tuple[Who, ...]:
        """Those whom a verb that ends at `place` takes without a preposition: "told me and my wife"."""
        return self.people_from(self.grid.at(place))

    def recipients(self, place: int, words: tuple[str, ...] = ("to", "unto")) -> tuple[Who, ...]:
        """Those behind "to" close after a verb that ends at `place`, objects included: "said to him"."""
        i = self.grid.at(place)
        found = self.people_from(i)
        if found:
            return found
        low, grid = self.grid.low, self.grid
        for j in range(i, min(i + 7, len(low) - 1)):
            if grid.sentence[j] != grid.sentence[min(i, len(low) - 1)] or low[j] in (",", ";", "that", "."):
                break
            if low[j] in words:
                found = self.people_from(j + 1)
                if found:
                    return found
        return ()

    def agent(self, place: int) -> Who:
        """Whoever stands behind "by" close after a passive verb that ends at `place`."""
        found = self.recipients(place, ("by",))
        return found[0] if found else NOBODY

    def people_from(self, i: int) -> tuple[Who, ...]:
        """The people that a list beginning at word `i` names: "me", "him and Mr. Eden"."""
        grid = self.grid
        low = grid.low
        out: list[Who] = []
        j = i
        while j < len(low) and grid.sentence[j] == grid.sentence[i] and len(out) < 12:
            if low[j] in ("both", "all") and j + 1 < len(low):
                j += 1
                continue
            if low[j] in NOMINATIVE or (low[j] == "her" and not self._is_object(j)):
                break
            who = self.who_at(j)
            if who is None:
                break
            if j + 1 < len(low) and low[j + 1] == "'s" and grid.who[j] >= 0:
                break
            out.append(who)
            j += 1
            if j + 1 < len(low) and low[j] in (",", "and", "&") and self.who_at(j + 1) is not None:
                if low[j + 1] in NOMINATIVE or (j + 2 < len(low) and self.is_verb(j + 2)):
                    break
                j += 1
                continue
            break
        return tuple(out)


def cast_for(text: str, mentions: tuple[MentionCandidate, ...], context: Context) -> Cast:
    """The cast of an item: in a diary, clauses without a subject are the author's."""
    diary = context.kind == "entry" or (context.kind == "note" and bool(context.author))
    return Cast(text, mentions, diary=diary)
