"""The words of questions about identity."""

from __future__ import annotations

from collections.abc import Sequence

from legation.people.identity import NameUse, OpenQuestion
from legation.people.nodes import Node, show

_EVIDENCE = 5


def place_word(group: str) -> str:
    """Return what a group is called in a sentence."""
    return "this diary" if group.startswith("diary:") else "these papers"


def pick_evidence(uses: Sequence[NameUse]) -> tuple[tuple[str, int], ...]:
    """Return up to five places, spread over the uses in order of time, the first one first."""
    rows = sorted(uses, key=lambda u: u.order)
    if len(rows) > _EVIDENCE:
        step = (len(rows) - 1) / (_EVIDENCE - 1)
        rows = [rows[round(i * step)] for i in range(_EVIDENCE)]
    return tuple(dict.fromkeys(u.place for u in rows))


def ask_who(
    node: Node, uses: Sequence[NameUse], options: tuple[tuple[str, str], ...], *, conflict: bool, single: bool
) -> OpenQuestion:
    """Make the question who a form is; `options` are (label, person key)."""
    shown = show(node)
    where = place_word(node.group)
    prompt = f"Who is “{shown}” here?" if single else f"Who is “{shown}” in {where}?"
    if conflict:
        why = "Answers contradict each other."
    elif node.strength == "family":
        why = "A title alone names whoever you say it does."
    elif not options:
        why = "Nothing yet says who bears this name."
    elif len(options) == 1:
        why = "One person of this name is known; nothing proves that it is the same."
    else:
        why = f"{len(options)} people may be meant."
    new = (f"somebody else, called “{shown}”" if options else f"a person called “{shown}”", "new")
    subject = ("use", uses[0].item, str(uses[0].start)) if single else ("who", node.group, node.name.form)
    return OpenQuestion(
        "who",
        subject,
        prompt,
        why,
        (*options, new, ("nobody in particular", "nobody")),
        pick_evidence(uses),
        len(uses),
        node.group,
        conflict,
    )
