"""Search as a view: hits with the words found in them, counts by kind, and the filters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from legation.facts.errors import NotFoundError
from legation.report.encounters import check_date, first_of, last_of
from legation.report.links import Links
from legation.report.views import HitView, SearchView
from legation.store import lookups, records
from legation.store.search import Query, Term, parse_query, search_items
from legation.store.tx import Tx

#: Length of a snippet, in code points, and how much of it stands before the first match.
SNIPPET = 260
LEAD = 60
#: A text is looked through for its best passage up to this length.
LOOKED_THROUGH = 400_000
MOST_MATCHES = 400
MOST_PEOPLE = 6
#: Kinds whose text is lines of names and values, and how many lines are shown.
LINED = ("card", "event")
MOST_LINES = 4

_MARKS = "[\u0300-\u036f]*"
_WORD = re.compile(r"[^\W_]+")


class _Folding(dict[int, int]):
    """Maps a character to the small letter without accents that it is compared as; one for one."""

    def __missing__(self, code: int) -> int:
        low = chr(code).lower()
        base = unicodedata.normalize("NFD", low if len(low) == 1 else chr(code))[0]
        self[code] = ord(base)
        return self[code]


_FOLDING = _Folding()


def fold_text(text: str) -> str:
    """Fold a text letter by letter: its length stays, so that places in it hold."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def pattern_of(query: Query) -> re.Pattern[str] | None:
    """Return what finds the terms of a query in a folded text; None where there are none."""
    found = [p for p in map(_pattern_of_term, query.terms) if p]
    # The longest first: of two that begin at one place a phrase says more than its word.
    found.sort(key=len, reverse=True)
    return re.compile("|".join(f"(?:{p})" for p in found)) if found else None


def _pattern_of_term(term: Term) -> str:
    words = _WORD.findall(fold_text(unicodedata.normalize("NFC", term.words)))
    if not words:
        return ""
    spelt = (_MARKS.join(map(re.escape, w)) + _MARKS for w in words)
    tail = rf"(?:[^\W_]|{_MARKS[:-1]})*" if term.prefix else r"(?![^\W_])"
    return r"(?<![^\W_])" + r"[\W_]+".join(spelt) + tail


def _pieces(text: str, kind: str, pattern: re.Pattern[str] | None) -> tuple[str, ...]:
    """Return the best passage of a hit; of a card or event, the lines that were found."""
    return cut_pieces(lines_found(text, pattern) if kind in LINED else text, pattern)


def cut_pieces(text: str, pattern: re.Pattern[str] | None) -> tuple[str, ...]:
    """Return the passage of a text with most different words found.

    The pieces alternate plain and found, beginning with plain ("" where the passage begins with a
    match); joined, they are a stretch of the text with its white space made one.
    """
    folded = fold_text(text[:LOOKED_THROUGH])
    spans: list[tuple[int, int]] = []
    if pattern is not None:
        for match in pattern.finditer(folded):
            spans.append(match.span())
            if len(spans) >= MOST_MATCHES:
                break
    if not spans:
        return (_one_line(text[:SNIPPET], cut_end=len(text) > SNIPPET),)
    start, end = _window(text, folded, spans)
    pieces: list[str] = []
    at = start
    for left, right in spans:
        if left >= start and right <= end:
            pieces += [_spaces(text[at:left]), text[left:right]]
            at = right
    pieces.append(_spaces(text[at:end]))
    if start > 0:
        pieces[0] = "… " + pieces[0].lstrip()
    if end < len(text):
        pieces[-1] = pieces[-1].rstrip() + " …"
    return tuple(pieces)


def lines_found(text: str, pattern: re.Pattern[str] | None) -> str:
    """Return what the lines of a card or calendar in which something was found say, as text."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    lines = unfolded.splitlines()
    found = [n for n in lines if pattern is not None and pattern.search(fold_text(n.partition(":")[2]))]
    named = [n for n in lines if n.upper().startswith(("FN", "SUMMARY"))]
    values = [n.partition(":")[2] for n in dict.fromkeys(named[:1] + found[:MOST_LINES])]
    said = "; ".join(" ".join(v.replace("\\n", " ").replace("\\", "").split(";")) for v in values if v)
    return said or text


def _window(text: str, folded: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Choose the stretch that holds most different matches, in whole words."""
    best, chosen = (0, 0), 0
    for number, (left, _) in enumerate(spans):
        inside = [folded[a:b] for a, b in spans[number : number + 40] if b <= left + SNIPPET - LEAD]
        score = (len(set(inside)), len(inside))
        if score > best:
            best, chosen = score, number
    left, right = spans[chosen]
    start = max(0, left - LEAD)
    end = max(right, min(len(text), start + SNIPPET))
    while 0 < start < left and not text[start - 1].isspace():
        start += 1
    if end < len(text):
        cut = end
        while cut > right and not text[cut].isspace():
            cut -= 1
        end = cut if cut > right else end
    return start, end


def _spaces(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _one_line(text: str, *, cut_end: bool) -> str:
    return " ".join(text.split()) + (" …" if cut_end else "")


def search_view(
    tx: Tx,
    words: str,
    today: str,
    *,
    person: str = "",
    since: str = "",
    until: str = "",
    kind: str = "",
    limit: int = 20,
    offset: int = 0,
) -> SearchView:
    """Return what fits, the best first, with the words found; `kinds` counts beyond the kind asked for.

    Raises:
        NotFoundError: there is no such person.
        UsageError: a date is none.
    """
    links = Links(tx, today)
    known = ""
    if person:
        known = lookups.load_current_person(tx, person)
        if not known:
            raise NotFoundError(f"there is no person {person}", "Look the name up in `legation people`.")
    query = parse_query(words)
    since, until = check_date(since), check_date(until)
    wanted = bool(query.groups or query.without) or not words.strip()
    hits = (
        search_items(tx, query, person=known, since=first_of(since), until=last_of(until)) if wanted else []
    )
    kinds = Counter(h.kind for h in hits)
    if kind:
        hits = [h for h in hits if h.kind == kind]
    shown = hits[offset : offset + limit]
    named: dict[str, list[str]] = {}
    for item, who, _ in lookups.load_named_people(tx, [h.item for h in shown]):
        named.setdefault(item, []).append(who)
    bodies = records.load_bodies(tx, [h.item for h in shown])
    links.need_people(p for of in named.values() for p in of[:MOST_PEOPLE])
    pattern = pattern_of(query)
    return SearchView(
        words=words,
        total=len(hits),
        hits=tuple(
            HitView(
                item=h.item,
                kind=h.kind,
                title=h.title,
                written_on=h.written_on,
                pieces=_pieces(bodies.get(h.item, ""), h.kind, pattern),
                score=round(h.score, 4),
                people=tuple(links.person(p, h.written_on) for p in named.get(h.item, ())[:MOST_PEOPLE]),
            )
            for h in shown
        ),
        person=links.person(known) if known else None,
        since=since,
        until=until,
        kind=kind,
        kinds=tuple(sorted(kinds.items(), key=lambda k: (-k[1], k[0]))),
    )
