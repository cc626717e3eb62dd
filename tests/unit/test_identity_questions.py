"""Few questions: one for a surname, whose answer covers what it can; and what is never joined unasked."""

from __future__ import annotations

import json

import pytest
from tests.unit.whole_ledger import Resolution, resolve

from legation.people.identity import (
    PROPOSED,
    Assignment,
    FormAnswer,
    KnownPerson,
    NameUse,
    Spell,
    Who,
    key_of_use,
)
from legation.people.naming import parse_name

DIARY = "diary:ann"
PAPERS = "volume:papers"


def use(
    name: str, item: str = "d1", start: int = 0, group: str = DIARY, *codes: str, on: str = ""
) -> NameUse:
    parsed = parse_name(name)
    return NameUse(item, group, start, parsed.titles, parsed.given, parsed.surname, name, codes, on)


def card(uid: str, *names: str) -> KnownPerson:
    return KnownPerson(json.dumps({"card": uid}), names[0], tuple(parse_name(n) for n in names))


def found(result: Resolution, one: NameUse) -> Assignment:
    return next(a for b in result.blocks.values() for a in b.assignments if (a.item, a.start) == one.place)


def who(result: Resolution, one: NameUse) -> str:
    return result.person_of(found(result, one))


# --- One question for a surname -------------------------------------------------------------------


def test_the_surname_and_mr_are_one_question_and_one_answer_settles_both() -> None:
    rows = [use("Mr. Robert Creed"), use("Mr. Creed", "d2"), use("Creed", "d3"), use("Mr. Creed", "d4")]
    (asked,) = resolve(rows).questions
    assert asked.prompt == "Who is “Creed” and “Mr. Creed” in this diary?"
    assert (asked.subject, asked.weight) == (("who", DIARY, "||creed"), 3)
    result = resolve(rows, [], [FormAnswer(DIARY, "||creed", Who(new="John Creed"))])
    assert len({who(result, u) for u in rows[1:]}) == 1
    assert who(result, rows[0]) != who(result, rows[1])
    assert result.questions == ()


def test_an_answer_about_mr_covers_the_surname_and_what_comes_later() -> None:
    rows = [use("Robert Creed"), use("Mr. Creed", "d2"), use("Creed", "d3"), use("Creed", "d9")]
    result = resolve(rows, [], [FormAnswer(DIARY, "mr||creed", Who(new="John Creed"))])
    assert {found(result, u).rule for u in rows[2:]} == {"answer-for-surname"}
    assert {who(result, u) for u in rows[2:]} == {who(result, rows[1])}


def test_an_answer_covers_no_document_that_introduces_somebody_else() -> None:
    rows = [use("Creed", "d1"), use("Robert Creed", "d2"), use("Mr. Creed", "d2", 50)]
    result = resolve(rows, [], [FormAnswer(DIARY, "||creed", Who(new="John Creed"))])
    assert who(result, rows[2]) == who(result, rows[1])


def test_an_answer_about_the_surname_says_nothing_of_a_lady_or_a_knight() -> None:
    rows = [use("Pen"), use("Mrs. Pen", "d2"), use("Sir William Pen", "d3"), use("Captain Pen", "d4")]
    result = resolve(rows, [], [FormAnswer(DIARY, "||pen", Who(new="Giles Pen"))])
    assert len({who(result, u) for u in rows}) == 4


def test_answers_for_another_diary_say_nothing_here() -> None:
    rows = [
        use("Creed"),
        use("Creed", "d2"),
        use("Creed", "e1", 0, "diary:bob"),
        use("Creed", "e2", 0, "diary:bob"),
    ]
    result = resolve(rows, [], [FormAnswer("diary:bob", "||creed", Who(new="John Creed"))])
    assert [found(result, u).state for u in rows] == ["ask", "ask", "sure", "sure"]


def test_two_answers_about_one_surname_cover_nothing_else() -> None:
    rows = [use("Creed"), use("Mr. Creed", "d2"), use("M. Creed", "d3")]
    answers = [
        FormAnswer(DIARY, "||creed", Who(new="John Creed")),
        FormAnswer(DIARY, "mr||creed", Who(new="Robert Creed")),
    ]
    result = resolve(rows, [], answers)
    assert who(result, rows[0]) != who(result, rows[1])


# --- All of a surname ------------------------------------------------------------------------------


RULERS = ("Chairman Khrushchev", "Premier Khrushchev", "Mr. Khrushchev", "Khrushchev", "Nikita Khrushchev")


def papers(*names: str) -> list[NameUse]:
    return [use(n, f"p{i}{j}", 0, PAPERS) for i, n in enumerate(names) for j in range(2)]


