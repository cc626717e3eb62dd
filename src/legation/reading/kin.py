"""Kin terms that stand alone for the writer's own: "Visited mother", "Mum called", "Dinner with Dad"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from legation.reading.name_draft import Words
from legation.reading.name_words import F_GIVEN, F_KIN, look_up
from legation.reading.quotes import find_quotes

_MOTHER = "mum mom mummy mommy mama mamma mam"
_FATHER = "dad daddy papa"
_GRANDMOTHER = "grandma granny gran grandmama nan nana"
_GRANDFATHER = "grandpa grandad granddad grandpapa"
#: What a familiar word for parents and grandparents means.
KIN_HEADS: Mapping[str, str] = {
    word: head
    for head, words in (
        ("mother", _MOTHER),
        ("father", _FATHER),
        ("grandmother", _GRANDMOTHER),
        ("grandfather", _GRANDFATHER),
    )
    for word in words.split()
}
_FORMAL = frozenset("mother father grandmother grandfather".split())
_BARE = frozenset(KIN_HEADS) | _FORMAL
#: After these a term is somebody's, one of many, or part of a name.
_NOT_BEFORE = frozenset(
    """
    the a an my our his her their your its thy this that these those any every each no some another
    either neither both whose what which such one single young new expectant proud holy working
    founding reverend step god o oh 's ’s as like of being become became
    """.split()
)
#: Before these it is a thing, a saint, a priest, a trade, or "a mother of two".
_NOT_AFTER = frozenset(
    """
    of tongue nature ship country church earth board lode hen superior christmas time figure
    figures hood land less lands hubbard goose courage russia india ireland england confessor
    general abbess in-law in-laws and/or or to-be
    """.split()
)
_INFANTS = frozenset("child baby infant newborn daughter son daughters sons children babies kids".split())
#: What the term is the object of: visits, calls, company.
_OBJECT_OF = frozenset(
    """
    visit visits visited visiting see sees saw seen seeing met meet meeting meets call calls called
    calling phone phones phoned phoning telephone telephoned telephoning ring rings rang ringing rung
    skyped facetimed texted emailed zoomed with fetched collected drove took helped joined hugged
    """.split()
)
_SPEAKS_TO = frozenset(
    """
    spoke speak speaking talked talk talking wrote write writing letter call calls phoned visit drove
    walked went lunch dinner tea chat chatted from
    """.split()
)
_FIRST = frozenset("i me my we our us myself ourselves i'm i've i'd we've".split())
_PLAIN_BEFORE = _OBJECT_OF | {"and", "i", "then"}
#: A text of more words than this in which nobody says "I" is no diary.
_SHORT_WORDS = 200


def find_bare_kin(words: Words, taken: Mapping[int, int]) -> Iterator[int]:
    """Yield the tokens that are kin terms without a possessive and mean the author's own kin.

    Capitalised as a name ("Mum called"), or small as the object of a visit, call or company
    ("dinner with dad"). Not within quotation marks, nor in a text that says no "I"; `taken` are the
    positions of mentions, which are left alone.
    """
    tokens = words.tokens
    places = [n for n, token in enumerate(tokens) if token.text.lower() in _BARE]
    if not places or not _is_told_by_one(words):
        return
    quotes = find_quotes(words.text)
    found = -2
    for i in places:
        word = tokens[i].text
        if tokens[i].start in taken or quotes.holds(tokens[i].start) or word[1:] != word[1:].lower():
            continue
        listed = i >= 2 and tokens[i - 1].text in ("and", "&") and found == i - 2
        if not _follows_well(words, i) or not (listed or _precedes_well(words, i, taken)):
            continue
        found = i
        yield i


def _is_told_by_one(words: Words) -> bool:
    if len(words.tokens) <= _SHORT_WORDS:
        return True
    quotes = find_quotes(words.text)
    return any(
        t.text.lower() in _FIRST and t.text != "US" and not quotes.holds(t.start) for t in words.tokens
    )


def _follows_well(words: Words, i: int) -> bool:
    """Say whether what stands behind a term lets it stand for one person."""
    tokens = words.tokens
    if i + 1 >= len(tokens):
        return True
    after = tokens[i + 1]
    if after.text in ("'s", "’s"):
        # "Mother's Day", "mother's milk": small terms own a house only where nothing follows.
        own = words.joined(i + 1)
        if tokens[i].text[0].isupper():
            return not own or tokens[i + 2].text.lower() not in ("day", "milk", "ruin", "union")
        return not own or tokens[i + 2].text.lower() in ("for", "and", "in", "on", "at", "after", "house")
    if after.start == tokens[i].end and after.text[0] in "-'’/":
        return False
    if not words.joined(i):
        return True
    low = after.text.lower()
    if low in _NOT_AFTER:
        return False
    if low in ("and", "&") and i + 2 < len(tokens) and tokens[i + 2].text.lower() in _INFANTS:
        return False
    if not after.text[0].isupper() or after.text == "I":
        return tokens[i].text[0].isupper() or not look_up(after.text)[1] & F_KIN
    # "Father Brown", "Mother Teresa"; "Visited Mum Monday" is told by the calendar.
    return low in _DAYS


_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())


def _precedes_well(words: Words, i: int, taken: Mapping[int, int]) -> bool:
    """Say whether what stands before a term lets it be the author's mother or father."""
    tokens = words.tokens
    here = tokens[i]
    upper = here.text[0].isupper()
    before = tokens[i - 1] if i else here
    if i == 0 or before.sentence != here.sentence or "\n" in words.text[before.end : here.start]:
        return upper and not look_up(here.text)[1] & F_GIVEN
    low = before.text.lower()
    if upper:
        if low in _NOT_BEFORE or (before.end == here.start and before.text not in '([*_"“—–'):
            return False
        # "Jack Daddy", "Big Mama" are names; "With Mum", "Visited Mum" open a sentence.
        if before.text[0].isupper() and before.text[-1] != "." and low not in _PLAIN_BEFORE:
            opens = i == 1 or tokens[i - 2].sentence != here.sentence or tokens[i - 2].text in _OPENERS
            return low in _DAYS or (opens and before.start not in taken and _is_plain(before.text))
        return not look_up(here.text)[1] & F_GIVEN or low in _OBJECT_OF
    if not words.joined(i - 1):
        return False
    if low in _OBJECT_OF:
        return True
    familiar = here.text in KIN_HEADS
    if low == "to" and i >= 2 and tokens[i - 2].text.lower() in _SPEAKS_TO:
        return True
    # "with Tom and mum"
    return familiar and low in ("and", "&") and i >= 2 and tokens[i - 2].end - 1 in taken


_OPENERS = frozenset(":-–—*•,;(")


def _is_plain(word: str) -> bool:
    """Say whether a capitalised word that opens a sentence is no name: "Poor Mum", "Phoned Dad"."""
    low = word.lower()
    return low in _OPENING or low.endswith(("ed", "ing")) or low in _OBJECT_OF


_OPENING = frozenset(
    """
    poor dear old darling both then when while if because after before today tonight yesterday now
    so but for from to at also met told gave took and only again later still even perhaps maybe
    lunch dinner supper tea breakfast thence left had made let heard got brought
    """.split()
)
