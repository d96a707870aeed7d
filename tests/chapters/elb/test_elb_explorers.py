"""What the explorer of cross-zone load balancing says for zones that are empty or not enabled."""

from cloudcrib.chapters.elb import explore


def said(a: int, b: int, c: int, third: bool, on: bool) -> str:
    return str(explore._cross_zone(a, b, c, third, on)[-1])


def test_with_cross_zone_half_crosses_although_one_of_two_zones_is_empty() -> None:
    words = said(4, 0, 0, third=False, on=True)

    assert words.startswith("50 % of the traffic crosses between zones. DNS gives each of 2 nodes 50 %.")
    assert "What enters zone b crosses, all of it." in words


def test_without_cross_zone_the_node_of_an_empty_zone_leaves_dns() -> None:
    words = said(4, 0, 0, third=False, on=False)

    assert words.startswith("0 % of the traffic crosses between zones. DNS gives each of 1 node 100 %.")
    assert words.endswith("Zone b has no target, so its node is out of DNS.")


def test_targets_in_a_zone_that_is_not_enabled_get_nothing() -> None:
    assert said(4, 1, 2, third=False, on=True).endswith("Zone c is not enabled: 2 targets there would get nothing.")
    assert "66.7 % of the traffic crosses" in said(4, 1, 2, third=True, on=True)


def test_without_any_target_there_is_nothing_to_share_out() -> None:
    assert said(0, 0, 3, third=False, on=True) == "No enabled zone has a target: there is nothing to share out."
