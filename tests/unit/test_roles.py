import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.reading.names import find_names
from legation.reading.roles import find_roles, merge_mentions
from legation.reading.tokens import PIECE


def roles(text: str) -> list[tuple[str, str]]:
    return [(m.span.cut(text), m.kind) for m in find_roles(text, find_names(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("So home to my wife.", [("my wife", "kin")]),
        ("His eldest brother came.", [("His eldest brother", "kin")]),
        (
            "The Ambassador told the Prime Minister.",
            [("The Ambassador", "office"), ("the Prime Minister", "office")],
        ),
        ("I gave it to the Secretary of State.", [("the Secretary of State", "office")]),
        ("I spoke to my Lord Privy Seal there.", [("my Lord Privy Seal", "office")]),
        ("Thence to the bookseller's.", [("the bookseller", "office")]),
        ("My boy brought it.", [("My boy", "office")]),
        ("Her Majesty was there.", [("Her Majesty", "office")]),
        ("I gave President a letter.", [("President", "office")]),
        ("He asked the French ambassador in.", [("the French ambassador", "office")]),
        ("An ambassador must be patient.", []),
        ("The ministers and his friends left.", []),
        ("We dined at the King's Head.", []),
        ("My brother Tom left.", []),
        ("President Marlow spoke.", []),
        ("The old girl and the young man left.", []),
    ],
)
def test_roles(text, found):
    assert roles(text) == found


def test_whose_kin_and_whose_kin_again():
    text = "Then Mr. Garth's wife came, and my wife's brother."
    names = find_names(text)
    found = find_roles(text, names)
    assert [(m.span.cut(text), m.of) for m in found] == [
        ("Mr. Garth's wife", "mention:0"),
        ("my wife", "author"),
        ("my wife's brother", "mention:2"),
    ]
    merged = merge_mentions(names, found)
    assert [(m.span.cut(text), m.of) for m in merged] == [
        ("Mr. Garth's wife", "mention:1"),
        ("Mr. Garth", ""),
        ("my wife's brother", "mention:3"),
        ("my wife", "author"),
    ]


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("I met Mr. Garth, Acting Assistant Secretary, there.", "Acting Assistant Secretary"),
        ("Mr. Garth his solicitor spoke.", "his solicitor"),
        ("We saw Mr. Garth the watchmaker.", "the watchmaker"),
    ],
)
def test_an_appositive_is_the_same_person(text, office):
    names = find_names(text)
    found = [m for m in find_roles(text, names) if m.span.cut(text) == office]
    assert [m.same_as for m in found] == [0]


def test_pieces_count_as_one_text():
    text = "Mr. Garth's wife came.\n" * (2 * PIECE // 23 + 10)
    names = find_names(text)
    found = find_roles(text, names)
    assert len(names) == len(found)
    both = (*names, *found)
    assert all(both[int(r.of[8:])].span.start == r.span.start for r in found)


@given(
    st.lists(
        st.sampled_from(
            "the The my his Her Lord Chancellor 's ' Secretary of State to Cabinet wife brother Mr. Garth , "
            "( ) King Head Prime Minister boy . \n\n bookseller and Majesty ’s own elder \0".split(" ")
        ),
        max_size=30,
    )
)
def test_indexes_always_point_at_a_mention(words):
    text = " ".join(words).replace(" '", "'").replace(" ’", "’")
    names = find_names(text)
    found = find_roles(text, names)
    count = len(names) + len(found)
    for mention in (*merge_mentions(names, found), *found):
        assert mention.span.end <= len(text)
        assert mention.same_as < count
        if mention.of.startswith("mention:"):
            assert 0 <= int(mention.of[8:]) < count
