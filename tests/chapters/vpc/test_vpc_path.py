"""Routes by longest prefix, rules by number, and where a conversation dies."""

import pytest

from cloudcrib.chapters.vpc.path import (
    Route,
    Rule,
    allowed,
    call_out,
    candidates,
    kind,
    next_hop,
    table_of,
    verdict,
    visit,
    works,
)

TABLE = [
    Route("10.0.0.0/16", "local", "local"),
    Route("10.1.0.0/16", "pcx-1"),
    Route("10.1.2.0/24", "tgw-1"),
    Route("0.0.0.0/0", "nat-1"),
]
ANY = "0.0.0.0/0"
HTTPS_IN = [Rule(100, "allow", ANY, 443, 443)]
EPHEMERAL = [Rule(100, "allow", ANY, 1024, 65535)]


@pytest.mark.parametrize(
    ("address", "target"), [("10.0.9.9", "local"), ("10.1.2.3", "tgw-1"), ("10.1.3.3", "pcx-1"), ("8.8.8.8", "nat-1")]
)
def test_the_longest_prefix_wins(address, target):
    assert next_hop(TABLE, address) == target


def test_what_matches_no_route_is_dropped():
    assert next_hop(TABLE[:3], "8.8.8.8") is None


def test_a_static_route_beats_a_propagated_one_of_the_same_length():
    table = [Route("172.31.0.0/24", "vgw-1", "VPN BGP"), Route("172.31.0.0/24", "igw-1")]

    assert next_hop(table, "172.31.0.20") == "igw-1"


def test_direct_connect_beats_vpn_among_propagated_routes():
    table = [Route("172.31.0.0/24", "vpn", "VPN static"), Route("172.31.0.0/24", "dx", "Direct Connect")]

    assert next_hop(table, "172.31.0.20") == "dx"


def test_a_propagated_route_never_beats_local_even_where_it_is_longer():
    table = [Route("10.0.0.0/16", "local", "local"), Route("10.0.4.0/24", "vgw-1", "VPN BGP")]

    assert next_hop(table, "10.0.4.4") == "local"


def test_a_static_route_longer_than_local_wins():
    table = [Route("10.0.0.0/16", "local", "local"), Route("10.0.4.0/24", "eni-firewall")]

    assert next_hop(table, "10.0.4.4") == "eni-firewall"


def test_candidates_come_best_first():
    assert [route.target for route in candidates(TABLE, "10.1.2.3")] == ["tgw-1", "pcx-1", "nat-1"]


@pytest.mark.parametrize(("target", "word"), [("igw-1", "public"), ("nat-1", "private"), ("tgw-1", "elsewhere")])
def test_the_default_route_says_what_a_subnet_is(target, word):
    assert kind({"10.0.0.0/16": "local", ANY: target}) == word


def test_a_table_without_a_default_route_isolates():
    assert kind({"10.0.0.0/16": "local"}) == "isolated"


def test_a_subnet_without_association_uses_the_main_table():
    assert table_of("subnet-b", {"subnet-a": "rtb-public"}, "rtb-main") == "rtb-main"


@pytest.mark.parametrize(
    ("address", "port", "decided"),
    [
        ("203.0.113.7", 22, ("deny", "90")),
        ("203.0.113.7", 443, ("deny", "90")),
        ("198.51.100.9", 22, ("allow", "120")),
        ("192.0.2.1", 443, ("allow", "100")),
        ("192.0.2.1", 22, ("deny", "*")),
    ],
)
def test_the_lowest_matching_number_decides(address, port, decided):
    rules = [
        Rule(120, "allow", "198.51.100.0/24", 22, 22),
        Rule(110, "allow", "203.0.113.7/32", 22, 22),
        Rule(100, "allow", ANY, 443, 443),
        Rule(90, "deny", "203.0.113.0/24"),
    ]

    assert verdict(rules, address, port) == decided


def test_a_security_group_is_content_with_any_rule_that_matches():
    rules = [Rule(0, "allow", "192.0.2.0/24", 22, 22), Rule(0, "allow", ANY, 443, 443)]

    assert allowed(rules, "203.0.113.7", 443)
    assert not allowed(rules, "203.0.113.7", 22)


@pytest.mark.parametrize(
    ("acl_out", "good"), [([Rule(100, "allow", ANY, 443, 443)], False), (EPHEMERAL, True), ([], False)]
)
def test_the_reply_needs_the_clients_ephemeral_port_outbound(acl_out, good):
    steps = visit(("203.0.113.7", 50000), 443, HTTPS_IN, acl_out, HTTPS_IN)

    assert works(steps) is good
    assert steps[-1].place == "network ACL, outbound"


def test_the_reply_never_asks_the_outbound_rules_of_the_security_group():
    steps = visit(("203.0.113.7", 50000), 443, HTTPS_IN, EPHEMERAL, HTTPS_IN)

    assert steps[2].why == "a reply: tracked, no rule asked"


def test_a_request_stopped_at_the_subnet_never_reaches_the_security_group():
    steps = visit(("203.0.113.7", 50000), 443, [], EPHEMERAL, HTTPS_IN)

    assert [step.place for step in steps] == ["network ACL, inbound"]


def test_on_the_way_out_the_security_group_comes_first():
    steps = call_out(50000, ("203.0.113.7", 443), EPHEMERAL, HTTPS_IN, HTTPS_IN)

    assert [step.place for step in steps][:2] == ["security group, outbound", "network ACL, outbound"]
    assert works(steps)


def test_a_reply_from_outside_ends_at_an_acl_that_lets_only_requests_in():
    steps = call_out(50000, ("203.0.113.7", 443), HTTPS_IN, HTTPS_IN, HTTPS_IN)

    assert steps[-1].place == "network ACL, inbound"
    assert not works(steps)


@pytest.mark.parametrize("address", ["2001:db8::1", "203.0.113", ""])
def test_what_is_no_ipv4_address_is_refused_and_never_judged(address):
    with pytest.raises(ValueError, match=r"Expected 4 octets|Address cannot be empty"):
        verdict([Rule(100, "allow", ANY)], address, 443)
    with pytest.raises(ValueError, match=r"Expected 4 octets|Address cannot be empty"):
        next_hop([Route(ANY, "igw-1")], address)


@pytest.mark.parametrize(
    ("address", "target"),
    [("10.0.4.9", "local"), ("10.0.8.20", "eni-1"), ("172.31.8.5", "vgw-1"), ("172.31.9.5", "pcx-1")],
)
def test_the_table_of_the_questions_on_routes_leads_where_their_keys_say(address, target):
    table = [
        Route("10.0.4.0/24", "vgw-1", "VPN BGP"),
        Route("172.31.0.0/16", "vgw-1", "VPN BGP"),
        Route("172.31.8.0/24", "vgw-1", "VPN BGP"),
        Route("172.31.0.0/16", "pcx-1"),
        Route("10.0.8.0/24", "eni-1"),
        Route("10.0.0.0/16", "local", "local"),
    ]

    assert next_hop(table, address) == target
