"""Encounters in prose, with mentions given."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.facts.candidates import AccountCandidate, Context, MentionCandidate
from legation.facts.span import Span
from legation.facts.when import When
from legation.reading.dates import find_dates
from legation.reading.encounters import find_accounts
from legation.reading.masking import mask_people
from legation.reading.names import find_names
from legation.reading.read import read_item

_NAME = re.compile(
    r"\b(?:(?:Mr|Mrs|Dr)\. [A-Z]\w+|(?:Lord|Lady|Sir [A-Z]\.|Sir) [A-Z]\w+|my wife|my father"
    r"|Maisky|Corbin|Churchill|Halifax|Eden|Zorin|Hudson)"
)


def mentions_of(text: str) -> tuple[MentionCandidate, ...]:
    """Simple mentions for the texts of these tests."""
    return tuple(
        MentionCandidate(Span(m.start(), m.end()), "kin" if m[0].startswith("my") else "name", sure=True)
        for m in _NAME.finditer(text)
    )


def read(
    text: str, *, kind: str = "entry", written: str | None = "1939-03-09"
) -> tuple[AccountCandidate, ...]:
    """Find the accounts of a text."""
    when = When(written) if written else None
    context = Context(kind=kind, written_on=when)  # type: ignore[arg-type]
    return find_accounts(text, mentions_of(text), find_dates(text, when), context)


def brief(text: str, **options: str | None) -> list[tuple[str, str, list[str], bool]]:
    """Status, form, participants and author of each account."""
    mentions = mentions_of(text)
    return [
        (a.status, a.form, [mentions[i].span.cut(text) for i in a.participants], a.author)
        for a in read(text, **options)  # type: ignore[arg-type]
    ]


@pytest.mark.parametrize(
    ("text", "form", "people"),
    [
        ("I lunched with Lord Halifax at the Ritz.", "lunch", ["Lord Halifax"]),
        ("Dined at home with Mr. Hill and my father.", "dinner", ["Mr. Hill", "my father"]),
        ("Mr. Hill dined with me and I was merry.", "dinner", ["Mr. Hill"]),
        ("At noon I met Mr. Hill in the Hall.", "meeting", ["Mr. Hill"]),
        ("Thence by water with Sir W. Batten to my office.", "journey", ["Sir W. Batten"]),
        ("Mr. Hill and I walked in the park, as I like to.", "walk", ["Mr. Hill"]),
        ("My head ached. To Lady Carter, who told me all.", "visit", ["Lady Carter"]),
        ("In the evening came Mr. Hill to see me at my house.", "visit", ["Mr. Hill"]),
        ("I went to see Mr. Hill, who was kind to me.", "visit", ["Mr. Hill"]),
        ("I had a long conversation with Mr. Hill about my plan.", "meeting", ["Mr. Hill"]),
        ("I telephoned Mr. Hill, who was at home.", "telephone", ["Mr. Hill"]),
        ("I took Mr. Hill with me to the theatre.", "theatre", ["Mr. Hill"]),
    ],
)
def test_first_person(text: str, form: str, people: list[str]) -> None:
    """The author took part, said or left out."""
    ((status, found_form, found, author),) = brief(text)
    assert (status, found_form, found, author) == ("held", form, people, True)


def test_status() -> None:
    """Intentions are planned, misses denied, what others tell is reported."""
    assert brief("I am to dine with Mr. Hill to-morrow, I hope.")[0][0] == "planned"
    assert brief("I did not see Mr. Hill, to my regret.")[0][0] == "denied"
    assert brief("I called on Mr. Hill but he was abroad, which vexed me.")[0][0] == "denied"
    text = "I stayed in. Mr. Hill told me that Lord Halifax met Mr. Eden at Geneva."
    assert ("reported", "meeting", ["Lord Halifax", "Mr. Eden"], False) in brief(text)


def test_third_person() -> None:
    """Prose without an author has none."""
    text = "On 3 September 1938, Maisky met with Corbin in London."
    (account,) = read(text, kind="paper", written=None)
    assert not account.author
    assert account.on == When("1938-09-03")
    assert account.score >= 0.75
    text = "During a meeting with Churchill on 3 June 1936, Zorin raised the matter."
    assert brief(text, kind="paper", written=None)[0][2] == ["Churchill", "Zorin"]


def test_one_sitting_and_a_change_of_place() -> None:
    """One sitting is one account; another place is another."""
    text = "I met Mr. Hill in the Hall, and there he told me his mind."
    assert len(read(text)) == 1
    text = "I met Mr. Hill in the Hall. Thence to church, where I sat with Mr. Hill an hour."
    assert len(read(text)) == 2


def test_pronouns_are_marked_inferred() -> None:
    """Whoever is reached by a pronoun is inferred."""
    text = "At noon I met Mr. Hill. In the evening I dined with him at the club."
    first, second = read(text)
    assert not first.inferred
    assert second.inferred == second.participants


def test_talked_about_is_no_participant() -> None:
    """Who is only spoken of did not take part."""
    text = "I dined with Mr. Hill, and we spoke much of Lord Halifax and his friends."
    assert brief(text)[0][2] == ["Mr. Hill"]


def test_quotations_are_somebody_elses() -> None:
    """What is met within a quotation is not the author's."""
    text = "Corbin wrote: “I met Churchill and I dined with Eden.” Nothing more."
    assert brief(text, kind="paper") == []


