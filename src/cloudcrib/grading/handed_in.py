"""What students hand in, read so that nothing in it leads elsewhere, blocks, floods, or cannot be written again.

It stands beside the box, and as low: the floor above looks through notebooks for what they import, and mends what processes say.
"""

from __future__ import annotations

import json
import os
import re
import stat
from typing import overload

MOST = 100 * 2**20  # bytes of a notebook that is handed in
OPENING = 2 * 2**20  # bytes of it that are looked through for what it imports
HALF = re.compile(rb"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")  # perhaps: a whole character in JSON is a pair of them


class Unreadable(ValueError):
    """A file that is not read; the message says why."""


def is_regular(path: str) -> bool:
    """Whether this is a file itself: no link, no pipe, no device."""
    return stat.S_ISREG(os.lstat(path).st_mode)


def read(path: str, most: int = MOST) -> bytes:
    """A regular file of at most so many bytes; a link would show what is somebody else's, a pipe would never end."""
    if not is_regular(path):
        raise Unreadable("it is a link or no plain file")
    if (size := os.lstat(path).st_size) > most:
        raise Unreadable(f"it has {size // 2**20} MB, of which {most // 2**20} are allowed")
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        return file.read(most + 1)[:most]


def opening(path: str) -> str:
    """The first part of a regular file, to be looked through; empty when it cannot be read."""
    try:
        return read(path)[:OPENING].decode(errors="replace")
    except (OSError, ValueError):
        return ""


@overload
def whole(said: str) -> str: ...
@overload
def whole(said: bytes) -> bytes: ...
def whole(said: str | bytes) -> str | bytes:
    """Text, or JSON in bytes, in which halves of characters, which no file can hold, are replaced."""
    if isinstance(said, str):
        return said.encode("utf-8", "replace").decode()
    if HALF.search(said) is None:
        return said
    try:
        return json.dumps(json.loads(said), ensure_ascii=False).encode("utf-8", "replace")
    except (ValueError, RecursionError):
        return said
