"""The learner's own notebooks: made, brought up to date, out of git's sight, and never at the cost of their work."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from shared import GOLDEN, REPOSITORY

from cloudcrib.quizzes import answers
from cloudcrib.quizzes.answers import Answer
from cloudcrib.study.copies import bring

CODE = "def usable(prefix: int) -> int:\n    return 2 ** (32 - prefix) - 5"
ANSWER = Answer(["eleven"], "2026-11-24T12:00:00.000000Z", tries=1, checked=True)


@pytest.fixture
def root(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small course with its notebook; no server of the machine's looks on."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    shutil.copytree(GOLDEN / "notebooks", course / "notebooks")
    shutil.copy(REPOSITORY / ".gitignore", course)
    return course


def git(root: Path, *words: str) -> str:
    named = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *named, *words], cwd=root, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def load(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def cell(path: Path, id: str) -> NotebookNode:
    return next(each for each in load(path).cells if each.id == id)


def work_in(path: Path) -> None:
    """Solve the exercise, answer a question, add a cell, as JupyterLab would save it."""
    notebook = load(path)
    for each in notebook.cells:
        if each.id == "vpc-usable":
            each.source = CODE
        if each.id == "vpc-quiz-sizes":
            data = {answers.MIME: answers.to_data({"vpc-usable-28": ANSWER}), "text/markdown": "Recorded"}
            each.outputs[-1] = nbformat.v4.new_output("display_data", data)
    notebook.cells.insert(2, new_code_cell("notes = 1", id="0a1b2c3d"))
    nbformat.write(notebook, path)


def publish(root: Path, old: str, new: str) -> None:
    """The course brings out a new edition of its notebook."""
    path = root / "notebooks" / "14-vpc.ipynb"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def is_all_there(path: Path) -> bool:
    kept = answers.from_notebook(load(path)).get("vpc-usable-28") == ANSWER
    return kept and cell(path, "vpc-usable").source == CODE and cell(path, "0a1b2c3d").source == "notes = 1"


def test_the_first_start_makes_the_copy_and_says_so(root: Path) -> None:
    said = bring(root)

    assert len(said) == 1 and "Your own copy of the 1 notebooks is in study/" in said[0]
    assert cell(root / "study" / "14-vpc.ipynb", "vpc-usable").source.endswith("...")


def test_a_start_without_news_touches_nothing_and_says_nothing(root: Path) -> None:
    bring(root)
    own = root / "study" / "14-vpc.ipynb"
    work_in(own)
    before = own.read_bytes(), own.stat().st_mtime_ns

    assert bring(root) == []
    assert (own.read_bytes(), own.stat().st_mtime_ns) == before


def test_news_come_in_the_work_stays_and_a_copy_of_before_is_kept(root: Path) -> None:
    bring(root)
    own = root / "study" / "14-vpc.ipynb"
    work_in(own)
    before = own.read_bytes()
    publish(root, "# 14 · Networks: a small one", "# 14 · Networks: a new one")

    said = bring(root)

    assert said == ["14-vpc: the course's cells have changed (1 changed); what you wrote has stayed."]
    assert "a new one" in own.read_text(encoding="utf-8") and is_all_there(own)
    assert [path.read_bytes() for path in (root / "study" / ".earlier").iterdir()] == [before]


def test_a_pull_works_however_much_was_studied(root: Path, tmp_path: Path) -> None:
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "one")
    mine = tmp_path / "mine"
    git(tmp_path, "clone", "-q", str(root), str(mine))
    bring(mine)
    work_in(mine / "study" / "14-vpc.ipynb")
    publish(root, "# 14 · Networks: a small one", "# 14 · Networks: a new one")
    git(root, "commit", "-qam", "two")

    assert git(mine, "status", "--porcelain") == ""
    git(mine, "pull", "-q")
    bring(mine)

    assert "a new one" in (mine / "study" / "14-vpc.ipynb").read_text(encoding="utf-8")
    assert is_all_there(mine / "study" / "14-vpc.ipynb")


@pytest.mark.parametrize("with_git", [True, False])
def test_work_done_in_notebooks_moves_over_and_the_courses_version_comes_back(root: Path, with_git: bool) -> None:
    if with_git:
        for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "one"]):
            git(root, *words)
    there = root / "notebooks" / "14-vpc.ipynb"
    pristine = there.read_bytes()
    work_in(there)
    worked = there.read_bytes()
    answers.save(answers.side_file(there.parent, "vpc"), {"vpc-usable-26": ANSWER})

    said = bring(root)

    assert is_all_there(root / "study" / "14-vpc.ipynb")
    assert "vpc-usable-26" in answers.peek(root / "study" / ".vpc.answers.json")
    assert any("1 recorded answer; code in vpc-usable; 1 added cell" in each for each in said)
    assert (there.read_bytes() == pristine) if with_git else (CODE not in there.read_text(encoding="utf-8"))
    assert worked in [path.read_bytes() for path in (root / "study" / ".earlier").glob("*.ipynb")]
    assert bring(root) == []


def test_work_in_both_places_is_touched_in_neither(root: Path) -> None:
    bring(root)
    for folder in ("study", "notebooks"):
        work_in(root / folder / "14-vpc.ipynb")
    before = [(root / folder / "14-vpc.ipynb").read_bytes() for folder in ("study", "notebooks")]

    said = bring(root)

    assert "Copy over what you want to keep" in said[0]
    assert [(root / folder / "14-vpc.ipynb").read_bytes() for folder in ("study", "notebooks")] == before


def test_a_half_written_copy_is_set_aside_and_the_answers_remain(root: Path) -> None:
    bring(root)
    own = root / "study" / "14-vpc.ipynb"
    half = own.read_bytes()[:1000]
    own.write_bytes(half)
    answers.save(answers.side_file(own.parent, "vpc"), {"vpc-usable-28": ANSWER})

    said = bring(root)

    assert "could not be read as a notebook" in said[0] and len(said) == 1
    assert (own.parent / "14-vpc.broken-1.txt").read_bytes() == half
    assert load(own).cells and "vpc-usable-28" in answers.peek(own.parent / ".vpc.answers.json")


def test_a_conflict_that_git_left_in_notebooks_costs_nothing(root: Path) -> None:
    bring(root)
    own = root / "study" / "14-vpc.ipynb"
    work_in(own)
    publish(root, '"cells": [', '<<<<<<< HEAD\n"cells": [')

    said = bring(root)

    assert said == ["notebooks/14-vpc.ipynb is no notebook, and was left alone."]
    assert is_all_there(own)


def test_a_notebook_that_a_running_server_may_have_open_waits(root: Path, tmp_path: Path) -> None:
    bring(root)
    own = root / "study" / "14-vpc.ipynb"
    before = own.read_bytes()
    publish(root, "# 14 · Networks: a small one", "# 14 · Networks: a new one")
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        (tmp_path / "runtime").mkdir()
        told = {"url": url, "root_dir": str(root / "study"), "pid": os.getpid()}
        (tmp_path / "runtime" / "jpserver-1.json").write_text(json.dumps(told), encoding="utf-8")

        said = bring(root)

    assert len(said) == 1 and url in said[0] and own.read_bytes() == before
    assert "a new one" not in own.read_text(encoding="utf-8")
    bring(root)
    assert "a new one" in own.read_text(encoding="utf-8")


def test_the_answers_of_a_quiz_that_goes_stay_in_the_file_beside_the_notebook(root: Path) -> None:
    bring(root)
    own = root / "study" / "14-vpc.ipynb"
    work_in(own)
    path = root / "notebooks" / "14-vpc.ipynb"
    notebook = load(path)
    notebook.cells = [each for each in notebook.cells if each.id != "vpc-quiz-sizes"]
    nbformat.write(notebook, path)

    bring(root)

    assert "vpc-quiz-sizes" not in [each.id for each in load(own).cells]
    assert answers.peek(own.parent / ".vpc.answers.json")["vpc-usable-28"] == ANSWER


def test_a_chapter_with_a_new_number_keeps_its_work(root: Path) -> None:
    bring(root)
    work_in(root / "study" / "14-vpc.ipynb")
    (root / "notebooks" / "14-vpc.ipynb").rename(root / "notebooks" / "15-vpc.ipynb")
    (root / "chapters" / "14-vpc").rename(root / "chapters" / "15-vpc")

    said = bring(root)

    assert said == ["14-vpc is called 15-vpc now; your copy has followed."]
    assert is_all_there(root / "study" / "15-vpc.ipynb") and not (root / "study" / "14-vpc.ipynb").exists()


def test_a_deleted_notebook_is_given_anew(root: Path) -> None:
    bring(root)
    (root / "study" / "14-vpc.ipynb").unlink()

    assert bring(root) == ["study/14-vpc.ipynb was gone; here is a new one."]


def test_questions_and_answers_work_from_the_copy(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cloudcrib import answer

    bring(root)
    monkeypatch.chdir(root / "study")

    answer("vpc-usable-28", "eleven")

    assert answers.peek(root / "study" / ".vpc.answers.json")["vpc-usable-28"].choice == ["eleven"]
