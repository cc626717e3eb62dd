"""Occasions: birthday, wedding, birth, illness, death, bereavement, appointment, departure, arrival."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from legation.reading.lexicon.milestones import HEADS
from legation.reading.occasion_illness import read_illness
from legation.reading.occasion_life import read_birth, read_birthday, read_death, read_wedding
from legation.reading.occasion_look import Look
from legation.reading.occasion_moves import read_arrival, read_departure
from legation.reading.occasion_posts import read_appointment
from legation.reading.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable

    from legation.facts.candidates import (
        FindingCandidate,
    )

_READERS: Final[dict[str, Callable[[Look, int], None]]] = {
    "death": read_death,
    "wedding": read_wedding,
    "birth": read_birth,
    "birthday": read_birthday,
    "illness": read_illness,
    "appointment": read_appointment,
    "departure": read_departure,
    "arrival": read_arrival,
}


def find_occasions(scene: Scene) -> tuple[FindingCandidate, ...]:
    """Find the occasions that a text tells of; `on` is the day on which one fell or will fall."""
    look = Look(scene)
    for i, word in enumerate(look.low):
        head = HEADS.get(word)
        if head is not None:
            _READERS[head](look, i)
            if word == "bed":
                read_illness(look, i)
    return _distinct(look.found)


def _distinct(found: list[FindingCandidate]) -> tuple[FindingCandidate, ...]:
    """Of two signs of one kind for one person over the same words keep the surer."""
    out: list[FindingCandidate] = []
    for finding in sorted(found, key=lambda f: (f.span.start, f.span.end)):
        for n in range(len(out) - 1, max(-1, len(out) - 5), -1):
            other = out[n]
            if (
                other.what == finding.what
                and other.span.overlaps(finding.span)
                and other.parties[0].mention == finding.parties[0].mention
            ):
                if finding.score > other.score:
                    out[n] = finding
                break
        else:
            out.append(finding)
    return tuple(out)
