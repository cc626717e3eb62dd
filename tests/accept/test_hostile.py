"""Whatever is put into the folder: every file is accounted for, nothing raises, the others are read."""

from __future__ import annotations

import base64
import os
import random
import time
from pathlib import Path

import pytest

from legation.workspace.open import init_workspace, open_workspace

LONG = 100_000
GOOD = "Dined with Lord Halifax at the Savoy. Halifax was late.\n"


def nested(depth: int) -> str:
    return "".join("  " * n + f"k{n}:\n" for n in range(depth)) + "  " * depth + "end: 1\n"


def card_with_photo() -> bytes:
    photo = base64.b64encode(random.Random(5).randbytes(5_000_000)).decode()
    folded = "\r\n ".join(photo[n : n + 74] for n in range(0, len(photo), 74))
    head = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Edward Halifax\r\nN:Halifax;Edward;;Lord;\r\nUID:h\r\n"
    return (head + f"PHOTO;ENCODING=b;TYPE=JPEG:{folded}\r\nEND:VCARD\r\n").encode()


def message(number: int, body: str, kind: str = "text/plain") -> str:
    return (
        f"From a@example.org Thu Mar  9 10:00:0{number} 1939\nFrom: Ann Lee <a@example.org>\nTo: b@example.org\n"
        f"Subject: Letter {number}\nDate: Thu, 09 Mar 1939 10:00:00 +0000\nMessage-ID: <m{number}@example.org>\n"
        f"MIME-Version: 1.0\nContent-Type: {kind}; charset=utf-8\n\n{body}\n\n"
    )


