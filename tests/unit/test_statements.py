"""Who said what to whom, on sentences of our own."""

from __future__ import annotations

import pytest

from legation.facts.candidates import AUTHOR, UNKNOWN, Context, FindingCandidate
from legation.reading.names import find_names
from legation.reading.roles import find_roles, merge_mentions
from legation.reading.scene import open_scene
from legation.reading.speech_quotes import find_quotations
from legation.reading.statements import find_statements

Row = tuple[str, tuple[str, ...], str]


def read(text: str, kind: str = "entry") -> tuple[list[Row], list[FindingCandidate]]:
    """Read a text; return speaker, addressees and mode of each statement, and the statements."""
    names = find_names(text)
    mentions = merge_mentions(names, find_roles(text, names))
    found = find_statements(open_scene(text, mentions, (), Context(kind=kind, author="The author")))  # type: ignore[arg-type]

    def name(mention: int) -> str:
        return "I" if mention == AUTHOR else "?" if mention == UNKNOWN else mentions[mention].span.cut(text)

    rows = [
        (
            name(f.parties[0].mention),
            tuple(name(p.mention) for p in f.parties[1:]),
            str(f.mode),
        )
        for f in found
        if f.status == "held"
    ]
    return rows, [f for f in found if f.status == "held"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sir R. Vansittart told me that the Cabinet is divided.", [("Sir R. Vansittart", ("I",))]),
        ("Dined with Mr. Eden, who told me that he would resign.", [("Mr. Eden", ("I",))]),
        ("I told Lord Halifax that it was too late.", [("I", ("Lord Halifax",))]),
        ("Met Mr. Butler. Told him that the note was late.", [("I", ("Mr. Butler",))]),
        ("By coach with Sir W. Coventry, and on the way told me how the fleet lies.", [("Sir W. Coventry", ("I",))]),
        ("I was told by Mr. Attlee that they would vote against.", [("Mr. Attlee", ("I",))]),
        ("According to Mr. Bevin, the talks will fail.", [("Mr. Bevin", ())]),
        ("Lunch with Lord Cranborne. He said that India comes first.", [("Lord Cranborne", ())]),
        ("I hear from Mr. Harvey that Paris has agreed.", [("Mr. Harvey", ("I",))]),
        ("I had a letter from Mr. Garvin that the paper will be sold.", [("Mr. Garvin", ())]),
        ("Asked Mr. Cadogan whether the draft was ready. Replied that it was.", [("I", ("Mr. Cadogan",)), ("Mr. Cadogan", ("I",))]),
        ("Mr. Eden and Mr. Butler said that they knew nothing.", [("Mr. Butler", ()), ("Mr. Eden", ())]),
        ("My wife tells me that the cook has left.", [("My wife", ("I",))]),
        ("Mr. Churchill asked me to come on Friday.", [("Mr. Churchill", ("I",))]),
        ("Mr. Hudson agreed.", [("Mr. Hudson", ())]),
    ],
)  # fmt: skip
def test_reported(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    """Speaker and hearer of reported speech in a diary."""
    rows, _ = read(text)
    assert sorted((who, hearers) for who, hearers, _ in rows) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "They say that it will rain.",
        "It is said that the King is ill.",
        "Mr. Eden will say that he knew nothing.",
        "I must tell Mr. Eden that we are late.",
        "We discussed the pact with Mr. Eden.",
        "The report of Mr. Eden was long.",
        "I wrote all the morning, and so to bed.",
        "From the United States came no news.",
    ],
)
def test_no_statement(text: str) -> None:
    """What is planned, general, or no speech makes no statement."""
    assert read(text)[0] == []


def test_denied() -> None:
    """What was not said is marked so."""
    text = "Mr. Eden did not tell me that he would go."
    names = find_names(text)
    found = find_statements(open_scene(text, names, (), Context(kind="entry")))
    assert [f.status for f in found] == ["denied"]


def test_two_speakers_and_spans() -> None:
    """A statement ends where the next begins; one within another stands beside it."""
    text = "Mr. Eden said that the pact was dead, and I told him that Lord Halifax had said the same."
    rows, found = read(text)
    assert [r[0] for r in rows] == ["Mr. Eden", "I", "Lord Halifax"]
    assert found[0].span.cut(text) == "Mr. Eden said that the pact was dead"
    assert found[1].span.contains(found[2].span)


