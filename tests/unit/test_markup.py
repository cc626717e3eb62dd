"""Front matter, links and handles are read exactly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from legation.facts.candidates import Context
from legation.reading.markup import find_links, read_front_matter
from legation.reading.read import read_item


def cut(text: str) -> list[tuple[str, str, str]]:
    return [(k.span.cut(text), k.target, k.kind) for k in find_links(text)]


def test_links() -> None:
    text = (
        "[[Lord Halifax]] and [[People/Anthony Eden#1938|Anthony]] met @maisky. ![[photo.png]] [[1938-08-08]]"
    )
    assert cut(text) == [
        ("Lord Halifax", "Lord Halifax", "link"),
        ("Anthony", "Anthony Eden", "link"),
        ("maisky", "maisky", "at"),
    ]


def test_not_links() -> None:
    text = "a@example.org `@code` https://x.org/@user\n\n```\n@fenced [[Name]]\n```\n\n@3 [[ ]]\n"
    assert cut(text) == []


def test_front_matter_with_spans() -> None:
    text = '---\r\ndate: 1938-08-26\r\nauthor: Иван\r\npeople: [Lord Halifax, "[[Anthony Eden|Eden]]", [[R. A. Butler]]]\r\nwith:\r\n  - "@vansittart"\r\n---\r\nLunch.\r\n'
    front = read_front_matter(text)
    assert front.date is not None
    assert front.date[1].cut(text) == "1938-08-26"
    assert front.get("author") == "Иван"
    assert [(p.span.cut(text), p.target) for p in front.people] == [
        ("Lord Halifax", "Lord Halifax"),
        ("Eden", "Anthony Eden"),
        ("R. A. Butler", "R. A. Butler"),
        ("vansittart", "vansittart"),
    ]
    assert text[front.body :] == "Lunch.\r\n"


def test_hostile_yaml_is_a_problem() -> None:
    bomb = "---\na: &a [x,x]\nb: &b [*a,*a]\n---\nText\n"
    deep = "---\na: " + "[" * 5000 + "]" * 5000 + "\n---\nText\n"
    broken = "---\nkey: [unclosed\n---\nText\n"
    for text in (bomb, deep, broken, "---\ndate: 1938\n" + "x: y\n" * 9000, "---\n\x00: 1\n---\n"):
        front = read_front_matter(text)
        assert [p.code for p in front.problems] == ["front-matter"], text[:40]
    assert read_front_matter("---\n\nA rule, then prose.\n").problems == ()
    assert read_front_matter("---\ndate: 1938-02-30\n---\n").problems[0].code == "date-invalid"


def test_front_matter_states_an_encounter() -> None:
    text = "---\ndate: 1939-03-08\nwith: [Rob Hudson]\nform: lunch\nplace: Embassy\n---\nWe spoke of trade.\n"
    reading = read_item(text, Context(path="x.md"))
    account = reading.accounts[0]
    assert (account.rule, account.form, account.author) == ("front", "lunch", True)
    assert [reading.mentions[n].span.cut(text) for n in account.participants] == ["Rob Hudson"]
    assert account.place is not None
    assert account.place.cut(text) == "Embassy"


def test_link_wins_over_prose() -> None:
    text = "Lunch with [[Lord Halifax|Edward]] and Mr. Eden.\n"
    reading = read_item(text, Context(path="1938-08-08.md"))
    linked = [m for m in reading.mentions if "linked" in m.evidence]
    assert [(m.span.cut(text), m.surname, m.sure) for m in linked] == [("Edward", "Halifax", True)]


@given(st.text(alphabet="[]|@`~#-:\n ab.", max_size=200))
def test_anything(text: str) -> None:
    for link in find_links(text):
        assert link.span.end <= len(text)
    read_front_matter("---\n" + text + "\n---\n")
