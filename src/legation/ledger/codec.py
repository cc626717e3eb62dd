"""Readings as bytes and back: JSON of lists, field by field, deflated; no code can hide in it."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
import zlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from legation.facts import candidates, problem, span, when
from legation.facts.candidates import Reading

Encode = typing.Callable[[Any], Any]
#: Where the fields of a reading that may be left out stand.
_PLACES = {
    f.name: place
    for place, f in enumerate(dataclasses.fields(Reading))
    if f.name in ("mentions", "accounts", "findings", "dates", "card")
}
_SPACE = {**vars(candidates), **vars(problem), **vars(span), **vars(when)}


def dump_reading(reading: Reading) -> bytes:
    """Encode a reading."""
    plain = _coder(Reading)[0](reading)
    return zlib.compress(
        json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"),
        3,
    )


def load_reading(data: bytes, without: Iterable[str] = ()) -> Reading:
    """Decode what `dump_reading` made; the tuples named in `without` are left empty, which saves time."""
    plain = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    for name in without:
        plain[_PLACES[name]] = []
    reading: Reading = _coder(Reading)[1](plain)
    return reading


def _same(value: Any) -> Any:
    return value


@cache
def _coder(kind: Any) -> tuple[Encode, Encode]:
    """Return the pair of functions for a type: to plain values, and back."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        (inner,) = [a for a in typing.get_args(kind) if a is not type(None)]
        encode, decode = _coder(inner)
        if encode is _same:
            return _same, _same
        return (lambda v: None if v is None else encode(v)), (lambda v: None if v is None else decode(v))
    if origin is tuple:
        return _tuple_coder(typing.get_args(kind))
    if dataclasses.is_dataclass(kind):
        return _record_coder(kind)
    return _same, _same


def _tuple_coder(args: tuple[Any, ...]) -> tuple[Encode, Encode]:
    """Return the coder of a homogeneous or a fixed tuple."""
    if len(args) == 2 and args[1] is Ellipsis:
        encode, decode = _coder(args[0])
        if encode is _same:
            return list, tuple
        return (lambda v: [encode(x) for x in v]), (lambda v: tuple([decode(x) for x in v]))
    pairs = [_coder(a) for a in args]
    return (
        lambda v: [p[0](x) for p, x in zip(pairs, v, strict=True)],
        lambda v: tuple([p[1](x) for p, x in zip(pairs, v, strict=True)]),
    )


def _record_coder(kind: Any) -> tuple[Encode, Encode]:
    """Return the coder of a frozen dataclass: its fields in order."""
    hints = typing.get_type_hints(kind, _SPACE)
    names = [f.name for f in dataclasses.fields(kind)]
    pairs = [_coder(hints[n]) for n in names]
    encoders = [(n, None if p[0] is _same else p[0]) for n, p in zip(names, pairs, strict=True)]
    decoders = [None if p[1] is _same else p[1] for p in pairs]

    def encode(value: Any) -> Any:
        return [getattr(value, n) if f is None else f(getattr(value, n)) for n, f in encoders]

    def decode(plain: Any) -> Any:
        return kind(*[v if f is None else f(v) for f, v in zip(decoders, plain, strict=True)])

    return encode, decode
