"""What the explorers of databases say beside their pictures."""

from typing import Any

import pytest

from cloudcrib.chapters.databases import explore


@pytest.mark.parametrize(
    ("base", "burst", "seconds", "applies", "said"),
    [
        (
            60,
            150,
            20,
            100,
            "1,000 changes wait and `ReplicaLag` is 6.7 s; it rises to 10.0 s, and 25 s after the burst",
        ),
        (120, 150, 0, 100, "after two minutes it is 20.0 s, and the replica never catches up"),
        (10, 90, 60, 100, "Nothing waits: the replica keeps up."),
    ],
)
def test_the_lag_explorer_says_how_far_behind_and_when_it_has_caught_up(
    base: int, burst: int, seconds: int, applies: int, said: str
) -> None:
    shown: list[Any] = explore._lag(base, burst, seconds, applies)

    assert said in shown[1]


def test_three_copies_of_six_are_enough_to_read_and_to_repair() -> None:
    shown: list[Any] = explore._quorum("a", b1=True)

    assert shown[1] == "3 copies answer; writes need 4 of them, reads and repair 3: **reads only**."
