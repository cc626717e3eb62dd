"""Who is who: the policy, case by case."""

from __future__ import annotations

import json

import pytest
from tests.unit.whole_ledger import Resolution, form_key, plan_blocks, resolve

from legation.people.identity import (
    Answer,
    Assignment,
    FormAnswer,
    KnownPerson,
    NameUse,
    SameAnswer,
    UseAnswer,
    Who,
    key_of_use,
)
from legation.people.naming import make_name, parse_name, skeleton
from legation.people.ranks import relate_titles
from legation.people.resolve import block_keys, form_block

DIARY = "diary:ann"
PAPERS = "volume:papers"


def use(
    name: str, item: str = "d1", start: int = 0, group: str = DIARY, linked: str = "", on: str = ""
) -> NameUse:
    parsed = parse_name(name)
    return NameUse(item, group, start, parsed.titles, parsed.given, parsed.surname, name, (), on, linked)


def uses(*names: str, item: str = "d1", group: str = DIARY) -> list[NameUse]:
    return [use(n, item, 10 * i, group) for i, n in enumerate(names)]


def card(uid: str, *names: str) -> KnownPerson:
    return KnownPerson(json.dumps({"card": uid}), names[0], tuple(parse_name(n) for n in names))


def found(result: Resolution, one: NameUse) -> Assignment:
    return next(a for b in result.blocks.values() for a in b.assignments if (a.item, a.start) == one.place)


def who(result: Resolution, one: NameUse) -> str:
    return result.person_of(found(result, one))


def asked(result: Resolution, kind: str = "who") -> list[str]:
    return [q.prompt for q in result.questions if q.kind == kind]


# --- Names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Sir Alexander Cadogan", "sir|alexander|cadogan"),
        ("Joachim von Ribbentrop", "|joachim|ribbentrop"),
        ("de Gaulle", "||gaulle"),
        ("H.G. Wells", "|h g|wells"),
        ("Vita Sackville-West", "|vita|sackville west"),
        ("King George VI", "king|george, vi|"),
        ("King Leopold of Belgium", "king|leopold|"),
        ("Capt. Cocke", "captain||cocke"),
        ("Attorney General Robert Kennedy", "attorney general|robert|kennedy"),
        ("Secretary of State Rusk", "secretary of state||rusk"),
        ("Dean Rusk", "|dean|rusk"),
        ("Pen, Sir William", "sir|william|pen"),
        ("Wm. Pen", "|william|pen"),
        ("Эдвард Бенеш", "|edvard|benesh"),
        ("Karl Brandt Jr.", "|karl|brandt, jr"),
    ],
)
def test_names_are_taken_apart_and_folded(text: str, form: str) -> None:
    assert parse_name(text).form == form


def test_initials_without_dots_are_initials() -> None:
    assert make_name((), ("NS",), "Khrushchev").given == ("n", "s")


def test_a_numeral_that_the_reader_left_out_is_found_in_the_words() -> None:
    shown = NameUse("d", DIARY, 0, ("king",), ("George",), "", "King George V")
    assert form_key(shown) == "king|george, v|"


@pytest.mark.parametrize(
    ("one", "other"),
    [("pierce", "pearse"), ("crips", "cripps"), ("maisky", "maiskii"), ("sheply", "shepley")],
)
def test_near_spellings_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (("sir",), ("lady",), "conflict"),
        (("mr",), ("sir",), "conflict"),
        (("mr",), ("mrs",), "conflict"),
        (("mr",), ("ambassador",), "office"),
        (("mrs",), ("president",), "apart"),
        (("sir",), ("lord",), "apart"),
        (("foreign minister",), ("soviet foreign minister",), "equal"),
        (("secretary",), ("under secretary",), "apart"),
        (("president",), ("vice president",), "apart"),
        ((), ("captain",), "weaker"),
    ],
)
def test_titles_are_compared(one: tuple[str, ...], other: tuple[str, ...], relation: str) -> None:
    assert relate_titles(one, other) == relation == relate_titles(other, one)


