"""How Route 53 chooses among records."""

import pytest

from cloudcrib.chapters.route53 import records as route53


def test_three_to_one_gives_three_quarters():
    assert route53.shares({"blue": 3, "green": 1}) == {"blue": 0.75, "green": 0.25}


def test_an_unhealthy_record_leaves_the_sum():
    found = route53.shares({"A": 70, "B": 20, "C": 10}, {"A"})

    assert found == pytest.approx({"A": 0, "B": 2 / 3, "C": 1 / 3})


def test_when_all_are_unhealthy_all_count_as_healthy():
    found = route53.shares({"A": 70, "B": 20, "C": 10}, {"A", "B", "C"})

    assert found == pytest.approx({"A": 0.7, "B": 0.2, "C": 0.1})


@pytest.mark.parametrize(
    ("unhealthy", "expected"),
    [("", (0.5, 0.5, 0)), ("B", (1, 0, 0)), ("AB", (0, 0, 1)), ("BC", (1, 0, 0)), ("ABC", (0.5, 0.5, 0))],
)
def test_a_zero_weight_answers_only_while_every_weighted_record_is_unhealthy(unhealthy, expected):
    found = route53.shares({"A": 1, "B": 1, "C": 0}, unhealthy)

    assert tuple(found.values()) == expected


def test_nothing_but_zeros_is_shared_equally():
    assert route53.shares({"A": 0, "B": 0}) == {"A": 0.5, "B": 0.5}


def test_no_records_give_no_answers():
    assert route53.shares({}) == {}


@pytest.mark.parametrize(
    ("first", "second", "who"),
    [(True, True, "primary"), (True, False, "primary"), (False, True, "secondary"), (False, False, "primary")],
)
def test_the_secondary_answers_only_for_an_unhealthy_primary_and_while_healthy(first, second, who):
    assert route53.failover(first, second) == who


@pytest.mark.parametrize(("records", "unhealthy", "expected"), [(12, 2, (8, 0.8)), (8, 2, (6, 1)), (20, 20, (8, 0.4))])
def test_an_answer_holds_up_to_eight_candidates(records, unhealthy, expected):
    assert route53.multivalue(records, unhealthy) == expected


def test_the_quickest_healthy_region_is_picked():
    latencies = {"us-east-1": 85, "eu-west-1": 20, "eu-central-1": 28}

    assert route53.fastest(latencies, {"eu-west-1"}) == "eu-central-1"


def test_the_smallest_area_wins():
    records = {"state US-CA": "oregon", "country US": "ohio", "continent NA": "montreal", "default": "dublin"}

    assert route53.geolocate(records, "US", "NA", "CA") == "oregon"
    assert route53.geolocate(records, "US", "NA", "TX") == "ohio"
    assert route53.geolocate(records, "MX", "NA") == "montreal"


def test_a_country_is_not_taken_for_the_continent_of_the_same_code():
    assert route53.geolocate({"continent NA": "montreal"}, "NA", "AF") is None


def test_exactly_eighteen_percent_is_not_enough():
    assert not route53.endpoint_healthy([True] * 9 + [False] * 41)
    assert route53.endpoint_healthy([True] * 10 + [False] * 40)


def test_a_calculated_check_counts_its_children():
    assert route53.calculated([True, True, False], 2)
    assert not route53.calculated([True, False, False], 2)


@pytest.mark.parametrize(
    ("unhealthy", "expected"),
    [
        ((), "oregon"),
        (("state US-CA",), "ohio"),
        (("state US-CA", "country US"), "montreal"),
        (("state US-CA", "country US", "continent NA"), "dublin"),
        (("state US-CA", "country US", "continent NA", "default"), "oregon"),
    ],
)
def test_an_unhealthy_area_gives_way_to_the_next_larger_one(unhealthy, expected):
    records = {"state US-CA": "oregon", "country US": "ohio", "continent NA": "montreal", "default": "dublin"}

    assert route53.geolocate(records, "US", "NA", "CA", unhealthy) == expected


@pytest.mark.parametrize("weight", [-1, 256])
def test_a_weight_that_route_53_refuses_is_refused(weight):
    with pytest.raises(ValueError, match="from 0 to 255"):
        route53.shares({"A": weight, "B": 1})
