"""Numbers as digits in any usual grouping, and as English words."""

from __future__ import annotations

import re
from decimal import Decimal

_BLANKS = re.compile(r"([0-9]{1,3}(?:(?P<by>[ '_])[0-9]{3})(?:(?P=by)[0-9]{3})*)(?:[.,]([0-9]*))?")
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve"
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: value for value, word in enumerate(f"{_UNITS} {_TEENS}".split())}
_SMALL |= {word: 10 * tens for tens, word in enumerate(_TENS.split(), 2)}
_ALONE = {"none": 0, "once": 1, "twice": 2}
_LARGE = {"hundred": 100, "thousand": 1000, "million": 10**6}


def numeral(text: str) -> tuple[Decimal, ...]:
    """What digits with points, commas, blanks and apostrophes can mean: nothing, one number, or two.

    `1.234,5` and `1,234.5` are one number, `2,0` is two, `1 000` is a thousand; `1.000` is one or a thousand.
    """
    text = text.strip()
    if found := _BLANKS.fullmatch(text):
        return (Decimal(f"{re.sub('[^0-9]', '', found[1])}.{found[3] or '0'}"),)
    signs = [each for each in text if each in ".,"]
    if not re.fullmatch(r"[0-9]*([.,][0-9]*)*", text) or not re.search("[0-9]", text):
        return ()
    if not signs:
        return (Decimal(text),)
    if len(signs) == 1:
        return _once(*text.partition(signs[0]))
    whole, last, decimals = (text, "", "") if len(set(signs)) == 1 else text.rpartition(signs[-1])
    return (Decimal(re.sub("[.,]", "", whole) + f".{decimals or '0'}"),) if _grouped(whole, last) else ()


def _once(head: str, sign: str, tail: str) -> tuple[Decimal, ...]:
    """A single point or comma: decimals, unless just three digits follow one to three others."""
    if not tail:
        return (Decimal(head),) if sign == "." else ()
    decimal = Decimal(f"{head or '0'}.{tail}")
    if len(tail) != 3 or not 1 <= len(head) <= 3 or head.startswith("0"):
        return (decimal,)
    whole = Decimal(head + tail)
    return (decimal, whole) if sign == "." else (whole, decimal)


def _grouped(whole: str, decimal: str) -> bool:
    """Whether digits stand in threes, or by twos before the last three as in India, by one sign that is not the decimal one."""
    sign = next((each for each in whole if each in ".,"), "")
    threes, twos = rf"[0-9]{{1,3}}(\{sign}[0-9]{{3}})+", r"[0-9]{1,2}(,[0-9]{2})+,[0-9]{3}"
    return bool(sign) and sign != decimal and bool(re.fullmatch(threes, whole) or re.fullmatch(twos, whole))


def spelled(text: str) -> tuple[int | None, str]:
    """The number that a text begins with in words, and what follows: `twenty-one instances` is 21 and `instances`."""
    words = re.findall(r"[^\s-]+", text.lower())
    if words and words[0] in _ALONE:
        return _ALONE[words[0]], " ".join(words[1:])
    length = 0
    while length < len(words) and (words[length] in _SMALL or words[length] in _LARGE or _joins(words, length)):
        length += 1
    return _value(words[:length]), " ".join(words[length:])


def _joins(words: list[str], at: int) -> bool:
    return 0 < at < len(words) - 1 and words[at] == "and" and words[at - 1] in _LARGE and words[at + 1] in _SMALL


def _value(words: list[str]) -> int | None:
    """The number that words say, where they say one: `twenty one hundred` and `two three` are none."""
    total = part = 0
    last = 10**9  # what a further word must stay below
    for word in words:
        if word == "and":
            continue
        if word in _LARGE:
            if not part or (word != "hundred" and total and total < _LARGE[word]):
                return None
            part *= _LARGE[word]
            total, part = (total, part) if word == "hundred" else (total + part, 0)
            last = 100
        elif _SMALL[word] >= last or (_SMALL[word] == 0 and len(words) > 1):
            return None
        else:
            part += _SMALL[word]
            last = 10 if _SMALL[word] >= 20 else 0
    return total + part if words else None