def test_dates_and_places() -> None:
    """Day and place come from the words, the day else from the entry."""
    (account,) = read("I lunched with Mr. Hill yesterday at the Ritz, as I do.")
    assert account.on == When("1939-03-08")
    assert account.place is not None
    (account,) = read("I lunched with Mr. Hill at the Ritz, as I do.")
    assert account.on == When("1939-03-09")


def test_mask_leads_back() -> None:
    """Every position of the mask leads back to its own words."""
    text = 'To Mr. Hill (he was late) with "a\nquote" and Lord Halifax\ue000 too.'
    mentions = mentions_of(text)
    mask = mask_people(text, mentions)
    for at, index in mask.people.items():
        assert mask.origin(at) == mentions[index].span.start
        assert mask.end_of(at) == mentions[index].span.end
    assert mask.end_of(len(mask.text) - 1) == len(text)


_PIECES = st.sampled_from(
    "I met Mr. Hill with and to , . ; dined Lord Halifax 's he him we they them my wife came told me "
    '( ) “ ” " \n\n yesterday where if not Thence by water Sir W. Batten between talk his'.split(" ")
)


@given(st.lists(_PIECES, max_size=40).map(" ".join) | st.text())
def test_any_text(text: str) -> None:
    """Whatever the text: no exception; spans inside it; indexes of mentions; two people at least."""
    mentions = mentions_of(text)
    for kind in ("entry", "paper"):
        for account in read(text, kind=kind):
            assert account.span.end <= len(text)
            assert all(0 <= i < len(mentions) for i in account.participants)
            assert len(account.participants) + account.author >= 2
            assert set(account.inferred) <= set(account.participants)
            assert account.place is None or account.place.end <= len(text)
            assert 0 < account.score < 1


@pytest.mark.parametrize(
    "piece",
    ["Mr. Hill and ", "I met ", "with him, ", "Mr. Hill, ", "( ", "“a ", "walked and ", "x", " to"],
)
def test_long_lines(piece: str) -> None:
    """A line of 100,000 characters takes no more than its length."""
    started = time.process_time()
    read(piece * (100_000 // len(piece)))
    assert time.process_time() - started < 4


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("- Lunch with [[Anna Kowalczyk]] at the Cirio", ["the Cirio"]),
        ("Lunch with [[Anna Kowalczyk]] at the canteen.", ["the canteen"]),
        ("Lunch with Anna Kowalczyk at the weekend.", [""]),
        ("---\nplace: Brussels\n---\nDined with Eden. Met Halifax at the Savoy.", ["Brussels", "the Savoy"]),
        ("---\nplace: Brussels\n---\nDined with Eden yesterday. Halifax telephoned me.", ["", ""]),
    ],
)
def test_places(text: str, places: list[str]) -> None:
    reading = read_item(text, Context(path="1937-05-12.md"))
    assert [a.place.cut(text) if a.place else "" for a in reading.accounts] == places


