"""Every written SELECT on findings: statements, introductions, promises and occasions, as plain rows."""

# ruff: noqa: S608 - only constants of ours are put into statements; values go as parameters

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from legation.store.rows import KEYS, OCCASION_COLUMNS, OccasionRow, dates_between, keys, one, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from legation.store.tx import Tx

#: What counts as a fact: neither denied nor only planned, and nothing that waits or was rejected.
TOLD = "f.status IN ('held', 'reported') AND f.state IN ('read', 'sure')"


class FindingRow(NamedTuple):
    """A row of `findings` with the date of its item; -1 where a part has no words."""

    finding: str
    item: str
    start: int
    end: int
    quote: str
    kind: str
    mode: str
    what: str
    status: str
    on: str
    on_start: int
    on_end: int
    on_quote: str
    quotation_start: int
    quotation_end: int
    rule: str
    score: float
    state: str
    inferred: int
    written_on: str


class PartRow(NamedTuple):
    """A row of `finding_people`: who has which part, and by which words."""

    finding: str
    role: str
    position: int
    mention: str
    person: str
    how: str
    rule: str
    start: int
    end: int
    quote: str
    state: str


class AnyOccasionRow(NamedTuple):
    """An occasion of a card (`origin` "card") or told by a text ("text"), with a citation as JSON."""

    occasion: str
    person: str
    kind: str
    on: str
    item: str
    citation: str
    state: str
    origin: str

    @property
    def plain(self) -> OccasionRow:
        """The same as a row of `occasions`."""
        return OccasionRow(*self[:6])


FINDING_COLUMNS = (
    'f.finding, f.item, f.start, f."end", f.quote, f.kind, f.mode, f.what, f.status, f."on", f.on_start,'
    " f.on_end, f.on_quote, f.quotation_start, f.quotation_end, f.rule, f.score, f.state, f.inferred,"
    " i.written_on"
)
PART_COLUMNS = 'finding, role, position, mention, person, how, rule, start, "end", quote, state'
_FROM = "findings f JOIN items i ON i.item = f.item"


def load_item_findings(tx: Tx, item: str) -> list[FindingRow]:
    """Return all findings of an item, whatever their status and state, in order of the text."""
    found = rows(
        tx,
        f'SELECT {FINDING_COLUMNS} FROM {_FROM} WHERE f.item = ? ORDER BY f.start, f."end" DESC, f.finding',
        item,
    )
    return [FindingRow._make(r) for r in found]


def load_finding(tx: Tx, finding: str) -> FindingRow | None:
    """Return one finding."""
    found = rows(tx, f"SELECT {FINDING_COLUMNS} FROM {_FROM} WHERE f.finding = ?", finding)
    return FindingRow._make(found[0]) if found else None


def load_parts(tx: Tx, findings: Iterable[str]) -> dict[str, list[PartRow]]:
    """Return who has a part in each finding; those of one role follow on one another."""
    parts: dict[str, list[PartRow]] = {}
    for row in rows(
        tx,
        f"SELECT {PART_COLUMNS} FROM finding_people WHERE finding IN {KEYS} ORDER BY finding, role, position",
        keys(findings),
    ):
        parts.setdefault(row[0], []).append(PartRow._make(row))
    return parts


def find_findings(
    tx: Tx,
    *,
    kind: str = "",
    person: str = "",
    role: str = "",
    with_person: str = "",
    since: str = "",
    until: str = "",
    limit: int = 200,
    offset: int = 0,
) -> tuple[list[FindingRow], int]:
    """Return a page of what counts as told, the latest entry first, and their number.

    `kind` is statement, introduction, promise or occasion; `person` has a part in it, as `role`
    (speaker, addressee, introducer, introduced, by, to, person) where that is said; `with_person` has
    another. `since` and `until` bound the date of the entry.
    """
    source, where, values = _FROM, [TOLD], []
    if person:
        source = f"finding_people p CROSS JOIN {_FROM} AND f.finding = p.finding"
        where.append("p.person = ?")
        values.append(person)
        if role:
            where.append("p.role = ?")
            values.append(role)
    if with_person:
        where.append("f.finding IN (SELECT finding FROM finding_people WHERE person = ?)")
        values.append(with_person)
    if kind:
        where.append("f.kind = ?")
        values.append(kind)
    dated, more = dates_between("i.written_on", since, until)
    clause = " AND ".join(where + dated)
    values += more
    total = int(one(tx, f"SELECT count(DISTINCT f.finding) FROM {source} WHERE {clause}", *values))
    found = rows(
        tx,
        f"SELECT DISTINCT {FINDING_COLUMNS} FROM {source} WHERE {clause}"
        " ORDER BY i.written_on DESC, f.item, f.start, f.finding LIMIT ? OFFSET ?",
        *values,
        limit,
        offset,
    )
    return [FindingRow._make(r) for r in found], total


def find_promises(
    tx: Tx, *, until: str = "", since: str = "", by: str = "", to: str = "", undated: bool = False
) -> list[FindingRow]:
    """Return promises that are due from one day to another, the first due first.

    `by` and `to` are people; with `undated` promises without a day come too, last.
    """
    where, values = [TOLD, "f.kind = 'promise'"], []
    dated, more = dates_between('f."on"', since, until)
    clause = " AND ".join(dated) if dated else "f.\"on\" <> ''"
    where.append(f"({clause} OR f.\"on\" = '')" if undated else clause)
    values += more
    for role, person in (("by", by), ("to", to)):
        if person:
            where.append("f.finding IN (SELECT finding FROM finding_people WHERE role = ? AND person = ?)")
            values += [role, person]
    found = rows(
        tx,
        f"SELECT {FINDING_COLUMNS} FROM {_FROM} WHERE {' AND '.join(where)}"
        ' ORDER BY f."on" = \'\', f."on", f.finding',
        *values,
    )
    return [FindingRow._make(r) for r in found]


def load_all_occasions(tx: Tx, person: str = "", since: str = "", until: str = "") -> list[AnyOccasionRow]:
    """Return the occasions of cards and of texts together, of everybody or of one person.

    `since` and `until` (ISO dates) bound those of texts: cards' come round each year
    (`plan.occasions.next_return`). Planned ones count: a wedding is told before it is held. One of
    a text without a day of its own has `on` "".
    """
    one_person = " AND p.person = ?" if person else ""
    some: list[Any] = [person] if person else []
    where = " WHERE person = ?" if person else ""
    found = [
        AnyOccasionRow._make((*r, "read", "card"))
        for r in rows(tx, f"SELECT {OCCASION_COLUMNS} FROM occasions{where} ORDER BY occasion", *some)
    ]
    dated, values = dates_between('f."on"', since, until)
    told = rows(
        tx,
        "SELECT f.finding, p.person, f.what, f.\"on\", f.item, json_object('item', f.item, 'document',"
        " i.document, 'rendition', i.rendition, 'start', f.start, 'end', f.\"end\", 'quote', f.quote),"
        " f.state, 'text' FROM finding_people p CROSS JOIN findings f ON f.finding = p.finding"
        " AND f.kind = 'occasion' JOIN items i ON i.item = f.item"
        " WHERE p.role = 'person' AND p.person <> '' AND f.status IN ('held', 'reported', 'planned')"
        f" AND f.state IN ('read', 'sure'){one_person}{''.join(f' AND {d}' for d in dated)}"
        ' ORDER BY f."on", f.finding',
        *some,
        *values,
    )
    return found + [AnyOccasionRow._make(r) for r in told]
