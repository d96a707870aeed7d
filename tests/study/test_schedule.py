"""When something comes back: sooner after a mistake, later each time it was known."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator

import pytest
from fsrs import Rating
from studies import attempt

from cloudcrib.study.mastery import calendar, day
from cloudcrib.study.schedule import due, memories, rating

NOON = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


def wait(*rows: object) -> int:
    (one,) = memories(rows).values()  # type: ignore[arg-type]
    return (one.due - day(rows[-1])).days  # type: ignore[arg-type]


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


@pytest.fixture
def living_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets the clock on the learner's wall."""

    def settle(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield settle
    monkeypatch.undo()
    time.tzset()


def local(text: str) -> dt.datetime:
    """A moment as the learner's clock shows it."""
    return dt.datetime.fromisoformat(text).astimezone()


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Lima", "UTC"])
def test_what_was_asked_in_the_evening_is_due_the_whole_of_the_next_day_wherever_somebody_lives(
    living_in: Callable[[str], None], zone: str
) -> None:
    """Their day turns at four in the morning, and not when it is midnight in Greenwich."""
    living_in(zone)
    evening = local("2026-11-01T21:00:00")
    (one,) = memories([attempt(right=False, at=evening.astimezone(dt.UTC).isoformat())]).values()

    assert one.due == dt.date(2026, 11, 2)
    for hour, waits in (("2026-11-01T23:59", 0), ("2026-11-02T01:30", 0), ("2026-11-02T03:59", 0)):
        assert len(due([one], on=local(hour))) == waits, hour
    for hour in ("2026-11-02T04:00", "2026-11-02T12:00", "2026-11-03T01:30"):
        assert due([one], on=local(hour)) == [one], hour


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Lima"])
def test_half_past_one_at_night_belongs_to_the_day_before(living_in: Callable[[str], None], zone: str) -> None:
    living_in(zone)

    assert calendar(local("2026-11-02T01:30:00")) == dt.date(2026, 11, 1)
    assert calendar(local("2026-11-02T04:00:00")) == dt.date(2026, 11, 2)


def test_an_evening_and_the_next_morning_are_a_day_apart() -> None:
    """Eleven hours would be none to FSRS, which then takes the second answer for an echo of the first."""
    evening = attempt(at="2026-11-01T21:00:00.000000Z")
    morning = attempt(at="2026-11-02T08:00:00.000000Z")
    noon = attempt(day=2)

    assert wait(evening, morning) == wait(attempt(day=1), noon)


def test_the_longest_due_comes_first() -> None:
    found = memories([attempt("vpc-a", day=2, right=False), attempt("vpc-b", day=1, right=False)])

    assert [one.item for one in due(found.values(), on=NOON + dt.timedelta(days=9))] == ["vpc-b", "vpc-a"]
