"""A seating task as a seating file, to be completed by hand (docs/formats/seating.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable

from legation.plan.seating import WEIGHTS, SeatingTask

_HEAD = """\
# Who sits where. Complete ranks, languages and wishes, then: legation seat THIS-FILE
# rank: 1 is the first guest; equal ranks are allowed, 0 or none is no rank.
# [[apart]] people = ["A", "B"], from = "table", "beside" or "sight"; [[together]] people, at, weight.
"""


def write_seating(task: SeatingTask) -> str:
    """Return the text of a seating file that reads as this task."""
    lines = [_HEAD]
    if task.title:
        lines.append(f"title = {_text(task.title)}")
    if task.giver:
        lines.append(f"giver = {_text(task.giver)}")
    lines += [
        f"couples = {_text(task.couples)}",
        f"alternate = {'true' if task.alternate else 'false'}",
        f"precedence = {_text(task.order)}",
    ]
    changed = {k: v for k, v in task.weights.items() if v != WEIGHTS.get(k)}
    if changed:
        lines += ["", "[weights]", *(f"{k} = {v:g}" for k, v in changed.items())]
    for table in task.tables:
        lines += ["", "[[table]]", f"name = {_text(table.name)}", f"seats = {table.seats}"]
        lines += [f"shape = {_text(table.shape)}"]
        lines += _set(("host", table.host), ("hostess", table.hostess))
        if table.hosts_at != "ends":
            lines.append(f"hosts = {_text(table.hosts_at)}")
        if table.honour != 1:
            lines.append(f"honour = {table.honour}")
    for diner in task.diners:
        lines += ["", "[[guest]]", f"name = {_text(diner.name)}"]
        if diner.rank:
            lines.append(f"rank = {diner.rank}")
        lines += _set(("office", diner.office), ("sex", diner.sex), ("partner", diner.partner))
        if diner.languages:
            lines.append(f"languages = {_texts(sorted(diner.languages))}")
        if diner.interprets:
            lines.append("interpreter = true")
        if diner.interprets_for:
            lines.append(f"interprets_for = {_texts(diner.interprets_for)}")
        lines += _set(("table", diner.table), ("person", diner.person))
    for never in task.never:
        lines += ["", "[[apart]]", f"people = {_texts((never.first, never.second))}"]
        sight = (never.first, never.second) in task.unkept and never.where == "beside"
        lines.append(f"from = {_text('sight' if sight else never.where)}")
    for near in task.near:
        lines += ["", "[[together]]", f"people = {_texts((near.first, near.second))}"]
        lines += [f"at = {_text(near.where)}", f"weight = {near.weight:g}"]
    return "\n".join(lines) + "\n"


def _set(*pairs: tuple[str, str]) -> list[str]:
    return [f"{key} = {_text(value)}" for key, value in pairs if value]


def _text(value: str) -> str:
    """Return a basic string of TOML: JSON's, but for the one character that TOML alone forbids."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _texts(values: Iterable[str]) -> str:
    return f"[{', '.join(_text(v) for v in values)}]"
