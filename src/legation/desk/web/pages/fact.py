"""Why the ledger says what it says: a fact with its words, rule and judgements; and amending it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from legation.desk.web.render import Desk, path
from legation.desk.web.security import read_form
from legation.facts.candidates import FORMS
from legation.facts.errors import NotFoundError, UsageError
from legation.report.saying import sentence
from legation.report.views import Words

#: Keys of an explanation that the page sets in a way of its own.
_OWN = frozenset(
    {"id", "kind", "state", "words", "citations", "judgements", "rule", "says", "name"}
)
#: What each prefix of an id stands for.
PREFIXES: dict[str, str] = {
    "p": "Person", "m": "Mention", "a": "Account", "e": "Encounter", "q": "Question",
    "i": "Item", "j": "Judgement", "v": "Event", "o": "Occasion",
}  # fmt: skip
CORRECTABLE: tuple[str, ...] = ("form", "on", "place")


def routes(desk: Desk) -> APIRouter:
    """Return the routes of this page."""
    router = APIRouter(include_in_schema=False)

    @router.get("/fact/{fact}")
    async def fact(request: Request, fact: str) -> Response:
        told = desk.api.explain(fact)
        kind = fact.partition("-")[0]
        rest = [(sentence(k.replace("_", " ")), tell(v)) for k, v in told.items() if k not in _OWN]
        words = told.get("words") or told.get("citations") or ()
        return desk.page(
            request,
            "fact.html",
            here="",
            fact=fact,
            told=told,
            kind=kind,
            kind_name=PREFIXES.get(kind, "Fact"),
            words=[w for w in map(as_words, words) if w],
            rest=[(k, v) for k, v in rest if v not in (None, "", [], {})],
            forms=FORMS,
        )

    @router.post("/fact/{fact}/confirm")
    async def confirm(request: Request, fact: str) -> Response:
        form = await read_form(request) or {}
        return desk.after(form, "Confirmed.", desk.api.confirm(fact), where=path("fact", fact))

    @router.post("/fact/{fact}/reject")
    async def reject(request: Request, fact: str) -> Response:
        form = await read_form(request) or {}
        said = "Rejected; it is no longer in the ledger."
        return desk.after(form, said, desk.api.reject(fact), where=path("fact", fact))

    @router.post("/fact/{fact}/correct")
    async def correct(request: Request, fact: str) -> Response:
        form = await read_form(request) or {}
        changes = {k: form[k].strip() for k in CORRECTABLE if form.get(k, "").strip()}
        if not changes:
            raise UsageError("Nothing was changed.", "Fill in what should be otherwise.")
        judgement = desk.api.correct(fact, changes)
        return desk.after(form, "Corrected.", judgement, where=path("fact", fact))

    @router.post("/fact/{fact}/person")
    async def person(request: Request, fact: str) -> Response:
        form = await read_form(request) or {}
        name = " ".join(form.get("name", "").split())[:200]
        where = path("fact", fact)
        try:
            known = desk.api.find_person(name) if name else ""
        except NotFoundError:
            known = ""
        if known:
            judgement = desk.api.correct(fact, {"person": known})
        else:
            judgement = desk.api.split(fact, name)
        said = f"That is {name}." if name else "That is somebody else."
        return desk.after(form, said, judgement, where=where)

    return router


def as_words(value: Any) -> Words | None:
    """Return a citation of an explanation as words to be set, or None if it is none."""
    if not isinstance(value, dict) or "item" not in value:
        return None

    def text(*names: str) -> str:
        return next((str(value[n]) for n in names if value.get(n)), "")

    return Words(
        text("item"), text("item_title", "title", "path"), text("written_on"), text("kind"),
        int(value.get("start") or 0), int(value.get("end") or 0),
        text("before"), text("quote"), text("after"),
    )  # fmt: skip


def tell(value: Any) -> Any:
    """Return a value of an explanation as text, a list of texts, or a list of (name, value)."""
    if isinstance(value, dict):
        return [(sentence(str(k).replace("_", " ")), tell(v)) for k, v in value.items()]
    if isinstance(value, (list, tuple)):
        return [tell(v) for v in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