def test_the_block_of_a_form_is_the_block_of_its_uses() -> None:
    for name in ("Sir W. Pen", "Ida", "my Lord", "King George V", "Mrs. Jem", "John Smith Jr."):
        one = use(name)
        assert block_keys(one) == {form_block(form_key(one))}


# --- Policy -----------------------------------------------------------------------------------


def test_a_bare_surname_that_nothing_makes_known_is_asked_once() -> None:
    rows = [*uses("Ashdown", "Ashdown"), use("Ashdown", "d2")]
    result = resolve(rows)
    assert {found(result, u).state for u in rows} == {"ask"}
    (question,) = result.questions
    assert (question.weight, question.subject) == (3, ("who", DIARY, "||ashdown"))


def test_a_surname_alone_never_links_to_the_only_card_that_has_it() -> None:
    (bare,) = rows = uses("Ashdown")
    result = resolve(rows, [card("1", "Mary Ashdown")])
    assert found(result, bare).state == "ask"
    assert "Mary Ashdown" in [label for label, _ in result.questions[0].options]


def test_a_bare_alias_of_a_card_links() -> None:
    bare, mister, lady = rows = uses("Ashdown", "Mr. Ashdown", "Lady Ashdown")
    book = [card("1", "Henry Ashdown", "Ashdown"), card("2", "Clara Ashdown")]
    result = resolve(rows, book)
    assert who(result, bare) == who(result, mister) == book[0].ref
    assert who(result, lady) != book[0].ref


def test_an_alias_gives_way_to_another_one_introduced_in_the_document() -> None:
    full, bare = rows = uses("Giles Ashdown", "Ashdown")
    result = resolve(rows, [card("1", "Henry Ashdown", "Ashdown")])
    assert found(result, full).state == "read"
    assert found(result, bare).state == "ask" or found(result, bare).person != json.dumps({"card": "1"})


def test_an_unknown_full_name_is_a_rival() -> None:
    rows = [*uses("Neville Ashdown", "Ashdown"), use("Austen Ashdown", "d2"), use("Ashdown", "d3")]
    result = resolve(rows, [card("1", "Austen Ashdown")])
    assert who(result, rows[1]) == who(result, rows[0]) == key_of_use("d1", 0)
    assert who(result, rows[2]) == json.dumps({"card": "1"})
    assert found(result, rows[3]).state == "ask"


def test_two_introduced_in_one_document_leave_the_bare_name_open() -> None:
    rows = uses("Neville Ashdown", "Austen Ashdown", "Ashdown")
    assert found(resolve(rows), rows[2]).state == "ask"


def test_a_title_once_seen_makes_the_bare_surname_known_in_the_diary() -> None:
    rows = [use("Mr. Creed"), use("Creed", "d2")]
    result = resolve(rows)
    assert who(result, rows[0]) == who(result, rows[1]) == key_of_use("d1", 0)
    assert found(result, rows[1]).rule == "only-one-here"


def test_titles_tell_people_apart() -> None:
    rows = [
        use(n, f"d{i}")
        for i, n in enumerate(("Sir W. Pen", "Mr. Pen", "Mrs. Pen", "Lady Pen", "my uncle Pen"))
    ]
    result = resolve(rows)
    assert len({who(result, u) for u in rows}) == 5
    assert found(resolve([*rows, use("Pen", "d9")]), use("Pen", "d9")).state == "ask"


def test_the_wife_does_not_make_the_bare_surname_known() -> None:
    rows = [use("Mrs. Bagwell"), use("Bagwell", "d1", 50)]
    assert found(resolve(rows), rows[1]).state == "ask"


def test_mr_beside_an_office_is_asked_unless_the_document_introduces_him() -> None:
    rows = [
        use("President Kennedy", "d1", 0, PAPERS),
        use("Mr. Kennedy", "d2", 0, PAPERS),
        use("Robert Kennedy", "d3", 0, PAPERS),
        use("Mr. Kennedy", "d3", 50, PAPERS),
    ]
    result = resolve(rows)
    assert found(result, rows[1]).state == "ask"
    assert who(result, rows[3]) == who(result, rows[2]) != who(result, rows[0])


