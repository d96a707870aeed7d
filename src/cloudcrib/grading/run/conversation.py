"""One notebook's run: its cells go out one by one, what they print comes back, and tests may ask the student's process."""

from __future__ import annotations

import base64
import contextlib
import json
import time
from collections.abc import Iterator
from typing import Any

from cloudcrib.grading.box.warm import Child, Lost, Pen, hear
from cloudcrib.grading.handed_in import whole
from cloudcrib.grading.inside import gate
from cloudcrib.grading.inside.limits import MB, Limits
from cloudcrib.grading.inside.wire import Closed, TooMuch
from cloudcrib.grading.run.job import ACCOUNT, BOTH, STUDENT, TESTS, Job, Message, Ran, Step
from cloudcrib.grading.run.ways import Ways

START_SECONDS = 30
GRACE_SECONDS = 3  # between asking a cell to stop and ending its process
GATE = "gate"  # the child of a side's box that leads to the practice account
STALL_SECONDS = 10  # a process that does not even read what it is sent
THEIRS = (
    "theirs-"  # before each name a student gives a display, so that no later cell changes what a test cell has shown
)
REPLIES = {
    "names": "names",
    "call": "answer",
    "look": "answer",
    "source": "answer",
}  # what the tests may ask, and how it is answered
ENOUGH = "It printed more than {mb} MB in one cell; the rest is not kept."


