"""What the figures of the DNS chapter show."""

from math import acos, cos, radians, sin

import pytest
from drawn import look

from cloudcrib.chapters.route53 import draw
from cloudcrib.chapters.route53.draw import charts


def test_a_look_up_asks_five_times_and_route_53_last() -> None:
    seen = look(draw.resolution)

    assert {"browser", "root servers", "servers of .com", "Route 53", "1", "2", "3", "4", "5"} <= {*seen.words}
    assert {"“ask .com”", "192.0.2.7, TTL 60"} <= {*seen.words}
    assert seen.alt.endswith("and last Route 53.")


def test_a_cname_is_a_second_question() -> None:
    seen = look(draw.alias_or_cname)

    assert seen.title == "A CNAME costs a second question, an alias does not"
    assert seen.words.count("www.example.com?") == 2
    assert {"it is another name", "lb-1.elb.amazonaws.com?", "203.0.113.10", "looks inside"} <= {*seen.words}
    assert "asks twice" in seen.alt


def test_endpoints_stand_in_the_vpc() -> None:
    seen = look(draw.hybrid)

    assert {
        "data center",
        "VPC 10.0.0.0/16",
        "inbound endpoint",
        "outbound endpoint + rule",
        "VPC Resolver 10.0.0.2",
    } <= {*seen.words}
    assert "over an inbound endpoint" in seen.alt


def test_records_answer_by_their_weight() -> None:
    seen = look(charts.share_bars, {"A": 3, "B": 1})

    assert seen.title == "A gives 75.0% of the answers"
    assert seen.widths() == [0.75, 0.25]
    assert seen.words[1:3] == ["75.0%", "25.0%"]
    assert seen.ticks("y") == ["A, weight 3", "B, weight 1"]
    assert seen.alt == "Bars of each record's share of the answers: A 75.0%, B 25.0%."


def test_an_unhealthy_record_gives_no_answers() -> None:
    seen = look(charts.share_bars, {"A": 3, "B": 1}, unhealthy=["A"], title="A is down")

    assert seen.title == "A is down"
    assert seen.widths() == [0, 1]
    assert seen.ticks("y") == ["A, weight 3 (unhealthy)", "B, weight 1"]
    assert "A 0.0% (unhealthy)" in seen.alt


def test_weight_zero_answers_only_when_every_weighted_record_is_unhealthy() -> None:
    seen = look(charts.zero_weights)

    rows = [(round(bar.y + bar.height / 2), bar.x, bar.width) for bar in seen.bars()]
    assert rows == [(0, 0, 0.5), (0, 0.5, 0.5), (1, 0, 1), (2, 0, 1), (3, 0, 1), (4, 0, 0.5), (4, 0.5, 0.5)]
    on_bars = [said for said in seen.words if said[-1] == "%" and said[0] in "ABC"]
    assert on_bars == ["A 50%", "B 50%", "A 100%", "C 100%", "A 100%", "A 50%", "B 50%"]
    assert seen.ticks("y") == ["all healthy", "B unhealthy", "A and B unhealthy", "B and C unhealthy", "all unhealthy"]
    assert "A and B unhealthy: C alone" in seen.alt


@pytest.mark.parametrize(
    ("records", "unhealthy", "title"),
    [
        (10, 0, "An answer names 8; each healthy server is in it with a chance of 80%"),
        (3, 1, "An answer names 2; each healthy server is in it with a chance of 100%"),
        (2, 2, "An answer names 2; each unhealthy server is in it with a chance of 100%"),
    ],
)
def test_a_multivalue_answer_names_eight_healthy_servers_at_most(records: int, unhealthy: int, title: str) -> None:
    seen = look(charts.multivalue_bars, records, unhealthy)

    assert seen.title == title
    assert (seen.words.count("✓"), seen.words.count("✗")) == (records - unhealthy, unhealthy)
    assert f"{records} records, {unhealthy} unhealthy" in seen.alt


def test_the_chance_to_be_named_fills_the_bar() -> None:
    seen = look(charts.multivalue_bars, 10, 0)

    assert seen.heights() == [1, 0.8] * 10


