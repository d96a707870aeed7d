"""Relational databases under failure."""

import datetime as dt

import pytest

from cloudcrib.chapters.databases import relational as m

NOW = dt.datetime(2026, 11, 20, 12, 0)


def test_a_standby_takes_over_without_losing_data_and_serves_no_reads_meanwhile():
    outcome = m.after("instance", "zone")

    assert (outcome.how, outcome.data, outcome.reads_go_on) == ("automatic failover, 60–120 s", "nothing", False)


def test_the_readable_standbys_of_a_cluster_keep_answering_queries():
    assert m.after("cluster", "host").reads_go_on


def test_an_asynchronous_replica_costs_its_lag_when_a_zone_is_lost():
    outcome = m.after("replica", "zone")

    assert "by hand" in outcome.how
    assert "lag" in outcome.data


def test_a_host_alone_is_repaired_rather_than_replaced_by_an_asynchronous_replica():
    assert m.after("replica", "host").next_writer is None


def test_no_copy_inside_the_region_survives_the_region():
    for kind in ("single", "instance", "cluster", "replica", "aurora"):
        assert m.after(kind, "region").next_writer is None, kind


def test_a_global_database_fails_over_inside_its_region_first():
    assert m.after("global", "zone").next_writer == m.Node("b", "reader", "shared")
    assert m.after("global", "region").next_writer == m.Node("x", "reader", "async")


def test_before_a_failure_the_writer_feeds_all_others():
    source, fed = m.feeds("global")

    assert (source.role, [node.zone for node in fed]) == ("writer", ["b", "x"])


def test_after_a_failure_the_next_writer_feeds_whoever_is_left():
    source, fed = m.feeds("cluster", "zone")

    assert (source.zone, [node.zone for node in fed]) == ("b", ["c"])


def test_nobody_feeds_a_replica_while_its_source_is_repaired():
    assert m.feeds("replica", "host") == (None, ())


def test_lag_is_the_age_of_the_change_that_is_applied_next():
    """Of 150 a second 100 are applied: after 2 s the 201st is next, committed a third of the way into second 2."""
    assert m.replica_lag([150, 150, 60], 100) == pytest.approx([1 / 3, 2 / 3, 1.0])


def test_lag_still_grows_after_a_burst_until_its_last_change_is_applied():
    """The 1,800 changes that wait when the burst ends take 18 s; the last of them is 18 s old by then."""
    lags = m.replica_lag([160] * 30 + [1] * 40, 100)

    assert lags[29] == pytest.approx(11.25)
    assert max(lags) == pytest.approx(18, abs=0.2)
    assert lags.index(max(lags)) in (46, 47, 48)


def test_a_replica_is_up_to_date_whatever_went_before_once_nothing_waits():
    assert m.replica_lag([0, 0, 0, 160, 20, 20], 100) == pytest.approx([0, 0, 0, 0.375, 0, 0])


def test_a_change_that_arrived_before_a_quiet_second_keeps_ageing():
    """12 of 12 wait after second 2; in the quiet second 4 of them are applied, so the fifth is 1 + 8/12 s old."""
    assert m.replica_lag([8, 12, 0], 4) == pytest.approx([0.5, 1.0, 1 + 8 / 12])


def test_the_first_edition_asked_how_long_the_backlog_takes_to_apply():
    assert m.lag_over_time([150, 150, 50], 100) == [0.5, 1.0, 0.5]


def test_a_replica_that_applies_no_faster_than_the_load_never_catches_up():
    assert m.catch_up(3000, 100, 100) is None
    assert m.catch_up(3000, 80, 100) == 150


@pytest.mark.parametrize(("wanted", "possible"), [((12, 9, 0), False), ((15, 3, 0), True), ((20, 11, 58), False)])
def test_a_restore_reaches_from_the_retention_to_the_last_log(wanted, possible):
    day, hour, minute = wanted

    assert m.can_restore(NOW, 7, dt.datetime(2026, 11, day, hour, minute)) is possible


def test_no_restore_without_automated_backups():
    assert m.restore_window(NOW, 0) is None
    assert not m.can_restore(NOW, 0, NOW)


def test_a_copy_lost_with_its_zone_and_by_itself_is_lost_once():
    assert m.lost_copies(["a"], ["a1", "b2"]) == {"a1", "a2", "b2"}


def test_aurora_writes_with_four_copies_and_reads_with_three():
    assert [m.storage_state(n) for n in range(5)] == ["reads and writes"] * 3 + ["reads only", "neither"]


def test_promotion_goes_by_tier_and_then_by_size():
    assert m.next_writer([("small", 1, 16), ("large", 1, 64), ("late", 2, 512)]) == "large"
    assert m.next_writer([]) is None
