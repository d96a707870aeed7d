"""What the explorers of networks say for figures worked out by hand."""

import pytest

from cloudcrib.chapters.vpc import explore

WAYS = explore._private_ways(0.045, 0.01, 0.01)


@pytest.mark.parametrize(
    ("gigabytes", "zones", "free", "title"),
    [
        (5000, 3, False, "The interface endpoint saves 153.10 USD a month"),
        (500, 3, False, "NAT costs least. NAT gateways: 22.50 USD; interface endpoint: 26.90 USD"),
        (0, 1, True, "Without traffic there is nothing to save"),
        (2000, 3, True, "The gateway endpoint saves 90.00 USD a month"),
    ],
)
def test_the_cheapest_way_to_a_service_is_named(gigabytes, zones, free, title):
    picture, left_out = WAYS(gigabytes, zones, free)

    assert picture.alt.startswith(title)
    assert "counted in no bar" in left_out


def test_a_gateway_endpoint_is_offered_for_s3_and_dynamodb_only():
    assert "gateway endpoint" not in WAYS(1000, 3, False)[0].alt
    assert "gateway endpoint: 0.00 USD" in WAYS(1000, 3, True)[0].alt


def test_one_nat_gateway_costs_less_until_crossing_zones_is_dearer():
    bill = explore._nat_bill(0.045, 0.045, 0.01, 0.005)

    assert bill(3, 500)[0].alt.startswith("A gateway in each zone costs 66.33 USD more than one for all")
    assert bill(3, 20_000)[0].alt.startswith("A gateway in each zone costs 193.67 USD less than one for all")
