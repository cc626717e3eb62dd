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


def kin_of(text: str) -> list[tuple[str, str]]:
    names = find_names(text)
    both = merge_mentions(names, find_roles(text, names))
    return [(m.span.cut(text), m.of) for m in both if m.head]


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ('Garth said: "My father is ill."', ""),
        ('"My wife left me," said Mr. Garth.', ""),
        ("“My wife left me,” said Mr. Garth, and went.", ""),
        ("‘My wife has left me,’ said Mr. Garth.", ""),
        ("'My wife has left me,' said Mr. Garth.", ""),
        ("„Our uncle is ill“, he said.", ""),
        ('Garth said: "Do you know my father?\nHe is old.', ""),
        ('Garth said: "My brother Tom is ill."', ""),
        ('I said: "My father is ill."', "author"),
        ('"My father is ill," I told him.', "author"),
        ('He said: "No." My father is ill.', "author"),
        ('Garth said: "No\n\nMy father came.', "author"),
        ("Garth didn't see my father at the brothers' house.", "author"),
        ("It measured 5' 10\". My father's was longer.", "author"),
    ],
)
def test_kin_in_the_words_of_others_are_not_the_authors(text, of):
    assert [whose for _, whose in kin_of(text)] == [of]


@pytest.mark.parametrize(
    "text",
    [
        "Dined with Mr. Eden, the French ambassador and Halifax.",
        "Saw Mr. Eden, the Prime Minister and my father.",
        "Saw Mr. Eden, the Prime Minister or Halifax.",
        "Saw Mr. Eden, the Prime Minister, the Chancellor and Halifax.",
    ],
)
def test_items_of_a_list_are_no_appositions(text):
    assert {m.same_as for m in find_roles(text, find_names(text))} == {-1}


@pytest.mark.parametrize(
    "text",
    [
        "Saw Mr. Eden, the Foreign Secretary, and Halifax.",
        "Saw Mr. Eden (the Foreign Secretary) and Halifax.",
        "I met Mr. Eden, Acting Assistant Secretary, there.",
        "I met Mr. Eden, Director of the Trade and Customs Agency, there.",
    ],
)
def test_an_apposition_between_commas_stays_one(text):
    names = find_names(text)
    eden = next(n for n, m in enumerate(names) if m.surname == "Eden")
    assert [m.same_as for m in find_roles(text, names)] == [eden]


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("My secretary came.", "author"),
        ("I saw our ambassador.", "author"),
        ("I saw his secretary.", ""),
        ("I saw your captain.", ""),
        ("I saw Mr. Garth's solicitor.", "mention:0"),
        ("I saw my Lord Chancellor.", ""),
        ("I saw Her Majesty.", ""),
        ('Garth said: "My secretary came."', ""),
    ],
)
def test_an_office_with_a_possessive_says_so(text, of):
    (found,) = find_roles(text, find_names(text))
    assert (found.kind, found.of) == ("office", of)
    assert "possessive" in found.evidence
    assert ("style" in found.evidence) == ("Lord" in text or "Majesty" in text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Visited mother.", ["mother"]),
        ("Mum called.", ["Mum"]),
        ("Dinner with Dad.", ["Dad"]),
        ("Rang mum and dad.", ["mum", "dad"]),
        ("Went to Granny's for tea, and wrote to Grandpa.", ["Granny", "Grandpa"]),
        ("Poor Dad. On Sunday Mother and I walked.", ["Dad", "Mother"]),
        ("Lunch with Tom Hill and mum.", ["mum"]),
        ("- Mum rang\n- 10:00 Dad", ["Mum", "Dad"]),
        ("Father Brown and Mother Teresa prayed.", []),
        ("Mother and child are well. Mother of two. It is my mother tongue.", []),
        ("The Father of the House rose on Mother's Day.", []),
        ("He is a father. Every Mum knows it. With mother nature.", []),
        ("“Hello, Father,” said Tom.", []),
    ],
)
def test_kin_without_a_possessive(text, found):
    names = find_names(text)
    bare = [m for m in find_roles(text, names) if m.evidence == ("bare",)]
    assert [m.span.cut(text) for m in bare] == found
    assert all(m.kind == "kin" and m.of == "author" for m in bare)


def test_a_long_text_without_an_author_has_no_bare_kin():
    text = "The harvest was poor that year. " * 40 + "Mother was ill."
    assert not find_roles(text, find_names(text))
    assert find_roles(f"{text} I wept.", find_names(text))


def test_familiar_words_for_parents_share_a_head():
    text = "Mum called. My mother came. Visited mummy."
    assert {m.head for m in find_roles(text, find_names(text))} == {"mother"}