def test_all_bearers_of_a_surname_that_may_be_one_are_offered_as_one() -> None:
    rows = papers(*RULERS)
    (asked,) = resolve(rows).questions
    label, value = asked.options[0]
    assert value.startswith("all:")
    assert "everybody of that name" in label
    answer = FormAnswer(PAPERS, asked.subject[2], Who(value.removeprefix("all:"), everyone=True))
    result = resolve(rows, [], [answer])
    assert len({who(result, u) for u in rows}) == 1
    assert result.questions == ()
    later = use("Prime Minister Khrushchev", "p9", 0, PAPERS)
    assert who(resolve([*rows, later], [], [answer]), later) == who(result, rows[0])


@pytest.mark.parametrize("other", ["Sergei Khrushchev", "Nina Khrushchev", "Mrs. Khrushchev"])
def test_that_answer_leaves_out_who_cannot_be_that_person(other: str) -> None:
    rows = papers(*RULERS)
    (asked,) = resolve(rows).questions
    answer = FormAnswer(
        PAPERS, asked.subject[2], Who(asked.options[0][1].removeprefix("all:"), everyone=True)
    )
    more = use(other, "p9", 0, PAPERS)
    result = resolve([*rows, more], [], [answer])
    assert who(result, more) != who(result, rows[0])


@pytest.mark.parametrize("other", ["Robert Kennedy", "Edward Kennedy"])
def test_two_given_names_are_never_offered_as_one(other: str) -> None:
    rows = papers("President Kennedy", "John Kennedy", "Kennedy", "Mr. Kennedy", other)
    assert not [o for q in resolve(rows).questions for o in q.options if o[1].startswith("all:")]


# --- What the documents themselves say ---------------------------------------------------------------


def test_what_two_documents_explain_holds_in_others_that_know_nobody_else() -> None:
    rows = []
    for item in ("d1", "d2"):
        rows += [use("George Vines", item), use("Mr. Vines", item, 40)]
    rows.append(use("Mr. Vines", "d3"))
    result = resolve(rows)
    assert found(result, rows[-1]).rule == "as-elsewhere"
    assert who(result, rows[-1]) == who(result, rows[0])
    once = resolve([*rows[:2], rows[-1]])
    assert found(once, rows[-1]).state == "ask"


@pytest.mark.parametrize("rival", ["Richard Vines", "Captain Vines"])
def test_a_rival_anywhere_in_the_diary_stops_that(rival: str) -> None:
    rows = []
    for item in ("d1", "d2"):
        rows += [use("George Vines", item), use("Mr. Vines", item, 40)]
    rows += [use("Mr. Vines", "d3"), use(rival, "d4")]
    state = found(resolve(rows), rows[4]).state
    assert state == "ask" or rival == "Captain Vines"
    bare = [*rows[:4], use("Vines", "d3"), use(rival, "d4")]
    assert found(resolve(bare), bare[4]).state == "ask"


def test_a_card_of_the_surname_is_a_rival_too() -> None:
    rows = []
    for item in ("d1", "d2"):
        rows += [use("George Vines", item), use("Mr. Vines", item, 40)]
    rows.append(use("Mr. Vines", "d3"))
    assert found(resolve(rows, [card("1", "Richard Vines")]), rows[-1]).state == "ask"


def test_an_office_beside_the_full_name_tells_who_bears_it() -> None:
    full = use("Andrei Gromyko", "p1", 0, PAPERS, "post:foreign minister")
    titled, other = use("Foreign Minister Gromyko", "p2", 0, PAPERS), use("Mr. Gromyko", "p3", 0, PAPERS)
    result = resolve([full, titled, other])
    assert who(result, titled) == who(result, full)
    assert who(resolve([use("Andrei Gromyko", "p1", 0, PAPERS), titled]), titled) != who(result, full)


# --- Names that one document has ----------------------------------------------------------------------


def test_a_name_that_only_one_document_has_is_somebody_new_unasked() -> None:
    rows = [use("Ashdown"), use("Ashdown", "d1", 40), use("his uncle Scobel", "d2")]
    rows[2] = NameUse("d2", DIARY, 0, ("other:uncle",), (), "Scobel", "his uncle Scobel")
    result = resolve(rows)
    assert {found(result, u).rule for u in rows} == {"only-here"}
    assert result.questions == ()
    assert len({who(result, u) for u in rows}) == 2


@pytest.mark.parametrize(
    ("more", "book"),
    [
        ([use("Ashdown", "d2")], []),
        ([use("Henry Ashdown", "d2")], []),
        ([], [card("1", "Henry Ashdown")]),
        ([], [card("1", "Henry Ashdawn")]),
    ],
)
def test_it_is_asked_as_soon_as_somebody_else_may_bear_it(
    more: list[NameUse], book: list[KnownPerson]
) -> None:
    rows = [use("Ashdown"), *more]
    assert found(resolve(rows, book), rows[0]).state == "ask"


