"""The Condition element: operators, absent keys, keys with several values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from ipaddress import ip_address, ip_network
from typing import Any, Literal

from cloudcrib.chapters.iam.patterns import Context, arn_fits, filled, like, listed, value_of

Test = Callable[[str, str], bool]  # (wanted by the policy, found in the request)
SHAPE = re.compile(r"(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?")


def _moment(text: str) -> dt.datetime:
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return dt.datetime.fromtimestamp(float(text), dt.UTC)
    said = dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return said if said.tzinfo else said.replace(tzinfo=dt.UTC)


def _ordered(read: Callable[[str], Any]) -> dict[str, Test]:
    return {
        "Equals": lambda wanted, found: bool(read(found) == read(wanted)),
        "LessThan": lambda wanted, found: bool(read(found) < read(wanted)),
        "LessThanEquals": lambda wanted, found: bool(read(found) <= read(wanted)),
        "GreaterThan": lambda wanted, found: bool(read(found) > read(wanted)),
        "GreaterThanEquals": lambda wanted, found: bool(read(found) >= read(wanted)),
    }


POSITIVE: dict[str, Test] = {
    "StringEquals": lambda wanted, found: found == wanted,
    "StringEqualsIgnoreCase": lambda wanted, found: found.lower() == wanted.lower(),
    "StringLike": like,
    "ArnEquals": arn_fits,
    "ArnLike": arn_fits,
    "Bool": lambda wanted, found: found.lower() == wanted.lower(),
    "BinaryEquals": lambda wanted, found: found == wanted,
    "IpAddress": lambda wanted, found: ip_address(found) in ip_network(wanted, strict=False),
    **{"Numeric" + name: test for name, test in _ordered(float).items()},
    **{"Date" + name: test for name, test in _ordered(_moment).items()},
}
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


def conditions_hold(conditions: Mapping[str, Mapping[str, Any]], context: Context) -> bool:
    """Whether all operators and keys hold: values of one key are an 'or', everything else is an 'and'."""
    return all(
        _holds(operator, key, listed(values), context)
        for operator, keys in conditions.items()
        for key, values in keys.items()
    )


def _holds(operator: str, key: str, wanted: Sequence[Any], context: Context) -> bool:
    found = value_of(key, context)
    if operator == "Null":
        return (found is None) == (_text(wanted[0]) == "true")
    quantifier, test, negated, optional = _read(operator)
    if found is None or (quantifier and not listed(found)):
        return optional or quantifier == "all" or (negated and quantifier is None)
    if isinstance(found, (list, tuple)) and quantifier is None:
        raise ValueError(f"{key} has several values, so its operator needs ForAnyValue or ForAllValues.")
    meant = [text for text in (filled(_text(w), context) for w in wanted) if text is not None]
    met = [any(test(w, _text(one)) for w in meant) != negated for one in listed(found)]
    return any(met) if quantifier == "any" else all(met)


def _read(operator: str) -> tuple[Literal["all", "any"] | None, Test, bool, bool]:
    """An operator's parts: its quantifier, its positive test, whether it is negated, whether the key may be absent."""
    shape = SHAPE.fullmatch(operator)
    name = shape[2] if shape else operator
    if shape is None or (name not in POSITIVE and name not in NEGATED):
        raise ValueError(f"AWS has no condition operator {operator!r}, or this model does not know it.")
    quantifier: dict[str | None, Literal["all", "any"]] = {"ForAllValues": "all", "ForAnyValue": "any"}
    return quantifier.get(shape[1]), POSITIVE[NEGATED.get(name, name)], name in NEGATED, shape[3] is not None


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
