"""Relatives and namesakes: what the words around a name say keeps two people apart."""

from __future__ import annotations

import json

import pytest
from tests.unit.whole_ledger import Resolution, resolve

from legation.facts.candidates import Context
from legation.facts.when import When
from legation.people.identity import FormAnswer, KnownPerson, NameUse, UseAnswer, Who, make_use
from legation.people.naming import parse_name, skeleton
from legation.reading.names import find_names
from legation.reading.read import read_item

DIARY = "diary:ann"


def uses_of(text: str, item: str = "d1") -> list[NameUse]:
    return [make_use(item, DIARY, text, m, "1931-01-02") for m in find_names(text) if m.sure]


def linked_uses(text: str) -> list[NameUse]:
    found = read_item(text, Context(written_on=When("1931-01-02"))).mentions
    return [
        make_use("d1", DIARY, text, m, "1931-01-02", m.span.cut(text) if "linked" in m.evidence else "")
        for m in found
        if m.kind == "name"
    ]


def outcome(result: Resolution) -> list[tuple[str, str]]:
    rows = sorted((a.start, a.state, a.person) for b in result.blocks.values() for a in b.assignments)
    return [(state, person) for _, state, person in rows]


def card(uid: str, *names: str) -> KnownPerson:
    return KnownPerson(json.dumps({"card": uid}), names[0], tuple(parse_name(n) for n in names))


@pytest.mark.parametrize(
    ("text", "place", "codes"),
    [
        ("Saw Mr. Lee the banker.", 0, {"apposed", "restricted"}),
        ("Saw Mr. Lee, the banker, again.", 0, {"apposed"}),
        ("Saw Mr. Lee of Hove again.", 0, {"apposed"}),
        ("Saw Mr. Lee (no relation) again.", 0, {"another"}),
        ("Saw another Mr. Lee again.", 0, {"another"}),
        ("Saw old Mr. Lee again.", 0, {"apposed"}),
        ("Saw the elder Dr. Lee again.", 0, {"elder"}),
        ("Saw Dr. Lee the younger again.", 0, {"younger"}),
        ("Her brother-in-law, Mr. Lee, came.", 0, {"kin_before"}),
        ("A friend of hers, Mr. Lee, came.", 0, {"apposed"}),
        ("Ann and John Lee came.", 1, {"shared_surname"}),
        ("Met John Lee, William Lee and W. Lee.", 2, {"listed:1"}),
        ("In a letter to his sister in May, Mr. Lee complained.", 0, set()),
        ("I told Mr. Lee the truth.", 0, set()),
        ("Mr. Lee, Senior Adviser, spoke.", 0, set()),
        ("Met John Lee and Mary Kay.", 1, set()),
    ],
)
def test_words_around_a_name_tell_its_bearer_apart(text: str, place: int, codes: set[str]) -> None:
    known = {"another", "apposed", "restricted", "elder", "younger", "kin_before", "shared_surname"}
    found = [m for m in find_names(text) if m.sure][place].evidence
    assert {c for c in found if c in known or c.startswith("listed:")} == codes


@pytest.mark.parametrize(
    "text",
    [
        "Met Harold Nicolson. Mr. Nicolson the banker, no relation, joined us.",
        "Met Harold Nicolson. Mr. Nicolson, the banker, joined us.",
        "Met Harold Nicolson. Another Mr. Nicolson joined us.",
        "Met Harold Nicolson. Old Nicolson the banker joined us.",
        "Winston and Randolph Churchill dined with me. Mr. Churchill left early.",
        "Keir Starmer spoke. Keir Starmer's cousin, Mr. Starmer of Hove, came too.",
        "Mr. Dalton dined. Another Mr. Dalton came.",
        "Mr. Dalton dined. His brother, Mr. Dalton, came.",
        "Mr. Dalton the banker dined. Mr. Dalton the baker came.",
    ],
)
def test_a_name_that_is_told_apart_is_asked_about(text: str) -> None:
    rows = outcome(resolve(uses_of(text)))
    assert rows[-1][0] == "ask"
    assert rows[-1][1] not in {person for _, person in rows[:-1]}


