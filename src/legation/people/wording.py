"""The words of questions about identity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from legation.people.identity import NameUse, OpenQuestion, Spell
from legation.people.nodes import Node, Profile, show

if TYPE_CHECKING:
    from legation.people.options import Option

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
    node: Node,
    uses: Sequence[NameUse],
    options: Sequence[Option],
    *,
    shown: Sequence[Node] = (),
    conflict: bool = False,
    single: bool = False,
    proposed: bool = False,
    everyone: Option | None = None,
    among: Sequence[Profile] = (),
    spell: Spell | None = None,
) -> OpenQuestion:
    """Make the question who a form is, or with `proposed` whether it is a person at all.

    `shown` are further forms that the answer settles; all bearers of the surname (`among`) may be
    `everyone`, which then is an answer of its own.
    """
    spell = spell or Spell()
    quoted = f"“{show(node)}”"
    called = " and ".join(dict.fromkeys((quoted, *(f"“{show(n)}”" for n in shown))))
    choices = [(o.label, o.key) for o in options]
    reasons = [o.why for o in options]
    weight = len(uses) + conflict
    if everyone is not None:
        label = f"{everyone.label}, and so is everybody of that name in {place_word(node.group)}"
        choices.insert(0, (label, f"all:{everyone.key}"))
        reasons.insert(0, _list_forms(among))
        weight += sum(p.count for p in among) - max((p.count for p in among), default=0)
    subject = ("use", uses[0].item, str(uses[0].start)) if single else ("who", node.group, node.name.form)
    if proposed:
        prompt = f"Is {called} a person?"
        new = (f"yes, a person called {quoted}", "new")
        nobody = ("no, not a person", "nobody")
    else:
        prompt = f"Who is {called} {_where(node, single=single, spell=spell)}?"
        new = (f"somebody else, called {quoted}" if options else f"a person called {quoted}", "new")
        nobody = ("nobody in particular", "nobody")
    return OpenQuestion(
        "name" if proposed else "who",
        subject,
        prompt,
        _why(node, options, conflict=conflict, proposed=proposed, spell=spell),
        (*choices, new, nobody),
        pick_evidence(uses),
        weight,
        node.group,
        conflict,
        tuple(reasons),
        tuple(p.key for p in among) if everyone is not None else (),
        spell,
    )


def _where(node: Node, *, single: bool, spell: Spell) -> str:
    if single:
        return "here"
    where = f"in {place_word(node.group)}"
    if spell.after:
        where += f" after {spell.after}"
    if spell.before:
        where += f"{' and' if spell.after else ''} before {spell.before}"
    return where


def _why(node: Node, options: Sequence[Option], *, conflict: bool, proposed: bool, spell: Spell) -> str:
    """Return why a question is asked."""
    if conflict:
        return "Answers contradict each other."
    if proposed:
        return "It stands where a name may stand; nothing else says that it is one."
    if any(spell):
        return "The name is known to be somebody's at another time only."
    if node.strength == "family":
        return "A title alone names whoever you say it does."
    if not options:
        return "Nothing yet says who bears this name."
    if len(options) == 1:
        return "One person of this name is known; nothing proves that it is the same."
    return f"{len(options)} people may be meant."


def _list_forms(among: Sequence[Profile]) -> str:
    """Return the forms that one answer would join."""
    rows = sorted(among, key=lambda p: (-p.count, p.key))
    return "joins " + ", ".join(dict.fromkeys(f"“{p.display}”" for p in rows[:_EVIDENCE]))
