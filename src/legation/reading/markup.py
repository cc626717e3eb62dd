"""What the user wrote for certainty: front matter, `[[Name]]`, `[[Name|shown]]`, `@name`.

Read exactly and nowhere else: not in code, e-mail addresses or web addresses.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from legation.facts.problem import Problem
from legation.facts.span import Span
from legation.facts.when import When
from legation.reading.dates import parse_date

#: A front-matter block longer than this is not read, in code points.
_FRONT_LIMIT = 16_384
_FRONT_DEPTH = 8
_FRONT_NODES = 2_000
_FRONT = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_FRONT_END = re.compile(r"(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)")
#: Keys that say who was there.
_PEOPLE_KEYS = frozenset("people with participants present persons attendees".split())
_KNOWN_KEYS = _PEOPLE_KEYS | frozenset(
    "date written-on written_on title author place location kind type form subject tags from to".split()
)
_LINK = re.compile(r"(?<!!)\[\[([^\[\]\n|]{1,200})(?:\|([^\[\]\n]{1,200}))?\]\]")
_AT = re.compile(r"(?<![\w@./+:\\-])@(\w(?:[\w.\-'’]{0,60}\w)?)")
_CODE = re.compile(
    r"^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ ]{0,3}(?P=fence)[`~]*[ \t]*\r?$"
    r"|(?P<tick>`+)(?!`)[^\n]{1,2000}?(?<!`)(?P=tick)(?!`)"
    r"|\b(?:https?|ftp|mailto|file|obsidian)[:][^\s<>)\]]+",
    re.MULTILINE | re.DOTALL,
)
_FILE = re.compile(r"\.(png|jpe?g|gif|svg|webp|pdf|mp3|mp4|m4a|canvas|docx?|xlsx?)$", re.I)


@dataclass(frozen=True, slots=True)
class Link:
    """A person named for certain: the visible words' span, the exact target, how it was written.

    `kind` is `link` for `[[...]]`, `at` for `@...`, `front` for a name in the front matter.
    """

    span: Span
    target: str
    kind: str


@dataclass(frozen=True, slots=True)
class Front:
    """A front-matter block: known keys as written, date, people, and where the body starts."""

    body: int = 0
    values: tuple[tuple[str, str, Span], ...] = ()
    date: tuple[When, Span] | None = None
    people: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()

    def get(self, *keys: str) -> str:
        """Return the first value under one of the keys, or ""."""
        return next((value for key, value, _ in self.values if key in keys), "")


def read_front_matter(text: str) -> Front:
    """Read a YAML block at the very start of the text; a broken one is a problem, never an error.

    Anchors, deep nesting and blocks beyond 16 kB are refused. Values keep their spelling.
    """
    opening = _FRONT.match(text)
    if opening is None:
        return Front()
    closing = _FRONT_END.search(text, opening.end(), min(len(text), _FRONT_LIMIT + 8))
    if closing is None:
        # A rule of dashes at the top of an ordinary text is no front matter.
        looks = re.match(r"[\w -]{1,40}:(\s|$)", text[opening.end() : opening.end() + 200])
        if looks is None:
            return Front()
        return Front(
            problems=(
                Problem(
                    "front-matter",
                    "the front matter is not closed by a line of three dashes within 16 kB",
                    "write --- on a line of its own after the last key",
                    0,
                    opening.end(),
                    1,
                ),
            )
        )
    body = closing.end()
    body += len(re.match(r"(?:\r\n|\n|\r)?", text[body:]).group())  # type: ignore[union-attr]
    block = text[opening.end() : closing.start()]
    values, problem = _read_yaml(block, opening.end())
    if problem is not None:
        return Front(body=body, problems=(problem,))
    return _sort_values(values, body)


def _sort_values(values: list[tuple[str, str, Span]], body: int) -> Front:
    date: tuple[When, Span] | None = None
    problems: list[Problem] = []
    people: list[Link] = []
    kept: list[tuple[str, str, Span]] = []
    for key, value, span in values:
        if key not in _KNOWN_KEYS:
            continue
        kept.append((key, value, span))
        if key in ("date", "written-on", "written_on"):
            when = parse_date(value)
            if when is None:
                problems.append(
                    Problem(
                        "date-invalid",
                        f"{value!r} is no date",
                        "write it as 1938-08-26",
                        span.start,
                        span.end,
                    )
                )
            elif date is None:
                date = (when, span)
        elif key in _PEOPLE_KEYS:
            people.append(_link_of_value(value, span))
    return Front(body, tuple(kept), date, tuple(people), tuple(problems))


def _link_of_value(value: str, span: Span) -> Link:
    match = _LINK.fullmatch(value.strip())
    if match is None:
        lead = 1 if value.startswith("@") else 0
        return Link(Span(span.start + lead, span.end), value[lead:].strip(), "front")
    group = 2 if match[2] else 1
    offset = span.start + value.index(match.group())
    return Link(Span(offset + match.start(group), offset + match.end(group)), _target(match[1]), "front")


def _read_yaml(block: str, offset: int) -> tuple[list[tuple[str, str, Span]], Problem | None]:
    """Return (key, scalar as written, span) of a mapping of scalars and lists, or a problem."""
    import yaml  # noqa: PLC0415 - most items have no front matter; loading YAML costs start-up time

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    problem = ""
    line = 1
    try:
        depth = 0
        for nodes, event in enumerate(yaml.parse(block, Loader=loader)):
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                depth += 1
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                depth -= 1
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                problem = "the front matter uses anchors, which are not read"
            elif depth > _FRONT_DEPTH or nodes > _FRONT_NODES:
                problem = "the front matter is nested too deeply or too long"
            if problem:
                line += (event.start_mark.line if event.start_mark else 0) + 1
                break
        root = None if problem else yaml.compose(block, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line += (mark.line if mark else 0) + 1
        what = getattr(error, "problem", None) or "it is not valid YAML"
        problem = f"the front matter could not be read: {what}"
        root = None
    except (ValueError, RecursionError) as error:
        problem, root = f"the front matter could not be read: {error}", None
    if not problem and root is not None and not isinstance(root, yaml.MappingNode):
        problem = "the front matter is not a list of keys and values"
    if problem:
        hint = "write lines of the form key: value"
        return [], Problem("front-matter", problem, hint, offset, offset + max(len(block), 1), line)
    found: list[tuple[str, str, Span]] = []
    for key_node, value_node in root.value if root is not None else ():
        if isinstance(key_node, yaml.ScalarNode):
            _collect(block, str(key_node.value).strip().lower(), value_node, offset, found)
    return found, None


def _collect(block: str, key: str, node: object, offset: int, found: list[tuple[str, str, Span]]) -> None:
    """Flatten scalars and lists under a key; `[[Name]]` without quotes is a list in a list."""
    value = getattr(node, "value", None)
    if isinstance(value, list):
        for child in value:
            if not isinstance(child, tuple):
                _collect(block, key, child, offset, found)
        return
    if not isinstance(value, str) or not value.strip():
        return
    start, end = node.start_mark.index, node.end_mark.index  # type: ignore[attr-defined]
    words = block[start:end]
    at = words.find(value)
    if at >= 0:
        start, end = start + at, start + at + len(value)
    if end > start:
        found.append((key, value, Span(offset + start, offset + end)))


def find_links(text: str, start: int = 0) -> tuple[Link, ...]:
    """Find `[[Name]]`, `[[Name|shown]]` and `@name` after `start`, outside code and addresses.

    Links to dates, files, headings and embedded pictures are none.
    """
    if "[[" not in text and "@" not in text:
        return ()
    code = [m.span() for m in _CODE.finditer(text, start)]
    found: list[Link] = []
    for match in _LINK.finditer(text, start):
        target = _target(match[1])
        shown = 2 if match[2] and match[2].strip() else 1
        words = match[shown].split("#")[0] if shown == 1 else match[shown]
        words = words.rpartition("/")[2] if shown == 1 else words
        if not target or not words.strip() or _in_code(match.start(), code):
            continue
        if _FILE.search(match[1]) or not any(c.isalpha() for c in target) or _is_date(target):
            continue
        begin = match.start(shown) + match[shown].index(words.strip())
        found.append(Link(Span(begin, begin + len(words.strip())), target, "link"))
    found.extend(
        Link(Span(match.start(1), match.end(1)), match[1], "at")
        for match in _AT.finditer(text, start)
        if not _in_code(match.start(), code) and not match[1].isdigit()
    )
    return tuple(sorted(found, key=lambda link: (link.span.start, link.span.end)))


def _target(words: str) -> str:
    """The note's name: without folder, heading and block, as Obsidian writes links."""
    return words.split("#", maxsplit=1)[0].rpartition("/")[2].strip()


def _is_date(target: str) -> bool:
    return re.fullmatch(r"[0-9][0-9 ./-]*|\d{4}-W\d\d", target) is not None


def _in_code(at: int, code: list[tuple[int, int]]) -> bool:
    index = bisect_right(code, (at, len(code) + (1 << 60))) - 1
    return index >= 0 and code[index][0] <= at < code[index][1]
