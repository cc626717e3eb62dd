"""One transaction on a ledger: rows in, rows out; every statement of Legation is here or beside."""

# ruff: noqa: S608 - only names of tables and columns of ours are put into statements

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from legation.store.migrate import load_setting, store_setting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from legation.store.engine import Link

Row = dict[str, Any]
#: Rows or keys that one statement takes; more cost only memory.
CHUNK = 5000
#: The keys of one JSON value, so that a statement is the same for three keys and for thousands.
KEYS = "(SELECT value FROM json_each(?))"
#: The columns of tables, as first asked for; opening a ledger sees to it that they are the same in all.
COLUMNS: dict[str, tuple[str, ...]] = {}


def chunks(values: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """Cut values into lists of at most `size`."""
    batch: list[Any] = []
    for value in values:
        batch.append(value)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def named(columns: Iterable[str]) -> str:
    """Return columns as SQL names them: some of ours ("on", "end") are words of SQL."""
    return ", ".join(f'"{name}"' for name in columns)


@cache
def insertion(table: str, verb: str, columns: tuple[str, ...]) -> str:
    """Return the statement that writes a row."""
    return f'{verb} INTO "{table}" ({named(columns)}) VALUES ({", ".join("?" * len(columns))})'


class Tx:
    """A transaction; made by `Store.writing` and `Store.looking` only.

    Statements go to the driver as they are: compiling them costs more than running them.
    """

    def __init__(self, connection: Link) -> None:
        self.connection = connection

    def columns_of(self, table: str) -> tuple[str, ...]:
        """Return the names of a table's columns.

        Raises:
            KeyError: there is no such table.
        """
        if table not in COLUMNS:
            found = tuple(row[0] for row in self._run("SELECT name FROM pragma_table_info(?)", table))
            if not found:
                raise KeyError(table)
            COLUMNS[table] = found
        return COLUMNS[table]

    # ── rows ────────────────────────────────────────────────────────────────────────────

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Append rows."""
        self._write("INSERT", table, rows)

    def put(self, table: str, rows: Sequence[Row]) -> None:
        """Write rows, replacing those with the same primary key."""
        self._write("INSERT OR REPLACE", table, rows)

    def keep(self, table: str, rows: Sequence[Row]) -> None:
        """Write rows, leaving those that are there already as they are."""
        self._write("INSERT OR IGNORE", table, rows)

    def _write(self, verb: str, table: str, rows: Sequence[Row]) -> None:
        """Write rows that have the same columns."""
        if rows:
            self.columns_of(table)
            names = tuple(rows[0])
            values = ([row[n] for n in names] for row in rows)
            self._cursor().executemany(insertion(table, verb, names), values)

    def delete(self, table: str, column: str, keys: Iterable[Any]) -> None:
        """Delete the rows whose `column` is one of `keys`."""
        self.columns_of(table)
        for batch in chunks(keys):
            self._run(f'DELETE FROM "{table}" WHERE "{column}" IN {KEYS}', json.dumps(batch))

    def clear(self, table: str) -> None:
        """Delete every row."""
        self.columns_of(table)
        self._run(f'DELETE FROM "{table}"')

    def update(self, table: str, key: str, rows: Sequence[Row]) -> None:
        """Set the other columns of rows found by `key`."""
        if not rows:
            return
        names = [name for name in rows[0] if name != key]
        settings = ", ".join(f'"{name}" = ?' for name in names)
        values = ([*(row[n] for n in names), row[key]] for row in rows)
        self._cursor().executemany(f'UPDATE "{table}" SET {settings} WHERE "{key}" = ?', values)

    def load(
        self,
        table: str,
        *,
        columns: Sequence[str] = (),
        order: Sequence[str] = (),
        limit: int | None = None,
        offset: int = 0,
        **equals: Any,
    ) -> list[Row]:
        """Return rows whose columns equal what is given (`None` means IS NULL)."""
        chosen = tuple(columns) or self.columns_of(table)
        sql = f'SELECT {named(chosen)} FROM "{table}"' + self._where(equals)
        if order:
            sql += " ORDER BY " + ", ".join(
                f'"{n.lstrip("-")}"' + (" DESC" if n.startswith("-") else "") for n in order
            )
        values = [v for v in equals.values() if v is not None]
        if limit is not None:
            sql += " LIMIT ? OFFSET ?"
            values += [limit, offset]
        return self._rows(chosen, sql, *values)

    def load_in(self, table: str, column: str, keys: Iterable[Any], columns: Sequence[str] = ()) -> list[Row]:
        """Return the rows whose `column` is one of `keys`, in no particular order."""
        chosen = tuple(columns) or self.columns_of(table)
        found: list[Row] = []
        for batch in chunks(keys):
            sql = f'SELECT {named(chosen)} FROM "{table}" WHERE "{column}" IN {KEYS}'
            found += self._rows(chosen, sql, json.dumps(batch))
        return found

    def count(self, table: str, **equals: Any) -> int:
        """Count rows whose columns equal what is given."""
        values = [v for v in equals.values() if v is not None]
        return int(self._run(f'SELECT count(*) FROM "{table}"' + self._where(equals), *values)[0][0])

    def query(self, sql: str, **values: Any) -> list[Row]:
        """Run a written SELECT with `:named` values; only modules of `store` call this."""
        cursor = self._cursor()
        try:
            cursor.execute(sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        finally:
            cursor.close()

    @staticmethod
    def _where(equals: Mapping[str, Any]) -> str:
        tests = [f'"{n}" IS NULL' if v is None else f'"{n}" = ?' for n, v in equals.items()]
        return " WHERE " + " AND ".join(tests) if tests else ""

    def _cursor(self) -> Any:
        return self.connection.connection.cursor()

    def _run(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run a statement on the driver itself; values stand for its question marks."""
        cursor = self._cursor()
        try:
            cursor.execute(sql, values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found
        finally:
            cursor.close()

    def _rows(self, columns: Sequence[str], sql: str, *values: Any) -> list[Row]:
        """Run a SELECT of these columns."""
        return [dict(zip(columns, row, strict=True)) for row in self._run(sql, *values)]

    # ── settings and work ───────────────────────────────────────────────────────────────

    def setting(self, name: str) -> str:
        """Return a setting of the ledger, or ""."""
        return load_setting(self.connection, name) or ""

    def set_setting(self, name: str, value: str) -> None:
        """Set a setting of the ledger."""
        store_setting(self.connection, name, value)

    def add_pending(self, kind: str, names: Iterable[str]) -> None:
        """Note work to be derived."""
        self.keep("pending", [{"kind": kind, "name": name} for name in names])

    def load_pending(self) -> dict[str, set[str]]:
        """Return the work that waits, by kind."""
        found: dict[str, set[str]] = {}
        for row in self.load("pending"):
            found.setdefault(row["kind"], set()).add(row["name"])
        return found

    # ── truth ───────────────────────────────────────────────────────────────────────────

    def current_arrivals(self, *, under: str = "", source: str = "") -> list[Row]:
        """Return the latest arrival of every item, optionally of one path or those below it."""
        where = ""
        values: dict[str, Any] = {}
        if under:
            # Not LIKE: it would take "Diary/" for "diary/".
            where = "WHERE (a.path = :under OR substr(a.path, 1, length(:below)) = :below)"
            values = {"under": under, "below": under.rstrip("/") + "/"}
        if source:
            where += (" AND " if where else "WHERE ") + "a.source = :source"
            values["source"] = source
        return self.query(
            "SELECT a.* FROM arrivals a JOIN (SELECT item, max(seq) AS seq FROM arrivals GROUP BY item) l"
            f" ON l.seq = a.seq {where} ORDER BY a.path, a.ordinal, a.part",
            **values,
        )

    def latest_arrivals(self, items: Iterable[str]) -> dict[str, Row]:
        """Return the latest arrival of each of the items."""
        found: dict[str, Row] = {}
        for row in sorted(self.load_in("arrivals", "item", items), key=lambda r: int(r["seq"])):
            found[row["item"]] = row
        return found

    def document(self, document: str) -> bytes | None:
        """Return the bytes of a document."""
        found = self._run("SELECT bytes FROM documents WHERE document = ?", document)
        return bytes(found[0][0]) if found else None

    def documents(self, keys: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Return bytes of several documents, a few at a time."""
        for batch in chunks(keys, 200):
            for row in self.load_in("documents", "document", batch, ("document", "bytes")):
                yield row["document"], bytes(row["bytes"])

    def delete_register(self, group: str, names: Collection[str]) -> None:
        """Delete entries of one register."""
        sql = f"DELETE FROM register WHERE group_key = ? AND name IN {KEYS}"
        for batch in chunks(names):
            self._run(sql, group, json.dumps(batch))

    def load_of_group(self, table: str, group: str, names: Collection[str]) -> list[Row]:
        """Return the rows of `register` or `evidence` of one diary or volume, by name."""
        chosen = self.columns_of(table)
        sql = f'SELECT {named(chosen)} FROM "{table}" WHERE group_key = ? AND name IN {KEYS}'
        found: list[Row] = []
        for batch in chunks(names):
            found += self._rows(chosen, sql, group, json.dumps(batch))
        return found

    def delete_block_people(self, blocks: Iterable[str]) -> None:
        """Delete the people whom texts made known in some blocks."""
        for batch in chunks(blocks):
            self._run(f"DELETE FROM people WHERE origin = 'name' AND block IN {KEYS}", json.dumps(batch))

    def mentions_of_blocks(self, blocks: Iterable[str]) -> list[Row]:
        """Return the mentions of some blocks, each with its item's group, date and document."""
        of_item = ("group_key", "written_on", "document", "rendition")
        chosen = (*self.columns_of("mentions"), *of_item)
        sql = (
            "SELECT " + ", ".join(f'm."{c}"' for c in self.columns_of("mentions")) + ", "
            + ", ".join(f"i.{c}" for c in of_item)
            + f" FROM mentions m CROSS JOIN items i ON i.item = m.item WHERE m.block IN {KEYS}"
            ' ORDER BY m.item, m.start, m."end"'
        )  # fmt: skip
        found: list[Row] = []
        for batch in chunks(blocks):
            found += self._rows(chosen, sql, json.dumps(batch))
        return found

    def all_blocks(self) -> list[str]:
        """Return every block that has a mention."""
        return [row[0] for row in self._run("SELECT DISTINCT block FROM mentions")]

    def authored_items(self) -> list[Row]:
        """Return the items that have an author, in a fixed order."""
        chosen = self.columns_of("items")
        return self._rows(chosen, f"SELECT {named(chosen)} FROM items WHERE author <> '' ORDER BY item")

    def addresses(self) -> dict[str, str]:
        """Return people by what calendars and mail call them: e-mail, card UID, full name.

        What leads to two people leads to nobody.
        """
        rows = self._run("SELECT value, person FROM person_facts WHERE kind IN ('email', 'uid', 'name')")
        found: dict[str, set[str]] = {}
        for value, person in rows:
            found.setdefault(value.casefold(), set()).add(person)
        return {value: next(iter(people)) for value, people in found.items() if len(people) == 1}

    def dump(
        self, table: str, without: Mapping[str, Any] | frozenset[str] = frozenset()
    ) -> Iterator[tuple[Any, ...]]:
        """Return every row of a table in the order of all its values (for hashes and checks)."""
        columns = named(name for name in self.columns_of(table) if name not in without)
        cursor = self._cursor()
        try:
            yield from cursor.execute(f'SELECT {columns} FROM "{table}" ORDER BY {columns}')
        finally:
            cursor.close()
