"""The bill of gateways, gigabytes and public addresses."""

import pytest

from cloudcrib.chapters.vpc import cost


def test_three_gateways_and_500_gb_cost_hours_and_gigabytes():
    assert cost.nat_bill(3, 500, 0.045, 0.045) == pytest.approx(121.05)


def test_idle_addresses_cost_as_much_as_used_ones():
    assert cost.address_bill(6, 2, 0.005) == pytest.approx(29.20)


def test_one_gateway_for_three_zones_sends_two_thirds_across():
    assert cost.crossing_bill(300, 3, 1, 0.01) == pytest.approx(4.00)


def test_a_gateway_in_each_zone_keeps_everything_at_home():
    assert cost.crossing_bill(300, 3, 3, 0.01) == 0


def test_a_gateway_in_each_of_three_zones_pays_from_5475_gb_on():
    prices = {"usd_hour": 0.045, "usd_gb": 0.045, "usd_crossing": 0.01, "usd_address": 0.005}

    shared, zonal = (cost.way_out(3, gateways, 5475, **prices) for gateways in (1, 3))

    assert zonal["addresses"] - shared["addresses"] == pytest.approx(7.30)
    assert sum(zonal.values()) == pytest.approx(sum(shared.values()))


@pytest.mark.parametrize(("gateways", "lost"), [(1, 2), (2, 1), (3, 0)])
def test_zones_without_a_gateway_fall_with_the_zone_that_has_it(gateways, lost):
    assert cost.cut_off(3, gateways) == lost


def test_2000_gb_to_s3_cost_90_usd_by_nat_and_nothing_by_a_gateway_endpoint():
    ways = cost.to_service(2000, 3, 0.045, 0.01, 0.01)

    assert sum(ways["NAT gateways"].values()) == pytest.approx(90)
    assert sum(ways["gateway endpoint"].values()) == 0


def test_an_interface_endpoint_is_paid_in_each_zone_and_by_the_gigabyte():
    paid = cost.to_service(5000, 3, 0.045, 0.01, 0.01)["interface endpoint"]

    assert paid == {"hours": pytest.approx(3 * 7.30), "gigabytes": pytest.approx(50)}
