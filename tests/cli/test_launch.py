"""`crib study` in a real JupyterLab: it opens the learner's copy, `crib` is found in its terminal, and it ends when told."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cohort.machine import free_port
from shared import GOLDEN

TOKEN = "learner"
Start = Callable[..., tuple[subprocess.Popen[bytes], int]]


@pytest.fixture
def start(course: Path, tmp_path: Path) -> Iterator[Start]:
    """Start `crib study` and wait for its page."""
    shutil.copytree(GOLDEN / "notebooks", course / "notebooks")
    shutil.copy(course / "notebooks" / "14-vpc.ipynb", course / "notebooks" / "00-start.ipynb")
    running = []

    def begin(**more: object) -> tuple[subprocess.Popen[bytes], int]:
        port = free_port()
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "JPY")) and k != "DISPLAY"}
        bare = {**kept, "HOME": str(tmp_path), "PATH": os.defpath, "SHELL": "/bin/sh"}  # crib is not on its PATH
        words = [shutil.which("crib"), "study", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
        with (tmp_path / "log").open("wb") as log:
            options = {"stdout": log, "stderr": log, "stdin": subprocess.DEVNULL, "start_new_session": True} | more
            process = subprocess.Popen([*words, f"--IdentityProvider.token={TOKEN}"], cwd=course, env=bare, **options)  # type: ignore[call-overload]
        running.append(process)
        deadline = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(
                    f"http://localhost:{port}/lab/tree/00-start.ipynb?token={TOKEN}", timeout=9
                ):
                    return process, port
            except OSError:
                time.sleep(0.2)
        raise AssertionError((tmp_path / "log").read_text())

    yield begin
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def test_it_opens_the_copy_and_ends_with_sigterm_and_the_port_is_free(start: Start, tmp_path: Path) -> None:
    process, port = start()
    with urllib.request.urlopen(f"http://localhost:{port}/api/contents?token={TOKEN}") as answer:
        names = [each["name"] for each in json.load(answer)["content"]]

    process.send_signal(signal.SIGTERM)

    process.wait(timeout=30)
    assert names == ["00-start.ipynb", "14-vpc.ipynb"]
    assert is_free(port)
    said = (tmp_path / "log").read_text()
    assert "Your own copy of the 2 notebooks" in said
    assert ("You are root: JupyterLab is started with --allow-root." in said) == (os.geteuid() == 0)


def test_a_learners_jupyterlab_is_calm_and_their_settings_stay_as_they_are(start: Start, tmp_path: Path) -> None:
    """No news, nothing of instructors, no list of what is missing; settings and configuration are not written."""
    _, port = start()
    with urllib.request.urlopen(f"http://localhost:{port}/lab?token={TOKEN}") as answer:
        said = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', answer.read().decode(), re.DOTALL)
    assert said
    page = json.loads(said[1])

    assert {"@jupyter/nbgrader", "jupyterlab-jupytext", "@jupyterlab/apputils-extension:announcements"} <= {
        *page["disabledExtensions"]
    }
    assert "disabled" in page["news"] and "cloudcrib" in {each["name"] for each in page["federated_extensions"]}
    log = (tmp_path / "log").read_text()
    assert [word for word in ("nbgrader", "jupytext", "Skipped non-installed") if word in log] == []
    assert not any(path.name.startswith("jupyter_") for path in (tmp_path / ".jupyter").rglob("*.*"))


def test_an_instructors_own_jupyterlab_has_the_formgrader_as_before() -> None:
    words = [sys.executable, "-m", "jupyter", "server", "extension", "list"]
    listed = subprocess.run(words, capture_output=True, text=True, check=True)
    extensions = subprocess.run([*words[:3], "labextension", "list"], capture_output=True, text=True, check=True)

    assert re.search(r"nbgrader\.server_extensions\.formgrader .*enabled", listed.stdout + listed.stderr)
    found = extensions.stdout + extensions.stderr
    assert re.search(r"@jupyter/nbgrader .*enabled", found) and "cloudcrib-study" not in found
    assert re.search(r"^\s*cloudcrib v.*enabled", found, re.MULTILINE)


def test_ctrl_c_twice_in_a_terminal_ends_it_and_the_port_is_free(start: Start) -> None:
    ours, theirs = pty.openpty()
    process, port = start(stdin=theirs)

    for _ in range(2):
        process.send_signal(signal.SIGINT)
        time.sleep(1)

    process.wait(timeout=30)
    assert is_free(port)
    os.close(ours)
    os.close(theirs)


def test_crib_is_found_in_a_terminal_of_jupyterlab(start: Start) -> None:
    _, port = start()
    request = urllib.request.Request(f"http://localhost:{port}/api/terminals?token={TOKEN}", method="POST")
    with urllib.request.urlopen(request) as answer:
        name = json.load(answer)["name"]

    url = f"ws://localhost:{port}/terminals/websocket/{name}?token={TOKEN}"
    with ThreadPoolExecutor(1) as thread:  # where a browser test ran before, this thread has an event loop already
        said = thread.submit(lambda: asyncio.run(typed(url, "crib progress where\r"))).result()

    assert "progress.sqlite" in said and "not found" not in said


async def typed(url: str, words: str) -> str:
    """What a terminal shows after these keys."""
    from tornado.websocket import websocket_connect

    socket = await websocket_connect(url)
    await socket.write_message(json.dumps(["stdin", words]))
    said = ""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and "progress.sqlite" not in said and "not found" not in said:
        kind, *content = json.loads(await asyncio.wait_for(socket.read_message(), 60) or "[null]")
        said += "".join(content) if kind == "stdout" else ""
    socket.close()
    return said
