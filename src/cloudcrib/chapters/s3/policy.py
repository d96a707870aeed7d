"""What a bucket policy says about a request: statements, principals, and the answer for one or two accounts.

Left out: Block Public Access, ACLs, endpoint, session and organization policies, permissions boundaries, and KMS.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cloudcrib.chapters.s3.conditions import NotModelled, holds, like, listed

VARIABLE = re.compile(r"\$\{([^}]+)\}")
ROLE = re.compile(r"arn:[^:]+:iam::(?P<account>\d{12}):role/(?:.*/)?(?P<name>[^/]+)")
SESSION = re.compile(r"arn:[^:]+:sts::(?P<account>\d{12}):assumed-role/(?P<name>[^/]+)/[^/]+")
ACCOUNT = re.compile(r"(?:arn:[^:]+:iam::)?(?P<account>\d{12})(?::root)?")


@dataclass(frozen=True)
class Request:
    """A call to S3 by somebody, and the circumstances that policies may ask about."""

    principal: str  # an ARN, a service such as "cloudtrail.amazonaws.com", or "*" for nobody known
    action: str
    resource: str
    context: Mapping[str, str] = field(default_factory=dict)


def _account(principal: str) -> str:
    return principal.split(":")[4] if principal.startswith("arn:") else ""


def _role(arn: str) -> tuple[str, str] | None:
    """Account and name of the role behind a role or one of its sessions; a session's ARN lacks the role's path."""
    found = ROLE.fullmatch(arn) or SESSION.fullmatch(arn)
    return (found["account"], found["name"]) if found else None


def _names(who: str, name: str) -> str | None:
    """How one name of a Principal element reaches somebody: `direct`, through their `account`, or not at all."""
    if "*" in name and name != "*":
        raise ValueError(f"{name!r}: a Principal takes no wildcard but a lone '*'.")
    if name == "*" or name == who or (ROLE.fullmatch(name) and _role(name) == _role(who)):
        return "direct"
    account = ACCOUNT.fullmatch(name)
    if account and account["account"] == _account(who):
        return "direct" if who.endswith(":root") else "account"
    return None


def reach(statement: Mapping[str, Any], who: str) -> str | None:
    """How a statement names somebody: `direct`, `account` (which leaves it to the account's own policies), or not."""
    if "NotPrincipal" in statement:
        raise NotModelled(
            "NotPrincipal: AWS advises a Deny for everybody with ArnNotEquals on aws:PrincipalArn instead"
        )
    if "Principal" not in statement:
        raise ValueError("Every statement of a bucket policy names a Principal.")
    named = statement["Principal"]
    if not isinstance(named, Mapping):
        named = {"AWS": named}
        if statement["Principal"] != "*":
            raise ValueError(f"{statement['Principal']!r} is no Principal: write {{'AWS': …}}, or '*' for everybody.")
    if other := named.keys() - {"AWS", "Service"}:
        raise NotModelled(f"the kind of principal {sorted(other)[0]!r}")
    ways = {_names(who, str(name)) for kind in named.values() for name in listed(kind)}
    return "direct" if "direct" in ways else "account" if "account" in ways else None


def _element(statement: Mapping[str, Any], name: str, fits: Callable[[str], bool]) -> bool:
    """Whether Action or Resource speaks about the request, or the Not form of it does."""
    if name not in statement and f"Not{name}" not in statement:
        raise ValueError(f"A statement lacks {name}.")
    if name in statement:
        return any(fits(str(pattern)) for pattern in listed(statement[name]))
    return not any(fits(str(pattern)) for pattern in listed(statement[f"Not{name}"]))


def _circumstances(request: Request) -> dict[str, str]:
    """The request's context by lower-case key, with what its principal says by itself."""
    own = {"aws:principalaccount": _account(request.principal)} if _account(request.principal) else {}
    if own and not SESSION.fullmatch(request.principal):
        own["aws:principalarn"] = request.principal
    return own | {key.lower(): value for key, value in request.context.items()}


def _filled(pattern: str, context: Mapping[str, str]) -> str | None:
    """A pattern with its policy variables filled in; None when the request lacks one of them."""
    keys = [key.lower() for key in VARIABLE.findall(pattern)]
    if any("," in key or key in "*?$" for key in keys):
        raise NotModelled(f"the policy variable in {pattern!r}")
    if any(key not in context for key in keys):
        return None
    return VARIABLE.sub(lambda found: context[found[1].lower()], pattern)


def _value(said: str, context: Mapping[str, str]) -> str:
    filled = _filled(said, context)
    if filled is None:
        raise NotModelled(f"{said!r} in a condition, for the request lacks that variable")
    return filled


def _resource(pattern: str, request: Request, context: Mapping[str, str]) -> bool:
    filled = _filled(pattern, context)
    return filled is not None and like(filled, request.resource)


def applies(statement: Mapping[str, Any], request: Request) -> bool:
    """Whether a statement speaks about this request: who, what, on what, and when."""
    return _speaks(statement, request) is not None


def _speaks(statement: Mapping[str, Any], request: Request) -> str | None:
    """How a statement that speaks about this request names the caller; None where it does not."""
    context = _circumstances(request)
    asked = {key.lower() for keys in statement.get("Condition", {}).values() for key in keys}
    if "aws:principalarn" in asked - context.keys() and SESSION.fullmatch(request.principal):
        raise NotModelled("aws:PrincipalArn of a session: give the role's ARN in the request's context")
    way = reach(statement, request.principal)
    action = _element(statement, "Action", lambda name: like(name.lower(), request.action.lower()))
    resource = _element(statement, "Resource", lambda arn: _resource(arn, request, context))
    holding = holds(statement.get("Condition", {}), context, lambda value: _value(value, context))
    return way if action and resource and holding else None


def _effects(policy: Mapping[str, Any], request: Request) -> Iterator[tuple[str, str | None]]:
    if policy.get("Version") != "2012-10-17" and VARIABLE.search(str(policy)):
        raise NotModelled("policy variables without Version 2012-10-17, where they are plain text")
    for statement in listed(policy.get("Statement", [])):
        yield statement["Effect"], _speaks(statement, request)


def decide(policy: Mapping[str, Any], request: Request, identity_allows: bool = False, owner: str | None = None) -> str:
    """`deny`, `allow` or `no word`; `owner` is the bucket's account where that is not the caller's.

    A statement that names the caller's account leaves it to that account: its own policies must allow, too.
    """
    ways = list(_effects(policy, request))
    if any(effect == "Deny" and way for effect, way in ways):
        return "deny"
    granted = {way for effect, way in ways if effect == "Allow"}
    account = _account(request.principal)
    identity = bool(account) and (identity_allows or request.principal.endswith(":root"))
    if account and owner not in (None, account):
        return "allow" if identity and granted & {"direct", "account"} else "no word"
    return "allow" if identity or "direct" in granted else "no word"
