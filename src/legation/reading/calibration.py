"""How sure a sign of company is: what was counted of each rule, and what the words around add or take.

A score is a probability that people were together as told (or meant to be), in log odds the sum of
the rule's own and of what speaks for or against this case. The rule's own is its count on texts that
were labelled or judged for it, smoothed by its first guess as by `PRIOR` more cases.
"""

from __future__ import annotations

import math

#: Right and seen, of each rule: held meetings in days of a diary. Of papers too few were labelled.
MEASURED: dict[str, tuple[int, int]] = {
    "and-I": (36, 42), "by-whom": (1, 1), "came": (21, 23), "comes": (2, 2), "found": (20, 24),
    "group-met": (3, 3), "I-told": (3, 16), "in-company": (19, 21), "item-to": (5, 5), "leave": (1, 1),
    "met": (13, 15), "noun-with": (4, 4), "our-talk": (1, 2), "phone": (3, 3), "pair": (2, 2),
    "spoke-to": (2, 2), "to-house": (15, 18), "to-me": (20, 21), "to-person": (23, 27),
    "told-me": (0, 3), "took": (19, 21), "visited": (17, 26), "was-there": (11, 14), "way": (13, 15),
    "we": (14, 20), "where": (9, 11), "with": (26, 29), "with-any": (17, 21), "with-us": (13, 13),
}  # fmt: skip
PRIOR = 6
#: Log odds of what was found around a sign.
ADDED = {
    # Only pronouns lead to the company.
    "inferred": -0.9,
    # Bare capital words that may be places.
    "doubtful": -1.1,
    # A couple at home is together all day.
    "household": -2.0,
    # "I saw P": from afar, it may be.
    "seen": -0.8,
    # Something that is meant comes to pass less often than it is read rightly.
    "planned": -1.0,
    "reported": -0.4,
    # Another sign of the same sitting.
    "joined": 0.3,
    # Speech with a day or a meal of its own.
    "occasion": 1.3,
    # "The possibility of talks between P and Q".
    "proposed": -2.0,
    "place": -0.7,
}
#: Log odds of what was found around a sign in a paper.
PAPER_ADDED = {
    # "My wife and I" of which nothing is told that people do together.
    "and-I": -1.5,
    # "P told Q" in a history, with a day of its own or without.
    "dated": 0.0,
    "undated": -0.4,
    # "P's talks with Q" of which no day is known: of some twenty looked at roughly four were wrong.
    "undated talk": -0.25,
    # "In his own talk with P", a probability, not odds.
    "had": 0.74,
    # "Further talks between P and Q" that somebody looks for.
    "to come": -0.7,
    # What is proposed in a paper, against what it takes elsewhere.
    "proposed": 1.2,
    # "The memorandum of P's conversation with Q" that was not told of before.
    "record": -0.35,
    # A conference with its day.
    "conference": 0.5,
}
#: What is less likely than this is no question worth asking.
FLOOR = 0.5


def rate(rule: str, guess: float) -> float:
    """Return the log odds of a rule, by its counts and the first guess of its probability."""
    right, seen = MEASURED.get(rule, (0, 0))
    share = (right + PRIOR * guess) / (seen + PRIOR)
    return math.log(share / (1 - share))


def to_score(odds: float) -> float:
    """Return a probability between .05 and .98 for log odds."""
    return round(max(0.05, min(0.98, 1 / (1 + math.exp(-odds)))), 3)


def add_odds(score: float, odds: float) -> float:
    """Return a score with log odds added."""
    return to_score(math.log(score / (1 - score)) + odds)
