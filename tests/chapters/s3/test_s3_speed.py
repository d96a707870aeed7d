"""Multipart plans, ranges and request rates."""

import pytest

from cloudcrib.chapters.s3 import speed


def test_a_hundred_gib_in_parts_of_64_mib():
    assert speed.count_parts(100 * 1024, 64) == 1600


def test_five_tib_need_parts_of_525_mib():
    assert speed.smallest_part(5 * 1024 * 1024) == 525


def test_more_than_ten_thousand_parts_are_refused_and_the_smallest_part_named():
    assert speed.problems(2000 * 1024, 256) == []
    assert speed.problems(640_000, 64) == []
    assert speed.problems(640_001, 64) == ["10,001 parts are more than 10,000; take parts of 65 MiB or more."]


def test_no_part_is_smaller_than_five_mib():
    assert speed.smallest_part(100) == 5


def test_the_largest_object_is_ten_thousand_parts_of_five_gib():
    assert speed.largest_object_mib(speed.LARGEST_MIB) / 1024**2 == pytest.approx(48.828, abs=0.001)
    assert speed.smallest_part(10_000 * 5 * 1024) == 5 * 1024
    with pytest.raises(ValueError, match="10,000"):
        speed.smallest_part(10_000 * 5 * 1024 + 1)


def test_an_upload_is_bound_by_its_streams_or_by_the_link():
    assert speed.upload(1000, 100, streams=4, stream_mibps=10, link_mibps=100).seconds == pytest.approx(25)
    assert speed.upload(1000, 100, streams=20, stream_mibps=10, link_mibps=50).seconds == pytest.approx(20)


def test_a_broken_connection_costs_one_part():
    assert speed.upload(1000, 100, 4, 10, 100).resent_mib == 100
    assert speed.upload(50, 100, 4, 10, 100).resent_mib == 50


def test_the_harder_limit_decides_over_the_prefixes():
    assert speed.prefixes_needed(27_500, 10_000) == 5
    assert speed.prefixes_needed(5_500, 3_501) == 2
    assert speed.prefixes_needed(0, 0) == 1


def test_a_hot_prefix_is_throttled_while_another_idles():
    assert speed.served({"hot": (8_000, 0), "cold": (100, 10)}) == {"hot": (5_500, 0), "cold": (100, 10)}


def test_ranges_cover_an_object_without_overlap():
    found = speed.ranges(20, 8)

    assert found[0] == (0, 8 * 2**20 - 1)
    assert found[-1] == (16 * 2**20, 20 * 2**20 - 1)
