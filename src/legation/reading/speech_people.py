"""The people of a text apart from its sentences: which mentions are one person, man or woman."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from legation.facts.candidates import AUTHOR, UNKNOWN, MentionCandidate, Party, PartyRole
from legation.reading.lexicon.gender import (
    FEMALE_NAMES,
    FEMALE_WORDS,
    MALE_NAMES,
    MALE_WORDS,
    SOMEBODY,
)
from legation.reading.lexicon.offices import OFFICES, TRADES
from legation.reading.masking import outermost
from legation.reading.speech_grid import Grid
from legation.reading.speech_quotes import find_quotations

if TYPE_CHECKING:
    from legation.facts.span import Span

#: Words for somebody, whether or not they stand for one known person.
ANYBODY: Final = SOMEBODY | OFFICES | TRADES
#: What a mention needs to be somebody when it is no sure name.
_FLOOR: Final = 0.12
#: The same for one that may be a place.
_PLACE: Final = 0.4


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody in a sentence: `mention` as in `Party`, the words that stand there, the rule.

    `score` (0-1) is how sure it is that the words stand for this person; UNKNOWN with `words` is
    somebody described but not named ("the old man", "they"), and without them nobody at all.
    """

    mention: int
    words: Span | None = None
    inferred: str = ""
    score: float = 0.0

    def __bool__(self) -> bool:
        return self.mention != UNKNOWN or self.words is not None

    @property
    def known(self) -> bool:
        """Say whether it is the author or a mention."""
        return self.mention != UNKNOWN

    def party(self, role: PartyRole) -> Party:
        """Make a party of it."""
        return Party(role, self.mention, self.inferred, self.words)


NOBODY: Final = Who(UNKNOWN)


class People:
    """The mentions of one text, grouped by person as far as the text itself shows it."""

    def __init__(self, text: str, mentions: tuple[MentionCandidate, ...]) -> None:
        """Lay the text out as a grid and give each mention the key of its person."""
        self.text = text
        self.mentions = mentions
        self.quotes = find_quotations(text)
        persons = [n for n in outermost(mentions) if self._is_person(mentions[n])]
        self.grid = Grid(text, mentions, persons, self.quotes)
        self._keys: dict[int, str] = {}
        self._genders: dict[int, str] = {}
        self._bearers: dict[str, str] = {}
        self._key_gender: dict[str, str] = {}
        self._described_keys: dict[int, str] = {}
        self._name_people(persons)

    @staticmethod
    def _is_person(mention: MentionCandidate) -> bool:
        """Say whether a candidate can act in a sentence; a capital that "replied" is no person."""
        floor = _PLACE if "place" in mention.evidence else _FLOOR
        return mention.sure or mention.score >= floor or mention.kind != "name"

    def _name_people(self, persons: list[int]) -> None:
        """Give the mentions of one person, as far as this text shows, one key."""
        mentions = self.mentions
        for n in persons:
            m = mentions[n]
            if m.kind == "name" and m.surname and (m.given or m.titles):
                gender = self._titled(m)
                self._bearers.setdefault(
                    m.surname.lower(), ("f:" if gender == "f" else "") + m.surname.lower()
                )
                for given in m.given[:1]:
                    self._bearers.setdefault(given.lower(), self._bearers[m.surname.lower()])
        for n in persons:
            key = self.key(n)
            gender = self._own_gender(n)
            if gender and not self._key_gender.get(key):
                self._key_gender[key] = gender

    def key(self, mention: int) -> str:
        """What the mentions of one person within this text have in common; "" for `UNKNOWN`."""
        if mention < 0:
            return "author" if mention == AUTHOR else ""
        known = self._keys.get(mention)
        if known is None:
            known = self._keys[mention] = self._make_key(self.mentions[mention])
        return known

    def _make_key(self, m: MentionCandidate) -> str:
        if m.same_as >= 0 and m.same_as < len(self.mentions) and self.mentions[m.same_as].same_as < 0:
            return self._make_key(self.mentions[m.same_as])
        if m.kind == "name":
            if m.surname:
                low = m.surname.lower()
                if self._titled(m) == "f":
                    return "f:" + low
                if not m.titles and not m.given:
                    return self._bearers.get(low, low)
                return low
            words = " ".join(m.given).lower()
            if words:
                return self._bearers.get(words, words)
            return " ".join(m.titles) or m.span.cut(self.text).lower()
        head = m.head
        for word in ("the ", "my ", "our ", "his ", "her "):
            head = head.removeprefix(word)
        return f"{m.of}/{head}" if m.of and m.kind == "kin" else "/" + head

    @staticmethod
    def _titled(m: MentionCandidate) -> str:
        for title in m.titles:
            gender = _gender_of_words(title.split())
            if gender:
                return gender
        return ""

    def _own_gender(self, n: int) -> str:
        known = self._genders.get(n)
        if known is not None:
            return known
        m = self.mentions[n]
        gender = self._titled(m)
        if not gender and m.kind == "name":
            given = (m.given[0] if m.given else m.surname).lower()
            gender = "f" if given in FEMALE_NAMES else "m" if given in MALE_NAMES else ""
        if not gender and m.head:
            gender = _gender_of_words(m.head.split())
        self._genders[n] = gender
        return gender

    def gender(self, mention: int) -> str:
        """Return "m", "f", or "" where nothing shows it."""
        if mention < 0:
            return ""
        return self._own_gender(mention) or self._key_gender.get(self.key(mention), "")

    def gender_of(self, who: Who) -> str:
        """The gender of somebody, as far as the text shows it."""
        if who.mention >= 0:
            return self.gender(who.mention)
        return self._key_gender.get(self.key_of(who), "")

    def same(self, a: int, b: int) -> bool:
        """Say whether two mentions (or `AUTHOR`) are one person, as far as this text shows."""
        return a == b or (a != UNKNOWN and b != UNKNOWN and self.key(a) == self.key(b))

    def key_of(self, who: Who) -> str:
        """The key of somebody: of a mention, the author, or a description ("/man"); "" for nobody."""
        if who.mention != UNKNOWN:
            return self.key(who.mention)
        return self._described_keys.get(who.words.start, "") if who.words is not None else ""

    def name_described(self, i: int, end: int) -> Who:
        """Somebody whom the words `i` to `end` describe; the last of them is the noun."""
        grid = self.grid
        span = grid.span(i, end)
        word = grid.low[end - 1]
        if span.start not in self._described_keys:
            self._described_keys[span.start] = "/" + word
        gender = "f" if word in FEMALE_WORDS else "m" if word in MALE_WORDS else ""
        self._key_gender.setdefault("/" + word, gender)
        return Who(UNKNOWN, span, "", 0.9 if word in ANYBODY else 0.8)


def _gender_of_words(words: list[str]) -> str:
    """Tell "f" or "m" by the first word that shows a woman, else by one that shows a man."""
    if any(word in FEMALE_WORDS for word in words):
        return "f"
    return "m" if any(word in MALE_WORDS for word in words) else ""
