"""The plan's page: what it says, what its forms do, and that a conflict loses nothing."""

from __future__ import annotations

import datetime as dt
import re
import sys
from dataclasses import replace
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parent))

from fake_api import FakeApi
from fake_plan import PLAN, SECOND, who

from legation.desk.web import plan_board as board
from legation.desk.web.app import make_app
from legation.desk.web.drawing_plan import draw_cold, draw_shares, meter_width
from legation.desk.web.pages.plan_form import read_change, read_settings
from legation.facts.errors import UsageError
from legation.report.plan_views import EffectView, GuestView, PlanChange
from legation.report.views import PersonLink

PORT = 8743
HOME = f"http://127.0.0.1:{PORT}"
COOKIE = {"cookie": f"legation_{PORT}=token"}
SAME = {**COOKIE, "origin": HOME, "sec-fetch-site": "same-origin"}


@pytest.fixture
def api() -> FakeApi:
    return FakeApi()


@pytest.fixture
def desk(api: FakeApi) -> TestClient:
    return TestClient(
        make_app(api, token="token", port=PORT), base_url=HOME, headers=COOKIE, follow_redirects=False
    )


def post(desk: TestClient, path: str, **fields: str) -> str:
    """Send a form as a page of the desk would, and return the page that it leads to."""
    answer = desk.post(path, data=fields, headers=SAME)
    assert answer.status_code == 303, answer.text
    return desk.get(answer.headers["location"]).text


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def notice_of(html: str) -> str:
    found = re.search(r'<div class="notice".*?</div>', html, re.DOTALL)
    return text_of(found[0]) if found else ""


def hidden_of(html: str, action: str) -> dict[str, str]:
    """Return the hidden fields of the notice's form."""
    found = re.search(
        rf'<div class="notice".*?<form method="post" action="{action}">(.*?)</form>', html, re.DOTALL
    )
    assert found, "the notice has no such form"
    return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', found[1]))


def kept(api: FakeApi) -> dict[str, str]:
    return {"based_on": api.planned.based_on, "kept": "1"}


# ── the page ──────────────────────────────────────────────────────────────────────────────


def test_the_page_says_how_good_the_plan_is_and_what_no_plan_can_pass(desk: TestClient) -> None:
    said = text_of(desk.get("/plan").text)
    assert "Three weeks, six hours a week" in said
    assert "this plan keeps 74 in every hundred within the interval you set" in said
    assert "No plan at these hours can keep more than 75, so at most one is lost to the planning." in said
    for figure in ("74.3", "75.1", "70.5", "31.0", "22.0"):
        assert figure in said
    assert "One hour more each week would keep 76 in place of 74; one hour less, 71." in said


def test_the_page_says_who_goes_cold_who_is_left_out_and_which_floor_is_not_kept(desk: TestClient) -> None:
    said = text_of(desk.get("/plan").text)
    assert "Robert Hudson meant every 30 days" in said
    assert "Every encounter with him costs more hours than are left." in said
    assert "Believed in Moscow: met there last on 4 August 1938." in said
    assert "The inner five cannot all stay within 7 days at these hours" in said
    assert "It takes 2½ hours a week more, or a lower floor." in said
    assert "Neville Chamberlain letter" in said
    assert "80, not kept" in said


def test_every_encounter_has_its_reasons_and_its_actions_in_its_sheet(desk: TestClient) -> None:
    html = desk.get("/plan").text
    for week in PLAN.weeks:
        for e in week.encounters:
            key = board._keys([e.uid])[e.uid]
            sheet = re.search(rf'<div class="sheet" id="s-{key}".*?\n</div>', html, re.DOTALL)
            assert sheet, e.uid
            for g in e.guests:
                assert g.why.lower() in text_of(sheet[0]).lower()
                assert f'href="/people/{g.person.id}"' in sheet[0]
            assert ('value="drop"' in sheet[0]) == (e.origin != "calendar")
            assert sheet[0].count(f'name="based_on" value="{PLAN.based_on}"') == 1


