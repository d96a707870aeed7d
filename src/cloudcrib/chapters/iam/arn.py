"""Amazon Resource Names: the six fields that name one resource."""

from __future__ import annotations

from dataclasses import dataclass

FIELDS = ("partition", "service", "region", "account", "resource")


@dataclass(frozen=True)
class Arn:
    """The name of one AWS resource; a field that does not apply is empty."""

    partition: str
    service: str
    region: str
    account: str
    resource: str

    def __str__(self) -> str:
        return ":".join(("arn", self.partition, self.service, self.region, self.account, self.resource))


def parse(text: str) -> Arn:
    """The fields of an ARN: only the first five colons separate, later ones belong to the resource."""
    parts = text.split(":", 5)
    if len(parts) != 6 or parts[0] != "arn":
        raise ValueError(f"{text!r} is not an ARN: it needs 'arn' and five more fields.")
    if not (parts[1] and parts[2] and parts[5]):
        raise ValueError(f"{text!r} is not an ARN: partition, service and resource are never empty.")
    if parts[4] and not (parts[4] == "aws" or (parts[4].isdigit() and len(parts[4]) == 12)):
        raise ValueError(f"{text!r} is not an ARN: an account has 12 digits.")
    return Arn(*parts[1:])


def resource_type(arn: Arn) -> str:
    """What kind of thing the ARN names: the word before the first '/' or ':', or '' where the service has only one kind."""
    ends = [arn.resource.index(mark) for mark in "/:" if mark in arn.resource]
    return arn.resource[: min(ends)] if ends and arn.service != "s3" else ""


def scope(arn: Arn) -> str:
    """What the filled fields say about where the name holds: Region and account, account only, or the whole partition."""
    if arn.region:
        return "one Region of one account"
    return "one account, every Region" if arn.account else "the whole partition"


def role_of_session(principal: str) -> str:
    """The ARN of the role behind an assumed-role session, or '' for any other principal."""
    arn = parse(principal) if principal.startswith("arn:") else None
    if arn is None or arn.service != "sts" or not arn.resource.startswith("assumed-role/"):
        return ""
    return f"arn:{arn.partition}:iam::{arn.account}:role/{arn.resource.split('/')[1]}"
