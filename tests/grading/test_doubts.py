"""What a notebook shows before it is graded: whether its zero could be ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from cloudcrib.course.cohort import pick
from cloudcrib.grading.book.repair import Known, Release
from cloudcrib.grading.doubts import lacking, look
from cloudcrib.grading.run.job import Message, Ran, Recording
from cloudcrib.question import key
from cloudcrib.question.kinds import Number, Question, to_key
from cloudcrib.quizzes import answers

STARTER = "def usable(prefix):\n    ..."
NUMBER = to_key(Question("vpc-many", "number", "How many?", (), "2.2", "apply", (), Number(5, "Because.")))
AT = "2026-11-24T10:00:00.000000Z"


def known(name: str, source: str, **role: bool) -> Known:
    said = {"grade": False, "solution": False, "locked": False, "task": False, **role}
    return Known(
        name=name, cell_type="code", source=source, points=1.0 if said["grade"] else None, checksum=None, **said
    )


def release(question: dict[str, Any] | None = None) -> Release:
    cells = [known("vpc-usable", STARTER, solution=True)]
    if question:
        cells += [
            known("vpc-quiz", 'quiz("vpc-many")', locked=True),
            known("vpc-many", key.written("vpc-many", key.Key(question)), grade=True, locked=True),
        ]
    return Release({cell.name: cell for cell in cells})


def notebook(of: Release, code: str = STARTER, outputs: list[Any] | None = None) -> Any:
    cells = []
    for one in of.cells.values():
        source = code if one.solution else one.source
        cells.append(new_code_cell(source, id=one.name, metadata={"nbgrader": one.metadata()}))
        if one.name == "vpc-quiz":
            cells[-1].outputs = outputs or []
    return new_notebook(cells=cells)


def recorded(choice: str, variant: str = "") -> list[Any]:
    record = {"vpc-many": answers.Answer(choice, AT, variant=variant)}
    return [new_output("display_data", {answers.MIME: answers.to_data(record)})]


def looked(nb: Any, of: Release, folder: Path, student: str = "ada") -> str:
    names = {"student": student, "assignment": "14-vpc", "notebook": "14-vpc"}
    return " ".join(look(nb, of, {"nbgrader": names, "metadata": {"path": str(folder)}}))


def test_work_that_was_done_raises_no_doubt(tmp_path: Path) -> None:
    of = release(NUMBER)

    assert looked(notebook(of, "def usable(prefix):\n    return 1", recorded("5")), of, tmp_path) == ""


def test_an_untouched_notebook_is_named(tmp_path: Path) -> None:
    of = release(NUMBER)

    assert looked(notebook(of), of, tmp_path).startswith("Nothing was answered in 14-vpc.ipynb")


def test_an_untouched_exercise_beside_an_answered_quiz_raises_no_doubt(tmp_path: Path) -> None:
    of = release(NUMBER)

    assert looked(notebook(of, outputs=recorded("7")), of, tmp_path) == ""


def test_cleared_outputs_are_named_with_the_file_that_helps(tmp_path: Path) -> None:
    of = release(NUMBER)

    said = looked(notebook(of, "def usable(prefix):\n    return 1"), of, tmp_path)

    assert "as after *Clear Outputs*" in said
    assert "vpc.answers.json" in said


def test_a_quiz_that_was_run_and_not_answered_raises_no_doubt(tmp_path: Path) -> None:
    of = release(NUMBER)
    ran = [new_output("display_data", {"text/markdown": "How many?"})]

    assert looked(notebook(of, "def usable(prefix):\n    return 1", ran), of, tmp_path) == ""


def test_answers_in_the_side_file_stand_in_for_cleared_outputs(tmp_path: Path) -> None:
    of = release(NUMBER)
    answers.save(answers.side_file(tmp_path, "vpc"), {"vpc-many": answers.Answer("5", AT)})

    assert looked(notebook(of, "def usable(prefix):\n    return 1"), of, tmp_path) == ""


@pytest.mark.parametrize(("who", "doubted"), [("ada", False), ("grace", True)])
def test_figures_of_another_student_are_named(tmp_path: Path, who: str, doubted: bool) -> None:
    rows = [{"stem": f"How many of {n}?", "body": {**NUMBER["body"], "answer": n}} for n in range(40)]
    of = release(NUMBER | {"cohort": {"course": "saa", "variants": rows}})
    drawn = str(pick("saa", "ada", "vpc-many", 40))

    said = looked(notebook(of, outputs=recorded("5", drawn)), of, tmp_path, who)

    assert ("with the figures of another student" in said) is doubted


def test_another_notebook_under_the_name_is_told_by_its_cells(tmp_path: Path) -> None:
    assert "holds none of the assignment's cells" in looked(new_notebook(), release(), tmp_path)


def test_modules_that_are_not_there_are_named_once() -> None:
    def error(name: str, value: str) -> Ran:
        return Ran((Message("error", {"ename": name, "evalue": value, "traceback": []}),))

    cells = (
        error("ModuleNotFoundError", "No module named 'geopy.distance'"),
        error("ModuleNotFoundError", "No module named 'geopy'"),
        error("ImportError", "cannot import name 'x' from 'math'"),
        error("NameError", "No module named 'y'"),
    )

    assert lacking(Recording(cells, {})) == ["geopy"]


def test_the_file_format_of_old_notebooks_is_no_obstacle(tmp_path: Path) -> None:
    of = release()
    nb = notebook(of)
    nb = nbformat.reads(nbformat.writes(nb, version=3), as_version=4)

    assert isinstance(looked(nb, of, tmp_path), str)
