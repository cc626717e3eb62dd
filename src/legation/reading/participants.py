"""Names as headers print them: "Mr. Tyler—EUR", "US The President", "William Tyler, Director".

One line gives one person or several; a line that is a sentence or a heading gives none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from legation.reading.header_words import (
    ADJECTIVES,
    COURTESY,
    GROUPS,
    HONORIFICS,
    INSTITUTIONS,
    LINKS,
    NOT_NAMES,
    OFFICES,
    PARTICLES,
    PLURAL_TITLES,
    RANKS,
    SIDE_CODES,
    SUFFIXES,
    SURNAMES_TOO,
)
from legation.reading.lexicon.given import GIVEN

_WORD = re.compile(r"[^\s,;()\[\]—–]+")
_FOOTNOTE = re.compile(r"(?<=[^\W\d_])\d{1,3}$|(?<=[.)])\d{1,3}$|\[\d{1,3}\]$|\*+$")
_CODE = re.compile(r"[A-Z]{1,6}(?:[/&-][A-Za-z]{1,8}){0,3}|[A-Z]{2,5}")
_CODE_DASH = re.compile(r"\s*(?P<code>[A-Z]{1,7}(?:[/&:-][A-Za-z]{1,8}){0,4})\s*[—–-]{1,2}\s*(?=\S)")
_NAME_DASH_CODE = re.compile(r"\s*(?:—|–|--|\s-\s)\s*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,4}-?(?:[^\W\d_]\.)?|[^\W\d_]")
_NAME_WORD = re.compile(r"(?:[dDlLO]['’])?[^\W\d_][^\W\d_]*(?:['’-][^\W\d_]+)*\.?")
_BULLET = re.compile(r"\s*(?:[-*•·+]\s+|\(?\d{1,2}[.)]\s+|\(?[a-z]\)\s+)?")
_ROLE_LABEL = re.compile(
    r"\s*(?P<label>interpreters?|note[- ]?takers?|chairman|chair|secretary|recorder"
    r"|reporting officer|drafter|translator|rapporteur)\s*:\s*(?=\S)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:,|;|—|–|\s-{1,2}\s|\t+|\s{3,}|\s/\s)\s*")
#: What only running text has: "I met", or a small word before a full stop and a new sentence.
_TOLD = re.compile(r"\b(?:I|[Ww]e) [a-z]{2,}|(?<![^\s(])[a-z]{3,}\. [A-Z]")
_VERBS = re.compile(
    r"\b(?:is|are|was|were|has|had|have|said|says|asked|opened|began|would|will|could|should|may"
    r"|might|did|does|met|made|came|went|stated|noted|replied|thanked|called|gave|took|told|felt"
    r"|thought|remarked|emphasized|explained|expressed|received|reported|suggested)\b"
)
#: What may stand between a side and its people: "US:", "Germany - ", "Soviet Union—".
_AFTER_SIDE = r":|\s*[—–]|\s-{1,2}(?=\s)"
_LONGEST = 1500
_MOST_JOINTS = 4
#: Not in a name even after a title: what looked like one was an office with an unknown word.
_NEVER = LINKS - PARTICLES | {"with", "from", "by", "countries", "soviet", "foreign", "ties"}


@dataclass(frozen=True, slots=True)
class Printed:
    """One person as printed: the span of the name or office, its parts, and an office beside it.

    Spans are (start, end) code points of the text; `name` is empty (start == end) where only an
    office stands. `office` is the words of the office where they can be cited, `head` their
    normalised form. `title` is what stands before the name, in lower case.
    """

    start: int
    end: int
    title: str = ""
    given: tuple[str, ...] = ()
    surname: str = ""
    office: tuple[int, int] = (0, 0)
    head: str = ""
    courtesy: bool = False

    @property
    def is_office(self) -> bool:
        """Say whether there is no name."""
        return not self.surname


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower().rstrip(".:")


def read_side(line: str) -> str:
    """Return the side that a line by itself heads ("U.S.S.R.", "Soviet side"), or ""."""
    words = line.strip().strip("*_#").strip().rstrip(":").strip()
    words = re.sub(r"^(?:for|on)\s+(?:the\s+)?|^the\s+", "", words, flags=re.IGNORECASE)
    words = _FOOTNOTE.sub("", words)
    if not words or len(words) > 60:
        return ""
    low = words.lower().replace("’", "'")
    if low in SIDE_CODES or low in GROUPS or low.rstrip(".") in SIDE_CODES:
        return words
    match = re.fullmatch(
        r"(.+?)\s+(?:side|delegation|delegates|participants|representatives|officials|party|team"
        r"|embassy|members|government|group|mission)(?:\s+(?:to|at|in)\s+.*)?",
        low,
    )
    if match and (match[1] in SIDE_CODES or match[1] in ADJECTIVES):
        return words
    if low in ADJECTIVES or re.sub(r"s$", "", low) in ADJECTIVES:
        return words
    return ""


def country_of(side: str) -> str:
    """Return the country's code that a side's words name, or ""."""
    low = side.strip().rstrip(":").lower().replace("’", "'")
    low = re.sub(r"^the\s+", "", low)
    if low in SIDE_CODES or low.rstrip(".") in SIDE_CODES:
        return SIDE_CODES.get(low) or SIDE_CODES.get(low.rstrip("."), "")
    if low in ("state", "department of state", "white house", "the white house", "defense", "nsc"):
        return "US"
    for count in (4, 3, 2, 1):
        words = " ".join(low.split()[:count])
        if words in SIDE_CODES:
            return SIDE_CODES[words]
        if words in ADJECTIVES:
            return ADJECTIVES[words]
    return ""


def read_line(text: str, start: int, end: int) -> tuple[str, tuple[Printed, ...]]:
    """Read one line of a list: the side glued to its front ("" if none), and the people on it.

    No people: the line is a sentence, a heading or something else, and ends the list.
    """
    if end - start > _LONGEST or _TOLD.search(text, start, end):
        return "", ()
    start += len(_BULLET.match(text[start:end]).group())  # type: ignore[union-attr]
    label = _ROLE_LABEL.match(text[start:end])
    if label:
        start += label.end()
    if ";" in text[start:end]:
        side, people = _read_entries(text, start, end)
        if people:
            return side, people
    side, rest = _glued_side(text, start, end)
    people = _read_people(text, rest, end)
    if not people and side:
        side, people = "", _read_people(text, start, end)
    return side, people


def read_groups(text: str, start: int, end: int) -> tuple[tuple[str, tuple[Printed, ...]], ...]:
    """Read one line of a list in the groups that its own sides make: "US: Mr. A; UK: Mr. B".

    Each group is (side, people), most lines one group; a line that `read_line` refuses has none.
    """
    side, people = read_line(text, start, end)
    if not people:
        return ()
    groups: list[tuple[str, tuple[Printed, ...]]] = []
    for match in re.finditer(r"[^;]+", text[start:end]):
        glued, found = read_line(text, start + match.start(), start + match.end())
        if found and (glued or not groups):
            groups.append((glued, found))
        elif found:
            groups[-1] = (groups[-1][0], (*groups[-1][1], *found))
    sides = sum(bool(glued) for glued, _ in groups)
    whole = tuple(p for _, found in groups for p in found)
    return tuple(groups) if sides > 1 and whole == people else ((side, people),)


def _read_entries(text: str, start: int, end: int) -> tuple[str, tuple[Printed, ...]]:
    """Read entries set apart by semicolons: "Mr. Hudson, Secretary for Trade; M. Maisky"."""
    out: list[Printed] = []
    first = ""
    for match in re.finditer(r"[^;]+", text[start:end]):
        if not match.group().strip(" ."):
            continue
        side, found = read_line(text, start + match.start(), start + match.end())
        if not found:
            return "", ()
        first = first or (side if not out else "")
        out.extend(found)
    return first, tuple(out)


def _glued_side(text: str, start: int, end: int) -> tuple[str, int]:
    line = text[start:end]
    for count in (6, 5, 4, 3, 2, 1):
        match = re.match(rf"\s*(?:\S+\s+){{{count - 1}}}?\S+?({_AFTER_SIDE}|(?=\s))\s*(?=\S)", line)
        if not match:
            continue
        words = match.group().strip().rstrip(":—–-").strip()
        low = re.sub(r"^the\s+", "", words.lower().replace("’", "'"))
        known = low in SIDE_CODES or low.rstrip(".") in SIDE_CODES
        grouped = bool(match[1]) and bool(read_side(words))
        if known or grouped or low in ADJECTIVES:
            following = line[match.end() :]
            if not following[:1].isupper() and not following.startswith("the "):
                return "", start
            return words, start + match.end()
    return "", start


def _read_people(text: str, start: int, end: int) -> tuple[Printed, ...]:
    line = text[start:end]
    bare = re.sub(r"\([^()]*\)?", "", line)
    if not bare.strip():
        return ()
    code = _CODE_DASH.match(line)
    if code and line[code.start("code") : code.end("code")].lower() not in SIDE_CODES:
        people = _read_people(text, start + code.end(), end)
        if people:
            return people
    if len(line) > 60 and _VERBS.search(bare) and (bare.rstrip()[-1:] in ".:" or "." in bare[40:]):
        return ()
    segments = _segments(text, start, end)
    if not segments:
        return ()
    first = _read_joined(text, *segments[0])
    if not first:
        return ()
    if len(segments) == 1:
        return first
    return _read_many(text, segments, first)


def _segments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut at commas, semicolons and dashes outside brackets; drop empty and bracketed pieces."""
    out: list[tuple[int, int]] = []
    depth, begin, position = 0, start, start
    while position < end:
        char = text[position]
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(0, depth - 1)
        elif depth == 0:
            cut = _SPLIT.match(text, position, end)
            words = cut.group() if cut else ""
            if cut and (words.strip() or "\t" in words or len(words) >= 3):
                out.append((begin, position))
                begin = position = cut.end()
                continue
        position += 1
    out.append((begin, end))
    return [(a, b) for a, b in out if text[a:b].strip(" \t\r\n.:;")]


