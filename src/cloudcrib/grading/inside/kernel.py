"""A Jupyter kernel without ZeroMQ: ipykernel's own shell, its messages written to a socket in their own wire format.

Everything a notebook can see is the real thing (`ZMQInteractiveShell`, output streams, comms, display hooks), so that the
recorded messages replay in nbclient to the outputs a fresh kernel would have given.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import importlib
import json
import logging
import os
import pathlib
import signal
import socket
import sys
import threading
import time
import types
from collections.abc import Awaitable, Callable
from typing import Any

from cloudcrib.grading.inside.wire import Closed, Wire, pack

FLUSH_SIZE = 4 * 1024 * 1024  # characters; a message stays far below what the grader refuses
Act = Callable[["Kernel", str, list[bytes]], Awaitable[None]]


class Outlet:
    """Stands where ipykernel expects a ZeroMQ socket; what is sent goes out as one frame."""

    def __init__(self, end: socket.socket, tag: str, lock: threading.Lock) -> None:
        self._end, self._tag, self._lock = end, tag.encode(), lock

    def send_multipart(self, frames: list[Any], *_: Any, **__: Any) -> None:
        at = frames.index(b"<IDS|MSG>")
        parts = [bytes(frame) for frame in frames[at + 2 :]]
        with self._lock:
            self._end.sendall(pack(self._tag, *parts))

    def flush(self, *_: Any) -> None:
        """Nothing is held back."""


class Kernel:
    """One interpreter for one submission, taking cells from a wire."""

    def __init__(self, real: Any, end: socket.socket) -> None:
        self.real, self.wire, self._lock, self._number = real, Wire(end), threading.Lock(), 0

    def open(self, home: str) -> None:
        """Connect streams and hooks, after the fork."""
        stream, publisher = _stream_class(), _publisher_class()
        real, session = self.real, self.real.session
        session.pid, session.check_pid = os.getpid(), False
        published = publisher(Outlet(self.wire.end, "iopub", self._lock), session=session)
        real.iopub_thread, real.iopub_socket = published, published.background_socket
        for hook in (real.shell.displayhook, real.shell.display_pub):
            hook.session, hook.pub_socket = session, real.iopub_socket
        real.shell_channel_thread = types.SimpleNamespace(parent_thread=threading.current_thread())
        os.makedirs(home, exist_ok=True)
        os.chdir(home)
        sys.stdout, sys.stderr = stream(session, published, "stdout"), stream(session, published, "stderr")
        real._stdout, real._stderr = sys.stdout, sys.stderr

    def say(self, tag: str, value: Any) -> None:
        """Answer the grader in JSON, never in the middle of another frame."""
        with self._lock:
            self.wire.say(tag, value)

    async def run(self, source: str, number: int = 0) -> None:
        """Run one cell as the kernel would on an execute request, then say that it is done; a number is the cell's In[…]."""
        self._number += 1
        if number:
            self.real.shell.execution_count = number
        session, real = self.real.session, self.real
        content = {"code": source, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
        message = session.msg("execute_request", {**content, "stop_on_error": False})
        message["header"]["msg_id"] = f"cell-{self._number}"
        real.set_parent([], message, channel="shell")
        real._publish_status("busy", "shell")
        real.pre_handler_hook()
        try:
            await real.execute_request(Outlet(self.wire.end, "reply", self._lock), [], message)
        except KeyboardInterrupt:
            pass
        finally:
            real.post_handler_hook()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        self.say("done", {})

    def write_files(self, names: list[str], contents: list[bytes]) -> None:
        """Lay out the submission's files in the working folder."""
        for name, content in zip(names, contents, strict=True):
            path = pathlib.Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


@functools.cache
def _stream_class() -> Any:
    """ipykernel's output stream without its publishing thread, which costs more than a cell.

    What a kernel would have flushed on its timer is flushed when the next text comes, so that messages are cut in the same places.
    """
    from ipykernel.iostream import OutStream

    class Stream(OutStream):  # type: ignore[misc]
        since: float | None = None
        held = 0

        def _schedule_flush(self) -> None:
            if self.since is None:
                self.since = time.monotonic()

        def write(self, string: str) -> int:
            if self.since is not None and time.monotonic() - self.since >= self.flush_interval:
                self._flush()
            if (held := self.held + len(string)) > FLUSH_SIZE:
                self._flush()
                held = len(string)
            self.held = held
            return int(super().write(string) or 0)

        def _flush(self) -> None:
            self.since, self.held = None, 0
            super()._flush()  # type: ignore[no-untyped-call]

    return Stream


@functools.cache
def _publisher_class() -> Any:
    """ipykernel's publisher, whose thread is never started and needs no ZeroMQ sockets to be woken by."""
    from ipykernel.iostream import IOPubThread

    class Publisher(IOPubThread):
        def _setup_event_pipe(self) -> None:
            """What is published goes out at once."""

    return Publisher


def build(user_ns: dict[str, Any] | None = None) -> Any:
    """ipykernel's kernel, not yet connected; made once, before the forks."""
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    from ipykernel.ipkernel import IPythonKernel
    from ipykernel.kernelapp import IPKernelApp
    from jupyter_client.session import Session
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    session, log = Session(key=b"", check_pid=False), logging.getLogger("cloudcrib.kernel")
    session.pack = _packing(session.pack)
    real = IPythonKernel.instance(session=session, log=log, config=config, user_ns=user_ns or {})
    real._execute_sleep = 0
    IPKernelApp.instance(config=config).kernel = real  # who asks for the running application finds the kernel
    _find_own_modules()
    _rehearse(real)
    return real


def _packing(pack: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
    """Jupyter's way of packing a message, which must not fail on half a character that a cell prints."""

    def packed(said: Any) -> bytes:
        try:
            return pack(said)
        except UnicodeEncodeError:
            return json.dumps(said, default=str).encode()

    return packed


def _find_own_modules() -> None:
    """Modules of the working folder are found where IPython finds them: after the standard library, before what is installed."""
    sys.path[:] = [path for path in sys.path if path]
    named = [os.path.basename(path) in ("site-packages", "dist-packages") for path in sys.path]
    sys.path.insert(named.index(True) if True in named else 0, "")


def _rehearse(real: Any) -> None:
    """Load what the first cell and the first error of a session load, so that no fork has to."""
    from IPython.core.formatters import format_display_data

    for cell in ("pass", "1/0"):
        real.shell.run_cell(cell, silent=True)
    format_display_data(0)
    for name in ("IPython.core.logger", "tornado.platform.asyncio"):
        importlib.import_module(name)
    _stream_class()
    _publisher_class()
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        if hasattr(sys, name):
            delattr(sys, name)
    real.shell._last_traceback = None


def live(kernel: Kernel, act: Act, order: dict[str, Any]) -> None:
    """What a kernel does in its fork: open in its working folder, and serve until the grader hangs up."""
    kernel.open(order["cwd"])
    os.environ.update(order.get("env", {}))
    with contextlib.suppress(Closed):
        asyncio.run(_serve(kernel, act))


async def _serve(kernel: Kernel, act: Act) -> None:
    """Do what the grader asks, one request after the other, leaving the loop free for background tasks between."""
    loop, held = asyncio.get_running_loop(), kernel.wire
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # between requests, as in ipykernel; asyncio would end the kernel
    while True:
        while (frame := held.waiting()) is None:
            await _readable(loop, held.end)
            held.read_some()
        await act(kernel, frame[0], frame[1])


def _tell(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)


async def _readable(loop: asyncio.AbstractEventLoop, end: socket.socket) -> None:
    ready: asyncio.Future[None] = loop.create_future()
    loop.add_reader(end, _tell, ready)
    try:
        await ready
    finally:
        loop.remove_reader(end)


async def act(kernel: Kernel, tag: str, parts: list[bytes]) -> None:
    """The requests every kernel knows."""
    if tag == "files":
        kernel.write_files(json.loads(parts[0]), parts[1:])
    elif tag == "info":
        kernel.say("info", kernel.real.kernel_info["language_info"])
    elif tag == "run":
        await kernel.run(parts[0].decode(), *map(int, parts[1:2]))
