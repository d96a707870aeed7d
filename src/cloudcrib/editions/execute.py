"""Run the self-study edition and keep of its outputs what is the same on every run."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from nbformat import NotebookNode

from cloudcrib.course.chapter import Chapter
from cloudcrib.course.trouble import AuthoringError
from cloudcrib.editions import warm
from cloudcrib.kit.views import VIEW, drop_view

ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")


def execute(chapter: Chapter, notebook: NotebookNode, timeout: int = 300) -> NotebookNode:
    """Run all cells in a fresh kernel and an empty folder; a cell that fails, warns or prints an address is the author's mistake."""
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    from cloudcrib.editions.kernels import ForkedKernels

    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            notebook,
            timeout=timeout,
            kernel_name="python3",
            kernel_manager_class=ForkedKernels if warm.FORKS else AsyncKernelManager,
            record_timing=False,
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": folder}},
        )
        own = {"CLOUDCRIB_ROOT": str(chapter.folder.parent.parent.resolve()), "CLOUDCRIB_DATA": f"{folder}/data"}
        environment = {**os.environ, **own}  # the builder's own progress is nobody's output
        try:
            with ThreadPoolExecutor(1) as thread:  # whoever builds may have an event loop of their own running
                thread.submit(lambda: asyncio.run(_run(client, environment))).result()
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as err:
            raise _trouble(chapter, notebook, err) from None
    for cell in (c for c in notebook.cells if c.cell_type == "code"):
        cell.outputs = [_steady(chapter, cell, output) for output in cell.outputs]
        cell.metadata.pop("execution", None)
    notebook.metadata.pop("widgets", None)
    return notebook


async def _run(client: Any, environment: dict[str, str]) -> None:
    await client.async_execute(env=environment)


def _trouble(chapter: Chapter, notebook: NotebookNode, err: Exception) -> AuthoringError:
    failed = next((c for c in notebook.cells if c.cell_type == "code" and _errors(c)), None)
    if failed is None:
        said = str(err).strip().split("\n")
        return AuthoringError(chapter.folder / "chapter.md", 1, None, f"The notebook could not be run: {said[0]}")
    said_error = _errors(failed)[0]
    sentence = f"This cell raises {said_error.ename}: {said_error.evalue}"
    return AuthoringError(chapter.folder / "chapter.md", line_of_cell(chapter, failed.id), failed.id, sentence)


def _errors(cell: NotebookNode) -> list[NotebookNode]:
    return [o for o in cell.outputs if o.output_type == "error"]


def line_of_cell(chapter: Chapter, id: str) -> int:
    """Where the author wrote what became this cell."""
    wanted = {id, id.removesuffix("-check"), id.removesuffix("-check") + "-tests"}
    return next((c.line for c in chapter.cells if c.id in wanted), 1)


def _steady(chapter: Chapter, cell: NotebookNode, output: NotebookNode) -> NotebookNode:
    path, line = chapter.folder / "chapter.md", line_of_cell(chapter, cell.id)
    if output.output_type == "stream":
        if output.name == "stderr":
            raise AuthoringError(
                path, line, cell.id, f"This cell writes to stderr: {output.text.strip().splitlines()[-1]}"
            )
        text = output.text
    else:
        data = output.get("data", {})
        drop_view(data)
        text = str(data.get("text/plain", ""))
        if VIEW in data:
            raise AuthoringError(
                path, line, cell.id, "This cell shows a widget with no static form; use `explorer` or `quiz`."
            )
    if ADDRESS.search(text):
        raise AuthoringError(
            path, line, cell.id, "This cell's output holds a memory address, which differs on every run."
        )
    return output
