"""Run a job: the cells of one notebook, in one box or, split, the student's in one and the tests in another."""

from __future__ import annotations

import os
import shutil
import tempfile
import time

from cloudcrib.grading.box.bubblewrap import Plan
from cloudcrib.grading.box.warm import MACHINE, OWN, Pen
from cloudcrib.grading.inside import account
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.inside.warmup import SERVICE
from cloudcrib.grading.run.conversation import Show
from cloudcrib.grading.run.job import ACCOUNT, STUDENT, TESTS, Job, Record

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
        self.base, self.split, self.practice, self.limits = base, split, practice, limits
        self.folder = tempfile.mkdtemp(prefix="crib-")  # ours alone; what is shared stands inside
        if not sandboxed:
            self.base = base = os.path.join(self.folder, "work")
        sockets = os.path.join(self.folder, "sockets")
        self.pens: dict[str, Pen] = {}

        def pen(
            side: str, roles: tuple[str, ...], modules: tuple[str, ...], share: dict[str, str] | None = None
        ) -> None:
            """A box; where there is a practice account, it sees the way there that is its own and no other."""
            read = {account.place(side): os.path.join(sockets, side)} if practice and not share else {}
            if read:
                roles = (*roles, "gate")
            plan = Plan(base, home, read=read, share=share or {}, limits=limits, uid=uid + len(self.pens))
            self.pens[side] = Pen(plan, roles, modules, sandboxed)

        if practice:
            for folder in (sockets, os.path.join(sockets, STUDENT), os.path.join(sockets, TESTS)):
                os.mkdir(folder)
                os.chmod(folder, 0o777)
        pen(STUDENT, ("kernel",), modules)
        if split:
            pen(TESTS, ("judge",), modules if test_modules is None else test_modules)
        if practice:
            served = tuple(name for name in modules if name.startswith(("moto", SERVICE)))
            pen(ACCOUNT, ("account",), served, {account.FOLDER: sockets})

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

    def run(self, job: Job) -> Record:
        """Run a notebook; whatever the submission does, a record comes back and the boxes are clean.

        A box that ends while it runs may have been ended by the machine, not by the submission: that is tried once more.
        """
        record, fate = self._once(job)
        if fate:
            record, fate = self._once(job)
        if fate == MACHINE:
            raise Disturbed(TWICE)
        return record

    def _once(self, job: Job) -> tuple[Record, str]:
        for pen in self.pens.values():
            pen.wait_ready()
        killed = out_of_memory()
        show = Show(self.pens, job, job.account and self.practice)
        try:
            show.begin()
            cells = tuple(show.step(at, step) for at, step in enumerate(job.steps, start=1))
            fates = {pen.fate() for pen in self.pens.values()} if show.lost else set()
        finally:
            for pen in self.pens.values():
                pen.clean()
        if show.lost and out_of_memory() > killed:
            fates.add(MACHINE)
        record = Record(cells, show.language, tuple(show.notes), time.monotonic() - show.began)
        return record, max(fates, default="", key=("", OWN, MACHINE).index)


def out_of_memory() -> int:
    """How often this machine has ended a process for want of memory since it was started."""
    try:
        with open("/proc/vmstat") as counters:
            return next((int(line.split()[1]) for line in counters if line.startswith("oom_kill ")), 0)
    except OSError:
        return 0