def test_hours_by_week_stand_beside_their_meters(desk: TestClient) -> None:
    html = desk.get("/plan").text
    said = re.findall(r'<span data-figure="hours">([^<]*)</span>', html)
    assert said == ["4.8 of 6", "3 of 6", "0 of 0"]
    assert re.findall(r'<rect class="used" width="([^"]*)"', html) == ["89.6", "56.0", "0.0"]


def test_an_empty_plan_says_what_to_do(desk: TestClient, api: FakeApi) -> None:
    api.planned = replace(
        PLAN, weeks=(), people=0, cold=(), curves={}, unmet=(), layers=(), kept=False, based_on=""
    )
    said = text_of(desk.get("/plan").text)
    assert "There is nobody to plan for yet" in said
    assert "No encounter is proposed." in said


def test_a_name_cannot_break_the_page(desk: TestClient, api: FakeApi) -> None:
    evil = replace(who("hart"), name="<img src=x onerror=alert(1)>\"'")
    lunch = replace(
        SECOND[0], place="<u>", uid="a\"b'<c>@x", guests=(GuestView(evil, "<script>", "", (evil,)),)
    )
    api.planned = replace(PLAN, weeks=(replace(PLAN.weeks[1], encounters=(lunch,)),))
    html = desk.get("/plan").text
    for bad in ("<img", "<script>", "<u>", 'a"b'):
        assert bad not in html.replace('<script src="/static/', "")


@pytest.mark.parametrize(
    "query", ["from=x", "weeks=0", "weeks=27", "weeks=x", "hours=-1", "hours=113", "hours=nan"]
)
def test_weeks_that_cannot_be_are_answered(desk: TestClient, query: str) -> None:
    assert desk.get(f"/plan?{query}").status_code == 400


def test_other_weeks_are_asked_for_as_they_are_given(desk: TestClient, api: FakeApi) -> None:
    asked = []
    api.plan = lambda **given: asked.append(given) or PLAN  # type: ignore[method-assign,func-returns-value]
    desk.get("/plan?from=1939-04-03&weeks=4&hours=3,5")
    desk.get("/plan")
    assert asked == [{"since": dt.date(1939, 4, 3), "weeks": 4, "hours": 3.5}, {}]


# ── changes ───────────────────────────────────────────────────────────────────────────────

LUNCH = "plan-lunch@legation"


@pytest.mark.parametrize(
    ("fields", "change"),
    [
        ({"do": "move", "on": "1939-03-15"}, PlanChange("move", LUNCH, on="1939-03-15")),
        ({"do": "earlier", "day": "1939-03-22"}, PlanChange("move", LUNCH, on="1939-03-15")),
        ({"do": "later", "day": "1939-03-22"}, PlanChange("move", LUNCH, on="1939-03-29")),
        ({"do": "lock"}, PlanChange("lock", LUNCH)),
        ({"do": "unlock"}, PlanChange("unlock", LUNCH)),
        ({"do": "drop"}, PlanChange("drop", LUNCH)),
        ({"do": "reply:declined:p-butler"}, PlanChange("reply", LUNCH, person="p-butler", reply="declined")),
        ({"do": "reply::p-butler"}, PlanChange("reply", LUNCH, person="p-butler")),
        ({"do": "remove:p-butler"}, PlanChange("remove", LUNCH, person="p-butler")),
        (
            {"do": "swap", "person": "p-butler", "other": "p-hart"},
            PlanChange("swap", LUNCH, person="p-butler", other="p-hart"),
        ),
        ({"do": "add", "person": "p-butler", "other": "p-hart"}, PlanChange("add", LUNCH, other="p-hart")),
    ],
)
def test_a_button_is_a_change(
    desk: TestClient, api: FakeApi, fields: dict[str, str], change: PlanChange
) -> None:
    html = post(desk, "/plan/change", uid=LUNCH, **kept(api), **fields)
    assert api.changes == [change]
    assert hidden_of(html, "/plan/undo") == {"based_on": api.planned.based_on, "back": "/plan"}


