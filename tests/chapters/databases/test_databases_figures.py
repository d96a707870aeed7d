"""What the figures of databases show."""

import pytest
from drawn import look
from matplotlib.colors import to_hex

from cloudcrib.chapters.databases import draw
from cloudcrib.kit.drawing import PALETTE


def test_each_store_has_its_place_between_rows_and_time() -> None:
    seen = look(draw.stores)

    assert seen.words[1:6] == ["ElastiCache, DAX", "DynamoDB", "RDS, Aurora", "Athena", "Redshift"]
    assert {"a million", "10 ms", "rows that one question touches", "time to answer"} <= {*seen.words}
    assert "DynamoDB at a few milliseconds" in seen.alt


def test_a_cluster_that_is_well_has_one_writer_and_two_readers() -> None:
    seen = look(draw.deployment, "cluster")

    assert seen.title == "Multi-AZ DB cluster: all is well"
    counted = [
        seen.words.count(word) for word in ("writer", "reader", "semisynchronous", "reads, writes", "reads", "no copy")
    ]
    assert counted == [1, 2, 2, 1, 2, 1]
    assert seen.alt == "Multi-AZ DB cluster: writer in zone a, reader in zone b, reader in zone c."


def test_a_lost_zone_makes_a_reader_the_writer() -> None:
    seen = look(draw.deployment, "cluster", "zone")

    assert seen.title == "Multi-AZ DB cluster: automatic failover, under 35 s"
    assert [seen.words.count(word) for word in ("lost", "next writer", "reader", "zone a lost")] == [1, 1, 1, 1]
    assert "the reader in zone b becomes the writer" in seen.alt and seen.alt.endswith("lost: nothing.")


def test_a_standby_answers_no_reads() -> None:
    seen = look(draw.deployment, "instance")

    assert {"standby", "no reads", "synchronous"} <= {*seen.words}


def test_a_lost_region_takes_a_single_region_deployment() -> None:
    seen = look(draw.deployment, "single", "region")

    assert seen.title == "Single-AZ instance: you restore a backup elsewhere, or wait"
    assert {"Region lost", "zone a lost", "zone b lost", "zone c lost", "lost"} <= {*seen.words}
    assert "no copy takes over" in seen.alt


def test_a_replica_falls_behind_while_more_is_written_than_it_applies() -> None:
    """Of 8 and 12 changes it applies 4 each second: what it applies next is 0.5, 1 and then 1 2/3 seconds old."""
    seen = look(draw.lag, [8, 12, 0], applies=4)

    behind = seen.figure.axes[1].collections[0].get_paths()[0].vertices
    assert seen.title == "A burst leaves the replica 1.7 s behind at worst"
    assert seen.heights() == [8, 12, 0]
    assert seen.shades() == [PALETTE["red"], PALETTE["red"], PALETTE["sky"]]
    assert {(1, 0.5), (2, 1), (3, 1.667)} <= {(x, round(y, 3)) for x, y in behind.tolist()}
    assert {"replica applies 4/s", "ReplicaLag (s)"} <= {*seen.words}
    assert "its lag, up to 1.7 s, 1.7 s at the end" in seen.alt


def test_any_second_of_the_retention_can_be_restored_but_the_last_minutes() -> None:
    seen = look(draw.restore, retention_days=3, gap_minutes=5)

    assert seen.title.startswith("You can restore to any second of the last 3 days")
    assert len(seen.lines()) == 3
    assert {"now − 3 days", "latest: now − 5 min", "now"} <= {*seen.words}
    assert "now minus 3 days" in seen.alt and "5 minutes ago" in seen.alt


@pytest.mark.parametrize(
    ("lost", "state"),
    [
        ((), "reads and writes"),
        (("a1", "a2"), "reads and writes"),
        (("a1", "a2", "b1"), "reads only"),
        (("a1", "a2", "b1", "b2"), "neither"),
    ],
)
def test_four_copies_are_needed_to_write_and_three_to_read(lost: tuple[str, ...], state: str) -> None:
    seen = look(draw.quorum, lost)

    assert seen.title == f"{len(lost)} of 6 copies lost: {state}"
    copies = {"a1", "a2", "b1", "b2", "c1", "c2"}
    assert {said for said in seen.words if said.endswith(" lost")} == {f"{name} lost" for name in lost}
    assert copies - {*lost} <= {*seen.words}
    assert seen.alt.endswith(f"lost: {', '.join(lost) or 'none'}. Aurora can do {state}.")


