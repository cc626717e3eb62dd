"""The week for the printer and the page of the calendar, in a real Chromium."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from served import Desk, serving, visiting

pytestmark = pytest.mark.browser

LONG = "Friedrich-Wilhelm " * 12
WEEKS = f"""\
since = 1938-09-05
weeks = 2
[[encounter]]
uid = "w-lunch"
on = 1938-09-06
at = "13:00"
form = "lunch"
place = "the Embassy, first floor"
occasion = "birthday"
guests = [
  {{ person = "p-h", name = "Lord Halifax", why = "due since 2 August", reply = "accepted" }},
  {{ person = "p-s", name = "משה שרת, <b>", why = "{LONG}", reply = "needs-action" }},
  {{ person = "p-l", name = "{LONG}" }},
]
[[encounter]]
uid = "w-off"
on = 1938-09-06
at = "19:30"
form = "dinner"
guests = [{{ person = "p-e", name = "Anthony Eden", reply = "declined" }}]
[[courtesy]]
person = "p-c"
name = "Winston Churchill"
on = 1938-09-08
occasion = "wedding"
courtesy = "flowers"
"""
PATHS = ("/week?on=1938-09-06", "/week?on=1938-09-06&why=1", "/week?on=1938-01-01", "/calendar")


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    from legation.workspace.look import open_judging_desk
    from legation.workspace.open import init_workspace

    root = init_workspace(tmp_path_factory.mktemp("out") / "workspace", "Ivan Maisky")
    (root / "weeks.toml").write_text(WEEKS, encoding="utf-8")
    with serving(lambda: open_judging_desk(root)) as served:
        yield served


@pytest.fixture
def go(planned: Desk, chromium: Any) -> Iterator[Any]:
    with visiting(chromium) as open_page:
        yield partial(open_page, planned)


def test_the_week_reads_as_it_stands(go: Any) -> None:
    page = go(PATHS[0])
    days = page.locator("section.day")
    assert days.count() == 7
    tuesday = days.nth(1)
    assert tuesday.locator("h2").inner_text().split() == ["Tuesday", "6", "September"]
    assert tuesday.locator(".hour").all_inner_texts() == ["13:00–15:00", "19:30"]
    assert tuesday.locator(".comers li").count() == 4
    assert "<b>" in tuesday.inner_text()
    assert "Called off" in tuesday.inner_text()
    assert "due since" not in tuesday.inner_text()
    page.get_by_text("Say why each is asked").click()
    assert "Due since 2 August." in page.locator("section.day").nth(1).inner_text()
    page.get_by_text("The week after").click()
    assert page.locator("h1").inner_text() == "12 to 18 September 1938"
    assert "why=1" in page.url


def test_on_paper_there_is_only_the_week(go: Any) -> None:
    page = go(PATHS[0], viewport={"width": 643, "height": 940}, color_scheme="dark")
    page.emulate_media(media="print")
    for part in (".top nav", ".turns", ".lead .acts", ".colophon"):
        assert not page.locator(part).first.is_visible()
    assert page.locator(".comers li").first.is_visible()
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    data = page.pdf(prefer_css_page_size=True)
    assert b"/MediaBox [0 0 594.9" in data  # A4 in points: 595 × 842
    assert data.count(b"/Type /Page\n") == 1


def test_an_address_is_made_and_renewed_by_hand(planned: Desk, go: Any) -> None:
    page = go("/calendar")
    page.get_by_role("button", name="Make the address").click()
    first = page.locator(".address a").inner_text()
    assert first.startswith(f"{planned.address}/feed/")
    page.get_by_role("button", name="Make a new address").click()
    assert "old one leads nowhere" in page.locator(".notice").inner_text()
    second = page.locator(".address a").inner_text()
    assert second != first
    answers = [page.request.get(address).status for address in (first, second)]
    assert answers == [404, 200]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(planned: Desk, go: Any, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = go(color_scheme=scheme)
    found = []
    for path in PATHS:
        page.goto(planned.address + path)
        found += [
            (path, violation["id"], [n["html"][:160] for n in violation["nodes"][:3]])
            for violation in axe.run(page).response["violations"]
            if violation["impact"] in ("serious", "critical")
        ]
    assert found == []


@pytest.mark.parametrize("width", [1440, 820, 390])
def test_no_page_is_wider_than_the_window(planned: Desk, go: Any, width: int) -> None:
    page = go(viewport={"width": width, "height": 844})
    for path in PATHS:
        page.goto(planned.address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
