"""Cells of the course that only draw are not run while grading; everything else is."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from cohort import course
from cohort.machine import needs_bubblewrap
from nbformat.v4 import new_code_cell, new_notebook, new_output
from shared import REPOSITORY
from traitlets.config import Config

from cloudcrib.grading.batch import Options, grade_course
from cloudcrib.grading.book.course import Course
from cloudcrib.grading.plugins import pictures
from cloudcrib.grading.plugins.pictures import only_draws
from cloudcrib.grading.single import grade

SOURCES = sorted((REPOSITORY / "source").glob("*/*.ipynb"))
PNG = base64.b64encode(b"a picture").decode()


@pytest.mark.parametrize(
    "source",
    [
        'draw.vpc.reserved("10.0.1.64/28")',
        "explore.vpc.packing()",
        'draw.a.b(["x"], key={1: 2})',
        "draw.a.b(x, -1)  # why",
    ],
)
def test_a_call_of_a_drawer_only_draws(source: str) -> None:
    assert only_draws(source)


@pytest.mark.parametrize(
    "source",
    [
        "x = draw.vpc.reserved()", "x = 1\ndraw.vpc.reserved(x)", "draw.vpc.reserved(f())", "draw.vpc.reserved(x := 1)", "draw", "",
        "drawer.f()", "vpc.draw()", "draw.vpc.reserved(", "%time draw.vpc.reserved()", "[draw.a() for _ in 'ab']", "(lambda: draw)().a()",
    ],
)  # fmt: skip
def test_whatever_binds_calls_or_cannot_be_read_does_more(source: str) -> None:
    assert not only_draws(source)


def test_in_every_chapter_of_ours_most_figures_are_left_out() -> None:
    for path in SOURCES:
        cells = [c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
        drawing = [text for text in cells if text.startswith(("draw.", "explore."))]

        assert pictures.own(nbformat.read(path, as_version=4)).drawings >= set(drawing)


def notebook(*sources: str) -> Any:
    nb = new_notebook(cells=[new_code_cell(source, id=f"c{at}") for at, source in enumerate(sources)])
    nb.metadata.kernelspec = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return nb


IMPORT = "from cloudcrib import draw"
DRAWN = 'draw.vpc.reserved("10.0.1.64/28")'


def drawn(nb: Any, own: Any) -> list[str]:
    return [cell.id for cell in pictures.drawings(nb, pictures.own(own))]


def test_only_what_stands_in_the_course_word_for_word_is_left_out() -> None:
    own = notebook(IMPORT, DRAWN)

    assert drawn(notebook(IMPORT, DRAWN, DRAWN.replace("64", "96"), f"{DRAWN} "), own) == ["c1", "c3"]


@pytest.mark.parametrize(
    "theirs",
    [
        "draw = Mine()",
        "import turtle as draw",
        "def explore(): ...",
        "class draw: ...",
        "for draw in (1,): ...",
        "draw = 1 +",
        "%run draw",
    ],
)
def test_where_a_student_gives_the_names_another_meaning_everything_runs(theirs: str) -> None:
    assert drawn(notebook(IMPORT, theirs, DRAWN), notebook(IMPORT, DRAWN)) == []


@pytest.mark.parametrize(
    "theirs",
    [
        "from cloudcrib import draw, explore\nimport math",
        "picture = draw.vpc.reserved('10.0.0.0/28')",
        "x =",
        "draw.vpc.legend = 1",
    ],
)
def test_a_student_may_import_and_use_them(theirs: str) -> None:
    assert drawn(notebook(IMPORT, theirs, DRAWN), notebook(IMPORT, DRAWN)) == ["c2"]


def test_a_cell_that_claims_to_be_left_out_is_not() -> None:
    nb = notebook("print('mine')")
    nb.cells[0].metadata[pictures.LEFT_OUT] = "something else"

    pictures.without(nb, pictures.Own())

    assert nb.cells[0].source == "print('mine')" and pictures.LEFT_OUT not in nb.cells[0].metadata


@needs_bubblewrap
def test_the_picture_that_was_handed_in_stays_and_nothing_else_of_it() -> None:
    handed_in = notebook(IMPORT, DRAWN, "1 + 1")
    handed_in.cells[1].outputs = [
        new_output("stream", text="forged"),
        new_output(
            "execute_result",
            {"image/png": PNG, "text/plain": "five kept", "text/html": "<b>forged</b>"},
            execution_count=2,
        ),
    ]

    found = grade(notebook(IMPORT, DRAWN, "1 + 1"), handed_in)

    left_out, ran = found.notebook.cells[1:]
    assert left_out.source == DRAWN and left_out.execution_count is None
    assert [dict(output.data) for output in left_out.outputs] == [{"image/png": PNG, "text/plain": "five kept"}]
    assert ran.outputs[0].data["text/plain"] == "2"


@needs_bubblewrap
def test_a_cell_that_a_student_changed_is_drawn() -> None:
    changed = DRAWN.replace("64", "96")

    found = grade(notebook(IMPORT, DRAWN), notebook(IMPORT, changed))

    assert "image/png" in found.notebook.cells[1].outputs[0].data


@pytest.mark.slow
@needs_bubblewrap
def test_plain_nbgrader_and_crib_grade_leave_out_the_same(tmp_path: Path) -> None:
    """With the course's settings; that all else is equal too, `test_equal.py` shows on whole chapters."""
    root = small_course(tmp_path / "ours")
    shutil.copytree(root, tmp_path / "theirs")

    grade_course(Course(root, "pics"), Options(split=False, cache=False))
    said = course.stock(tmp_path / "theirs", assignment="pics")

    assert said.returncode == 0, said.stderr[-2000:]
    ours, theirs = (course.autograded(each) for each in (root, tmp_path / "theirs"))
    assert ours == theirs
    (nb,) = ours.values()
    assert [bool(cell["outputs"]) for cell in nb["cells"]] == [False, True, False, True, True]
    assert [cell["execution_count"] for cell in nb["cells"]] == [1, None, None, 2, 3]


def small_course(root: Path) -> Path:
    """A course of ours with a notebook of figures, and a student who has run one of them."""
    own = notebook(IMPORT, DRAWN, "draw.vpc.reserved('10.0.2.0/28')", "print('mine')", "1.0")
    role = {
        "grade": True,
        "grade_id": "one",
        "locked": True,
        "points": 1,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    own.cells[4].metadata = {"nbgrader": role}
    path = root / "source" / "pics" / "pics.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(own, path)
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    course.generate(root, "pics")
    handed_in = json.loads((root / "release" / "pics" / "pics.ipynb").read_text(encoding="utf-8"))
    handed_in["cells"][1]["outputs"] = [
        {"output_type": "display_data", "data": {"image/png": PNG, "text/plain": "kept"}, "metadata": {}}
    ]
    course.hand_in(root, "ada", nbformat.from_dict(handed_in), "pics")
    return root


def test_without_a_course_of_its_own_nothing_is_left_out(tmp_path: Path) -> None:
    names = {"nbgrader": {"student": "ada", "assignment": "none", "notebook": "none"}}

    found = pictures.known(names, Config({"CourseDirectory": {"root": str(tmp_path)}}))

    assert found == pictures.Own()
