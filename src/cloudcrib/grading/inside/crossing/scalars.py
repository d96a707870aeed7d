"""Single values that a message may hold, each checked for its type and its size before anything is made of it."""

from __future__ import annotations

import base64
import re
from typing import Any

from cloudcrib.grading.inside.crossing.plainness import Refused

PATTERN = 5_000  # characters of a regular expression
TEXT = 200  # characters of a date, an address or a decimal number


def text(value: Any) -> str:
    if type(value) is not str:
        raise Refused("text is missing")
    return value


def short(value: Any) -> str:
    if len(text(value)) > TEXT:
        raise Refused("a date, an address or a number is too long")
    return str(value)


def span(start: Any, stop: Any, step: Any) -> range:
    found = range(whole(start), whole(stop), whole(step))
    if abs(found.stop - found.start) > 2**40:
        raise Refused("a range out of all bounds")
    return found


def pattern(source: Any, flags: int) -> re.Pattern[Any]:
    """A regular expression as it is written; how it is to be read is one of the usual flags, none of which prints."""
    if type(source) not in (str, bytes) or len(source) > PATTERN:
        raise Refused("a regular expression of no sense or too long")
    return re.compile(source, flags & (re.I | re.L | re.M | re.S | re.U | re.X | re.A))


def whole(value: Any) -> int:
    if type(value) is not int:
        raise Refused("a whole number is missing")
    return value


def raw(value: Any) -> bytes:
    return base64.b64decode(text(value).encode(), validate=True)
