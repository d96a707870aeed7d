"""Trees of records, and how health travels up."""

import pytest

from cloudcrib.chapters.route53 import trees

IRELAND, VIRGINIA = {"ireland old", "ireland new"}, {"virginia a", "virginia b"}


def test_latency_picks_the_region_and_weights_the_server():
    assert trees.answers(trees.site()) == pytest.approx({"ireland old": 0.9, "ireland new": 0.1})


def test_a_user_elsewhere_gets_the_other_region():
    assert trees.answers(trees.site(90, 20)) == {"virginia a": 0.5, "virginia b": 0.5}


def test_an_alias_is_healthy_while_one_record_below_is():
    assert trees.healthy(trees.site(), IRELAND | {"virginia a", "static page"})
    assert not trees.healthy(trees.site(), IRELAND | VIRGINIA | {"static page"})


def test_one_server_left_gives_all_answers_of_its_region():
    assert trees.answers(trees.site(), {"ireland old"}) == {"ireland new": 1.0}


def test_a_region_without_healthy_servers_is_passed_over():
    assert trees.answers(trees.site(), IRELAND) == {"virginia a": 0.5, "virginia b": 0.5}


def test_the_secondary_answers_when_every_region_is_unhealthy():
    assert trees.answers(trees.site(), IRELAND | VIRGINIA) == {"static page": 1.0}


def test_when_the_secondary_is_unhealthy_too_the_primary_answers_as_if_all_were_healthy():
    found = trees.answers(trees.site(), IRELAND | VIRGINIA | {"static page"})

    assert found == pytest.approx({"ireland old": 0.9, "ireland new": 0.1})


def test_a_server_that_stands_in_two_branches_adds_up():
    group = trees.Group("weighted", ((1, "a"), (1, trees.Group("weighted", ((1, "a"), (1, "b"))))))

    assert trees.answers(group) == {"a": 0.75, "b": 0.25}


def test_a_policy_that_is_not_modelled_is_refused():
    with pytest.raises(ValueError, match="geolocation is not modelled"):
        trees.Group("geolocation", ((1, "a"),))
