"""Out of the plan: the calendar and its feed, guest lists, and the week for the printer."""

from __future__ import annotations

import datetime as dt
import hmac
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from legation.desk.web.feed import feed_path
from legation.desk.web.pages.today import parse_day
from legation.desk.web.plan_board import say_hours
from legation.desk.web.render import Desk, text_of
from legation.desk.web.security import read_form
from legation.facts.errors import NotFoundError
from legation.facts.ids import hash_bytes
from legation.report.guests import write_csv
from legation.workspace.outgoing import CalendarFile

_CALENDAR = "text/calendar; charset=utf-8"
#: Kept by whoever asked, and asked for again each time.
_CACHED = "private, no-cache"


def routes(desk: Desk) -> APIRouter:
    """Return the routes of these pages."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/feed/{key}/legation.ics", methods=["GET", "HEAD"])
    async def feed(request: Request, key: str) -> Response:
        outgoing = desk.api.outgoing()
        # Whoever has entered the desk still needs the key: a wrong address is a wrong address.
        known = outgoing.feed_key(make=False)
        if not known or not hmac.compare_digest(key.encode("utf-8", "replace"), known.encode()):
            raise NotFoundError(
                "There is no calendar at this address.", "It may have been renewed; the page Calendar has it."
            )
        return conditional(request, outgoing.calendar())

    @router.get("/calendar")
    async def calendar(request: Request) -> Response:
        outgoing = desk.api.outgoing()
        key = outgoing.feed_key(make=False)
        address = f"http://127.0.0.1:{desk.door.port}{feed_path(key)}" if key else ""
        made = outgoing.calendar()
        return desk.page(
            request, "calendar.html", here="plan", address=address, made=made, kept=outgoing.kept(),
        )  # fmt: skip

    @router.get("/calendar/legation.ics")
    async def download(request: Request) -> Response:
        made = desk.api.outgoing().calendar(why=text_of(request, "why") == "1")
        return attached(made.body, _CALENDAR, "legation.ics")

    @router.get("/calendar/guests.csv")
    async def guests(request: Request) -> Response:
        rows = desk.api.outgoing().guests(text_of(request, "uid"), coming=text_of(request, "coming") == "1")
        return attached(write_csv(rows).encode("utf-8", "replace"), "text/csv; charset=utf-8", "guests.csv")

    @router.post("/calendar/renew")
    async def renew(request: Request) -> Response:
        form = await read_form(request) or {}
        outgoing = desk.api.outgoing()
        before = outgoing.feed_key(make=False)
        outgoing.renew_feed_key()
        said = (
            "The address is new. The old one leads nowhere." if before else "The calendar has an address now."
        )
        return desk.after(form, said, where="/calendar")

    @router.get("/week")
    async def week(request: Request) -> Response:
        on, why = parse_day(text_of(request, "on")), text_of(request, "why") == "1"
        sheet = desk.api.outgoing().week(on, why=why)
        first = dt.date.fromisoformat(sheet.since)
        return desk.page(
            request, "week.html", here="plan", sheet=sheet, why=why, say_hours=say_hours,
            before=_step(first, -7), after=_step(first, 7),
        )  # fmt: skip

    return router


def _step(day: dt.date, days: int) -> str:
    try:
        return (day + dt.timedelta(days=days)).isoformat()
    except OverflowError:
        return ""


def attached(body: bytes, kind: str, name: str) -> Response:
    """Return a file to be saved."""
    return Response(body, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def conditional(request: Request, made: CalendarFile) -> Response:
    """Return the calendar, or 304 where whoever asks has it as it is (RFC 9110, 13.1).

    The tag is of the bytes: the calendar changes with the cards and names, too, not only with the
    weeks. A tag that is sent goes before a date, which knows of the weeks alone.
    """
    tag = f'"{hash_bytes(made.body)[:32]}"'
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(made.changed_at, usegmt=True),
        "Cache-Control": _CACHED,
    }
    tags = request.headers.get("if-none-match")
    if tags is not None:
        same = tags.strip() == "*" or tag in [t.strip().removeprefix("W/") for t in tags.split(",")]
    else:
        same = _not_since(request.headers.get("if-modified-since", ""), made.changed_at)
    if same:
        return Response(status_code=304, headers=headers)
    return Response(made.body, media_type=_CALENDAR, headers=headers)


def _not_since(given: str, changed_at: dt.datetime) -> bool:
    """Say whether nothing was changed since a date of HTTP; what is none says nothing."""
    try:
        when = parsedate_to_datetime(given)
    except (TypeError, ValueError, IndexError, OverflowError):
        return False
    return when.tzinfo is not None and changed_at <= when
