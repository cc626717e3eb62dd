"""What follows a verb of saying: the hearer, and what kind of content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from legation.reading.lexicon.speech import ADVERBS, BASE, MODALS, PREPOSITIONS, SPEECH
from legation.reading.speech_grid import PERSON, QUOTED

if TYPE_CHECKING:
    from legation.reading.parties import Cast, Who
    from legation.reading.speech_draft import Draft

CONTENT: Final = frozenset("that whether if how what why where when who which whom".split())
_TOPIC: Final = frozenset("of about concerning regarding on upon re against in for with touching".split())
_NOMINATIVE: Final = frozenset("i he she they we it there".split())
#: Verbs that need "that", a hearer or quoted words: they have other senses.
_OTHER_SENSES: Final = frozenset(
    """
    own allow note read write call order direct press charge offer give refuse accept pray invite
    require raise refer confirm claim maintain question persuade know see want wish feel
    report discuss express convey add continue indicate appreciate encourage brief suppose submit
    return reject forbid command instruct counter estimate venture demand propose promise cry call
    shout whisper murmur mutter reveal disclose welcome outline object wire cable phone telephone
    observe remark
    """.split()
)
#: Those that minutes use of speech with any object.
_MINUTED: Final = frozenset(
    "propose confirm report note observe remark claim question indicate raise add".split()
)
_OUT: Final = frozenset("point cry call shout".split())
_ENDS_PHRASE: Final = frozenset(", ; : . and but or which who to".split())
_NOTHING: Final = frozenset("nothing so no goodbye good-bye farewell yes grace prayers mass".split())
#: Verbs that take "to do" for what is undertaken; some of them have it for a deed as well.
_UNDERTAKES: Final = frozenset(
    "promise offer threaten agree refuse consent undertake decline swear vow propose engage".split()
)
_DOES: Final = frozenset("offer refuse decline want wish order undertake".split())
#: Verbs that take "of", "about" or the like.
_SPEAKS_OF: Final = frozenset(
    """
    complain ask speak warn inquire enquire boast answer write hint remind agree comment thank
    congratulate apologise apologize consent protest beg
    """.split()
)
#: With a hearer these may be no words at all: "invited him, pressed him".
_HANDLES: Final = frozenset("invite press charge command persuade order bid".split())
#: Verbs that answer; dropped subjects of these are the other party.
REPLIES: Final = frozenset("reply answer respond rejoin retort counter agree refuse consent".split())


class Complement(NamedTuple):
    """What follows a verb: its name ("" for nothing said), a factor for the score, where it begins."""

    name: str
    factor: float
    begin: int


class Content:
    """Reads hearers and contents behind the verbs of one cast."""

    def __init__(self, cast: Cast, *, minutes: bool) -> None:
        self.cast = cast
        self.grid = cast.grid
        self.minutes = minutes
        self.drafts: list[Draft] = []

    def _hearers(self, k: int) -> tuple[tuple[Who, ...], int]:
        """Those told, and where the content begins."""
        cast, low = self.cast, self.grid.low
        n = len(low)
        j = k
        while j < min(n, k + 2) and low[j] not in ("not", "himself", "first") and self._is_filler(low[j]):
            j += 1
        to = j + 1 < n and low[j] in ("to", "unto", "of", "with")
        if to and low[j] == "of" and low[j + 1] not in ("me", "us", "him", "them", PERSON):
            to = False
        found = cast.people_from(j + to)
        if not found:
            return (), k
        last = j + to
        count = len(found)
        while count and last < n:
            count -= cast.who_at(last) is not None
            last += 1
        named = not to and last < n and low[j] not in ("me", "him", "us", "them")
        if named and (cast.is_verb(last) or low[last] == "'s"):
            # "said Halifax was ill": the person is the subject of what is said.
            return (), k
        return found, last

    @staticmethod
    def _is_filler(word: str) -> bool:
        return word in ADVERBS or word in ("back", "again", "out", "up", "unto")

    def _complement(self, k: int, verb: str, kinds: frozenset[str], *, has_hearer: bool) -> Complement:
        """Tell what follows a verb and its hearers, from the word `k` on."""
        low = self.grid.low
        n = len(low)
        j = k
        if verb in _OUT and j < n and low[j] == "out":
            j += 1
        elif verb == "point":
            return Complement("", 0.0, j)
        while j < min(n, k + 4) and low[j] not in ("all", "both", "then") and self.cast.is_adverb(j):
            j += 1
        if j >= n or not self.grid.same_sentence(j, k - 1):
            return self._bare(verb, kinds, has_hearer=has_hearer, at=k)
        word = low[j]
        hard = verb in _OTHER_SENSES and not has_hearer
        marked = self._marked(j, verb, kinds, k, has_hearer=has_hearer, hard=hard)
        if marked is not None:
            return marked
        late = self._find_that(j) if word in PREPOSITIONS else -1
        if late >= 0 and (has_hearer or kinds & {"say", "tell", "agree"}):
            return Complement("that", 0.95, late)
        if word == "to" or (word == "not" and j + 1 < n and low[j + 1] == "to"):
            if "ask" in kinds or "tell" in kinds or verb in _UNDERTAKES:
                return Complement("to", 0.8 if hard and verb in _DOES else 0.95, j)
            return Complement("", 0.0, j)
        if "talk" in kinds:
            about = word in ("of", "about", "concerning", "for", "against") or has_hearer
            return Complement("topic", 0.72, j) if about else Complement("", 0.0, j)
        if word in _TOPIC:
            if "tell" in kinds or ("say" in kinds and has_hearer) or verb in _SPEAKS_OF:
                return Complement("topic", 0.8 if "agree" in kinds or has_hearer else 0.74, j)
            if not (verb in REPLIES and "agree" not in kinds):
                return Complement("", 0.0, j)
        if has_hearer:
            return self._told(j, verb, kinds)
        return self._said(j, verb, kinds, hard=hard)

    def _find_that(self, j: int) -> int:
        """Where "that" stands behind a short phrase: "said in reply that"; else -1."""
        low, grid = self.grid.low, self.grid
        for k in range(j + 1, min(j + 9, len(low))):
            if grid.sentence[k] != grid.sentence[j] or low[k] in _ENDS_PHRASE or self.cast.is_verb(k):
                return -1
            if low[k] in ("that", "whether"):
                return k if k > j + 1 else -1
        return -1

    def _marked(
        self, j: int, verb: str, kinds: frozenset[str], k: int, *, has_hearer: bool, hard: bool
    ) -> Complement | None:
        """Content that a conjunction, a quotation or a mark opens; None where none does."""
        low = self.grid.low
        word = low[j]
        following = low[j + 1] if j + 1 < len(low) else ""
        if word in CONTENT:
            return Complement("that", 0.85 if hard and word != "that" else 0.8 if word == "which" else 1.0, j)
        if word == QUOTED or (word in (":", ",") and following == QUOTED):
            return Complement("quoted", 0.97, j + (word != QUOTED))
        if word in (",", ";", ".", "?", "!", ")", "and"):
            after = self._resumes(j)
            if after >= 0:
                return Complement("that", 0.97, after)
            return self._bare(verb, kinds, has_hearer=has_hearer, at=k)
        if word == ":":
            return Complement("clause", 0.9, j + 1)
        return Complement("", 0.0, j) if word in _NOTHING else None

    def _told(self, j: int, verb: str, kinds: frozenset[str]) -> Complement:
        """What stands behind a hearer without any mark: "told him the story", "asked me thank you"."""
        if self._is_clause(j):
            return Complement("clause", 0.95, j)
        if "tell" in kinds or "ask" in kinds:
            if SPEECH.get(self.grid.low[j], ("", ""))[1] == BASE:
                return Complement("to", 0.9, j)
            if verb not in _HANDLES:
                return Complement("words", 0.85, j)
        if verb in ("promise", "offer", "mention", "explain"):
            return Complement("words", 0.8, j)
        return Complement("", 0.0, j)

    def _said(self, j: int, verb: str, kinds: frozenset[str], *, hard: bool) -> Complement:
        """What stands behind a verb without hearer or mark: "said he knew", "suggested a summit"."""
        word = self.grid.low[j]
        clause = self._is_clause(j)
        name, factor = "", 0.0
        if clause and not hard and kinds & {"say", "think", "agree"}:
            name, factor = "clause", 0.95
        elif verb in REPLIES and word in _TOPIC and "agree" not in kinds:
            name, factor = "words", 0.78
        elif "say" in kinds and not hard:
            name, factor = "words", 0.8
        elif "topic" in kinds and self.minutes and verb not in ("offer", "raise"):
            name, factor = "topic", 0.7
        elif verb in ("ask", "beg", "desire", "request") and word == "for":
            name, factor = "topic", 0.75
        elif self.minutes and verb in _MINUTED:
            name, factor = "clause" if clause else "words", 0.82
        return Complement(name, factor, j)

    @staticmethod
    def _bare(verb: str, kinds: frozenset[str], *, has_hearer: bool, at: int) -> Complement:
        """Nothing follows: "he agreed", "he told me"."""
        if "agree" in kinds or verb in ("refuse", "consent", "decline"):
            return Complement("agreed", 0.8 if verb != "nod" else 0.5, at)
        if has_hearer and "tell" in kinds:
            return Complement("words", 0.55, at)
        return Complement("", 0.0, at)

    def _resumes(self, j: int) -> int:
        """Where "that" follows a short interruption: "said, in reply, that"; else -1."""
        low, grid = self.grid.low, self.grid
        if low[j] != ",":
            return -1
        for k in range(j + 1, min(j + 24, len(low))):
            if grid.sentence[k] != grid.sentence[j] or low[k] in (";", ":", "and", QUOTED):
                return -1
            if low[k] == "that":
                return k if low[k - 1] == "," or k == j + 1 else -1
        return -1

    def _is_clause(self, j: int) -> bool:
        """Say whether a clause with a subject and verb of its own begins here."""
        low, grid, cast = self.grid.low, self.grid, self.cast
        if low[j] in _NOMINATIVE:
            return True
        for k in range(j + 1, min(j + 9, len(low))):
            if grid.sentence[k] != grid.sentence[j] or low[k] in (
                ",",
                ";",
                ":",
                "and",
                "that",
                "which",
                "who",
            ):
                return False
            if cast.is_verb(k) or low[k] in MODALS:
                return low[k] != "to"
        return False
