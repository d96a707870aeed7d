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


def way_out(
    zones: int,
    gateways: int,
    gigabytes: float,
    usd_hour: float,
    usd_gb: float,
    usd_crossing: float,
    usd_address: float,
) -> dict[str, float]:
    """The way to the internet item by item; each public NAT gateway holds an address, which is paid as well."""
    return {
        "hours": nat_bill(gateways, 0, usd_hour, usd_gb),
        "addresses": address_bill(gateways, 0, usd_address),
        "gigabytes": nat_bill(0, gigabytes, usd_hour, usd_gb),
        "crossing zones": crossing_bill(gigabytes, zones, gateways, usd_crossing),
    }


def to_service(
    gigabytes: float, zones: int, usd_nat_gb: float, usd_hour: float, usd_gb: float
) -> dict[str, dict[str, float]]:
    """What traffic to one AWS service costs by each way; NAT gateways stay for other traffic, so their hours are left out."""
    return {
        "NAT gateways": {"hours": 0.0, "gigabytes": gigabytes * usd_nat_gb},
        "interface endpoint": {"hours": zones * HOURS * usd_hour, "gigabytes": gigabytes * usd_gb},
        "gateway endpoint": {"hours": 0.0, "gigabytes": 0.0},
    }


def cut_off(zones: int, gateways: int) -> int:
    """How many zones lose the internet, at worst, beside the one that fails."""
    return 0 if gateways >= zones else zones - gateways
