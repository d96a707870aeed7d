"""Understand a figure as people type it: signs, units, words, and both ways to write decimals and thousands."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from cloudcrib.question import units
from cloudcrib.question.numerals import numeral, spelled

LONGEST = 64
_MONEY = r"us\$|\$|usd|eur|gbp|dollars?|[€£¥₹]"
_SIGNED = re.compile(
    rf"[=~≈]?\s*(?P<sign>[+-]?)\s*(?P<money>{_MONEY})?\s*(?P<inner>[+-]?)\s*"
    r"(?P<numeral>[0-9][0-9.,'_ ]*|[.,][0-9]+)(?P<power>e[+-]?[0-9]{1,2}(?![0-9]))?\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_TERM = re.compile(r"\s*(?:,|and\b)?\s*([0-9]+(?:[.,][0-9]+)?)\s*([a-zµμ]+)\.?", re.IGNORECASE)
_LITERAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_MINUS, _APOSTROPHE, _WIDE = (
    "\u2212\u2013\u2014\u2012\ufe63\uff0d",
    "\u2019\u2018\u02bc\u2032\u00b4`",
    "\uff0c\uff0e\uff05\uff04",
)
_SAME = str.maketrans(_MINUS + _APOSTROPHE + _WIDE, "-" * len(_MINUS) + "'" * len(_APOSTROPHE) + ",.%$")


@dataclass(frozen=True)
class Reading:
    """What was understood: a figure in the asked unit, a second one where it can mean both, or a sentence why there is none."""

    value: Decimal | None
    other: Decimal | None = None
    literal: bool = True  # digits as the course writes them, so that there is nothing to say about it
    problem: str = ""


def read(typed: str, unit: str = "") -> Reading:
    """Read a figure that was typed, alone or with its unit, another that measures the same, or a currency or percent sign.

    `1.000` and `1,024` can be read in two ways: the first is the course's own, a point for decimals.
    """
    text = _plain(typed) if len(typed) <= LONGEST else ""
    if unit.startswith("prefix"):
        text = text.removeprefix("/")
    found = _SIGNED.fullmatch(text)
    if found:
        return _read_signed(found, unit) if numeral(found["numeral"]) else _no_number(unit)
    counted, rest = spelled(text)
    return _no_number(unit) if counted is None else _in_unit((Decimal(counted),), rest, unit, literal=False)


def bare(typed: str) -> bool:
    """Whether digits stand alone, so that a unit can be said with them."""
    return bool(_LITERAL.fullmatch(typed.strip()))


def _plain(typed: str) -> str:
    """The text with one kind of blank, minus, apostrophe and digit, and without what cannot be seen."""
    seen = (each for each in typed.translate(_SAME) if unicodedata.category(each) != "Cf")
    text = "".join(" " if each.isspace() else str(unicodedata.decimal(each, each)) for each in seen)
    return " ".join(text.split())


def _read_signed(found: re.Match[str], unit: str) -> Reading:
    """A figure in digits, with what stands around it."""
    total = _duration(found.string, unit)
    if total is not None:
        return Reading(total, literal=False)
    if found["sign"] and found["inner"]:
        return _no_number(unit)
    negative = "-" in (found["sign"], found["inner"])
    power = int(found["power"][1:]) if found["power"] else 0
    values = tuple((-each if negative else each).scaleb(power) for each in numeral(found["numeral"]))
    rest, scale = _scaled(found["rest"])
    if found["money"]:
        if rest and units.factor(rest, found["money"]) != 1:
            return _other_unit(f"{found['money']} {rest}", unit)
        rest = found["money"]
    literal = bool(_LITERAL.fullmatch(f"{found['sign']}{found['numeral'].strip()}")) and scale == 1 and not power
    return _in_unit(tuple(each * scale for each in values), rest, unit, literal)


def _scaled(rest: str) -> tuple[str, int]:
    """Of `thousand GB` the unit and the thousand."""
    word, _, more = rest.partition(" ")
    scale = _SCALES.get(word.lower())
    return (more, scale) if scale else (rest, 1)


def _duration(text: str, unit: str) -> Decimal | None:
    """The sum of `2 h 10 min` in the asked unit; None where it is no such text."""
    terms = list(_TERM.finditer(text))
    if len(terms) < 2 or "".join(each[0] for each in terms) != text:
        return None
    factors = [units.factor(each[2], unit) for each in terms]
    sizes = [each for each in factors if each is not None]
    if len(sizes) < len(factors) or sorted(set(sizes), reverse=True) != sizes or units.is_share(unit):
        return None
    return sum((Decimal(each[1].replace(",", ".")) * size for each, size in zip(terms, sizes, strict=True)), Decimal(0))


def _in_unit(values: tuple[Decimal, ...], rest: str, unit: str, literal: bool) -> Reading:
    """Figures in the asked unit, where what follows them names it or one that measures the same."""
    size = Decimal(1) if units.same(rest, unit) else units.factor(rest, unit)
    if size is None:
        return _other_unit(rest, unit)
    if units.is_share(unit):
        values = (min(values, key=abs),)
    value, other, *_ = (*(each * size for each in values), None)
    return Reading(value, other, literal and size == 1 and other is None)


def _no_number(unit: str) -> Reading:
    alone = f", alone or with “{unit}”" if unit else ""
    return Reading(None, problem=f"This is not understood as a number. Type digits, such as 1024 or 12.5{alone}.")


def _other_unit(written: str, unit: str) -> Reading:
    if re.search("[0-9]", written):
        return _no_number(unit)
    if not unit:
        return Reading(
            None, problem=f"“{written}” is not understood here: a plain number is asked for. Type its digits alone."
        )
    one, other = units.known(written), units.asked_for(unit)
    if one and other and {one.kind, other.kind} == {"bytes", "binary"}:
        more = f": 1 {written} is {plain(one.size / other.size)} {unit}. Convert it, or type the figure alone."
        return Reading(None, problem=f"The answer is asked in {unit}, and “{written}” is another unit{more}")
    return Reading(
        None,
        problem=f"“{written}” is not understood here: the answer is asked in {unit}. Type the figure alone, or with “{unit}”.",
    )


def plain(value: Decimal) -> str:
    """A figure in digits, without thousands signs and without more places than anybody reads."""
    return _digits(
        value if len(value.as_tuple().digits) <= 12 else value.quantize(Decimal(10) ** (value.adjusted() - 6))
    )


def _digits(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text


def unmistakable(value: Decimal) -> str:
    """A figure in digits that nobody can read in two ways: `1.0240` and not `1.024`."""
    text = _digits(value)
    return text if len(numeral(text.lstrip("-"))) == 1 else f"{text}0"


def within(value: Decimal, answer: float, tolerance: float = 0) -> bool:
    """Whether a figure differs from the answer by no more than the tolerance, as decimals and not as binary floats."""
    return abs(value - Decimal(str(answer))) <= Decimal(str(tolerance))
