"""The command that reads a file without storing it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from legation.desk.cli.help import Command
from legation.desk.cli.options import check_when, find, json_option
from legation.desk.cli.terminal import Page, print_json

if TYPE_CHECKING:
    from legation.workspace.reading import ReadFile


@click.command(cls=Command)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--written-on", default="", metavar="DATE", help="The date of the entry or paper.")
@click.option("--author", default="", metavar="NAME", help="Who says “I” in it.")
@click.option(
    "--people",
    default=None,
    metavar="FILE.vcf",
    type=click.Path(path_type=Path),
    help="An address book: these people are known, by the UID of their card.",
)
@click.option(
    "-w",
    "--workspace",
    default="",
    metavar="DIR",
    help="Read with this workspace's register, people and answers; else the file alone.",
)
@json_option
def read(
    path: Path, written_on: str, author: str, people: Path | None, workspace: str, *, as_json: bool
) -> None:
    """Read one file without storing it, alone or with what a workspace knows.

    Example:
      legation read 1939-03-09.md --json
      legation read letter.txt --people friends.vcf --json
      legation read 1660-09-06.md -w ~/Legation --json
    """
    from legation.workspace.reading import read_alone, read_within

    written_on = check_when(written_on, "--written-on")
    if workspace:
        found = read_within(find(workspace), path, written_on=written_on, author=author, people=people)
    else:
        found = read_alone(path, written_on=written_on, author=author, people=people)
    value = file_json(found, by_card=people is not None)
    if as_json:
        print_json(value)
        return
    page = Page()
    show_reading(page, value)
    page.show()


def file_json(found: ReadFile, *, by_card: bool) -> dict[str, Any]:
    """Return a file's reading: one object for one item, else `documents`."""
    from legation.ledger.receipt import problem_json
    from legation.report.reading_json import TASKS, VERSION, reading_json
    from legation.workspace.reading import SOMEBODY

    documents = []
    for item in found.items:
        doc = f"{item.path}#{item.part}" if item.part and len(found.items) > 1 else item.path
        value = reading_json(
            doc, item.text, item.reading, author=item.author, mentions=item.mentions, accounts=item.accounts,
            findings=item.findings, parts=item.parts, names=item.names, ids=item.cards if by_card else {},
            problems=item.problems, unnamed=SOMEBODY,
        )  # fmt: skip
        documents.append((item, value))
    if len(documents) == 1:
        return documents[0][1]
    return {
        "version": VERSION,
        "doc": found.path,
        "tasks": list(TASKS),
        "skipped": found.skipped or None,
        "problems": [problem_json(p) for p in found.problems],
        "documents": [{"part": i.part, "offset_in_file": i.offset, **v} for i, v in documents],
    }


def show_reading(page: Page, value: dict[str, Any]) -> None:
    """Set a reading for a person: who, when, and what is not sure."""
    if "documents" in value:
        if value["skipped"]:
            page.flow(f"{value['doc']} is left out: {value['skipped']}.")
        for problem in value["problems"]:
            page.flow((problem["code"], "contra"), problem["message"])
        for document in value["documents"]:
            show_reading(page, document)
        return
    from legation.report.saying import say_date, say_form_title, sentence

    people, text = value["people"], value["text"]
    page.title(value["doc"], (f"· {value['kind']} · {say_date(value['written_on'] or '')}", "quiet"))
    asked = {
        m["person"]: "not known who" if m["rule"] in ("description", "apposition") else "would be asked"
        for m in value["mentions"]
        if m["state"] == "ask"
    }
    uses: dict[str, int] = {}
    for mention in value["mentions"]:
        uses[mention["person"]] = uses.get(mention["person"], 0) + 1
    page.head("People")
    for person, number in sorted(uses.items(), key=lambda u: (-u[1], people[u[0]])):
        waits = (f"· {asked[person]}", "question") if person in asked else ""
        page.flow(
            (people[person], "" if person in asked else "person"),
            (f"· {number}", "quiet"),
            waits,
            indent=2,
            hang=4,
        )
    if not uses:
        page.flow(("Nobody is named.", "quiet"), indent=2)
    page.head("Encounters")
    for meeting in value["encounters"]:
        names = ", ".join(people[p] for p in meeting["participants"])
        start, end = meeting["span"]
        said = ("· would be asked", "question") if meeting["state"] == "ask" else ""
        page.flow(
            sentence(say_form_title(meeting["form"])) + ",",
            f"{say_date(meeting['on'] or '')}:",
            (names, "person"),
            said,
            indent=2,
            hang=4,
        )
        page.flow((f"“{text[start:end]}”", "quiet"), indent=4)
    if not value["encounters"]:
        page.flow(("No meeting is told of.", "quiet"), indent=2)
    for problem in value["problems"]:
        page.blank()
        page.flow((problem["code"], "contra"), problem["message"])
