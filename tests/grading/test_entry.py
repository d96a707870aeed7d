"""The gradebook learns of an assignment from source/, and release/ stays as it is."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from cohort import course
from cohort.assignment import RIGHT, answered
from cohort.machine import needs_bubblewrap
from nbgrader.api import Gradebook

from cloudcrib.grading.batch import Options, grade_course
from cloudcrib.grading.book import entry
from cloudcrib.grading.book.course import Course

NAME = "five"


@pytest.fixture
def cloned(class_of: Path) -> Path:
    """A course as a clone has it: source and release, and no gradebook."""
    (class_of / "gradebook.db").unlink()
    return class_of


def files(root: Path) -> dict[str, tuple[bytes, int]]:
    """What stands in release/, and when it was written."""
    return {str(p): (p.read_bytes(), p.stat().st_mtime_ns) for p in (root / "release").rglob("*") if p.is_file()}


def cells(root: Path) -> dict[str, str]:
    """Ids and texts of the cells in the gradebook."""
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "cohort") as book:
        return {cell.name: cell.source for cell in book.find_notebook(NAME, NAME).source_cells}


def change(root: Path, old: str, new: str) -> None:
    path = root / "source" / NAME / f"{NAME}.ipynb"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@needs_bubblewrap
def test_grading_in_a_fresh_clone_enters_the_assignment_and_says_so(cloned: Path) -> None:
    before, found = files(cloned), Course(cloned, NAME)

    grade_course(found, Options())

    assert course.scores(cloned) == {"victim": 15}
    assert found.notes == ["five is in the gradebook now, with the cells of source/five."]
    assert files(cloned) == before


def test_what_is_entered_is_what_generate_assignment_enters(class_of: Path) -> None:
    before = cells(class_of)
    (class_of / "gradebook.db").unlink()

    assert entry.keep_up(class_of, [NAME]) == ["five is in the gradebook now, with the cells of source/five."]

    assert cells(class_of) == before


def test_an_entry_that_is_as_the_source_is_left_alone(class_of: Path) -> None:
    assert entry.keep_up(class_of, [NAME]) == []


def test_an_entry_by_which_nobody_was_graded_follows_the_source(class_of: Path) -> None:
    change(class_of, "double(10) == 20", "double(10) == 21")

    assert entry.keep_up(class_of, [NAME]) == ["five: its entry in the gradebook was renewed from source/five."]

    assert any("double(10) == 21" in text for text in cells(class_of).values())


@needs_bubblewrap
def test_an_entry_by_which_somebody_was_graded_stays_and_that_is_said(class_of: Path) -> None:
    course.hand_in(class_of, "ada", answered(RIGHT))
    grade_course(Course(class_of, NAME), Options())
    change(class_of, "double(10) == 20", "double(10) == 21")

    (said,) = entry.keep_up(class_of, [NAME])

    assert "differs from the gradebook's entry" in said and "generate_assignment five --force" in said
    assert not any("double(10) == 21" in text for text in cells(class_of).values())


def test_a_gradebook_that_cannot_be_read_is_a_sentence(class_of: Path) -> None:
    (class_of / "gradebook.db").write_bytes(b"no database" * 100)

    (said,) = entry.keep_up(class_of, [NAME])

    assert said.startswith("five could not be entered into the gradebook: DatabaseError")


def test_a_folder_without_notebooks_is_no_assignment(class_of: Path) -> None:
    (class_of / "source" / "empty").mkdir()

    assert entry.assignments(Course(class_of, NAME)) == [NAME]
    assert entry.keep_up(class_of, ["empty"]) == []


def test_what_single_grades_by_is_what_the_gradebook_holds(class_of: Path) -> None:
    own = nbformat.read(class_of / "source" / NAME / f"{NAME}.ipynb", as_version=4)

    found = entry.released(own, {"python": "# YOUR CODE HERE\nraise NotImplementedError()"})

    assert {name: cell.source for name, cell in found.items()} == cells(class_of)