def _read_many(text: str, segments: list[tuple[int, int]], first: tuple[Printed, ...]) -> tuple[Printed, ...]:
    """Decide whether what follows the first comma are more people or the first one's office."""
    plural = _plural_of(text[segments[0][0] : segments[0][1]])
    readings = [_read_joined(text, a, b, listed=bool(plural)) for a, b in segments[1:]]
    solid = [r for r in readings if r and all(_is_solid(p) for p in r)]
    bare = [r for r in readings if r and any(_is_bare(p) for p in r)]
    others = len(readings)
    listing = bool(solid) and (len(solid) * 2 >= others or bool(plural) or _has_article(first, text))
    all_bare = others >= 2 and len(bare) == others and all(_is_bare(p) for p in first)
    if not (listing or plural or all_bare):
        return (_with_office(text, first[0], segments[1:]), *first[1:])
    out = list(first)
    title = plural
    for (a, b), people in zip(segments[1:], readings, strict=True):
        title = _plural_of(text[a:b]) or ("" if people and _is_solid(people[0]) else title)
        if not people:
            if out and not out[-1].head:
                out[-1] = _with_office(text, out[-1], [(a, b)])
            continue
        for person in people:
            if _is_bare(person) and not title and not all_bare:
                # "Princeton", "London": a place or a house beside the one before.
                continue
            if person.is_office and out and not out[-1].head and not _article(text, person):
                out[-1] = _with_office(text, out[-1], [(a, b)])
                continue
            titled = person if person.title or not title else replace(person, title=title)
            out.append(titled)
    return tuple(out)


