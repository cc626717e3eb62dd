"""Names as they are compared: folded titles, given names and surname, and their keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from legation.people.ranks import canonical_title, classes_of
from legation.reading.lexicon.given import AMBIGUOUS, GIVEN
from legation.reading.lexicon.titles import MODIFIERS, STRONG, WEAK
from legation.reading.name_words import is_double_surname
from legation.reading.tokens import fold

#: Small words inside surnames that some write and some leave out.
PARTICLES = frozenset("de von van der den del della di da dos du zu zum af av ter ten d of the".split())
#: Marks of generation, which tell father and son apart.
GENERATIONS = {
    "jr": "jr", "jnr": "jr", "junior": "jr", "jun": "jr", "sr": "sr", "snr": "sr", "senior": "sr",
    "younger": "jr", "elder": "sr",
}  # fmt: skip
#: Written short forms that stand for one name only.
ABBREVIATED = {
    "wm": "william", "willm": "william", "geo": "george", "chas": "charles", "thos": "thomas",
    "tho": "thomas", "jas": "james", "jno": "john", "jos": "joseph", "robt": "robert",
    "richd": "richard", "edw": "edward", "edwd": "edward", "hen": "henry", "saml": "samuel",
    "benj": "benjamin", "nath": "nathaniel", "nathl": "nathaniel", "danl": "daniel",
    "fredk": "frederick", "matt": "matthew", "alexr": "alexander", "andw": "andrew",
}  # fmt: skip
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_ARABIC_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{3})")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{2,4}")
_CUT = re.compile(r"[^\w' -]+|_")
_QUOTED = re.compile(r"[\"“”«»(][^\"“”«»()]*[\"“”«»)]|(?<=\s)['‘][^'‘’]+['’](?=\s)")
_GENERALS = frozenset(
    "attorney solicitor consul director secretary postmaster surveyor governor quartermaster".split()
)
_OF_TITLE = frozenset(
    "state war treasury exchequer defence defense navy staff council board intelligence".split()
)


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A way of naming, folded: `given` without dots (an initial is one letter), no particles.

    `number` is a regnal numeral or a mark of generation ("vi", "jr").
    """

    titles: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    surname: str = ""
    number: str = ""

    @property
    def flat(self) -> tuple[str, ...]:
        """Given names and surname as one row of words."""
        return (*self.given, *self.surname.split())

    @property
    def key(self) -> str:
        """The block: the surname, else the first given name, else `=` and the titles."""
        if self.surname:
            return self.surname
        if self.given:
            return self.given[0]
        return "=" + " ".join(self.titles)

    @property
    def form(self) -> str:
        """The folded key `titles|given|surname`, a numeral after a comma ("king|george, vi|")."""
        number = f", {self.number}" if self.number else ""
        given = " ".join(self.given) + ("" if self.surname else number)
        return f"{' '.join(self.titles)}|{given}|{self.surname}{number if self.surname else ''}"


def _words(text: str) -> list[str]:
    """Cut a part of a name into words as written, hyphens and apostrophes undone later."""
    return [w for w in _CUT.sub(" ", text.replace(".", ". ")).split() if w.strip("'-")]


@lru_cache(maxsize=65536)
def _simple(word: str) -> str:
    """Fold one word: no apostrophes, hyphens as spaces."""
    return fold(word).replace("'", "").replace("-", " ").replace(".", " ").strip()


@lru_cache(maxsize=65536)
def make_name(titles: tuple[str, ...], given: tuple[str, ...], surname: str) -> Name:
    """Fold the parts of a name as a reader gives them; anything may be empty."""
    ranks = tuple(t for t in (canonical_title(t) for t in _joined([fold(t) for t in titles])) if t)
    number = ""
    first: list[str] = []
    for piece in given:
        for word in _words(piece):
            simple = _simple(word)
            if _is_numeral(word) and first:
                number = simple
            elif word.isupper() and 1 < len(word) <= 4 and word.isalpha() and simple not in GIVEN:
                first.extend(simple)  # "NS" is N. S.
            else:
                first.extend(ABBREVIATED.get(w, w) for w in simple.split() if w not in PARTICLES)
    last: list[str] = []
    for word in _words(surname):
        simple = _simple(word)
        if _is_numeral(word) and (last or first):
            number = simple
        elif simple in GENERATIONS and (last or first):
            number = GENERATIONS[simple]
        else:
            last.extend(w for w in simple.split() if w)
    kept = [w for w in last if w not in PARTICLES] or last
    return Name(ranks, tuple(first), " ".join(kept), number)


def _joined(titles: list[str]) -> list[str]:
    """Put "attorney" and "general" together again, and "prime" and "minister"."""
    out: list[str] = []
    for title in titles:
        if out and (out[-1] in MODIFIERS or (title == "general" and out[-1] in _GENERALS)):
            out[-1] += f" {title}"
        else:
            out.append(title)
    return out


def number_of(shown: str) -> str:
    """Return the regnal numeral or mark of generation that a name as shown ends with."""
    words = _words(shown.replace(",", " "))
    if len(words) < 2:
        return ""
    simple = _simple(words[-1])
    return simple if _is_numeral(words[-1]) else GENERATIONS.get(simple, "")


def _is_numeral(word: str) -> bool:
    return bool(word) and word.isupper() and _ROMAN.fullmatch(word) is not None and word != "I"


