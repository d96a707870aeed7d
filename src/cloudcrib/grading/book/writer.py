"""The one writer: sanitizes submissions, and puts what came of running them into autograded/ and the gradebook.

Both steps are nbgrader's own preprocessors, in the order and with the settings the course configures; only running the
cells is replaced by replaying how they ran.
"""

from __future__ import annotations

import copy
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors import ExecutePreprocessor
from nbformat import NotebookNode
from nbgrader import utils
from traitlets.config import Config

from cloudcrib.grading import handed_in as readable
from cloudcrib.grading.book import plan
from cloudcrib.grading.book.course import Course, Submission
from cloudcrib.grading.book.gradebook import OneGradebook
from cloudcrib.grading.book.repair import Release, mend
from cloudcrib.grading.book.replay import Replay
from cloudcrib.grading.book.sheet import Score, Sheet, in_short, score_of, tell, text_of
from cloudcrib.grading.inside.limits import MB, Limits
from cloudcrib.grading.run.job import Job, Record, silenced

UNREADABLE = "{name}.ipynb is no notebook ({why}); it earns nothing until a readable one is handed in."
GROUP = 16  # submissions a commit
UNSHOWN = "What its cells showed cannot be kept in a notebook; it was left out, and only what the tests showed counts."


class Writer:
    """Nobody else writes to the gradebook while this does."""

    def __init__(self, course: Course, book: OneGradebook, split: bool, limits: Limits | None = None) -> None:
        self.course, self.book, self.split = course, book, split
        conversion = course.conversion
        first, second = self._exporter(conversion.sanitize_preprocessors), None
        listed = [Replay if issubclass(pp, ExecutePreprocessor) else pp for pp in conversion.autograde_preprocessors]
        second = self._exporter(
            listed, execute=[pp for pp in conversion.autograde_preprocessors if issubclass(pp, ExecutePreprocessor)]
        )
        self.sanitizer, self.grader = first, second
        self.replay: Any = next((pp for pp in second._preprocessors if isinstance(pp, Replay)), None)
        self.limits = limits or Limits(cell_seconds=float(getattr(self.replay, "timeout", None) or 30))
        self.releases: dict[str, Release] = {}
        self.own_files = course.files(course.path(course.directory.source_directory, "."), self.limits.disk_mb * MB)[0]
        self.waiting: list[tuple[str, str]] = []

    def _exporter(self, preprocessors: Iterable[Any], execute: Iterable[Any] = ()) -> Any:
        config = Config(self.course.config)
        for cls in execute:  # settings given for Execute are meant for what stands in for it
            config.Replay.merge(self.course.config.get(cls.__name__, {}))
        config.Exporter.default_preprocessors = []
        exporter = NotebookExporter(config=config, parent=None)
        exporter.optimistic_validation = True
        for pp in preprocessors:
            exporter.register_preprocessor(pp)
        for pp in exporter._preprocessors:
            if hasattr(pp, "log"):
                pp.log.setLevel("ERROR")
        return exporter

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
        handed_in = {os.path.splitext(name)[0] for name in submission.notebooks}
        sheets = [self._sheet(submission, name, files) for name in sorted(self.known()) if name in handed_in]
        for sheet in sheets[:1]:
            sheet.notes += said
        return sheets

    def _sheet(self, submission: Submission, name: str, files: dict[str, bytes]) -> Sheet:
        sheet, path = Sheet(name), os.path.join(submission.folder, f"{name}.ipynb")
        sheet.resources = self._resources(submission, name, path)
        try:
            nb = nbformat.reads(readable.whole(readable.read(path)).decode(), as_version=4)
            sheet.notes = mend(nb, self.release(name), strict=self.split)
            sheet.nb = self._sanitized(nb, sheet)
            sheet.job = self._job(submission, name, sheet.nb, files)
        except Exception as err:
            sheet.nb, sheet.broken = self._placeholder(name), True
            sheet.notes.append(UNREADABLE.format(name=name, why=in_short(err)))
            sheet.job = None
        return sheet

    def _sanitized(self, nb: NotebookNode, sheet: Sheet) -> NotebookNode:
        """nbgrader's sanitize step; where it gives up, everything a student may not change is restored first."""
        try:
            return self._convert(self.sanitizer, nb, sheet.resources)
        except Exception:
            sheet.notes += mend(nb, self.release(sheet.name), strict=True)
            return self._convert(self.sanitizer, nb, sheet.resources)

    def _resources(self, submission: Submission, name: str, path: str) -> dict[str, Any]:
        return {
            "unique_key": name, "output_files_dir": f"{name}_files",
            "metadata": {"name": name, "path": os.path.dirname(path)},
            "nbgrader": {
                "student": submission.student, "assignment": submission.assignment, "notebook": name,
                "db_url": self.course.directory.db_url,
            },
        }  # fmt: skip

    def _convert(self, exporter: Any, nb: NotebookNode, resources: dict[str, Any]) -> NotebookNode:
        """One of nbgrader's two passes over a notebook, and what reading it back would give."""
        text, _ = exporter.from_notebook_node(nb, resources=resources)
        exporter._nb_metadata.clear()  # nbconvert keeps every notebook's, for nobody here
        nb_again: NotebookNode = nbformat.reads(text, as_version=4)
        return nb_again

    def _placeholder(self, name: str) -> NotebookNode:
        """The released cells, so that a grader and feedback have something to stand on."""
        nb: NotebookNode = nbformat.v4.new_notebook()
        mend(nb, self.release(name), strict=True)
        return nb

    def _job(self, submission: Submission, name: str, nb: NotebookNode, files: dict[str, bytes]) -> Job:
        skip = self.replay.skip_cells_with_tag if self.replay else ""
        place = os.path.relpath(self._place(submission), self.course.autograded)
        return plan.job(
            nb,
            self.release(name),
            os.path.join(self.course.autograded, place),
            files,
            self.own_files,
            split=self.split,
            limits=self.limits,
            skip_tag=skip,
        )

    def _place(self, submission: Submission) -> str:
        return self.course.path(self.course.directory.autograded_directory, submission.student)

    def finish(self, submission: Submission, sheets: list[Sheet], records: dict[str, Record]) -> list[Score]:
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
                    self._write(sheet, records.get(sheet.name), staged)
                conversion.set_permissions(submission.assignment, submission.student)
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise
        finally:
            conversion.staging = False
        self.book.db.flush()
        self.waiting.append((staged, self._place(submission)))
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

    def _write(self, sheet: Sheet, record: Record | None, folder: str) -> None:
        assert sheet.nb is not None
        nb = sheet.nb
        if sheet.broken or record is None:
            nb = copy.deepcopy(nb)  # it may have to be written again
            who = sheet.resources["nbgrader"]
            self._nothing(Submission(who["student"], who["assignment"], "", ()), sheet.name)
        else:
            nb = self._graded(sheet, nb, record, folder)
        notes = [*sheet.notes, *(record.notes if record else ())]
        if notes and (sheet.broken or self.split):
            tell(nb, notes)
        Path(folder, f"{sheet.name}.ipynb").write_text(text_of(nb), encoding="utf-8")

    def _graded(self, sheet: Sheet, nb: NotebookNode, record: Record, folder: str) -> NotebookNode:
        """nbgrader's autograde step; where what a student's cells showed breaks it, it is taken again without that."""
        try:
            return self._replayed(sheet, nb, record, folder)
        except Exception:
            if not self.split or sheet.job is None:
                raise
            sheet.notes.append(UNSHOWN)
            return self._replayed(sheet, nb, silenced(record, sheet.job), folder)

    def _replayed(self, sheet: Sheet, nb: NotebookNode, record: Record, folder: str) -> NotebookNode:
        self.replay.record = record
        resources = {**sheet.resources, "metadata": {**sheet.resources["metadata"], "path": folder}}
        with patch.dict(os.environ, NBGRADER_EXECUTION="autograde"):
            return self._convert(self.grader, nb, resources)

    def scores(self, submission: Submission) -> list[Score]:
        """What the gradebook now says about a submission."""
        found = self.book.find_submission(submission.assignment, submission.student)
        return [score_of(notebook) for notebook in sorted(found.notebooks, key=lambda notebook: notebook.name)]

    def commit(self) -> None:
        """Make what was finished last: first the rows, then the folders, so that a folder in place means a grade in the book."""
        self.book.commit()
        for staged, place in self.waiting:
            if os.path.isdir(place):
                shutil.rmtree(place)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            os.rename(staged, place)
        self.waiting.clear()

    def undo(self) -> None:
        """Drop what was finished since the last commit."""
        self.book.undo()
        for staged, _ in self.waiting:
            shutil.rmtree(staged, ignore_errors=True)
        self.waiting.clear()
