"""When a submission was handed in, read from its timestamp.txt as people and programs write it.

nbgrader takes an offset such as -0500 for seconds, a zone that it does not know for UTC, and ends at what it cannot read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

import dateutil.parser

UTC = {"UTC", "GMT", "Z", "UT"}
ZONE = re.compile(
    r"[\s\[(]*(?P<zone>(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?|[A-Za-z]+(?:_[A-Za-z]+)*(?:/[A-Za-z0-9_+-]+)+|[A-Z][A-Za-z]{2,4}\d?(?:[A-Z]{3})?|Z)[\])]*$"
)
EARLY, LATE = (
    dt.datetime(2001, 1, 1),
    dt.datetime(2004, 12, 31, 23),
)  # what is missing from a time differs between these
HALVES = ("AM", "PM")
HOW = (
    "write it as `2026-11-29 23:30:00 UTC`, with an offset such as `-05:00`, or with a zone such as `America/New_York`"
)


class NoTime(ValueError):
    """A timestamp that is not understood; the message says why, and how to write it."""


def moment(said: str) -> dt.datetime:
    """The instant in UTC, without a zone, as nbgrader keeps it; without a zone it is UTC, as nbgrader has it."""
    text = " ".join(said.split())
    zone, clock = _split(text)
    try:
        at, other = (dateutil.parser.parse(clock, tzinfos=_zones(text), default=each) for each in (EARLY, LATE))
        if at.date() != other.date() or at.hour != other.hour:
            raise NoTime(f"timestamp.txt says {said[:60]!r}, which is not a day with a time: {HOW}")
        return at.replace(tzinfo=at.tzinfo or zone).astimezone(dt.UTC).replace(tzinfo=None)
    except NoTime:
        raise
    except (ValueError, OverflowError) as err:
        raise NoTime(f"timestamp.txt says {said[:60]!r}, which is no time: {HOW}") from err


def _split(text: str) -> tuple[dt.tzinfo, str]:
    """The zone at the end of a timestamp, and what stands before it."""
    found = ZONE.search(text)
    if not found or found["zone"].upper() in HALVES or not re.search(r"\d:\d", text[: found.start()]):
        return dt.UTC, text
    return _zone(found["zone"], text), text[: found.start()]


def _zones(text: str) -> Callable[[str | None, int | None], dt.tzinfo | None]:
    """Zones that stand elsewhere than at the end, as `date` prints them."""

    def known(name: str | None, ahead: int | None) -> dt.tzinfo | None:
        if ahead is not None:
            return dt.timezone(dt.timedelta(seconds=ahead))
        return _zone(name, text) if name else None

    return known


def _zone(name: str, text: str) -> dt.tzinfo:
    if name.upper() in UTC:
        return dt.UTC
    name = re.sub(r"^(UTC|GMT)\s?(?=[+-])", "", name)
    if name[0] in "+-":
        digits = name[1:].replace(":", "")
        digits = digits.zfill(2) + "00" if len(digits) <= 2 else digits.zfill(4)
        ahead = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        if ahead >= dt.timedelta(hours=24):
            raise NoTime(f"timestamp.txt says {text[:60]!r}, and no place is {name} from UTC: {HOW}")
        return dt.timezone(ahead if name[0] == "+" else -ahead)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise NoTime(
            f"timestamp.txt says {text[:60]!r}, and {name} is no zone that is known or that means one thing: {HOW}"
        ) from None
