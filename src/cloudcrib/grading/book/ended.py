"""How each submission of an assignment ended, kept beside the graded ones: what was handed in then, and what was said about it.

The gradebook has the points; it has no place for a sentence, for "needs a person", or for what the grade was given to.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from nbgrader import utils

from cloudcrib.grading import handed_in
from cloudcrib.kit import atomic


@dataclass(frozen=True)
class Ending:
    """How one submission ended."""

    contents: str = ""  # a hash of what was handed in
    files: str = ""  # sizes and times of the files; while they stay, the contents are not read again
    notes: tuple[str, ...] = ()
    person: bool = False
    seconds: float = 0.0
    mode: str = ""


class Endings:
    """The endings of an assignment: a line of JSON for each, appended before the grade is committed, the last one counts."""

    def __init__(self, path: Path) -> None:
        self.path, self._of = path, _read(path)

    def get(self, student: str) -> Ending | None:
        return self._of.get(student)

    def add(self, student: str, ending: Ending) -> None:
        """Keep it; a grader that is killed afterwards leaves a line without a grade, which is graded again."""
        self._of[student] = ending
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with open(self.path, "ab") as file:
            file.write(_line(student, ending))

    def accept(self, student: str) -> bool:
        """Somebody has looked: the grade stands. False where there is nothing to accept."""
        ending = self._of.get(student)
        if ending is None or not ending.person:
            return False
        self.add(
            student, replace(ending, person=False, notes=(*ending.notes, "Somebody looked, and the grade stands."))
        )
        return True

    def tidy(self) -> None:
        """Write each ending once."""
        if self._of:
            atomic.write(self.path, b"".join(_line(name, self._of[name]) for name in sorted(self._of)).decode())


def _line(student: str, ending: Ending) -> bytes:
    return (json.dumps([student, asdict(ending)], ensure_ascii=True) + "\n").encode()


def _read(path: Path) -> dict[str, Ending]:
    found: dict[str, Ending] = {}
    with suppress(OSError):
        for line in path.read_bytes().splitlines():
            with suppress(ValueError, TypeError, KeyError):  # a line that was cut short when the grader was killed
                student, said = json.loads(line)
                found[student] = Ending(**{**said, "notes": tuple(said["notes"])})
    return found


def contents(folder: str, ignore: Iterable[str], known: Ending | None = None) -> tuple[str, str]:
    """Hashes of what stands in a folder, and of the sizes and times of its files; links and pipes count by name."""
    paths = sorted(utils.find_all_files(folder, list(ignore)))
    files = _hash(f"{os.path.relpath(path, folder)} {_status(path)}" for path in paths)
    if known and known.files == files and known.contents:
        return known.contents, files
    return _hash(f"{os.path.relpath(path, folder)} {_digest(path)}" for path in paths), files


def _status(path: str) -> str:
    status = os.lstat(path)
    return f"{status.st_size} {status.st_mtime_ns} {status.st_mode}"


def _digest(path: str) -> str:
    try:
        return hashlib.sha256(handed_in.read(path)).hexdigest()
    except (OSError, ValueError) as err:
        return str(err)


def _hash(lines: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for line in lines:
        whole.update(f"{line}\n".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()
