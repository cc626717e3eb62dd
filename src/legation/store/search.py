"""Full text: what a user typed as an FTS5 expression that cannot fail, and the search itself."""

# ruff: noqa: S608 - only constants of ours are put into statements; values go as parameters

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from legation.store.rows import dates_between, rows

if TYPE_CHECKING:
    from legation.store.tx import Tx

#: More terms than this are left out: no question has so many, and an expression has its limits.
MOST_TERMS = 32
#: A match in the title counts as much as four in the text.
TITLE_WEIGHT = 4.0

_TERM = re.compile(
    r"""(?P<minus>[-−](?=["“”\w]))?(?:["“”](?P<phrase>[^"“”]*)(?:["“”]|$)|(?P<word>[^\s"“”]+))"""
)
_UNFIT = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand one after the other; `prefix` lets the last one go on."""

    words: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked for: every group must occur, by any of its terms; no `without` may."""

    groups: tuple[tuple[Term, ...], ...] = ()
    without: tuple[Term, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term that may be found in a hit."""
        return tuple(term for group in self.groups for term in group)


def parse_query(text: str) -> Query:
    """Parse what a user typed: `words`, `"a phrase"`, `prefix*`, `this OR that`, `-not`.

    OR binds more tightly than the rest: `lunch OR dinner Halifax` is Halifax and one of the two.
    Nothing is an error: what means nothing is looked for as it stands, or left out where it holds
    neither letter nor figure.
    """
    groups: list[list[Term]] = []
    without: list[Term] = []
    either = False
    for count, match in enumerate(_TERM.finditer(_UNFIT.sub(" ", text))):
        if count >= 2 * MOST_TERMS or len(groups) + len(without) >= MOST_TERMS:
            break
        phrase, word = match["phrase"], match["word"] or ""
        if phrase is None and word == "OR":
            either = bool(groups)
            continue
        words = word if phrase is None else phrase
        prefix = phrase is None and word.endswith("*")
        if not has_token(words):
            continue
        term = Term(" ".join(words.rstrip("*").split()), prefix)
        if match["minus"]:
            without.append(term)
        elif either:
            groups[-1].append(term)
        else:
            groups.append([term])
        either = False
    return Query(tuple(tuple(g) for g in groups), tuple(without))


def has_token(words: str) -> bool:
    """Say whether the tokeniser finds anything: a letter, a figure or a private sign."""
    return any(unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "Co" for c in words)


def expression(query: Query) -> str:
    """Return the FTS5 expression of the groups, "" where there is none."""
    return " AND ".join("(" + " OR ".join(_quoted(t) for t in group) + ")" for group in query.groups)


def _quoted(term: Term) -> str:
    return '"' + term.words.replace('"', '""') + '"' + (" *" if term.prefix else "")


class Hit(NamedTuple):
    """One item found; the higher the score, the better it fits."""

    item: str
    kind: str
    title: str
    written_on: str
    score: float


def search_items(tx: Tx, query: Query, *, person: str = "", since: str = "", until: str = "") -> list[Hit]:
    """Return every item that fits, the best first; of any kind.

    Without words to look for, the items that fit the rest, newest first; without anything, none.
    """
    asked = expression(query)
    if not (asked or query.without or person or since or until):
        return []
    where: list[str] = []
    values: list[Any] = []
    score, source = "0.0", "texts t"
    if asked:
        score = f"-bm25(search, {TITLE_WEIGHT}, 1.0)"
        source = "search CROSS JOIN texts t ON t.rowid = search.rowid"
        where.append("search MATCH ?")
        values.append(asked)
    if query.without:
        where.append("t.rowid NOT IN (SELECT rowid FROM search WHERE search MATCH ?)")
        values.append(" OR ".join(_quoted(t) for t in query.without))
    if person:
        where.append(
            "t.item IN (SELECT item FROM mentions WHERE person = ? AND state <> 'rejected'"
            " UNION SELECT item FROM person_facts WHERE person = ?)"
        )
        values += [person, person]
    dated, more = dates_between("i.written_on", since, until)
    found = rows(
        tx,
        f"SELECT i.item, i.kind, i.title, i.written_on, {score} AS score FROM {source}"
        f" CROSS JOIN items i ON i.item = t.item WHERE {' AND '.join([*where, *dated])}"
        " ORDER BY score DESC, i.written_on DESC, i.item",
        *values,
        *more,
    )
    return [Hit._make(r) for r in found]
