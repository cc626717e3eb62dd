"""Review: questions, one in hand, each answered by one key; and taking back."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from legation.desk.web.render import Desk, number_of, path, text_of
from legation.desk.web.security import local_path, read_form
from legation.desk.web.wording import count
from legation.facts.errors import NotFoundError, UsageError
from legation.report.saying import sentence
from legation.report.views import QuestionView

_PAGE = 20
_LONGEST_NAME = 200


def routes(desk: Desk) -> APIRouter:
    """Return the routes of this page."""
    router = APIRouter(include_in_schema=False)

    @router.get("/review")
    async def review(request: Request) -> Response:
        person, item = text_of(request, "person", 60), text_of(request, "item", 80)
        offset = number_of(request, "from")
        questions, total = desk.api.questions(limit=_PAGE, offset=offset, person=person, item=item)
        if not questions and offset and total:
            return RedirectResponse(path("review", person=person, item=item), status_code=303)
        ids = [q.id for q in questions]
        at = text_of(request, "at", 80)
        in_hand = ids.index(at) if at in ids else 0
        return desk.page(
            request,
            "review.html",
            here="review",
            questions=questions,
            total=total,
            offset=offset,
            size=_PAGE,
            in_hand=in_hand,
            person=person,
            item=item,
            title=sentence(count(total, "question")),
            history=desk.api.history(limit=6),
        )

    @router.get("/review/{question}")
    async def one(request: Request, question: str) -> Response:
        view = desk.api.question(question)
        return desk.page(
            request, "review.html", here="review", questions=(view,), total=1, offset=0,
            size=_PAGE, in_hand=0, person="", item="", title=view.prompt, history=(),
        )  # fmt: skip

    @router.post("/review/{question}")
    async def answer(request: Request, question: str) -> Response:
        form = await read_form(request)
        if form is None:
            raise UsageError("That is too much for an answer.")
        name = " ".join(form.get("name", "").split())[:_LONGEST_NAME]
        key = form.get("key", "")
        try:
            view = desk.api.question(question)
        except NotFoundError:
            return desk.after(form, "That question is no longer open.", where="/review")
        said = _said(view, key, name)
        judgement = desk.api.answer(question, key, name)
        form["back"] = _then(form)
        return desk.after(form, said, judgement, where="/review")

    @router.post("/undo")
    async def undo(request: Request) -> Response:
        form = await read_form(request) or {}
        try:
            undone = desk.api.undo(form.get("judgement", ""))
        except NotFoundError:
            return desk.after(form, "There is nothing to take back.", where="/review")
        return desk.after(form, f"Taken back: {undone}", where="/review")

    return router


def _then(form: dict[str, str]) -> str:
    """Return the page to go on with: where the form was, with the next question in hand."""
    back, then = local_path(form.get("back", "/review")), form.get("then", "")
    if not then or not back.startswith("/review"):
        return back
    base, _, query = back.partition("?")
    pairs = [p for p in query.split("&") if p and not p.startswith("at=")]
    return f"{base}?{'&'.join([*pairs, f'at={then}'])}"


def _said(view: QuestionView, key: str, name: str) -> str:
    """Return the notice of an answer: the question and what was said to it."""
    if key == "never":
        return f"{view.prompt} Never to be asked."
    for option in view.options:
        if option.key == key:
            label = f"{option.label} {name}" if name else option.label
            return f"{view.prompt} {label}."
    return f"{view.prompt} {name or key}."
