"""Plain data: what may come back from a learner's function, and when two of them are the same."""

from __future__ import annotations

import datetime as dt
import ipaddress
import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

ATOMS: tuple[type, ...] = (
    type(None), bool, int, float, complex, str, bytes, Decimal,
    dt.date, dt.datetime, dt.time, dt.timedelta,
    ipaddress.IPv4Address, ipaddress.IPv6Address, ipaddress.IPv4Network, ipaddress.IPv6Network,
    ipaddress.IPv4Interface, ipaddress.IPv6Interface,
)  # fmt: skip
WORDS = {
    type(None): "nothing", bool: "True or False", int: "a whole number", float: "a number", str: "text", bytes: "bytes",
    list: "a list", tuple: "a tuple", set: "a set", frozenset: "a set", dict: "a dictionary",
}  # fmt: skip
DEPTH = 50


class NotPlain(TypeError):
    """Something that is not plain data came back."""


def plain(value: Any, depth: int = 0) -> Any:
    """The value rebuilt from built-in types only, so that no method of a learner's class runs in a comparison."""
    kind = type(value)
    if kind in ATOMS:
        return value
    if depth > DEPTH:
        raise NotPlain(f"data nested more than {DEPTH} levels deep came back")
    for base, rebuild in _BUILT_IN.items():
        if issubclass(kind, base):
            return rebuild(value, depth + 1)
    return _scientific(value, depth)


def _many(base: type) -> Callable[[Any, int], Any]:
    return lambda value, depth: base(plain(item, depth) for item in base.__iter__(value))  # type: ignore[attr-defined]


_BUILT_IN: dict[type, Callable[[Any, int], Any]] = {
    list: _many(list),
    tuple: _many(tuple),
    set: _many(set),
    frozenset: _many(frozenset),
    dict: lambda value, depth: {plain(k, depth): plain(v, depth) for k, v in dict.items(value)},
}


def _scientific(value: Any, depth: int) -> Any:
    """numpy scalars become numbers; arrays, series and dataframes stay what they are, checked by exact type."""
    module, name = type(value).__module__.split(".")[0], type(value).__name__
    if module == "numpy" and name == "ndarray" and value.dtype != object:
        return value
    if module == "numpy" and hasattr(value, "item") and name != "ndarray":
        return plain(value.item(), depth)
    if module == "pandas" and name in {"DataFrame", "Series", "Index", "RangeIndex", "Timestamp", "Timedelta"}:
        return value
    raise NotPlain(f"a {type(value).__name__!r} object came back; plain data is asked for")


def word(value: Any) -> str:
    """The kind of a value in a learner's words: "a whole number", "text"."""
    return WORDS.get(type(value), f"a {type(value).__name__}")


def shown(value: Any, width: int = 120) -> str:
    """The value as Python writes it, shortened; a set in order, so that the same mistake is told in the same words every time."""
    try:
        text = _written(value)
    except Exception:
        text = f"<{type(value).__name__}>"
    return text if len(text) <= width else text[: width - 1] + "…"


def _written(value: Any) -> str:
    kind = type(value)
    if kind is dict:
        return "{" + ", ".join(f"{_written(key)}: {_written(item)}" for key, item in value.items()) + "}"
    if kind is list or (kind is tuple and len(value) > 1):
        inner = ", ".join(map(_written, value))
        return f"({inner})" if kind is tuple else f"[{inner}]"
    if kind in (set, frozenset) and value:
        inner = "{" + ", ".join(map(_written, _in_order(value))) + "}"
        return inner if kind is set else f"frozenset({inner})"
    return repr(value)


def _in_order(items: set[Any] | frozenset[Any]) -> list[Any]:
    try:
        return sorted(items)
    except TypeError:
        return sorted(items, key=_written)


def kindred(found: Any, wanted: Any) -> bool:
    """Whether two plain values are of one kind: numbers with numbers, lists with tuples, else the same type."""
    numbers = (int, float, Decimal)
    if type(found) in numbers and type(wanted) in numbers:
        return True
    if isinstance(found, (list, tuple)) and isinstance(wanted, (list, tuple)):
        return True
    if isinstance(found, (set, frozenset)) and isinstance(wanted, (set, frozenset)):
        return True
    return type(found) is type(wanted)


def same(found: Any, wanted: Any, within: float | None = None) -> bool:
    """Whether two plain values are equal: kind first, numbers within a distance, containers part by part."""
    if not kindred(found, wanted):
        return False
    if type(wanted) in (int, float, Decimal):
        return (
            _near(float(found), float(wanted), within)
            if within or float in (type(found), type(wanted))
            else found == wanted
        )
    if isinstance(wanted, (list, tuple)):
        return len(found) == len(wanted) and all(same(f, w, within) for f, w in zip(found, wanted, strict=True))
    if isinstance(wanted, dict):
        return found.keys() == wanted.keys() and all(same(found[k], wanted[k], within) for k in wanted)
    return (
        _same_scientific(found, wanted, within)
        if type(wanted) not in (*ATOMS, set, frozenset)
        else bool(found == wanted)
    )


def _near(found: float, wanted: float, within: float | None) -> bool:
    if math.isnan(wanted) or math.isinf(wanted):
        return found == wanted or (math.isnan(found) and math.isnan(wanted))
    return math.isclose(found, wanted, rel_tol=0 if within else 1e-9, abs_tol=(within or 1e-9) * (1 + 1e-9))


def _same_scientific(found: Any, wanted: Any, within: float | None) -> bool:
    import numpy as np
    import pandas as pd

    near = within or 1e-9
    if isinstance(wanted, np.ndarray):
        alike = found.shape == wanted.shape
        return alike and bool(
            np.allclose(found, wanted, rtol=0, atol=near) if wanted.dtype.kind in "fc" else (found == wanted).all()
        )
    compare = {pd.DataFrame: pd.testing.assert_frame_equal, pd.Series: pd.testing.assert_series_equal}.get(type(wanted))
    if compare is None:
        return bool(found.equals(wanted)) if hasattr(wanted, "equals") else bool(found == wanted)
    try:
        compare(found, wanted, check_dtype=False, rtol=0, atol=near)
    except AssertionError:
        return False
    return True