def test_initials_and_full_names_with_one_title_are_one() -> None:
    rows = [use("Sir W. Batten"), use("Sir William Batten", "d2"), use("Sir W. Batten", "d3")]
    assert len({who(resolve(rows), u) for u in rows}) == 1
    rows.append(use("Sir Walter Batten", "d4"))
    assert found(resolve(rows), rows[0]).state == "ask"


def test_familiar_forms_are_asked_about() -> None:
    rows = [use("Tom Pepys"), use("Thomas Pepys", "d2")]
    result = resolve(rows)
    assert who(result, rows[0]) != who(result, rows[1])
    assert len(asked(result, "same")) == 1


def test_kings_are_told_apart_by_their_numeral() -> None:
    rows = uses("King George V", "King George VI")
    result = resolve(rows)
    assert who(result, rows[0]) != who(result, rows[1])


def test_one_full_name_in_two_groups_is_asked_about() -> None:
    rows = [use("Harold Ashdown"), use("Harold Ashdown", "p1", 0, PAPERS)]
    result = resolve(rows)
    assert who(result, rows[0]) != who(result, rows[1])
    assert len(asked(result, "same")) == 1
    both = resolve(rows, [card("1", "Harold Ashdown")])
    assert {who(both, u) for u in rows} == {json.dumps({"card": "1"})}


def test_cards_of_one_name_leave_it_open() -> None:
    rows = uses("Harold Ashdown")
    assert (
        found(resolve(rows, [card("1", "Harold Ashdown"), card("2", "Harold Ashdown")]), rows[0]).state
        == "ask"
    )


def test_near_spellings_are_asked_never_linked() -> None:
    rows = [use("Mr. Pierce"), use("Mr. Pearse", "d2"), use("Stafford Crips", "d3")]
    result = resolve(rows, [card("1", "Stafford Cripps"), card("2", "Иван Майский", "Майский")])
    assert len({who(result, u) for u in rows}) == 3
    assert len(asked(result, "same")) == 2
    maisky = uses("Maisky")
    options = resolve(maisky, [card("2", "Иван Майский", "Майский")]).questions[0].options
    assert options[0][0] == "Иван Майский"


def test_a_link_is_taken_at_its_word() -> None:
    rows = [use("he", linked="Lord Halifax"), use("Halifax", "d2", linked="Halifax")]
    book = [card("1", "Lord Halifax"), card("2", "Charles Wood")]
    result = resolve(rows, book)
    assert (who(result, rows[0]), found(result, rows[0]).state) == (book[0].ref, "sure")
    assert (who(result, rows[1]), found(result, rows[1]).state) == (book[0].ref, "sure")
    unknown = [use("Ashdown", linked="Ashdown")]
    assert found(resolve(unknown), unknown[0]).state == "sure"


# --- Answers ----------------------------------------------------------------------------------


def test_a_family_of_forms_is_resolved_by_an_answer_alone() -> None:
    rows = [
        use("my Lord"),
        use("Lord Sandwich", "d1", 9),
        use("my Lord", "d2"),
        use("my Lord", "p", 0, PAPERS),
    ]
    assert {found(resolve(rows), u).state for u in (rows[0], rows[2])} == {"ask"}
    montagu = card("m", "Edward Montagu")
    result = resolve(rows, [montagu], [FormAnswer(DIARY, "lord||", Who(montagu.ref))])
    assert who(result, rows[0]) == who(result, rows[2]) == montagu.ref
    assert found(result, rows[3]).state == "ask"


def test_an_answer_for_one_use_goes_before_one_for_the_form() -> None:
    rows = uses("Creed", "Creed", "Creed")
    answers: list[Answer] = [
        FormAnswer(DIARY, "||creed", Who("a-card")),
        UseAnswer("d1", 10, Who(new="Richard Creed")),
        UseAnswer("d1", 20, Who(nobody=True)),
    ]
    result = resolve(rows, (), answers)
    assert [who(result, u) for u in rows] == ["a-card", key_of_use("d1", 10), ""]
    assert {found(result, u).state for u in rows} == {"sure"}


