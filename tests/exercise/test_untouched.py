"""What an exercise looks like before the learner writes anything is read from the course that the notebook stands in."""

from __future__ import annotations

from pathlib import Path

import pytest
from shared import edit

from cloudcrib.course import carried
from cloudcrib.exercise.untouched import codes


def variables(id: str = "vpc-usable") -> list[tuple[str, ...]]:
    return [code.co_varnames for code in codes(id, "usable")]


def test_a_starter_that_was_edited_is_read_again(vpc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(vpc.parent.parent)
    before = variables()

    edit(vpc / "chapter.md", "    ### BEGIN SOLUTION", "    size = 1\n    ### BEGIN SOLUTION")

    assert before == [(), (), ("prefix",)]
    assert variables() == [(), (), ("prefix", "size")]


def test_a_course_that_was_left_is_not_remembered(vpc: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carried, "files", dict)
    monkeypatch.chdir(tmp_path)
    outside = variables()
    monkeypatch.chdir(vpc.parent.parent)
    inside = variables()
    monkeypatch.chdir(tmp_path)

    assert outside == variables() == [(), ()]
    assert inside == [(), (), ("prefix",)]
