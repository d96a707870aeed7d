"""Whether somebody knows what they know: how sure they said they were, and how often they were right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cloudcrib.study.mastery import NO_FAMILIES, Share, first_of_day, newest
from cloudcrib.study.store import Attempt

SAID = {"guess": 0.3, "think": 0.7, "sure": 0.95}  # the chance of being right that each word claims
ENOUGH = 10  # answers before their mean says anything
WORDS = {"guess": "guess", "think": "think so", "sure": "sure"}


@dataclass(frozen=True)
class Level:
    """One level of confidence: the chance it claims, and what came of it."""

    said: str
    claimed: float
    share: Share


def levels(attempts: Iterable[Attempt]) -> list[Level]:
    """The levels that somebody used, from least sure to surest."""
    stated = _stated(attempts)
    found = []
    for said, claimed in SAID.items():
        rows = [each for each in stated if each.confidence == said]
        if rows:
            found.append(Level(said, claimed, Share(sum(map(_right, rows)), len(rows))))
    return found


def brier(attempts: Iterable[Attempt]) -> float | None:
    """The mean square of claim less outcome: 0 is a prophet, 0.25 what saying “fifty-fifty” to everything earns.

    None while there are so few answers that one of them decides it.
    """
    stated = _stated(attempts)
    if len(stated) < ENOUGH:
        return None
    return sum((SAID[each.confidence or ""] - _right(each)) ** 2 for each in stated) / len(stated)


def confidently_wrong(attempts: Iterable[Attempt], families: Mapping[str, str] = NO_FAMILIES) -> list[Attempt]:
    """Where somebody was sure and wrong at the first answer of the last day, the most recent first."""
    last = newest(attempts, families).values()
    found = [each for each in last if each.confidence == "sure" and not _right(each)]
    return sorted(found, key=lambda each: each.at, reverse=True)


def _stated(attempts: Iterable[Attempt]) -> list[Attempt]:
    return [each for each in first_of_day(attempts) if each.confidence in SAID]


def _right(attempt: Attempt) -> bool:
    return attempt.verdict == "CORRECT"
