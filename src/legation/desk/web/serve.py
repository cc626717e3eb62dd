"""Serves the desk on this machine until it is told to stop."""

from __future__ import annotations

import errno
import secrets
import socket
from collections.abc import Callable

import uvicorn

from legation.desk.web.app import make_app
from legation.facts.errors import UsageError
from legation.workspace.desk_api import DeskApi

HOST = "127.0.0.1"
DEFAULT_PORT = 8743
#: How many ports above the first are tried.
PORTS_TRIED = 50


def bind(port: int | None) -> tuple[socket.socket, int]:
    """Return a listening socket on the given port or the next free one, and its port.

    Raises:
        UsageError: the port is no port, or none of the next ones is free.
    """
    first = DEFAULT_PORT if port is None else port
    if not 0 <= first <= 65535:
        raise UsageError(f"{first} is no port.", "A port is a number from 1 to 65535.")
    for number in range(first, min(first + PORTS_TRIED, 65536)):
        # asyncio turns Nagle's algorithm off only where the protocol is named; with it on, every
        # page would wait some 40 ms for an acknowledgement.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        # A desk that was just stopped leaves its port waiting; that is no other program's use.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, number))
            listener.listen(64)
        except OSError as error:
            listener.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            continue
        return listener, int(listener.getsockname()[1])
    raise UsageError(
        f"No port from {first} to {first + PORTS_TRIED - 1} is free.", "Give another with --port."
    )


class _Server(uvicorn.Server):
    """Says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._ready()


def serve(
    api: DeskApi,
    *,
    port: int | None,
    on_ready: Callable[[str], None],
    token: str = "",
    on_start: Callable[[uvicorn.Server], None] | None = None,
) -> None:
    """Serve the desk until Ctrl-C, in this thread, which is the only one that asks the workspace.

    `on_ready` is told, once the desk answers, the address with its token; before that, where the
    port asked for is in use, the sentence that says so. `on_start` is given the server, whose
    `should_exit` stops it (for tests).
    """
    listener, chosen = bind(port)
    token = token or secrets.token_urlsafe(24)
    wanted = DEFAULT_PORT if port is None else port

    def ready() -> None:
        if wanted not in (0, chosen):
            on_ready(f"Port {wanted} is in use; the desk is on {chosen}.")
        on_ready(f"http://{HOST}:{chosen}/?token={token}")

    config = uvicorn.Config(
        make_app(api, token=token, port=chosen),
        http="h11",
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config, ready)
    if on_start is not None:
        on_start(server)
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        # Ctrl-C is how a desk is closed; the server has put everything away by now.
        pass
    finally:
        listener.close()
