"""How the progress file is opened: several notebooks at once where the disk can do that, more simply where it cannot."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import time
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

BUSY = 30  # seconds that a writer waits for another
REFUSED = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)
SIMPLER = (
    "The folder of your progress file is on a drive that knows no file locks, as network drives do. "
    "It is kept there in a simpler way; study on one machine at a time."
)


def connect(path: Path) -> sqlite3.Connection:
    """A connection that begins no transaction by itself; others are waited for."""
    return _guarded(path) if locks(path.parent) else _unguarded(path)


def _guarded(path: Path) -> sqlite3.Connection:
    """With locks of the system, and a journal that lets readers read on, unless the drive refuses that one."""
    db = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
    with contextlib.suppress(sqlite3.OperationalError):  # SQLite's own journal does as well, only slower
        db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    return db


def _unguarded(path: Path) -> sqlite3.Connection:
    """With a lock that is a folder beside the file, which every drive can make; the journal needs no shared memory."""
    _release(Path(f"{path}.lock"))
    db = sqlite3.connect(f"file:{quote(str(path))}?vfs=unix-dotfile", timeout=BUSY, isolation_level=None, uri=True)
    db.execute("PRAGMA locking_mode = EXCLUSIVE")
    db.execute("PRAGMA journal_mode = DELETE")
    return db


def _release(lock: Path) -> None:
    """Whoever held a lock for so long has ended without giving it back."""
    with contextlib.suppress(OSError):
        if time.time() - lock.stat().st_mtime > 2 * BUSY:
            lock.rmdir()


@lru_cache(maxsize=8)
def locks(folder: Path) -> bool:
    """Whether a drive lets us lock a file; asked of a file of its own, since a lock ends when any handle of its file does."""
    try:
        import fcntl
    except ImportError:  # Windows locks everywhere
        return True
    probe = folder / f".locks-{os.getpid()}"
    try:
        with probe.open("w") as handle:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as err:
        return err.errno not in REFUSED
    finally:
        with contextlib.suppress(OSError):
            probe.unlink(missing_ok=True)
    return True
