"""Plain data on its way out of a student's process, as JSON with a tag per type; not trusted by who reads it."""

from __future__ import annotations

import base64
import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cloudcrib.grading.inside.crossing.plainness import ADDRESSES, DEPTH, NotPlain


def encode(value: Any, names: Mapping[int, str], depth: int = 0) -> Any:
    """A JSON value: text, whole numbers, truth and nothing as they are, everything else as [tag, …]."""
    if depth > DEPTH:
        raise NotPlain(f"data nested more than {DEPTH} levels deep")
    kind = type(value)
    if value is None or kind is bool or kind is str or kind is int:
        return value
    if kind is float:
        return value if math.isfinite(value) else ["f", repr(value)]
    if id(value) in names:
        return ["ref", names[id(value)]]
    for base, write in _WRITE.items():
        if issubclass(kind, base):
            return write(value, names, depth + 1)
    if kind.__module__.partition(".")[0] in ("numpy", "pandas"):
        return _encode_scientific(value, names, depth + 1)
    raise NotPlain(f"a {kind.__name__}")


def _many(tag: str) -> Callable[[Any, Mapping[int, str], int], Any]:
    return lambda value, names, depth: [tag, [encode(item, names, depth) for item in value]]


_WRITE: dict[type, Callable[[Any, Mapping[int, str], int], Any]] = {
    type(...): lambda value, names, depth: ["e"],
    bool: lambda value, names, depth: bool(value),
    int: lambda value, names, depth: int.__index__(value),
    float: lambda value, names, depth: encode(float.__float__(value), names),
    str: lambda value, names, depth: str.__str__(value),
    complex: lambda value, names, depth: ["c", repr(value.real), repr(value.imag)],
    bytes: lambda value, names, depth: ["b", base64.b64encode(value).decode()],
    bytearray: lambda value, names, depth: ["ba", base64.b64encode(value).decode()],
    list: _many("l"),
    tuple: _many("t"),
    set: _many("s"),
    frozenset: _many("fs"),
    dict: lambda value, names, depth: [
        "d",
        [[encode(k, names, depth), encode(v, names, depth)] for k, v in value.items()],
    ],
    range: lambda value, names, depth: ["r", value.start, value.stop, value.step],
    Decimal: lambda value, names, depth: ["n", str(value)],
    Fraction: lambda value, names, depth: ["q", value.numerator, value.denominator],
    re.Pattern: lambda value, names, depth: ["re", encode(value.pattern, names, depth), int(value.flags)],
    dt.datetime: lambda value, names, depth: _stamp(value),
    dt.date: lambda value, names, depth: ["D", value.isoformat()],
    dt.time: lambda value, names, depth: ["T", value.isoformat()],
    dt.timedelta: lambda value, names, depth: _span(value),
    **{cls: lambda value, names, depth: ["ip", type(value).__name__, str(value)] for cls in ADDRESSES.values()},
}


def _stamp(value: Any) -> Any:
    return ["ts" if type(value).__module__.startswith("pandas") else "dt", value.isoformat()]


def _span(value: Any) -> Any:
    if type(value).__module__.startswith("pandas"):
        return ["tds", value.isoformat()]
    return ["td", value.days, value.seconds, value.microseconds]


def _encode_scientific(value: Any, names: Mapping[int, str], depth: int) -> Any:
    import numpy as np

    if isinstance(value, np.ndarray):
        if value.dtype == object:
            return ["no", list(value.shape), [encode(item, names, depth) for item in value.ravel().tolist()]]
        return [
            "nd",
            value.dtype.str,
            list(value.shape),
            base64.b64encode(np.ascontiguousarray(value).tobytes()).decode(),
        ]
    if isinstance(value, np.generic):
        return ["np", value.dtype.str, base64.b64encode(value.tobytes()).decode()]
    return _encode_table(value, names, depth)


def _encode_table(value: Any, names: Mapping[int, str], depth: int) -> Any:
    import pandas as pd

    if value is pd.NA or value is pd.NaT:
        return ["na" if value is pd.NA else "nat"]
    if isinstance(value, pd.DataFrame):
        columns = [_encode_column(value.iloc[:, at], names, depth) for at in range(value.shape[1])]
        return ["df", encode(value.columns, names, depth), encode(value.index, names, depth), columns]
    if isinstance(value, pd.Series):
        return [
            "sr",
            encode(value.name, names, depth),
            encode(value.index, names, depth),
            _encode_column(value, names, depth),
        ]
    if isinstance(value, pd.RangeIndex):
        return ["ri", value.start, value.stop, value.step, encode(value.name, names, depth)]
    if isinstance(value, pd.MultiIndex):
        return [
            "mi",
            [encode(name, names, depth) for name in value.names],
            [encode(row, names, depth) for row in value.tolist()],
        ]
    if isinstance(value, pd.Index):
        return ["ix", encode(value.name, names, depth), _encode_column(value, names, depth)]
    raise NotPlain(f"a {type(value).__name__}")


def _encode_column(column: Any, names: Mapping[int, str], depth: int) -> Any:
    import numpy as np

    if isinstance(column.dtype, np.dtype) and column.dtype != object:
        return encode(column.to_numpy(), names, depth)
    return ["col", str(column.dtype), [encode(item, names, depth) for item in column.tolist()]]
