"""What health checks see, when they act on it, and what draining saves."""

from cloudcrib.chapters.elb import health


def test_a_new_target_needs_one_pass():
    assert health.states([True]) == ["healthy"]


def test_one_failure_does_not_take_a_target_out():
    assert health.states([True, False, True, False]) == ["healthy"] * 4


def test_two_failures_in_a_row_do():
    assert health.states([True, False, False]) == ["healthy", "healthy", "unhealthy"]


def test_the_way_back_takes_five_passes_in_a_row():
    states = health.states([False, False, True, True, True, True, True])

    assert states == ["initial"] + ["unhealthy"] * 5 + ["healthy"]


def test_a_failure_on_the_way_back_starts_the_count_again():
    assert health.states([True, False, False, True, False, True], healthy=2)[-1] == "unhealthy"


def test_a_target_that_dies_just_after_a_check_is_marked_a_whole_threshold_later():
    assert health.marked_at(1, interval=30, threshold=2) == 60


def test_requests_keep_going_to_a_dead_target_until_it_is_marked():
    assert health.lost_requests(rate=300, targets=3, fails_at=10, interval=30, threshold=2) == 5000


def test_draining_cuts_only_what_outlasts_the_delay():
    assert health.cut_off([20, 280, 310, 900], delay=300) == [310, 900]


def test_a_delay_of_zero_cuts_everything_in_flight():
    assert health.after_deregistration([5, 60], delay=0) == ["cut", "cut"]
