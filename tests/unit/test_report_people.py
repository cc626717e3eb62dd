from __future__ import annotations

import sys
from pathlib import Path

import pytest

from legation.facts.errors import AmbiguousError, NotFoundError, UsageError
from legation.report.contacts import gather, say_met
from legation.report.links import around, holds_at, office_at
from legation.report.saying import say_date, say_on
from legation.store.rows import FactRow

sys.path.insert(0, str(Path(__file__).parent))
from ledger_rows import TODAY, LedgerRows


@pytest.fixture
def rows():
    made = LedgerRows()
    made.owner()
    return made


# ── words ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1938-08-26", "26 August 1938"),
        ("1938-08", "August 1938"),
        ("1938", "1938"),
        ("", "no date"),
        ("1938-09-01/1938-11-30", "1 September to 30 November 1938"),
        ("spring", "spring"),
    ],
)
def test_dates_are_said_as_far_as_they_are_known(value, said):
    assert say_date(value) == said


def test_dates_have_their_preposition():
    assert [say_on(v) for v in ("1938-08-26", "1938-08", "1938", "")] == [
        "on 26 August 1938", "in August 1938", "in 1938", "without a date",
    ]  # fmt: skip


def test_how_often_and_when_last():
    assert say_met(gather([]), TODAY) == "No meeting is on record"
    assert say_met(gather([("1939-03-08", "lunch", "e")]), TODAY) == "Met once, a lunch on 8 March, yesterday"
    assert (
        say_met(gather([("1937-03-08", "church", "e")]), TODAY)
        == "Met once, at church on 8 March 1937, 731 days ago"
    )
    assert say_met(gather([("", "visit", "e")]), TODAY) == "Met once, a visit; it has no date"


def test_context_stays_in_the_paragraph_and_in_whole_words():
    text = "---\nkey: 1\n---\n" + "word " * 30 + "Here it is." + " and" * 40 + "\n\nNext paragraph."
    start = text.index("Here it is")
    before, after = around(text, start, start + 10, "Here it is")
    assert len(before) <= 80
    assert before.startswith("word")
    assert set(after.split()[1:]) == {"and"}
    assert around("a\n---\nhere", 6, 10, "here") == ("", "")
    assert around(text, 0, 4, "else") == ("", "")


# ── offices ─────────────────────────────────────────────────────────────────────────────


def office(value, start="", end="", kind="office"):
    return FactRow("f-" + value, "p-x", kind, value, start, end, "", "")


def test_an_office_is_that_of_the_date():
    held = [office("Lord President", "1937-05", "1938-02"), office("Foreign Secretary", "1938-02", "1940-12")]
    assert office_at(held, "1937-09-01") == "Lord President"
    assert office_at(held, "1939-03-09") == "Foreign Secretary"
    assert office_at(held, "1941-01-01") == ""
    assert office_at([office("Writer", kind="title")], "1939-03-09") == "Writer"
    assert office_at([*held, office("Peer", kind="title")], "1939-03-09") == "Foreign Secretary"


def test_dates_of_offices_are_compared_as_far_as_they_are_known():
    assert holds_at("1938-02", "", "1938-02-10")
    assert holds_at("", "1938-02", "1938-02-28")
    assert not holds_at("", "1938-02", "1938-03-01")
    assert not holds_at("1939", "", "1938-12-31")


# ── finding ─────────────────────────────────────────────────────────────────────────────


def test_a_name_finds_by_the_name_the_alias_the_words_and_their_beginnings(rows):
    halifax = rows.person("Lord Halifax")
    rows.person("Randolph Churchill")
    rows.fact(halifax, "name", "Edward Wood")
    desk = rows.desk
    for name in ("Lord Halifax", "lord  halifax", "Halifax", "halif", "Edward Wood", "wood", halifax):
        assert desk.find_person(name) == halifax


def test_an_exact_name_wins_over_longer_ones(rows):
    short = rows.person("Eden")
    rows.put(
        "people",
        person="p-lady",
        name="Lady Eden",
        sort_name="eden lady",
        origin="name",
        block="eden",
        citation="",
        state="read",
    )
    assert rows.desk.find_person("Eden") == short


def test_a_way_in_which_a_text_names_somebody_finds_him(rows):
    montagu = rows.person("Edward Montagu")
    item = rows.item("a", "My Lord came.", on="1938-01-01")
    rows.mention(item, "My Lord", montagu)
    assert rows.desk.find_person("my lord") == montagu


