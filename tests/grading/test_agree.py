"""Source, release and gradebook that disagree are named before anything runs."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from cloudcrib.grading.book.agree import Disagree, check
from cloudcrib.grading.book.course import Course
from cloudcrib.grading.book.gradebook import one_gradebook
from cloudcrib.grading.box.bubblewrap import CannotGrade


def checked(root: Path) -> None:
    found = Course(root, "five")
    with one_gradebook(found.db_url, found.directory.course_id) as book:
        check(found, book)


def changed(root: Path, change: Callable[[Any], None], step: str = "source") -> None:
    path = root / step / "five" / "five.ipynb"
    nb = nbformat.read(path, as_version=4)
    change(nb)
    nbformat.write(nb, path)


def one_more(nb: Any) -> None:
    role = {
        "grade": True,
        "solution": False,
        "locked": True,
        "task": False,
        "schema_version": 3,
        "grade_id": "sixth",
        "points": 5,
    }
    nb.cells.append(nbformat.v4.new_code_cell("assert True", id="sixth", metadata={"nbgrader": role}))


def harder(nb: Any) -> None:
    cell = next(cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade"))
    cell.source += "\nassert double(3) == 6"


def dearer(nb: Any) -> None:
    next(cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade")).metadata.nbgrader["points"] = 7


def test_what_agrees_is_graded(class_of: Path) -> None:
    checked(class_of)


def test_a_course_without_source_and_release_is_graded_by_its_gradebook(class_of: Path) -> None:
    for step in ("source", "release"):
        shutil.rmtree(class_of / step)

    checked(class_of)


@pytest.mark.parametrize(("change", "says"), [
    (one_more, "has `sixth`, which the gradebook does not know"),
    (harder, "has changed since the assignment was generated: `double-tests`"),
    (dearer, "has `double-tests` with another role or other points than the gradebook"),
    (lambda nb: nb.cells.pop(), "lacks `near-tests`, which the gradebook knows"),
])  # fmt: skip
def test_a_source_that_changed_is_named_with_the_way_out(
    class_of: Path, change: Callable[[Any], None], says: str
) -> None:
    changed(class_of, change)

    with pytest.raises(Disagree) as told:
        checked(class_of)

    assert says in str(told.value)
    assert "Nothing was graded. Run `nbgrader generate_assignment five --force`" in str(told.value)


def test_with_submissions_in_the_gradebook_the_way_out_is_another(class_of: Path) -> None:
    changed(class_of, one_more)
    found = Course(class_of, "five")
    with one_gradebook(found.db_url, found.directory.course_id) as book:
        book.update_or_create_student("victim")
        book.update_or_create_submission("five", "victim")
        book.commit()

    with pytest.raises(Disagree, match="nbgrader db assignment remove five --force"):
        checked(class_of)

    assert (class_of / "release/five/five.ipynb").is_file()


def test_a_release_with_other_cells_is_named(class_of: Path) -> None:
    changed(class_of, lambda nb: nb.cells.pop(), "release")

    with pytest.raises(Disagree, match=r"release/five/five\.ipynb lacks `near-tests`"):
        checked(class_of)


def test_a_notebook_of_another_language_is_refused_by_name(class_of: Path) -> None:
    with sqlite3.connect(class_of / "gradebook.db") as book:
        book.execute("update notebook set kernelspec = ?", ('{"name": "ir", "display_name": "R", "language": "R"}',))

    with pytest.raises(CannotGrade, match=r"written for the kernel 'ir' \(R\); `crib grade` runs Python notebooks"):
        checked(class_of)
