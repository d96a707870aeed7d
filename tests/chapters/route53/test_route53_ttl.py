"""How long a cache goes on giving the old answer."""

import pytest

from cloudcrib.chapters.route53 import ttl


def test_a_resolver_repeats_until_its_copy_is_too_old():
    assert ttl.replies(300, 120, [0, 100, 200, 300]) == ["old", "old", "old", "new"]


def test_a_query_does_not_renew_the_copy():
    assert ttl.replies(60, 30, list(range(0, 80, 10)))[-2:] == ["new", "new"]


def test_the_old_answer_is_gone_after_one_ttl():
    assert [ttl.stale(t, 300) for t in (0, 150, 300, 600)] == [1, 0.5, 0, 0]


def test_without_a_ttl_nothing_is_remembered():
    assert ttl.stale(0, 0) == 0


def test_simulated_resolvers_agree_with_the_line():
    times = [0, 60, 150, 240]

    assert ttl.measured(times, 300, resolvers=5000) == pytest.approx([ttl.stale(t, 300) for t in times], abs=0.03)


def test_everybody_is_lost_until_the_check_turns():
    assert ttl.users_lost(89, 90, 60) == 1
    assert ttl.users_lost(120, 90, 60) == 0.5
    assert ttl.users_lost(1000, 90, 60, stubborn=0.2) == pytest.approx(0.2)


def test_the_worst_case_is_noticing_plus_forgetting():
    assert ttl.worst(30, 3, 60) == 150


def test_a_busy_resolver_asks_once_per_ttl():
    assert ttl.queries_a_day(10, 300) == 2880
