"""What a notebook calls where several parts meet: quizzes and exercises ask, and the learner's own progress listens."""

from __future__ import annotations

from typing import Any

from cloudcrib import events
from cloudcrib.events import Checked, Reminder

__all__ = ["answer", "check", "hint", "quiz", "review", "solution"]


def quiz(*ids: str, bank: str = "") -> None:
    """Ask these questions, with what the learner answered before already filled in; `bank` names the questions meant."""
    from cloudcrib.quizzes import cell

    events.listen(_keep)
    cell.quiz(*ids, bank=bank)


def answer(id: str, choice: Any, confidence: str | None = None) -> None:
    """Record an answer without a mouse; in the self-study edition it is checked at once."""
    from cloudcrib.quizzes import cell

    events.listen(_keep)
    cell.answer(id, choice, confidence)


def check(id: str) -> None:
    """Run the tests of an exercise, hidden ones included, against what the notebook defines now.

    It shows the verdict itself, as `hint` and `solution` do what they have: a cell shows only the value of its last line.
    """
    from cloudcrib.exercise import check as exercises

    events.listen(_keep)
    found = exercises.check(id)
    _show(found)
    if isinstance(found, exercises.Result) and found.reminder:
        _show(exercises.Said(found.reminder.words))
        if found.reminder.ask:
            quiz(found.reminder.ask)


def hint(id: str) -> None:
    """Show the next hint of an exercise."""
    from cloudcrib.exercise import check as exercises

    _show(exercises.hint(id))


def solution(id: str) -> None:
    """Show one way to solve an exercise."""
    from cloudcrib.exercise import check as exercises

    _show(exercises.solution(id))


def review(most: int | None = None) -> None:
    """Ask what is due today, a few questions at a time."""
    from cloudcrib.study import review as reviews

    events.listen(_keep)
    reviews.review(most or reviews.MOST)


def _keep(event: Checked) -> Reminder | None:
    """Write a checked answer into the learner's progress."""
    from cloudcrib.study import attempts

    return attempts.keep(event)


def _show(found: object) -> None:
    from IPython.display import display

    display(found)  # type: ignore[no-untyped-call]
