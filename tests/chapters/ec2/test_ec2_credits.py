"""Credits earned, spent, saved, borrowed and billed."""

import pytest

from cloudcrib.chapters.ec2 import credits


@pytest.mark.parametrize(
    ("name", "baseline"),
    [("t3.nano", 5), ("t3.micro", 10), ("t3.small", 20), ("t3.medium", 20), ("t3.large", 30), ("t3.2xlarge", 40)],
)
def test_the_baseline_is_what_is_earned_over_what_a_full_hour_costs(name, baseline):
    assert credits.baseline(*credits.T3[name]) == pytest.approx(baseline)


def test_a_busy_hour_of_a_t3_micro_is_earned_back_in_two_idle_ones():
    assert [hour.balance for hour in credits.standard([30, 0, 0], 12, 2, 100)] == [76, 88, 100]


def test_standard_mode_falls_back_to_the_baseline_with_an_empty_balance():
    last = credits.standard([100, 100], 12, 2, 0)[-1]

    assert (last.got, last.balance) == (pytest.approx(10), 0)


def test_the_balance_holds_a_day_of_earnings():
    assert credits.standard([0] * 100, 12, 2, 0)[-1].balance == 288


def test_unlimited_mode_never_slows_down():
    assert [hour.got for hour in credits.unlimited([100] * 30, 12, 2, 0)] == [100] * 30


def test_surplus_credits_are_billed_beyond_what_a_day_earns():
    hours = credits.unlimited([40] * 24, 12, 2, 0)

    assert hours[-1].surplus == 288
    assert sum(hour.charged for hour in hours) == pytest.approx(24 * 36 - 288)


def test_idle_hours_pay_surplus_credits_back_before_anything_is_saved():
    hours = credits.unlimited([50, 0, 0, 0, 0, 0], 12, 2, 0)

    assert [(hour.balance, hour.surplus) for hour in hours[-3:]] == [(0, 12), (0, 0), (12, 0)]


def test_sixty_credits_cost_a_vcpu_hour():
    assert credits.surcharge([credits.Hour(0, 0, 0, 0, 120)], 0.05) == pytest.approx(0.10)
