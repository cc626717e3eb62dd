"""Search: every document's text, with filters that narrow it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from legation.desk.web.render import Desk, number_of, text_of
from legation.facts.errors import AmbiguousError, NotFoundError
from legation.facts.when import When
from legation.report.views import PersonLink, SearchView

_PAGE = 20


def routes(desk: Desk) -> APIRouter:
    """Return the routes of this page."""
    router = APIRouter(include_in_schema=False)

    @router.get("/search")
    async def search(request: Request) -> Response:
        words, offset = text_of(request, "q"), number_of(request, "from")
        kind = text_of(request, "kind", 20)
        with_name, person = text_of(request, "with", 200), text_of(request, "person", 60)
        notes: list[str] = []
        options: tuple[tuple[str, str], ...] = ()
        if with_name and not person:
            try:
                person = desk.api.find_person(with_name)
            except AmbiguousError as error:
                options = error.options
                notes.append(f"“{with_name}” fits {len(options)} people; choose one.")
            except NotFoundError:
                notes.append(f"Nobody on record is called “{with_name}”.")
        since = _day(text_of(request, "since", 30), notes)
        until = _day(text_of(request, "until", 30), notes)
        view: SearchView | None = None
        if words and not (with_name and not person):
            view = desk.api.search(
                words,
                person=person,
                since=since,
                until=until,
                kind=kind,
                limit=_PAGE,
                offset=offset,
            )
        known: PersonLink | None = view.person if view else None
        if known is None and person:
            known = desk.api.brief(person).person
        return desk.page(
            request, "search.html", here="search", words=words, view=view, person=known,
            with_name=known.name if known else with_name, since=since, until=until, kind=kind,
            notes=notes, options=options, offset=offset, size=_PAGE,
        )  # fmt: skip

    return router


def _day(text: str, notes: list[str]) -> str:
    """Read a date of any precision; what is none is said and left out."""
    if not text:
        return ""
    try:
        return When(text).value
    except ValueError:
        notes.append(f"“{text}” is no date that could be used. Write 1938, 1938-08 or 1938-08-26.")
        return ""
