"""Figures of addresses: what AWS keeps of a subnet, and how a block is shared out."""

from collections.abc import Sequence
from functools import partial
from ipaddress import IPv4Network

from cloudcrib.chapters.vpc import addresses
from cloudcrib.kit import shapes
from cloudcrib.kit.counted import counted
from cloudcrib.kit.drawing import PALETTE, Picture, blank, canvas, picture
from cloudcrib.kit.palette import ground

TIER_COLOURS = [PALETTE[name] for name in ("blue", "green", "pink", "sky", "yellow")]
COLOURS = [PALETTE[name] for name in ("blue", "green", "orange", "pink", "sky", "red", "yellow", "grey")]
tile = partial(shapes.block, edge="white")
box = partial(shapes.box, edge="white", corner=0, line=1, size=None)


def reserved(cidr: str) -> Picture:
    """Each address of a small subnet, and the five that AWS keeps."""
    block = IPv4Network(cidr)
    kept = {address: role for role, address in addresses.reserved(cidr).items()}
    left = addresses.usable(block.prefixlen)
    fig, ax = canvas(
        f"A /{block.prefixlen} has {block.num_addresses} addresses, and {left} of them are yours", height=2.5
    )
    across = min(block.num_addresses, 16)
    rows = block.num_addresses // across
    blank(ax, across, rows + 0.9)
    for place, address in enumerate(block):
        x, y = place % across, rows - 1 - place // across + 0.75
        role = kept.get(str(address))
        colour = PALETTE["orange"] if role else PALETTE["sky"]
        tile(ax, x + 0.05, y, 0.9, 0.85, ground(colour), edge=colour)
        ax.text(
            x + 0.5, y + 0.7, f".{str(address).split('.')[-1]}", ha="center", va="center", weight="bold", fontsize=7.5
        )
        if role:
            ax.text(x + 0.5, y + 0.3, role.split()[0], ha="center", va="center", fontsize=7.5, rotation=90)
    ax.text(0, 0.25, f"{cidr}: orange is kept by AWS, blue is yours", va="center", color=PALETTE["soft"])
    words = ", ".join(f"{address} {role}" for address, role in kept.items())
    return picture(
        fig, alt=f"The {block.num_addresses} addresses of {cidr}; AWS keeps {words}. The other {left} are free."
    )


def subnet_map(cidr: str, zones: Sequence[str], tiers: Sequence[str]) -> Picture:
    """Tiers as rows, zones as columns, one block in each crossing, and what is left."""
    made = addresses.plan(cidr, zones, tiers)
    left = len(addresses.equal_split(cidr, len(made))) - len(made)
    size = IPv4Network(next(iter(made.values()))).prefixlen
    words = f"{counted(len(made), 'subnet')} of /{size} ({addresses.usable(size):,} usable each), and {counted(left, 'spare block')}"
    fig, ax = canvas(f"{cidr}: {words}")
    across, down = len(zones), len(tiers)
    blank(ax, across + 0.75, down + 0.65)
    for row, tier in enumerate(tiers):
        y = down - 1 - row + 0.12
        ax.text(0.02, y + 0.38, tier, va="center", weight="bold", fontsize=9.5)
        for column, zone in enumerate(zones):
            colour = TIER_COLOURS[row % len(TIER_COLOURS)]
            box(ax, column + 0.78, y, 0.9, 0.76, made[tier, zone], colour)
    for column, zone in enumerate(zones):
        tile(ax, column + 0.73, 0, 1, down + 0.1, "none", edge="grey")
        ax.text(column + 1.23, down + 0.32, zone, ha="center", va="center", weight="bold", color=PALETTE["soft"])
    said = "; ".join(f"{tier} in {zone}: {block}" for (tier, zone), block in made.items())
    return picture(
        fig,
        alt=f"A plan of {cidr}. {said}. {counted(left, 'block of the same size stays', 'blocks of the same size stay')} free.",
    )


