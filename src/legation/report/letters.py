"""Letters of invitation: a text of the user's with named fields, filled for one guest.

A letter says what, when and where, and by when an answer is hoped for. It never says why somebody
is asked: no field gives that.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from legation.facts.errors import UsageError
from legation.people.ranks import canonical_title, class_of
from legation.plan.weeks import Guest, PlannedEncounter
from legation.report.ical import clean_line, event_uid, is_asked, starts_at
from legation.report.saying import say_date, say_weekday

#: What is asked of a guest, after "if you would"; a form that is not here needs no letter.
ASKS: Final[Mapping[str, str]] = {
    "breakfast": "come to breakfast",
    "lunch": "come to lunch",
    "dinner": "come to dinner",
    "supper": "come to supper",
    "reception": "come to a reception",
    "theatre": "come to the theatre with me",
    "tavern": "join me for an evening in company",
    "visit": "receive me for a visit",
    "call": "receive me for a short call",
    "walk": "take a walk with me",
    "journey": "join me on a journey",
    "meeting": "meet me",
    "session": "take part in a session",
    "church": "come to church with me",
}
FIELDS: Final[Mapping[str, str]] = {
    "salutation": "how the guest is addressed",
    "name": "the guest's name",
    "office": "the office that the guest holds on the day of the letter",
    "asks": "what is asked: “come to lunch”, “receive me for a visit”",
    "form": "the form: lunch, visit",
    "day": "the day of the encounter: Tuesday 6 September 1938",
    "time": "when it begins: 13:00",
    "place": "where it is",
    "reply_by": "the day by which an answer is hoped for",
    "today": "the day of the letter",
    "owner": "your name",
}
TEMPLATE: Final = """{today}

{salutation},

I should be very glad if you would {asks} on {day}.

Time: {time}
Place: {place}

May I hope for a word from you by {reply_by}?

Yours sincerely,

{owner}
"""
#: Between this day and the encounter an answer is hoped for, where there is that much time.
REPLY_DAYS: Final = 7

_FIELD = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}|[{}]")
#: How the name of a letter's file begins: with the day of the encounter, and its form.
_NAMED = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}) (?:{'|'.join(sorted(ASKS))}) ")
_HONOURS = re.compile(
    r"^(?:the\s+)?(?:(?:most|right|rt\.?|very)\s+)?(?:hon(?:ourable|orable)?\.?|rev(?:erend)?\.?)\s+", re.I
)
_POST_NOMINAL = re.compile(r",\s*(?:[A-Z]{1,4}\.?[\s,]*){1,8}$")
_LORDS = frozenset("lord viscount earl marquess marquis".split())
_LADIES = frozenset("lady viscountess countess marchioness dowager".split())
_PARTICLES = frozenset("de da di du del della van von der den ten ter la le zu zur af of".split())
_BEFORE_OFFICE = re.compile(
    r"\b(?:former|late|ex|deputy|acting|assistant|under|wife|widow|son|daughter)\b", re.I
)
#: How an office is addressed, by the beginning of its name; the first that fits.
_BY_OFFICE: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(rf"(?:the\s+)?(?:{pattern})\b", re.I), said)
    for pattern, said in (
        (r"(?:king|queen|emperor|empress)\s+of", "Your Majesty"),
        (r"pope", "Your Holiness"),
        (r"cardinal", "Your Eminence"),
        (r"archbishop", "Your Grace"),
        (r"bishop", "My Lord Bishop"),
        (
            r"(?:(?!secretary|clerk|aide)[\w-]+\s+){0,2}ambassador|high\s+commissioner|(?:papal|apostolic)\s+nuncio",
            "Your Excellency",
        ),
        (r"prime\s+minister", "Dear Prime Minister"),
        (
            r"(?:foreign\s+secretary|secretary\s+of\s+state\s+for\s+foreign\s+affairs)",
            "Dear Foreign Secretary",
        ),
        (r"home\s+secretary", "Dear Home Secretary"),
        (r"lord\s+chancellor", "Dear Lord Chancellor"),
        (r"chancellor\s+of\s+the\s+exchequer", "Dear Chancellor"),
        (r"lord\s+mayor", "Dear Lord Mayor"),
        (r"minister\s+(?:of|for)", "Dear Minister"),
    )
)


@dataclass(frozen=True, slots=True)
class LetterTexts:
    """What the user set of letters (letters.toml): the text, texts by form, salutations by name."""

    letter: str = TEMPLATE
    by_form: Mapping[str, str] = field(default_factory=dict)
    salutations: Mapping[str, str] = field(default_factory=dict)
    reply_days: int = REPLY_DAYS


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: to whom, for what, and its text; `name_of_file` is without a suffix."""

    uid: str
    on: str
    form: str
    person: str
    name: str
    salutation: str
    reply_by: str
    text: str
    name_of_file: str


