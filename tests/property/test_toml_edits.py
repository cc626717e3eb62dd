"""Any sequence of edits of a TOML text: it makes those changes and leaves all else byte for byte."""

from __future__ import annotations

import copy
import datetime as dt
import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from legation.facts.errors import UsageError
from legation.plan.toml_edits import NEW, edit_toml, write_value
from legation.plan.toml_spans import find_span, scan_toml

BARE = st.sampled_from(["a", "b", "c-1", "2"])
QUOTED = st.sampled_from(['"Lord # X"', '"J. = Doe"', "'q\"[1]'", '"\\u00e9\\""', '"[a]"'])
KEYS = BARE | QUOTED
COMMENTS = st.sampled_from(["", "", "  # why = 1", " # [a]", '\t# "'])
SIMPLE = st.one_of(
    st.integers(-9, 999).map(str),
    st.booleans().map(lambda b: str(b).lower()),
    st.sampled_from(
        ['"x # y"', "'a = \"b'", '"""\nline = 1\n[t]\n# no\n"""', "'''\n[x]\n'''", "1938-09-01", "13:00:00",
         "[1, 2]", "[\n  1, # one ]\n  2,\n]", "{ a = 1, b = [2] }", '[{ a = "}" }, { b = 1 }]', "1_000", "6.5e1"]
    ),
)  # fmt: skip
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.integers(-99, 99), st.booleans(), st.floats(allow_nan=False, allow_infinity=False),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=9), st.dates(), st.just(dt.time(13, 30)),
    ),
    lambda v: st.lists(v, min_size=1, max_size=3) | st.dictionaries(st.sampled_from("abc"), v, min_size=1, max_size=2),
    max_leaves=5,
)  # fmt: skip
LOOSE = st.sampled_from(["", "\n", "# a comment\n", "\n# [commented]\n# x = 1\n\n", "   \n"])


def read_key(key: str) -> str:
    return next(iter(tomllib.loads(f"{key} = 1")))


@st.composite
def lines_of(draw, prefix=""):
    lines = ""
    for key in draw(st.lists(KEYS, max_size=3, unique_by=read_key)):
        indent, equals = draw(st.sampled_from(["", "  "])), draw(st.sampled_from([" = ", "=", "  =\t"]))
        lines += f"{draw(LOOSE)}{indent}{prefix}{key}{equals}{draw(SIMPLE)}{draw(COMMENTS)}\n"
    return lines


@st.composite
def texts(draw):
    """TOML of all kinds of tables, with comments anywhere; always right."""
    out = draw(LOOSE) + draw(lines_of())
    names = draw(st.lists(st.sampled_from(["t", "u", '"v w"', "x"]), unique=True, max_size=4))
    for name in names:
        kind = draw(st.sampled_from(["table", "array", "below", "dotted"]))
        if kind == "dotted":
            out = draw(lines_of(prefix=f"{name}.")) + out
        elif kind == "array":
            for _ in range(draw(st.integers(1, 3))):
                out += f"{draw(LOOSE)}[[{name}]]{draw(COMMENTS)}\n{draw(lines_of())}"
        else:
            header = name if kind == "table" else f"{name} . sub"
            out += f"{draw(LOOSE)}[{header}]{draw(COMMENTS)}\n{draw(lines_of())}"
    out += draw(LOOSE)
    if draw(st.booleans()):
        out = out.rstrip("\n")
    return out.replace("\n", "\r\n") if draw(st.booleans()) else out


def paths_of(data: Any, path=()) -> list[tuple]:
    found = [path] if path else []
    if isinstance(data, dict):
        for key, value in data.items():
            found += paths_of(value, (*path, key))
    elif isinstance(data, list) and data and all(isinstance(x, dict) for x in data):
        for number, value in enumerate(data):
            found += paths_of(value, (*path, number))
    return found


def changed(data: Any, path: tuple, value: Any) -> Any:
    data = copy.deepcopy(data)
    at = data
    for piece in path[:-1]:
        at = at[piece] if isinstance(at, list) else at.setdefault(piece, {})
    if value is None:
        del at[path[-1]]
    elif path[-1] == NEW:
        at.append(value)
    else:
        at[path[-1]] = value
    return data


@given(texts(), st.data())
def test_an_edit_does_what_it_says_and_leaves_every_other_line(text, data):
    for _ in range(data.draw(st.integers(1, 3))):
        before = tomllib.loads(text)
        known = paths_of(before)
        tables = [(), *(p for p in known if isinstance(of(before, p), dict))]
        kind = data.draw(st.sampled_from(["set", "new", "out", "element"]))
        value: Any = None
        if kind in {"set", "out"} and known:
            path = data.draw(st.sampled_from(known))
            if kind == "set":
                value = data.draw(VALUES)
        elif kind == "element":
            arrays = [p for p in known if isinstance(of(before, p), list) and (*p, 0) in known]
            if not arrays:
                continue
            path = (*data.draw(st.sampled_from(arrays)), NEW)
            value = data.draw(st.dictionaries(st.sampled_from(["a", "k k"]), VALUES, min_size=1, max_size=2))
        else:
            path = (*data.draw(st.sampled_from(tables)), data.draw(st.sampled_from(["new", "n é", "7"])))
            value = data.draw(VALUES)
        if isinstance(path[-1], int) and value is not None:
            continue
        try:
            after = edit_toml(text, {path: value})
        except UsageError:
            # Only a whole table or list that has lines of its own may be beyond an edit.
            assert isinstance(of(before, path), dict | list), (text, path, value)
            continue
        assert same(tomllib.loads(after), changed(before, path, value))
        rest = untouched(text, before, path)
        lines = iter(after.splitlines(keepends=True))
        missing = [x for x in rest if not any(x.rstrip("\r\n") == y.rstrip("\r\n") for y in lines)]
        assert missing == [], (path, value)
        text = after


def same(one: Any, other: Any) -> bool:
    return plain(one) == plain(other)


def plain(data: Any) -> Any:
    """Without what is empty: a table that only dotted keys name goes with the last of them."""
    if isinstance(data, list):
        return [plain(v) for v in data]
    if isinstance(data, dict):
        return {k: p for k, v in data.items() if (p := plain(v)) not in ([], {})}
    return data


def of(data: Any, path: tuple) -> Any:
    for piece in path:
        if isinstance(data, dict) and piece not in data:
            return None
        if piece == NEW:
            return None
        data = data[piece]
    return data


def untouched(text: str, before: Any, path: tuple) -> list[str]:
    """The lines that have nothing to do with a path: not its own, not below it."""
    known = scan_toml(text)
    own = [(s.start, s.end) for s in known if s.path[: len(path)] == path]
    holder = find_span(known, path)
    if holder is not None and holder.kind == "key":
        own.append((holder.start, holder.end))
    out, at = [], 0
    for line in text.splitlines(keepends=True):
        if not any(start <= at < end for start, end in own):
            out.append(line)
        at += len(line)
    return out


@given(texts())
def test_every_span_is_where_it_says(text):
    data = tomllib.loads(text)
    for span in scan_toml(text):
        if span.kind == "key":
            value = tomllib.loads("v = " + text[span.value : span.value_end])["v"]
            assert of(data, span.path) == value
        else:
            assert text[span.value : span.value_end].endswith("]")
            assert isinstance(of(data, span.path), dict)


@given(VALUES)
def test_a_written_value_is_read_as_itself(value):
    assert tomllib.loads(f"v = {write_value(value)}")["v"] == value
