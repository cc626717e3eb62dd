"""Why the ledger says what it says: a fact with its words, rule and judgements; and amending it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from legation.desk.web.render import Desk, path
from legation.desk.web.security import read_form
from legation.desk.web.wording import say_date, say_days_of
from legation.facts.candidates import FORMS, OCCASIONS
from legation.facts.errors import NotFoundError, UsageError
from legation.facts.judgement import FINDING_ROLES
from legation.report.saying import sentence
from legation.report.views import Words

#: Keys of an explanation that the page sets in a way of its own, or that say nothing to a reader.
_OWN = frozenset({
    "accounts", "arrival", "citations", "document", "encounter", "id", "in_force", "judgements",
    "inferred", "kind", "length", "name", "people", "person", "precision", "problems", "rendition", "rule",
    "says", "score", "state", "subject", "value", "version", "words",
})  # fmt: skip
#: What the page looks for in every explanation, where it is not there.
_NOTHING: dict[str, Any] = {
    "accounts": (), "arrival": None, "document": "", "encounter": "", "form": "", "judgements": (),
    "on": "", "people": (), "person": None, "place": "", "rendition": "", "rule": "", "score": 0.0,
    "state": "",
}  # fmt: skip
#: What each prefix of an id stands for.
PREFIXES: dict[str, str] = {
    "p": "Person", "m": "Name in a text", "a": "Account", "e": "Encounter", "q": "Question",
    "i": "Entry or paper", "j": "Judgement", "v": "Event", "o": "Occasion", "f": "Fact", "t": "Statement",
}  # fmt: skip
#: Where the page of a thing is, by the prefix of its id.
PAGES: dict[str, str] = {"p": "people", "e": "encounter", "q": "review", "i": "diary"}
CORRECTABLE: tuple[str, ...] = ("form", "on", "place")
#: Fields of a finding that are chosen from a list, and those that take a date.
CHOICES: dict[str, tuple[str, ...]] = {
    "mode": ("quoted", "reported"), "kind": OCCASIONS, "status": ("held", "planned", "reported", "denied"),
}  # fmt: skip
FIELDS: dict[str, tuple[str, ...]] = {
    "statement": ("mode", "status"),
    "introduction": ("status",),
    "promise": ("due", "status"),
    "occasion": ("kind", "on", "status"),
}
#: What each part in a finding is called.
ROLES: dict[str, str] = {
    "speaker": "Who says it", "addressee": "To whom", "introducer": "Who introduces", "introduced": "Whom",
    "by": "Who promises", "to": "To whom", "person": "Whose",
}  # fmt: skip
#: Ways of saying that the owner is meant, and that nobody known is.
_SELF, _NOBODY = ("i", "me", "you"), ("nobody", "somebody", "-")
_DATES = frozenset({"on", "until", "written_on", "start_on", "end_on", "made_at"})


def routes(desk: Desk) -> APIRouter:
    """Return the routes of this page."""
    router = APIRouter(include_in_schema=False)

    @router.get("/fact/{fact}")
    async def fact(request: Request, fact: str) -> Response:
        told = desk.api.explain(fact)
        kind = fact.partition("-")[0]
        finding = str(told.get("kind")) if kind == "t" else ""
        words = told.get("words") or told.get("citations") or ()
        return desk.page(
            request,
            "fact.html",
            fact=fact,
            told={**_NOTHING, **told},
            title=str(told.get("says") or "Why the ledger says so").removesuffix("."),
            kind=kind,
            kind_name=sentence(finding) if finding else PREFIXES.get(kind, "Fact"),
            own_page=path(PAGES[kind], fact) if kind in PAGES else "",
            words=beyond([w for w in map(as_words, words) if w])
            if finding
            else [w for w in map(as_words, words) if w],
            rest=rest_of(told),
            forms=FORMS,
            roles=[(r, ROLES[r], parts_in(told, r)) for r in FINDING_ROLES.get(finding, ())],
            fields=FIELDS.get(finding, ()),
            choices=CHOICES,
            single=len(told.get("accounts") or (1,)) == 1,
        )

    @router.post("/fact/{fact}/confirm")
    async def confirm(request: Request, fact: str) -> Response:
        form = await read_form(request) or {}
        return desk.after(form, "Confirmed.", desk.api.confirm(fact), where=path("fact", fact))

    @router.post("/fact/{fact}/reject")
    async def reject(request: Request, fact: str) -> Response:
        form = await read_form(request) or {}
        said = "Rejected; nothing rests on it any more."
        return desk.after(form, said, desk.api.reject(fact), where=path("fact", fact))

    @router.post("/fact/{fact}/correct")
    async def correct(request: Request, fact: str) -> Response:
        form = await read_form(request) or {}
        if fact.startswith("t-"):
            changes = changes_of(desk, fact, form)
        else:
            changes = {k: form[k].strip() for k in CORRECTABLE if form.get(k, "").strip()}
        if not changes:
            raise UsageError("Nothing was changed.", "Fill in what should be otherwise.")
        judgement = desk.api.correct(fact, changes)
        return desk.after(form, "Corrected.", judgement, where=path("fact", fact))

    @router.post("/fact/{fact}/person")
    async def person(request: Request, fact: str) -> Response:
        form = await read_form(request) or {}
        name = " ".join(form.get("name", "").split())[:200]
        try:
            known = desk.api.find_person(name) if name else ""
        except NotFoundError:
            known = ""
        since, until = (form.get(f, "").strip()[:20] for f in ("since", "until"))
        if form.get("days") or since or until:
            judgement = desk.api.name_from(fact, known, "" if known else name, since, until)
            days = say_days_of(since, until) or ", from this day on"
            return desk.after(form, f"That is {name}{days}.", judgement, where=path("fact", fact))
        correct, split = desk.api.correct, desk.api.split
        judgement = correct(fact, {"person": known}) if known else split(fact, name)
        said = f"That is {name}." if name else "That is somebody else."
        return desk.after(form, said, judgement, where=path("fact", fact))

    return router


def parts_in(told: dict[str, Any], role: str) -> list[dict[str, Any]]:
    """Return those who have a part in a finding."""
    return [p for p in told.get("people", ()) if isinstance(p, dict) and p.get("role") == role]


def changes_of(desk: Desk, fact: str, form: dict[str, str]) -> dict[str, str]:
    """Return what a form corrects of a finding; names are turned into ids, "me" into the owner.

    Raises:
        NotFoundError: nobody is called so.
        AmbiguousError: several are.
    """
    kind = str(desk.api.explain(fact).get("kind"))
    changes = {k: form[k].strip() for k in FIELDS.get(kind, ()) if form.get(k, "").strip()}
    for role in FINDING_ROLES.get(kind, ()):
        names = [" ".join(n.split())[:200] for n in form.get(role, "").split(";") if n.strip()]
        if names:
            changes[role] = " ".join(p for p in (_person(desk, n) for n in names) if p)
    return changes


def _person(desk: Desk, name: str) -> str:
    """Return the id of somebody named in a form; "" where nobody known is meant."""
    if name.casefold() in _NOBODY:
        return ""
    owner = desk.api.owner() if name.casefold() in _SELF else None
    return owner.id if owner else desk.api.find_person(name)


def beyond(words: list[Words]) -> list[Words]:
    """Return the first words, and those of the others that do not stand in what is shown around them."""
    if not words:
        return []
    first = words[0]
    left, right = first.start - len(first.before), first.end + len(first.after)
    return [first, *(w for w in words[1:] if w.item != first.item or w.start < left or w.end > right)]


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


def rest_of(told: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return what an explanation holds besides, as (name, text or list) in its own order."""
    found = []
    for key, value in told.items():
        said = say_date(str(value)[:10]) if key in _DATES and value else tell(value)
        if key not in _OWN and said not in ("", [], {}):
            found.append((sentence(key.replace("_", " ")), said))
    return found


def tell(value: Any) -> Any:
    """Return a value of an explanation as text, a list of texts, or a list of (name, value)."""
    if isinstance(value, dict):
        return [(sentence(str(k).replace("_", " ")), tell(v)) for k, v in value.items() if v]
    if isinstance(value, (list, tuple)):
        plain = all(isinstance(v, str) for v in value)
        return ", ".join(value) if plain else [tell(v) for v in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    return "" if value is None else str(value)