def _is_title(word: str) -> bool:
    return word in STRONG or word in WEAK


@lru_cache(maxsize=16384)
def parse_name(text: str) -> Name:
    """Take a whole name apart: leading titles, given names, surname ("Sir Alexander Cadogan").

    The last word is the surname; a single word is one too. After a royal title a lone name is a
    given name. A surname of two words is not known as such: compare `Name.flat`.
    """
    text = _QUOTED.sub(" ", text)
    head, comma, tail = text.partition(",")
    if comma and tail.strip() and fold(tail) not in GENERATIONS:
        # "Pen, Sir William"; what follows a second comma is no part of the name.
        tail = tail.partition(",")[0]
        text = f"{tail} {head}" if len(head.split()) <= 2 else head
    words = _words(text)
    titles, at = _leading_titles(words)
    rest = words[at:]
    if len(titles) == len(rest) == 1 and fold(titles[0]) in AMBIGUOUS:
        # "Dean Rusk", "Earl Warren": whoever writes a whole name means the given name.
        titles, rest = [], words[at - 1 :]
    if not rest and titles:
        return make_name(tuple(titles), (), "")
    classes = classes_of(tuple(canonical_title(fold(t)) for t in titles))
    lows = [_simple(w) for w in rest]
    if "of" in lows[1:] and "royal" in classes:
        rest = rest[: lows.index("of", 1)]
    elif lows and lows[0] == "of":
        return make_name(tuple(titles), (), " ".join(rest))
    tail_words: list[str] = []
    while len(rest) > 1 and (_is_numeral(rest[-1]) or _simple(rest[-1]) in GENERATIONS):
        tail_words.insert(0, rest.pop())
    if len(rest) == 1 and "royal" in classes:
        return make_name(tuple(titles), (rest[0], *tail_words), "")
    if len(rest) > 1 and _simple(rest[-2]) in PARTICLES and len(rest) > 2:
        cut = len(rest) - 2
        while cut > 1 and _simple(rest[cut - 1]) in PARTICLES:
            cut -= 1
        return make_name(tuple(titles), tuple(rest[:cut]), " ".join(rest[cut:] + tail_words))
    cut = len(rest) - (2 if is_double_surname(rest[-2:]) else 1)
    return make_name(tuple(titles), tuple(rest[:cut]), " ".join(rest[cut:] + tail_words))


def _leading_titles(words: list[str]) -> tuple[list[str], int]:
    """Return the titles that a name begins with, and where the name itself begins."""
    titles: list[str] = []
    at, start = 0, 0
    while at < len(words):
        low = _simple(words[at]).replace(" ", "-")
        if low in {"the", "my", "our", "his", "her", "their"} and at == start:
            at += 1
            continue
        if low in MODIFIERS and at + 1 < len(words) and not _is_title(low):
            ahead = at + 1
            while ahead < len(words) and _simple(words[ahead]) in MODIFIERS:
                ahead += 1
            if ahead < len(words) and _is_title(_simple(words[ahead])):
                at += 1
                continue
        if not _is_title(low) or (at + 1 == len(words) and not titles and start == 0 and at == 0):
            break
        at += 1
        if at + 2 < len(words) and _simple(words[at]) == "of":
            after = _simple(words[at + 1])
            if after in _OF_TITLE:
                at += 2
        titles.append(" ".join(words[start:at]))
        start = at
    return titles, start


def align(known: Name, surname: str) -> tuple[str, ...] | None:
    """Return the given names that a known name has before this surname; None if it ends otherwise."""
    words = surname.split()
    flat = known.flat
    if not words or len(words) > len(flat) or flat[len(flat) - len(words) :] != tuple(words):
        return None
    return tuple(w for w in flat[: len(flat) - len(words)] if w not in PARTICLES)


_SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("sch", "s"), ("tch", "s"), ("ch", "s"), ("sh", "s"), ("zh", "s"),
    ("kh", "h"), ("gh", "g"), ("th", "t"), ("tz", "s"), ("ts", "s"), ("x", "ks"), ("q", "k"),
    ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("c", "k"), ("z", "s"), ("w", "v"), ("j", "i"),
)  # fmt: skip


@lru_cache(maxsize=65536)
def latin(name: str) -> str:
    """Return a folded name in Latin letters, without the Arabic article."""
    return name if name.isascii() else anyascii(_ARABIC_ARTICLE.sub("", name)).lower()


def han_parts(name: Name) -> tuple[str, ...]:
    """Return family and given name of a name in Chinese characters, which are written as one word."""
    return (name.key[0], name.key[1:]) if _HAN.fullmatch(name.key) else ()


@lru_cache(maxsize=65536)
def sounded(name: str) -> str:
    """Return a folded name of any script with alike spellings of consonants made one, unspaced."""
    text = latin(name).replace(" ", "")
    for old, new in _SOUNDS:
        text = text.replace(old, new)
    return text


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """Return the first letter and the consonants of a folded name as sounded.

    Of two surnames, as Spain and Portugal bear them, the first one alone is often written.
    """
    words = name.split()
    if is_double_surname(words):
        name = words[0]
    text = sounded(name)
    if not text:
        return ""
    bones = [text[0]]
    for letter in text[1:]:
        if letter not in "aeiouyh" and letter != bones[-1]:
            bones.append(letter)
    return "".join(bones)
