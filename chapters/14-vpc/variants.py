"""Other figures for questions of this chapter: each function draws one variant."""

from pathlib import Path
from random import Random

from cloudcrib.course.facts import load
from cloudcrib.chapters.vpc import addresses

FACTS = load(Path(__file__).with_name("facts.toml"))
PRICE = FACTS["eip-charged-only-idle"].values["usd_hour"]
HOURS = 730


def usable(r: Random) -> dict:
    """The addresses that are left in a subnet of any size that AWS allows, some being in use."""
    prefix = r.randint(20, addresses.SMALLEST)
    block, taken = addresses.addresses(prefix), r.choice((2, 4, 6, 7))
    start = r.randrange(0, 65536, block)
    left = addresses.usable(prefix) - taken
    return {
        "stem": f"In the subnet `10.{r.randint(0, 255)}.{start // 256}.{start % 256}/{prefix}` stand {taken} instances, each with one private address. "
        "An Auto Scaling group is to add instances of the same kind in this subnet alone. How many can it add before a launch fails for want of an address?",
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


VARIANTS = {
    "vpc-slash-28": usable,
    "vpc-prefix-for-nine": prefix_for_parts,
    "vpc-address-bill": address_bill,
}
