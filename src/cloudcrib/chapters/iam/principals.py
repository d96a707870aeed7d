"""Principal and NotPrincipal: whom a resource policy means, and in which way it names the caller."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from cloudcrib.chapters.iam.arn import parse, role_of_session
from cloudcrib.chapters.iam.patterns import listed

Grant = Literal["user", "session", "role", "account", "anyone", "service"]
DIRECT: tuple[Grant, ...] = ("user", "session", "service", "anyone")
KINDS = ("AWS", "Service", "Federated")


def is_root(principal: str) -> bool:
    """Whether the caller is the root user of an account."""
    return principal.startswith("arn:") and parse(principal).resource == "root"


def is_service_linked(principal: str) -> bool:
    """Whether the caller is a session of a service-linked role, which AWS lets no customer name so."""
    return role_of_session(principal).split("/")[-1].startswith("AWSServiceRoleFor")


def check_caller(principal: str) -> None:
    """Refuse callers that this model cannot judge."""
    if not principal:
        raise ValueError("A request needs a caller: the ARN of a user, a session or root, or a service's name.")
    if principal.startswith("arn:") and not parse(principal).resource.startswith(("user/", "assumed-role/", "root")):
        raise ValueError(f"Not modelled as a caller: {principal}. Users, sessions of roles, root and services are.")


def grant(element: Any, principal: str) -> Grant | None:
    """How a Principal element names the caller, the most direct way first; None when it does not."""
    named = _named(element)
    if not principal.startswith("arn:"):
        return "service" if principal in named["Service"] else "anyone" if "*" in named["AWS"] else None
    kind: Grant = "session" if role_of_session(principal) else "user"
    if principal in named["AWS"] and not is_root(principal):
        return kind
    if "*" in named["AWS"]:
        return "anyone"
    if any(_is_role_of(name, principal) for name in named["AWS"]):
        return "role"
    if any(_is_account_of(name, principal) for name in named["AWS"]):
        return "user" if is_root(principal) else "account"
    return None


def exempt(element: Any, principal: str) -> bool:
    """Whether a NotPrincipal element spares the caller, which it does for sure only with the caller's account (and role) named too."""
    named = _named(element)
    if "*" in named["AWS"]:
        raise ValueError("Not modelled: NotPrincipal with a wildcard.")
    if not principal.startswith("arn:"):
        return principal in named["Service"]
    wanted = [any(_is_account_of(name, principal) for name in named["AWS"])]
    if not is_root(principal):
        wanted.append(principal in named["AWS"])
    if role_of_session(principal):
        wanted.append(any(_is_role_of(name, principal) for name in named["AWS"]))
    if any(wanted) and not all(wanted):
        raise ValueError(
            "Not modelled: a NotPrincipal that names only part of account, role and session. "
            "AWS asks for all of them and leaves open what happens otherwise."
        )
    return all(wanted)


def _named(element: Any) -> dict[str, set[str]]:
    said: Mapping[str, Any] = {"AWS": "*"} if element == "*" else element
    if not isinstance(said, Mapping) or any(kind not in KINDS for kind in said):
        raise ValueError(f"Not modelled: the Principal {element!r}. It is '*' or a mapping of {', '.join(KINDS)}.")
    named = {kind: {str(name) for name in listed(said.get(kind, []))} for kind in KINDS}
    if any("*" in name and name != "*" for name in named["AWS"]):
        raise ValueError("A wildcard cannot stand for part of a Principal; a condition on aws:PrincipalArn can.")
    return named


def _is_role_of(name: str, session: str) -> bool:
    """Whether an ARN names the role behind a session: a session's ARN lacks the role's path, and names are unique in an account."""
    role = role_of_session(session)
    if not role or not name.startswith("arn:") or ":role/" not in name:
        return False
    ours, theirs = parse(name), parse(role)
    return ours.account == theirs.account and ours.resource.split("/")[-1] == theirs.resource.split("/")[-1]


def _is_account_of(name: str, principal: str) -> bool:
    arn = parse(principal)
    return name in (arn.account, f"arn:{arn.partition}:iam::{arn.account}:root")
