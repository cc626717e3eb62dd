"""Who may speak to the desk: this machine, this address, this browser, these pages.

Checked in this order: the Host header (DNS rebinding), the token (other users of the machine), and
for anything that writes the Origin (other sites, and other ports of this machine, which a
SameSite cookie alone would let through).

A cookie knows no port: a page of another program on 127.0.0.1 that the user opens is sent it too.
That is why nothing but the cookie's holder is trusted with reading and why writing also asks for
the Origin; a desk is started anew with a new token.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger("legation.desk")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
#: What may be had without the token: the way in, and what that page is set with.
OPEN_PATHS = frozenset({"/enter", "/static/desk.css"})
#: Forms of ours are small; nothing larger is read.
LARGEST_BODY = 64 * 1024

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; connect-src 'self'"
)
#: Sent with every answer, whatever it is.
HEADERS: dict[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Door:
    """The token and the address that the desk answers to."""

    token: str
    port: int

    @property
    def cookie(self) -> str:
        """The cookie's name: one a port, so that two desks do not put each other out."""
        return f"legation_{self.port}"

    def hosts(self) -> frozenset[str]:
        """Return the Host headers that are ours."""
        names = ("127.0.0.1", "localhost", "[::1]")
        bare = names if self.port == 80 else ()
        return frozenset({f"{name}:{self.port}" for name in names} | set(bare))

    def opens(self, token: str) -> bool:
        """Say whether this is the token, in a time that does not tell how far it was right."""
        return hmac.compare_digest(token.encode("utf-8", "replace"), self.token.encode())

    def knows(self, request: Request) -> bool:
        """Say whether the request carries the cookie."""
        # Every cookie of that name is looked at: another program on this machine may have set
        # one of the same name for a longer path, and that must not put the user out.
        for header in request.headers.getlist("cookie"):
            for piece in header.split(";"):
                name, _, value = piece.strip().partition("=")
                if name == self.cookie and self.opens(value):
                    return True
        return False

    def admit(self, response: Response) -> Response:
        """Give the browser the cookie."""
        response.set_cookie(self.cookie, self.token, path="/", httponly=True, samesite="strict")
        return response


def same_origin(request: Request) -> bool:
    """Say whether a request that writes came from a page of this very desk.

    With `Referrer-Policy: no-referrer` a browser sends `Origin: null` along with its own forms,
    so that `null` says nothing; `Sec-Fetch-Site`, which no page can set, then decides.
    """
    origin = request.headers.get("origin", "null")
    site = request.headers.get("sec-fetch-site", "")
    ours = f"http://{request.headers.get('host', '')}"
    if origin not in ("null", ours):
        return False
    return site == "same-origin" if site else origin == ours


def local_path(path: str) -> str:
    """Return a path on this desk that is safe to redirect to; "/" for anything else."""
    if not path.startswith("/") or path.startswith("//"):
        return "/"
    if "\\" in path or any(ord(c) < 33 or ord(c) == 127 for c in path):
        return "/"
    return path


def _clean_url(request: Request) -> str:
    """Return path and query of the request without the token."""
    pairs = [p for p in parse_qsl(request.url.query, keep_blank_values=True) if p[0] != "token"]
    path = local_path("/" + request.url.path.lstrip("/"))
    return f"{path}?{urlencode(pairs)}" if pairs else path


class Guard:
    """ASGI middleware that lets in what may come in, and sets the headers of every answer."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        door: Door,
        refuse: Callable[[Request, int, str, str], Response],
        opens: Callable[[Request], bool] = lambda _: False,
    ) -> None:
        self.app = app
        self.door = door
        self.refuse = refuse
        #: Says whether a request opens a page by a key of its own (the calendar feed).
        self.opens = opens
        self.hosts = door.hosts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(raw=message["headers"])
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                message["headers"] = headers.raw
            await send(message)

        answer = self._turn_away(request)
        if answer is not None:
            await answer(scope, receive, send_with_headers)
            return
        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            LOG.exception("%s %s", request.method, request.url.path)
            if started:
                raise
            page = self.refuse(
                request, 500, "The desk made a mistake. Nothing was written.",
                "What happened stands in the window where the desk was started.",
            )  # fmt: skip
            await page(scope, receive, send_with_headers)

    def _turn_away(self, request: Request) -> Response | None:
        """Return the answer to a request that goes no further, or None."""
        if request.headers.getlist("host") not in [[host] for host in self.hosts]:
            return self.refuse(
                request, 421, "The desk answers only to the address that it printed.",
                f"Open http://127.0.0.1:{self.door.port}/ on the machine that it runs on.",
            )  # fmt: skip
        path = request.url.path
        token = request.query_params.get("token")
        if token is not None and request.method == "GET" and self.door.opens(token):
            return self.door.admit(RedirectResponse(_clean_url(request), status_code=303))
        if path not in OPEN_PATHS and not self.door.knows(request) and not self.opens(request):
            return self.refuse(
                request, 401, "Others use this machine too, so the desk asks for its token.",
                "Open the address that was printed when the desk was started, or enter the token.",
            )  # fmt: skip
        if request.method not in SAFE_METHODS and not same_origin(request):
            return self.refuse(
                request, 403, "This was sent from a page that is not of this desk.",
                "Nothing was written. If it was you, open the page here and do it again.",
            )  # fmt: skip
        return None


async def read_form(request: Request) -> dict[str, str] | None:
    """Return the fields of a posted form, the last of each name; None if it is too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        return {}
    return dict(parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True))
