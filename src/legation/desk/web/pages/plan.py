"""Plan: the weeks as a board, how good they are, who goes cold; and changing them."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from legation.desk.web import plan_board as board
from legation.desk.web.drawing_plan import draw_cold, draw_shares, hundredths
from legation.desk.web.pages.plan_form import read_asked, read_change, read_settings, retell
from legation.desk.web.render import Desk, Notice, path, text_of
from legation.desk.web.security import read_form
from legation.facts.errors import EditConflictError, NotFoundError, UsageError
from legation.report.plan_views import EffectView, PlanView
from legation.report.simulated import SimulatedView

#: How many of those who go cold, or are left out, stand on the page at once.
_COLD_SHOWN = 12
_OUT_SHOWN = 6
#: Plans that are remembered, so that the next one can be compared with the one looked at.
_MOST_SEEN = 8


class Shelf:
    """Plans that were shown, by what an edit of them is based on, and those about to be shown."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, PlanView] = OrderedDict()
        self._did: OrderedDict[str, str] = OrderedDict()
        self._next: OrderedDict[str, tuple[PlanView, dict[str, str]]] = OrderedDict()

    def saw(self, view: PlanView) -> None:
        """Remember a plan that stands and is shown."""
        if view.kept and view.based_on:
            _put(self._seen, view.based_on, view)

    def seen(self, based_on: str) -> PlanView | None:
        """Return the plan of that hash, if it was shown lately."""
        return self._seen.get(based_on)

    def did(self, based_on: str, said: str) -> None:
        """Remember what the change was that led to the plan of that hash."""
        _put(self._did, based_on, said)

    def what_was_done(self, based_on: str) -> str:
        """Return what led to the plan of that hash, "" where that is not known."""
        return self._did.get(based_on, "")

    def hand_on(self, number: str, view: PlanView, changed: dict[str, str]) -> None:
        """Keep a plan for the page that a redirect leads to, with what changed of it."""
        _put(self._next, number, (view, changed))

    def take(self, number: str) -> tuple[PlanView, dict[str, str]] | None:
        """Return the plan that was kept for a page, once."""
        return self._next.pop(number, None)


