"""Rows of the derived tables as stages see them, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable

from legation.facts.ids import derive_id
from legation.facts.judgement import SPELL, canonical
from legation.ledger.stages import Draft, ItemInfo, Row, Use


def info_of(row: Row) -> ItemInfo:
    """Return the item of a row of `items`."""
    return ItemInfo(
        row["item"], row["source"], row["path"], row["part"], row["document"], row["rendition"],
        row["kind"], row["author"], row["group_key"], row["written_on"], row["author_person"],
    )  # fmt: skip


def mention_row(info: ItemInfo, text: str, draft: Draft) -> Row:
    """Make a mention's row; nobody is assigned yet."""
    return {
        "mention": derive_id("m", info.item, draft.start, draft.end, draft.kind),
        "item": info.item,
        "number": draft.number,
        "start": draft.start,
        "end": draft.end,
        "quote": text[draft.start : draft.end],
        "kind": draft.kind,
        "form": draft.form,
        "block": draft.block,
        # What made it a mention stays known when an answer has put its own rule in place.
        "parts": canonical({**draft.parts, "rule": draft.rule}),
        "raw": "",
        "person": "",
        "state": "read",
        "rule": draft.rule,
        "score": draft.score,
    }


def use_of(row: Row) -> Use:
    """Return a mention with its item's group and date, as a stage sees it; `rule` is its draft's."""
    parts = json.loads(row["parts"])
    return Use(
        mention=row["mention"],
        item=row["item"],
        group=row["group_key"],
        written_on=row["written_on"],
        start=row["start"],
        end=row["end"],
        quote=row["quote"],
        kind=row["kind"],
        form=row["form"],
        parts=parts,
        rule=parts["rule"],
        document=row["document"],
        rendition=row["rendition"],
    )


def merge_map(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for every person who was merged into another who that is (the least id wins, cards first)."""
    parent: dict[str, str] = {}

    def root(person: str) -> str:
        while parent.get(person, person) != person:
            person = parent[person]
        return person

    for a, b in sorted(tuple(sorted(p)) for p in pairs):
        first, second = root(a), root(b)
        if first != second:
            parent[max(first, second)] = min(first, second)
    return {person: root(person) for person in parent if root(person) != person}


def cut_rows(values: list[str] | list[Row], size: int) -> Iterable[list]:  # type: ignore[type-arg]
    """Cut rows or names into lists of at most `size`."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def state_of(question: Row) -> str:
    """Return the state of a question that nobody put off: `open`, or `once` if it settles one use only.

    Who is meant by a form, or whether two people are one, is not worth a question of its own before
    the name comes up again; until then it can be answered where it stands.
    """
    if question["weight"] > 1 or question["kind"] not in ("who", "same"):
        return "open"
    subject = json.loads(question["subject"])
    if any(bound in subject for bound in SPELL):
        return "open"  # the answer on other days holds for many uses
    return "once" if "form" in subject or "a" in subject else "open"
