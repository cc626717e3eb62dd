"""Patterns of meeting people that diaries have: dealings in shops, and people who are gone to.

They are tried beside those of `encounter_rules`; groups and masks are the same.
"""

from __future__ import annotations

from legation.reading.patterns import ADV, LEAD, NAMED, P, Rule, make_rule

DIARY_RULES: tuple[Rule, ...] = (
    make_rule(
        "to-them",
        r"\b(?P<v>went|go|goes|came|come|comes|repaired|returned|rode|walked|up|down|back|in|over)"
        r" (?:(?:in|up|down|over|back|out|thither|again) )*(?:un)?to (?P<w>(?:him|them|her(?=[^\w ]|$"
        r"| (?:and|to|at|in|about"
        r"|again|with)\b))(?![\w'’]))",
        "visit",
        0.66,
        "to him|to her|to them",
        lead=r"(?:^|[.,;] |\b(?:I|so|and|then|who|we|did) )$",
    ),
    make_rule(
        "dealt",
        rf"\b(?P<v>bought|buy|paid|hired|borrow|borrowed|received|bespoke)(?:(?<=paid)|(?<=hired)"
        rf"|(?: [^.;,{P}]{{2,44}}?)?"
        rf" (?:of|from)) (?:one |my |the |a )?(?P<w>{NAMED})(?!['’]| (?:for|by|and [A-Za-z]+['’]s)\b)",
        "",
        0.62,
        "bought|buy|paid|hired|borrowed|received|bespoke",
        lead=r"(?:^|[.,;:] |(?<!that )(?<!which )\bI (?:did )?|\b(?:and|then|there|so|to) )(?:\w+ly "
        r"|of [^.;,]{0,30} )?$",
    ),
    make_rule(
        "whom",
        rf"(?P<s>{LEAD})[.;,]? (?:[Tt]o|[Ww]ith|[Bb]y) whom,? (?:[a-z ]{{0,20}}, )?(?:I|we) (?:did )?{ADV}"
        r"(?P<v>(?!sent|wrote|send|hear)[a-z]+)",
        "",
        0.8,
        " whom",
        mutual=True,
        anchor=r" whom,? ",
        back=60,
    ),
)
