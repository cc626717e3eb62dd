"""Every message of the data folder: read alone and out of one mailbox, the same."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from legation.facts.candidates import Context
from legation.reading.mail import find_body, quoted_spans, read_message
from legation.sources.folder import walk
from legation.sources.mailbox import split_mailbox

pytestmark = pytest.mark.data


def test_every_message_is_read(data_dir: Path) -> None:
    found = [file for file in walk(data_dir / "mail") if not file.reason]
    assert len(found) >= 57
    for file in found:
        text, reading = read_message(file.path.read_bytes(), Context(path=str(file.path)))
        assert not reading.problems, file.path
        assert reading.message is not None
        assert reading.message.sender, file.path
        assert reading.message.message_id, file.path
        assert reading.written_on is not None, file.path
        body = find_body(text)
        assert body is not None, file.path
        assert "\n\n" not in text[: body.start - 1]
        for mention in reading.mentions:
            assert mention.surname
            assert mention.surname in text[mention.span.start : mention.span.end]
        for span in quoted_spans(text):
            assert body.contains(span)


def test_broken_copies_of_a_header_are_put_together(data_dir: Path) -> None:
    data = (data_dir / "mail" / "broken" / "broken-cc").read_bytes()
    message = read_message(data, Context())[1].message
    assert message is not None
    assert message.cc == (("Bob", "bob@example.org"), ("Charles", "charles@example.org"))


def test_a_mailbox_of_all_messages_gives_the_same_readings(data_dir: Path) -> None:
    alone = []
    box = bytearray()
    for file in walk(data_dir / "mail"):
        data = file.path.read_bytes()
        alone.append(read_message(data, Context()))
        quoted = data.replace(b"\nFrom ", b"\n>From ")
        box += b"From x@example.org Thu Jan  1 00:00:00 1970\n" + quoted + b"\n"
    parts = list(split_mailbox(io.BytesIO(bytes(box))))
    assert len(parts) == len(alone)
    assert b"".join(part[3] for part in parts) == bytes(box)
    for (_, _, _, data), (text, reading) in zip(parts, alone, strict=True):
        again, other = read_message(data, Context())
        assert (again, other.message) == (text, reading.message)
