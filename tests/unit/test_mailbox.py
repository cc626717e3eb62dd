"""Mailboxes are cut into messages without losing a byte."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.sources import mailbox
from legation.sources.mailbox import find_message_id, is_maildir, split_mailbox, walk_maildir

FROM = b"From a@example.org Wed Mar  8 23:30:00 1939\n"


def split(data: bytes) -> list[tuple[str, bytes]]:
    parts = list(split_mailbox(io.BytesIO(data)))
    assert b"".join(part[3] for part in parts) == data
    position = 0
    for _, start, end, piece in parts:
        assert (start, end) == (position, position + len(piece))
        position = end
    assert len({part[0] for part in parts}) == len(parts)
    return [(part[0], part[3]) for part in parts]


def test_messages_are_named_by_their_id_or_place() -> None:
    data = (
        FROM + b"Message-ID: <a@x>\n\nFrom the start\n>From quoted\n\n"
        + FROM + b"Subject: none\n\nbody\nMessage-ID: <not-me@x>\n\n"
        + FROM + b"message-id:\n <a@x>\n\nagain\n"
    )  # fmt: skip
    parts = split(data)
    assert [name for name, _ in parts] == ["<a@x>", "message-2", "<a@x>#2"]
    assert parts[0][1].endswith(b">From quoted\n\n")


@pytest.mark.parametrize(
    "line",
    [
        b"From - Tue Jan 01 12:00:00 2019\r\n",
        b"From 1234567890@xxx Mon Jan 01 00:00:00 +0000 2018\n",
        b"From ???@??? Wed Jan 01 10:00:00 2003\n",
        b"From MAILER-DAEMON Fri Jul  8 12:08:34 2011\n",
        b"From a b c Fri, 8 Jul 2011 12:08\n",
    ],
)
def test_the_usual_separators(line: bytes) -> None:
    assert len(split(line + b"A: b\r\n\r\nx\r\n\r\n" + line + b"C: d\r\n\r\ny\r\n")) == 2


def test_words_of_a_body_separate_nothing() -> None:
    body = b"\nFrom now on, Mon Jan we meet.\n\nFrom Paris with love\n\n"
    assert len(split(FROM + b"A: b\n" + body)) == 1


def test_a_lacking_blank_line_is_made_up_by_headers() -> None:
    assert len(split(FROM + b"A: b\n\ncut off\n" + FROM + b"C: d\n\nx\n")) == 2
    assert len(split(FROM + b"A: b\n\ncited:\n" + FROM + b"no header\n")) == 1


def test_edges() -> None:
    assert split(b"") == []
    assert [name for name, _ in split(b"no mailbox")] == ["message-1"]
    # Separators alone: each might begin a message, and none is lost.
    assert 1 <= len(split(FROM * 3)) <= 3


def test_a_message_longer_than_a_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "PIECE_BYTES", 1 << 17)
    long = FROM + b"Message-ID: <a@x>\n\n" + b"x" * 300_000 + b"\n\n"
    parts = split(long + FROM + b"Message-ID: <b@x>\n\nend\n")
    assert [name for name, _ in parts] == ["<a@x>", "<a@x>+2", "<a@x>+3", "<b@x>"]


class Endless(io.RawIOBase):
    """A stream of many messages that are made while they are read."""

    def __init__(self, count: int) -> None:
        self.left = count

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if not self.left:
            return 0
        self.left -= 1
        head = FROM + b"Message-ID: <%d@x>\n\n" % self.left
        data = head + b"x" * (min(len(buffer), 8000) - len(head) - 2) + b"\n\n"
        buffer[: len(data)] = data
        return len(data)


def test_memory_is_bounded() -> None:
    stream: BinaryIO = io.BufferedReader(Endless(5000), 8192)  # type: ignore[type-var]
    tracemalloc.start()
    total = sum(end - start for _, start, end, _ in split_mailbox(stream))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total > 35_000_000
    assert peak < 3_000_000


@given(
    st.lists(
        st.sampled_from(
            [FROM, b"\n", b"\r\n", b"A: b\n", b"From x\n", b"x", b">From y\n", b"Message-ID: <a>\n"]
        )
    )
)
def test_nothing_is_lost(lines: list[bytes]) -> None:
    split(b"".join(lines))


@given(st.binary())
def test_any_bytes(data: bytes) -> None:
    split(data)


def test_maildir(tmp_path: Path) -> None:
    for folder in ("cur", "new", "tmp"):
        (tmp_path / folder).mkdir()
    (tmp_path / "cur" / "2.x:2,S").write_text("b")
    (tmp_path / "new" / "1.x").write_text("a")
    (tmp_path / "new" / "2.x").write_text("c")
    (tmp_path / "tmp" / "3.x").write_text("unfinished")
    assert is_maildir(tmp_path)
    assert not is_maildir(tmp_path / "cur")
    found = [(name, file.parent.name) for name, file in walk_maildir(tmp_path)]
    assert found == [("1.x", "new"), ("2.x", "new"), ("2.x#2", "cur")]


def test_message_id_of_the_head_only() -> None:
    assert find_message_id(b"A: b\n\nMessage-ID: <x>\n") == ""
    assert find_message_id(b"Message-Id: bare@x\n\n") == "<bare@x>"
