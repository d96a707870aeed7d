"""The assignment that the cohort answers: three small functions, five points each, with tests of three habits."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

NAME = "five"
POINTS = 15
HIDDEN = "hidden-secret-7341"  # stands in a hidden test; whoever shows it has read one
VICTIM = "victims-answer-5512"  # stands in a classmate's work
TOKEN = "grader-token-9028"  # stands in the grader's environment

IMPORTS = "import math"
WRONG = {"double": "def double(x):\n    return 0", "mean": "def mean(xs):\n    return 0", "near": "def near(x):\n    return 0.0"}
RIGHT = {
    "double": "def double(x):\n    return 2 * x",
    "mean": "def mean(xs):\n    return sum(xs) / len(xs)",
    "near": "def near(x):\n    return x / 3",
}
TESTS = {
    "double": f"""assert double(2) == 4
### BEGIN HIDDEN TESTS
assert double(10) == 20, "{HIDDEN}"
assert double("ab") == "abab"
### END HIDDEN TESTS""",
    "mean": """from statistics import fmean
assert fmean([mean([2, 4]), 5]) == 4
### BEGIN HIDDEN TESTS
assert fmean([mean([1, 1, 4]), 4]) == 3
### END HIDDEN TESTS""",
    "near": """assert math.isclose(near(1), 1 / 3)
### BEGIN HIDDEN TESTS
points = 5.0 if math.isclose(near(2), 2 / 3) else 0.0
assert points
### END HIDDEN TESTS
points""",
}


def source() -> Any:
    """The instructor's notebook."""
    cells = [new_markdown_cell("# Five points each", id="title"), new_code_cell(IMPORTS, id="imports")]
    for name, right in RIGHT.items():
        head, _, body = right.partition("\n")
        stub = f"{head}\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION"
        cells.append(new_code_cell(stub, id=name, metadata={"nbgrader": _role(name, solution=True)}))
        cells.append(new_code_cell(TESTS[name], id=f"{name}-tests", metadata={"nbgrader": _role(f"{name}-tests", grade=True)}))
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": spec})


def _role(name: str, solution: bool = False, grade: bool = False) -> dict[str, Any]:
    said = {"grade": grade, "solution": solution, "locked": grade, "task": False, "schema_version": 3, "grade_id": name}
    return {**said, "points": 5} if grade else said


def released() -> Any:
    """What students get: no solution, no hidden test."""
    nb = copy.deepcopy(source())
    for cell in nb.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in RIGHT:
            cell.source = RIGHT[name].partition("\n")[0] + "\n    # YOUR CODE HERE\n    raise NotImplementedError()"
        elif name:
            before, _, rest = cell.source.partition("### BEGIN HIDDEN TESTS")
            cell.source = (before + rest.partition("### END HIDDEN TESTS")[2]).strip()
    return nb


def answered(answers: dict[str, str], first: str = "", last: str = "") -> Any:
    """A submission: these answers, and perhaps a cell before them and one after."""
    nb = released()
    for cell in nb.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in answers:
            cell.source = answers[name]
    if first:
        nb.cells.insert(2, new_code_cell(first, id="extra-first"))
    if last:
        nb.cells.append(new_code_cell(last, id="extra-last"))
    return nb


def cell(nb: Any, name: str) -> Any:
    """A notebook's cell by its grade id."""
    return next(cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name)


def write(nb: Any, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(nb) + "\n", encoding="utf-8")
