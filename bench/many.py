"""How long many small assignments take: `nbgrader autograde` and `crib grade` one by one, and `crib grade --all` in one run.

python bench/many.py            29 assignments, four submissions each
python bench/many.py --small    3 assignments, two submissions each, to see that it works
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from nbformat.v4 import new_code_cell

REPOSITORY = Path(__file__).parent.parent
sys.path[:0] = [str(REPOSITORY / "src"), str(REPOSITORY / "tests")]
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

from cohort import course, habits  # noqa: E402
from cohort.assignment import write  # noqa: E402

LIBRARIES = (
    "",
    "import math, statistics",
    "import numpy as np",
    "import pandas as pd",
)  # what an assignment imports, by turns


def lay_out(root: Path, assignments: int, students: int) -> list[str]:
    """A course of small assignments, one habit each, no two submissions alike; returns their names."""
    names = []
    for at in range(assignments):
        habit = habits.HABITS[at % len(habits.HABITS)]
        name, first = f"{at + 1:02}-{habit.name}", LIBRARIES[at % len(LIBRARIES)]
        root.mkdir(parents=True, exist_ok=True)
        (root / "nbgrader_config.py").write_text(course.CONFIG.format(timeout=60), encoding="utf-8")
        own = habits.source(habit)
        own.cells.insert(0, new_code_cell(first or "1", id="imports"))
        write(own, root / "source" / name / f"{name}.ipynb")
        for file, text in habit.files.items():
            (root / "source" / name / file).write_text(text, encoding="utf-8")
        course.generate(root, name)
        for student in range(students):
            nb = habits.answered(habit, habit.solution if student % 2 else habit.wrong)
            nb.cells[:0] = [
                new_code_cell(f"number = {student}\nnumber", id="number"),
                new_code_cell(first or "1", id="imports"),
            ]
            folder = course.hand_in(root, f"s{student:03}", nb, name)
            for file, text in habit.files.items():
                (folder / file).write_text(text, encoding="utf-8")
        names.append(name)
    return names


def crib(root: Path, *line: str) -> None:
    """`crib grade`, as it is typed."""
    said = subprocess.run(
        ["crib", "grade", *line, "--course", str(root), "--no-cache"],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(REPOSITORY / "src")},
    )  # fmt: skip
    assert said.returncode in (0, 1), said.stderr[-3000:]


def nbgrader(root: Path, name: str) -> None:
    said = course.stock(root, assignment=name, seconds=3600)
    assert said.returncode == 0, said.stderr[-3000:]


def seconds(root: Path, work: Callable[[], None]) -> tuple[float, float]:
    """How long it takes from nothing graded, and the points that come of it."""
    shutil.rmtree(root / "autograded", ignore_errors=True)
    began = time.perf_counter()
    work()
    return time.perf_counter() - began, sum(course.scores(root).values())


def compare(assignments: int, students: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "course"
        names = lay_out(root, assignments, students)
        ways: dict[str, Callable[[], None]] = {
            "nbgrader autograde, one by one": lambda: [nbgrader(root, name) for name in names] and None,
            "crib grade --all --compat": lambda: crib(root, "--all", "--compat"),
            "crib grade --all": lambda: crib(root, "--all"),
            "crib grade --compat, one by one": lambda: [crib(root, name, "--compat") for name in names] and None,
            "crib grade, one by one": lambda: [crib(root, name) for name in names] and None,
        }
        print(f"{assignments} assignments, {students} submissions each; points must be equal\n")
        print("| grader | s | s an assignment | times as fast |\n|---|---:|---:|---:|")
        stock = right = 0.0
        for title, work in ways.items():
            took, points = seconds(root, work)
            stock, right = stock or took, right or points
            assert points == right, (title, points, right)
            print(f"| {title} | {took:.1f} | {took / assignments:.2f} | {stock / took:.1f} |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--assignments", type=int, default=29)
    parser.add_argument("--students", type=int, default=4)
    chosen = parser.parse_args()
    compare(*((3, 2) if chosen.small else (chosen.assignments, chosen.students)))
