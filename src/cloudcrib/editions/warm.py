"""Processes to run a chapter's code in: forked from an interpreter that has the libraries, fresh ones where nothing forks."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

COMMAND = (sys.executable, "-m", "cloudcrib.editions.forked")
FORKS = hasattr(os, "fork") and hasattr(socket, "AF_UNIX")
_address: list[str] = []


class Died(RuntimeError):
    """The process ended without a word."""


def share() -> None:
    """Let the processes that this one will fork ask the same warm interpreter; libraries are imported at the first request."""
    if FORKS:
        start()


def start() -> str:
    """Where to ask for a fork."""
    if not _address:
        folder = tempfile.mkdtemp(prefix="crib-warm-")
        _address.append(f"{folder}/socket")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(_address[0])
            listener.listen(64)
            server = subprocess.Popen(
                [*COMMAND, str(listener.fileno())],
                pass_fds=[listener.fileno()],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
            )
        atexit.register(_stop, os.getpid(), server, folder)
    return _address[0]


def _stop(owner: int, server: subprocess.Popen[bytes], folder: str) -> None:
    if os.getpid() == owner:
        server.communicate()  # it ends when its input does
        shutil.rmtree(folder, ignore_errors=True)


class Child:
    """A forked process as its caller sees it, with as much of Popen as Jupyter needs."""

    stdin = stdout = stderr = None

    def __init__(self, function: str, arguments: Sequence[Any], folder: Path, environment: Mapping[str, str]) -> None:
        self.connection = socket.socket(socket.AF_UNIX)
        self.connection.connect(start())
        self.wire = self.connection.makefile("rw", encoding="utf-8")
        if not (said := self.wire.readline()):
            raise Died("the interpreter to fork from has ended")
        self.pid = int(said)
        print(_order(function, arguments, folder, environment), file=self.wire, flush=True)

    def result(self, timeout: float) -> str:
        """The line that the process answers with; empty when it ended without one."""
        self.connection.settimeout(timeout)
        return self.wire.readline()

    def poll(self) -> int | None:
        """None while it lives: its end closes the connection."""
        if self.connection.fileno() == -1:
            return 0
        with contextlib.suppress(BlockingIOError):
            self.connection.settimeout(0)
            self.connection.recv(1)
            self.close()
            return 0
        return None

    def wait(self, timeout: float | None = None) -> int:
        if self.connection.fileno() != -1:
            self.connection.settimeout(timeout)
            while self.connection.recv(4096):
                continue
            self.close()
        return 0

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.killpg(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def close(self) -> None:
        self.wire.close()
        self.connection.close()


def call(function: str, arguments: Sequence[Any], folder: Path, environment: Mapping[str, str], timeout: float) -> Any:
    """The result of `module:function` in a process of its own; it ends with what it started when the time is up."""
    said = _forked(function, arguments, folder, environment, timeout) if FORKS else ""
    if not FORKS:
        order = _order(function, arguments, folder, environment)
        try:
            done = subprocess.run([*COMMAND, "once"], input=order, capture_output=True, text=True, timeout=timeout)
        except subprocess.TimeoutExpired as err:
            raise TimeoutError from err
        said = done.stdout
    if not said:
        raise Died("it ended without a word")
    answer = json.loads(said)
    if "error" in answer:
        raise Died(answer["error"])
    return answer["result"]


def _forked(
    function: str, arguments: Sequence[Any], folder: Path, environment: Mapping[str, str], timeout: float
) -> str:
    child = Child(function, arguments, folder, environment)
    try:
        return child.result(timeout)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.close()


def _order(function: str, arguments: Sequence[Any], folder: Path, environment: Mapping[str, str]) -> str:
    parts = {"function": function, "arguments": arguments, "folder": str(folder), "environment": dict(environment)}
    return json.dumps(parts)
