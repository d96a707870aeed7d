"""Before anything runs: do the course's own notebook, what was released, and what the gradebook knows say the same?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbgrader import utils

from cloudcrib.course import regions
from cloudcrib.grading.book.course import Course
from cloudcrib.grading.book.sheet import in_short
from cloudcrib.grading.box.bubblewrap import CannotGrade

AGAIN = "Run `nbgrader generate_assignment {assignment} --force`, then grade again with --force."
ANEW = (
    "nbgrader cannot change the cells of an assignment that has submissions. Either give the new version a name of its own, or begin "
    "this assignment's grades anew: keep a copy of the gradebook, then run `nbgrader db assignment remove {assignment} --force`, "
    "`nbgrader generate_assignment {assignment} --force` and `crib grade {assignment} --force`; grades and comments given by hand "
    "are lost by that."
)
OTHER_KERNEL = (
    "{name}.ipynb is written for the kernel {kernel!r} ({language}); `crib grade` runs Python notebooks. "
    "Grade this assignment with `nbgrader autograde {assignment}` where that kernel is installed."
)
Cells = Mapping[str, tuple[str, str]]  # by id: role with points, text where it is locked


class Disagree(CannotGrade):
    """What is to be graded is said in different ways; nothing was touched."""


def check(course: Course, book: Any) -> None:
    """Stop with a sentence where source, release and gradebook disagree, or where the notebooks are not Python's."""
    known = {notebook.name: notebook for notebook in book.find_assignment(course.assignment).notebooks}
    _check_kernels(course, known)
    in_book = {name: _of_book(notebook) for name, notebook in known.items()}
    for step in (course.directory.source_directory, course.directory.release_directory):
        folder = Path(course.path(step, "."))
        found = {path.stem: _of_file(path) for path in sorted(folder.glob("*.ipynb"))} if folder.is_dir() else {}
        if not found:
            continue
        hidden = step == course.directory.release_directory
        if said := _differences(folder, found, in_book, texts=not hidden):
            changed = any(_roles(found.get(name, {})) != _roles(in_book.get(name, {})) for name in {*found, *in_book})
            way = ANEW if changed and book.assignment_submissions(course.assignment) else AGAIN
            raise Disagree(f"{' '.join(said)} Nothing was graded. {way.format(assignment=course.assignment)}")


def _differences(folder: Path, found: Mapping[str, Cells], in_book: Mapping[str, Cells], texts: bool) -> list[str]:
    said = []
    for name in sorted({*found, *in_book}):
        file = folder / f"{name}.ipynb"
        if name not in in_book:
            if _roles(found[name]):
                said.append(f"{file} is not in the gradebook.")
            continue
        if name not in found:
            said.append(f"The gradebook knows {name}.ipynb, and there is no {file}.")
            continue
        said += _cells_apart(file, found[name], in_book[name], texts)
    return said


def _cells_apart(file: Path, found: Cells, in_book: Cells, texts: bool) -> list[str]:
    roles, known = _roles(found), _roles(in_book)
    said = []
    if more := [id for id in roles if id not in known]:
        said.append(f"{file} has {_listed(more)}, which the gradebook does not know.")
    if less := [id for id in known if id not in roles]:
        said.append(f"{file} lacks {_listed(less)}, which the gradebook knows.")
    if other := [id for id in roles if id in known and roles[id] != known[id]]:
        said.append(f"{file} has {_listed(other)} with another role or other points than the gradebook.")
    if texts and (changed := [id for id in roles if id in known and _changed(found[id][1], in_book[id][1])]):
        said.append(f"{file} has changed since the assignment was generated: {_listed(changed)}.")
    return said


def _changed(mine: str, known: str) -> bool:
    """Whether the text of a locked cell differs; what nbgrader writes (AUTOTEST) or takes out (hidden tests) does not count."""
    alike = mine.split() in (known.split(), regions.visible(known).split())
    return bool(mine and known) and "AUTOTEST" not in mine and not alike


def _roles(cells: Cells) -> dict[str, str]:
    return {id: role for id, (role, _) in cells.items()}


def _listed(ids: Iterable[str]) -> str:
    names = [f"`{id}`" for id in ids]
    shown = names[:5] + ([f"{len(names) - 5} more"] if len(names) > 5 else [])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _of_book(notebook: Any) -> dict[str, tuple[str, str]]:
    grades = {cell.name: float(cell.max_score) for cell in [*notebook.grade_cells, *notebook.task_cells]}
    solutions = {cell.name for cell in notebook.solution_cells}
    return {
        cell.name: (_role(grades.get(cell.name), cell.name in solutions), cell.source if cell.locked else "")
        for cell in notebook.source_cells
        if cell.name in grades or cell.name in solutions
    }


def _of_file(path: Path) -> dict[str, tuple[str, str]]:
    try:
        nb = nbformat.read(path, as_version=4)
    except Exception as err:
        raise Disagree(f"{path} is no notebook ({in_short(err)}); mend it and run again.") from err
    found = {}
    for cell in nb.cells:
        role = cell.metadata.get("nbgrader", {})
        graded = role.get("grade") or role.get("task")
        if graded or role.get("solution"):
            points = float(role.get("points", 0)) if graded else None
            text = cell.source if utils.is_locked(cell) and not role.get("task") else ""
            found[role["grade_id"]] = (_role(points, bool(role.get("solution"))), text)
    return found


def _role(points: float | None, solution: bool) -> str:
    return f"{'' if points is None else f'{points:g} points'}{' solution' if solution else ''}"


def _check_kernels(course: Course, known: Mapping[str, Any]) -> None:
    for name, notebook in known.items():
        spec = json.loads(notebook.kernelspec or "{}")
        kernel, language = str(spec.get("name", "")), str(spec.get("language", ""))
        if language.lower() not in ("", "python") or (not language and kernel and "py" not in kernel.lower()):
            raise CannotGrade(
                OTHER_KERNEL.format(
                    name=name, kernel=kernel, language=language or "no Python", assignment=course.assignment
                )
            )
