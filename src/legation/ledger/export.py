"""Gives everything back in open formats, and takes it in again (docs/formats/export.md).

documents/ab/abcd…    the bytes of every document, by hash
files/…               the files as they are now, put together from their parts
arrivals.jsonl, judgements.jsonl, settings.json, manifest.json
derived/TABLE.jsonl   every derived table
people.vcf, encounters.csv, statements.csv, introductions.csv, promises.csv, occasions.csv
workspace/            legation.toml, plan.toml and weeks.toml
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from legation.facts.candidates import CardField
from legation.facts.errors import IntegrityError, UsageError
from legation.facts.ids import hash_bytes
from legation.facts.judgement import FINDING_ROLES, JudgementKind
from legation.ledger.arrival import arrival_id
from legation.ledger.codec import load_reading
from legation.ledger.ingest import WORK_SETTINGS, hash_truth
from legation.ledger.ledger import WITHOUT, hash_derived
from legation.ledger.located import anchors_of, judgement_of, refs_of
from legation.reading.vcard_write import write_card
from legation.store.schema import DERIVED

if TYPE_CHECKING:
    from legation.ledger.ledger import Ledger
    from legation.store.tx import Row, Tx

Progress = Callable[[str, int, int], None]
VERSION = 1
SETTINGS = ("legation.toml", "plan.toml", "weeks.toml")
#: Columns of a finding's table beside those that all have, with those of `findings`.
FINDING_COLUMNS = {
    "statement": {"mode": "mode"},
    "introduction": {"what": "what"},
    "promise": {"due": "on"},
    "occasion": {"kind": "what", "on": "on"},
}
_ODD = re.compile(r'[%<>:"|?*\x00-\x1f\\]')


def export_ledger(ledger: Ledger, folder: Path, progress: Progress | None = None) -> dict[str, Any]:
    """Write a whole export to a folder that does not exist yet; returns its manifest.

    It is made beside the folder and renamed when it is whole.

    Raises:
        UsageError: the folder exists and is not empty.
    """
    if folder.exists() and any(folder.iterdir()):
        message = f"{folder} is not empty"
        raise UsageError(message, "Name a new folder.")
    beside = folder.with_name(folder.name + ".partial")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True, mode=0o700)
    with ledger.store.looking() as tx:
        manifest = _write_all(tx, ledger.root, beside, progress or (lambda _l, _d, _t: None))
    if folder.exists():
        folder.rmdir()
    beside.rename(folder)
    return manifest


def _write_all(tx: Tx, root: Path, folder: Path, say: Progress) -> dict[str, Any]:
    counts = {"documents": _write_documents(tx, folder, say)}
    for table in ("arrivals", "judgements"):
        rows = tx.load(table, order=("seq",))
        _write_lines(folder / f"{table}.jsonl", ({k: v for k, v in r.items() if k != "seq"} for r in rows))
        counts[table] = len(rows)
    settings = {r["name"]: r["value"] for r in tx.load("settings")}
    _write_text(folder / "settings.json", json.dumps(settings, indent=2, sort_keys=True) + "\n")
    (folder / "derived").mkdir()
    for number, derived in enumerate(DERIVED):
        say("Tables", number, len(DERIVED))
        without = WITHOUT.get(derived.name, frozenset())
        columns = [c.name for c in derived.c if c.name not in without]
        values = tx.dump(derived.name, without)
        lines = (dict(zip(columns, row, strict=True)) for row in values)
        _write_lines(folder / "derived" / f"{derived.name}.jsonl", lines)
    _write_files(tx, folder / "files", say)
    counts["people"] = _write_people(tx, folder / "people.vcf")
    counts["encounters"] = _write_encounters(tx, folder / "encounters.csv")
    counts |= _write_findings(tx, folder)
    (folder / "workspace").mkdir()
    for name in SETTINGS:
        if (root / name).is_file():
            shutil.copyfile(root / name, folder / "workspace" / name)
    manifest = {
        "version": VERSION,
        "ledger": hash_truth(tx),
        "derived": hash_derived(tx),
        "counts": counts,
    }
    _write_text(folder / "manifest.json", json.dumps(manifest, indent=2, sort_keys=True) + "\n")
    return manifest


def _write_documents(tx: Tx, folder: Path, say: Progress) -> int:
    names = [r["document"] for r in tx.load("documents", columns=("document",))]
    for number, (name, data) in enumerate(tx.documents(names)):
        place = folder / "documents" / name[:2]
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)
        if number % 200 == 0:
            say("Documents", number, len(names))
    return len(names)


def _write_files(tx: Tx, folder: Path, say: Progress) -> None:
    """Put the current files together from their parts."""
    rows = [r for r in tx.current_arrivals() if r["document"] is not None]
    made: dict[Path, str] = {}
    for number, row in enumerate(
        sorted(rows, key=lambda r: (r["path"], r["source"], r["ordinal"], r["part"]))
    ):
        target = folder / safe_path(row["path"])
        if made.get(target, row["source"]) != row["source"]:
            target = target.with_name(f"{target.name}%{row['item']}")
        target.parent.mkdir(parents=True, exist_ok=True)
        # The parts of one file follow on one another; the first makes it.
        with target.open("ab" if target in made else "xb") as stream:
            stream.write(tx.document(row["document"]) or b"")
        made[target] = row["source"]
        if number % 500 == 0:
            say("Files", number, len(rows))


def safe_path(path: str) -> Path:
    """Return a relative path that leads nowhere else and is that of no other path.

    Paths inside the workspace stand under `workspace`, others under `elsewhere`; odd characters and
    the pieces `.` and `..` are written as `%XX`, so that two paths never fall on one.
    """
    top = "elsewhere" if path.startswith("/") else "workspace"
    pieces = [_ODD.sub(lambda m: f"%{ord(m.group()):02X}", p) for p in path.split("/") if p]
    pieces = [p.replace(".", "%2E") if p in (".", "..") else p for p in pieces]
    return Path(top, *pieces) if pieces else Path(top, "unnamed")


def _write_people(tx: Tx, path: Path) -> int:
    """Write every card, and a card for everybody whom a text made known."""
    items = [
        r for kind in ("card", "row") for r in tx.load("items", kind=kind, order=("path", "ordinal", "part"))
    ]
    readings = {
        r["reading"]: r["data"]
        for r in tx.load_in("readings", "reading", {i["reading"] for i in items}, ("reading", "data"))
    }
    carded = {r["person"] for r in tx.load("person_facts", columns=("person",))}
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        for item in items:
            reading = load_reading(readings[item["reading"]])
            if reading.card:
                stream.write(write_card(reading.card))
                count += 1
        for row in tx.load("people", order=("sort_name", "person")):
            if row["person"] not in carded:
                stream.write(write_card([CardField("uid", row["person"]), CardField("fn", row["name"])]))
                count += 1
    return count


def _write_encounters(tx: Tx, path: Path) -> int:
    """Write encounters, one a line: id, date, form, place, status, state, names, ids, words."""
    names = {r["person"]: r["name"] for r in tx.load("people", columns=("person", "name"))}
    people: dict[str, list[str]] = {}
    for row in tx.load("encounter_people", order=("encounter", "person")):
        people.setdefault(row["encounter"], []).append(row["person"])
    words: dict[str, list[Row]] = {}
    for row in tx.load("accounts", order=("item", "start")):
        words.setdefault(row["encounter"], []).append(row)
    rows = tx.load("encounters", order=("on", "encounter"))
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(
            [
                "encounter",
                "on",
                "form",
                "place",
                "status",
                "state",
                "people",
                "person_ids",
                "quotes",
            ]
        )
        for row in rows:
            who = people.get(row["encounter"], [])
            quotes = [a["quote"] for a in words.get(row["encounter"], [])]
            out.writerow([
                row["encounter"], row["on"], row["form"], row["place"], row["status"], row["state"],
                "; ".join(names.get(p, p) for p in who), " ".join(who), " | ".join(quotes),
            ])  # fmt: skip
    return len(rows)


def _write_findings(tx: Tx, folder: Path) -> dict[str, int]:
    """Write a table for each kind of finding: id, entry, what it says, who has which part, words."""
    names = {r["person"]: r["name"] for r in tx.load("people", columns=("person", "name"))}
    dates = {r["item"]: r["written_on"] for r in tx.load("items", columns=("item", "written_on"))}
    parts: dict[tuple[str, str], list[Row]] = {}
    for row in tx.load("finding_people", order=("finding", "role", "position")):
        parts.setdefault((row["finding"], row["role"]), []).append(row)
    rows = tx.load("findings", order=("item", "start", "end", "finding"))
    rows.sort(key=lambda r: str(dates[r["item"]]))
    counts = {}
    for kind, roles in FINDING_ROLES.items():
        mine = [r for r in rows if r["kind"] == kind]
        counts[f"{kind}s"] = len(mine)
        with (folder / f"{kind}s.csv").open("w", encoding="utf-8", newline="") as stream:
            out = csv.writer(stream)
            of_roles = [c for role in roles for c in (role, f"{role}_ids")]
            out.writerow(
                [kind, "item", "written_on", *FINDING_COLUMNS[kind], *of_roles, "status", "state", "quote"]
            )
            for row in mine:
                cells = [row["finding"], row["item"], dates[row["item"]]]
                cells += [row[column] for column in FINDING_COLUMNS[kind].values()]
                for role in roles:
                    who = parts.get((row["finding"], role), [])
                    cells.append("; ".join(str(names.get(p["person"], p["quote"])) for p in who))
                    cells.append(" ".join(p["person"] for p in who if p["person"]))
                out.writerow([*cells, row["status"], row["state"], row["quote"]])
    return counts


def _write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)


def _write_text(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


# ── restoring ───────────────────────────────────────────────────────────────────────────


def load_manifest(folder: Path) -> dict[str, Any]:
    """Load the manifest of an export.

    Raises:
        UsageError: the folder holds no export, or one of a newer Legation.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        version = int(manifest["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{folder} holds no export: {error}"
        raise UsageError(message, "Name the folder that `legation export` made.") from error
    if version > VERSION:
        message = f"{folder} was exported by a newer Legation"
        raise UsageError(message, "Update Legation.")
    return manifest


def restore_ledger(ledger: Ledger, folder: Path, progress: Progress | None = None) -> dict[str, str]:
    """Take an export into a ledger; what is there stays (union). Returns the hashes after it.

    Into an empty ledger the result must have the hash that the manifest names.

    Raises:
        IntegrityError: a document or record is not what its hash says, or the whole is not.
    """
    manifest = load_manifest(folder)
    say = progress or (lambda _l, _d, _t: None)
    arrivals = _load_rows(folder / "arrivals.jsonl", ARRIVAL, ("document",))
    judgements = _load_rows(folder / "judgements.jsonl", JUDGEMENT)
    settings = _load_settings(folder / "settings.json")
    with ledger.writing():
        with ledger.store.writing() as tx:
            empty = not tx.count("arrivals") and not tx.count("judgements")
            _restore_documents(tx, folder, arrivals, say)
            for row in arrivals:
                if arrival_id(row) != row["arrival"]:
                    message = f"arrival {row['arrival']} of the export is damaged"
                    raise IntegrityError(message)
            tx.keep("arrivals", arrivals)
            for row in judgements:
                check_judgement(row)
            tx.keep("judgements", judgements)
            for name, value in settings.items():
                if name not in WORK_SETTINGS and (empty or not tx.setting(name)):
                    tx.set_setting(name, value)
            tx.add_pending("item", {r["item"] for r in arrivals})
            tx.add_pending("judgement", {r["judgement"] for r in judgements})
            tx.add_pending("known", [""])
            if empty and hash_truth(tx) != manifest["ledger"]:
                message = "the restored ledger is not the one that was exported"
                raise IntegrityError(message, "Nothing was changed.")
        ledger.derive(progress)
    return ledger.hashes()


#: Columns of the records in an export.
ARRIVAL = (
    "arrival", "item", "source", "path", "part", "ordinal", "document", "kind", "author", "mapping",
    "previous", "arrived_at",
)  # fmt: skip
JUDGEMENT = ("judgement", "kind", "subject", "value", "made_by", "previous", "person", "made_at")
_HASH = re.compile(r"[0-9a-f]{64}")


def check_judgement(row: Row) -> None:
    """Prove that a judgement of an export is what its id says and can be understood.

    Raises:
        IntegrityError: it is damaged; appended, it could never be taken out again.
    """
    try:
        judgement = judgement_of({**row, "seq": 0})
        known = judgement.kind in get_args(JudgementKind)
        anchors_of(judgement)  # raises where one is malformed
        refs_of(judgement)
        needed = {
            "identify": ({"form", "group"}, {"anchor"}),
            "reading": ({"anchor", "fact"},),
            "same": ({"a", "b"}, {"accounts"}),
            "defer": ({"question"},),
            "retract": ({"judgement"},),
        }
        whole = known and any(keys <= judgement.subject.keys() for keys in needed[judgement.kind])
        sound = whole and judgement.id == row["judgement"]
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        sound = False
    if not sound:
        message = f"judgement {row['judgement']} of the export is damaged"
        raise IntegrityError(message, "Nothing was changed.")


def _load_rows(path: Path, columns: tuple[str, ...], empty: tuple[str, ...] = ()) -> list[Row]:
    """Load records, each with exactly its columns; a column in `empty` may hold nothing."""
    found = []
    for number, row in enumerate(_load_lines(path), 1):
        if not isinstance(row, dict) or any(
            name not in row
            or isinstance(row[name], (dict, list, float))
            or (row[name] is None and name not in empty)
            for name in columns
        ):
            message = f"line {number} of {path.name} is no record"
            raise IntegrityError(message, "Nothing was changed.")
        if row.get("document") is not None and not _HASH.fullmatch(str(row["document"])):
            message = f"line {number} of {path.name} names no document"
            raise IntegrityError(message, "Nothing was changed.")
        found.append({name: row[name] for name in columns})
    return found


def _load_settings(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {str(k): str(v) for k, v in found.items()}
    except (OSError, ValueError, AttributeError, RecursionError) as error:
        message = f"{path.name} of the export cannot be read: {error}"
        raise IntegrityError(message, "Nothing was changed.") from error


def _restore_documents(tx: Tx, folder: Path, arrivals: list[Row], say: Progress) -> None:
    names = sorted({r["document"] for r in arrivals if r["document"] is not None})
    batch: list[Row] = []
    for number, name in enumerate(names):
        try:
            data = (folder / "documents" / name[:2] / name).read_bytes()
        except OSError as error:
            message = f"document {name} of the export is missing"
            raise IntegrityError(message, "Nothing was changed.") from error
        if hash_bytes(data) != name:
            message = f"document {name} of the export is damaged"
            raise IntegrityError(message, "Nothing was changed.")
        batch.append({"document": name, "size": len(data), "bytes": data})
        if len(batch) == 200 or number == len(names) - 1:
            tx.keep("documents", batch)
            batch = []
            say("Documents", number, len(names))


def _load_lines(path: Path) -> list[Any]:
    # Not splitlines(): it also cuts at U+2028 and U+0085, which stand in texts.
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    except (OSError, ValueError, RecursionError) as error:
        message = f"{path} cannot be read: {error}"
        raise IntegrityError(message, "Nothing was changed.") from error
