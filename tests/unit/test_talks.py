"""Who took part in a talk that a paper records without a list, on texts of our own."""

from __future__ import annotations

import pytest

from legation.facts.candidates import AccountCandidate, Context, Reading
from legation.reading.read import read_item

HEAD = "Memorandum of Conversation\n\nLondon, March 10, 1939, 3 p.m.\n\n"
TALK = """The Foreign Secretary opened by asking about the note. Mr. Eden said that it was ready.

Mr. Eden recalled that Mr. Litvinov had promised an answer. He added that Paris would follow.

Sir Robert Vansittart asked whether Mr. Eden had seen the text. Mr. Eden replied that he had not.

The Foreign Secretary agreed that the draft should be sent."""


def talk(body: str, head: str = HEAD) -> tuple[Reading, AccountCandidate | None]:
    """Read a memorandum; return the reading and the talk that it tells of as a whole."""
    reading = read_item(head + body, Context(kind="paper"))
    return reading, next((a for a in reading.accounts if a.rule == "speakers"), None)


def names(body: str, head: str = HEAD) -> set[str]:
    """Return the surnames or offices of those who took part."""
    reading, account = talk(body, head)
    people = [reading.mentions[n] for n in account.participants] if account else []
    return {m.surname or m.head for m in people}


def test_those_who_speak_in_turn_took_part() -> None:
    assert names(TALK) == {"Eden", "Vansittart", "foreign secretary"}
    reading, account = talk(TALK)
    assert account is not None
    assert account.on == reading.written_on
    assert account.status == "held"
    assert not account.author
    assert account.score >= 0.75
    assert account.span.cut(HEAD + TALK) == "Memorandum of Conversation"


def test_who_only_said_something_before_did_not() -> None:
    assert "Litvinov" not in names(TALK)
    assert "Hitler" not in names(TALK + "\n\nMr. Hitler had said that he wanted peace.")


def test_the_writer_took_part_where_he_says_so() -> None:
    _, account = talk("I said that we should wait.\n\nMr. Eden answered that it was too late.")
    assert account is not None
    assert account.author


def test_a_list_that_is_printed_is_enough() -> None:
    head = HEAD + "PARTICIPANTS\n\nMr. Eden\n\nMr. Maisky\n\n"
    reading, account = talk(TALK, head)
    assert account is None
    assert [a.rule for a in reading.accounts][:1] == ["header"]


def test_a_remark_within_a_paragraph_leaves_a_question() -> None:
    body = "Mr. Eden said that it was late. Mr. Butler asked for a day more.\n\nMr. Eden agreed that it was fair."
    _, account = talk(body)
    assert names(body) == {"Eden", "Butler"}
    assert account is not None
    assert account.score < 0.75


def test_an_office_is_whoever_bears_it_by_name() -> None:
    body = "Ambassador Maisky said that he was glad.\n\nThe Ambassador asked for news.\n\nMr. Eden had none."
    assert "ambassador" not in names(body)


@pytest.mark.parametrize(
    "head", ["Telegram From the Embassy in France to the Foreign Office\n\nParis, March 10, 1939.\n\n", ""]
)
def test_only_the_record_of_a_talk_is_one(head: str) -> None:
    assert talk(TALK, head)[1] is None


def test_a_body_in_which_nobody_speaks_tells_of_no_talk() -> None:
    assert talk("The note was read. It was found to be long.")[1] is None
