"""Serving a workspace to a real browser, in a thread of its own, and entering it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

TOKEN = "the-token-of-the-browser-tests"


def open_sample(folder: Path) -> Any:
    """Return the sample workspace, copied, imported and opened by the real code."""
    from legation.workspace.look import open_judging_desk
    from legation.workspace.open import open_workspace
    from legation.workspace.sample import build_sample

    build_sample(folder)
    workspace = open_workspace(folder, workers=1)
    workspace.ledger.import_paths([source.path for source in workspace.settings.sources])
    workspace.close()
    return open_judging_desk(folder)


@dataclass
class Desk:
    """A desk that is being served."""

    address: str
    token: str
    api: Any
    said: list[str] = field(default_factory=list)


@contextmanager
def serving(make: Callable[[], Any]) -> Iterator[Desk]:
    """Serve the workspace that `make` opens, in a thread of its own, until the block ends."""
    from legation.desk.web.serve import serve

    ready, servers, told, failed = threading.Event(), [], [], []
    made: list[Any] = []

    def run() -> None:
        try:
            # The thread that serves is the only one that asks the workspace.
            api = make()
            made.append(api)

            def on_ready(line: str) -> None:
                told.append(line)
                if line.startswith("http"):
                    ready.set()

            serve(api, port=0, on_ready=on_ready, token=TOKEN, on_start=servers.append)
        except BaseException as error:  # noqa: BLE001 - said to the test that waits
            failed.append(error)
        finally:
            ready.set()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(300), "the desk did not start"
    if failed:
        raise failed[0]
    address = told[-1].partition("/?")[0]
    try:
        yield Desk(address, TOKEN, made[0], told)
    finally:
        servers[0].should_exit = True
        thread.join(10)
        assert not thread.is_alive()


@contextmanager
def visiting(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Give a function that opens a page of a desk as somebody who has entered; nothing may go out."""
    contexts, asked, complaints = [], [], []

    def open_page(desk: Desk, path: str = "/", **options: Any) -> Any:
        options = {"viewport": {"width": 1440, "height": 900}, **options}
        context = chromium.new_context(**options)
        contexts.append(context)
        context.on("request", lambda r: asked.append(r.url))
        page = context.new_page()
        page.on("pageerror", lambda e: complaints.append(str(e)))
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.goto(f"{desk.address}/?token={TOKEN}")
        assert "token" not in page.url
        if path != "/":
            page.goto(desk.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    outside = [u for u in asked if urlsplit(u).scheme != "data"]
    assert [u for u in outside if urlsplit(u).hostname != "127.0.0.1"] == []
    assert complaints == []
