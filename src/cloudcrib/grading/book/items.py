"""How each question and each part of an exercise went, read from a graded notebook for those who look through a cohort."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nbformat import NotebookNode
from nbgrader import utils

from cloudcrib.grading.plugins.quizzes import key_of
from cloudcrib.question import Verdict
from cloudcrib.question.explaining import SAY

PART = re.compile(r"^([✓✗–]) (.+) \(([\d.]+)\)(?:: not tried yet)?$", re.MULTILINE)
UNTOUCHED = "Not attempted yet."
MOST_READ, MOST_SAID = 20_000, 2_000  # characters of what a test cell printed


@dataclass(frozen=True)
class Part:
    """Some points of an exercise, earned or not."""

    name: str
    points: str
    passed: bool


@dataclass(frozen=True)
class Item:
    """One question or exercise of a submission; no score means that a person decides."""

    id: str
    title: str
    score: float | None
    most: float
    answered: bool
    parts: tuple[Part, ...] = ()
    said: str = ""


def items(nb: NotebookNode, titles: Mapping[str, str]) -> tuple[Item, ...]:
    """Every graded cell of a notebook, in its order."""
    found, blank = [], False
    for cell in nb.cells:
        if utils.is_solution(cell):
            blank = _untouched(cell)
        if utils.is_grade(cell):
            found.append(_item(cell, titles, blank))
    return tuple(found)


def _untouched(cell: NotebookNode) -> bool:
    """Whether an answer is as it was released, whose checksum stands in its metadata."""
    return bool(cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell))


def _item(cell: NotebookNode, titles: Mapping[str, str], blank: bool) -> Item:
    """A graded cell; `blank` says that the answer above it was left as it was."""
    id = str(cell.metadata.nbgrader.grade_id)
    score, most = utils.determine_grade(cell)
    said = _printed(cell)[:MOST_READ]
    parts = tuple(Part(name, points, sign == "✓") for sign, name, points in PART.findall(said))
    if key_of(cell):
        answered = SAY[Verdict.NOT_ATTEMPTED] not in _shown(cell).split("\n\n")
    else:
        answered = bool(score) or not (blank or said.strip() == UNTOUCHED)
    earned = None if score is None else float(score)
    return Item(id, titles.get(id, id), earned, float(most), answered, parts, said[:MOST_SAID])


def _printed(cell: NotebookNode) -> str:
    outputs = cell.get("outputs", [])
    return "".join(output.text for output in outputs if output.output_type == "stream" and output.name == "stdout")


def _shown(cell: NotebookNode) -> str:
    found = (output.data.get("text/markdown", "") for output in cell.get("outputs", []) if "data" in output)
    return "\n\n".join(text for text in found if isinstance(text, str))
