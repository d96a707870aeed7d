"""A build does not overwrite what somebody wrote into a generated notebook."""

from __future__ import annotations

import subprocess
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output
from shared import edit

from cloudcrib.editions.build import Built, build
from cloudcrib.quizzes import answers


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course, built once."""
    import shutil

    from shared import MINI

    root = tmp_path_factory.mktemp("built")
    shutil.copytree(MINI / "chapters", root / "chapters")
    assert again(root).trouble is None
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    import shutil

    return shutil.copytree(built, tmp_path / "course")


def again(root: Path, discard: bool = False) -> Built:
    (done,) = build(root, [root / "chapters" / "14-vpc"], jobs=1, discard=discard)
    return done


def solved(notebook: NotebookNode) -> str:
    next(c for c in notebook.cells if c.id == "vpc-usable").source = "def usable(prefix):\n    return 11"
    return "code in vpc-usable"


def answered(notebook: NotebookNode) -> str:
    row = {"vpc-usable-28": {"choice": ["eleven"], "at": "2026-11-24T12:00:00Z"}}
    data = {answers.MIME: {"schema": 1, "answers": row}}
    next(c for c in notebook.cells if c.id == "vpc-quiz-sizes").outputs = [new_output("display_data", data)]
    return "1 recorded answer"


def added(notebook: NotebookNode) -> str:
    notebook.cells.append(new_code_cell("notes = 1", id="0a1b2c3d"))
    return "1 added cell"


@pytest.mark.parametrize("work", [solved, answered, added])
def test_work_of_any_kind_stops_the_build_and_is_named(root: Path, work) -> None:  # type: ignore[no-untyped-def]
    path = root / "notebooks" / "14-vpc.ipynb"
    notebook = nbformat.read(path, as_version=4)
    said = work(notebook)
    nbformat.write(notebook, path)
    before = path.read_bytes()

    trouble = again(root).trouble

    assert trouble and trouble.path == path and said in trouble.sentence and "crib study" in trouble.sentence
    assert path.read_bytes() == before


def test_discard_builds_all_the_same(root: Path) -> None:
    path = root / "notebooks" / "14-vpc.ipynb"
    notebook = nbformat.read(path, as_version=4)
    solved(notebook)
    nbformat.write(notebook, path)

    assert again(root, discard=True).trouble is None
    assert "return 11" not in path.read_text(encoding="utf-8")


def test_an_author_who_changes_a_starter_between_builds_and_checks_is_not_stopped(root: Path) -> None:
    from cloudcrib.course.chapter import read
    from cloudcrib.editions.build import editions_of

    chapter = root / "chapters" / "14-vpc" / "chapter.md"
    edit(chapter, "def usable(prefix: int)", "def usable(prefix: int, more: int = 0)")
    editions_of(root, read(chapter.parent))  # what `crib check` does
    edit(chapter, "more: int = 0", "least: int = 0")

    assert again(root).trouble is None


def test_without_a_memory_git_tells_what_the_course_had_put_there(root: Path) -> None:
    for words in (
        ["init", "-q"],
        ["add", "notebooks"],
        ["-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *words], cwd=root, check=True)
    (root / ".cache" / "build" / "14-vpc.given.json").unlink()
    edit(
        root / "chapters" / "14-vpc" / "chapter.md", "def usable(prefix: int)", "def usable(prefix: int, more: int = 0)"
    )

    assert again(root).trouble is None
