from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

import pytest

from legation.desk.web.pages.diary import named
from legation.facts.errors import NotFoundError
from legation.facts.judgement import Anchor, Judgement, canonical
from legation.ledger.judge import judgement_row
from legation.report.entry import letters, opening_of

sys.path.insert(0, str(Path(__file__).parent))
from ledger_rows import LedgerRows

TEXT = "Lunched with Beaverbrook at home. Churchill came, and a Mr. Strange. I shall dine with Butler."


@pytest.fixture
def rows():
    made = LedgerRows()
    made.owner()
    made.item("a", TEXT, on="1939-03-09")
    made.person("Lord Beaverbrook")
    made.person("Winston Churchill")
    made.person("Rab Butler")
    return made


def marks_of(view):
    return {(view.text[m.start : m.end], m.kind): m for m in view.marks}


def test_a_known_name_gets_a_link_and_no_note(rows):
    mention = rows.mention("i-a", "Beaverbrook", "p-beaverbrook")
    view = rows.desk.entry("i-a")
    (mark,) = view.marks
    assert (mark.fact, mark.person, mark.state, mark.note) == (mention, "p-beaverbrook", "read", "")
    assert view.notes == ()
    assert view.text == TEXT


def test_an_account_says_who_how_when_and_where(rows):
    rows.encounter("x", ["p-me", "p-beaverbrook"], on="1939-03-09")
    account = rows.account(
        "i-a",
        "Lunched with Beaverbrook",
        ["p-me", "p-beaverbrook"],
        on="1939-03-09",
        place="at\nhome",
        encounter="e-x",
    )
    view = rows.desk.entry("i-a")
    (note,) = view.notes
    # The day is the entry's own, and goes without saying.
    assert note.says == "Lunch with Lord Beaverbrook, at home."
    assert (note.key, note.fact, note.kind, note.state) == ("a", account, "encounter", "read")
    assert [p.id for p in note.people] == ["p-beaverbrook"]
    (mark,) = view.marks
    assert (mark.note, mark.fact, mark.kind) == ("a", account, "account")


def test_who_else_tells_of_an_encounter_is_said(rows):
    rows.item(
        "b", "The Ambassador lunched with me.", on="1939-03-10", kind="paper", title="Memorandum", author="B"
    )
    rows.encounter("x", ["p-me", "p-beaverbrook"], on="1939-03-09")
    rows.account("i-a", "Lunched with Beaverbrook", ["p-me", "p-beaverbrook"], encounter="e-x")
    rows.account("i-b", "lunched with me", ["p-me", "p-beaverbrook"], encounter="e-x")
    (note,) = rows.desk.entry("i-a").notes
    assert note.says == "Lunch with Lord Beaverbrook, no date."
    assert note.detail == "Told in 1 other paper too: Memorandum."


def test_what_is_planned_told_or_denied_is_said_so(rows):
    rows.account(
        "i-a", "I shall dine with Butler", ["p-me", "p-butler"], form="dinner", status="planned", on="1939-03"
    )
    rows.account(
        "i-a", "Churchill came", ["p-churchill", "p-butler"], form="visit", status="reported", on="1939-03-09"
    )
    rows.account("i-a", "at home", ["p-me", "p-butler"], form="church", status="denied", state="rejected")
    notes = {n.kind: n for n in rows.desk.entry("i-a").notes}
    assert notes["planned"].says == "Planned: dinner with Rab Butler, in March 1939."
    assert notes["planned"].detail == "The day is not known."
    assert notes["reported"].says == "Told by another: visit of Winston Churchill and Rab Butler."
    assert "denied" not in notes


def test_unknown_and_inferred_company_is_told(rows):
    strange = rows.mention("i-a", "Mr. Strange", state="ask")
    rows.account(
        "i-a",
        "Churchill came",
        [["", "p-me", "author"], [strange, "", "said"], ["", "p-churchill", "inferred"]],
    )
    note = next(n for n in rows.desk.entry("i-a").notes if n.fact.startswith("a-"))
    assert note.says == "Lunch with Winston Churchill and “Mr. Strange”, no date."
    assert note.detail == "“Mr. Strange” is not known yet. Taken from the context: Winston Churchill."


