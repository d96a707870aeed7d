"""A graded course in nbgrader's own formgrader: an instructor reads a submission, corrects a grade and leaves a comment."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from demolab import Lab, serve
from playwright.sync_api import Page, expect
from shared import assign, run

from cloudcrib.quizzes import answers

NAME = "14-vpc"


def hand_in(root: Path) -> None:
    """One answer right, one wrong, and the exercise untouched."""
    folder = root / "submitted" / "student" / NAME
    folder.mkdir(parents=True)
    notebook = nbformat.read(root / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    record = {
        "vpc-usable-28": answers.Answer(["eleven"], "2026-11-24T10:00:00.000000Z"),
        "vpc-usable-26": answers.Answer("62", "2026-11-24T10:00:00.000000Z"),
    }
    (cell,) = (cell for cell in notebook.cells if cell.id == "vpc-quiz-sizes")
    cell.outputs = [nbformat.v4.new_output("display_data", {answers.MIME: answers.to_data(record)})]
    nbformat.write(notebook, folder / f"{NAME}.ipynb")


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with one submission that nobody has graded."""
    root = assign(tmp_path_factory.mktemp("handed-in") / "course")
    hand_in(root)
    return root


@pytest.fixture(scope="module", params=["nbgrader autograde", "crib grade"])
def taught(request: pytest.FixtureRequest, handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab on a course with one graded submission."""
    if request.param == "crib grade" and shutil.which("bwrap") is None:
        pytest.skip("no bubblewrap on this machine; install the system package `bubblewrap`")
    root = tmp_path_factory.mktemp("taught") / "course"
    shutil.copytree(handed_in, root)
    run(root, *request.param.split(), NAME)
    with serve(tmp_path_factory.mktemp("lab"), root) as lab:
        yield lab


def test_a_grade_corrected_in_formgrader_is_what_export_and_feedback_say(page: Page, taught: Lab) -> None:
    page.goto(f"{taught.url}/formgrader?token={taught.token}")
    page.goto(f"{taught.url}/formgrader/gradebook/{NAME}/{NAME}")
    expect(page.locator("table")).to_contain_text("1 / 5")
    page.get_by_role("link", name="Submission #1").click()

    expect(page.locator("body")).to_contain_text("Sixteen less 5")
    expect(page.locator("body")).to_contain_text("0 of 1")
    right, wrong, exercise = page.locator("input.score").all()
    expect(right).to_have_attribute("placeholder", "1")
    expect(wrong).to_have_attribute("placeholder", "0")
    with page.expect_response(lambda response: "/api/grade/" in response.url and response.request.method == "PUT"):
        exercise.fill("2")
        exercise.press("Tab")

    run(taught.root, "nbgrader", "generate_feedback", NAME)
    run(taught.root, "nbgrader", "export")
    with (taught.root / "grades.csv").open(newline="") as file:
        assert [float(row["score"]) for row in csv.DictReader(file) if row["student_id"] == "student"] == [3]
    returned = (taught.root / "feedback" / "student" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "(Score: 3.0 / 5.0)" in returned
