"""Reads the volume of papers, for what holds of every one of them; scores are `score_gold`'s."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legation.facts.candidates import Context, Reading
from legation.reading.papers import looks_like_paper
from legation.reading.read import read_item

if TYPE_CHECKING:
    from pathlib import Path


def load_volume(folder: Path) -> dict[int, tuple[str, Reading]]:
    """Read every paper of the folder, by its number."""
    out = {}
    for path in sorted(folder.glob("d*.txt")):
        text = path.read_text(encoding="utf-8")
        out[int(path.stem[1:])] = (text, read_item(text, Context(path=path.name)))
    return out


def printed_lists(folder: Path) -> list[int]:
    """Numbers of papers in which a list of participants is printed under a label."""
    import re

    label = re.compile(r"^(?:LIST OF PARTICIPANTS|PARTICIPANTS|PRESENT|ATTENDANCE LIST|ATTENDEES)\b", re.M)
    papers = []
    for path in sorted(folder.glob("d*.txt")):
        text = path.read_text(encoding="utf-8")
        if label.search(text) and looks_like_paper(text):
            papers.append(int(path.stem[1:]))
    return papers