def test_names_introduced_later_do_not_decide_earlier_uses() -> None:
    rows = outcome(resolve(uses_of("Phoned Mrs. Dalton. Mr. Dalton answered. Hugh Dalton was out.")))
    assert [state for state, _ in rows] == ["read", "ask", "read"]
    rows = outcome(resolve(uses_of("Phoned Hugh Dalton. Mr. Dalton was out.")))
    assert rows[0] == rows[1]


def test_namesakes_in_one_list_are_different_people() -> None:
    result = resolve(uses_of("Met John Turner, William Turner and W. Turner."))
    assert len({person for _, person in outcome(result)}) == 3
    prompts = [q.prompt for q in result.questions]
    assert not any("W. Turner" in p for p in prompts)


def test_the_elder_and_the_younger_are_two() -> None:
    result = resolve(uses_of("Saw the younger Dr. Lee and the elder Dr. Lee at the clinic."))
    assert len({person for _, person in outcome(result)}) == 2


def test_a_name_set_aside_is_settled_by_an_answer() -> None:
    uses = uses_of("Mr. Dalton dined. Another Mr. Dalton came.")
    told = UseAnswer("d1", uses[1].start, Who(new="Tom Dalton"))
    assert [s for s, _ in outcome(resolve(uses, (), [told]))] == ["read", "sure"]
    both = FormAnswer(DIARY, "mr||dalton", Who(new="Tom Dalton"))
    rows = outcome(resolve(uses, (), [both]))
    assert rows[0] == rows[1]


def test_a_handle_of_one_given_name_is_asked_about_and_offers_the_card() -> None:
    uses = linked_uses("Lunch with @tom today.\n")
    result = resolve(uses, [card("1", "Tom Okafor")])
    assert outcome(result)[0][0] == "ask"
    assert "Tom Okafor" in [label for label, _ in result.questions[0].options]


@pytest.mark.parametrize(
    ("text", "book", "state"),
    [
        ("Lunch with @halifax today.", [("1", "Edward Wood", "Halifax")], "sure"),
        ("Lunch with @halifax today.", [("1", "Edward Wood", "Halifax"), ("2", "Ann", "Halifax")], "ask"),
        ("Lunch with @halifax today.", [], "ask"),
        ("Lunch with @okafor today.", [("1", "Tom Okafor")], "ask"),
        ("Lunch with [[Tom]] today.", [], "ask"),
        ("Lunch with [[Tom Okafor]] today.", [("1", "Tom Okafor")], "sure"),
        ("Lunch with [[Tom Okafor]] today.", [], "read"),
    ],
)
def test_a_lone_word_that_is_linked_names_its_only_bearer(
    text: str, book: list[tuple[str, ...]], state: str
) -> None:
    result = resolve(linked_uses(text + "\n"), [card(*row) for row in book])
    assert [s for s, _ in outcome(result)] == [state]


def test_one_of_two_surnames_is_asked_about() -> None:
    uses = uses_of("Dr. Maria Garcia Lopez came. Maria García left.")
    result = resolve(uses)
    assert len({person for _, person in outcome(result)}) == 2
    (question,) = [q for q in result.questions if q.kind == "same"]
    assert "Garcia Lopez" in question.prompt
    assert "Maria García" in question.prompt
    both = outcome(resolve(uses_of("Dr. Maria Garcia Lopez came. García Lopez left.")))
    assert both[0] == both[1]


def test_only_iberian_surnames_are_taken_for_two() -> None:
    assert skeleton("garcia lopez") == skeleton("garcia")
    assert skeleton("lloyd george") != skeleton("lloyd")
    assert parse_name("Ann Sackville West").surname == "west"
    assert parse_name("María García López").surname == "garcia lopez"
