"""How long temporary credentials from AWS STS last."""

from __future__ import annotations

MINUTE, HOUR = 60, 3600
SHORTEST, DEFAULT, LONGEST, CHAINED = 15 * MINUTE, HOUR, 12 * HOUR, HOUR


def session_seconds(asked: int | None, role_maximum: int, chained: bool = False) -> int:
    """The life of an assumed-role session: what was asked, refused when it passes the role's maximum or the chaining limit."""
    if not HOUR <= role_maximum <= LONGEST:
        raise ValueError("A role's maximum session duration lies between 1 and 12 hours.")
    if asked is None:
        return DEFAULT
    if asked < SHORTEST:
        raise ValueError("A session lasts at least 15 minutes.")
    if asked > (CHAINED if chained else role_maximum):
        raise ValueError("Asked for more than the role or role chaining allows; STS refuses instead of shortening.")
    return asked


def may_assume(trusted: str, caller: str, external_id: str | None = None, presented: str | None = None) -> bool:
    """Whether a trust policy that names one account, and maybe an external ID, lets a caller in."""
    return trusted == caller and (external_id is None or presented == external_id)
