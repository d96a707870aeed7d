"""What is sent out to be run, and what comes back: plain frozen data that fits through a pipe, a cluster or a cache."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import zlib
from dataclasses import dataclass, field, replace
from typing import Any

from cloudcrib.grading.inside.limits import Limits

STUDENT, TESTS, BOTH, ACCOUNT = "student", "tests", "both", "account"


@dataclass(frozen=True)
class Step:
    """One code cell to run, and on whose side."""

    source: str
    side: str = STUDENT


@dataclass(frozen=True)
class Job:
    """A notebook's cells with the files they may see; bytes in, nothing from a disk."""

    steps: tuple[Step, ...]
    cwd: str
    files: dict[str, bytes] = field(default_factory=dict)  # the student's side: the submission's and the course's
    own_files: dict[str, bytes] = field(default_factory=dict)  # the tests' side: the course's alone
    prelude: str = ""  # imports of the course's own cells, for the tests' side
    theirs: tuple[str, ...] = ()  # names that the exercises ask the student to define
    imports: dict[str, str] = field(
        default_factory=dict
    )  # names that the course's solutions import, with the statement
    allowed: tuple[
        str, ...
    ] = ()  # what the course's own solution needed beyond plain data, and a submission may use too
    learn: bool = False  # the course's own solution: everything is allowed, and noted
    split: bool = False
    account: bool = False  # the notebook practises on an AWS account
    limits: Limits = field(default_factory=Limits)

    def key(self, environment: str) -> str:
        """What the result depends on, as one hash: the same key, the same result."""
        said = dataclasses.asdict(self)
        for name in ("files", "own_files"):
            said[name] = {path: hashlib.sha256(content).hexdigest() for path, content in sorted(said[name].items())}
        return hashlib.sha256(f"{environment}\n{json.dumps(said, sort_keys=True)}".encode()).hexdigest()


@dataclass(frozen=True)
class Message:
    """One message a kernel published, as nbclient would have received it."""

    type: str
    content: dict[str, Any]
    metadata: dict[str, Any] = field(default_factory=dict)
    date: str = ""
    buffers: tuple[str, ...] = ()  # base64


@dataclass(frozen=True)
class Ran:
    """How one cell went."""

    messages: tuple[Message, ...] = ()
    reply: dict[str, Any] | None = None
    timed_out: bool = False
    lost: str = ""  # why the cell has no result: its process is gone
    seconds: float = 0.0
    unfit: tuple[str, ...] = ()  # what the tests asked for and could not have, since it is no plain data
    learnt: tuple[str, ...] = ()  # what was needed beyond plain data


@dataclass(frozen=True)
class Recording:
    """How a notebook went, cell by cell, with sentences about what went wrong."""

    cells: tuple[Ran, ...]
    language: dict[str, Any]
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    cached: bool = False

    def to_bytes(self) -> bytes:
        return zlib.compress(json.dumps(dataclasses.asdict(self), separators=(",", ":")).encode(), 1)

    @staticmethod
    def from_bytes(data: bytes) -> Recording:
        said = json.loads(zlib.decompress(data))
        cells = tuple(_ran(cell) for cell in said.pop("cells"))
        return Recording(cells=cells, notes=tuple(said.pop("notes")), **said)


def silenced(recording: Recording, job: Job) -> Recording:
    """The same run, with nothing of what the student's own cells showed."""
    cells = [
        replace(ran, messages=(), reply={"status": "ok"}) if step.side == STUDENT else ran
        for step, ran in zip(job.steps, recording.cells, strict=True)
    ]
    return replace(recording, cells=tuple(cells))


def _ran(said: dict[str, Any]) -> Ran:
    messages = tuple(_message(message) for message in said["messages"])
    return Ran(**{**said, "messages": messages, "unfit": tuple(said["unfit"]), "learnt": tuple(said["learnt"])})


def _message(said: dict[str, Any]) -> Message:
    return Message(**{**said, "buffers": tuple(said["buffers"])})
