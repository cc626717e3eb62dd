"""Results remembered by what they were computed from: for what every change of the weeks asks for again.

The bound and what an hour is worth depend on people, hours, forms and the calendar, not on the
arrangement that is changed; so a change finds them as the plan before it left them.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import numpy as np

P = ParamSpec("P")
T = TypeVar("T")
#: How many results of each kind are remembered; the oldest goes first.
MOST_REMEMBERED = 24


def remembered(compute: Callable[P, T]) -> Callable[P, T]:
    """Return a pure function that remembers its last results by the values of its arguments."""
    known: OrderedDict[bytes, T] = OrderedDict()

    @wraps(compute)
    def ask(*args: P.args, **named: P.kwargs) -> T:
        key = digest_of((args, tuple(sorted(named.items()))))
        if key not in known:
            known[key] = compute(*args, **named)
        known.move_to_end(key)
        while len(known) > MOST_REMEMBERED:
            known.popitem(last=False)
        return known[key]

    return ask


def digest_of(value: Any) -> bytes:
    """Return 32 bytes that stand for a value: of arrays, values of dataclasses, and what is made of them."""
    found = hashlib.sha256()
    _add(found, value)
    return found.digest()


def _add(found: Any, value: Any) -> None:
    if isinstance(value, np.ndarray):
        found.update(f"a{value.dtype.str}{value.shape}".encode())
        found.update(np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value) and not isinstance(value, type):
        found.update(f"d{type(value).__qualname__}".encode())
        for field in fields(value):
            _add(found, getattr(value, field.name))
    elif isinstance(value, (tuple, list)):
        found.update(f"t{len(value)}".encode())
        for one in value:
            _add(found, one)
    elif isinstance(value, (frozenset, set)):
        found.update(f"s{len(value)}".encode())
        # A set has no order of its own.
        for part in sorted(digest_of(one) for one in value):
            found.update(part)
    else:
        text = repr(value).encode("utf-8", "surrogatepass")
        found.update(f"{type(value).__qualname__}{len(text)}".encode())
        found.update(text)
