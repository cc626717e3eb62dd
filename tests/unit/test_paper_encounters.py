"""How papers tell of meetings: with whom, when, once each, and what is no meeting."""

from __future__ import annotations

import pytest

from legation.facts.candidates import AccountCandidate, Context, Reading
from legation.facts.when import When
from legation.reading.encounters import FLOOR
from legation.reading.read import read_item

TELEGRAM = (
    "Telegram From the Embassy in Belgium to the Foreign Office\n\nBrussels, March 10, 1938, 6 p.m.\n\n"
)
NOTE = "12. Editorial Note\n\n"


def read(text: str, *, head: str = NOTE) -> tuple[Reading, str]:
    """Read a paper; returns its reading and whole text."""
    whole = head + text
    return read_item(whole, Context(kind="paper")), whole


def told(text: str, *, head: str = NOTE) -> list[tuple[str, str, set[str], str]]:
    """Return rule, status, last names (and "I") and day of what is told, in order."""
    reading, whole = read(text, head=head)
    return [
        (a.rule, a.status, names(a, reading, whole), a.on.value if a.on else "") for a in reading.accounts
    ]


def names(account: AccountCandidate, reading: Reading, text: str) -> set[str]:
    """Return the last words of what the people of an account are called."""
    people = {reading.mentions[i].span.cut(text).split()[-1] for i in account.participants}
    return people | ({"I"} if account.author else set())


@pytest.mark.parametrize(
    ("text", "people", "day"),
    [
        ("On May 3, 1938, Lord Halifax met with Ambassador Corbin.", {"Halifax", "Corbin"}, "1938-05-03"),
        (
            "In a talk with Ambassador Corbin on May 3, 1938, Lord Halifax said so.",
            {"Halifax", "Corbin"},
            "1938-05-03",
        ),
        (
            "Following his talks with President Benes in Prague, Lord Runciman flew home.",
            {"Benes", "Runciman"},
            "",
        ),
        ("Lord Runciman returned to Paris to brief President Lebrun.", {"Runciman", "Lebrun"}, ""),
        ("Mr. Strang went to Bonn for a similar meeting with Chancellor Braun.", {"Strang", "Braun"}, ""),
        ("Mr. Strang handed Ambassador Corbin a note on May 3, 1938.", {"Strang", "Corbin"}, "1938-05-03"),
        (
            "Ambassador Corbin, accompanied by Mr. Roland, called on Lord Halifax on May 3, 1938.",
            {"Corbin", "Roland", "Halifax"},
            "1938-05-03",
        ),
        (
            "On May 3, 1938, Ambassador Corbin presented his credentials to President Benes.",
            {"Corbin", "Benes"},
            "1938-05-03",
        ),
    ],
)
def test_histories(text: str, people: set[str], day: str) -> None:
    (only,) = told(text)
    assert only[1:] == ("held", people, day)


@pytest.mark.parametrize(
    ("text", "status", "people", "day"),
    [
        ("I saw Mr. Spaak this morning. I told him of our wish.", "held", {"I", "Spaak"}, "1938-03-10"),
        ("I have asked for an appointment to see Mr. Spaak.", "planned", {"I", "Spaak"}, ""),
        ("I have an appointment to see Mr. Spaak on Friday.", "planned", {"I", "Spaak"}, "1938-03-11"),
        ("Mr. Spaak asked to see me today. I agreed.", "held", {"I", "Spaak"}, "1938-03-10"),
        (
            "Following is text of note handed me by Mr. Spaak today. I send it.",
            "held",
            {"I", "Spaak"},
            "1938-03-10",
        ),
    ],
)
def test_telegrams(text: str, status: str, people: set[str], day: str) -> None:
    reading, whole = read(text, head=TELEGRAM)
    found = [a for a in reading.accounts if a.score >= FLOOR]
    assert [(a.status, names(a, reading, whole), a.on.value if a.on else "") for a in found] == [
        (status, people, day)
    ]