def test_a_form_may_be_answered_with_the_person_of_another_form() -> None:
    rows = [use("Mr. Creed"), use("Richard Creed", "d2"), use("Creed", "d3"), use("Tom", "d4")]
    answers = [
        FormAnswer(DIARY, "||creed", Who(key_of_use("d1", 0))),
        FormAnswer(DIARY, "||tom", Who(key_of_use("d2", 0))),
    ]
    result = resolve(rows, (), answers)
    assert who(result, rows[2]) == who(result, rows[0]) != who(result, rows[1])
    assert who(result, rows[3]) == who(result, rows[1])


def test_new_makes_a_person_of_the_form() -> None:
    rows = [use("Deb"), use("Deb", "d2")]
    result = resolve(rows, (), [FormAnswer(DIARY, form_key(rows[0]), Who(new="Deborah Willett"))])
    assert {who(result, u) for u in rows} == {key_of_use("d1", 0)}
    assert [p.display for b in result.blocks.values() for p in b.people] == ["Deborah Willett"]
    assert result.questions == ()


def test_a_person_is_not_called_by_whose_colleague_he_is() -> None:
    rows = [
        NameUse("d1", DIARY, 0, (), ("lukas",), "weber", "her colleague Lukas Weber"),
        NameUse("d1", DIARY, 50, ("kin",), ("roger",), "pepys", "my cousin Roger Pepys"),
    ]
    shown = {p.display for b in resolve(rows).blocks.values() for p in b.people}
    assert shown == {"Lukas Weber", "my cousin Roger Pepys"}


def test_same_merges_and_makes_the_bare_name_known() -> None:
    rows = [use("Mr. Creed"), use("Mr. John Creed", "d2"), use("Creed", "d3")]
    a, b = key_of_use("d1", 0), key_of_use("d2", 0)
    assert found(resolve(rows), rows[2]).state == "ask"
    result = resolve(rows, (), [SameAnswer(a, b, same=True)])
    assert len({who(result, u) for u in rows}) == 1
    assert result.questions == ()


def test_apart_keeps_apart_and_is_not_asked_again() -> None:
    rows = [use("Robert Ashdown"), use("Mr. Robert Ashdown", "d2")]
    assert len({who(resolve(rows), u) for u in rows}) == 1
    a, b = key_of_use("d1", 0), key_of_use("d2", 0)
    result = resolve(rows, (), [SameAnswer(a, b, same=False)])
    assert len({who(result, u) for u in rows}) == 2
    assert asked(result, "same") == []


def test_same_across_blocks_leaves_an_alias() -> None:
    rows = [use("Sir Robert Vansittart", on="1935-01-01"), use("Van", "d2", on="1936-01-01")]
    a, b = key_of_use("d1", 0), key_of_use("d2", 0)
    result = resolve(rows, (), [SameAnswer(b, a, same=True)])
    assert who(result, rows[0]) == who(result, rows[1]) == a


def test_same_with_a_card_gives_the_card() -> None:
    rows = [use("Lord Vansittart"), use("Lord Vansittart", "d2")]
    book = [card("1", "Sir Robert Vansittart")]
    result = resolve(rows, book, [SameAnswer(key_of_use("d1", 0), book[0].ref, same=True)])
    assert {who(result, u) for u in rows} == {book[0].ref}
    apart = resolve(rows, book, [SameAnswer(key_of_use("d1", 0), book[0].ref, same=False)])
    assert book[0].ref not in {who(apart, u) for u in rows}


def test_two_uses_of_one_form_can_be_told_apart() -> None:
    rows = [use("Mr. Pierce"), use("Mr. Pierce", "d2")]
    result = resolve(rows, (), [SameAnswer(key_of_use("d1", 0), key_of_use("d2", 0), same=False)])
    assert len({who(result, u) for u in rows}) == 2


def test_answers_that_contradict_each_other_become_a_question() -> None:
    rows = [use("Creed"), use("Mr. Moore", "d2"), use("Mr. John Moore", "d3")]
    answers: list[Answer] = [
        FormAnswer(DIARY, "||creed", Who("a")),
        FormAnswer(DIARY, "||creed", Who("b")),
        SameAnswer(key_of_use("d2", 0), key_of_use("d3", 0), same=True),
        SameAnswer(key_of_use("d3", 0), key_of_use("d2", 0), same=False),
    ]
    result = resolve(rows, (), answers)
    assert found(result, rows[0]).state == "ask"
    assert sorted(q.kind for q in result.questions if q.conflict) == ["same", "who"]


