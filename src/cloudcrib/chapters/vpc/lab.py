"""An account to mend: a small network with three faults, and a look at what it is like."""

from ipaddress import IPv4Address, IPv4Network
from typing import Any

ANY = "0.0.0.0/0"
ANYWHERE = ("8.8.8.8", "203.0.113.7")
TCP = "6"
TCP_NAMES = (TCP, "tcp")
LAST = 32767  # the number behind the star


def build_broken(ec2: Any, block: str = "10.0") -> str:
    """A VPC with a web and an app subnet in which users time out and servers cannot call out; returns its id."""
    vpc = ec2.create_vpc(CidrBlock=f"{block}.0.0/16")["Vpc"]["VpcId"]
    web, app = (_subnet(ec2, vpc, f"{block}.{part}.0/24", name) for part, name in ((1, "web"), (2, "app")))
    gateway = _named(ec2, ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"], "igw")
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    nat = ec2.create_nat_gateway(SubnetId=web, AllocationId=address)["NatGateway"]["NatGatewayId"]
    _named(ec2, nat, "out")
    _table(ec2, vpc, "public", gateway)  # the first fault: nobody associates it
    private = _table(ec2, vpc, "private", gateway)  # the second: past the NAT gateway
    ec2.associate_route_table(RouteTableId=private, SubnetId=app)
    _acl(ec2, vpc, web)  # the third: no way back to ephemeral ports
    return str(vpc)


def _named(ec2: Any, id: str, name: str) -> str:
    ec2.create_tags(Resources=[id], Tags=[{"Key": "Name", "Value": name}])
    return id


def _subnet(ec2: Any, vpc: str, block: str, name: str) -> str:
    return _named(ec2, ec2.create_subnet(VpcId=vpc, CidrBlock=block)["Subnet"]["SubnetId"], name)


def _table(ec2: Any, vpc: str, name: str, gateway: str) -> str:
    table = _named(ec2, ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"], name)
    ec2.create_route(RouteTableId=table, DestinationCidrBlock=ANY, GatewayId=gateway)
    return table


def _acl(ec2: Any, vpc: str, subnet: str) -> None:
    acl = _named(ec2, ec2.create_network_acl(VpcId=vpc)["NetworkAcl"]["NetworkAclId"], "web-acl")
    lines = ((100, False, 443, 443), (110, False, 1024, 65535), (100, True, 443, 443))
    for number, out, low, high in lines:
        ec2.create_network_acl_entry(
            NetworkAclId=acl, RuleNumber=number, Protocol=TCP, RuleAction="allow", Egress=out, CidrBlock=ANY,
            PortRange={"From": low, "To": high},
        )  # fmt: skip
    old = acl_of(ec2, vpc, subnet)
    tie = next(a for a in old["Associations"] if a["SubnetId"] == subnet)
    ec2.replace_network_acl_association(AssociationId=tie["NetworkAclAssociationId"], NetworkAclId=acl)


def name_of(thing: dict[str, Any]) -> str:
    """The Name tag of a thing, or nothing."""
    return next((str(tag["Value"]) for tag in thing.get("Tags", []) if tag["Key"] == "Name"), "")


def subnets(ec2: Any, vpc: str) -> dict[str, str]:
    """The ids of a VPC's subnets by their Name tags."""
    found = ec2.describe_subnets(Filters=_in(vpc))["Subnets"]
    return {name_of(subnet): subnet["SubnetId"] for subnet in found}


def routes_of(ec2: Any, vpc: str, subnet: str) -> dict[str, str]:
    """Destination and target of each route that the subnet really uses: its own table's, else the main table's."""
    tables = ec2.describe_route_tables(Filters=_in(vpc))["RouteTables"]
    own = [t for t in tables if any(a.get("SubnetId") == subnet for a in t["Associations"])]
    main = [t for t in tables if any(a.get("Main") for a in t["Associations"])]
    table = (own or main)[0]
    return {str(r.get("DestinationCidrBlock")): _target(r) for r in table["Routes"] if r.get("DestinationCidrBlock")}


def _target(route: dict[str, Any]) -> str:
    kinds = (
        "NatGatewayId",
        "GatewayId",
        "TransitGatewayId",
        "VpcPeeringConnectionId",
        "NetworkInterfaceId",
        "InstanceId",
    )
    return next((str(route[kind]) for kind in kinds if route.get(kind)), "nowhere")


def acl_of(ec2: Any, vpc: str, subnet: str) -> dict[str, Any]:
    """The one network ACL of a subnet."""
    acls = ec2.describe_network_acls(Filters=_in(vpc))["NetworkAcls"]
    return next(acl for acl in acls if any(a["SubnetId"] == subnet for a in acl["Associations"]))


def lets_through(acl: dict[str, Any], egress: bool, port: int) -> bool:
    """Whether a network ACL lets TCP from or to anywhere through on a port, be it by one rule or by several.

    Two addresses stand for anywhere, one of each half of IPv4; a block that holds only one of them is not anywhere.
    """
    return all(_allows(acl, egress, port, IPv4Address(address)) for address in ANYWHERE)


def _allows(acl: dict[str, Any], egress: bool, port: int, address: IPv4Address) -> bool:
    """The lowest number that matches TCP, the port and the other side's address decides."""
    for entry in sorted((e for e in acl["Entries"] if e["Egress"] is egress), key=lambda e: int(e["RuleNumber"])):
        every = {"From": 0, "To": 65535}  # all protocols means all ports, whatever range is written
        ports = every if entry["Protocol"] == "-1" else entry.get("PortRange") or every
        block = entry.get("CidrBlock")  # what has none is a rule for IPv6
        tcp, open_port = entry["Protocol"] in (*TCP_NAMES, "-1"), ports["From"] <= port <= ports["To"]
        if tcp and open_port and block and address in IPv4Network(block):
            return bool(entry["RuleAction"] == "allow")
    return False


def look(ec2: Any, vpc: str) -> list[dict[str, str]]:
    """One row for each subnet: the routes it uses and what its network ACL lets in and out."""
    rows = []
    for name, id in sorted(subnets(ec2, vpc).items()):
        routes = routes_of(ec2, vpc, id)
        acl = acl_of(ec2, vpc, id)
        rows.append(
            {
                "subnet": name,
                "routes": ", ".join(f"{to} → {via.split('-')[0]}" for to, via in routes.items()),
                "network ACL in": _lines(acl, False),
                "network ACL out": _lines(acl, True),
            }
        )
    return rows


def _lines(acl: dict[str, Any], egress: bool) -> str:
    entries = sorted((e for e in acl["Entries"] if e["Egress"] is egress), key=lambda e: int(e["RuleNumber"]))
    numbered = [f"{e['RuleNumber']} {e['RuleAction']} {_span(e)}" for e in entries if e["RuleNumber"] < LAST]
    return "; ".join([*numbered, "* deny all"])


def _span(entry: dict[str, Any]) -> str:
    ports = {} if entry["Protocol"] == "-1" else entry.get("PortRange") or {}
    low, high = ports.get("From"), ports.get("To")
    return "all" if low is None else str(low) if low == high else f"{low}–{high}"


def _in(vpc: str) -> list[dict[str, Any]]:
    return [{"Name": "vpc-id", "Values": [vpc]}]