def needs_letter(encounter: PlannedEncounter) -> bool:
    """Say whether guests of an encounter are asked by letter: one does not write to telephone."""
    return encounter.form in ASKS and is_asked(encounter)


def write_letter(
    encounter: PlannedEncounter,
    guest: Guest,
    *,
    today: dt.date,
    owner: str,
    office: str,
    texts: LetterTexts,
) -> Letter:
    """Write the letter that asks one guest; `office` is that of the day of the letter.

    Raises:
        UsageError: the text names a field that does not exist, or has a brace too many.
    """
    name = clean_line(guest.name)
    said = texts.salutations.get(guest.person) or texts.salutations.get(name)
    said = clean_line(said).rstrip(",") if said else salutation(name, office)
    reply_by = reply_day(encounter.on, today, texts.reply_days)
    time = starts_at(encounter)
    values = {
        "salutation": said,
        "name": name,
        "office": clean_line(office),
        "asks": ASKS.get(encounter.form, f"come to a {clean_line(encounter.form)}"),
        "form": clean_line(encounter.form),
        "day": say_day(encounter.on),
        "time": f"{time:%H:%M}" if time else "",
        "place": clean_line(encounter.place),
        "reply_by": say_day(reply_by) if reply_by else "",
        "today": say_date(today.isoformat()),
        "owner": clean_line(owner),
    }
    text = fill(texts.by_form.get(encounter.form, texts.letter), values)
    return Letter(
        uid=event_uid(encounter),
        on=encounter.on.isoformat(),
        form=encounter.form,
        person=guest.person,
        name=name,
        salutation=said,
        reply_by=reply_by.isoformat() if reply_by else "",
        text=text,
        name_of_file=f"{encounter.on.isoformat()} {slug(encounter.form)} {_file_name(guest)}",
    )


def outdated_names(names: Iterable[str], lying: Iterable[str], since: dt.date) -> tuple[str, ...]:
    """Return which letters of a folder ask for what stands no more: moved, dropped, or without that guest.

    `names` are those that letters of the weeks have now, `lying` those that are there, without
    suffixes. Days before `since` are past, and their letters are kept as they were; what is not named
    as letters are is somebody else's.
    """
    old = set(lying) - set(names)
    return tuple(sorted(n for n in old if (m := _NAMED.match(n)) and m[1] >= since.isoformat()))


def reply_day(on: dt.date, today: dt.date, days: int) -> dt.date | None:
    """Return by when an answer is hoped for: some days before, else the day before.

    None where the encounter is today or past: there is no day left to name.
    """
    left = (on - today).days
    if left <= 0:
        return None
    return on - dt.timedelta(days=days if left > days else 1)


def say_day(day: dt.date) -> str:
    """Return a day with its weekday, where that is certain: "Tuesday 6 September 1938"."""
    said = say_date(day.isoformat())
    return f"{say_weekday(day)} {said}".lstrip()


