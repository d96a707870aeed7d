"""Whether certainty is worth what it claims."""

from __future__ import annotations

import pytest
from studies import attempt

from cloudcrib.study.calibration import brier, confidently_wrong, levels


def test_the_brier_score_is_the_mean_square_of_claim_less_outcome() -> None:
    rows = [attempt(f"vpc-{n}", confidence="sure") for n in range(5)]
    rows += [attempt(f"vpc-{n}", confidence="guess", right=False) for n in range(5, 10)]

    assert brier(rows) == pytest.approx((0.05**2 + 0.3**2) / 2)


def test_a_few_answers_have_no_score() -> None:
    assert brier([attempt(f"vpc-{n}", confidence="sure", right=False) for n in range(9)]) is None


def test_without_a_word_of_confidence_there_is_no_score() -> None:
    assert brier([attempt()]) is None
    assert levels([attempt()]) == []


def test_each_level_says_how_often_it_was_right() -> None:
    rows = [attempt(f"vpc-{n}", confidence="sure", right=n > 0) for n in range(4)]

    (only,) = levels([*rows, attempt("vpc-9")])

    assert (only.said, only.claimed, only.share.right, only.share.asked) == ("sure", 0.95, 3, 4)


def test_a_second_answer_of_the_day_says_nothing_about_certainty() -> None:
    rows = [
        attempt(confidence="sure", right=False),
        attempt(confidence="sure", at="2026-11-01T12:01:00.000000Z"),
    ]

    assert levels(rows)[0].share.right == 0


def test_confidently_wrong_lists_the_newest_first_and_forgets_what_was_put_right() -> None:
    rows = [
        attempt("vpc-a", day=1, confidence="sure", right=False),
        attempt("vpc-b", day=2, confidence="sure", right=False),
        attempt("vpc-c", day=2, confidence="guess", right=False),
        attempt("vpc-d", day=2, confidence="sure", right=False),
        attempt("vpc-d", day=3, confidence="think"),
    ]

    assert [each.item for each in confidently_wrong(rows)] == ["vpc-b", "vpc-a"]
