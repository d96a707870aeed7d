"""nbgrader's Execute preprocessor on a recording: nbclient believes that it talks to a kernel, and builds the outputs itself."""

from __future__ import annotations

import base64
import secrets
from queue import Empty
from types import SimpleNamespace
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import Execute

from cloudcrib.grading.run.job import Message, Ran, Recording


def runs(cell: NotebookNode, skip_tag: str) -> bool:
    """Whether nbclient would execute this cell."""
    return bool(cell.cell_type == "code" and cell.source.strip() and skip_tag not in cell.metadata.get("tags", []))


class Replay(Execute):  # type: ignore[misc]
    """Gives each cell the outputs that were recorded for it."""

    recording: Recording | None = None

    def preprocess(self, nb: NotebookNode, resources: Any = None, km: Any = None) -> tuple[NotebookNode, Any]:
        assert self.recording is not None
        made: tuple[NotebookNode, Any] = super().preprocess(nb, resources, km=_Kernel(self.recording))
        return made


class _Kernel:
    """Stands where nbclient expects a kernel manager and its client."""

    has_kernel = True
    allow_stdin = False

    def __init__(self, recording: Recording) -> None:
        self.recording, self.at = recording, -1
        self.shell_channel = SimpleNamespace(get_msg=self._reply)
        self.iopub_channel = SimpleNamespace(get_msg=self._published)
        self._queue: list[dict[str, Any]] = []
        self._replies: list[dict[str, Any] | None] = []

    def client(self) -> _Kernel:
        return self

    def start_channels(self) -> None:
        """There are none."""

    def wait_for_ready(self, timeout: float | None = None) -> None:
        """It always is."""

    def is_alive(self) -> bool:
        return True

    def interrupt_kernel(self) -> None:
        """The one that ran was interrupted long ago."""

    def kernel_info(self) -> str:
        self._replies.append(
            {"content": {"language_info": self.recording.language}, "parent_header": {"msg_id": "info"}}
        )
        return "info"

    def execute(self, source: str, **_: Any) -> str:
        self.at += 1
        # nobody can guess the name: an Output widget of one cell must not catch what another shows
        ran, name = self.recording.cells[self.at], f"cell-{secrets.token_hex(8)}"
        self._queue = [_published(message, name) for message in ran.messages if not _is_idle(message)]
        self._queue.append(_published(_idle(ran), name))
        self._replies = [*([None] if ran.timed_out and not ran.lost else []), _reply(ran, name)]
        return name

    async def _reply(self, timeout: float | None = None) -> dict[str, Any]:
        reply = self._replies.pop(0)
        if reply is None:
            raise Empty
        return reply

    async def _published(self, timeout: float | None = None) -> dict[str, Any]:
        return self._queue.pop(0)


def _is_idle(message: Message) -> bool:
    return message.type == "status" and message.content.get("execution_state") == "idle"


def _idle(ran: Ran) -> Message:
    found = [message for message in ran.messages if _is_idle(message)]
    return found[-1] if found else Message("status", {"execution_state": "idle"}, date="1970-01-01T00:00:00Z")


def _published(message: Message, parent: str) -> dict[str, Any]:
    return {
        "header": {"msg_type": message.type, "date": message.date},
        "msg_type": message.type,
        "parent_header": {"msg_id": parent},
        "metadata": message.metadata,
        "content": message.content,
        "buffers": [base64.b64decode(buffer) for buffer in message.buffers],
    }


def _reply(ran: Ran, parent: str) -> dict[str, Any]:
    """The kernel's answer; a lost kernel's is an error, so that the cell shows what happened and earns nothing."""
    content = ran.reply
    if ran.lost or content is None:
        said = ran.lost or "The cell gave no answer."
        content = {
            "status": "error",
            "ename": "DeadKernelError",
            "evalue": said,
            "traceback": [f"DeadKernelError: {said}"],
        }
    return {"header": {"date": "1970-01-01T00:00:00Z"}, "parent_header": {"msg_id": parent}, "content": content}
