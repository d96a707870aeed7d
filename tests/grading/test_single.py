"""One notebook graded by a function call."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
from cohort.assignment import RIGHT, WRONG, answered, source
from nbformat import NotebookNode
from sharing import NAME, QID, as_graded, share_out

from cloudcrib.grading.run.runner import Runner
from cloudcrib.grading.single import grade
from cloudcrib.quizzes import answers


def test_right_work_gets_all_the_points_and_shows_its_outputs(split_runner: Runner) -> None:
    result = grade(source(), answered(RIGHT), runner=split_runner)

    assert (result.score, result.most) == (15, 15)
    assert [cell.id for cell in result.cells] == ["double-tests", "mean-tests", "near-tests"]
    assert result.notebook.cells[-1].outputs[0].data["text/plain"] == "5.0"


def test_wrong_work_gets_none(split_runner: Runner) -> None:
    assert grade(source(), answered(WRONG), runner=split_runner).score == 0


def test_notebooks_may_be_files_texts_or_data(split_runner: Runner, tmp_path: Path) -> None:
    text = nbformat.writes(answered(RIGHT))
    (tmp_path / "a.ipynb").write_text(text, encoding="utf-8")

    found = [
        grade(source(), given, runner=split_runner).score
        for given in (tmp_path / "a.ipynb", text, text.encode(), json.loads(text))
    ]

    assert found == [15] * 4


def test_what_is_given_stays_as_it_is(split_runner: Runner) -> None:
    own, given = source(), answered(RIGHT)

    grade(own, given, runner=split_runner)

    assert own == source()
    assert given == answered(RIGHT)


def test_edited_tests_are_the_courses_own_again_in_one_interpreter_too(runner: Runner) -> None:
    given = answered(WRONG)
    for cell in given.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.source = "5.0"

    result = grade(source(), given, split=False, runner=runner)

    assert result.score == 0
    assert "The locked cell `double-tests` had been changed; the released one was used." in result.notes


def test_boxes_of_its_own_are_made_where_no_runner_is_given() -> None:
    assert grade(source(), answered(RIGHT)).score == 15


def answering(root: Path, id: str, figure: str) -> NotebookNode:
    """The released notebook with one question answered, as the quiz records it."""
    notebook = nbformat.read(root / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    record = {id: answers.Answer(figure, "2026-11-24T10:00:00.000000Z")}
    quiz = next(cell for cell in notebook.cells if cell.id == "vpc-quiz-sizes")
    quiz.outputs = [nbformat.v4.new_output("display_data", {answers.MIME: answers.to_data(record)})]
    return notebook


def test_a_students_own_figures_are_the_ones_that_are_marked(tmp_path: Path, split_runner: Runner) -> None:
    root = tmp_path / "course"
    share_out(root)
    own = root / "source" / NAME / f"{NAME}.ipynb"
    figures = {who: f"{as_graded(root, who)[0].body.answer:g}" for who in ("ada", "grace")}  # type: ignore[union-attr]
    assert figures["ada"] != figures["grace"]

    earned = {
        (who, whose): next(
            cell.score
            for cell in grade(
                own, answering(root, QID, figures[whose]), student=who, assignment=NAME, runner=split_runner
            ).cells
            if cell.id == QID
        )
        for who in figures
        for whose in figures
    }

    assert earned == {(who, whose): float(who == whose) for who in figures for whose in figures}
