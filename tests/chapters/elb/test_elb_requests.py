"""How requests pick a target inside a group."""

from cloudcrib.chapters.elb.requests import least_outstanding, session_loads, simulate


def test_the_target_with_the_least_work_in_hand_is_next():
    assert least_outstanding([7, 2, 4]) == 1


def test_the_first_of_equals_is_next():
    assert least_outstanding([3, 1, 1]) == 1


def test_round_robin_lets_a_slow_target_pile_up_requests():
    assert simulate(60, [2, 2, 30], "round_robin")[-1][2] == 10


def test_least_outstanding_spares_a_slow_target():
    assert max(queue[2] for queue in simulate(60, [2, 2, 30], "least_outstanding")) <= 2


def test_sticky_users_leave_a_late_target_idle():
    rounds = session_loads(users=60, visits=6, joins_at=3, targets=2, sticky=True)

    assert [counts[2] for counts in rounds] == [0] * 6


def test_without_stickiness_a_late_target_gets_its_share_at_once():
    rounds = session_loads(users=60, visits=6, joins_at=3, targets=2, sticky=False)

    assert [counts[2] for counts in rounds] == [0, 0, 0, 20, 20, 20]