def test_a_meeting_told_again_is_one() -> None:
    text = (
        "On May 3, 1938, Lord Halifax met with Ambassador Corbin. Lord Halifax told Ambassador Corbin that he agreed."
        " For text of the memorandum of Halifax’s conversation with Corbin, see Documents, page 4."
    )
    assert [row[0] for row in told(text)] == ["met"]


def test_another_meeting_is_another() -> None:
    text = (
        "On May 3, 1938, Lord Halifax met with Ambassador Corbin. Corbin told Halifax that, after their previous"
        " meeting on April 20, he had written home."
    )
    assert [(row[1], row[3]) for row in told(text)] == [("held", "1938-05-03"), ("reported", "1938-04-20")]


def test_a_conference_is_told_by_its_speakers() -> None:
    text = (
        "At a meeting of the Cabinet on May 3, 1938, Lord Halifax said that he was uneasy. Mr. Eden replied that"
        " time was short, and Sir John Simon asked for a paper. For text, see Documents, page 4. Mr. Butler thought so."
    )
    assert told(text) == [("conference", "held", {"Halifax", "Eden", "Simon"}, "1938-05-03")]


def test_two_meetings_of_one_sentence_stay_apart() -> None:
    text = "On May 3, 1938, Lord Halifax met with Ambassador Corbin, while Mr. Eden and Mr. Roland met in the library."
    assert [row[2] for row in told(text)] == [{"Halifax", "Corbin"}, {"Eden", "Roland"}]


def test_a_meal_is_told_by_what_followed() -> None:
    text = "On May 3, 1938, following lunch at the embassy, Lord Halifax and Mr. Corbin met again."
    text = text.replace("following", "they spoke little. Following")
    reading, whole = read(text)
    found = {(a.form, frozenset(names(a, reading, whole))) for a in reading.accounts}
    assert ("lunch", frozenset({"Halifax", "Corbin"})) in found


@pytest.mark.parametrize(
    "text",
    [
        "Lord Halifax instructed Ambassador Phipps to wait.",
        "In a letter of May 3, 1938, Lord Halifax told Ambassador Corbin that he agreed.",
        "In memorandum No. 12, May 3, 1938, Lord Halifax informed Mr. Eden of the decision.",
        "Lord Halifax said that he had never had the fortune of meeting Mr. Corbin.",
        "No officer was present at meetings with Mr. Eden and Mr. Corbin.",
    ],
)
def test_what_is_no_meeting(text: str) -> None:
    assert [row for row in told(text) if row[1] == "held"] == []


def test_the_day_of_a_telegram_is_not_that_of_the_meeting() -> None:
    text = "In telegram 214 from Paris, May 3, 1938, Sir Eric Phipps reported on his meeting with Premier Daladier."
    assert [row[3] for row in told(text)] == [""]


def test_the_list_of_a_memorandum_is_quoted() -> None:
    text = (
        "Memorandum of Conversation\n\nLondon, May 3, 1938.\n\nSUBJECT\n\nTrade\n\nPARTICIPANTS\n\nLord Halifax\n\n"
        "Mr. Charles Corbin\n\nLord Halifax said that trade was good.\n"
    )
    reading = read_item(text, Context(kind="paper"))
    own = reading.accounts[0]
    assert (own.rule, own.on) == ("header", When("1938-05-03"))
    assert own.span.cut(text).startswith("Lord Halifax\n")
    assert "Corbin" in own.span.cut(text)


def test_papers_without_a_head_are_known_by_what_they_cite() -> None:
    text = (
        "Sir Eric Phipps reported in telegram 214 that Premier Daladier was ill. For text, see Documents on Europe."
        " In telegram 215 he said that Daladier was well."
    )
    assert read_item(text, Context(path="a.txt")).kind == "paper"
    assert read_item("Dined with Daladier, who was ill.", Context(path="a.txt")).kind == "note"