def test_a_question_stands_at_its_words_with_its_answers(rows):
    mention = rows.mention("i-a", "Churchill", state="ask")
    rows.question(
        "who",
        "Which Churchill?",
        citations=[rows.cite("i-a", "Churchill")],
        people=["p-churchill"],
        weight=3,
        options=[("1", "Winston Churchill", {"person": {}})],
    )
    view = rows.desk.entry("i-a")
    (note,) = view.notes
    assert (note.fact, note.kind, note.state, note.says) == (mention, "question", "ask", "Which Churchill?")
    assert note.question is not None
    assert [o.key for o in note.question.options] == ["1", "0"]
    assert "settles 3 mentions" in note.question.why
    assert marks_of(view)["Churchill", "name"].state == "ask"


def test_a_question_about_a_single_use_stands_at_its_words_too(rows):
    rows.mention("i-a", "Churchill", state="ask")
    rows.account("i-a", "Churchill came", [["", "p-me", "author"], ["m-1", "", "said"]])
    rows.question("who", "Which Churchill?", citations=[rows.cite("i-a", "Churchill")], state="once")
    told, asked = rows.desk.entry("i-a").notes
    assert (asked.question.id, asked.question.state) == ("q-who", "once")
    # Who is not known is asked beside it, and not said again.
    assert "not known" not in told.detail
    assert rows.desk.question("q-who").state == "once"
    assert rows.desk.questions() == ((), 0)
    assert [q.id for q in rows.desk.questions(topic="once")[0]] == ["q-who"]
    assert (rows.desk.waiting().total, rows.desk.waiting().once) == (0, 1)


def test_that_somebody_is_not_known_is_said_once(rows):
    strange = rows.mention("i-a", "Mr. Strange", state="ask")
    for quote in ("Lunched with Beaverbrook", "Churchill came"):
        rows.account("i-a", quote, [["", "p-me", "author"], [strange, "", "said"]])
    said = [n.detail for n in rows.desk.entry("i-a").notes if n.fact.startswith("a-")]
    assert said == ["“Mr. Strange” is not known yet.", ""]


def test_what_may_be_no_name_is_a_question_and_nobody(rows):
    mention = rows.mention("i-a", "Churchill", state="ask", rule="proposed")
    view = rows.desk.entry("i-a")
    # Nobody asks about it: the words are like others.
    assert (view.marks, view.notes) == ((), ())
    rows.question("name", "Is “Churchill” a person?", kind="name", citations=[rows.cite("i-a", "Churchill")])
    view = rows.desk.entry("i-a")
    assert [(m.kind, m.state, m.note, m.person) for m in view.marks] == [("proposed", "ask", "a", "")]
    assert view.notes[0].question.id == "q-name"
    assert named(view) == []
    assert rows.desk.explain(mention)["says"] == "Whether “Churchill” is a person is not known."


def test_what_a_model_proposed_says_so(rows):
    rows.finding(
        "i-a", "I shall dine with Butler", "promise", [("by", "p-me")], state="ask", rule="proposed by tiny"
    )
    rows.question(
        "told", "Did you promise something here?", kind="reading",
        citations=[rows.cite("i-a", "I shall dine with Butler")], subject={"fact": "promise", "anchor": {}},
    )  # fmt: skip
    (note,) = rows.desk.entry("i-a").notes
    assert (note.proposed_by, note.question.proposed_by) == ("tiny", "tiny")


def test_one_question_over_several_places_has_one_note(rows):
    text = "Pen came. Pen went. Pen slept."
    rows.item("b", text, on="1939-03-10")
    starts = [i for i in range(len(text)) if text.startswith("Pen", i)]
    for start in starts:
        rows.mention("i-b", "Pen", state="ask", start=start)
    rows.question("pen", "Which Pen?", citations=[rows.cite("i-b", "Pen", s) for s in starts])
    view = rows.desk.entry("i-b")
    assert [m.note for m in view.marks] == ["a", "", ""]
    assert [m.state for m in view.marks] == ["ask"] * 3
    assert len(view.notes) == 1


