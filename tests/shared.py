"""Places and small helps that many tests import."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

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


def run(root: Path, *words: str) -> None:
    """Run a command in a folder; it must succeed."""
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def assign(root: Path, name: str = "14-vpc") -> Path:
    """A course folder in which nbgrader has released the small course's chapter."""
    shutil.copytree(MINI / "chapters", root / "chapters")
    shutil.copytree(GOLDEN / "source", root / "source")
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    run(root, "nbgrader", "generate_assignment", name)
    return root
