"""Distance, bias, and the areas that geoproximity records win."""

import pytest

from cloudcrib.chapters.route53 import geo

HOMES = {name: geo.REGIONS[name] for name in ("us-east-1", "eu-west-1", "ap-southeast-1")}


def test_a_quarter_of_the_equator_is_ten_thousand_kilometres():
    assert geo.distance((0, 0), (0, 90)) == pytest.approx(10_007, abs=5)


def test_a_bias_of_fifty_halves_a_distance():
    assert geo.seeming(150, 50) == 75


def test_a_positive_bias_wins_over_a_nearer_site():
    assert geo.nearest({"A": 150, "B": 100}, {}) == "B"
    assert geo.nearest({"A": 150, "B": 100}, {"A": 50}) == "A"


def test_each_region_wins_its_own_place():
    assert all(geo.winner(where, HOMES, {}) == name for name, where in HOMES.items())


def test_the_earth_is_recognisable():
    assert (51, 0) in geo.land()
    assert (0, -30) not in geo.land()
    assert 1500 < len(geo.land()) < 1900


def test_land_shares_add_up_and_follow_the_bias():
    plain, pulled = geo.land_shares(HOMES, {}), geo.land_shares(HOMES, {"eu-west-1": 30})

    assert sum(plain.values()) == pytest.approx(100)
    assert pulled["eu-west-1"] > plain["eu-west-1"]
    assert pulled["us-east-1"] < plain["us-east-1"]


@pytest.mark.parametrize("bias", [-100, 100])
def test_a_bias_that_route_53_refuses_is_refused(bias):
    with pytest.raises(ValueError, match="from -99 to 99"):
        geo.seeming(100, bias)


def test_a_bias_works_with_one_formula_for_both_signs():
    assert [geo.seeming(150, bias) for bias in (-50, 0, 50)] == [225, 150, 75]
