"""`legation read`: the same reading as an import gives, in the documented form."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from legation.desk.cli import main
from legation.workspace.open import init_workspace, open_workspace
from legation.workspace.sample import build_sample

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats" / "reading.md"
ENTRY = (
    "Lunch with Lord Halifax. Halifax was tired. In the evening I met Mr. Rab Butler; yesterday he was ill.\n"
)
CARDS = "BEGIN:VCARD\nVERSION:4.0\nUID:uid-halifax\nFN:Edward Wood, Lord Halifax\nNICKNAME:Lord Halifax\nEND:VCARD\n"


TASKS = ("mentions", "encounters", "statements", "introductions", "promises", "occasions", "dates")


def read(*words: object) -> Any:
    found = CliRunner().invoke(main, ["read", *map(str, words), "--json"])
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def keys_of(section: str) -> list[str]:
    """Return the keys that one table of the page documents."""
    text = PAGE.read_text(encoding="utf-8")
    table = text[text.index(section) :].split("| key | value |", 1)[1].split("\n\n", 1)[0]
    return re.findall(r"^\| `(\w+)` \|", table, re.M)


@pytest.fixture
def entry(tmp_path: Path) -> Path:
    path = tmp_path / "1939-03-09.md"
    path.write_text(ENTRY, encoding="utf-8")
    return path


def test_the_keys_are_those_of_the_page(entry: Path) -> None:
    value = read(entry)
    assert list(value) == keys_of("## One document")
    assert list(value["mentions"][0]) == keys_of("Each of `mentions`")
    assert list(value["encounters"][0]) == keys_of("Each of `encounters`")
    assert value["tasks"] == [k for k in value if k in TASKS]
    assert value["version"] == 2


def test_spans_hold_their_words_and_ids_lead_to_people(entry: Path) -> None:
    value = read(entry)
    assert value["text"] == ENTRY
    assert value["written_on"] == "1939-03-09"
    quotes = [ENTRY[m["start"] : m["end"]] for m in value["mentions"]]
    assert quotes[:2] == ["Lord Halifax", "Halifax"]
    ids = {m["person"] for m in value["mentions"]} | {
        p for e in value["encounters"] for p in e["participants"]
    }
    assert ids | {value["author"]} == set(value["people"])
    assert [d["value"] for d in value["dates"] if ENTRY[d["start"] : d["end"]] == "yesterday"] == [
        "1939-03-08"
    ]


def test_an_author_without_a_name_takes_part(entry: Path) -> None:
    value = read(entry)
    assert value["people"][value["author"]] == "the author"
    assert all(value["author"] in e["participants"] for e in value["encounters"])
    named = read(entry, "--author", "Ivan Maisky")
    assert named["people"][named["author"]] == "Ivan Maisky"


def test_whoever_has_a_card_is_called_by_its_uid(entry: Path, tmp_path: Path) -> None:
    cards = tmp_path / "people.vcf"
    cards.write_text(CARDS, encoding="utf-8")
    value = read(entry, "--people", cards)
    who = {ENTRY[m["start"] : m["end"]]: m["person"] for m in value["mentions"]}
    assert who["Lord Halifax"] == who["Halifax"] == "uid-halifax"
    assert value["people"]["uid-halifax"] == "Edward Wood, Lord Halifax"
    assert who["Mr. Rab Butler"] != "uid-halifax"


def test_an_uncertain_mention_never_has_the_id_of_a_card(tmp_path: Path) -> None:
    cards = tmp_path / "people.vcf"
    cards.write_text(
        CARDS + CARDS.replace("uid-halifax", "uid-other").replace("Edward", "Charles"), encoding="utf-8"
    )
    path = tmp_path / "1939-03-09.md"
    path.write_text("Lunch with Lord Halifax. Lord Halifax said nothing.\n", encoding="utf-8")
    value = read(path, "--people", cards)
    asked = [m for m in value["mentions"] if m["state"] == "ask"]
    assert len(asked) == 2
    assert len({m["person"] for m in asked}) == 1
    assert asked[0]["person"].startswith("u-")
    assert value["people"][asked[0]["person"]] == "Lord Halifax"


def test_several_entries_are_documents_with_their_offsets(tmp_path: Path) -> None:
    text = "# 8 March 1939\n\nLunch with Mr. Butler, as planned.\n\n# 9 March 1939\n\nI met Mr. Hudson at the Ministry.\n"
    path = tmp_path / "march.md"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    value = read(path)
    assert list(value) == keys_of("## Several documents")
    assert [d["part"] for d in value["documents"]] == ["1939-03-08", "1939-03-09"]
    for document in value["documents"]:
        at = document["offset_in_file"]
        assert text[at : at + len(document["text"])] == document["text"]


def test_a_date_may_be_said(tmp_path: Path) -> None:
    path = tmp_path / "entry.md"
    path.write_text("Yesterday I dined with Mr. Butler.\n", encoding="utf-8")
    assert read(path)["written_on"] is None
    assert read(path, "--written-on", "1939-03-09")["encounters"][0]["on"] == "1939-03-08"
    assert CliRunner().invoke(main, ["read", str(path), "--written-on", "soon"]).exit_code == 2


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02", b"\xff\xfe\xfa", b"a\x00b\r\n\xe9", b"\x89PNG\r\n\x1a\n"]
)
def test_any_bytes_are_read_or_refused_with_a_reason(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(data)
    value = read(path)
    assert "text" in value or value["skipped"] or value["problems"] or value["documents"] == []
    assert CliRunner().invoke(main, ["read", str(path)]).exit_code == 0


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["read", str(tmp_path / "no")]).exit_code == 3
    assert CliRunner().invoke(main, ["read", str(tmp_path)]).exit_code == 3


def test_within_a_workspace_a_reading_is_that_of_its_import(tmp_path: Path) -> None:
    root = build_sample(tmp_path / "sample")
    opened = open_workspace(root, workers=1)
    opened.ledger.import_paths([d.path for d in opened.settings.sources])
    before = opened.ledger.hashes()
    with opened.ledger.store.looking() as tx:
        items = {
            r["path"]: r["item"]
            for r in tx.load("items")
            if r["kind"] in ("entry", "paper") and not r["part"]
        }
        stored = {i: tx.load("mentions", item=i, order=("start", "-end")) for i in items.values()}
    chosen = sorted(items)[::9]
    assert len(chosen) > 5
    for path in chosen:
        value = read(root / path, "-w", root)
        mine = {(m["start"], m["end"]): m["person"] for m in value["mentions"] if m["state"] == "read"}
        theirs = {
            (r["start"], r["end"]): r["person"]
            for r in stored[items[path]]
            if r["person"] and r["state"] in ("read", "sure")
        }
        assert mine == theirs
    assert opened.ledger.hashes() == before
    opened.close()


def test_a_file_from_elsewhere_has_the_register_of_the_volume_it_fits(tmp_path: Path) -> None:
    root = init_workspace(tmp_path / "w", "Ivan Maisky")
    (root / "diary").mkdir()
    for day in range(1, 5):
        (root / "diary" / f"1939-03-0{day}.md").write_text(
            "I met Mr. Samuel Crewe at dinner. Mr. Crewe spoke.\n", encoding="utf-8"
        )
    opened = open_workspace(root, workers=1)
    opened.ledger.import_paths([root])
    before = opened.ledger.hashes()
    path = tmp_path / "1939-03-20.md"
    path.write_text("At the club was Crewe, and said little.\n", encoding="utf-8")
    quotes = {
        value["text"][m["start"] : m["end"]] for value in [read(path, "-w", root)] for m in value["mentions"]
    }
    assert "Crewe" in quotes
    assert opened.ledger.hashes() == before
    opened.close()
