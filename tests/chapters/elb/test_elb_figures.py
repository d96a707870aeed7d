"""What the figures of load balancing show."""

import pytest
from drawn import look

from cloudcrib.chapters.elb import draw
from cloudcrib.chapters.elb.draw import targets
from cloudcrib.kit.drawing import PALETTE


def test_a_request_meets_listener_rules_and_groups() -> None:
    seen = look(draw.path_of_a_request)

    assert seen.title == "A listener hears, a rule decides, a target group picks a target"
    assert {"client", "listener HTTPS :443", "10 /img/*", "20 /api/*", "default", "images", "api", "shop"} <= {
        *seen.words
    }
    assert {"i1", "i2", "i3", "a1", "a2", "a3", "s1", "s2", "s3"} <= {*seen.words}
    assert "Rule 10, path /img/*, leads to the target group images" in seen.alt


def test_tls_ends_at_the_load_balancer_or_at_the_target() -> None:
    seen = look(draw.where_tls_ends)

    assert seen.title == "Who ends TLS can read the request; who passes it on cannot"
    assert seen.words.count("TLS") == 4 + 4 + 2  # the clients, the way to each load balancer, and two ways onward
    assert seen.words.count("plain") == 2
    assert {"ALB, HTTPS listener sees host, path, headers", "NLB, TCP listener sees encrypted bytes"} <= {*seen.words}
    assert "ends TLS, holds the key" in seen.words
    assert "NLB, TCP listener, sees encrypted bytes: encrypted to the target, ends TLS, holds the key." in seen.alt
    assert "ALB, HTTPS listener, sees host, path, headers: plain to the target, serves HTTP." in seen.alt


def test_without_cross_zone_each_zone_gets_half_and_its_targets_share_it() -> None:
    seen = look(draw.shares, {"a": 4, "b": 1}, cross_zone=False)

    assert seen.title == "Cross-zone off: the busiest target does 4 × the idlest's work"
    assert seen.heights() == [12.5, 12.5, 12.5, 12.5, 50]
    assert seen.words[1:3] == ["12.5 %", "50 %"]
    assert seen.ticks("x") == ["zone a 4 targets", "zone b 1 target"]
    assert seen.alt.endswith("cross-zone off: 12.50 % each in zone a, 50.00 % each in zone b.")


def test_with_cross_zone_every_target_gets_the_same() -> None:
    seen = look(draw.shares, {"a": 4, "b": 1}, cross_zone=True)

    assert seen.title == "Cross-zone on: every target gets 20 %"
    assert seen.heights() == [20] * 5


def test_a_zone_without_targets_is_named_as_such() -> None:
    seen = look(draw.shares, {"a": 2, "b": 0}, cross_zone=False)

    assert seen.heights() == [50, 50, 0]
    assert "no target" in seen.words


def test_no_target_at_all_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="No zone has a target"):
        draw.shares({"a": 0}, cross_zone=True)


def test_both_settings_stand_side_by_side() -> None:
    seen = look(draw.cross_zone, {"a": 1, "b": 3})

    assert seen.title == "Cross-zone divides by targets; without it, zones come first"
    assert seen.heights(at=0) == pytest.approx([50, 50 / 3, 50 / 3, 50 / 3])
    assert seen.heights(at=1) == [25] * 4
    assert [ax.get_title() for ax in seen.figure.axes] == ["cross-zone off", "cross-zone on"]
    assert {"50 %", "16.67 %", "25 %"} <= {*seen.words}
    assert "zone a: 50 % each without, 25 % with cross-zone" in seen.alt


def test_spare_capacity_shrinks_with_every_zone() -> None:
    seen = look(draw.spare)

    assert seen.heights(label="carries the demand") == [100] * 5
    assert seen.heights(label="spare, for a lost zone") == pytest.approx([100, 50, 100 / 3, 25, 20])
    assert {bar.y for bar in seen.bars(label="spare, for a lost zone")} == {100}
    assert seen.words[1:6] == ["+100 %", "+50 %", "+33 %", "+25 %", "+20 %"]
    assert seen.ticks("x") == ["2", "3", "4", "5", "6"]
    assert "2 zones 100 %, 3 zones 50 %, 4 zones 33 %" in seen.alt


