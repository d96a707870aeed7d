"""What `solution()` shows is code that runs, and earns everything."""

from __future__ import annotations

from pathlib import Path

import pytest
from shared import edit

from cloudcrib.course.chapter import read
from cloudcrib.editions.prove import prove

CHAPTERS = Path(__file__).parents[2] / "chapters"
FOLDERS = sorted(path.parent.name for path in CHAPTERS.glob("*/chapter.md"))


@pytest.mark.xdist_group("forked")  # they share one interpreter to fork from
@pytest.mark.parametrize("name", FOLDERS)
def test_the_solution_of_every_exercise_earns_everything_as_a_learner_reads_it(name: str) -> None:
    """With its figures in place of their placeholders, for instance."""
    assert [str(each) for each in prove(read(CHAPTERS / name), entry="solutions")] == []


def test_a_solution_that_shows_a_placeholder_is_found(vpc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chapter = read(vpc)
    assert prove(chapter, entry="solutions") == []
    edit(vpc / "chapter.md", "2 ** (32 - prefix) - {{subnet-five-reserved.reserved}}\n", "2 ** (32 - prefix) - left\n")

    (trouble,) = prove(read(vpc), entry="solutions")

    assert "The solution earns 0 of 3 points" in trouble.sentence and "name 'left' is not defined" in trouble.sentence
