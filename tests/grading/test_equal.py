"""`--compat` and plain nbgrader write the same notebooks and the same rows."""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import tomllib
from difflib import unified_diff
from pathlib import Path
from typing import Any

import nbformat
import pytest
from cohort import course, habits
from cohort.assignment import RIGHT, WRONG, answered, cell
from cohort.machine import needs_bubblewrap
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from shared import REPOSITORY

from cloudcrib.course.chapter import read
from cloudcrib.grading.batch import Options, grade_course
from cloudcrib.grading.book.course import Course
from cloudcrib.grading.book.replay import Replay, runs
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.run.job import Job, Step
from cloudcrib.grading.run.runner import Runner
from cloudcrib.quizzes import answers

# A hang is no difference between the two, and a busy machine no hang: nbgrader starts a kernel for each notebook.
pytestmark = [needs_bubblewrap, pytest.mark.slow, pytest.mark.timeout(2400)]
CALM = 240  # seconds that no honest cell needs, however busy the machine


def compare(root: Path, tmp_path: Path, assignment: str, split: bool | None = False) -> None:
    """Grade the same course twice, and hold the results against each other.

    `joined` and `alike` leave out what plain nbgrader does not write twice alike; all else must be the same. Nothing here may run into a
    time limit by being slow: where nbgrader interrupts a cell that is at work depends on the machine.
    """
    before = tmp_path / "before"
    shutil.copytree(root, before)

    grade_course(Course(root, assignment), Options(split=split, cache=False))

    ours, theirs = written(root), by_nbgrader(before, tmp_path / "stock", assignment)

    for place, what in ours.items():
        assert what == theirs.get(place), f"{place}\n{difference(what, theirs.get(place))}"
    assert ours.keys() == theirs.keys()


def by_nbgrader(before: Path, root: Path, assignment: str) -> dict[str, Any]:
    """What plain nbgrader writes for a course."""
    shutil.copytree(before, root)
    said = course.stock(root, assignment=assignment)
    assert said.returncode == 0, said.stderr[-3000:]
    return written(root)


def written(root: Path) -> dict[str, Any]:
    """Everything that grading wrote, piece by piece: each cell, the rest of each notebook, and the gradebook."""
    found: dict[str, Any] = {"gradebook": course.rows(root)}
    for name, nb in alike(course.autograded(root)).items():
        cells = nb.pop("cells")
        found |= {f"{name}, cell {at}": cell for at, cell in enumerate(cells)} | {name: {**nb, "cells": len(cells)}}
    return found


def difference(ours: Any, theirs: Any) -> str:
    """Only the lines that differ."""
    one, other = (json.dumps(what, indent=1, sort_keys=True, default=str).splitlines() for what in (theirs, ours))
    return "\n".join(unified_diff(one, other, "nbgrader", "crib", lineterm="", n=1))[:4000]


def alike(notebooks: dict[str, Any]) -> dict[str, Any]:
    """Notebooks without the ids that ipywidgets and moto draw anew in every kernel; widgets' states are put in order."""
    for nb in notebooks.values():
        for kept in nb["metadata"].get("widgets", {}).values():
            kept["state"] = sorted(json.dumps(_unnamed(state), sort_keys=True) for state in kept["state"].values())
    return {name: _unnamed(nb) for name, nb in notebooks.items()}


def _unnamed(data: Any) -> Any:
    return json.loads(
        re.sub(
            r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])|\b[a-z]+-[0-9a-f]{17}\b|(?<=/hostedzone/)[0-9A-Z]{22}",
            "#",
            json.dumps(data),
        )
    )


def test_on_nbgraders_own_sample_course(tmp_path: Path) -> None:
    root = tmp_path / "course"
    shutil.copytree(course.sample() / "source" / "ps1", root / "source" / "ps1")
    (root / "nbgrader_config.py").write_text(course.CONFIG.format(timeout=CALM), encoding="utf-8")
    course.generate(root, "ps1")
    shutil.copytree(course.sample() / "submitted", root / "submitted")
    late = root / "submitted" / "late"
    shutil.copytree(root / "submitted" / "bitdiddle", late)
    (late / "ps1" / "timestamp.txt").write_text("2035-02-02 15:58:23.948203 America/Los_Angeles")
    (late / "ps1" / "problem2.ipynb").unlink()

    compare(root, tmp_path, "ps1")


