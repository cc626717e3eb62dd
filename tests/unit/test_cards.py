"""Reading and writing address cards."""

from __future__ import annotations

import base64

import pytest

from legation.facts.candidates import CardField, Context, Reading
from legation.facts.when import When
from legation.reading.cards import (
    display_name,
    list_offices,
    parse_card_date,
    parse_when,
    read_card,
    split_cards,
    split_components,
)
from legation.reading.content import guess_content_encoding, iter_content_lines
from legation.reading.decode import decode_text
from legation.reading.vcard_write import write_card

CARD = "BEGIN:VCARD\r\nVERSION:{}\r\n{}\r\nEND:VCARD\r\n"


def read(body: str, version: str = "3.0") -> Reading:
    return read_card(CARD.format(version, body), Context())


def value(reading: Reading, name: str) -> str:
    return next(field.value for field in reading.card if field.name == name)


def params(reading: Reading, name: str) -> tuple[tuple[str, str], ...]:
    return next(field.params for field in reading.card if field.name == name)


def codes(reading: Reading) -> set[str]:
    return {problem.code for problem in reading.problems}


def as_pairs(fields: tuple[CardField, ...]) -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
    return [(field.name, field.value, field.params) for field in fields]


def test_parts_tile_the_text_and_have_names_of_their_own() -> None:
    text = (
        "stray\nBEGIN:VCARD\nUID:a\nFN:A\nEND:VCARD\n\n"
        "BEGIN:VCARD\nFN:B\nEND:VCARD\nBEGIN:VCARD\nUID:a\nEND:VCARD\ntail"
    )
    parts = split_cards(text)
    assert [name for name, _, _ in parts] == ["uid:a", "card-2", "uid:a#2"]
    assert "".join(text[start:end] for _, start, end in parts) == text
    assert split_cards("") == ()
    assert split_cards("no card") == (("card-1", 0, 7),)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\r\r\n"])
def test_any_line_ending(ending: str) -> None:
    lines = ["BEGIN:VCARD", "VERSION:3.0", "FN:Ada", "NOTE:one", "  two", "END:VCARD", ""]
    text = ending.join(lines * 2)
    parts = split_cards(text)
    assert len(parts) == 2
    for _, start, end in parts:
        reading = read_card(text[start:end], Context())
        assert (reading.title, value(reading, "note")) == ("Ada", "one two")
        assert not reading.problems


def test_a_card_without_end_is_ended_by_the_next() -> None:
    text = "BEGIN:VCARD\nFN:A\nTEL:1\nBEGIN:VCARD\nFN:B\nEND:VCARD\n"
    readings = [read_card(text[s:e], Context()) for _, s, e in split_cards(text)]
    assert [reading.title for reading in readings] == ["A", "B"]
    assert [codes(reading) for reading in readings] == [{"card-broken"}, set()]


def test_the_card_of_an_agent_stays_inside() -> None:
    text = (
        "BEGIN:VCARD\nVERSION:2.1\nFN:A\nAGENT:\nBEGIN:VCARD\nUID:inner\nFN:B\nEND:VCARD\n"
        "UID:outer\nEND:VCARD\nBEGIN:VCARD\nFN:C\nEND:VCARD\n"
    )
    parts = split_cards(text)
    assert [name for name, _, _ in parts] == ["uid:outer", "card-2"]
    reading = read_card(text[parts[0][1] : parts[0][2]], Context())
    assert [field.name for field in reading.card] == ["fn", "agent", "uid"]
    assert "FN:B" in value(reading, "agent")
    assert not reading.problems


def test_quoted_printable_with_soft_breaks_and_charsets() -> None:
    reading = read(
        "N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=\r\n=F6rg\r\n"
        "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:line one=0D=0A=\r\n line =C3=A9 two=\r\n\r\n"
        "TEL;HOME;PREF:12",
        "2.1",
    )
    assert split_components(value(reading, "n"))[:2] == (("Müller",), ("Jörg",))
    assert value(reading, "note") == "line one\n line é two"
    assert params(reading, "tel") == (("type", "home"), ("pref", "1"))
    assert params(reading, "note") == ()


def test_an_unknown_charset_or_encoding_is_a_problem_and_the_rest_is_read() -> None:
    reading = read(
        "FN;CHARSET=x-martian;ENCODING=QUOTED-PRINTABLE:Ad=61\r\n"
        "NOTE;ENCODING=ROT13:uryyb\r\nPHOTO;ENCODING=b;TYPE=JPEG:A\r\nno colon here\r\nTEL:1",
        "2.1",
    )
    assert (value(reading, "fn"), value(reading, "tel")) == ("Ada", "1")
    assert codes(reading) == {"card-property"}
    assert len(reading.problems) == 4
    assert not any(problem.fatal for problem in reading.problems)


