"""Does one policy statement speak about one request? Action, resource, principal and conditions together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from cloudcrib.chapters.iam.arn import parse, role_of_session
from cloudcrib.chapters.iam.conditions import conditions_hold
from cloudcrib.chapters.iam.patterns import Context, action_fits, arn_fits, like, listed, resource_fits
from cloudcrib.chapters.iam.principals import Grant, exempt, grant

__all__ = [
    "Grant",
    "Policy",
    "Request",
    "Verdict",
    "action_fits",
    "applies",
    "arn_fits",
    "conditions_hold",
    "grant",
    "like",
    "listed",
    "resource_fits",
    "says",
]

Policy = Mapping[str, Any]
Verdict = Literal["allow", "explicit deny", "implicit deny"]
PAIRS = ("Action", "Resource", "Principal")
ELEMENTS = {"Sid", "Effect", "Condition", *PAIRS, *("Not" + name for name in PAIRS)}
CURRENT = "2012-10-17"


@dataclass(frozen=True)
class Request:
    """One API call: who wants to do what to which resource, and what else is known about it."""

    action: str
    resource: str
    principal: str = ""
    context: Context = field(default_factory=dict)


def known(request: Request) -> dict[str, Any]:
    """The request context: what was said of the request, and the keys that AWS fills from the caller."""
    return {**_of_caller(request.principal), **request.context}


def _of_caller(principal: str) -> dict[str, Any]:
    if not principal.startswith("arn:"):
        return {"aws:PrincipalIsAWSService": "true"} if principal else {}
    arn = parse(principal)
    keys = {"aws:PrincipalIsAWSService": "false", "aws:PrincipalAccount": arn.account}
    keys["aws:PrincipalArn"] = role_of_session(principal) or principal
    return keys | ({"aws:username": arn.resource.split("/")[-1]} if arn.resource.startswith("user/") else {})


def applies(statement: Mapping[str, Any], request: Request) -> bool:
    """Whether a statement speaks about a request: action, resource, principal and every condition fit."""
    _readable(statement)
    context = known(request)
    return (
        _listed_or_not(statement, "Action", lambda p: action_fits(p, request.action))
        and _listed_or_not(statement, "Resource", lambda p: resource_fits(p, request.resource, context))
        and conditions_hold(statement.get("Condition", {}), context)
        and _meant(statement, request.principal)
    )


def _readable(statement: Mapping[str, Any]) -> None:
    """Refuse what AWS refuses, too: a misspelt element, no action, both sides of a pair."""
    odd = sorted(set(statement) - ELEMENTS)
    if odd:
        raise ValueError(f"A policy statement has no element {odd[0]!r}.")
    if statement.get("Effect") not in ("Allow", "Deny"):
        raise ValueError("A statement's Effect is Allow or Deny, written so.")
    if not {"Action", "NotAction"} & set(statement):
        raise ValueError("A statement needs an Action or a NotAction.")
    both = [name for name in PAIRS if name in statement and "Not" + name in statement]
    if both:
        raise ValueError(f"A statement has {both[0]} or Not{both[0]}, never both.")


def _meant(statement: Mapping[str, Any], principal: str) -> bool:
    if "NotPrincipal" in statement:
        if statement["Effect"] == "Allow":
            raise ValueError("AWS does not support NotPrincipal with Allow.")
        return not exempt(statement["NotPrincipal"], principal)
    return "Principal" not in statement or grant(statement["Principal"], principal) is not None


def _listed_or_not(statement: Mapping[str, Any], element: str, fits: Any) -> bool:
    if "Not" + element in statement:
        return not any(fits(pattern) for pattern in listed(statement["Not" + element]))
    return element not in statement or any(fits(pattern) for pattern in listed(statement[element]))


def says(policy: Policy, request: Request) -> Verdict:
    """What one policy alone says about a request: a fitting Deny beats a fitting Allow, and silence is an implicit deny."""
    if policy.get("Version") != CURRENT and "${" in str(policy):
        raise ValueError(f"Policy variables need the Version {CURRENT!r}; in older policies they are plain text.")
    effects = {s["Effect"] for s in listed(policy["Statement"]) if applies(s, request)}
    return "explicit deny" if "Deny" in effects else "allow" if "Allow" in effects else "implicit deny"


def denies_bounded(policy: Policy, request: Request) -> bool:
    """Whether a Deny with NotPrincipal speaks about the request, which hits every caller that has a permissions boundary."""
    fitting = (s for s in listed(policy["Statement"]) if "NotPrincipal" in s and s["Effect"] == "Deny")
    return any(applies({k: v for k, v in s.items() if k != "NotPrincipal"}, request) for s in fitting)
