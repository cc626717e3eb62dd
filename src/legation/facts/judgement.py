"""What a person decided: judgements, and the anchors that they point at."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from legation.facts.candidates import PartyRole
from legation.facts.ids import derive_id

JudgementKind = Literal["identify", "same", "reading", "defer", "retract"]
CONTEXT = 24
#: Bounds of the days for which an answer holds, of two answers the later word.
SPELL = ("from", "until", "after", "before")
#: Parts that people have in findings, by kind, the first party first: who speaks, promises, introduces,
#: whose occasion it is.
FINDING_ROLES: dict[str, tuple[PartyRole, ...]] = {
    "statement": ("speaker", "addressee"),
    "introduction": ("introducer", "introduced"),
    "promise": ("by", "to"),
    "occasion": ("person",),
}
PARTY_OF = {kind: roles[0] for kind, roles in FINDING_ROLES.items()}


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """A place in an item that survives editing: the quote, its context and its occurrence.

    `before` and `after` are up to 24 code points around the quote; `occurrence` counts equal
    quotes in the item from 0. Judgements point at anchors, never at derived rows.
    """

    item: str
    quote: str
    before: str = ""
    after: str = ""
    occurrence: int = 0

    @classmethod
    def at(cls, item: str, text: str, start: int, end: int) -> Anchor:
        """Make the anchor of a span of an item's text."""
        quote = text[start:end]
        before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        occurrence, at = 0, text.find(quote)
        while 0 <= at < start:
            occurrence, at = occurrence + 1, text.find(quote, at + 1)
        return cls(item, quote, before, after, occurrence)

    def find(self, text: str) -> int | None:
        """Return where the quote stands in the text now, or None where that cannot be said.

        The place with the same context wins; else the same occurrence, provided that as many
        context characters as half of them still agree; else the only place there is.
        """
        places: list[int] = []
        at = text.find(self.quote)
        while at >= 0:
            if not self._cuts_word(text, at):
                places.append(at)
            at = text.find(self.quote, at + 1)
        if not places:
            return None
        scored = sorted(
            ((self._agree(text, p), -abs(n - self.occurrence), p) for n, p in enumerate(places)),
            reverse=True,
        )
        best = scored[0]
        full = len(self.before) + len(self.after)
        if best[0] * 2 >= full and (len(scored) == 1 or scored[1][:2] != best[:2]):
            return best[2]
        return places[0] if len(places) == 1 and full == 0 else None

    def _cuts_word(self, text: str, place: int) -> bool:
        """Say whether the quote stands inside a longer word here, as it did not before.

        "Lady Brown" is not to be found again in "Lady Browning".
        """
        end = place + len(self.quote)
        first, last = self.quote[:1].isalnum(), self.quote[-1:].isalnum()
        longer = last and text[end : end + 1].isalnum() and not self.after[:1].isalnum()
        return longer or (
            first and text[max(0, place - 1) : place].isalnum() and not self.before[-1:].isalnum()
        )

    def _agree(self, text: str, place: int) -> int:
        """Count context characters that agree outward from the quote at `place`."""
        left = text[max(0, place - len(self.before)) : place]
        right = text[place + len(self.quote) : place + len(self.quote) + len(self.after)]
        count = 0
        for mine, theirs in zip(reversed(self.before), reversed(left), strict=False):
            if mine != theirs:
                break
            count += 1
        for mine, theirs in zip(self.after, right, strict=False):
            if mine != theirs:
                break
            count += 1
        return count

    def to_json(self) -> dict[str, Any]:
        """Return the anchor as plain values."""
        return {
            "item": self.item,
            "quote": self.quote,
            "before": self.before,
            "after": self.after,
            "occurrence": self.occurrence,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Anchor:
        """Read what `to_json` wrote."""
        return cls(value["item"], value["quote"], value["before"], value["after"], int(value["occurrence"]))


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision of a person, append-only; `subject` and `value` are plain JSON values.

    identify  subject {"group", "form"} (every use of a name form in one diary or volume) or
              {"anchor"} (one mention); value {"person": PersonRef} | {"new": name} |
              {"nobody": true}. The owner is {"self": true}. With a person, "all": true says that
              whoever bears that surname in the group, and can be that person, is. Of a form, subject
              or value may bound the days of writing: "from" and "until" (the last and first days
              within), "after" and "before" (those next to it); ISO dates. A judgement without bounds
              wipes out bounded ones before it; of two that overlap the later one holds.
              Answers that join people hold in "ids" the ids that these had, which lead on. One that
              takes a mention from a person holds in "leaves" an Anchor that is that person's still,
              and in "was" the id, which leads on: what was said before of the person at the mention stays.
    same      subject {"a": PersonRef, "b": PersonRef}; value {"same": bool}: merge or keep apart.
              {"same": true, "renamed": "a" | "b", "from": date}: one person, who bears the name under
              which the one reference stands from that day on.
    reading   subject {"fact": kind, "anchor": Anchor}; value {"verdict": "confirm" | "reject"} or
              {"verdict": "correct", field: value, …}. A confirmation holds in "as" the fields that it
              confirmed. Of a finding (statement, introduction, promise, occasion) the subject says
              also "party": the Anchor of its first party's name, "author" or "unknown"; of an
              occasion "what" it was read as; and roles are corrected with lists of PersonRefs.
    defer     subject {"question": subject of the question}; value {"until": "later" | "never"}.
    retract   subject {"judgement": id}: undo.

    PersonRef is {"card": uid}, {"anchor": Anchor} or {"self": true}. `previous` is the id of the
    judgement before it on the same subject, so that saying a thing twice gives two records.
    `person` is the id which that answer made durable (of `same`, that of "a").
    `made_at` (ISO instant) and `seq` are left out of the id.
    """

    kind: JudgementKind
    subject: dict[str, Any]
    value: dict[str, Any]
    by: str
    previous: str = ""
    person: str = ""
    made_at: str = ""
    seq: int = 0
    #: The id on record of a judgement whose references were followed (see "leaves"), else "".
    record: str = ""

    @property
    def id(self) -> str:
        """The content hash of the judgement as it was made."""
        return self.record or derive_id(
            "j",
            self.kind,
            canonical(self.subject),
            canonical(self.value),
            self.by,
            self.previous,
            self.person,
        )


def canonical(value: object) -> str:
    """Return the one JSON text of a plain value: sorted keys, no spaces, no escapes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
