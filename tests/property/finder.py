"""A finder of findings for tests of the ledger: it takes every sentence that names somebody for a few.

It has nothing to do with how findings are found, so that these tests do not change with the reader.
"""

from __future__ import annotations

import dataclasses
import re

import legation.ledger.read
from legation.facts.candidates import AUTHOR, UNKNOWN, FindingCandidate, Party
from legation.facts.span import Span
from legation.facts.when import When

SENTENCE = re.compile(r"[^.;]+")
PLAIN = legation.ledger.read.read_document


def find(text, reading):
    """Return findings of each sentence: by whoever is named first in it, to whoever is named last."""
    found = []
    for sentence in SENTENCE.finditer(text):
        words = Span(sentence.start(), sentence.end())
        there = [n for n, m in enumerate(reading.mentions) if words.contains(m.span)]
        if not there:
            continue
        first, last = there[0], there[-1]
        other = AUTHOR if first == last else last
        told = words.end % 7
        score = 0.9 if told % 2 else 0.6
        pronoun = None if told < 4 else Span(words.start, words.start + 2)
        speaker = Party("speaker", first, "talk of two" if pronoun else "", pronoun)
        span = Span(reading.mentions[first].span.start, words.end)
        found.append(FindingCandidate("statement", span, (speaker, Party("addressee", other)), "reported", rule="s",
                                      score=score, status="denied" if told == 6 else "held"))  # fmt: skip
        if other != AUTHOR:
            found.append(FindingCandidate("statement", span, (Party("speaker", other), Party("addressee", AUTHOR)),
                                          "reported", rule="s", score=score))  # fmt: skip
            found.append(FindingCandidate("introduction", span, (Party("introducer", first),
                         Party("introduced", last), Party("introduced", AUTHOR)), rule="i", score=score))  # fmt: skip
        if told % 3 == 0:
            due = Span(words.end - 3, words.end)
            found.append(FindingCandidate("promise", span, (Party("by", first), Party("to", UNKNOWN)), rule="p",
                                          score=score, on=When("1939-03-20"), on_span=due))  # fmt: skip
        if told % 3 == 1:
            found.append(FindingCandidate("occasion", span, (Party("person", last),), what="illness", rule="o",
                                          score=score, on=When("1939-03"), on_span=None))  # fmt: skip
    return tuple(found)


def read_with_findings(*given):
    """Read a document as Legation does, with these findings in place of its own."""
    text, rendition, reading = PLAIN(*given)
    return text, rendition, dataclasses.replace(reading, findings=find(text, reading))
