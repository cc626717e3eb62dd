"""The page of seating: from the plan, from a file, conflicts, and files to be saved."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parent))

from fake_api import FakeApi

from legation.desk.web.app import make_app
from legation.plan.seating import Never

PORT = 8747
TOKEN = "a-token-of-this-test"
HOME = f"http://127.0.0.1:{PORT}"
SAME = {"origin": HOME, "sec-fetch-site": "same-origin"}
FILE = """\
title = "Lunch <b>"
[[table]]
seats = 3
[[guest]]
name = "Halifax"
[[guest]]
name = "Eden"
[[guest]]
name = "<script>alert(1)</script>"
"""


@pytest.fixture
def api() -> FakeApi:
    return FakeApi()


@pytest.fixture
def desk(api: FakeApi) -> TestClient:
    client = TestClient(make_app(api, token=TOKEN, port=PORT), base_url=HOME, follow_redirects=False)
    client.get("/", params={"token": TOKEN})
    return client


def test_an_encounter_of_the_plan_is_drawn_listed_and_written_down(desk: TestClient) -> None:
    text = desk.get("/seating?uid=w-dinner").text
    assert "<h1" in text
    assert "Dinner on 14 March 1939" in text
    assert text.count('<svg class="tables') == 2
    assert text.count("Lord Halifax") >= 3
    assert "[[guest]]" in text
    assert "style=" not in text
    assert '<option value="w-dinner" selected>' in text


def test_without_an_encounter_the_page_asks_for_one(desk: TestClient) -> None:
    text = desk.get("/seating").text
    assert "Choose an encounter" in text
    assert "<svg" not in text


def test_an_unknown_encounter_and_a_wrong_shape_are_refused(desk: TestClient) -> None:
    assert desk.get("/seating?uid=nope").status_code == 404
    assert desk.get("/seating").status_code == 200


def test_a_file_is_seated_and_its_names_are_only_text(desk: TestClient) -> None:
    answer = desk.post("/seating", data={"file": FILE, "do": "seat"}, headers=SAME)
    assert answer.status_code == 200
    assert "3 guests at 1 table" in answer.text
    assert "<script>alert" not in answer.text
    assert "Lunch <b>" not in answer.text


def test_what_is_wrong_in_a_file_is_said_and_the_text_stays(desk: TestClient) -> None:
    broken = FILE.replace("seats = 3", "seats = 0")
    text = desk.post("/seating", data={"file": broken, "do": "seat"}, headers=SAME).text
    assert "To be mended" in text
    assert "seats = 0" in text


def test_rules_that_conflict_are_named_and_can_be_given_up(desk: TestClient, api: FakeApi) -> None:
    names = ("Lord Halifax", "Jan Masaryk", "Rab Butler")
    api.seats.never = tuple(Never(a, b, "table") for i, a in enumerate(names) for b in names[:i])
    text = desk.get("/seating?uid=w-dinner").text
    assert "What conflicts" in text
    assert "The least to give up" in text
    import html
    import re

    file = html.unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", text, re.DOTALL)[1])
    text = desk.post("/seating", data={"file": file, "do": "give-up"}, headers=SAME).text
    assert "Given up, because the rules cannot all hold" in text
    assert '<input type="hidden" name="given" value="1">' in text


@pytest.mark.parametrize(
    ("do", "kind", "name"),
    [("svg", "image/svg+xml", "lunch-b.svg"), ("toml", "application/toml", "seating.toml")],
)
def test_drawing_and_file_are_saved(desk: TestClient, do: str, kind: str, name: str) -> None:
    answer = desk.post("/seating", data={"file": FILE, "do": do}, headers=SAME)
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'


def test_a_page_of_another_site_seats_nobody(desk: TestClient) -> None:
    assert desk.post("/seating", data={"file": FILE}, headers={"origin": "http://other"}).status_code == 403
