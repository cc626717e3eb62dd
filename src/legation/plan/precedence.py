"""Ranks by office and title, where nobody has set any: a plain order to begin with.

Every house has its own order of precedence; a seating file sets one with `offices` or `rank`. This
one only spares the first draft: heads of state, of government, foreign ministers, ministers,
ambassadors, envoys, deputies, counsellors, members of a parliament, then titles of nobility.
"""

from __future__ import annotations

import re

#: What an office says, in order; the first that is found gives the rank. Ten between two leaves room.
_OFFICES: tuple[tuple[int, str], ...] = (
    (75, r"\b(vice|deputy|under|assistant|acting)\b.*\b(minister|secretary|commissar|president)\b"),
    (75, r"\b(under|vice|deputy)-?(secretary|minister|commissar|president)\b|\bminister of state\b"),
    (80, r"\bcounsell?or\b|\bcharg[ée]\b|\bsecretary of (the )?(embassy|legation)\b|\bfirst secretary\b"),
    (50, r"\bambassad(or|ress)\b|\bhigh commissioner\b"),
    (60, r"\benvoy\b|\bminister (in|to|at)\b"),
    (10, r"^(the )?(king|queen|emperor|empress|tsar|sultan|shah|pope)\b"),
    (10, r"^(the )?president( of (?!the (board|council|senate|court))|$)"),
    (40, r"\bchancellor of the (exchequer|duchy)\b|\blord chancellor\b"),
    (20, r"\bprime minister\b|\bpremier\b|\bchancellor\b|\bhead of government\b"),
    (30, r"\bforeign (secretary|minister)\b|\b(for|of) foreign affairs\b|\bsecretary of state$"),
    (40, r"\bminister (of|for|without)\b|\bsecretary (of state )?(for|of)\b|\bcommissar\b"),
    (40, r"\bhome secretary\b|\bpresident of the (board|council)\b"),
    (40, r"\bfirst lord of\b|\blord (president|privy seal)\b|\battorney[- ]general\b|\bminister$"),
    (90, r"\bmember of parliament\b|\b(mp|m\.p\.|senator|deputy|congress(man|woman))\b"),
)  # fmt: skip
_TITLES: tuple[tuple[int, str], ...] = (
    (15, r"(prince|princess|archduke|archduchess)"),
    (62, r"(duke|duchess)"),
    (64, r"(marquess|marquis|marchioness)"),
    (66, r"(earl|countess|count)"),
    (68, r"(viscount|viscountess)"),
    (70, r"(lord|lady|baron|baroness)"),
    (85, r"(sir|dame)"),
)
#: What was held once gives no rank any more.
_PAST = re.compile(r"\b(former|formerly|late|retired|sometime|ex)\b")
_FOUND_OFFICES = tuple((rank, re.compile(pattern)) for rank, pattern in _OFFICES)
_FOUND_TITLES = tuple((rank, re.compile(rf"(the )?{pattern}\b")) for rank, pattern in _TITLES)


def rank_of(office: str, name: str = "") -> int:
    """Return a rank (10 is before 20) by office, else by the title that a name begins with; 0 for none."""
    folded = " ".join(office.casefold().split())
    held = "" if _PAST.search(folded) else folded
    ranks = [rank for rank, pattern in _FOUND_OFFICES if pattern.search(held)][:1]
    titled = " ".join(name.casefold().split())
    ranks += [rank for rank, pattern in _FOUND_TITLES if pattern.match(titled)][:1]
    return min(ranks, default=0)
