"""Does one policy statement speak about one request? Wildcards, principals and conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any, Literal

from cloudcrib.chapters.iam.arn import parse, role_of_session

Policy = Mapping[str, Any]
Verdict = Literal["allow", "explicit deny", "implicit deny"]
Grant = Literal["user", "session", "role", "account", "anyone", "service"]
VARIABLE = re.compile(r"\$\{([^}]+)\}")


@dataclass(frozen=True)
class Request:
    """One API call: who wants to do what to which resource, and what else is known about it."""

    action: str
    resource: str
    principal: str = ""
    context: Mapping[str, str] = field(default_factory=dict)


def listed(value: Any) -> list[Any]:
    """A policy element as a list: JSON policies may write a single value without brackets."""
    return list(value) if isinstance(value, (list, tuple)) else [value]


def like(pattern: str, text: str) -> bool:
    """Whether a text fits a pattern in which '*' stands for anything and '?' for one character."""
    return re.fullmatch(_regex(pattern, "."), text, re.DOTALL) is not None


def _regex(pattern: str, one: str) -> str:
    """A pattern as a regular expression, in which `one` is what a single wildcard character may be."""
    stands = {"*": one + "*", "?": one}
    return "".join(stands.get(c) or re.escape(c) for c in pattern)


def action_fits(pattern: str, action: str) -> bool:
    """Whether an action falls under a pattern; case does not matter in service prefixes and action names."""
    return like(pattern.lower(), action.lower())


def resource_fits(pattern: str, resource: str, context: Mapping[str, str] | None = None) -> bool:
    """Whether a resource falls under a pattern: a star stays in its field unless it ends it, and case matters."""
    filled = _filled(pattern, context or {})
    return filled is not None and re.fullmatch(_expression(filled), resource, re.DOTALL) is not None


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


def _filled(pattern: str, context: Mapping[str, str]) -> str | None:
    keys = VARIABLE.findall(pattern)
    return None if any(key not in context for key in keys) else VARIABLE.sub(lambda found: context[found[1]], pattern)


def applies(statement: Mapping[str, Any], request: Request) -> bool:
    """Whether a statement speaks about a request: action, resource, principal and every condition fit."""
    return (
        _listed_or_not(statement, "Action", lambda p: action_fits(p, request.action))
        and _listed_or_not(statement, "Resource", lambda p: resource_fits(p, request.resource, request.context))
        and ("Principal" not in statement or grant(statement["Principal"], request.principal) is not None)
        and conditions_hold(statement.get("Condition", {}), request.context)
    )


def _listed_or_not(statement: Mapping[str, Any], element: str, fits: Any) -> bool:
    if "Not" + element in statement:
        return not any(fits(pattern) for pattern in listed(statement["Not" + element]))
    return element not in statement or any(fits(pattern) for pattern in listed(statement[element]))


def says(policy: Policy, request: Request) -> Verdict:
    """What one policy alone says about a request: a fitting Deny beats a fitting Allow, and silence is an implicit deny."""
    effects = {s["Effect"] for s in listed(policy["Statement"]) if applies(s, request)}
    return "explicit deny" if "Deny" in effects else "allow" if "Allow" in effects else "implicit deny"


def grant(element: Any, principal: str) -> Grant | None:
    """How a Principal element names the caller, the most direct way first; None when it does not."""
    if element == "*":
        return "anyone"
    named = {str(name) for value in element.values() for name in listed(value)}
    return next((kind for kind, names in _ways_to_name(principal) if named & names), None)


def _ways_to_name(principal: str) -> list[tuple[Grant, set[str]]]:
    if not principal.startswith("arn:"):
        return [("service", {principal}), ("anyone", {"*"})]
    account, role = parse(principal).account, role_of_session(principal)
    ways: list[tuple[Grant, set[str]]] = [("session" if role else "user", {principal}), ("anyone", {"*"})]
    ways.append(("role", {role}))
    ways.append(("account", {account, f"arn:aws:iam::{account}:root"}))
    return ways


def conditions_hold(conditions: Mapping[str, Mapping[str, Any]], context: Mapping[str, str]) -> bool:
    """Whether all operators and keys hold: values of one key are an 'or', everything else is an 'and'."""
    return all(
        _holds(operator, key, listed(values), context)
        for operator, keys in conditions.items()
        for key, values in keys.items()
    )


def _holds(operator: str, key: str, wanted: Sequence[Any], context: Mapping[str, str]) -> bool:
    name, optional = operator.removesuffix("IfExists"), operator.endswith("IfExists")
    found = {k.lower(): v for k, v in context.items()}.get(key.lower())
    if name == "Null":
        return (found is None) == (str(wanted[0]).lower() == "true")
    negated = name.startswith(("StringNot", "Not", "ArnNot"))
    if found is None:
        return optional or negated
    return (
        _any(name.replace("Not", "", 1) if negated else name, (_fill(w, context) for w in wanted), str(found))
        != negated
    )


def _fill(value: Any, context: Mapping[str, str]) -> str:
    return _filled(str(value), context) or ""


def _any(operator: str, wanted: Iterable[str], found: str) -> bool:
    match operator:
        case "StringEquals":
            return found in wanted
        case "StringLike":
            return any(like(w, found) for w in wanted)
        case "ArnEquals" | "ArnLike":
            return any(arn_fits(w, found) for w in wanted)
        case "Bool":
            return found.lower() in {w.lower() for w in wanted}
        case "IpAddress":
            return any(ip_address(found) in ip_network(w) for w in wanted)
        case "NumericLessThan":
            return any(float(found) < float(w) for w in wanted)
    raise ValueError(f"This model does not know the condition operator {operator!r}.")