class Conversation:
    """One notebook's run."""

    def __init__(self, pens: dict[str, Pen], job: Job, ways: Ways | None = None) -> None:
        self.pens, self.job, self.limits, self.ways = pens, job, job.limits, ways
        self.began = time.monotonic()
        self.deadline = self.began + job.limits.submission_seconds
        self.lost: dict[str, str] = {}
        self.at = ""  # whose cell ran last
        self.slow = False  # whether a call of the current test cell has used up its time
        self.notes: list[str] = []
        self.env: dict[str, dict[str, str]] = {}
        self.language: dict[str, Any] = {"name": "python"}  # until its kernel says more

    def begin(self) -> None:
        """Fork an interpreter on each side, lay out its files, and run the tests' imports."""
        try:
            if self.ways:
                self._open_account(self.ways)
            self._start(STUDENT, self.job.files)
            if self.job.split:
                self._start(TESTS, self.job.own_files)
                if self.job.prelude:
                    self._cell(TESTS, self.job.prelude, tag="prelude")
        except (Lost, Closed, TimeoutError) as err:
            self._lose(STUDENT, self._why(STUDENT, err) or "it did not start")

    def _open_account(self, ways: Ways) -> None:
        """Start the account, which students may empty only while no test runs, and on both sides the gate that leads there."""
        account = self.pens[ACCOUNT].start(ACCOUNT, guarded=ways.socket(STUDENT), open=ways.socket(TESTS))
        account.wire.receive(START_SECONDS)
        for side in (STUDENT, TESTS):
            pen = self.pens[side]
            child = pen.start(GATE, socket=ways.socket(side), port=gate.PORT if pen.sandboxed else 0)
            port = json.loads(child.wire.receive(START_SECONDS)[1][0])["port"]
            self.env[side] = {"CLOUDCRIB_LAB_ENDPOINT": f"http://127.0.0.1:{port}"}

    def _guard_account(self, side: str) -> None:
        """While tests run, only they may empty the account."""
        if not self.ways or side == self.at:
            return
        self.at, wire = side, self.pens[ACCOUNT].children[ACCOUNT].wire
        try:
            wire.send("tested" if side == TESTS else "free", seconds=STALL_SECONDS)
            wire.receive(STALL_SECONDS)
        except (TimeoutError, Closed):
            raise Lost("the practice account does not answer") from None

    def _start(self, side: str, files: dict[str, bytes]) -> None:
        cwd = self.job.cwd if self.pens[side].sandboxed else self.pens[side].plan.work
        job = self.job
        child = self.pens[side].start(
            side, more=side == TESTS, cwd=cwd, env=self.env.get(side, {}), theirs=job.theirs, imports=job.imports,
            allowed=job.allowed, learn=job.learn,
        )  # fmt: skip
        if files:
            child.wire.send("files", json.dumps(list(files)).encode(), *files.values(), seconds=STALL_SECONDS)
        if side == TESTS:
            written = [whole(step.source).encode() for step in job.steps if step.side == STUDENT]
            child.wire.send("written", *written, seconds=STALL_SECONDS)
        child.wire.send("info", seconds=STALL_SECONDS)
        self.language = json.loads(self._await(side, "info", time.monotonic() + START_SECONDS)[0])

    def step(self, number: int, step: Step) -> Ran:
        """Run one cell where it belongs; a cell of both sides keeps the tests' outputs."""
        sides = [STUDENT, TESTS] if step.side == BOTH and self.job.split else [step.side if self.job.split else STUDENT]
        ran = Ran()
        for side in sides:
            ran = self._cell(side, step.source, number, "both" if len(sides) == 2 and side == TESTS else "run")
        return ran

    def _cell(self, side: str, source: str, number: int = 0, tag: str = "run") -> Ran:
        began = time.monotonic()
        if why := self.lost.get(side):
            return Ran(lost=f"Not run: {why}.")
        if began >= self.deadline:
            return Ran(lost=f"Not run: the submission's {self.limits.submission_seconds:g} seconds were used up.")
        tests = side == TESTS
        cell, self.slow = Cell(self.limits, THEIRS if self.job.split and side == STUDENT else "", tests), False
        try:
            self._guard_account(side)
            count = [str(number).encode()] if self.job.split else []  # one for both sides, as in the notebook
            self._child(side).wire.send(tag, whole(source).encode(), *count, seconds=STALL_SECONDS)
            self._listen(side, cell, min(began + self.limits.cell_seconds, self.deadline))
        except (Lost, Closed, TooMuch) as err:
            why = self._why(side, err)
            self._lose(side, why)
            cell.lost = f"The process that ran this cell is gone: {why}."
        self.notes += cell.notes
        seconds = time.monotonic() - began
        return Ran(tuple(cell.messages), cell.reply, cell.timed_out, cell.lost, seconds, cell.unfit, cell.learnt)

    def _listen(self, side: str, cell: Cell, deadline: float) -> None:
        """Collect what a cell sends until it is done, and pass the tests' questions on to the student's side."""
        child = self._child(side)
        while True:
            for frame in self._frames(child, deadline):
                if frame[0] == "done":
                    return
                cell.take(*frame)
            if child.more and (question := child.more.waiting()):
                child.more.send(*self._answer(*question, deadline))
                if self.slow and deadline < (late := time.monotonic() + GRACE_SECONDS):
                    deadline = late  # the tests are not to blame for the student's function
                continue
            if time.monotonic() >= deadline:
                if cell.timed_out:
                    raise Lost(
                        f"it ran for more than {self.limits.cell_seconds:g} seconds and did not stop when asked to"
                    )
                cell.timed_out, deadline = True, time.monotonic() + GRACE_SECONDS
                self.pens[side].interrupt(child.name)
            self._wait(child, deadline)

    def _frames(self, child: Child, deadline: float) -> Iterator[tuple[str, list[bytes]]]:
        while (frame := child.wire.waiting()) is not None:
            yield frame
            if time.monotonic() > deadline + GRACE_SECONDS:
                return

    def _wait(self, child: Child, deadline: float) -> None:
        """Read from whichever wire speaks; a child that ended is lost once it has been heard out."""
        wires = [child.wire, child.more] if child.more else [child.wire]
        ready = hear(self.pens, wires, deadline)
        try:
            for wire in wires:
                if wire in ready:
                    wire.read_some()
        except Closed as err:
            raise Lost(self._end(child, err)) from None
        if child.ended and not any(wire in ready for wire in wires):
            raise Lost(child.ended)

    def _answer(self, tag: str, parts: list[bytes], deadline: float) -> tuple[str, bytes]:
        """What the student's process says to the tests; when it is gone, a sentence."""
        try:
            if self.slow:
                return (
                    "gone",
                    f"Not called: an earlier call took more than {self.limits.cell_seconds:g} seconds.".encode(),
                )
            if tag not in REPLIES or STUDENT in self.lost:
                raise Lost(self.lost.get(STUDENT, "the tests asked for something unknown"))
            self._child(STUDENT).wire.send(tag, *parts, seconds=STALL_SECONDS)
            found = self._await(STUDENT, REPLIES[tag], deadline)
            if self.slow:  # it answered only when it was asked to stop
                return "gone", f"It took longer than the {self.limits.cell_seconds:g} s that a cell may run.".encode()
            said = found[0] if found else b""
            if len(said) > self.limits.answer_mb * MB:
                raise TooMuch(f"it gave the tests {len(said) // MB} MB; {self.limits.answer_mb} MB are allowed")
            return "answer", said
        except (Lost, Closed, TooMuch) as err:
            why = self._why(STUDENT, err)
            self._lose(STUDENT, why)
            return "gone", f"The submission's process is gone: {why}.".encode()

    def _await(self, side: str, tag: str, deadline: float) -> list[bytes]:
        """The frame with that tag; what was printed on the way is dropped. Asked to stop when the time is up."""
        child, asked = self._child(side), False
        while True:
            while (frame := child.wire.waiting()) is not None:
                if frame[0] == tag:
                    return frame[1]
            if time.monotonic() >= deadline:
                if asked:
                    raise Lost(
                        f"it ran for more than {self.limits.cell_seconds:g} seconds and did not stop when asked to"
                    )
                asked, deadline = True, time.monotonic() + GRACE_SECONDS
                self.slow = side == STUDENT
                self.pens[side].interrupt(child.name)
            self._wait(child, deadline)

    def _why(self, side: str, err: Exception) -> str:
        """Why a process is lost; a wire that broke says nothing, what became of the process does."""
        child = self.pens[side].children.get(side)
        return self._end(child, err) if child and isinstance(err, Closed) else str(err)

    def _end(self, child: Child, err: Closed) -> str:
        hear(self.pens, [], time.monotonic() + 1)
        return child.ended or str(err)

    def _child(self, side: str) -> Child:
        try:
            return self.pens[side].children[side]
        except KeyError:
            raise Lost(self.lost.get(side, "its sandbox was ended")) from None

    def _lose(self, side: str, why: str) -> None:
        if side not in self.lost:
            self.lost[side] = why
            self.notes.append(
                f"{'The submission' if side == STUDENT else 'The tests'} lost the process that ran them: {why}."
            )


