"""Plan how a notebook is run: which cell on which side, with which files, libraries and account."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader import utils

from cloudcrib.grading.book.repair import Release
from cloudcrib.grading.book.replay import runs
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.run.job import BOTH, STUDENT, TESTS, Job, Step
from cloudcrib.grading.run.libraries import practises


def job(
    nb: NotebookNode,
    release: Release,
    cwd: str,
    files: dict[str, bytes],
    own_files: dict[str, bytes],
    *,
    split: bool,
    limits: Limits,
    skip_tag: str = "",
) -> Job:
    """What is to be run of a sanitized notebook; `files` are there for the student's cells, `own_files` for the tests."""
    steps = tuple(Step(cell.source, side(cell)) for cell in nb.cells if runs(cell, skip_tag))
    everything = "\n".join(step.source for step in steps) + release.prelude
    return Job(
        steps,
        cwd,
        files=files,
        own_files=own_files,
        prelude=release.prelude,
        theirs=release.theirs,
        imports=release.imports,
        allowed=release.allowed,
        split=split,
        account=split and practises(everything),
        limits=limits,
    )


def side(cell: NotebookNode) -> str:
    """Whose a cell is: graded tests are the course's, other locked cells are for both, the rest is the student's."""
    if utils.is_solution(cell) or not utils.is_locked(cell):
        return STUDENT
    return TESTS if utils.is_grade(cell) else BOTH
