"""Places and small helps that many tests import."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parent.parent
MINI = Path(__file__).parent / "small"
DEMO = Path(__file__).parent / "browser" / "course"
GOLDEN = Path(__file__).parent / "golden"  # what the builder makes of it
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(root: Path, *words: str, ends: tuple[int, ...] = (0,)) -> None:
    """Run a command in a folder; it must succeed, or end with a code that is named."""
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, timeout=500)
    assert done.returncode in ends, done.stdout + done.stderr


def run_apart(waiting: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine gives, run in a thread of its own: where a browser test ran before, this one has an event loop already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, waiting).result()


IN_TURN = """
import json, sys
from jupyter_core.application import JupyterApp
from nbgrader.apps.nbgraderapp import NbGraderApp
for words in json.loads(sys.argv[1]):
    NbGraderApp.launch_instance(words)
    type(JupyterApp.instance()).clear_instance()
"""


def nbgrader(root: Path, *commands: Sequence[str]) -> None:
    """Run commands of nbgrader in a folder, in one process, since it takes seconds to start; each must succeed."""
    run(root, sys.executable, "-c", IN_TURN, json.dumps(commands))


def assign(root: Path, name: str = "14-vpc") -> Path:
    """A course folder in which nbgrader has released the small course's chapter."""
    shutil.copytree(MINI / "chapters", root / "chapters")
    shutil.copytree(GOLDEN / "source", root / "source")
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    run(root, "nbgrader", "generate_assignment", name)
    return root
