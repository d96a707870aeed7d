"""One event, an answer was checked: who listens hears of it once, and whoever fails harms nobody else."""

from __future__ import annotations

from pathlib import Path

from cloudcrib import events
from cloudcrib.events import Checked, Reminder

EVENT = Checked("question", "vpc-usable-28", "vpc", Path("chapters/14-vpc"), "3.4", "INCORRECT", 0.0)


def test_a_listener_that_was_added_twice_hears_once() -> None:
    heard: list[Checked] = []
    listener = heard.append

    events.listen(listener)
    events.listen(listener)
    events.tell(EVENT)

    assert heard == [EVENT]


def test_a_reminder_reaches_whoever_told() -> None:
    events.listen(lambda event: None)
    events.listen(lambda event: Reminder(f"Think of {event.item}.", "vpc-usable-26"))

    assert events.tell(EVENT) == (Reminder("Think of vpc-usable-28.", "vpc-usable-26"), "")


def test_a_listener_that_fails_is_said_and_keeps_nobody_from_hearing() -> None:
    heard: list[Checked] = []

    def fail(event: Checked) -> None:
        raise OSError("disk full")

    events.listen(fail)
    events.listen(heard.append)

    assert events.tell(EVENT) == (None, "disk full")
    assert heard == [EVENT]
