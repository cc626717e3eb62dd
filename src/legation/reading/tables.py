"""Address lists as tables: comma, semicolon or tab between the columns, a header on top.

Columns are understood by their headings, in the wording of the usual programs (Google, Outlook,
Thunderbird, telephones) and of the larger European languages; the user's mapping wins. A row's
fields are those of a card (`cards`). A mapping gives for each column a field:

* `fn`, `nickname`, `email`, `tel`, `org`, `title`, `role`, `bday`, `note`, `url`, `categories`,
  `uid`, `x-legation-office` … — any property of a card;
* `n.family`, `n.given`, `n.additional`, `n.prefix`, `n.suffix`; `org.unit`; `adr.box`,
  `adr.extended`, `adr.street`, `adr.city`, `adr.region`, `adr.code`, `adr.country`;
  `bday.year`, `bday.month`, `bday.day`;
* each with types after a semicolon (`tel;home;fax`, `adr.city;work`); `-` for not to be read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from legation.facts.candidates import CardField, Reading
from legation.facts.problem import Problem
from legation.facts.span import Span
from legation.reading.cards import (
    STRUCTURED,
    display_name,
    escape,
    find_field,
    join_components,
    make_unique,
)
from legation.reading.columns import guess_field

_DELIMITERS = ",;\t|"
_N = ("n.family", "n.given", "n.additional", "n.prefix", "n.suffix")
_ADR = (
    "adr.box",
    "adr.extended",
    "adr.street",
    "adr.city",
    "adr.region",
    "adr.code",
    "adr.country",
)
_SEPARATOR_LINE = re.compile(r"\ufeff?sep=([^\r\n])(?:\r\n|\n|\r)", re.I)
#: Bounded, so that a long cell costs no more than its length.
_MAIL = re.compile(r"[^\s@,;]{1,64}@[^\s@,;]{1,255}\.[^\s@,;]{1,63}")
_PHONE = re.compile(r"[+(]?\d[\d\s()/.-]{5,}")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row with its place in the text, quotation marks included."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TableHead:
    """How a table is written: its headings, what parts its columns, where its first row begins.

    `named` is False where the first record is a row already; the headings are then `1`, `2` …
    """

    header: tuple[str, ...]
    delimiter: str
    end: int
    named: bool = True


def iter_records(text: str, delimiter: str, start: int = 0) -> Iterable[tuple[int, int, tuple[Cell, ...]]]:
    """Yield the records from `start` on: (first, end with the line ending, cells).

    The dialect is that of the standard `csv` module's default reader with this delimiter: a cell
    that begins with a quotation mark goes on to the next single one, line ends included; two mean
    one; an open quotation goes on to the end of the text. Lines without any character are left out.
    """
    position, length = start, len(text)
    while position < length:
        if text[position] in "\r\n":
            blank = _BLANK.match(text, position)
            position = blank.end() if blank else length
            continue
        begin = position
        cells: list[Cell] = []
        while True:
            cell, position = _read_cell(text, position, delimiter)
            cells.append(cell)
            if position < length and text[position] == delimiter:
                position += 1
                continue
            break
        if text.startswith("\r\n", position):
            position += 2
        elif position < length:
            position += 1
        if len(cells) > 1 or cells[0].end > cells[0].start:
            yield begin, position, tuple(cells)


def _read_cell(text: str, position: int, delimiter: str) -> tuple[Cell, int]:
    start = position
    pieces: list[str] = []
    if text.startswith('"', position):
        position += 1
        while True:
            quote = text.find('"', position)
            if quote < 0:
                pieces.append(text[position:])
                return Cell("".join(pieces), start, len(text)), len(text)
            pieces.append(text[position:quote])
            position = quote + 1
            if not text.startswith('"', position):
                break
            pieces.append('"')
            position += 1
    match = _stop(delimiter).search(text, position)
    end = match.start() if match else len(text)
    pieces.append(text[position:end])
    return Cell("".join(pieces), start, end), end


_BLANK = re.compile(r"[\r\n]+")
_STOPS = {mark: re.compile(f"[{re.escape(mark)}\r\n]") for mark in _DELIMITERS}


def _stop(delimiter: str) -> re.Pattern[str]:
    return _STOPS.get(delimiter) or re.compile(f"[{re.escape(delimiter)}\r\n]")


def read_table_head(text: str) -> TableHead:
    """Find the delimiter and the headings of a table; a text without columns has one column."""
    start = 0
    separator = _SEPARATOR_LINE.match(text)
    if separator:
        start, delimiter = separator.end(), separator.group(1)
    else:
        delimiter = _find_delimiter(text)
    for _, end, cells in iter_records(text, delimiter, start):
        values = tuple(cell.value.strip().lstrip("\ufeff") for cell in cells)
        if any(_MAIL.search(value) or _PHONE.fullmatch(value) for value in values):
            numbers = tuple(str(number) for number in range(1, len(values) + 1))
            return TableHead(numbers, delimiter, start, named=False)
        return TableHead(values, delimiter, end)
    return TableHead((), delimiter, len(text))


def _find_delimiter(text: str) -> str:
    """Return the mark that gives the first records the most columns, and all the same number."""
    best, best_score = ",", 0.0
    sample = text[:65536]
    for mark in _DELIMITERS:
        counts = []
        for _, _, cells in iter_records(sample, mark):
            counts.append(len(cells))
            if len(counts) == 20:
                break
        if counts and counts[0] > 1:
            score = counts[0] * sum(count == counts[0] for count in counts) / len(counts)
            if score > best_score:
                best, best_score = mark, score
    return best


def split_rows(text: str) -> tuple[tuple[str, int, int], ...]:
    """Cut a table into rows: (part name, start, end), tiling the text exactly.

    A part is named by its first e-mail address (`email:`), else its name (`name:`), else `row-N`;
    so a row keeps its name when others are added above it. The headings belong to the first row.
    """
    if not text:
        return ()
    head = read_table_head(text)
    mapping = guess_columns(head.header)
    starts: list[int] = []
    names: list[str] = []
    for begin, _, cells in iter_records(text, head.delimiter, head.end):
        if not any(cell.value.strip() for cell in cells):
            continue
        starts.append(begin)
        names.append(_name_row(cells, head.header, mapping, len(starts)))
    if not starts:
        return (("row-1", 0, len(text)),)
    starts[0] = 0
    return tuple(zip(make_unique(names), starts, [*starts[1:], len(text)], strict=True))


def _name_row(cells: Sequence[Cell], header: Sequence[str], mapping: Mapping[str, str], number: int) -> str:
    found: dict[str, str] = {}
    for heading, cell in zip(header, cells, strict=False):
        value = " ".join(cell.value.split())
        name = mapping.get(heading, "").partition(";")[0]
        if not name and _MAIL.fullmatch(value):
            name = "email"
        if value:
            found.setdefault(name, value)
    if "uid" in found:
        return f"uid:{found['uid'][:200]}"
    if "email" in found:
        return f"email:{found['email'].split(' ')[0].lower()[:200]}"
    name = found.get("fn") or " ".join(found[part] for part in ("n.given", "n.family") if part in found)
    return f"name:{name[:200]}" if name else f"row-{number}"


def guess_columns(header: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> dict[str, str]:
    """Say for each heading which field it is; a heading that is not understood is left out.

    `rows` are some rows' values: they tell a column of addresses or numbers without a heading.
    """
    mapping: dict[str, str] = {}
    for index, heading in enumerate(header):
        values = [row[index].strip() for row in rows if index < len(row) and row[index].strip()]
        field = guess_field(heading)
        if not field and values:
            if all(_MAIL.fullmatch(value) for value in values):
                field = "email"
            elif all(_PHONE.fullmatch(value) for value in values):
                field = "tel"
        if field:
            mapping.setdefault(heading, field)
    _tell_titles(header, mapping)
    fields = {field.partition(";")[0] for field in mapping.values()}
    if "n.family" not in fields and "n.given" in fields and "fn" in fields:
        # "Name, Vorname": beside a given name, a bare "name" is the family's.
        for heading, field in mapping.items():
            if field == "fn" and _fold(heading) in _FAMILY_TOO:
                mapping[heading] = "n.family"
    return mapping


def _tell_titles(header: Sequence[str], mapping: dict[str, str]) -> None:
    """A bare "title" beside a job title, or just before a first name, is that of address."""
    fields = [mapping.get(heading, "") for heading in header]
    for index, heading in enumerate(header):
        if _fold(heading) not in _TITLES:
            continue
        others = fields[:index] + fields[index + 1 :]
        following = fields[index + 1] if index + 1 < len(fields) else ""
        if "title" in others or following in {"n.given", "n.family", "fn"}:
            mapping[heading] = "n.prefix"


_TITLES = frozenset({"title", "titel", "titre", "titulo", "titolo"})
_FAMILY_TOO = frozenset({"name", "nom", "naam", "namn", "navn", "nazwisko", "cognome", "nome", "имя"})


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def read_row(head: TableHead, text: str, mapping: Mapping[str, str] | None = None) -> Reading:
    """Read one row (a part of `split_rows`) into card fields with their places in `text`.

    `mapping` names the field of a heading, over what is guessed. Problems: `table-columns` (columns
    that are not understood), `table-row` (more cells than headings, or none that says anything).
    """
    records = list(iter_records(text, head.delimiter, _skip_head(head, text)))
    problems: list[Problem] = []
    filled = [record for record in records if any(cell.value.strip() for cell in record[2])]
    if not filled:
        message = "The row is empty."
        return Reading(kind="row", problems=(Problem("table-row", message, fatal=True),))
    cells = filled[0][2]
    columns = dict(guess_columns(head.header, [[cell.value for cell in cells]]))
    columns.update(mapping or {})
    builder = _RowBuilder()
    unknown: list[str] = []
    for heading, cell in zip(head.header, cells, strict=False):
        if not cell.value.strip():
            continue
        field = columns.get(heading, "")
        if field:
            builder.add(field, cell, heading)
        else:
            unknown.append(heading)
    if len(cells) > len(head.header):
        extra = cells[len(head.header) :]
        if any(cell.value.strip() for cell in extra):
            message = f"The row has {len(cells)} cells under {len(head.header)} headings."
            problems.append(Problem("table-row", message, start=extra[0].start, end=extra[-1].end))
    fields = builder.finish()
    if unknown:
        listed = ", ".join(f"“{heading[:40]}”" for heading in unknown[:8])
        hint = f"Name their fields, for example: --map '{unknown[0][:40]}=note'."
        message = f"Not understood and left out: {listed}."
        problems.append(Problem("table-columns", message, hint, fatal=not fields))
    elif not fields:
        problems.append(Problem("table-row", "The row says nothing about anybody.", fatal=True))
    if fields and not display_name(fields):
        problems.append(Problem("card-no-name", "The row has no name."))
    return Reading(kind="row", title=display_name(fields), card=fields, problems=tuple(problems))


def _skip_head(head: TableHead, text: str) -> int:
    """Return where the row begins in its part: after the headings, where they are in it."""
    separator = _SEPARATOR_LINE.match(text)
    start = separator.end() if separator else 0
    if not head.named:
        return start
    for _, end, cells in iter_records(text, head.delimiter, start):
        values = tuple(cell.value.strip().lstrip("\ufeff") for cell in cells)
        return end if values == head.header else start
    return start


class _RowBuilder:
    """Puts the cells of a row together as the fields of a card, in the order of the columns."""

    def __init__(self) -> None:
        self._fields: list[CardField] = []
        self._joined: dict[tuple[str, tuple[str, ...]], dict[str, Cell]] = {}

    def add(self, field: str, cell: Cell, heading: str) -> None:
        """Take a cell as a field of a mapping."""
        name, *types = (piece.strip().lower() for piece in field.split(";"))
        if not name or name == "-":
            return
        kinds = tuple(kind for kind in types if kind)
        base = name.partition(".")[0]
        if "." in name or base == "org":
            # "Address 2 - City" belongs to a second address; "Home Address 2" is a second line.
            number = re.search(r"(\d+)\s*[-–:]", heading)
            group = (*kinds, number.group(1)) if number else kinds
            key = (base, () if base in {"n", "bday"} else group)
            known = self._joined.setdefault(key, {})
            if name in known and name in {"adr.street", "adr.extended"}:
                merged = f"{known[name].value.strip()}\n{cell.value.strip()}"
                known[name] = Cell(merged, known[name].start, cell.end)
            elif name not in known:
                known[name] = cell
            return
        params = tuple(("type", kind) for kind in kinds)
        # Google writes several values of one cell with ` ::: ` between them.
        for value in cell.value.split(" ::: "):
            text = value.strip()
            if base in STRUCTURED:
                parts = re.split(r"\s*[;,]\s*" if base == "categories" else r"\s*;\s*", text)
                text = ",".join(escape(part) for part in parts if part)
            if text:
                self._fields.append(CardField(base, text, params, Span(cell.start, cell.end)))

    def finish(self) -> tuple[CardField, ...]:
        """Return all fields; a name that is not written out is put together."""
        made: list[CardField] = []
        for (base, group), cells in self._joined.items():
            field = _JOIN[base](cells)
            if not field:
                continue
            start = min(cell.start for cell in cells.values())
            end = max(cell.end for cell in cells.values())
            kinds = tuple(("type", kind) for kind in group if not kind.isdigit())
            made.append(CardField(base, field, kinds, Span(start, end)))
        fields = tuple(sorted(made + self._fields, key=lambda f: f.span or Span(0, 1)))
        name = find_field(fields, "n")
        if find_field(fields, "fn") is None and name is not None:
            shown = display_name((name,))
            fields = (CardField("fn", shown, (), name.span), *fields)
        return fields


def _values(cells: Mapping[str, Cell], names: Sequence[str]) -> list[list[str]]:
    return [[cells[name].value.strip() if name in cells else ""] for name in names]


def _join_birthday(cells: Mapping[str, Cell]) -> str:
    year, month, day = (
        int(text) if text.isdigit() else 0
        for text in (
            cells[name].value.strip() if name in cells else ""
            for name in ("bday.year", "bday.month", "bday.day")
        )
    )
    if month and day:
        return f"{year:04d}-{month:02d}-{day:02d}" if year else f"--{month:02d}{day:02d}"
    return f"{year:04d}" if year else ""


_JOIN = {
    "n": lambda cells: join_components(_values(cells, _N)),
    "adr": lambda cells: join_components(_values(cells, _ADR)),
    "org": lambda cells: join_components(_values(cells, ("org", "org.unit"))).rstrip(";"),
    "bday": _join_birthday,
}
