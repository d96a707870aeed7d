"""A course to grade: its folder, its gradebook, a classmate, and what must stay as it is."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import nbformat

from cohort.assignment import NAME, RIGHT, VICTIM, answered, source, write

CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "cohort"\nc.Execute.timeout = {timeout}\n'


def lay_out(root: Path, timeout: int = 5) -> Path:
    """A course with the assignment released and one honest classmate's work."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "nbgrader_config.py").write_text(CONFIG.format(timeout=timeout), encoding="utf-8")
    write(source(), root / "source" / NAME / f"{NAME}.ipynb")
    generate(root, NAME)
    hand_in_right(root, "victim")
    return root


def generate(root: Path, assignment: str) -> None:
    """nbgrader generate_assignment, in this process."""
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = "cohort"
    here = os.getcwd()
    try:
        said = NbGraderAPI(config=config).generate_assignment(assignment, force=True)
    finally:
        os.chdir(here)
    assert said["success"], said.get("error") or said.get("log")


def hand_in(root: Path, student: str, nb: Any, assignment: str = NAME) -> Path:
    folder = root / "submitted" / student / assignment
    write(nb, folder / f"{assignment}.ipynb")
    return folder


def hand_in_right(root: Path, student: str) -> Path:
    return hand_in(root, student, answered(RIGHT, last=f"# {VICTIM}"))


def stock(root: Path, *more: str, assignment: str = NAME, seconds: float = 1500, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Plain nbgrader autograde."""
    line = [sys.executable, "-m", "nbgrader", "autograde", assignment, *more]
    outside = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}  # ipykernel minds it
    return subprocess.run(line, cwd=root, capture_output=True, text=True, timeout=seconds, env={**outside, **(env or {})}, check=False)


ROWS = """
select student.id, assignment.name, notebook.name, base_cell.name, grade.auto_score, grade.manual_score, grade.extra_credit,
       grade.needs_manual_grade, submitted_notebook.late_submission_penalty, submitted_assignment.timestamp
from grade join base_cell on grade.cell_id = base_cell.id join submitted_notebook on grade.notebook_id = submitted_notebook.id
join notebook on submitted_notebook.notebook_id = notebook.id
join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
join student on submitted_assignment.student_id = student.id join assignment on submitted_assignment.assignment_id = assignment.id
order by 1, 2, 3, 4"""
COMMENTS = """
select student.id, notebook.name, base_cell.name, comment.auto_comment, comment.manual_comment
from comment join base_cell on comment.cell_id = base_cell.id join submitted_notebook on comment.notebook_id = submitted_notebook.id
join notebook on submitted_notebook.notebook_id = notebook.id
join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
join student on submitted_assignment.student_id = student.id order by 1, 2, 3"""


def rows(root: Path) -> list[tuple[Any, ...]]:
    """What the gradebook says, by names instead of row ids."""
    db = sqlite3.connect(root / "gradebook.db")
    try:
        return [tuple(row) for query in (ROWS, COMMENTS) for row in db.execute(query)]
    finally:
        db.close()


def scores(root: Path) -> dict[str, float]:
    """Each student's points, manual ones included."""
    found: dict[str, float] = {}
    for row in rows(root):
        if len(row) == 10:
            found[row[0]] = found.get(row[0], 0) + float(row[5] if row[5] is not None else row[4] or 0)
    return found


def autograded(root: Path) -> dict[str, Any]:
    """Every autograded notebook, without when cells ran, the process numbers that warnings quote, and what `joined` leaves out."""
    found = {}
    for path in sorted((root / "autograded").glob("*/*/*.ipynb")):
        nb = json.loads(re.sub(r"ipykernel_\d+/", "ipykernel/", path.read_text(encoding="utf-8")))
        for cell in nb["cells"]:
            cell["metadata"].pop("execution", None)
            if "outputs" in cell:
                cell["outputs"] = joined(cell["outputs"])
        found[str(path.relative_to(root))] = nb
    return found


def joined(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What each stream printed between two other outputs, in one piece, standard output first.

    ipykernel leaves two things to the clock. A thread sends what was printed every fifth of a second, so a line may come in pieces. And each
    stream has a buffer of its own, so either may come first; both are emptied before a display, a result, an error and the end of the cell.
    """
    made: list[dict[str, Any]] = []
    said: dict[str, dict[str, Any]] = {}
    for output in outputs:
        if output["output_type"] == "stream":
            before = said.get(output["name"], {"text": ""})["text"]
            said[output["name"]] = {**output, "text": before + "".join(output["text"])}
        else:
            made += [*_in_order(said), output]
            said = {}
    return made + _in_order(said)


def _in_order(said: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [said[name] for name in sorted(said, reverse=True)]


def printed(root: Path, student: str, assignment: str = NAME) -> str:
    """What a student's own cells printed or showed when they were graded."""
    path = root / "autograded" / student / assignment / f"{assignment}.ipynb"
    if not path.exists():
        return ""
    nb = nbformat.read(path, as_version=4)
    own = [cell for cell in nb.cells if cell.cell_type == "code" and not cell.metadata.get("nbgrader", {}).get("grade")]
    return "\n".join(_text(output) for cell in own for output in cell.outputs)


def _text(output: Any) -> str:
    if output.output_type == "stream":
        return str(output.text)
    if output.output_type == "error":
        return "\n".join(output.traceback)
    return str(output.data.get("text/plain", ""))


@cache
def sample() -> Path:
    """nbgrader's own sample course, as its wheel ships it."""
    import nbgrader

    return Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
