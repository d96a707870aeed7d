"""Plain data on its way to the tests: builds nothing but exact built-in types, arrays and frames, whatever the bytes say."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cloudcrib.grading.inside.crossing import tables
from cloudcrib.grading.inside.crossing.decoder import Decoder, Reader
from cloudcrib.grading.inside.crossing.plainness import ADDRESSES, Refused
from cloudcrib.grading.inside.crossing.scalars import pattern, raw, short, span, text, whole

COLLISIONS = 50  # keys with one hash; more make a dictionary quadratic


def no_constant(text: str) -> Any:
    raise Refused(f"{text} is no JSON")


def no_object(pairs: Any) -> Any:
    raise Refused("what came back is not plain data")


def _keys(keys: list[Any]) -> list[Any]:
    """Keys for a set or a dictionary, refused where they were made to collide."""
    if len(keys) > COLLISIONS and max(Counter(map(hash, keys)).values()) > COLLISIONS:
        raise Refused("keys that collide came back")
    return keys


def _decimal(value: Any) -> Decimal:
    found = Decimal(short(value))
    if found.is_snan() or (found.is_finite() and abs(found.adjusted()) > 5_000):
        raise Refused("a decimal number out of all bounds")
    return found


def _pairs(decoder: Decoder, args: list[Any], depth: int) -> dict[Any, Any]:
    pairs = [(decoder.decode(key, depth), decoder.decode(value, depth)) for key, value in args[0]]
    _keys([key for key, _ in pairs])
    return dict(pairs)


def _reference(decoder: Decoder, args: list[Any], depth: int) -> Any:
    if decoder.functions is None:
        raise Refused("a function came back")
    return decoder.functions(text(args[0]))


READERS: dict[str, Reader] = {
    "e": lambda decoder, args, depth: ...,
    "f": lambda decoder, args, depth: {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}[text(args[0])],
    "c": lambda decoder, args, depth: complex(float(short(args[0])), float(short(args[1]))),
    "b": lambda decoder, args, depth: raw(args[0]),
    "ba": lambda decoder, args, depth: bytearray(raw(args[0])),
    "l": lambda decoder, args, depth: decoder.all(args[0], depth),
    "t": lambda decoder, args, depth: tuple(decoder.all(args[0], depth)),
    "s": lambda decoder, args, depth: set(_keys(decoder.all(args[0], depth))),
    "fs": lambda decoder, args, depth: frozenset(_keys(decoder.all(args[0], depth))),
    "d": _pairs,
    "r": lambda decoder, args, depth: span(*args[:3]),
    "n": lambda decoder, args, depth: _decimal(args[0]),
    "q": lambda decoder, args, depth: Fraction(whole(args[0]), whole(args[1])),
    "re": lambda decoder, args, depth: pattern(decoder.decode(args[0], depth), whole(args[1])),
    "dt": lambda decoder, args, depth: dt.datetime.fromisoformat(short(args[0])),
    "ts": tables.moment("Timestamp"),
    "tds": tables.moment("Timedelta"),
    "na": tables.missing("NA"),
    "nat": tables.missing("NaT"),
    "D": lambda decoder, args, depth: dt.date.fromisoformat(short(args[0])),
    "T": lambda decoder, args, depth: dt.time.fromisoformat(short(args[0])),
    "td": lambda decoder, args, depth: dt.timedelta(*map(whole, args[:3])),
    "ip": lambda decoder, args, depth: ADDRESSES[text(args[0])](short(args[1])),
    "nd": tables.array,
    "no": tables.objects,
    "np": tables.scalar,
    "df": tables.frame,
    "sr": tables.series,
    "ri": tables.range_index,
    "ix": tables.index,
    "mi": tables.multi,
    "ref": _reference,
}