ODD: dict[str, dict[str, str]] = {
    "right": RIGHT,
    "wrong": WRONG,
    "partly": {**WRONG, "mean": RIGHT["mean"]},
    "untouched": {},
    "syntax": {**RIGHT, "double": "def double(x:\n    return"},
    "raises": {**RIGHT, "mean": "def mean(xs):\n    raise KeyError('a\\nb')"},
    "recursion": {**RIGHT, "double": "def double(x):\n    return double(x)"},
    "warns": {**RIGHT, "double": "import warnings\ndef double(x):\n    warnings.warn('old')\n    return 2 * x"},
    "prints": {**RIGHT, "mean": "def mean(xs):\n    print('mean of', xs)\n    return sum(xs) / len(xs)"},
    "shows": {**RIGHT, "near": "def near(x):\n    display({'x': x})\n    return x / 3"},
    "exits": {**RIGHT, "near": "def near(x):\n    raise SystemExit(1)"},
    "magic": {**RIGHT, "double": "%matplotlib inline\n!echo shell\ndef double(x):\n    return 2 * x"},
}


def allow(root: Path, seconds: int) -> None:
    """Let each cell of the cohort run that long."""
    (root / "nbgrader_config.py").write_text(course.CONFIG.format(timeout=seconds), encoding="utf-8")


def test_on_a_cohort_of_varied_work(class_of: Path, tmp_path: Path) -> None:
    allow(class_of, CALM)
    for name, code in ODD.items():
        course.hand_in(class_of, name, answered(code))
    missing = answered(RIGHT)
    missing.cells.remove(cell(missing, "mean-tests"))
    course.hand_in(class_of, "missing", missing)
    extra = answered(
        RIGHT, first="%%capture kept\nx = 1; print(x)", last="import sys; print('late', file=sys.stderr)\nx"
    )
    course.hand_in(class_of, "extra", extra)

    compare(class_of, tmp_path, "five")


def test_on_an_assignment_that_is_not_fair_where_it_is_split(tmp_path: Path) -> None:
    habit = habits.BY_NAME["class-asked-for"]
    root = habits.release(tmp_path / "course", habit)
    for student, answer in {"right": habit.solution, "wrong": habit.wrong, "none": ""}.items():
        habits.hand_in(root, student, habit, answer)

    compare(root, tmp_path, habit.name, split=None)


def test_on_a_cell_that_runs_until_it_is_stopped(class_of: Path, tmp_path: Path) -> None:
    allow(class_of, 15)
    shutil.rmtree(class_of / "submitted" / "victim")
    forever = {"double": "print('started', flush=True)\nwhile True:\n    pass"}
    course.hand_in(class_of, "endless", answered({**RIGHT, **forever}))

    compare(class_of, tmp_path, "five")

    assert "KeyboardInterrupt" in course.printed(class_of, "endless")


BLUNDERS = {  # what becomes of the text of every answer
    "right": lambda code: code,
    "raises": lambda code: "raise RuntimeError('not today')\n" + code,
    "warns": lambda code: "import warnings, sys\nwarnings.warn('old')\nprint('note', file=sys.stderr)\n" + code,
    "syntax": lambda code: code + "\ndef broken(:\n",
    "shows": lambda code: code + "\ndisplay({'shown': 1})\n0.5",
}


def chosen(name: str, right: bool) -> dict[str, list[str]]:
    """Answers to the questions with options that a chapter's notebook asks: the right ones, or the first of those that are not."""
    folder = REPOSITORY / "chapters" / name
    written = tomllib.loads((folder / "questions.toml").read_text(encoding="utf-8"))["question"]
    in_notebook = {question.id for question in read(folder).asked}
    asked = [question for question in written if question["id"] in in_notebook]
    return {
        question["id"]: [one["id"] for one in question["options"] if bool(one.get("right")) is right][
            : None if right else 1
        ]
        for question in asked
        if question["kind"] in ("choose-one", "choose-many")
    }


def answer_quizzes(nb: Any, choices: dict[str, list[str]]) -> Any:
    """A notebook whose widgets have kept these answers."""
    at = "2026-11-24T10:00:00Z"
    kept = {
        "schema": answers.SCHEMA,
        "answers": {name: {"choice": choice, "at": at} for name, choice in choices.items()},
    }
    first = next(found for found in nb.cells if "-quiz-" in found.metadata.get("nbgrader", {}).get("grade_id", ""))
    first.outputs = [nbformat.v4.new_output("display_data", {"text/plain": "", answers.MIME: kept})]
    return nb


