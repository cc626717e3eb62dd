"""Serving: ports, the printed address, and an end by Ctrl-C."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import textwrap
import threading
import urllib.request
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fake_api import FakeApi

from legation.desk.web.serve import bind, serve
from legation.facts.errors import UsageError


def test_the_next_free_port_is_taken_and_said() -> None:
    listener, taken = bind(0)
    with listener:
        told: list[str] = []
        ready, servers = threading.Event(), []

        def on_ready(line: str) -> None:
            told.append(line)
            if line.startswith("http"):
                ready.set()

        def run() -> None:
            serve(FakeApi(), port=taken, on_ready=on_ready, token="secret", on_start=servers.append)

        thread = threading.Thread(target=run)
        thread.start()
        assert ready.wait(20)
        address = told[1].partition("?")[0]
        chosen = int(address.rstrip("/").rpartition(":")[2])
        assert chosen > taken
        assert told == [
            f"Port {taken} is in use; the desk is on {chosen}.",
            f"http://127.0.0.1:{chosen}/?token=secret",
        ]
        with urllib.request.urlopen(f"{address}enter", timeout=10) as answer:
            assert answer.status == 200
            assert "server" not in {k.lower() for k in answer.headers}
        # Nobody but this machine reaches it.
        assert socket.gethostbyname("localhost").startswith("127.")
        servers[0].should_exit = True
        thread.join(20)
        assert not thread.is_alive()


@pytest.mark.parametrize("port", [-1, 65536, 10**9])
def test_what_is_no_port_is_turned_away(port: int) -> None:
    with pytest.raises(UsageError):
        bind(port)


def test_a_listener_is_on_the_loopback_alone() -> None:
    listener, port = bind(0)
    with listener:
        assert listener.getsockname() == ("127.0.0.1", port)
        # Without it asyncio leaves Nagle's algorithm on, and every page waits 40 ms.
        assert listener.proto == socket.IPPROTO_TCP


def test_every_start_has_a_token_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def at_once(self: Any, sockets: list[socket.socket]) -> None:
        self._ready()

    monkeypatch.setattr("legation.desk.web.serve._Server.run", at_once)
    for _ in range(2):
        serve(FakeApi(), port=0, on_ready=told.append)
    tokens = [line.partition("token=")[2] for line in told]
    assert tokens[0] != tokens[1]
    assert all(len(token) >= 32 for token in tokens)


def test_ctrl_c_ends_it_quietly() -> None:
    program = textwrap.dedent(
        """
        import sys
        sys.path[:0] = sys.argv[1:]
        from fake_api import FakeApi
        from legation.desk.web.serve import serve
        serve(FakeApi(), port=0, on_ready=lambda line: print(line, flush=True))
        print("closed", flush=True)
        """
    )
    here = Path(__file__)
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(here.parent), str(here.parents[2] / "src")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline().startswith("http://127.0.0.1:")
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=20)
    assert (child.returncode, out, err) == (0, "closed\n", "")
