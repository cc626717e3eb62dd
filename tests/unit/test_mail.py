"""Reading mail: text, envelope, people, quotations; and what attackers send."""

from __future__ import annotations

import base64
import time
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.facts.candidates import Context, Reading
from legation.facts.when import When
from legation.reading.html import html_to_text
from legation.reading.mail import find_body, quoted_spans, read_message

HEAD = (
    b"From: =?utf-8?q?Ren=C3=A9_Massigli?= <rm@example.org>\r\n"
    b'To: "Cadogan, Sir Alexander" <ac@example.org>,\r\n office@example.org\r\n'
    b"Cc: Ivan Maisky <im@example.org>\r\nDate: Wed, 8 Mar 1939 23:30:00 -0500\r\n"
    b"Subject: =?iso-8859-1?q?Caf=E9?= and\r\n talks\r\nMessage-ID: <one@example.org>\r\n"
    b"In-Reply-To: <nil@example.org>\r\n"
)


def read(data: bytes) -> tuple[str, Reading]:
    return read_message(data, Context())


def codes(reading: Reading) -> set[str]:
    return {problem.code for problem in reading.problems}


def test_head_body_and_envelope() -> None:
    text, reading = read(HEAD + b"\r\nDear Sir,\r\n\r\nyes.\r\n")
    assert text == (
        "From: René Massigli <rm@example.org>\n"
        "To: Cadogan, Sir Alexander <ac@example.org>, office@example.org\n"
        "Cc: Ivan Maisky <im@example.org>\n"
        "Date: Wed, 8 Mar 1939 23:30:00 -0500\n"
        "Subject: Café and talks\n\nDear Sir,\n\nyes.\n"
    )
    assert reading.written_on == When("1939-03-08")
    message = reading.message
    assert message is not None
    assert (message.message_id, message.in_reply_to) == ("one@example.org", "nil@example.org")
    assert message.sender == (("René Massigli", "rm@example.org"),)
    assert message.to[1] == ("", "office@example.org")
    assert reading.header is not None
    people = [
        (text[p.span.start : p.span.end], text[m.span.start : m.span.end], p.role, m.surname)
        for p in reading.header.people
        for m in [reading.mentions[p.mention]]
    ]
    assert people == [
        ("René Massigli <rm@example.org>", "René Massigli", "from", "Massigli"),
        (
            "Cadogan, Sir Alexander <ac@example.org>",
            "Cadogan, Sir Alexander",
            "to",
            "Cadogan",
        ),
        ("Ivan Maisky <im@example.org>", "Ivan Maisky", "cc", "Maisky"),
    ]
    assert reading.mentions[1].titles == ("sir",)
    assert all("header" in m.evidence and m.sure for m in reading.mentions)
    body = find_body(text)
    assert body is not None
    assert text[body.start : body.end] == "Dear Sir,\n\nyes.\n"
    assert not reading.problems


def test_the_plain_form_is_preferred_and_attachments_are_named() -> None:
    mail = EmailMessage()
    mail["From"] = "A B <a@example.org>"
    mail["Date"] = "Wed, 8 Mar 1939 23:30:00 +0000"
    mail.set_content("plain words")
    mail.add_alternative("<p>html words</p>", subtype="html")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Entwürfe.pdf")
    text, reading = read(mail.as_bytes())
    assert text.endswith("Attachment: Entwürfe.pdf\n\nplain words\n")
    assert not reading.problems


def test_html_is_made_plain_without_scripts() -> None:
    html = (
        b"<html><head><style>p{}</style><title>t</title></head><body><p>Dear&nbsp;Sir &amp; Co"
        b"<script>alert('x')</script><br>line<img src='http://t.example/p.gif' onerror=alert(1)>"
        b"</p><blockquote>old words</blockquote><div hidden>secret</div></body></html>"
    )
    data = HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + html
    text, _ = read(data)
    body = find_body(text)
    assert body is not None
    assert text[body.start : body.end] == "Dear Sir & Co\nline\n\n> old words\n"
    assert [text[s.start : s.end] for s in quoted_spans(text)] == ["> old words\n"]


@pytest.mark.parametrize(
    "encoding", ["quoted-printable", "base64", "7bit", "8BIT", "x-unknown", "x-uuencode"]
)
def test_transfer_encodings(encoding: str) -> None:
    data = HEAD + f"Content-Transfer-Encoding: {encoding}\r\n\r\n".encode()
    words = b"words\r\n"
    data += base64.b64encode(words) if encoding == "base64" else words
    assert "\n\nwords\n" in read(data)[0] + "\n\nwords\n" * (encoding == "x-uuencode")


