"""What the user wrote wrong is a value, not an exception."""

from __future__ import annotations

from dataclasses import dataclass

#: Every code, with the one line that heads its page in docs/problems/. Codes are stable.
CODES: dict[str, str] = {
    "text-encoding": "The bytes are not in the encoding that the file seems to use.",
    "text-too-large": "A text file is larger than 64 MB.",
    "text-control": "The text holds control characters.",
    "reader-failed": "A reader failed on this text; the text itself is kept.",
    "file-unreadable": "The file could not be opened or read.",
    "date-missing": "An entry or paper has no date of its own.",
    "date-invalid": "A date names a day that does not exist.",
    "date-conflict": "Two places in an item give different dates.",
    "front-matter": "The front-matter block could not be read.",
    "header-incomplete": "A header names a field without giving it.",
    "participants-elsewhere": "The list of participants stands in another paper.",
    "card-broken": "A card could not be read whole.",
    "card-no-name": "A card has no name.",
    "card-property": "A property of a card could not be read.",
    "event-broken": "A calendar component could not be read whole.",
    "event-property": "A property of a calendar component could not be read.",
    "event-none": "A calendar holds no event.",
    "event-endless": "A recurrence has no end.",
    "message-broken": "A message could not be read whole.",
    "message-truncated": "A message ends in the middle.",
    "message-header": "A header of a message could not be read.",
    "table-columns": "The columns of a table are not known.",
    "table-row": "A row of a table could not be read.",
    "setting-value": "A setting in plan.toml has a value that cannot be used.",
    "setting-unknown": "plan.toml sets something that is not a setting.",
    "setting-name": "A name in plan.toml does not lead to one person or circle.",
    "weeks-value": "Something in weeks.toml cannot be used.",
}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something in what the user wrote that Legation could not use or had to guess at.

    `start` and `end` are code points in the item's text, or -1 where there is no text;
    `line` counts from 1 in the file, or 0 where it is not known.

    Raises:
        ValueError: the code is not one of `CODES`.
    """

    code: str
    message: str
    hint: str = ""
    start: int = -1
    end: int = -1
    line: int = 0
    #: True where the item could not be used at all.
    fatal: bool = False

    def __post_init__(self) -> None:
        if self.code not in CODES:
            message = f"unknown problem code {self.code!r}"
            raise ValueError(message)
