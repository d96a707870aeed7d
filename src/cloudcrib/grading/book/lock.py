"""One grader at a time in a course."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from cloudcrib.grading.book.course import STAGING, Course
from cloudcrib.grading.box.bubblewrap import CannotGrade


@contextlib.contextmanager
def alone(course: Course) -> Iterator[IO[str]]:
    """Only one grader writes to a course at a time; what a killed one left half done is cleared away."""
    staging = Path(course.autograded) / STAGING
    staging.mkdir(parents=True, exist_ok=True)
    with open(staging / "lock", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"Another `crib grade` is at work in {course.root}; wait until it is done.") from None
        except OSError as err:  # as on some network file systems
            print(
                f"{course.root} knows no locks ({err.strerror}): see to it that nobody else grades here now.",
                file=sys.stderr,
            )
        for left in staging.iterdir():
            if left.name != "lock":
                shutil.rmtree(left, ignore_errors=True)
        yield lock
        shutil.rmtree(staging, ignore_errors=True)


class Busy(CannotGrade):
    """Another grader is at work."""
