"""Written SELECTs for the lists of what was said, promised and introduced."""

# ruff: noqa: S608 - only constants of ours are put into statements; values go as parameters

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from legation.store.findings import FINDING_COLUMNS, TOLD, FindingRow
from legation.store.rows import dates_between, one, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from legation.store.tx import Tx

_FROM = "findings f JOIN items i ON i.item = f.item"


def find_told(
    tx: Tx,
    *,
    kind: str,
    parts: Iterable[tuple[str, str]] = (),
    words: str = "",
    since: str = "",
    until: str = "",
    limit: int,
    offset: int = 0,
) -> tuple[list[FindingRow], int]:
    """Return a page of findings of one kind that count, the latest entry first, and their number.

    `parts` are (role, person), all of which hold (any role where it is ""); `words` stand in the
    finding's own, each of them, whatever its case; `since` and `until` bound the entry's date.
    """
    where, values = [TOLD, "f.kind = ?"], [kind]
    for role, person in parts:
        one_role = " AND role = ?" if role else ""
        where.append(f"f.finding IN (SELECT finding FROM finding_people WHERE person = ?{one_role})")
        values += [person, role] if role else [person]
    for word in words.split():
        where.append("f.quote LIKE ? ESCAPE '\\'")
        values.append(f"%{_plain(word)}%")
    dated, more = dates_between("i.written_on", since, until)
    return _page(tx, where + dated, [*values, *more], limit, offset, "i.written_on DESC, f.item, f.start")


def find_promised(
    tx: Tx,
    *,
    parts: Iterable[tuple[str, str]] = (),
    since: str = "",
    until: str = "",
    undated: bool = False,
    written_until: str = "",
    limit: int,
    offset: int = 0,
) -> tuple[list[FindingRow], int]:
    """Return a page of promises that count, and their number: the first due first, then those without a day.

    `since` and `until` bound the day that they are due; `undated` takes in those without one.
    """
    where, values = [TOLD, "f.kind = 'promise'"], []
    for role, person in parts:
        where.append("f.finding IN (SELECT finding FROM finding_people WHERE person = ? AND role = ?)")
        values += [person, role]
    dated, more = dates_between('f."on"', since, until)
    if dated:
        clause = " AND ".join(dated)
        where.append(f"({clause} OR f.\"on\" = '')" if undated else clause)
        values += more
    elif not undated:
        where.append("f.\"on\" <> ''")
    if written_until:
        where.append("i.written_on <= ?")
        values.append(f"{written_until}~")
    order = 'f."on" = \'\', f."on", i.written_on DESC, f.item, f.start'
    return _page(tx, where, values, limit, offset, order)


def _page(
    tx: Tx, where: list[str], values: list[Any], limit: int, offset: int, order: str
) -> tuple[list[FindingRow], int]:
    clause = " AND ".join(where)
    total = int(one(tx, f"SELECT count(*) FROM {_FROM} WHERE {clause}", *values))
    found = rows(
        tx,
        f"SELECT {FINDING_COLUMNS} FROM {_FROM} WHERE {clause} ORDER BY {order}, f.finding LIMIT ? OFFSET ?",
        *values,
        limit,
        offset,
    )
    return [FindingRow._make(r) for r in found], total


def _plain(word: str) -> str:
    """Return a word in which the signs of a pattern stand for themselves."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
