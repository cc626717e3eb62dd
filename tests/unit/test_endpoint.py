"""A model's server on this machine, also one that misbehaves."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from legation.facts.errors import SourceError, UsageError
from legation.sources.endpoint import MOST_BYTES, fetch_answer, parse_endpoint

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def serve(answer: Answer) -> Iterator[str]:
    """Serve one way of answering on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            with suppress(OSError):
                answer(self)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def ask(answer: Answer, seconds: float = 5) -> str:
    with serve(answer) as url:
        return fetch_answer(url, {"model": "m", "messages": []}, timeout_seconds=seconds)


def test_the_content_of_the_first_choice_is_returned() -> None:
    body = json.dumps({"choices": [{"message": {"content": "{}"}}]}).encode()
    assert ask(lambda h: send(h, body)) == "{}"


@pytest.mark.parametrize(
    "body",
    [b"", b"not json", b"[]", b'{"choices": []}', b'{"choices": [{"message": {"content": null}}]}', b"\xff"],
)
def test_another_form_is_a_clear_error(body: bytes) -> None:
    with pytest.raises(SourceError, match="answered"):
        ask(lambda h: send(h, body))


def test_a_refusal_is_told_with_its_status() -> None:
    with pytest.raises(SourceError, match="503"):
        ask(lambda h: send(h, b"loading", 503))


def test_a_redirect_is_not_followed() -> None:
    with pytest.raises(SourceError, match="302"):
        ask(lambda h: send(h, b"", 302, Location="http://example.org/"))


def test_more_than_an_answer_is_cut_off() -> None:
    with pytest.raises(SourceError, match="more than"):
        ask(lambda h: send(h, b"x" * (MOST_BYTES + 10)), 30)


def test_a_server_that_says_nothing_is_left() -> None:
    begun = time.monotonic()
    with pytest.raises(SourceError, match="did not answer"):
        ask(lambda _: time.sleep(2), 0.3)
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("opening", [b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n", b""])
def test_a_server_that_drips_is_left(opening: bytes) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(opening)
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.1)

    with pytest.raises(SourceError, match="did not answer"):
        ask(drip, 0.5)


def test_a_server_that_hangs_up_is_a_clear_error() -> None:
    with pytest.raises(SourceError, match="cannot be asked"):
        ask(lambda h: h.connection.shutdown(socket.SHUT_RDWR))


def test_nobody_there_is_a_clear_error() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(SourceError, match="cannot be asked"):
        fetch_answer(f"http://127.0.0.1:{port}/v1", {}, timeout_seconds=2)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/v1", "https://127.0.0.1/v1", "http://192.168.1.4:8080/v1", "http://0.0.0.0/v1",
        "ftp://127.0.0.1/", "127.0.0.1:8080", "", "http://", "http://127.0.0.1:99999/v1",
        "http://localhost.example.org/v1", "http://user@127.0.0.1/v1", "http://[::1/v1",
    ],
)  # fmt: skip
def test_only_an_address_of_this_machine_is_spoken_to(url: str) -> None:
    with pytest.raises(UsageError):
        parse_endpoint(url)


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("http://127.0.0.1:8080/v1/", ("127.0.0.1", 8080, "/v1")),
        ("http://localhost:11434/v1", ("localhost", 11434, "/v1")),
        ("http://[::1]:1/v1", ("::1", 1, "/v1")),
    ],
)
def test_addresses_of_this_machine(url: str, parts: tuple[str, int, str]) -> None:
    assert parse_endpoint(url) == parts


def test_half_a_surrogate_pair_is_no_text() -> None:
    body = b'{"choices": [{"message": {"content": "a \\ud800 b"}}]}'
    assert ask(lambda h: send(h, body)) == "a ? b"


def test_a_path_in_other_letters_is_sent_as_addresses_are() -> None:
    assert parse_endpoint("http://127.0.0.1:1/modèle un/v1/") == ("127.0.0.1", 1, "/mod%C3%A8le%20un/v1")
