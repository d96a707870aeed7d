"""The grader's hold on one warm box: starts it, lets children be forked in it, notices what dies, and replaces it when unclean."""

from __future__ import annotations

import dataclasses
import json
import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from cloudcrib.grading.box.bubblewrap import Plan, command
from cloudcrib.grading.inside import worker
from cloudcrib.grading.inside.wire import Closed, TooMuch, Wire, pack

START_SECONDS = 120
CLEAN_SECONDS = 5
BOUND = 64 * 1024 * 1024  # one frame of a child: a figure, a table; more is refused


OWN, MACHINE = "own", "machine"  # who ended a box: a process inside it, or somebody outside


class Lost(RuntimeError):
    """A child of the box is gone; the message says of what."""


@dataclasses.dataclass
class Child:
    """One forked process of a box, and the wires to it."""

    name: str
    wire: Wire
    more: Wire | None = None
    ended: str = ""


class Pen:
    """One box with its warm process; `roles` are what its children may be, each with the module that plays it."""

    def __init__(self, plan: Plan, roles: Mapping[str, str], modules: tuple[str, ...], sandboxed: bool = True) -> None:
        self.plan, self.roles, self.modules, self.sandboxed = plan, roles, modules, sandboxed
        self.children: dict[str, Child] = {}
        self.process: subprocess.Popen[bytes] | None = None
        self.control: Wire | None = None
        self.ready = self.ended = False

    def open(self) -> None:
        """Start the box; `wait_ready` waits until it is warm."""
        near, far = socket.socketpair()
        setup = {
            "fd": far.fileno(),
            "roles": dict(self.roles),
            "modules": self.modules,
            "writable": self._writable(),
            "limits": dataclasses.asdict(self.plan.limits),
            "sandboxed": self.sandboxed,
            "outside": os.readlink("/proc/self/ns/pid"),
            "debug": "CRIB_DEBUG" in os.environ,
        }
        argv = [sys.executable, "-m", worker.__name__, json.dumps(setup)]
        with ExitStack() as stack:
            fds: tuple[int, ...] = ()
            if self.sandboxed:
                argv, fds = command(argv, self.plan, stack)
            self.process = subprocess.Popen(
                argv, pass_fds=(*fds, far.fileno()), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE if os.environ.get("CRIB_DEBUG") is None else None, start_new_session=True,
                env={"PATH": os.defpath} if self.sandboxed else None,  # bubblewrap's own can be read from inside
            )  # fmt: skip
        far.close()
        self.control, self.ready, self.ended = Wire(near), False, False

    def _writable(self) -> tuple[str, ...]:
        return self.plan.writable if self.sandboxed else (self.plan.work,)

    def wait_ready(self) -> None:
        """Wait until the libraries are imported."""
        if self.ready:
            return
        if self.process is None:
            self.open()
        assert self.control is not None
        try:
            self.control.receive(START_SECONDS)
        except (Closed, TimeoutError):
            raise RuntimeError(f"A sandbox did not start: {self._last_words()}") from None
        self.ready = True

    def _last_words(self) -> str:
        assert self.process is not None
        self.process.kill()
        said = self.process.stderr.read().decode(errors="replace").strip() if self.process.stderr else ""
        self.close()
        return said.splitlines()[-1] if said else "it said nothing"

    def start(self, name: str, more: bool = False, **order: Any) -> Child:
        """Fork a child that plays the role of that name; `more` gives it a second wire to ask on."""
        self.wait_ready()
        assert self.control is not None
        pairs = [socket.socketpair() for _ in range(2 if more else 1)]
        frame = pack(b"start", json.dumps({"name": name, **order}).encode())
        try:
            socket.send_fds(self.control.end, [frame], [far.fileno() for _, far in pairs])
        except (BrokenPipeError, ConnectionResetError):
            self.ended = True
            for near, _ in pairs:
                near.close()
            raise Lost("its sandbox was ended") from None
        finally:
            for _, far in pairs:
                far.close()
        child = Child(name, Wire(pairs[0][0], BOUND), Wire(pairs[1][0], BOUND) if more else None)
        self.children[name] = child
        return child

    def interrupt(self, name: str) -> None:
        """Send the child what Ctrl-C sends."""
        assert self.control is not None
        try:
            self.control.say("interrupt", {"name": name})
        except Closed:
            return

    def heed(self) -> None:
        """Take note of children that ended."""
        assert self.control is not None
        try:
            while select.select([self.control], [], [], 0)[0]:
                self.control.read_some()
            while frame := self.control.waiting():
                self._note(*frame)
        except (Closed, TooMuch):
            self.ended = True
            while frame := self.control.waiting():
                self._note(*frame)
            for child in self.children.values():
                child.ended = child.ended or "it ended its own sandbox"

    def _note(self, tag: str, parts: list[bytes]) -> None:
        said = json.loads(parts[0])
        if tag == "ended" and said["name"] in self.children:
            self.children[said["name"]].ended = said["why"]

    def fate(self) -> str:
        """Who ended this box while it was in use; empty when it lives.

        A submission can end the warm process that it was forked from, never bubblewrap's own, which it cannot see.
        """
        self.heed()
        if not self.ended or self.process is None:
            return ""
        try:
            return MACHINE if self.process.wait(CLEAN_SECONDS) < 0 else OWN
        except subprocess.TimeoutExpired:
            return OWN

    def clean(self) -> None:
        """End everything the children started and wipe what they wrote; a box that cannot, is replaced."""
        self._hang_up()
        assert self.control is not None
        deadline = time.monotonic() + CLEAN_SECONDS
        try:
            self.control.say("clean", {})
            while (frame := self.control.receive(max(0.0, deadline - time.monotonic())))[0] != "cleaned":
                continue
            clean = json.loads(frame[1][0])["clean"]
        except (Closed, TooMuch, TimeoutError, ValueError):
            clean = False
        if not clean:
            self.replace()

    def replace(self) -> None:
        """A new box for the next submission."""
        self.close()
        self.open()

    def close(self) -> None:
        """End the box and everything in it."""
        if self.process is None:
            return
        self._hang_up()
        if self.control is not None:
            self.control.close()
        self.process.kill()
        self.process.wait()
        if self.process.stderr:
            self.process.stderr.close()
        self.process, self.ready = None, False

    def _hang_up(self) -> None:
        for child in self.children.values():
            for wire in (child.wire, child.more):
                if wire:
                    wire.close()
        self.children.clear()

    def __enter__(self) -> Pen:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def hear(pens: Mapping[str, Pen], wires: list[Wire], deadline: float) -> list[Wire]:
    """Wires with something to read, or of a child that ended; empty when the time is up."""
    controls = [pen.control for pen in pens.values() if pen.control is not None]
    ready = select.select([*wires, *controls], [], [], max(0.0, deadline - time.monotonic()))[0]
    for pen in pens.values():
        if pen.control in ready:
            pen.heed()
    return [wire for wire in ready if wire in wires] or [wire for wire in ready if wire not in wires]
