"""README's *Teach* works as it is written: its commands, in their order, where somebody has just cloned the course."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cohort.machine import needs_bubblewrap
from shared import GOLDEN, MINI, REPOSITORY, run

NAME = "14-vpc"
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
TEACH = README.partition("\n## Teach\n")[2].partition("\n## ")[0]
BLOCKS = re.findall(r"^```console\n(.*?)^```$", TEACH, re.MULTILINE | re.DOTALL)
INSTALL, OURS, PLAIN = BLOCKS


def typed(root: Path, block: str, seconds: int = 900) -> str:
    """What a shell says that knows nothing but what a fresh machine has; every line must succeed."""
    search = f"{Path(sys.base_prefix) / 'bin'}:/usr/local/bin:/usr/bin:/bin"
    done = subprocess.run(
        ["bash", "-euxo", "pipefail", "-c", block], cwd=root, env={"PATH": search, "HOME": str(root.parent)},
        capture_output=True, text=True, timeout=seconds, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout + done.stderr


def taught(root: Path) -> None:
    """Everything of *Teach* but the installing, and what README says comes of it."""
    said = typed(root, OURS)

    assert f"{NAME} is in the gradebook now" in said and "1 answered nothing" in said
    assert "ada" in (root / "autograded" / f"{NAME}.report.html").read_text(encoding="utf-8")
    ours = exported(root)
    assert ours == [("ada", NAME, 0.0)]
    assert "exit code 1: somebody has to look" in said
    (root / "gradebook.db").unlink()
    (root / "grades.csv").unlink()

    typed(root, PLAIN)

    assert exported(root) == ours
    assert (root / "feedback" / "ada" / NAME / f"{NAME}.html").is_file()
    left = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, text=True, check=True).stdout
    assert left == "", "what is graded and exported is nothing that git should see, and the release is what it was"


def exported(root: Path) -> list[tuple[str, str, float]]:
    with (root / "grades.csv").open(newline="", encoding="utf-8-sig") as file:
        return [(row["student_id"], row["assignment"], float(row["score"])) for row in csv.DictReader(file)]


def test_teach_has_the_blocks_that_are_tried_here() -> None:
    assert "pip install" in INSTALL and "crib grade" in OURS and "nbgrader autograde" in PLAIN


@pytest.mark.slow
@needs_bubblewrap
def test_in_a_clone_of_a_small_course(tmp_path: Path) -> None:
    """The same commands on a chapter of two questions, in the environment of the tests."""
    made, root = tmp_path / "course", tmp_path / "clone"
    shutil.copytree(GOLDEN, made)
    shutil.copytree(MINI / "chapters", made / "chapters")
    for name in ("nbgrader_config.py", ".gitignore"):
        shutil.copy(REPOSITORY / name, made)
    for folder in ("submitted", "autograded", "feedback"):
        (made / folder).mkdir()
        shutil.copy(REPOSITORY / folder / "README.md", made / folder)
    run(made, "git", "init", "-q")
    run(made, "git", "add", "-A")
    run(made, "git", "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "The course")
    run(tmp_path, "git", "clone", "-q", str(made), str(root))
    (root / ".venv").mkdir()
    (root / ".venv" / "bin").symlink_to(Path(sys.prefix) / "bin")

    taught(root)


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.timeout(3600)
@needs_bubblewrap
def test_in_a_fresh_clone(tmp_path: Path) -> None:
    root = tmp_path / "clone"
    run(tmp_path, "git", "clone", "-q", str(REPOSITORY), str(root))

    typed(root, INSTALL, 1800)

    taught(root)
