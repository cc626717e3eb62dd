"""From a document's bytes and its mapping to its text and reading: the one entrance for all kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from legation.facts.candidates import Context, MentionCandidate, Reading
from legation.facts.span import Span
from legation.facts.when import When
from legation.reading.calendars import read_event
from legation.reading.cards import read_card
from legation.reading.decode import decode_text
from legation.reading.mail import RENDITION, find_body, quoted_spans, read_message
from legation.reading.names import find_names
from legation.reading.read import read_item
from legation.reading.tables import TableHead, read_row
from legation.reading.tagger import Tagger


def read_document(
    data: bytes, mapping: Mapping[str, Any], context: Context, tagger: Tagger | None = None
) -> tuple[str, str, Reading]:
    """Return (text, rendition name, reading) of one part.

    `mapping` is what the arrival says: `reader` (text, cards, calendar, message, table, proposal),
    `encoding`, `written_on`, and for a table `header`, `delimiter`, `named` and `columns`. Without a
    `tagger` names are found by the rules alone.
    """
    reader = mapping.get("reader", "text")
    if reader == "message":
        text, reading = read_message(data, context)
        return text, RENDITION, read_body(text, reading, tagger)
    rendition = decode_text(data, str(mapping.get("encoding", "")))
    if mapping.get("written_on") and context.written_on is None:
        context = replace(context, written_on=When(mapping["written_on"]))
    if reader == "cards":
        reading = read_card(rendition.text, context)
    elif reader == "calendar":
        reading = read_event(rendition.text, context)
    elif reader == "proposal":
        reading = Reading("proposal")
    elif reader == "table":
        head = TableHead(tuple(mapping["header"]), mapping["delimiter"], 0, bool(mapping["named"]))
        reading = read_row(head, rendition.text, mapping["columns"])
    else:
        reading = read_item(rendition.text, context, tagger)
    if rendition.problems:
        reading = replace(reading, problems=rendition.problems + reading.problems)
    return rendition.text, rendition.name, reading


def read_body(text: str, reading: Reading, tagger: Tagger | None = None) -> Reading:
    """Add the people whom a message's own words name; what it quotes was said elsewhere."""
    body = find_body(text)
    if body is None:
        return reading
    # Quoted words are blanked and not cut, so that every span keeps its place.
    own = list(text[body.start : body.end])
    for quoted in quoted_spans(text):
        first, last = max(quoted.start, body.start), min(quoted.end, body.end)
        for place in range(first - body.start, last - body.start):
            if own[place] != "\n":
                own[place] = " "
    words = "".join(own)
    names = tuple(_moved(m, body.start) for m in find_names(words, tagger=tagger))
    return replace(reading, mentions=(*reading.mentions, *names))


def _moved(mention: MentionCandidate, offset: int) -> MentionCandidate:
    """Return a mention of a piece of text at its place in the whole."""
    return replace(mention, span=Span(mention.span.start + offset, mention.span.end + offset))
