"""Scores headers: date, place and subject exact, and micro F1 over participants' surnames."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from legation.facts.candidates import Context, Reading
from legation.people.offices import Offices, derive_offices, office_evidence, resolve_in_paper, view_paper
from legation.reading.papers import looks_like_paper
from legation.reading.read import read_item

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Score:
    """Counts over papers: hits, misses and false names, and the exact fields."""

    right: int = 0
    missed: int = 0
    wrong: int = 0
    papers: int = 0
    dates: int = 0
    places: int = 0
    subjects: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Micro F1 over surnames."""
        return 2 * self.right / max(1, 2 * self.right + self.missed + self.wrong)


def load_volume(folder: Path) -> dict[int, tuple[str, Reading]]:
    """Read every paper of the folder, by its number."""
    out = {}
    for path in sorted(folder.glob("d*.txt")):
        text = path.read_text(encoding="utf-8")
        out[int(path.stem[1:])] = (text, read_item(text, Context(path=path.name)))
    return out


def score_volume(data_dir: Path, volume: dict[int, tuple[str, Reading]], *, odd: bool | None) -> Score:
    """Compare header people, offices resolved with the volume's evidence, to the labels."""
    score = Score()
    evidence = derive_offices(office_evidence(r) for _, r in volume.values())
    rows = (data_dir / "reading" / "participants_open.jsonl").read_text(encoding="utf-8")
    for row in map(json.loads, rows.splitlines()):
        if odd is not None and (row["doc"] % 2 == 1) is not odd:
            continue
        text, reading = volume[row["doc"]]
        header = reading.header
        score.papers += 1
        date = reading.written_on.value if reading.written_on else ""
        place = header.place.cut(text) if header and header.place else ""
        subject = header.subject.cut(text) if header and header.subject else ""
        score.dates += date == row["date"]
        score.places += place == row["place"]
        score.subjects += row["subject"] is None or subject == row["subject"]
        found = set(surnames(text, reading, evidence))
        wanted = {n.casefold() for n in row["surnames"]}
        score.right += len(found & wanted)
        score.missed += len(wanted - found)
        score.wrong += len(found - wanted)
        if found != wanted or date != row["date"] or place != row["place"]:
            score.failures.append(
                f"{row['doc']}: {date} {place} missed {sorted(wanted - found)} wrong {sorted(found - wanted)}"
            )
        if row["subject"] is not None and subject != row["subject"]:
            score.failures.append(f"{row['doc']}: subject {subject!r} for {row['subject']!r}")
    return score


def surnames(text: str, reading: Reading, evidence: Offices) -> list[str]:
    """Return the last words of the names of those who took part; offices resolved."""
    out = []
    paper = view_paper(reading, text)
    for person in reading.header.people if reading.header else ():
        if person.role != "participant":
            continue
        mention = reading.mentions[person.mention]
        if mention.kind == "name":
            out.append(mention.surname.split()[-1].casefold())
            continue
        name = resolve_in_paper(person.mention, reading, evidence, paper)
        if name:
            out.append(name.name.split()[-1].casefold())
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
