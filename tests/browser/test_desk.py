"""A day's work at the desk, in a real browser over the real sample."""

from __future__ import annotations

import re
import socket
from typing import Any

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def paths(desk: Any, visit: Any) -> list[str]:
    """Every kind of page, found by following the desk's own links."""
    page = visit("/diary?year=1939")
    entry = page.locator(".entries a[data-open]").first.get_attribute("href")
    page.goto(f"{desk.address}/people?order=closeness")
    person = page.locator("[data-open]").first.get_attribute("href")
    page.goto(desk.address + person)
    encounter = page.locator(".years a.what").first.get_attribute("href")
    page.goto(desk.address + encounter)
    fact = page.locator(".lead aside a[href^='/fact/']").first.get_attribute("href")
    page.goto(f"{desk.address}/diary/{item_in(page, desk)}")
    mention = page.locator(".named a[href^='/fact/']").first.get_attribute("href")
    return [
        "/", "/diary", "/diary?year=all", entry, "/review", "/people", person, f"{person}/merge?q=Churchill",
        "/search", "/search?q=Churchill", encounter, fact, mention, "/review/later", f"{person}/said", "/nope",
    ]  # fmt: skip


def item_in(page: Any, desk: Any) -> str:
    page.goto(f"{desk.address}/diary?year=1939&kind=entry")
    for link in page.locator(".entries a[data-open]").all():
        href = link.get_attribute("href")
        row = page.locator(f".entries li:has(a[href='{href}'])")
        if "meeting" in row.inner_text():
            return href.rpartition("/")[2]
    raise AssertionError("no entry of 1939 has a meeting")


def test_an_entry_is_read_and_its_facts_lead_to_their_words_and_back(desk: Any, visit: Any) -> None:
    page = visit()
    page.goto(f"{desk.address}/diary/{item_in(page, desk)}")
    mark = page.locator("mark[id^='w-']").first
    assert mark.is_visible()
    letter = mark.get_attribute("id").removeprefix("w-")
    # word → note
    page.locator(f"a.key[href='#n-{letter}']").click()
    assert page.url.endswith(f"#n-{letter}")
    note = page.locator(f"#n-{letter}")
    assert note.is_visible()
    assert note.evaluate("n => n.matches(':target')")
    # note → word
    note.locator("a.key").click()
    assert page.url.endswith(f"#w-{letter}")
    assert mark.evaluate("n => n.matches(':target')")
    # A note stands beside its paragraph, not below the text.
    apart = abs(note.bounding_box()["y"] - mark.bounding_box()["y"])
    assert apart < 400
    # The note's fact explains itself by its words, which lead back to the entry.
    note.locator("a[href^='/fact/']").click()
    assert page.locator("h2", has_text="The words").is_visible()
    words = page.locator("blockquote mark").first.inner_text()
    page.locator("a.source").first.click()
    found = page.locator("#here")
    assert found.is_visible()
    assert squeeze(words) in squeeze(found.inner_text()) or squeeze(found.inner_text()) in squeeze(words)


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_a_question_is_answered_by_one_key_and_taken_back(desk: Any, visit: Any) -> None:
    page = visit("/review")
    waiting = int(page.locator(".n-open").inner_text().split()[0])
    assert waiting > 0
    first = page.locator(".ask-one.now").get_attribute("data-question")
    key = page.locator(".ask-one.now .answers [data-key]").first.get_attribute("data-key")
    page.keyboard.press(key)
    page.wait_for_selector(".notice")
    assert page.locator(f"[data-question='{first}']").count() == 0
    page.keyboard.press("z")
    page.wait_for_selector(".notice:has-text('Taken back')")
    assert page.locator(f"[data-question='{first}']").count() == 1
    assert int(page.locator(".n-open").inner_text().split()[0]) == waiting


def test_going_through_the_questions_by_keys(visit: Any) -> None:
    page = visit("/review")
    shown = page.locator(".ask-one[data-question]")
    if shown.count() < 2:
        pytest.fail("the sample asks fewer than two questions")
    ids = [q.get_attribute("data-question") for q in shown.all()]

    def now() -> str | None:
        assert page.locator(".ask-one.now").count() == 1
        return page.locator(".ask-one.now").get_attribute("data-question")

    assert now() == ids[0]
    page.keyboard.press("j")
    assert now() == ids[1]
    page.keyboard.press("k")
    assert now() == ids[0]
    page.keyboard.press("o")
    page.wait_for_url("**/diary/*")
    assert page.locator("#here").count() == 1