def submissions_of(root: Path, name: str) -> None:
    """A chapter of ours as a course, and a cohort that answers it well, badly, in part and not at all."""
    shutil.copytree(REPOSITORY / "source" / name, root / "source" / name)
    config = (REPOSITORY / "nbgrader_config.py").read_text(encoding="utf-8")
    (root / "nbgrader_config.py").write_text(config + f"\nc.Execute.timeout = {CALM}\n", encoding="utf-8")
    course.generate(root, name)
    released = nbformat.read(root / "release" / name / f"{name}.ipynb", as_version=4)
    solved = nbformat.read(root / "source" / name / f"{name}.ipynb", as_version=4)
    solutions = {
        c.metadata.nbgrader.grade_id: c.source for c in solved.cells if c.metadata.get("nbgrader", {}).get("solution")
    }
    ids = list(solutions)
    blunders = list(BLUNDERS.values())
    mixed = _filled(released, {i: blunders[at % 5](solutions[i]) for at, i in enumerate(ids)})
    course.hand_in(root, "mixed", answer_quizzes(mixed, chosen(name, right=False)), name)
    half = _filled(released, {i: solutions[i] for i in ids[::2]})
    course.hand_in(root, "half", answer_quizzes(half, dict(list(chosen(name, right=True).items())[::2])), name)
    course.hand_in(root, "untouched", released, name)
    extra = answer_quizzes(_filled(released, solutions), chosen(name, right=True))
    extra.cells.insert(3, new_code_cell("print('mine'); 7", id="extra"))
    course.hand_in(root, "right", extra, name)


def _filled(released: Any, answers: dict[str, str]) -> Any:
    nb = copy.deepcopy(released)
    for found in nb.cells:
        if (name := found.metadata.get("nbgrader", {}).get("grade_id")) in answers:
            found.source = answers[name]
    return nb


def quiz_points(root: Path, name: str, student: str) -> float:
    """Points of a student's questions with options, of which each is worth one."""
    asked = chosen(name, right=True)
    return sum(
        float(row[4] or 0) for row in course.rows(root) if len(row) == 10 and row[0] == student and row[3] in asked
    )


HONEST = {"right", "half", "untouched"}  # a warning costs nothing in `--split`


EVERY = sorted(path.name for path in (REPOSITORY / "source").iterdir() if path.name not in ("00-start", "20-review"))
ASKED = EVERY if "CLOUDCRIB_EVERY_CHAPTER" in os.environ else ["14-vpc", "11-route53"]  # the others take minutes each


@pytest.mark.long
@pytest.mark.parametrize("name", ASKED)
def test_on_a_chapter_of_ours(tmp_path: Path, name: str) -> None:
    root = tmp_path / "course"
    root.mkdir()
    submissions_of(root, name)
    apart = tmp_path / "apart"
    shutil.copytree(root, apart)

    compare(root, tmp_path, name)
    grade_course(Course(apart, name), Options(cache=False))

    there, here = course.scores(root), course.scores(apart)
    assert {who: here[who] for who in HONEST} == {who: there[who] for who in HONEST}
    assert here["right"] > here["half"] > here["untouched"]
    assert quiz_points(apart, name, "right") == len(chosen(name, right=True)) > quiz_points(apart, name, "half") > 0
    assert quiz_points(apart, name, "untouched") == 0


PIECES = st.sampled_from([
    "print('a')", "print('b', end='')", "import sys; print('e', file=sys.stderr)", "1 + 1", "0.5", "'text'", "None", "x = 3", "x",
    "1 / 0", "raise ValueError('no')", "display('shown')", "d = display(1, display_id='d')", "update_display(2, display_id='d')",
    "from IPython.display import clear_output; clear_output()", "clear_output(wait=True)", "from IPython.display import HTML; HTML('<b>x</b>')",
    "assert False, 'said'", "import os; os.system('echo out')\nimport time; time.sleep(1)", "import this_is_not_there", "def f(:", "%who_ls", "?print",
    "_", "In[-1]", "await __import__('asyncio').sleep(0)", "async def g(): return 7\nawait g()", "from IPython.display import display_markdown; display_markdown('*m*', raw=True)",
    "input('?')", "get_ipython().show_usage()", "%%capture c\nprint('kept')", "print('\\x1b[31mred\\x1b[0m', '\\r', '\\b')", "len(Out)", "print('é∀')",
    "import ipywidgets as w; w.IntSlider(value=3)", "o = w.Output()\nwith o: print('inside')\no", "sys.stdout.write('w'); sys.stdout.flush(); print('v')", "exit", "%xmode plain", "%matplotlib inline", "import matplotlib.pyplot as plt; _ = plt.plot([1, 2])", "raise SystemExit",
    "import warnings; warnings.warn('w')", "class R:\n    def __repr__(self): raise RuntimeError('repr')\nR()", "raise KeyboardInterrupt", "print('x' * 3000)",
])  # fmt: skip


