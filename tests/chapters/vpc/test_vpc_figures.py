"""What the figures of addresses and of a packet's way show."""

import pytest
from drawn import look

from cloudcrib.chapters.vpc import draw
from cloudcrib.chapters.vpc.draw import inspection, path
from cloudcrib.chapters.vpc.path import Route, Rule, visit
from cloudcrib.kit.drawing import PALETTE
from cloudcrib.kit.palette import tint

ANY = "0.0.0.0/0"
OPEN = [Rule(100, "allow", ANY)]
HTTPS = [Rule(100, "allow", ANY, 443, 443)]
CLIENT = ("203.0.113.7", 50000)


def test_five_addresses_of_a_subnet_are_marked_as_kept() -> None:
    seen = look(draw.reserved, "10.0.0.16/28")

    assert seen.title == "A /28 has 16 addresses, and 11 of them are yours"
    assert [word for word in seen.words if word.startswith(".")] == [f".{n}" for n in range(16, 32)]
    kept = seen.colours(".16", ".17", ".18", ".19", ".31")
    yours = seen.colours(*(f".{n}" for n in range(20, 31)))
    assert ({*kept}, {*yours}) == ({tint("orange")}, {tint("sky")})
    assert "10.0.0.18 DNS" in seen.alt and "10.0.0.31 broadcast" in seen.alt and "other 11 are free" in seen.alt


def test_a_plan_has_a_block_for_each_tier_in_each_zone() -> None:
    seen = look(draw.subnet_map, "10.0.0.0/16", ["a", "b"], ["web", "app"])

    assert seen.title == "10.0.0.0/16: 4 subnets of /18 (16,379 usable each), and 0 spare blocks"
    assert seen.words[1:] == ["web", "10.0.0.0/18", "10.0.64.0/18", "app", "10.0.128.0/18", "10.0.192.0/18", "a", "b"]
    assert "web in b: 10.0.64.0/18" in seen.alt and "0 blocks of the same size stay free" in seen.alt


def test_subnets_lie_on_the_ruler_of_their_block() -> None:
    seen = look(draw.allocation, "10.0.0.0/24", [(100, "10.0.0.0/25"), (50, "10.0.0.128/26")])

    assert seen.title == "2 subnets in 10.0.0.0/24, 64 addresses left"
    assert seen.tiles()[1:] == [(0, 50), (50, 25)]
    assert {"/25", "/26", "free: 10.0.0.192/26"} <= {*seen.words}
    assert {"10.0.0.0", "10.0.0.64", "10.0.0.128", "10.0.0.192", "10.0.0.255"} <= {*seen.words}
    assert seen.alt.endswith("100 hosts in 10.0.0.0/25; 50 hosts in 10.0.0.128/26. Free: 10.0.0.192/26.")


def test_blocks_that_share_addresses_cannot_be_peered() -> None:
    seen = look(draw.overlap, "10.0.0.0/16", "10.0.128.0/17")

    assert seen.title == "10.0.0.0/16 and 10.0.128.0/17 overlap: no peering"
    assert seen.tiles() == [(0, 100), (50, 50), (50, 50)]
    assert {"10.0.0.0 to 10.0.255.255", "10.0.128.0 to 10.0.255.255", "in both blocks"} <= {*seen.words}
    assert seen.alt == f"{seen.title}."


def test_blocks_side_by_side_can_be_peered() -> None:
    seen = look(draw.overlap, "10.0.0.0/16", "10.1.0.0/16")

    assert seen.title == "10.0.0.0/16 and 10.1.0.0/16 share no address: peering is possible"
    assert seen.tiles() == [(0, 50), (50, 50)]
    assert "in both blocks" not in seen.words


def test_each_step_of_the_prefix_halves_a_subnet() -> None:
    seen = look(draw.doubling, 24)

    assert seen.title == "A /24 leaves 251 addresses; each step of the prefix halves it"
    assert seen.heights() == [65531, 32763, 16379, 8187, 4091, 2043, 1019, 507, 251, 123, 59, 27, 11]
    assert seen.ticks("x") == [f"/{n}" for n in range(16, 29)]
    assert [n for n, shade in zip(range(16, 29), seen.shades(), strict=True) if shade == PALETTE["blue"]] == [24]
    assert {"251", "65,531", "11", "AWS keeps 5 of 256 addresses, 2 %"} <= {*seen.words}
    assert "/24 leaves 251. AWS keeps 5 of 256 addresses, 2 %." in seen.alt


def test_the_longest_matching_prefix_wins() -> None:
    routes = [Route(ANY, "igw-1"), Route("10.0.0.0/16", "local", "local"), Route("10.0.4.0/24", "pcx-1")]

    seen = look(path.longest_prefix, routes, "10.0.3.4")

    assert seen.title == "10.0.3.4 goes to local: its /16 wins"
    assert seen.ticks("y") == [ANY, "10.0.0.0/16", "10.0.4.0/24"]
    assert seen.widths()[1:] == [16, 24]
    assert seen.shades() == [PALETTE["sky"], PALETTE["blue"], PALETTE["pale"]]
    assert seen.words[1:4] == ["igw-1: matches", "local: wins", "pcx-1: no match"]
    assert "10.0.0.0/16 to local local: wins" in seen.alt


def test_what_matches_no_route_is_dropped() -> None:
    seen = look(path.longest_prefix, [Route("10.0.0.0/16", "local", "local")], "192.0.2.1")

    assert seen.title == "192.0.2.1 matches no route and is dropped"
    assert "local: no match" in seen.words


