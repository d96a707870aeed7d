"""Versions, delete markers and locks: what a bucket keeps, and who may destroy it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True)
class Version:
    """One entry of a key's history; a delete marker has no body."""

    id: str
    body: str | None = None

    @property
    def marker(self) -> bool:
        return self.body is None


@dataclass(frozen=True)
class History:
    """All versions of one key, newest first, and the bucket's versioning state."""

    versioning: str = "off"  # off | enabled | suspended
    versions: tuple[Version, ...] = ()
    written: int = 0


def _on_top(history: History, body: str | None) -> History:
    """Lay a version on top; without versioning enabled it takes the place of the one called null."""
    if history.versioning == "enabled":
        number = history.written + 1
        return replace(history, versions=(Version(f"v{number}", body), *history.versions), written=number)
    kept = tuple(v for v in history.versions if v.id != "null")
    return replace(history, versions=(Version("null", body), *kept))


def put(history: History, body: str) -> History:
    """Write the object."""
    return _on_top(history, body)


def delete(history: History, version: str | None = None) -> History:
    """Without an ID hide the object behind a marker; with one destroy that version."""
    if version:
        return replace(history, versions=tuple(v for v in history.versions if v.id != version))
    if history.versioning == "off":
        return replace(history, versions=())
    return _on_top(history, None)


def get(history: History, version: str | None = None) -> str:
    """The body that a GET returns, or the error it meets."""
    if version:
        found = next((v for v in history.versions if v.id == version), None)
        return "404" if found is None else found.body or "405"
    return (history.versions[0].body or "404") if history.versions else "404"


def versioning(history: History, state: str) -> History:
    """Enable or suspend; back to off leads no way."""
    if state not in ("enabled", "suspended"):
        raise ValueError("Versioning can be enabled or suspended, never switched off again.")
    return replace(history, versioning=state)


def play(script: str) -> list[tuple[str, History]]:
    """Run `ENABLE, PUT a, DELETE, DELETE v1, SUSPEND` and keep every state on the way."""
    history, states = History(), []
    for step in filter(None, (part.strip() for part in script.replace(";", ",").split(","))):
        verb, _, what = step.partition(" ")
        history = _do(history, verb.upper(), what.strip())
        states.append((step, history))
    return states


def _do(history: History, verb: str, what: str) -> History:
    if verb == "PUT" and what:
        return put(history, what)
    if verb == "DELETE":
        return delete(history, what or None)
    if verb in ("ENABLE", "SUSPEND") and not what:
        return versioning(history, {"ENABLE": "enabled", "SUSPEND": "suspended"}[verb])
    raise ValueError(f"Say ENABLE, SUSPEND, PUT text, DELETE or DELETE id, not “{verb} {what}”.")


@dataclass(frozen=True)
class Lock:
    """What protects one object version."""

    mode: str = "none"  # none | governance | compliance
    until: date | None = None
    hold: bool = False


def retained(lock: Lock, today: date) -> bool:
    """Whether a retention period still runs."""
    return lock.mode != "none" and lock.until is not None and today < lock.until


def may_destroy(lock: Lock, today: date, bypass: bool = False) -> tuple[bool, str]:
    """Whether DELETE with a version ID succeeds, and why; `bypass` means permission and header both."""
    if lock.hold:
        return False, "A legal hold binds everybody until it is lifted."
    if not retained(lock, today):
        return True, "No retention runs."
    if lock.mode == "governance" and bypass:
        return True, "Governance yields to s3:BypassGovernanceRetention."
    return False, f"Retention in {lock.mode} mode runs until {lock.until}."


def may_change(lock: Lock, new: date | None, today: date, bypass: bool = False) -> tuple[bool, str]:
    """Whether the retention date may become `new` (None: removed)."""
    if not retained(lock, today):
        return True, "No retention runs."
    if new is not None and lock.until is not None and new >= lock.until:
        return True, "Extending is always allowed."
    if lock.mode == "governance" and bypass:
        return True, "Governance yields to s3:BypassGovernanceRetention."
    return False, f"Retention in {lock.mode} mode cannot be shortened."
