"""The grammar of names: titles, given names, initials, particles and surnames in a run of words."""

from __future__ import annotations

from collections.abc import Sequence

from legation.reading.lexicon.titles import LORD_OFFICES, PLURALS
from legation.reading.name_context import PERSON_VERBS
from legation.reading.name_draft import Draft, Words
from legation.reading.name_weights import weigh_shape
from legation.reading.name_words import (
    CAPITAL_PARTICLES,
    F_FUNCTION,
    F_GIVEN,
    F_KIN,
    F_MODIFIER,
    F_NATION,
    F_NEVER,
    F_NON,
    F_OFFICE,
    F_OPENER,
    F_PARTICLE,
    F_PEER,
    F_PLACE,
    F_PLURAL,
    F_RULER,
    F_SHIP,
    F_STRONG,
    F_SUFFIX,
    F_TITLE,
    F_TRADE,
    F_WEAK,
    is_double_surname,
    is_initial,
    look_up,
)
from legation.reading.quotes import find_quotes

_MAX_WORDS = 6
#: Particles that hardly begin a surname.
_INNER_PARTICLES = frozenset("e y und do den ten al la bat les".split())
#: Particles that begin one even in small letters and without a title ("met de Courcelles").
_OPEN_PARTICLES = frozenset("de von van du der ter te zu".split())
_POSSESSIVES = frozenset("my our his her their your thy".split())


def _tidy(word: str) -> str:
    return word.rstrip(".")


def _read_titles(words: Words, i: int) -> tuple[int, tuple[str, ...], int]:
    """Return the index after the titles that begin at `i`, the titles, and the last one's flags."""
    tokens = words.tokens
    j = i
    last = -1
    flags_last = 0
    names: list[str] = []
    pending: list[str] = []
    while j < len(tokens) and tokens[j].text[0].isupper():
        key, flags = look_up(tokens[j].text)
        if flags & F_TITLE and not (flags & F_GIVEN and last >= 0):
            names.append(" ".join((*pending, key)))
            pending = []
            last, flags_last = j, flags
        elif flags & F_PLURAL and last < 0:
            names.append(PLURALS[key])
            pending = []
            last, flags_last = j, flags
        elif flags & (F_MODIFIER | F_NATION):
            pending.append(key)
        else:
            break
        if last == j and flags & F_WEAK:
            k = _read_field(words, j)
            if k:
                names[-1] += f" of {look_up(tokens[k].text)[0]}"
                return k + 1, tuple(names), flags
        if not words.joined(j):
            break
        j += 1
    return (last + 1, tuple(names), flags_last) if last >= 0 else (i, (), 0)


def _read_field(words: Words, j: int) -> int:
    """Return the last token of "of State" in "Secretary of State Rusk", or 0."""
    tokens = words.tokens
    if j + 3 >= len(tokens) or tokens[j + 1].text != "of" or not words.joined(j):
        return 0
    k = j + 2 + (tokens[j + 2].text == "the")
    if k + 1 >= len(tokens) or not look_up(tokens[k].text)[1] & F_NON or not words.joined(k):
        return 0
    after = tokens[k + 1].text
    flags = look_up(after)[1]
    is_name = after[0].isupper() and (flags & F_GIVEN or not flags & (F_NEVER | F_OFFICE))
    return k if is_name else 0


def _read_core(words: Words, i: int, titled: int) -> int:
    """Return the index after the given names, initials and surname that begin at `i`."""
    tokens = words.tokens
    j = i
    while j < len(tokens) and j - i < _MAX_WORDS:
        key, flags = look_up(tokens[j].text)
        if flags & F_SUFFIX and j > i and tokens[j].text[0].isupper():
            j += 1
            break
        if not _may_follow(words, i, j, key, flags, titled):
            break
        j += 1
        if titled and j == i + 1 and _is_cut_short(words, i):
            j += 1  # "Mrs. The. Turner"
        elif j < len(tokens) and not words.joined(j - 1):
            break
    while j > i and not tokens[j - 1].text[0].isupper():
        j -= 1
    return j