def fill(template: str, values: Mapping[str, str]) -> str:
    """Fill the fields of a text; `{{` and `}}` are braces.

    A line is left out where it has fields and all of them are empty, so that a place that is not
    known leaves no hole.

    Raises:
        UsageError: the text names a field that there is not, or has a brace by itself.
    """
    lines = []
    for number, line in enumerate(template.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        found: list[str] = []
        out, end = [], 0
        for match in _FIELD.finditer(line):
            out.append(line[end : match.start()])
            end = match.end()
            if match[0] in ("{{", "}}"):
                out.append(match[0][0])
                continue
            out.append(_value(match, values, number))
            found.append(out[-1])
        if not found or any(found):
            lines.append("".join(out) + line[end:])
    # A line that was left out between blank lines leaves one of them, not two.
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _value(match: re.Match[str], values: Mapping[str, str], line: int) -> str:
    name = (match[1] or "").strip()
    if match[1] is None:
        raise UsageError(
            f"the text of the letter has a brace by itself in line {line}", "Write {{ or }} for a brace."
        )
    if name == "why":
        raise UsageError(
            f"the text of the letter asks for the reason in line {line}",
            "A letter never says why somebody is asked; take {why} out.",
        )
    if name not in values:
        raise UsageError(
            f"the text of the letter has a field {{{name}}} in line {line} that there is not",
            f"There are {', '.join(f'{{{key}}}' for key in values)}.",
        )
    return values[name]


def salutation(name: str, office: str = "") -> str:
    """Return how somebody is addressed in a letter, from the office of the day, else from the name.

    What neither settles is "Dear" and the name as it is on record: whether somebody is Mr or Mrs is
    not guessed.
    """
    office = clean_line(office)
    if office and not _BEFORE_OFFICE.search(office):
        for pattern, said in _BY_OFFICE:
            if pattern.match(office):
                return said
    name = _POST_NOMINAL.sub("", _HONOURS.sub("", clean_line(name)))
    words = name.split()
    if len(words) < 2:
        return f"Dear {name}" if name else "Dear Sir or Madam"
    return _by_title(words) or f"Dear {name}"


def _by_title(words: list[str]) -> str:
    """Return the salutation that a title at the beginning of a name settles, or ""."""
    first = canonical_title(words[0].casefold().rstrip("."))
    if first in ("king", "queen", "emperor", "empress"):
        return "Your Majesty"
    if first in ("duke", "duchess"):
        return f"Dear {words[0]}"
    if first in _LORDS:
        return f"Dear Lord {_without_of(words)}"
    if first in _LADIES:
        return f"Dear Lady {_without_of(words)}"
    if first in ("sir", "dame"):
        return f"Dear {words[0]} {words[1]}" if len(words[1].rstrip(".")) > 1 else ""
    if class_of(first) in ("courtesy", "military", "learned"):
        return f"Dear {words[0]} {' '.join(words[_surname_at(words) :])}"
    return ""


def _surname_at(words: list[str]) -> int:
    """Return where the surname begins after a title: what is no given name and no initial.

    A name in the middle that is not known for a given name may be the half of a surname.
    """
    from legation.reading.lexicon.given import GIVEN  # noqa: PLC0415 - only where a letter is written

    place = 1
    while (
        place < len(words) - 1
        and (words[place].casefold() in GIVEN or len(words[place].replace(".", "")) <= 2)
        and words[place].casefold() not in _PARTICLES
    ):
        place += 1
    return place


def _without_of(words: list[str]) -> str:
    rest = words[1:]
    return " ".join(rest[1:] if len(rest) > 1 and rest[0].casefold() == "of" else rest)


def slug(text: str) -> str:
    """Return a text as a piece of a file's name that every system takes: ASCII, words by hyphens."""
    from anyascii import anyascii  # noqa: PLC0415 - only where a file is named

    return re.sub(r"[^a-z0-9]+", "-", anyascii(clean_line(text)).casefold()).strip("-")[:60].strip("-")


def _file_name(guest: Guest) -> str:
    return slug(guest.name) or slug(guest.person) or "guest"


def distinct_names(letters: Iterable[Letter]) -> tuple[str, ...]:
    """Return the names of files of letters, each once: whoever shares a name gets the end of the id."""
    letters = tuple(letters)
    shared: dict[str, set[str]] = {}
    for letter in letters:
        shared.setdefault(letter.name_of_file, set()).add(f"{letter.uid} {letter.person}")
    return tuple(
        f"{x.name_of_file} {slug(x.person)[-6:]}-{slug(x.uid)[-6:]}" if len(shared[x.name_of_file]) > 1
        else x.name_of_file
        for x in letters
    )  # fmt: skip
