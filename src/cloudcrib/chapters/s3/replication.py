"""What a replication rule copies, and what stays in the source bucket."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A live replication rule of a source bucket."""

    prefix: str = ""
    tag: str | None = None
    markers: bool = False  # DeleteMarkerReplication
    kms: bool = False  # SseKmsEncryptedObjects, with a key at the destination; it covers DSSE-KMS, too

    def __post_init__(self) -> None:
        if self.tag and self.markers:
            raise ValueError("A rule with a tag filter cannot replicate delete markers.")


@dataclass(frozen=True)
class Event:
    """Something that happens in the source bucket."""

    kind: str  # put | marker | version-delete
    key: str = "a"
    tags: tuple[str, ...] = ()
    encryption: str = "SSE-S3"
    by: str = "user"  # user | lifecycle | replication
    before_rule: bool = False


def replicates(event: Event, rule: Rule) -> tuple[bool, str]:
    """Whether live replication carries the event to the destination, and why."""
    if event.before_rule:
        return False, "It is older than the rule; Batch Replication would copy it."
    if not event.key.startswith(rule.prefix) or (rule.tag and event.kind == "put" and rule.tag not in event.tags):
        return False, "The rule's filter does not match."
    if event.kind == "version-delete":
        return False, "Deleting a version never travels."
    if event.by == "replication":
        return False, "A replica is not replicated onwards."
    return _marker(event, rule) if event.kind == "marker" else _put(event, rule)


def _marker(event: Event, rule: Rule) -> tuple[bool, str]:
    if event.by == "lifecycle":
        return False, "Markers made by a lifecycle rule are never replicated."
    return (
        rule.markers,
        "The rule carries delete markers." if rule.markers else "Delete markers travel only when the rule says so.",
    )


def _put(event: Event, rule: Rule) -> tuple[bool, str]:
    if event.encryption in ("SSE-KMS", "DSSE-KMS") and not rule.kms:
        return False, f"{event.encryption} objects travel only when the rule opts in."
    return True, "A new object under the rule's filter."