@pytest.mark.parametrize(
    ("titles", "given", "surname"), [((), (), "Tom"), (("sir",), ("William",), ""), (("my lord",), (), "")]
)
def test_names_that_may_be_short_for_others_are_asked(
    titles: tuple[str, ...], given: tuple[str, ...], surname: str
) -> None:
    one = NameUse("d1", DIARY, 0, titles, given, surname, "so called")
    assert found(resolve([one]), one).state == "ask"


# --- What only the tagger offers ------------------------------------------------------------------------


def test_what_the_tagger_offers_is_one_question_for_a_form_and_nobody_until_then() -> None:
    rows = [use("Quill", f"d{i}", 0, DIARY, "bare", PROPOSED) for i in range(3)]
    result = resolve(rows)
    assert {(found(result, u).state, found(result, u).rule) for u in rows} == {("ask", "proposed")}
    (asked,) = result.questions
    assert (asked.kind, asked.prompt, asked.weight) == ("name", "Is “Quill” a person?", 3)
    assert [value for _, value in asked.options] == ["new", "nobody"]
    yes = resolve(rows, [], [FormAnswer(DIARY, "||quill", Who(new="Quill"))])
    assert {found(yes, u).state for u in rows} == {"sure"}
    assert len({who(yes, u) for u in rows}) == 1
    no = resolve(rows, [], [FormAnswer(DIARY, "||quill", Who(nobody=True))])
    assert {who(no, u) for u in rows} == {""}
    assert yes.questions == no.questions == ()


def test_what_the_tagger_offers_is_nobodys_rival() -> None:
    rows = [use("Mr. Creed"), use("Creed", "d2"), use("Creed", "d3", 0, DIARY, PROPOSED)]
    result = resolve(rows)
    assert who(result, rows[1]) == who(result, rows[0])
    assert found(result, rows[2]).state == "ask"
    assert result.questions[0].options[0] == ("Mr. Creed", key_of_use("d1", 0))


# --- Options ----------------------------------------------------------------------------------------------


def test_at_most_five_people_are_offered_each_with_a_reason() -> None:
    names = ["Ann", "Bess", "Charles", "Daniel", "Edward", "Francis", "George"]
    rows = [use(f"{n} Lee", f"d{i}") for i, n in enumerate(names)] + [use("Lee", "d8"), use("Lee", "d9")]
    (asked,) = [q for q in resolve(rows).questions if q.kind == "who"]
    assert len(asked.options) == 7
    assert len(asked.reasons) == 5
    assert all(asked.reasons)


def test_who_is_named_in_the_same_texts_comes_first() -> None:
    rows = [
        use("Ann Lee", "d1"),
        use("Ann Lee", "d2"),
        use("Charles Lee", "d3", 90),
        use("Lee", "d3"),
        use("Lee", "d4"),
    ]
    (asked,) = [q for q in resolve(rows).questions if q.kind == "who"]
    assert [label for label, _ in asked.options[:2]] == ["Charles Lee", "Ann Lee"]
    assert asked.reasons[:2] == ("named in the same text", "named 2 times elsewhere")


@pytest.mark.parametrize(
    ("written", "on_card"),
    [
        ("Maisky", "Иван Майский"), ("Maiski", "Иван Майский"), ("Maysky", "Иван Майский"),
        ("Майский", "Ivan Maisky"), ("Pearse", "James Pierce"), ("Crips", "Stafford Cripps"),
        ("Βενιζέλος", "Eleftherios Venizelos"), ("Venizelos", "Ελευθέριος Βενιζέλος"),
        ("周恩来", "Zhou Enlai"), ("Nasser", "جمال عبد الناصر"), ("فيصل", "King Faisal"),
    ],
)  # fmt: skip
def test_other_spellings_and_scripts_are_offered_and_never_linked(written: str, on_card: str) -> None:
    rows = [use(written), use(written, "d2")]
    result = resolve(rows, [card("1", on_card), card("2", "Anthony Eden")])
    assert {found(result, u).state for u in rows} == {"ask"}
    assert result.questions[0].options[0][0] == on_card


# --- Days -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spell", "on", "covered"),
    [
        (Spell(), "", True),
        (Spell("1941"), "", False),
        (Spell("1941"), "1941-01-01", True),
        (Spell("1941-02"), "1941-01-31", False),
        (Spell(until="1941"), "1941-12-31", True),
        (Spell(until="1941-02"), "1941-03-01", False),
        (Spell(after="1941-02"), "1941-02-28", False),
        (Spell(after="1941-02"), "1941-03-01", True),
        (Spell(before="1941-02"), "1941-02-01", False),
        (Spell(before="1941-02"), "1941-01-31", True),
    ],
)
def test_days_within_a_spell(spell: Spell, on: str, covered: bool) -> None:
    assert spell.covers(on) is covered
