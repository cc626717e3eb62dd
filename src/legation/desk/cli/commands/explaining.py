"""The command that tells what a fact rests on."""

from __future__ import annotations

from typing import Any

import click

from legation.desk.cli.help import Command
from legation.desk.cli.options import json_option, open_desk, workspace_option
from legation.desk.cli.setting import STATES, set_words
from legation.desk.cli.terminal import Page, print_json
from legation.report.saying import say_number


@click.command(cls=Command)
@click.argument("fact", metavar="ID")
@workspace_option
@json_option
def explain(fact: str, workspace: str, *, as_json: bool) -> None:
    """Show what a fact rests on: its words, the rule that read them, the judgements.

    Every id will do: of a person, encounter, account, mention, question, entry, event or judgement.

    Example:
      legation explain e-b6wm5d4sbulv2iyu6dh7
    """
    told = open_desk(workspace).explain(fact)
    if as_json:
        from legation.report.json import explain_to_json

        print_json(explain_to_json(told))
        return
    page = Page()
    show_explained(page, told)
    page.show()


def show_explained(page: Page, told: dict[str, Any]) -> None:
    """Set an explanation."""
    from legation.report.views import Words

    page.title(str(told.get("says") or told["id"]), (f"· {told['kind']}", "quiet"))
    state = STATES.get(str(told.get("state", "read")), ("", ""))
    if state[0]:
        page.row("State", state)
    if told.get("rule"):
        score = told.get("score")
        page.row(
            "Rule",
            str(told["rule"]),
            (f"score {score:.2f}" if isinstance(score, float) and score else "", "quiet"),
        )
    for key, label in (("joined", "Joined"), ("place", "Place"), ("status", "Status")):
        if told.get(key):
            page.row(label, str(told[key]))
    people = told.get("people") or ([told["person"]] if told.get("person") else [])
    for number, person in enumerate(people):
        name = person.get("name") or f"{person.get('as_written', '')} (not known who)"
        page.row(
            "People" if not number else "",
            (name, "person"),
            (" ".join(x for x in (str(person.get("how", "")), str(person.get("id", ""))) if x), "quiet"),
        )
    if told.get("words"):
        page.head("Its words")
        for words in told["words"]:
            set_words(page, Words(**words), indent=2, length=240)
    if told.get("rests_on"):
        page.head("Rests on")
        for row in told["rests_on"]:
            page.flow(
                ", ".join(f"{k} {v}" for k, v in row.items()) if isinstance(row, dict) else str(row),
                indent=2,
                hang=4,
            )
    if told.get("accounts"):
        page.head("Accounts")
        for account in told["accounts"]:
            page.flow(
                f"{account['title']}: {account['form']}, {account['status']}",
                (f"{account['rule']} {account['score']:.2f} {account['id']}", "quiet"),
                indent=2,
                hang=4,
            )
    page.head("Judgements")
    for judgement in told.get("judgements", ()):
        taken_back = "" if judgement.get("in_force", True) else "taken back"
        page.flow(
            judgement["says"],
            (f"{judgement.get('by', '')} {judgement.get('made_at', '')[:10]} {judgement['id']}", "quiet"),
            (taken_back, "contra"),
            indent=2,
            hang=4,
        )
    if not told.get("judgements"):
        page.flow(("Nobody has judged it.", "quiet"), indent=2)
    if told.get("document"):
        page.head("From")
        arrival = told.get("arrival") or {}
        if arrival:
            versions = f", {say_number(arrival['versions'], 'version')}" if arrival.get("versions") else ""
            page.row("Path", f"{arrival.get('path', '')}{versions}")
        page.row("Document", (str(told["document"]), "quiet"))
        page.row("Rendition", (str(told.get("rendition", "")), "quiet"))
