"""Whose a folder of submissions is: names differ in how an é is written, in capitals, and in what a hub puts before them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from cloudcrib.course.cohort import normal
from cloudcrib.grading.box.bubblewrap import CannotGrade

ROSTER = "roster.csv"
COLUMNS = ("handed_in_as", "student")


class Roster:
    """Which student hands in under which name: first what `roster.csv` says, then who is known, then one normal form."""

    def __init__(self, path: Path) -> None:
        self.given = _read(path)
        self.known: dict[str, set[str]] = {}
        self.exact: set[str] = set()
        self.learn([*self.given.values()])

    def learn(self, students: Iterable[str]) -> None:
        """Students that the gradebook knows."""
        for student in students:
            self.exact.add(student)
            self.known.setdefault(normal(student), set()).add(student)

    def student(self, folder: str) -> tuple[str, tuple[str, ...]]:
        """The student of a folder, and a sentence where their name is written otherwise."""
        if folder in self.given:
            student = self.given[folder]
            return student, () if student == folder else (f"{folder} is {student} by {ROSTER}.",)
        if folder in self.exact:
            return folder, ()
        alike = self.known.get(normal(folder), set())
        student = next(iter(alike)) if len(alike) == 1 else folder
        self.learn([student])
        return student, () if student == folder else (
            f"The folder {folder!r} was taken for the student {student!r}: one name, written otherwise.",
        )


def _read(path: Path) -> dict[str, str]:
    """The roster, which a spreadsheet may have saved; one that cannot be used stops before anything is graded."""
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    rows = csv.DictReader(lines, delimiter=";" if lines and ";" in lines[0] and "," not in lines[0] else ",")
    if not set(COLUMNS) <= set(rows.fieldnames or ()):
        raise CannotGrade(
            f"{path}:1 has no columns {' and '.join(COLUMNS)}; give it this first line: {','.join(COLUMNS)}"
        )
    found: dict[str, str] = {}
    for row in rows:
        folder, student = ((row[name] or "").strip() for name in COLUMNS)
        if bool(folder) != bool(student):
            raise CannotGrade(
                f"{path}:{rows.line_num} names no {COLUMNS[1] if folder else COLUMNS[0]}; fill in both columns."
            )
        if found.setdefault(folder, student) != student:
            raise CannotGrade(
                f"{path}:{rows.line_num} says that {folder!r} is {student!r}, and {found[folder]!r} further up; keep one."
            )
    found.pop("", None)
    return found
