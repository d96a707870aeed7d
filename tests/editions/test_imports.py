"""What a chapter's outputs are kept by: the modules that its code imports, itself or through others, and nothing else of ours."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from shared import REPOSITORY

from cloudcrib.course.chapter import read
from cloudcrib.editions import build, compose, imports


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of our package to edit."""
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(imports.PACKAGE, tmp_path_factory.mktemp("package") / "cloudcrib", ignore=ignored))


def decides(package: Path, name: str, file: str) -> bool:
    """Whether an edit of a module makes a chapter be run again."""
    chapter = read(REPOSITORY / "chapters" / name)
    notebook, path = compose.study(chapter), package / file
    before, kept = build._package(chapter, notebook), path.read_bytes()
    path.write_bytes(kept + b"\n# edited\n")
    try:
        return build._package(chapter, notebook) != before
    finally:
        path.write_bytes(kept)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("14-vpc", "chapters/vpc/draw/path.py"),  # `draw.vpc_path`, through a lazy door
        ("14-vpc", "chapters/vpc/path.py"),  # what that draws
        ("14-vpc", "chapters/vpc/explore.py"),
        ("14-vpc", "kit/drawing.py"),  # what every figure is drawn with
        ("14-vpc", "kit/richtext.py"),  # imported by a module that the quiz imports
        ("14-vpc", "exercise/plain_data.py"),
        ("14-vpc", "quizzes/static/quiz.js"),
        ("14-vpc", "editions/execute.py"),
        ("01-iam", "chapters/iam/match.py"),  # `cloudcrib.model.iam_match`, its former name
        ("20-review", "study/figures.py"),  # imported inside a function
    ],
)
def test_an_edit_of_what_a_chapter_imports_makes_it_be_run_again(
    package: Path, monkeypatch: pytest.MonkeyPatch, name: str, file: str
) -> None:
    monkeypatch.setattr(imports, "PACKAGE", package)
    monkeypatch.setattr(build, "PACKAGE", package)

    assert decides(package, name, file)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("14-vpc", "chapters/s3/cost.py"),
        ("14-vpc", "chapters/iam/draw/org.py"),
        ("14-vpc", "grading/batch.py"),
        ("14-vpc", "study/figures.py"),
        ("14-vpc", "cli/app.py"),
        ("14-vpc", "editions/prove.py"),
    ],
)
def test_an_edit_elsewhere_runs_nothing(package: Path, monkeypatch: pytest.MonkeyPatch, name: str, file: str) -> None:
    monkeypatch.setattr(imports, "PACKAGE", package)
    monkeypatch.setattr(build, "PACKAGE", package)

    assert not decides(package, name, file)


def names(source: str) -> set[str]:
    return {str(path.relative_to(imports.PACKAGE)) for path in imports.files([source])}


def test_every_way_to_import_is_seen() -> None:
    assert "kit/atomic.py" in names("def f():\n    import cloudcrib.kit.atomic")
    assert "kit/atomic.py" in names("from cloudcrib.kit import atomic")
    assert "kit/atomic.py" in names("import importlib\nimportlib.import_module('cloudcrib.kit.atomic')")
    assert "chapters/vpc/path.py" in names("from cloudcrib.model.vpc_path import Rule")
    assert "chapters/vpc/draw/path.py" in names("from cloudcrib import draw\ndraw.vpc_path.walk()")
    assert "quizzes/cell.py" in names("from cloudcrib import quiz")


def test_a_cell_that_only_ipython_understands_or_nobody_imports_what_the_rest_says() -> None:
    assert "kit/atomic.py" in names("%matplotlib inline\nimport cloudcrib.kit.atomic")
    assert names("def f(:") == set()
