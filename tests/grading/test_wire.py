"""Frames between the grader and what it does not trust."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudcrib.grading.inside import wire
from cloudcrib.grading.inside.wire import Closed, TooMuch, Wire


@pytest.fixture
def ends() -> Iterator[tuple[Wire, Wire]]:
    one, other = socket.socketpair()
    with one, other:
        yield Wire(one), Wire(other, most=1000)


@given(st.lists(st.binary(max_size=50)))
def test_a_frame_comes_out_as_it_went_in(parts: list[bytes]) -> None:
    body = wire.pack(*parts)[4:]

    assert wire.unpack(body) == parts


def test_frames_sent_together_arrive_one_by_one(ends: tuple[Wire, Wire]) -> None:
    ends[0].send("first", b"1")
    ends[0].send("second", b"2", b"3")

    assert [ends[1].receive(1), ends[1].receive(1)] == [("first", [b"1"]), ("second", [b"2", b"3"])]


def test_a_frame_larger_than_allowed_is_refused_by_its_head(ends: tuple[Wire, Wire]) -> None:
    ends[0].end.sendall(b"\xff\xff\xff\xff")

    with pytest.raises(TooMuch, match="4294967295 bytes"):
        ends[1].receive(1)


def test_nonsense_inside_a_frame_is_refused(ends: tuple[Wire, Wire]) -> None:
    ends[0].end.sendall(b"\x00\x00\x00\x08" + b"\x00\x00\x00\x02\x00\x00\x00\x09")

    with pytest.raises(TooMuch):
        ends[1].receive(1)


def test_silence_is_a_timeout(ends: tuple[Wire, Wire]) -> None:
    with pytest.raises(TimeoutError):
        ends[1].receive(0.01)


def test_a_reader_that_stalls_counts_as_gone(ends: tuple[Wire, Wire]) -> None:
    with pytest.raises(Closed):
        ends[0].send("much", b"x" * 10_000_000, seconds=0.05)


def test_the_end_of_the_other_side_is_noticed(ends: tuple[Wire, Wire]) -> None:
    ends[0].close()

    with pytest.raises(Closed):
        ends[1].receive(1)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xff\xff\xff",
        b"\x00\x01\x86\xa1" + bytes(400_004),
        b"\x00\x00\x00\x01",
        wire.pack(b"x")[4:] + b"more",
    ],
    ids=range(5),
)
def test_a_frame_that_does_not_add_up_is_refused(body: bytes) -> None:
    with pytest.raises(TooMuch):
        wire.unpack(body)


@given(st.binary(max_size=200))
def test_whatever_bytes_come_give_parts_or_are_refused(body: bytes) -> None:
    try:
        parts = wire.unpack(body)
    except TooMuch:
        return

    assert wire.pack(*parts)[4:] == body
