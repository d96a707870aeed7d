"""Addresses and promises of S3."""

import pytest

from cloudcrib.chapters.s3 import objects


@pytest.mark.parametrize(
    ("url", "bucket", "key", "style"),
    [
        ("https://reports.s3.eu-west-1.amazonaws.com/2026/a.pdf", "reports", "2026/a.pdf", "virtual-hosted"),
        ("https://s3.eu-west-1.amazonaws.com/reports/2026/a.pdf", "reports", "2026/a.pdf", "path"),
        ("https://my.dotted.name.s3.us-east-1.amazonaws.com/a%20b.txt", "my.dotted.name", "a b.txt", "virtual-hosted"),
        ("http://site.s3-website-eu-west-1.amazonaws.com/index.html", "site", "index.html", "website"),
        ("s3://reports/2026/a.pdf", "reports", "2026/a.pdf", "uri"),
    ],
)
def test_an_address_says_bucket_key_and_style(url, bucket, key, style):
    found = objects.address(url)

    assert (found.bucket, found.key, found.style) == (bucket, key, style)


def test_the_region_stands_in_the_host():
    assert objects.address("https://b.s3.ap-southeast-2.amazonaws.com/k").region == "ap-southeast-2"
    assert objects.address("https://b.s3.us-gov-west-1.amazonaws.com/k").region == "us-gov-west-1"


def test_another_host_is_no_address_of_s3():
    with pytest.raises(ValueError, match="no address"):
        objects.address("https://example.com/reports/a.pdf")


def test_a_regional_name_ends_in_an_and_may_not_grow_too_long():
    assert objects.regional_name("logs", "111122223333", "eu-west-1") == "logs-111122223333-eu-west-1-an"

    with pytest.raises(ValueError, match="63"):
        objects.regional_name("x" * 40, "111122223333", "eu-west-1")


def test_ten_million_objects_lose_one_in_ten_thousand_years():
    assert objects.expected_loss(10_000_000) == pytest.approx(0.0001)
    assert objects.expected_loss(10_000_000, years=10_000) == pytest.approx(1)


def test_the_chance_of_any_loss_stays_below_one():
    assert objects.chance_of_loss(10_000_000) == pytest.approx(0.0001, rel=1e-3)
    assert objects.chance_of_loss(1e13) == pytest.approx(1)


@pytest.mark.parametrize(("availability", "minutes"), [(99.9, 43.2), (99.95, 21.6), (99.99, 4.32)])
def test_downtime_of_a_month(availability, minutes):
    assert objects.downtime_minutes(availability) == pytest.approx(minutes)
