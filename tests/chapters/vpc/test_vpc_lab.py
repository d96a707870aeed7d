"""The broken network: three faults, and a look that shows them."""

import pytest

from cloudcrib.chapters.vpc import lab
from cloudcrib.lab import client, fresh


@pytest.fixture
def broken():
    fresh()
    ec2 = client("ec2", "eu-west-1")
    return ec2, lab.build_broken(ec2, "10.8")


def test_the_web_subnet_uses_the_main_table_and_finds_no_way_out(broken):
    ec2, vpc = broken

    assert lab.routes_of(ec2, vpc, lab.subnets(ec2, vpc)["web"]) == {"10.8.0.0/16": "local"}


def test_the_app_subnet_leads_past_the_nat_gateway(broken):
    ec2, vpc = broken

    assert lab.routes_of(ec2, vpc, lab.subnets(ec2, vpc)["app"])["0.0.0.0/0"].startswith("igw-")


def test_answers_to_ephemeral_ports_find_no_outbound_rule(broken):
    ec2, vpc = broken
    acl = lab.acl_of(ec2, vpc, lab.subnets(ec2, vpc)["web"])

    assert lab.lets_through(acl, False, 443)
    assert not lab.lets_through(acl, True, 50000)


def test_the_lowest_number_decides_what_an_acl_lets_through():
    entries = [
        {"RuleNumber": 200, "Egress": True, "Protocol": "-1", "CidrBlock": "0.0.0.0/0", "RuleAction": "allow"},
        {"RuleNumber": 100, "Egress": True, "Protocol": "6", "CidrBlock": "0.0.0.0/0", "RuleAction": "deny"},
    ]

    assert not lab.lets_through({"Entries": entries}, True, 443)


def test_a_look_names_no_ids_so_that_it_is_always_the_same(broken):
    ec2, vpc = broken

    web = lab.look(ec2, vpc)[1]

    assert web == {
        "subnet": "web",
        "routes": "10.8.0.0/16 → local",
        "network ACL in": "100 allow 443; 110 allow 1024–65535; * deny all",
        "network ACL out": "100 allow 443; * deny all",
    }


def entry(number: int, action: str, block: str, protocol: str = "6") -> dict[str, object]:
    ports = {"From": 1024, "To": 65535}
    return {"RuleNumber": number, "Egress": True, "Protocol": protocol, "CidrBlock": block, "RuleAction": action, "PortRange": ports}  # fmt: skip


def test_two_halves_of_the_internet_are_anywhere_and_one_half_is_not():
    halves = [entry(100, "allow", "0.0.0.0/1"), entry(110, "allow", "128.0.0.0/1")]

    assert lab.lets_through({"Entries": halves}, True, 50000)
    assert not lab.lets_through({"Entries": halves[:1]}, True, 50000)


def test_rules_for_other_protocols_and_for_ipv6_let_no_tcp_over_ipv4_through():
    six = {key: value for key, value in entry(90, "allow", "").items() if key != "CidrBlock"} | {
        "Ipv6CidrBlock": "::/0"
    }

    assert not lab.lets_through({"Entries": [six, entry(100, "allow", "0.0.0.0/0", protocol="17")]}, True, 50000)
