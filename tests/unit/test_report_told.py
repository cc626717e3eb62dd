"""What texts tell of people: beside an entry, on a person's page, on Today and in lists."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from legation.facts.errors import NotFoundError, UsageError
from legation.facts.judgement import Judgement
from legation.ledger.judge import judgement_row

sys.path.insert(0, str(Path(__file__).parent))
from ledger_rows import LedgerRows

TEXT = (
    "Butler came. He told me that the talks would go on, and promised me the paper by Friday. "
    "Hudson, whom he introduced to me, said nothing of the loan. Butler's wife is ill."
)
BUTLER, HUDSON = "p-butler", "p-hudson"


@pytest.fixture
def rows():
    made = LedgerRows()
    made.owner()
    made.person("Rab Butler")
    made.person("Robert Hudson")
    made.item("a", TEXT, on="1939-03-06")
    return made


def say(rows, quote="He told me that the talks would go on", **more):
    parts = [("speaker", BUTLER, "inferred", "He"), ("addressee", "p-me", "author", "me")]
    return rows.finding("i-a", quote, "statement", parts, **{"mode": "reported", **more})


def promise(rows, quote="promised me the paper by Friday", by=BUTLER, to="p-me", on="1939-03-10", **more):
    return rows.finding("i-a", quote, "promise", [("by", by), ("to", to)], on=on, **more)


# ── beside the words ────────────────────────────────────────────────────────────────────


def test_a_note_says_who_to_whom_and_how_that_is_known(rows):
    said = say(rows)
    (note,) = rows.desk.entry("i-a").notes
    assert (note.kind, note.fact, note.state, note.status) == ("statement", said, "read", "held")
    assert note.says == "Rab Butler to you, reported."
    assert note.detail == "“He” is Rab Butler (subject carried on)."
    assert [p.id for p in note.people] == [BUTLER]
    (mark,) = rows.desk.entry("i-a").marks
    assert (mark.kind, mark.note, mark.fact) == ("statement", "a", said)


def test_promises_introductions_and_occasions_are_said_in_words(rows):
    promise(rows)
    rows.finding(
        "i-a", "whom he introduced to me", "introduction",
        [("introducer", BUTLER), ("introduced", HUDSON), ("introduced", "p-me", "author")], what="letter",
    )  # fmt: skip
    rows.finding(
        "i-a", "Butler's wife is ill", "occasion", [("person", BUTLER)], what="illness", on="1939-03"
    )
    says = [n.says for n in rows.desk.entry("i-a").notes]
    assert says == [
        "Rab Butler to you, due on 10 March 1939.",
        "Rab Butler introduced Robert Hudson and you by letter.",
        "Illness of Rab Butler, in March 1939.",
    ]


def test_somebody_not_known_yet_is_named_by_the_words_that_name_him(rows):
    mention = rows.mention("i-a", "Hudson", state="ask")
    rows.finding(
        "i-a", "said nothing of the loan", "statement", [("speaker", "", "inferred", "whom", mention)]
    )
    rows.finding("i-a", "would go on", "statement", [("speaker", "", "unknown")])
    notes = [n for n in rows.desk.entry("i-a").notes if n.kind == "statement"]
    assert [n.says for n in notes] == ["Somebody.", "“Hudson”."]
    assert notes[1].detail == "“Whom” is “Hudson” (subject carried on)."


def test_what_is_denied_is_shown_as_denied_and_counts_nowhere(rows):
    say(rows, "said nothing of the loan", status="denied")
    promise(rows, status="denied", on="1939-03-10")
    notes = rows.desk.entry("i-a").notes
    assert [(n.kind, n.status) for n in notes] == [("promise", "denied"), ("statement", "denied")]
    assert notes[0].says == "Rab Butler made no promise to you, due on 10 March 1939."
    assert all("The words deny it." in n.detail for n in notes)
    brief = rows.desk.brief(BUTLER)
    assert (brief.said, brief.promised) == ((), ())
    assert rows.desk.today().promises == ()
    assert rows.desk.statements() == ((), 0)
    assert rows.desk.promises() == ((), 0)


def test_what_was_rejected_is_not_shown(rows):
    say(rows, state="rejected")
    assert rows.desk.entry("i-a").notes == ()
    assert rows.desk.entry("i-a").marks == ()


def test_a_question_about_a_finding_stands_in_its_note(rows):
    promise(rows, state="ask")
    rows.question(
        "p", "Did Butler promise something here?", kind="reading", weight=0,
        citations=[rows.cite("i-a", "promised me the paper by Friday")],
        subject={"fact": "promise", "anchor": {}}, options=[("1", "Yes, as read", {})],
    )  # fmt: skip
    (note,) = rows.desk.entry("i-a").notes
    assert note.kind == "promise"
    assert note.state == "ask"
    assert note.question is not None
    assert note.question.topic == "promises"


# ── one person, one day ─────────────────────────────────────────────────────────────────


def test_a_person_s_page_has_both_sides(rows):
    said = say(rows)
    heard = rows.finding("i-a", "Butler came", "statement", [("speaker", "p-me"), ("addressee", BUTLER)])
    theirs, mine = promise(rows), promise(rows, "the paper", by="p-me", to=BUTLER, on="")
    ill = rows.finding("i-a", "Butler's wife is ill", "occasion", [("person", BUTLER)], what="illness")
    brief = rows.desk.brief(BUTLER)
    assert [f.id for f in brief.said] == [said]
    assert [f.id for f in brief.heard] == [heard]
    assert [f.id for f in brief.promised] == [theirs]
    assert [f.id for f in brief.promised_to] == [mine]
    assert [f.id for f in brief.told_occasions] == [ill]
    assert (brief.said_count, brief.heard_count) == (1, 1)
    assert (brief.promised[0].yours, brief.promised_to[0].yours) == (False, True)
    assert brief.promised[0].days_until == 1


def test_promises_stand_in_the_order_of_their_days(rows):
    past = promise(rows, "the paper", on="1939-02")
    undated = promise(rows, "by Friday", on="")
    later, soon = promise(rows, "promised me", on="1939-04-01"), promise(rows)
    assert [f.id for f in rows.desk.brief(BUTLER).promised] == [soon, later, undated, past]
    found, total = rows.desk.promises()
    assert [f.id for f in found] == [past, soon, later, undated]
    assert total == 4
    found, _ = rows.desk.promises(only_open=True)
    assert [f.id for f in found] == [soon, later, undated]
    assert [f.id for f in rows.desk.promises(due="1939-03")[0]] == [past, soon]


def test_nothing_written_after_the_day_is_told(rows):
    rows.item("late", "Butler told me of it, and promised to come.", on="1939-05-01")
    rows.finding("i-late", "Butler told me of it", "statement", [("speaker", BUTLER)])
    rows.finding("i-late", "promised to come", "promise", [("by", BUTLER)], on="1939-03-12")
    brief = rows.desk.brief(BUTLER)
    assert (brief.said, brief.said_count, brief.promised) == ((), 0, ())
    assert rows.desk.today().promises == ()


def test_today_has_the_owner_s_promises_first(rows):
    theirs = promise(rows)
    mine = promise(rows, "the paper", by="p-me", to=BUTLER, on="1939-03-20")
    passed = promise(rows, "by Friday", on="1939-03-01")
    promise(rows, "the talks", on="1938-03-01")
    promise(rows, "talks", on="1939-09-01")
    promise(rows, "paper", on="")
    assert [f.id for f in rows.desk.today().promises] == [mine, theirs, passed]


def test_a_promise_to_nobody_known_is_due_and_not_its_maker(rows):
    rows.finding("i-a", "promised me the paper by Friday", "promise", [("by", "p-me")], on="1939-03-10")
    assert rows.desk.entry("i-a").notes[0].says == "You; due on 10 March 1939."


def test_a_birthday_that_a_text_tells_of_is_not_the_day_of_birth(rows):
    rows.finding(
        "i-a", "Butler's wife is ill", "occasion", [("person", BUTLER)], what="birthday", on="1939-03-12"
    )
    says = [rows.desk.today(dt.date(year, 3, 10)).occasions[0].says for year in (1939, 1940)]
    assert says == ["Birthday on 12 March, in 2 days; the year is not on record"] * 2


def test_occasions_of_texts_stand_beside_those_of_cards(rows):
    rows.occasion(BUTLER, "1902-03-12")
    rows.finding(
        "i-a", "Butler's wife is ill", "occasion", [("person", HUDSON)], what="wedding", on="1939-03-11"
    )
    rows.item("late", "Hudson's illness.", on="1939-06-01")
    rows.finding(
        "i-late", "Hudson's illness", "occasion", [("person", HUDSON)], what="illness", on="1939-03-13"
    )
    found = [(o.person.id, o.kind, o.on) for o in rows.desk.today().occasions]
    assert found == [(HUDSON, "wedding", "1939-03-11"), (BUTLER, "birthday", "1939-03-12")]
    assert rows.desk.today(dt.date(1939, 3, 2)).occasions[0].person.id == BUTLER


# ── lists ───────────────────────────────────────────────────────────────────────────────


def test_statements_are_narrowed_by_people_words_and_dates(rows):
    said = say(rows)
    heard = rows.finding("i-a", "Butler came", "statement", [("speaker", "p-me"), ("addressee", BUTLER)])
    desk = rows.desk
    assert [f.id for f in desk.statements(by=BUTLER)[0]] == [said]
    assert [f.id for f in desk.statements(to=BUTLER)[0]] == [heard]
    assert [f.id for f in desk.statements(about="TALKS would")[0]] == [said]
    assert desk.statements(about="100%")[1] == 0
    assert desk.statements(since="1939-03", until="1939")[1] == 2
    assert desk.statements(until="1939-03-05")[1] == 0
    assert [f.id for f in desk.statements(limit=1, offset=1)[0]] == [said]
    with pytest.raises(NotFoundError):
        desk.statements(by="p-nobody")
    with pytest.raises(UsageError):
        desk.statements(since="yesterday")


def test_introductions_of_somebody_in_any_part(rows):
    made = rows.finding(
        "i-a", "whom he introduced", "introduction", [("introducer", BUTLER), ("introduced", HUDSON)]
    )
    assert [f.id for f in rows.desk.introductions(HUDSON)[0]] == [made]
    assert rows.desk.introductions("p-me")[1] == 0
    assert rows.desk.introductions()[1] == 1


# ── what waits ──────────────────────────────────────────────────────────────────────────


def test_what_waits_is_counted_by_topic(rows):
    desk = rows.desk
    for name, kind, subject, state in (
        ("w", "who", {"form": "||butler", "group": "g"}, "open"),
        ("n", "name", {"form": "||x", "group": "g"}, "open"),
        ("s", "same", {"a": {}, "b": {}}, "open"),
        ("d", "same", {"accounts": []}, "open"),
        ("r", "reading", {"fact": "account", "anchor": {}}, "open"),
        ("p", "reading", {"fact": "promise", "anchor": {}}, "open"),
        ("a", "anchor", {"judgement": "j-1"}, "open"),
        ("l", "reading", {"fact": "occasion", "anchor": {}}, "later"),
        ("v", "participants", {"fact": "participants"}, "never"),
    ):
        rows.question(name, f"{name}?", kind=kind, subject=subject, state=state, weight=3)
    view = desk.waiting()
    assert view.topics == (
        ("names", 2, 6), ("pairs", 1, 3), ("encounters", 2, 6), ("promises", 1, 3), ("judgements", 1, 3),
    )  # fmt: skip
    assert (view.total, desk.open_count(), view.later, view.never) == (7, 7, 1, 1)
    assert desk.questions(topic="promises")[1] == 1
    for topic, number, _ in view.topics:
        found, total = desk.questions(topic=topic)
        assert (total, {q.topic for q in found}) == (number, {topic})
    assert [q.state for q in desk.deferred()[0]] == ["later", "never"]


def test_questions_of_one_maker_stand_together(rows):
    for name, maker, weight in (("a1", "a", 1), ("b1", "b", 7), ("a2", "a", 9), ("c1", "c", 8)):
        rows.question(name, name, weight=weight)
        with rows.store.writing() as tx:
            tx.update("questions", "question", [{"question": f"q-{name}", "maker": maker}])
    assert [q.id for q in rows.desk.questions()[0]] == ["q-a2", "q-a1", "q-c1", "q-b1"]


def test_all_places_of_a_name_are_shown(rows):
    text = "Mr. Creed came. Creed went. Then Creed again, and Mrs. Creed."
    rows.item("c", text, on="1939-03-01")
    at = [text.index("Creed"), text.index("Creed went"), text.index("Creed again")]
    for start in at:
        rows.mention("i-c", "Creed", state="ask", start=start)
    rows.mention("i-c", "Creed", BUTLER, start=text.index("Creed."))
    group = "diary:Me"
    rows.question("creed", "Who is Creed?", citations=[rows.cite("i-c", "Creed", at[0])], weight=3,
                  subject={"form": "||creed", "group": group})  # fmt: skip
    with rows.store.writing() as tx:
        tx.update("questions", "question", [{"question": "q-creed", "maker": "creed"}])
    (view,) = rows.desk.questions()[0]
    assert (view.places, view.settles, len(view.words)) == (3, "3 mentions", 1)
    words, total = rows.desk.places("q-creed")
    assert (total, [w.start for w in words]) == (3, at)
    assert [w.start for w in rows.desk.places("q-creed", limit=1, offset=2)[0]] == at[2:]
    # Beside an entry that its citations do not name the question stands all the same, once.
    rows.item("d", "Creed and Creed.", on="1939-03-02")
    for start in (0, 10):
        rows.mention("i-d", "Creed", state="ask", start=start)
    assert [n.question.id for n in rows.desk.entry("i-d").notes if n.question] == ["q-creed"]
    with pytest.raises(NotFoundError):
        rows.desk.places("q-none")


def test_a_question_put_off_is_asked_again_by_taking_that_back(rows):
    rows.question("x", "Who?", subject={"form": "||x", "group": "g"}, state="later")
    deferral = Judgement("defer", {"question": {"form": "||x", "group": "g"}}, {"until": "later"}, "Me")
    rows.put("judgements", seq=1, **judgement_row(deferral))
    rows.desk.ask_again("q-x")
    assert rows.judge.calls == [("undo", deferral.id)]
    rows.question("y", "Who?", subject={"form": "||y", "group": "g"})
    with pytest.raises(NotFoundError):
        rows.desk.ask_again("q-y")


def test_what_was_settled_today_counts_what_is_in_force(rows):
    now = rows.desk.clock.now().isoformat()
    made = [
        Judgement("identify", {"form": "||x", "group": "g"}, {"new": "X"}, "Me", made_at=now),
        Judgement("reading", {"fact": "account"}, {"verdict": "confirm"}, "Me", made_at=now),
        Judgement(
            "reading", {"fact": "old"}, {"verdict": "confirm"}, "Me", made_at="2001-01-01T00:00:00+00:00"
        ),
        Judgement("defer", {"question": {}}, {"until": "later"}, "Me", made_at=now),
    ]
    made.append(Judgement("retract", {"judgement": made[1].id}, {}, "Me", made_at=now))
    for seq, judgement in enumerate(made, 1):
        rows.put("judgements", seq=seq, **judgement_row(judgement))
    assert rows.desk.waiting().settled_today == 1
    again = Judgement("retract", {"judgement": made[-1].id}, {}, "Me", made_at=now)
    rows.put("judgements", seq=9, **judgement_row(again))
    assert rows.desk.waiting().settled_today == 2


# ── how often the store is asked ────────────────────────────────────────────────────────


def count_statements(rows, look):
    asked = []
    with rows.store.looking() as tx:
        driver = tx.connection.connection
        driver.set_trace_callback(asked.append)
    try:
        look(rows.desk)
    finally:
        driver.set_trace_callback(None)
    return len([sql for sql in asked if sql.lstrip().upper().startswith("SELECT")])


def test_a_page_asks_as_often_for_many_findings_as_for_one(rows):
    looks = {
        "entry": lambda desk: desk.entry("i-a"),
        "person": lambda desk: desk.brief(BUTLER),
        "review": lambda desk: desk.questions(limit=12),
        "statements": lambda desk: desk.statements(),
        "today": lambda desk: desk.today(),
    }
    for copies in (1, 9):
        for n in range(copies):
            say(rows, mode="quoted")
            promise(rows)
            rows.finding("i-a", "Butler's wife is ill", "occasion", [("person", BUTLER)], what="illness")
            rows.question(f"{copies}-{n}", "Who?", citations=[rows.cite("i-a", "Hudson")], people=[HUDSON])
        counts = {name: count_statements(rows, look) for name, look in looks.items()}
        if copies == 1:
            before = counts
    assert all(counts.values())
    assert counts == before