def test_cards_in_an_old_charset_are_decoded_by_property() -> None:
    reading = Reading("card")
    head, tail = b"BEGIN:VCARD\r\nVERSION:2.1\r\n", b"END:VCARD\r\n"
    name = b"N;CHARSET=SHIFT_JIS:" + "能;太郎".encode("shift_jis") + b"\r\n"
    mixed = head + name + "NOTE;CHARSET=KOI8-R:Привет\r\n".encode("koi8-r") + tail
    for data in (head + name + tail, mixed):
        text = decode_text(data, guess_content_encoding(data)).text
        reading = read_card(text, Context())
        assert split_components(value(reading, "n"))[:2] == (("能",), ("太郎",))
    assert value(reading, "note") == "Привет"
    assert guess_content_encoding(b"FN;CHARSET=UTF-8:\xc3\xa9") == ""
    assert guess_content_encoding(b"FN:\xe9") == ""


def test_pictures_become_data_uris_whatever_the_version() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(200))
    encoded = base64.b64encode(picture).decode()
    folded = "\r\n ".join(encoded[i : i + 60] for i in range(0, len(encoded), 60))
    bare = "\r\n".join(encoded[i : i + 60] for i in range(0, len(encoded), 60))
    for body in (
        f"PHOTO;ENCODING=b;TYPE=PNG:{encoded}",
        f"PHOTO;BASE64:\r\n  {folded}",
        f"PHOTO;ENCODING=BASE64;TYPE=PNG:\r\n{bare}\r\n\r\nTEL:1",
        f"PHOTO:data:image/png;base64,{folded}",
        f"PHOTO;VALUE=uri:data:image/png;base64\\,{encoded}",
    ):
        reading = read(f"FN:A\r\n{body}", "2.1")
        assert value(reading, "photo") == f"data:image/png;base64,{encoded}"
        assert params(reading, "photo") == ()
        assert not reading.problems
    linked = read("FN:A\r\nPHOTO;VALUE=URL;TYPE=JPEG:http://x.example/a.jpg")
    assert params(linked, "photo") == (("value", "uri"), ("mediatype", "image/jpeg"))


def test_a_picture_of_five_megabytes() -> None:
    encoded = base64.b64encode(bytes(5_000_000)).decode()
    reading = read(f"FN:A\r\nPHOTO;ENCODING=b;TYPE=JPEG:{encoded}")
    assert len(value(reading, "photo")) > 6_600_000
    span = reading.card[1].span
    assert span is not None
    assert span.end - span.start > 6_600_000
    assert as_pairs(read_card(write_card(reading.card), Context()).card) == as_pairs(reading.card)


def test_groups_parameters_and_unknown_properties_are_kept() -> None:
    reading = read(
        "FN;ALTID=1;PID=1.1;LANGUAGE=fr:A\r\nitem1.TEL;type=WORK;type=pref:1\r\n"
        'item1.X-ABLabel:_$!<Desk>!$_\r\nX-ODD;P="a;b,c:d";Q=^n^^^\':raw\\;value;two\r\n'
        "ADR;TYPE=home,postal:;;1 Road\\, East;Paris;;;France",
        "4.0",
    )
    assert params(reading, "fn") == (("altid", "1"), ("pid", "1.1"), ("language", "fr"))
    assert params(reading, "tel") == (("group", "item1"), ("type", "work"), ("pref", "1"))
    assert params(reading, "x-odd") == (("p", "a;b,c:d"), ("q", '\n^"'))
    assert value(reading, "x-odd") == "raw\\;value;two"
    assert split_components(value(reading, "adr"))[2] == ("1 Road, East",)
    assert as_pairs(read_card(write_card(reading.card), Context()).card) == as_pairs(reading.card)


def test_spans_hold_the_raw_property() -> None:
    text = CARD.format("3.0", "FN:Ada\r\nNOTE:a long\r\n  note\r\nTEL:1")
    reading = read_card(text, Context())
    raw = [text[f.span.start : f.span.end] for f in reading.card if f.span]
    assert raw == ["FN:Ada", "NOTE:a long\r\n  note", "TEL:1"]


def test_a_card_without_a_name_or_without_anything() -> None:
    assert codes(read("TEL:1")) == {"card-no-name"}
    empty = read_card("BEGIN:VCARD\nEND:VCARD\n", Context())
    assert [p.code for p in empty.problems if p.fatal] == ["card-broken"]
    assert read("N:Ando;Roid;").title == "Roid Ando"
    assert read("ORG:Foreign Office;Northern").title == "Foreign Office, Northern"


