"""Grade one notebook: no course folder, no gradebook, no files."""

from __future__ import annotations

import copy
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import ClearOutput, ClearSolutions, LimitOutput, LockCells

from cloudcrib.grading.book import plan
from cloudcrib.grading.book.course import of_source
from cloudcrib.grading.book.repair import Known, Release, mend
from cloudcrib.grading.book.replay import Replay
from cloudcrib.grading.box.bubblewrap import try_out
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.run.libraries import modules_of, modules_of_tests
from cloudcrib.grading.run.runner import Runner

Notebook = NotebookNode | dict[str, Any] | str | bytes | os.PathLike[str]


@dataclass(frozen=True)
class CellScore:
    """The points of one graded cell; None where a person decides."""

    id: str
    score: float | None
    most: float


@dataclass(frozen=True)
class Result:
    """How a submission was graded, and the notebook with what its cells showed."""

    cells: tuple[CellScore, ...]
    notes: tuple[str, ...]
    notebook: NotebookNode
    seconds: float

    @property
    def score(self) -> float:
        return sum(cell.score or 0.0 for cell in self.cells)

    @property
    def most(self) -> float:
        return sum(cell.most for cell in self.cells)


def grade(
    source: Notebook,
    submission: Notebook,
    *,
    student: str = "",
    assignment: str = "",
    files: dict[str, bytes] | None = None,
    split: bool = True,
    sandboxed: bool = True,
    limits: Limits | None = None,
    runner: Runner | None = None,
) -> Result:
    """Grade a submission against the instructor's notebook; `files` are the course's, and a `runner` may be kept for many.

    Where a course gives each student figures of their own, `student` says whose are marked: the name of their folder in submitted/.
    """
    own, nb = _read(source), _read(submission)
    names = {"student": student, "assignment": assignment, "notebook": assignment}
    resources = {"nbgrader": names, "metadata": {}}
    released = _release(own)
    quiz = _quiz()
    quiz[0].preprocess(nb, resources)
    notes = mend(nb, released, strict=True)
    ClearOutput().preprocess(nb, resources)
    limits = limits or (runner.limits if runner else Limits())
    base = runner.base if runner else "/submission"
    job = plan.job(nb, released, f"{base}/one", {}, files or {}, split=split, limits=limits)
    record = runner.run(job) if runner else _run(job, released.tests, sandboxed)
    player = Replay(timeout=None, skip_cells_with_tag="crib-no-such-tag", record_timing=False)
    player.record = record
    nb, _ = player.preprocess(nb, resources)
    for preprocessor in (quiz[1], LimitOutput()):
        nb, _ = preprocessor.preprocess(nb, resources)
    return Result(_scores(nb), tuple([*notes, *record.notes]), nb, record.seconds)


def _read(notebook: Notebook) -> Any:
    if isinstance(notebook, dict):
        return nbformat.reads(json.dumps(notebook), as_version=4)
    if isinstance(notebook, bytes):
        return nbformat.reads(notebook.decode(), as_version=4)
    if isinstance(notebook, str) and notebook.lstrip().startswith("{"):
        return nbformat.reads(notebook, as_version=4)
    return nbformat.read(Path(notebook), as_version=4)


def _quiz() -> tuple[Any, Any]:
    """Quiz answers are read before outputs are cleared, and scored after the cells have run."""
    from cloudcrib.grading.plugins.quizzes import ReadAnswers, ScoreAnswers

    return ReadAnswers(), ScoreAnswers()


def _release(own: NotebookNode) -> Release:
    """What generate_assignment would have put into a gradebook."""
    cleared = copy.deepcopy(own)
    for preprocessor in (ClearSolutions(code_stub={"python": "..."}), LockCells()):
        cleared, _ = preprocessor.preprocess(cleared, {"language": "python"})
    cells = {}
    for cell in cleared.cells:
        if "grade_id" in (meta := cell.metadata.get("nbgrader", {})):
            cells[meta.grade_id] = Known(
                meta.grade_id,
                cell.cell_type,
                cell.source,
                utils.is_grade(cell),
                utils.is_solution(cell),
                utils.is_locked(cell),
                utils.is_task(cell),
                float(meta.points) if "points" in meta else None,
                utils.compute_checksum(cell),
            )
    return Release(cells, **of_source(own))


def _run(job: Any, tests: str, sandboxed: bool) -> Any:
    if sandboxed:
        try_out()
    modules = modules_of(json.dumps([step.source for step in job.steps]))
    theirs = modules_of_tests(f"{job.prelude}\n{tests}", modules)
    with Runner(
        modules=modules,
        test_modules=theirs,
        split=job.split,
        practice=job.account,
        limits=job.limits,
        sandboxed=sandboxed,
    ) as runner:
        return runner.run(job)


def _scores(nb: NotebookNode) -> tuple[CellScore, ...]:
    graded = [cell for cell in nb.cells if utils.is_grade(cell)]
    return tuple(
        CellScore(cell.metadata.nbgrader.grade_id, *map(_float, utils.determine_grade(cell))) for cell in graded
    )


def _float(points: Any) -> Any:
    return None if points is None else float(points)
