"""Bytes to text without loss of place, and slices that decode to their parts."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.reading.decode import TEXT_LIMIT_BYTES, check_size, decode_text, slice_bytes
from legation.reading.split import split_text

RUSSIAN = "Сегодня утром был у меня Галифакс, и мы долго говорили о Польше."


@dataclass(frozen=True)
class Piece:
    start: int
    end: int


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"plain", "utf-8", "plain"),
        ("é—’".encode(), "utf-8", "é—’"),
        (b"\xef\xbb\xbfx\r\ny", "utf-8", "x\r\ny"),
        ("Räume".encode("utf-16"), "utf-16-le", "Räume"),
        ("Lunch with Eden".encode("utf-16-be"), "utf-16-be", "Lunch with Eden"),
        ("Lunch with Eden".encode("utf-32-le"), "utf-32-le", "Lunch with Eden"),
        (RUSSIAN.encode("cp1251"), "cp1251", RUSSIAN),
        (RUSSIAN.encode("koi8-r"), "koi8-r", RUSSIAN),
        (
            "déjeuner chez Monzie, très gai".encode("cp1252"),
            "cp1252",
            "déjeuner chez Monzie, très gai",
        ),
        ("he said “no”".encode("cp1252"), "cp1252", "he said “no”"),
        (b"", "utf-8", ""),
    ],
)
def test_encodings(data: bytes, encoding: str, text: str) -> None:
    rendition = decode_text(data)
    assert (rendition.encoding, rendition.text) == (encoding, text)
    assert rendition.name.startswith("text/")


def test_wrong_bytes_are_named() -> None:
    rendition = decode_text("café, naïve, é".encode() + b"\nbad \xff\xfe here")
    assert rendition.encoding == "utf-8"
    assert "\ufffd\ufffd" in rendition.text
    problem = rendition.problems[0]
    assert (problem.code, problem.line) == ("text-encoding", 2)
    assert rendition.text[problem.start : problem.end] == "\ufffd\ufffd"


@pytest.mark.parametrize("data", [b"a \xed\xa0\x80 b", b"\xff\xfea\x00\x00\xd8b\x00", b"\xff\xfea\x00b"])
def test_no_surrogate_leaves(data: bytes) -> None:
    rendition = decode_text(data)
    rendition.text.encode("utf-8")
    assert "\ufffd" in rendition.text
    assert rendition.problems


def test_nul_and_marks_are_kept() -> None:
    rendition = decode_text("a\x00b \u200fשלום".encode())
    assert rendition.text == "a\x00b \u200fשלום"
    assert [p.code for p in rendition.problems] == ["text-control"]


def test_named_encoding_wins_and_unknown_is_a_problem() -> None:
    assert decode_text(b"\xe9", "cp1250").text == "é"
    assert decode_text(b"a", "no-such").problems[0].code == "text-encoding"
    assert decode_text(b"\\ud800", "unicode_escape").text == "\ufffd"


@pytest.mark.parametrize(
    "encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "UTF-16LE", "utf_16"]
)
def test_wide_encodings_are_known_by_name(encoding: str) -> None:
    data = "Lunch with Eden".encode("utf-16-le" if encoding == "utf_16" else encoding)
    rendition = decode_text(data, encoding)
    assert (rendition.text, rendition.problems) == ("Lunch with Eden", ())
    assert decode_text(data, rendition.encoding) == rendition


@pytest.mark.parametrize("name", ["base64", "rot13", "x\0y", "undefined", ""])
def test_names_of_no_text_encoding(name: str) -> None:
    assert decode_text(b"a", name).encoding == "utf-8"


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_few_nuls_leave_utf8(count: int) -> None:
    text = "Lunch with Sir John at the Club, and home."
    for place in range(len(text)):
        data = (text[:place] + "\0" * count + text[place:]).encode()
        assert decode_text(data).text == data.decode(), place


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_in_another_script(encoding: str) -> None:
    assert decode_text(RUSSIAN.encode(encoding)).encoding == encoding


def test_size() -> None:
    assert check_size(TEXT_LIMIT_BYTES) is None
    problem = check_size(TEXT_LIMIT_BYTES + 1)
    assert problem is not None
    assert problem.fatal


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_slices_of_a_diary(encoding: str, end: str) -> None:
    text = end.join(
        [
            "# 8 August 1938",
            "",
            "Café with Eden and the others.",
            "",
            "# 9 August 1938",
            "",
            "Nothing.",
        ]
    )
    data = text.encode(encoding)
    rendition = decode_text(data)
    parts = split_text("diary.md", rendition.text)
    assert [p.part for p in parts] == ["1938-08-08", "1938-08-09"]
    slices = slice_bytes(data, rendition, parts)
    assert slices is not None
    assert b"".join(slices) == data
    for piece, part in zip(slices, parts, strict=True):
        assert decode_text(piece, rendition.encoding).text == rendition.text[part.start : part.end]


@given(st.binary(max_size=300))
def test_any_bytes_decode(data: bytes) -> None:
    rendition = decode_text(data)
    rendition.text.encode("utf-8")
    again = decode_text(data, rendition.encoding)
    assert again.text == rendition.text


@given(st.lists(st.binary(max_size=30), min_size=2, max_size=6))
def test_slices_join_or_refuse(lines: list[bytes]) -> None:
    data = b"\n".join(lines)
    rendition = decode_text(data)
    cuts = [i + 1 for i, c in enumerate(rendition.text) if c == "\n" and i + 1 < len(rendition.text)]
    bounds = [0, *cuts, len(rendition.text)]
    parts = [Piece(a, b) for a, b in itertools.pairwise(bounds)]
    slices = slice_bytes(data, rendition, parts)
    if slices is not None:
        assert b"".join(slices) == data
