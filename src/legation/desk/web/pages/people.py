"""People: the list; a person's page; merging two people and parting one."""

from __future__ import annotations

from itertools import groupby

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from legation.desk.web.drawing import draw_course, draw_months
from legation.desk.web.render import Desk, number_of, path, text_of
from legation.desk.web.security import read_form
from legation.desk.web.wording import count, say_date
from legation.facts.errors import NotFoundError, UsageError, WorkspaceError
from legation.plan.weeks import PlannedEncounter
from legation.report.saying import say_on, say_times
from legation.report.views import BriefView, PersonRow

_PAGE = 200
_TOLD = 50
ORDERS: tuple[tuple[str, str], ...] = (
    ("name", "By name"),
    ("closeness", "Closest first"),
    ("last", "Last met first"),
)


def routes(desk: Desk) -> APIRouter:
    """Return the routes of this page."""
    router = APIRouter(include_in_schema=False)

    @router.get("/people")
    async def people(request: Request) -> Response:
        query, offset = text_of(request, "q"), number_of(request, "from")
        order = text_of(request, "order", 20)
        order = order if order in dict(ORDERS) else "name"
        rows, total = desk.api.people(query=query, limit=_PAGE, offset=offset, order=order)
        return desk.page(
            request, "people.html", here="people", groups=grouped(rows, order), query=query,
            total=total, offset=offset, size=_PAGE, order=order, orders=ORDERS,
        )  # fmt: skip

    @router.get("/people/{person}")
    async def person(request: Request, person: str) -> Response:
        view = desk.api.brief(person)
        today = desk.api.today_on().isoformat()
        name = view.person.name
        shown, total = view.encounters, view.encounter_count
        if text_of(request, "all", 4) and total > len(shown):
            shown, total = desk.api.encounters(person=view.person.id, limit=2000)
        return desk.page(
            request, "person.html", here="people", view=view, lead=lead(view), owner=desk.api.owner(),
            encounters=shown, total=total, planned=planned_with(desk, view.person.id),
            broad=draw_months(view.months, name, today, width=840, height=180, room=9),
            narrow=draw_months(view.months, name, today, width=350, height=180, room=4),
            near_broad=draw_course(view.course, name, width=840, height=190, room=8),
            near_narrow=draw_course(view.course, name, width=350, height=190, room=3),
        )  # fmt: skip

    @router.get("/people/{person}/said")
    async def said(request: Request, person: str) -> Response:
        return told(request, person, "said")

    @router.get("/people/{person}/heard")
    async def heard(request: Request, person: str) -> Response:
        return told(request, person, "heard")

    def told(request: Request, person: str, side: str) -> Response:
        link = desk.api.person(person)
        offset = number_of(request, "from")
        by, to = (link.id, "") if side == "said" else ("", link.id)
        found, total = desk.api.statements(by=by, to=to, limit=_TOLD, offset=offset)
        title = f"What {link.name} said" if side == "said" else f"What {link.name} was told"
        return desk.page(
            request, "told.html", here="people", found=found, total=total, offset=offset, size=_TOLD,
            person=link, side=side, title=title, owner=desk.api.owner(),
        )  # fmt: skip

    @router.get("/people/{person}/merge")
    async def choose(request: Request, person: str) -> Response:
        view = desk.api.brief(person)
        query = text_of(request, "q")
        rows = desk.api.people(query=query, limit=30)[0] if query else ()
        rows = tuple(row for row in rows if row.person.id != view.person.id)
        return desk.page(request, "merge.html", here="people", view=view, query=query, rows=rows)

    @router.post("/people/{person}/merge")
    async def merge(request: Request, person: str) -> Response:
        form = await read_form(request) or {}
        other = form.get("other", "")
        first, second = desk.api.brief(person), desk.api.brief(other)
        since = form.get("since", "").strip()[:20]
        judgement = desk.api.merge(person, other, since)
        said = f"{first.person.name} and {second.person.name} are one"
        said += f"; so named from {say_date(since)} on." if since else "."
        return desk.after(form, said, judgement, where=path("people", person))

    @router.post("/people/{person}/split")
    async def split(request: Request, person: str) -> Response:
        form = await read_form(request) or {}
        mention = form.get("mention") or find_mention(desk, person, form)
        name = " ".join(form.get("name", "").split())[:200]
        judgement = desk.api.split(mention, name)
        said = f"That is somebody else{': ' + name if name else ''}."
        return desk.after(form, said, judgement, where=path("people", person))

    return router


def planned_with(desk: Desk, person: str, most: int = 3) -> list[PlannedEncounter]:
    """Return the encounters to come that the weeks that stand have with somebody, soonest first."""
    try:
        kept = desk.api.outgoing().kept()
    except WorkspaceError:
        return []  # the plan's own page says what is wrong with the file
    today = desk.api.today_on()
    found = [
        e
        for e in (kept.encounters if kept else ())
        if e.on >= today and any(g.person == person and g.reply != "declined" for g in e.guests)
    ]
    return sorted(found, key=lambda e: (e.on, e.at))[:most]


def grouped(rows: tuple[PersonRow, ...], order: str) -> list[tuple[str, list[PersonRow]]]:
    """Return the rows under their initials where they stand by name, else under one head."""
    if order != "name":
        return [("", list(rows))]
    return [(letter, list(of)) for letter, of in groupby(rows, lambda r: r.sort_name[:1].upper() or "–")]


def lead(view: BriefView) -> str:
    """Return the sentence under the name: how often you met, and when last."""
    number = view.met_count or view.encounter_count
    if not number:
        named = view.mention_count
        return "No meeting is on record." + (
            f" Named {count(named, 'time')} in what you hold." if named else ""
        )
    said = f"You have met {say_times(number)} that the ledger holds"
    if not view.last_on:
        return f"{said}; none has a date."
    return f"{said}, last {say_on(view.last_on)}."


def find_mention(desk: Desk, person: str, form: dict[str, str]) -> str:
    """Return the mention of a person at a place of an item (fields item, start, end).

    Raises:
        NotFoundError: nobody is named there.
        UsageError: the place is none.
    """
    try:
        start, end = int(form.get("start", "")), int(form.get("end", ""))
    except ValueError:
        raise UsageError("No place was given.") from None
    ids = {person, desk.api.brief(person).person.id}
    for mark in desk.api.entry(form.get("item", "")).marks:
        inside = start <= mark.start and mark.end <= end
        if inside and mark.fact.startswith("m-") and mark.person in ids:
            return mark.fact
    raise NotFoundError(
        "No name of this person stands in those words.", "Open the entry and choose the name there."
    )
