"""The calendar feed, the page about it, guest lists and the printable week."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parent))

from fake_api import FakeApi
from fake_outgoing import FakeOutgoing

from legation.desk.web import feed, serve
from legation.desk.web.app import make_app
from legation.desk.web.feed import feed_path, key_in

PORT = 8743
TOKEN = "a-token-of-this-test"
HOME = f"http://127.0.0.1:{PORT}"
SAME = {"origin": HOME, "sec-fetch-site": "same-origin"}


@pytest.fixture
def api() -> FakeApi:
    return FakeApi()


@pytest.fixture
def out(api: FakeApi) -> FakeOutgoing:
    return api.out


@pytest.fixture
def outside(api: FakeApi) -> TestClient:
    """A program that has no cookie."""
    return TestClient(make_app(api, token=TOKEN, port=PORT), base_url=HOME, follow_redirects=False)


@pytest.fixture
def desk(api: FakeApi) -> TestClient:
    """A browser that has entered."""
    client = TestClient(make_app(api, token=TOKEN, port=PORT), base_url=HOME, follow_redirects=False)
    client.get("/", params={"token": TOKEN})
    return client


def test_the_feed_opens_by_its_key_alone(outside: TestClient, out: FakeOutgoing) -> None:
    address = feed_path(out.feed_key())
    answer = outside.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"UID:w-lunch\r\n" in answer.content
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers
    head = outside.head(address)
    assert (head.status_code, head.content) == (200, b"")
    # It opens nothing else.
    assert outside.get("/").status_code == 401
    assert outside.get("/calendar/legation.ics").status_code == 401
    assert outside.get("/week").status_code == 401


def test_reasons_are_not_in_the_feed(outside: TestClient, out: FakeOutgoing) -> None:
    text = outside.get(feed_path(out.feed_key())).text.replace("\r\n ", "")
    assert "due since" not in text
    assert "connects" not in text


def test_a_wrong_key_opens_nothing(outside: TestClient, desk: TestClient, out: FakeOutgoing) -> None:
    key = out.feed_key()
    wrong = [key[:-1], key + "A", key.swapcase(), "", "x", "é" * 43, "%00", key + "/x", f"x/{key}"]
    for given in wrong:
        assert outside.get(feed_path(given)).status_code == 401, given
        assert desk.get(feed_path(given)).status_code == 404, given
    for path in (f"/feed/{key}", f"/feed/{key}/", f"/feed/{key}/legation.ics/", f"/x{feed_path(key)}"):
        assert outside.get(path).status_code == 401
    assert desk.get(feed_path(key)).status_code == 200


def test_nothing_is_made_by_asking(outside: TestClient, out: FakeOutgoing) -> None:
    assert outside.get(feed_path("a" * 43)).status_code == 401
    assert outside.get("/feed//legation.ics").status_code == 401
    assert out.key == ""


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_the_key_reads_and_no_more(outside: TestClient, out: FakeOutgoing, method: str) -> None:
    address = feed_path(out.feed_key())
    assert outside.request(method, address).status_code == 401
    assert outside.request(method, address, headers=SAME).status_code == 401


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1:1", ""])
def test_the_feed_answers_to_this_machine_s_name_only(
    outside: TestClient, out: FakeOutgoing, host: str
) -> None:
    answer = outside.get(feed_path(out.feed_key()), headers={"host": host})
    assert answer.status_code == 421
    assert b"VCALENDAR" not in answer.content


def test_who_has_it_as_it_is_gets_nothing_anew(outside: TestClient, out: FakeOutgoing) -> None:
    address = feed_path(out.feed_key())
    first = outside.get(address)
    assert first.headers["last-modified"] == "Wed, 08 Mar 1939 10:30:00 GMT"
    assert first.headers["cache-control"] == "private, no-cache"
    tag = first.headers["etag"]
    for given in (tag, f'"x", {tag}', f"W/{tag}", "*"):
        again = outside.get(address, headers={"if-none-match": given})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    since = {"if-modified-since": first.headers["last-modified"]}
    assert outside.get(address, headers=since).status_code == 304
    # A tag goes before a date, and what is no date says nothing.
    assert outside.get(address, headers={**since, "if-none-match": '"x"'}).status_code == 200
    assert outside.get(address, headers={"if-modified-since": "yesterday"}).status_code == 200

    out.change(on=dt.date(1939, 3, 10))
    after = outside.get(address, headers={"if-none-match": tag, **since})
    assert after.status_code == 200
    assert after.headers["etag"] != tag
    assert outside.get(address, headers=since).status_code == 200


def test_the_page_makes_the_address_and_renews_it(
    desk: TestClient, outside: TestClient, out: FakeOutgoing
) -> None:
    page = desk.get("/calendar")
    assert page.status_code == 200
    assert "Make the address" in page.text
    assert out.key == ""

    assert desk.post("/calendar/renew").status_code == 403
    assert desk.post("/calendar/renew", headers=SAME).status_code == 303
    first = out.key
    assert f"{HOME}{feed_path(first)}" in desk.get("/calendar").text

    done = desk.post("/calendar/renew", headers=SAME)
    assert "old one leads nowhere" in desk.get(done.headers["location"]).text
    assert out.key != first
    assert outside.get(feed_path(first)).status_code == 401
    assert outside.get(feed_path(out.key)).status_code == 200


def test_the_address_names_the_port_that_the_desk_has_by_default() -> None:
    assert feed.DEFAULT_PORT == serve.DEFAULT_PORT


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/feed/abc/legation.ics", "abc"),
        ("/feed/legation.ics", ""),
        ("/feed//legation.ics", ""),
        ("/feed/abc", ""),
        ("/x/feed/abc/legation.ics", ""),
        ("/feed", ""),
    ],
)
def test_a_key_is_read_of_a_path(path: str, key: str) -> None:
    assert key_in(path) == key
    assert key_in(feed_path("k")) == "k"


def test_files_are_offered_to_be_saved(desk: TestClient, out: FakeOutgoing) -> None:
    plain = desk.get("/calendar/legation.ics")
    assert plain.headers["content-disposition"] == 'attachment; filename="legation.ics"'
    assert "due since" not in plain.text
    assert "due since 2 March" in desk.get("/calendar/legation.ics?why=1").text.replace(
        "\r\n ", ""
    ).casefold().replace("due since 2 march", "due since 2 March")
    guests = desk.get("/calendar/guests.csv")
    assert guests.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(guests.content.decode(), newline="")))
    assert [(r["name"], r["office"], r["reply"]) for r in rows] == [
        ("Rab Butler", "Under-Secretary for Foreign Affairs", "needs-action"),
        ("Lord Halifax", "Foreign Secretary", "accepted"),
        ("Jan Masaryk", "", "invite"),
    ]


def test_the_week_shows_days_guests_and_answers(desk: TestClient) -> None:
    text = desk.get("/week").text
    assert "6 to 12 March 1939" in text
    assert re.search(r"One encounter with two guests, in 2\s+hours", text)
    for said in (
        "13:00",
        "15:00",
        "Lord Halifax",
        "Foreign Secretary",
        "comes",
        "invited, no answer yet",
        "Letter",
    ):
        assert said in text
    assert "Jan Masaryk" not in text
    assert "due since 2 March" not in text
    assert "Due since 2 March." in desk.get("/week?why=1").text
    after = desk.get("/week?on=1939-03-14").text
    assert "Jan Masaryk" in after
    assert "not invited yet" in after
    assert "<bdi>Birthday</bdi>. Locked." in after


def test_a_week_outside_the_plan_says_so(desk: TestClient, out: FakeOutgoing) -> None:
    for day in ("1938-01-01", "1939-03-27", "0001-01-01", "9999-12-31"):
        page = desk.get(f"/week?on={day}")
        assert page.status_code == 200
        assert "No plan that is kept covers this week" in page.text
    assert desk.get("/week?on=1939-03-26").text.count("Nothing is planned") == 7
    assert desk.get("/week?on=soon").status_code == 400
    out.weeks = None
    assert "No plan that is kept" in desk.get("/week").text
    assert "No weeks are kept yet" in desk.get("/calendar").text
    assert b"BEGIN:VCALENDAR" in desk.get("/calendar/legation.ics").content
