"""How views are set on a page of the terminal: people, words, encounters, questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from legation.desk.cli.terminal import Page, Piece, fit, one_line
from legation.report.saying import join_names, say_date, say_form_title, say_on

if TYPE_CHECKING:
    from legation.report.views import EncounterView, FindingView, PersonLink, QuestionView, Words

#: What each state of a fact is called, and its style; a fact merely read says nothing.
STATES: dict[str, Piece] = {
    "read": ("", ""),
    "sure": ("confirmed", "sure"),
    "ask": ("open question", "question"),
    "contra": ("accounts differ", "contra"),
    "rejected": ("rejected", "contra"),
}
KINDS = {
    "entry": "diary", "paper": "paper", "card": "address book", "event": "calendar", "message": "mail",
    "row": "address list", "note": "note",
}  # fmt: skip
QUOTE = 150


def person_pieces(person: PersonLink) -> list[Piece]:
    """Return a person with the office held then."""
    return (
        [(person.name, "person"), (f"({person.office})", "quiet")]
        if person.office
        else [(person.name, "person")]
    )


def source_of(words: Words) -> str:
    """Return where words stand: "diary, 9 March 1939"."""
    kind = KINDS.get(words.kind, words.kind)
    title = one_line(words.item_title)
    when = say_date(words.written_on) if words.written_on else ""
    if words.kind == "entry" or not title:
        return f"{kind}, {when}" if when else f"{kind}, without a date"
    return f"{kind}: {fit(title, 56)}" + (f", {when}" if when and when not in title else "")


def set_words(page: Page, words: Words, *, indent: int = 4, length: int = QUOTE) -> None:
    """Set words with a little around them, and where they stand."""
    room = max(0, length - len(words.quote))
    before = one_line(words.before)
    after = one_line(words.after)
    left = before[-room // 2 :] if room and len(before) > room // 2 else before if room else ""
    right = after[: room // 2] if room else ""
    if len(left) < len(before):
        left = "…" + left.partition(" ")[2]
    if len(right) < len(after):
        right = right.rpartition(" ")[0] + "…"
    quote = fit(one_line(words.quote), max(length, 240))
    space_left = " " if left and words.before[-1:].isspace() else ""
    space_right = " " if right and words.after[:1].isspace() else ""
    page.flow(
        "“", (left + space_left, "quiet"), quote, (space_right + right, "quiet"), "”",
        (f"  {source_of(words)}", "quiet"), indent=indent, joined=True,
    )  # fmt: skip


def set_encounter(
    page: Page, view: EncounterView, *, words: int = 1, dated: bool = True, indent: int = 2
) -> None:
    """Set an encounter: what, when, with whom, where; then its accounts' own words."""
    names = [p.name for p in view.people] + [f"{one_line(n)} (not known who)" for n in view.unknown]
    title = one_line(view.title) or say_form_title(view.form)
    if view.title and all(name in title for name in names):
        names = []
    whom = ("with " if view.owner_there else "of ") + join_names(names) if names else ""
    state = STATES[view.state]
    status = "" if view.status == "held" or not dated else view.status
    tail = [x for x in (one_line(view.place), say_on(view.on) if dated else "", status) if x]
    page.flow(
        title, (whom, "person"), *(((f"({', '.join(tail)})", "quiet"),) if tail else ()),
        *(((f"[{state[0]}]", state[1]),) if state[0] else ()), indent=indent, hang=indent + 2,
    )  # fmt: skip
    for account in view.accounts[:words]:
        set_words(page, account, indent=indent + 2)
    if words and len(view.accounts) > words:
        more = len(view.accounts) - words
        page.flow((f"and {more} more account{'s' if more > 1 else ''} of it", "quiet"), indent=indent + 2)


def set_finding(page: Page, view: FindingView, *, indent: int = 2, quoted: int = 240) -> None:
    """Set a statement, promise, introduction or occasion: who and whom, then its own words."""
    state = STATES[view.state]
    days = view.days_until
    when = ""
    if view.kind == "promise" and days is not None:
        when = (
            f"{-days:,} days past its day" if days < 0 else "due today" if not days else f"in {days:,} days"
        )
    tail = [x for x in (view.status if view.status != "held" else "", when) if x]
    page.flow(
        (view.says, ""), *(((f"({', '.join(tail)})", "quiet"),) if tail else ()),
        *(((f"[{state[0]}]", state[1]),) if state[0] else ()),
        *(((f"inferred: {', '.join(view.inferred)}", "quiet"),) if view.inferred else ()),
        (view.id, "quiet"), indent=indent, hang=indent + 2,
    )  # fmt: skip
    set_words(page, view.words, indent=indent + 2, length=quoted)


def set_question(page: Page, view: QuestionView, *, words: int = 4) -> None:
    """Set a question: what is asked, the words, and the keys that answer it."""
    page.flow((view.prompt, "question"))
    why = f"{view.why} Proposed by {view.proposed_by}." if view.proposed_by else view.why
    if why:
        page.flow((why, "quiet"))
    for place in view.words[:words]:
        set_words(page, place, indent=2, length=220)
    more = max(view.places, len(view.words)) - min(words, len(view.words))
    if more > 0:
        page.flow((f"and {more:,} more place{'' if more == 1 else 's'}", "quiet"), indent=2)
    for option in view.options:
        page.row(
            f"  {option.key}",
            option.label,
            *(
                ((said, "quiet"),)
                if (said := " · ".join(x for x in (option.detail, option.why) if x))
                else ()
            ),
            at=6,
            style="key",
        )


def say_more(page: Page, shown: int, total: int, how: str) -> None:
    """Say how many are not shown, and how to see them."""
    if total > shown:
        page.blank()
        page.flow((f"{shown:,} of {total:,}; {how}", "quiet"))


def list_names(people: Sequence[PersonLink], most: int = 8) -> str:
    """Return names as a phrase, cut after some."""
    names = [p.name for p in people[:most]]
    return join_names(names) + (f" and {len(people) - most} more" if len(people) > most else "")
