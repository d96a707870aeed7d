"""The small course as one that gives each student figures of their own, and what its grader derives."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
from shared import MINI, edit

from cloudcrib.editions import build
from cloudcrib.grading.plugins.quizzes import key_of
from cloudcrib.question import Question

NAME, QID = "14-vpc", "vpc-usable-26"
GENERATOR = """
def usable(r):
    prefix = r.randint(16, 28)
    size = 2 ** (32 - prefix)
    return {
        "stem": f"How many addresses of 10.{r.randint(0, 255)}.0.0/{prefix} can you give away?",
        "answer": size - 5,
        "why": f"{size} less {{{{subnet-five-reserved.reserved}}}}.",
        "traps": [{"value": size - 2, "why": "AWS keeps five.", "mistake": "vpc-keeps-two"}],
        "hint": ["What is the block, less what AWS keeps?"],
    }


def sizes(r):
    return {"prefix": r.randint(16, 28)}


VARIANTS = {"vpc-usable-26": usable, "vpc-usable": sizes}
"""


def share_out(root: Path) -> None:
    """A course that gives each student figures of their own, built."""
    shutil.copytree(MINI / "chapters", root / "chapters")
    edit(root / "chapters" / "course.toml", 'id = "mini"', 'id = "mini"\nvariants = true')
    (root / "chapters" / NAME / "variants.py").write_text(GENERATOR)
    assert build.build_one(root, root / "chapters" / NAME).trouble is None


def score_cell(root: Path) -> nbformat.NotebookNode:
    notebook = nbformat.read(root / "source" / NAME / f"{NAME}.ipynb", as_version=4)
    return next(cell for cell in notebook.cells if cell.id == QID)


def as_graded(root: Path, who: str) -> tuple[Question, str]:
    found = key_of(score_cell(root), who)
    assert found is not None
    return found[0], found[1]
