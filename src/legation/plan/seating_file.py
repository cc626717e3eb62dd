"""Reads a seating file (TOML) or a list of guests (CSV) into a task (docs/formats/seating.md).

A rule that was misread would seat two enemies side by side; so whatever cannot be used is a
complaint, and a file with complaints makes no task.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from legation.plan.seating import WEIGHTS, Couples, Diner, HonourOrder, Near, Never, SeatingTask, Sex
from legation.plan.seating import Table as DinnerTable
from legation.plan.values import Table, Told, near_name

MOST_GUESTS, MOST_SEATS, MOST_TABLES, MOST_RANK = 600, 400, 120, 100_000
MOST_WEIGHT = 1_000
_SEXES: Mapping[str, Sex] = {
    "": "", "f": "f", "w": "f", "female": "f", "woman": "f", "lady": "f",
    "m": "m", "male": "m", "man": "m", "gentleman": "m",
}  # fmt: skip
_GUEST_KEYS = (
    "name", "office", "rank", "sex", "languages", "partner", "table", "interpreter", "interprets_for",
    "person",
)  # fmt: skip
_YES, _NO = frozenset({"yes", "y", "true", "1", "x"}), frozenset({"", "no", "n", "false", "0"})
_SHAPE = re.compile(r"(\d{1,3})\s*[x×]\s*(\d{1,3})|(long|round)\s*(\d{1,3})?")
#: What separates several values in one cell.
_SEPARATORS = re.compile(r"[;,/|]")


@dataclass(frozen=True, slots=True)
class ParsedSeating:
    """A task, or what in the file cannot be used, in words."""

    task: SeatingTask | None
    complaints: tuple[str, ...] = ()


def guests_file_of(text: str) -> str:
    """Return the path of a list of guests that a seating file names, "" for none or where it is broken."""
    try:
        value = tomllib.loads(text).get("guests_file", "")
    except tomllib.TOMLDecodeError:
        return ""
    return value if isinstance(value, str) else ""


def parse_seating(text: str, *, file: str = "dinner.toml", guests: str | None = None) -> ParsedSeating:
    """Return the task of a seating file; `guests` is the text of the list that it names."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return ParsedSeating(None, (f"{file} is no TOML: {error}",))
    told = Told(file, text)
    top = Table(data, told)
    top.has("guests_file")
    rows, complaints = ([], ()) if guests is None else parse_guests(guests, file=str(data.get("guests_file")))
    offices = top.texts("offices")
    diners = [*rows, *(d for t in top.tables("guest") if (d := _diner(t)) is not None)]
    diners = rank_by_office(diners, offices)
    tables = name_tables([found for t in top.tables("table") for found in _tables(t)])
    weights = top.table("weights")
    chosen = {name: weights.number(name, usual, 0, MOST_WEIGHT) or 0.0 for name, usual in WEIGHTS.items()}
    weights.tell_unknown()
    apart = _pairs(top.tables("apart"), "from", ("table", "beside", "sight"))
    sight, unkept = settle_sight([(a, b) for a, b, where, _ in apart if where == "sight"], tables)
    never = [
        Never(a, b, "beside" if where == "beside" else "table")
        for a, b, where, _ in apart
        if where != "sight"
    ]
    near = [
        Near(a, b, "table" if where == "table" else "beside", weight)
        for a, b, where, weight in _pairs(top.tables("together"), "at", ("beside", "table"), chosen["near"])
    ]
    couples: dict[str, Couples] = {"apart": "apart", "together": "together", "any": "any"}
    orders: dict[str, HonourOrder] = {"host": "host", "turns": "turns"}
    task = SeatingTask(
        tuple(diners), tuple(tables), tuple(dict.fromkeys([*never, *sight])), tuple(near),
        couples=couples[top.text("couples", "apart", choices=tuple(couples))],
        alternate=top.flag("alternate", default=False),
        order=orders[top.text("precedence", "host", choices=tuple(orders))],
        weights=chosen, title=top.text("title"), giver=top.text("giver").strip(), unkept=unkept,
    )  # fmt: skip
    top.tell_unknown()
    found = [*complaints, *(p.message for p in told.in_order())]
    found += check_task(task)
    return ParsedSeating(None if found else task, tuple(found))


def settle_sight(
    pairs: Sequence[tuple[str, str]], tables: Sequence[DinnerTable]
) -> tuple[list[Never], tuple[tuple[str, str], ...]]:
    """Return the rules for some who must not be at one table, and those whom the only table unites.

    At the only table, apart can mean no more than out of each other's sight; that has to be told.
    """
    if len(tables) != 1:
        return [Never(a, b) for a, b in pairs], ()
    return [Never(a, b, "beside") for a, b in pairs], tuple(dict.fromkeys(pairs))


