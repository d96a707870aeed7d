"""Plain data on its way to the tests: builds nothing but exact built-in types, arrays and frames, whatever the bytes say."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cloudcrib.grading.inside.crossing import tables
from cloudcrib.grading.inside.crossing.plainness import ADDRESSES, DEPTH, Refused
from cloudcrib.grading.inside.crossing.scalars import raw, short, span, text, whole

NODES = 2_000_000
COLLISIONS = 50  # keys with one hash; more make a dictionary quadratic
COSTS = {
    "ts": 10,
    "tds": 10,
    "ip": 5,
    "n": 5,
    "q": 5,
    "nd": 20,
    "no": 20,
    "df": 500,
    "sr": 300,
    "ix": 200,
    "ri": 50,
    "mi": 500,
}


class Decoder:
    """Builds values from a parsed message, counting what it builds."""

    def __init__(self, functions: Callable[[str], Any] | None) -> None:
        self.functions, self.left = functions, NODES

    def decode(self, value: Any, depth: int) -> Any:
        self.left -= 1
        if depth > 2 * DEPTH or self.left < 0:
            raise Refused("what came back is too large or too deep")
        if value is None or type(value) in (bool, int, float, str):
            return value
        if type(value) is not list or not value or type(value[0]) is not str or value[0] not in READ:
            raise Refused("what came back is not plain data")
        self.left -= COSTS.get(value[0], 0)
        read = READ[value[0]]
        return read(self, value[1:], depth + 1)

    def all(self, values: Any, depth: int) -> list[Any]:
        if type(values) is not list:
            raise Refused("what came back is not plain data")
        return [self.decode(value, depth) for value in values]


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


READ: dict[str, Callable[[Decoder, list[Any], int], Any]] = {
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
