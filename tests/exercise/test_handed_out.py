"""A student runs some of the tests, and is told of all points which are earned here and that there is more."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbclient
import nbformat
import pytest
from shared import GOLDEN

from cloudcrib.exercise import handed_out
from cloudcrib.exercise.tests import Tests

NAME = "14-vpc"
RIGHT = "def usable(prefix):\n    return 2 ** (32 - prefix) - 5"


def report(tests: Tests, *points: float) -> str:
    """The last line of a report in which all parts of so many points pass."""
    for number, each in enumerate(points):
        with tests.part(str(number), points=each):
            tests.holds(True, "")
    return tests.report().splitlines()[-1]


@pytest.mark.parametrize(
    ("of", "points", "says"),
    [
        (None, (2, 1), "3 of 3 points"),
        (3, (2,), "2 of 3 points here; the rest is tested after you hand in"),
        (3, (2, 1), "3 of 3 points here; more is tested after you hand in"),
    ],
)
def test_a_report_says_what_the_points_are_of(of: float | None, points: tuple[float, ...], says: str) -> None:
    assert report(Tests("vpc-usable", of=of), *points) == says


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(GOLDEN / "release" / NAME, tmp_path / NAME)
    monkeypatch.chdir(tmp_path / NAME)
    return tmp_path / NAME


def test_a_cell_with_its_hidden_tests_counts_for_itself(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    visible = 't = tests("vpc-usable")\nt.score()'
    hidden = f"{visible}\n### BEGIN HIDDEN TESTS\npass\n### END HIDDEN TESTS\n"

    found = []
    for code in (visible, hidden, ""):
        monkeypatch.setattr(handed_out, "_running", lambda code=code: code)
        found.append(handed_out.points("vpc-usable"))

    assert found == [3, None, None]


def test_an_assignment_of_before_points_stood_there_counts_as_it_did(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = json.loads((desk / "questions.json").read_text())
    (desk / "questions.json").write_text(json.dumps({name: data[name] for name in data if name != "points"}))
    monkeypatch.setattr(handed_out, "_running", lambda: 'tests("vpc-usable")')

    assert handed_out.points("vpc-usable") is None


@pytest.mark.filterwarnings("default")
def test_in_a_kernel_the_students_notebook_says_so(desk: Path) -> None:
    notebook = nbformat.read(desk / f"{NAME}.ipynb", as_version=4)
    next(cell for cell in notebook.cells if cell.id == "vpc-usable").source = RIGHT

    nbclient.NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(desk)}}).execute()

    (tested,) = (cell for cell in notebook.cells if cell.id == "vpc-usable-tests")
    assert tested.outputs[0].text.endswith("2 of 3 points here; the rest is tested after you hand in\n")
    scores = [cell for cell in notebook.cells if "crib-score" in cell.metadata.get("tags", [])]
    assert len(scores) == 2 and not any(cell.outputs for cell in scores)
