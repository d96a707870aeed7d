"""The score cell of a quiz: in a release it says what is recorded, under stock nbgrader it marks that."""

from __future__ import annotations

import json
from pathlib import Path

from cloudcrib.course.cohort import derived, other_variant, student
from cloudcrib.question.kinds import Question
from cloudcrib.question.marking import Rule, mark
from cloudcrib.question.wording import recorded
from cloudcrib.quizzes import answers
from cloudcrib.quizzes.answers import Record
from cloudcrib.quizzes.saved import remembered, saved


def score(id: str, key: str | None = None, points: float = 1, rule: Rule = "practice") -> float | None:
    """Say what is recorded for a question; with its key, mark that and return the points it earns.

    nbgrader clears outputs before it runs a submission, so the answer is looked for in the side file and, when this
    runs inside `autograded/`, in the notebook as it was submitted.
    """
    if key is None:
        _say_recorded(id)
        return None
    question, own = derived(json.loads(key), student())
    made = _submitted(question).get(id)
    found = mark(question, made.choice if made else None, rule)
    if made and (said := other_variant(made.variant, own)):
        print(said.replace("**", ""))
    print(f"{id}: {found.verdict.value}, {found.fraction * points:g} of {points:g}")
    return found.fraction * points


def _say_recorded(id: str) -> None:
    from IPython.display import display

    from cloudcrib.quizzes.bank import bank

    try:
        here = bank(id)
        made = remembered(here.slug)[0].get(id)
        said = recorded(here.shown[id], made.choice if made else None)
    except (LookupError, ValueError, OSError) as err:
        said = f"**Nothing can be shown for {id}.** {err.args[-1] if err.args else err}"
    display({"text/markdown": said}, raw=True)  # type: ignore[no-untyped-call]


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
