"""`make study` installs with uv, falls back on pip, and installs once."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from shared import REPOSITORY

PYTHON = """#!/bin/sh
echo "python $*" >> calls
case "$*" in *"$BROKEN"*) exit 1;; esac
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course folder whose environment only writes down what is asked of it."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(REPOSITORY / name, tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for name, text in (("python", PYTHON), ("crib", '#!/bin/sh\necho "crib $*" >> calls\n')):
        path = tmp_path / ".venv" / "bin" / name
        path.write_text(text)
        path.chmod(0o755)
    return tmp_path


def make(root: Path, *words: str, broken: str = "nothing") -> tuple[str, list[str]]:
    """What make says, and the calls it makes."""
    (root / "calls").unlink(missing_ok=True)
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "BROKEN": broken}
    done = subprocess.run(["make", *words], cwd=root, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, (root / "calls").read_text().splitlines()


def test_it_says_what_it_does_and_installs_with_uv_then_starts(root: Path) -> None:
    said, calls = make(root, "study", "LAB=--no-browser")

    assert said.startswith("Installing the course and what it needs into .venv")
    assert [c for c in calls if "constraints.txt" in c] == [
        "python -m uv pip install --python .venv/bin/python -c constraints.txt -e ."
    ]
    assert calls[-1] == "crib study --no-browser"


@pytest.mark.parametrize("broken", ["-m uv", " uv"])
def test_where_uv_cannot_be_had_or_fails_pip_installs_in_sight(root: Path, broken: str) -> None:
    said, calls = make(root, "study", broken=broken)

    assert "pip installs it; that takes some two minutes" in said
    (pip,) = [c for c in calls if c.startswith("python -m pip install") and "-e ." in c]
    assert "--quiet" not in pip and "-c constraints.txt" in pip


def test_the_second_time_it_only_starts(root: Path) -> None:
    make(root, "study")

    said, calls = make(root, "study")

    assert said == "" and [c.strip() for c in calls] == ["crib study"]


def test_the_environment_of_the_tests_has_every_half(root: Path) -> None:
    (root / ".venv" / "bin" / "crib").write_text("#!/bin/sh\n")

    _, calls = make(root, ".venv/.for-tests")

    assert any("-e .[author,teach,dev]" in c for c in calls)
