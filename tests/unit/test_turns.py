"""Whose words a quotation holds where no line ends tell, and speakers who are only described."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from legation.desk.cli.commands.reading import file_json
from legation.workspace.reading import read_alone


def told(tmp_path: Path, text: str) -> dict[str, Any]:
    """Read a note alone; return its JSON."""
    path = tmp_path / "note.txt"
    path.write_text(text, encoding="utf-8")
    found: dict[str, Any] = json.loads(json.dumps(file_json(read_alone(path), by_card=False)))
    return found


def said(tmp_path: Path, text: str) -> list[tuple[str, str | None, str]]:
    """Return the words, speaker's name and state of the quoted statements."""
    read = told(tmp_path, text)
    return [
        (read["text"][slice(*s["span"])], read["people"].get(s["speaker"]), s["state"])
        for s in read["statements"]
        if s["mode"] == "quoted"
    ]


def who(tmp_path: Path, text: str, words: str) -> tuple[str | None, str]:
    """Return speaker and state of the statement that holds some words."""
    return next((name, state) for span, name, state in said(tmp_path, text) if words in span)


FLAT = (
    "The door stood open. “Good day,” said Mr. Eden. “It is late.” “So it is,” said Mr. Butler. “Shall we go?” "
    "“Not yet,” said Mr. Eden."
)


def test_what_stands_behind_a_tag_is_asked_about_where_lines_do_not_tell(tmp_path: Path) -> None:
    assert who(tmp_path, FLAT, "Good day") == ("Mr. Eden", "read")
    assert who(tmp_path, FLAT, "It is late") == ("Mr. Eden", "ask")


def test_paragraphs_tell_whose_turn_goes_on(tmp_path: Path) -> None:
    lines = FLAT.replace("” “", "”\n\n“").replace("open. “", "open.\n\n“")
    assert who(tmp_path, lines, "It is late") == ("Mr. Eden", "read")


def test_a_quotation_with_its_own_tag_goes_on_with_no_other(tmp_path: Path) -> None:
    text = "“Good day,” said Mr. Eden. “Is it late?” asked Mr. Butler. “It is,” said Mr. Eden."
    assert who(tmp_path, text, "Is it late")[0] == "Mr. Butler"


def test_a_tag_takes_no_words_behind_it(tmp_path: Path) -> None:
    text = "“Tell me first,” said Mr. Eden, “how the clerk came by it.” He sat down."
    assert any("how the clerk" in span and name == "Mr. Eden" for span, name, _ in said(tmp_path, text))


def test_what_is_answered_behind_a_quotation_is_no_tag(tmp_path: Path) -> None:
    text = "Mr. Eden looked up and asked: “What day is it?” I answered that it was Monday."
    assert who(tmp_path, text, "What day")[0] == "Mr. Eden"


def test_who_is_only_described_speaks(tmp_path: Path) -> None:
    read = told(tmp_path, "“Good night,” said the man with the lantern. “Good night,” said the old man.")
    people = [s["speaker"] for s in read["statements"]]
    assert [read["people"][p] for p in people] == ["the man", "the old man"]
    assert all(p.startswith("u-") for p in people)
    assert not any(m["person"] in people for m in read["mentions"])


def test_another_is_somebody_new_each_time(tmp_path: Path) -> None:
    read = told(tmp_path, "“No,” said another. A bell rang. “Never,” said another.")
    people = {s["speaker"] for s in read["statements"]}
    assert len(people - {None}) == 2


def test_she_is_not_her_guest(tmp_path: Path) -> None:
    text = "Mrs. Eden had fed her guest and lit the lamp. “It is late,” she said."
    assert who(tmp_path, text, "It is late")[0] == "Mrs. Eden"


def test_who_came_and_said_is_not_the_writer(tmp_path: Path) -> None:
    text = "A little before my departure the old woman came to my room and said: “Must you go?”"
    assert who(tmp_path, text, "Must you go")[0] == "the old woman"


def test_words_in_quotation_marks_may_hold_the_verb(tmp_path: Path) -> None:
    text = "The note was short. Mr. Eden “expressed surprise at the news,” and left."
    assert said(tmp_path, text) == [("Mr. Eden “expressed surprise at the news,”", "Mr. Eden", "read")]


def test_a_title_is_not_said(tmp_path: Path) -> None:
    assert said(tmp_path, "We saw a new play by Shadwell, called “The Lady’s Day;” and so home.") == []


def test_a_word_that_is_no_known_name_still_spoke(tmp_path: Path) -> None:
    text = "“Three years,” said Good. A clock struck. Good things come late, and good men wait."
    (told_by,) = said(tmp_path, text)
    assert told_by[1] == "Good"
