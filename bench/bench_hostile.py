"""Times every public reader on hostile texts: long runs of one character or one short unit.

`python bench/bench_hostile.py [LENGTH] [SECONDS]`: length of each text in characters (100,000),
and how many seconds of the processor a reader may use for it (5). Prints what took longer
than a fifth of that; ends with status 1 if a reader took too long. Nothing here is data: all
texts are made up on the spot.
"""

from __future__ import annotations

import datetime as dt
import signal
import sys
import time
from collections.abc import Callable
from functools import cache

from legation.facts.candidates import Context, MentionCandidate
from legation.facts.when import When
from legation.reading.calendars import read_event
from legation.reading.cards import read_card
from legation.reading.dates import find_date_problems, find_dates
from legation.reading.decode import decode_text
from legation.reading.encounters import find_accounts
from legation.reading.mail import quoted_spans, read_message
from legation.reading.markup import find_links, read_front_matter
from legation.reading.names import find_names
from legation.reading.papers import looks_like_paper, read_header
from legation.reading.read import read_item
from legation.reading.recognise import HEAD_BYTES, recognise
from legation.reading.roles import find_roles
from legation.reading.split import split_text
from legation.reading.tables import read_row, read_table_head

#: What the texts are made of, repeated to the length asked for.
UNITS = (
    " ", "\t", "\n", "\r", "\xa0", " \n", "\n\n", '"', "'", "“", "‘", "(", ")", "[", "[[", "]]", "@", "@a",
    "@ ", "and ", "Mr. ", "A. ", "A.", "the ", "my ", "my wife's ", "'s ", ",", ", ", "-", "- ", "---\n",
    "# ", "> ", ">\n", "\u200f", "\ufeff", "=?a?q?", "é@", "\r\n", "“a ", "He said “I ", "'a ", "5th. ",
    "Jan. 1st ", "7", "7 ", "1/", "10:", "with ", "I met ", "met Mr. Garth ", "Mr. Garth, ",
    "Mr. Garth and ", "the King, ", "Mum ", "*", "**", "_", "_a", "|", ";", ":", "=", "\\", "\\,", "\x00",
    "a", "A", "é", "e\u0301", "ab ", "Ab ", "Ab-", "a@b ", "a@b, ", "<a@b>", "=?utf-8?q?a?= ", "&amp;",
    "<b>", "<", "PRESENT\n", "SUBJECT: ", "From: ", "From a\n", "BEGIN:VCARD\n", "BEGIN:VEVENT\n",
    "DTSTART:", "date: ", "a: b\n", "a:\n", "the 5th of ", "March ", "last ", "Monday ", "of ", "to ",
    "dined ", "told me that ", "(a) ", "1. ", "to-",
)  # fmt: skip
_WRITTEN_ON = When.on(dt.date(1938, 5, 1))
CONTEXT = Context(path="1938-05-01.md", written_on=_WRITTEN_ON)


@cache
def _names(text: str) -> tuple[MentionCandidate, ...]:
    return find_names(text)


def _accounts(text: str) -> object:
    names = find_names(text)
    return find_accounts(text, (*names, *find_roles(text, names)), (), CONTEXT)


def _row(text: str) -> object:
    return read_row(read_table_head(text), text)


def _mail(form: str) -> Callable[[str], object]:
    return lambda text: read_message(form.format(text).encode("utf-8", "replace"), Context())