def _may_follow(words: Words, i: int, j: int, key: str, flags: int, titled: int) -> bool:
    """Say whether token `j` can be a word of the core that began at token `i`."""
    word = words.tokens[j].text
    more = words.joined(j)
    upper_next = more and words.tokens[j + 1].text[0].isupper()
    if not word[0].isupper():
        return _may_be_particle(words, i, j, key, flags, titled)
    if is_initial(word):
        if flags & F_NEVER and len(word) > 2:
            return False
        if word in ("I", "A", "O") or (word == "I." and j == i and not titled):
            return False
        return len(word) > 1 or upper_next
    if flags & F_NEVER:
        if j == i and titled & F_STRONG and not flags & (F_OFFICE | F_TITLE | F_PLURAL):
            return True
        given = bool(flags & F_GIVEN)
        if given and (titled or j > i or _may_be_given(words, j, key)):
            return True
        return bool(titled) and j == i and _is_cut_short(words, i)
    if len(word) > 1 and word.isupper() and not titled:
        return bool(flags & F_GIVEN) and len(word) > 2  # headings are written so
    if flags & F_TITLE and not flags & F_GIVEN:
        if upper_next:
            return False
        if j == i:
            return bool(titled & F_STRONG)
        before = words.tokens[j - 1].text
        return bool(look_up(before)[1] & F_GIVEN) or is_initial(before)
    return not flags & F_NATION or (bool(titled) and j == i)


def _may_be_particle(words: Words, i: int, j: int, key: str, flags: int, titled: int) -> bool:
    """Say whether a small word belongs to the surname that follows: "de", "van der"."""
    if not flags & F_PARTICLE or not words.joined(j):
        return False
    after = words.tokens[j + 1].text
    if not (after[0].isupper() or look_up(after)[1] & F_PARTICLE):
        return False
    return j > i or (bool(titled) and key not in _INNER_PARTICLES)


def _is_cut_short(words: Words, i: int) -> bool:
    """Say whether token `i`, after a title, is a given name cut short by a dot before a surname."""
    tokens = words.tokens
    if i + 2 >= len(tokens) or tokens[i + 1].text != "." or tokens[i + 1].start != tokens[i].end:
        return False
    after = tokens[i + 2]
    return (
        len(tokens[i].text) <= 5
        and after.start - tokens[i + 1].end == 1
        and after.text[0].isupper()
        and not look_up(after.text)[1] & F_NEVER
        and bool(look_up(tokens[i].text)[1] & F_GIVEN or tokens[i].text == "The")
    )


def _may_be_given(words: Words, j: int, key: str) -> bool:
    """Say whether "Will" or "May" stands for a person: inside a sentence, or before a surname."""
    tokens = words.tokens
    more = words.joined(j)
    if more and tokens[j + 1].text[0].isupper() and not look_up(tokens[j + 1].text)[1] & F_NEVER:
        return True
    if key != "will":
        return False
    verb = tokens[j + 1].text if more else ""
    return not words.opens(j) or (verb in PERSON_VERBS and verb.endswith("ed"))


def _split_core(draft: Draft, parts: Sequence[str], titled: int) -> None:
    """Set given names and surname from the words of the core."""
    flags = [look_up(p)[1] for p in parts]
    count = len(parts)
    while count > 1 and flags[count - 1] & F_SUFFIX and look_up(parts[count - 1])[0] != "esquire":
        count -= 1
    at = 0
    while at < count and (is_initial(parts[at]) or flags[at] & F_GIVEN):
        at += 1
    if at == count:
        # All could be given names: the last is the surname unless it stands alone untitled.
        alone = count == 1 and (not titled or draft.head or draft.titles[-1] in _WITH_GIVEN)
        at = count if alone else count - 1
        if count == 1 and titled and flags[0] & F_GIVEN and draft.titles[-1:] == ("sir",):
            at = count
    elif at == 0 and count == 2 and is_double_surname(parts[:2]):
        at = 0
    elif at == 0 and count > 1 and not flags[0] & F_PARTICLE and not titled:
        # Unknown words: the last one (with its particles) is the surname.
        at = count - 1
        while at > 1 and flags[at - 1] & F_PARTICLE:
            at -= 1
        if look_up(parts[0])[0] in CAPITAL_PARTICLES:
            at = 0
    draft.given = tuple(_tidy(p) for p in parts[:at])
    draft.surname = " ".join(_tidy(p) for p in parts[at:count])
    draft.key = look_up(draft.surname or draft.given[-1])[0] if (draft.surname or draft.given) else ""


