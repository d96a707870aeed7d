"""Shares over zones, what crosses between them, and the capacity that outlives one."""

import pytest

from cloudcrib.chapters.elb import shares as elb


def test_aws_example_without_cross_zone_gives_an_eighth_and_a_half():
    assert elb.target_shares({"a": 4, "b": 1}, cross_zone=False) == {"a": 0.125, "b": 0.5}


def test_aws_example_with_cross_zone_gives_every_target_a_fifth():
    assert elb.target_shares({"a": 4, "b": 1}, cross_zone=True) == {"a": 0.2, "b": 0.2}


def test_three_zones_without_cross_zone_divide_a_third_each():
    shares = elb.target_shares({"a": 2, "b": 3, "c": 5}, cross_zone=False)

    assert {zone: round(100 * share, 2) for zone, share in shares.items()} == {"a": 16.67, "b": 11.11, "c": 6.67}


def test_a_zone_without_a_target_gets_no_clients():
    assert elb.zone_shares({"a": 2, "b": 0, "c": 1}) == {"a": 0.5, "c": 0.5}


@pytest.mark.parametrize("cross_zone", [False, True])
def test_all_shares_together_are_the_whole_traffic(cross_zone):
    targets = {"a": 7, "b": 2, "c": 5, "d": 1}

    shares = elb.target_shares(targets, cross_zone)

    assert sum(shares[zone] * count for zone, count in targets.items()) == pytest.approx(1)


@pytest.mark.parametrize("targets", [{"a": 4, "b": 1}, {"a": 9, "b": 1}, {"a": 5, "b": 5}])
def test_half_of_the_traffic_crosses_between_two_zones_wherever_the_targets_stand(targets):
    assert elb.crossing_share(targets) == pytest.approx(0.5)


def test_with_cross_zone_an_empty_zone_stays_in_dns_and_all_that_enters_it_crosses():
    assert elb.zone_shares({"a": 4, "b": 0}, cross_zone=True) == {"a": 0.5, "b": 0.5}
    assert elb.crossing_share({"a": 4, "b": 0}) == 0.5
    assert elb.crossing_share({"a": 3, "b": 3, "c": 0}) == pytest.approx(2 / 3)


def test_without_a_target_anywhere_nothing_crosses():
    assert elb.crossing_share({"a": 0, "b": 0}) == 0


def test_nothing_crosses_without_cross_zone():
    assert elb.crossing_share({"a": 4, "b": 1}, cross_zone=False) == 0


def test_weights_are_shares_of_their_sum():
    assert elb.weighted_shares({"blue": 190, "green": 10}) == {"blue": 0.95, "green": 0.05}


def test_three_zones_for_nine_thousand_requests_need_nine_targets_each():
    assert elb.targets_per_zone(9000, 500, 3) == 9


def test_a_rest_of_the_demand_needs_one_more_target():
    assert elb.targets_per_zone(9001, 500, 3) == 10


def test_one_zone_cannot_outlive_its_own_loss():
    with pytest.raises(ValueError, match="one zone"):
        elb.targets_per_zone(100, 10, 1)


def test_the_load_of_a_lost_zone_falls_on_the_rest():
    assert elb.load_after_loss(60, zones=4) == 80


def test_spare_capacity_halves_from_two_zones_to_three():
    assert [elb.spare_needed(zones) for zones in (2, 3)] == [1.0, 0.5]
