"""Review: questions, one in hand, each answered by one key; and taking back."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from legation.desk.web.render import Desk, number_of, path, takes_name, text_of
from legation.desk.web.security import local_path, read_form
from legation.desk.web.wording import count, say_days_of
from legation.facts.errors import NotFoundError, UsageError
from legation.report.questions import ONCE, TOPICS
from legation.report.saying import sentence
from legation.report.views import QuestionView

_PAGE = 12
_ASIDE = 100
_PLACES = 40
_LONGEST_NAME = 200


def routes(desk: Desk) -> APIRouter:
    """Return the routes of this page."""
    router = APIRouter(include_in_schema=False)

    @router.get("/review")
    async def review(request: Request) -> Response:
        person, item = text_of(request, "person", 60), text_of(request, "item", 80)
        topic, offset = text_of(request, "topic", 20), number_of(request, "from")
        topic = topic if topic in TOPICS or topic == ONCE else ""
        questions, total = desk.api.questions(
            limit=_PAGE, offset=offset, person=person, item=item, topic=topic
        )
        if not questions and offset and total:
            return RedirectResponse(path("review", person=person, item=item, topic=topic), status_code=303)
        ids = [q.id for q in questions]
        at = text_of(request, "at", 80)
        in_hand = ids.index(at) if at in ids else 0
        return desk.page(
            request, "review.html", here="review", batches=batches(questions), total=total,
            offset=offset, size=_PAGE, in_hand=in_hand, person=person, item=item, topic=topic,
            title=title_of(total, topic),
            once=ONCE, history=desk.api.history(limit=6),
            waiting=desk.api.waiting(), topics=TOPICS, single=False,
        )  # fmt: skip

    @router.get("/review/later")
    async def later(request: Request) -> Response:
        offset = number_of(request, "from")
        found, total = desk.api.deferred(limit=_ASIDE, offset=offset)
        groups = [
            (state, head, of)
            for state, head in (("later", "For later"), ("never", "Never to be asked"))
            if (of := [q for q in found if q.state == state])
        ]
        return desk.page(
            request, "later.html", here="review", groups=groups, total=total, offset=offset, size=_ASIDE
        )

    @router.get("/review/{question}")
    async def one(request: Request, question: str) -> Response:
        view = desk.api.question(question)
        return desk.page(
            request, "review.html", here="review", batches=batches((view,)), total=1, offset=0,
            size=_PAGE, in_hand=0, person="", item="", topic="", title="One question", history=(),
            waiting=None, topics=TOPICS, once=ONCE, single=True,
        )  # fmt: skip

    @router.get("/review/{question}/places")
    async def places(request: Request, question: str) -> Response:
        view, offset = desk.api.question(question), number_of(request, "from")
        words, total = desk.api.places(question, limit=_PLACES, offset=offset)
        return desk.page(
            request, "places.html", here="review", view=view, words=words, total=total, offset=offset,
            size=_PLACES,
        )  # fmt: skip

    @router.post("/review/{question}/again")
    async def again(request: Request, question: str) -> Response:
        form = await read_form(request) or {}
        try:
            desk.api.ask_again(question)
        except NotFoundError:
            return desk.after(form, "That question is open already.", where="/review/later")
        return desk.after(form, "The question is asked again.", where="/review/later")

    @router.post("/review/{question}")
    async def answer(request: Request, question: str) -> Response:
        form = await read_form(request)
        if form is None:
            raise UsageError("That is too much for an answer.")
        name = " ".join(form.get("name", "").split())[:_LONGEST_NAME]
        key = form.get("key", "")
        since, until = (form.get(f, "").strip()[:20] for f in ("since", "until"))
        try:
            view = desk.api.question(question)
        except NotFoundError:
            return desk.after(form, "That question is no longer open.", where="/review")
        if not any(o.key == key and takes_name(o) for o in view.options):
            name = ""
        said = _said(view, key, name, say_days_of(since, until))
        judgement = desk.api.answer(question, key, name, since, until)
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


def batches(questions: Sequence[QuestionView]) -> list[list[tuple[QuestionView, int, str]]]:
    """Return (question, its number, the next one's id) in batches of one name or entry."""
    following = [*(q.id for q in questions[1:]), ""]
    numbered = [(q, n, then) for n, (q, then) in enumerate(zip(questions, following, strict=False))]
    found: list[list[tuple[QuestionView, int, str]]] = []
    for one in numbered:
        if found and one[0].batch and found[-1][0][0].batch == one[0].batch:
            found[-1].append(one)
        else:
            found.append([one])
    return found


def title_of(total: int, topic: str) -> str:
    """Return the heading of the page: how many questions wait."""
    said = sentence(count(total, "question"))
    return f"{said} about {'a name' if total == 1 else 'names'} used once" if topic == ONCE else said


def _then(form: dict[str, str]) -> str:
    """Return the page to go on with: where the form was, with the next question in hand."""
    back, then = local_path(form.get("back", "/review")), form.get("then", "")
    if not then or not back.startswith("/review"):
        return back
    base, _, query = back.partition("?")
    pairs = [p for p in query.split("&") if p and not p.startswith("at=")]
    return f"{base}?{'&'.join([*pairs, f'at={then}'])}"


def _said(view: QuestionView, key: str, name: str, days: str = "") -> str:
    """Return the notice of an answer: the question and what was said to it, for which days."""
    if key in ("never", "later", "0"):
        return f"{view.prompt} {'Never to be asked' if key == 'never' else 'Put off'}."
    for option in view.options:
        if option.key == key:
            label = f"{option.label} {name}" if name else option.label
            return f"{view.prompt} {label}{days}."
    return f"{view.prompt} {name or key}."