#: Every reader by name, as a function of one text.
READERS: dict[str, Callable[[str], object]] = {
    "recognise": lambda text: recognise("a.txt", text.encode()[:HEAD_BYTES], len(text)),
    "recognise a name": lambda text: recognise(text, b"a", 1),
    "decode_text": lambda text: decode_text(text.encode()),
    "decode_text UTF-16": lambda text: decode_text(text.encode("utf-16")),
    "split_text": lambda text: split_text("a.txt", text),
    "read_item": lambda text: read_item(text, CONTEXT),
    "read_item paper": lambda text: read_item(text, Context(kind="paper")),
    "read_item after front": lambda text: read_item(f"---\na: b\n---\n{text}", CONTEXT),
    "read_item in prose": lambda text: read_item(f"I met {text} Mr. Garth at {text[:200]}", CONTEXT),
    "read_card": lambda text: read_card(f"BEGIN:VCARD\nFN:{text}\nEND:VCARD\n", Context()),
    "read_card raw": lambda text: read_card(text, Context()),
    "read_event": lambda text: read_event(f"BEGIN:VEVENT\nSUMMARY:{text}\nEND:VEVENT\n", Context()),
    "read_event rule": lambda text: read_event(f"BEGIN:VEVENT\nRRULE:{text}\nEND:VEVENT\n", Context()),
    "read_event raw": lambda text: read_event(text, Context()),
    "read_message": _mail("From: a@b\n\n{}"),
    "read_message HTML": _mail("Content-Type: text/html\n\n{}"),
    "read_message raw": _mail("{}"),
    "read_message From": _mail("From: {}\n\nbody"),
    "read_message Subject": _mail("Subject: {}\n\nbody"),
    "read_message Date": _mail("Date: {}\n\nbody"),
    "read_message Message-ID": _mail("Message-ID: {}\n\nbody"),
    "read_message Content-Type": _mail("Content-Type: {}\n\nbody"),
    "read_message charset": _mail("Content-Type: text/plain; charset={}\n\nbody"),
    "read_message disposition": _mail("Content-Disposition: attachment; filename={}\n\nbody"),
    "read_message encoding": _mail("Content-Transfer-Encoding: {}\n\nbody"),
    "quoted_spans": lambda text: quoted_spans(f"From: a\n\n{text}"),
    "read_row": _row,
    "find_names": find_names,
    "find_roles": lambda text: find_roles(text, _names(text)),
    "find_dates": lambda text: find_dates(text, _WRITTEN_ON),
    "find_date_problems": find_date_problems,
    "find_accounts": _accounts,
    "read_header": read_header,
    "looks_like_paper": looks_like_paper,
    "read_front_matter": lambda text: read_front_matter(f"---\n{text}\n---\n"),
    "read_front_matter raw": read_front_matter,
    "find_links": find_links,
}


class _TooLongError(Exception):
    """A reader took longer than it may."""


def _stop(_number: int, _frame: object) -> None:
    raise _TooLongError


def _time(reader: Callable[[str], object], text: str, limit_seconds: float) -> float:
    """Return how long a reader took, in seconds; the limit where it took longer."""
    signal.setitimer(signal.ITIMER_PROF, limit_seconds)
    start = time.process_time()
    try:
        reader(text)
    except _TooLongError:
        return limit_seconds
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - start


def main(length: int, limit_seconds: float) -> int:
    """Time every reader on every text; return how many took too long."""
    signal.signal(signal.SIGPROF, _stop)
    slow = 0
    worst: dict[str, tuple[float, str]] = {}
    for unit in UNITS:
        text = (unit * (length // len(unit) + 1))[:length]
        for name, reader in READERS.items():
            seconds = _time(reader, text, limit_seconds)
            worst[name] = max(worst.get(name, (0.0, "")), (seconds, unit))
            slow += seconds >= limit_seconds
            if seconds > limit_seconds / 5:
                verdict = "TOO SLOW" if seconds >= limit_seconds else "slow"
                print(f"{verdict:9} {seconds:5.2f} s {name:26} {unit!r}")
    print(f"{len(UNITS)} texts of {length:,} characters, {len(READERS)} readers, {slow} took too long.")
    print("The worst of each:")
    for name, (seconds, unit) in sorted(worst.items(), key=lambda row: -row[1][0]):
        print(f"  {seconds:5.2f} s {name:26} {unit!r}")
    return slow


if __name__ == "__main__":
    LENGTH = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    LIMIT_SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 5.0
    sys.exit(main(LENGTH, LIMIT_SECONDS) > 0)
