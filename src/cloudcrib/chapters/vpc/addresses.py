"""Addresses of a VPC: how many a subnet leaves, and how blocks are split without overlap."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, collapse_addresses

LARGEST, SMALLEST = 16, 28  # prefix lengths AWS allows for an IPv4 subnet
RESERVED = 5
ROLES = {0: "network", 1: "router", 2: "DNS", 3: "future use", -1: "broadcast"}


def addresses(prefix: int) -> int:
    """Every bit that the prefix leaves free doubles the block."""
    return int(2 ** (32 - prefix))


def usable(prefix: int) -> int:
    """AWS keeps five addresses of each subnet; the rest are yours."""
    if not LARGEST <= prefix <= SMALLEST:
        raise ValueError(f"a subnet is /{LARGEST} to /{SMALLEST}, not /{prefix}")
    return addresses(prefix) - RESERVED


def smallest_prefix(hosts: int) -> int:
    """The smallest subnet that leaves room for so many addresses of yours."""
    for prefix in range(SMALLEST, LARGEST - 1, -1):
        if usable(prefix) >= hosts:
            return prefix
    raise ValueError(f"no subnet has {hosts} usable addresses")


def reserved(cidr: str) -> dict[str, str]:
    """What AWS keeps of a subnet: its first four addresses and its last."""
    block = IPv4Network(cidr)
    return {role: str(block[place]) for place, role in ROLES.items()}


def equal_split(cidr: str, parts: int) -> list[str]:
    """Equal blocks come in powers of two, so nine parts cost sixteen blocks."""
    bits = max(parts - 1, 0).bit_length()
    block = IPv4Network(cidr)
    if block.prefixlen + bits > SMALLEST:
        raise ValueError(f"{cidr} cannot be split into {parts} subnets of /{SMALLEST} or more")
    return [str(part) for part in block.subnets(prefixlen_diff=bits)]


def plan(cidr: str, zones: Sequence[str], tiers: Sequence[str]) -> dict[tuple[str, str], str]:
    """One subnet for each tier in each zone, tier by tier, so that a tier's blocks lie together."""
    blocks = equal_split(cidr, len(zones) * len(tiers))
    places = [(tier, zone) for tier in tiers for zone in zones]
    return dict(zip(places, blocks, strict=False))


def allocate(cidr: str, hosts: Iterable[int], largest_first: bool = True) -> list[tuple[int, str]]:
    """Subnets sized to their hosts, each placed at the next address where a block of its size may start."""
    block, placed = IPv4Network(cidr), []
    cursor = int(block.network_address)
    for wanted in sorted(hosts, reverse=True) if largest_first else hosts:
        size = addresses(smallest_prefix(wanted))
        start = -(-cursor // size) * size
        cursor = start + size
        if cursor > int(block.broadcast_address) + 1:
            raise ValueError(f"{cidr} has no room left for {wanted} addresses")
        placed.append((wanted, str(IPv4Network((start, 33 - size.bit_length())))))
    return placed


def spare(cidr: str, taken: Iterable[str]) -> list[str]:
    """What is left of a block once the taken ones are cut out, in as few blocks as possible."""
    free = [IPv4Network(cidr)]
    for block in map(IPv4Network, taken):
        free = [piece for whole in free for piece in _without(whole, block)]
    return [str(piece) for piece in collapse_addresses(free)]


def _without(whole: IPv4Network, block: IPv4Network) -> list[IPv4Network]:
    if not whole.overlaps(block):
        return [whole]
    return [] if whole.subnet_of(block) else list(whole.address_exclude(block))


def overlap(one: str, other: str) -> bool:
    """Two blocks that share an address can neither be subnets of one VPC nor be peered."""
    return IPv4Network(one).overlaps(IPv4Network(other))
