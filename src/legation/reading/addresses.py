"""Names as mail and calendars print them: `"Halifax, Lord" <h@fo.example>` and the like."""

from __future__ import annotations

import re

from legation.facts.candidates import MentionCandidate
from legation.facts.span import Span

_TITLES = frozenset(
    "mr mrs ms miss mx sir dame lord lady dr prof professor rev reverend hon amb ambassador gen "
    "general col colonel maj major capt captain lt sgt adm admiral baron baroness count countess "
    "prince princess duke duchess herr frau monsieur madame mme mlle m señor señora sr sra signor "
    "signora don doña pan pani г-н г-жа".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv esq phd md kbe obe cbe mbe kcmg gcmg cmg qc kc mp".split())
_PARTICLES = frozenset(
    "von van de der den del della di da du la le ten ter zu zur dos das af av bin ibn al el".split()
)
#: Words that stand before the `@` or in a display name where no person does.
_NOBODY = re.compile(
    r"\b(no-?reply|do-?not-?reply|mailer-daemon|postmaster|newsletter|notifications?|undisclosed|"
    r"recipients?|list|lists|announce|support|info|admin|team|bot|devel|users)\b",
    re.I,
)


def clean_name(name: str) -> str:
    """Return a display name without quotes, comments and needless white space; "" if it is none."""
    name = re.sub(r"\s*\([^()]*\)\s*$", "", name[:1000])
    name = " ".join(name.split()).strip("\"' ")
    return "" if "@" in name or not any(c.isalpha() for c in name) else name


def split_name(name: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Take a display name apart: titles (lower case, no dots), given names, surname.

    `Halifax, Lord Edward` is turned round; particles stay with the surname.
    """
    head, comma, tail = name.partition(",")
    if comma and tail.strip() and tail.strip(" .").lower() not in _SUFFIXES:
        name = f"{tail.strip()} {head.strip()}"
        family = len(head.split())
    else:
        name, family = head, 1
    words = [word for word in name.split() if any(c.isalnum() for c in word)]
    titles = []
    while len(words) > 1 and words[0].strip(".").lower() in _TITLES:
        titles.append(words.pop(0).strip(".").lower())
    while len(words) > 1 and words[-1].strip(".").replace(".", "").lower() in _SUFFIXES:
        words.pop()
    first = max(len(words) - family, 0)
    while 1 < first + 1 <= len(words) and first > 1 and words[first - 1].lower() in _PARTICLES:
        first -= 1
    return tuple(titles), tuple(w.strip(".") for w in words[:first]), " ".join(words[first:])


def make_mention(name: str, start: int, end: int) -> MentionCandidate:
    """Make the mention of a person whom a header prints at a span."""
    titles, given, surname = split_name(name)
    common = any(word[:1].islower() and word not in _PARTICLES for word in given)
    person = bool(given or titles) and not common and _NOBODY.search(name) is None
    evidence = ("header", "given") if given else ("header",)
    return MentionCandidate(
        Span(start, end),
        "name",
        titles=titles,
        given=given,
        surname=surname,
        evidence=evidence,
        sure=person,
        score=0.95 if person else 0.4,
    )
