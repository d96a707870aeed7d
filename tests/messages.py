"""The messages between a quiz's kernel and its browser, held against the table of them."""

from __future__ import annotations

from typing import Any

from shapes import faults, table

from cloudcrib.quizzes import protocol

PROTOCOL = table(protocol)


def conforming(message: Any, kind: str = "FromKernel") -> Any:
    """What was sent, if it stands in the table."""
    name = message.get("type", kind) if isinstance(message, dict) else kind
    found = list(faults(PROTOCOL, PROTOCOL.types[kind], message, name))
    assert not found, found
    return message
