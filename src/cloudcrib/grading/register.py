"""Who is to be graded, and how everybody else ended before: a report holds the whole cohort, whoever was asked for."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace

from cloudcrib.grading.book.course import Course, Submission
from cloudcrib.grading.book.ended import Ending, Endings, contents
from cloudcrib.grading.book.writer import Writer
from cloudcrib.grading.outcome import Graded


class Register:
    """The submissions of an assignment, with what is kept of how each ended."""

    def __init__(self, course: Course, writer: Writer, submissions: Iterable[Submission]) -> None:
        self.course, self.writer = course, writer
        self.endings = Endings(course.endings)
        self.endings.tidy()
        self.had: dict[str, float] = {}
        self.now = {one.student: self._contents(one) for one in submissions}
        self.mode = ""
        self.in_book = writer.scores_of_all()

    def _contents(self, submission: Submission) -> tuple[str, str]:
        return contents(submission.folder, self.course.directory.ignore, self.endings.get(submission.student))

    def wanted(self, submission: Submission) -> bool:
        """Whether it is to be graded: never was, holds something else than then, or everything is asked for again."""
        course, student = self.course, submission.student
        if student in course.directory.student_id_exclude.split(","):
            return False
        home = course.path(course.directory.autograded_directory, student)
        if course.conversion.force or not os.path.isdir(home) or student not in self.in_book:
            return True
        if known := self.endings.get(student):
            return known.contents != self.now[student][0]
        return self._newer(submission.folder, home)

    def _newer(self, folder: str, home: str) -> bool:
        """What somebody else graded: nbgrader's own rule, or a file that is younger than the graded ones."""
        new, old = (self.course.directory.get_existing_timestamp(place) for place in (folder, home))
        if new is not None and old is not None and new > old:
            return True
        return _youngest(folder) > _youngest(home)

    def begin(self, submissions: Iterable[Submission], mode: str) -> None:
        """Remember what these had before they are graded again, and in which mode that is."""
        self.mode = mode
        again = (one.student for one in submissions if one.student in self.in_book)
        self.had = {student: sum(score.score for score in self.in_book[student]) for student in again}

    def ended(self, submission: Submission, graded: Graded) -> Graded:
        """Keep how a submission ended, before its grade is committed; says what it had where that changes."""
        student, scores = submission.student, graded.scores
        had, has = self.had.get(student), sum(score.score for score in scores)
        if scores and had is not None and had != has:
            graded = replace(graded, had=had, notes=(*graded.notes, f"Before this run it had {had:g} points."))
        hash, files = self.now[student]
        self.endings.add(student, Ending(hash, files, graded.notes, graded.needs_person, graded.seconds, self.mode))
        return graded

    def accept(self, students: Iterable[str]) -> list[str]:
        """Somebody has looked at these: their grades stand, until something else is handed in; says so for each."""
        return [
            f"{student}: the grade stands, and nobody is called for it again."
            if self.endings.accept(student)
            else f"{student} needed nobody; nothing was changed."
            for student in students
        ]

    def former(self, submission: Submission) -> Graded:
        """How a submission stands that is not graded now."""
        student = submission.student
        ending = self.endings.get(student) or Ending()
        if student not in self.in_book:
            return Graded(student, skipped=True, ungraded=True)
        return Graded(
            student,
            tuple(self.in_book[student]),
            ending.notes,
            ending.seconds,
            skipped=True,
            needs_person=ending.person,
        )


def _youngest(folder: str) -> float:
    """When the last of a folder's notebooks was written."""
    times = [entry.stat().st_mtime for entry in os.scandir(folder) if entry.name.endswith(".ipynb")]
    return max(times, default=0.0)
