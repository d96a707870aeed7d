"""What each allocation strategy takes, and what it loses."""

import pytest

from cloudcrib.chapters.ec2 import spot


@pytest.mark.parametrize("strategy", spot.STRATEGIES)
def test_every_strategy_finds_all_instances(strategy):
    assert sum(spot.allocate(spot.POOLS, 60, strategy).values()) == 60


def test_no_strategy_takes_more_than_a_pool_has():
    taken = spot.allocate(spot.POOLS, 185, "lowest-price")

    assert {pool.name: count for pool, count in taken.items()} == {pool.name: pool.spare for pool in spot.POOLS}
    assert sum(spot.allocate(spot.POOLS, 500, "diversified").values()) == 185


def test_lowest_price_empties_the_cheapest_pools_one_after_another():
    taken = spot.allocate(spot.POOLS, 60, "lowest-price")

    assert [(pool.name, count) for pool, count in taken.items()] == [
        ("m5.large a", 5),
        ("c6i.large b", 10),
        ("m7g.large c", 30),
        ("m6i.large a", 15),
    ]


def test_capacity_optimized_takes_from_the_pool_that_is_deepest_now():
    """The pool of 80 falls to 40, the depth of the second, and from there both give alike, down to 30."""
    assert [pool.spare for pool in spot.allocate(spot.POOLS, 6, "capacity-optimized")] == [80]

    taken = spot.allocate(spot.POOLS, 60, "capacity-optimized")
    assert {pool.spare: count for pool, count in taken.items()} == {80: 50, 40: 10}


def test_price_capacity_optimized_takes_the_cheapest_of_the_deeper_half():
    assert [pool.name for pool in spot.allocate(spot.POOLS, 6, "price-capacity-optimized")] == ["m7g.large c"]


def test_price_capacity_optimized_goes_on_to_the_next_deep_pool_at_half_depth():
    taken = spot.allocate(spot.POOLS, 60, "price-capacity-optimized")

    assert {pool.name: count for pool, count in taken.items()} == {
        "m7g.large c": 15,
        "m5.large b": 20,
        "m7g.large a": 25,
    }


def test_price_capacity_optimized_empties_shallow_pools_last():
    taken = spot.allocate(spot.POOLS, 160, "price-capacity-optimized")

    assert [count for pool, count in taken.items() if pool.spare >= 30] == [30, 40, 80]
    assert [(pool.name, count) for pool, count in taken.items() if pool.spare < 30] == [
        ("m5.large a", 5),
        ("c6i.large b", 5),
    ]


@pytest.mark.parametrize("strategy", spot.STRATEGIES)
def test_sixty_instances_stand_in_several_pools(strategy):
    assert len(spot.allocate(spot.POOLS, 60, strategy)) > 1


def test_diversified_spreads_evenly_as_far_as_pools_reach():
    counts = spot.allocate(spot.POOLS, 60, "diversified")

    assert {pool.spare: count for pool, count in counts.items()} == {5: 5, 10: 10, 20: 11, 30: 11, 40: 12, 80: 11}


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
