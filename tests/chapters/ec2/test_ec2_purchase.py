"""Commitment, on-demand and Spot over a load curve."""

import pytest

from cloudcrib.chapters.ec2 import purchase


def test_a_paid_up_year_breaks_even_at_sixty_per_cent():
    assert purchase.break_even(0.10, 525.60) == (pytest.approx(5256), pytest.approx(0.6))


def test_without_a_commitment_the_bill_is_the_area_under_the_curve():
    assert purchase.bill([1, 4, 2], 0).cost == 7


def test_a_commitment_to_the_peak_pays_for_idle_hours():
    bill = purchase.bill([1, 4, 2], 4)

    assert (bill.committed, bill.idle, bill.on_demand) == (7, 5, 0)


def test_used_hours_always_add_up_to_the_load():
    load = purchase.day()

    for commitment in range(0, 25, 5):
        bill = purchase.bill(load, commitment, spot_share=0.3)
        assert bill.committed + bill.on_demand + bill.spot == pytest.approx(sum(load))


def test_the_best_commitment_holds_the_instances_that_are_busier_than_the_price():
    load = purchase.day()

    best = purchase.best_commitment(load)

    assert purchase.busy_share(load, best) > 0.6 >= purchase.busy_share(load, best + 1)


def test_the_best_commitment_is_neither_minimum_nor_average_nor_peak():
    load = purchase.day()

    assert purchase.best_commitment(load) not in {min(load), sum(load) // len(load), max(load)}


def test_spot_for_what_lies_above_lowers_the_best_commitment():
    assert purchase.best_commitment(purchase.day(), spot_share=1.0) < purchase.best_commitment(purchase.day())


def test_a_mixed_group_takes_its_percentage_above_the_base():
    assert purchase.mixed_group(10, 2, 25) == (4, 6)


def test_a_part_of_an_on_demand_instance_is_a_whole_one():
    assert purchase.mixed_group(10, 0, 25) == (3, 7)


@pytest.mark.parametrize(("minutes", "by_aws", "billed"), [(40, True, 0), (40, False, 40), (90, True, 90)])
def test_only_an_interruption_by_aws_in_the_first_hour_is_free(minutes, by_aws, billed):
    assert purchase.spot_seconds(minutes * 60, by_aws) == billed * 60
