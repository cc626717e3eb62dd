"""Every code of a problem has its page, and every page its code."""

from __future__ import annotations

from pathlib import Path

import pytest

from legation.facts.problem import CODES

PAGES = Path(__file__).resolve().parents[2] / "docs" / "problems"
HEADINGS = ("## What it means", "## Example", "## What to do")


def test_codes_and_pages_are_the_same() -> None:
    assert {p.stem for p in PAGES.glob("*.md")} - {"README"} == set(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_page_says_what_it_means_and_what_to_do(code: str) -> None:
    lines = (PAGES / f"{code}.md").read_text(encoding="utf-8").split("\n")
    assert lines[0] == f"# {code}"
    assert lines[2] == CODES[code]
    assert [line for line in lines if line.startswith("## ")] == list(HEADINGS)


def test_the_list_names_every_code_with_its_line() -> None:
    text = (PAGES / "README.md").read_text(encoding="utf-8")
    assert all(f"- [{code}]({code}.md): {line}\n" in text for code, line in CODES.items())