_TITLE_SURNAMES = frozenset(
    """
    clerk king bishop dean major marshal prince baron duke earl judge abbot prior parson farmer
    steward constable squire master pope canon deacon nurse page cousin mayor count sheriff
    """.split()
)
#: Titles that stand before a given name alone.
_WITH_GIVEN = frozenset(
    """
    sir dame saint king queen prince princess pope sister brother father mother uncle aunt cousin
    coz cozen emperor empress tsar czar auntie
    """.split()
)


def parse_at(words: Words, i: int) -> tuple[Draft | None, int]:
    """Read the name that begins at the capitalised token `i`.

    Returns the draft, or `None` where none begins there, and the index to go on from.
    """
    tokens = words.tokens
    key, flags = look_up(tokens[i].text)
    before = tokens[i - 1].text.lower() if i and words.joined(i - 1) else ""
    if key in ("lord", "lady") and before in ("my", "our"):
        return _read_my_lord(words, i)
    if flags & F_PEER and words.joined(i):
        draft = _read_peer(words, i, before)
        if draft is not None:
            return draft, draft.end
    if (
        (key in ("st", "saint") or (flags & F_SHIP and tokens[i].text.isupper()))
        and words.joined(i)
        and tokens[i + 1].text[0].isupper()
    ):
        end = i + 2
        while end < len(tokens) and words.joined(end - 1) and tokens[end].text[0].isupper():
            end += 1
        return None, end
    start, titles, titled = _read_titles(words, i)
    end = _read_core(words, start, titled)
    if end <= start and len(titles) > 1 and look_up(tokens[start - 1].text)[0] in _TITLE_SURNAMES:
        # "Captain Clerk", "Mr. Bishop": the last title is the surname.
        titles, titled, start, end = titles[:-1], F_STRONG, start - 1, start
    if end <= start:
        if titled & F_STRONG and start == i + 1:
            return _read_coordinate_title(words, i, titles), i + 1
        return None, max(start, i + 1)
    draft = Draft(i, end, titles)
    parts = [t.text for t in tokens[start:end] if t.text != "."]
    if not titles:
        parts, dropped = _drop_opener(words, start, parts)
        draft.start = start = start + dropped
        if start and tokens[start - 1].text in _OPEN_PARTICLES and words.joined(start - 1):
            draft.start = start = start - 1
            parts.insert(0, tokens[start].text)
    _extend_left(words, draft)
    _split_core(draft, parts, titled)
    weigh_shape(words, draft, start, parts, titled)
    return draft, end


def _drop_opener(words: Words, start: int, parts: list[str]) -> tuple[list[str], int]:
    """Leave out a first word that is capitalised only because it opens a sentence."""
    if len(parts) < 2 or not words.opens(start):
        return parts, 0
    key, flags = look_up(parts[0])
    if flags & F_GIVEN and not flags & F_OPENER:
        return parts, 0
    opener = flags & F_OPENER or key in words.lower or key.endswith(("ing", "ly"))
    if not flags and len(key) > 4 and key.endswith("ed") and look_up(parts[1])[1] & F_GIVEN:
        opener = True  # "Emailed Ruth"
    if len(parts) > 2 and not flags and look_up(parts[1])[1] & F_GIVEN:
        opener = True
    return (parts[1:], 1) if opener and not is_initial(parts[0]) else (parts, 0)