def _has_article(people: tuple[Printed, ...], text: str) -> bool:
    return any(p.is_office and _article(text, p) for p in people)


def _article(text: str, person: Printed) -> bool:
    words = text[person.start : person.end].lower()
    return words.startswith("the ")


def _is_solid(person: Printed) -> bool:
    """A titled or full name: surely a person and no place or institution."""
    if person.is_office:
        return False
    first = person.given[0].lower() if person.given else ""
    return bool(person.title) or first in GIVEN or 0 < len(first) <= 2 or "." in first


def _is_bare(person: Printed) -> bool:
    return not person.is_office and not person.title and not person.given


def _plural_of(words: str) -> str:
    low = words.strip().lower()
    low = re.sub(r"^(?:and|the)\s+", "", low)
    for plural, single in PLURAL_TITLES.items():
        if low.startswith((plural + " ", plural + ". ")):
            return single
    return ""


def _with_office(text: str, person: Printed, segments: list[tuple[int, int]]) -> Printed:
    """Set the words after the name beside it as an office, where they are one."""
    if person.head or not segments:
        return person
    a, b = segments[0]
    words = _tokens(text, a, b)
    if not words or not any(w.low in OFFICES for w in words[:6]):
        return person
    if words[0].low in SUFFIXES:
        return _with_office(text, person, segments[1:])
    last = words[-1].end
    return replace(person, office=(words[0].start, last), head=_head(text[words[0].start : last]))


def _head(words: str) -> str:
    low = re.sub(r"\s+", " ", words).strip(" .,:;").lower()
    low = re.sub(r"^the\s+", "", low)
    return _FOOTNOTE.sub("", low)


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    out: list[_Token] = []
    depth = 0
    for match in re.finditer(r"[(\[]|[)\]]|[^\s,;()\[\]—–]+", text[start:end]):
        word = match.group()
        if word in "([":
            depth += 1
        elif word in ")]":
            depth = max(0, depth - 1)
        elif depth == 0:
            clean = _FOOTNOTE.sub("", word).strip('"“”*_:')
            if clean:
                at = start + match.start() + word.index(clean)
                out.append(_Token(clean, at, at + len(clean)))
    return out