def test_a_history_of_unknown_kind_has_no_author_who_takes_part():
    text = (
        "The committee met often that year. After meeting Brandt the minister left for the coast. "
        "It was a dull summer, and the papers had little to say of it. "
    ) * 4
    names = find_names(text)
    accounts = find_accounts(text, names, (), Context(kind="note"))
    assert not [a for a in accounts if a.author]


def test_what_did_not_come_to_pass_is_planned() -> None:
    """Perfect infinitives, possibilities and errands that were too soon tell of no meeting held."""
    assert brief("I went to church, thinking to have met Mr. Hill there.")[0][0] == "planned"
    text = "Corbin explored the possibility of meeting Churchill outside London."
    assert brief(text, kind="paper", written=None)[0][0] == "planned"
    assert all(
        found[0] == "planned" for found in brief("It being too soon to go to Lady Carter, I sat at home.")
    )


def test_diaries_leave_the_verb_of_going_out() -> None:
    """ "To see" without a verb before it was done; after an intention it was not."""
    assert brief("Up, and to see Lady Carter, who is ill.")[0][0] == "held"
    assert brief("I resolved to meet Lady Carter, who is ill.")[0][0] == "planned"


def test_a_day_of_another_matter() -> None:
    """A day told of somebody in a clause of his own does not date the meeting."""
    (account,) = read("To Lady Carter, who came to town yesterday, and I was merry.")
    assert account.on == When("1939-03-09")


def test_company_goes_on() -> None:
    """Whoever sets out with the author is there where both arrive."""
    found = brief(
        "Up and with my wife to church. So home and with my wife to see Mr. Hill, and thence to Lady Carter."
    )
    assert (["my wife", "Lady Carter"]) in [sorted(people, reverse=True) for _, _, people, _ in found]


def test_nobody_is_in_two_clauses() -> None:
    """After "met P, and he" something new begins, and an absent one is no company."""
    assert brief("I met Mr. Hill, and he was merry; Lord Halifax was far away.")[0][2] == ["Mr. Hill"]
    found = brief("I dined with Mr. Hill, and Lord Halifax being gone out we sat late.")
    assert found[0][2] == ["Mr. Hill"]


def test_telegrams_and_histories() -> None:
    """Talks that are told of by their nouns, lists with their papers, and whom somebody would see."""
    text = "The Halifax–Corbin meeting in Paris on 3 May 1938 produced little."
    assert brief(text, kind="paper", written=None)[0][2] == ["Halifax", "Corbin"]
    text = "Zorin reported that he had written. The next day he heard that Churchill would see him at Paris."
    assert ("planned", "meeting", ["Zorin", "Churchill"], False) in brief(text, kind="paper", written=None)
    text = "Eden was in the bar with Corbin of the London Herald, Hudson of the Echo, and Zorin."
    assert brief(text, kind="paper", written=None)[0][2] == ["Eden", "Corbin", "Hudson", "Zorin"]
    text = "I cabled at once. I saw Zorin for an hour yesterday. Later I sat next to Eden at lunch."
    assert [people for _, _, people, _ in brief(text, kind="paper")] == [["Zorin"], ["Eden"]]


def test_what_is_hardly_a_meeting_is_no_account() -> None:
    """Below the floor nothing is asked."""
    assert all(a.score >= 0.5 for a in read("I told him so. Mr. Hill told me that it was late."))
