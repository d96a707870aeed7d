"""DynamoDB's arithmetic."""

import pytest

from cloudcrib.chapters.databases import dynamodb as m


@pytest.mark.parametrize(("kind", "units"), [("strong", 160), ("eventual", 80), ("transactional", 320)])
def test_reads_round_each_item_up_to_four_kilobytes(kind, units):
    assert m.read_units(6, 80, kind) == units


@pytest.mark.parametrize(("transactional", "units"), [(False, 200), (True, 400)])
def test_writes_round_each_item_up_to_one_kilobyte(transactional, units):
    assert m.write_units(1.5, 100, transactional) == units


def test_provisioned_capacity_pays_from_29_percent_of_use():
    assert m.provisioned_bill(100, 0.00065) == pytest.approx(47.45)
    assert m.break_even(0.00065, 0.625) == pytest.approx(0.2889, abs=1e-4)


def test_both_bills_are_equal_at_the_break_even():
    use = m.break_even(0.00065, 0.625)

    assert m.on_demand_bill(100 * use, 0.625) == pytest.approx(m.provisioned_bill(100, 0.00065))


def test_shares_are_even_without_skew_and_always_add_up():
    assert m.shares(4, 0) == [0.25] * 4
    assert sum(m.shares(50, 1.3)) == pytest.approx(1)


def test_every_write_falls_on_some_partition():
    loads = m.key_loads(5000, 40, 1.0, suffixes=3)

    assert sum(m.partition_loads(loads, 8)) == pytest.approx(5000)


def test_each_key_is_named_on_the_partition_that_bears_its_load():
    keys = {"day-01": 250, "day-02": 300, "day-03": 2600}

    loads, held = m.partition_loads(keys, 4), m.keys_on(keys, 4)

    assert [sum(keys[key] for key in names) for names in held] == loads
    assert sorted(key for names in held for key in names) == sorted(keys)


def test_suffixes_divide_the_load_of_a_hot_key():
    assert max(m.key_loads(4000, 1, 0, suffixes=4).values()) == 1000


def test_only_the_excess_over_a_partition_is_throttled():
    assert m.throttled([1500, 900, 1000]) == 500