def _read_joined(text: str, start: int, end: int, *, listed: bool = False) -> tuple[Printed, ...]:
    """Read one piece between commas, which "and" or "&" may still join: "Mr. A and Mr. B".

    `listed` says that a plural title stands before ("Messrs."), so that bare surnames are people.
    """
    lead = re.match(r"\s*(?:and|&|also)\s+(?=\S)", text[start:end])
    if lead:
        start += lead.end()
    couple = re.match(
        r"\s*(?P<one>[^\W\d_]+\.?)\s+(?:and|&)\s+(?P<two>Mrs\.?|Lady|Madame|Mme\.?|Miss)\s+",
        text[start:end],
    )
    if couple:
        rest = start + couple.end()
        name = read_person(text, rest, end)
        if name is not None and not name.is_office:
            first = replace(name, start=rest, title=couple["one"].rstrip(".").lower(), courtesy=True)
            second = replace(name, start=start + couple.start("two"), title=couple["two"].rstrip(".").lower())
            return (first, second)
    joints = list(re.finditer(r"\s+(?:and|&)\s+", text[start:end]))
    # Each "and" doubles the ways to cut: more than a few stand in no list of people.
    for joint in joints if len(joints) <= _MOST_JOINTS else ():
        left = read_person(text, start, start + joint.start())
        right = _read_joined(text, start + joint.end(), end, listed=listed)
        if left is None or not right:
            continue
        plural = _plural_of(text[start : start + joint.start()])
        if plural:
            right = tuple(r if r.title else replace(r, title=plural) for r in right)
        if (left.surname or _article(text, left)) and all(
            listed or r.title or r.given or (r.is_office and _article(text, r)) for r in right
        ):
            return (left, *right)
    person = read_person(text, start, end)
    return () if person is None else (person,)


def read_person(text: str, start: int, end: int) -> Printed | None:
    """Read one name with what stands before it, or one office; None where it is neither."""
    words = _tokens(text, start, end)
    while words and words[-1].low in SUFFIXES and len(words) > 1:
        words.pop()
    if not words or len(words) > 24:
        return None
    cut, courtesy = _title_length(words)
    name = words[cut:]
    if not name:
        return _read_office(text, words)
    if not _is_name(name, titled=cut > 0):
        return None
    title = " ".join(w.text for w in words[:cut]).lower()
    title = re.sub(r"^the\s+", "", title).replace(".", "") if courtesy else re.sub(r"^the\s+", "", title)
    for plural, single in PLURAL_TITLES.items():
        if title == plural:
            title = single
    given, surname = _divide(name, titled=cut > 0)
    begin = words[0]
    if begin.low == "the" and cut > 1:
        begin = words[1]
    if _plural_of(text[words[0].start : words[-1].end]):
        begin = name[0]
    office, head = (0, 0), ""
    if cut and not courtesy:
        head = _head(title)
    return Printed(begin.start, words[-1].end, title.strip(), given, surname, office, head, courtesy)


def _read_office(text: str, words: list[_Token]) -> Printed | None:
    lows = [w.low for w in words]
    if not any(w in OFFICES for w in lows) or _CODE.fullmatch(words[0].text):
        return None
    # "Soviet Embassy" or "First Section" is an institution, not a post.
    core = [w for w in lows if w not in LINKS]
    strong = {"first", "second", "third", "under", "vice", "acting", "staff", "member", "special",
              "general", "legal", "desk", "executive", "permanent", "senior",
              "principal"}  # fmt: skip
    before = re.split(r"\s(?:of|for|to|in|at|on)\s", " ".join(lows))[0].split()
    if not any(w in OFFICES and w not in strong for w in (before or core)):
        return None
    start, end = words[0].start, words[-1].end
    return Printed(start, end, head=_head(text[start:end]), office=(start, end))


