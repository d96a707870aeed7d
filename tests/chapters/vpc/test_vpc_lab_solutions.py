"""The graders of both labs give full marks to right solutions that look different."""

from ipaddress import ip_network

import pytest
from shared import REPOSITORY

from cloudcrib.chapters.vpc import lab
from cloudcrib.course import regions
from cloudcrib.course.chapter import read
from cloudcrib.exercise.check import examine
from cloudcrib.lab import client

CHAPTER = read(REPOSITORY / "chapters" / "14-vpc")

SMALL_SUBNETS_OVER_THREE_ZONES = """
def build_network(region, cidr):
    ec2 = client("ec2", region)
    vpc = ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]
    igw = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=igw, VpcId=vpc)
    blocks = ip_network(cidr).subnets(new_prefix=24)
    zones = ec2.describe_availability_zones()["AvailabilityZones"][:3]
    make = lambda zone: ec2.create_subnet(VpcId=vpc, CidrBlock=str(next(blocks)), AvailabilityZoneId=zone["ZoneId"])
    public = [make(zone)["Subnet"]["SubnetId"] for zone in zones]
    private = [make(zone)["Subnet"]["SubnetId"] for zone in zones]
    for outer, inner in zip(public, private):
        table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        ec2.associate_route_table(RouteTableId=table, SubnetId=outer)
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=igw)
        eip = ec2.allocate_address(Domain="vpc")["AllocationId"]
        nat = ec2.create_nat_gateway(SubnetId=outer, AllocationId=eip)["NatGateway"]["NatGatewayId"]
        table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)
        ec2.associate_route_table(RouteTableId=table, SubnetId=inner)
    return vpc
"""

TABLES_FIRST_GATEWAYS_LAST = """
def build_network(region, cidr):
    ec2 = client("ec2", region)
    vpc = ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]
    a, b = [zone["ZoneName"] for zone in ec2.describe_availability_zones()["AvailabilityZones"]][:2]
    quarters = list(map(str, ip_network(cidr).subnets(prefixlen_diff=2)))
    made = {}
    for name, zone, block in (("pub-a", a, quarters[0]), ("app-a", a, quarters[1]), ("pub-b", b, quarters[2]), ("app-b", b, quarters[3])):
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=block, AvailabilityZone=zone)["Subnet"]["SubnetId"]
        ec2.create_tags(Resources=[subnet], Tags=[{"Key": "Name", "Value": name}])
        made[name] = subnet
    tables = {name: ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"] for name in ("pub", "app-a", "app-b")}
    for name, subnet in made.items():
        ec2.associate_route_table(RouteTableId=tables.get(name, tables["pub"]), SubnetId=subnet)
    igw = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(VpcId=vpc, InternetGatewayId=igw)
    ec2.create_route(RouteTableId=tables["pub"], DestinationCidrBlock="0.0.0.0/0", GatewayId=igw)
    for letter in "ab":
        nat = ec2.create_nat_gateway(
            SubnetId=made["pub-" + letter], AllocationId=ec2.allocate_address()["AllocationId"], ConnectivityType="public"
        )["NatGateway"]["NatGatewayId"]
        ec2.create_route(RouteTableId=tables["app-" + letter], DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)
    return vpc
"""

NEW_TABLES_AND_TWO_RULES = """
def repair(region, vpc_id):
    ec2 = client("ec2", region)
    here = [{"Name": "vpc-id", "Values": [vpc_id]}]
    subnets = vpc_lab.subnets(ec2, vpc_id)
    igw = ec2.describe_internet_gateways(Filters=[{"Name": "attachment.vpc-id", "Values": [vpc_id]}])["InternetGateways"][0]
    web = ec2.create_route_table(VpcId=vpc_id)["RouteTable"]["RouteTableId"]
    ec2.create_route(RouteTableId=web, DestinationCidrBlock="0.0.0.0/0", GatewayId=igw["InternetGatewayId"])
    ec2.associate_route_table(RouteTableId=web, SubnetId=subnets["web"])
    nat = ec2.describe_nat_gateways(Filters=here)["NatGateways"][0]["NatGatewayId"]
    table = next(t for t in ec2.describe_route_tables(Filters=here)["RouteTables"] if any(a.get("SubnetId") == subnets["app"] for a in t["Associations"]))
    ec2.delete_route(RouteTableId=table["RouteTableId"], DestinationCidrBlock="0.0.0.0/0")
    ec2.create_route(RouteTableId=table["RouteTableId"], DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)
    acl = vpc_lab.acl_of(ec2, vpc_id, subnets["web"])["NetworkAclId"]
    for number, low, high in ((200, 1024, 32767), (210, 32768, 65535)):
        ec2.create_network_acl_entry(
            NetworkAclId=acl, RuleNumber=number, Protocol="6", RuleAction="allow", Egress=True,
            CidrBlock="0.0.0.0/0", PortRange={"From": low, "To": high},
        )
"""

