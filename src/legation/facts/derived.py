"""Derived facts: rows that code makes from documents, arrivals and judgements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from legation.facts.span import Citation
from legation.facts.when import When

#: read: by rule, not yet confirmed; sure: confirmed by a person; ask: waits as a question;
#: contra: accounts differ; rejected: a person said no.
State = Literal["read", "sure", "ask", "contra", "rejected"]


@dataclass(frozen=True, slots=True)
class FormUse:
    """One way in which one diary or volume names somebody, with where it stands.

    `form` is the folded key (`titles|given|surname`, see `people.register`); `shown` the spelling
    most often used; `items` the items that hold it, each with the number of uses.
    """

    group: str
    form: str
    shown: str
    titles: tuple[str, ...]
    given: tuple[str, ...]
    surname: str
    items: tuple[tuple[str, int], ...]
    first: tuple[str, str, int] = ("", "", 0)


@dataclass(frozen=True, slots=True)
class Office:
    """A post held from–to by a person; open ends are None."""

    name: str
    start: When | None
    end: When | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Question:
    """Something uncertain that waits for a person.

    `kind` is one of who, same, office, reading, participants, anchor. `subject` is the subject
    of the judgement that answers it. `options` are (key, label, value): the key that answers,
    what it says, and the judgement's value. `weight` counts what the answer unlocks.
    """

    id: str
    kind: str
    prompt: str
    subject: dict[str, Any]
    options: tuple[tuple[str, str, dict[str, Any]], ...]
    citations: tuple[Citation, ...]
    weight: int
    group: str = ""