@pytest.mark.parametrize(
    ("charset", "raw", "expected", "problem"),
    [
        ("iso-8859-1", b"\xe9", "é", False),
        ("utf-8", b"\xe9t\xe9", "été", True),
        ("koi8-r", "да".encode("koi8-r"), "да", False),
        ("x-martian", "да".encode(), "да", True),
        ("shift_jis", b"\x81", "\x81", True),
        ("rot13", b"abc", "abc", True),
        ("hex", b"6162", "6162", True),
        ("", b"\xe9", "é", True),
    ],
)
def test_wrong_charsets_are_read_as_well_as_can_be(
    charset: str, raw: bytes, expected: str, problem: bool
) -> None:
    kind = f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode()
    text, reading = read(HEAD + (kind if charset else b"\r\n") + raw)
    assert text.endswith(f"\n\n{expected}\n")
    assert ("text-encoding" in codes(reading)) is problem


def test_quotations_with_the_line_that_introduces_them() -> None:
    text, _ = read(
        HEAD + b"\r\nI agree.\n\nOn Tue, 7 Mar 1939 at 10:00, Ivan <im@example.org>\nwrote:\n\n"
        b"> Shall we?\n>> old\n\nYes: he wrote to me:\n\nGood.\n\n"
        b"-----Original Message-----\nFrom: X\nall of it\n"
    )
    quoted = [text[s.start : s.end] for s in quoted_spans(text)]
    assert quoted == [
        "On Tue, 7 Mar 1939 at 10:00, Ivan <im@example.org>\nwrote:\n\n> Shall we?\n>> old\n",
        "-----Original Message-----\nFrom: X\nall of it\n",
    ]


def test_a_message_out_of_a_mailbox_loses_its_quoting() -> None:
    data = b"From a@b Wed Mar  8 23:30:00 1939\n" + HEAD.replace(b"\r", b"")
    text, _ = read(data + b"\n>From here on\n>>From there\n\n")
    assert text.endswith("\n\nFrom here on\n>From there\n")


def test_headers_cannot_smuggle_in_lines() -> None:
    data = (
        b"From: =?utf-8?q?Eve=0D=0A=0D=0ASubject:_forged=0ATo:_x?= <eve@example.org>\r\n"
        b"Subject: =?utf-8?b?" + base64.b64encode(b"a\r\n\r\nbody?\x00\xe2\x80\xa8x") + b"?=\r\n"
        b"Date: Wed, 8 Mar 1939 23:30:00 +0000\r\n\r\nbody\r\n"
    )
    text, _ = read(data)
    assert text.count("\n\n") == 1
    head = text.partition("\n\n")[0].split("\n")
    assert [line.partition(":")[0] for line in head] == ["From", "Date", "Subject"]