ANOTHER_NETWORK_ACL = """
def repair(region, vpc_id):
    ec2 = client("ec2", region)
    here = [{"Name": "vpc-id", "Values": [vpc_id]}]
    subnets = vpc_lab.subnets(ec2, vpc_id)
    named = {vpc_lab.name_of(t): t["RouteTableId"] for t in ec2.describe_route_tables(Filters=here)["RouteTables"]}
    ec2.associate_route_table(RouteTableId=named["public"], SubnetId=subnets["web"])
    nat = ec2.describe_nat_gateways(Filters=here)["NatGateways"][0]["NatGatewayId"]
    app = ec2.create_route_table(VpcId=vpc_id)["RouteTable"]["RouteTableId"]
    ec2.create_route(RouteTableId=app, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)
    old = next(a for t in ec2.describe_route_tables(Filters=here)["RouteTables"] for a in t["Associations"] if a.get("SubnetId") == subnets["app"])
    ec2.replace_route_table_association(AssociationId=old["RouteTableAssociationId"], RouteTableId=app)
    new = ec2.create_network_acl(VpcId=vpc_id)["NetworkAcl"]["NetworkAclId"]
    for out in (False, True):
        for number, low, high in ((10, 443, 443), (20, 1024, 65535)):
            ec2.create_network_acl_entry(
                NetworkAclId=new, RuleNumber=number, Protocol="6", RuleAction="allow", Egress=out,
                CidrBlock="0.0.0.0/0", PortRange={"From": low, "To": high},
            )
    acl = vpc_lab.acl_of(ec2, vpc_id, subnets["web"])
    tie = next(a for a in acl["Associations"] if a["SubnetId"] == subnets["web"])
    ec2.replace_network_acl_association(AssociationId=tie["NetworkAclAssociationId"], NetworkAclId=new)
"""

TWO_HALVES_OF_THE_INTERNET = NEW_TABLES_AND_TWO_RULES.replace(
    """((200, 1024, 32767), (210, 32768, 65535)):""",
    """((200, 1024, 65535), (210, 1024, 65535)):""",
).replace(
    """CidrBlock="0.0.0.0/0", PortRange={"From": low, "To": high}""",
    """CidrBlock="0.0.0.0/1" if number == 200 else "128.0.0.0/1", PortRange={"From": low, "To": high}""",
)


@pytest.mark.parametrize(
    ("id", "solution"),
    [
        ("vpc-lab-network", SMALL_SUBNETS_OVER_THREE_ZONES),
        ("vpc-lab-network", TABLES_FIRST_GATEWAYS_LAST),
        ("vpc-lab-repair", NEW_TABLES_AND_TWO_RULES),
        ("vpc-lab-repair", ANOTHER_NETWORK_ACL),
        ("vpc-lab-repair", TWO_HALVES_OF_THE_INTERNET),
    ],
)
def test_a_right_solution_that_looks_different_earns_everything(id, solution, monkeypatch):
    monkeypatch.setenv("CLOUDCRIB_ROOT", str(REPOSITORY))
    names = {"client": client, "vpc_lab": lab, "ip_network": ip_network}
    exec(solution, names)

    done = examine(id, regions.whole(CHAPTER.expand(CHAPTER.exercise(id).tests.source)), names)

    assert done.earned == done.points, done.report()
