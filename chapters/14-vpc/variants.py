"""Other figures for questions of this chapter: each function draws one variant."""

from pathlib import Path
from random import Random

from cloudcrib.course.facts import load
from cloudcrib.chapters.vpc import addresses

FACTS = load(Path(__file__).with_name("facts.toml"))
PRICE = FACTS["eip-charged-only-idle"].values["usd_hour"]
NAT_GB = FACTS["natgw-pricing"].values["usd_gb"]
ENDPOINT = FACTS["vpce-interface"].values
HOURS = 730


def usable(r: Random) -> dict:
    """The addresses that are left in a subnet of any size that AWS allows, some being in use."""
    prefix = r.randint(20, addresses.SMALLEST)
    block, taken = addresses.addresses(prefix), r.choice((2, 4, 6, 7))
    start = r.randrange(0, 65536, block)
    left = addresses.usable(prefix) - taken
    return {
        "stem": f"In the subnet `10.{r.randint(0, 255)}.{start // 256}.{start % 256}/{prefix}` are {taken} instances, each with one private address. "
        "An Auto Scaling group is to add instances of the same kind in this subnet alone. How many can it add before a launch fails because no address is free?",
        "answer": left,
        "why": f"A /{prefix} has {block} addresses; AWS keeps the first four and the last, and {taken} of the other {addresses.usable(prefix)} are in use.",
        "traps": [
            {"value": left + 3, "why": "You kept back two addresses, which is right for a network at home. AWS keeps five.", "mistake": "vpc-keeps-two"},
            {"value": left + 5, "why": "AWS keeps five addresses of the block as well.", "mistake": "vpc-keeps-none"},
            {"value": left + 1, "why": "You left out the last address: broadcast does not exist in a VPC, but its address is kept all the same."},
            {"value": left + taken, "why": f"You left out the {taken} addresses that are in use already."},
        ],
        "hint": [
            "How many addresses has the block before anybody takes one?",
            "Two to the power of the bits that the prefix leaves free, less what AWS keeps at both ends, less what is in use already.",
        ],
    }


def prefix_for_parts(r: Random) -> dict:
    """The prefix of equal subnets that are as large as they can be."""
    zones, tiers, start = r.choice((2, 3, 4, 6)), r.choice((2, 3, 5)), r.randint(16, 20)
    parts = zones * tiers
    bits = (parts - 1).bit_length()
    fits, spare = 2**bits, 2**bits - parts
    return {
        "stem": f"You split `10.{r.randint(0, 255)}.0.0/{start}` into equal subnets, one for each of {tiers} tiers in each of {zones} zones, as large as they can be. Which prefix length do they have?",
        "answer": start + bits,
        "why": f"{fits // 2} blocks are too few for {parts} subnets; {bits} halvings give {fits}, so the blocks are /{start + bits}. Blocks left to grow into: {spare}.",
        "traps": [
            {"value": start + bits - 1, "why": f"A /{start} has only {fits // 2} blocks of /{start + bits - 1}; not all {parts} subnets would find a place."},
            {"value": start + parts, "why": "The prefix grows by the number of halvings, not by the number of subnets."},
            {"value": 24, "why": "A /24 is a habit, not a need."},
        ],
        "hint": [f"{parts} parts are wanted, but blocks are only ever halved.", f"How many halvings give at least {parts} blocks? Add that to {start}."],
    }


def address_bill(r: Random) -> dict:
    """The monthly bill for public IPv4 addresses."""
    used, idle, own = r.randint(2, 30), r.randint(2, 9), r.randint(1, 4)
    cost = lambda count: round(count * PRICE * HOURS, 2)
    return {
        "stem": f"An account has {used} public IPv4 addresses of AWS in use, {idle} idle Elastic IPs, and brought {own} of its own. "
        f"At {PRICE} USD an hour and {HOURS} hours, what do they cost in a month?",
        "answer": cost(used + idle),
        "why": f"{used + idle} addresses of AWS × {HOURS} h × {PRICE} USD; those you brought are exempt.",
        "traps": [
            {"value": cost(idle), "why": "You counted only the idle ones. So it was until January 2024; now used ones cost the same.", "mistake": "vpc-idle-only"},
            {"value": cost(used + idle + own), "why": "You counted the addresses of your own as well; addresses you bring are exempt.", "mistake": "vpc-byoip-pays"},
            {"value": cost(used), "why": "You counted only those in use; idle ones cost the same."},
        ],
    }


def endpoint_saving(r: Random) -> dict:
    """What an interface endpoint saves where NAT gateways stay for other traffic."""
    zones, gigabytes = r.choice((2, 3, 4)), r.randrange(3_000, 20_001, 500)
    gone, data, hour = gigabytes * NAT_GB, gigabytes * ENDPOINT["usd_gb"], HOURS * ENDPOINT["usd_hour"]
    money = lambda usd: round(usd, 2)
    return {
        "stem": f"Containers in {zones} zones send {gigabytes:,} GB a month through NAT gateways to one AWS service, which offers an interface endpoint and no gateway endpoint. "
        f"A NAT gateway processes a GB for {NAT_GB} USD; an interface endpoint costs {ENDPOINT['usd_hour']} USD an hour in each zone and {ENDPOINT['usd_gb']} USD a GB. "
        f"A month has {HOURS} hours, and the NAT gateways stay for other traffic. How many USD a month does an endpoint in all {zones} zones save?",
        "answer": money(gone - data - zones * hour),
        "why": f"{money(gone):,.2f} USD disappear; the endpoint costs {money(zones * hour):,.2f} USD for its hours and {money(data):,.2f} USD for the gigabytes.",
        "traps": [
            {"value": money(gone), "why": "So much disappears, but an interface endpoint is not free: hours and gigabytes are charged."},
            {"value": money(gone - data - hour), "why": "You counted the hours of one zone; an interface endpoint is paid in each zone in which it stands."},
            {"value": money(gone - data), "why": "You left out the hours of the endpoint."},
            {"value": money(gone - zones * hour), "why": "You left out the gigabytes of the endpoint."},
        ],
        "hint": ["What disappears from the bill, and what is new on it?", f"{gigabytes:,} GB no longer pass the NAT gateways; the endpoint has {zones} × {HOURS} hours and the same gigabytes."],
    }


VARIANTS = {
    "vpc-slash-28": usable,
    "vpc-prefix-for-nine": prefix_for_parts,
    "vpc-address-bill": address_bill,
    "vpc-endpoint-saving": endpoint_saving,
}
