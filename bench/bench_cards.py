"""Imports an address book, beside vobject alone on the same cards in the same run."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import measure

CARDS = 5000


def main() -> None:
    measure.prepare()
    from made import write_cards  # noqa: PLC0415 - found after `prepare`

    with tempfile.TemporaryDirectory(prefix="legation-bench-") as name:
        work = Path(name)
        book = work / "book.vcf"
        size = write_cards(book, CARDS)
        print(f"{CARDS} cards, {size / 1e6:.1f} MB")
        measure_vobject(book, "vobject alone, made cards")
        measure_reader(book)
        measure.run(["init", str(work / "w"), "--owner", "The Author"])
        whole = measure.run(["import", "-w", str(work / "w"), str(book), "--json"], watch=True)
        print(
            f"legation import, the whole command with ledger, identity and search: {whole.seconds:.1f} s,"
            f" {CARDS / whole.seconds:.0f} cards/s, at most {whole.peak_mb:.0f} MB with its children"
        )
        data = measure.corpus()
        if data is not None and (data / "cards").is_dir():
            real(data / "cards", work)


def measure_vobject(path: Path, label: str) -> None:
    """Parse a file of cards with vobject."""
    import vobject  # noqa: PLC0415 - what is measured

    text = path.read_bytes().decode()
    begun = time.perf_counter()
    count = sum(1 for _ in vobject.readComponents(text, allowQP=True))
    took = time.perf_counter() - begun
    print(f"{label}: {took:.2f} s, {count / took:.0f} cards/s", flush=True)


def measure_reader(path: Path) -> None:
    """Split and read a file of cards with Legation's own reader, without storing anything."""
    import json  # noqa: PLC0415

    from legation.facts.candidates import Context  # noqa: PLC0415
    from legation.ledger.parts import cut_file  # noqa: PLC0415
    from legation.reading.dispatch import read_document  # noqa: PLC0415

    data = path.read_bytes()
    begun = time.perf_counter()
    count = 0
    for part in cut_file("cards", path.name, data):
        read_document(part.data, json.loads(part.mapping), Context(path.name, part.part, "card"))
        count += 1
    took = time.perf_counter() - begun
    print(f"Legation's reader alone, made cards: {took:.2f} s, {count / took:.0f} cards/s", flush=True)


def real(folder: Path, work: Path) -> None:
    """Import cards as phones and programs wrote them; count what vobject makes of them."""
    import vobject  # noqa: PLC0415 - what is compared with

    files = sorted(p for p in folder.rglob("*") if p.is_file())
    failed = 0
    begun = time.perf_counter()
    for path in files:
        try:
            list(vobject.readComponents(path.read_bytes().decode(), allowQP=True))
        except Exception:  # noqa: BLE001 - whatever it raises is what is counted
            failed += 1
    took = time.perf_counter() - begun
    print(f"vobject alone, {len(files)} real files: {took:.2f} s; it fails on {failed}")
    measure.run(["init", str(work / "real"), "--owner", "The Author"])
    whole = measure.run(["import", "-w", str(work / "real"), str(folder), "--json"])
    print(f"legation import, the same files, the whole command: {whole.seconds:.1f} s")


if __name__ == "__main__":
    main()
