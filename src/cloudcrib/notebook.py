"""What a notebook calls where several parts meet: quizzes and exercises ask, and the learner's own progress listens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cloudcrib import events
from cloudcrib.events import Checked, Reminder

if TYPE_CHECKING:
    from cloudcrib.exercise.check import Result, Said

__all__ = ["answer", "check", "quiz", "review"]


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


def check(id: str) -> Result | Said:
    """Run the tests of an exercise, hidden ones included, against what the notebook defines now."""
    from cloudcrib.exercise import check as exercises

    events.listen(_keep)
    return exercises.check(id)


def review(most: int | None = None) -> None:
    """Ask what is due today, a few questions at a time."""
    from cloudcrib.study import review as reviews

    events.listen(_keep)
    reviews.review(most or reviews.MOST)


def _keep(event: Checked) -> Reminder | None:
    """Write a checked answer into the learner's progress; after an exercise, ask at once what tells two ideas apart."""
    from cloudcrib.study import attempts

    reminder = attempts.keep(event)
    if reminder is None or event.kind != "exercise":
        return reminder
    _show(reminder.words)
    if reminder.ask:
        quiz(reminder.ask)
    return None


def _show(words: str) -> None:
    from IPython.display import display

    display({"text/markdown": words, "text/plain": words}, raw=True)  # type: ignore[no-untyped-call]
