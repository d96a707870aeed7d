"""What each allocation strategy takes, and what it loses."""

import pytest

from cloudcrib.chapters.ec2 import spot


@pytest.mark.parametrize("strategy", spot.STRATEGIES)
def test_every_strategy_finds_all_instances(strategy):
    assert sum(spot.allocate(spot.POOLS, 60, strategy).values()) == 60


def test_lowest_price_takes_the_cheapest_pool_until_it_is_empty():
    taken = spot.allocate(spot.POOLS, 60, "lowest-price")

    assert [(pool.name, count) for pool, count in taken.items()] == [("m5.large a", 40), ("c6i.large b", 20)]


def test_capacity_optimized_takes_the_deepest_pool():
    assert [pool.spare for pool in spot.allocate(spot.POOLS, 6, "capacity-optimized")] == [640]


def test_price_capacity_optimized_takes_the_cheapest_of_the_deeper_half():
    assert [pool.name for pool in spot.allocate(spot.POOLS, 6, "price-capacity-optimized")] == ["m7g.large c"]


def test_diversified_spreads_evenly():
    assert set(spot.allocate(spot.POOLS, 60, "diversified").values()) == {10}


def test_the_cheapest_fleet_is_interrupted_most_and_the_deepest_least():
    fleets = {strategy: spot.allocate(spot.POOLS, 60, strategy) for strategy in spot.STRATEGIES}
    lost = {strategy: spot.expected_interruptions(taken, 720) for strategy, taken in fleets.items()}

    assert max(lost, key=lost.get) == "lowest-price"
    assert min(lost, key=lost.get) == "capacity-optimized"


def test_diversified_loses_little_at_once():
    taken = spot.allocate(spot.POOLS, 60, "diversified")

    assert max(spot.interruptions(taken, 720, seed=1)) <= 30


def test_a_month_is_the_same_whenever_it_is_looked_at():
    taken = spot.allocate(spot.POOLS, 30, "lowest-price")

    assert spot.interruptions(taken, 720, seed=3) == spot.interruptions(taken, 720, seed=3)