@pytest.mark.parametrize(
    ("zones", "title", "after", "colour"),
    [
        (4, "4 zones at 60 %: lose one, and the rest cope at 80 %", [80, 80, 80], "green"),
        (2, "2 zones at 60 %: lose one, and the rest are overrun at 120 %", [120], "red"),
    ],
)
def test_the_load_of_a_lost_zone_falls_on_the_rest(zones: int, title: str, after: list[float], colour: str) -> None:
    seen = look(draw.loss, zones, 60)

    assert seen.title == title
    assert seen.heights(label="before") == [60] * zones
    assert seen.heights(label="after") == pytest.approx(after)
    assert seen.shades(label="after") == [PALETTE[colour]] * len(after)
    assert seen.ticks("x") == [f"zone {zone}" for zone in "abcd"[:zones]]
    assert "lost" in seen.words
    assert f"the others are {after[0]} % busy" in seen.alt


def test_taking_turns_piles_up_requests_on_the_slow_target() -> None:
    """Each third request goes to the slow target and stays for six seconds, so that two are in hand; counting sends one."""
    seen = look(targets.queues, slow=6, arrivals=12)

    assert seen.title == "Taking turns piles up 2 on the slow target; counting, only 1"
    in_turn, counted = seen.lines()
    assert [y for _, y in in_turn] == [0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2]
    assert max(y for _, y in counted) == 1
    assert {"round robin", "least outstanding requests"} <= {*seen.words}
    assert "needs 6 s, beside two that need 3 s: up to 2 under round robin, up to 1 under" in seen.alt


def test_sticky_sessions_leave_a_late_target_idle() -> None:
    seen = look(targets.late_target, sticky=True, joins_at=1, targets=1)

    assert seen.title == "Sticky: old sessions stay, the new target idles"
    assert seen.heights(label="target 1") == [60] * 7
    assert seen.heights(label="new target") == [0] * 7


def test_without_stickiness_a_late_target_takes_its_share_at_once() -> None:
    seen = look(targets.late_target, sticky=False, joins_at=1, targets=1)

    assert seen.title == "Not sticky: the new target takes 30 of 60 at once"
    assert seen.heights(label="target 1") == [60] + [30] * 6
    assert seen.heights(label="new target") == [0] + [30] * 6
    assert [bar.y for bar in seen.bars(label="new target")] == [60] + [30] * 6
    assert seen.legend() == ["target 1", "new target"]
    assert "a target joins" in seen.words
    assert "before, [60, 0]; from minute 1 on, [30, 30], the new target last" in seen.alt


def test_a_dead_target_gets_requests_until_enough_checks_have_failed() -> None:
    """It dies at 40 s; the checks at 60 s and 90 s fail."""
    seen = look(targets.failure, fails_at=40, interval=30, threshold=2)

    assert seen.title == "Dead at 40 s, out at 90 s: 50 s of requests go to a dead target"
    assert [(bar.x, bar.width) for bar in seen.bars()] == [(0, 40), (40, 50), (90, 60)]
    assert [x for ((x, _),) in seen.lines()] == [0, 30, 60, 90, 120, 150]
    assert [line.get_marker() for line in seen.figure.axes[0].lines] == ["o", "o", "X", "X", "X", "X"]
    assert any("health checks every 30 s" in said and "2 failures in a row" in said for said in seen.words)
    assert "the target dies at 40 s" in seen.alt and "unhealthy at 90 s" in seen.alt


def test_draining_cuts_what_needs_longer_than_the_delay() -> None:
    seen = look(targets.draining, in_flight=(20, 400), delay=300)

    assert seen.title == "A deregistration delay of 300 s cuts 1 of 2 requests in flight"
    assert [(bar.x, bar.width) for bar in seen.bars()] == [(0, 20), (0, 300), (300, 100)]
    assert seen.ticks("y") == ["20 s left", "400 s left"]
    assert seen.words[1:4] == ["finishes", "cut", "draining ends"]
    assert seen.alt == "Requests with 20, 400 s left; the delay ends at 300 s, which cuts 1."
