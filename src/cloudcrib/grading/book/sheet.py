"""One notebook of a submission on its way through the grader, and what the gradebook says of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbformat import NotebookNode

from cloudcrib.grading.book.items import Item
from cloudcrib.grading.run.job import Job


@dataclass
class Sheet:
    """One notebook of a submission on its way."""

    name: str
    nb: NotebookNode | None = None
    job: Job | None = None
    resources: Any = None
    notes: list[str] = field(default_factory=list)
    broken: bool = False
    items: tuple[Item, ...] = ()
    doubts: list[str] = field(default_factory=list)  # why what it earns may not be what its author earned
    untried: list[str] = field(default_factory=list)  # tests that could not be tried on what was handed in


@dataclass(frozen=True)
class HandedIn:
    """What was found in a submission: its notebooks, sentences, and whether a person has to look."""

    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)
    person: bool = False
    doubtful: list[str] = field(default_factory=list)  # said, and a person called, where it earns nothing


@dataclass(frozen=True)
class Score:
    """How a notebook of a submission was graded."""

    notebook: str
    score: float
    most: float
    by_hand: bool
    cells: dict[str, tuple[float | None, float]]


def score_of(notebook: Any) -> Score:
    """What the gradebook says about one notebook."""
    cells = {
        grade.name: (None if grade.auto_score is None else float(grade.auto_score), float(grade.max_score))
        for grade in notebook.grades
    }
    return Score(
        notebook.name, float(notebook.score), float(notebook.max_score), bool(notebook.needs_manual_grade), cells
    )


def in_short(err: Exception) -> str:
    """What kind of error it is and its first line."""
    said = str(err).strip().splitlines()
    return f"{type(err).__name__}: {said[0][:200]}" if said else type(err).__name__


def text_of(nb: NotebookNode) -> str:
    """A notebook as it is written to a file."""
    text: str = nbformat.writes(nb, version=nbformat.NO_CONVERT)
    return text if text.endswith("\n") else f"{text}\n"


def tell(nb: NotebookNode, notes: list[str]) -> None:
    """A cell on top of the notebook that says what the grader noticed; feedback shows it."""
    from html import escape

    lines = "\n".join(f"- {escape(note, quote=False)}" for note in notes[:50])
    cell = nbformat.v4.new_markdown_cell(f"**What the grader noticed**\n\n{lines}", id="grader-noticed")
    if (nb.nbformat, nb.get("nbformat_minor", 0)) < (4, 5):
        del cell["id"]
    nb.cells.insert(0, cell)
