"""Preprocessors for stock nbgrader: read quiz answers as data, score them in the grader's process, keep hidden tests out of feedback."""

from __future__ import annotations

import contextlib
import html
import json
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Enum

from cloudcrib.course import regions
from cloudcrib.course.cohort import derived, other_variant
from cloudcrib.grading.plugins.which import Which, which
from cloudcrib.question import Question, explain, key, mark
from cloudcrib.quizzes import answers
from cloudcrib.quizzes.answers import Record

_read: dict[Which, Record] = {}  # what each submission answered; kept here, out of reach of the kernel


class ReadAnswers(NbGraderPreprocessor):
    """First sanitize step: take the quiz answers from the outputs, before ClearOutput clears them."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        folder = resources.get("metadata", {}).get("path")
        _read[which(resources)] = submitted(nb, Path(folder) if folder else None, resources["nbgrader"]["assignment"])
        return nb, resources


def submitted(nb: NotebookNode, folder: Path | None, assignment: str) -> Record:
    """The answers of a submission: those in its notebook and those in its side file, the newer of two winning."""
    record = answers.from_notebook(nb)
    for side in answers.names(answers.side_file(folder, assignment.split("-", 1)[-1])) if folder else ():
        if side.is_file() and not side.is_symlink() and side.stat().st_size <= answers.LARGEST_FILE:
            with contextlib.suppress(ValueError, OSError, RecursionError):  # the notebook alone is a whole submission
                record = answers.merge(record, answers.from_data(json.loads(side.read_text(encoding="utf-8"))))
    return record


class ScoreAnswers(NbGraderPreprocessor):
    """After Execute: put each question's score and feedback where its cell's own output stood."""

    rule = Enum(
        ("practice", "exam"), "practice", help="practice: each option counts, never below zero; exam: all or nothing"
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        who = which(resources)
        record = _read.pop(who, None)
        if record is None:
            self.log.error("No quiz answers were read for %s: is ReadAnswers among the sanitize_preprocessors?", who)
        for cell in nb.cells:
            if found := key_of(cell, who[0]):
                cell.outputs = outputs(*found, record or {}, float(cell.metadata.nbgrader["points"]), self.rule)
        return nb, resources


def key_of(cell: NotebookNode, student: str = "") -> tuple[Question, str, str] | None:
    """The question that a score cell holds the key of, as this student had it, with their variant and where to read on."""
    if cell.cell_type != "code" or not cell.metadata.get("nbgrader", {}).get("grade"):
        return None
    held = key.read(cell.source)
    return None if held is None else (*derived(held.data, student), _where(held))


def _where(held: key.Key) -> str:
    return f"Read on: [the AWS page]({held.page}), checked {held.checked}." if held.page else ""


def outputs(
    question: Question, variant: str, read: str, record: Record, points: float, rule: Any
) -> list[NotebookNode]:
    """What a score cell shows after grading: question, verdict, answer and reasons, where to read; and the points for nbgrader."""
    given = record.get(question.id)
    choice = given.choice if given else None
    earned = round(mark(question, choice, rule).fraction * points, 4)
    other = other_variant(given.variant, variant) if given else ""
    stem = f"*Your variant:* {question.stem}" if variant else question.stem
    told = "\n\n".join(filter(None, [other, stem, explain(question, choice), read]))
    shown = {
        "text/plain": repr(earned),
        "text/html": f"<strong>{earned:g} of {points:g}</strong> {'point' if points == 1 else 'points'}",
    }
    return [
        new_output("display_data", {"text/markdown": told, "text/plain": told}),
        new_output("execute_result", shown, execution_count=None),
    ]


class HideHiddenTests(NbGraderPreprocessor):
    """For feedback: no hidden test, no key, and no traceback that quotes one."""

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> tuple[NotebookNode, Any]:
        if cell.cell_type != "code" or not regions.HIDDEN.search(cell.source):
            return cell, resources
        cell.source = regions.visible(cell.source)
        cell.outputs = [_without_quotes(output) for output in cell.outputs]
        return cell, resources


def _without_quotes(output: NotebookNode) -> NotebookNode:
    if output.output_type == "error":
        output.traceback = [html.unescape(f"{output.ename}: {output.evalue}")]
    return output
