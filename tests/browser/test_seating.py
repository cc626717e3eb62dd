"""Seating in a real Chromium: the drawing by width, the file changed and seated anew, and print."""

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

NAMES = "Halifax Eden Astor Masaryk Butler Hudson Corbin Webb Shaw Cripps Attlee Simon Hoare Cecil".split()
GUESTS = ", ".join(f'{{ person = "p-{n}", name = "Sir Ferdinand {n}" }}' for n in NAMES)
WEEKS = f"""\
since = 1938-09-05
weeks = 2
[[encounter]]
uid = "w-dinner"
on = 1938-09-06
form = "dinner"
guests = [{GUESTS}]
"""
SEATING = "/seating?uid=w-dinner&hostess=Agnia+Maisky"


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    from legation.workspace.look import open_judging_desk
    from legation.workspace.open import init_workspace

    root = init_workspace(tmp_path_factory.mktemp("seats") / "workspace", "Ivan Maisky")
    (root / "weeks.toml").write_text(WEEKS, encoding="utf-8")
    with serving(lambda: open_judging_desk(root)) as served:
        yield served


@pytest.fixture
def visit(planned: Desk, chromium: Any) -> Iterator[Any]:
    with visiting(chromium) as open_page:
        yield partial(open_page, planned)


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (820, "dark"), (390, "light")])
def test_the_drawing_is_whole_at_every_width(visit: Any, width: int, scheme: str) -> None:
    page = visit(SEATING, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shown = page.locator("svg.tables:visible")
    assert shown.count() == 1
    box = shown.bounding_box()
    names = shown.locator("text").all()
    assert len(names) == len(NAMES) + 2
    for name in names:
        at = name.bounding_box()
        assert box["x"] - 1 <= at["x"]
        assert at["x"] + at["width"] <= box["x"] + box["width"] + 1
        assert at["y"] >= box["y"] - 1
    # Every name is set to be read: no letter smaller than ten pixels on the screen.
    scale = box["width"] / float(shown.get_attribute("viewBox").split()[2])
    assert 14 * scale >= 10


def test_the_file_is_changed_and_seated_anew(visit: Any) -> None:
    page = visit(SEATING)
    assert page.locator("table.placed tbody tr").count() == len(NAMES) + 2
    before = page.locator("#file").input_value()
    pair = '[[apart]]\npeople = ["Ivan Maisky", "Agnia Maisky"]\nfrom = "table"\n'
    page.locator("#file").fill(before + "\n" + pair)
    page.get_by_role("button", name="Seat them", exact=True).last.click()
    assert "What conflicts" in page.inner_text("main")
    page.get_by_role("button", name="Seat them without this rule").click()
    assert "Given up" in page.inner_text("main")
    assert page.locator("svg.tables:visible").count() == 1


def test_the_printed_page_has_the_drawing_and_the_list_alone(visit: Any) -> None:
    page = visit(SEATING)
    page.emulate_media(media="print")
    assert page.locator("svg.tables:visible").count() == 1
    assert page.locator("table.placed").is_visible()
    assert not page.locator("#file").is_visible()


def test_axe_finds_nothing_serious(visit: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(SEATING)
    bad = [v for v in axe.run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert bad == []
