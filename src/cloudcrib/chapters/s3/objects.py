"""Objects and what S3 promises about them: addresses, durability, availability."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

HOST = re.compile(r"(?:(?P<bucket>.+)\.)?s3(?:[.-](?P<region>[a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com")
WEBSITE = re.compile(r"(?P<bucket>.+)\.s3-website[.-](?P<region>[a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com")


@dataclass(frozen=True)
class Address:
    """Where an object lies, and in which style its URL said so."""

    bucket: str
    key: str
    style: str  # "virtual-hosted", "path", "website" or "uri"
    region: str = "us-east-1"


def address(url: str) -> Address:
    """Bucket, key and style behind an S3 URL or an `s3://` URI."""
    parts = urlsplit(url)
    path = unquote(parts.path).removeprefix("/")
    if parts.scheme == "s3":
        return Address(parts.netloc, path, "uri")
    if site := WEBSITE.fullmatch(parts.netloc):
        return Address(site["bucket"], path, "website", site["region"])
    if not (host := HOST.fullmatch(parts.netloc)):
        raise ValueError(f"{url} is no address of S3")
    region = host["region"] or "us-east-1"
    if host["bucket"]:
        return Address(host["bucket"], path, "virtual-hosted", region)
    bucket, _, key = path.partition("/")
    return Address(bucket, key, "path", region)


def regional_name(prefix: str, account: str, region: str) -> str:
    """A bucket name in an account's own regional namespace, which nobody else can take."""
    name = f"{prefix}-{account}-{region}-an"
    if len(name) > 63:
        raise ValueError(f"{name} has {len(name)} characters; a bucket name has at most 63")
    return name


def loss_rate(nines: int) -> float:
    """The chance to lose one object in a year, when it is kept with so many nines."""
    return 10.0**-nines


def expected_loss(objects: float, nines: int = 11, years: float = 1) -> float:
    """Objects that you lose on average."""
    return objects * loss_rate(nines) * years


def chance_of_loss(objects: float, nines: int = 11, years: float = 1) -> float:
    """The chance that at least one object is lost, each on its own."""
    import math

    return -math.expm1(objects * years * math.log1p(-loss_rate(nines)))


def downtime_minutes(availability: float, days: float = 30) -> float:
    """Minutes without answers that an availability, in percent, leaves room for."""
    return (100 - availability) / 100 * days * 24 * 60


@dataclass(frozen=True)
class Promise:
    """What a storage class is designed for, and below what AWS pays credits, in percent of a month."""

    name: str
    zones: int
    designed: float
    credited: float


PROMISES = (
    Promise("Standard", 3, 99.99, 99.9),
    Promise("Intelligent-Tiering", 3, 99.9, 99.0),
    Promise("Standard-IA", 3, 99.9, 99.0),
    Promise("One Zone-IA", 1, 99.5, 99.0),
    Promise("Express One Zone", 1, 99.95, 99.9),
    Promise("Glacier Instant", 3, 99.9, 99.0),
    Promise("Glacier Flexible", 3, 99.99, 99.9),
    Promise("Deep Archive", 3, 99.99, 99.9),
)
