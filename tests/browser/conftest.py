"""A real Chromium before a real desk: the sample workspace, served in a thread of its own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from served import Desk, open_sample, serving, visiting

CHROMIUM = next((p for p in ("chromium", "chromium-browser", "google-chrome") if shutil.which(p)), "")
#: As root in a container there is no sandbox; nothing of the browser's own may go out.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-default-apps", "--no-default-browser-check",
)  # fmt: skip


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with serving(lambda: open_sample(tmp_path_factory.mktemp("sample") / "London 1932–43")) as served:
        yield served


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if not CHROMIUM:
        pytest.skip("there is no Chromium on this machine (Debian: apt install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which(CHROMIUM), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(desk: Desk, chromium: Any) -> Iterator[Any]:
    """Return a function that opens a page of the sample's desk."""
    with visiting(chromium) as open_page:
        yield partial(open_page, desk)
