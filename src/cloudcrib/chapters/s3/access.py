"""Who reaches an object: bucket policies, presigned URLs, and the way of a request through encryption."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from cloudcrib.chapters.s3.conditions import NotModelled
from cloudcrib.chapters.s3.policy import Request, applies, decide

__all__ = ["Hop", "NotModelled", "Request", "applies", "decide", "kms_calls", "link_life", "path", "signature"]

WEEK = 7 * 24 * 3600


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
