"""Boxes that the grader's tests share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

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