def parse_guests(text: str, *, file: str = "guests.csv") -> tuple[list[Diner], tuple[str, ...]]:
    """Return the guests of a CSV list with a head, and what in it cannot be used."""
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text.partition("\n")[0], ",;\t")
    except csv.Error:
        dialect = csv.excel
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), dialect)
    head = [re.sub(r"[\s-]+", "_", h.strip().casefold()) for h in next(lines, [])]
    if "name" not in head:
        return [], (f"{file}: the first line has to name the columns, and one of them `name`.",)
    wrong = [
        f"{file}: there is no column “{h}” to use.{near_name(h, _GUEST_KEYS)} A list may have "
        f"{', '.join(_GUEST_KEYS)}."
        for h in head if h and h not in _GUEST_KEYS
    ]  # fmt: skip
    diners = []
    for cells in lines:
        if not any(c.strip() for c in cells):
            continue
        row = {h: c.strip() for h, c in zip(head, cells, strict=False) if h}
        try:
            diners.append(_row(row))
        except ValueError as error:
            wrong.append(f"{file}, line {lines.line_num}: {error}")
    return diners, tuple(wrong)


def _row(row: Mapping[str, str]) -> Diner:
    """Return the guest of one line. Raises ValueError with what is wrong."""
    name = row.get("name", "")
    if not name:
        raise ValueError("there is no name.")
    rank = row.get("rank", "")
    if rank and not (rank.isascii() and rank.isdecimal() and 1 <= int(rank[:9]) <= MOST_RANK):
        raise ValueError(f"rank has to be a whole number from 1, not “{rank}”.")
    sex = row.get("sex", "").casefold()
    if sex not in _SEXES:
        raise ValueError(f"sex has to be f, m or empty, not “{sex}”.")
    interpreter = row.get("interpreter", "").casefold()
    if interpreter not in _YES | _NO:
        raise ValueError(f"interpreter has to be yes or no, not “{interpreter}”.")
    return Diner(
        name, int(rank or 0), _SEXES[sex], frozenset(w.casefold() for w in _words(row.get("languages", ""))),
        row.get("partner", ""), interpreter in _YES, tuple(_words(row.get("interprets_for", ""))),
        row.get("table", ""), row.get("office", ""), row.get("person", ""),
    )  # fmt: skip


def _words(cell: str) -> list[str]:
    return [w.strip() for w in _SEPARATORS.split(cell) if w.strip()]


def _diner(table: Table) -> Diner | None:
    """Return one [[guest]]."""
    name = table.text("name").strip()
    sex = table.text("sex").casefold()
    if sex not in _SEXES:
        table.tell("sex", f"has to be f or m, not “{sex}”.", "")
    diner = Diner(
        name, table.whole("rank", None, 1, MOST_RANK) or 0, _SEXES.get(sex, ""),
        frozenset(w.casefold() for w in table.texts("languages")), table.text("partner").strip(),
        table.flag("interpreter", default=False), table.texts("interprets_for"),
        str(table.data["table"]) if isinstance(table.data.get("table"), int) and table.has("table")
        else table.text("table").strip(),
        table.text("office").strip(), table.text("person").strip(),
    )  # fmt: skip
    table.tell_unknown()
    if not name:
        table.tell("name", "is missing.", "")
        return None
    return diner


def _tables(table: Table) -> list[DinnerTable]:
    """Return the tables of one [[table]]: `count` of them, named by number where no name is given."""
    name = table.text("name").strip()
    count = table.whole("count", 1, 1, MOST_TABLES) or 1
    seats = table.whole("seats", None, 1, MOST_SEATS)
    shape = table.text("shape", "round", choices=("round", "long"))
    at = table.text("hosts", "ends", choices=("ends", "middle"))
    first = DinnerTable(
        name, seats or 0, "long" if shape == "long" else "round", table.text("host").strip(),
        table.text("hostess").strip(), "middle" if at == "middle" else "ends",
        table.whole("honour", 1, 1, MOST_TABLES) or 1,
    )  # fmt: skip
    table.tell_unknown()
    if seats is None and "seats" not in table.data:
        table.tell("seats", "is missing.", "")
    if count > 1 and (first.host or first.hostess):
        table.tell("count", "cannot be more than 1 where host or hostess is named.", "")
    if count == 1:
        return [first]
    return [replace(first, name=f"{name} {n + 1}".strip()) for n in range(count)]


