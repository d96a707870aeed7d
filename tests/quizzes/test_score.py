"""The score cell is silent without a key; with one it marks what was submitted, under stock nbgrader too."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from shared import DEMO

from cloudcrib.question import to_key
from cloudcrib.quizzes.answers import MIME, Answer, save, side_file, to_data
from cloudcrib.quizzes.bank import bank
from cloudcrib.quizzes.score import score

QID = "demo-durable"
EARLY, LATE = "2026-11-24T10:00:00Z", "2026-11-24T11:00:00Z"


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The key as the hidden test holds it; the working directory is where nbgrader runs a submission."""
    shutil.copytree(DEMO, tmp_path / "course")
    monkeypatch.chdir(tmp_path / "course" / "notebooks")
    text = json.dumps(to_key(bank(QID).keys[QID]))
    graded = tmp_path / "autograded" / "bitdiddle" / "90-demo"
    graded.mkdir(parents=True)
    monkeypatch.chdir(graded)
    return text


def submit(root: Path, choice: list[str], at: str) -> None:
    folder = root / "submitted" / "bitdiddle" / "90-demo"
    folder.mkdir(parents=True)
    bundle = {MIME: to_data({QID: Answer(choice, at)})}
    (folder / "90-demo.ipynb").write_text(json.dumps({"cells": [{"outputs": [{"data": bundle}]}]}))


def test_the_answer_is_found_in_the_side_file(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    save(side_file(Path.cwd(), "demo"), {QID: Answer(["s3-standard", "efs-regional"], EARLY)})

    assert score(QID, key, points=2) == 2
    assert capsys.readouterr() == (f"{QID}: correct, 2 of 2\n", "")


def test_the_answer_is_found_in_the_submission_after_outputs_were_cleared(key: str, tmp_path: Path) -> None:
    submit(tmp_path, ["s3-standard"], EARLY)

    assert score(QID, key) == 0.5


def test_the_newer_of_side_file_and_submission_counts(key: str, tmp_path: Path) -> None:
    save(side_file(Path.cwd(), "demo"), {QID: Answer(["ebs-gp3"], EARLY)})
    submit(tmp_path, ["s3-standard", "efs-regional"], LATE)

    assert score(QID, key) == 1


def test_the_exam_rule_gives_no_part_of_a_point(key: str, tmp_path: Path) -> None:
    submit(tmp_path, ["s3-standard"], EARLY)

    assert score(QID, key, rule="exam") == 0


def test_no_answer_earns_nothing_and_says_so(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert score(QID, key) == 0
    assert capsys.readouterr() == (f"{QID}: not attempted, 0 of 1\n", "")


def test_a_broken_side_file_stays_as_it_was_submitted(key: str) -> None:
    path = side_file(Path.cwd(), "demo")
    path.write_text("{")

    assert score(QID, key) == 0
    assert path.read_text() == "{"


def test_without_a_key_it_does_and_says_nothing(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In a release the quiz itself says what is recorded, and a word of a cell that ran earlier would soon be wrong."""
    save(side_file(Path.cwd(), "demo"), {QID: Answer(["ebs-gp3"], EARLY)})

    assert score(QID) is None
    assert score("demo-none") is None
    assert capsys.readouterr() == ("", "")
