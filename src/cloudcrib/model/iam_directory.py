"""Which directory? The choice that the exam likes to hide in a paragraph."""

from __future__ import annotations

MANAGED, HYBRID = "AWS Managed Microsoft AD", "AWS Managed Microsoft AD (Hybrid Edition)"
CONNECTOR, SIMPLE = "AD Connector", "Simple AD"
SIMPLE_USERS = 5000


def choose(
    own_ad: bool, controllers_in_aws: bool, same_domain: bool = False, real_ad: bool = False, users: int = 100
) -> str:
    """The smallest directory that meets the needs: a proxy to your own AD, a copy of it, a new real AD, or a Samba."""
    if own_ad and not controllers_in_aws:
        return CONNECTOR
    if own_ad:
        return HYBRID if same_domain else MANAGED
    return MANAGED if real_ad or users > SIMPLE_USERS else SIMPLE
