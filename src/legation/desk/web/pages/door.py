"""The way in, and what the pages are set with."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from legation.desk.web.render import Desk
from legation.desk.web.security import read_form
from legation.facts.errors import NotFoundError


def routes(desk: Desk) -> APIRouter:
    """Return the routes of this page."""
    router = APIRouter(include_in_schema=False)

    def closed(request: Request, status: int, *, wrong: bool) -> Response:
        return desk.bare(
            "enter.html",
            status=status,
            heading="The desk is closed",
            message="Others use this machine too, so the desk asks for its token.",
            hint="Open the address that was printed when the desk was started, or enter the token.",
            wrong=wrong,
            known=desk.door.knows(request),
        )

    @router.get("/enter")
    async def enter(request: Request) -> Response:
        return closed(request, 200, wrong=False)

    @router.post("/enter")
    async def admit(request: Request) -> Response:
        form = await read_form(request) or {}
        if not desk.door.opens(form.get("token", "").strip()):
            return closed(request, 401, wrong=True)
        return desk.door.admit(RedirectResponse("/", status_code=303))

    @router.get("/static/{name}")
    async def static(request: Request, name: str) -> Response:
        if name not in desk.static:
            raise NotFoundError("There is no such file on the desk.")
        body, kind = desk.static[name]
        headers = {"ETag": f'"{desk.stamp}"', "Cache-Control": "private, max-age=3600"}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=kind, headers=headers)

    return router
