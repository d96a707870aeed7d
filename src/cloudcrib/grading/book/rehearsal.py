"""The instructor's own notebook graded first: a test that its solution passes, kept apart from student code, is fair that way.

What comes of it depends on the course alone; nothing that anybody hands in has a part in it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any

from nbconvert.preprocessors import ExecutePreprocessor
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import Execute

from cloudcrib.grading.book.pipeline import Pipeline
from cloudcrib.grading.book.repair import Release, mend
from cloudcrib.grading.book.sheet import in_short
from cloudcrib.grading.book.writer import Writer
from cloudcrib.grading.plugins import pictures
from cloudcrib.grading.run.job import Job, Ran, Recording
from cloudcrib.question import key

OWN = "instructor"  # whose folder the notebook believes to be in; nothing is written there
Send = Callable[[Job], Future[Recording]]


@dataclass(frozen=True)
class Unfair:
    """A test that the course's own solution does not pass where it is kept apart from student code."""

    notebook: str
    cell: str
    why: str
    anyhow: bool = False  # nor in one interpreter


@dataclass(frozen=True)
class Verdict:
    """Whether an assignment's tests are fair where they are kept apart from student code."""

    tests: int
    unfair: tuple[Unfair, ...] = ()
    solved: bool = True  # the source holds solutions
    allowed: Mapping[str, tuple[str, ...]] | None = None  # by notebook: what its solution needed beyond plain data

    @property
    def fair(self) -> bool:
        return self.solved and not self.unfair