def test_one_subject_is_one_statement() -> None:
    """Verbs that go on with one subject make one statement."""
    text = "Mr. Eden said that he was tired and added that he would stay until June."
    rows, found = read(text)
    assert len(rows) == 1
    assert found[0].span.end == len(text) - 1


def test_minutes_run_on() -> None:
    """In minutes, sentences without a speaker go on with the statement before."""
    text = (
        "The Prime Minister said that a conference was premature. It would only divide the allies. "
        "There was no hurry.\n\nMr. Eden agreed."
    )
    rows, found = read(text, "paper")
    assert [r[0] for r in rows] == ["The Prime Minister", "Mr. Eden"]
    assert found[0].span.cut(text).endswith("divide the allies")


def test_telegram() -> None:
    """Telegrams leave out articles and "that"; "he" is the other one of the talk."""
    text = (
        "I saw Gromyko today. I told Gromyko we could not accept draft. He replied would consult Moscow "
        "but asked me convey his regrets."
    )
    rows, _ = read(text, "paper")
    assert rows == [("I", ("Gromyko",), "reported"), ("Gromyko", ("I",), "reported")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We must wait," said Mr. Eden. "There is no hurry."', ["Mr. Eden"]),
        ("“We must wait,” Mr. Eden said.", ["Mr. Eden"]),
        ("‘We must wait,’ answered Mr. Eden; ‘there is no hurry.’", ["Mr. Eden"]),
        ('Mr. Eden said: "We must wait."', ["Mr. Eden"]),
        ("``We must wait,'' said Mr. Eden.", ["Mr. Eden"]),
        ("« We must wait », said Mr. Eden.", ["Mr. Eden"]),
        ('" We must wait , " said Mr. Eden .', ["Mr. Eden"]),
        ("“He called it ‘peace’ to my face,” said Mr. Eden.", ["Mr. Eden"]),
        ('"We must wait," I said.', ["I"]),
        ('"We must wait," went on Mr. Eden.', ["Mr. Eden"]),
    ],
)
def test_quoted(text: str, expected: list[str]) -> None:
    """Tags before and behind quotations of all styles."""
    rows, found = read(text, "note")
    assert [r[0] for r in rows] == expected
    assert all(f.mode == "quoted" and f.quotation for f in found)


def test_dialogue_by_turns() -> None:
    """Untagged turns belong to the two who talk, by turns; nobody answers his own name."""
    text = (
        '"Have you seen the note?" asked Mr. Eden.\n\n"Not yet," said Mr. Butler.\n\n'
        '"It is on your desk."\n\n"Then I will read it at once, Mr. Eden."'
    )
    rows, _ = read(text, "note")
    assert [r[0] for r in rows] == ["Mr. Eden", "Mr. Butler", "Mr. Eden", "Mr. Butler"]


def test_described_speaker() -> None:
    """A speaker who is only described keeps his words."""
    text = '"You are late," said the old man with the lamp.'
    _, found = read(text, "note")
    assert found[0].parties[0].mention == UNKNOWN
    assert found[0].parties[0].words is not None
    assert found[0].parties[0].words.cut(text) == "the old man"


def test_titles_are_no_speech() -> None:
    """A title in quotation marks is nobody's words."""
    assert read('In the evening with Mr. Creed to see "The Silent Woman," a good play.')[0] == []


def test_transcript() -> None:
    """Each paragraph of a transcript is its speaker's."""
    text = "Mr. Eden: I would begin with Berlin.\n\nMr. Molotov: We agree.\n\nMr. Eden: Then let us start."
    rows, found = read(text, "paper")
    assert [r[0] for r in rows] == ["Mr. Eden", "Mr. Molotov", "Mr. Eden"]
    assert {f.rule for f in found} == {"transcript"}


def test_quotations() -> None:
    """Apostrophes open nothing; what is not closed ends with its paragraph."""
    text = "It's the boys' house. ‘Come in,’ he said. \"No end\n\nNew."
    assert [text[a:b] for a, b in find_quotations(text)] == ["‘Come in,’", '"No end']
