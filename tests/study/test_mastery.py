"""What attempts say: first answers of a day, shares with an honest interval, time at work."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studies import attempt

from cloudcrib.study.mastery import Share, Spent, area, days, first_of_day, newest, shares, spent, unaided, wilson


def test_only_the_first_answer_of_a_day_counts() -> None:
    wrong, right_after = attempt(right=False), attempt(at="2026-11-01T12:01:00.000000Z")
    next_day = attempt(day=2)

    assert first_of_day([wrong, right_after, next_day]) == [wrong, next_day]


def test_who_takes_back_that_they_knew_a_card_is_believed() -> None:
    """They said yes, turned it, and saw. The other way round the back has been read."""
    knew = attempt("vpc-card-x", kind="card")
    took_back = attempt("vpc-card-x", kind="card", right=False, at="2026-11-01T12:00:09.000000Z")

    assert first_of_day([knew, took_back]) == [took_back]
    assert first_of_day([took_back, knew]) == [took_back]


def test_the_last_of_the_first_answers_stands() -> None:
    assert newest([attempt(right=False), attempt(day=2)])["vpc-usable-28"].verdict == "CORRECT"


# Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
@pytest.mark.parametrize(
    ("right", "asked", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_wilsons(right: int, asked: int, low: float, high: float) -> None:
    assert wilson(right, asked) == pytest.approx((low, high), abs=0.0001)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_within_bounds(counts: tuple[int, int]) -> None:
    low, high = Share(*counts).interval

    assert 0 <= low <= Share(*counts).value + 1e-12
    assert Share(*counts).value - 1e-12 <= high <= 1


def test_nothing_asked_says_nothing() -> None:
    assert Share(0, 0).interval == (0.0, 1.0)


def test_shares_are_told_for_each_exam_domain_and_leave_flash_cards_aside() -> None:
    rows = [
        attempt("vpc-a"),
        attempt("vpc-b", right=False),
        attempt("iam-a", domain="1.1", fraction=0.5, verdict="PARTIAL"),
        attempt("vpc-card-x", kind="card", domain=""),
    ]

    assert shares(unaided(rows).values(), area) == {"3": Share(1.0, 2), "1": Share(0.5, 1)}


def test_days_of_study_are_days_with_an_answer() -> None:
    assert days([attempt(day=3), attempt("vpc-b", day=3), attempt(day=1)]) == [
        dt.date(2026, 11, 1),
        dt.date(2026, 11, 3),
    ]


def test_a_long_silence_is_not_time_at_work() -> None:
    times = ("12:00", "12:04", "12:05", "18:00", "18:01")
    rows = [attempt(at=f"2026-11-01T{time}:00.000000Z") for time in times]

    found = spent(rows)

    assert found.estimated == dt.timedelta(minutes=4 + 1 + 1 + 2)  # the gaps, and a minute for each of two starts
    assert found.measured == spent([]).estimated == dt.timedelta()


def test_questions_in_sight_together_do_not_count_their_time_twice() -> None:
    rows = [
        attempt(at="2026-11-01T12:01:00.000000Z", seconds=60.0),
        attempt("vpc-b", at="2026-11-01T12:01:30.000000Z", seconds=90.0),
        attempt("vpc-c", at="2026-11-01T13:00:00.000000Z", seconds=20.0),
    ]

    assert spent(rows) == Spent(dt.timedelta(seconds=110), dt.timedelta())


def test_what_nobody_measured_is_estimated_on_top_of_what_was() -> None:
    rows = [
        attempt(at="2026-11-01T12:01:00.000000Z", seconds=30.0),
        attempt("vpc-b", at="2026-11-01T12:04:00.000000Z"),
        attempt("vpc-c", at="2026-11-01T12:05:00.000000Z", seconds=120.0),
    ]

    assert spent(rows) == Spent(dt.timedelta(seconds=150), dt.timedelta(minutes=2))