def test_several_people_are_offered_those_met_most_first(rows):
    for number, name in enumerate(("May Churchill", "Randolph Churchill", "Winston Churchill")):
        person = f"p-{number}"
        rows.put(
            "people",
            person=person,
            name=name,
            sort_name=name,
            origin="card",
            block="churchill",
            citation="",
            state="read",
        )
    rows.met("p-2", ["1938-01-01", "1938-01-02"])
    rows.met("p-1", ["1938-01-01"])
    with pytest.raises(AmbiguousError) as caught:
        rows.desk.find_person("Churchill")
    assert [name for _, name in caught.value.options] == [
        "Winston Churchill",
        "Randolph Churchill",
        "May Churchill",
    ]


def test_an_unknown_name_is_answered_with_near_ones(rows):
    rows.person("Lancelot Oliphant")
    with pytest.raises(NotFoundError) as caught:
        rows.desk.find_person("Lancelot Olifant")
    assert "Lancelot Oliphant" in caught.value.hint


@pytest.mark.parametrize(
    "name", ["", "  ", "%", "\x00", "\ud800", "'; DROP TABLE people; --", "a" * 5000, "[[", "\u200f"]
)
def test_no_name_is_too_strange(rows, name):
    rows.person("Lancelot Oliphant")
    with pytest.raises(NotFoundError):
        rows.desk.find_person(name)


# ── brief ───────────────────────────────────────────────────────────────────────────────


def test_a_brief_has_the_office_of_today_first(rows):
    person = rows.person("Anthony Eden")
    rows.fact(person, "office", "Foreign Secretary", "1935-12", "1938-02")
    rows.fact(person, "office", "Member of Parliament", "1923")
    view = rows.desk.brief(person)
    assert [o.name for o in view.offices] == ["Member of Parliament", "Foreign Secretary"]
    assert view.person.office == "Member of Parliament"


def test_how_met_has_the_earliest_and_what_speaks_of_a_first_meeting(rows):
    person = rows.person("Winston Churchill")
    paper = rows.item("paper", "It was there that Maisky met Churchill for the first time.", kind="paper")
    rows.encounter("told", ["p-me", person], item=paper, quote="Maisky met Churchill")
    rows.met(person, [f"1938-0{n}-01" for n in range(1, 9)])
    how = rows.desk.brief(person).how_met
    assert [v.on for v in how] == ["1938-01-01", "1938-02-01", "1938-03-01", ""]
    assert how[-1].accounts[0].quote == "Maisky met Churchill"


def test_encounters_without_the_owner_are_listed_and_do_not_count_as_met(rows):
    halifax, other = rows.person("Lord Halifax"), rows.person("Neville Chamberlain")
    rows.met(halifax, ["1939-01-01"])
    rows.encounter("theirs", [halifax, other], on="1939-02-01")
    view = rows.desk.brief(halifax)
    assert (view.encounter_count, view.met_count, view.last_on) == (2, 1, "1939-01-01")
    assert [(v.on, v.owner_there) for v in view.encounters] == [("1939-02-01", False), ("1939-01-01", True)]
    assert [(p.id, n) for p, n in view.with_people] == [(other, 1)]
    assert view.months == (("1939-01", 1),)


def test_an_old_id_leads_to_the_person_of_now(rows):
    person = rows.person("Lord Halifax")
    rows.put("person_ids", old="p-before", person=person)
    assert rows.desk.brief("p-before").person.id == person
    assert rows.desk.find_person("p-before") == person
    with pytest.raises(NotFoundError):
        rows.desk.brief("p-nobody")


def test_names_mentions_and_open_questions_of_a_person(rows):
    person = rows.person("Lord Halifax")
    item = rows.item("a", "Halifax spoke. Lord Halifax left. Halifax again.", on="1939-01-01")
    rows.mention(item, "Halifax", person)
    rows.mention(item, "Lord Halifax", person, state="sure")
    rows.mention(item, "Halifax", person, start=34)
    rows.question("x", "Who is Halifax?", people=[person], citations=[rows.cite(item, "Halifax")])
    view = rows.desk.brief(person)
    assert {(n.name, n.uses, n.state) for n in view.names} == {
        ("Halifax", 2, "read"),
        ("Lord Halifax", 1, "sure"),
    }
    assert (view.mention_count, len(view.mentioned), [q.id for q in view.questions]) == (3, 1, ["q-x"])


