"""What a network costs in a month: NAT gateways, gigabytes and public addresses."""

HOURS = 730  # AWS's own month


def nat_bill(gateways: int, gigabytes: float, usd_hour: float, usd_gb: float) -> float:
    """A NAT gateway is paid for being there and for each gigabyte it carries."""
    return gateways * HOURS * usd_hour + gigabytes * usd_gb


def address_bill(used: int, idle: int, usd_hour: float) -> float:
    """Used or idle, each public IPv4 address of AWS costs the same; your own cost nothing."""
    return (used + idle) * HOURS * usd_hour


def crossing_bill(gigabytes: float, zones: int, gateways: int, usd_gb: float) -> float:
    """Zones without a gateway of their own send their share through another zone, paid once out and once in."""
    away = max(zones - gateways, 0) / zones
    return gigabytes * away * 2 * usd_gb


def cut_off(zones: int, gateways: int) -> int:
    """How many zones lose the internet, at worst, beside the one that fails."""
    return 0 if gateways >= zones else zones - gateways
