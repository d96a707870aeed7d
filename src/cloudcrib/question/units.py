"""The units that answers are asked in: how people write them, and what one is in terms of another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_TIMES = {
    "ns nanosecond": "0.000000001",
    "us µs μs microsecond": "0.000001",
    "ms msec millisecond": "0.001",
    "s sec second": "1",
    "m min minute": "60",
    "h hr hour": "3600",
    "d day": "86400",
    "wk week": "604800",
}
_MONEY = {"$ us$ usd dollar us-dollar": "1", "¢ cent": "0.01"}
_SHARES = {"% percent percentage pct per-cent": "1"}
_BYTES = {"b byte": "1"} | {
    f"{letter}b {word}byte": str(1000**power)
    for power, (letter, word) in enumerate(
        (("k", "kilo"), ("m", "mega"), ("g", "giga"), ("t", "tera"), ("p", "peta")), 1
    )
}
_BINARY = {
    f"{letter}ib {word}byte": str(1024**power)
    for power, (letter, word) in enumerate(
        (("k", "kibi"), ("m", "mebi"), ("g", "gibi"), ("t", "tebi"), ("p", "pebi")), 1
    )
}
_KINDS = {"time": _TIMES, "money": _MONEY, "share": _SHARES, "bytes": _BYTES, "binary": _BINARY}
_KNOWN = {
    name.replace("-", " "): (kind, Decimal(size))
    for kind, table in _KINDS.items()
    for names, size in table.items()
    for name in names.split()
}
_BITS = re.compile(r"[KMGTP]i?b|.*bits?", re.DOTALL)  # Gb is a gigabit, while many write gb for GB


@dataclass(frozen=True)
class Unit:
    """A unit that can be converted: what it measures, and how large it is among those that measure the same."""

    kind: str
    size: Decimal


def asked_for(unit: str) -> Unit | None:
    """The unit that an author asks for, by its first words where more follow: `minutes past twelve` are minutes."""
    found = known(unit)
    return found or (asked_for(unit.rpartition(" ")[0]) if " " in unit else None)


def known(written: str) -> Unit | None:
    """The unit behind a text."""
    text = _tidy(written)
    if _BITS.fullmatch(" ".join(written.split())):
        return None
    found = _KNOWN.get(text) or _KNOWN.get(_singular(text))
    return Unit(*found) if found else None


def same(written: str, asked: str) -> bool:
    """Whether a text names the unit that is asked for: in singular or plural, in its short or long form, or its head alone."""
    if not written.strip():
        return True
    if _BITS.fullmatch(written.strip()) and written.strip() != asked:
        return False
    said, wanted = _words(written), _words(asked)
    head, slash, per = wanted.partition("/")
    return said in (wanted, head, slash + per) if slash else said == wanted or wanted.startswith(said + " ")


def factor(written: str, asked: str) -> Decimal | None:
    """How many of the asked unit one of the written unit is, where the two measure the same."""
    one, other = known(written), asked_for(asked)
    return one.size / other.size if one and other and one.kind == other.kind else None


def agreeing(value: Decimal, unit: str) -> str:
    """The unit as it stands behind this figure: one call, two calls, one call/s."""
    return re.sub(r"^[^ /]+", lambda word: _singular(word[0]), unit) if abs(value) == 1 else unit


def is_share(unit: str) -> bool:
    """Whether figures are percentages, which nobody counts in thousands."""
    found = asked_for(unit)
    return found is not None and found.kind == "share"


def _tidy(text: str) -> str:
    return " ".join(text.lower().replace("-", " ").split()).removesuffix(".")


def _words(text: str) -> str:
    """A unit in one spelling: singular words, `/` for per, and of a time its shortest name."""
    spelled = re.sub(r"\s*(/|\bper\b(?! cent))\s*", "/", _tidy(text))
    return "/".join(" ".join(map(_singular, part.split())) if part else "" for part in _shortened(spelled))


def _shortened(spelled: str) -> list[str]:
    head, *rest = spelled.split("/")
    return [head, *("s" if _singular(part) in ("second", "sec") else part for part in rest)]


def _singular(text: str) -> str:
    """The singular of a word of three letters or more: `ms` and `s` are none."""
    if len(text) <= 3 or not text.endswith("s") or text.endswith("ss"):
        return text
    if text.endswith("ies"):
        return text[:-3] + "y"
    return text[:-2] if text.endswith(("xes", "sses", "ches", "shes")) else text[:-1]
