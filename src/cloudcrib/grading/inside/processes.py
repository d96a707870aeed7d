"""The processes of a box, seen from its warm process: which there are, what became of them, what they use, and their end."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

SUBREAPER = 36
Reach = Callable[[], list[int]]


def ended(children: dict[int, str]) -> Iterator[tuple[str, str]]:
    """Children that are gone, and of what; orphans that fell to us are reaped too."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        if pid in children:
            yield children.pop(pid), _how(status)


def _how(status: int) -> str:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return "it used up its processor time"
        return f"it was ended by {signal.Signals(number).name}"
    return f"it left with exit code {os.WEXITSTATUS(status)}"


def kill_all(reach: Reach) -> None:
    """End every process the submission started, however often it has forked away."""
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline:
        for pid in reach():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGSTOP)  # first hold them all still: a fork bomb outruns a killer
        left = reach()
        for pid in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if not reach():
            return
        time.sleep(0.0005)
    raise SystemExit("a process of the submission cannot be ended")


def reach_of(setup: dict[str, Any]) -> Reach:
    """How to list the submission's processes: all others of the box, or without a box our descendants."""
    if setup["sandboxed"] and os.readlink("/proc/self/ns/pid") != setup["outside"]:
        mine = {1, os.getpid(), os.getppid()}
        return lambda: [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) not in mine]
    import psutil

    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    this = psutil.Process()
    return lambda: [child.pid for child in this.children(recursive=True) if child.status() != psutil.STATUS_ZOMBIE]


def private(pid: int) -> int:
    """Bytes of memory that are this process's alone; what it shares with the warm process is not the submission's."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as rollup:
            return sum(int(line.split()[1]) * 1024 for line in rollup if line.startswith(("Private_", "Swap:")))
    except (OSError, ValueError):
        return 0
