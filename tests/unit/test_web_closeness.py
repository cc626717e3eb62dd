"""Closeness on a person's page: drawn twice, said in words, and left out where there is nothing to draw."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parent))

from fake_api import FakeApi

from legation.desk.web.app import make_app
from legation.report.views import BriefView

PORT = 8743
COOKIE = {"cookie": f"legation_{PORT}=token"}
COURSE = (
    ("1938-09-02", 0.0),
    ("1938-09-02", 1.0),
    ("1938-11-01", 0.25),
    ("1938-11-01", 1.75),
    ("1939-03-09", 0.1),
)


class Drawn(FakeApi):
    def brief(self, person: str) -> BriefView:
        return replace(
            super().brief(person),
            course=COURSE,
            chance=0.13,
            chance_says="13 in 100 that you meet within 30 days: last met 40 days ago, usually every 9 days.",
            half_life_days=90.0,
            layer=4,
        )


def page(api: FakeApi) -> str:
    client = TestClient(make_app(api, token="token", port=PORT), base_url=f"http://127.0.0.1:{PORT}")
    answer = client.get("/people/p-butler", headers=COOKIE)
    assert answer.status_code == 200
    return answer.text


def test_closeness_is_drawn_for_a_desk_and_for_a_phone_with_its_words():
    html = page(Drawn())
    section = html[html.index('id="h-near"') : html.index("</figure>", html.index('id="h-near"'))]
    assert re.findall(r'<svg class="plot (\w+)"', section) == ["broad", "narrow"]
    labels = re.findall(r'aria-label="([^"]+)"', section)
    assert len(labels) == 2
    assert all(
        "from 2 September 1938 to 9 March 1939: 0.1 now; highest on 1 November 1938, 1.8." in label
        for label in labels
    )
    assert section.count('class="dot"') == 4
    assert "each fading by half in 90 days; a dot is a day on which you met." in section
    assert "layer 4" in section
    assert "13 in 100 that you meet within 30 days: last met 40 days ago" in html


def test_without_days_there_is_no_drawing():
    html = page(FakeApi())
    assert 'id="h-near"' not in html
    assert "in 100 that you meet" not in html


@pytest.mark.parametrize("words", ["another 30 days", "the chance that you do not meet"])
def test_today_says_how_its_order_is_made(words):
    client = TestClient(make_app(FakeApi(), token="token", port=PORT), base_url=f"http://127.0.0.1:{PORT}")
    assert words in client.get("/", headers=COOKIE).text
