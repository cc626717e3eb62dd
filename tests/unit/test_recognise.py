"""What a file is: content first, name second, and always a reason where it is not read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.reading.recognise import recognise, skip_folder

CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Edward Halifax\r\nEND:VCARD\r\n"
MAIL = b"From: A <a@example.org>\nTo: b@example.org\nDate: Wed, 8 Mar 1939 12:00:00 +0000\nMessage-ID: <1@x>\n\nHi\n"


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("people.txt", CARD, "cards"),
        ("people", b"\xef\xbb\xbf" + CARD, "cards"),
        ("people.vcf", CARD.decode().encode("utf-16"), "cards"),
        ("diary.vcf", b"8 August 1938. Lunch with Halifax.\n", "text"),
        ("cal.txt", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "calendar"),
        ("archive", b"From a@example.org Wed Mar  8 12:00:00 1939\n" + MAIL, "mailbox"),
        ("1234567.M1P2.host:2,S", MAIL, "message"),
        ("Maildir/cur/1234567.M1P2.host", b"Subject: x\nFrom: me\n\nHi\n", "message"),
        ("note.txt", MAIL, "message"),
        (
            "memo.txt",
            b"FROM: Mr. Rusk\nTO: The President\nDATE: May 3, 1961\nSUBJECT: Laos\n\nText.",
            "text",
        ),
        ("people.csv", b"First Name,Last Name,E-mail\nEdward,Halifax,h@example.org\n", "table"),
        ("people.tsv", b"Name\tPhone\nHalifax\t1\n", "table"),
        ("export", b"Name;E-mail;Phone\nHalifax;h@example.org;1\n", "table"),
        (
            "diary.csv",
            b"Today I walked to the Foreign Office.\nIt rained, and nobody was in, alas.\n",
            "text",
        ),
        ("1938-08-08.md", b"# 8 August 1938\n\n[Here follows] lunch.\n", "text"),
        ("links.md", b"[[Lord Halifax]] came.\n", "text"),
        ("from.md", b"From the window I saw Halifax.\n\nHe waved.\n", "text"),
        ("nul.txt", b"Lunch with\x00 Halifax on a day in spring, then home.\n", "text"),
        ("blank.md", b" \n\n", "text"),
    ],
)
def test_kind(name: str, head: bytes, kind: str) -> None:
    assert recognise(name, head, len(head)).kind == kind


@pytest.mark.parametrize(
    ("name", "head", "words"),
    [
        ("photo.md", b"\x89PNG\r\n\x1a\n", "image"),
        ("photo.jpg", b"\xff\xd8\xff\xe0", "image"),
        ("picture", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image"),
        ("voice.m4a", b"\x00\x00\x00 ftypM4A ", "audio"),
        ("paper.txt", b"%PDF-1.4\n", "binary document"),
        ("letter.docx", b"PK\x03\x04....word/document.xml", "binary document"),
        ("all.zip", b"PK\x03\x04....", "archive"),
        ("dump.gz", b"\x1f\x8b\x08", "archive"),
        ("tool", b"\x7fELF\x02", "program"),
        ("x.md~", b"old", "backup"),
        (".x.md.swp", b"b0VIM", "backup"),
        (".DS_Store", b"\x00\x00\x00\x01Bud1", "macOS"),
        ("empty.md", b"", "empty"),
        ("export.json", b'{"people": []}', "JSON"),
        ("page.html", b"<!DOCTYPE html><p>x", "HTML"),
        ("noise.txt", bytes(range(1, 9)) * 40, "binary"),
    ],
)
def test_skipped_with_reason(name: str, head: bytes, words: str) -> None:
    found = recognise(name, head, len(head))
    assert found.kind == "skip"
    assert words in found.reason


def test_folders() -> None:
    assert skip_folder(".obsidian")
    assert skip_folder(".git")
    assert skip_folder(".legation")
    assert skip_folder("1938") == ""


@given(st.text(max_size=20), st.binary(max_size=400))
def test_any_bytes(name: str, head: bytes) -> None:
    found = recognise(name, head, len(head))
    assert (found.kind == "skip") == bool(found.reason)