def _put(kept: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    kept[key] = value
    while len(kept) > _MOST_SEEN:
        kept.popitem(last=False)


class PlanPage:
    """The page and its forms, over one desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.api = desk.api
        self.shelf = Shelf()
        #: Years that were simulated, by first day and by the weeks that stood.
        self._years: OrderedDict[Any, SimulatedView] = OrderedDict()

    async def show(self, request: Request) -> Response:
        """Set the page: the weeks that stand, or those that the address asks for."""
        asked = read_asked(dict(request.query_params))
        handed = self.shelf.take(text_of(request, "done", 12))
        view, changed = handed or (asked.of(self.api), {})
        self.shelf.saw(view)
        return self.desk.page(
            request, "plan.html", here="plan", view=view, asked=asked, **shown(view, changed),
            settings=self.api.plan_settings(),
        )  # fmt: skip

    async def year(self, request: Request) -> Response:
        """Set the page of simulated years: what the plan, greedy choice and one to one would keep."""
        asked = read_asked(dict(request.query_params))
        key = (asked.since.isoformat() if asked.since else "", self.api.plan().based_on)
        view = self._years.get(key)
        if view is None:
            # A year takes seconds: off the loop, so that the other pages answer meanwhile.
            view = await run_in_threadpool(self.api.year, asked.since)
            _put(self._years, key, view)
        first = dt.date.fromisoformat(view.since)
        weeks = [(first + dt.timedelta(weeks=n)).isoformat() for n in range(view.weeks)]
        means = {way.way: way.share for way in view.ways}
        return self.desk.page(
            request, "plan_year.html", here="plan", view=view, say=board, hundredths=hundredths,
            broad=draw_shares(view.curves, weeks, width=840, height=240, room=9, means=means),
            narrow=draw_shares(view.curves, weeks, width=350, height=250, room=3, means=means),
            cold_shown=_COLD_SHOWN,
        )  # fmt: skip

    async def weigh(self, request: Request) -> Response:
        """Say what a change would do; nothing is written."""
        fields = {k: v[:200] for k, v in request.query_params.items()}
        effect = self.api.weigh_change(read_change(fields))
        return JSONResponse({"says": board.say_effect(effect), "broken": board.say_broken(effect)})

    async def make(self, request: Request) -> Response:
        """Keep the weeks proposed, or plan anew from what stands."""
        form = await _form(request)
        asked, based_on = read_asked(form), form.get("based_on", "")
        before = self.shelf.seen(based_on)
        try:
            after = asked.make(self.api, based_on)
        except EditConflictError as error:
            return self._conflict(form, error)
        if before is None or not form.get("kept"):
            return self._changed(form, after, "These weeks are kept now, in weeks.toml.", {})
        changed, said = board.compare(before, after)
        self.shelf.did(after.based_on, "Planned anew.")
        said = f"Planned anew. {said} {board.say_share(after.share)} in every hundred, "
        return self._changed(form, after, f"{said}{board.say_share(before.share)} before.", changed)

    async def change(self, request: Request) -> Response:
        """Make one change; what would break a rule is asked first."""
        form = await _form(request)
        asked, wanted = read_asked(form), read_change(form)
        based_on = form.get("based_on", "")
        try:
            if not form.get("kept"):
                # Weeks only proposed are kept by their first change: what is changed has to stand somewhere.
                based_on = asked.make(self.api, based_on).based_on
            effect = self.api.weigh_change(wanted)
            if effect.broken and not form.get("sure"):
                return self._ask({**form, "kept": "1", "based_on": based_on}, effect)
            before = self.shelf.seen(based_on)
            if before is None and wanted.kind == "drop":
                before = asked.of(self.api)  # what is taken out has a name only here
            after = self.api.change_plan(wanted, based_on)
        except EditConflictError as error:
            return self._conflict(form, error)
        changed = board.compare(before, after)[0] if before else {}
        done = board.say_change(wanted, before or after, after)
        self.shelf.did(after.based_on, done)
        return self._changed(form, after, f"{done} {board.say_effect(effect, done=True)}", changed)

    async def undo(self, request: Request) -> Response:
        """Take back the last change."""
        form = await _form(request)
        try:
            after = self.api.undo_plan(form.get("based_on", ""))
        except EditConflictError as error:
            return self._conflict(form, error)
        except NotFoundError:
            # Taking back the first weeks that were kept leaves none, which is no plan to show.
            gone = not self.api.plan().based_on and bool(form.get("based_on"))
            said = "Taken back: nothing is kept now." if gone else "There is nothing to take back."
            return self.desk.after({}, said, where="/plan")
        done = self.shelf.what_was_done(form.get("based_on", ""))
        what = f"Taken back: “{done.rstrip('.')}”." if done else "The last change is taken back."
        said = f"{what} {board.say_share(after.share)} in every hundred again."
        return self._show_next(form, after, Notice(said), {})

    async def set(self, request: Request) -> Response:
        """Write settings into plan.toml."""
        form = await _form(request)
        known = self.api.plan_settings()
        changes, said = read_settings(form, known)
        if not changes:
            return self.desk.after(form, "Nothing was set otherwise.", where="/plan#h-set")
        try:
            now = self.api.edit_settings(changes, form.get("settings_based_on", ""))
        except EditConflictError as error:
            notice = Notice(
                f"{_stopped(error)} Nothing was written. Below stands what the file has now."
                f" You wanted: {said}",
                way="/plan/settings",
                fields=(*retell(form), ("settings_based_on", known.based_on)),
                label="Set it all the same",
                key="y",
            )
            return self.desk.after_notice(form, notice, "/plan#h-set")
        if wrong := [note for note in now.notes if note not in known.notes]:
            told = " ".join(wrong[:3]).replace("`", "")
            said = f"{said} It stands in plan.toml, but cannot be used: {told}"
            return self.desk.after(form, said, where="/plan#h-set")
        then = " Plan anew to let it count." if self.api.plan().kept else ""
        return self.desk.after(form, f"{said} It stands in plan.toml.{then}", where="/plan#h-set")

    def _ask(self, form: dict[str, str], effect: EffectView) -> Response:
        """Say what a change would break; to do it all the same is one button away."""
        notice = Notice(
            f"Nothing was changed yet. {board.say_broken(effect)} {board.say_effect(effect)}",
            way="/plan/change", fields=(*retell(form), ("sure", "1")), label="Do it all the same", key="y",
        )  # fmt: skip
        return self.desk.after_notice({**form, "back": _back(form)}, notice, "/plan")

    def _conflict(self, form: dict[str, str], error: EditConflictError) -> Response:
        """Say that the file changed in between; what was wanted is one button away."""
        current = self.api.plan().based_on
        fields = tuple((k, v) for k, v in retell(form) if k not in {"based_on", "kept"})
        notice = Notice(
            f"{_stopped(error)} Nothing was written; below are the weeks as they stand now.",
            way=form["_path"], fields=(*fields, ("based_on", current), ("kept", "1" if current else "")),
            label="Do it on these weeks", key="y",
        )  # fmt: skip
        return self.desk.after_notice({**form, "back": _back(form)}, notice, "/plan")

    def _changed(self, form: dict[str, str], view: PlanView, said: str, changed: dict[str, str]) -> Response:
        """Lead to the plan as it is now, with a way to take the change back."""
        fields = (("based_on", view.based_on),)
        notice = Notice(said, way="/plan/undo", fields=fields, label="Take back", key="z")
        return self._show_next(form, view, notice, changed)

    def _show_next(
        self, form: dict[str, str], view: PlanView, notice: Notice, changed: dict[str, str]
    ) -> Response:
        form["back"] = _back(form)
        response = self.desk.after_notice(form, notice, "/plan")
        number = response.headers["location"].partition("done=")[2].partition("#")[0]
        self.shelf.hand_on(number, view, changed)
        return response


def routes(desk: Desk) -> APIRouter:
    """Return the routes of this page."""
    router = APIRouter(include_in_schema=False)
    page = PlanPage(desk)
    for way, answer in (("/plan", page.show), ("/plan/weigh", page.weigh), ("/plan/year", page.year)):
        router.add_api_route(way, answer, methods=["GET"])
    for way, answer in (
        ("/plan/make", page.make), ("/plan/change", page.change), ("/plan/undo", page.undo),
        ("/plan/settings", page.set),
    ):  # fmt: skip
        router.add_api_route(way, answer, methods=["POST"])
    return router


def _stopped(error: Exception) -> str:
    """Return an error as a whole sentence."""
    return f"{str(error).rstrip('.')}."


def _back(form: dict[str, str]) -> str:
    """Return the page of the weeks that stand now: from the day that was looked at, if one was."""
    query = urlsplit(form.get("back", "")).query
    since = form.get("from") or dict(parse_qsl(query)).get("from", "")
    return path("plan", **{"from": since})


async def _form(request: Request) -> dict[str, str]:
    form = await read_form(request)
    if form is None:
        raise UsageError("That is too much for one change.")
    return {**form, "_path": request.url.path}


def shown(view: PlanView, changed: dict[str, str]) -> dict[str, Any]:
    """Return what the page of a plan is set from, besides the plan."""
    weeks = [w.since for w in view.weeks]
    strips = draw_cold(view.cold, view.since, view.until) if view.cold else ()
    return {
        "board": board.set_board(view, changed),
        "title": board.title_of(view),
        "lead": board.lead_of(view),
        "hour": board.say_hour(view),
        "broad": draw_shares(view.curves, weeks, width=840, height=240, room=9),
        "narrow": draw_shares(view.curves, weeks, width=350, height=250, room=3),
        "cold": list(zip(view.cold, strips, strict=True)),
        "cold_shown": _COLD_SHOWN,
        "out_shown": _OUT_SHOWN,
        "guests_shown": board.GUESTS_SHOWN,
        "sheet_guests": board.SHEET_GUESTS,
        "say": board,
        "hundredths": hundredths,
    }
