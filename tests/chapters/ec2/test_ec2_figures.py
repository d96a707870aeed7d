"""What the figures of EC2 show."""

import random

import pytest
from drawn import look

from cloudcrib.chapters.ec2 import draw
from cloudcrib.chapters.ec2.draw import charts
from cloudcrib.kit.drawing import PALETTE


def test_a_type_name_is_read_part_by_part() -> None:
    seen = look(draw.name, "c7gn.4xlarge")

    assert seen.title == "c7gn.4xlarge: every letter says something"
    assert {"c", "7", "gn", ".", "4xlarge"} <= {*seen.words}
    assert {"family", "generation", "options", "size", "compute: 2 GiB a vCPU", "Graviton, network"} <= {*seen.words}
    assert "family c, generation 7, Graviton, extras network, size 4xlarge" in seen.alt


def test_a_name_without_options_says_so() -> None:
    seen = look(draw.name, "m5.large")

    assert {"m", "5", "–", "large", "Intel"} <= {*seen.words}
    assert "Intel, extras none" in seen.alt


def test_each_family_has_twice_the_memory_of_the_one_before() -> None:
    seen = look(draw.memory)

    assert [line[0] for line in seen.lines()] == [(2, 4), (2, 8), (2, 16), (2, 32)]
    assert [line[-1] for line in seen.lines()] == [(64, 128), (64, 256), (64, 512), (64, 1024)]
    assert seen.words[1:5] == ["C: 2 GiB", "M: 4 GiB", "R: 8 GiB", "X: 16 GiB"]
    assert "R 8 GiB for each vCPU" in seen.alt


def test_a_stop_takes_half_of_what_an_instance_has() -> None:
    seen = look(draw.life, "stop")

    assert seen.title == "After stop: 4 of 8 are gone"
    assert [seen.words.count(word) for word in ("kept", "lost", "?")] == [4, 4, 24]
    assert seen.alt.endswith(
        "stop: keeps root volume on EBS, EBS volume attached later, private address, tie to an Elastic IP."
    )


def test_a_reboot_takes_memory_alone() -> None:
    assert look(draw.life, "reboot").title == "After reboot: 1 of 8 is gone"


def test_all_events_together_leave_nothing_hidden() -> None:
    seen = look(draw.life)

    assert seen.title == "A stop loses the host's disk; only hibernation keeps memory"
    assert [seen.words.count(word) for word in ("kept", "lost", "?")] == [7 + 4 + 5 + 1, 1 + 4 + 3 + 7, 0]
    assert "terminate: keeps EBS volume attached later." in seen.alt


def test_ports_that_nobody_needs_and_needed_ones_that_are_closed_are_counted() -> None:
    edges = {("internet", "alb"): [443], ("alb", "web 1"): [8080, 22]}
    wanted = {("internet", "alb"): 443, ("alb", "web 1"): 8080, ("web 1", "db"): 5432}

    seen = look(draw.reach, edges, wanted)

    assert seen.title == "1 way in that nobody asked for, and 1 needed connection is closed"
    assert {"443", "8080 + 22", "closed", "internet", "alb", "web 1", "web 2", "db"} <= {*seen.words}
    assert seen.alt == "A graph of open connections: internet to alb on 443; alb to web 1 on 8080, 22."


def test_a_graph_with_just_the_needed_connections_is_praised() -> None:
    seen = look(draw.reach, {("internet", "alb"): [443]}, {("internet", "alb"): 443})

    assert seen.title == "Just what is needed is open"
    assert "closed" not in seen.words


@pytest.mark.parametrize(
    ("group", "title", "struck"),
    [
        (("partition", 6, 1, 3), "partition: one failure can take 2 of 6 instances", 2),
        (("spread", 3, 1), "spread: one failure takes 1 of 3 instances", 1),
        (("cluster", 4, 1), "cluster: one failure can take 4 of 4 instances", 4),
    ],
)
def test_one_failure_takes_what_shares_its_racks(group: tuple, title: str, struck: int) -> None:
    seen = look(draw.placement, *group)

    dots = seen.figure.axes[0].lines
    assert seen.title == title
    assert len(dots) == group[1]
    assert sum(dot.get_color() == PALETTE["red"] for dot in dots) == struck
    assert f"One failure takes at most {struck}." in seen.alt


def test_idle_hours_pay_for_the_peaks() -> None:
    """A t3.micro earns 12 credits an hour; an hour at 2 % takes 2.4, one at 40 % 48, one at 30 % 36."""
    seen = look(charts.credits, "t3.micro", start=60)

    night = [60 + 9.6 * hour for hour in range(1, 9)]
    day = [141.6, 139.2, 103.2, 67.2, 64.8, 67.2, 69.6, 45.6, 21.6, 24]
    evening = [24 + 9.6 * hour for hour in range(1, 7)]
    assert seen.title == "t3.micro: idle hours pay for the peaks"
    assert [credits for _, credits in seen.lines(at=1)[0]] == pytest.approx([*night, *day, *evening])
    assert "baseline 10 %" in seen.words
    assert "82 credits at midnight, slowed in 0 hours" in seen.alt


