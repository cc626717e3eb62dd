"""The weeks as a board in a real browser: by mouse, by finger, by keys, and without script.

What the board does is tried over a small plan in memory; that its numbers are those of
`legation plan --json`, over a real workspace.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))
sys.path.insert(0, str(Path(__file__).parent))
from fake_api import FakeApi
from served import Desk, open_sample, serving, visiting

from legation.desk.web.plan_board import say_hours

pytestmark = pytest.mark.browser

LUNCH, DINNER, CALL, HALIFAX = "#e-plan-lunch", "#e-plan-dinner", "#e-plan-call", "#e-v-halifax"


@pytest.fixture(scope="module")
def served() -> Iterator[Desk]:
    with serving(FakeApi) as desk:
        yield desk


@pytest.fixture
def small(served: Desk) -> Desk:
    """Return the desk of the plan in memory, as if nothing had been changed yet."""
    vars(served.api).update(vars(FakeApi()))
    return served


@pytest.fixture
def board(small: Desk, chromium: Any) -> Iterator[Any]:
    """Return a function that opens the plan of the small desk."""
    with visiting(chromium) as open_page:
        yield lambda **options: open_page(small, "/plan", **options)


def said(page: Any, text: str) -> str:
    """Wait for a notice that says this, and return all that it says."""
    page.wait_for_selector(f".notice:has-text({json.dumps(text)})")
    # What was in hand is in hand again once the page is set.
    page.wait_for_timeout(30)
    return str(page.locator(".notice p").inner_text())


def focused(page: Any) -> str:
    return str(
        page.evaluate("document.activeElement.closest('.enc')?.id || document.activeElement.className")
    )


def week_of(page: Any, encounter: str) -> str | None:
    return page.locator("tr[data-week]", has=page.locator(encounter)).get_attribute("data-week")


# ── keys ──────────────────────────────────────────────────────────────────────────────────


def test_keys_move_lock_drop_and_take_back(board: Any, small: Desk) -> None:
    page = board()
    page.evaluate("window.same = true")
    page.locator(f"{LUNCH} .day").focus()
    page.keyboard.press("ArrowUp")
    # What it would do is said while it is in hand, and it stands where it would.
    page.wait_for_selector(".effect:has-text('in every hundred')")
    assert week_of(page, LUNCH) == "1939-03-13"
    assert small.api.changes == []
    assert "Moved: Lunch with Lord Beaverbrook, 15 March." in said(page, "Moved")
    assert [(c.kind, c.on) for c in small.api.changes] == [("move", "1939-03-15")]
    assert focused(page) == LUNCH[1:]
    page.keyboard.press("z")
    said(page, "Taken back")
    assert week_of(page, LUNCH) == "1939-03-20"
    assert focused(page) == LUNCH[1:]
    # Keys in a row are one move; one that leads out of the weeks is none.
    for key in ("]", "]", "ArrowRight"):
        page.keyboard.press(key)
    page.wait_for_selector(".effect:has-text('30 March')")
    said(page, "Moved: Lunch with Lord Beaverbrook, 30 March.")
    assert small.api.changes[-1].on == "1939-03-30"
    assert len(small.api.changes) == 2
    page.keyboard.press("l")
    said(page, "Locked")
    assert page.locator(f"{LUNCH}.locked").count() == 1
    page.keyboard.press("l")
    said(page, "Free again")
    page.keyboard.press("x")
    said(page, "Taken out")
    assert page.locator(LUNCH).count() == 0
    page.keyboard.press("z")
    said(page, "Taken back")
    assert page.locator(LUNCH).count() == 1
    assert page.evaluate("window.same") is True


def test_escape_gives_up_a_move(board: Any, small: Desk) -> None:
    page = board()
    page.locator(f"{LUNCH} .day").focus()
    page.keyboard.press("[")
    page.keyboard.press("Escape")
    assert week_of(page, LUNCH) == "1939-03-20"
    assert focused(page) == LUNCH[1:]
    page.wait_for_timeout(900)
    assert small.api.changes == []


def test_guests_decline_and_are_swapped_by_keys(board: Any, small: Desk) -> None:
    page = board()
    # One guest who has not answered: the key is the answer.
    page.locator(f"{CALL} .day").focus()
    page.keyboard.press("d")
    assert "Captain Liddell Hart has declined" in said(page, "declined")
    assert page.locator(f"{CALL} s").count() == 1
    # Several: the sheet asks which, and stays open for the next.
    page.locator(f"{DINNER} .day").focus()
    page.keyboard.press("d")
    assert page.locator("#s-plan-dinner").is_visible()
    page.keyboard.press("Enter")
    said(page, "Winston Churchill has declined")
    assert page.locator("#s-plan-dinner").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#s-plan-dinner").is_visible()
    assert focused(page) == DINNER[1:]
    page.keyboard.press("s")
    assert page.evaluate("document.activeElement.name") == "other"
    page.locator("#o-plan-dinner").select_option("p-hart")
    page.locator("#p-plan-dinner").select_option("p-eden")
    page.locator("#s-plan-dinner button[value=swap]").click()
    assert "Captain Liddell Hart in place of Anthony Eden" in said(page, "in place of")
    assert [c.kind for c in small.api.changes] == ["reply", "reply", "swap"]


def test_what_stands_in_the_calendar_is_not_moved_here(board: Any, small: Desk) -> None:
    page = board()
    page.locator(f"{HALIFAX} .day").focus()
    for key in ("]", "x", "l", "d"):
        page.keyboard.press(key)
        assert "stands in your calendar" in page.locator(".effect").inner_text()
    assert small.api.changes == []
    page.keyboard.press("o")
    assert "It stands in your calendar" in page.locator("#s-v-halifax").inner_text()


def test_going_along_the_board_and_the_list_of_keys(board: Any) -> None:
    page = board()
    for encounter in (DINNER, CALL, LUNCH, HALIFAX):
        page.keyboard.press("j")
        assert focused(page) == encounter[1:]
    page.keyboard.press("k")
    assert focused(page) == LUNCH[1:]
    page.keyboard.press("?")
    assert "a week later, earlier" in page.locator("#keys").inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    assert "all four encounters stay" in said(page, "Planned anew")


# ── dragging ──────────────────────────────────────────────────────────────────────────────


def to_the_board(page: Any) -> None:
    page.evaluate("""() => {
        document.documentElement.style.scrollBehavior = "auto";
        scrollTo(0, document.getElementById("board").getBoundingClientRect().top + scrollY - 150);
    }""")


def middle_of(page: Any, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    return box["x"] + min(box["width"] / 2, 60), box["y"] + min(box["height"] / 2, 20)


def test_an_encounter_is_dragged_to_another_week(board: Any, small: Desk) -> None:
    page = board()
    to_the_board(page)
    x, y = middle_of(page, LUNCH)
    to_x, to_y = middle_of(page, "tr[data-week='1939-03-13'] td[data-col='0']")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 4, y - 12, steps=3)
    page.mouse.move(to_x, to_y, steps=5)
    assert page.locator("td.target").get_attribute("data-form") == "Lunch"
    page.wait_for_selector(".effect:has-text('To 15 March. It would still be 74.3 in every hundred.')")
    assert small.api.changes == []
    page.mouse.up()
    said(page, "Moved: Lunch with Lord Beaverbrook, 15 March.")
    assert week_of(page, LUNCH) == "1939-03-13"
    assert page.url.endswith("/plan")
    # Let go where it was, or with Escape, nothing happens; nor is the link under it followed.
    for key in ("", "Escape"):
        x, y = middle_of(page, f"{LUNCH} .guests")
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 30, y + 5, steps=3)
        if key:
            page.keyboard.press(key)
        page.mouse.up()
        assert page.locator(".ghost, .lifted").count() == 0
    assert len(small.api.changes) == 1
    assert page.url.endswith("/plan")


def test_an_encounter_is_dragged_with_a_finger_after_holding_it(board: Any, small: Desk) -> None:
    page = board(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    to_the_board(page)
    page.locator(LUNCH).scroll_into_view_if_needed()
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        finger.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    x, y = middle_of(page, LUNCH)
    to_x, to_y = middle_of(page, "tr[data-week='1939-03-13'] td.hours")
    assert 0 < to_y < 844
    touch("Start", x, y)
    page.wait_for_selector(".ghost")
    for step in range(1, 6):
        touch("Move", x + (to_x - x) * step / 5, y + (to_y - y) * step / 5)
    page.wait_for_selector(".effect:has-text('To 15 March')")
    touch("End")
    said(page, "Moved: Lunch with Lord Beaverbrook, 15 March.")
    # A finger that moves at once scrolls, and lifts nothing.
    x, y = middle_of(page, LUNCH)
    touch("Start", x, y)
    touch("Move", x, y - 40)
    page.wait_for_timeout(450)
    assert page.locator(".ghost").count() == 0
    touch("End")
    assert len(small.api.changes) == 1


# ── without script, for everybody, on every screen ────────────────────────────────────────


def test_everything_is_done_without_script(board: Any, small: Desk) -> None:
    page = board(java_script_enabled=False)
    page.locator(f"{LUNCH} .day").click()
    sheet = page.locator("#s-plan-lunch")
    assert "You mean every 14 days".lower() in sheet.inner_text().lower()
    sheet.locator("input[name=on]").fill("1939-03-17")
    sheet.locator("input[name=on]").press("Enter")
    assert "Moved: Lunch with Lord Beaverbrook, 17 March." in page.locator(".notice").inner_text()
    page.locator(".notice button").click()
    assert "Taken back" in page.locator(".notice").inner_text()
    for value, text in (
        ("lock", "Locked"),
        ("unlock", "Free again"),
        ("later", "Moved"),
        ("reply:accepted:p-beaverbrook", "Lord Beaverbrook comes"),
        ("drop", "Taken out"),
    ):
        page.locator(f"{LUNCH} .day").click()
        page.locator(f"#s-plan-lunch button[value='{value}']").click()
        assert text in page.locator(".notice").inner_text()
    page.locator("button", has_text="Plan anew").click()
    assert "Planned anew" in page.locator(".notice").inner_text()
    page.locator("#s-hours").fill("7.5")
    page.locator("form[action='/plan/settings'] button").click()
    assert "7½ hours a week." in page.locator(".notice").inner_text()


def test_a_change_made_elsewhere_in_between_loses_nothing(board: Any, small: Desk) -> None:
    page, other = board(), board()
    other.locator(f"{LUNCH} .day").focus()
    other.keyboard.press("l")
    said(other, "Locked")
    page.locator(f"{CALL} .day").focus()
    page.keyboard.press("x")
    assert "Nothing was written" in said(page, "has changed since you looked")
    assert page.locator(f"{LUNCH}.locked").count() == 1
    page.locator(".notice button").click()
    said(page, "Taken out: Telephone call with Captain Liddell Hart")
    assert [c.kind for c in small.api.changes] == ["lock", "drop"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(board: Any, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = board(color_scheme=scheme)

    def found() -> list[tuple[str, list[str]]]:
        bad = [v for v in axe.run(page).response["violations"] if v["impact"] in ("serious", "critical")]
        return [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in bad]

    page.locator(f"{LUNCH} .day").focus()
    page.keyboard.press("x")
    said(page, "Taken out")
    assert found() == []
    page.locator(f"{DINNER} .day").click()
    page.wait_for_selector("#s-plan-dinner:popover-open")
    assert found() == []


@pytest.mark.parametrize("width", [1440, 820, 390])
def test_the_page_fits_and_what_is_pressed_is_large_enough(board: Any, width: int) -> None:
    page = board(viewport={"width": width, "height": 844}, has_touch=width < 500, is_mobile=width < 500)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # Labels at the ends of lines neither touch nor leave the page.
    kind = "narrow" if width < 500 else "broad"
    labels = [t.bounding_box() for t in page.locator(f".plot.{kind} path[class]:not(.grid) ~ text").all()][
        -3:
    ]
    assert len(labels) == 3
    for one in labels:
        assert one["x"] + one["width"] <= width
        assert all(abs(one["y"] - other["y"]) >= one["height"] * 0.8 for other in labels if other is not one)
    page.locator(f"{DINNER} .day").click()
    sheet = page.locator("#s-plan-dinner")
    box = sheet.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width + 0.5
    if width < 500:
        for button in [*sheet.locator("button.act").all(), page.locator(f"{DINNER} .day")]:
            assert button.bounding_box()["height"] >= 44


# ── a real workspace: what stands on the page is what the command prints ──────────────────


@pytest.fixture
def london(tmp_path: Path) -> Iterator[Desk]:
    with serving(lambda: open_sample(tmp_path / "London")) as served:
        yield served


def printed(folder: Path) -> dict[str, Any]:
    """Return what `legation plan --json` prints of the workspace."""
    from click.testing import CliRunner

    from legation.desk.cli import main

    given = ["plan", "-w", str(folder), "--from", "1938-09-01", "--json"]
    result = CliRunner().invoke(main, given, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


def agree(page: Any, folder: Path) -> dict[str, Any]:
    """Hold the page to the command: share, bound, hours by week, every encounter on its day."""
    told = printed(folder)
    figures = [page.locator(f"[data-figure={name}]").inner_text() for name in ("share", "bound")]
    assert figures == [f"{told[name] * 100:.1f}" for name in ("share", "bound_share")]
    hours = [text.inner_text() for text in page.locator("[data-figure=hours]").all()]
    assert hours == [f"{say_hours(w['hours_used'])} of {say_hours(w['hours'])}" for w in told["weeks"]]
    shown = {e.get_attribute("data-uid"): e.get_attribute("data-on") for e in page.locator(".enc").all()}
    assert shown == {e["uid"]: e["on"] for w in told["weeks"] for e in w["encounters"]}
    locked = {e.get_attribute("data-uid") for e in page.locator(".enc.locked").all()}
    assert locked == {e["uid"] for w in told["weeks"] for e in w["encounters"] if e["locked"]}
    return told


def find_encounter(told: dict[str, Any], uid: str) -> dict[str, Any]:
    return next(e for w in told["weeks"] for e in w["encounters"] if e["uid"] == uid)


def test_move_lock_decline_and_plan_anew_agree_with_the_command(
    london: Desk, chromium: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "London"
    with visiting(chromium) as open_page:
        page = open_page(london, "/plan?from=1938-09-01&weeks=4&hours=4")
        assert "nothing is kept yet" in page.locator(".lead").inner_text()
        assert not (folder / "weeks.toml").exists()
        page.keyboard.press("n")
        said(page, "kept now, in weeks.toml")
        told = agree(page, folder)
        assert told["kept"]

        # A week later, by a key; what is said before it is done is what then holds.
        free = page.locator(".enc:not([data-fixed])").first
        uid, before = free.get_attribute("data-uid"), free.get_attribute("data-on")
        key = free.get_attribute("id")
        free.locator(".day").focus()
        page.keyboard.press("]")
        page.wait_for_selector(".effect:has-text('in every hundred')")
        weighed = re.search(r"([\d.]+) in every hundred", page.locator(".effect").inner_text())
        page.wait_for_selector(".notice:has-text('Moved'), .notice:has-text('all the same')")
        if page.locator(".notice", has_text="all the same").count():
            assert find_encounter(agree(page, folder), uid)["on"] == before
            page.locator(".notice button").click()
        said(page, "Moved")
        told = agree(page, folder)
        moved = find_encounter(told, uid)
        assert moved["on"] > before
        assert weighed
        assert abs(float(weighed[1]) - told["share"] * 100) < 0.06

        # Whoever moves it means the day: it is locked there.
        assert moved["locked"]

        # The first guest declines.
        page.locator(f"#{key} .day").click()
        page.locator(f"#s-{key.removeprefix('e-')} button[value^='reply:declined']").first.click()
        said(page, "has declined")
        told = agree(page, folder)
        assert find_encounter(told, uid)["guests"][0]["reply"] == "declined"
        page.keyboard.press("Escape")

        page.keyboard.press("n")
        said(page, "Planned anew")
        told = agree(page, folder)
        assert find_encounter(told, uid)["on"] == moved["on"]

        # Taken back, and set anew from the file.
        page.keyboard.press("z")
        said(page, "Taken back")
        page.reload()
        told = agree(page, folder)
        assert find_encounter(told, uid)["guests"][0]["reply"] == "declined"


@pytest.mark.parametrize("width", [1440, 390])
def test_what_an_answer_does_is_seen_beside_the_open_sheet(board: Any, width: int) -> None:
    page = board(viewport={"width": width, "height": 844})
    page.locator(f"{LUNCH} .day").click()
    sheet = page.locator(".sheet:popover-open")
    sheet.locator("button[value='reply:declined:p-beaverbrook']").click()
    page.wait_for_selector(".effect:has-text('has declined')")
    page.wait_for_selector(".sheet:popover-open")
    told, over = page.locator(".effect").bounding_box(), page.locator(".sheet:popover-open").bounding_box()
    apart = told["x"] + told["width"] <= over["x"] + 1 or told["y"] + told["height"] <= over["y"] + 1
    assert apart, (told, over)
    assert told["x"] >= 0
    assert told["y"] >= 0
    assert told["y"] + told["height"] <= 845
