"""Security groups as a graph."""

from cloudcrib.chapters.ec2 import groups

WEB = groups.Node("web", "10.0.1.1", ("web",))
OUTSIDE = groups.Node("outside", "203.0.113.9")


def test_a_rule_admits_members_of_the_group_it_names():
    assert groups.Rule(80, 80, "web").admits(WEB, 80)


def test_a_rule_admits_addresses_of_the_block_it_names():
    rule = groups.Rule(80, 80, "10.0.0.0/16")

    assert (rule.admits(WEB, 80), rule.admits(OUTSIDE, 80)) == (True, False)


def test_a_rule_admits_both_ends_of_its_ports_and_no_other():
    rule = groups.Rule(80, 90, "web")

    assert [rule.admits(WEB, port) for port in (79, 80, 90, 91)] == [False, True, True, False]


def test_one_rule_in_any_group_of_the_target_is_enough():
    target = groups.Node("db", "10.0.2.1", ("base", "db"))
    rules = {"base": [groups.Rule(22, 22, "10.9.0.0/16")], "db": [groups.Rule(5432, 5432, "web")]}

    assert [group for group, _ in groups.admitting(rules, WEB, target, 5432)] == ["db"]


def test_members_of_a_group_cannot_talk_without_a_rule_of_their_own():
    rules, nodes = groups.three_tiers("alb", "nobody", "web", talking=False)

    assert ("web 1", "web 2") not in groups.connections(rules, nodes, [8080])


def test_a_rule_whose_source_is_its_own_group_lets_members_talk():
    rules, nodes = groups.three_tiers("alb", "nobody", "web", talking=True)

    assert groups.connections(rules, nodes, [8080])["web 1", "web 2"] == [8080]


def test_nobody_connects_to_the_world_outside_by_a_security_group():
    rules, nodes = groups.three_tiers("0.0.0.0/0", "0.0.0.0/0", "0.0.0.0/0")

    assert not [pair for pair in groups.connections(rules, nodes, [443]) if pair[1] == "internet"]


def test_the_blast_radius_follows_hops_and_survives_cycles():
    edges = {("a", "b"): [1], ("b", "c"): [1], ("c", "a"): [1], ("d", "a"): [1]}

    assert groups.blast_radius(edges, "a") == ["b", "c"]
