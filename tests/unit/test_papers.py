"""Headers of papers, in the layouts that archives print."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.facts.candidates import Context, Reading
from legation.facts.when import When
from legation.people.heads import list_terms
from legation.people.offices import (
    derive_offices,
    office_evidence,
    resolve_in_paper,
    resolve_office,
    view_paper,
)
from legation.people.register import Register, promote
from legation.people.seats import country_of_place
from legation.reading.papers import looks_like_paper
from legation.reading.participants import read_line
from legation.reading.read import read_item


def people(text: str, reading: Reading) -> list[tuple[str, str, str]]:
    assert reading.header is not None
    rows = reading.header.people
    return [(r.role, r.side, reading.mentions[r.mention].span.cut(text)) for r in rows]


def listed(line: str) -> list[str]:
    _, found = read_line(line, 0, len(line))
    return [line[p.start : p.end] for p in found]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Mr. Brown—EUR", ["Mr. Brown"]),
        ("S/B—Mr. Brown", ["Mr. Brown"]),
        ("William Green, Acting Assistant Secretary for European Affairs", ["William Green"]),
        (
            "The President, the Vice President, Mr. Brown",
            ["The President", "the Vice President", "Mr. Brown"],
        ),
        ("Senators Brown, Green (Ohio) and White", ["Brown", "Green", "White"]),
        ("Messrs. Brown and Green", ["Brown", "Green"]),
        ("US: The Secretary", ["The Secretary"]),
        (
            "United States Under Secretary of State George W. Brown",
            ["Under Secretary of State George W. Brown"],
        ),
        (
            "Under Secretary for Political Affairs Brown",
            ["Under Secretary for Political Affairs Brown"],
        ),
        ("Mr. Brown, Counselor, Sov. Emb.", ["Mr. Brown"]),
        (
            "Secretary Brown; Mr. Green; General White",
            ["Secretary Brown", "Mr. Green", "General White"],
        ),
        ("Ambassador and Mrs. Brown", ["Brown", "Mrs. Brown"]),
        ("M. de Brun, chargé d’affaires", ["M. de Brun"]),
        ("Brown, Green, White", ["Brown", "Green", "White"]),
        ("1. Mr. Brown (interpreter)", ["Mr. Brown"]),
        ("Mr. Brown opened the meeting with a question.", []),
        ("The President said he wanted to express his thanks.", []),
        ("Reappraisal in Moscow", []),
        ("US/MC/6", []),
        ("Trade", []),
    ],
)
def test_lines(line: str, wanted: list[str]) -> None:
    assert listed(line) == wanted


MEMO = """12. Memorandum of Conversation

Vienna, May 14, 1955, 3:30 p.m.

SUBJECT

Luncheon for the Ministers1

PARTICIPANTS

US The Secretary

Mr. Brown—EUR2

USSR Foreign Minister Molotov

Mr. Ivanov, Interpreter

