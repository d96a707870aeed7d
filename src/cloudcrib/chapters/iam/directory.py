"""Which directory? The choice that the exam likes to hide in a paragraph."""

from __future__ import annotations

MANAGED, HYBRID = "AWS Managed Microsoft AD", "AWS Managed Microsoft AD (Hybrid Edition)"
CONNECTOR = "AD Connector"
STANDARD_OBJECTS = 30_000


def choose(own_ad: bool, controllers_in_aws: bool, same_domain: bool = False) -> str:
    """The directory of a new customer, to whom Simple AD is closed: a proxy, more of the same domain, or a domain in AWS."""
    if own_ad and not controllers_in_aws:
        return CONNECTOR
    return HYBRID if own_ad and same_domain else MANAGED


def edition(objects: int) -> str:
    """The edition of a new managed domain that is made for so many users, groups and computers."""
    return "Standard" if objects <= STANDARD_OBJECTS else "Enterprise"