def _title_length(words: list[_Token]) -> tuple[int, bool]:
    """Count the words before the name, and say whether a courtesy title is the last of them."""
    i = 0
    courtesy = False
    while i < len(words):
        low = words[i].low
        nxt = words[i + 1] if i + 1 < len(words) else None
        if (low == "the" and i == 0) or low in HONORIFICS:
            i += 1
        elif low in PLURAL_TITLES or low in COURTESY or (low in RANKS and nxt is not None):
            # "Dean Rusk", "Judge Learned": a title that is also a first name.
            if low in GIVEN and low not in ("general", "major") and i > 0 and nxt is not None:
                break
            i += 1
            courtesy = low in COURTESY
            if i == len(words):
                return (len(words), False) if low in OFFICES or low in RANKS else (len(words), True)
        elif _is_office_word(words, i):
            courtesy = False
            i += 1
        else:
            break
    if i == len(words) and courtesy:
        return i - 1, True
    # A link word cannot end the title: "of" before an unknown word belongs to an institution.
    if i < len(words) and i > 0 and words[i - 1].low in LINKS and words[i - 1].low != "the":
        return len(words), courtesy
    if i == len(words) and _starts_courtesy(words):
        return 1, True
    # "Secretary West", "Ambassador North": the last word is a surname as well as a word of offices.
    if i == len(words) > 1 and words[-1].low in SURNAMES_TOO and words[-2].low in OFFICES:
        return i - 1, False
    return i, courtesy


def _starts_courtesy(words: list[_Token]) -> bool:
    """Say that any word is the name: "Mr. Marshall", "Mr. Black" after a courtesy title."""
    return words[0].low in COURTESY and words[0].low != "ambassador" and len(words) <= 3


def _is_office_word(words: list[_Token], i: int) -> bool:
    low = words[i].low
    base = low.removesuffix("’s").removesuffix("'s")
    nxt = words[i + 1] if i + 1 < len(words) else None
    if low == "white":
        return nxt is not None and nxt.low == "house"
    if low in GIVEN and nxt is not None and low not in INSTITUTIONS:
        return False
    if low in OFFICES or base in OFFICES or low in INSTITUTIONS or base in INSTITUTIONS:
        # "John Foreign"? No: only a given name before it makes it a surname.
        return not (i > 0 and words[i - 1].low in GIVEN and nxt is None)
    if low in ADJECTIVES or low in SIDE_CODES or base in SIDE_CODES:
        return True
    if low in LINKS and i > 0 and nxt is not None:
        if low in PARTICLES and not _is_office_word(words, i + 1):
            return False
        return words[i - 1].low in OFFICES | INSTITUTIONS | set(ADJECTIVES) | set(SIDE_CODES) or (
            low == "the" and words[i - 1].low in LINKS
        )
    pair = f"{low} {nxt.low}" if nxt is not None else ""
    if pair in SIDE_CODES:
        return True
    before = f"{words[i - 1].low} {low}" if i else ""
    if before in SIDE_CODES:
        return True
    parts = re.split(r"[-/]", low)
    return len(parts) > 1 and all(p in OFFICES or p in INSTITUTIONS or p in LINKS for p in parts)


def _is_name(words: list[_Token], *, titled: bool) -> bool:
    if len(words) > 6:
        return False
    content = 0
    for i, word in enumerate(words):
        raw = word.text
        if word.low in PARTICLES and raw[0].islower():
            if i == len(words) - 1:
                return False
            continue
        if _INITIALS.fullmatch(raw) and raw[0].isupper() and i < len(words) - 1:
            continue
        capital = _NAME_WORD.fullmatch(raw) and raw[0].isupper()
        if not capital and not re.fullmatch(r"[dl]['’][A-Z].*", raw):
            return False
        if _is_common(word, i, words) if not titled else word.low in _NEVER:
            return False
        # An office's code ("EUR", "SOV") is no surname.
        code = raw.isupper() and len(raw) <= 5 and not re.search(r"[’'-]", raw)
        if code and not (titled and len(words) == 1 and len(raw) > 3):
            return False
        content += 1
    return content > 0


def _is_common(word: _Token, index: int, words: list[_Token]) -> bool:
    low = word.low
    if low in NOT_NAMES:
        return not (index == len(words) - 1 and index > 0 and words[0].low in GIVEN)
    if low in ADJECTIVES or low in SIDE_CODES or low in INSTITUTIONS:
        return not (index == len(words) - 1 and index > 0 and _looks_given(words[0]))
    return False


def _looks_given(word: _Token) -> bool:
    return word.low in GIVEN or _INITIALS.fullmatch(word.text) is not None


def _divide(words: list[_Token], *, titled: bool) -> tuple[tuple[str, ...], str]:
    """Divide a name into given names and surname; particles go with the surname."""
    last = len(words) - 1
    first = last
    while first > 0 and words[first - 1].low in PARTICLES and words[first - 1].text[0].islower():
        first -= 1
    if first < last and first > 0 and titled and not _looks_given(words[0]):
        # "M. Couve de Murville": a surname in several words, not a first name.
        first = 0
    given = tuple(
        w.text.replace(".", " ").strip() if len(w.text) <= 2 else w.text.rstrip(".") for w in words[:first]
    )
    surname = " ".join(w.text for w in words[first:]).rstrip(".")
    return given, surname
