"""Encounters in a diary that leaves its "I" out: company that goes on, groups, houses, what only looks so."""

from __future__ import annotations

import pytest
from tests.unit.test_encounters import brief, mentions_of

from legation.facts.candidates import Context, MentionCandidate
from legation.facts.span import Span
from legation.facts.when import When
from legation.reading.dates import find_dates
from legation.reading.encounters import find_accounts
from legation.reading.groups import find_groups
from legation.reading.masking import mask_people
from legation.reading.read import read_item


def people_of(text: str) -> list[list[str]]:
    """The people of each account, in order."""
    return [people for _, _, people, _ in brief(text)]


def forms_of(text: str) -> list[str]:
    """The form of each account."""
    return [form for _, form, _, _ in brief(text)]


@pytest.mark.parametrize(
    "group",
    ["the two Sir Johns", "both Sir Johns", "Sir Johns both", "the Sir Johns"],
)
def test_groups_have_members(group: str) -> None:
    """Members of a group are those whom the text names elsewhere."""
    text = f"Sir J. Carter came to me. At noon dined with {group} at home. Sir J. Milton slept there."
    mentions = mentions_of(text)
    ((start, end, members),) = find_groups(text, mentions)
    assert text[start:end].endswith(group[-8:])
    assert [mentions[i].span.cut(text) for i in members] == ["Sir J. Carter", "Sir J. Milton"]
    assert people_of(text)[1] == ["Sir J. Carter", "Sir J. Milton"]


def test_groups_that_do_not_fit() -> None:
    """More people than the group says, or nobody, is no group."""
    text = "Sir J. Carter, Sir J. Milton and Sir J. Wood came. With the two Sir Johns to church."
    assert not list(find_groups(text, mentions_of(text)))
    assert not list(find_groups("With the two Sir Johns to church.", ()))


@pytest.mark.parametrize(
    ("text", "people"),
    [
        # Who is left is there no more, who came in is.
        ("I took Mr. Hill and Mr. Wood to the park. Leaving Mr. Hill, we by our own coach home.",
         [["Mr. Hill", "Mr. Wood"], ["Mr. Wood"]]),
        ("Mr. Hill and I sat talking, and with him was Mr. Wood, so we dined well.",
         [["Mr. Hill", "Mr. Wood"]]),
        # Whoever set out with the author is there where he arrives.
        ("With Mr. Hill by coach to the tavern, where I met Mr. Wood.",
         [["Mr. Hill"], ["Mr. Hill", "Mr. Wood"]]),
        ("Mr. Hill and I to Mr. Wood's to dinner.", [["Mr. Hill", "Mr. Wood"]]),
        # "Them" are not the company last told of where strangers stand nearer.
        ("Dined with Lady Carter. Took two young gentlemen and carried them and Mr. Hill to the theatre.",
         [["Lady Carter"], ["Mr. Hill"]]),
        # Lists on both sides of the author.
        ("In the evening Mr. Hill and I, and Mr. Wood, went out walking.", [["Mr. Hill", "Mr. Wood"]]),
        ("I went and Mr. Hill to see Mr. Wood.", [["Mr. Hill", "Mr. Wood"]]),
        # The owner of the house that was gone to, and who was with him.
        ("Took leave of Mr. Hill. I rode to Mr. Wood's, where I was with him for an hour.",
         [["Mr. Hill"], ["Mr. Wood"]]),
        ("To Mr. Wood's, and there did read the papers over with him and Mr. Hill.",
         [["Mr. Hill", "Mr. Wood"]]),
        ("After dinner I to Mr. Wood's, and there had much kindness from him and my wife.",
         [["Mr. Wood", "my wife"]]),
        # "And so home" is the author's doing.
        ("To church, where Mr. Wood preached well, and so home and dined with my father.",
         [["my father"]]),
        # Somebody else may bring people together.
        ("At night Mr. Hill brought home my wife by coach.", [["Mr. Hill", "my wife"]]),
        ("Met Mr. Hill. To whom I did give many thanks.", [["Mr. Hill"]]),
        ("Of Mr. Hill I bought a book. To the Exchange and bought gloves of Mr. Wood.", [["Mr. Wood"]]),
        ("At noon made a bargain with Mr. Hill.", [["Mr. Hill"]]),
        ("Our company was Mr. Hill and Mr. Wood.", [["Mr. Hill", "Mr. Wood"]]),
        ("Spent the day sometimes with Mr. Hill, sometimes with Mr. Wood.", [["Mr. Hill", "Mr. Wood"]]),
    ],
)  # fmt: skip
def test_company(text: str, people: list[list[str]]) -> None:
    """Exactly those who were together."""
    assert [sorted(p) for p in people_of(text)] == [sorted(p) for p in people]


