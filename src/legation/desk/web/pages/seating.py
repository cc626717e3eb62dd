"""Seating: the guests of a planned encounter, or of a seating file, at their tables."""

from __future__ import annotations

import re
from dataclasses import replace

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from legation.desk.web.render import Desk, text_of
from legation.desk.web.security import read_form
from legation.facts.errors import UsageError
from legation.plan.seating import Couples
from legation.plan.seating_file import parse_seating
from legation.report.seating import SeatingView, SeatTableView, make_seating, say_points
from legation.report.seating_svg import BROAD, NARROW, draw_seating
from legation.report.seating_toml import write_seating
from legation.workspace.seating import SeatingChoice

#: Tables in one drawing: as many as fit a printed page.
_TABLES_DRAWN = 8
_COUPLES: dict[str, Couples] = {"apart": "apart", "together": "together", "any": "any"}


def routes(desk: Desk) -> APIRouter:
    """Return the routes of this page."""
    router = APIRouter(include_in_schema=False)

    @router.get("/seating")
    async def seating(request: Request) -> Response:
        uid = text_of(request, "uid")
        listed = desk.api.seating().encounters()
        if not uid:
            return show(request, listed=listed)
        choice = SeatingChoice(
            text_of(request, "tables", 40), text_of(request, "host"), text_of(request, "hostess"),
            _COUPLES.get(text_of(request, "couples", 20), "apart"),
        )  # fmt: skip
        text = write_seating(desk.api.seating().task(uid, choice))
        return show(request, text=text, uid=uid, choice=choice, listed=listed)

    @router.post("/seating")
    async def seat(request: Request) -> Response:
        form = await read_form(request)
        if form is None:
            raise UsageError(
                "This is more than the desk takes at once.", "Use `legation seat` with the file instead."
            )
        text, give_up = form.get("file", "").replace("\r\n", "\n"), form.get("do") == "give-up"
        if form.get("do") == "svg":
            view, _ = made(text, give_up=bool(form.get("given")))
            if view is not None and view.found:
                return attached(draw_seating(view, alone=True), "image/svg+xml", view.title or "seating")
        if form.get("do") == "toml":
            return attached(text, "application/toml", "seating")
        return show(request, text=text, give_up=give_up, listed=desk.api.seating().encounters())

    def made(text: str, *, give_up: bool) -> tuple[SeatingView | None, tuple[str, ...]]:
        parsed = parse_seating(text, file="The file")
        if parsed.task is None:
            return None, parsed.complaints
        return make_seating(parsed.task, give_up=give_up), ()

    def show(
        request: Request, *, text: str = "", uid: str = "", choice: SeatingChoice | None = None,
        give_up: bool = False, listed: tuple[tuple[str, str], ...] = (),
    ) -> Response:  # fmt: skip
        view, complaints = made(text, give_up=give_up) if text.strip() else (None, ())
        drawn = view is not None and view.found
        return desk.page(
            request, "seating.html", here="plan", view=view, complaints=complaints, text=text, uid=uid,
            choice=choice or SeatingChoice(), listed=listed, give_up=give_up, points=say_points,
            broad=drawings(view, BROAD, _TABLES_DRAWN) if drawn and view else (),
            narrow=drawings(view, NARROW, 1) if drawn and view else (),
        )  # fmt: skip

    return router


def drawings(view: SeatingView, width: int, most: int) -> tuple[Markup, ...]:
    """Return the plan in drawings of at most so many tables each; names in it are escaped there."""
    parts = [view.tables[i : i + most] for i in range(0, len(view.tables), most)]
    drawn = (
        draw_seating(replace(view, tables=part, guests=_guests(part)), width=width, part=len(parts) > 1)
        for part in parts
    )
    return tuple(Markup(svg) for svg in drawn)  # noqa: S704 - the drawing escapes what it is given


def _guests(tables: tuple[SeatTableView, ...]) -> int:
    return sum(1 for t in tables for p in t.places if p.name)


def attached(body: str, kind: str, name: str) -> Response:
    """Return a file to be saved under a plain name."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60] or "seating"
    suffix = "svg" if "svg" in kind else "toml"
    return Response(
        body.encode("utf-8", "replace"), media_type=f"{kind}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{plain}.{suffix}"'},
    )  # fmt: skip
