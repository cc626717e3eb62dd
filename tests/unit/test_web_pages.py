"""The pages, over a workspace in memory."""

from __future__ import annotations

import re
import sys
import time
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parent))

from fake_api import ENCOUNTERS, ENTRIES, MARKS, FakeApi, link

from legation.desk.web.app import make_app
from legation.report.views import EntryView, Mark

PORT = 8743
HOME = f"http://127.0.0.1:{PORT}"
COOKIE = {"cookie": f"legation_{PORT}=token"}
SAME = {**COOKIE, "origin": HOME, "sec-fetch-site": "same-origin"}
HOSTILE = "<img src=x onerror=alert(1)>\u202e & \"q\" 'x' \x00"


class Inspector(HTMLParser):
    """Collects what the policy forbids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "style" or name.startswith("on") or (value or "").startswith("javascript:"):
                self.found.append(f"{tag} {name}")
        if tag in {"style", "img", "iframe", "object"}:
            self.found.append(tag)


def unsafe(html: str) -> list[str]:
    return Inspector(html).found


PAGES = [
    "/", "/?on=1939-03-08", "/diary", "/diary?year=all", "/diary?year=1938&kind=entry", "/diary?kind=message",
    "/diary/i-ninth", "/diary/i-eighth", "/diary/i-hudson", "/diary/i-ninth?at=90-100", "/diary/i-ninth?find=butler",
    "/review", "/review?at=q-hart", "/review/q-hart", "/people", "/people?q=church", "/people?q=nobody",
    "/people?order=closeness", "/people/p-butler", "/people/p-hart", "/people/p-butler/merge",
    "/people/p-butler/merge?q=churchill", "/search", "/search?q=butler", "/search?q=nothing-of-the-kind",
    "/search?q=lunch&with=churchill", "/search?q=lunch&with=nobody", "/search?q=lunch&since=when", "/fact/a-ninth",
    "/review/q-churchill/places", "/review/later", "/review?topic=names", "/people/p-butler/said", "/people/p-hart/said",
    "/people/p-butler/heard", "/fact/t-said", "/fact/t-report", "/fact/t-ill", "/fact/t-brought",
    "/fact/m-butler", "/fact/e-eighth", "/encounter/e-eighth?on=1939-03-08", "/encounter/e-month?on=1939-03", "/encounter/e-second",
    "/plan", "/plan?from=1939-03-13&weeks=3&hours=6", "/plan/year", "/plan/year?from=1939-03-13",
]  # fmt: skip


@pytest.fixture
def api() -> FakeApi:
    return FakeApi()


@pytest.fixture
def desk(api: FakeApi) -> TestClient:
    return TestClient(
        make_app(api, token="token", port=PORT), base_url=HOME, headers=COOKIE, follow_redirects=False
    )


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_set(desk: TestClient, path: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == 200
    html = answer.text
    assert html.startswith("<!doctype html>")
    assert html.count("<h1") == 1
    assert unsafe(html) == []
    assert not re.search(r"<script(?![^>]*src=\"/static/)", html)
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", html)
    ids = re.findall(r"\bid=\"([^\"]+)\"", html)
    assert len(ids) == len(set(ids))
    for target in re.findall(r"(?:href=\"#|for=\"|aria-labelledby=\")([^\"]+)\"", html):
        assert target in ids, target
    for shown in ("None", "Undefined", "&lt;macro"):
        assert f">{shown}<" not in html
    assert "/map" not in html


@pytest.mark.parametrize(
    "path",
    ["/nope", "/people/p-nobody", "/diary/i-none", "/fact/a-none", "/encounter/e-none", "/review/q-none"],
)
def test_what_is_not_on_record_says_so(desk: TestClient, path: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == 404
    assert "<h1>Not on record</h1>" in answer.text


@pytest.mark.parametrize("path", ["/?on=yesterday", "/?on=1939-02-30"])
def test_what_cannot_be_asked_says_so(desk: TestClient, path: str) -> None:
    assert desk.get(path).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "from=-1",
        "from=x",
        "from=99999999999999",
        "from=²",
        "at=9-3",
        "at=x",
        "at=1-99999999",
        "find=%00",
        "order=x",
        "kind=%3Cimg%3E",
        "done=99",
        "year=%00",
    ],
)
@pytest.mark.parametrize("page", ["/diary", "/diary/i-ninth", "/people", "/search", "/review"])
def test_odd_queries_do_no_harm(desk: TestClient, page: str, query: str) -> None:
    answer = desk.get(f"{page}?q=lunch&{query}")
    assert answer.status_code in (200, 303)
    assert "<img" not in answer.text
    assert "\x00" not in answer.text


def test_today_says_what_the_day_holds(desk: TestClient) -> None:
    html = desk.get("/").text
    assert "<h1>Thursday, 9 March 1939</h1>" in html
    assert "One meeting planned, three people due, two promises to keep in mind and one occasion." in html
    assert "Three questions wait." in html
    assert "188 days" in html
    assert 'href="/review">Answer all three' in html
    other = desk.get("/?on=1939-03-08").text
    assert "No meeting is planned for this day." in other


def test_an_entry_links_words_and_notes_both_ways(desk: TestClient) -> None:
    html = desk.get("/diary/i-ninth").text
    for key in "abcd":
        assert f'id="w-{key}"' in html
        assert f'href="#n-{key}"' in html
        assert f'id="n-{key}"' in html
        assert f'href="#w-{key}"' in html
    assert (
        '<mark class="sure" id="w-a">Lunched with <a class="who" href="/people/p-beaverbrook">Beaverbrook</a></mark>'
        in html
    )
    assert 'aria-label="Front matter"' in html
    # The text's own first heading is the page's.
    assert html.count(">9 March 1939<") == 1
    # The question stands where its words are, and leads back there.
    assert 'action="/review/q-churchill"' in html
    assert 'name="back" value="/diary/i-ninth#n-d"' in html


def test_the_words_of_a_fact_are_shown_in_place(desk: TestClient) -> None:
    mark = MARKS[0]
    html = desk.get(f"/diary/i-ninth?at={mark.start}-{mark.end}").text
    assert '<span class="found" id="here" tabindex="-1"><mark class="sure" id="w-a">Lunched with' in html


def test_an_answer_and_its_undoing(desk: TestClient, api: FakeApi) -> None:
    form = {"key": "2", "back": "/review?at=q-churchill", "then": "q-day"}
    answer = desk.post("/review/q-churchill", data=form, headers=SAME)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/review?at=q-day&done=1"
    assert api.calls == [("answer", ("q-churchill", "2", ""))]
    page = desk.get(answer.headers["location"]).text
    assert "Two questions" in page
    assert "Who is “Churchill”? Winston Churchill." in page
    assert re.search(r'ask-one now" data-question="q-day"', page)
    undone = desk.post("/undo", data={"judgement": "j-1", "back": "/review"}, headers=SAME)
    page = desk.get(undone.headers["location"]).text
    assert "Taken back: answer" in page
    assert "Three questions" in page


def test_an_answer_may_name_somebody(desk: TestClient, api: FakeApi) -> None:
    desk.post("/review/q-churchill", data={"key": "n", "name": "  Sarah   Churchill "}, headers=SAME)
    assert api.calls == [("answer", ("q-churchill", "n", "Sarah Churchill"))]
    html = desk.get("/review").text
    assert "Sarah" not in html


def test_an_answer_to_what_is_answered_is_no_error(desk: TestClient, api: FakeApi) -> None:
    for _ in range(2):
        answer = desk.post("/review/q-hart", data={"key": "y"}, headers=SAME)
        assert answer.status_code == 303
    assert len(api.judged) == 1
    assert "That question is no longer open." in desk.get(answer.headers["location"]).text


def test_a_wrong_key_is_turned_away(desk: TestClient, api: FakeApi) -> None:
    assert desk.post("/review/q-hart", data={"key": "7"}, headers=SAME).status_code == 400
    assert desk.post("/review/q-hart", headers=SAME).status_code == 400
    assert api.judged == []


def test_nothing_to_undo_is_said(desk: TestClient) -> None:
    answer = desk.post("/undo", headers=SAME)
    assert "There is nothing to take back." in desk.get(answer.headers["location"]).text


def test_an_answer_beside_an_entry_leads_back_there(desk: TestClient) -> None:
    answer = desk.post("/review/q-day", data={"key": "y", "back": "/diary/i-ninth#n-b"}, headers=SAME)
    assert answer.headers["location"] == "/diary/i-ninth?done=1#n-b"


def test_two_people_made_one_and_one_parted(desk: TestClient, api: FakeApi) -> None:
    html = desk.get("/people/p-churchill/merge?q=churchill").text
    assert 'value="p-randolph"' in html
    assert 'name="other" value="p-churchill"' not in html
    desk.post("/people/p-churchill/merge", data={"other": "p-randolph"}, headers=SAME)
    mark = MARKS[4]
    place = {"item": "i-ninth", "start": str(mark.start), "end": str(mark.end), "name": "Nicholas Butler"}
    answer = desk.post("/people/p-butler/split", data=place, headers=SAME)
    assert answer.headers["location"] == "/people/p-butler?done=2"
    assert api.calls == [("merge", ("p-churchill", "p-randolph")), ("split", ("m-butler", "Nicholas Butler"))]
    assert desk.post("/people/p-butler/split", data={"item": "i-ninth"}, headers=SAME).status_code == 400
    nowhere = {"item": "i-ninth", "start": "0", "end": "3"}
    assert desk.post("/people/p-butler/split", data=nowhere, headers=SAME).status_code == 404
    assert desk.post("/people/p-butler/merge", data={"other": "p-none"}, headers=SAME).status_code == 404


def test_a_fact_is_confirmed_rejected_and_corrected(desk: TestClient, api: FakeApi) -> None:
    for deed, form in (
        ("confirm", {}),
        ("reject", {}),
        ("correct", {"form": "dinner", "on": "", "place": " the House "}),
        ("person", {"name": "Halifax"}),
        ("person", {"name": "Somebody Quite Other"}),
    ):
        assert desk.post(f"/fact/m-butler/{deed}", data=form, headers=SAME).status_code == 303
    assert api.calls == [
        ("confirm", ("m-butler",)),
        ("reject", ("m-butler",)),
        ("correct", ("m-butler", {"form": "dinner", "place": "the House"})),
        ("correct", ("m-butler", {"person": "p-halifax"})),
        ("split", ("m-butler", "Somebody Quite Other")),
    ]
    assert desk.post("/fact/m-butler/correct", data={"form": ""}, headers=SAME).status_code == 400
    # A name that fits several is not guessed at.
    assert desk.post("/fact/m-butler/person", data={"name": "churchill"}, headers=SAME).status_code == 409


def test_an_encounter_shows_its_accounts_side_by_side(desk: TestClient) -> None:
    html = desk.get("/encounter/e-eighth?on=1939-03-08").text
    assert html.count("<article>") == 3
    assert "Lunch with Rab Butler and Robert Hudson" in html
    assert "The place is not on record." in html
    assert "The day is not known." in desk.get("/encounter/e-month?on=1939-03").text


def test_an_encounter_is_found_without_its_date(desk: TestClient, api: FakeApi) -> None:
    for query in ("", "?on=1938", "?on=nonsense", "?on=1902-01-01"):
        assert desk.get(f"/encounter/e-eighth{query}").status_code == 200


def test_the_drawing_of_meetings_says_what_it_shows(desk: TestClient) -> None:
    html = desk.get("/people/p-churchill").text
    assert 'aria-label="Meetings with Winston Churchill by month: one meeting in September 1938."' in html
    assert html.count("<svg") == 2
    assert "<svg" not in desk.get("/people/p-hart").text


def test_search_narrows(desk: TestClient) -> None:
    html = desk.get("/search?q=butler").text
    assert "<b>Butler</b>" in html
    assert 'href="/diary/i-ninth?find=Butler#here"' in html
    several = desk.get("/search?q=lunch&with=churchill").text
    assert "“churchill” fits 2 people; choose one." in several
    assert 'href="/search?q=lunch&amp;person=p-randolph"' in several
    nobody = desk.get("/search?q=lunch&with=nobody").text
    assert "Nobody on record is called “nobody”." in nobody


class Hostile(FakeApi):
    """Every text that a user could have written is an attack."""

    def __init__(self) -> None:
        super().__init__()
        text = f"# {HOSTILE}\n\n{HOSTILE} lunch {HOSTILE}\n"
        mark = Mark(len(HOSTILE) + 4, len(HOSTILE) * 2 + 4, "mention", "read", "m-x", "", "p-butler")
        self.entries_by_id["i-x"] = EntryView(
            "i-x", "entry", HOSTILE, "1939-03-01", HOSTILE, HOSTILE, text, (mark,),
            tuple(replace(n, says=HOSTILE, detail=HOSTILE, kind=HOSTILE) for n in ENTRIES["i-ninth"].notes),
            (("text-control", HOSTILE, HOSTILE),), None, None,
        )  # fmt: skip
        self.open = {k: replace(q, prompt=HOSTILE, why=HOSTILE) for k, q in self.open.items()}

    def brief(self, person: str) -> object:  # type: ignore[override]
        view = super().brief(person)
        named = replace(link("butler"), name=HOSTILE, office=HOSTILE)
        return replace(
            view,
            person=named,
            circles=(HOSTILE,),
            closeness_says=HOSTILE,
            facts=tuple(replace(f, name=HOSTILE, value=HOSTILE) for f in view.facts),
        )

    def explain(self, _fact: str) -> dict[str, object]:
        return {
            "says": HOSTILE,
            "rule": HOSTILE,
            HOSTILE: [HOSTILE, {HOSTILE: HOSTILE}],
            "judgements": [HOSTILE],
        }


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/diary",
        "/diary/i-x",
        "/diary/i-x?find=lunch",
        "/review",
        "/people/p-butler",
        "/people/p-butler/merge?q=<b>",
        "/fact/m-butler",
        "/search?q=lunch",
        "/search?q=%3Cimg%20src=x%3E",
        "/search?q=x&with=%3Cimg%3E&since=%3Cimg%3E",
        "/people?q=%3Cimg%3E",
        "/?on=%3Cimg%3E",
    ],
)
def test_hostile_text_is_only_text(path: str) -> None:
    client = TestClient(make_app(Hostile(), token="token", port=PORT), base_url=HOME, headers=COOKIE)
    html = client.get(path).text
    assert "<img" not in html
    assert "\x00" not in html
    assert unsafe(html) == []


def test_halves_of_surrogate_pairs_do_not_break_a_page(desk: TestClient, api: FakeApi) -> None:
    broken = replace(ENTRIES["i-eighth"], item="i-s", path="\ud800.md", title="\udfff", text="a \ud83d b")
    api.entries_by_id["i-s"] = broken
    answer = desk.get("/diary/i-s")
    assert answer.status_code == 200
    assert "a \ufffd b" in answer.text
    assert desk.get("/diary").status_code == 200


def test_an_empty_workspace_is_a_page_too(
    desk: TestClient, api: FakeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = replace(
        api.today(),
        planned=(),
        due=(),
        occasions=(),
        promises=(),
        questions=(),
        open_questions=0,
        recent=(),
        people=0,
        entries=0,
    )
    monkeypatch.setattr(api, "today", lambda _on=None: view)
    monkeypatch.setattr(api, "years", tuple)
    monkeypatch.setattr(api, "entries", lambda **_: ((), 0))
    monkeypatch.setattr(api, "people", lambda **_: ((), 0))
    api.open = {}
    assert "Nothing has been read into this workspace yet." in desk.get("/").text
    assert "No questions" in desk.get("/review").text
    for path in ("/diary", "/people", "/search"):
        assert desk.get(path).status_code == 200


def test_pages_are_set_quickly(desk: TestClient) -> None:
    assert len(ENCOUNTERS) == 4
    for path in PAGES:
        desk.get(path)
    taken = []
    for _ in range(5):
        for path in PAGES:
            start = time.process_time()
            desk.get(path)
            taken.append(time.process_time() - start)
    taken.sort()
    assert taken[int(len(taken) * 0.95)] < 0.1


# ── what is told, and review ────────────────────────────────────────────────────────────


def test_statements_have_no_line_in_the_text_but_under_their_letter(desk: TestClient) -> None:
    html = desk.get("/diary/i-ninth").text
    assert re.search(
        r'<mark class="told read" id="w-e">The <a [^>]+>Prime Minister|<mark class="told read" id="w-e">',
        html,
    )
    assert '<a class="key read" href="#n-e" aria-label="note e">e</a>' in html
    # A promise has its line like an encounter.
    assert '<mark class="read" id="w-g">The report to ' in html
    # Two statements that say the same share a note; both letters lead to it.
    assert 'id="n-e"' in html
    assert 'id="n-f"' in html
    assert html.count("Lord Beaverbrook to you, reported.") == 1
    assert "Inferred: last named." in html


def test_a_person_s_page_has_what_was_said_and_promised(desk: TestClient) -> None:
    html = desk.get("/people/p-churchill").text
    for head in ("Said lately", "Was told", "Promises", "Brought together", "Occasions"):
        assert head in html
    assert "By Winston Churchill" in html
    assert "To Winston Churchill" in html
    assert "Whether a promise was kept is not on record." in html
    assert 'href="/people/p-churchill/said">All 20' in html
    assert "its day passed 8 days ago" in html
    assert 'href="/fact/t-said"' in html


def test_today_has_promises(desk: TestClient) -> None:
    html = desk.get("/").text
    assert "8 days past" in html
    assert "due today" in html


def test_a_finding_is_confirmed_and_corrected(desk: TestClient, api: FakeApi) -> None:
    html = desk.get("/fact/t-report").text
    for field in ("by", "to", "due", "status"):
        assert f'name="{field}"' in html
    assert 'name="mode"' in desk.get("/fact/t-said").text
    desk.post("/fact/t-report/confirm", headers=SAME)
    form = {"by": "me", "to": " halifax ; eden", "due": "1939-03-31", "status": ""}
    assert desk.post("/fact/t-report/correct", data=form, headers=SAME).status_code == 303
    assert desk.post("/fact/t-said/correct", data={"addressee": "nobody"}, headers=SAME).status_code == 303
    assert api.calls == [
        ("confirm", ("t-report",)),
        ("correct", ("t-report", {"by": "p-maisky", "to": "p-halifax p-eden", "due": "1939-03-31"})),
        ("correct", ("t-said", {"addressee": ""})),
    ]
    assert desk.post("/fact/t-report/correct", data={"by": " "}, headers=SAME).status_code == 400
    assert desk.post("/fact/t-report/correct", data={"by": "churchill"}, headers=SAME).status_code == 409


def test_review_says_what_remains_and_what_was_settled(desk: TestClient, api: FakeApi) -> None:
    html = desk.get("/review").text
    assert 'href="/review?topic=names">3 names</a>' in html
    assert "put off" not in html
    desk.post("/review/q-hart", data={"key": "y"}, headers=SAME)
    desk.post("/review/q-day", data={"key": "later"}, headers=SAME)
    html = desk.get("/review").text
    assert "You settled 2 today." in html
    assert 'href="/review/later">1 put off' in html
    later = desk.get("/review/later").text
    assert "Did you meet Butler here?" in later
    assert 'action="/review/q-day/again"' in later
    answer = desk.post("/review/q-day/again", headers=SAME)
    assert answer.headers["location"].startswith("/review/later?done=")
    assert "q-day" in api.open
    assert "open already" in desk.get(desk.post("/review/q-day/again", headers=SAME).headers["location"]).text


def test_every_question_can_be_put_off_or_never_asked(desk: TestClient) -> None:
    html = desk.get("/review").text
    assert html.count('value="later" data-key="l"') == 3
    assert html.count('value="never" data-key="v"') == 3
    # Leaving a question open is going on: it is no answer.
    assert 'data-key="0"' not in html


def test_many_places_have_a_page_of_their_own(desk: TestClient, api: FakeApi) -> None:
    api.open["q-churchill"] = replace(api.open["q-churchill"], places=13)
    html = desk.get("/review").text
    assert 'href="/review/q-churchill/places" data-key="m">and 12 more places' in html
    page = desk.get("/review/q-churchill/places").text
    assert 'action="/review/q-churchill"' in page
    assert "All places" in page


def test_what_a_model_proposed_says_so_on_every_page(
    desk: TestClient, api: FakeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = api.entries_by_id["i-ninth"]
    notes = tuple(replace(n, proposed_by="tiny") for n in entry.notes)
    api.entries_by_id["i-ninth"] = replace(entry, notes=notes)
    assert "Proposed by <bdi>tiny</bdi>." in desk.get("/diary/i-ninth").text
    api.open["q-day"] = replace(api.open["q-day"], proposed_by="tiny")
    assert "Proposed by <bdi>tiny</bdi>, a language model." in desk.get("/review").text
    told = api.explain("t-report")
    monkeypatch.setattr(api, "explain", lambda _fact: {**told, "rule": "proposed by tiny"})
    page = desk.get("/fact/t-report").text
    assert "Proposed by tiny, a language model; no rule reads it so." in page
    assert "Read by the rule" not in page


def test_what_may_be_no_name_is_not_among_those_named(desk: TestClient, api: FakeApi) -> None:
    entry = api.entries_by_id["i-ninth"]
    mark = next(m for m in entry.marks if m.fact == "m-butler")
    line = f'href="/fact/{mark.fact}">why'
    assert line in desk.get("/diary/i-ninth").text
    marks = tuple(
        replace(m, kind="proposed", state="ask", person="") if m is mark else m for m in entry.marks
    )
    api.entries_by_id["i-ninth"] = replace(entry, marks=marks)
    page = desk.get("/diary/i-ninth").text
    assert line not in page
    assert f'<a class="who unknown ask" href="/fact/{mark.fact}">' in page