@pytest.mark.parametrize(
    "text",
    [
        "My Lady was abroad. Sent my boy to Mr. Hill for news.",
        "It being too soon to go to Mr. Hill, I walked about.",
        "In the garden I found Mr. Hill to be a false man.",
        "A gentleman came this morning to Mr. Hill for a letter.",
        "Much troubled that a servant was at dinner with Mr. Hill.",
        "Mr. Hill come to see me: I busy, saw him not.",
        "I did fall out with my wife, but I resolve to go with her no more.",
        "Mr. Hill, whom I find a wise man, is sick.",
        "The news is bad. He is called by us Mr. Hill.",
        "Wrote letters, one that I bought last week of Mr. Hill.",
    ],
)
def test_what_only_looks_so(text: str) -> None:
    """Errands, opinions and failures are no meetings of the author's."""
    assert [row for row in brief(text) if row[0] == "held" and row[3] and row[2] != ["my wife"]] == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("I desired Mr. Hill to go forth with me.", "planned"),
        ("Sat long in hopes to have Mr. Hill dine with me.", "planned"),
        ("There came Mr. Hill to dine with me.", "held"),
        ("Home to supper, and talk with Mr. Hill.", "held"),
        ("Met with Mr. Hill, and had a promise of him of a place at his house to-morrow.", "held"),
        ("Took care to send my things to the country on Monday next, and so to White Hall to Mr. Hill.", "held"),
    ],
)  # fmt: skip
def test_status_of_each(text: str, status: str) -> None:
    """What was only wished is planned; a day named for something else changes nothing."""
    assert {row[0] for row in brief(text)} == {status}


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Thence home with Mr. Hill, and there pleased with the play.", "journey"),
        ("So back with Mr. Hill.", "journey"),
        ("Home with Mr. Hill to dinner.", "dinner"),
        ("At the office all the morning with Mr. Hill.", "meeting"),
        ("Met Mr. Hill and Mr. Wood at the office at ten.", "meeting"),
        ("Spoke to Mr. Hill again on the phone after lunch.", "telephone"),
        ("Mr. Hill and I into Gray's Inn walks.", "walk"),
        ("Met Mr. Hill at the Coffee-house.", "tavern"),
        ("With my wife to the Duke's house, and saw a merry play.", "theatre"),
        ("Went down the river with Mr. Hill.", "journey"),
    ],
)
def test_forms(text: str, form: str) -> None:
    """Going home is a journey, two at an office hold no session."""
    assert forms_of(text) == [form]


def test_her_maids_are_not_she() -> None:
    """A possessive is nobody who is met."""
    text = "Dined with Lady Carter. Afterwards walked with her maids of honour. Then drank with her at home."
    assert all(people == ["Lady Carter"] for people in people_of(text))
    assert len(people_of(text)) == 2


def test_leave_is_of_company_known() -> None:
    """Taking leave of those who were met is no other meeting."""
    text = "Dined with Lord Carter. Afterwards by coach to the hill and back again, and took leave of Lord Carter."
    assert len(people_of(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Up, and by water to White Hall, and did business there.",
        "Walked with Mr. Hill to Chelsea and so to the Swan, and to bed.",
        "Rose early and with Mr. Hill to the office.",
        "By water to the Harp and Ball, where I met Mr. Hill.",
        "Met Lady Carter with her Maids in the park, and Mr. Hill.",
    ],
)
def test_places_are_nobody(text: str) -> None:
    """What is gone to is a place, and a verb at the head of a line is nobody's name."""
    reading = read_item(text, Context(path="1661-05-12.md", kind="entry"))
    for account in reading.accounts:
        named = {reading.mentions[i].span.cut(text) for i in account.participants}
        assert named <= {"Mr. Hill", "Lady Carter"}


def test_a_name_of_low_score_is_masked_out() -> None:
    """Only a name that does something, or a family, stays in spite of its score."""
    text = "Found all well. Dinner with the Hills."
    found = MentionCandidate(Span(0, 5), "name", surname="Found", evidence=("bare",), score=0.05)
    hills = MentionCandidate(Span(32, 37), "name", surname="Hills", evidence=("bare",), score=0.05)
    assert list(mask_people(text, (found, hills)).people.values()) == [1]


def test_people_beyond_a_group_keep_their_places() -> None:
    """The span of an account with a group is that of the words."""
    text = "Sir J. Carter and Sir J. Milton slept. Dined with the two Sir Johns and Mr. Hill."
    mentions = mentions_of(text)
    when = When("1661-05-12")
    (account,) = find_accounts(text, mentions, find_dates(text, when), Context(kind="entry", written_on=when))
    assert account.span.cut(text) == "Dined with the two Sir Johns and Mr. Hill"
    assert len(account.participants) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Dreamt that I met Mr. Hill.",
        "Slept ill. Dreamt that I met Mr. Hill.",
        "I dreamed we dined with Mr. Hill at the Ritz.",
        "Had a strange dream in which I called on Mr. Hill.",
    ],
)
def test_nobody_is_met_in_a_dream(text: str) -> None:
    """What is dreamt is neither held nor planned, also where "Dreamt" is taken for a name."""
    assert brief(text) == []
    assert read_item(text, Context(kind="entry", written_on=When("1939-03-09"))).accounts == ()


def test_we_are_not_those_who_were_telephoned_to() -> None:
    """After a call "we" does not mean the one at the other end."""
    text = "Telephoned Mr. Hill in the evening. We had lunch with Mr. Wood at the club."
    assert people_of(text) == [["Mr. Hill"], ["Mr. Wood"]]


def test_whom_one_did_not_manage_to_see_was_not_met() -> None:
    """A shortened verb at the head of a sentence denies, and is nobody's name."""
    text = "Didn't manage to see Mr. Hill; he was in Paris."
    (account,) = read_item(text, Context(kind="entry", written_on=When("1939-03-09"))).accounts
    assert account.status == "denied"
