"""The score cell of a quiz: silent in a release, since the quiz itself says what is recorded; under stock nbgrader it marks that."""

from __future__ import annotations

import json
from pathlib import Path

from cloudcrib.course.cohort import derived, other_variant, student
from cloudcrib.question.kinds import Question
from cloudcrib.question.marking import Rule, mark
from cloudcrib.quizzes import answers
from cloudcrib.quizzes.answers import Record
from cloudcrib.quizzes.saved import saved


def score(id: str, key: str | None = None, points: float = 1, rule: Rule = "practice") -> float | None:
    """Mark what is recorded for a question and return the points it earns; without its key, in a release, do and say nothing.

    nbgrader clears outputs before it runs a submission, so the answer is looked for in the side file and, when this
    runs inside `autograded/`, in the notebook as it was submitted.
    """
    if key is None:
        return None
    question, own = derived(json.loads(key), student())
    made = _submitted(question).get(id)
    found = mark(question, made.choice if made else None, rule)
    if made and (said := other_variant(made.variant, own)):
        print(said.replace("**", ""))
    print(f"{id}: {found.verdict.value}, {found.fraction * points:g} of {points:g}")
    return found.fraction * points


def _submitted(question: Question) -> Record:
    """Every answer of the submission that this kernel runs, the newest of each question."""
    here = Path.cwd()
    record: Record = {}
    for path in sorted(here.glob("*.answers.json")):
        record = answers.merge(record, answers.peek(path))
    for path in [*sorted(here.glob("*.ipynb")), *_original(here)]:
        record = answers.merge(record, saved(path))
    return record


def _original(here: Path) -> list[Path]:
    """The notebooks as submitted, seen from `autograded/STUDENT/ASSIGNMENT`."""
    student, assignment = here.parent.name, here.name
    course = here.parent.parent.parent
    return sorted((course / "submitted" / student / assignment).glob("*.ipynb"))
