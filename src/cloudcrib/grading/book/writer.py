"""The one writer: reads submissions, and puts what came of running them into autograded/ and the gradebook."""

from __future__ import annotations

import contextlib
import copy
import os
import shutil
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import api, utils

from cloudcrib.grading import handed_in
from cloudcrib.grading.book.course import Course, Submission
from cloudcrib.grading.book.gradebook import OneGradebook
from cloudcrib.grading.book.items import items
from cloudcrib.grading.book.pipeline import Pipeline
from cloudcrib.grading.book.repair import Release, mend
from cloudcrib.grading.book.sheet import Score, Sheet, in_short, score_of, tell, text_of
from cloudcrib.grading.inside.limits import MB, Limits
from cloudcrib.grading.plugins.titles import exercises, titles
from cloudcrib.grading.run.job import Recording

UNREADABLE = "{name}.ipynb is no notebook ({why}); it earns nothing until a readable one is handed in."
DOUBT = "Cell `{cell}` could not be tested across processes ({why}): look at it, or grade the assignment with --mode compat."
GROUP = 16  # submissions a commit


class Writer:
    """Nobody else writes to the gradebook while this does."""

    def __init__(self, course: Course, book: OneGradebook, split: bool, limits: Limits | None = None) -> None:
        self.course, self.book = course, book
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

    def sheets(self, submission: Submission) -> list[Sheet]:
        """Every notebook of the assignment that was handed in, sanitized and ready to be run."""
        files, said = self.course.files(submission.folder, self.limits.disk_mb * MB)
        given = {os.path.splitext(name)[0] for name in submission.notebooks}
        sheets = [self._sheet(submission, name, files) for name in sorted(self.known()) if name in given]
        for sheet in sheets[:1]:
            sheet.notes += said
        return sheets

    def _sheet(self, submission: Submission, name: str, files: dict[str, bytes]) -> Sheet:
        sheet, path = Sheet(name), os.path.join(submission.folder, f"{name}.ipynb")
        sheet.resources = self._resources(submission, name, path)
        try:
            nb = nbformat.reads(handed_in.whole(handed_in.read(path)).decode(), as_version=4)
            sheet.nb = self.pipeline.sanitized(nb, self.release(name), sheet.resources, sheet.notes)
            released = self.released_files if self.split else {}  # nbgrader has only those of the source
            files, own_files = {**released, **files, **self.own_files}, {**released, **self.own_files}
            place = self.place(submission.student)
            sheet.job = self.pipeline.job(sheet.nb, self.release(name), place, files, own_files)
        except Exception as err:
            sheet.nb, sheet.broken = self._placeholder(name), True
            sheet.notes.append(UNREADABLE.format(name=name, why=in_short(err)))
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
        conversion.staging, conversion.notebooks = (
            True,
            [os.path.join(submission.folder, f"{sheet.name}.ipynb") for sheet in sheets],
        )
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
            conversion.staging = False
        self.book.db.flush()
        self.waiting.append((staged, self._home(submission)))
        scores = self.scores(submission)
        if len(self.waiting) >= GROUP:
            self.commit()
        return scores

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
            sheet.doubts = self._doubts(sheet, nb, recording) if self.split else []
        notes = [*sheet.doubts, *sheet.notes, *(recording.notes if recording else ())]
        if notes and (sheet.broken or self.split):
            tell(nb, notes)
        Path(folder, f"{sheet.name}.ipynb").write_text(text_of(nb), encoding="utf-8")

    def _doubts(self, sheet: Sheet, nb: NotebookNode, recording: Recording) -> list[str]:
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

    def scores(self, submission: Submission) -> list[Score]:
        """What the gradebook now says about a submission."""
        found = self.book.find_submission(submission.assignment, submission.student)
        return [score_of(notebook) for notebook in sorted(found.notebooks, key=lambda notebook: notebook.name)]

    def totals(self) -> dict[str, Score]:
        """What the gradebook says about everybody's submission as a whole, in one question."""
        row = api.SubmittedAssignment
        wanted = self.book.find_assignment(self.course.assignment).id
        found = self.book.db.query(row.student_id, row.score, row.max_score, row.needs_manual_grade)
        rows = found.filter(row.assignment_id == wanted).all()
        return {who: Score("", float(score), float(most), bool(by_hand), {}) for who, score, most, by_hand in rows}

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
