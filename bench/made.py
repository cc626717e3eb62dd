"""Makes a diary of any length: the same text for the same seed, nobody real in it."""

# ruff: noqa: E501, S311 - tables read better unbroken; chance is for texts, not for secrets

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

TITLES = ("Mr.", "Mrs.", "Sir", "Lady", "Lord", "Captain", "Dr.", "Colonel", "")
GIVEN = "John Mary William Anne Henry Jane Peter Kate Hugh Alice George Ruth Walter Ellen Simon Clare".split()
FIRST = "Hal Win Ash Brad Cran Dun Ever Farn Gras Hol Kirk Lang Mar Nor Ox Pen Rad Stan Thorn Wal".split()
LAST = "ford ton ley well mere wood field bury worth ham stead croft dale by combe shaw gate hurst".split()
PLACES = (
    "the club", "the office", "Westminster", "the Savoy", "the Embassy", "his house", "Kew", "the park",
)  # fmt: skip
DID = (
    "Dined with {a} and {b} at {place}.", "{a} called on me at {place} and spoke of {b}.",
    "Walked with {a} to {place}.", "{b} said that {a} would not come.", "Met {a} in {place}; {b} was there too.",
    "Wrote to {a}.", "In the evening {a} and {b} came to supper.", "I told {a} what I had heard of {c}.",
    "{c} was late, and we talked of the harvest.", "A letter from {b}, who means to dine with {a} next Tuesday.",
    "My wife and I went to {place}, where we found {a}.", "{c} stayed an hour. It rained all day.",
    "Nothing of note, but that {b} is to be made Secretary of the Board.",
)  # fmt: skip


def make_people(chance: random.Random, count: int) -> list[tuple[str, str]]:
    """Return (name in full, short name) of invented people."""
    people = []
    for _ in range(count):
        surname = chance.choice(FIRST) + chance.choice(LAST)
        title, given = chance.choice(TITLES), chance.choice(GIVEN)
        full = f"{title} {given} {surname}" if chance.random() < 0.3 else f"{title or given} {surname}"
        people.append((full.strip(), surname))
    return people


def make_entry(chance: random.Random, people: list[tuple[str, str]], sentences: int) -> str:
    """Return the text of one day."""
    said = []
    for _ in range(sentences):
        # A few people stand in most entries, as in life.
        who = [people[min(int(chance.paretovariate(0.6)) - 1, len(people) - 1)] for _ in "abc"]
        names = [p[chance.random() < 0.35] for p in who]
        said.append(
            chance.choice(DID).format(a=names[0], b=names[1], c=names[2], place=chance.choice(PLACES))
        )
    return " ".join(said) + "\n"


def write_diary(folder: Path, entries: int, seed: int = 1, sentences: int = 8, people: int = 200) -> int:
    """Write a Markdown file a day, in folders by year; returns the bytes written."""
    chance = random.Random(seed)
    known = make_people(chance, people)
    day, size = dt.date(1930, 1, 1), 0
    for _ in range(entries):
        text = make_entry(chance, known, chance.randint(max(1, sentences // 2), sentences * 3 // 2))
        place = folder / f"{day.year}"
        place.mkdir(parents=True, exist_ok=True)
        data = text.encode()
        (place / f"{day.isoformat()}.md").write_bytes(data)
        size += len(data)
        day += dt.timedelta(days=1)
    return size


def write_cards(path: Path, count: int, seed: int = 1) -> int:
    """Write an address book of vCard 3.0; returns its bytes."""
    chance = random.Random(seed)
    lines: list[str] = []
    for number in range(count):
        given, surname = chance.choice(GIVEN), chance.choice(FIRST) + chance.choice(LAST)
        lines += [
            "BEGIN:VCARD", "VERSION:3.0", f"UID:made-{number}", f"N:{surname};{given};;;", f"FN:{given} {surname}",
            f"EMAIL;TYPE=work:{given}.{surname}.{number}@example.org".lower(), f"TEL;TYPE=cell:+44 20 {number:08d}",
            f"ORG:{chance.choice(FIRST)} and Sons;Office {number % 7}", f"TITLE:Secretary {number % 11}",
            f"BDAY:{1880 + number % 60}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
            "ADR;TYPE=home:;;1 High Street;London;;SW1;England", f"NOTE:Met in {1900 + number % 40}\\, at dinner.",
            "END:VCARD",
        ]  # fmt: skip
    data = ("\r\n".join(lines) + "\r\n").encode()
    path.write_bytes(data)
    return len(data)
