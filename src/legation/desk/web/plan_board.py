"""The plan set as a board: weeks down, forms across; what changed between two plans; and its sentences."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from legation.desk.web.drawing_plan import hundredths, meter_width
from legation.desk.web.wording import count, say_date, say_number, say_weekday
from legation.report.plan_views import EffectView, PlanChange, PlannedView, PlanView, WeekView
from legation.report.saying import join_names, say_form_title, sentence
from legation.report.views import PersonLink

#: Forms that share a column where there are more than the page has room for.
FAMILIES: tuple[tuple[str, frozenset[str]], ...] = (
    ("By day", frozenset({"breakfast", "lunch"})),
    ("Evenings", frozenset({"dinner", "supper", "theatre", "tavern"})),
    ("Visits", frozenset({"visit", "call", "walk", "journey", "meeting"})),
    ("In company", frozenset({"reception", "session", "church", "corridor"})),
    ("From afar", frozenset({"telephone", "letter"})),
)
#: The order of forms from left to right, as a day and then a house fills.
_ORDER = (
    "breakfast", "lunch", "dinner", "supper", "theatre", "tavern", "visit", "call", "walk", "journey",
    "meeting", "reception", "session", "church", "corridor", "telephone", "letter",
)  # fmt: skip
_MOST_COLUMNS = 5
#: How many guests of one encounter stand on the board; the sheet names them all.
GUESTS_SHOWN = 8
#: How many guests stand in a sheet with their reasons and answers; of a larger party the rest is named.
SHEET_GUESTS = 12
#: A share that differs by less than this differs by nothing that can be told.
SLIGHT = 0.0005
_FRACTIONS = {25: "¼", 50: "½", 75: "¾"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One encounter on the board: its view, a key fit for ids, and what changed of it ("" nothing)."""

    view: PlannedView
    key: str
    changed: str
    #: Who may be asked besides or in somebody's place, best first.
    others: tuple[PersonLink, ...]

    @property
    def fixed(self) -> bool:
        """Whether it stands in the calendar, and is changed there."""
        return self.view.origin == "calendar"


@dataclass(frozen=True, slots=True)
class Row:
    """One week: cells by column, and how much of its meter is filled."""

    week: WeekView
    last: str
    cells: tuple[tuple[Cell, ...], ...]
    filled: float
    over: bool


