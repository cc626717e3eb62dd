"""Reading address lists."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.facts.candidates import Context, Reading
from legation.reading.cards import read_card
from legation.reading.columns import guess_field
from legation.reading.tables import (
    guess_columns,
    iter_records,
    read_row,
    read_table_head,
    split_rows,
)
from legation.reading.vcard_write import write_card

LIST = (
    "First Name,Last Name,E-mail 1 - Value,Mobile Phone,Company,Home Street,Home City,Notes\r\n"
    'Edward,Halifax,h@fo.example,+44 20 1,Foreign Office,"1 King St,\r\nFlat 2",London,"a ""b"""\r\n'
    "\r\nAnthony,Eden,,,,,,\r\n"
)


def read_all(text: str, mapping: dict[str, str] | None = None) -> list[tuple[str, Reading]]:
    head = read_table_head(text)
    parts = split_rows(text)
    assert "".join(text[start:end] for _, start, end in parts) == text
    assert len({name for name, _, _ in parts}) == len(parts)
    out = []
    for name, start, end in parts:
        reading = read_row(head, text[start:end], mapping)
        for field in reading.card:
            assert field.span is not None
            assert field.span.end <= end - start
        out.append((name, reading))
    return out


def values(reading: Reading) -> dict[str, str]:
    return {field.name: field.value for field in reading.card}


def test_rows_become_cards_with_places() -> None:
    (first_name, first), (second_name, second) = read_all(LIST)
    assert (first_name, second_name) == ("email:h@fo.example", "name:Anthony Eden")
    assert (first.title, second.title) == ("Edward Halifax", "Anthony Eden")
    assert values(first) == {
        "fn": "Edward Halifax",
        "n": "Halifax;Edward;;;",
        "email": "h@fo.example",
        "tel": "+44 20 1",
        "org": "Foreign Office",
        "adr": ";;1 King St\\,\\nFlat 2;London;;;",
        "note": 'a "b"',
    }
    start, end = split_rows(LIST)[0][1:]
    note = first.card[-1].span
    assert note is not None
    assert LIST[start:end][note.start : note.end] == '"a ""b"""'
    assert not first.problems
    again = read_card(write_card(first.card), Context())
    assert [(f.name, f.value) for f in again.card] == [(f.name, f.value) for f in first.card]


def test_unknown_columns_are_a_problem_until_they_are_mapped() -> None:
    text = "Name;Schuhgröße;Amt\nA B;44;Minister\n"
    (_, reading) = read_all(text)[0]
    assert [p.code for p in reading.problems] == ["table-columns"]
    assert "Schuhgröße" in reading.problems[0].message
    assert values(reading) == {"fn": "A B", "title": "Minister"}
    mapping = {"Schuhgröße": "-", "Amt": "x-legation-office", "Name": "note"}
    (_, mapped) = read_all(text, mapping)[0]
    assert values(mapped) == {"note": "A B", "x-legation-office": "Minister"}
    assert [p.code for p in mapped.problems] == ["card-no-name"]


def test_a_list_without_headings_is_read_by_its_values() -> None:
    head = read_table_head("a@b.example\tAda\t+44 123456\n")
    assert (head.named, head.header, head.delimiter) == (False, ("1", "2", "3"), "\t")
    (_, reading) = read_all("a@b.example\tAda\t+44 123456\n", {"2": "fn"})[0]
    assert values(reading) == {"email": "a@b.example", "fn": "Ada", "tel": "+44 123456"}


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(mark: str, ending: str) -> None:
    text = ending.join(mark.join(row) for row in (("Name", "Mail"), ("A B", "a@b.example"), ("C", "")))
    assert [values(reading)["fn"] for _, reading in read_all(text)] == ["A B", "C"]


def test_the_separator_line_of_spreadsheets() -> None:
    assert values(read_all("sep=;\r\nName;Mail\r\nA;a@b.example\r\n")[0][1])["fn"] == "A"


def test_several_values_and_two_addresses() -> None:
    text = (
        "Name,E-mail 1 - Value,Address 1 - City,Address 2 - City,Birth Month,Birth Day,Groups\n"
        "A,a@b.example ::: c@d.example,Paris,Rome,2,3,x; y\n"
    )
    fields = read_all(text)[0][1].card
    assert [f.value for f in fields if f.name == "email"] == ["a@b.example", "c@d.example"]
    assert [f.value for f in fields if f.name == "adr"] == [";;;Paris;;;", ";;;Rome;;;"]
    assert [f.value for f in fields if f.name == "bday"] == ["--0203"]
    assert [f.value for f in fields if f.name == "categories"] == ["x,y"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["Name", "Vorname"], ["n.family", "n.given"]),
        (["Nom", "Prénom", "Courriel"], ["n.family", "n.given", "email"]),
        (["Title", "First Name", "Job Title"], ["n.prefix", "n.given", "title"]),
        (["Name", "Title"], ["fn", "title"]),
        (["Имя", "Фамилия", "Телефон"], ["n.given", "n.family", "tel"]),
        (["Apellidos", "Correo electrónico"], ["n.family", "email"]),
        (["Home Phone", "Business Fax", "Mobiltelefon"], ["tel;home", "tel;work;fax", "tel;cell"]),
        (["Organisation", "Geburtsdatum", "PLZ"], ["org", "bday", "adr.code"]),
        (["E-mail 2 Address", "E-mail 2 Type"], ["email", "-"]),
        (["", "Shoe size"], ["", ""]),
    ],
)
def test_headings(header: list[str], expected: list[str]) -> None:
    mapping = guess_columns(header)
    assert [mapping.get(heading, "") for heading in header] == expected


def test_rows_with_too_many_cells_or_none() -> None:
    (_, reading) = read_all("Name,Mail\nA,a@b.example,more\n")[0]
    assert [p.code for p in reading.problems] == ["table-row"]
    assert [p.fatal for _, r in read_all("Name,Mail\n") for p in r.problems] == [True]
    assert split_rows("") == ()


@pytest.mark.parametrize(
    "text",
    ['Name,Mail\n"unclosed', "Name,Mail\n" + "x" * 100_000, "\x00,\x00\n\x00,b", "," * 50_000,
     "\n" * 1000, '"' * 10_001, "Name\nA\nB\n", "Name,Mail\n,\n , \n", "sep=,", "sep=,\n"],
)  # fmt: skip
def test_hostile_tables(text: str) -> None:
    for _, reading in read_all(text):
        assert reading.card or reading.problems


CELLS = st.text("ab \",;\n\t'é", max_size=8)


@given(st.text('ab ",;\n\r', max_size=60), st.sampled_from(",;"))
def test_records_are_those_of_the_csv_module(text: str, mark: str) -> None:
    expected = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark) if row]
    found = [[cell.value for cell in cells] for _, _, cells in iter_records(text, mark)]
    assert found == expected


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6))
def test_any_table_is_tiled_and_read(rows: list[list[str]]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    read_all(stream.getvalue())


@given(st.text())
def test_any_text_is_read_without_an_exception(text: str) -> None:
    read_all(text)
    guess_field(text)
