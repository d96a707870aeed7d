"""When something is due again: FSRS, fed with the first answer of each day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from cloudcrib.study.mastery import NO_FAMILIES, calendar, day, histories
from cloudcrib.study.store import Attempt, now

if TYPE_CHECKING:
    from fsrs import Card, Rating, Scheduler

REVIEWED = ("question", "card")  # exercises are not asked again
RETENTION = 0.9  # the chance to remember at which FSRS asks again
LONGEST = 365  # days; who knows something for a year has passed the exam


@dataclass(frozen=True)
class Memory:
    """How well one thing is kept in mind: the last answer that counted, and the day it is due again."""

    item: str  # a question, a card, or the family of questions that one idea answers
    last: Attempt
    due: dt.date
    days: float  # how long it stays above the retention that is wanted


def memories(attempts: Iterable[Attempt], families: Mapping[str, str] = NO_FAMILIES) -> dict[str, Memory]:
    """The memory of each thing that was asked, worked out from its answer of each day."""
    asked = histories((each for each in attempts if each.kind in REVIEWED), families)
    return {item: _memory(item, history) for item, history in asked.items()}


def _memory(item: str, history: list[Attempt]) -> Memory:
    from fsrs import Card

    card: Card = Card(card_id=1, due=_noon(history[0]))
    for each in history:
        card, _ = _scheduler().review_card(card, rating(each), _noon(each))
    return Memory(item, history[-1], card.due.date(), card.stability or 0.0)


def _noon(attempt: Attempt) -> dt.datetime:
    """An attempt as FSRS counts it, in whole days: what is asked one evening and next morning was kept for a day."""
    return dt.datetime.combine(day(attempt), dt.time(12), dt.UTC)


@lru_cache(maxsize=1)
def _scheduler() -> Scheduler:
    """No steps of minutes, since a notebook is opened once a day; no chance, since a learner may ask twice."""
    from fsrs import Scheduler

    return Scheduler(
        desired_retention=RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST,
        enable_fuzzing=False,
    )


def rating(attempt: Attempt) -> Rating:
    """How hard it was to remember: a lucky guess is not knowledge, and certainty counts only when it was right."""
    from fsrs import Rating

    if attempt.verdict != "CORRECT":
        return Rating.Hard if attempt.verdict == "PARTIAL" else Rating.Again
    return {"guess": Rating.Hard, "sure": Rating.Easy}.get(attempt.confidence or "", Rating.Good)


def due(found: Iterable[Memory], on: dt.datetime | None = None) -> list[Memory]:
    """What is due by the end of the learner's day, the longest due first."""
    today = calendar(on or now())
    waiting = [each for each in found if each.due <= today]
    return sorted(waiting, key=lambda each: (each.due, each.item))
