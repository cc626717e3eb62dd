"""From a document's bytes and its mapping to its text and reading: the one entrance for all kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from legation.facts.candidates import Context, Reading
from legation.facts.when import When
from legation.reading.calendars import read_event
from legation.reading.cards import read_card
from legation.reading.decode import decode_text
from legation.reading.mail import read_message
from legation.reading.read import read_item
from legation.reading.tables import TableHead, read_row

#: Versioned name of the function that makes a message's text.
MESSAGE_RENDITION = "message/1"


def read_document(data: bytes, mapping: Mapping[str, Any], context: Context) -> tuple[str, str, Reading]:
    """Return (text, rendition name, reading) of one part.

    `mapping` is what the arrival says: `reader` (text, cards, calendar, message, table),
    `encoding`, `written_on`, and for a table `header`, `delimiter`, `named` and `columns`.
    """
    reader = mapping.get("reader", "text")
    if reader == "message":
        text, reading = read_message(data, context)
        return text, MESSAGE_RENDITION, reading
    rendition = decode_text(data, str(mapping.get("encoding", "")))
    if mapping.get("written_on") and context.written_on is None:
        context = replace(context, written_on=When(mapping["written_on"]))
    if reader == "cards":
        reading = read_card(rendition.text, context)
    elif reader == "calendar":
        reading = read_event(rendition.text, context)
    elif reader == "table":
        head = TableHead(tuple(mapping["header"]), mapping["delimiter"], 0, bool(mapping["named"]))
        reading = read_row(head, rendition.text, mapping["columns"])
    else:
        reading = read_item(rendition.text, context)
    if rendition.problems:
        reading = replace(reading, problems=rendition.problems + reading.problems)
    return rendition.text, rendition.name, reading
