"""Boxes and courses that the grader's tests share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cohort import course as cohort

from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.run.runner import Runner

LIMITS = Limits(cell_seconds=3, submission_seconds=30, memory_mb=512, output_mb=2)


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    """A warm box in which everything runs in one interpreter."""
    if shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed")
    with Runner(limits=LIMITS) as made:
        yield made


@pytest.fixture(scope="session")
def split_runner() -> Iterator[Runner]:
    """Two warm boxes: the student's and the tests'."""
    if shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed")
    with Runner(limits=LIMITS, split=True) as made:
        yield made


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with the cohort's assignment released; copied by those who grade in it."""
    return cohort.lay_out(tmp_path_factory.mktemp("released") / "course")


@pytest.fixture
def class_of(released: Path, tmp_path: Path) -> Path:
    """A course of one's own, in which one honest student has handed in."""
    root = tmp_path / "class"
    shutil.copytree(released, root)
    return root
