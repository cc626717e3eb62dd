"""What a fresh reader found: text must not change, and no two people become one in silence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from legation.desk.cli import main
from legation.reading.decode import decode_text


def read(path: Path) -> dict[str, Any]:
    """Return what `legation read --json` prints of a file."""
    result = CliRunner().invoke(main, ["read", str(path), "--json"])
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def called(found: dict[str, Any]) -> dict[str, str]:
    """Return the last person of every quoted mention."""
    text = found["text"]
    return {text[m["start"] : m["end"]]: m["person"] for m in found["mentions"]}


@pytest.mark.parametrize("place", range(20, 28))
def test_one_nul_does_not_make_a_text_utf16(place: int) -> None:
    text = "1938-01-01\n\nLunch with Sir John Simon.\n"
    data = (text[:place] + "\0" + text[place:]).encode()
    assert decode_text(data).text == data.decode()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_the_names_of_wide_encodings_are_known(encoding: str) -> None:
    text = "Dined with Sir Horace Rumbold at the Travellers.\n"
    found = decode_text(text.encode("utf-16-le" if encoding == "utf-16" else encoding), encoding)
    assert (found.text, found.problems) == (text, ())


@pytest.mark.parametrize(
    ("prose", "one", "other"),
    [
        (
            "Met Harold Nicolson. Mr. Nicolson the banker, no relation, joined us.",
            "Harold Nicolson",
            "Mr. Nicolson",
        ),
        (
            "Winston and Randolph Churchill dined with me. Mr. Churchill left early.",
            "Randolph Churchill",
            "Mr. Churchill",
        ),
        (
            "Phoned Mrs. Dalton. Her brother-in-law, Mr. Dalton, answered. Hugh Dalton was out.",
            "Hugh Dalton",
            "Mr. Dalton",
        ),
        ("Met John Turner, William Turner and W. Turner.", "William Turner", "W. Turner"),
    ],
)
def test_relatives_and_namesakes_are_asked_about(tmp_path: Path, prose: str, one: str, other: str) -> None:
    path = tmp_path / "1931-01-02.md"
    path.write_text(prose + "\n", encoding="utf-8")
    people = called(read(path))
    assert people[one] != people[other]


def test_a_printed_office_takes_part(tmp_path: Path) -> None:
    path = tmp_path / "memo.txt"
    path.write_text(
        "Memorandum of Conversation\n\nWashington, September 17, 1963.\n\nPARTICIPANTS\n\nThe President\n\n"
        "Foy D. Kohler, American Ambassador to the Soviet Union\n\nI met with the President for an hour.\n",
        encoding="utf-8",
    )
    found = read(path)
    held = [e for e in found["encounters"] if e["on"] == "1963-09-17" and len(e["participants"]) == 2]
    assert held, found["encounters"]


def test_the_president_in_another_paper_is_not_the_french_one(tmp_path: Path) -> None:
    head = "MEMORANDUM OF CONVERSATION\n\nDATE: {}\nPLACE: {}\nSUBJECT: Berlin\nPARTICIPANTS:\n{}\n\n"
    folder, place = tmp_path / "papers", str(tmp_path / "ws")
    folder.mkdir()
    (folder / "a.txt").write_text(
        head.format("May 2, 1962", "Elysee Palace, Paris", "President de Gaulle\nAmbassador Bohlen")
        + "The President said that France would not negotiate. The Prime Minister, Mr. Pompidou, agreed.\n",
        encoding="utf-8",
    )
    second = folder / "b.txt"
    second.write_text(
        head.format("November 26, 1963", "The White House", "Foreign Minister Schroeder\nMr. Kennedy")
        + "The President said that he was grateful.\n",
        encoding="utf-8",
    )
    run = CliRunner()
    assert run.invoke(main, ["init", place, "--owner", "Ann Lee"]).exit_code == 0
    assert run.invoke(main, ["import", "-w", place, str(folder)]).exit_code == 0
    people = []
    for path in (folder / "a.txt", second):
        result = run.invoke(main, ["read", "-w", place, str(path), "--json"])
        people.append(called(json.loads(result.stdout))["The President"])
    assert people[0] != people[1]
