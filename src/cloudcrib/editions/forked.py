"""The other end of `warm`: an interpreter that has imported the libraries of the notebooks, and forks for each request.

Only other people's libraries are imported beforehand; what the course itself imports, each fork imports for itself.
"""

from __future__ import annotations

import builtins
import contextlib
import importlib
import json
import os
import random
import select
import socket
import sys
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

LIBRARIES = (
    "IPython", "ipykernel.kernelapp", "ipykernel.ipkernel", "ipywidgets", "anywidget", "markdown_it", "nbformat", "pandas",
    "matplotlib.figure", "matplotlib.backends.backend_agg", "matplotlib.font_manager", "PIL.Image", "PIL.PngImagePlugin",
    "boto3", "botocore.client", "moto", "moto.core.responses", "moto.ec2.models", "moto.ec2.responses", "moto.s3.responses",
)  # fmt: skip


def serve(listener: socket.socket, life: int) -> None:
    """Fork for each connection until the other end of `life` is closed, that is until all who could ask have ended."""
    warm = False
    ends: list[Any] = [listener, life]
    while life not in (ready := select.select(ends, [], [])[0]):
        if not warm:
            preload()
            warm = True
        if listener not in ready:
            continue
        connection = listener.accept()[0]
        if os.fork() == 0:
            listener.close()
            os.close(life)
            _alone(connection)
        connection.close()
        _reap()
    _reap()


def _reap() -> None:
    """Take leave of forks that have ended; whoever asked for them has noticed by the connection."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            continue


def preload() -> None:
    """Import the libraries; one that is missing fails where it is used, with its message."""
    with _as_in_a_notebook():
        for name in LIBRARIES:
            with contextlib.suppress(Exception):
                importlib.import_module(name)


@contextlib.contextmanager
def _as_in_a_notebook() -> Iterator[None]:
    """pandas asks when it is imported whether it stands in a terminal, where it shows tables otherwise."""
    vars(builtins)["get_ipython"] = lambda: SimpleNamespace(kernel=True)
    try:
        yield
    finally:
        del vars(builtins)["get_ipython"]


def _alone(connection: socket.socket) -> None:
    """Do what is asked in a process group of one's own, and end."""
    code = 1
    try:
        os.setsid()
        random.seed()
        with connection.makefile("rw", encoding="utf-8") as wire:
            print(os.getpid(), file=wire, flush=True)
            print(json.dumps(answer(json.loads(wire.readline()))), file=wire, flush=True)
        code = 0
    finally:
        os._exit(code)


def answer(order: dict[str, Any]) -> dict[str, Any]:
    """Call a function by its name, in the folder and the environment that the order gives."""
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    _choose_backend()
    module, _, name = order["function"].partition(":")
    try:
        return {"result": getattr(importlib.import_module(module), name)(*order["arguments"])}
    except Exception as err:
        return {"error": f"{type(err).__name__}: {err}"}


def _choose_backend() -> None:
    """matplotlib reads its environment when it is imported; a fork has got another one since."""
    if "matplotlib" in sys.modules and (backend := os.environ.get("MPLBACKEND")):
        sys.modules["matplotlib"].rcParams["backend"] = backend


def kernel(arguments: Sequence[str]) -> None:
    """Be a Jupyter kernel until it is shut down."""
    from ipykernel.kernelapp import IPKernelApp

    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    os.environ.setdefault(
        "MPLBACKEND", "module://matplotlib_inline.backend_inline"
    )  # as ipykernel does, too late for us
    _choose_backend()
    IPKernelApp.launch_instance(argv=list(arguments))


def main(words: Sequence[str]) -> None:
    sys.path.pop(0)  # the folder in which all this was started
    if words[0] == "once":  # where nothing forks: one order, in a fresh interpreter
        with os.fdopen(os.dup(1), "w", encoding="utf-8") as wire:
            os.dup2(2, 1)
            print(json.dumps(answer(json.loads(sys.stdin.readline()))), file=wire)
    else:
        serve(socket.socket(fileno=int(words[0])), sys.stdin.fileno())


if __name__ == "__main__":
    main(sys.argv[1:])