def test_provisioned_capacity_pays_above_some_use() -> None:
    """A unit-hour at 0.1 cent is 73 USD a month for 100; on demand, at 1 USD a million, all of it would be 262.80."""
    seen = look(draw.bills, units=100, unit_hour=0.001, per_million=1)

    provisioned, on_demand, cross = seen.lines()
    assert (provisioned[0], provisioned[-1]) == ((0, 73), (1, 73))
    assert (on_demand[0], on_demand[-1]) == ((0, 0), (1, 262.8))
    assert cross == [(pytest.approx(73 / 262.8), 73)]
    assert seen.title == "Provisioned capacity is cheaper above 28% of use"
    assert {"provisioned", "on-demand", "28 of 100 units/s"} <= {*seen.words}
    assert "stays at 73.00 USD" in seen.alt and "passes it at 28%" in seen.alt


def test_ones_own_use_is_marked() -> None:
    seen = look(draw.bills, units=100, unit_hour=0.001, per_million=1, use=0.5)

    assert seen.lines()[-1][0][0] == 0.5
    assert "you are here" in seen.words


def test_what_exceeds_a_partition_is_throttled() -> None:
    seen = look(draw.heat, [500, 1500], names=[["cool"], []])

    assert seen.title == "500 writes/s are throttled"
    assert (seen.heights(label="served"), seen.heights(label="throttled")) == ([500, 1000], [0, 500])
    assert [bar.y for bar in seen.bars(label="throttled")] == [500, 1000]
    assert {"1,000 a partition", "cool", "no key"} <= {*seen.words}
    assert seen.legend() == ["served", "throttled"]
    assert seen.alt.endswith("2 partitions: 500, 1500; 500 exceed the limit of 1000. Partition 1 holds cool.")


def test_keys_heat_the_partition_that_holds_them() -> None:
    seen = look(draw.heat_of, {"calm": 300, "warm": 500}, partitions=1)

    assert seen.title == "No partition is too hot"
    assert seen.heights(label="served") == [800]
    assert "calm warm" in seen.words


def test_an_index_holds_the_same_items_in_another_order() -> None:
    seen = look(draw.index)

    assert [seen.words.count(word) for word in ("c7", "c9", "day 02", "day 09", "day 05", "open", "sent")] == [
        4,
        2,
        2,
        2,
        2,
        4,
        2,
    ]
    flipped = seen.words.index("index: status + date")
    assert seen.words[flipped + 4 : flipped + 13] == [
        "open",
        "day 02",
        "c7",
        "open",
        "day 05",
        "c9",
        "sent",
        "day 09",
        "c7",
    ]
    assert "the same three keyed by status and date" in seen.alt


def test_hits_save_time_in_a_line_and_reads_to_the_last() -> None:
    seen = look(draw.cache_curve, per_second=1000, cache_ms=1, database_ms=9, hit_ratio=0.9)

    latency, here = seen.lines(at=0)
    reads, there = seen.lines(at=1)
    assert (latency[0], latency[-1], here) == ((0, 10), (1, 1), [(0.9, 1.9)])
    assert (reads[0], reads[-1], there) == ((0, 1000), (1, 0), [(0.9, 100)])
    assert {"mean latency (ms)", "reads/s at the database", "hit ratio"} <= {*seen.words}
    assert "from 10 to 1 ms" in seen.alt and "from 1,000 a second to none" in seen.alt


def test_lazy_loading_and_write_through_take_their_steps_in_order() -> None:
    seen = look(draw.cache_paths)

    numbered = [said for said in seen.words if said[0].isdigit()]
    assert numbered == ["1 get", "2 miss", "3 read", "4 put", "1 write", "2 put", "3 get: hit"]
    assert "Lazy loading: get from the cache, miss, read the database" in seen.alt


def test_a_column_store_reads_a_quarter() -> None:
    seen = look(draw.columns)

    read = [
        sum(to_hex(cell.get_facecolor()).upper() == PALETTE["orange"] for cell in ax.patches) for ax in seen.figure.axes
    ]
    assert read == [16, 4]
    assert {"stored by row: 16 cells read", "stored by column: 4 cells read"} <= {*seen.words}
    assert "only the four cells of that column" in seen.alt


def test_a_warehouse_pays_from_some_number_of_queries() -> None:
    """1,000 USD a month are 200 queries of a terabyte at 5 USD."""
    seen = look(draw.sql_bills, warehouse_month=1000, tb_each=1, usd_tb=5, queries=100)

    scans, warehouse, cross, here = seen.lines()
    assert seen.title == "The warehouse pays from 200 queries a month, 7 a day"
    assert scans == [(0, 0), (400, 2000)]
    assert ({y for _, y in warehouse}, cross, here[0][0]) == ({1000}, [(200, 1000)], 100)
    assert seen.legend() == ["Athena, by the scan", "warehouse, all month"]
    assert "you are here" in seen.words
    assert "passes 1,000 USD at 200 a month" in seen.alt
