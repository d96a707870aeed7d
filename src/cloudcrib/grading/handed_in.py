"""What students hand in, read so that nothing in it leads elsewhere, blocks, floods, or cannot be written again.

It stands beside the box, and as low: the floor above looks through notebooks for what they import, and mends what processes say.
"""

from __future__ import annotations

import codecs
import json
import os
import re
import stat
from typing import overload

MOST = 100 * 2**20  # bytes of a notebook that is handed in
OPENING = 2 * 2**20  # bytes of it that are looked through for what it imports
HALF = re.compile(rb"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")  # perhaps: a whole character in JSON is a pair of them

OTHERS = {  # how files begin that are handed in under a notebook's name
    b"<!doctype html": "it is a web page: the page that shows the notebook was saved, not the notebook; ask for the file itself",
    b"<html": "it is a web page: the page that shows the notebook was saved, not the notebook; ask for the file itself",
    b"<?xml": "it is XML",
    b"pk\x03\x04": "it is a zip archive: unpack it",
    b"\x1f\x8b": "it is a gzip archive: unpack it",
    b"%pdf": "it is a PDF: a printout of the notebook; ask for the file itself",
    b"version https://git-lfs": "it is a pointer of Git LFS: fetch the file with `git lfs pull`",
    b"# %%": "it is a script made from a notebook; ask for the notebook itself",
    b"#!": "it is a script; ask for the notebook itself",
}
CONFLICT = (
    "git left the marks of a merge conflict in it: choose one side, and remove the lines "
    "that begin with <<<<<<<, ======= and >>>>>>>"
)


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


def text(data: bytes) -> str:
    """The text of a notebook, whatever an editor or a shell put before it; what is something else is named."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(codecs.BOM_UTF8)
    if kind := what_else(data):
        raise Unreadable(kind)
    return whole(data).decode()


def what_else(data: bytes) -> str:
    """What a file is that claims to be a notebook and is none: a sentence's end, or nothing where it may be one."""
    start = data[:4096].lstrip()
    if not start:
        return "it is empty"
    for opening, kind in OTHERS.items():
        if start.lower().startswith(opening):
            return kind
    if start.startswith(b"{") and re.search(rb"^(<{7} |={7}$|>{7} )", data, re.MULTILINE):
        return CONFLICT
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
