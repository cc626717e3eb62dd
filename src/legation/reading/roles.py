"""Offices, trades and kin that stand for one person: "the Ambassador", "my boy", "his father"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from legation.facts.candidates import MentionCandidate, MentionKind
from legation.facts.span import Span
from legation.reading.kin import KIN_HEADS, find_bare_kin
from legation.reading.lexicon.offices import ADJECTIVES, THE_TRADES
from legation.reading.lexicon.titles import LORD_OFFICES
from legation.reading.name_draft import Words
from legation.reading.name_words import (
    F_FUNCTION,
    F_KIN,
    F_MODIFIER,
    F_NATION,
    F_OFFICE,
    F_ORG_TAIL,
    F_TRADE,
    look_up,
)
from legation.reading.quotes import find_quotes
from legation.reading.tokens import Token, fold, split_pieces, tokenise

_MINE = frozenset("my our".split())
_THEIRS = frozenset("his her their your its thy".split())
_ADJECTIVES = frozenset(fold(a) for a in ADJECTIVES)
_HONOURS = frozenset("majesty highness excellency lordship ladyship grace holiness eminence".split())
#: Offices that stand without an article in telegrams and headings.
_BARE = frozenset(
    """
    president premier secretary ambassador chancellor chairman minister king queen pope emperor tsar
    governor under-secretary undersecretary vice-president
    """.split()
)
#: Offices that are ordinary words unless capitalised.
_COMMON = frozenset(
    """
    general major principal chief private representative delegate leader correspondent advocate
    protector marshal legate professor dean constable inspector recorder canon usher regent chair
    speaker primate emissary dictator interpreter translator adviser advisor aide editor publisher
    boss judge prosecutor solicitor minister governor commander captain director secretary consul
    chairman chairwoman senator congressman envoy
    """.split()
)
#: Descriptions of company rather than of one known person.
_LOOSE = frozenset(
    """
    friend colleague partner neighbour neighbor mate player guide patron successor predecessor
    deputy assistant writer author novelist poet spy preacher merchant sailor host guest
    """.split()
)
_SIGNS = frozenset(
    "arms head bench street speech guard yard tavern inn road cross bath court bay hall".split()
)
_NOT_BEFORE = frozenset("a an any every each no some another as or vice former mr mrs".split())
#: Posts among them that "the" suffices for.
_PLAIN_POSTS = frozenset("secretary captain minister governor director".split())
#: Words that only complete a head ("Lord Privy Seal", "Secretary General").
_AFTER_HEAD = frozenset("privy high seal justice general elect treasurer admiral".split())
_LINKS = frozenset("of for to".split())
_JOINS = frozenset("and or & nor".split())
_DETERMINERS = frozenset("the a an".split()) | _MINE | _THEIRS
_OPENERS = _MINE | _THEIRS | {"the", "'s", "’s"}
_MAX_WORDS = 6


def find_roles(text: str, names: Sequence[MentionCandidate]) -> tuple[MentionCandidate, ...]:
    """Find the offices, trades and kin terms that stand for one particular person.

    `names` are what `find_names` gave for the same text, in any order. `of` ("mention:N") and
    `same_as` count through `names` first and these roles after them; `merge_mentions` puts both
    in order of place. Plurals, "a minister" and descriptions that belong to a name are left out.
    """
    pieces = split_pieces(text)
    if len(pieces) == 1:
        return tuple(_read_piece(text, names))
    starts = [start for start, _ in pieces]
    inside: list[list[int]] = [[] for _ in pieces]
    for n, name in enumerate(names):
        inside[bisect_right(starts, name.span.start) - 1].append(n)
    roles: list[MentionCandidate] = []
    for (start, end), own in zip(pieces, inside, strict=True):
        found = _read_piece(text[start:end], [_shift(names[n], -start) for n in own])
        whole = [*own, *range(len(names) + len(roles), len(names) + len(roles) + len(found))]
        roles += [_recount(_shift(r, start), whole) for r in found]
    return tuple(roles)


def _read_piece(text: str, names: Sequence[MentionCandidate]) -> list[MentionCandidate]:
    tokens = tokenise(text)
    finder = _Finder(Words(text, tokens, frozenset()), names)
    read = finder.read_at
    for i, token in enumerate(tokens):
        # Nearly all words begin no role: a call for each would cost more than the roles.
        if token.text in _OPENERS or token.text[0].isupper():
            read(i, token)
    for place in find_bare_kin(finder.words, finder.taken):
        finder.add_kin(place)
    return finder.roles


def _shift(mention: MentionCandidate, by: int) -> MentionCandidate:
    return replace(mention, span=Span(mention.span.start + by, mention.span.end + by))


def _recount(role: MentionCandidate, whole: Sequence[int]) -> MentionCandidate:
    """Turn `of` and `same_as` of one piece into places among all names and roles."""
    if role.of.startswith("mention:"):
        role = replace(role, of=f"mention:{whole[int(role.of[8:])]}")
    return replace(role, same_as=whole[role.same_as]) if role.same_as >= 0 else role


def merge_mentions(
    names: Sequence[MentionCandidate], roles: Sequence[MentionCandidate]
) -> tuple[MentionCandidate, ...]:
    """Return names and roles in order of place, with `of` and `same_as` counted anew."""
    both = [*names, *roles]
    order = sorted(range(len(both)), key=lambda n: (both[n].span.start, -both[n].span.end, n))
    place = [0] * len(both)
    for new, old in enumerate(order):
        place[old] = new
    return tuple(_recount(both[old], place) for old in order)


def _may_qualify(word: str, key: str, flags: int) -> bool:
    """Say whether a word can stand between "the" or "my" and the head."""
    if key in _ADJECTIVES or flags & (F_MODIFIER | F_NATION):
        return True
    return word[0].isupper() and not flags & F_FUNCTION


class _Finder:
    """Walks the tokens once and collects roles."""

    def __init__(self, words: Words, names: Sequence[MentionCandidate]) -> None:
        self.words = words
        self.tokens = words.tokens
        self.quotes = find_quotes(words.text)
        self.names = names
        self.roles: list[MentionCandidate] = []
        self.taken: dict[int, int] = {}
        self.ends: dict[int, int] = {}
        for n, name in enumerate(names):
            if name.sure or name.titles:
                self.ends[name.span.end] = n
                for place in range(name.span.start, min(name.span.end, name.span.start + 200)):
                    self.taken[place] = n

    def read_at(self, i: int, token: Token) -> None:
        """Read a role whose first word (determiner or capitalised office) is token `i`."""
        word = token.text
        low = word.lower()
        if token.start in self.taken and low not in ("'s", "’s"):
            return
        if low == "the":
            self._described(i, i + 1, "the")
        elif low in _MINE:
            self._described(i, i + 1, "author")
        elif low in _THEIRS:
            self._described(i, i + 1, "")
        elif low in ("'s", "’s"):
            owner = self.ends.get(token.start)
            if owner is not None:
                self._owned(i, owner)
        elif word[0].isupper():
            self._bare(i)

    def _head(self, i: int) -> tuple[int, int, int]:
        """Return the head, the end after its "of" phrase and its flags; (-1, 0, 0) if none."""
        tokens, words = self.tokens, self.words
        j = i
        head = -1
        found = 0
        while j < len(tokens) and j - i < _MAX_WORDS:
            if j > i and not words.joined(j - 1):
                break
            if tokens[j].start in self.taken:
                return -1, 0, 0
            key, flags = look_up(tokens[j].text)
            if key == "lord" and j + 1 < len(tokens) and look_up(tokens[j + 1].text)[0] in LORD_OFFICES:
                head, found = j, F_OFFICE
            elif flags & (F_KIN | F_OFFICE | F_TRADE) or key in _HONOURS:
                head, found = j, flags or F_OFFICE
            elif head >= 0:
                if head == j - 1 and key in _AFTER_HEAD:
                    head = j
                    j += 1
                    continue
                break
            elif not _may_qualify(tokens[j].text, key, flags):
                return -1, 0, 0
            j += 1
        if head < 0:
            return -1, 0, 0
        return head, self._extend(head), found

    def _extend(self, head: int) -> int:
        """Return the end of "of State", "to the Cabinet", "for Foreign Affairs" after a head."""
        tokens, words = self.tokens, self.words
        j = head + 1
        if j + 1 >= len(tokens) or tokens[j].text not in _LINKS or not words.joined(head):
            return j
        k = j + 1 + (tokens[j + 1].text in ("the", "his", "her"))
        end = k
        while (
            end < len(tokens)
            and end - k < 4
            and tokens[end].text[0].isupper()
            and tokens[end].start not in self.taken
            and words.joined(end - 1)
        ):
            end += 1
        if end == k or (tokens[j].text != "of" and not look_up(tokens[head].text)[1] & F_OFFICE):
            return j
        return end

    def _described(self, i: int, j: int, of: str) -> None:
        head, end, flags = self._head(j)
        if head < 0:
            return
        key = look_up(self.tokens[head].text)[0]
        word = self.tokens[head].text
        evidence: tuple[str, ...] = ("described",)
        if of == "the":
            known = self._is_known_post(key, flags, plain=word[0].islower() and head == j)
            of = ""
        else:
            known = key in _HONOURS or bool(flags & (F_KIN | F_TRADE | F_OFFICE))
            known = known and key not in _LOOSE
            evidence = ("described", "possessive")
        if not known or self._is_sign(end):
            return
        if look_up(self.tokens[j].text)[0] == "lord" or key in _HONOURS:
            of = ""  # "my Lord Chancellor" is everybody's
            evidence = (*evidence, "style") if len(evidence) > 1 else evidence
        elif of == "author" and self.quotes.is_others(self.tokens[i].start):
            of = ""
        kind: MentionKind = "kin" if flags & F_KIN and not flags & F_OFFICE else "office"
        self._add(i, end, kind, self._describe(j, end), of, evidence)

    def add_kin(self, i: int) -> None:
        """Add the kin term at token `i` that stands alone for the author's own: "Mum"."""
        token = self.tokens[i]
        self._put(token.span, "kin", self._describe(i, i + 1), "author", evidence=("bare",))

    @staticmethod
    def _is_known_post(key: str, flags: int, *, plain: bool) -> bool:
        """Say whether "the" and this head stand for one person; `plain`: small and unqualified."""
        if key in THE_TRADES:
            return True
        if not flags & F_OFFICE or key in _HONOURS:
            return False
        return not plain or key not in _COMMON or key in _PLAIN_POSTS

    def _is_sign(self, end: int) -> bool:
        """Say whether a possessive follows that makes a tavern or court of it: "King's Head"."""
        tokens = self.tokens
        return (
            end + 1 < len(tokens)
            and tokens[end].text in ("'s", "’s")
            and tokens[end + 1].text.lower() in _SIGNS
            and tokens[end + 1].text[0].isupper()
        )

    def _owned(self, i: int, owner: int) -> None:
        head, end, flags = self._head(i + 1)
        if head < 0:
            return
        key = look_up(self.tokens[head].text)[0]
        if key in _LOOSE or not flags & (F_KIN | F_TRADE | F_OFFICE):
            return
        if self.tokens[head].text[0].isupper() and not flags & F_KIN:
            return
        owner_span = self._both(owner).span
        kind: MentionKind = "kin" if flags & F_KIN else "office"
        self._put(
            Span(owner_span.start, self.tokens[end - 1].end),
            kind,
            self._describe(i + 1, end),
            f"mention:{owner}",
            evidence=("described", "possessive"),
        )

    def _bare(self, i: int) -> None:
        """Read a capitalised office without an article: telegrams, lists, appositives."""
        tokens = self.tokens
        head, end, flags = self._head(i)
        if head < 0 or not flags & F_OFFICE or not tokens[head].text[0].isupper():
            return
        if end < len(tokens) and self.words.joined(end - 1) and tokens[end].text[0].isupper():
            return
        before = tokens[i - 1] if i else None
        same_as = self._names_before(i, end)
        if same_as >= 0:
            self._put(
                Span(tokens[i].start, tokens[end - 1].end),
                "office",
                self._describe(i, end),
                "",
                same_as,
            )
            return
        key = look_up(tokens[head].text)[0]
        if key not in _BARE or self._is_sign(end):
            return
        if (
            before is not None
            and before.sentence == tokens[i].sentence
            and (before.text.lower() in _NOT_BEFORE or before.text in '-–/"“(')
        ):
            return
        self._add(i, end, "office", self._describe(i, end), "", ("described",))

    def _names_before(self, i: int, end: int) -> int:
        """Return the name that tokens `i` to `end` stand in apposition to, behind a comma or bracket.

        -1 where there is none, and where both are items of one list: "Eden, the envoy and Halifax".
        """
        tokens = self.tokens
        if i < 2 or tokens[i - 1].text not in (",", "("):
            return -1
        if "\n" in self.words.text[tokens[i - 2].end : tokens[i].start]:
            return -1
        owner = self.ends.get(tokens[i - 2].end, -1)
        if owner >= len(self.names) or (tokens[i - 1].text == "," and self._is_listed(end)):
            return -1
        return owner

    def _is_listed(self, end: int) -> bool:
        """Say whether "and" or "or" follows with no comma, at once or after one more description."""
        tokens = self.tokens
        if end + 1 >= len(tokens) or tokens[end].sentence != tokens[end - 1].sentence:
            return False
        if tokens[end].text.lower() in _JOINS:
            return not self._goes_on(end)
        if tokens[end].text != "," or tokens[end + 1].text.lower() not in _DETERMINERS:
            return False
        head, stop, _ = self._head(end + 2)
        return head >= 0 and stop < len(tokens) and tokens[stop].text.lower() in _JOINS

    def _goes_on(self, end: int) -> bool:
        """Say whether "and" belongs to the name of a body: "Director of Trade and Customs Board"."""
        tokens = self.tokens
        k = end + 1
        while k < len(tokens) and k - end < 5 and tokens[k].text[0].isupper() and self.words.joined(k - 1):
            if look_up(tokens[k].text)[1] & F_ORG_TAIL:
                return tokens[end - 1].text[0].isupper() and tokens[k].start not in self.taken
            k += 1
        return False

    def _describe(self, start: int, end: int) -> str:
        described = " ".join(t.text.lower().rstrip(".") for t in self.tokens[start:end])
        return KIN_HEADS.get(described, described)

    def _both(self, n: int) -> MentionCandidate:
        return self.names[n] if n < len(self.names) else self.roles[n - len(self.names)]

    def _add(
        self, start: int, end: int, kind: MentionKind, head: str, of: str, evidence: tuple[str, ...]
    ) -> None:
        tokens = self.tokens
        same_as = -1
        if start:
            place = tokens[start - 1].end
            if place in self.ends and tokens[start - 1].sentence == tokens[start].sentence:
                same_as = self.ends[place]
            else:
                same_as = self._names_before(start, end)
        if same_as >= len(self.names):
            same_as = -1
        self._put(Span(tokens[start].start, tokens[end - 1].end), kind, head, of, same_as, evidence=evidence)

    def _put(
        self,
        span: Span,
        kind: MentionKind,
        head: str,
        of: str,
        same_as: int = -1,
        *,
        evidence: tuple[str, ...] = ("described",),
    ) -> None:
        number = len(self.names) + len(self.roles)
        self.ends[span.end] = number
        for place in range(span.start, span.end):
            self.taken.setdefault(place, number)
        self.roles.append(
            MentionCandidate(
                span=span,
                kind=kind,
                head=head,
                of=of,
                same_as=same_as,
                evidence=evidence,
                sure=True,
                score=0.9,
            )
        )