def test_a_question_about_an_account_is_asked_in_its_note(rows):
    rows.account("i-a", "Churchill came", ["p-me", "p-churchill"], state="ask")
    rows.question(
        "acc", "Did they meet here?", kind="reading", citations=[rows.cite("i-a", "Churchill came")],
        subject={"fact": "account", "anchor": {}},
    )  # fmt: skip
    (note,) = rows.desk.entry("i-a").notes
    assert note.question is not None
    assert (note.state, note.question.id) == ("ask", "q-acc")
    assert "not certain" in note.detail


def test_a_question_about_other_words_has_a_mark_of_its_own(rows):
    rows.question(
        "list", "The list stands elsewhere.", kind="participants", citations=[rows.cite("i-a", "Lunched")]
    )
    view = rows.desk.entry("i-a")
    assert [(m.kind, m.fact, m.note) for m in view.marks] == [("question", "q-list", "a")]


def test_keys_follow_the_text(rows):
    rows.account("i-a", "I shall dine with Butler", ["p-me", "p-butler"], status="planned")
    rows.account("i-a", "Lunched with Beaverbrook", ["p-me", "p-beaverbrook"])
    assert [(n.key, n.kind) for n in rows.desk.entry("i-a").notes] == [("a", "encounter"), ("b", "planned")]
    assert list(islice(letters(), 28))[-3:] == ["z", "aa", "ab"]
    assert len(set(islice(letters(), 2000))) == 2000


def test_neighbours_are_of_the_same_kind_and_author(rows):
    rows.item("before", "x", on="1939-03-08")
    rows.item("after", "y", on="1939-03-10", title="The day after")
    rows.item("paper", "z", on="1939-03-09", kind="paper")
    rows.item("other", "z", on="1939-03-09", author="Another")
    view = rows.desk.entry("i-a")
    assert view.previous == ("i-before", "1939-03-08")
    assert view.next == ("i-after", "The day after")
    assert rows.desk.entry("i-before").previous is None


def test_an_event_has_a_note(rows):
    rows.event("e", "Lunch with Butler", "1939-03-09", people=["p-butler"], rrule="FREQ=DAILY", place="House")
    (note,) = rows.desk.entry("i-e").notes
    assert note.says == "Lunch with Butler, with Rab Butler, on 9 March 1939, House."


def test_no_such_entry(rows):
    with pytest.raises(NotFoundError):
        rows.desk.entry("i-none")


def test_the_list_is_newest_first_with_openings_and_counts(rows):
    rows.item("b", "---\nauthor: x\n---\n# Heading\n\nFirst words. " + "More. " * 60, on="1940-01-01")
    rows.item("undated", "No date.", kind="paper")
    rows.item("card", "BEGIN:VCARD", kind="card")
    rows.encounter("x", ["p-me"], on="1939-03-09", item="i-a", quote="Lunched")
    rows.question("q", "Who?", citations=[rows.cite("i-a", "Churchill"), rows.cite("i-a", "Butler")])
    found, total = rows.desk.entries()
    assert total == 3
    assert [(e.item, e.encounters, e.questions) for e in found] == [
        ("i-b", 0, 0),
        ("i-a", 1, 1),
        ("i-undated", 0, 0),
    ]
    assert found[0].opening.startswith("First words. More.")
    assert found[0].opening.endswith(" …")
    assert rows.desk.years() == (("1939", 1), ("1940", 1))
    assert rows.desk.entries(year="1939")[1] == 1
    assert rows.desk.entries(kind="card")[1] == 1


def test_openings_of_odd_texts():
    assert opening_of("") == ""
    assert opening_of("# Only a heading") == "# Only a heading"
    assert opening_of("---\nnever ended") == "--- never ended"
    assert opening_of("x" * 1000) == "x" * 180 + " …"


# ── questions ───────────────────────────────────────────────────────────────────────────


def test_questions_by_person_and_item(rows):
    rows.question("one", "One?", citations=[rows.cite("i-a", "Churchill")], people=["p-churchill"], weight=1)
    rows.question("two", "Two?", people=["p-butler"], weight=5)
    desk = rows.desk
    assert [q.id for q in desk.questions()[0]] == ["q-two", "q-one"]
    assert [q.id for q in desk.questions(person="p-churchill")[0]] == ["q-one"]
    assert [q.id for q in desk.questions(item="i-a")[0]] == ["q-one"]
    assert desk.questions(limit=1, offset=1)[1] == 2
    assert desk.question("q-one").words[0].quote == "Churchill"
    rows.question("shut", "Shut?", state="never")
    for missing in ("q-shut", "q-none"):
        with pytest.raises(NotFoundError):
            desk.question(missing)


