"""Makes the desk's web application out of a workspace."""

from __future__ import annotations

from functools import partial

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from legation.desk.web.errors import HEADINGS, status_of
from legation.desk.web.feed import opens_feed
from legation.desk.web.pages import diary, door, fact, feed, people, plan, review, search, seating, today
from legation.desk.web.render import Desk
from legation.desk.web.security import Door, Guard
from legation.facts.errors import AmbiguousError, LegationError, WorkspaceBusyError
from legation.workspace.desk_api import DeskApi


def refuse(
    desk: Desk, request: Request, status: int, message: str, hint: str = "",
    heading: str = "", options: tuple[tuple[str, str], ...] = (),
) -> Response:  # fmt: skip
    """Set the page that says what went wrong and what to do."""
    return desk.bare(
        "enter.html" if status == 401 else "error.html",
        status=status,
        heading=heading or HEADINGS.get(status, HEADINGS[500]),
        message=message,
        hint=hint,
        options=options,
        wrong=False,
        known=desk.door.knows(request),
    )


async def _on_error(desk: Desk, request: Request, error: Exception) -> Response:
    """Answer an error of the tree by the table."""
    if not isinstance(error, LegationError):
        raise error
    status, heading = status_of(error)
    options = error.options if isinstance(error, AmbiguousError) else ()
    response = refuse(desk, request, status, str(error), error.hint, heading, options)
    if isinstance(error, WorkspaceBusyError):
        response.headers["Retry-After"] = "2"
    return response


async def _on_http(desk: Desk, request: Request, error: Exception) -> Response:
    """Answer what the framework turns away (no such page, no such method)."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    said = {
        404: ("There is no such page on the desk.", "The pages stand at the head."),
        405: ("This page is not written to in this way.", "Go back and use its buttons."),
    }
    message, hint = said.get(status, ("This could not be done.", ""))
    return refuse(desk, request, status, message, hint)


def make_app(api: DeskApi, *, token: str, port: int) -> FastAPI:
    """Return the application; it answers only to 127.0.0.1:`port` and asks for `token`."""
    desk = Desk(api, Door(token, port))
    app = FastAPI(
        title="Legation",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        middleware=[
            Middleware(
                Guard,
                door=desk.door,
                refuse=partial(refuse, desk),
                opens=partial(opens_feed, load_key=lambda: api.outgoing().feed_key(make=False)),
            )
        ],
        exception_handlers={
            LegationError: partial(_on_error, desk),
            HTTPException: partial(_on_http, desk),
        },
        redirect_slashes=False,
    )
    for module in (door, today, diary, review, people, plan, feed, seating, search, fact):
        app.include_router(module.routes(desk))
    return app