class Rehearsal:
    """Grades the course's own notebooks of an assignment, without a gradebook row or a file."""

    def __init__(self, writer: Writer, send: Send) -> None:
        course, self.writer, self.send = writer.course, writer, send
        run = [cls for cls in course.conversion.autograde_preprocessors if issubclass(cls, ExecutePreprocessor)]
        drawn = (
            (pictures.LeaveOutPictures, *(run or (Execute,)), pictures.PutBackPictures)
            if writer.pipeline.leaves_out
            else run or (Execute,)
        )
        self.steps = Pipeline((), drawn, course.config, True, writer.limits, strict=True)
        self.own = {name: course.own(name) for name in sorted(writer.known())}
        self.notebooks = {name: self._prepared(name) for name, nb in self.own.items() if nb is not None}
        self.begun: dict[str, Future[Recording]] = {}

    def _prepared(self, name: str) -> NotebookNode:
        """The own notebook with the tests that submissions meet."""
        nb = copy.deepcopy(self.own[name])
        mend(nb, self.writer.release(name), strict=True)
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        return nb

    @property
    def solved(self) -> bool:
        """Whether there are solutions: text in solution cells that students were not given."""
        answers = [
            (cell.source, release.cells[name].source)
            for release, nb in ((self.writer.release(at), nb) for at, nb in self.notebooks.items())
            for cell in nb.cells
            if utils.is_solution(cell) and (name := cell.metadata.nbgrader.grade_id) in release.cells
        ]
        missing = len(self.notebooks) < len(self.own)
        return not missing and (not answers or any(own != given for own, given in answers))

    def begin(self) -> None:
        """Send the notebooks out to be run as a submission would be."""
        if self.solved:
            self.begun = {name: self.send(self._job(name)) for name in self.notebooks}

    def verdict(self) -> Verdict:
        """What came of it; only where a test fails, it is found out what the solution needs, and whether that helps."""
        tests = sum(_is_test(cell) for nb in self.notebooks.values() for cell in nb.cells)
        if not self.solved:
            return Verdict(tests, solved=False)
        if not self.begun:
            self.begin()
        for name, future in self.begun.items():
            if any(ran.lost or ran.timed_out for ran in future.result().cells):  # a busy machine is no reason
                self.begun[name] = self.send(self._job(name))
        failing = self._failing(self.begun)
        allowed = self._learnt(failing)
        if any(allowed.values()):
            failing |= self._failing(self._sent({at: allowed[at] for at in failing}))
        unfair = [found for name, cells in failing.items() if cells for found in self._explained(name, cells)]
        return Verdict(tests, tuple(unfair), allowed=allowed)

    def _job(self, name: str, allowed: Iterable[str] = (), **more: Any) -> Job:
        writer, release = self.writer, replace(self.writer.release(name), allowed=tuple(allowed))
        files = {**writer.released_files, **writer.own_files}
        return replace(self.steps.job(self.notebooks[name], release, writer.place(OWN), files, files), **more)

    def _sent(self, allowed: Mapping[str, Iterable[str]], **more: Any) -> dict[str, Future[Recording]]:
        return {name: self.send(self._job(name, what, **more)) for name, what in allowed.items()}

    def _failing(self, sent: Mapping[str, Future[Recording]]) -> dict[str, dict[str, str]]:
        """By notebook: the locked cells that do not pass, each with the reason."""
        return {name: self._reasons(name, future.result()) for name, future in sent.items()}

    def _reasons(self, name: str, recording: Recording) -> dict[str, str]:
        nb, job = copy.deepcopy(self.notebooks[name]), self._job(name)
        nb = self.steps.graded(nb, job, recording, self._resources(name), [])
        reasons = {cell.metadata.nbgrader.grade_id: _reason(cell, ran) for cell, ran in self._ran(name, nb, recording)}
        return {cell: why for cell, why in reasons.items() if why}

    def _resources(self, name: str) -> dict[str, Any]:
        names = {"student": OWN, "assignment": self.writer.course.assignment, "notebook": name}
        return {"nbgrader": names, "metadata": {}, pictures.RESOURCE: self.writer.release(name).own}

    def _ran(self, name: str, nb: NotebookNode, recording: Recording) -> list[tuple[NotebookNode, Ran]]:
        """The locked code cells that ran, each with how it went."""
        ran = [nb.cells[at] for at in self.steps.ran(self.notebooks[name], self.writer.release(name))]
        return [pair for pair in zip(ran, recording.cells, strict=True) if _is_ours(pair[0])]

    def _learnt(self, failing: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
        """What the solution uses beyond plain data, in the tests that fail without."""
        sent = self._sent({name: () for name, cells in failing.items() if cells}, learn=True)
        found = {}
        for name, future in sent.items():
            cells = self._ran(name, self.notebooks[name], future.result())
            needed = {
                what for cell, ran in cells if cell.metadata.nbgrader.grade_id in failing[name] for what in ran.learnt
            }
            found[name] = tuple(sorted(needed))
        return found

    def _explained(self, name: str, cells: Mapping[str, str]) -> list[Unfair]:
        """Failing cells, and whether they fail in one interpreter too; one that is not graded is then as it is meant to be."""
        together = self._failing(self._sent({name: ()}, split=False, account=False))[name]
        graded = {cell.metadata.nbgrader.grade_id for cell in self.notebooks[name].cells if _is_test(cell)}
        found = [Unfair(name, cell, why, cell in together) for cell, why in cells.items()]
        return [unfair for unfair in found if unfair.cell in graded or not unfair.anyhow]


def _is_ours(cell: NotebookNode) -> bool:
    return bool(utils.is_locked(cell) and not utils.is_solution(cell))


def _is_test(cell: NotebookNode) -> bool:
    """A cell whose points come from running it: a quiz's come from data, and some from a person."""
    return bool(
        cell.cell_type == "code" and utils.is_grade(cell) and not utils.is_solution(cell) and not key.read(cell.source)
    )


def _reason(cell: NotebookNode, ran: Ran) -> str:
    """Why a locked cell does not pass; empty where it does."""
    error = next((output for output in cell.outputs if output.output_type == "error"), None)
    said = error and f"{error.ename}: {error.evalue}".strip().splitlines()[0][:300]
    if not utils.is_grade(cell) or not _is_test(cell):
        return (ran.unfit[0] if ran.unfit else said or "") if error and not utils.is_grade(cell) else ""
    try:
        score, most = utils.determine_grade(cell)
    except ValueError as err:
        return in_short(err)
    if score is None or (score >= most and not error):
        return ""
    if ran.unfit:
        return ran.unfit[0]
    return said or ran.lost or f"it gives {score:g} of {most:g} points"


def with_allowed(release: Release, verdict: Verdict, name: str) -> Release:
    """A release whose submissions may use what the course's own solution needed."""
    return replace(release, allowed=(verdict.allowed or {}).get(name, ()))
