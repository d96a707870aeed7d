"""When something comes back: sooner after a mistake, later each time it was known."""

from __future__ import annotations

import datetime as dt

import pytest
from fsrs import Rating
from studies import attempt

from cloudcrib.study.schedule import due, memories, rating

NOON = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


def wait(*rows: object) -> int:
    (one,) = memories(rows).values()  # type: ignore[arg-type]
    return (one.due - dt.datetime.fromisoformat(rows[-1].at)).days  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("verdict", "confidence", "expected"),
    [
        ("INCORRECT", "sure", Rating.Again),
        ("PARTIAL", "sure", Rating.Hard),
        ("CORRECT", "guess", Rating.Hard),
        ("CORRECT", None, Rating.Good),
        ("CORRECT", "think", Rating.Good),
        ("CORRECT", "sure", Rating.Easy),
    ],
)
def test_a_lucky_guess_is_not_knowledge(verdict: str, confidence: str | None, expected: Rating) -> None:
    assert rating(attempt(verdict=verdict, confidence=confidence)) == expected


def test_a_mistake_comes_back_tomorrow() -> None:
    assert wait(attempt(right=False)) == 1


def test_waits_grow_while_it_is_known_and_shrink_when_it_is_forgotten() -> None:
    known = [attempt(day=1), attempt(day=3), attempt(day=14)]
    waits = [wait(*known[:n]) for n in (1, 2, 3)]

    assert waits == sorted(set(waits)) and waits[0] >= 2
    assert wait(*known, attempt(day=29, right=False)) < waits[-1]


def test_the_same_attempts_give_the_same_day_whenever_they_are_asked() -> None:
    rows = [attempt(uid="a"), attempt(day=4, uid="b", right=False), attempt(day=6, uid="c")]

    assert memories(rows) == memories(rows)


def test_an_exercise_is_not_asked_again() -> None:
    assert memories([attempt(kind="exercise")]) == {}


def test_what_was_asked_in_the_evening_is_due_the_whole_of_its_day() -> None:
    (one,) = memories([attempt(right=False, at="2026-11-01T21:00:00.000000Z")]).values()
    next_morning = one.due - dt.timedelta(hours=12)

    same_day = next_morning.astimezone().date() == one.due.astimezone().date()
    assert (due([one], on=next_morning) == [one]) == same_day
    assert due([one], on=one.due) == [one]
    assert due([one], on=one.due - dt.timedelta(hours=24)) == []


def test_the_longest_due_comes_first() -> None:
    found = memories([attempt("vpc-a", day=2, right=False), attempt("vpc-b", day=1, right=False)])

    assert [one.item for one in due(found.values(), on=NOON + dt.timedelta(days=9))] == ["vpc-b", "vpc-a"]
