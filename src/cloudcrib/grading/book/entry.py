"""The gradebook's entry of an assignment, made from source/ by nbgrader's own generate_assignment; release/ stays as it is."""

from __future__ import annotations

import copy
import logging
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import api, utils
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearSolutions, LockCells
from traitlets.config import Config

from cloudcrib.grading.book.course import Course
from cloudcrib.grading.book.gradebook import programs_beside
from cloudcrib.grading.book.repair import Known, release_of
from cloudcrib.grading.book.sheet import in_short

ENTERED = "{name} is in the gradebook now, with the cells of {source}."
RENEWED = "{name}: its entry in the gradebook was renewed from {source}."
GRADED = (
    "{name}: {source} differs from the gradebook's entry, by which submissions have been graded; the entry stays. "
    "`nbgrader generate_assignment {name} --force` renews it."
)


def assignments(course: Course) -> list[str]:
    """The assignments that could be entered: folders of source/ with a notebook."""
    found = Path(course.root, course.directory.source_directory).glob("*/*.ipynb")
    return sorted({path.parent.name for path in found})


def enter(course: Course, name: str) -> str:
    """Enter an assignment into the gradebook; the sentence says so."""
    _generate(course, name)
    return ENTERED.format(name=name, source=_source(course, name))


def keep_up(root: Path, names: Iterable[str]) -> list[str]:
    """Have the gradebook know these assignments as source/ has them; what was graded already stays. Says what was done."""
    said: list[str] = []
    course = Course(root, "")
    for name in sorted(set(names) & set(assignments(course))):
        try:
            with programs_beside():
                said += _kept_up(course, name)
        except Exception as err:  # a gradebook that is locked, out of reach or older than this nbgrader
            said.append(f"{name} could not be entered into the gradebook: {in_short(err)}")
    return said


def _kept_up(course: Course, name: str) -> list[str]:
    with api.Gradebook(course.db_url, course.directory.course_id) as book:
        try:
            found = book.find_assignment(name)
        except api.MissingEntry:
            found = None
        if found is not None and _same(course, name, book):
            return []
        graded = found is not None and bool(found.submissions)
    if graded:
        return [GRADED.format(name=name, source=_source(course, name))]
    _generate(course, name)
    return [(RENEWED if found is not None else ENTERED).format(name=name, source=_source(course, name))]


def _same(course: Course, name: str, book: Any) -> bool:
    """Whether the gradebook holds the very cells that the source folder would give it."""
    stub = ClearSolutions(config=course.config).code_stub
    paths = sorted(Path(course.root, _source(course, name)).glob("*.ipynb"))
    if {path.stem for path in paths} != {notebook.name for notebook in book.find_assignment(name).notebooks}:
        return False
    return all(
        _without_checksums(released(nbformat.read(path, as_version=4), stub))
        == _without_checksums(release_of(book, path.stem, name).cells)
        for path in paths
    )


def _without_checksums(cells: dict[str, Known]) -> dict[str, tuple[Any, ...]]:
    return {name: (c.cell_type, c.source, c.grade, c.solution, c.locked, c.points) for name, c in cells.items()}


def released(own: NotebookNode, stub: dict[str, str]) -> dict[str, Known]:
    """The cells of the course's own notebook, as generate_assignment puts them into a gradebook."""
    cleared = copy.deepcopy(own)
    for preprocessor in (ClearSolutions(code_stub=stub), LockCells()):
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
    return cells


def _source(course: Course, name: str) -> str:
    return os.path.join(course.directory.source_directory, name)


def _generate(course: Course, name: str) -> None:
    """nbgrader's generate_assignment, which writes the release into a folder that nobody keeps."""
    quiet = logging.getLogger("cloudcrib.grading.entry")
    quiet.setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        config = copy.deepcopy(course.config)
        config.merge(
            Config(
                CourseDirectory={
                    "root": str(course.root), "assignment_id": name, "release_directory": folder, "notebook_id": "*",
                }
            )
        )  # fmt: skip
        directory = CourseDirectory(config=config)
        try:
            GenerateAssignment(coursedir=directory, config=config, log=quiet).start()
        except NbGraderException as err:
            raise ValueError(str(err)) from err