def test_hours_of_a_week_are_a_change(desk: TestClient, api: FakeApi) -> None:
    html = post(desk, "/plan/change", do="hours", on="1939-03-20", hours_of_week="3½", **kept(api))
    assert api.changes == [PlanChange("hours", on="1939-03-20", hours=3.5)]
    assert "3 of 3½" in html


@pytest.mark.parametrize(
    "fields",
    [
        {}, {"do": "burn"}, {"do": "move", "on": "soon"}, {"do": "earlier"}, {"do": "swap"}, {"do": "add", "other": ""},
        {"do": "reply:maybe:p-x"}, {"do": "hours", "on": "1939-03-20"}, {"do": "hours", "hours_of_week": "3"},
        {"do": "later", "day": "9999-12-31"},
    ],
)  # fmt: skip
def test_what_is_no_change_is_refused_and_nothing_is_written(
    desk: TestClient, api: FakeApi, fields: dict[str, str]
) -> None:
    answer = desk.post("/plan/change", data={"uid": LUNCH, **kept(api), **fields}, headers=SAME)
    assert answer.status_code == 400
    assert api.changes == []


def test_a_change_says_what_it_did_and_is_taken_back(desk: TestClient, api: FakeApi) -> None:
    html = post(desk, "/plan/change", uid=LUNCH, do="drop", **kept(api))
    assert notice_of(html).startswith(
        " Taken out: Lunch with Lord Beaverbrook, 22 March. 66.3 in every hundred, 8.0 fewer."
    )
    assert LUNCH not in html
    html = post(desk, "/plan/undo", **hidden_of(html, "/plan/undo"))
    assert (
        "Taken back: “Taken out: Lunch with Lord Beaverbrook, 22 March”. 74.3 in every hundred again."
        in notice_of(html)
    )
    assert LUNCH in html
    html = post(desk, "/plan/undo", based_on="")
    assert "There is nothing to take back." in notice_of(html)


def test_a_moved_encounter_says_where_it_was(desk: TestClient, api: FakeApi) -> None:
    desk.get("/plan")
    html = post(desk, "/plan/change", uid=LUNCH, do="move", on="1939-03-15", **kept(api))
    assert "<b>was 22 March</b>" in html
    # What changed is said once: the next page is set as any other.
    assert "<b>was" not in desk.get("/plan").text


def test_a_change_of_weeks_only_proposed_keeps_them_first(desk: TestClient, api: FakeApi) -> None:
    api.planned = replace(PLAN, kept=False, based_on="")
    html = desk.get("/plan").text
    assert "nothing is kept yet" in html
    assert "Keep these weeks" in html
    made = []
    real = api.make_plan
    api.make_plan = lambda **given: made.append(given) or real(**given)  # type: ignore[method-assign,func-returns-value]
    sheet = re.search(r'<div class="sheet" id="s-plan-lunch".*?\n</div>', html, re.DOTALL)
    fields = (
        dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', sheet[0])) if sheet else {}
    )
    post(desk, "/plan/change", **fields, do="lock")
    assert made == [{"since": dt.date(1939, 3, 13), "weeks": 3, "based_on": ""}]
    assert api.planned.kept
    assert api.changes == [PlanChange("lock", LUNCH)]


def test_what_would_break_a_rule_is_asked_before_it_is_done(desk: TestClient, api: FakeApi) -> None:
    broken = EffectView(
        0.743, 0.75, {}, ("the week of 13 March has 6 hours, and this takes 6.8",), (), (), ""
    )
    api.weigh_change = lambda _: broken  # type: ignore[method-assign]
    html = post(desk, "/plan/change", uid=LUNCH, do="move", on="1939-03-15", **kept(api))
    assert api.changes == []
    assert "Nothing was changed yet. The week of 13 March has 6 hours, and this takes 6.8." in notice_of(html)
    html = post(desk, "/plan/change", **hidden_of(html, "/plan/change"))
    assert api.changes == [PlanChange("move", LUNCH, on="1939-03-15")]


