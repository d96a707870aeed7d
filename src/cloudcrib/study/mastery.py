"""What attempts say about a learner: first answers of a day, shares with their uncertainty, days and minutes of study."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from cloudcrib.study.store import Attempt

PAUSE = dt.timedelta(minutes=10)  # a longer silence is not study
TURN = dt.timedelta(hours=4)  # after midnight; who studies at half past one has not been to bed
GLANCE = dt.timedelta(minutes=1)  # what an answer took that follows such a silence
CONFIDENCE = 1.96  # standard deviations either side: 95 of 100 intervals hold the truth
NO_FAMILIES: Mapping[str, str] = MappingProxyType({})
AREAS = {
    "1": "Secure architectures",
    "2": "Resilient architectures",
    "3": "High-performing architectures",
    "4": "Cost-optimized architectures",
}


@dataclass(frozen=True)
class Share:
    """How much of what was asked somebody got right, and how sure that can be."""

    right: float
    asked: int

    @property
    def value(self) -> float:
        return self.right / self.asked if self.asked else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval: honest with three answers as with three hundred, and never outside 0 and 1."""
        return wilson(self.right, self.asked)


def wilson(right: float, asked: int, z: float = CONFIDENCE) -> tuple[float, float]:
    """Between which shares the true one lies, after so many right of so many asked."""
    if not asked:
        return 0.0, 1.0
    share, square = right / asked, z * z
    middle = (share + square / (2 * asked)) / (1 + square / asked)
    half = z / (1 + square / asked) * math.sqrt(share * (1 - share) / asked + square / (4 * asked * asked))
    return max(0.0, middle - half), min(1.0, middle + half)


def moment(attempt: Attempt) -> dt.datetime:
    """When an attempt was made."""
    return dt.datetime.fromisoformat(attempt.at)


def calendar(at: dt.datetime) -> dt.date:
    """The learner's day at a moment: that of their own clock, which turns while they sleep and not at midnight."""
    return (at.astimezone() - TURN).date()


def day(attempt: Attempt) -> dt.date:
    """On which of the learner's days an attempt was made."""
    return calendar(moment(attempt))


def first_of_day(attempts: Iterable[Attempt]) -> list[Attempt]:
    """The first answer to each thing on each day: a second one has just read the reasons, and shows nothing.

    Only who takes back that they knew a card is believed: they have turned it meanwhile.
    """
    kept: dict[tuple[str, dt.date], Attempt] = {}
    for each in attempts:
        first = kept.setdefault((each.item, day(each)), each)
        if each.kind == "card" and each.fraction < first.fraction:
            kept[each.item, day(each)] = each
    return list(kept.values())


def histories(attempts: Iterable[Attempt], families: Mapping[str, str] = NO_FAMILIES) -> dict[str, list[Attempt]]:
    """The answer of each day to each thing to remember, which is a question or its family.

    Where several siblings were asked on a day, the weakest of their first answers counts: who has the idea gets each right.
    """
    found: dict[str, dict[dt.date, Attempt]] = {}
    for each in first_of_day(attempts):
        kept = found.setdefault(families.get(each.item, each.item), {})
        earlier = kept.get(day(each))
        if earlier is None or each.fraction < earlier.fraction:
            kept[day(each)] = each
    return {name: list(kept.values()) for name, kept in found.items()}


def newest(attempts: Iterable[Attempt], families: Mapping[str, str] = NO_FAMILIES) -> dict[str, Attempt]:
    """The answer of the last day to each thing to remember."""
    return {name: history[-1] for name, history in histories(attempts, families).items()}


def best(attempts: Iterable[Attempt]) -> dict[str, Attempt]:
    """The best attempt at each exercise: one that was solved is solved, however many tries it took."""
    found: dict[str, Attempt] = {}
    for each in attempts:
        if each.kind == "exercise" and (each.item not in found or each.fraction > found[each.item].fraction):
            found[each.item] = each
    return found


def unaided(attempts: Iterable[Attempt], families: Mapping[str, str] = NO_FAMILIES) -> dict[str, Attempt]:
    """What somebody knew before they read the reasons: the first answer of the last day to each question, and exercises."""
    rows = [each for each in attempts if each.kind != "card"]
    return newest((each for each in rows if each.kind != "exercise"), families) | best(rows)


def latest(attempts: Iterable[Attempt], families: Mapping[str, str] = NO_FAMILIES) -> dict[str, Attempt]:
    """How things were left: the last answer to each question, and exercises."""
    rows = [each for each in attempts if each.kind != "card"]
    return {families.get(each.item, each.item): each for each in rows} | best(rows)


def shares(found: Iterable[Attempt], group: Callable[[Attempt], str]) -> dict[str, Share]:
    """How much of each group of things is right."""
    groups: dict[str, list[Attempt]] = {}
    for each in found:
        groups.setdefault(group(each), []).append(each)
    return {name: Share(sum(a.fraction for a in rows), len(rows)) for name, rows in groups.items()}


def area(attempt: Attempt) -> str:
    """The exam domain of an attempt."""
    return attempt.domain.split(".")[0]


def days(attempts: Iterable[Attempt]) -> list[dt.date]:
    """The days on which somebody studied."""
    return sorted({day(each) for each in attempts})


@dataclass(frozen=True)
class Spent:
    """Time at work: what was measured, and what is only estimated on top of it."""

    measured: dt.timedelta
    estimated: dt.timedelta


def spent(attempts: Sequence[Attempt]) -> Spent:
    """Time at work; questions that were in sight together do not count twice."""
    measured = [(moment(each) - dt.timedelta(seconds=each.seconds), moment(each)) for each in attempts if each.seconds]
    known = _covered(measured)
    return Spent(known, _covered([*measured, *_estimated(attempts)]) - known)


def _estimated(attempts: Sequence[Attempt]) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """For what nobody measured: since the answer before, or a minute after a silence that is too long to be work."""
    before = None
    for each in attempts:
        at = moment(each)
        if each.seconds is None:
            yield (before if before and at - before <= PAUSE else at - GLANCE), at
        before = at


def _covered(spans: Iterable[tuple[dt.datetime, dt.datetime]]) -> dt.timedelta:
    """How long at least one of the spans lasted."""
    total, end = dt.timedelta(), None
    for first, last in sorted(spans):
        begin = max(first, end) if end else first
        total += max(last - begin, dt.timedelta())
        end = max(last, end) if end else last
    return total