def test_relations_and_days_of_a_card_are_made_readable(rows):
    person, son = rows.person("Winston Churchill"), rows.person("Randolph Spencer")
    rows.fact(son, "uid", "urn:uuid:1")
    card = rows.item("card", "BDAY:18741130\nRELATED;TYPE=child:urn:uuid:1\n", kind="card")
    rows.fact(person, "birthday", "18741130", item=card)
    rows.put(
        "person_facts", fact="f-r", person=person, kind="relation", value="urn:uuid:1", start_on="", end_on="", item=card,
        citation=__import__("json").dumps(rows.cite(card, "RELATED;TYPE=child:urn:uuid:1")),
    )  # fmt: skip
    facts = {f.name: f.value for f in rows.desk.brief(person).facts}
    assert facts == {"birthday": "30 November 1874", "child": "Randolph Spencer"}


# ── lists ───────────────────────────────────────────────────────────────────────────────


def test_people_in_three_orders_and_narrowed(rows):
    a, b, c = rows.person("Ann Ash"), rows.person("Ben Birch"), rows.person("Cora Cedar")
    rows.met(c, ["1939-03-01"])
    rows.met(b, ["1939-03-05"], form="corridor")
    desk = rows.desk

    def order(name):
        return [r.person.id for r in desk.people(order=name)[0] if r.person.id != "p-me"]

    assert order("name") == [a, b, c]
    assert order("closeness") == [c, b, a]
    assert order("last") == [b, c, a]
    found, total = desk.people(query="bir be")
    assert (total, [(r.person.id, r.encounters, r.last_on) for r in found]) == (1, [(b, 1, "1939-03-05")])
    assert found[0].closeness == pytest.approx(0.5 * 0.5 ** (4 / 30), abs=1e-3)
    assert desk.people(limit=1, offset=1)[0][0].person.id == b


def test_encounters_are_filtered_by_person_and_date_of_any_precision(rows):
    a, b = rows.person("Ann Ash"), rows.person("Ben Birch")
    rows.met(a, ["1938-08-26", "1938-09", "1938", "", "1938-09-01/1938-11-30"])
    rows.met(b, ["1938-08-27"])
    desk = rows.desk

    def days(**asked):
        views, total = desk.encounters(**asked)
        assert total == len(views)
        return [v.on for v in views]

    assert days(person=a) == ["1938-09-01/1938-11-30", "1938-09", "1938-08-26", "1938", ""]
    assert days(since="1938-08", until="1938-08") == ["1938-08-27", "1938-08-26", "1938"]
    assert days(person=a, since="1938-10") == ["1938-09-01/1938-11-30", "1938"]
    assert desk.encounters(limit=2, offset=1)[1] == 6
    with pytest.raises(UsageError):
        desk.encounters(since="yesterday")
    with pytest.raises(NotFoundError):
        desk.encounters(person="p-none")


def test_one_encounter_by_its_id_or_an_accounts(rows):
    a = rows.person("Ann Ash")
    item = rows.item("a", "Lunch with Ash and a Mr. Strange.", on="1939-01-01")
    strange = rows.mention(item, "Mr. Strange", state="ask")
    rows.encounter("x", ["p-me", a], on="1939-01-01")
    account = rows.account(
        item, "Lunch with Ash", ["p-me", a, [strange, "", "said"]], on="1939-01-01", encounter="e-x"
    )
    view = rows.desk.encounter(account)
    assert (view.id, view.unknown, [p.id for p in view.people]) == ("e-x", ("Mr. Strange",), [a])
    assert rows.desk.encounter("e-x") == view
    with pytest.raises(NotFoundError):
        rows.desk.encounter("e-none")


def test_judgements_are_passed_on(rows):
    desk = rows.desk
    desk.answer("q-1", "2", "Name")
    desk.undo("j-1")
    desk.confirm("a-1")
    desk.reject("a-1")
    desk.correct("a-1", {"form": "lunch"})
    desk.merge("p-1", "p-2")
    desk.split("m-1", "Name")
    assert [c[0] for c in rows.judge.calls] == [
        "answer",
        "undo",
        "confirm",
        "reject",
        "correct",
        "merge",
        "split",
    ]
