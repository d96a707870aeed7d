"""Caches and the bill for analytic SQL."""

import pytest

from cloudcrib.chapters.databases import reads as m

TRACE = [("read", "a"), ("read", "a"), ("write", "a"), ("read", "a"), ("read", "b")]


@pytest.mark.parametrize(("hit_ratio", "latency", "reads"), [(0.8, 5.0, 2000), (0.95, 2.0, 500)])
def test_a_miss_pays_for_cache_and_database(hit_ratio, latency, reads):
    assert m.mean_latency(hit_ratio, 1, 20) == pytest.approx(latency)
    assert m.database_reads(hit_ratio, 10_000) == pytest.approx(reads)


def test_lazy_loading_serves_the_old_value_after_a_write():
    assert m.replay(TRACE, "lazy") == m.Replay(hits=2, misses=2, stale=1, cache_writes=2)


def test_write_through_never_serves_an_old_value_and_writes_more():
    assert m.replay(TRACE, "write-through") == m.Replay(hits=2, misses=2, stale=0, cache_writes=3)


def test_a_time_to_live_turns_stale_hits_into_misses():
    assert m.replay(TRACE, "lazy", ttl=2).stale == 0


def test_columns_and_partitions_both_cut_the_scan():
    assert m.scanned(2, columns=0.1, partitions=0.25) == pytest.approx(0.05)


def test_the_break_even_is_where_both_bills_meet():
    queries = m.break_even_queries(900, 0.2, 5)

    assert m.athena_bill(queries, 0.2, 5) == pytest.approx(900)