def test_blocks_hold_what_they_depend_on() -> None:
    rows = [use("Creed"), use("Ida", "d2")]
    book = [card("1", "Ida Chamberlain", "Ida"), card("2", "John Creed")]
    blocks = plan_blocks(rows, book, [FormAnswer(DIARY, "||creed", Who("x"))])
    assert [p.display for p in blocks["ida"].known] == ["Ida Chamberlain"]
    assert [p.display for p in blocks["creed"].known] == ["John Creed"]
    assert blocks["ida"].answers == ()
    assert len(blocks["creed"].answers) == 1


def test_a_title_that_contradicts_the_card_is_asked_about() -> None:
    rows = [use("Mr. William Pen"), use("Sir William Pen", "d2"), use("Mr. Pen", "d3")]
    book = [card("1", "Sir William Pen", "William Pen", "Pen")]
    result = resolve(rows, book)
    assert who(result, rows[1]) == book[0].ref != who(result, rows[0])
    assert found(result, rows[2]).state == "ask"
    assert len(asked(result, "same")) == 1


def test_an_office_on_its_day_decides_a_titled_surname() -> None:
    names = (parse_name("Edward Ashdown"),)
    book = [
        KnownPerson(
            "a", "Edward Ashdown", names, "", (("Soviet Ambassador in London", "1932-10", "1943-07"),)
        ),
        card("2", "Henry Ashdown"),
    ]
    rows = [
        use("Ambassador Ashdown", "d1", 0, on="1938-03-01"),
        use("Ashdown", "d1", 50, on="1938-03-01"),
        use("Ambassador Ashdown", "d2", 0, on="1944-03-01"),
        use("Ambassador Ashdown", "d3", 0),
    ]
    result = resolve(rows, book)
    assert [found(result, u).state for u in rows] == ["read", "read", "ask", "ask"]
    assert who(result, rows[0]) == who(result, rows[1]) == "a"


def test_a_rank_does_not_prove_a_fuller_name_of_that_rank() -> None:
    rows = [use("Captain H. Cuttance"), use("Captain Cuttance", "d2"), use("Captain Cuttance", "d1", 90)]
    result = resolve(rows)
    assert found(result, rows[1]).state == "ask"
    assert who(result, rows[2]) == who(result, rows[0])


def test_an_office_has_one_holder_of_a_surname() -> None:
    rows = [
        use("Foreign Minister Gromyko"),
        use("Soviet Foreign Minister Gromyko", "d2"),
        use("Minister Gromyko", "d3"),
    ]
    result = resolve(rows)
    assert who(result, rows[0]) == who(result, rows[1]) != who(result, rows[2])


def test_the_owner_is_not_his_own_cousin() -> None:
    owner = KnownPerson(
        json.dumps({"self": True}, separators=(",", ":")), "Samuel Pepys", (parse_name("Samuel Pepys"),)
    )
    rows = [
        NameUse("d1", DIARY, 0, ("kin:cousin",), ("Samuel",), "Pepys", "my cozen Samuel Pepys"),
        NameUse("d2", DIARY, 0, (), ("Samuel",), "Pepys", "Samuel Pepys"),
    ]
    result = resolve(rows, [owner])
    assert who(result, rows[1]) == owner.ref != who(result, rows[0])


def test_somebody_of_another_block_is_no_person_of_this_one() -> None:
    rows = [use("Richard Creed"), use("Tom", "d2"), use("Tom", "p1", 0, PAPERS)]
    answers = [
        FormAnswer(DIARY, form_key(rows[1]), Who(key_of_use("d1", 0))),
        FormAnswer(PAPERS, form_key(rows[2]), Who(key_of_use("d2", 0))),
    ]
    result = resolve(rows, (), answers)
    assert {who(result, u) for u in rows} == {key_of_use("d1", 0)}
    assert result.blocks["tom"].people == ()