def test_the_old_answer_is_gone_after_one_ttl() -> None:
    seen = look(charts.stale_curves, ttls=(100,))

    line, dots = seen.lines()
    assert line == [(0, 1), (100, 0), (960, 0)]
    share = dict(dots)
    assert share[0] == 1 and share[60] == pytest.approx(0.4, abs=0.1) and share[120] == 0
    assert "TTL 100 s" in seen.words
    assert "zero after one TTL, 100 s." in seen.alt


def test_failover_is_the_time_to_notice_and_the_time_to_forget() -> None:
    seen = look(charts.failover_timeline, interval=10, threshold=3, ttl=60)

    assert seen.title == "At the worst, 30 s to notice and 60 s to forget: 90 s"
    assert [(bar.x, bar.width) for bar in seen.bars()] == [(0, 30), (30, 60)]
    assert {"30 s", "60 s", "health checks fail", "resolvers repeat the old answer"} <= {*seen.words}
    assert [line[0][0] for line in seen.lines()] == [10, 20, 30]
    assert seen.words.count("✗") == 3
    assert seen.alt == "A bar of 30 seconds of failing checks, then one of 60 seconds of stale answers."


def test_users_are_cut_off_until_checks_and_caches_are_through() -> None:
    seen = look(charts.outage_curve, interval=10, threshold=3, ttl=60)

    assert seen.title == "A user who heeds the TTL is cut off for 1.0 minutes on average"
    lost = dict(seen.lines()[0])
    assert lost[0] == 1 and lost[60] == 0.5 and lost[90] == 0
    assert "noticed after 30 s" in seen.words
    assert "cut off for 30 seconds; then the share falls to 0% over 60 seconds" in seen.alt


def test_some_resolvers_never_heed_the_ttl() -> None:
    seen = look(charts.outage_curve, interval=10, threshold=3, ttl=60, stubborn=0.1)

    assert seen.lines()[0][-1] == (300, 0.1)
    assert "these ignore the TTL" in seen.words
    assert "falls to 10%" in seen.alt


def test_one_region_draws_all_the_land() -> None:
    seen = look(charts.geoproximity, {"eu-west-1": 0})

    assert seen.title == "eu-west-1 draws 100 % of the land"
    assert seen.legend() == ["eu-west-1, no bias: 100 %"]
    assert seen.alt.endswith("eu-west-1 100 %.")


def test_without_bias_every_dot_belongs_to_the_nearer_region() -> None:
    seen = look(charts.geoproximity, {"eu-west-1": 0, "us-east-1": 0})

    ireland, _, virginia, _ = seen.lines()
    assert all(angle(dot, (-6.3, 53.3)) <= angle(dot, (-77.4, 38.9)) for dot in ireland)
    assert all(angle(dot, (-6.3, 53.3)) >= angle(dot, (-77.4, 38.9)) for dot in virginia)


def test_a_bias_is_written_with_its_sign_and_draws_more_land() -> None:
    level, pulled = (look(charts.geoproximity, {"eu-west-1": 0, "us-east-1": bias}) for bias in (0, 25))

    assert len(pulled.lines()[2]) > len(level.lines()[2])
    assert pulled.legend()[1].startswith("us-east-1, bias +25: ")


def angle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Between two places (longitude, latitude), seen from the middle of the earth."""
    (lon1, lat1), (lon2, lat2) = ([radians(n) for n in place] for place in (one, other))
    return acos(min(1, sin(lat1) * sin(lat2) + cos(lat1) * cos(lat2) * cos(lon1 - lon2)))


def test_a_tree_shows_what_each_server_gives() -> None:
    seen = look(draw.tree)

    assert seen.title == "This user's answers: 90% name the server “ireland old”"
    assert [said for said in seen.words if said.endswith("%")] == ["90%", "10%", "0%", "0%", "0%"]
    assert seen.alt.endswith(
        "Unhealthy: none. Answers: ireland old 90%, ireland new 10%, virginia a 0%, virginia b 0%, static page 0%."
    )


def test_a_tree_marks_what_is_unhealthy() -> None:
    seen = look(draw.tree, ["ireland old", "ireland new"], 20, 85)

    assert {"ireland old ✗", "ireland new ✗", "virginia a", "20 ms", "85 ms"} <= {*seen.words}
    assert "virginia a 50%, virginia b 50%" in seen.alt
