"""Today: what is planned, who is due, occasions, questions, and what was last written."""

from __future__ import annotations

import datetime as dt

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from legation.desk.web.render import Desk, text_of
from legation.desk.web.wording import count
from legation.facts.errors import UsageError
from legation.report.saying import join_names, sentence
from legation.report.views import TodayView

#: How many of those due stand on the page at once; the rest can be opened.
_DUE_SHOWN = 8


def routes(desk: Desk) -> APIRouter:
    """Return the routes of this page."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def today(request: Request) -> Response:
        on = parse_day(text_of(request, "on"))
        view = desk.api.today(on)
        day = dt.date.fromisoformat(view.on)
        return desk.page(
            request,
            "today.html",
            here="today",
            view=view,
            lead=lead(view),
            owner=desk.api.owner(),
            shown=_DUE_SHOWN,
            before=_step(day, -1),
            after=_step(day, 1),
        )

    return router


def parse_day(text: str) -> dt.date | None:
    """Read a day from the query; None where there is none."""
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"“{text}” is no day.", "Write it as 1939-03-09.") from None


def _step(day: dt.date, days: int) -> str:
    try:
        return (day + dt.timedelta(days=days)).isoformat()
    except OverflowError:
        return ""


def lead(view: TodayView) -> str:
    """Return the sentence under the date: what the day holds."""
    if not (view.entries or view.people):
        return "Nothing has been read into this workspace yet."
    due = view.due_count or len(view.due)
    has = [
        (len(view.planned), f"{count(len(view.planned), 'meeting')} planned"),
        (due, f"{count(due, 'person', 'people')} due"),
        (len(view.promises), f"{count(len(view.promises), 'promise')} to keep in mind"),
        (len(view.occasions), count(len(view.occasions), "occasion")),
    ]
    parts = [text for number, text in has if number]
    said = sentence(join_names(parts)) + "." if parts else "Nothing is planned and nobody is due."
    waiting = view.open_questions
    said += f" {sentence(count(waiting, 'question waits', 'questions wait'))}." if waiting else ""
    return said