def test_a_message_cut_in_the_middle_says_so() -> None:
    mail = EmailMessage()
    mail["From"] = "A B <a@example.org>"
    mail["Date"] = "Wed, 8 Mar 1939 23:30:00 +0000"
    mail.set_content("plain words")
    mail.add_attachment(bytes(3000), maintype="image", subtype="png", filename="x.png")
    data = mail.as_bytes()
    assert codes(read(data)[1]) == set()
    text, reading = read(data[: len(data) // 2])
    assert codes(reading) == {"message-truncated"}
    assert "plain words" in text
    assert read(data[:20])[1].message is not None


def nest(depth: int, *, closed: bool = True) -> bytes:
    opening = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(depth)
    )
    closing = b"".join(b"\n--b%d--\n" % i for i in reversed(range(depth))) if closed else b""
    return b"From: A B <a@example.org>\n" + opening + b"Content-Type: text/plain\n\nin\n" + closing


@pytest.mark.parametrize("depth", [15, 30, 200, 900, 5000, 50_000])
def test_parts_within_parts_without_end(depth: int) -> None:
    started = time.process_time()
    text, reading = read(nest(depth, closed=depth < 1000))
    assert text.startswith("From: A B")
    assert ("message-broken" in codes(reading)) is (depth > 20)
    assert time.process_time() - started < 10


def test_messages_within_messages() -> None:
    data = b"From: a@b.example\nContent-Type: message/rfc822\n\n" * 3000 + b"x"
    started = time.process_time()
    read(data)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\x00" * 1000,
        b"no header at all",
        b"From\n",
        b"Date: Wed, 99 Foo 19999 99:99:99 +9999\n\nx",
        b"Date: Mon, 1 Jan 0000 00:00:00 +0000\n\nx",
        b"From: " + b"(" * 5000 + b"\n\n",
        b"From: " + b'"' * 5001 + b"\n\n",
        b"To: " + b"A B <a@b.example>, " * 20_000 + b"\n\n",
        b"To: " + b"<" * 10_000 + b"\n\n",
        b"Subject: " + b"=?utf-8?q?" * 5000 + b"\n\n",
        b"Subject: =?hex?q?zz?= =?x?b?!!?= =?utf-8?b?A?=\n\n",
        b"Subject: " + b"x" * 100_000 + b"\n\n" + b"y" * 100_000,
        b"Content-Type: multipart/mixed\n\n--x\n\n",
        b'Content-Type: text/plain; charset="\xff"\n\nx',
        b"Content-Type: text/plain; charset*=bogus'x'%zz\n\nx",
        b"Content-Disposition: attachment; filename*0*=utf-8''%ff; filename*2=x\n\nx",
        b"Content-Transfer-Encoding: base64\n\n" + b"=" * 1000,
        b"From: a@b\xe9\xff <\xff>\n\n\xff\xfe",
        b"From: x\n" * 20_000 + b"\n",
    ],
)
def test_hostile_messages_are_read_or_are_a_problem(data: bytes) -> None:
    started = time.process_time()
    text, reading = read(data)
    text.encode()
    assert reading.message is not None
    for mention in reading.mentions:
        assert text[mention.span.start : mention.span.end]
    quoted_spans(text)
    assert time.process_time() - started < 10


def test_the_rest_of_a_message_too_long_is_no_message() -> None:
    _, reading = read_message(b"xxx", Context(part="<a@b.example>+2"))
    assert [problem.fatal for problem in reading.problems] == [True]


@given(st.binary(max_size=300), st.sampled_from([b"", HEAD, HEAD + b"Content-Type: text/html\n\n"]))
def test_any_bytes_are_read_without_an_exception(data: bytes, head: bytes) -> None:
    text, reading = read(head + data)
    text.encode()
    for mention in reading.mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)


@given(st.text(max_size=200))
def test_quotations_are_apart_and_in_order(body: str) -> None:
    text = f"From: a\n\n{body}"
    last = 0
    for span in quoted_spans(text):
        assert last <= span.start < span.end <= len(text)
        last = span.end


@pytest.mark.parametrize(
    "html",
    ["<div>" * 100_000 + "deep", "<" * 100_000, "<b>x</b> " * 20_000, "&#0;&#x110000;&bogus;x",
     "<font size=1>" * 1500 + "<p>x" * 50_000, "<table>" * 3000, "<script>" * 50_000,
     "<!--" * 50_000, "<svg><math>" * 3000, "\x00<p>\x00x", "<script><script></script>a</script>"],
)  # fmt: skip
def test_hostile_html_is_plain_text_in_time(html: str) -> None:
    started = time.process_time()
    text = html_to_text(html)
    assert "<script" not in text
    assert time.process_time() - started < 10


@given(st.text("<>/abdivscript=\"' &;\n", max_size=200))
def test_any_html_is_made_plain(html: str) -> None:
    html_to_text(html)


def test_a_long_list_of_addresses_is_read_like_a_short_one():
    people = [
        f'"Garth, Ann {n} \\"A;B\\"" <ann{n}@x.example>, bob{n}@x.example (Bob, {n})' for n in range(50)
    ]
    long = read_message(f"To: {', '.join(people)}\n\nbody".encode(), Context())[1].message
    short = [read_message(f"To: {p}\n\nbody".encode(), Context())[1].message for p in people]
    assert long is not None
    assert long.to == tuple(pair for m in short if m for pair in m.to)
    assert len(long.to) == 100


def test_a_header_that_is_no_list_still_gives_its_addresses():
    value = "[[" * 800 + ", Ann <ann@x.example>, " + "(" * 1500 + " bob@x.example"
    message = read_message(f"From: {value}\n\nbody".encode(), Context())[1].message
    assert message is not None
    assert ("Ann", "ann@x.example") in message.sender
