"""Setting a page: templates, what every page carries, and notices that outlive a redirect."""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from dataclasses import dataclass
from itertools import count as counter
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from legation.desk.web import wording
from legation.desk.web.entrytext import brief_detail, bundle, visible
from legation.desk.web.security import Door, local_path
from legation.report import saying
from legation.report.views import OptionView, Words
from legation.workspace.desk_api import DeskApi

HERE = Path(__file__).parent
_FIRST = re.compile(r"^((?:\s|<[^>]*>)*)([^\W\d_])")
_SURROGATE = re.compile("[\ud800-\udfff]")
#: Notices kept for the page after a redirect.
_MOST_NOTICES = 32
STATIC_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


class Page(HTMLResponse):
    """HTML whatever the texts hold: halves of surrogate pairs cannot be sent and are replaced."""

    def render(self, content: Any) -> bytes:
        """Encode the page."""
        text = str(content)
        try:
            return text.encode()
        except UnicodeEncodeError:
            return _SURROGATE.sub("\ufffd", text).encode()


@dataclass(frozen=True, slots=True)
class Notice:
    """What was just done, with the judgement that takes it back ("" where nothing does).

    What is no judgement has a `way` of its own: where a form is sent, its fields, and the words on
    its button; `key` is the key that presses it.
    """

    says: str
    judgement: str = ""
    way: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    label: str = ""
    key: str = ""


class Notices:
    """Notices by number, so that a redirect can carry one without carrying its words."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Notice] = OrderedDict()
        self._numbers = counter(1)

    def keep(self, notice: Notice) -> str:
        """Keep a notice and return its number."""
        number = str(next(self._numbers))
        self._kept[number] = notice
        while len(self._kept) > _MOST_NOTICES:
            self._kept.popitem(last=False)
        return number

    def find(self, number: str) -> Notice | None:
        """Return the notice of that number, if it is still kept."""
        return self._kept.get(number)


def load_static() -> dict[str, tuple[bytes, str]]:
    """Read our own style sheet and script: name → (bytes, media type)."""
    files = sorted((HERE / "static").iterdir())
    return {f.name: (f.read_bytes(), STATIC_TYPES[f.suffix]) for f in files if f.suffix in STATIC_TYPES}


def words_link(words: Words) -> str:
    """Return the link from a fact to its words."""
    return f"/diary/{quote(words.item, safe='')}?at={words.start}-{words.end}#here"


def path(*parts: str, **query: object) -> str:
    """Return a path of escaped parts with a query of what is not empty."""
    pairs = [(k, str(v)) for k, v in query.items() if v not in ("", None, 0)]
    where = "/" + "/".join(quote(p, safe="") for p in parts)
    return f"{where}?{urlencode(pairs)}" if pairs else where


def _shown(value: object) -> object:
    """Make control characters visible in whatever text a template puts out."""
    if isinstance(value, str):  # markup too: a filter may have made it of a text
        return visible(value)
    return "" if value is None else value


def capital(html: object) -> Markup:
    """Return markup with a capital at the beginning of its text."""
    return Markup(_FIRST.sub(lambda m: m[1] + m[2].upper(), str(html), count=1))  # noqa: S704 - was markup before


def figures(number: int) -> str:
    """Return a count in figures, grouped from 1,000 on."""
    return f"{number:,}"


_NAMING = ("somebody else", "a person called", "someone else", "yes, a person called")


def _defers(option: OptionView) -> bool:
    """Say whether an answer leaves the question open, and is set more quietly."""
    return option.label.lower().startswith(("later", "never", "leave", "not now"))


def takes_name(option: OptionView) -> bool:
    """Say whether an answer may say a name besides."""
    return option.label.lower().startswith(_NAMING)


def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters.update(
        date=wording.say_date, month=wording.say_month, days=wording.say_days,
        form=saying.say_form_title, kind=wording.say_kind, state=wording.say_state,
        number=wording.say_number, sentence=saying.sentence, clip=wording.clip, sentence_html=capital,
    )  # fmt: skip
    env.tests.update(soft=_defers, naming=takes_name)
    env.globals.update(
        count=wording.count, path=path, words_link=words_link, join_names=saying.join_names,
        quote_of=wording.say_quote, before_of=wording.say_before, after_of=wording.say_after,
        title_of=wording.say_title, source_of=wording.say_source, weekday_of=wording.say_weekday,
        bundled=bundle, brief_of=brief_detail, parties_of=wording.say_parties, say_rule=wording.say_rule,
        due_of=wording.say_due, grouped=figures,
    )  # fmt: skip
    return env


class Desk:
    """What every page needs: the workspace, the templates, the door and the notices."""

    def __init__(self, api: DeskApi, door: Door) -> None:
        self.api = api
        self.door = door
        self.notices = Notices()
        self.static = load_static()
        stamp = hashlib.sha256(b"".join(body for body, _ in self.static.values()))
        self.stamp = stamp.hexdigest()[:12]
        self._env = _environment()

    def page(
        self, request: Request, template: str, *, here: str = "", status: int = 200, **values: Any
    ) -> Response:
        """Set a page; `here` names the part of the desk that it belongs to."""
        notice = self.notices.find(request.query_params.get("done", ""))
        today = self.api.today_on().isoformat()
        shown = {
            "here": here, "notice": notice, "today_on": today, "stamp": self.stamp,
            "open_count": self.api.open_count(), "back": self.back(request), **values,
        }  # fmt: skip
        return Page(self._env.get_template(template).render(shown), status_code=status)

    def bare(self, template: str, *, status: int, **values: Any) -> Response:
        """Set a page that asks nothing of the workspace."""
        shown = {"stamp": self.stamp, "notice": None, **values}
        return Page(self._env.get_template(template).render(shown), status_code=status)

    @staticmethod
    def back(request: Request) -> str:
        """Return where a form on this page should lead back to."""
        pairs = [p for p in request.query_params.multi_items() if p[0] not in ("done", "token")]
        return request.url.path + (f"?{urlencode(pairs)}" if pairs else "")

    def after(self, form: dict[str, str], says: str, judgement: str = "", where: str = "/") -> Response:
        """Lead back to the page that a form was on, with a notice of what was done."""
        return self.after_notice(form, Notice(says, judgement), where)

    def after_notice(self, form: dict[str, str], notice: Notice, where: str = "/") -> Response:
        """Lead back to the page that a form was on, with a notice that may have a way of its own."""
        number = self.notices.keep(notice)
        target, hash_, anchor = local_path(form.get("back") or where).partition("#")
        joint = "&" if "?" in target else "?"
        url = f"{target}{joint}done={number}{hash_}{anchor}"
        return Response(status_code=303, headers={"Location": quote(url, safe="/?&=#%:;,+~-._!*'()@")})


def text_of(request: Request, name: str, most: int = 400) -> str:
    """Return a field of the query, trimmed and of bounded length."""
    return request.query_params.get(name, "").strip()[:most]


def number_of(request: Request, name: str, default: int = 0, most: int = 10_000_000) -> int:
    """Return a number of the query that is not negative; the default where it is none."""
    text = request.query_params.get(name, "")
    return min(int(text), most) if text.isascii() and text.isdecimal() and len(text) < 9 else default


def span_of(text: str) -> tuple[int, int] | None:
    """Read `START-END`."""
    first, _, last = text.partition("-")
    if not (first.isascii() and last.isascii() and first.isdecimal() and last.isdecimal()):
        return None
    if len(first) > 12 or len(last) > 12:
        return None
    return (int(first), int(last)) if int(first) < int(last) else None
