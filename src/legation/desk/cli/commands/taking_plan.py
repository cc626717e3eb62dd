"""Commands that take the plan out, and answers in: calendar, week, guests, letters, reply."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from legation.desk.cli.errors import say
from legation.desk.cli.help import Command
from legation.desk.cli.options import json_option, open_desk, open_judging, parse_day, workspace_option
from legation.desk.cli.terminal import Page, Piece, print_json
from legation.facts.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legation.report.replies import MatchedReply
    from legation.report.week import SheetDay, SheetEncounter, WeekSheet
    from legation.workspace.outgoing import LettersReceipt, Outgoing

#: The largest file that an answer is read from.
LARGEST_BYTES = 4 * 1024 * 1024


def tell_problems(outgoing: Outgoing) -> None:
    """Say on stderr what of weeks.toml could not be used."""
    for problem in outgoing.problems:
        line = f", line {problem.line}" if problem.line else ""
        say(f"weeks.toml{line}: {problem.message}", hint=problem.hint)


@click.command(cls=Command)
@click.option("-o", "--output", "output", default="", metavar="FILE", help="Where to write it; - is stdout.")
@click.option("--why", is_flag=True, help="Put the reason for each guest into the description.")
@click.option("--feed", is_flag=True, help="Print the address to subscribe to while the desk runs.")
@click.option("--renew", is_flag=True, help="Make a new address for the feed; the old one leads nowhere.")
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="The desk's port, in the address.")
@workspace_option
@json_option
def calendar(
    output: str,
    port: int | None,
    workspace: str,
    *,
    why: bool,
    feed: bool,
    renew: bool,
    as_json: bool,
) -> None:
    """Write the weeks that stand as a calendar (iCalendar), or print the address of the feed.

    Encounters keep their UID, so that a calendar program moves what was moved and takes out what
    was dropped. Without -o the calendar goes to stdout. What came from your own calendar is left
    out, and so are the reasons, unless --why asks for them.

    Example:
      legation calendar -o plan.ics
      legation calendar --feed
    """
    outgoing = open_desk(workspace).outgoing()
    if feed or renew:
        _show_feed(outgoing, port, renew=renew, as_json=as_json)
        return
    made = outgoing.calendar(why=why)
    tell_problems(outgoing)
    if output and output != "-":
        from legation.workspace.out_files import write_beside

        write_beside(Path(output).expanduser(), made.body)
    if as_json:
        print_json(
            {
                "version": 1, "kind": "calendar", "file": output if output != "-" else "",
                "encounters": made.encounters, "cancelled": made.cancelled,
                "courtesies": made.courtesies, "changed_at": made.changed_at.isoformat(),
            }
        )  # fmt: skip
        return
    if not output or output == "-":
        click.echo(made.body, nl=False)
        return
    page = Page()
    page.flow(f"{output}:", _say_calendar(made.encounters, made.cancelled, made.courtesies))
    if _lies_in(Path(output), outgoing):
        page.flow(
            (
                "The file lies in the workspace's folder: an import of the folder would read it back.",
                "question",
            )
        )
    page.show()


def _say_calendar(encounters: int, cancelled: int, courtesies: int) -> str:
    from legation.report.saying import join_names, say_number

    parts = [say_number(encounters, "encounter")]
    parts += [say_number(courtesies, "courtesy", "courtesies")] if courtesies else []
    parts += [f"{cancelled:,} called off"] if cancelled else []
    return join_names(parts) + "."


def _lies_in(path: Path, outgoing: Outgoing) -> bool:
    return path.expanduser().resolve().is_relative_to(outgoing.root.resolve())


def _show_feed(outgoing: Outgoing, port: int | None, *, renew: bool, as_json: bool) -> None:
    from legation.desk.web.feed import DEFAULT_PORT, feed_path

    key = outgoing.renew_feed_key() if renew else outgoing.feed_key()
    address = f"http://127.0.0.1:{port or DEFAULT_PORT}{feed_path(key)}"
    if as_json:
        print_json({"version": 1, "kind": "feed", "address": address, "renewed": renew})
        return
    page = Page()
    page.lines.append(address)  # not wrapped: it is there to be copied
    said = "The address is new; the old one leads nowhere. " if renew else ""
    page.flow((f"{said}It answers while the desk runs on that port, to programs of this machine.", "quiet"))
    page.show()


@click.command(cls=Command)
@click.option("--on", "day", default="", metavar="DATE", help="A day of the week; else today.")
@click.option("--why", is_flag=True, help="Say why each guest is asked.")
@workspace_option
@json_option
def week(day: str, workspace: str, *, why: bool, as_json: bool) -> None:
    """Print one week of the plan that stands, day by day, to take along.

    The desk has the same week as a page for the printer (Week, A4).

    Example:
      legation week --on 1938-09-06
    """
    outgoing = open_desk(workspace).outgoing()
    sheet = outgoing.week(parse_day(day, "--on"), why=why)
    tell_problems(outgoing)
    if as_json:
        from legation.report.json import VERSION, plain

        print_json({"version": VERSION, "kind": "week", **plain(sheet)})
        return
    page = Page()
    set_week(page, sheet)
    page.show()


def set_week(page: Page, sheet: WeekSheet) -> None:
    """Set a week: its days, what is on each, and the hours in all."""
    from legation.report.saying import say_date, say_number

    page.title(say_date(f"{sheet.since}/{sheet.until}"))
    if not sheet.planned:
        page.flow("No plan that is kept covers this week.", ("legation plan --keep", "key"), "makes one.")
    else:
        hours = f"{sheet.hours:g} {'hour' if sheet.hours == 1 else 'hours'}"
        said = f"{say_number(sheet.encounters, 'encounter')}, {say_number(sheet.guests, 'guest')}, {hours}."
        page.flow((said, "quiet"))
    for day in sheet.days:
        if sheet.planned or day.encounters or day.courtesies:
            _set_day(page, day)


def _set_day(page: Page, day: SheetDay) -> None:
    import datetime as dt

    from legation.report.letters import say_day
    from legation.report.saying import sentence

    page.head(say_day(dt.date.fromisoformat(day.on)))
    for encounter in day.encounters:
        _set_encounter(page, encounter)
    for courtesy in day.courtesies:
        occasion = f" ({courtesy.occasion})" if courtesy.occasion else ""
        page.row("", f"{sentence(courtesy.courtesy)}:", (courtesy.person.name, "person"), (occasion, "quiet"))
    if not day.encounters and not day.courtesies:
        page.flow(("–", "quiet"), indent=2)


def _set_encounter(page: Page, encounter: SheetEncounter) -> None:
    from legation.desk.cli.commands.planning import short_of
    from legation.report.saying import say_form_title

    span = f"{encounter.at}–{encounter.until}" if encounter.until else encounter.at or "all day"
    notes = [encounter.place, f"for {encounter.occasion}" if encounter.occasion else ""]
    notes += ["called off" if encounter.status == "CANCELLED" else ""]
    notes += ["in the calendar" if encounter.origin == "calendar" else "locked" if encounter.locked else ""]
    said: list[Piece | str] = [(say_form_title(encounter.form), "title")]
    said += [(", ".join(n for n in notes if n), "quiet"), (f"[{short_of(encounter.uid)}]", "quiet")]
    page.row(f"  {span}" if len(span) < 12 else span, *said)
    for guest in encounter.guests:
        office = f"({guest.person.office})" if guest.person.office else ""
        says = f"– {guest.says}" if guest.says else ""
        page.flow((guest.person.name, "person"), (office, "quiet"), says, indent=14, hang=16)
        if guest.why:
            page.flow((guest.why, "quiet"), indent=16)


@click.command(cls=Command)
@click.argument("uid", default="", metavar="[UID]")
@click.option("-o", "--output", "output", default="", metavar="FILE", help="Where to write it; - is stdout.")
@click.option("--coming", is_flag=True, help="Leave out who has declined.")
@workspace_option
@json_option
def guests(uid: str, output: str, workspace: str, *, coming: bool, as_json: bool) -> None:
    """Write the guest list of one encounter, or of all that stand, as CSV.

    It holds name, office of the day, address and answer, and no reasons. UID is that of
    `legation week`, or its beginning.

    Example:
      legation guests -o guests.csv
      legation guests --coming --json
    """
    from legation.report.guests import write_csv

    outgoing = open_desk(workspace).outgoing()
    rows = outgoing.guests(uid, coming=coming)
    tell_problems(outgoing)
    if output and output != "-":
        from legation.workspace.out_files import write_beside

        write_beside(Path(output).expanduser(), write_csv(rows).encode("utf-8", "replace"))
    if as_json:
        from legation.report.json import list_to_json

        print_json(list_to_json("guests", rows, len(rows)))
    elif not output or output == "-":
        click.echo(write_csv(rows).encode("utf-8", "replace"), nl=False)
    else:
        from legation.report.saying import say_number

        page = Page()
        page.flow(f"{output}: {say_number(len(rows), 'guest')}.")
        page.show()


@click.command(cls=Command)
@click.argument("uid", default="", metavar="[UID]")
@click.option("-o", "--folder", default="", metavar="DIR", help="Where to; else letters/ of the workspace.")
@click.option("--on", "day", default="", metavar="DATE", help="The day of the letters; else today.")
@click.option("--again", is_flag=True, help="Write to those who are invited already as well.")
@click.option(
    "--calendar", "with_calendar", is_flag=True, help="Put an invitation for calendars beside each."
)
@click.option("--invite", is_flag=True, help="Mark everybody whose letter lies there as invited.")
@workspace_option
@json_option
def letters(
    uid: str,
    folder: str,
    day: str,
    workspace: str,
    *,
    again: bool,
    with_calendar: bool,
    invite: bool,
    as_json: bool,
) -> None:
    """Write a letter of invitation to each guest who is not invited yet, one file a guest.

    The text is yours: letters/letters.toml, made on first use. A letter says what, when and where,
    never why. No file is overwritten. --invite, once the letters are on their way, marks their
    guests as invited; without it nothing of the plan changes.

    Example:
      legation letters --on 1938-08-29
      legation letters --on 1938-08-29 --invite
    """
    desk = open_judging(workspace) if invite else open_desk(workspace)
    outgoing = desk.outgoing()
    receipt = outgoing.write_letters(
        on=parse_day(day, "--on"),
        uid=uid,
        folder=Path(folder).expanduser() if folder else None,
        again=again,
        with_calendar=with_calendar,
        invite=invite,
    )
    tell_problems(outgoing)
    if as_json:
        print_json(letters_to_json(receipt))
    else:
        _show_letters(receipt, invite=invite or again)


def letters_to_json(receipt: LettersReceipt) -> dict[str, object]:
    """Return a receipt of letters as plain values."""
    return {
        "version": 1,
        "kind": "letters",
        "folder": receipt.folder,
        "letters": [
            {
                "uid": f.letter.uid, "on": f.letter.on, "form": f.letter.form, "person": f.letter.person,
                "name": f.letter.name, "salutation": f.letter.salutation, "reply_by": f.letter.reply_by,
                "file": f.file, "written": f.written,
            }
            for f in receipt.files
        ],
        "invited": list(receipt.invited),
        "outdated": list(receipt.outdated),
    }  # fmt: skip


def _show_letters(receipt: LettersReceipt, *, invite: bool) -> None:
    from legation.report.saying import say_date, say_form, say_number

    page = Page()
    if not receipt.files:
        page.flow("Nobody is to be asked by letter: everybody in the weeks that stand is invited already.")
        page.flow((f"--again writes to those as well. The text is in {receipt.folder}.", "quiet"))
    for file in receipt.files:
        what = f"{say_form(file.letter.form)} on {say_date(file.letter.on)}"
        state = "" if file.written else "there already, left as it was"
        page.flow((file.letter.name, "person"), f"– {what}", (f"({state})" if state else "", "question"))
        page.flow((file.file, "quiet"), indent=2)
    written = sum(f.written for f in receipt.files)
    if receipt.files:
        page.blank()
        page.flow(f"{say_number(written, 'letter')} written." if written else "No new letter was written.")
    if receipt.invited:
        page.flow(f"{say_number(len(receipt.invited), 'guest')} marked as invited.")
    elif receipt.files and not invite:
        page.flow(("Nobody is marked as invited. When they are sent, run it again with --invite.", "quiet"))
    if receipt.outdated:
        page.blank()
        page.flow(
            f"Out of date: {say_number(len(receipt.outdated), 'letter')} that lie"
            f"{'s' if len(receipt.outdated) == 1 else ''} there and ask for what stands no more. Send no such"
            " letter, and write to whoever has one.",
        )
        for old in receipt.outdated:
            page.flow((old, "quiet"), indent=2)
    page.show()


@click.command(cls=Command)
@click.argument("words", metavar="[UID NAME ANSWER]", nargs=-1)
@click.option(
    "--read",
    "files",
    multiple=True,
    metavar="FILE",
    help="Read answers from a calendar file or mail; - is stdin.",
)
@workspace_option
@json_option
def reply(words: tuple[str, ...], files: tuple[str, ...], workspace: str, *, as_json: bool) -> None:
    """Set what a guest answered: accepted, declined or tentative.

    With --read the answers are taken from files that mail and calendar programs send (METHOD:REPLY).
    They are matched by the encounter's UID and the guest's address or name; what fits nobody is told
    and changes nothing. UID is that of `legation week`, or its beginning.

    Example:
      legation reply w-abc "Lord Halifax" accepted
      legation reply --read answer.ics
    """
    if files and not words:
        _read_replies(files, workspace, as_json=as_json)
        return
    if files or len(words) != 3:
        raise UsageError(
            "an answer needs UID, NAME and ANSWER, or --read FILE.",
            'legation reply UID "Lord Halifax" accepted',
        )
    from legation.report.replies import parse_reply

    answer = parse_reply(words[2])
    if answer is None:
        raise UsageError(f"{words[2]!r} is no answer.", "Say accepted, declined, tentative or needs-action.")
    desk = open_judging(workspace)
    outgoing = desk.outgoing()
    person = outgoing.guest_named(words[0], words[1], desk.find_person)
    name, changed = outgoing.set_reply(words[0], person, answer)
    if as_json:
        print_json(
            {
                "version": 1, "kind": "reply", "uid": words[0], "person": person, "name": name,
                "reply": answer, "changed": changed,
            }
        )  # fmt: skip
        return
    from legation.report.ical import SAID_REPLY

    page = Page()
    page.flow((name, "person"), f"– {SAID_REPLY[answer]}{'' if changed else ', as before'}.")
    page.show()


def _read_replies(files: tuple[str, ...], workspace: str, *, as_json: bool) -> None:
    read = [(name, _load(name)) for name in files]
    outgoing = open_judging(workspace).outgoing()
    found = outgoing.take_replies(read)
    tell_problems(outgoing)
    if as_json:
        from legation.report.json import plain

        rows = [{"file": name, **plain(matched)} for name, matched in found]
        print_json({"version": 1, "kind": "replies", "total": len(rows), "replies": rows})
        _check_read(found)
        return
    page = Page()
    for name, matched in found:
        style = (
            "sure" if matched.state == "taken" else "" if matched.state in ("same", "older") else "question"
        )
        done = "Set." if matched.state == "taken" else "Nothing was changed."
        page.flow(f"{name}:", (f"{matched.says}.", style), (done, "quiet"), hang=2)
    page.show()
    _check_read(found)


def _check_read(found: Sequence[tuple[str, MatchedReply]]) -> None:
    """Check that at least one answer was read. Raises UsageError."""
    if not any(matched.state != "unread" for _, matched in found):
        raise UsageError(
            "No answer was read, and nothing was changed.",
            "Give the .ics file or the mail with the answer, or set it by hand:"
            ' legation reply UID "NAME" accepted.',
        )


def _load(name: str) -> bytes:
    """Return a file's bytes, one more than is read at most. Raises OSError."""
    if name == "-":
        return sys.stdin.buffer.read(LARGEST_BYTES + 1)
    with Path(name).expanduser().open("rb") as stream:
        return stream.read(LARGEST_BYTES + 1)
