"""The one writer: reads submissions, and puts what came of running them into autograded/ and the gradebook."""

from __future__ import annotations

import contextlib
import copy
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Assignment, MissingEntry, SubmittedAssignment, SubmittedNotebook

from cloudcrib.grading import handed_in
from cloudcrib.grading.book.claims import claims
from cloudcrib.grading.book.course import STAGING, Course, Submission
from cloudcrib.grading.book.gradebook import OneGradebook
from cloudcrib.grading.book.items import items
from cloudcrib.grading.book.pipeline import Pipeline
from cloudcrib.grading.book.repair import Release, mend, recognise
from cloudcrib.grading.book.sheet import HandedIn, Score, Sheet, in_short, score_of, tell, text_of
from cloudcrib.grading.book.stamp import NoTime
from cloudcrib.grading.inside.limits import MB, Limits
from cloudcrib.grading.plugins.titles import exercises, titles
from cloudcrib.grading.run.job import Recording

UNREADABLE = "{name} is no notebook ({why}); it earns nothing until a readable one is handed in."
DOUBT = "Cell `{cell}` could not be tested across processes ({why}): look at it, or grade the assignment with --mode compat."
GROUP = 16  # submissions a commit
Look = Callable[[NotebookNode, Release, Any], list[str]]


class Writer:
    """Nobody else writes to the gradebook while this does."""

    def __init__(
        self, course: Course, book: OneGradebook, split: bool, limits: Limits | None = None, look: Look = lambda *_: []
    ) -> None:
        """`look` says what is odd about a notebook as it was handed in."""
        self.course, self.book, self.look = course, book, look
        self.choose(split, limits)
        self.limits = self.pipeline.limits
        self.releases: dict[str, Release] = {}
        self.unfair: dict[tuple[str, str], str] = {}  # notebook and cell: why nobody's answer can be tested there
        folders = [
            course.path(step, ".") for step in (course.directory.source_directory, course.directory.release_directory)
        ]
        self.own_files, self.released_files = (course.files(folder, self.limits.disk_mb * MB)[0] for folder in folders)
        self.exercises = exercises(Path(course.root, "chapters", course.assignment))
        self.waiting: list[tuple[str, str]] = []

    def choose(self, split: bool, limits: Limits | None = None) -> None:
        """Keep tests and student code apart from here on, or run both in one interpreter."""
        steps, self.split = self.course.conversion, split
        both = steps.sanitize_preprocessors, steps.autograde_preprocessors
        self.pipeline = Pipeline(*both, self.course.config, split, limits, strict=split)

    def known(self) -> list[str]:
        """Names of the assignment's notebooks."""
        return [notebook.name for notebook in self.book.find_assignment(self.course.assignment).notebooks]

    def release(self, name: str) -> Release:
        if name not in self.releases:
            self.releases[name] = self.course.release(self.book, name)
        return self.releases[name]

    def sheets(self, submission: Submission) -> HandedIn:
        """Every notebook of the assignment that was handed in, sanitized and ready to be run, and what is to be said."""
        files, said = self.course.files(submission.folder, self.limits.disk_mb * MB)
        cells = {name: frozenset(self.release(name).cells) for name in sorted(self.known())}
        found = claims(submission.folder, cells, self.course.directory.ignore)
        sheets = [self._sheet(submission, name, path, files) for name, path in sorted(found.paths.items())]
        notes, person = [*submission.notes, *found.notes, *said], submission.person or found.person
        try:
            self.course.timestamp(submission.folder)
        except NoTime as err:
            notes.append(f"{err}. It was graded as if it were in time.")
            person = True
        return HandedIn(sheets, notes, person, list(found.doubtful))

    def _sheet(self, submission: Submission, name: str, path: str, files: dict[str, bytes]) -> Sheet:
        sheet = Sheet(name)
        sheet.resources = self._resources(submission, name, path)
        try:
            nb = nbformat.reads(handed_in.text(handed_in.read(path)), as_version=4)
            if self.split:
                sheet.notes += recognise(nb, self.release(name))
            sheet.doubts += self.look(nb, self.release(name), sheet.resources)
            sheet.nb = self.pipeline.sanitized(nb, self.release(name), sheet.resources, sheet.notes)
            released = self.released_files if self.split else {}  # nbgrader has only those of the source
            files, own_files = {**released, **files, **self.own_files}, {**released, **self.own_files}
            place = self.place(submission.student)
            sheet.job = self.pipeline.job(sheet.nb, self.release(name), place, files, own_files)
        except Exception as err:
            sheet.nb, sheet.broken = self._placeholder(name), True
            why = str(err) if isinstance(err, handed_in.Unreadable) else in_short(err)
            sheet.notes.append(UNREADABLE.format(name=os.path.basename(path), why=why))
            sheet.job = None
        return sheet

    def _resources(self, submission: Submission, name: str, path: str) -> dict[str, Any]:
        return {
            "unique_key": name, "output_files_dir": f"{name}_files",
            "metadata": {"name": name, "path": os.path.dirname(path)},
            "nbgrader": {
                "student": submission.student, "assignment": submission.assignment, "notebook": name,
                "db_url": self.course.directory.db_url,
            },
        }  # fmt: skip

    def _placeholder(self, name: str) -> NotebookNode:
        """The released cells, so that a grader and feedback have something to stand on."""
        nb: NotebookNode = nbformat.v4.new_notebook()
        mend(nb, self.release(name), strict=True)
        return nb

    def place(self, student: str) -> str:
        """Where a student's notebooks are when they run: where nbgrader would have them, in a box's memory."""
        home, root = self.course.path(self.course.directory.autograded_directory, student), self.course.autograded
        return os.path.join(root, os.path.relpath(home, root))

    def _home(self, submission: Submission) -> str:
        """The folder that a graded submission ends up in."""
        return self.course.path(self.course.directory.autograded_directory, submission.student)

    def finish(self, submission: Submission, sheets: list[Sheet], recordings: dict[str, Recording]) -> list[Score]:
        """Write one submission: files beside their place, rows into the open transaction."""
        conversion = self.course.conversion
        conversion.staging = os.path.join(self.course.autograded, STAGING)
        conversion.source = submission.folder
        conversion.notebooks = [os.path.join(submission.folder, f"{sheet.name}.ipynb") for sheet in sheets]
        staged = os.path.normpath(conversion._format_dest(submission.assignment, submission.student))
        shutil.rmtree(staged, ignore_errors=True)
        os.makedirs(staged)
        try:
            with utils.chdir(str(self.course.root)):
                self._rows(submission, sheets)
                for sheet in sheets:
                    self._write(sheet, recordings.get(sheet.name), staged)
                conversion.set_permissions(submission.assignment, submission.student)
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise
        finally:
            conversion.staging = conversion.source = ""
        self.book.db.flush()
        self.waiting.append((staged, self._home(submission)))
        return self.scores(submission.student)

    @property
    def full(self) -> bool:
        """Whether as many submissions wait as one commit takes."""
        return len(self.waiting) >= GROUP

    def _rows(self, submission: Submission, sheets: list[Sheet]) -> None:
        if sheets:
            self.course.conversion.init_assignment(submission.assignment, submission.student)
            return
        self.book.update_or_create_student(submission.student)
        stamp = self.course.directory.get_existing_timestamp(submission.folder)
        self.book.update_or_create_submission(
            submission.assignment, submission.student, **({"timestamp": stamp} if stamp else {})
        )
        for name in self.known():
            self._nothing(submission, name)

    def _nothing(self, submission: Submission, name: str) -> None:
        """What nbgrader writes for a notebook that was not handed in."""
        for grade in self.book.find_submission_notebook(name, submission.assignment, submission.student).grades:
            grade.auto_score, grade.needs_manual_grade = 0, False

    def _write(self, sheet: Sheet, recording: Recording | None, folder: str) -> None:
        assert sheet.nb is not None
        nb = sheet.nb
        if sheet.broken or recording is None:
            nb = copy.deepcopy(nb)  # it may have to be written again
            who = sheet.resources["nbgrader"]
            self._nothing(Submission(who["student"], who["assignment"], "", ()), sheet.name)
        else:
            resources = {**sheet.resources, "metadata": {**sheet.resources["metadata"], "path": folder}}
            nb = self.pipeline.graded(nb, sheet.job, recording, resources, sheet.notes)
            with contextlib.suppress(Exception):  # what a report can show of it is not worth a grade
                sheet.items = items(nb, titles(nb, resources["nbgrader"]["student"], self.exercises))
            sheet.untried = self._untried(sheet, nb, recording) if self.split else []
        notes = [*sheet.untried, *sheet.notes, *(recording.notes if recording else ())]
        if notes and (sheet.broken or self.split):
            tell(nb, notes)
        Path(folder, f"{sheet.name}.ipynb").write_text(text_of(nb), encoding="utf-8")

    def _untried(self, sheet: Sheet, nb: NotebookNode, recording: Recording) -> list[str]:
        """A sentence for each test without all its points that could not be tried on this answer, or on nobody's."""
        assert sheet.nb is not None
        ran = self.pipeline.ran(sheet.nb, self.release(sheet.name))
        found = []
        for cell, how in zip([nb.cells[at] for at in ran], recording.cells, strict=True):
            if utils.is_grade(cell) and not utils.is_solution(cell) and _lacks_points(cell):
                name = cell.metadata.nbgrader.grade_id
                if why := self.unfair.get((sheet.name, name)) or (how.unfit[0] if how.unfit else ""):
                    found.append(DOUBT.format(cell=name, why=why.rstrip(".")))
        return found

    def scores(self, student: str) -> list[Score]:
        """What the gradebook now says about a student's submission; nothing where it has none."""
        try:
            found = self.book.find_submission(self.course.assignment, student)
        except MissingEntry:
            return []
        return [score_of(notebook) for notebook in sorted(found.notebooks, key=lambda notebook: notebook.name)]

    def scores_of_all(self) -> dict[str, list[Score]]:
        """What the gradebook says about everybody's submission, by student, in one question."""
        from sqlalchemy.orm import joinedload, selectinload

        rows = (
            self.book.db.query(SubmittedNotebook)
            .join(SubmittedNotebook.assignment)
            .join(SubmittedAssignment.assignment)
            .filter(Assignment.name == self.course.assignment)
            .options(joinedload(SubmittedNotebook.assignment), selectinload(SubmittedNotebook.grades))
        )
        found: dict[str, list[Score]] = {}
        for notebook in rows:
            found.setdefault(notebook.assignment.student_id, []).append(score_of(notebook))
        return {student: sorted(scores, key=lambda score: score.notebook) for student, scores in found.items()}

    def commit(self) -> None:
        """Make what was finished last: first the rows, then the folders, so that a folder in place means a grade in the book."""
        self.book.commit()
        for staged, home in self.waiting:
            if os.path.isdir(home):
                shutil.rmtree(home)
            os.makedirs(os.path.dirname(home), exist_ok=True)
            os.rename(staged, home)
        self.waiting.clear()

    def undo(self) -> None:
        """Drop what was finished since the last commit."""
        self.book.undo()
        for staged, _ in self.waiting:
            shutil.rmtree(staged, ignore_errors=True)
        self.waiting.clear()


def _lacks_points(cell: NotebookNode) -> bool:
    score, most = utils.determine_grade(cell)
    return score is not None and score < most
