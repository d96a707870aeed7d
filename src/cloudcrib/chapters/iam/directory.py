"""Which directory? The choice that the exam likes to hide in a paragraph."""

from __future__ import annotations

MANAGED, HYBRID = "AWS Managed Microsoft AD", "AWS Managed Microsoft AD (Hybrid Edition)"
CONNECTOR, SIMPLE = "AD Connector", "Simple AD"
SIMPLE_USERS = 5000


def choose(
    own_ad: bool, controllers_in_aws: bool, same_domain: bool = False, real_ad: bool = False, users: int = 100
) -> str:
    """The smallest directory that meets the needs; `real_ad` and `users` are asked only of who has no AD yet."""
    if own_ad and not controllers_in_aws:
        return CONNECTOR
    if own_ad:
        return HYBRID if same_domain else MANAGED
    return MANAGED if real_ad or users > SIMPLE_USERS else SIMPLE