@dataclass(frozen=True, slots=True)
class Board:
    """Columns (heading, whether several forms stand there) and rows."""

    columns: tuple[tuple[str, bool], ...]
    rows: tuple[Row, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Return every encounter, in order."""
        return tuple(c for r in self.rows for cells in r.cells for c in cells)


def set_board(view: PlanView, changed: Mapping[str, str]) -> Board:
    """Return the board of a plan; `changed` says by uid what is new about an encounter."""
    present = Counter(e.form for w in view.weeks for e in w.encounters)
    columns = _columns(present)
    keys = _keys(e.uid for w in view.weeks for e in w.encounters)
    rows = []
    for week in view.weeks:
        cells = tuple(
            tuple(
                Cell(e, keys[e.uid], changed.get(e.uid, ""), _others(e))
                for e in week.encounters
                if e.form in forms
            )
            for _, forms in columns
        )
        last = (dt.date.fromisoformat(week.since) + dt.timedelta(days=6)).isoformat()
        over = week.hours_used > week.hours + 0.01
        rows.append(Row(week, last, cells, meter_width(week.hours_used, week.hours), over))
    return Board(tuple((head, len(forms) > 1) for head, forms in columns), tuple(rows))


def _columns(present: Mapping[str, int]) -> list[tuple[str, list[str]]]:
    """Return (heading, forms): a column a form where there is room, else a family a column."""
    rank = {form: n for n, form in enumerate(_ORDER)}
    forms = sorted(present, key=lambda f: (rank.get(f, len(_ORDER)), f))
    if len(forms) <= _MOST_COLUMNS:
        return [(_heading([f]), [f]) for f in forms]
    columns = []
    left = set(forms)
    for name, family in FAMILIES:
        members = [f for f in forms if f in family]
        left -= set(members)
        if members:
            columns.append((_heading(members) if len(members) < 3 else name, members))
    rest = [f for f in forms if f in left]
    return columns + ([("Other", rest)] if rest else [])


def _heading(forms: Sequence[str]) -> str:
    return sentence(", ".join(say_plain(f) for f in forms))


def say_plain(form: str) -> str:
    """Return a form as one word of a heading: "lunch", "in passing"."""
    return "in passing" if form == "corridor" else form


def _keys(uids: Iterable[str]) -> dict[str, str]:
    """Return for each uid a key of letters, figures and hyphens that nothing else has."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for uid in uids:
        base = re.sub(r"[^A-Za-z0-9]+", "-", uid.partition("@")[0]).strip("-")[:60] or "e"
        key, n = base, 1
        while key in taken:
            n += 1
            key = f"{base}-{n}"
        taken.add(key)
        found[uid] = key
    return found


def _others(view: PlannedView) -> tuple[PersonLink, ...]:
    here = {g.person.id for g in view.guests}
    found = {p.id: p for g in view.guests for p in g.instead if p.id not in here}
    return tuple(found.values())[:24]


# ── what changed ──────────────────────────────────────────────────────────────────────────


def compare(before: PlanView, after: PlanView) -> tuple[dict[str, str], str]:
    """Return what changed of each encounter of the plan after, by uid, and a sentence on all of it."""
    old = {e.uid: e for w in before.weeks for e in w.encounters}
    new = {e.uid: e for w in after.weeks for e in w.encounters}
    changed: dict[str, str] = {}
    tally: Counter[str] = Counter()
    for uid, e in new.items():
        was = old.get(uid)
        if was is None:
            changed[uid], kind = "new", "new"
        elif was.on != e.on:
            changed[uid], kind = f"was {say_date(was.on, year=False)}", "moved"
        elif (out := _names(was, e)) or _names(e, was):
            come = _names(e, was)
            parts = [f"{join_names(come)} new"] if come else []
            changed[uid] = ", ".join([*parts, *([f"without {join_names(out)}"] if out else [])])
            kind = "other guests"
        else:
            kind = "kept"
        tally[kind] += 1
    tally["gone"] = len(old.keys() - new.keys())
    if not any(tally[k] for k in ("new", "moved", "other guests", "gone")):
        return changed, f"Nothing changes: {_all_stay(tally['kept'])}."
    said = [
        (tally["kept"], "stays", "stay"),
        (tally["moved"], "is moved", "are moved"),
        (tally["other guests"], "has other guests", "have other guests"),
        (tally["new"], "is new", "are new"),
        (tally["gone"], "is taken out", "are taken out"),
    ]
    parts = [f"{say_number(n)} {one if n == 1 else many}" for n, one, many in said if n]
    return changed, f"Of the encounters {join_names(parts)}."


def _names(one: PlannedView, other: PlannedView) -> list[str]:
    """Return the names of guests of one that the other has not."""
    there = {g.person.id for g in other.guests}
    return [g.person.name for g in one.guests if g.person.id not in there]


def _all_stay(number: int) -> str:
    return "there is no encounter" if not number else f"all {say_number(number)} encounters stay"


# ── sentences ─────────────────────────────────────────────────────────────────────────────


def say_hours(hours: float) -> str:
    """Return hours as a page says them: "3½", "12", "¼"; to a tenth where they are no quarters."""
    hundred = round(hours * 100)
    whole, part = divmod(hundred, 100)
    if part in _FRACTIONS:
        return f"{whole or ''}{_FRACTIONS[part]}"
    return str(whole) if not part else f"{hours:.1f}".removesuffix(".0")


def say_length(hours: float) -> str:
    """Return how long an encounter takes: "4½ h", "20 min"."""
    return f"{say_hours(hours)} h" if hours >= 1 else f"{round(hours * 60)} min"


def say_share(share: float) -> str:
    """Return a share in hundredths with one decimal: "76.9"."""
    return f"{share * 100:.1f}"


def title_of(view: PlanView) -> str:
    """Return the heading of the page: "Eight weeks, four hours each"."""
    said = sentence(count(len(view.weeks), "week"))
    usual = Counter(round(w.hours, 2) for w in view.weeks).most_common(1)
    if usual and usual[0][1] > len(view.weeks) / 2:
        hours, often = usual[0]
        number = say_number(int(hours)) if hours == int(hours) else say_hours(hours)
        each = "each" if often == len(view.weeks) else "a week"
        return f"{said}, {number} {'hour' if hours == 1 else 'hours'} {each}"
    return f"{said}, {say_hours(view.hours)} hours in all"


def lead_of(view: PlanView) -> str:
    """Return the sentence under the heading: what is kept, what no plan can pass, what is lost where."""
    if not view.people:
        return (
            "There is nobody to plan for yet: whoever was met three times, or has an interval in plan.toml, "
            "is planned for."
        )
    span = "Over the week" if len(view.weeks) == 1 else f"Over the {say_number(len(view.weeks))} weeks"
    if view.share >= 1 - SLIGHT:
        return f"{span} this plan keeps everybody within the interval you set."
    share, bound = str(hundredths(view.share)), str(hundredths(view.bound_share))
    lost = say_number(int(bound) - int(share))
    if int(bound) <= int(share) and (view.gap >= SLIGHT or share == "100"):
        # Where whole numbers would hide the difference, it is told in tenths.
        share, bound = say_share(view.share), say_share(view.bound_share)
        lost = f"{max(0.1, round(float(bound) - float(share), 1)):g}"
    said = f"{span} this plan keeps {share} in every hundred within the interval you set. "
    if view.gap < SLIGHT:
        return said + "No plan at these hours can keep more. The rest are lost to the clock."
    return said + (
        f"No plan at these hours can keep more than {bound}, so at most {lost} "
        f"{'is' if lost == 'one' else 'are'} lost to the planning. The rest are lost to the clock."
    )


def say_hour(view: PlanView) -> str:
    """Return what an hour a week more or less would change."""
    more, less = hundredths(view.share + view.hour_more), hundredths(view.share + view.hour_less)
    share = hundredths(view.share)
    if view.hour_more < SLIGHT and view.hour_less > -SLIGHT:
        return "An hour more or less each week would change nothing."
    if more == share or less == share:
        # Where one of the two is too small for a whole number, both are told as changes.
        up, down = say_share(max(0.0, view.hour_more)), say_share(max(0.0, -view.hour_less))
        return f"One hour more each week would keep {up} in every hundred more; one hour less, {down} fewer."
    return f"One hour more each week would keep {more} in place of {share}; one hour less, {less}."


def say_encounter(view: PlannedView) -> str:
    """Return an encounter in a sentence: "Lunch with Rab Butler, 22 March"."""
    names = [g.person.name for g in view.guests if g.reply != "declined"]
    if len(names) > 3:
        names = [*names[:2], f"{len(names) - 2} more"]
    with_ = f" with {join_names(names)}" if names else ""
    return f"{say_form_title(view.form)}{with_}, {say_date(view.on, year=False)}"


def say_day(on: str, *, short: bool = True) -> str:
    """Return a day with its weekday where that is certain: "Tue 14 March"."""
    weekday = say_weekday(on)
    if not short:
        return say_date(on, weekday=True)
    return f"{weekday[:3]} {say_date(on, year=False)}".strip()


def say_when(view: PlannedView, week: WeekView) -> str:
    """Return day and length as short as its week allows: "Tue 14 · 4½ h"; a short call has no length."""
    day = dt.date.fromisoformat(view.on)
    weekday = say_weekday(view.on)[:3]
    # Without its weekday, or in another month than the row's, a bare number says too little.
    said = f"{weekday} {day.day}" if weekday and view.on[:7] == week.since[:7] else say_day(view.on)
    length = "" if view.hours < 1 and len(view.guests) == 1 else f" · {say_length(view.hours)}"
    return f"{said}{length}".replace(" ", "\u00a0")


def say_effect(effect: EffectView, *, done: bool = False) -> str:
    """Return what a change would do, or did, in a sentence or two."""
    before, after = say_share(effect.share_before), say_share(effect.share_after)
    if before == after:
        said = f"{'Still' if done else 'It would still be'} {after} in every hundred."
    else:
        more = "more" if effect.share_after > effect.share_before else "fewer"
        # The difference of what is shown, so that the sentence adds up.
        apart = f"{abs(float(after) - float(before)):.1f}"
        said = f"{after} in every hundred, {apart} {more}."
    for people, would, does, do in (
        (effect.colder, "would go cold", "goes cold", "go cold"),
        (effect.warmer, "would no longer go cold", "no longer goes cold", "no longer go cold"),
    ):
        if people:
            names = [p.name for p in people[:4]]
            names += [f"{len(people) - 4} more"] if len(people) > 4 else []
            said += f" {join_names(names)} {would if not done else does if len(people) == 1 else do}."
    return said


def names_in(view: PlanView) -> list[str]:
    """Return the names of all who stand in a plan, in order, for a list to choose from."""
    people = [g.person for w in view.weeks for e in w.encounters for g in e.guests]
    people += [c.person for c in view.cold]
    return sorted({p.name for p in people})


def say_broken(effect: EffectView) -> str:
    """Return what a change would break, as sentences, or ""."""
    return " ".join(f"{sentence(b.rstrip('.'))}." for b in effect.broken)


def say_change(change: PlanChange, before: PlanView, after: PlanView) -> str:
    """Return what was changed, in a sentence."""
    if change.kind == "hours":
        return f"The week of {say_date(change.on)} has {say_hours(change.hours)} hours."
    view = _find(after, change.uid) or _find(before, change.uid)
    if view is None:
        return "The encounter was changed."
    said = say_encounter(view)
    names = {g.person.id: g.person.name for v in (before, after) for e in _all(v) for g in e.guests}
    for v in (before, after):
        names.update({p.id: p.name for e in _all(v) for g in e.guests for p in g.instead})
    one, other = names.get(change.person, "the guest"), names.get(change.other, "somebody else")
    replies = {
        "accepted": f"{one} comes", "declined": f"{one} has declined", "tentative": f"{one} may come",
        "needs-action": f"{one} is asked",
    }  # fmt: skip
    return {
        "move": f"Moved: {said}.",
        "lock": f"Locked: {said}. A new plan leaves it as it is.",
        "unlock": f"Free again: {said}.",
        "drop": f"Taken out: {said}.",
        "swap": f"{other} in place of {one}: {said}.",
        "add": f"{other} besides: {said}.",
        "remove": f"Without {one}: {said}.",
        "reply": f"{replies.get(change.reply, f'{one} is not asked yet')}: {said}.",
    }.get(change.kind, f"Changed: {said}.")


def _all(view: PlanView) -> list[PlannedView]:
    return [e for w in view.weeks for e in w.encounters]


def _find(view: PlanView, uid: str) -> PlannedView | None:
    return next((e for e in _all(view) if e.uid == uid), None)
