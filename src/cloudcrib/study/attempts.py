"""What was just checked, as an attempt in the learner's own store: heard from the quiz and from exercises."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from cloudcrib.course import place
from cloudcrib.exercise.tests import Tests
from cloudcrib.question.kinds import Choose, Number, Question
from cloudcrib.question.marking import Mark, Verdict, read_number, within
from cloudcrib.quizzes.session import MARK, listeners
from cloudcrib.study.store import Attempt, Store

TRIED = (Verdict.CORRECT, Verdict.PARTIAL, Verdict.INCORRECT)


def subscribe() -> None:
    """From now on, keep every checked answer of this kernel; called by what checks answers in the self-study edition."""
    from cloudcrib.exercise import check

    if not listening():
        listeners.append(keep_question)
    if keep_exercise not in check.listeners:
        check.listeners.append(keep_exercise)


def listening() -> bool:
    """Whether this kernel keeps attempts."""
    return keep_question in listeners


def keep_question(
    question: Question, choice: Any, found: Mark, confidence: str | None, seconds: float | None = None
) -> None:
    """Write down a checked question; the quiz says so when this fails."""
    if found.verdict in TRIED:
        Store().add([of_question(question, choice, found, confidence, seconds)])


def keep_exercise(id: str, done: Tests) -> None:
    """Write down a checked exercise, and speak of a mistake that has come back."""
    if done.verdict not in TRIED:
        return
    try:
        Store().add([of_exercise(id, done)])
    except (OSError, sqlite3.Error, LookupError, ValueError) as err:
        print(f"This attempt is not in your progress: {err}")
        return
    from cloudcrib.study.mistakes import remind

    remind(place.find(id).folder, done.mistakes)


def of_question(
    question: Question, choice: Any, found: Mark, confidence: str | None, seconds: float | None = None
) -> Attempt:
    """The attempt that a marked choice is."""
    item, _, variant = question.id.partition(MARK)
    slug = place.find(item).slug
    kind = "card" if item.startswith(f"{slug}-card-") else "question"
    return Attempt(
        kind,
        item,
        slug,
        question.domain,
        found.verdict.name,
        found.fraction,
        answer=choice,
        variant=variant,
        confidence=confidence,
        seconds=seconds,
        mistakes=tuple(mistakes(question, choice)),
    )


def of_exercise(id: str, done: Tests) -> Attempt:
    """The attempt that a run of an exercise's tests is."""
    from cloudcrib.course.chapter import read

    where = place.find(id)
    domain = read(where.folder).exercise(id).domain
    fraction = done.earned / done.points if done.points else 0.0
    return Attempt("exercise", id, where.slug, domain, done.verdict.name, fraction, mistakes=tuple(done.mistakes))


def mistakes(question: Question, choice: Any) -> Iterable[str]:
    """The known mistakes that a choice shows."""
    match question.body:
        case Choose(options):
            found = [option.mistake for option in options if option.id in choice]
        case Number() as body:
            value = read_number(str(choice), body.unit)
            right = value is not None and within(value, body.answer, body.tolerance)
            hit = (t for t in body.traps if value is not None and not right and within(value, t.value, body.tolerance))
            found = [trap.mistake for trap in hit][:1]
        case _:
            found = []
    return [slug for slug in found if slug]
