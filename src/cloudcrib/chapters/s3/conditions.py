"""The Condition element of a policy: operators, absent keys, and what is not modelled."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from ipaddress import ip_address, ip_network
from operator import eq, ge, gt, le, lt
from typing import Any

Test = Callable[[str, str], bool]  # what is wanted, what is found


class NotModelled(ValueError):
    """A policy uses something that this model cannot judge."""

    def __init__(self, what: str) -> None:
        super().__init__(f"This model does not know {what}.")


def listed(value: Any) -> list[Any]:
    """A policy element as a list: a single value needs no brackets."""
    return list(value) if isinstance(value, (list, tuple)) else [value]


def like(pattern: str, text: str) -> bool:
    """Whether a text fits a pattern in which `*` stands for anything and `?` for one character."""
    parts = {"*": ".*", "?": "."}
    return re.fullmatch("".join(parts.get(c) or re.escape(c) for c in pattern), text, re.DOTALL) is not None


def _arn(wanted: str, found: str) -> bool:
    """ARNs are compared part by part, so that a star does not reach over a colon into the next."""
    ours, theirs = wanted.split(":", 5), found.split(":", 5)
    return len(ours) == len(theirs) and all(like(a, b) for a, b in zip(ours, theirs, strict=True))


def _in_network(wanted: str, found: str) -> bool:
    return ip_address(found) in ip_network(wanted, strict=False)


def _moment(said: str) -> datetime:
    moment = datetime.fromisoformat(said)
    if moment.tzinfo is None:
        raise NotModelled(f"the moment {said!r}, which names no time zone")
    return moment


def _ordered(kind: str, value: Callable[[str], Any]) -> dict[str, Test]:
    """Operators that compare numbers or moments."""
    named = {"Equals": eq, "LessThan": gt, "LessThanEquals": ge, "GreaterThan": lt, "GreaterThanEquals": le}

    def compared(compare: Callable[[Any, Any], bool]) -> Test:
        return lambda wanted, found: compare(value(wanted), value(found))

    return {f"{kind}{name}": compared(compare) for name, compare in named.items()}


OPERATORS: dict[str, Test] = {
    "StringEquals": eq,
    "StringEqualsIgnoreCase": lambda wanted, found: wanted.lower() == found.lower(),
    "StringLike": like,
    "ArnEquals": _arn,
    "ArnLike": _arn,
    "Bool": lambda wanted, found: wanted.lower() == found.lower(),
    "IpAddress": _in_network,
} | (_ordered("Numeric", float) | _ordered("Date", _moment))
NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
    "NotIpAddress": "IpAddress",
    "NumericNotEquals": "NumericEquals",
    "DateNotEquals": "DateEquals",
}


def _said(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _holds(operator: str, wanted: list[str], found: str | None) -> bool:
    """Whether one operator holds for one key; an absent key fails it, except a negated or an IfExists one."""
    name = operator.removesuffix("IfExists")
    if operator == "Null":
        return any(value == ("true" if found is None else "false") for value in wanted)
    if name not in OPERATORS and name not in NEGATED:
        raise NotModelled(f"the condition operator {operator!r}")
    if found is None:
        return name in NEGATED or operator != name
    matches = any(OPERATORS[NEGATED.get(name, name)](value, found) for value in wanted)
    return matches != (name in NEGATED)


def holds(conditions: Mapping[str, Mapping[str, Any]], context: Mapping[str, str], fill: Callable[[str], str]) -> bool:
    """Whether all conditions hold: keys ignore case, several values of a key are an `or`, all else an `and`."""
    return all(
        [
            _holds(operator, [fill(_said(value)) for value in listed(wanted)], context.get(key.lower()))
            for operator, keys in conditions.items()
            for key, wanted in keys.items()
        ]
    )