def test_searching_by_keys(visit: Any) -> None:
    page = visit("/diary")
    page.keyboard.press("/")
    page.wait_for_url("**/search")
    page.keyboard.type("Churchill")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=Churchill*")
    assert page.locator(".hit").count() > 0
    assert page.locator(".hit b", has_text="Churchill").count() > 0
    page.locator(".hit [data-open]").first.click()
    assert page.locator("#here").inner_text().lower() == "churchill"
    assert page.locator("#here").is_visible()


def test_pages_by_keys_and_the_list_of_keys(visit: Any) -> None:
    page = visit()
    for key, url in (("d", "**/diary"), ("p", "**/people"), ("r", "**/review"), ("t", "**/")):
        page.keyboard.press("g")
        page.keyboard.press(key)
        page.wait_for_url(url)
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    # A key typed into a field is a letter.
    page.goto(page.url + "people")
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially("grz?")
    assert page.locator("#q").input_value() == "grz?"
    assert page.url.endswith("/people")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(desk: Any, visit: Any, paths: list[str], scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(color_scheme=scheme)
    found = []
    for path in paths:
        page.goto(desk.address + path) if path != "/nope" else page.goto(desk.address + "/enter")
        page.wait_for_load_state()
        for violation in axe.run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                nodes = [n["html"][:160] for n in violation["nodes"][:3]]
                found.append((path, violation["id"], nodes))
    assert found == []


@pytest.mark.parametrize("width", [1440, 820, 390])
def test_no_page_is_wider_than_the_window(desk: Any, visit: Any, paths: list[str], width: int) -> None:
    page = visit(viewport={"width": width, "height": 844})
    for path in paths[:-1]:
        page.goto(desk.address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_everything_works_without_script(desk: Any, visit: Any, paths: list[str]) -> None:
    page = visit(java_script_enabled=False)
    for path in paths[:-1]:
        page.goto(desk.address + path)
        assert page.locator("h1").count() == 1
    page.goto(f"{desk.address}/review")
    first = page.locator(".ask-one.now").get_attribute("data-question")
    page.locator(".ask-one.now .answers button").first.click()
    assert page.locator(".notice").is_visible()
    assert page.locator(f"[data-question='{first}']").count() == 0
    page.locator(".notice button").click()
    assert page.locator(f"[data-question='{first}']").count() == 1
    page.goto(f"{desk.address}/search")
    page.locator("#q").fill("Churchill")
    page.locator("#q").press("Enter")
    assert page.locator(".hit").count() > 0


def test_touch_targets_are_large_enough(desk: Any, visit: Any) -> None:
    page = visit("/review", viewport={"width": 390, "height": 844}, has_touch=True)
    for button in page.locator(".answers button").all():
        assert button.bounding_box()["height"] >= 44


def test_without_the_token_the_desk_stays_closed_until_it_is_given(desk: Any, chromium: Any) -> None:
    context = chromium.new_context()
    try:
        page = context.new_page()
        assert page.goto(f"{desk.address}/people").status == 401
        assert page.locator("h1").inner_text() == "The desk is closed"
        page.locator("#token").fill("wrong")
        page.locator("#token").press("Enter")
        assert page.locator(".wrong").is_visible()
        page.locator("#token").fill(desk.token)
        page.locator("#token").press("Enter")
        page.wait_for_url(f"{desk.address}/")
        assert page.locator("nav [aria-current]").inner_text() == "Today"
    finally:
        context.close()


def test_a_page_of_another_port_cannot_write(desk: Any, visit: Any) -> None:
    """Another program of this machine is the same site to a cookie; the Origin tells it apart."""
    page = visit("/review")
    before = desk_questions(page)
    port = int(desk.address.rpartition(":")[2])
    question = page.locator(".ask-one.now").get_attribute("data-question")
    evil = f"<form id=f method=post action='http://127.0.0.1:{port}/review/{question}'><input name=key value=1></form>"
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        other = f"http://127.0.0.1:{listener.getsockname()[1]}"
    context = page.context
    context.route(f"{other}/**", lambda r: r.fulfill(body=evil, content_type="text/html"))
    # The request to the other port is this test's own and never leaves the browser.
    hostile = context.new_page()
    hostile.goto(f"{other}/")
    with hostile.expect_navigation() as gone:
        hostile.evaluate("document.getElementById('f').submit()")
    assert gone.value.status in (401, 403)
    page.reload()
    assert desk_questions(page) == before


def desk_questions(page: Any) -> str:
    return page.locator(".n-open").inner_text()


def test_an_answer_brings_the_next_question_without_a_new_page(visit: Any) -> None:
    page = visit("/review")
    page.evaluate("window.same = true")
    first = page.locator(".ask-one.now")
    asked, top = first.get_attribute("data-question"), first.bounding_box()["y"]
    page.keyboard.press("l")
    page.wait_for_selector(".notice:has-text('Put off')")
    assert page.evaluate("window.same") is True
    now = page.locator(".ask-one.now")
    assert now.get_attribute("data-question") != asked
    # The next question stands where the eye is.
    assert abs(now.bounding_box()["y"] - top) < 40
    assert "done=" not in page.url
    assert page.locator(".waiting a[href='/review/later']").inner_text() == "1 put off"
    # What was put off has a page of its own, from which it is asked again.
    page.goto(page.url.partition("/review")[0] + "/review/later")
    page.locator("button", has_text="Ask again").first.click()
    page.wait_for_selector(".notice:has-text('asked again')")
    page.goto(page.url.partition("/review")[0] + "/review")
    assert page.locator(f"[data-question='{asked}']").count() == 1
    assert page.locator(".waiting a[href='/review/later']").count() == 0


def test_never_asking_is_taken_back_by_z(visit: Any) -> None:
    page = visit("/review")
    asked = page.locator(".ask-one.now").get_attribute("data-question")
    page.keyboard.press("v")
    page.wait_for_selector(".notice:has-text('Never to be asked')")
    assert page.locator(f"[data-question='{asked}']").count() == 0
    page.keyboard.press("z")
    page.wait_for_selector(".notice:has-text('Taken back')")
    assert page.locator(f"[data-question='{asked}']").count() == 1


def test_a_question_is_answered_beside_the_entry_by_keys(desk: Any, visit: Any) -> None:
    page = visit("/review?topic=encounters")
    entry = page.locator(".ask-one.now .source").first.get_attribute("href").partition("?")[0]
    page.goto(desk.address + entry)
    notes = page.locator(".note[data-question]")
    assert notes.count() >= 1
    asked = notes.first.get_attribute("data-question")
    page.keyboard.press("j")
    assert page.locator(".note.now").get_attribute("data-question") == asked
    button = page.locator(".note.now .answers [data-key='1']")
    assert button.is_visible()
    page.keyboard.press("1")
    page.wait_for_selector(".notice")
    assert page.locator(f"[data-question='{asked}']").count() == 0
    page.keyboard.press("z")
    page.wait_for_selector(".notice:has-text('Taken back')")
    assert page.locator(f"[data-question='{asked}']").count() == 1


def test_a_name_used_once_is_answered_beside_the_entry_by_keys(desk: Any, visit: Any) -> None:
    page = visit("/review?topic=once")
    first = page.locator(".ask-one", has=page.locator("[data-key='n']")).first
    asked = first.get_attribute("data-question")
    page.goto(desk.address + first.locator(".source").first.get_attribute("href").partition("?")[0])
    waiting = desk_questions(page)
    for _ in range(page.locator("[data-question]").count()):
        page.keyboard.press("j")
        if page.locator(".note.now").get_attribute("data-question") == asked:
            break
    assert page.locator(".note.now .answers [data-key='n']").is_visible()
    page.keyboard.press("n")
    page.wait_for_selector(".notice")
    assert page.locator(f"[data-question='{asked}']").count() == 0
    page.keyboard.press("z")
    page.wait_for_selector(".notice:has-text('Taken back')")
    assert page.locator(f"[data-question='{asked}']").count() == 1
    assert desk_questions(page) == waiting


def test_an_answer_for_some_days_is_given_without_a_new_page(visit: Any) -> None:
    page = visit("/review?topic=names")
    page.evaluate("window.same = true")
    now = page.locator(".ask-one.now")
    now.locator("summary", has_text="Only for some days").click()
    now.locator(".spell [name=since]").fill("1939-01-01")
    now.locator(".spell [name=since]").press("Enter")
    page.wait_for_selector(".notice:has-text('from 1 January 1939')")
    assert page.evaluate("window.same") is True
    page.keyboard.press("z")
    page.wait_for_selector(".notice:has-text('Taken back')")


def test_a_note_lights_its_words(desk: Any, visit: Any) -> None:
    page = visit("/diary")
    for item in desk_items(page, desk):
        page.goto(f"{desk.address}{item}")
        if page.locator("mark.told").count():
            break
    else:
        pytest.fail("no entry of the sample tells a statement")
    words = page.locator("mark.told").first
    letter = words.get_attribute("id").removeprefix("w-")
    assert words.evaluate("m => getComputedStyle(m).textDecorationLine") == "none"
    page.locator(f".tell:has(a[href='#w-{letter}'])").first.hover()
    assert words.evaluate("m => m.classList.contains('lit')")
    page.locator("h1").hover()
    assert not words.evaluate("m => m.classList.contains('lit')")


def desk_items(page: Any, desk: Any) -> list[str]:
    page.goto(f"{desk.address}/diary?year=all&kind=entry")
    return [a.get_attribute("href") for a in page.locator(".entries a[data-open]").all()]