def _read_my_lord(words: Words, i: int) -> tuple[Draft | None, int]:
    """Read "my Lord", "my Lady Sandwich", "my Lord of Oxford"; not "my Lord Chancellor"."""
    tokens = words.tokens
    title = f"my {look_up(tokens[i].text)[0]}"
    if words.joined(i):
        nxt = tokens[i + 1].text
        if nxt[0].isupper() and look_up(nxt)[0] in LORD_OFFICES:
            return None, i + 2
        if nxt == "of" and i + 2 < len(tokens) and tokens[i + 2].text[0].isupper():
            place = tokens[i + 2].text
            draft = Draft(i - 1, i + 3, (title,), surname=place, odds=5.0, evidence=["title"])
            draft.key = look_up(place)[0]
            return draft, i + 3
        end = _read_core(words, i + 1, F_STRONG)
        if end > i + 1:
            draft = Draft(i - 1, end, (title,), evidence=["title"], odds=4.5)
            _split_core(draft, [t.text for t in tokens[i + 1 : end] if t.text != "."], F_STRONG)
            return draft, end
    return Draft(i - 1, i + 1, (title,), odds=3.0, evidence=["title"]), i + 1


def _read_peer(words: Words, i: int, before: str) -> Draft | None:
    """Read "the Duke of York", "Lord Mountbatten of Burma" stops at the surname elsewhere."""
    tokens = words.tokens
    if i + 2 >= len(tokens) or tokens[i + 1].text != "of" or not words.joined(i + 1):
        return None
    place = tokens[i + 2].text
    key, flags = look_up(tokens[i].text)
    if not place[0].isupper() or (flags & F_RULER and key not in ("prince", "elector")):
        return None
    if look_up(place)[1] & F_NEVER and not look_up(place)[1] & F_PLACE:
        return None
    start = i - 1 if before == "the" else i
    draft = Draft(start, i + 3, (key,), surname=place, odds=4.0, evidence=["title"])
    draft.key = look_up(place)[0]
    return draft


def _read_coordinate_title(words: Words, i: int, titles: tuple[str, ...]) -> Draft | None:
    """Read the "Mr." of "Mr. and Mrs. Crew"; the surname is that of the other."""
    tokens = words.tokens
    if i + 3 >= len(tokens) or tokens[i + 1].text not in ("and", "&"):
        return None
    start, second, flags = _read_titles(words, i + 2)
    if not second or not flags & (F_STRONG | F_PEER):
        return None
    end = _read_core(words, start, flags)
    if end <= start:
        return None
    draft = Draft(i, i + 1, titles, evidence=["title", "coordination"], odds=4.0)
    _split_core(draft, [t.text for t in tokens[start:end] if t.text != "."], flags)
    draft.given = ()
    return draft


def _extend_left(words: Words, draft: Draft) -> None:
    """Take in a descriptor before the name: "my brother Tom", "his daughter Rada"."""
    tokens = words.tokens
    j = draft.start
    head = ""
    if draft.titles and look_up(tokens[j].text)[1] & F_KIN:
        head = draft.titles[0]
    elif j and words.joined(j - 1):
        key, flags = look_up(tokens[j - 1].text)
        if tokens[j - 1].text[0].islower() and flags & (F_KIN | F_TRADE):
            head = key
            j -= 1
    if not head:
        return
    k = j
    while k and j - k < 4 and words.joined(k - 1):
        word = tokens[k - 1].text.lower()
        if word in _POSSESSIVES:
            draft.start = k - 1
            draft.head = head
            mine = word in ("my", "our")
            if mine and not find_quotes(words.text).is_others(tokens[k - 1].start):
                draft.of = "author"
            draft.evidence.append("title")
            return
        if not word[0].isalpha() or look_up(word)[1] & F_FUNCTION:
            break
        k -= 1
    if draft.titles or look_up(head)[1] & F_KIN:
        draft.start = j
        draft.head = head
