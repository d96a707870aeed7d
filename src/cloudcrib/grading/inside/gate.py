"""The way out of a box to the practice account: a TCP port inside that leads to a Unix socket, for programs that only know TCP."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from typing import Any

from cloudcrib.grading.inside.wire import Closed, Wire

PORT = 4566


def prepare(setup: dict[str, Any]) -> Callable[..., None]:
    """The function returned keeps the port open in a fork until the grader hangs up."""

    def role(ends: list[socket.socket], order: dict[str, Any]) -> None:
        wire = Wire(ends[0])
        wire.say("ready", {"port": forward(order["socket"], order["port"])})
        with contextlib.suppress(Closed):
            wire.receive()

    return role


def forward(path: str, port: int = PORT) -> int:
    """Let programs that only know TCP reach a Unix socket: each connection to the port is carried over, byte by byte.

    Port 0 stands for any that is free; the one that it is comes back.
    """
    listener = socket.create_server(("127.0.0.1", port), backlog=64)
    threading.Thread(target=_accept, args=(listener, path), daemon=True).start()
    return int(listener.getsockname()[1])


def _accept(listener: socket.socket, path: str) -> None:
    while True:
        near, _ = listener.accept()
        far = socket.socket(socket.AF_UNIX)
        try:
            far.connect(path)
        except OSError:
            near.close()
            continue
        for source, target in ((near, far), (far, near)):
            threading.Thread(target=_carry, args=(source, target), daemon=True).start()


def _carry(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while chunk := source.recv(1 << 16):
            target.sendall(chunk)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
