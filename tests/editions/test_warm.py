"""Code runs in processes of its own, forked or fresh, which end when they should and take nothing along from one another."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest

from cloudcrib.course.chapter import read
from cloudcrib.editions import execute, warm


@pytest.fixture(
    params=[pytest.param(True, marks=pytest.mark.skipif(not warm.FORKS, reason="nothing forks here")), False],
    ids=["forked", "fresh"],
)
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to call a function."""
    monkeypatch.setattr(warm, "FORKS", request.param)


def value(folder: Path, expression: str, timeout: float = 120, **environment: str) -> Any:
    return warm.call("builtins:eval", [expression], folder, {**os.environ, **environment}, timeout)


def run(folder: Path, statements: str, timeout: float = 120) -> Any:
    return warm.call("builtins:exec", [statements], folder, os.environ, timeout)


@pytest.mark.usefixtures("either")
def test_a_function_is_called_in_the_folder_and_the_environment_that_are_given(tmp_path: Path) -> None:
    assert value(tmp_path, "[os.getcwd(), os.environ['SAID']]", SAID="this") == [str(tmp_path), "this"]


@pytest.mark.usefixtures("either")
def test_an_error_is_told_by_name_and_message(tmp_path: Path) -> None:
    with pytest.raises(warm.Died, match="ZeroDivisionError: division by zero"):
        value(tmp_path, "1 / 0")


@pytest.mark.usefixtures("either")
def test_a_process_that_ends_without_an_answer_is_no_answer(tmp_path: Path) -> None:
    with pytest.raises(warm.Died, match="without a word"):
        value(tmp_path, "os._exit(0)")


@pytest.mark.usefixtures("either")
def test_a_process_that_loops_is_ended(tmp_path: Path) -> None:
    with pytest.raises(TimeoutError):
        run(tmp_path, "while True: pass", timeout=3)


@pytest.mark.skipif(not warm.FORKS, reason="nothing forks here")
def test_what_a_process_started_ends_with_it(tmp_path: Path) -> None:
    late = "import os, time\nif os.fork() == 0:\n    time.sleep(1)\n    open('late', 'w').close()\nelse:\n    open('early', 'w').close()"

    run(tmp_path, late)
    time.sleep(2)

    assert [path.name for path in tmp_path.iterdir()] == ["early"]


@pytest.mark.skipif(not warm.FORKS, reason="nothing forks here")
def test_no_process_finds_what_another_left_nor_draws_the_same_numbers(tmp_path: Path) -> None:
    left = "(vars(sys).setdefault('left', []).append(1), len(sys.left), random.random())"

    (_, first, one), (_, second, other) = value(tmp_path, left), value(tmp_path, left)

    assert first == second == 1
    assert one != other


@pytest.mark.skipif(not warm.FORKS, reason="nothing forks here")
def test_libraries_are_there_already_and_nothing_of_the_course_is(tmp_path: Path) -> None:
    names = value(tmp_path, "sorted(sys.modules)")

    assert {"pandas", "ipykernel.kernelapp", "matplotlib.figure", "moto"} <= {*names}
    assert {name for name in names if name.startswith("cloudcrib.")} == {"cloudcrib.editions"}


def said(course: Path, cell: str) -> list[Any]:
    """What a kernel of the builder answers to the small chapter's first cell."""
    chapter = read(course / "chapters" / "14-vpc")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell, id="one")])
    return [output.text for output in execute.execute(chapter, notebook).cells[0].outputs]


ASKED = """
import os, sys, matplotlib, pandas
print(__name__, type(get_ipython()).__name__, sys.argv[0].endswith("json"), os.listdir(), os.environ["CLOUDCRIB_DATA"][-4:])
print(matplotlib.get_backend(), pandas.get_option("display.max_columns"), "" in sys.path, [m for m in sys.modules if m.startswith("cloudcrib.c")])
"""


def test_a_forked_kernel_is_to_its_cells_what_a_fresh_one_is(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forked = said(course, ASKED)
    monkeypatch.setattr(warm, "FORKS", False)

    assert said(course, ASKED) == forked
    assert "ZMQInteractiveShell" in forked[0] and "inline" in forked[0]