def test_the_writer_derives_a_name_and_the_reader_leaves_it_out() -> None:
    reading = read("N:Maisky;Ivan;;;")
    written = write_card(reading.card)
    assert "FN;X-LEGATION-DERIVED=1:Ivan Maisky\r\n" in written
    again = read_card(written, Context())
    assert as_pairs(again.card) == as_pairs(reading.card)
    assert again.title == "Ivan Maisky"


def test_lines_are_folded_at_75_octets_but_never_inside_a_character() -> None:
    note = "Майский 🦊 " * 40 + "x" * 300
    written = write_card((CardField("fn", "A"), CardField("note", note)))
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    assert value(read_card(written, Context()), "note") == note


def test_the_writer_cannot_be_made_to_write_a_second_property() -> None:
    evil = "x\r\nEND:VCARD\r\nBEGIN:VCARD\nFN:Evil\rTEL:1"
    fields = tuple(CardField(name, evil) for name in ("fn", "note", "n", "url", "photo", "x-a"))
    fields += (CardField("tel", "1", (("type", evil), ("x\r\ny", "z"), ("group", evil))),)
    written = write_card((*fields, CardField("x\r\nEND:VCARD", "1")))
    lines = [line for line in iter_content_lines(written) if line.name in {"begin", "end"}]
    assert [(line.name, line.value) for line in lines] == [("begin", "VCARD"), ("end", "VCARD")]
    assert len(split_cards(written)) == 1


def test_offices_have_dates_to_known_precision() -> None:
    reading = read(
        "FN:Lord Halifax\r\n"
        "X-LEGATION-OFFICE;X-START=1938-02-21;X-END=1940-12-22:Foreign Secretary\r\n"
        "X-LEGATION-OFFICE;X-START=1926-04:Viceroy of India\r\n"
        "X-LEGATION-OFFICE;X-START=soon:Nothing",
        "4.0",
    )
    offices = [(office, start, end) for _, office, start, end in list_offices(reading.card)]
    assert offices == [
        ("Foreign Secretary", When("1938-02-21"), When("1940-12-22")),
        ("Viceroy of India", When("1926-04"), None),
        ("Nothing", None, None),
    ]
    assert codes(reading) == {"card-property"}
    assert as_pairs(read_card(write_card(reading.card), Context()).card) == as_pairs(reading.card)


@pytest.mark.parametrize(
    ("text", "parsed", "when"),
    [
        ("1815-12-10", (1815, 12, 10), When("1815-12-10")),
        ("18151210", (1815, 12, 10), When("1815-12-10")),
        ("1815-12-10T10:00:00Z", (1815, 12, 10), When("1815-12-10")),
        ("1815-12", (1815, 12, None), When("1815-12")),
        ("1815", (1815, None, None), When("1815")),
        ("--0203", (None, 2, 3), None),
        ("--02-29", (None, 2, 29), None),
        ("---10", (None, None, 10), None),
        ("circa 1800", None, None),
        ("1815-13-10", None, None),
        ("", None, None),
    ],
)
def test_birthdays(
    text: str, parsed: tuple[int | None, int | None, int | None] | None, when: When | None
) -> None:
    assert parse_card_date(text) == parsed
    assert parse_when(text) == when


@pytest.mark.parametrize("text", ["circa 1800", "--0203", "19960415", "1987-09-27T08:30:00-06:00"])
def test_birthdays_stay_as_they_are_written(text: str) -> None:
    reading = read(f"FN:A\r\nBDAY;VALUE=text:{text}", "4.0")
    assert value(read_card(write_card(reading.card), Context()), "bday") == text


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCARD\nFN:" + "x" * 100_000 + "\nEND:VCARD",
        "BEGIN:VCARD\nFN:a\x00b\u202eR\nNOTE:\ud800\nEND:VCARD",
        'BEGIN:VCARD\nFN;X="unclosed:Ada\nTEL:1\nEND:VCARD',
        "BEGIN:VCARD\nFN;;;=;TYPE=:Ada\n:x\n;y\n \nEND:VCARD",
        "BEGIN:VCARD\nAGENT:\nBEGIN:VCARD\nAGENT:\nBEGIN:VCARD\nFN:x",
        "BEGIN:VCARD\nFN:Ada\nPHOTO;ENCODING=b:" + "QUJD\n" * 10,
        "BEGIN:VCARD\r" * 500,
        "END:VCARD\n" * 500,
        "\n \n\t\n" * 1000,
    ],
)
def test_hostile_cards_are_read_or_are_a_problem(text: str) -> None:
    for _, start, end in split_cards(text):
        reading = read_card(text[start:end], Context())
        assert reading.card or reading.problems
        if reading.card:
            written = write_card(reading.card)
            written.encode()
            assert split_cards(written)[0][2] == len(written)


def test_display_name_falls_back() -> None:
    assert display_name((CardField("email", "a@b.example"),)) == "a@b.example"
    assert display_name(()) == ""
