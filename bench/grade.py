"""How long grading takes: plain `nbgrader autograde`, `crib grade --compat` and `--split`, the same submissions in one run.

python bench/grade.py                    two loads: 120 light notebooks, 40 with pandas, matplotlib and moto
python bench/grade.py --scale 100 1000   how time and memory per submission go with the number of submissions
python bench/grade.py --few              a tenth of both loads, to see that it works
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_notebook

REPOSITORY = Path(__file__).parent.parent
sys.path[:0] = [str(REPOSITORY / "src"), str(REPOSITORY / "tests")]
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

from cohort import assignment, course  # noqa: E402

ONE = """
if __name__ == "__main__":
    import json, resource, sys
    from pathlib import Path
    from cloudcrib.cli.grade import import_quickly
    from cloudcrib.grading.run.early import begin
    from cloudcrib.grading.inside.limits import Limits
    warming = begin(Path(sys.argv[1]), sys.argv[2], split=sys.argv[3] == "split", limits=Limits())
    import_quickly()
    from cloudcrib.grading.batch import Options, grade_course
    from cloudcrib.grading.book.course import Course
    options = Options(split=sys.argv[3] == "split", cache=False)
    found = grade_course(Course(Path(sys.argv[1]), sys.argv[2]), options, early=warming)
    print(json.dumps({
        "cells": sum(one.seconds for one in found), "person": sum(one.needs_person for one in found),
        "points": sum(score.score for one in found for score in one.scores),
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }))
"""

HEAVY = {
    "totals": (
        "def totals(rows):\n    return pd.DataFrame(rows).groupby('zone')['hours'].sum().to_dict()",
        "assert totals([{'zone': 'a', 'hours': 2}, {'zone': 'a', 'hours': 3}]) == {'a': 5}",
    ),
    "buckets": (
        "def buckets(names):\n    with moto.mock_aws():\n        s3 = boto3.client('s3', 'us-east-1')\n"
        "        for name in names: s3.create_bucket(Bucket=name)\n        return sorted(b['Name'] for b in s3.list_buckets()['Buckets'])",
        "assert buckets(['logs-b', 'logs-a']) == ['logs-a', 'logs-b']",
    ),
}  # fmt: skip
IMPORTS = "import boto3, moto\nimport pandas as pd\nimport matplotlib.pyplot as plt"
PLOT = "fig, ax = plt.subplots(figsize=(3, 2))\nax.bar(['a', 'b'], [2, 3])\nax.set_title('Hours')\nplt.show()"


def heavy(answers: dict[str, str] | None = None) -> Any:
    """A notebook that imports what data and cloud courses import; the instructor's unless answers are given."""
    cells = [new_code_cell(IMPORTS, id="imports"), new_code_cell(PLOT, id="plot")]
    for name, (right, tests) in HEAVY.items():
        head, _, body = right.partition("\n")
        text = (answers or {}).get(name) or f"{head}\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION"
        cells.append(new_code_cell(text, id=name, metadata={"nbgrader": assignment._role(name, solution=True)}))
        cells.append(
            new_code_cell(
                tests, id=f"{name}-tests", metadata={"nbgrader": assignment._role(f"{name}-tests", grade=True)}
            )
        )
    return new_notebook(
        cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )


def light_course(root: Path, number: int) -> str:
    """Submissions to three small functions, no two alike."""
    course.lay_out(root, timeout=30)
    shutil.rmtree(root / "submitted")
    for at in range(number):
        answers = assignment.RIGHT if at % 3 else {**assignment.WRONG, "mean": assignment.RIGHT["mean"]}
        course.hand_in(root, f"s{at:05}", assignment.answered(answers, first=f"number = {at}\nnumber"))
    return "five"


def heavy_course(root: Path, number: int) -> str:
    """Submissions whose imports take seconds in a fresh kernel."""
    root.mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(course.CONFIG.format(timeout=60), encoding="utf-8")
    assignment.write(heavy(), root / "source" / "cloud" / "cloud.ipynb")
    course.generate(root, "cloud")
    for at in range(number):
        nb = heavy({name: right for name, (right, _) in HEAVY.items()})
        nb.cells.insert(2, new_code_cell(f"number = {at}\nnumber", id="number"))
        course.hand_in(root, f"s{at:05}", nb, "cloud")
    return "cloud"


def ours(root: Path, name: str, mode: str) -> tuple[float, dict[str, Any]]:
    """Seconds and figures of one run, start-up included."""
    import json

    script = root.parent / "one.py"
    script.write_text(ONE, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src")}
    began = time.perf_counter()
    said = subprocess.run(
        [sys.executable, str(script), str(root), name, mode], capture_output=True, text=True, env=env, check=False
    )
    assert said.returncode == 0, said.stderr[-3000:]
    return time.perf_counter() - began, json.loads(said.stdout.splitlines()[-1])


def loads(few: bool) -> None:
    print(
        "| load | grader | s | ms a submission | times as fast | share of student code |\n|---|---|---:|---:|---:|---:|"
    )
    for title, make, number in (("light", light_course, 120), ("pandas, matplotlib, moto", heavy_course, 40)):
        number = number // 10 if few else number
        with tempfile.TemporaryDirectory() as place:
            root = Path(place) / "course"
            name = make(root, number)
            began = time.perf_counter()
            said = course.stock(root, assignment=name, seconds=3600)
            stock = time.perf_counter() - began
            assert said.returncode == 0, said.stderr[-3000:]
            points = sum(course.scores(root).values())
            print(
                f"| {number} × {title} | nbgrader autograde | {stock:.1f} | {stock / number * 1000:.0f} | 1 | |",
                flush=True,
            )
            for mode in ("compat", "split"):
                shutil.rmtree(root / "autograded")
                seconds, figures = ours(root, name, mode)
                assert figures["points"] == points, (mode, figures, points)
                share = figures["cells"] / len(os.sched_getaffinity(0)) / seconds
                print(
                    f"| | crib grade --{mode} | {seconds:.1f} | {seconds / number * 1000:.0f} | {stock / seconds:.1f} | {share:.0%} |",
                    flush=True,
                )


def scale(numbers: list[int]) -> None:
    print("| submissions | s | ms a submission | MB of the writer |\n|---:|---:|---:|---:|")
    for number in numbers:
        with tempfile.TemporaryDirectory() as place:
            root = Path(place) / "course"
            seconds, figures = ours(root, light_course(root, number), "split")
            print(f"| {number} | {seconds:.1f} | {seconds / number * 1000:.1f} | {figures['mb']:.0f} |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--few", action="store_true")
    parser.add_argument("--scale", type=int, nargs="+", metavar="N")
    chosen = parser.parse_args()
    scale(chosen.scale) if chosen.scale else loads(chosen.few)
