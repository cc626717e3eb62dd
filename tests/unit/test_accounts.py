"""Accounts of one document, and how those of one day join into encounters."""

from __future__ import annotations

from itertools import permutations

from legation.facts.candidates import AccountCandidate, Reading
from legation.facts.span import Citation, Span
from legation.facts.when import When
from legation.knowledge.accounts import ASK_BELOW, Account, Taken, Verdict, derive_accounts, join_accounts

TEXT = "Dined with Halifax at the Savoy."
CITE = Citation("i-1", "d", "r", 0, 1, TEXT[0])
WHO = {0: ("m-0", "p-halifax"), 1: ("m-1", "")}


def candidate(**values) -> AccountCandidate:
    made = {
        "span": Span(0, 18),
        "status": "held",
        "form": "dinner",
        "participants": (0,),
        "author": True,
        "on": When("1939-03-09"),
    }
    return AccountCandidate(**{**made, "score": 0.9, **values})


def derive(*candidates, verdicts=None, author="p-me"):
    return derive_accounts(Reading("entry", accounts=candidates), TEXT, CITE, WHO, author, verdicts or {})


def test_an_account_is_the_author_and_another():
    (found,) = derive(candidate(place=Span(26, 31)))
    assert found.citation.quote == TEXT[:18]
    assert (found.place, found.on, found.state) == ("Savoy", "1939-03-09", "read")
    assert found.persons == {"p-me", "p-halifax"}


def test_fewer_than_two_people_are_no_account():
    assert derive(candidate(participants=())) == ()
    assert derive(candidate(), author="p-halifax") == ()
    assert derive(candidate(participants=(7,))) == ()


def test_nobody_known_yet_still_counts_as_somebody():
    (found,) = derive(candidate(participants=(1,)))
    assert found.persons == {"p-me"}
    assert Taken("m-1", "", "said") in found.people


def test_a_weak_one_is_a_question():
    assert derive(candidate(score=ASK_BELOW - 0.01))[0].state == "ask"
    assert derive(candidate(score=ASK_BELOW))[0].state == "read"


def test_of_two_over_one_span_the_surest_stands():
    assert [a.form for a in derive(candidate(), candidate(form="lunch", score=0.95))] == ["lunch"]


def test_verdicts():
    span = (0, 18)
    assert derive(candidate(score=0.1), verdicts={span: Verdict("confirm", {})})[0].state == "sure"
    assert derive(candidate(), verdicts={span: Verdict("reject", {})})[0].state == "rejected"
    (found,) = derive(candidate(), verdicts={span: Verdict("correct", {"form": "walk", "on": "1939-03-08"})})
    assert (found.form, found.on, found.state) == ("walk", "1939-03-08", "sure")


def account(
    name: str, item: str, *people: str, form="dinner", on="1939-03-09", status="held", state="read", score=0.9
):
    cite = Citation(item, "d", "r", 0, 5, "Dined")
    taken = tuple(Taken("", p, "said") for p in people)
    return Account(name, cite, status, form, on, "", -1, "verb", score, state, taken)


def joined(*accounts, judged=None):
    results = {join_accounts(order, judged or {}) for order in permutations(accounts)}
    assert len(results) == 1, "the order of accounts mattered"
    encounters, doubts = results.pop()
    return sorted(sorted(e.accounts) for e in encounters), [(d.first, d.second) for d in doubts]


def test_two_documents_of_one_day_with_two_people_in_common_join():
    assert joined(account("a", "i-1", "p", "q"), account("b", "i-2", "p", "q", "r")) == ([["a", "b"]], [])


def test_what_keeps_accounts_apart():
    first = account("a", "i-1", "p", "q")
    for other in (
        account("b", "i-2", "p", "r"),
        account("b", "i-2", "p", "q", on="1939-03-10"),
        account("b", "i-2", "p", "q", form="walk"),
        account("b", "i-1", "p", "q"),
    ):
        assert joined(first, other)[0] == [["a"], ["b"]]


def test_a_vague_form_fits_any():
    assert joined(account("a", "i-1", "p", "q"), account("b", "i-2", "p", "q", form="meeting"))[0] == [
        ["a", "b"]
    ]


def test_a_month_is_no_day():
    both = [account(n, f"i-{n}", "p", "q", on="1939-03") for n in "ab"]
    assert joined(*both)[0] == [["a"], ["b"]]


def test_plans_questions_and_rejected_ones_are_no_encounters():
    for values in ({"status": "planned"}, {"status": "denied"}, {"state": "ask"}, {"state": "rejected"}):
        assert joined(account("a", "i-1", "p", "q", **values)) == ([], [])


def test_two_candidates_are_a_doubt():
    three = [account("a", "i-1", "p", "q"), account("b", "i-2", "p", "q"), account("c", "i-2", "p", "q")]
    assert joined(*three) == ([["a"], ["b"], ["c"]], [("a", "b"), ("a", "c")])
    assert joined(*three, judged={frozenset("ab"): True}) == ([["a", "b"], ["c"]], [])
    assert joined(*three, judged={frozenset("ab"): False}) == ([["a", "c"], ["b"]], [])


def test_a_chain_does_not_join_two_accounts_of_one_document():
    four = [
        account("a", "i-1", "p", "q"), account("b", "i-2", "p", "q", "r", "s"), account("c", "i-1", "r", "s"),
    ]  # fmt: skip
    groups, _ = joined(*four)
    assert not any({"a", "c"} <= set(g) for g in groups)


def test_the_encounter_takes_the_exact_form_and_all_people():
    accounts = [
        account("a", "i-1", "p", "q", form="meeting"),
        account("b", "i-2", "p", "q", "r", status="reported"),
    ]
    (encounter,), _ = join_accounts(accounts, {})
    assert (encounter.form, encounter.status) == ("dinner", "held")
    assert encounter.people == (("p", 2), ("q", 2), ("r", 1))
