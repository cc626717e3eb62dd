"""A workspace on a folder of files, for tests of the ledger."""

from __future__ import annotations

from pathlib import Path

from legation.workspace.open import init_workspace, open_workspace

DAY = "1939-03-09"


class Home:
    """Files of the user's in `files`, and an open workspace beside them."""

    def __init__(self, base: Path, owner: str = "Ivan Maisky"):
        self.base = base
        self.files = base / "files"
        self.files.mkdir(exist_ok=True)
        if not (base / "work" / "legation.toml").exists():
            init_workspace(base / "work", owner)
        self.space = open_workspace(base / "work", workers=1)
        self.ledger, self.judge = self.space.ledger, self.space.judge

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def take(self, *paths: Path, **options):
        return self.ledger.import_paths(paths or (self.files,), **options)

    def rows(self, table: str, *order: str, **equals):
        with self.ledger.store.looking() as tx:
            return tx.load(table, order=order, **equals)

    def items(self, receipt) -> dict[str, int]:
        return {k: n for k, n in receipt.totals()[1].items() if n}

    def file_statuses(self, receipt) -> dict[str, int]:
        return {k: n for k, n in receipt.totals()[0].items() if n}

    def sound(self) -> None:
        assert self.ledger.verify() == []
        assert self.ledger.check() == []
