"""Arrivals as rows: their ids, how they are written, and those of the workspace's own files.

Nothing here reads a document, so that what only keeps a version of a settings file starts fast.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from legation.facts.ids import derive_id, hash_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from legation.facts.clock import Clock
    from legation.store.store import Store
    from legation.store.tx import Row, Tx

#: The source of the workspace's own files: what plan.toml and weeks.toml held, version by version.
#: They are kept and never read as texts: nothing is derived from them.
SETTINGS = "settings"
_MAPPING = json.dumps({"encoding": "utf-8", "reader": "setting"}, sort_keys=True, separators=(",", ":"))


def item_id(source: str, path: str, part: str) -> str:
    """Return the id of an item."""
    return derive_id("i", source, path, part)


def arrival_id(row: Mapping[str, Any]) -> str:
    """Return the content hash of an arrival; clock and order are left out."""
    return derive_id(
        "r", row["source"], row["path"], row["part"], row["ordinal"], row["document"], row["kind"],
        row["author"], row["mapping"], row["previous"],
    )  # fmt: skip


def write_arrivals(tx: Tx, rows: list[Row], bodies: Mapping[str, bytes]) -> None:
    """Append documents and arrivals and note their items as pending; what is there stays."""
    tx.keep("documents", [{"document": d, "size": len(b), "bytes": b} for d, b in bodies.items()])
    tx.keep("arrivals", rows)
    tx.add_pending("item", {row["item"] for row in rows if row["source"] != SETTINGS})


def keep_setting(store: Store, clock: Clock, data: bytes | None, name: str) -> bool:
    """Store a version of one of the workspace's own files, None for gone; returns whether it is new."""
    item = item_id(SETTINGS, name, "")
    document = None if data is None else hash_bytes(data)
    with store.looking() as tx:
        before = tx.latest_arrivals([item]).get(item)
    if (None if before is None else before["document"]) == document:
        return False
    row: Row = {
        "item": item, "source": SETTINGS, "path": name, "part": "", "ordinal": 0, "document": document,
        "kind": "setting", "author": "", "mapping": _MAPPING,
        "previous": "" if before is None else before["arrival"], "arrived_at": clock.now().isoformat(),
    }  # fmt: skip
    row["arrival"] = arrival_id(row)
    with store.writing() as tx:
        write_arrivals(tx, [row], {} if data is None or document is None else {document: data})
    return True
