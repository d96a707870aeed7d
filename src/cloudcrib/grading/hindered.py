"""What outside of grading can stop it half way, in one sentence each: nothing is lost, and the same command goes on later."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from cloudcrib.grading.box.bubblewrap import CannotGrade

SAFE = "What was graded is kept, and the same command goes on from there."


class Hindered(CannotGrade):
    """Grading stopped at something outside: a lock, a full disk, a file in the way."""


def hindered(err: BaseException, db_url: str = "") -> Hindered | None:
    """The sentence for an error of the gradebook or of the file system; None where it is none of these."""
    book = Path(db_url.removeprefix("sqlite:///")).name or "the gradebook"
    if said := _of_database(err, book):
        return Hindered(said)
    if isinstance(err, OSError) and err.errno is not None and (said := _of_files(err)):
        return Hindered(said)
    return None


def _of_database(err: BaseException, book: str) -> str:
    from sqlalchemy.exc import DatabaseError

    if not isinstance(err, DatabaseError):
        return ""
    said = str(err.orig or err).lower()
    if "locked" in said:
        return (
            f"{book} is locked by another program, such as formgrader or a database browser: close it, or wait. {SAFE}"
        )
    if "no such column" in said or "no such table" in said:
        return (
            f"{book} was made by an older nbgrader ({err.orig}): run `nbgrader db upgrade` in the course's folder "
            f"(it keeps a copy of the old gradebook), then grade again."
        )
    if "full" in said:
        return f"The disk that holds {book} is full: make room. {SAFE}"
    if "readonly" in said or "unable to open" in said:
        return f"{book} cannot be written ({err.orig}): see to the permissions of the file and of its folder. {SAFE}"
    if "malformed" in said or "not a database" in said:
        return f"{book} is damaged ({err.orig}): put a copy of it back. Nothing was written."
    return ""


def _of_files(err: OSError) -> str:
    name = str(err.filename or "A file")
    if err.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"There is no room left on the disk for {name}: make room. {SAFE}"
    if err.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"{_in_the_way(name)} is a file where a folder belongs: move it away. {SAFE}"
    if err.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{name} cannot be written ({err.strerror}): see to its permissions. {SAFE}"
    if err.errno in (errno.EMFILE, errno.ENFILE):
        return f"Too many files are open on this machine: raise the limit (`ulimit -n 4096`) or use fewer --workers. {SAFE}"
    return ""


def _in_the_way(name: str) -> str:
    """The file among the folders of a path."""
    path = Path(name)
    return next((str(one) for one in (path, *path.parents) if os.path.lexists(one) and not one.is_dir()), name)
