"""Addresses left by a subnet, plans over zones and tiers, and blocks that never overlap."""

from ipaddress import IPv4Network
from itertools import combinations

import pytest

from cloudcrib.chapters.vpc import addresses


@pytest.mark.parametrize(("prefix", "left"), [(20, 4091), (24, 251), (26, 59), (28, 11)])
def test_aws_keeps_five_addresses_of_each_subnet(prefix, left):
    assert addresses.usable(prefix) == left


@pytest.mark.parametrize("prefix", [15, 29])
def test_a_subnet_outside_16_to_28_is_refused(prefix):
    with pytest.raises(ValueError, match="a subnet is"):
        addresses.usable(prefix)


@pytest.mark.parametrize(("hosts", "prefix"), [(1, 28), (11, 28), (12, 27), (251, 24), (252, 23), (500, 23)])
def test_the_smallest_subnet_has_just_enough_usable_addresses(hosts, prefix):
    assert addresses.smallest_prefix(hosts) == prefix


def test_more_hosts_than_a_slash_16_holds_are_refused():
    with pytest.raises(ValueError, match="no subnet has"):
        addresses.smallest_prefix(65532)


def test_the_reserved_addresses_are_the_first_four_and_the_last():
    kept = addresses.reserved("10.0.1.64/26")

    assert kept == {
        "network": "10.0.1.64",
        "router": "10.0.1.65",
        "DNS": "10.0.1.66",
        "future use": "10.0.1.67",
        "broadcast": "10.0.1.127",
    }


def test_nine_subnets_cost_sixteen_blocks():
    blocks = addresses.equal_split("10.0.0.0/16", 9)

    assert len(blocks) == 16
    assert blocks[8] == "10.0.128.0/20"


def test_a_block_that_is_too_small_to_split_is_refused():
    with pytest.raises(ValueError, match="cannot be split"):
        addresses.equal_split("10.0.0.0/26", 9)


def test_a_plan_has_one_block_for_each_tier_in_each_zone():
    made = addresses.plan("10.0.0.0/16", ["a", "b", "c"], ["web", "app", "data"])

    assert len(made) == 9
    assert made["web", "c"] == "10.0.32.0/20"
    assert made["data", "c"] == "10.0.128.0/20"


def test_largest_first_allocation_leaves_no_gap():
    assert addresses.allocate("10.1.0.0/22", [20, 200, 50, 100]) == [
        (200, "10.1.0.0/24"),
        (100, "10.1.1.0/25"),
        (50, "10.1.1.128/26"),
        (20, "10.1.1.192/27"),
    ]


def test_smallest_first_allocation_skips_addresses_to_keep_blocks_aligned():
    assert addresses.allocate("10.1.0.0/22", [20, 200], largest_first=False) == [
        (20, "10.1.0.0/27"),
        (200, "10.1.1.0/24"),
    ]


def test_allocated_blocks_never_overlap():
    blocks = [
        block for _, block in addresses.allocate("10.1.0.0/20", [5, 300, 60, 60, 120, 11, 12], largest_first=False)
    ]

    assert len(blocks) == 7
    assert not any(addresses.overlap(a, b) for a, b in combinations(blocks, 2))


def test_a_request_that_no_longer_fits_is_refused():
    with pytest.raises(ValueError, match="no room"):
        addresses.allocate("10.1.0.0/24", [200, 100])


def test_spare_blocks_and_taken_ones_together_are_the_whole_block():
    taken = ["10.1.0.0/24", "10.1.1.0/25", "10.1.1.192/27"]

    left = addresses.spare("10.1.0.0/22", taken)

    assert sum(IPv4Network(b).num_addresses for b in left + taken) == 1024
    assert not any(addresses.overlap(a, b) for a, b in combinations(left + taken, 2))


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("10.0.0.0/16", "10.0.128.0/17", True),
        ("10.0.0.0/16", "10.1.0.0/16", False),
        ("172.31.0.0/16", "172.31.0.0/16", True),
    ],
)
def test_blocks_overlap_when_one_lies_in_the_other(one, other, shared):
    assert addresses.overlap(one, other) is shared
