"""Views as versioned plain values (docs/formats): what `--json` prints."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from legation.report import plan_views, views

VERSION = 1

#: Which view is which output.
KINDS: Mapping[type, str] = {
    views.TodayView: "today",
    views.BriefView: "brief",
    views.EntryView: "entry",
    views.SearchView: "search",
    views.QuestionView: "question",
    views.EncounterView: "encounter",
    plan_views.PlanView: "plan",
    plan_views.EffectView: "effect",
}
#: Keys of a view that would hide the output's own `kind`.
RENAMED: Mapping[type, Mapping[str, str]] = {
    views.EntryView: {"kind": "item_kind"},
    views.SearchView: {"kind": "only_kind"},
    views.QuestionView: {"kind": "asks"},
}
#: Fields that are pairs or triples: the names of their parts.
PARTS: Mapping[tuple[type, str], tuple[str, ...]] = {
    (views.TodayView, "unused"): ("name", "reason"),
    (views.BriefView, "with_people"): ("person", "encounters"),
    (views.BriefView, "months"): ("month", "encounters"),
    (views.BriefView, "course"): ("on", "closeness"),
    (views.EntryView, "problems"): ("code", "message", "hint"),
    (views.WaitingView, "topics"): ("topic", "questions", "settles"),
    (views.SearchView, "kinds"): ("kind", "count"),
}
#: Fields that are one pair or nothing.
PAIR: Mapping[tuple[type, str], tuple[str, ...]] = {
    (views.EntryView, "previous"): ("item", "title"),
    (views.EntryView, "next"): ("item", "title"),
}


def plain(value: Any) -> Any:
    """Return a view, or anything that views hold, as dicts, lists and plain values."""
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    return {name: make(getattr(value, name)) for name, make in _fields(type(value))}  # type: ignore[arg-type]


@cache
def _fields(kind: Any) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """Return the fields of a view with what makes each plain."""
    return tuple((f.name, _maker(kind, f.name)) for f in dataclasses.fields(kind))


def _maker(kind: Any, name: str) -> Callable[[Any], Any]:
    if (kind, name) in PARTS:
        parts = PARTS[kind, name]
        return lambda value: [dict(zip(parts, map(plain, row), strict=True)) for row in value]
    if (kind, name) in PAIR:
        pair = PAIR[kind, name]
        return lambda value: None if value is None else dict(zip(pair, map(plain, value), strict=True))
    return plain


def to_json(view: Any) -> dict[str, Any]:
    """Return a view as its versioned output: `version`, `kind`, then its own keys.

    Raises:
        TypeError: it is no view that is an output of its own.
    """
    kind = KINDS.get(type(view))
    if kind is None:
        message = f"{type(view).__name__} is no output of its own"
        raise TypeError(message)
    names = RENAMED.get(type(view), {})
    return {
        "version": VERSION,
        "kind": kind,
        **{names.get(k, k): v for k, v in plain(view).items()},
    }


def list_to_json(kind: str, rows: Sequence[Any], total: int) -> dict[str, Any]:
    """Return a page of a list (`people`, `encounters`, `entries`, `statements` …) and their number."""
    return {"version": VERSION, "kind": kind, "total": total, kind: [plain(row) for row in rows]}


def questions_to_json(rows: Sequence[Any], total: int, waiting: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of questions, their number, and what waits by topic."""
    return {**list_to_json("questions", rows, total), "waiting": waiting}


def explain_to_json(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `explain` told, under `fact`."""
    return {"version": VERSION, "kind": "explain", "fact": plain(told)}