FILES: dict[str, bytes] = {
    "good-1939-03-01.md": GOOD.encode(),
    "latin1-1939-03-02.md": "Déjeuner avec M. Léger à l'Élysée. Il était pressé.\n".encode("latin-1"),
    "cp1252-1939-03-03.md": "Halifax said: “Never” – and left.\n".encode("cp1252"),
    "utf16-1939-03-04.md": ("\ufeff" + GOOD).encode("utf-16-le"),
    "utf16be-1939-03-05.md": ("\ufeff" + GOOD).encode("utf-16-be"),
    "koi8-1939-03-06.txt": "Обедал с лордом Галифаксом. Он опоздал на час.\n".encode("koi8-r"),
    "mixed-1939-03-07.md": GOOD.encode() + b"\xff\xfe\x80 broken \xe9\n" + GOOD.encode(),
    "nul-1939-03-08.md": GOOD.encode() + b"Then\x00 came Mr. Butler.\x00\n",
    "surrogate-1939-03-09.md": GOOD.encode() + b"\xed\xa0\x80 and \xed\xbf\xbf met Mr. Butler.\n",
    "crlf-1939-03-10.md": GOOD.replace("\n", "\r\n").encode() * 3,
    "cr-1939-03-11.md": GOOD.replace("\n", "\r").encode() * 3,
    "bom-1939-03-12.md": b"\xef\xbb\xbf" + GOOD.encode(),
    "onlybom.md": b"\xef\xbb\xbf",
    "empty.md": b"",
    "blank.md": b"  \n\t\n",
    "rtl-1939-03-13.md": "Saw \u202eMr. Butler\u202c and \u200fLord\u00a0Halifax\u200e; \u2067Halifax\u2069 spoke.\n".encode(),
    "line-1939-03-14.md": ("Lord Halifax called and " * (LONG // 24)).encode() + b"\n",
    "word-1939-03-15.md": ("Hali" * (LONG // 4)).encode() + b"\n",
    "capitals-1939-03-16.md": ("Lord " * (LONG // 5)).encode() + b"\n",
    "brackets-1939-03-17.md": (b"[[" * (LONG // 4) + b"]]" * (LONG // 4)) + b"\n",
    "quotes-1939-03-18.md": ('"' * LONG + "\n").encode(),
    "yaml-1939-03-19.md": ("---\n" + nested(230) + "---\n" + GOOD).encode(),
    "yaml-flow-1939-03-20.md": ("---\na: " + "[" * 20_000 + "\n---\n" + GOOD).encode(),
    "yaml-bomb-1939-03-21.md": (
        "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(
            f"{c}: &{c} [{','.join('*' + p for _ in range(9))}]\n"
            for p, c in zip("abcdefgh", "bcdefghi", strict=True)
        )
        + "---\n"
        + GOOD
    ).encode(),
    "lines.jsonl": '{"a": "one\u2028two"}\n{"b": "\u2029\x85"}\n'.encode(),
    "separators-1939-03-22.md": f"One\u2028two\u2029three\x85four. {GOOD}".encode(),
    "script-1939-03-23.md": b"<script>alert(1)</script> Lord <b onclick=x>Halifax</b> called. [x](javascript:alert(1))\n",
    "photo.vcf": card_with_photo(),
    "cut.vcf": b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Half A Card\r\nN:Card;Ha",
    "rtl.vcf": "BEGIN:VCARD\nVERSION:4.0\nFN:\u202eDoe\u202c \u200fJane\u200f\nEND:VCARD\n".encode(),
    "nul.vcf": b"BEGIN:VCARD\nVERSION:3.0\nFN:Nul\x00 Man\x00\nEND:VCARD\n",
    "endless.ics": (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:e\r\nDTSTART:19390301T120000Z\r\n"
        b"RRULE:FREQ=SECONDLY\r\nSUMMARY:Lunch with Halifax\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ),
    "cut.ics": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:c\r\nDTSTART:193903",
    "cut.mbox": (message(1, "Dear Ben,\n\nLord Halifax came.") + message(2, "Dear Ben,\n\nMr. Butler"))[
        :-40
    ].encode(),
    "html.mbox": message(
        1,
        "<html><script>document.location='http://example.org'</script><p onload=x>Lord Halifax came.</p>",
        "text/html",
    ).encode(),
    "bytes.mbox": message(1, "Lord Halifax came.").encode() + bytes(range(256)) * 40,
    "headers.mbox": b"From a Thu Mar  9 10:00:00 1939\n"
    b"X-Y: " + b"z" * LONG + b"\n" + b"From: =?bad?q?=ff?=\n\nHi\n",
    "ragged.csv": b'Name,E-mail\n"Doe, Jane,j@example.org\n,,,,\nx\n',
    "random.bin": random.Random(3).randbytes(50_000),
    "random.md": random.Random(4).randbytes(50_000),
    "picture.jpg": b"\xff\xd8\xff\xe0" + b"\x00" * 1000,
}
READ_ALL = {
    "good",
    "latin1",
    "cp1252",
    "utf16",
    "utf16be",
    "koi8",
    "nul",
    "surrogate",
    "crlf",
    "cr",
    "bom",
    "rtl",
    "line",
}
STATUSES = {"read", "unchanged", "changed", "gone", "skipped", "problem"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    base = tmp_path_factory.mktemp("hostile")
    for name, data in FILES.items():
        (base / name).write_bytes(data)
    with (base / "huge-1939-04-01.txt").open("wb") as stream:
        stream.write(GOOD.encode() * 5000)
        stream.truncate(200 * 1024 * 1024)  # a hole: it takes no room
    os.mkfifo(base / "pipe.md")
    (base / "loop").mkdir()
    (base / "loop" / "again").symlink_to(base)
    (base / "loop" / "self").symlink_to("self")
    (base / "nowhere.md").symlink_to(base / "missing.md")
    (base / os.fsdecode(b"caf\xe9-1939-04-02.md")).write_bytes(GOOD.encode())
    (base / "new\nline \u202e-1939-04-03.md").write_text(GOOD, encoding="utf-8")
    deep = base
    for _ in range(60):
        deep /= "deep"
        deep.mkdir()
    (deep / "1939-04-04.md").write_text(GOOD, encoding="utf-8")
    (base / ".obsidian").mkdir()
    (base / ".obsidian" / "app.json").write_text("{}", encoding="utf-8")
    return base


@pytest.fixture(scope="module")
def imported(folder, tmp_path_factory):
    root = tmp_path_factory.mktemp("work")
    init_workspace(root, "Ivan Maisky")
    space = open_workspace(root, workers=1)
    begun = time.process_time()
    receipt = space.ledger.import_paths([folder])
    took = time.process_time() - begun
    yield space, receipt, took
    space.close()


def of_name(receipt, start: str):
    (found,) = [f for f in receipt.files if Path(f.path).name.startswith(start)]
    return found


def codes(file) -> set[str]:
    return {p.code for p in file.problems} | {p.code for i in file.items for p in i.problems}


def test_every_file_is_accounted_for_once(imported, folder):
    _, receipt, _ = imported
    names = [Path(f.path).name for f in receipt.files]
    for name in FILES:
        assert names.count(name) == 1, name
    for start in ("huge", "pipe", "nowhere", "caf", "new", "1939-04-04", "again", "self", ".obsidian"):
        assert sum(n.startswith(start) for n in names) == 1, start
    for file in receipt.files:
        assert file.status in STATUSES
        assert file.reason or file.items or file.problems, file
        assert file.status != "skipped" or file.reason
        assert file.status != "problem" or codes(file), file
    totals, items = receipt.totals()
    assert sum(totals.values()) == len(receipt.files)
    assert sum(items.values()) == sum(len(f.items) for f in receipt.files)


def test_no_reader_failed(imported):
    _, receipt, _ = imported
    failed = {
        f.path: [p.message for i in f.items for p in i.problems]
        for f in receipt.files
        if "reader-failed" in codes(f)
    }
    assert failed == {}


@pytest.mark.parametrize("start", sorted(READ_ALL))
def test_what_can_be_read_is_read(imported, start):
    _, receipt, _ = imported
    assert of_name(receipt, f"{start}-").status == "read"


def test_text_beyond_the_limit_is_a_problem_that_says_so(imported):
    _, receipt, _ = imported
    file = of_name(receipt, "huge")
    assert file.status == "problem"
    assert codes(file) == {"text-too-large"}
    assert "64 MB" in file.problems[0].message


def test_special_files_and_links_are_skipped_with_a_reason(imported):
    _, receipt, _ = imported
    for start in ("pipe", "nowhere", "again", "self", "picture", ".obsidian", "random.bin"):
        assert of_name(receipt, start).status == "skipped", start


def test_recurrence_without_end_is_kept_and_not_expanded(imported):
    space, receipt, _ = imported
    assert of_name(receipt, "endless").status == "read"
    with space.ledger.store.looking() as tx:
        assert len(tx.load("events", uid="e")) == 1


def test_a_cut_mailbox_keeps_every_message(imported):
    _, receipt, _ = imported
    assert [i.part for i in of_name(receipt, "cut.mbox").items] == ["<m1@example.org>", "<m2@example.org>"]


def test_no_script_of_a_mail_is_kept_as_text(imported):
    space, receipt, _ = imported
    (item,) = of_name(receipt, "html.mbox").items
    with space.ledger.store.looking() as tx:
        body = tx.load("texts", item=item.item)[0]["body"]
    assert "Lord Halifax came." in body
    assert "document.location" not in body


def test_the_photo_is_kept_byte_for_byte(imported):
    space, receipt, _ = imported
    (item,) = of_name(receipt, "photo").items
    with space.ledger.store.looking() as tx:
        row = tx.load("items", item=item.item)[0]
        assert tx.document(row["document"]) == FILES["photo.vcf"]


def test_documents_are_the_bytes_of_their_files(imported):
    space, receipt, _ = imported
    with space.ledger.store.looking() as tx:
        for name, data in FILES.items():
            file = of_name(receipt, name)
            rows = [r for i in file.items for r in tx.load("items", item=i.item)]
            rows.sort(key=lambda r: r["ordinal"])
            assert not rows or b"".join(tx.document(r["document"]) for r in rows) == data, name


def test_the_ledger_is_sound(imported):
    space, _, _ = imported
    assert space.ledger.verify() == []
    assert space.ledger.check() == []


def test_it_does_not_hang(imported):
    assert imported[2] < 60


def test_again_everything_is_as_it_was(imported, folder):
    space, first, _ = imported
    before = space.ledger.hashes()
    again = space.ledger.import_paths([folder])
    assert space.ledger.hashes() == before
    assert {i.status for f in again.files for i in f.items} <= {"unchanged", "problem"}
    assert len(again.files) == len(first.files)
