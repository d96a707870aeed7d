"""What counts as plain data, on both sides of the border."""

from __future__ import annotations

import ipaddress

DEPTH = 60
ADDRESSES = {
    cls.__name__: cls
    for cls in (
        ipaddress.IPv4Address, ipaddress.IPv6Address, ipaddress.IPv4Network, ipaddress.IPv6Network,
        ipaddress.IPv4Interface, ipaddress.IPv6Interface,
    )
}  # fmt: skip


class NotPlain(TypeError):
    """A value that is not plain data; the message says what type it is."""


class Refused(ValueError):
    """Bytes that are no encoding of plain data."""
