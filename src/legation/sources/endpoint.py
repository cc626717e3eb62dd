"""A language model on the user's own machine: one question, one answer, within limits.

Any server that speaks the chat completions of the OpenAI API: llama.cpp, Ollama, LM Studio, vLLM.
Only an address of this machine is spoken to; proxies and redirects are not followed, so that no
word of a diary can leave.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from legation.facts.errors import SourceError, UsageError

#: In bytes; an answer beyond it is not one.
MOST_BYTES = 2_000_000
_HEADERS = {"Content-Type": "application/json; charset=utf-8", "Connection": "close"}


def parse_endpoint(url: str) -> tuple[str, int, str]:
    """Return (host, port, path) of an endpoint on this machine.

    Raises:
        UsageError: it is no http address, or not of this machine.
    """
    try:
        parts = urllib.parse.urlsplit(url)
        host, port = parts.hostname or "", parts.port or 80
    except ValueError as error:
        message = f"{url!r} is not an address"
        raise UsageError(message, "For example http://127.0.0.1:8080/v1.") from error
    if parts.scheme != "http" or not host or parts.username or parts.query or parts.fragment:
        message = f"{url!r} is not the address of a model on this machine"
        raise UsageError(message, "For example http://127.0.0.1:8080/v1.")
    if not _is_here(host):
        message = f"{host} is not this machine; what you wrote is sent nowhere else"
        raise UsageError(message, "Give an address of this machine, such as http://127.0.0.1:8080/v1.")
    return host, port, urllib.parse.quote(parts.path.rstrip("/"), safe="/%~:@!$&'()*+,;=")


def _is_here(host: str) -> bool:
    """Say whether a host is the loopback by its very name: nothing is looked up."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def fetch_answer(url: str, body: dict[str, Any], *, timeout_seconds: float) -> str:
    """Ask for one chat completion and return the content of its first choice.

    Raises:
        UsageError: the endpoint is not on this machine.
        SourceError: nobody answers, too late, too long, or not in the form of the API.
    """
    host, port, path = parse_endpoint(url)
    # "localhost" might be set to anything in a hosts file.
    address = "127.0.0.1" if host.lower() == "localhost" else host
    data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    connection = http.client.HTTPConnection(address, port, timeout=timeout_seconds)
    late = threading.Event()
    try:
        connection.connect()
        with _limit(connection.sock, timeout_seconds, late):
            connection.request("POST", f"{path}/chat/completions", data, _HEADERS)
            response = connection.getresponse()
            raw = response.read(MOST_BYTES + 1)
    except (OSError, http.client.HTTPException) as error:
        if late.is_set() or isinstance(error, TimeoutError):
            raise _too_late(url, timeout_seconds) from error
        message = f"the model at {url} cannot be asked: {str(error) or type(error).__name__}"
        raise SourceError(message, "Is it running?") from error
    finally:
        connection.close()
    if late.is_set():
        raise _too_late(url, timeout_seconds)
    if len(raw) > MOST_BYTES:
        message = f"the model at {url} sent more than {MOST_BYTES} bytes"
        raise SourceError(message)
    if response.status != http.client.OK:
        message = f"the model at {url} answered {response.status} {response.reason}"
        raise SourceError(message, raw[:200].decode("utf-8", "replace"))
    return _content(raw, url)


@contextmanager
def _limit(sock: socket.socket, seconds: float, late: threading.Event) -> Iterator[None]:
    """Cut a connection off after so long in all: a server may send a byte a minute for ever."""

    def cut() -> None:
        late.set()
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _too_late(url: str, seconds: float) -> SourceError:
    message = f"the model at {url} did not answer within {seconds:g} seconds"
    return SourceError(message, "It can be asked again; what was proposed before is kept.")


def _content(raw: bytes, url: str) -> str:
    try:
        content = json.loads(raw)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        message = f"the model at {url} answered in another form than the chat API's"
        raise SourceError(message, raw[:200].decode("utf-8", "replace")) from error
    if not isinstance(content, str):
        message = f"the model at {url} answered without a text"
        raise SourceError(message)
    # Half a surrogate pair is no text: it could be neither kept nor shown.
    return content.encode("utf-8", "replace").decode("utf-8")
