"""Run a job: the cells of one notebook, in one box or, split, the student's in one and the tests in another."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from types import ModuleType

from cloudcrib.grading.box.bubblewrap import Plan
from cloudcrib.grading.box.warm import MACHINE, OWN, Pen
from cloudcrib.grading.inside import account, gate, judge, student
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.inside.warmup import SERVICE
from cloudcrib.grading.run.conversation import GATE, Conversation
from cloudcrib.grading.run.job import ACCOUNT, STUDENT, TESTS, Job, Recording
from cloudcrib.grading.run.ways import Ways

TWICE = (
    "this machine ended its sandbox twice while it ran, for want of memory or by somebody's hand; the submission is not to "
    "blame. Run the command again with more memory free or fewer --workers."
)


class Disturbed(RuntimeError):
    """The machine, not the submission, kept a notebook from being run; the message says how."""


class Runner:
    """The warm boxes of one processor, used for one submission after the other: the student's, the tests', the account's."""

    def __init__(
        self, base: str = "/submission", home: str = "/home/student", modules: tuple[str, ...] = (), split: bool = False,
        practice: bool = False, limits: Limits | None = None, sandboxed: bool = True, slot: int = 0,
        test_modules: tuple[str, ...] | None = None,
    ) -> None:  # fmt: skip
        limits, uid = limits or Limits(), 60000 + (os.getpid() * 4 + slot) % 5000
        self.base, self.split, self.limits = base, split, limits
        self.folder = tempfile.mkdtemp(prefix="crib-")  # ours alone; what is shared stands inside
        if not sandboxed:
            self.base = base = os.path.join(self.folder, "work")
        self.ways = Ways(os.path.join(self.folder, "sockets"), sandboxed) if practice else None
        self.pens: dict[str, Pen] = {}

        def pen(side: str, role: ModuleType, modules: tuple[str, ...]) -> None:
            """A box for a side; where there is a practice account, it sees the way there that is its own and no other."""
            read = self.ways.read(side) if self.ways else {}
            share = self.ways.share(side) if self.ways else {}
            roles = {side: role.__name__, **({GATE: gate.__name__} if read else {})}
            plan = Plan(base, home, read=read, share=share, limits=limits, uid=uid + len(self.pens))
            self.pens[side] = Pen(plan, roles, modules, sandboxed)

        pen(STUDENT, student, modules)
        if split:
            pen(TESTS, judge, modules if test_modules is None else test_modules)
        if self.ways:
            self.ways.make()
            pen(ACCOUNT, account, tuple(name for name in modules if name.startswith(("moto", SERVICE))))

    def open(self) -> None:
        """Start warming up."""
        for pen in self.pens.values():
            if pen.process is None:
                pen.open()

    def close(self) -> None:
        """End the boxes."""
        for pen in self.pens.values():
            pen.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Runner:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, job: Job) -> Recording:
        """Run a notebook; whatever the submission does, a recording comes back and the boxes are clean.

        A box that ends while it runs may have been ended by the machine, not by the submission: that is tried once more.
        """
        recording, fate = self._once(job)
        if fate:
            recording, fate = self._once(job)
        if fate == MACHINE:
            raise Disturbed(TWICE)
        return recording

    def _needed(self, job: Job) -> list[Pen]:
        """The boxes that a job uses; those of a split runner serve one in one interpreter too."""
        sides = [STUDENT, *([TESTS] if job.split else []), *([ACCOUNT] if job.account else [])]
        return [self.pens[side] for side in sides if side in self.pens]

    def _once(self, job: Job) -> tuple[Recording, str]:
        pens = self._needed(job)
        for pen in pens:
            pen.wait_ready()
        killed = out_of_memory()
        talk = Conversation(self.pens, job, self.ways if job.account else None)
        try:
            talk.begin()
            cells = tuple(talk.step(at, step) for at, step in enumerate(job.steps, start=1))
            fates = {pen.fate() for pen in pens} if talk.lost else set()
        finally:
            for pen in pens:
                pen.clean()
        if talk.lost and out_of_memory() > killed:
            fates.add(MACHINE)
        recording = Recording(cells, talk.language, tuple(talk.notes), time.monotonic() - talk.began)
        return recording, max(fates, default="", key=("", OWN, MACHINE).index)


def out_of_memory() -> int:
    """How often this machine has ended a process for want of memory since it was started."""
    try:
        with open("/proc/vmstat") as counters:
            return next((int(line.split()[1]) for line in counters if line.startswith("oom_kill ")), 0)
    except OSError:
        return 0
