"""Introductions in prose: who brought whom together."""

from __future__ import annotations

import pytest

from legation.facts.candidates import AUTHOR, UNKNOWN, Context, FindingCandidate
from legation.facts.when import When
from legation.reading.read import read_item


def introductions(text: str) -> list[tuple[str, list[str], FindingCandidate]]:
    reading = read_item(text, Context(kind="entry", written_on=When("1938-10-05")))
    out = []
    for found in reading.findings:
        if found.kind == "introduction" and found.score >= 0.45:
            names = {
                role: [
                    {AUTHOR: "author", UNKNOWN: "?"}.get(p.mention)
                    or reading.mentions[p.mention].span.cut(text)
                    for p in found.parties
                    if p.role == role
                ]
                for role in ("introducer", "introduced")
            }
            out.append((names["introducer"][0], names["introduced"], found))
    return out


@pytest.mark.parametrize(
    ("text", "by", "brought"),
    [
        (
            "At dinner Mr. Vansittart introduced me to Lord Beaverbrook.",
            "Mr. Vansittart",
            ["author", "Lord Beaverbrook"],
        ),
        ("I introduced Mr. Hudson to Mr. Maisky.", "author", ["Mr. Hudson", "Mr. Maisky"]),
        (
            "I was introduced to Herr Stresemann by Count Kessler.",
            "Count Kessler",
            ["author", "Herr Stresemann"],
        ),
        (
            "It was Mr. Garvin who introduced Lady Astor to Mr. Eden.",
            "Mr. Garvin",
            ["Lady Astor", "Mr. Eden"],
        ),
        (
            "I was first brought acquainted with Mr. Evelyn by Sir Robert Moray.",
            "Sir Robert Moray",
            ["author", "Mr. Evelyn"],
        ),
        ("Lady Astor made me acquainted with Mr. Shaw.", "Lady Astor", ["author", "Mr. Shaw"]),
        ("Mr. Shaw made me known to Mr. Webb.", "Mr. Shaw", ["author", "Mr. Webb"]),
        ("Mr. Nicolson presented me to the Queen.", "Mr. Nicolson", ["author", "the Queen"]),
        ("Through Mr. Keynes I came to know Miss Lopokova.", "Mr. Keynes", ["author", "Miss Lopokova"]),
        ("Mr. Butler brought his cousin Anne to meet me.", "Mr. Butler", ["his cousin Anne", "author"]),
        ("The new clerk was recommended to me by Mr. Nicolson.", "Mr. Nicolson", ["The new clerk", "author"]),
        (
            "Mr. Nicolson recommended Miss Groves to me as a secretary.",
            "Mr. Nicolson",
            ["Miss Groves", "author"],
        ),
        ("Анна Ахматова introduced me to Иван Майский.", "Анна Ахматова", ["author", "Иван Майский"]),
    ],
)
def test_who_brought_whom_together(text: str, by: str, brought: list[str]) -> None:
    ((introducer, introduced, found),) = introductions(text)
    assert introducer == by
    assert introduced == brought
    assert found.status == "held"


def test_a_letter_of_introduction_says_so() -> None:
    ((by, brought, found),) = introductions("Mr. Grey gave me a letter of introduction to M. Poincaré.")
    assert (by, brought, found.what) == ("Mr. Grey", ["author", "M. Poincaré"], "letter")


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Eden introduced a bill.",
        "Mr. Eden introduced himself.",
        "Mr. Eden presented the King with a book.",
        "Mr. Eden presented me a letter to Mr. Hudson.",
        "I grew acquainted with Mr. Shaw.",
        "I read a book recommended by Mr. Shaw.",
        "Mr. Eden would introduce me to Mr. Shaw if he could.",
        "The tale begins with an introduction.",
    ],
)
def test_what_is_no_introduction(text: str) -> None:
    assert introductions(text) == []
