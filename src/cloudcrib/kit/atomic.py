"""Files that are replaced in one step: a reader, or a crash, finds the old content or the new, never half of it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path, flush: bool = True) -> Iterator[Path]:
    """A path beside the file to write to; it takes the file's place when the block ends well, and goes when it does not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        yield beside
        if flush:
            _flush(beside)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def write(path: Path, content: bytes | str, flush: bool = True) -> None:
    """Replace a file by bytes, or by a text in UTF-8, with the permissions that a new file of yours has.

    What can be made again, such as a cache, need not wait for the disk: `flush=False`.
    """
    data = content.encode() if isinstance(content, str) else content
    with replacing(path, flush) as beside:
        beside.write_bytes(data)


def _flush(path: Path) -> None:
    """Have the content on the disk before the name points to it, or a power cut leaves an empty file."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