def _pairs(
    tables: Iterable[Table], where_key: str, choices: tuple[str, ...], usual: float = 0.0
) -> list[tuple[str, str, str, float]]:
    """Return (name, name, where, weight): all of `people` with each other, `one` with each of `other`."""
    found = []
    for table in tables:
        people, one, other = table.texts("people"), table.texts("one"), table.texts("other")
        where = table.text(where_key, choices[0], choices=choices)
        table.text("why")
        weight = (table.number("weight", usual, 0, MOST_WEIGHT) or 0.0) if where_key == "at" else 0.0
        table.tell_unknown()
        pairs = [*combinations(people, 2), *((a, b) for a in one for b in other)]
        if not pairs:
            table.told.tell(table.path, "names no two people.", "")
        found += [(a, b, where, weight) for a, b in pairs]
    return found


def rank_by_office(diners: Sequence[Diner], offices: Sequence[str]) -> list[Diner]:
    """Return the guests, those without a rank ranked by the first of the offices that theirs begins with.

    Ranks that are set come first; offices follow in their order, equals equal.
    """
    last = max((d.rank for d in diners), default=0)
    folded = [o.casefold() for o in offices]
    out = []
    for diner in diners:
        office = diner.office.casefold()
        fits = [i for i, o in enumerate(folded) if office == o or office.startswith((f"{o} ", f"{o},"))]
        out.append(replace(diner, rank=last + 1 + fits[0]) if fits and not diner.rank else diner)
    return out


def name_tables(tables: Sequence[DinnerTable]) -> list[DinnerTable]:
    """Return the tables, those without a name called by their number."""
    return [t if t.name else replace(t, name=str(n)) for n, t in enumerate(tables, 1)]


def check_task(task: SeatingTask) -> list[str]:
    """Return what in a task does not fit together, in words."""
    names = [d.name for d in task.diners]
    tables = [t.name for t in task.tables]
    said = [f"Two guests are called {n}; give each a name of their own." for n in _twice(names)]
    said += [f"Two tables are called {n}; give each a name of its own." for n in _twice(tables)]
    if len(names) > MOST_GUESTS:
        said.append(f"There are {len(names)} guests; at most {MOST_GUESTS} can be seated at a time.")
    if not names:
        said.append("There are no guests; name them as [[guest]], or in a list as guests_file.")
    if not tables:
        said.append("There is no table; set one as [[table]] with its seats.")
    known, known_tables = set(names), set(tables)

    def somebody(name: str, where: str) -> None:
        if name and name not in known:
            said.append(f"{where}: there is no guest {name}.{near_name(name, names)}")

    hosts = Counter(h for t in task.tables for h in (t.host, t.hostess) if h)
    said += [f"{h} is host at two places; a host sits at one." for h, n in hosts.items() if n > 1]
    for table in task.tables:
        somebody(table.host, f"Host of table {table.name}")
        somebody(table.hostess, f"Hostess of table {table.name}")
        if table.seats < len({table.host, table.hostess} - {""}):
            said.append(f"Table {table.name} has no place for its host and hostess.")
    for diner in task.diners:
        somebody(diner.partner, f"Partner of {diner.name}")
        for other in diner.interprets_for:
            somebody(other, f"Interpreted for by {diner.name}")
        if diner.partner == diner.name or diner.name in diner.interprets_for:
            said.append(f"{diner.name} is named beside themselves.")
        if diner.table and diner.table not in known_tables:
            said.append(
                f"{diner.name} is to sit at a table {diner.table}, and there is none."
                f"{near_name(diner.table, tables)}"
            )
    for what, pairs in (("Apart", task.never), ("Together", task.near)):
        for pair in pairs:
            somebody(pair.first, what)
            somebody(pair.second, what)
            if pair.first == pair.second:
                said.append(f"{what}: {pair.first} is named twice.")
    return list(dict.fromkeys(said))


def _twice(names: Sequence[str]) -> list[str]:
    return sorted(n for n, count in Counter(names).items() if count > 1)


def make_tables(shape: str, guests: int, *, host: str = "", hostess: str = "") -> list[DinnerTable] | None:
    """Return the tables of a shape in short: long, round, long 14, 20x10; None where it is none."""
    match = _SHAPE.fullmatch(shape.strip().casefold())
    if match is None:
        return None
    count, seats, kind, size = match.groups()
    if count:
        made = [DinnerTable(str(n + 1), int(seats)) for n in range(min(int(count), MOST_TABLES))]
    else:
        made = [DinnerTable("1", int(size or max(guests, 1)), "long" if kind == "long" else "round")]
    return [replace(made[0], host=host, hostess=hostess), *made[1:]] if made else None