class Cell:
    """What one cell has sent so far."""

    def __init__(self, limits: Limits, prefix: str = "", tests: bool = False) -> None:
        self.limits, self.prefix, self.tests, self.size = limits, prefix, tests, 0
        self.unfit: tuple[str, ...] = ()
        self.learnt: tuple[str, ...] = ()
        self.messages: list[Message] = []
        self.reply: dict[str, Any] | None = None
        self.timed_out, self.lost = False, ""
        self.notes: list[str] = []

    def take(self, tag: str, parts: list[bytes]) -> None:
        """Keep a message, up to the bound on output; what cannot be read is dropped."""
        with contextlib.suppress(ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
            if tag == "noticed" and self.tests:  # a submission has no say in it
                said = json.loads(parts[0])
                self.unfit, self.learnt = (*self.unfit, *said["unfit"]), (*self.learnt, *said["learnt"])
                return
            header, content = json.loads(whole(parts[0])), json.loads(whole(parts[3]))
            if tag == "reply" and header["msg_type"] == "execute_reply":
                self.reply = dict(content)
            elif tag == "iopub":
                self._keep(header, json.loads(whole(parts[2])), content, parts[4:], sum(map(len, parts)))

    def _keep(
        self, header: dict[str, Any], metadata: dict[str, Any], content: dict[str, Any], buffers: list[bytes], size: int
    ) -> None:
        self.size += size
        if self.size > self.limits.output_mb * MB and header["msg_type"] not in ("status", "error", "execute_input"):
            if not self.notes:
                self.notes.append(ENOUGH.format(mb=self.limits.output_mb))
            return
        text = tuple(base64.b64encode(buffer).decode() for buffer in buffers)
        if self.prefix and (name := content.get("transient", {}).get("display_id")):
            content["transient"]["display_id"] = f"{self.prefix}{name}"
        self.messages.append(Message(header["msg_type"], content, metadata, str(header.get("date", "")), text))
