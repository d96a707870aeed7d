"""Where instances of a placement group stand, and what one failure takes."""

import pytest

from cloudcrib.chapters.ec2 import placement


def test_a_spread_group_over_three_zones_holds_twenty_one():
    assert placement.largest("spread", 3) == 21


def test_the_eighth_instance_of_a_zone_does_not_fit_into_a_spread_group():
    with pytest.raises(ValueError, match="7 running instances"):
        placement.racks("spread", 8, 1)


def test_a_cluster_stands_in_one_zone():
    with pytest.raises(ValueError, match="one Availability Zone"):
        placement.racks("cluster", 8, 2)


def test_a_zone_has_at_most_seven_partitions():
    with pytest.raises(ValueError, match="one to 7"):
        placement.racks("partition", 8, 2, 8)


def test_instances_are_divided_over_zones_first_and_partitions_then():
    assert placement.racks("partition", 20, 2, 4) == [[3, 3, 2, 2], [3, 3, 2, 2]]


@pytest.mark.parametrize(("strategy", "zones", "loss"), [("cluster", 1, 12), ("spread", 2, 1), ("partition", 2, 2)])
def test_one_failure_takes_all_one_or_a_partition(strategy, zones, loss):
    assert placement.worst_loss(strategy, 12, zones, 3) == loss


def test_no_instance_is_lost_in_division():
    assert sum(placement.even(17, 5)) == 17
