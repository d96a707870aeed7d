"""The warm process inside a box: it imports the libraries once and forks a fresh interpreter per submission.

It runs one submission at a time. Between two it kills every process of its box and empties every writable folder; what it
cannot make clean, it leaves by ending, and a new box takes its place.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from typing import Any

from cloudcrib.grading.inside.folders import FONTS, Kept, empty, mounts
from cloudcrib.grading.inside.limits import MB, Limits, confine
from cloudcrib.grading.inside.processes import Reach, ended, kill_all, private, reach_of
from cloudcrib.grading.inside.warmup import SERVICE, warm
from cloudcrib.grading.inside.wire import Closed, Wire

WATCH_SECONDS = 0.25
_DUMPABLE = 4
_libc = ctypes.CDLL(None)
Role = Callable[..., None]


def main() -> None:
    """Warm up, then fork on request until the grader hangs up."""
    setup = json.loads(sys.argv[1])
    control = Wire(socket.socket(fileno=setup["fd"]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _shield(True)
    reach = reach_of(setup)
    _lay_out_fonts()
    importlib.import_module("resource")
    roles = {name: _role(module, setup) for name, module in setup["roles"].items()}
    services = [name.removeprefix(SERVICE) for name in setup["modules"] if name.startswith(SERVICE)]
    warm([name for name in setup["modules"] if not name.startswith(SERVICE)], services)
    gc.freeze()
    for folder in setup["writable"]:
        with contextlib.suppress(OSError):
            os.makedirs(folder, exist_ok=True)
    kept = mounts(setup["writable"])
    empty(setup["writable"], kept)
    if not setup["debug"]:
        _hush()
    control.say("ready", {"pid": os.getpid()})
    with contextlib.suppress(Closed):
        _serve(control, roles, Limits(**setup["limits"]), setup["writable"], kept, reach)


def _role(module: str, setup: dict[str, Any]) -> Role:
    """What a child of this box may be; which module says so is the grader's to know."""
    role: Role = importlib.import_module(module).prepare(setup)
    return role


def _serve(
    control: Wire, roles: dict[str, Role], limits: Limits, writable: list[str], kept: Kept, reach: Reach
) -> None:
    children: dict[int, str] = {}
    while True:
        ready = select.select([control], [], [], WATCH_SECONDS if children else None)[0]
        for name, why in ended(children):
            control.say("ended", {"name": name, "why": why})
        if ready:
            _obey(control, roles, limits, writable, kept, children, reach)
        elif children and (used := sum(map(private, reach()))) > limits.memory_mb * MB:
            why = f"it used {used // MB} MB of memory; {limits.memory_mb} MB are allowed"
            kill_all(reach)
            for name in children.values():
                control.say("ended", {"name": name, "why": why})
            children.clear()


def _obey(
    control: Wire, roles: dict[str, Role], limits: Limits, writable: list[str], kept: Kept,
    children: dict[int, str], reach: Reach,
) -> None:  # fmt: skip
    tag, order, fds = _order(control)
    if tag == "start":
        pid = _fork(control, roles[order["name"]], limits, fds, order)
        children[pid] = order["name"]
    elif tag == "interrupt":
        for pid, name in children.items():
            if name == order["name"]:
                os.kill(pid, signal.SIGINT)
    elif tag == "clean":
        kill_all(reach)
        children.clear()
        clean = empty(writable, kept)
        control.say("cleaned", {"clean": clean})
        if not clean:
            raise SystemExit


def _order(control: Wire) -> tuple[str, dict[str, Any], list[int]]:
    """One order of the grader, with the sockets that came with it."""
    data, fds, _, _ = socket.recv_fds(control.end, 1 << 16, 8)
    if not data:
        raise Closed("the grader hung up")
    control._held += data
    while (frame := control.waiting()) is None:
        control.read_some()
    return frame[0], json.loads(frame[1][0]), list(fds)


def _fork(control: Wire, role: Role, limits: Limits, fds: list[int], order: dict[str, Any]) -> int:
    if pid := os.fork():
        for fd in fds:
            os.close(fd)
        return pid
    try:
        control.close()
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _shield(False)
        confine(limits)
        _lay_out_fonts()
        _reseed()
        role([socket.socket(fileno=fd) for fd in fds], order)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(0)


def _lay_out_fonts() -> None:
    """Give matplotlib its list of fonts in a folder that it may write to."""
    if os.path.isdir(FONTS) and (folder := os.environ.get("MPLCONFIGDIR")):
        shutil.copytree(FONTS, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)


def _reseed() -> None:
    """Forks share numpy's generator; each submission gets its own, as a fresh interpreter would."""
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()


def _shield(on: bool) -> None:
    """Forbid (or allow) processes of the same user to look into this one."""
    _libc.prctl(_DUMPABLE, 0 if on else 1, 0, 0, 0)


def _hush() -> None:
    """From here on nobody reads what this process prints."""
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)


if __name__ == "__main__":
    main()
