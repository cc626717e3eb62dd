"""What a text tells beside encounters: statements, introductions, promises and occasions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legation.reading.introductions import find_introductions
from legation.reading.occasions import find_occasions
from legation.reading.promises import find_promises
from legation.reading.statements import find_statements

if TYPE_CHECKING:
    from legation.facts.candidates import FindingCandidate
    from legation.reading.scene import Scene


def find_findings(scene: Scene) -> tuple[FindingCandidate, ...]:
    """Find all of them, in order of the text; `Party.mention` indexes the scene's mentions."""
    found = [
        *find_statements(scene),
        *find_introductions(scene),
        *find_promises(scene),
        *find_occasions(scene),
    ]
    return tuple(sorted(found, key=lambda f: (f.span.start, f.span.end, f.kind, f.rule)))
