"""One transaction on a ledger: rows in, rows out; every statement of Legation is here or beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from legation.store import schema
from legation.store.migrate import load_setting, store_setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Row = dict[str, Any]
#: SQLite takes at most 32,766 variables a statement.
CHUNK = 2000


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


class Tx:
    """A transaction; made by `Store.writing` and `Store.looking` only."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection

    # ── rows ────────────────────────────────────────────────────────────────────────────

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Append rows."""
        target = schema.metadata.tables[table]
        for batch in chunks(rows):
            self.connection.execute(sa.insert(target), batch)

    def put(self, table: str, rows: Sequence[Row]) -> None:
        """Write rows, replacing those with the same primary key."""
        target = schema.metadata.tables[table]
        for batch in chunks(rows):
            self.connection.execute(sa.insert(target).prefix_with("OR REPLACE"), batch)

    def keep(self, table: str, rows: Sequence[Row]) -> None:
        """Write rows, leaving those that are there already as they are."""
        target = schema.metadata.tables[table]
        for batch in chunks(rows):
            self.connection.execute(sa.insert(target).prefix_with("OR IGNORE"), batch)

    def delete(self, table: str, column: str, keys: Iterable[Any]) -> None:
        """Delete the rows whose `column` is one of `keys`."""
        target = schema.metadata.tables[table]
        for batch in chunks(keys):
            self.connection.execute(sa.delete(target).where(target.c[column].in_(batch)))

    def clear(self, table: str) -> None:
        """Delete every row."""
        self.connection.execute(sa.delete(schema.metadata.tables[table]))

    def update(self, table: str, key: str, rows: Sequence[Row]) -> None:
        """Set the other columns of rows found by `key`."""
        if not rows:
            return
        target = schema.metadata.tables[table]
        names = [name for name in rows[0] if name != key]
        statement = (
            sa.update(target)
            .where(target.c[key] == sa.bindparam("key_"))
            .values({name: sa.bindparam(f"set_{name}") for name in names})
        )
        for batch in chunks(rows):
            self.connection.execute(
                statement,
                [{"key_": r[key], **{f"set_{n}": r[n] for n in names}} for r in batch],
            )

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
        target = schema.metadata.tables[table]
        chosen = [target.c[n] for n in columns] if columns else list(target.c)
        statement = sa.select(*chosen)
        for name, value in equals.items():
            statement = statement.where(target.c[name] == value)
        for name in order:
            descending = name.startswith("-")
            column = target.c[name.lstrip("-")]
            statement = statement.order_by(column.desc() if descending else column.asc())
        if limit is not None:
            statement = statement.limit(limit).offset(offset)
        return [dict(r._mapping) for r in self.connection.execute(statement)]

    def load_in(self, table: str, column: str, keys: Iterable[Any], columns: Sequence[str] = ()) -> list[Row]:
        """Return the rows whose `column` is one of `keys`, in no particular order."""
        target = schema.metadata.tables[table]
        chosen = [target.c[n] for n in columns] if columns else list(target.c)
        found: list[Row] = []
        for batch in chunks(keys):
            statement = sa.select(*chosen).where(target.c[column].in_(batch))
            found += [dict(r._mapping) for r in self.connection.execute(statement)]
        return found

    def count(self, table: str, **equals: Any) -> int:
        """Count rows whose columns equal what is given."""
        target = schema.metadata.tables[table]
        statement = sa.select(sa.func.count()).select_from(target)
        for name, value in equals.items():
            statement = statement.where(target.c[name] == value)
        return int(self.connection.execute(statement).scalar_one())

    def query(self, sql: str, **values: Any) -> list[Row]:
        """Run a written SELECT; only modules of `store` call this."""
        return [dict(r._mapping) for r in self.connection.execute(sa.text(sql), values)]

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
            where = "WHERE (a.path = :under OR a.path LIKE :below ESCAPE '\\')"
            escaped = under.rstrip("/").replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            values = {"under": under, "below": escaped + "/%"}
        if source:
            where += (" AND " if where else "WHERE ") + "a.source = :source"
            values["source"] = source
        return self.query(
            "SELECT a.* FROM arrivals a JOIN (SELECT item, max(seq) AS seq FROM arrivals GROUP BY item) l"  # noqa: S608 - `where` is ours
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
        target = schema.documents
        value = self.connection.execute(
            sa.select(target.c.bytes).where(target.c.document == document)
        ).scalar()
        return None if value is None else bytes(value)

    def documents(self, keys: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Return bytes of several documents, a few at a time."""
        for batch in chunks(keys, 200):
            for row in self.load_in("documents", "document", batch, ("document", "bytes")):
                yield row["document"], bytes(row["bytes"])

    def delete_register(self, group: str, name: str) -> None:
        """Delete one entry of a register."""
        target = schema.register
        self.connection.execute(sa.delete(target).where(target.c.group_key == group, target.c.name == name))

    def delete_block_people(self, blocks: Iterable[str]) -> None:
        """Delete the people whom texts made known in some blocks."""
        target = schema.people
        for batch in chunks(blocks):
            self.connection.execute(
                sa.delete(target).where(target.c.origin == "name", target.c.block.in_(batch))
            )

    def mentions_of_blocks(self, blocks: Iterable[str]) -> list[Row]:
        """Return the mentions of some blocks, each with its item's group, date and document."""
        mention, item = schema.mentions, schema.items
        found: list[Row] = []
        for batch in chunks(blocks):
            statement = (
                sa.select(mention, item.c.group_key, item.c.written_on, item.c.document, item.c.rendition)
                .join(item, item.c.item == mention.c.item)
                .where(mention.c.block.in_(batch))
                .order_by(mention.c.item, mention.c.start, mention.c.end)
            )
            found += [dict(r._mapping) for r in self.connection.execute(statement)]
        return found

    def authored_items(self) -> list[Row]:
        """Return the items that have an author, in a fixed order."""
        target = schema.items
        statement = sa.select(target).where(target.c.author != "").order_by(target.c.item)
        return [dict(r._mapping) for r in self.connection.execute(statement)]

    def addresses(self) -> dict[str, str]:
        """Return people by what calendars and mail call them: e-mail, card UID, full name.

        What leads to two people leads to nobody.
        """
        target = schema.person_facts
        statement = sa.select(target.c.value, target.c.person).where(
            target.c.kind.in_(("email", "uid", "name"))
        )
        found: dict[str, set[str]] = {}
        for value, person in self.connection.execute(statement):
            found.setdefault(value.casefold(), set()).add(person)
        return {value: next(iter(people)) for value, people in found.items() if len(people) == 1}

    def dump(
        self, table: str, without: Mapping[str, Any] | frozenset[str] = frozenset()
    ) -> Iterator[tuple[Any, ...]]:
        """Return every row of a table in the order of all its values (for hashes and checks)."""
        target = schema.metadata.tables[table]
        columns = [c for c in target.c if c.name not in without]
        statement = sa.select(*columns).order_by(*columns)
        result = self.connection.execution_options(yield_per=1000).execute(statement)
        for row in result:
            yield tuple(row)