def test_the_default_route_names_a_subnet() -> None:
    seen = look(path.doors)

    assert {"public subnet", "private subnet", "isolated subnet"} <= {*seen.words}
    assert {"0.0.0.0/0 → igw-1", "0.0.0.0/0 → nat-1", "no default route", "NAT gateway"} <= {*seen.words}
    assert seen.words.count("10.0.0.0/16 → local") == 3
    assert "the isolated one has only the local route" in seen.alt


def test_three_designs_for_nat_gateways() -> None:
    seen = look(path.nat_designs)

    assert seen.words.count("private") == 9
    assert seen.words.count("NAT") == 1 + 3
    assert seen.words.count("NAT gateway (regional)") == 1
    assert [seen.words.count(f"zone {zone}") for zone in "abc"] == [3, 3, 3]
    assert "Shared: the private subnets of all zones lead to one NAT gateway" in seen.alt


def test_the_first_rule_that_matches_decides() -> None:
    rules = [Rule(200, "allow", ANY, 443, 443), Rule(100, "deny", "203.0.113.0/24")]

    seen = look(path.rule_ladder, rules, "203.0.113.7", 443)

    assert seen.title == "203.0.113.7 to port 443: rule 100 says deny"
    assert seen.words[6:11] == ["100", "203.0.113.0/24", "all", "deny", "decides"]
    assert seen.words[11:16] == ["200", ANY, "443", "allow", "never asked"]
    assert seen.words[16:] == ["*", "all", "all", "deny", "never asked"]
    assert seen.colours("decides") == [PALETTE["red"]]
    assert "For 203.0.113.7 to port 443 rule 100 decides: deny." in seen.alt


def test_the_star_denies_what_no_rule_matched() -> None:
    seen = look(path.rule_ladder, [Rule(100, "allow", ANY, 1024, 2048)], "203.0.113.7", 443)

    assert seen.title == "203.0.113.7 to port 443: rule * says deny"
    assert "1024–2048" in seen.words
    assert (seen.words.count("no match"), seen.words.count("decides")) == (1, 1)


def test_a_conversation_that_passes_meets_four_checks() -> None:
    seen = look(path.walk, visit(CLIENT, 443, acl_in=OPEN, acl_out=OPEN, group_in=HTTPS))

    assert seen.title == "Request and reply pass all four checks"
    assert (seen.words.count("network ACL"), seen.words.count("security group")) == (2, 2)
    assert seen.words.count("from 203.0.113.7 to port 443") == 2
    assert seen.words.count("to 203.0.113.7, port 50000") == 2
    assert seen.alt.count("passes") == 4


def test_an_answer_is_stopped_where_no_rule_lets_it_out() -> None:
    seen = look(path.walk, visit(CLIENT, 443, acl_in=OPEN, acl_out=HTTPS, group_in=HTTPS))

    assert seen.title == "Stopped at the network ACL, outbound"
    assert "rule * says deny" in seen.words
    crosses = [line for line in seen.figure.axes[0].lines if line.get_marker() == "X"]
    assert [line.get_xdata()[0] for line in crosses] == [26]
    assert "network ACL, outbound: to 203.0.113.7, port 50000, stopped, rule * says deny" in seen.alt


def test_outwards_the_server_stands_outside() -> None:
    steps = visit(CLIENT, 443, acl_in=OPEN, acl_out=OPEN, group_in=HTTPS)

    inwards, outwards = look(path.walk, steps), look(path.walk, steps, outward=True)

    assert inwards.words.index("client") < inwards.words.index("server")
    assert outwards.words.index("server") < outwards.words.index("client")


def test_one_range_covers_the_ports_of_every_client() -> None:
    seen = look(path.port_ranges)

    assert [(bar.x, bar.x + bar.width) for bar in seen.bars()] == [(49152, 65535), (32768, 61000), (1024, 65535)]
    assert seen.words[1:5] == ["49152–65535", "32768–61000", "1024–65535", "443, where the request went"]
    assert "Linux 32768 to 61000" in seen.alt


def test_a_bill_is_stacked_and_summed() -> None:
    seen = look(path.bill, ["one", "two"], [{"hours": 10, "data": 2.5}, {"hours": 20, "data": 0}], "One is cheaper")

    assert seen.title == "One is cheaper"
    assert [(bar.x + bar.width / 2, bar.y, bar.height) for bar in seen.bars()] == [
        (0, 0, 10),
        (0, 10, 2.5),
        (1, 0, 20),
        (1, 20, 0),
    ]
    assert seen.words[1:3] == ["12.50", "20.00"]
    assert (seen.ticks("x"), seen.legend()) == (["one", "two"], ["hours", "data"])
    assert seen.alt == "One is cheaper. one: 12.50 USD; two: 20.00 USD."


@pytest.mark.parametrize("prefix", [16, 28])
def test_the_smallest_and_largest_subnet_are_marked_once(prefix: int) -> None:
    seen = look(draw.doubling, prefix)

    assert seen.shades().count(PALETTE["blue"]) == 1


def test_three_routes_lead_both_directions_through_the_firewall() -> None:
    seen = look(inspection.inspected)

    assert seen.title == "Three routes lead both directions through the firewall"
    assert {"10.0.1.0/24 → firewall endpoint", "0.0.0.0/0 → internet gateway", "0.0.0.0/0 → firewall endpoint"} <= {
        *seen.words
    }
    assert {"firewall subnet 10.0.9.0/28", "web subnet 10.0.1.0/24"} <= {*seen.words}
    assert "the table of the firewall subnet holds 0.0.0.0/0 → internet gateway" in seen.alt
