"""The patterns of policies: wildcards and variables in actions, resources and ARNs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Context = Mapping[str, Any]
VARIABLE = re.compile(r"\$\{([^}]+)\}")
LITERAL = {"*": "\ue000", "?": "\ue001", "$": "\ue002"}  # what ${*}, ${?} and ${$} stand for until the match
PLAIN = {mark: re.escape(c) for c, mark in LITERAL.items()}


def listed(value: Any) -> list[Any]:
    """A policy element as a list: JSON policies may write a single value without brackets."""
    return list(value) if isinstance(value, (list, tuple)) else [value]


def like(pattern: str, text: str) -> bool:
    """Whether a text fits a pattern in which '*' stands for anything and '?' for one character."""
    return re.fullmatch(_regex(pattern, "."), text, re.DOTALL) is not None


def _regex(pattern: str, one: str) -> str:
    """A pattern as a regular expression, in which `one` is what a single wildcard character may be."""
    stands = {"*": one + "*", "?": one, **PLAIN}
    return "".join(stands.get(c) or re.escape(c) for c in pattern)


def action_fits(pattern: str, action: str) -> bool:
    """Whether an action falls under a pattern; case does not matter in service prefixes and action names."""
    return like(pattern.lower(), action.lower())


def resource_fits(pattern: str, resource: str, context: Context | None = None) -> bool:
    """Whether a resource falls under a pattern: a star stays in its field unless it ends it, and case matters."""
    meant = filled(pattern, context or {})
    return meant is not None and re.fullmatch(_expression(meant), resource, re.DOTALL) is not None


def _expression(pattern: str) -> str:
    return ":".join(_field(field, last=n == 5) for n, field in enumerate(pattern.split(":", 5)))


def _field(field: str, last: bool) -> str:
    said = _regex(field, "." if last else "[^:]")
    return said + ".*" if field.endswith("*") else said


def arn_fits(pattern: str, arn: str) -> bool:
    """Whether an ARN falls under a pattern as the operators ArnEquals and ArnLike compare: each field by itself."""
    ours, theirs = pattern.split(":", 5), arn.split(":", 5)
    if len(ours) == len(theirs) == 6:
        return all(like(mine, other) for mine, other in zip(ours, theirs, strict=True))
    return not pattern.startswith("arn:") and like(pattern, arn)


def value_of(key: str, context: Context) -> Any:
    """The value of a condition key, whose name may be written in any case; None when the request does not carry it."""
    return next((value for name, value in context.items() if name.lower() == key.lower()), None)


def filled(pattern: str, context: Context) -> str | None:
    """A text with its policy variables filled in; None when the request lacks one that has no default."""
    values = {name: _variable(name, context) for name in VARIABLE.findall(pattern)}
    return None if None in values.values() else VARIABLE.sub(lambda found: str(values[found[1]]), pattern)


def _variable(name: str, context: Context) -> str | None:
    if name in LITERAL:
        return LITERAL[name]
    key, _, default = name.partition(",")
    found = value_of(key.strip(), context)
    if isinstance(found, (list, tuple)):
        raise ValueError(f"A key with several values cannot be a policy variable: {key.strip()}.")
    return found if found is not None else default.strip().strip("'") or None