def test_an_empty_balance_slows_an_instance_down_to_its_baseline() -> None:
    seen = look(charts.credits, "t3.micro", factor=4, start=0)

    assert seen.title == "t3.micro, standard: slowed down in 9 hours of 24"
    assert len(seen.bars(label="wanted")) == 9
    assert seen.heights(label="got")[10:13] == pytest.approx([10, 10, 10])
    assert {"got", "wanted"} <= {*seen.words}


def test_unlimited_mode_is_never_slow_and_pays() -> None:
    """At four times the load it owes more than a day's 288 credits in six hours: 16.8 + 26.4 + 26.4 + 108 + 108 + 26.4."""
    seen = look(charts.credits, "t3.micro", factor=4, unlimited=True, start=0)

    assert seen.title == "t3.micro, unlimited: never slow, 312 credits to pay"
    assert seen.bars(label="wanted") == []


def test_a_commitment_is_paid_in_every_hour() -> None:
    """Two hours at 0.6 for each of two instances, and one on-demand, make 3.4 against 4."""
    seen = look(charts.load_curve, [1, 3], 2)

    assert seen.title == "Commit to 2: the day saves 15 %"
    assert seen.heights(label="committed") == [1, 2]
    assert seen.heights(label="committed, idle") == [1, 0]
    assert [(bar.y, bar.height) for bar in seen.bars(label="on-demand")] == [(2, 0), (2, 1)]
    assert seen.legend() == ["committed", "committed, idle", "on-demand"]
    assert seen.alt.endswith("3 committed, 1 idle, 1 on-demand, 0 Spot instance-hours; cost 3.4 against 4.")


def test_spot_takes_its_share_of_what_is_above() -> None:
    seen = look(charts.load_curve, [1, 3], 2, spot_share=0.5)

    assert seen.heights(label="on-demand") == seen.heights(label="Spot") == [0, 0.5]
    assert seen.heights(label="committed, idle") == [1, 0]


def test_too_large_a_commitment_costs_more() -> None:
    assert look(charts.load_curve, [1, 1], 2).title == "Commit to 2: the day costs 20 % more than on-demand alone"


def test_instances_busier_than_the_price_are_worth_a_commitment() -> None:
    seen = look(charts.layers, [2, 3], price=0.6)

    assert seen.title == "Commit to the 2 instances that are busier than the price"
    assert seen.heights() == [100, 100, 50]
    assert seen.shades() == [PALETTE["blue"], PALETTE["blue"], PALETTE["orange"]]
    assert "price of a commitment: 60 % of on-demand" in seen.words
    assert seen.alt.endswith("1: 100 %, 2: 100 %, 3: 50 %; above 60 %: 2.")


def test_cheap_pools_are_interrupted_most() -> None:
    """At the lowest price 5, 10, 30 and 15 instances cost 15 + 32 + 99 + 51 cents and lose 15 / 32 of one an hour."""
    seen = look(charts.strategies, instances=60, hours=720)

    points = [line[0] for line in seen.lines()]
    cheapest, spread, deepest, both = points
    assert cheapest == pytest.approx((197 / 60, 337.5))
    assert spread == pytest.approx((205.7 / 60, 301.875))
    assert deepest == pytest.approx((226 / 60, 78.75))
    assert both == pytest.approx((216.5 / 60, 118.125))
    assert {"lowest-price", "diversified", "capacity-optimized", "price-capacity-optimized"} <= {*seen.words}
    assert "interruptions in 30 days" in seen.words
    assert "lowest-price 3.28 cents and 338 interruptions" in seen.alt


def test_a_pool_that_runs_dry_takes_all_its_instances() -> None:
    """All ten stand in the deepest pool, which is needed back in one hour of 640."""
    chance = random.Random(8)
    times = sum(chance.random() < 1 / 640 for _ in range(720))

    seen = look(charts.month, "capacity-optimized", 10, seed=8)

    assert times and seen.heights() == [10] * times
    assert seen.title == f"capacity-optimized: {10 * times} interruptions, at worst 10 of 10 at once"
    assert seen.alt.endswith(f"{10 * times} in all; 10 in m7g.large a.")


@pytest.mark.parametrize(
    ("price", "said"),
    [
        (0.6, "Commit to the 2 instances that are busier than the price"),
        (1.0, "Commit to nothing: no instance is busier than the price"),
    ],
)
def test_a_commitment_agrees_with_the_number_of_its_instances(price: float, said: str) -> None:
    assert look(charts.layers, [2, 3], price=price).title == said


def test_a_commitment_to_one_instance_is_said_so() -> None:
    assert look(charts.layers, [1, 2, 1], price=0.6).title == "Commit to the 1 instance that is busier than the price"
