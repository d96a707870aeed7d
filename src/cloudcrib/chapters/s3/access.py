"""Who reaches an object: bucket policies, presigned URLs, and the way of a request through encryption."""

from __future__ import annotations

import fnmatch
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

WEEK = 7 * 24 * 3600


@dataclass(frozen=True)
class Request:
    """A call to S3 by somebody, and the circumstances that policies may ask about."""

    principal: str  # an ARN, or "*" for nobody known
    action: str
    resource: str
    context: Mapping[str, str] = field(default_factory=dict)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _covers(patterns: Any, value: str) -> bool:
    return any(fnmatch.fnmatchcase(value, str(pattern)) for pattern in _listed(patterns))


def _principal(statement: Mapping[str, Any], who: str) -> bool:
    named = statement.get("Principal", {})
    names = _listed(named.get("AWS", [])) if isinstance(named, Mapping) else [named]
    accounts = [name.split(":")[4] for name in names if name.endswith(":root")]
    return "*" in names or who in names or (":" in who and who.split(":")[4] in accounts)


def _condition(operator: str, wanted: Any, found: str | None) -> bool:
    values = [str(value).lower() if isinstance(value, bool) else str(value) for value in _listed(wanted)]
    if operator == "BoolIfExists" and found is None:
        return True
    if operator in ("Bool", "BoolIfExists"):
        return found is not None and found.lower() in [value.lower() for value in values]
    if operator in ("StringEquals", "ArnEquals"):
        return found in values
    if operator in ("StringNotEquals", "ArnNotEquals"):
        return found not in values
    if operator in ("StringLike", "ArnLike"):
        return found is not None and _covers(values, found)
    if operator == "StringNotLike":
        return found is None or not _covers(values, found)
    raise ValueError(f"This model does not know the condition {operator}.")


def applies(statement: Mapping[str, Any], request: Request) -> bool:
    """Whether a statement speaks about this request: who, what, on what, and when."""
    tests = [
        (op, want, request.context.get(key))
        for op, keys in statement.get("Condition", {}).items()
        for key, want in keys.items()
    ]
    return (
        _principal(statement, request.principal)
        and _covers([name.lower() for name in _listed(statement["Action"])], request.action.lower())
        and _covers(statement["Resource"], request.resource)
        and all(_condition(*test) for test in tests)
    )


def decide(policy: Mapping[str, Any], request: Request, identity_allows: bool = False) -> str:
    """`deny`, `allow` or `no word` for a request within the bucket owner's account."""
    effects = {s["Effect"] for s in _listed(policy.get("Statement", [])) if applies(s, request)}
    if "Deny" in effects:
        return "deny"
    return "allow" if "Allow" in effects or identity_allows else "no word"


def link_life(requested: int, left: int | None = None) -> int:
    """Seconds a presigned URL works; `left` is what the signer's session has left (None: long-lived keys)."""
    if not 1 <= requested <= WEEK:
        raise ValueError("A presigned URL is asked for 1 second to 7 days.")
    return requested if left is None else min(requested, left)


def signature(secret: str, scope: str, to_sign: str) -> str:
    """The keyed hash of a string: date, Region, service and `aws4_request` narrow the key first."""
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Hop:
    """One message on the way of a request."""

    sender: str
    receiver: str
    says: str


def kms_calls(operation: str, encryption: str) -> tuple[str, ...]:
    """The KMS actions that an operation needs, and that S3 calls with the caller's rights."""
    if encryption not in ("SSE-KMS", "DSSE-KMS"):
        return ()
    return {"PUT": ("GenerateDataKey",), "GET": ("Decrypt",), "multipart": ("GenerateDataKey", "Decrypt")}[operation]


def path(operation: str, encryption: str) -> list[Hop]:
    """The messages between you, S3 and KMS for one PUT or GET."""
    upload = operation == "PUT"
    cargo = {"SSE-C": "object + key", "client-side": "ciphertext"}.get(encryption, "object")
    first = f"PUT {cargo}" if upload else "GET + key" if encryption == "SSE-C" else "GET"
    hops = [Hop("you", "S3", first)]
    if encryption == "client-side" and upload:
        hops.insert(0, Hop("you", "you", "encrypt"))
    for call in kms_calls(operation, encryption):
        hops += [Hop("S3", "KMS", call), Hop("KMS", "S3", "data key")]
    if encryption != "client-side":
        hops.append(
            Hop("S3", "S3", ("encrypt" if upload else "decrypt") + (" twice" if encryption == "DSSE-KMS" else ""))
        )
    hops.append(Hop("S3", "you", "200 OK" if upload else "ciphertext" if encryption == "client-side" else "object"))
    if encryption == "client-side" and not upload:
        hops.append(Hop("you", "you", "decrypt"))
    return hops