def test_a_conflict_says_so_and_loses_nothing(desk: TestClient, api: FakeApi) -> None:
    html = post(desk, "/plan/change", uid=LUNCH, do="move", on="1939-03-15", based_on="f" * 64, kept="1")
    assert api.changes == []
    assert "weeks.toml has changed since you looked." in notice_of(html)
    assert "looked. Nothing was written" in notice_of(html)
    again = hidden_of(html, "/plan/change")
    assert again["based_on"] == PLAN.based_on
    post(desk, "/plan/change", **again)
    assert api.changes == [PlanChange("move", LUNCH, on="1939-03-15")]


def test_planning_anew_says_what_changed(desk: TestClient, api: FakeApi) -> None:
    desk.get("/plan")
    first, second, third = PLAN.weeks
    moved = replace(first.encounters[1], on="1939-03-17")
    lunch = replace(
        second.encounters[0], guests=(second.encounters[0].guests[0], GuestView(who("hart"), "seat free"))
    )
    visit = replace(second.encounters[1], uid="plan-visit@legation", form="visit", origin="plan")
    weeks = (
        replace(first, encounters=(first.encounters[0], moved)),
        replace(second, encounters=(lunch, visit)),
        third,
    )
    api._kept = lambda plan: replace(plan, weeks=weeks, share=0.748, based_on="2" * 64)  # type: ignore[method-assign]
    html = post(desk, "/plan/make", **kept(api))
    assert (
        "Planned anew. Of the encounters one stays, one is moved, one has other guests, one is new and one is taken out."
        in notice_of(html)
    )
    assert "<b>was 16 March</b>" in html
    assert "<b>Captain Liddell Hart new, without Rab Butler</b>" in html
    assert "<b>new</b>" in html


def test_nothing_is_written_from_another_page(desk: TestClient, api: FakeApi) -> None:
    foreign = {**COOKIE, "origin": "http://127.0.0.1:1", "sec-fetch-site": "same-site"}
    for path in ("/plan/make", "/plan/change", "/plan/undo", "/plan/settings"):
        assert desk.post(path, data={"do": "drop", "uid": LUNCH}, headers=foreign).status_code == 403
    assert api.changes == []
    assert api.earlier == []


def test_weighing_writes_nothing(desk: TestClient, api: FakeApi) -> None:
    told = desk.get("/plan/weigh", params={"uid": LUNCH, "do": "drop"}).json()
    assert told == {"says": "66.3 in every hundred, 8.0 fewer.", "broken": ""}
    assert api.changes == []
    assert desk.get("/plan/weigh", params={"uid": "nope", "do": "drop"}).status_code == 404


# ── settings ──────────────────────────────────────────────────────────────────────────────


def test_settings_are_written_where_they_differ(api: FakeApi) -> None:
    known = api.plan_settings()
    same = {"hours_a_week": "6", "floor-1": "80", "floor-2": "", "name": "", "ideal": ""}
    assert read_settings(same, known) == ({}, "")
    changes, said = read_settings({**same, "hours_a_week": "4,5", "floor-1": "", "floor-2": "50"}, known)
    assert changes == {"hours.a_week": 4.5, "layers.1.floor": None, "layers.2.floor": 0.5}
    named, _ = read_settings({"name": ' Jan  "J" Masaryk', "ideal": "30"}, known)
    assert named == {'intervals_days."Jan \\"J\\" Masaryk"': 30}
    assert said == "4½ hours a week; no floor for layer 1; layer 2 at least 50 in a hundred."


