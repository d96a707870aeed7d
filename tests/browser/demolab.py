"""A real JupyterLab on the demo course, and the notebooks that stand in it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from cohort.machine import free_port

from cloudcrib.quizzes.bank import bank

COURSE = Path(__file__).parent / "course"
IDS = ("demo-nat-loss", "demo-durable", "demo-usable", "demo-packet", "demo-balancers")
ONE_CELL = f"quiz({', '.join(map(repr, IDS))})"


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its address, its token, and the folder it serves."""

    url: str
    token: str
    root: Path

    def folder(self, name: str) -> Path:
        """A fresh folder of the course, so that tests do not see each other's answers."""
        made = self.root / "notebooks" / name
        made.mkdir(parents=True)
        return made


def write_notebook(path: Path, *sources: str) -> Path:
    """A notebook with these code cells, not yet run."""
    cells = [nbformat.v4.new_code_cell(source, id=f"cell-{place}") for place, source in enumerate(sources)]
    meta = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=meta), path)
    return path


def write_release(folder: Path) -> None:
    """The demo questions as an assignment holds them: without any key."""
    shown = [dict(bank(qid).shown[qid]) for qid in IDS]
    (folder / "questions.json").write_text(json.dumps({"slug": "demo", "questions": shown, "values": {}}))


@contextmanager
def serve(home: Path, course: Path = COURSE) -> Iterator[Lab]:
    """JupyterLab as a learner starts it: own settings, own port, nothing of the machine's configuration."""
    root = home / "course"
    shutil.copytree(course, root)
    port = free_port()
    token = secrets.token_hex(16)
    _settle(home / "settings" / "@jupyterlab" / "apputils-extension")
    log = (home / "lab.log").open("w")
    process = subprocess.Popen(
        _command(root, port, token), env=_environment(home), stdout=log, stderr=log, cwd=root, start_new_session=True
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_up(url, token, process, home / "lab.log")
        yield Lab(url, token, root)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)
        log.close()


def _command(root: Path, port: int, token: str) -> list[str]:
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": root,
        "IdentityProvider.token": token,
        "ServerApp.allow_root": True,
    }
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        *(f"--{name}={value}" for name, value in options.items()),
    ]


def _settle(folder: Path) -> None:
    """Answer JupyterLab's question about news, which would lie over the page."""
    folder.mkdir(parents=True)
    (folder / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}')


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "CLOUDCRIB", "JPY"))}
    dirs = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    settings = {
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    return kept | dirs | settings | {"HOME": str(home), "IPYTHONDIR": str(home / "ipython")}


def _wait_until_up(url: str, token: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/api/status?token={token}", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")
