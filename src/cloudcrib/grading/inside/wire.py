"""Frames over a Unix socket: a list of byte strings at a time, with a bound on what a stranger can make us read."""

from __future__ import annotations

import json
import select
import socket
import struct
import time
from typing import Any

MOST = 256 * 1024 * 1024
PARTS = 100_000
CLOSED = "it closed its own connection"
_COUNT = struct.Struct("!I")


class Closed(ConnectionError):
    """The other side is gone."""


class TooMuch(ValueError):
    """The other side sent more than it may."""


def pack(*parts: bytes) -> bytes:
    """One frame."""
    body = _COUNT.pack(len(parts)) + b"".join(_COUNT.pack(len(part)) + part for part in parts)
    return _COUNT.pack(len(body)) + body


def unpack(body: bytes) -> list[bytes]:
    """The parts of a frame's body; whatever does not add up is refused."""
    try:
        (count,) = _COUNT.unpack_from(body)
        if count > PARTS:
            raise TooMuch(f"a frame of {count} parts is more than the {PARTS} allowed")
        parts, at = [], _COUNT.size
        for _ in range(count):
            (size,) = _COUNT.unpack_from(body, at)
            at += _COUNT.size
            parts.append(body[at : at + size])
            at += size
    except struct.error:
        raise TooMuch("a frame ends before its parts do") from None
    if at != len(body):
        raise TooMuch("a frame's parts do not add up to its length")
    return parts


class Wire:
    """One end of a conversation in frames; the first part of each is its tag."""

    def __init__(self, end: socket.socket, most: int = MOST) -> None:
        end.setblocking(True)
        self.end, self.most, self._held = end, most, bytearray()

    def fileno(self) -> int:
        return self.end.fileno()

    def send(self, tag: str, *parts: bytes, seconds: float | None = None) -> None:
        """Send one frame; a reader that stalls for longer than `seconds` counts as gone."""
        self.end.settimeout(seconds)
        try:
            self.end.sendall(pack(tag.encode(), *parts))
        except TimeoutError:
            raise Closed("it did not read what it was sent") from None
        except (BrokenPipeError, ConnectionResetError):
            raise Closed(CLOSED) from None
        finally:
            self.end.settimeout(None)

    def say(self, tag: str, value: Any) -> None:
        """Send one frame whose only part is JSON."""
        self.send(tag, json.dumps(value).encode())

    def waiting(self) -> tuple[str, list[bytes]] | None:
        """The next frame if it has come whole, without waiting for the rest."""
        if len(self._held) < _COUNT.size:
            return None
        (size,) = _COUNT.unpack_from(self._held)
        if size > self.most:
            raise TooMuch(f"a frame of {size} bytes is more than the {self.most} allowed")
        if len(self._held) < _COUNT.size + size:
            return None
        body = bytes(self._held[_COUNT.size : _COUNT.size + size])
        del self._held[: _COUNT.size + size]
        try:
            tag, *parts = unpack(body)
            return tag.decode("ascii"), parts
        except (struct.error, UnicodeDecodeError, ValueError) as err:
            raise TooMuch(f"a frame cannot be read: {err}") from None

    def read_some(self) -> None:
        """Take what the socket holds; blocks only when it holds nothing."""
        try:
            chunk = self.end.recv(1 << 18)
        except ConnectionResetError:
            chunk = b""
        if not chunk:
            raise Closed(CLOSED)
        self._held += chunk

    def receive(self, seconds: float | None = None) -> tuple[str, list[bytes]]:
        """The next frame; `TimeoutError` when it has not come in time."""
        deadline = None if seconds is None else time.monotonic() + seconds
        while (frame := self.waiting()) is None:
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            if not select.select([self.end], [], [], left)[0]:
                raise TimeoutError
            self.read_some()
        return frame

    def close(self) -> None:
        self.end.close()