def allocation(cidr: str, placed: Sequence[tuple[int, str]]) -> Picture:
    """The block as a ruler, the subnets on it, and the holes between them."""
    block = IPv4Network(cidr)
    free = addresses.spare(cidr, [taken for _, taken in placed])
    spare = sum(IPv4Network(piece).num_addresses for piece in free)
    fig, ax = canvas(
        f"{counted(len(placed), 'subnet')} in {cidr}, {counted(spare, 'address', 'addresses')} left", height=2.7
    )
    blank(ax, 100, 40)
    scale = 100 / block.num_addresses
    tile(ax, 0, 14, 100, 12, "pale", edge="grey")
    for place, (_, taken) in enumerate(placed):
        part = IPv4Network(taken)
        x = (int(part.network_address) - int(block.network_address)) * scale
        width = part.num_addresses * scale
        colour = COLOURS[place % len(COLOURS)]
        box(ax, x, 14, width, 12, f"/{part.prefixlen}" if width > 4 else "", colour, weight="bold")
    for share in range(5):
        mark = block[share * block.num_addresses // 4] if share < 4 else block[-1]
        side = "left" if share == 0 else "right" if share == 4 else "center"
        ax.plot([share * 25] * 2, [12, 14], color=PALETTE["grey"], lw=1)
        ax.text(share * 25, 9, str(mark), ha=side, va="center", fontsize=8, color=PALETTE["soft"])
    holes = ", ".join(free[:4]) + (" …" if len(free) > 4 else "")
    ax.text(0, 33, f"free: {holes or 'nothing'}", va="center", color=PALETTE["soft"])
    said = "; ".join(f"{counted(hosts, 'host', form='d')} in {taken}" for hosts, taken in placed)
    return picture(fig, alt=f"The block {cidr} as a ruler. {said}. Free: {', '.join(free) or 'nothing'}.")


def overlap(one: str, other: str) -> Picture:
    """Two blocks on one ruler: peering is refused where they share addresses."""
    blocks = [IPv4Network(one), IPv4Network(other)]
    shared = addresses.overlap(one, other)
    title = f"{one} and {other} " + ("overlap: no peering" if shared else "share no address: peering is possible")
    fig, ax = canvas(title, height=2.4)
    blank(ax, 100, 40)
    low = min(int(b.network_address) for b in blocks)
    span = max(int(b.broadcast_address) for b in blocks) + 1 - low
    for block, y, colour in zip(blocks, (24, 8), ("blue", "orange"), strict=True):
        x, width = 100 * (int(block.network_address) - low) / span, max(100 * block.num_addresses / span, 0.6)
        x = min(x, 100 - width)
        tile(ax, x, y, width, 9, colour)
        side = {"ha": "left"} if x < 50 else {"ha": "right"}
        ax.text(
            x if x < 50 else x + width, y + 12, f"{block[0]} to {block[-1]}", va="center", color=PALETTE["soft"], **side
        )
    if shared:
        inner = max(blocks, key=lambda block: block.prefixlen)
        x, width = 100 * (int(inner.network_address) - low) / span, max(100 * inner.num_addresses / span, 0.6)
        tile(ax, x, 1, width, 5, "red")
        beside = {"x": x - 1, "ha": "right"} if x > 50 else {"x": x + width + 1, "ha": "left"}
        place = {"x": x + width / 2, "ha": "center", "color": "white"} if width > 30 else beside
        ax.text(y=3.4, s="in both blocks", va="center", fontsize=7.5, **place)
    return picture(fig, alt=f"{title}.")


def doubling(prefix: int) -> Picture:
    """Usable addresses of every size of subnet on a scale of powers of two, one of them marked."""
    sizes = list(range(addresses.LARGEST, addresses.SMALLEST + 1))
    fig, ax = canvas(f"A /{prefix} leaves {addresses.usable(prefix):,} addresses; each step of the prefix halves it")
    colours = [PALETTE["blue"] if size == prefix else PALETTE["sky"] for size in sizes]
    ax.bar([f"/{size}" for size in sizes], [addresses.usable(size) for size in sizes], color=colours)
    ax.set_yscale("log", base=2)
    ax.set_ylabel("usable addresses (log scale)")
    ax.set_yticks([2**n for n in (4, 8, 12, 16)], ["16", "256", "4,096", "65,536"])
    ax.minorticks_off()
    for place, size in enumerate(sizes):
        if size == prefix or size in (addresses.LARGEST, 20, 24, addresses.SMALLEST):
            ax.text(place, addresses.usable(size) * 1.15, f"{addresses.usable(size):,}", ha="center", fontsize=8)
    share = 100 * addresses.RESERVED / addresses.addresses(prefix)
    words = f"AWS keeps 5 of {addresses.addresses(prefix):,} addresses, {share:.2g} %"
    ax.text(0.99, 0.93, words, transform=ax.transAxes, ha="right", color=PALETTE["soft"])
    said = f"/{prefix} leaves {addresses.usable(prefix)}. {words}."
    return picture(fig, alt=f"Bars of the usable addresses from /16 to /28, halving at each step; {said}")