@pytest.mark.parametrize(
    "fields",
    [
        {"hours_a_week": "many"},
        {"floor-1": "101"},
        {"name": "Rab Butler"},
        {"ideal": "30"},
        {"name": "x", "ideal": "0"},
    ],
)
def test_settings_that_cannot_be_are_refused(api: FakeApi, fields: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        read_settings(fields, api.plan_settings())


def test_setting_hours_says_that_they_stand_in_the_file(desk: TestClient) -> None:
    html = post(desk, "/plan/settings", hours_a_week="9", settings_based_on="1" * 64, back="/plan#h-set")
    assert "9 hours a week. It stands in plan.toml. Plan anew to let it count." in notice_of(html)
    assert 'name="hours_a_week" type="number" min="0" max="112" step="0.25" value="9"' in html
    html = post(desk, "/plan/settings", hours_a_week="9", settings_based_on="1" * 64)
    assert "Nothing was set otherwise." in notice_of(html)


def test_a_setting_that_cannot_be_used_is_told_at_once(desk: TestClient, api: FakeApi) -> None:
    wrong = "Nobody Known is nobody on record. See `legation people` for who is."
    known = api.plan_settings()
    api.edit_settings = lambda *_: replace(known, notes=(wrong,))  # type: ignore[method-assign]
    html = post(desk, "/plan/settings", name="Nobody Known", ideal="30", settings_based_on="1" * 64)
    assert "cannot be used: Nobody Known is nobody on record." in notice_of(html)


@pytest.mark.parametrize(
    ("share", "bound", "said"),
    [
        (0.987, 0.991, "keeps 98.7 in every hundred within the interval you set. No plan at these hours can keep more than 99.1, so at most 0.4 are lost"),
        (0.987, 0.9871, "keeps 99 in every hundred within the interval you set. No plan at these hours can keep more."),
        (0.996, 0.9985, "keeps 99.6 in every hundred within the interval you set. No plan at these hours can keep more than 99.9,"),
        (0.9998, 1.0, "keeps everybody within"),
        (0.743, 0.751, "keeps 74 in every hundred within the interval you set. No plan at these hours can keep more than 75, so at most one is lost"),
    ],
)  # fmt: skip
def test_the_lead_agrees_with_its_figures(share: float, bound: float, said: str) -> None:
    gap = round(1 - share / bound, 5)
    assert said in board.lead_of(replace(PLAN, share=share, bound_share=bound, gap=gap))


@pytest.mark.parametrize(
    ("more", "less", "said"),
    [
        (0.021, -0.034, "One hour more each week would keep 76 in place of 74; one hour less, 71."),
        (0.001, -0.034, "One hour more each week would keep 0.1 in every hundred more; one hour less, 3.4 fewer."),
        (0.021, 0.0, "One hour more each week would keep 2.1 in every hundred more; one hour less, 0.0 fewer."),
        (0.0, 0.0, "An hour more or less each week would change nothing."),
    ],
)  # fmt: skip
def test_an_hour_is_told_in_levels_or_in_changes(more: float, less: float, said: str) -> None:
    assert board.say_hour(replace(PLAN, hour_more=more, hour_less=less)) == said


def test_a_large_party_is_named_once_and_answers_by_a_list(desk: TestClient, api: FakeApi) -> None:
    guests = tuple(GuestView(PersonLink(f"p-{n}", f"Guest {n}"), "seat free") for n in range(110))
    party = replace(SECOND[0], form="reception", guests=guests)
    weeks = (replace(PLAN.weeks[1], encounters=(party,)),)
    api.planned = replace(PLAN, weeks=weeks)
    html = desk.get("/plan").text
    assert html.count("Seat free.") == board.SHEET_GUESTS
    assert "98 more guests" in html
    assert "<bdi>Guest 109</bdi>." in html
    assert len(html) < 60_000
    post(desk, "/plan/change", uid=LUNCH, do="reply:declined:", person="p-109", **kept(api))
    post(desk, "/plan/change", uid=LUNCH, do="remove:", person="p-108", **kept(api))
    assert api.changes == [
        PlanChange("reply", LUNCH, person="p-109", reply="declined"),
        PlanChange("remove", LUNCH, person="p-108"),
    ]


# ── words and drawings ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0, "0"), (0.25, "¼"), (3.5, "3½"), (4.75, "4¾"), (17.85, "17.9"), (6.0, "6"), (2.97, "3")],
)
def test_hours_are_said_in_quarters(hours: float, said: str) -> None:
    assert board.say_hours(hours) == said


