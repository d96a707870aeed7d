"""timestamp.txt: understood as people and programs write it, and never guessed."""

from __future__ import annotations

import datetime as dt

import pytest

from cloudcrib.grading.book.stamp import NoTime, moment

UNDERSTOOD = {
    "2026-11-29 23:30:00 UTC": "2026-11-29 23:30",
    "2026-11-29 23:30:00.123456 UTC": "2026-11-29 23:30:00.123456",
    "2026-11-29 23:30:00": "2026-11-29 23:30",
    "2026-11-29 11:59 PM America/New_York": "2026-11-30 04:59",
    "2026-11-29 23:30:00 -0500": "2026-11-30 04:30",
    "2026-11-29 23:30:00 +05:30": "2026-11-29 18:00",
    "2026-11-29 23:30:00-08": "2026-11-30 07:30",
    "2026-11-29T23:59:00-05:00": "2026-11-30 04:59",
    "2026-11-29T23:59:00Z": "2026-11-29 23:59",
    "20261129T233000Z": "2026-11-29 23:30",
    "2026-11-29 23:30 UTC+1": "2026-11-29 22:30",
    "2026-11-29 23:30 GMT-03:30": "2026-11-30 03:00",
    "2026-11-29 23:30 Etc/GMT+5": "2026-11-30 04:30",
    "2026-11-29 23:30:00 (Europe/Berlin)": "2026-11-29 22:30",
    "2026-07-01 23:30:00 Europe/Berlin": "2026-07-01 21:30",
    "2026-11-29 23:30:00 America/Argentina/Buenos_Aires": "2026-11-30 02:30",
    "Sun, 29 Nov 2026 23:30:00 +0100": "2026-11-29 22:30",
    "Sun Nov 29 23:30:00 CET 2026": "2026-11-29 22:30",
    "Sun Nov 29 23:30:00 UTC 2026": "2026-11-29 23:30",
    " 2026-11-29   23:30:00 UTC ": "2026-11-29 23:30",
}
REFUSED = [
    "yesterday", "2026-11-29", "23:30", "2026-11-29 23:30:00 Nowhere/Land", "2026-11-29 23:30:00 PST", "2026-11-29 23:30:00 IST",
    "Sun Nov 29 23:30:00 PST 2026", "2026-11-29 23:30:00 +99:99", "2026-11-29 23:30:00 ../../etc", "1764459000", "\x00", "9" * 400,
    "2026-13-45 23:30:00 UTC", "0001-01-01 00:00:00 +05:00",
]  # fmt: skip


@pytest.mark.parametrize("said", UNDERSTOOD)
def test_a_time_is_the_instant_it_names(said: str) -> None:
    assert moment(said) == dt.datetime.fromisoformat(UNDERSTOOD[said])


@pytest.mark.parametrize("said", REFUSED)
def test_what_names_no_instant_is_refused_with_the_way_to_write_it(said: str) -> None:
    with pytest.raises(NoTime, match=r"timestamp\.txt says .*write it as `2026-11-29 23:30:00 UTC`"):
        moment(said)