The Secretary said that he was pleased.
"""


def test_memorandum() -> None:
    reading = read_item(MEMO, Context(path="d12.txt"))
    header = reading.header
    assert reading.kind == "paper"
    assert header is not None
    assert reading.written_on == When("1955-05-14")
    assert header.place is not None
    assert header.place.cut(MEMO) == "Vienna"
    assert header.subject is not None
    assert header.subject.cut(MEMO) == "Luncheon for the Ministers"
    assert people(MEMO, reading) == [
        ("participant", "US", "The Secretary"),
        ("participant", "US", "Mr. Brown"),
        ("participant", "USSR", "Foreign Minister Molotov"),
        ("participant", "USSR", "Mr. Ivanov"),
    ]
    account = reading.accounts[0]
    assert (account.rule, account.form, len(account.participants)) == ("header", "lunch", 4)


def test_labels_with_crlf_and_columns() -> None:
    text = (
        "Record of a Meeting at the Foreign Office, Wednesday, 14 May 1947, 3.30 p.m.\r\n\r\nPresent:\r\n"
        "UNITED KINGDOM                 UNITED STATES\r\nMr. Brown                      Mr. White\r\n\r\n"
        "MR. BROWN said that he was glad.\r\n"
    )
    reading = read_item(text, Context())
    assert reading.written_on == When("1947-05-14")
    assert people(text, reading) == [
        ("participant", "UNITED KINGDOM", "Mr. Brown"),
        ("participant", "UNITED STATES", "Mr. White"),
    ]


def test_list_at_the_end() -> None:
    text = (
        "Memorandum of Conversation\n\nLondon, 8 March 1939\n\nPARTICIPANTS\n\n(See attached list)\n\n"
        "They spoke of trade for a long time.\n\nLIST OF PARTICIPANTS\n\nMr. Brown\n\nMr. White\n"
    )
    reading = read_item(text, Context())
    assert [p[2] for p in people(text, reading)] == ["Mr. Brown", "Mr. White"]
    assert not reading.problems


def test_list_in_another_paper() -> None:
    text = (
        "Memorandum of Conversation\n\nLondon, 8 March 1939\n\nPARTICIPANTS\n\nListed on Page 5\n\n"
        "They spoke of trade for a long time.\n\n[Here follows the same list of participants as in Document 4.]\n"
    )
    reading = read_item(text, Context())
    assert [p.code for p in reading.problems] == ["participants-elsewhere"]
    assert reading.header is not None
    assert reading.header.elsewhere is not None
    assert reading.header.elsewhere.cut(text).startswith("[Here follows")


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        (
            "Memorandum From the Assistant Secretary of State for Public Affairs (Brown) to the President’s Press Secretary (White)",
            [("from", "Brown"), ("to", "White")],
        ),
        (
            "Record of Telephone Conversation Between President-elect Brown and Adam White",
            [("participant", "President-elect Brown"), ("participant", "Adam White")],
        ),
        (
            "Memorandum of Conversation Between Secretary of State Brown and the Soviet Ambassador (White)",
            [("participant", "Secretary of State Brown"), ("participant", "White")],
        ),
        (
            "Letter From Secretary of State Brown to Foreign Minister White",
            [("from", "Secretary of State Brown"), ("to", "Foreign Minister White")],
        ),
        ("Telegram From the Embassy in France to the Department of State", []),
    ],
)
def test_titles(title: str, wanted: list[tuple[str, str]]) -> None:
    text = f"{title}\n\nWashington, June 3, 1954, noon.\n\nHe had told me that it would be so.\n"
    reading = read_item(text, Context())
    assert [(role, name) for role, _, name in people(text, reading)] == wanted
    if "Telephone" in title:
        assert reading.accounts[0].form == "telephone"


def test_letter() -> None:
    text = "London, 8 March 1939\n\nMy dear Ambassador,\n\nI was most grateful for your letter.\n\nYours sincerely,\n\nR. A. Brown\n"
    reading = read_item(text, Context())
    assert reading.kind == "paper"
    assert reading.author == "R. A. Brown"
    assert ("to", "", "Ambassador") in people(text, reading)


@pytest.mark.parametrize(
    "text",
    [
        "Letter from Mother arrived today. We dined with the Browns and walked home.\n",
        "Dear diary, today I went to London.\n",
        "8 March 1939. Brown to lunch at the Embassy. We spoke of trade.\n",
        "Notes of a conversation I overheard in the tram, which I must set down.\n",
        "",
    ],
)
def test_not_papers(text: str) -> None:
    assert not looks_like_paper(text)


def test_offices() -> None:
    assert resolve_office("president", When("1963-11-26"), side="US").name == "Lyndon B. Johnson"  # type: ignore[union-attr]
    assert resolve_office("president", When("1963-11-22"), side="US") is None
    assert resolve_office("president", When("1963-11-26")) is None
    assert resolve_office("prime minister", When("1939-03-08"), side="British").name == "Neville Chamberlain"  # type: ignore[union-attr]
    assert resolve_office("soviet foreign minister", When("1939-05-04")).name == "Vyacheslav Molotov"  # type: ignore[union-attr]
    assert resolve_office("ambassador", When("1939-05-04"), side="US") is None
    text = "Memorandum of Conversation\n\nWashington, June 3, 1954\n\nPARTICIPANTS: Secretary Dulles; Robert Brown, Assistant Secretary for European Affairs\n\nHe said that it was so.\n"
    evidence = derive_offices([office_evidence(read_item(text, Context()))])
    assert resolve_office("secretary", When("1954-07-01"), evidence).name == "John Foster Dulles"  # type: ignore[union-attr]
    brown = resolve_office("assistant secretary for european affairs", When("1954-07-01"), evidence)
    assert brown is not None
    assert (brown.name, brown.ground) == ("Robert Brown", "papers")


def test_listed_offices_are_held() -> None:
    text = (
        "Memorandum of Conversation\n\nWashington, September 17, 1953\n\nPARTICIPANTS\n\nThe President\n\n"
        "Adam Brown, American Ambassador to the Soviet Union\n\nUSSR The Chairman\n\nI met him for an hour.\n"
    )
    reading = read_item(text, Context(path="d1.txt"))
    held = promote(reading, Register())
    assert reading.header is not None
    assert [held[row.mention] for row in reading.header.people] == [True, True, True]
    assert all(h for m, h in zip(reading.mentions, held, strict=True) if m.same_as >= 0)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "Germany - Ambassador Brown; Dr. Karl White, State Secretary",
            [("Germany", "Ambassador Brown"), ("Germany", "Dr. Karl White")],
        ),
        (
            "Soviet Union — Mr. Brown, Mr. White",
            [("Soviet Union", "Mr. Brown"), ("Soviet Union", "Mr. White")],
        ),
        (
            "US - The Secretary; Mr. Brown; France - M. Blanc",
            [("US", "The Secretary"), ("US", "Mr. Brown"), ("France", "M. Blanc")],
        ),
        ("U.S.: Mr. Brown; U.K.: Mr. White", [("U.S.", "Mr. Brown"), ("U.K.", "Mr. White")]),
    ],
)
def test_sides_on_the_line(line: str, wanted: list[tuple[str, str]]) -> None:
    for lead in ("Participants:  ", "PARTICIPANTS\n\n"):
        text = (
            f"Memorandum of Conversation\n\nBonn, June 3, 1954\n\n{lead}{line}\n\nHe said that it was so.\n"
        )
        found = people(text, read_item(text, Context()))
        assert [(side, name) for _, side, name in found] == wanted


PARIS = (
    "Memorandum of Conversation\n\nParis, May 2, 1962\n\nPARTICIPANTS: President de Gaulle; Ambassador Brown\n\n"
    "The President said that France would not agree. He was firm.\n"
)


def test_whose_president() -> None:
    paris = office_evidence(read_item(PARIS, Context()))
    volume = derive_offices([paris])
    later = When("1963-11-26")

    def name(**more: Any) -> str:
        found = resolve_office("president", more.pop("on", later), more.pop("offices", volume), **more)
        return found.name if found else ""

    # One paper from Paris says nothing of another; Washington's list is its own.
    assert name() == ""
    assert name(place="Vienna") == ""
    assert name(place="Moscow", here=paris) == ""
    assert name(place="Washington", listed=True) == "Lyndon B. Johnson"
    assert name(place="The White House", listed=True, here=paris) == "Lyndon B. Johnson"
    assert name(place="Washington", here=paris) == ""
    # In Paris the paper's own words and place agree, but a list may print a visitor beside him.
    assert name(place="Elysée Palace, Paris", here=paris, on=When("1962-05-02")) == "Charles de Gaulle"
    assert name(place="Paris", here=paris, on=When("1962-05-02"), listed=True) == ""
    # Several days of a volume that agree decide, as far as nothing in the paper speaks against it.
    text = PARIS.replace("President de Gaulle", "President Kennedy").replace("Paris", "Vienna")
    days = [text.replace("May 2", f"May {day}") for day in (3, 4, 5)]
    many = derive_offices([office_evidence(read_item(day, Context())) for day in days])
    on = When("1962-06-01")
    assert name(offices=many, on=on) == "John F. Kennedy"
    assert name(offices=many, on=on, place="Vienna", here=paris) == ""
    assert name(offices=many, on=on, place="Paris") == ""
    assert name(offices=many, on=on, place="Moscow") == "John F. Kennedy"


def test_prose_means_whom_the_list_means() -> None:
    text = PARIS.replace("President de Gaulle", "US: The President").replace("Paris", "Vienna")
    reading = read_item(text, Context())
    paper = view_paper(reading, text)
    offices = [n for n, m in enumerate(reading.mentions) if m.head == "president"]
    found = [resolve_in_paper(n, reading, derive_offices([]), paper) for n in offices]
    assert [f.name if f else "" for f in found] == ["John F. Kennedy", "John F. Kennedy"]


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("Washington", "US"),
        ("The White House, Washington", "US"),
        ("Élysée Palace, Paris", "FR"),
        ("10 Downing Street", "GB"),
        ("American Embassy, Paris", "FR"),
        ("Paris and London", ""),
        ("Aboard ship", ""),
        ("", ""),
    ],
)
def test_country_of_place(place: str, country: str) -> None:
    assert country_of_place(place) == country


def test_terms_are_in_order() -> None:
    for term in list_terms():
        assert term.end is None or term.start < term.end


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [
                *MEMO.split("\n"),
                "PRESENT",
                "TO:",
                "\x00",
                "—",
                "(",
                "[x",
                "x" * 3000,
                ",,,;",
                "US",
                "\u202eMr. X",
            ]
        ),
        max_size=20,
    )
)
def test_any_mixture(lines: list[str]) -> None:
    text = "\n".join(lines)
    reading = read_item(text, Context(path="x.txt"))
    for mention in reading.mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.same_as < len(reading.mentions)
    for row in reading.header.people if reading.header else ():
        assert reading.mentions[row.mention].span.overlaps(row.span)
    for account in reading.accounts:
        assert all(0 <= n < len(reading.mentions) for n in account.participants)