def until_exit(cells: list[str]) -> list[str]:
    """ipykernel lives on for a tenth of a second after `exit`: whether cells after it run hangs on how fast they are."""
    last = next((at for at, source in enumerate(cells) if "exit" in source.split("\n")), len(cells))
    return cells[: last + 1]


CELLS = st.lists(st.lists(PIECES, min_size=1, max_size=3).map("\n".join), min_size=1, max_size=5).map(until_exit)


def stripped(nb: Any) -> list[Any]:
    """Outputs without what differs from one kernel to the next: widget ids, addresses, temporary names."""
    text = json.dumps([course.joined(found.get("outputs", [])) for found in nb.cells])
    for pattern in (r"[0-9a-f]{32}", r"0x[0-9a-f]+", r"ipykernel_\d+/\d+\.py", r"\d+(\.\d+)? [nµm]?s"):
        text = re.sub(pattern, "#", text)
    return list(json.loads(text))


def about(nb: Any) -> Any:
    """What a notebook says of itself: its language, and the widgets that it showed."""
    return alike({"": {"metadata": json.loads(json.dumps(nb.metadata))}})[""]


@pytest.fixture(scope="module")
def compat() -> Any:
    with Runner(limits=Limits(cell_seconds=CALM)) as made:
        yield made


def ours(runner: Runner, cells: list[str]) -> Any:
    nb = new_notebook(cells=[new_code_cell(source, id=f"c{at}") for at, source in enumerate(cells)])
    player = Replay(timeout=CALM, record_timing=False)
    player.recording = runner.run(
        Job(tuple(Step(c.source) for c in nb.cells if runs(c, "skip-execution")), "/submission/one")
    )
    return player.preprocess(nb, {"metadata": {}})[0]


def theirs(folder: Path, cells: list[str]) -> Any:
    from nbgrader.preprocessors import Execute

    os.environ.pop("PYTEST_CURRENT_TEST", None)  # ipykernel would not watch what programs print
    nb = new_notebook(cells=[new_code_cell(source, id=f"c{at}") for at, source in enumerate(cells)])
    execute = Execute(timeout=CALM, record_timing=False, shutdown_kernel="immediate")
    return execute.preprocess(nb, {"metadata": {"path": str(folder)}})[0]


@seed(20261124)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)
@given(cells=CELLS)
@pytest.mark.filterwarnings("ignore")
def test_on_notebooks_made_of_every_kind_of_output(compat: Runner, tmp_path: Path, cells: list[str]) -> None:
    folder = tmp_path / "work"
    folder.mkdir(exist_ok=True)

    one, other = ours(compat, cells), theirs(folder, cells)

    assert stripped(one) == stripped(other), difference(stripped(one), stripped(other))
    assert [c.get("execution_count") for c in one.cells] == [c.get("execution_count") for c in other.cells]
    assert about(one) == about(other), difference(about(one), about(other))


@pytest.mark.filterwarnings("ignore")
def test_a_cell_that_prints_slowly_is_cut_where_a_kernel_would_cut_it(compat: Runner, tmp_path: Path) -> None:
    cells = [
        "import time\nfor n in range(3):\n    print(f'{n}\\n', end='')\n    time.sleep(3)"
    ]  # a thread sends each within 0.2 s

    one, other = (
        [output.text for output in nb.cells[0].outputs] for nb in (ours(compat, cells), theirs(tmp_path, cells))
    )

    assert one == other == ["0\n", "1\n", "2\n"]


def test_a_recording_is_not_a_client_of_its_own() -> None:
    own = {name for name, value in vars(Replay).items() if callable(value) and not name.startswith("__")}

    assert issubclass(Replay, NotebookClient)
    assert own == {"preprocess"}
