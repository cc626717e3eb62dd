"""Who may speak to the desk, and what every answer carries."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parent))

from fake_api import FakeApi

from legation.desk.web import errors
from legation.desk.web.app import make_app
from legation.desk.web.security import LARGEST_BODY, POLICY, Door, local_path
from legation.facts.errors import LegationError

PORT = 8743
TOKEN = "a-token-of-this-test"
HOME = f"http://127.0.0.1:{PORT}"
SAME = {"origin": HOME, "sec-fetch-site": "same-origin"}


@pytest.fixture
def api() -> FakeApi:
    return FakeApi()


@pytest.fixture
def outside(api: FakeApi) -> TestClient:
    """Nobody known."""
    return TestClient(make_app(api, token=TOKEN, port=PORT), base_url=HOME, follow_redirects=False)


@pytest.fixture
def desk(outside: TestClient) -> TestClient:
    """One who has entered."""
    outside.get("/", params={"token": TOKEN})
    return outside


def test_the_printed_address_lets_in_and_leaves_no_token_behind(outside: TestClient) -> None:
    answer = outside.get("/", params={"token": TOKEN, "on": "1939-03-08"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/?on=1939-03-08"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert outside.get("/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/diary", "/diary/i-ninth", "/people", "/review", "/search", "/static/desk.js", "/nope"]
)
def test_without_the_token_there_is_only_the_way_in(outside: TestClient, path: str) -> None:
    for client_cookie in ("", f"legation_{PORT}=wrong", f"other={TOKEN}"):
        answer = outside.get(path, headers={"cookie": client_cookie} if client_cookie else {})
        assert answer.status_code == 401
        assert "asks for its token" in answer.text
        assert "Beaverbrook" not in answer.text
    assert outside.get(f"{path}?token=wrong").status_code == 401
    assert outside.get("/enter").status_code == 200
    assert outside.get("/static/desk.css").status_code == 200


def test_the_form_lets_in(outside: TestClient) -> None:
    wrong = outside.post("/enter", data={"token": "wrong"}, headers=SAME)
    assert (wrong.status_code, "That is not the token" in wrong.text) == (401, True)
    assert "set-cookie" not in wrong.headers
    right = outside.post("/enter", data={"token": f" {TOKEN} "}, headers=SAME)
    assert (right.status_code, right.headers["location"]) == (303, "/")
    assert outside.get("/").status_code == 200


def test_a_cookie_of_the_same_name_from_elsewhere_does_not_put_out(outside: TestClient) -> None:
    cookie = f"legation_{PORT}=planted; legation_{PORT}={TOKEN}"
    assert outside.get("/", headers={"cookie": cookie}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"evil.example:{PORT}",
        "127.0.0.1",
        "127.0.0.1:1",
        f"127.0.0.1.evil.example:{PORT}",
        "",
        f"localhost:{PORT}.evil.example",
        f"[::1]:{PORT + 1}",
    ],
)
def test_another_name_for_this_machine_is_turned_away(desk: TestClient, host: str) -> None:
    answer = desk.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "Beaverbrook" not in answer.text
    assert desk.get("/", params={"token": TOKEN}, headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"[::1]:{PORT}"])
def test_the_names_that_are_ours(outside: TestClient, host: str) -> None:
    cookie = f"legation_{PORT}={TOKEN}"
    assert outside.get("/", headers={"host": host, "cookie": cookie}).status_code == 200


def test_a_port_that_browsers_leave_out() -> None:
    assert "127.0.0.1" in Door(TOKEN, 80).hosts()
    assert "127.0.0.1" not in Door(TOKEN, PORT).hosts()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (SAME, 303),
        ({"origin": HOME}, 303),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "same-origin"}, 303),
        ({}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://evil.example", "sec-fetch-site": "same-origin"}, 403),
        ({"origin": HOME, "sec-fetch-site": "cross-site"}, 403),
        ({"origin": f"http://127.0.0.1:{PORT + 1}", "sec-fetch-site": "same-site"}, 403),
        ({"origin": "null", "sec-fetch-site": "same-site"}, 403),
        ({"origin": "null", "sec-fetch-site": "none"}, 403),
        ({"origin": f"https://127.0.0.1:{PORT}"}, 403),
        ({"origin": f"http://localhost:{PORT}"}, 403),
    ],
)
def test_only_pages_of_this_desk_write(
    desk: TestClient, api: FakeApi, headers: dict[str, str], status: int
) -> None:
    answer = desk.post("/review/q-churchill", data={"key": "1"}, headers=headers)
    assert answer.status_code == status
    assert len(api.judged) == (status == 303)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_write_nothing(desk: TestClient, method: str) -> None:
    assert desk.request(method, "/review/q-churchill").status_code == 403
    assert desk.request(method, "/review/q-churchill", headers=SAME).status_code == 405


def test_every_answer_carries_the_headers(
    desk: TestClient, api: FakeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [
        desk.get("/"),
        desk.get("/nope"),
        desk.get("/", headers={"host": "evil.example"}),
        desk.get("/static/desk.css"),
        desk.post("/undo"),
        TestClient(desk.app, base_url=HOME).get("/"),
    ]
    monkeypatch.setattr(api, "today", lambda _on=None: 1 / 0)
    answers.append(desk.get("/"))
    assert [a.status_code for a in answers] == [200, 404, 421, 200, 403, 401, 500]
    for answer in answers:
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "server" not in answer.headers
        if "desk.css" not in str(answer.url):
            assert answer.headers["cache-control"] == "no-store"
    assert "ZeroDivisionError" not in answers[-1].text
    assert "Traceback" not in answers[-1].text
    assert "script-src 'self'" in POLICY
    assert "unsafe" not in POLICY


def test_the_framework_shows_no_pages_of_its_own(desk: TestClient) -> None:
    for path in ("/docs", "/redoc", "/openapi.json", "/docs/oauth2-redirect"):
        assert desk.get(path).status_code == 404


def test_static_holds_two_files_and_no_others(desk: TestClient) -> None:
    first = desk.get("/static/desk.css")
    assert first.headers["content-type"].startswith("text/css")
    again = desk.get("/static/desk.css", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    for path in ("/static/app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/static/"):
        assert desk.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("/review?at=q-1#n", "/review?at=q-1#n"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("", "/"),
        ("review", "/"),
    ],
)
def test_a_redirect_stays_here(desk: TestClient, path: str, safe: str) -> None:
    assert local_path(path) == safe
    answer = desk.post("/fact/a-ninth/confirm", data={"back": path}, headers=SAME)
    location = answer.headers["location"]
    assert location.startswith("/")
    assert not location.startswith("//")
    assert "\n" not in location


def test_the_token_in_an_odd_path_leads_nowhere_else(outside: TestClient) -> None:
    answer = outside.get(f"{HOME}//evil.example/?token={TOKEN}")
    assert answer.headers["location"] == "/evil.example/"


def test_a_form_has_an_end(desk: TestClient, api: FakeApi) -> None:
    answer = desk.post("/review/q-churchill", data={"key": "1", "name": "x" * LARGEST_BODY}, headers=SAME)
    assert answer.status_code == 400
    assert api.judged == []
    odd = desk.post(
        "/review/q-churchill", content=b'{"key": "1"}', headers={**SAME, "content-type": "application/json"}
    )
    assert odd.status_code == 400
    assert api.judged == []


def tree(kind: type[LegationError]) -> set[type[LegationError]]:
    return {kind}.union(*(tree(k) for k in kind.__subclasses__()))


def test_every_error_has_its_status() -> None:
    ours = {k for k in tree(LegationError) if k.__module__ == "legation.facts.errors"}
    assert set(errors.STATUS) == ours
    assert all(400 <= status < 600 for status, _ in errors.STATUS.values())


@pytest.mark.parametrize("kind", sorted(errors.STATUS, key=lambda k: k.__name__))
def test_every_error_is_a_decent_page(kind: type[LegationError], monkeypatch: pytest.MonkeyPatch) -> None:
    api = FakeApi()
    arguments = (("p-churchill", "Winston <Churchill>"),) if kind.__name__ == "AmbiguousError" else ()
    error = (
        kind("What <was> wrong.", arguments, "What to do.")
        if arguments
        else kind("What <was> wrong.", "What to do.")
    )

    def fail(on: object = None) -> None:
        raise error

    monkeypatch.setattr(api, "today", fail)
    client = TestClient(make_app(api, token=TOKEN, port=PORT), base_url=HOME)
    answer = client.get("/", headers={"cookie": f"legation_{PORT}={TOKEN}"})
    status, heading = errors.STATUS[kind]
    assert answer.status_code == status
    assert re.search(rf"<h1>{heading}</h1>", answer.text)
    assert "What &lt;was&gt; wrong." in answer.text
    assert "What to do." in answer.text
    if arguments:
        assert 'href="/people/p-churchill"' in answer.text
    assert (status == 503 and "busy" in kind.__name__.lower()) == ("retry-after" in answer.headers)
