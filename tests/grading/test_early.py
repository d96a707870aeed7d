"""Boxes warm up before nbgrader is imported: what they will be for is guessed, and a wrong guess only costs time."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from cohort import course, habits
from cohort.assignment import RIGHT, WRONG, answered, write
from cohort.machine import needs_bubblewrap
from nbformat.v4 import new_code_cell, new_notebook
from shared import REPOSITORY

from cloudcrib.grading import batch
from cloudcrib.grading.batch import Options, grade_course
from cloudcrib.grading.book.course import Course
from cloudcrib.grading.book.gradebook import one_gradebook
from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.run import early, pool
from cloudcrib.grading.run.cache import Cache
from cloudcrib.grading.run.libraries import locked_text, modules_of, modules_of_tests, needed
from cloudcrib.grading.run.pool import Setup

LIMITS = Limits(submission_seconds=60)


@pytest.fixture
def guesses(monkeypatch: pytest.MonkeyPatch) -> list[Setup]:
    """What would be warmed up; nothing is."""
    made: list[Setup] = []
    monkeypatch.setattr(early, "Local", lambda setup, workers: made.append(setup) or _Idle())
    monkeypatch.setattr(early, "try_out", lambda: None)
    return made


class _Idle:
    def warm(self) -> None:
        """Nothing to warm."""


def real(root: Path, *assignments: str, split: bool | None) -> Setup:
    """What the grader finds once it knows the course."""
    found = [Course(root, assignment) for assignment in assignments]
    with one_gradebook(found[0].db_url, found[0].directory.course_id) as book:
        options = Options(split=split, limits=Limits(cell_seconds=20, submission_seconds=60))
        return batch._setup([batch.Turn(course, book, options, Cache(None)) for course in found], options)


@pytest.mark.parametrize("split", [True, False])
def test_the_guess_serves_the_courses_own_chapters(tmp_path: Path, guesses: list[Setup], split: bool) -> None:
    shutil.copytree(REPOSITORY / "source" / "14-vpc", tmp_path / "source" / "14-vpc")
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    course.generate(tmp_path, "14-vpc")
    shutil.copytree(tmp_path / "release" / "14-vpc", tmp_path / "submitted" / "one" / "14-vpc")

    early.begin(tmp_path, "14-vpc", split=split, limits=LIMITS)

    assert guesses[0].serves(real(tmp_path, "14-vpc", split=split))
    assert guesses[0].practice is split


def test_the_guess_serves_any_course_in_nbgraders_usual_folders(class_of: Path, guesses: list[Setup]) -> None:
    early.begin(class_of, "five", split=True, limits=LIMITS)

    assert guesses[0].serves(real(class_of, "five", split=True))


def test_one_guess_serves_several_assignments_in_whatever_mode(class_of: Path, guesses: list[Setup]) -> None:
    habit = habits.BY_NAME["pattern"]
    write(habits.source(habit), class_of / "source" / habit.name / f"{habit.name}.ipynb")
    course.generate(class_of, habit.name)
    habits.hand_in(class_of, "victim", habit, f"import numpy\n{habit.solution}")

    early.begin(class_of, *early.handed_in(class_of), split=None, limits=LIMITS)

    assert guesses[0].serves(real(class_of, "five", habit.name, split=None))
    assert guesses[0].serves(real(class_of, "five", split=False))
    assert "numpy" in guesses[0].modules


def test_nothing_is_warmed_up_when_nobody_waits(class_of: Path, guesses: list[Setup]) -> None:
    assert early.begin(class_of, "six", split=True, limits=LIMITS) is None
    assert early.begin(class_of, "five", split=True, limits=LIMITS, students=["stranger"]) is None
    shutil.copytree(class_of / "submitted", class_of / "autograded")
    assert early.begin(class_of, "five", split=True, limits=LIMITS) is None
    assert guesses == []
    early.begin(class_of, "five", split=True, limits=LIMITS, force=True)
    assert len(guesses) == 1


def test_notebooks_that_make_no_sense_are_no_reason_to_stop(class_of: Path, guesses: list[Setup]) -> None:
    (class_of / "source" / "five" / "five.ipynb").write_text('{"cells": 3}', encoding="utf-8")
    (class_of / "submitted" / "victim" / "five" / "five.ipynb").write_bytes(b"\xff{")

    early.begin(class_of, "five", split=True, limits=LIMITS)

    assert guesses[0].modules == ()


@needs_bubblewrap
@pytest.mark.parametrize("wrong", [{"base": "/elsewhere"}, {"split": False}, {"practice": True, "modules": ("boto3",)}])
def test_a_wrong_guess_changes_no_grade(class_of: Path, wrong: dict[str, object]) -> None:
    course.hand_in(class_of, "half", answered({**WRONG, "mean": RIGHT["mean"]}))
    guess = Setup(**{"base": str(class_of / "autograded"), "split": True, "limits": LIMITS, **wrong})  # type: ignore[arg-type]
    warming = pool.Local(guess, 1)
    warming.warm()

    grade_course(Course(class_of, "five"), Options(limits=Limits(cell_seconds=20), cache=False), early=warming)

    assert course.scores(class_of) == {"victim": 15, "half": 5}


def test_boxes_serve_what_needs_less() -> None:
    made = Setup(modules=("pandas", "moto"), test_modules=("pandas",), limits=Limits(cell_seconds=30))

    assert made.serves(Setup(modules=("moto",), limits=Limits(cell_seconds=60)))
    assert not made.serves(Setup(modules=("scipy",)))
    assert not made.serves(Setup(test_modules=("moto",)))
    assert not made.serves(Setup(limits=Limits(memory_mb=64)))
    assert not made.serves(Setup(split=True))


def test_the_tests_are_given_the_imports_they_name() -> None:
    lines = [
        "import os",
        "import numpy as np",
        "from math import isclose, pi",
        "from statistics import *",
        "import xml.dom",
        "x = 1",
    ]

    assert needed(lines, "assert isclose(f(np.pi), xml)") == [lines[1], lines[2], lines[3], lines[4]]


def test_the_text_of_the_tests_is_that_of_locked_code() -> None:
    def cell(source: str, **role: bool) -> object:
        return new_code_cell(source, metadata={"nbgrader": role} if role else {})

    nb = new_notebook(
        cells=[
            cell("student"),
            cell("answer", solution=True, locked=False, grade=False),
            cell("by hand", solution=True, locked=False, grade=True),
            cell("tests", grade=True, locked=True, solution=False),
            cell("both", grade=False, locked=True, solution=False),
        ]
    )

    assert locked_text(nb.cells) == "tests\nboth"
    assert locked_text(json.loads(json.dumps(nb))["cells"]) == "tests\nboth"


def test_the_tests_box_imports_pandas_when_a_frame_may_cross() -> None:
    modules = modules_of("import pandas as pd, boto3, moto\nboto3.client('s3')")

    assert {"pandas", "boto3", "moto", "aws:s3"} <= set(modules)
    assert modules_of_tests("assert table().columns[0] == 'zone'", modules) == ("pandas",)
    assert modules_of_tests("assert total() == 5", modules) == ()
    assert "boto3" in modules_of_tests("import boto3\nassert boto3.client('s3')", modules)