# ── explain ─────────────────────────────────────────────────────────────────────────────


def judge(rows, judgement, seq):
    rows.put("judgements", seq=seq, **judgement_row(judgement))
    return judgement.id


def test_explain_tells_words_rule_document_and_judgements(rows):
    mention = rows.mention("i-a", "Churchill", "p-churchill")
    anchor = Anchor.at("i-a", TEXT, TEXT.index("Churchill"), TEXT.index("Churchill") + 9).to_json()
    first = judge(rows, Judgement("identify", {"anchor": anchor}, {"new": "Randolph"}, "Me", made_at="t1"), 1)
    judge(rows, Judgement("retract", {"judgement": first}, {}, "Me", made_at="t2"), 2)
    by_form = Judgement(
        "identify", {"group": "diary:Me", "form": "||churchill"}, {"new": "Winston"}, "Me", made_at="t3"
    )
    second = judge(rows, by_form, 3)
    other = Judgement("identify", {"group": "diary:You", "form": "||churchill"}, {"new": "Clementine"}, "Me")
    judge(rows, other, 4)
    told = rows.desk.explain(mention)
    assert told["says"] == "“Churchill” is Winston Churchill."
    assert (told["kind"], told["rule"], told["score"], told["document"]) == ("mention", "name", 0.9, "d" * 64)
    assert told["arrival"]["path"] == "a.md"
    assert told["words"][0]["quote"] == "Churchill"
    assert [(j["id"], j["in_force"]) for j in told["judgements"]] == [(first, False), (second, True)]
    assert [h[0] for h in rows.desk.history()] == [other.id, second]
    assert rows.desk.explain(second)["in_force"]
    assert [j["in_force"] for j in rows.desk.explain(first)["judgements"]] == [True]


def test_explain_knows_every_kind_of_fact(rows):
    rows.mention("i-a", "Butler", "p-butler")
    account = rows.account("i-a", "Churchill came", ["p-me", "p-churchill"], encounter="e-x", on="1939-03-09")
    rows.encounter("x", ["p-me", "p-churchill"], on="1939-03-09", place="home")
    question = rows.question("q", "Who?", citations=[rows.cite("i-a", "Churchill")])
    event = rows.event("v", "Lunch", "1939-03-09", people=["p-butler"])
    occasion = rows.occasion("p-churchill", "1874-11-30")
    fact = rows.fact("p-churchill", "office", "Prime Minister", "1940-05-10")
    same = Judgement(
        "same", {"a": {"card": "u1"}, "b": {"self": True}}, {"same": False}, "Me", person="p-churchill"
    )
    judgement = judge(rows, same, 1)
    told = {
        f: rows.desk.explain(f)
        for f in (account, "e-x", "p-churchill", question, "i-a", judgement, event, occasion, fact)
    }
    assert [t["kind"] for t in told.values()] == [
        "account", "encounter", "person", "question", "item", "judgement", "event", "occasion", "fact",
    ]  # fmt: skip
    assert all(t["id"] == f and t["says"] for f, t in told.items())
    assert told["e-x"]["accounts"][0]["id"] == account
    assert told[fact]["says"] == "Winston Churchill, office: Prime Minister, 10 May 1940 to …."
    assert [j["id"] for j in told["p-churchill"]["judgements"]] == [judgement]
    for missing in (
        "m-none",
        "a-none",
        "e-none",
        "p-none",
        "q-none",
        "i-none",
        "j-none",
        "v-none",
        "o-none",
        "f-none",
        "x-1",
        "",
    ):
        with pytest.raises(NotFoundError):
            rows.desk.explain(missing)


def test_a_deferral_is_told_with_its_question(rows):
    rows.question("q", "Who?", subject={"form": "||x", "group": "g"}, state="later")
    deferred = Judgement("defer", {"question": {"form": "||x", "group": "g"}}, {"until": "later"}, "Me")
    judge(rows, deferred, 1)
    assert [j["id"] for j in rows.desk.explain("q-q")["judgements"]] == [deferred.id]
    assert canonical({"a": 1}) == '{"a":1}'