def test_forms_share_columns_only_where_there_are_many() -> None:
    def forms(*names: str) -> list[str]:
        return [head for head, _ in board._columns(dict.fromkeys(names, 1))]

    assert forms("dinner", "lunch") == ["Lunch", "Dinner"]
    many = forms("dinner", "lunch", "breakfast", "telephone", "visit", "theatre", "reception")
    assert many == ["Breakfast, lunch", "Dinner, theatre", "Visit", "Reception", "Telephone"]
    assert len(forms(*board._ORDER)) == 5
    assert forms(*board._ORDER[:6], "regatta")[-1] == "Other"


def test_keys_are_fit_for_ids_and_differ() -> None:
    keys = board._keys(["a b@x", "a-b@y", "@", "ü"])
    assert len(set(keys.values())) == 4
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", k) for k in keys.values())


@pytest.mark.parametrize("ends", [(0.5, 0.5, 0.5), (1.0, 0.99, 0.98), (0.0, 0.01, 0.02), (0.9, 0.2, 0.5)])
@pytest.mark.parametrize("weeks", [1, 2, 26])
def test_labels_at_line_ends_never_touch(ends: tuple[float, float, float], weeks: int) -> None:
    since = [(dt.date(1939, 3, 13) + dt.timedelta(weeks=n)).isoformat() for n in range(weeks)]
    curves = dict(zip(("plan", "greedy", "overdue"), ((e,) * weeks for e in ends), strict=True))
    for width, height, room in ((840, 240, 9), (350, 250, 3)):
        plot = draw_shares(curves, since, width=width, height=height, room=room)
        assert plot is not None
        heights = sorted(c.label_y for c in plot.curves)
        assert all(b - a >= 17.9 for a, b in pairwise(heights))
        assert heights[0] >= 14
        assert heights[-1] <= height - 30
        assert len(plot.ticks) <= room
        gaps = [b - a for (a, _), (b, _) in pairwise(plot.ticks)]
        assert all(gap >= 55 for gap in gaps)
    assert draw_shares({}, since, width=840, height=240, room=9) is None


def test_a_meter_is_never_more_than_full() -> None:
    assert meter_width(3, 6) == 56.0
    assert meter_width(9, 6) == 112.0
    assert meter_width(1, 0) == 112.0
    assert meter_width(0, 0) == 0.0


def test_strips_of_who_goes_cold_share_one_scale() -> None:
    cold = PLAN.cold[0]
    rows = (
        cold,
        replace(cold, last_on="", cold_on="1939-03-20"),
        replace(cold, cold_on=""),
        replace(cold, last_on="1920-01-01"),
    )
    strips = draw_cold(rows, PLAN.since, PLAN.until)
    assert strips[2] is None
    shown = [s for s in strips if s]
    assert len({s.now for s in shown}) == 1
    assert all(4 <= s.start <= s.end <= 172 for s in shown)
    assert strips[1] is not None
    assert strips[1].met is None


def test_a_change_is_read_without_a_name_of_an_encounter_only_for_hours() -> None:
    with pytest.raises(UsageError):
        read_change({"do": "lock"})


def test_a_year_is_labelled_with_its_means_and_the_last_week_with_its_end() -> None:
    curves = {"plan": (0.9, 0.5), "greedy": (0.6, 0.7), "overdue": (0.1, 0.2)}
    weeks = ("1939-03-06", "1939-03-13")
    ends = draw_shares(curves, weeks, width=840, height=240, room=9)
    means = draw_shares(
        curves, weeks, width=840, height=240, room=9, means={"plan": 0.7, "greedy": 0.65, "overdue": 0.15}
    )
    assert ends is not None
    assert means is not None
    assert [c.label for c in ends.curves] == ["20 one to one", "70 greedy", "50 this plan"]
    assert [c.label for c in means.curves] == ["15 one to one", "65 greedy", "70 this plan"]
    assert [c.d for c in ends.curves] == [c.d for c in means.curves]
    assert "Over all weeks" in means.says
