"""Grade one notebook: no course folder, no gradebook, no files."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import ClearOutput, Execute, LimitOutput
from traitlets.config import Config

from cloudcrib.grading.book.course import of_source
from cloudcrib.grading.book.entry import released
from cloudcrib.grading.book.pipeline import Pipeline
from cloudcrib.grading.book.repair import Release
from cloudcrib.grading.box.bubblewrap import try_out
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.plugins.pictures import KeepPictures, LeaveOutPictures, PutBackPictures
from cloudcrib.grading.plugins.quizzes import ReadAnswers, ScoreAnswers
from cloudcrib.grading.run.early import setup_for
from cloudcrib.grading.run.job import Job, Recording
from cloudcrib.grading.run.pool import runner_for
from cloudcrib.grading.run.runner import Runner

BASE = "/submission"  # where the boxes work
# What the course's own nbgrader_config.py lists, less what only a gradebook and a folder of files need.
SANITIZE = (ReadAnswers, KeepPictures, ClearOutput)
AUTOGRADE = (LeaveOutPictures, Execute, PutBackPictures, ScoreAnswers, LimitOutput)
SETTINGS = Config({"Execute": {"timeout": None, "skip_cells_with_tag": "crib-no-such-tag", "record_timing": False}})
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
    released, notes = _release(own), list[str]()
    names = {"student": student, "assignment": assignment, "notebook": assignment}
    resources = {"nbgrader": names, "metadata": {}}
    limits = limits or (runner.limits if runner else Limits())
    steps = Pipeline(SANITIZE, AUTOGRADE, SETTINGS, split, limits, strict=True)  # there is no OverwriteCells
    nb = steps.sanitized(nb, released, resources, notes)
    files = files or {}
    job = steps.job(nb, released, f"{runner.base if runner else BASE}/one", files, files)
    recording = runner.run(job) if runner else _run(job, released.tests, sandboxed)
    nb = steps.graded(nb, job, recording, resources, notes)
    return Result(
        _scores(nb),
        tuple([*notes, *recording.notes, *(why for ran in recording.cells for why in ran.unfit)]),
        nb,
        recording.seconds,
    )


def _read(notebook: Notebook) -> Any:
    if isinstance(notebook, dict):
        return nbformat.reads(json.dumps(notebook), as_version=4)
    if isinstance(notebook, bytes):
        return nbformat.reads(notebook.decode(), as_version=4)
    if isinstance(notebook, str) and notebook.lstrip().startswith("{"):
        return nbformat.reads(notebook, as_version=4)
    return nbformat.read(Path(notebook), as_version=4)


def _release(own: NotebookNode) -> Release:
    """What generate_assignment would have put into a gradebook."""
    return Release(released(own, {"python": "..."}), **of_source(own))


def _run(job: Job, tests: str, sandboxed: bool) -> Recording:
    """Run it in boxes that are made for this one job."""
    if sandboxed:
        try_out()
    everything = "\n".join([job.prelude, *(step.source for step in job.steps)])
    setup = setup_for(everything, f"{job.prelude}\n{tests}", BASE, job.split, job.limits, sandboxed)
    with runner_for(setup) as runner:
        return runner.run(job)


def _scores(nb: NotebookNode) -> tuple[CellScore, ...]:
    graded = [cell for cell in nb.cells if utils.is_grade(cell)]
    return tuple(
        CellScore(cell.metadata.nbgrader.grade_id, *map(_float, utils.determine_grade(cell))) for cell in graded
    )


def _float(points: Any) -> Any:
    return None if points is None else float(points)
